"""A build as a host has to answer it, and the rules that say it shortly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import basename, splitext
from typing import NamedTuple

from ... import urls
from ...settings import Settings
from ..manifest import Manifest

Says = tuple[tuple[str, str], ...]  # headers with their values, by name
Layer = tuple[str, Callable[[str], str]]

TYPE = "Content-Type"
HTML = "text/html"
HOST_S = {"location", "accept-ranges", "content-encoding"}  # headers that a host makes by itself
NOT_ON_ERRORS = ("Cache-Control",)  # headers that the live app gives to pages only
VERSION = re.compile(r"\.[0-9a-f]{10}\.[a-z]+$")
OF_SYNTAX = "{}\"'<>% $`#:;=@&!,~"  # told by number in a regular expression
FEED = re.compile(r"application/(rss|atom)\+xml")
LINE = "made by flask freeze: changes are lost"


@dataclass(slots=True)
class Export:
    """Hold files by name: ``inside`` the build, ``outside`` in the cache folder; ``notes`` are for a person."""

    inside: dict[str, bytes] = field(default_factory=dict)
    outside: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


class Redirect(NamedTuple):
    """Say that an address within the site leads to an ``href``; ``file`` is the page that points on."""

    source: str
    target: str
    file: str
    says: Says


class Rule(NamedTuple):
    """Say which headers go with some paths: ``kind`` is one of those of ``rules``; the last that fits holds."""

    kind: str
    text: str
    says: Says


@dataclass(frozen=True, slots=True)
class Made:
    """Hold a build: headers of pages and redirects by address, and the file of each."""

    settings: Settings
    destination: Path
    files: dict[str, str]
    pages: dict[str, Says]
    aliases: dict[str, tuple[str, Says]]  # where each leads, and what it says besides
    precompressed: bool = False

    @property
    def base(self) -> str:
        """Return the path of the public address without its last slash."""
        return self.settings.base_path

    def href(self, url: str) -> str:
        """Return an address of the site as a visitor asks for it, escaped."""
        return urls.href(self.base, url)

    def redirects(self) -> Iterator[Redirect]:
        """Yield every redirect: an alias as it is listed, and with one slash more or less at its end."""
        for url, (target, says) in self.aliases.items():
            for source in filter(None, (url, url[:-1] if url.endswith("/") else f"{url}/")):
                if source not in self.pages:
                    yield Redirect(source, target, self.files[url], says)

    def bare(self) -> list[str]:
        """Return the addresses of pages whose file has an ending that they haven't: ``/books`` in ``books.html``."""
        return [url for url in self.pages if self.files[url] == f"{url[1:]}.html"]

    def common(self) -> Says:
        """Return the headers of most pages, their media type apart: feeds may be more, but are the exception."""
        says = most(self.pages.values(), HTML)
        return tuple(pair for pair in says if pair[0] != TYPE)

    def rules_of_files(self) -> list[Rule]:
        """Return the rules by the names of files."""
        return rules({self.files[url]: says for url, says in self.pages.items()})

    def rules_of_urls(self) -> list[Rule]:
        """Return the rules by addresses within the site; those that end with a slash are one kind.

        A page without one needs none where it says what most pages do: its file's ending tells its media type.
        """
        usual = tuple(sorted((*self.common(), (TYPE, "text/html; charset=utf-8"))))
        unsaid = {url for url in self.bare() if tuple(sorted(self.pages[url])) == usual}
        return rules({url: says for url, says in self.pages.items() if url not in unsaid})


def made(settings: Settings, destination: Path, record: Manifest, precompressed: bool = False) -> Made:
    """Return what the manifest of a build knows, as hosts need it."""
    files, pages, aliases = {}, {}, {}
    for url, page in record.pages.items():
        status, headers = record.heads[page.head]
        says = tuple(pair for pair in headers if pair[0].lower() not in HOST_S and not is_empty_word(*pair))
        files[url] = page.file
        if status == 200:
            pages[url] = says
        else:
            aliases[url] = (dict(headers)["Location"], says)
    return Made(settings, destination, files, pages, aliases, precompressed)


def is_empty_word(name: str, value: str) -> bool:
    """Tell whether a header says only what holds without it."""
    return name == "Content-Disposition" and value.startswith("inline")


