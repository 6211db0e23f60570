"""Hugo: bundles and sections, languages, permalinks, cascades.

https://gohugo.io/documentation/, and where that is silent https://github.com/gohugoio/hugo
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from .. import dates, headers, slugs, urls, values
from ..documents import PAGE, POST
from ..facts import Facts
from ..reader import KEYS, LeftOut, Reading, decoded, zone_of
from .config import spelt
from .hugo_site import CHAINS, Table, configure, listed, lowered, table

__all__ = ["Rules", "configure"]

MARKUPS = {
    **dict.fromkeys((".md", ".markdown", ".mdown"), "markdown"),
    **dict.fromkeys((".html", ".htm"), "html"),
    **dict.fromkeys((".adoc", ".asciidoc", ".ad"), "asciidoc"),
    **dict.fromkeys((".pandoc", ".pdc"), "markdown"),
    ".rst": "rst",
    ".org": "org",
}
INDEX = re.compile(r"_?index(?:\.[^.]+)?(?:" + "|".join(map(re.escape, MARKUPS)) + r")\Z", re.IGNORECASE)
DATED = re.compile(r"(\d{4}-\d\d-\d\d)(?:-(\d\d)-(\d\d)-(\d\d)(?!\d))?[ _-]*(.*)", re.DOTALL)
SIMPLE = re.compile(r"[A-Za-z0-9._/]*(?:[ -][A-Za-z0-9._/]+)*")  # nothing in it to be left out or drawn together
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
ZONE = re.compile(r"(:\d\d) [A-Z]{3,5}\Z")
TOKEN = re.compile(r":(\w+)(\[[^\]]+\])?")
SLICE = re.compile(r"\[(\d*|last)(?:(:)(\d*|last))?\]\Z")
LAYOUT = re.compile("(2006|January|Jan|Monday|Mon|01|02|06|002|1|2)")  # https://pkg.go.dev/time#Layout
FORMATS = {
    "2006": "{0.year:04}",
    "06": "{0:%y}",
    "January": "{0:%B}",
    "Jan": "{0:%b}",
    "01": "{0.month:02}",
    "1": "{0.month}",
    "02": "{0.day:02}",
    "2": "{0.day}",
    "002": "{0:%j}",
    "Monday": "{0:%A}",
    "Mon": "{0:%a}",
}
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NEVER = datetime(1, 1, 1)  # what Hugo has where there is no date


def indexes(folder: str) -> tuple[str, ...]:
    """Return the names of the files in a folder that make it a bundle."""
    try:
        return indexes_of(folder, os.stat(folder).st_mtime_ns) if folder else ()
    except OSError:
        return ()


@lru_cache(maxsize=20_000)
def indexes_of(folder: str, _mtime_ns: int) -> tuple[str, ...]:
    """Return the names of the files in a folder, last changed then, that make it a bundle; raises ``OSError``."""
    return tuple(sorted(filter(INDEX.match, os.listdir(folder))))


def header_of(file: str) -> Table:
    """Return the header of a file, keys in lower case."""
    try:
        status = os.stat(file)
        return read_header(file, status.st_mtime_ns, status.st_size)
    except OSError:
        return {}


@lru_cache(maxsize=5000)
def read_header(file: str, _mtime_ns: int, _size: int) -> Table:
    """Return the header of a file, last changed then, keys in lower case; raises ``OSError``."""
    found: Table = lowered(headers.read(decoded(Path(file).read_bytes()), file).meta)
    return found


def cascades(given: Any) -> Iterator[tuple[Table, Table]]:
    """Yield target and values of what a header, or the configuration, hands down."""
    for one in given if isinstance(given, list) else [given]:
        if isinstance(one, Mapping):
            said = {key: value for key, value in one.items() if key not in ("_target", "target", "params")}
            yield table(one, "_target") or table(one, "target"), {**table(one, "params"), **said}


@lru_cache(maxsize=500)
def globs(pattern: str) -> list[list[str]]:
    """Return the parts of each pattern that a glob of Hugo's stands for: https://github.com/gobwas/glob"""
    return [re.findall(r"\*\*|[*?]|[^*?]+", one) for one in spelt(pattern.lower())]


@lru_cache(maxsize=5000)
def matches(pattern: str, text: str) -> bool:
    """Tell whether a glob, if there is one, names a text."""
    return not pattern or any(reaches(parts, text) for parts in globs(pattern))


