"""How much of other engines' sites is read as their own engines read it, file by file.

    python benchmarks/corpora.py FOLDER [NAME ...] [--records FILE] [--show FIELD] [--unsaid]

``FOLDER`` holds a folder of content for each site, ``NAME.expected.json`` with what the site's own engine makes of
every file, and ``settings.json`` with facts of the sites' configurations for folders that don't hold them. Prints a
table of how many files agree on title, date, tags, state (draft and published) and address; ``--records`` writes what
was made of them, ``--show`` prints the files that differ in a field. With ``--unsaid`` nothing of ``settings.json`` is
heeded: what a folder is taken for as it lies there. Ends with 1 if a field is below what is to be reached, if a file
raised something, or if one was lost.
"""

from __future__ import annotations

import argparse
import json
import logging
import re
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo, available_timezones

from blog import engines, permalinks, sources
from blog.documents import Document
from blog.engines import config, plain
from blog.errors import ContentError
from blog.facts import Facts, Folder
from blog.library import Library
from blog.reader import LeftOut, Reading
from blog.settings import Settings

REACH = {"title": 99.5, "date": 99.5, "tags": 99.0, "state": 99.9, "url": 98.0}
NAMES = {  # how we call an engine, or the one that is most like it
    "quartz": "obsidian", "foam": "obsidian", "logseq": "obsidian",
    "astro": "gatsby", "next": "gatsby", "nextra": "gatsby", "nuxt": "gatsby", "gridsome": "gatsby",
    "sveltekit": "gatsby", "remix": "gatsby", "contentlayer": "gatsby",
    "11ty": "eleventy", "octopress": "jekyll", "bridgetown": "jekyll", "vitepress": "vuepress",
    "material": "mkdocs", "own": "plain", "none": "plain", "custom": "plain",
}  # fmt: skip
PAREN = re.compile(r"\(([^()]*)\)")
ELSE = re.compile(r"(?:(?:[,;]\s*|\s+)(?:else|otherwise|or)\s+|;\s*)(?![^{]*\})")  # not within braces
PATTERN = re.compile(r"(?<![\w}])/(?:\{[^{}]*\}|[^\s{},;()])*")
TOKEN = re.compile(r"\{([^{}]*)\}")
KEY = re.compile(
    r"/?\{(?!slug)[^{}]*\b(?:key|header|field|front ?matter)\b[^{}]*\}/?"
)  # an address that a header gives
TOKENS = {  # what settings.json calls the parts of addresses, in the words that `said_of` leaves
    "path": ":path", "filepath": ":path", "relative path": ":path",
    "stem": ":filename", "basename": ":filename", "file": ":filename", "filename": ":filename",
    "file name": ":filename", "name": ":filename",
    "folder": ":filename", "folder name": ":filename", "directory": ":filename",
    "stem without date": ":name", "filename without date": ":name", "file name without date": ":name",
    "name without date": ":name", "basename without date": ":name", "rest": ":name",
    "slug": ":slug", "title": ":title", "title slug": ":title", "slugified title": ":title", "slug of title": ":title",
    "section": ":section", "sections": ":sections", "folders": ":sections", "directories": ":sections",
    "dir": ":sections", "parent": ":sections", "subfolders": ":sections",
    "category": ":categories", "categories": ":categories", "lang": ":lang", "language": ":lang", "locale": ":lang",
    "year": ":year", "yyyy": ":year", "y": ":year", "date:%y": ":year",
    "month": ":month", "mm": ":month", "m": ":month", "date:%m": ":month",
    "day": ":day", "dd": ":day", "d": ":day", "date:%d": ":day",
    "date": ":year-:month-:day", "yyyy-mm-dd": ":year-:month-:day", "yyyymmdd": ":year:month:day",
    "date:%y-%m-%d": ":year-:month-:day", "date:%y/%m/%d": ":year/:month/:day", "id": ":id", "author": ":author",
}  # fmt: skip


def engine_of(said: str) -> str:
    """Return our name of the engine that a sentence begins with, else of the first that it names."""
    words = [NAMES.get(word, word) for word in re.findall(r"[a-z0-9]+", said.lower())]
    return next((word for word in words if is_engine(word)), engines.PLAIN)


