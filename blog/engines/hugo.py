"""Hugo: bundles and sections, languages, permalinks, cascades.

https://gohugo.io/documentation/, and where that is silent https://github.com/gohugoio/hugo
"""

from __future__ import annotations

import json
import os
import posixpath
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from .. import dates, headers, slugs, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder, Understood
from ..headers.base import HeaderError
from ..headers.loader import load
from ..reader import KEYS, LeftOut, Reading, decoded, zone_of

NAMES = ("hugo", "config")
ENDINGS = ("toml", "yaml", "yml", "json")
MARKUPS = {
    **dict.fromkeys((".md", ".markdown", ".mdown"), "markdown"),
    **dict.fromkeys((".html", ".htm"), "html"),
    **dict.fromkeys((".adoc", ".asciidoc", ".ad"), "asciidoc"),
    **dict.fromkeys((".pandoc", ".pdc"), "markdown"),
    ".rst": "rst",
    ".org": "org",
}
INDEX = re.compile(r"_?index(?:\.[^.]+)?(?:" + "|".join(map(re.escape, MARKUPS)) + r")\Z", re.IGNORECASE)
CHAINS = {  # https://gohugo.io/configuration/front-matter/
    "date": ("date", "publishdate", "pubdate", "published", "lastmod", "modified"),
    "lastmod": (":git", "lastmod", "modified", "date", "publishdate", "pubdate", "published"),
    "publishdate": ("publishdate", "pubdate", "published", "date"),
    "expirydate": ("expirydate", "unpublishdate"),
}
SAME = {"lastmod": ("modified",), "publishdate": ("pubdate", "published"), "expirydate": ("unpublishdate",)}
KINDS = ("page", "section", "taxonomy", "term")
SECTIONS = frozenset("article articles blog blogs diary entries journal log news note notes post posts weblog".split())
TAKEN = {  # what the keys of the configuration are taken for
    "title": "the setting title",
    "baseurl": "the setting url",
    "timezone": "the setting timezone",
    "languagecode": "the setting language",
    "locale": "the setting language",
    "defaultcontentlanguage": "the language of files that name none",
    "defaultcontentlanguageinsubdir": "whether its addresses begin with its name",
    "languages": "the languages, their folders and addresses",
    "disablelanguages": "languages that are left out",
    "permalinks": "addresses",
    "uglyurls": "addresses that end in .html",
    "disablepathtolower": "capitals in addresses",
    "removepathaccents": "accents in addresses",
    "taxonomies": "which header keys are tags and categories",
    "contentdir": "the folder of content",
    "staticdir": "the folder of files that are served as they are",
    "module": "where content and static files lie (mounts)",
    "builddrafts": "the setting drafts",
    "buildfuture": "the setting future",
    "buildexpired": "whether what has expired is shown",
    "disablekinds": "kinds of pages that there are none of",
    "ignorefiles": "files that are left out",
    "frontmatter": "where dates are looked for",
    "markup": "switches of Markdown and the ids of headings",
    "cascade": "header values for what doesn't say otherwise",
    "menu": "the setting menu",
    "menus": "the setting menu",
    "paginate": "the setting posts_per_page",
    "pagination": "the setting posts_per_page",
    "author": "the setting author",
    "params": "description, author, and mainSections for what is a post",
    "copyright": "",
    "enableemoji": "",
    "outputs": "",
    "refLinksErrorLevel": "",
    "sitemap": "",
    "theme": "",
}
EXTENSIONS = {  # https://gohugo.io/configuration/markup/#goldmark, with what is on there where nothing is said
    "definitionlist": ("deflists", True),
    "footnote": ("footnotes", True),
    "linkify": ("autolinks", True),
    "strikethrough": ("strikethrough", True),
    "table": ("tables", True),
    "tasklist": ("task_lists", True),
    "typographer": ("typography", True),
    "passthrough": ("math", False),
}
EXTRAS = {"insert": "insertions", "mark": "marks", "subscript": "subsup", "superscript": "subsup"}
DATED = re.compile(r"(\d{4}-\d\d-\d\d)(?:-(\d\d)-(\d\d)-(\d\d)(?!\d))?[ _-]*(.*)", re.DOTALL)
TOKEN = re.compile(r":(\w+)(\[[^\]]+\])?")
SLICE = re.compile(r"\[(\d*|last)(?:(:)(\d*|last))?\]\Z")
LITERAL = re.compile(r"(?:[\w /-]|\\[.\\/_ -])+\Z")
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
NEVER = datetime(1, 1, 1)  # what Hugo has where there is no date