def reaches(parts: list[str], text: str) -> bool:
    """Tell whether parts of a glob lead to a text's end, in steps of the length of both."""
    ends = {0}
    for part in parts:
        if part == "**":
            ends = set(range(min(ends), len(text) + 1))
        elif part == "*":
            ends = set(up_to_slashes(ends, text))
        else:
            ends = {at + len(part) for at in ends if text.startswith(part, at) or one_sign(part, text[at : at + 1])}
        if not ends:
            return False
    return len(text) in ends


def one_sign(part: str, sign: str) -> bool:
    """Tell whether a part of a glob stands for any sign, and this is one that it can stand for."""
    return part == "?" and sign not in ("", "/")


def up_to_slashes(starts: set[int], text: str) -> Iterator[int]:
    """Yield the places that can be come to without passing a slash."""
    reached = False
    for at in range(len(text) + 1):
        reached = at in starts or (reached and text[at - 1] != "/")
        if reached:
            yield at


def sliced(parts: list[str], cut: str) -> list[str]:
    """Return some of the parts: ``[1:]``, ``[0]`` or ``[last]``; what lies beyond them is nothing."""
    found = SLICE.match(cut)
    if not found or not parts:
        return []
    first, last = (len(parts) - 1 if one == "last" else int(one) if one else None for one in (found[1], found[3] or ""))
    if not found[2]:
        return parts[first : first + 1] if first is not None else []
    return parts[first:last] if first is None or first < len(parts) else []


def cleaned(path: str) -> str:
    """Return a path from the root with no empty part and no dots that lead elsewhere; a slash at its end stays."""
    found = posixpath.normpath("/" + path.lstrip("/"))
    return f"{found}/" if path.endswith("/") and found != "/" else found


def formatted(layout: str, when: date) -> str:
    """Return a date in a layout of Go's."""
    return LAYOUT.sub(lambda found: FORMATS[found[0]].format(when), layout)


@lru_cache(maxsize=20_000)
def urlized(words: str, accents: bool, lower: bool) -> str:
    """Return words as they stand in addresses; what has nothing to be changed needs no look at each sign."""
    if lower and SIMPLE.fullmatch(words):
        return words.lower().replace(" ", "-")
    return slugs.hugo(words.replace("İ", "i") if lower else words, accents, lower)  # İ is one letter in Go


