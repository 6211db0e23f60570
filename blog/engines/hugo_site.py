"""The configuration of a Hugo site, from all its files, and what follows from it.

https://gohugo.io/configuration/
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from .. import values
from ..facts import ALL, Facts, Folder, Understood
from ..headers.base import HeaderError
from ..headers.loader import load

NAMES = ("hugo", "config")
ALSO = (".org", ".adoc", ".asciidoc", ".ad", ".pandoc", ".pdc")  # texts besides those that are such anywhere
ENDINGS = ("toml", "yaml", "yml", "json")
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
UNKNOWN = "und"  # https://www.rfc-editor.org/rfc/rfc5646#section-4.1
LANGUAGE = re.compile(
    "(?:af|ar|az|be|bg|bn|bs|ca|cs|cy|da|de|el|en|eo|es|et|eu|fa|fi|fr|ga|gl|gu|he|hi|hr|hu|hy|id|is|it|ja|ka|kk|km|kn"
    "|ko|lo|lt|lv|mk|ml|mn|mr|ms|my|nb|ne|nl|nn|no|pa|pl|ps|pt|ro|ru|si|sk|sl|sq|sr|sv|sw|ta|te|th|tl|tr|uk|ur|uz|vi|zh"
    "|zu)(?:[-_][a-z]{2,4})?",
    re.IGNORECASE,
)
LITERAL = re.compile(r"(?:[\w /-]|\\[.\\/_ -])+\Z")

Table = Mapping[str, Any]


def configure(root: Path, why: str) -> Facts:
    """Return what the configuration tells: of the main file and of ``config/_default`` and ``config/production``."""
    said, files, broken = configuration(root)
    said = said if files or broken else guessed(root)
    languages = languages_of(said)
    default, chains = default_of(said, languages), chains_of(table(said, "frontmatter"))
    taxonomies = table(said, "taxonomies") or {"tag": "tags", "category": "categories"}
    return Facts(
        "hugo",
        why,
        folders=(folders := tuple(folders_of(root, said, languages, default))),
        lists="_index",
        new_post=f"{folders[0].path if folders else 'content'}/posts/:slug.md",
        left_out=tuple(filter(None, map(globbed, listed(said, "ignorefiles")))),
        values={
            "languages": {name: prefix_of(said, name, default) for name in languages},
            "default": default,
            "zones": {name: zone for name in languages if (zone := values.text(languages[name].get("timezone")))},
            "ugly": said.get("uglyurls", False),
            "permalinks": tuple(permalinks_of(said.get("permalinks"))),
            "taxonomies": taxonomies,
            "chains": chains,
            "keys": keys_of(chains, taxonomies),
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
            line = f" at line {error.line}" if isinstance(error, HeaderError) else ""
            broken.append(Understood(name, ALL, " ".join(str(error).split()) + line))
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


def guessed(root: Path) -> Table:
    """Return which languages a site has whose configuration isn't there, by the names of folders and files."""
    content = root / "content"
    folders = folders_in(content)
    texts = [name for name in names_in(content) if name not in folders and not name.startswith(".")]
    if folders and not texts and all(map(LANGUAGE.fullmatch, folders)):
        parted = {name.lower(): {"contentdir": f"content/{name}"} for name in folders}
        return {"languages": parted, "defaultcontentlanguage": min(parted, key=lambda one: one != "en")}
    ends = suffixes(content)
    default = UNKNOWN if "en" in ends else "en"  # of the files that name none
    languages: dict[str, Table] = {name: {} for name in (default, *sorted(ends))} if ends else {}
    return {"languages": languages, "defaultcontentlanguage": default}


def suffixes(content: Path) -> set[str]:
    """Return the languages that names of files end in: ``about.fr.md`` beside ``about.md``."""
    found = set()
    for _, _, names in os.walk(content):
        here = {name.rpartition(".")[0] for name in names if name.endswith((".md", ".html"))}
        stems = {stem.partition(".")[0] for stem in here if "." not in stem}
        ends = (stem.rpartition(".") for stem in here)
        found |= {end.lower() for stem, _, end in ends if stem in stems and LANGUAGE.fullmatch(end)}
    return found


def names_in(folder: Path) -> list[str]:
    """Return the names of what is in a folder."""
    with suppress(OSError):
        return sorted(os.listdir(folder))
    return []


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
        yield from contents_of(root, said, languages, default)
    yield from mounts
    if all(folder.texts for folder in mounts):
        found = [one for about in (said, *languages.values()) for one in listed(about, "staticdir")]
        for path in dict.fromkeys(one.strip("./") for one in found or ["static"]):
            if (root / path).is_dir() and path:
                yield Folder(path, texts=False)