def is_engine(word: str) -> bool:
    """Tell whether there is an engine of that name."""
    try:
        return hasattr(engines.module(word), "configure")
    except ModuleNotFoundError:
        return False


def zone_of(said: str) -> str:
    """Return the time zone that a sentence names, UTC if it names none."""
    if offset := re.search(r"(?:^|UTC|GMT|\s)([+-])(\d{1,2})(?::?00)?\b", said):
        return f"Etc/GMT{'-' if offset[1] == '+' else '+'}{int(offset[2])}" if int(offset[2]) else "UTC"
    return next((word for word in re.findall(r"[\w/+-]+", said) if word in available_timezones()), "UTC")


def folders_of(said: str, root: Path) -> Iterator[tuple[str, str]]:
    """Yield the folders that a sentence names, each with what it says of them in parentheses."""
    for part in said.split(","):
        remark = PAREN.search(part)
        for word in PAREN.sub(" ", part).split():
            name = word.strip("/")
            if word == "." or (name and (root / name).is_dir()):
                yield "" if word == "." else name, remark[1] if remark else ""


def facts_of(entry: dict[str, Any], root: Path) -> Facts:
    """Return what settings.json tells of a site whose own configuration isn't there."""
    name = engine_of(entry["engine"])
    base = engines.module(name).configure(root, "settings.json")
    named = list(folders_of(entry.get("content", "."), root))
    known = {folder.path: folder for folder in base.folders if folder.path}
    folders = tuple(
        known.get(path, Folder(path, f"{path}/" if len(named) > 1 else "", kind_of(path, remark), plain=not path))
        for path, remark in named
    )
    drafts = tuple((f"{path}/*", {"draft": "true"}) for path, remark in named if "not published" in remark)
    addresses = {local(place, folders): said for place, said in entry.get("url", {}).items()}
    routes = [*routes_of(addresses), *(places for places, _ in drafts)]
    said = " ".join(addresses.values()).lower()
    return replace(
        base,
        folders=folders_with(base, folders),
        permalinks=base.permalinks
        or tuple(patterns_of(addresses, issubclass(engines.module(name).Rules, plain.Rules))),
        defaults=(*base.defaults, *drafts),
        values={
            **base.values,
            "routes": tuple(routes if addresses else ()),
            "quartz": "quartz" in entry["engine"].lower(),
            "slugs": "github" if "astro" in entry["engine"].lower() else "",
            "lower": "lower" in said,
            "spaces": "-" if re.search(r"spaces? (?:->|to|become) (?:-|dash|hyphen)", said) else "",
        },
        settings={"timezone": zone_of(entry.get("time_zone", "")), **base.settings},
    )


def folders_with(base: Facts, named: tuple[Folder, ...]) -> tuple[Folder, ...]:
    """Return the folders that are named, with those of the engine for what is served as it is."""
    if not named or [folder.path for folder in named] == [""]:
        return base.folders or named
    return (*named, *(folder for folder in base.folders if not folder.texts))


def kind_of(path: str, remark: str) -> str:
    """Tell from its name, or what is said of it, what a folder holds."""
    for kind, words in (("post", ("post", "blog", "published")), ("page", ("page", "stor"))):
        if any(word in f"{path} {remark}" for word in words) and "not published" not in remark:
            return kind
    return ""


def local(place: str, folders: tuple[Folder, ...]) -> str:
    """Return patterns of paths as counted from the only folder of content there is."""
    only = f"{folders[0].path}/" if len(folders) == 1 and folders[0].path else "\0"
    return ", ".join(one.removeprefix(only) for one in places_in(place))


def places_in(place: str) -> list[str]:
    """Return the patterns of paths that a sentence lists, each ``{a,b}`` as two."""
    plain = TOKEN.sub(lambda one: one[0] if "," in one[1] else one[1].upper(), PAREN.sub("", place))
    found = [one for part in re.split(r",(?![^{]*\})", plain) for one in config.spelt(part.strip())]
    return [one for one in found if one]


def routes_of(urls: dict[str, str]) -> Iterator[str]:
    """Yield the patterns of paths which have addresses."""
    for places in urls:
        yield from map(globbed, places_in(places))