class Rules(Reading):
    """Read a file as Hugo does."""

    governs = INDEX

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.keys = KEYS | self.fact("keys", {})
        self.zone = self.own_zone()
        self.rest, self.day = self.stem, None
        found = DATED.match(self.stem) if ":filename" in self.chain("date") else None
        self.slug_of_name = found[5].strip(" -_") if found else ""

    # Where it lies

    def fact(self, key: str, otherwise: Any = None) -> Any:
        """Return what the configuration says."""
        return self.facts.values.get(key, otherwise)

    def without_language(self, name: str) -> tuple[str, str]:
        """Split ``index.fa`` into name and language."""
        stem, dot, suffix = name.rpartition(".")
        known = self.fact("languages") or dict.fromkeys(self.settings.languages, "")
        return (stem, suffix.lower()) if dot and stem and suffix.lower() in known else (name, "")

    @cached_property
    def tongue(self) -> str:
        """Return the name of the language that the file is in."""
        return self.suffix or self.source.language or str(self.fact("default", ""))

    def own_zone(self) -> ZoneInfo:
        """Return the time zone of its language."""
        try:
            return zone_of(self.fact("zones", {}).get(self.tongue) or self.settings.timezone)
        except (LookupError, ValueError, OSError):
            return self.zone

    @property
    def prefix(self) -> str:
        """Return with which folder the addresses of its language begin."""
        return str((self.fact("languages") or {}).get(self.tongue, ""))

    @cached_property
    def folders(self) -> list[str]:
        """Return the folders above it, from that of all content on; ``""`` for one that is none on the disk."""
        path = self.source.path.rpartition("/")[0].split("/")
        places = [folder.path for folder in self.facts.folders if self.source.path.startswith(f"{folder.path}/")]
        top = len(max(places, key=len).split("/")) if any(places) else max(0, len(path) - len(self.path.parts) + 1)
        found = ["/".join((str(self.settings.root), *path[:end])) for end in range(top, len(path) + 1)]
        return [""] * (len(self.path.parts) - len(found)) + found

    @cached_property
    def indexes(self) -> list[tuple[str, ...]]:
        """Return for each folder above it the names of the files that make it a bundle."""
        return [indexes(folder) for folder in self.folders]

    @cached_property
    def index_pages(self) -> list[str]:
        """Return for each folder above it its own page in the language of this one, ``""`` where there is none."""
        return [self.index_page(*pair) for pair in zip(self.folders, self.indexes, strict=True)]

    def index_page(self, folder: str, names: tuple[str, ...]) -> str:
        """Return the file of a folder that is a section's own page in the language of this one."""
        for name in names:
            stem, language = self.without_language(os.path.splitext(name)[0])
            if stem == "_index" and (language or self.source.language or self.fact("default", "")) == self.tongue:
                return f"{folder}/{name}"
        return ""

    @cached_property
    def parts(self) -> list[str]:
        """Return the folders that it lies in, in small letters, without that of its own bundle."""
        folder = self.path.parent
        return list(map(self.normal, folder.parent.parts if self.is_bundle else folder.parts))

    @property
    def is_bundle(self) -> bool:
        """Tell whether its folder is all its own."""
        return self.name.lower() == "index"

    @cached_property
    def sections(self) -> list[tuple[str, Table]]:
        """Return the sections above it, each with the header of its page."""
        pages = self.index_pages[1 : len(self.parts) + 1]
        last = max((number for number, page in enumerate(pages) if page or not number), default=-1)
        return [(self.parts[at], header_of(pages[at]) if pages[at] else {}) for at in range(last + 1)]

    @cached_property
    def page_kind(self) -> str:
        """Return what Hugo calls it: home, section, taxonomy, term or page."""
        if self.name.lower() != "_index":
            return "page" if self.parts or not self.is_bundle or self.path.parent.name else "home"
        if not self.parts:
            return "home"
        if self.parts[0] in self.fact("taxonomies", {}).values():
            return "taxonomy" if len(self.parts) == 1 else "term"
        return "section"

    @cached_property
    def logical(self) -> str:
        """Return its path as Hugo's patterns have it."""
        shown = "/".join(self.parts if self.name.lower() == "_index" else [*self.parts, self.normal(self.stem)])
        return f"/{shown.lower()}"

    def kind_of(self) -> str:
        """Take what has a date and lies in a main section for a post."""
        if self.page_kind != "page" or not self.has_date():
            return PAGE
        main = self.fact("sections", ())
        return POST if not main or not set(self.parts[:1]).isdisjoint(main) else PAGE

    def has_date(self) -> bool:
        """Tell whether it has a date of its own."""
        chain = self.chain("date")
        return any(values.text(self.meta.get(key)) for key in chain) or bool(
            ":filename" in chain and DATED.match(self.path.parent.name if self.is_bundle else self.name)
        )

    # What it says

    def defaults(self) -> dict[str, Any]:
        """Return what the sections above it, and the configuration, hand down; the nearest counts."""
        found = super().defaults()
        given = [cascades(self.fact("cascade"))]
        given += [cascades(header_of(page).get("cascade")) for page in self.index_pages if page]
        for one in given:
            for target, handed in reversed(list(one)):
                found |= handed if self.is_target(target) else {}
        return found

    def is_target(self, target: Table) -> bool:
        """Tell whether something is meant for this page."""
        wanted = {key: values.text(value) for key, value in target.items()}
        matrix = table(table(target, "sites"), "matrix")
        tongue = wanted.get("lang") or (f"{{{','.join(listed(matrix, 'languages'))}}}" if matrix else "")
        return (
            matches(wanted.get("path", ""), self.logical)
            and matches(wanted.get("kind", ""), self.page_kind)
            and matches(wanted.get("environment", ""), "production")
            and matches(tongue, self.tongue)
        )

    def left_out(self) -> str:
        """Return by which of Hugo's rules it is no page."""
        if self.path.suffix.lower() not in MARKUPS:
            raise LeftOut("it is a resource", asset=True)
        if any(search(pattern, self.source.path) for pattern in self.fact("ignored", ())):
            return "ignoreFiles of the configuration"
        if (self.suffix or self.source.language) and self.tongue not in (self.fact("languages") or {self.tongue}):
            return "its language is switched off"
        above = list(zip(self.folders, self.indexes, strict=True))[: -1 if self.is_bundle else None]
        for folder, names in above:
            if any(self.without_language(os.path.splitext(name)[0])[0].lower() == "index" for name in names):
                return f"it is a resource of the bundle {os.path.basename(folder)}/"
        kind = self.page_kind
        if kind in self.fact("disabled", ()):
            return f"disableKinds of the configuration: {kind}"
        return "build options: it is not rendered" if self.build("render", "always") in ("never", "link") else ""

    def build(self, option: str, usual: str) -> str:
        """Return an option of https://gohugo.io/content-management/build-options/."""
        if values.flag(self.meta.get("headless")) is True:
            return "never"
        said = values.text({**table(self.meta, "_build"), **table(self.meta, "build")}.get(option)).lower() or usual
        return {"true": usual, "false": "never"}.get(said, said)

    def unlisted(self) -> bool:
        """Tell whether no list shows it."""
        return super().unlisted() or self.build("list", "always") == "never"

    def title_and_date(self) -> tuple[str, dates.When | None]:
        """Take the title from the header; a page without one has none to Hugo, but shows its first heading."""
        if (written := MARKUPS[self.path.suffix.lower()]) in ("org", "asciidoc"):
            self.report(f"it is written in {written}, and shown as if it were Markdown")
        title, _ = super().title_and_date()
        if not self.header_title():
            self.origins["title"] = f"nothing in the header, so {self.origins.get('title', '')}"
        return title, None

    def chain(self, field: str) -> tuple[str, ...]:
        """Return where a date is looked for."""
        return tuple((self.fact("chains") or CHAINS)[field])

    def find_date(self, line: dates.When | None) -> dates.When | None:
        """Follow the chain of the configuration; what isn't in it gives no date."""
        for key in self.chain("date"):
            if found := self.date_of(key):
                self.origins["date"] = {":filename": "name", ":filemodtime": "file", ":git": "commit"}.get(key, key)
                return found
        return None

    def date_of(self, key: str) -> dates.When | None:
        """Return the date that one link of a chain gives."""
        if key == ":filename":
            return self.date_of_name()
        if key == ":filemodtime":
            return dates.changed(self.source.stamp.mtime_ns, self.zone)
        if key == ":git":
            return self.commit_date()
        given = self.meta.get(key)
        if not values.text(given) or (key == "published" and values.flag(given) is not None):
            return None
        when = self.read_date(given) or dates.stamped(given)
        if when is None:
            self.report(f"this is not a date: {values.text(given)}", key)
        return when

    def read_date(self, given: Any) -> dates.When | None:
        """Read a date; the name of a zone behind a time of day isn't heeded, as in RFC 1123: ``10:00:00 GMT``."""
        text = ZONE.sub(r"\1", given) if isinstance(given, str) and not given[:4].isdecimal() else given
        return super().read_date(text)

    def date_of_name(self) -> dates.When | None:
        """Return the date with which the file's name begins."""
        found = DATED.match(self.stem)
        if not found:
            return None
        clock = ":".join(found.group(2, 3, 4)) if found[2] else ""
        return dates.read(f"{found[1]} {clock}".strip(), self.zone)

    def tags(self) -> tuple[str, ...]:
        """Return the tags; a text is one, whatever commas stand in it."""
        return whole(self.first("tags"))

    def categories(self) -> tuple[str, ...]:
        """Return the categories, likewise."""
        return whole(self.first("categories"))

    def draft(self) -> bool:
        """Tell whether it is held back: ``draft`` counts, without it ``published``."""
        given = self.meta.get("draft")
        if given is not None and values.text(given):
            if values.flag(given) is None:
                self.report(f"draft is neither true nor false: {values.text(given)}", "draft")
            return values.flag(given) is not False
        return values.text(self.meta.get("published")) != "" and values.flag(self.meta.get("published")) is False

    def moment(self, field: str) -> datetime | None:
        """Return a moment; ``published`` may be a switch, and what has expired may be shown all the same."""
        switch = self.key(field) == "published" and values.flag(self.meta["published"]) is not None
        if switch or (field == "expires" and self.fact("expired")):
            return None
        return super().moment(field)

    def markup(self) -> str:
        """Return what the text is written in."""
        named = values.text(self.meta.get("markup")).lower()
        known = {"md": "markdown", "goldmark": "markdown", "blackfriday": "markdown", "mmark": "markdown"}
        found = known.get(named, named) or MARKUPS.get(self.path.suffix.lower(), "")
        return found if found in ("html", "rst") else "markdown"

    def language(self) -> str:
        """Return the language tag of the file's name or folder."""
        return self.suffix or self.source.language

    # Where it is published

    def normal(self, part: str) -> str:
        """Return a name as it stands in addresses."""
        return self.urlized(part.replace(" ", "-") if self.fact("lower", True) else part)

    def urlized(self, words: str) -> str:
        """Return words as they stand in addresses."""
        return urlized(words, bool(self.fact("accents", True)), bool(self.fact("lower", True)))

    def url(self) -> str:
        """Return the address: as written, by a permalink pattern, or by the path."""
        kind, below = self.page_kind, f"/{self.prefix}/" if self.prefix else "/"
        if kind != "home" and (given := self.written_url()):
            return given
        owner = Facts(permalinks=self.settings.permalinks).permalink(self.source.address) if kind != "home" else ""
        pattern = owner or self.pattern_for(kind)
        path = self.urlized(self.expanded(pattern)) if pattern else "/".join(self.usual_parts(kind))
        self.origins["url"] = f"the permalink {pattern}" if pattern else "its path"
        below = "/" if ":lang" in pattern else below
        joined = cleaned(f"{below}{path}/")
        ugly = kind == "page" and joined != below and self.is_ugly(pattern)
        return f"{joined.rstrip('/')}.html" if ugly else joined

    def is_ugly(self, pattern: str) -> bool:
        """Tell whether its address ends in .html."""
        said = self.fact("ugly", False)
        given = said.get(self.parts[0] if self.parts else "/") if isinstance(said, Mapping) else said
        return values.flag(given) is True and not pattern.endswith((".html", ".htm"))

    def pattern_for(self, kind: str) -> str:
        """Return the pattern of addresses for a kind of page; what holds a whole path is for all kinds."""
        for target, pattern in self.fact("permalinks", ()):
            if kind != "home" and self.is_target(target):
                return str(pattern)
        found = self.facts.permalink(self.source.address)
        return found if kind == "page" or ":path" in found else ""

    def usual_parts(self, kind: str) -> list[str]:
        """Return the parts of the address that it has by its path; sections may have slugs."""
        named = {number: one for number, (_, said) in enumerate(self.sections) if (one := slug_in(said))}
        parts = [self.urlized(named[at]) if at in named else part for at, part in enumerate(self.parts)]
        slug = self.slug()
        if kind != "page":
            return [*parts[:-1], self.urlized(slug)] if slug else parts
        return [*parts, self.urlized(slug) if slug else self.normal(self.stem)]

    def slug(self) -> str:
        """Return the last part of the address that the header gives, or the name behind its date."""
        return values.text(self.meta.get("slug")).strip("-") or self.slug_of_name

    def written_url(self) -> str:
        """Return the address that the header gives: one without a slash in front is below that of the language."""
        given = values.text(self.meta.get("url"))
        if not given:
            return ""
        if re.match(r"https?://", given) or set(given) & set("?#\\") or CONTROL.search(unquote(given)):
            self.report(f"this can't be an address: {given}", "url")
            return ""
        self.origins["url"] = "url"
        given = self.expanded(given) if ":" in given else given
        below = f"/{self.prefix}/" if self.prefix and not given.startswith("/") else "/"
        path = cleaned(below + unquote(given))
        return path if path.endswith("/") or "." in given else f"{path}/"

    def expanded(self, pattern: str) -> str:
        """Fill a pattern of addresses; a value goes the way of a query: a plus is a space, and a last # goes."""
        made = TOKEN.sub(self.token, pattern.replace("\\:", "\0"))
        return re.sub(r"\s+/?\Z", "", made.replace("\0", ":"))

    def token(self, found: re.Match[str]) -> str:
        """Return what a token of a pattern stands for."""
        name, cut = found[1], found[2] or ""
        if name in ("sections", "sectionslugs"):
            shown = [self.name_of(*one) if name == "sectionslugs" else one[0] for one in self.sections]
            return "/".join(sliced(shown, cut) if cut else shown)
        value = TOKENS[name](self) if name in TOKENS else formatted(name, self.moment_or_never)
        return value.removesuffix("#").replace("+", " ") + cut

    def name_of(self, name: str, said: Table) -> str:
        """Return the slug of a section, or its title."""
        return self.urlized(slug_in(said) or values.text(said.get("title")) or name)

    @property
    def moment_or_never(self) -> datetime:
        """Return its date, or what Hugo has where there is none."""
        return self.when.moment if self.when else NEVER

    @property
    def slug_or_title(self) -> str:
        """Return what ``:slug`` stands for."""
        return self.urlized(self.slug()) if self.slug() else self.title_as_slug

    @property
    def title_as_slug(self) -> str:
        """Return what ``:title`` stands for."""
        return self.urlized(re.sub(r"[/\\]", "-", self.header_title() or self.stem))

    @property
    def file_name(self) -> str:
        """Return what ``:filename`` stands for."""
        return "" if self.page_kind != "page" else self.urlized(self.stem)

    def aliases(self, url: str) -> tuple[str, ...]:
        """Return the old addresses: one without a slash in front is beside the page."""
        found = []
        for given in whole(self.first("aliases")):
            try:
                found.append(self.old(given, url))
            except ValueError as error:
                self.report(str(error), self.key("aliases"))
        return tuple(alias for alias in dict.fromkeys(found) if alias not in (url, "/"))

    def old(self, given: str, url: str) -> str:
        """Return an old address as one within the site; raises ``ValueError``."""
        if given.startswith("/"):
            below = f"/{self.prefix}" if self.prefix and not given.startswith(f"/{self.prefix}/") else ""
            return urls.written(below + given)
        if re.match(r"[a-z]+:", given):
            return urls.written(given)
        above = posixpath.dirname(url.rstrip("/"))
        return urls.written(posixpath.normpath(posixpath.join("/", above, given)) + "/" * given.endswith("/"))