def contents_of(root: Path, said: Table, languages: Mapping[str, Table], default: str) -> Iterator[Folder]:
    """Yield the folders of content: one, or one for each language."""
    usual = values.text(said.get("contentdir")).strip("./") or "content"
    owners: dict[str, list[str]] = {}
    for name, about in languages.items():
        path = values.text(about.get("contentdir")).strip("./") or usual
        owners.setdefault(path, []).append(name)
    for path, names in owners.items():
        alone = len(owners) > 1 and len(names) == 1 and names != [default]
        if (root / path).is_dir():
            yield Folder(path, language=names[0] if alone else "", also=ALSO)


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
        before, texts = f"{below}/" if below else "", kind == "content"
        yield Folder(source, before, language=language.lower(), texts=texts, also=ALSO if texts else ())


def permalinks_of(given: Any) -> Iterator[tuple[Table, str]]:
    """Yield targets and patterns of addresses, what is more particular first."""
    if isinstance(given, list):
        for rule in given:
            if isinstance(rule, dict) and (pattern := values.text(rule.get("pattern"))):
                yield table(rule, "target"), pattern
        return
    flat = []
    for key, value in given.items() if isinstance(given, dict) else ():
        if isinstance(value, dict) and key in KINDS:
            flat += [(key, section, values.text(pattern)) for section, pattern in value.items()]
        elif isinstance(value, str):
            flat.append(("{page,term}", key, value))
    for kind, section, pattern in sorted(flat, key=lambda rule: -len(rule[1])):
        name = section.strip(" /")
        yield {"kind": kind, "path": f"{{/{name},/{name}/**}}" if name else "/*"}, pattern


def chains_of(said: Table) -> dict[str, tuple[str, ...]]:
    """Return in which header keys each date is looked for; ``:filename`` and the like among them."""
    found = {}
    for field, usual in CHAINS.items():
        chain: list[str] = []
        for key in [one.lower() for one in listed(said, field)] or [":default"]:
            chain += usual if key == ":default" else [key, *SAME.get(key, ())]
        found[field] = tuple(dict.fromkeys(chain))
    return found


def keys_of(chains: Mapping[str, tuple[str, ...]], taxonomies: Table) -> dict[str, tuple[str, ...]]:
    """Return which header keys a site has for our fields."""
    dated = {field: tuple(key for key in chain if key[0] != ":") for field, chain in chains.items()}
    tags, categories = (values.text(taxonomies.get(name)) for name in ("tag", "category"))
    return {
        "date": dated["date"],
        "updated": tuple(key for key in dated["lastmod"] if key not in CHAINS["date"][:4]),
        "publishes": tuple(key for key in dated["publishdate"] if key != "date"),
        "expires": dated["expirydate"],
        "tags": tuple(dict.fromkeys((tags or "tags", "tags"))),
        "categories": tuple(dict.fromkeys((categories or "categories", "categories"))),
        "aliases": ("aliases",),
        "url": ("url",),
        "language": (),
    }


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
        return sorted(entry.name for entry in entries if entry.is_dir())
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
    if default != UNKNOWN:
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
        yield switch if is_on(extensions.get(key), usual) else f"-{switch}"
    for key, switch in EXTRAS.items():
        if is_on(table(extensions, "extras").get(key), usual=False):
            yield switch
    if is_on(attribute.get("title"), usual=True):
        yield "heading_attributes"
    if is_on(attribute.get("block"), usual=False):
        yield "attributes"


def is_on(given: Any, usual: bool) -> bool:
    """Tell whether an extension is on: it is said to be, or not to be, in a table or in one word."""
    if isinstance(given, Mapping):
        return is_on(given.get("enable"), not is_on(given.get("disable"), not usual))
    return usual if given is None or values.flag(given) is None else values.flag(given) is True


def menu_of(said: Table) -> Iterator[dict[str, Any]]:
    """Yield the entries of the main menu as our setting has them."""
    given = (table(said, "menus") or table(said, "menu")).get("main")
    for entry in given if isinstance(given, list) else ():
        where = values.text(entry.get("url") or entry.get("pageref")) if isinstance(entry, dict) else ""
        name = values.text(entry.get("name") or entry.get("title") or entry.get("identifier")) if where else ""
        if not name or entry.get("parent"):
            continue
        where = where if re.match(r"[a-z]+:|[/#]", where) else f"/{where}"
        where = f"{where}/" if "pageref" in entry and "url" not in entry and not where.endswith("/") else where
        weight = values.number(entry.get("weight"))
        yield {"name": name, "url": where, **({"weight": weight} if weight else {})}


def understood(said: Table, files: Table) -> Iterator[Understood]:
    """Yield what was taken of the configuration, and what matters but can't be honoured."""
    for key, value in said.items():
        shown = values.text(value) or (values.plural(len(value), "value") if isinstance(value, (list, dict)) else "")
        if value not in ({}, [], "", None):
            yield Understood(files.get(key, ""), key, shown, TAKEN.get(key, ""))