def patterns_of(urls: dict[str, str], by_path: bool) -> Iterator[tuple[str, str]]:
    """Yield patterns of paths and addresses as our settings have them; those that no pattern of ours can say are left.

    That an address is the path needn't be said of an engine that has its own way to write paths.
    """
    for places, said in urls.items():
        for place in places_in(places):
            pattern = pattern_in(said, place if by_path else "")
            if pattern and (by_path or pattern.strip("/") != ":path"):
                yield globbed(place), pattern


def pattern_in(said: str, place: str = "") -> str:
    """Return the first pattern of a sentence that can be filled; what a key of the header gives comes before it anyway.

    ``permalink key, else /{path}/`` has one, ``/{path key}/ (front matter path), else /{path}/`` has two. ``place`` is
    the pattern of paths whose folders in capitals it may name.
    """
    said = re.sub(r"https?://[^/\s]+", "", said)
    said = f"/{said}" if said.startswith(("{", ":")) else said
    parts = [PATTERN.search(part) for part in ELSE.split(said)]
    found = [part[0] for part in parts if part]
    made = [translated(part, place) for part in found if not (len(found) > 1 and KEY.fullmatch(part))]
    return next(filter(None, made), "")


def globbed(place: str) -> str:
    """Return a pattern of paths; a word in capitals stands for one folder, ``**`` for any."""
    place = re.sub(r"\b(?!README|LICENSE|INDEX)[A-Z]{2,}\b", "*", place.removeprefix("./"))
    place = place.replace("**/*", "**").replace("**/", "**")
    return "*" if place == "**" else re.sub(r"\.md\Z", ".md*", place)  # .mdx is seldom told apart


def translated(pattern: str, place: str = "") -> str:
    """Return a pattern of addresses with our tokens, ``""`` if it has one that isn't known."""
    folders = place.split("/")[:-1]

    def named(found: re.Match[str]) -> str:
        """Return a word in capitals as the folder that it stands for, else as the token that it may be."""
        if found[0] in folders:
            return f":sections[{folders.index(found[0])}]"
        return f"{{{found[0]}}}" if found[0].lower() in TOKENS else "{section}"

    pattern = re.sub(r"<([\w ]+)>|\[([\w ]+)\]", lambda one: f"{{{one[1] or one[2]}}}", pattern)
    for at, folder in enumerate(folders):  # LANG/posts/*.md has the language in its first folder
        pattern = pattern.replace(f"{{{folder.lower()}}}", f":sections[{at}]") if folder.isupper() else pattern
    made = TOKEN.sub(token_of, re.sub(r"(?<![\w{%:])[A-Z]{2,}\b", named, pattern))
    return "" if "?" in made or permalinks.unknown(made) else made


def token_of(found: re.Match[str]) -> str:
    """Return our token for one in braces, ``?`` if it isn't known."""
    said = found[1].strip().lower()
    word = said_of(said)
    if re.search(r"not padded|unpadded|no zero|without zero|without leading", said):
        return f":i_{word.split()[0]}" if word else "?"
    if said.startswith("date.") and said[5:] in ("year", "month", "day"):  # of Python
        return f":{'' if said[5:] == 'year' else 'i_'}{said[5:]}"
    return TOKENS.get(word) or (found[0] if said.startswith("date:%") else "?")


def said_of(token: str) -> str:
    """Return what a token says without the words that go without saying."""
    token = re.sub(r"\b(?:without|no|minus|sans) (?:the )?(?:extension|ending|\.?mdx?)\b", "", token)
    token = re.sub(
        r"\bwithout (?:the |its )?(?:date|yyyy-mm-dd-?)(?: prefix)?(?: and (?:the )?extension)?", "without date", token
    )
    token = re.sub(r"\b(?:key|header|field|front matter|frontmatter|from|the|of (?:the )?file|padded)\b", "", token)
    token = re.split(r",| or | else |\|", token)[0]
    token = re.sub(r"^(?:pub_?date|date|published|created)[ .](?=year|month|day)", "", " ".join(token.split()))
    return token