# https://gohugo.io/configuration/permalinks/#tokens, and what those of other engines would be here
TOKENS: dict[str, Callable[[Rules], str]] = {
    "year": lambda page: str(page.moment_or_never.year),
    "month": lambda page: f"{page.moment_or_never.month:02}",
    "i_month": lambda page: str(page.moment_or_never.month),
    "monthname": lambda page: MONTHS[page.moment_or_never.month - 1],
    "day": lambda page: f"{page.moment_or_never.day:02}",
    "i_day": lambda page: str(page.moment_or_never.day),
    "weekday": lambda page: str(page.moment_or_never.isoweekday() % 7),
    "weekdayname": lambda page: DAYS[page.moment_or_never.weekday()],
    "yearday": lambda page: str(page.moment_or_never.timetuple().tm_yday),
    "section": lambda page: page.sections[0][0] if page.sections else "",
    "sectionslug": lambda page: page.name_of(*page.sections[0]) if page.sections else "",
    "title": lambda page: page.title_as_slug,
    "slug": lambda page: page.slug_or_title,
    "filename": lambda page: page.file_name,
    "slugorfilename": lambda page: page.urlized(page.slug()) if page.slug() else page.file_name,
    "contentbasename": lambda page: page.urlized(page.stem),
    "slugorcontentbasename": lambda page: page.urlized(page.slug() or page.stem),
    "path": lambda page: "/".join(page.usual_parts(page.page_kind)),
    "lang": lambda page: page.tongue,
    "categories": lambda page: "/".join(map(page.urlized, page.categories())),
}


def slug_in(said: Table) -> str:
    """Return the slug of a header."""
    return values.text(said.get("slug")).strip("-")


def whole(given: Any) -> tuple[str, ...]:
    """Return a list of texts; a text is one of them."""
    if isinstance(given, (list, tuple)):
        return tuple(dict.fromkeys(filter(None, map(values.text, given))))
    return (text,) if (text := values.text(given)) else ()


@lru_cache(maxsize=200)
def compiled(pattern: str) -> re.Pattern[str] | None:
    """Return a regular expression, ``None`` if it is none to Python."""
    try:
        return re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return None


def search(pattern: str, text: str) -> bool:
    """Tell whether a regular expression finds something."""
    found = compiled(pattern)
    return bool(found and found.search(text))