Table = Mapping[str, Any]


def configure(root: Path, why: str) -> Facts:
    """Return what the configuration tells: of the main file and of ``config/_default`` and ``config/production``."""
    said, files, broken = configuration(root)
    languages = languages_of(said)
    default = default_of(said, languages)
    return Facts(
        "hugo",
        why,
        folders=tuple(folders_of(root, said, languages, default)),
        left_out=tuple(filter(None, map(globbed, listed(said, "ignorefiles")))),
        values={
            "languages": {name: prefix_of(said, name, default) for name in languages},
            "default": default,
            "zones": {name: zone for name in languages if (zone := values.text(languages[name].get("timezone")))},
            "ugly": said.get("uglyurls", False),
            "permalinks": tuple(permalinks_of(said.get("permalinks"))),
            "taxonomies": table(said, "taxonomies") or {"tag": "tags", "category": "categories"},
            "chains": chains_of(table(said, "frontmatter")),
            "disabled": tuple(kind.lower() for kind in listed(said, "disablekinds")),
            "lower": values.flag(said.get("disablepathtolower")) is not True,
            "accents": values.flag(said.get("removepathaccents")) is not True,
            "cascade": said.get("cascade"),
            "ignored": listed(said, "ignorefiles"),
            "expired": values.flag(said.get("buildexpired")) is True,
            "sections": sections_of(root, said),
        },
        settings=dict(settings_of(said, languages, default)),
        understood=(*broken, *understood(said, files)),
    )


# The configuration


def configuration(root: Path) -> tuple[Table, Table, list[Understood]]:
    """Return the configuration, from which file each key is, and what can't be read; keys are in lower case."""
    said: dict[str, Any] = {}
    files: dict[str, str] = {}
    broken: list[Understood] = []
    for file in config_files(root):
        name = file.relative_to(root).as_posix()
        try:
            found = placed(file, lowered(parsed(file)), file.parent == root)
        except (OSError, ValueError, RecursionError, HeaderError) as error:
            broken.append(Understood(name, "all of it", " ".join(str(error).split())))
            continue
        merge(said, found)
        files |= dict.fromkeys(found, name)
    return said, files, broken


def config_files(root: Path) -> Iterator[Path]:
    """Yield the files of the configuration; the later ones say more."""
    main = (root / f"{name}.{ending}" for name in NAMES for ending in ENDINGS)
    yield from [file for file in main if file.is_file()][:1]
    for folder in (root / "config" / "_default", root / "config" / "production"):
        found = (file for ending in ENDINGS for file in folder.rglob(f"*.{ending}"))
        yield from sorted(file for file in found if file.is_file())


def parsed(file: Path) -> Table:
    """Read a file of the configuration; raises ``OSError``, ``ValueError`` or ``HeaderError``."""
    text = file.read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n")
    if file.suffix == ".toml":
        return tomllib.loads(text)
    found = json.loads(text) if file.suffix == ".json" else load(text)
    return found if isinstance(found, dict) else {}


def placed(file: Path, found: dict[str, Any], is_main: bool) -> dict[str, Any]:
    """Return what a file says below the key that its name is: ``params.toml``, ``menus.fr.toml``."""
    name, _, language = file.stem.lower().partition(".")
    if is_main or name in NAMES:
        return {"languages": {language: found}} if language else found
    said = found[name] if list(found) == [name] and isinstance(found[name], dict) else found
    return {"languages": {language: {name: said}}} if language else {name: said}