def settings_of(entry: dict[str, Any], root: Path, cache: str) -> Settings:
    """Return the settings of a site: by the configuration in its folder, else by what is told of it, if anything is."""
    plain = Settings(root=root, cache=cache, published="")
    if not entry:
        return engines.settings_with(plain, engines.facts_of(plain))
    found, why = engines.recognised(root)
    if found in (engines.OWN, engines.PLAIN) or found != engine_of(entry["engine"]):
        return engines.settings_with(plain, facts_of(entry, root))
    settings = engines.settings_with(plain, engines.module(found).configure(root, why))
    zone = settings.timezone if "timezone" in settings.facts.settings else zone_of(entry.get("time_zone", ""))
    return replace(settings, timezone=zone)


def records_of(entry: dict[str, Any], root: Path) -> list[dict[str, Any]]:
    """Return what is made of every file of a site."""
    with tempfile.TemporaryDirectory() as cache:
        library = Library(settings_of(entry, root, cache))
        library.refresh()
        urls = entry.get("url", {}) if entry else {"*": "by path"}
        unaddressed = all("header" in said for said in urls.values())
        made = [record(path, document, shown, unaddressed) for path, document, shown in library.files()]
        made = [one | {"date": date_of_list(library, one)} for one in made]
        outside = dict(library.left_out())
        known = {one["file"] for one in made} | outside.keys()
        others = [path for path in texts(root) if path not in known]
        return made + [record_of_no_page(library.settings, path, root) for path in (*outside, *others)]


def date_of_list(library: Library, one: dict[str, Any]) -> str | None:
    """Return the date of a record; to Hugo a section without one is as old as the first of what its page lists."""
    lists = library.settings.facts.lists if library.settings.facts.engine == "hugo" else ""
    name = one["file"].rpartition("/")[2].partition(".")[0]
    if one["date"] or not one["published"] or not lists or name != lists:
        return one["date"]
    listed = library.below(one["file"], 1)
    return listed[0].date.isoformat() if listed and listed[0].date else None


def texts(root: Path) -> Iterator[str]:
    """Yield all files of a folder that may be texts, whatever the rules say of them."""
    for file in sorted(root.rglob("*")):
        if file.is_file():
            yield file.relative_to(root).as_posix()


def record(path: str, document: Document | None, shown: bool, unaddressed: bool) -> dict[str, Any]:
    """Return what is known of a file; what we only put in where its own engine has nothing is left out."""
    if document is None:
        return nothing(path)
    origins = document.origins
    its_own = shown or document.draft
    if unaddressed and origins.get("url") not in ("url", "permalink"):
        its_own = False
    return {
        "file": path,
        "title": None if origins.get("title", "").startswith("nothing") else document.title,
        "date": document.date.isoformat() if document.date and origins.get("date") != "file" else None,
        "tags": list(document.tags),
        "categories": list(document.categories),
        "draft": document.draft,
        "published": shown,
        "url": document.url if its_own else None,
        "aliases": list(document.aliases),
    }


def record_of_no_page(settings: Settings, path: str, root: Path) -> dict[str, Any]:
    """Return what the header of a file says that is no page; nothing if it has none."""
    if not sources.is_text(path) or sources.left_out(settings, path):
        return nothing(path)
    place = next((one for one in sources.places(settings) if (root / path).is_relative_to(one.folder)), None)
    address = (root / path).relative_to(place.folder).as_posix() if place else path
    found = sources.Found(str(root / path), path, address, sources.Stamp(0, 0), place=place)
    try:
        reading: Reading = engines.reading_of(settings)(sources.read(found), settings)
        title, when = reading.header_title(), reading.header_date()
    except (LeftOut, ContentError, OSError):
        return nothing(path)
    said = nothing(path) | {"title": title or None, "tags": list(reading.tags()), "draft": reading.draft()}
    return said | {"date": when.moment.isoformat() if when else None}


def nothing(path: str) -> dict[str, Any]:
    """Return the record of a file of which nothing is known."""
    empty: dict[str, Any] = {"title": None, "date": None, "tags": [], "categories": [], "draft": False}
    return {"file": path, **empty, "published": False, "url": None, "aliases": []}