def rules(said: dict[str, Says]) -> list[Rule]:
    """Say what every path says with few rules: by ending, of names with a version, by name, of folders, by path.

    A later rule is there only where the earlier ones would say something else.
    """
    layers: list[Layer] = [
        ("ending", lambda path: "" if versioned(path) else ending(path)),
        ("version", versioned),
        ("name", basename),
        ("folder", folder),
        ("path", lambda path: path),
    ]
    found: list[Rule] = []
    holds: dict[str, Says | None] = dict.fromkeys(said)
    for kind, key in layers:
        odd = {text for path in said if holds[path] != said[path] and (text := key(path))}
        groups: dict[str, list[str]] = {}
        for path in said:
            if (text := key(path)) in odd:
                groups.setdefault(text, []).append(path)
        for text, paths in sorted(groups.items()):
            if kind == "folder" and len(paths) == 1:  # its path says it better
                continue
            rule = Rule(kind, text, most((said[path] for path in paths), HTML if kind in ("ending", "name") else ""))
            found.append(rule)
            holds.update(dict.fromkeys(paths, rule.says))
    return found


def changes(rules: list[Rule], common: Says) -> list[tuple[Rule, Says]]:
    """Return each rule with the headers that have to be said for it, the media type apart.

    Those are the ones that aren't common, and those that a more general rule for the same paths has changed; one that
    it has added, and that isn't to be said here, has no value.
    """
    changed: dict[tuple[str, str], Says] = {}  # by kind and text
    for rule in rules:
        before = {name for general in above(rule) for name, _ in changed.get(general, ())}
        said = tuple(pair for pair in rule.says if pair[0] != TYPE and (pair not in common or pair[0] in before))
        added = before - {name for name, _ in (*rule.says, *common)}
        changed[rule.kind, rule.text] = said + tuple((name, "") for name in sorted(added))
    return [(rule, changed[rule.kind, rule.text]) for rule in rules]


def above(rule: Rule) -> list[tuple[str, str]]:
    """Return kind and text of the more general rules that hold for the paths of a rule."""
    if rule.kind in ("ending", "version"):
        return [("ending", rule.text)] if rule.kind == "version" else []
    found = [("ending", ending(rule.text)), ("version", versioned(rule.text))]
    found += [("name", basename(rule.text))] if rule.kind != "name" else []
    return [*found, ("folder", folder(rule.text))] if rule.kind == "path" else found


def ending(path: str) -> str:
    """Return ``.css`` for a file, ``/`` for a folder, nothing for a name without a dot."""
    return "/" if path.endswith("/") else splitext(path)[1]


def folder(path: str) -> str:
    """Return ``feed/`` for a folder of that name wherever it lies, with its page if that is named; else nothing."""
    parts = path.rsplit("/", 2)
    return "/".join(parts[-2:]) if parts[-1] in ("", "index.html") and len(parts) > 1 and parts[-2] else ""


def versioned(path: str) -> str:
    """Return ``.css`` for a name with a version, such as ``theme.0123456789.css``, else nothing."""
    return splitext(path)[1] if VERSION.search(path) else ""


def most(values: Iterable[Says], kind: str = "") -> Says:
    """Return the value that is there most often, of a media type if any is."""
    counts = Counter(values)
    of_kind = {says: count for says, count in counts.items() if kind and media_type(says).startswith(kind)}
    counts = Counter(of_kind) or counts
    return min(counts, key=lambda value: (-counts[value], value), default=())


def media_type(says: Says) -> str:
    """Return the media type with its charset."""
    return dict(says).get(TYPE, "application/octet-stream")


def is_feed(says: Says) -> bool:
    """Tell whether browsers show the source of this, unless it is called XML: an answer to ``Sec-Fetch-Dest``."""
    return bool(FEED.match(media_type(says)))


def pattern(rule: Rule) -> str:
    """Return a rule as a regular expression for paths that begin with a slash, for PCRE and Go alike."""
    text = escaped(rule.text.removeprefix("/") if rule.kind == "path" else rule.text)
    before = {"ending": "", "version": r"\.[0-9a-f]{10}", "name": "/", "folder": "/", "path": "^/"}
    return f"{before[rule.kind]}{text}$"


def escaped(text: str) -> str:
    """Escape text for a regular expression; what the syntax around has a use for is told by number."""

    def sign(found: re.Match[str]) -> str:
        return f"\\x{ord(found[0]):02x}" if found[0] in OF_SYNTAX else f"\\{found[0]}"

    return re.sub(r"""[\s!-,.:-@\[-`{-~]""", lambda found: sign(found) if found[0].isascii() else found[0], text)