def lowered(value: Any) -> Any:
    """Return a value with all keys of its tables in lower case."""
    if isinstance(value, dict):
        return {str(key).lower(): lowered(inner) for key, inner in value.items()}
    return [lowered(one) for one in value] if isinstance(value, list) else value


def merge(into: dict[str, Any], other: Table) -> None:
    """Put a table into another, the tables within them likewise."""
    for key, value in other.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            merge(into[key], value)
        else:
            into[key] = value


def table(said: Any, key: str) -> Table:
    """Return the table under a key, an empty one if it is none."""
    found = said.get(key) if isinstance(said, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def listed(said: Table, key: str) -> tuple[str, ...]:
    """Return the texts of a list, or the one that is given in its place."""
    given = said.get(key)
    return values.listed(given) if isinstance(given, list) else tuple(filter(None, [values.text(given)]))


def languages_of(said: Table) -> dict[str, Table]:
    """Return the languages that aren't switched off, by name, the weightiest first."""
    off = set(listed(said, "disablelanguages"))
    kept = {
        name: about
        for name, about in table(said, "languages").items()
        if isinstance(about, dict) and name not in off and values.flag(about.get("disabled")) is not True
    }
    order = sorted(kept, key=lambda name: values.number(kept[name].get("weight")) or 1 << 30)
    return {name: kept[name] for name in order} or {default_of(said, {}): {}}


def default_of(said: Table, languages: Table) -> str:
    """Return the language of files that name none."""
    named = values.text(said.get("defaultcontentlanguage")).lower() or "en"
    return named if named in languages or not languages else next(iter(languages))


def prefix_of(said: Table, language: str, default: str) -> str:
    """Return with which folder the addresses of a language begin."""
    below = values.flag(said.get("defaultcontentlanguageinsubdir")) is True
    return language if below or language != default else ""


def folders_of(root: Path, said: Table, languages: Mapping[str, Table], default: str) -> Iterator[Folder]:
    """Yield the folders of content, and those of files that are served as they are."""
    mounts = list(mounts_of(said))
    if not any(folder.texts for folder in mounts):
        yield from contents_of(said, languages, default)
    yield from mounts
    if all(folder.texts for folder in mounts):
        found = [one for about in (said, *languages.values()) for one in listed(about, "staticdir")]
        for path in dict.fromkeys(one.strip("./") for one in found or ["static"]):
            if (root / path).is_dir() and path:
                yield Folder(path, texts=False)


def contents_of(said: Table, languages: Mapping[str, Table], default: str) -> Iterator[Folder]:
    """Yield the folders of content: one, or one for each language."""
    usual = values.text(said.get("contentdir")).strip("./") or "content"
    owners: dict[str, list[str]] = {}
    for name, about in languages.items():
        path = values.text(about.get("contentdir")).strip("./") or usual
        owners.setdefault(path, []).append(name)
    for path, names in owners.items():
        alone = len(owners) > 1 and len(names) == 1 and names != [default]
        yield Folder(path, language=names[0] if alone else "")


def mounts_of(said: Table) -> Iterator[Folder]:
    """Yield the folders that are mounted as content or static files."""
    mounts = table(said, "module").get("mounts")
    for mount in mounts if isinstance(mounts, list) else ():
        target = values.text(mount.get("target")).strip("/") if isinstance(mount, dict) else ""
        source = values.text(mount.get("source")).strip("/").removeprefix("./") if target else ""
        kind, _, below = target.partition("/")
        if kind not in ("content", "static") or not source or source.startswith(".."):
            continue
        matrix = table(table(mount, "sites"), "matrix")
        language = values.text(mount.get("lang")) or "".join(listed(matrix, "languages")[:1])
        yield Folder(source, f"{below}/" if below else "", language=language.lower(), texts=kind == "content")


def permalinks_of(given: Any) -> Iterator[tuple[str, str, str]]:
    """Yield kind, pattern of paths and pattern of addresses, what is more particular first."""
    if isinstance(given, list):
        for rule in given:
            if isinstance(rule, dict) and (pattern := values.text(rule.get("pattern"))):
                target = table(rule, "target")
                yield values.text(target.get("kind")).lower(), values.text(target.get("path")).lower(), pattern
        return
    flat = []
    for key, value in given.items() if isinstance(given, dict) else ():
        if isinstance(value, dict) and key in KINDS:
            flat += [(key, section, values.text(pattern)) for section, pattern in value.items()]
        elif isinstance(value, str):
            flat += [("page", key, value), ("term", key, value)]
    for kind, section, pattern in sorted(flat, key=lambda rule: -len(rule[1])):
        name = section.strip(" /")
        yield kind, f"{{/{name},/{name}/**}}" if name else "/*", pattern


def chains_of(said: Table) -> dict[str, tuple[str, ...]]:
    """Return in which header keys each date is looked for; ``:filename`` and the like among them."""
    found = {}
    for field, usual in CHAINS.items():
        chain: list[str] = []
        for key in [one.lower() for one in listed(said, field)] or [":default"]:
            chain += usual if key == ":default" else [key, *SAME.get(key, ())]
        found[field] = tuple(dict.fromkeys(chain))
    return found


def sections_of(root: Path, said: Table) -> tuple[str, ...]:
    """Return the sections whose dated pages are posts; none where all are."""
    named = listed(table(said, "params"), "mainsections") or listed(said, "mainsections")
    if named:
        return tuple(name.lower() for name in named)
    usual = root / (values.text(said.get("contentdir")) or "content")
    found = {name.lower() for folder in (usual, *usual.glob("*")) for name in folders_in(folder)}
    return tuple(sorted(found & SECTIONS))


def folders_in(folder: Path) -> list[str]:
    """Return the names of the folders in a folder."""
    with suppress(OSError), os.scandir(folder) as entries:
        return [entry.name for entry in entries if entry.is_dir()]
    return []


def globbed(pattern: str) -> str:
    """Return a regular expression that names an ending, or a part, as a pattern of paths; nothing for others."""
    literal = pattern.removesuffix("$").removeprefix("^")
    if not LITERAL.match(literal):
        return ""
    said = re.sub(r"\\(.)", r"\1", literal)
    return ("" if pattern.startswith("^") else "*") + said + ("" if pattern.endswith("$") else "*")


def settings_of(said: Table, languages: Mapping[str, Table], default: str) -> Iterator[tuple[str, Any]]:
    """Yield settings of ours that follow from the configuration."""
    about, params = languages.get(default, {}), table(said, "params")
    for key, name in (("title", "title"), ("baseurl", "url")):
        if given := values.text(about.get(key)) or values.text(said.get(key)):
            yield name, given
    if zone := values.text(said.get("timezone")):
        yield "timezone", zone
    yield "language", code_of(about) or code_of(said) or default
    if others := [name for name in languages if name != default]:
        yield "languages", others
    description = values.text(table(about, "params").get("description")) or values.text(params.get("description"))
    if description:
        yield "description", description
    if author := author_of(params) or author_of(said):
        yield "author", author
    if size := values.number(table(said, "pagination").get("pagersize")) or values.number(said.get("paginate")):
        yield "posts_per_page", size
    yield "future", values.flag(said.get("buildfuture")) is True
    yield "drafts", values.flag(said.get("builddrafts")) is True
    yield "markdown", tuple(switches_of(table(said, "markup")))
    yield "heading_ids", "hugo"
    yield "feed_addresses", ["hugo"]
    if menu := list(menu_of(about)) or list(menu_of(said)):
        yield "menu", menu


def code_of(said: Table) -> str:
    """Return the language tag that a table names."""
    return values.text(said.get("languagecode") or said.get("locale")).replace("_", "-")


def author_of(said: Table) -> str:
    """Return the name under ``author``."""
    return values.text(table(said, "author").get("name")) or values.text(said.get("author"))


def switches_of(markup: Table) -> Iterator[str]:
    """Yield the switches of Markdown as its parser is set."""
    goldmark = table(markup, "goldmark")
    extensions, attribute = table(goldmark, "extensions"), table(table(goldmark, "parser"), "attribute")
    yield "shortcodes"
    for key, (switch, usual) in EXTENSIONS.items():
        given = extensions.get(key)
        off = table(given, "disable") if isinstance(given, Mapping) else given
        enabled = values.flag(given.get("enable")) if isinstance(given, Mapping) else values.flag(off)
        if isinstance(given, Mapping) and values.flag(given.get("disable")) is True:
            enabled = False
        yield switch if (usual if enabled is None else enabled) else f"-{switch}"
    for key, switch in EXTRAS.items():
        if values.flag(table(table(extensions, "extras"), key).get("enable")) is True:
            yield switch
    if values.flag(attribute.get("title")) is not False:
        yield "heading_attributes"
    if values.flag(attribute.get("block")) is True:
        yield "attributes"


def menu_of(said: Table) -> Iterator[dict[str, Any]]:
    """Yield the entries of the main menu as our setting has them."""
    given = (table(said, "menus") or table(said, "menu")).get("main")
    for entry in given if isinstance(given, list) else ():
        where = values.text(entry.get("url") or entry.get("pageref")) if isinstance(entry, dict) else ""
        name = values.text(entry.get("name") or entry.get("title") or entry.get("identifier")) if where else ""
        if not name:
            continue
        where = where if re.match(r"[a-z]+:|[/#]", where) else f"/{where}"
        where = f"{where}/" if "pageref" in entry and "url" not in entry and not where.endswith("/") else where
        weight = values.number(entry.get("weight"))
        yield {"name": name, "url": where, **({"weight": weight} if weight else {})}


def understood(said: Table, files: Table) -> Iterator[Understood]:
    """Yield what was taken of the configuration, and what matters but can't be honoured."""
    for key, value in said.items():
        shown = values.text(value) or (values.plural(len(value), "entry") if isinstance(value, (list, dict)) else "")
        if value not in ({}, [], "", None):
            yield Understood(files.get(key, ""), key, shown, TAKEN.get(key, ""))


# The neighbours of a file


def indexes(folder: Path) -> tuple[str, ...]:
    """Return the names of the files in a folder that make it a bundle."""
    try:
        return indexes_of(str(folder), folder.stat().st_mtime_ns)
    except OSError:
        return ()


@lru_cache(maxsize=20_000)
def indexes_of(folder: str, _mtime_ns: int) -> tuple[str, ...]:
    """Return the names of the files in a folder, last changed then, that make it a bundle; raises ``OSError``."""
    return tuple(sorted(filter(INDEX.match, os.listdir(folder))))


def header_of(file: Path) -> Table:
    """Return the header of a file, keys in lower case."""
    try:
        status = file.stat()
        return read_header(str(file), status.st_mtime_ns, status.st_size)
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
def matcher(pattern: str) -> re.Pattern[str]:
    """Return a glob of Hugo's as a regular expression: https://github.com/gobwas/glob"""
    made, depth, at = "", 0, 0
    pattern = pattern.lower()
    while at < len(pattern):
        sign = pattern[at]
        if pattern.startswith("**", at):
            made, at = made + ".*", at + 1
        elif sign in "*?":
            made += "[^/]*" if sign == "*" else "[^/]"
        elif sign == "{" or (sign == "}" and depth):
            depth += 1 if sign == "{" else -1
            made += "(?:" if sign == "{" else ")"
        else:
            made += "|" if sign == "," and depth else re.escape(sign)
        at += 1
    return re.compile(made + ")" * depth + r"\Z", re.DOTALL)


def matches(pattern: str, text: str) -> bool:
    """Tell whether a glob, if there is one, names a text."""
    return not pattern or bool(matcher(pattern).match(text))


def sliced(parts: list[str], cut: str) -> list[str]:
    """Return some of the parts: ``[1:]``, ``[0]`` or ``[last]``; what lies beyond them is nothing."""
    found = SLICE.match(cut)
    if not found or not parts:
        return []
    first, last = (len(parts) - 1 if one == "last" else int(one) if one else None for one in (found[1], found[3] or ""))
    if not found[2]:
        return parts[first : first + 1] if first is not None else []
    return parts[first:last] if first is None or first < len(parts) else []


def formatted(layout: str, when: date) -> str:
    """Return a date in a layout of Go's."""
    return LAYOUT.sub(lambda found: FORMATS[found[0]].format(when), layout)


class Rules(Reading):
    """Read a file as Hugo does."""

    index_names = ("index", "_index")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.keys = {**KEYS, **keys_of(self.facts.values, self.meta)}
        self.zone = self.own_zone()
        self.stem = self.path.parent.name if self.is_index and self.path.parent.name else self.name
        self.rest = self.stem
        self.day = None
        found = DATED.match(self.stem) if ":filename" in self.chain("date") else None
        self.slug_of_name = found[5].strip(" -_") if found else ""

    # Where it lies

    def said(self, key: str, otherwise: Any = None) -> Any:
        """Return what the configuration says."""
        return self.facts.values.get(key, otherwise)

    def without_language(self, name: str) -> tuple[str, str]:
        """Split ``index.fa`` into name and language."""
        stem, dot, suffix = name.rpartition(".")
        known = self.said("languages") or dict.fromkeys(self.settings.languages, "")
        return (stem, suffix.lower()) if dot and stem and suffix.lower() in known else (name, "")

    @property
    def tongue(self) -> str:
        """Return the name of the language that the file is in."""
        return self.suffix or self.source.language or str(self.said("default", ""))

    def own_zone(self) -> ZoneInfo:
        """Return the time zone of its language."""
        try:
            return zone_of(self.said("zones", {}).get(self.tongue) or self.settings.timezone)
        except (LookupError, ValueError, OSError):
            return self.zone

    @property
    def prefix(self) -> str:
        """Return with which folder the addresses of its language begin."""
        return str((self.said("languages") or {}).get(self.tongue, ""))

    @property
    def folders(self) -> list[Path]:
        """Return the folders above it, from that of all content on."""
        below = list(self.path.parent.parts)
        here = (self.settings.root / self.source.path).parent
        above = [here, *here.parents][: len(below) + 1]
        return [folder for folder in reversed(above) if folder.is_relative_to(self.settings.root)]

    def index_in(self, folder: Path) -> Path | None:
        """Return the file of a section's own page in the language of this one."""
        for name in indexes(folder):
            stem, language = self.without_language(PurePosixPath(name).stem)
            if stem == "_index" and (language or self.source.language or self.said("default", "")) == self.tongue:
                return folder / name
        return None

    @property
    def parts(self) -> list[str]:
        """Return the folders that it lies in, in small letters, without that of its own bundle."""
        folder = self.path.parent
        return list(map(self.normal, folder.parent.parts if self.is_bundle else folder.parts))

    @property
    def is_bundle(self) -> bool:
        """Tell whether its folder is all its own."""
        return self.name.lower() == "index"

    @property
    def sections(self) -> list[tuple[str, Table]]:
        """Return the sections above it, each with the header of its page."""
        found, at = [], 0
        pairs = list(zip(self.path.parent.parts, self.folders[1:], strict=False))[: len(self.parts)]
        for number, (_, folder) in enumerate(pairs):
            own = self.index_in(folder)
            if own or not number:
                at = number + 1
        for name, folder in pairs[:at]:
            own = self.index_in(folder)
            found.append((self.normal(name), header_of(own) if own else {}))
        return found

    def page_kind(self) -> str:
        """Return what Hugo calls it: home, section, taxonomy, term or page."""
        if self.name.lower() != "_index":
            return "page" if self.parts or not self.is_bundle or self.path.parent.name else "home"
        if not self.parts:
            return "home"
        if self.parts[0] in self.said("taxonomies", {}).values():
            return "taxonomy" if len(self.parts) == 1 else "term"
        return "section"

    @property
    def logical(self) -> str:
        """Return its path as Hugo's patterns have it."""
        shown = "/".join(self.parts if self.name.lower() == "_index" else [*self.parts, self.normal(self.stem)])
        return f"/{shown.lower()}"

    def kind_of(self) -> str:
        """Take what has a date and lies in a main section for a post."""
        if self.page_kind() != "page" or not self.has_date():
            return PAGE
        main = self.said("sections", ())
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
        given = [cascades(self.said("cascade"))]
        given += [cascades(header_of(own).get("cascade")) for own in map(self.index_in, self.folders) if own]
        for one in given:
            for target, handed in reversed(list(one)):
                found |= handed if self.is_target(target) else {}
        return found

    def is_target(self, target: Table) -> bool:
        """Tell whether something is handed down to this page."""
        wanted = {key: values.text(value) for key, value in target.items()}
        matrix = table(table(target, "sites"), "matrix")
        tongue = wanted.get("lang", "") or "{" + ",".join(listed(matrix, "languages")) + "}" * bool(matrix)
        return (
            matches(wanted.get("path", ""), self.logical)
            and matches(wanted.get("kind", ""), self.page_kind())
            and matches(wanted.get("environment", ""), "production")
            and (tongue in ("", "{") or matches(tongue, self.tongue))
        )

    def left_out(self) -> str:
        """Return by which of Hugo's rules it is no page."""
        if self.path.suffix.lower() not in MARKUPS:
            raise LeftOut("it is a resource", asset=True)
        if any(search(pattern, self.source.path) for pattern in self.said("ignored", ())):
            return "ignoreFiles of the configuration"
        if (self.suffix or self.source.language) and self.tongue not in (self.said("languages") or {self.tongue}):
            return "its language is switched off"
        above = self.folders[: -1 if self.is_bundle else None]
        for folder in above:
            if any(self.without_language(PurePosixPath(name).stem)[0].lower() == "index" for name in indexes(folder)):
                return f"it is a resource of the bundle {folder.name}/"
        kind = self.page_kind()
        if kind in self.said("disabled", ()):
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
        title, _ = super().title_and_date()
        if not self.header_title():
            self.origins["title"] = f"nothing in the header, so {self.origins.get('title', '')}"
        return title, None

    def chain(self, field: str) -> tuple[str, ...]:
        """Return where a date is looked for."""
        return tuple((self.said("chains") or CHAINS)[field])

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
        if field == "expires" and self.said("expired"):
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
        return self.urlized(part.replace(" ", "-"))

    def urlized(self, words: str) -> str:
        """Return words as they stand in addresses."""
        lower, accents = bool(self.said("lower", True)), bool(self.said("accents", True))
        return slugs.hugo(words.replace("İ", "i") if lower else words, accents, lower)  # İ is one letter in Go

    def url(self) -> str:
        """Return the address: as written, by a permalink pattern, or by the path."""
        kind, below = self.page_kind(), f"/{self.prefix}/" if self.prefix else "/"
        if kind == "home":
            self.origins["url"] = "its path"
            return below
        if given := self.written_url():
            return given
        owner = Facts(permalinks=self.settings.permalinks).permalink(self.source.address)
        pattern = owner or self.pattern(kind)
        path = self.urlized(self.expanded(pattern)) if pattern else "/".join(self.usual_parts(kind))
        self.origins["url"] = f"the permalink {pattern}" if pattern else "its path"
        below = "/" if ":lang" in pattern else below
        joined = re.sub("/{2,}", "/", f"{below}{path}/")
        ugly = kind == "page" and joined != below and self.is_ugly(pattern)
        return f"{joined.rstrip('/')}.html" if ugly else joined

    def is_ugly(self, pattern: str) -> bool:
        """Tell whether its address ends in .html."""
        said = self.said("ugly", False)
        given = said.get(self.parts[0] if self.parts else "/") if isinstance(said, Mapping) else said
        return values.flag(given) is True and not pattern.endswith((".html", ".htm"))

    def pattern(self, kind: str) -> str:
        """Return the pattern of addresses for it."""
        for wanted, path, pattern in self.said("permalinks", ()):
            if wanted in ("", kind) and matches(path, self.logical):
                return str(pattern)
        return self.facts.permalink(self.source.address) if kind == "page" else ""

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
        if re.match(r"https?://", given) or set(given) & set("?#\\") or ".." in given.split("/"):
            self.report(f"this can't be an address: {given}", "url")
            return ""
        self.origins["url"] = "url"
        given = self.expanded(given) if ":" in given else given
        below = f"/{self.prefix}/" if self.prefix and not given.startswith("/") else "/"
        path = re.sub("/{2,}", "/", below + unquote(given))
        return path if path.endswith("/") or "." in given else f"{path}/"

    def expanded(self, pattern: str) -> str:
        """Fill a pattern of addresses; a plus in a value is a space, as it is in a query."""
        made = TOKEN.sub(lambda found: self.token(found).replace("+", " "), pattern.replace("\\:", "\0"))
        return re.sub(r"\s+(?=/|\Z)", "", made.replace("\0", ":"))

    def token(self, found: re.Match[str]) -> str:
        """Return what a token of a pattern stands for."""
        name, cut = found[1], found[2] or ""
        if name in ("sections", "sectionslugs"):
            shown = [self.name_of(*one) if name == "sectionslugs" else one[0] for one in self.sections]
            return "/".join(sliced(shown, cut) if cut else shown)
        known = self.tokens()
        if name in known:
            value = known[name]
            return str(value) + cut
        return formatted(name, self.when.moment if self.when else NEVER) + cut

    def name_of(self, name: str, said: Table) -> str:
        """Return the slug of a section, or its title."""
        return self.urlized(slug_in(said) or values.text(said.get("title")) or name)

    def tokens(self) -> dict[str, Any]:
        """Return what the tokens of a pattern stand for: https://gohugo.io/configuration/permalinks/#tokens."""
        when = self.when.moment if self.when else NEVER
        slug, title = self.urlized(self.slug()), self.urlized(re.sub(r"[/\\]", "-", self.header_title() or self.stem))
        name = "" if self.name.lower() == "_index" else self.urlized(self.stem)
        sections = self.sections
        return {
            "year": str(when.year),
            "month": f"{when.month:02}",
            "i_month": str(when.month),
            "monthname": MONTHS[when.month - 1],
            "day": f"{when.day:02}",
            "i_day": str(when.day),
            "weekday": str(when.isoweekday() % 7),
            "weekdayname": DAYS[when.weekday()],
            "yearday": str(when.timetuple().tm_yday),
            "section": sections[0][0] if sections else "",
            "sectionslug": self.name_of(*sections[0]) if sections else "",
            "title": title,
            "slug": slug or title,
            "filename": name,
            "slugorfilename": slug or name,
            "contentbasename": self.urlized(self.stem),
            "slugorcontentbasename": slug or self.urlized(self.stem),
            "path": "/".join(self.usual_parts("page")),
            "lang": self.tongue,
            "categories": "/".join(map(self.urlized, self.categories())),
        }

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


MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def keys_of(said: Table, meta: Table) -> dict[str, tuple[str, ...]]:
    """Return which header keys a site has for our fields."""
    chains, taxonomies = said.get("chains") or CHAINS, said.get("taxonomies") or {}
    switch = values.flag(meta.get("published")) is not None
    dated = {
        field: tuple(key for key in chain if key[0] != ":" and not (key == "published" and switch))
        for field, chain in chains.items()
    }
    return {
        "date": dated["date"],
        "updated": tuple(key for key in dated["lastmod"] if key not in CHAINS["date"][:4]),
        "publishes": tuple(key for key in dated["publishdate"] if key != "date"),
        "expires": dated["expirydate"],
        "tags": tuple(dict.fromkeys((values.text(taxonomies.get("tag")) or "tags", "tags"))),
        "categories": tuple(dict.fromkeys((values.text(taxonomies.get("category")) or "categories", "categories"))),
        "aliases": ("aliases",),
        "url": ("url",),
        "language": (),
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