def agreement(expected: dict[str, Any], made: dict[str, Any]) -> dict[str, bool]:
    """Tell of each field that is asked for whether two records agree on it."""
    free = set(expected.get("outside", ())) | set(expected.get("disputed", ()))
    same = {
        "title": normal(expected["title"]) == normal(made["title"]),
        "date": same_date(expected, made["date"]),
        "tags": set(expected["tags"]) == set(made["tags"]),
        "state": (expected["draft"], expected["published"]) == (made["draft"], made["published"]),
        "url": unquote(expected["url"] or "") == unquote(made["url"] or ""),
    }
    return {field: agrees for field, agrees in same.items() if field not in free}


def normal(title: str | None) -> str:
    """Return a title as it is compared."""
    return " ".join(unicodedata.normalize("NFC", title or "").split())


def same_date(expected: dict[str, Any], made: str | None) -> bool:
    """Tell whether two dates are the same instant, or the same day where only that counts."""
    if not expected["date"] or not made:
        return not expected["date"] and not made
    if expected.get("date_only"):
        return bool(expected["date"][:10] == made[:10])
    one, other = datetime.fromisoformat(expected["date"]), datetime.fromisoformat(made)
    one, other = (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("UTC")) for moment in (one, other))
    return one == other


def main() -> int:
    """Measure, print, and tell by the exit code whether all is reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--records", type=Path)
    parser.add_argument("--show", default="", help="a field, or all")
    parser.add_argument("--unsaid", action="store_true")
    given = parser.parse_args()
    entries = json.loads((given.folder / "settings.json").read_text(encoding="utf-8"))
    raised = Raised()
    logging.getLogger("blog").addHandler(raised)
    records: dict[str, list[dict[str, Any]]] = {}
    total, files, lost = {field: [0, 0] for field in REACH}, 0, 0
    print(f"{'':18}{'files':>7}" + "".join(f"{field:>9}" for field in REACH))
    for name in given.names or sorted(entries):
        expected = json.loads((given.folder / f"{name}.expected.json").read_text(encoding="utf-8"))
        entry = {} if given.unsaid else entries.get(name, {})
        records[name] = records_of(entry, (given.folder / name).resolve())
        here, missing = compared(name, expected, records[name], given.show)
        for field, counts in here.items():
            total[field] = [one + other for one, other in zip(total[field], counts, strict=True)]
        files, lost = files + len(expected), lost + missing
        print(line(name, len(expected), here), flush=True)
    print(line("all", files, total))
    print(f"{raised.count} raised, {lost} lost")
    if given.records:
        given.records.write_text(json.dumps(records, ensure_ascii=False, indent=1), encoding="utf-8")
    reached = all(percent(*total[field]) >= reach for field, reach in REACH.items())
    return int(not reached or raised.count > 0 or lost > 0)


class Raised(logging.Handler):
    """Count what a file made us raise: the engine logs it with its traceback, and goes on."""

    count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count a record with a traceback."""
        self.count += bool(record.exc_info)


def compared(
    name: str, expected: list[dict[str, Any]], made: list[dict[str, Any]], shown: str
) -> tuple[dict[str, list[int]], int]:
    """Return by field how many records agree, of how many, and how many files were lost; print those that differ."""
    by_file, lost = {one["file"]: one for one in made}, 0
    here = {field: [0, 0] for field in REACH}
    for one in expected:
        found = by_file.get(one["file"])
        lost += found is None
        for field, agrees in agreement(one, found or nothing(one["file"])).items():
            here[field][0] += agrees
            here[field][1] += 1
            if not agrees and shown in (field, "all"):
                show(name, one, found or nothing(one["file"]), field)
    return here, lost


def show(name: str, expected: dict[str, Any], made: dict[str, Any], field: str) -> None:
    """Print how two records differ."""
    keys = ("draft", "published") if field == "state" else (field,)
    pairs = [f"{[expected[key] for key in keys]} but {[made[key] for key in keys]}"]
    print(f"  {name}/{expected['file']}: {field}: {pairs[0]}")


def percent(good: int, of: int) -> float:
    """Return a share in hundredths."""
    return 100 * good / of if of else 100.0


def line(name: str, files: int, counts: dict[str, list[int]]) -> str:
    """Return a line of the table."""
    return f"{name:18}{files:>7}" + "".join(f"{percent(*counts[field]):>9.2f}" for field in REACH)


if __name__ == "__main__":
    sys.exit(main())
