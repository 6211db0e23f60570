"""What a file says: Source -> Document."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from . import dates, furniture, headers, media, titles, urls, values
from .documents import PAGE, POST, Document, MenuEntry, Problem, Source
from .facts import fits, permalink
from .headers.base import UNSEEN
from .markup import choices
from .settings import Settings
from .settings.checks import language
from .settings.choices import COLORS

CLEAN = re.compile(f"[^{UNSEEN.pattern[1:]}*")
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")  # form feeds and vertical tabs stand in old texts on purpose
BEFORE_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>)?\s*", re.IGNORECASE)
PAGE_START = re.compile(r"<(?:!doctype|html)\b", re.IGNORECASE)
KEYS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "date": ("date", "published", "pubdate", "pub_date", "published_at", "date_published", "created"),
    "updated": ("updated", "lastmod", "modified", "last_modified_at", "updated_at", "date_modified"),
    "publishes": ("publishdate",),
    "expires": ("expirydate", "unpublishdate", "expires"),
    "summary": ("summary", "description"),
    "tags": ("tags", "tag"),
    "categories": ("categories", "category"),
    "slug": ("slug",),
    "series": ("series",),
    "part": ("part", "series_weight", "series_order"),
    "url": ("permalink", "url"),
    "aliases": ("aliases", "redirect_from"),
    "menu": ("menu", "menus"),
    "language": ("lang", "language"),
    "author": ("author", "authors"),
}
ONE_LINE = (
    "title",
    "date",
    "updated",
    "publishes",
    "expires",
    "summary",
    "slug",
    "url",
    "language",
)  # no list or table
SWITCHES = {
    "draft",
    "published",
    "isdraft",
    "is_draft",
    "publish",
    "visibility",
    "status",
    "unlisted",
    "hidden",
    "noindex",
    "layout",
    "weight",
    "accent",
}
TYPED = {key for keys in KEYS.values() for key in keys} | SWITCHES
PRIVATE = {"draft", "private", "pending", "trash", "unpublished"}  # words for status
# Switches that hold a text back, by the value that doesn't.
SHOWN = (("draft", False), ("published", True), ("isdraft", False), ("is_draft", False), ("publish", True))
LONGEST = 1000  # characters of a title
AROUND = ("published", "commit", "file")  # dates that the author hasn't written
IMPOSSIBLE = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")  # where it is the name of no day


class LeftOut(Exception):
    """Say by which rule of the site's engine a file is no document; as an ``asset`` it is served as it is."""

    def __init__(self, reason: str, asset: bool = False) -> None:
        super().__init__(reason)
        self.asset = asset


@lru_cache(maxsize=8)
def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by its name."""
    return ZoneInfo(name)


def is_whole_page(source: Source) -> bool:
    """Tell whether a file is a complete HTML page, to be published as it is."""
    if not source.path.lower().endswith(".html"):
        return False
    text = decoded(source.data)
    start = BEFORE_PAGE.match(text)
    at = start.end() if start else 0
    while text.startswith("<!--", at) and (end := text.find("-->", at)) > 0:
        at = end + 3
        at += len(text[at : at + 1000]) - len(text[at : at + 1000].lstrip())
    return bool(PAGE_START.match(text, at))


def decoded(data: bytes) -> str:
    """Return a file's text: no byte order mark, plain line ends, no control characters."""
    return without_controls(as_written(data))


def without_controls(text: str) -> str:
    """Return a text without what nobody sees, the same one if there is none of it."""
    return text if CLEAN.fullmatch(text) else UNSEEN.sub("", text)


def as_written(data: bytes) -> str:
    """Return a file's text with all that may be in it, but for a byte order mark and other line ends."""
    text = data.decode("utf-8-sig", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


class Reading:
    """Read one file: each method answers one question of what it says.

    These are our own rules. Those of another engine are a subclass, which answers some questions otherwise.
    ``published`` returns the date with which a file was published, ``committed`` that of its first commit.
    """

    keys = KEYS
    #: Where a date is looked for, in this order; a page is only asked for what it says itself.
    ladder: tuple[str, ...] = ("header", "name", "folder", "address", "line", "published", "commit", "file")
    page_ladder: tuple[str, ...] = ("header", "line")
    dayfirst = False  # 05/09/2012 is in September
    slash = True  # addresses end with one
    any_case = True  # Title is title
    index_names: tuple[str, ...] = ("index", "_index")
    governs: re.Pattern[str] | None = None  # names of files that are heeded in reading all others in and below a folder

    def __init__(
        self,
        source: Source,
        settings: Settings,
        published: Callable[[str], str] = lambda _path: "",
        committed: Callable[[str], datetime | None] = lambda _path: None,
    ) -> None:
        self.source, self.settings, self.facts = source, settings, settings.facts
        self.published, self.committed = published, committed
        self.zone = zone_of(settings.timezone)
        self.problems: list[Problem] = []
        self.origins: dict[str, str] = {}
        written = as_written(source.data)
        self.text = without_controls(written)
        self.has_controls = self.text is not written
        self.header = headers.read(self.text, source.path, decoded(source.beside))
        self.body, self.dialect = self.header.body, self.header.dialect
        self.path = PurePosixPath(source.address)
        self.name, self.suffix = self.without_language(self.path.stem)
        self.is_index = self.name in self.index_names
        self.stem = self.path.parent.name if self.is_index and self.path.parent.name else self.name
        self.meta: Mapping[str, Any] = self.said()
        self.day, self.rest = dates.named(self.stem)
        self.kind = self.kind_of()
        self.by_date = False  # it is a post because it is dated, and named by its path as a page is
        self.title = ""
        self.untitled = False
        self.when: dates.When | None = None

    def said(self) -> dict[str, Any]:
        """Return what the header says over what is taken where it doesn't, keys in lower case."""
        return {**self.defaults(), **self.heeded()}

    def heeded(self) -> dict[str, Any]:
        """Return the header's values; those under keys in capitals only where the engine knows them so."""
        said = self.header.meta.items()
        kept = (
            (key.strip(), value)
            for key, value in said
            if self.any_case or key == key.lower() or key.lower() not in TYPED
        )
        return {key.lower(): value for key, value in kept}

    def defaults(self) -> dict[str, Any]:
        """Return what the site's engine takes for headers that don't say otherwise, keys in lower case."""
        found: dict[str, Any] = {}
        for places, values_of in self.facts.defaults:
            if fits(self.source.address, places):
                found |= values_of
        return found

    def without_language(self, name: str) -> tuple[str, str]:
        """Split ``index.fa`` into the name and the language, if it is one of the site's."""
        stem, dot, suffix = name.rpartition(".")
        return (stem, suffix) if dot and stem and suffix in self.settings.languages else (name, "")

    def kind_of(self) -> str:
        """Tell a post from a page; a section's own page (posts/index.md) is a page, whatever the folder says."""
        top = self.is_index and len(self.path.parts) <= 2
        return PAGE if top or self.name == "_index" else self.source.kind

    def is_post_if_dated(self) -> bool:
        """Tell whether a date makes this a post: nothing else does in a folder of ours that has none for them."""
        plain = self.source.plain and self.facts.engine == "flatleaf"
        own = self.name == "_index" or (self.is_index and len(self.path.parts) <= 2 and not self.day)
        said = {values.text(self.meta.get(key)).lower() for key in ("type", "layout")}
        return plain and not own and PAGE not in said

    def left_out(self) -> str:
        """Return the rule by which this file is no document, ``""`` if it is one; or raise ``LeftOut``."""
        return ""

    def document(self) -> Document:
        """Put the answers together; raises ``LeftOut``."""
        if reason := self.left_out():
            raise LeftOut(reason)
        self.problems += [Problem(self.source.path, line, said) for line, said in self.header.doubts]
        self.check_encoding()
        self.check_types()
        self.check_switches()
        self.title, line = self.title_and_date()
        self.check_title()
        self.when = self.find_date(line)
        when, url = self.when, self.url()
        return Document(
            path=self.source.path,
            kind=self.kind,
            url=url,
            title=self.title,
            date=when.moment if when else None,
            date_only=bool(when and when.date_only),
            updated=self.moment("updated"),
            publishes=self.moment("publishes"),
            expires=self.moment("expires"),
            summary=values.text(self.first("summary"))[: titles.MOST],
            tags=self.tags(),
            categories=self.categories(),
            series=self.series(),
            author=", ".join(self.authors()),
            authors=self.authors(),
            draft=self.draft(),
            language=self.language(),
            body=self.body,
            markup=self.markup(),
            header=self.dialect,
            layout=self.layout(),
            accent=self.color(self.meta.get("accent"), "accent"),
            untitled=self.untitled,
            unlisted=self.unlisted(),
            noindex=self.noindex(),
            aliases=self.aliases(url),
            menus=self.menus(self.title, url),
            section=self.section if self.kind == POST else "",
            part=values.number(self.first("part")),
            attachments=media.attachments(self.meta),
            picture=media.picture(self.meta),
            meta={key: inner for key, inner in self.meta.items() if key not in TYPED},
            origins=self.origins,
            in_doubt=bool(self.header.doubts),
            problems=tuple(self.problems),
        )

    def first(self, name: str) -> Any:
        """Return the value of the first of a field's keys that the header holds."""
        for key in self.keys[name]:
            if (value := self.meta.get(key)) is not None:
                return value
        return None

    def key(self, name: str) -> str:
        """Return which of a field's keys the header holds."""
        return next((key for key in self.keys[name] if self.meta.get(key) is not None), "")

    def report(self, message: str, key: str = "") -> None:
        """Note a problem that doesn't keep the file unpublished, on the line of ``key``."""
        self.problems.append(Problem(self.source.path, self.line_of(key), message))

    def line_of(self, key: str) -> int:
        """Find the line of a header's key; 0 if it can't be told."""
        if not key:
            return 0
        head = self.text[: len(self.text) - len(self.header.body)]
        for number, line in enumerate(head.split("\n"), 1):
            if re.match(rf"[\s{{\"']*{re.escape(key)}[\"']?\s*[:=]", line, re.IGNORECASE):
                return number
        return 0

    def check_encoding(self) -> None:
        """Report text that isn't UTF-8, and control characters."""
        if self.has_controls and (found := CONTROL.search(self.source.data)):
            line = self.source.data.count(b"\n", 0, found.start()) + 1
            self.problems.append(Problem(self.source.path, line, "there is a control character, which is left out"))
        if "\ufffd" not in self.text:
            return
        try:
            self.source.data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = self.source.data.count(b"\n", 0, error.start) + 1
            self.problems.append(Problem(self.source.path, line, "this is not UTF-8; what can't be read is shown as �"))

    def check_types(self) -> None:
        """Report lists and tables where a line of text belongs: they say nothing."""
        wrong = [key for key, value in self.meta.items() if value and isinstance(value, (list, tuple, dict))]
        for key in (key for name in ONE_LINE for key in self.keys[name] if key in wrong) if wrong else ():
            self.report(f"{key} is no line of text", key)

    def check_title(self) -> None:
        """Cut a title that nobody can mean as one."""
        if len(self.title) > LONGEST:
            self.report(f"this title is too long: {values.short(self.title)}", self.key("title"))
            self.title = f"{self.title[:LONGEST]}…"

    def check_switches(self) -> None:
        """Report what the header wants of Markdown, or around the text, that there isn't."""
        for key, message in (*choices.wrong(self.meta), *furniture.wrong(self.meta)):
            self.report(message, key)

    def title_and_date(self) -> tuple[str, dates.When | None]:
        """Take the title from the header, else with a date line from the text, else from the file name."""
        title = self.header_title()
        if title:
            self.origins["title"] = self.key("title")
            self.body = titles.without_repeat(self.body, title)
            return title, None
        if self.markup() == "html":
            title, self.body = titles.html_opening(self.body)
            self.origins["title"] = "its first heading" if title else "the file's name"
            return title or self.name_as_title(), None
        found = titles.opening(self.body, self.zone)
        if found.title:
            self.body, self.untitled = found.body, found.stays
        self.origins["title"] = "the text's beginning" if found.title else "the file's name"
        return found.title or self.name_as_title(), found.when

    def header_title(self) -> str:
        """Return the title that the header gives."""
        return values.text(self.first("title"))

    def name_as_title(self) -> str:
        """Make a title of the file's name; that of a front page is the site's."""
        if self.is_index and len(self.path.parts) == 1:
            self.origins["title"] = "the site's title"
            return self.settings.title
        words = re.sub(r"[-_\s]+", " ", self.rest or self.stem).strip()
        return words[:1].upper() + words[1:] if words else "Untitled"

    def find_date(self, line: dates.When | None) -> dates.When | None:
        """Climb the ladder; a date that was written but can't be read must not turn an old post into today's news."""
        rungs: dict[str, Callable[[], dates.When | None]] = {
            "header": self.header_date,
            "line": lambda: line,
            "name": self.name_date,
            "folder": lambda: self.day_as_when(dates.in_folders(self.path.parent.parts)),
            "address": lambda: self.day_as_when(self.address_day()),
            "published": lambda: dates.read(self.published(self.source.path), self.zone),
            "commit": self.commit_date,
            "default": lambda: None,
            "file": lambda: dates.changed(self.source.stamp.mtime_ns, self.zone),
        }
        for rung in self.rungs():
            if rung in AROUND and self.date_is_broken():
                return None
            if found := rungs[rung]():
                self.origins["date"] = self.date_key() if rung == "header" else rung
                if self.kind == PAGE and self.is_post_if_dated():
                    self.by_date, self.kind = True, POST
                return self.with_line(found, line, rung)
        return None

    def rungs(self) -> tuple[str, ...]:
        """Return where a date is looked for, by what this is."""
        if self.kind == PAGE and not self.is_post_if_dated():
            return self.page_ladder
        return self.ladder if self.kind == POST else tuple(rung for rung in self.ladder if rung not in AROUND)

    def with_line(self, found: dates.When, line: dates.When | None, rung: str) -> dates.When:
        """Return a date with the time of day that a line has for it; report a line that has another day."""
        if line is None or rung not in ("name", "folder", "address"):
            return found
        if line.moment.date() == found.moment.date():
            return line
        days = f"{found.moment:%Y-%m-%d}", f"{line.moment:%Y-%m-%d}"
        self.report(f"the {rung} of this file says {days[0]}, which counts, a line of its text {days[1]}")
        return found

    def date_key(self) -> str:
        """Return the key of the header's date: ``published`` may be a date or a switch."""
        for key in self.keys["date"]:
            given = self.meta.get(key)
            if given is not None and values.text(given) and (key != "published" or values.flag(given) is None):
                return key
        return ""

    def header_date(self) -> dates.When | None:
        """Return the date that the header gives."""
        key = self.date_key()
        if not key:
            return None
        when = self.read_date(self.meta[key])
        if when is None:
            self.report(f"this is not a date: {values.short(self.meta[key])}", key)
        return when

    def read_date(self, given: Any) -> dates.When | None:
        """Read a date as the header's dialect writes it."""
        return dates.read(given, self.zone, dayfirst=self.dayfirst or self.dialect == "luapress")

    def date_is_broken(self) -> bool:
        """Tell whether the header, or the name, has a date that says nothing."""
        return bool(self.date_key() or self.impossible_day()) or any(
            isinstance(self.meta.get(key), (list, dict)) and self.meta[key] for key in self.keys["date"]
        )

    def address_day(self) -> date | None:
        """Return the day that stands in the address which the header gives: ``/2014/12/12/name/``."""
        return dates.in_folders(values.text(self.first("url")).split("/"))

    def name_date(self) -> dates.When | None:
        """Return the date that the file's name begins with."""
        if not self.day and (wrong := self.impossible_day()):
            self.report(f"this is not a date: {wrong}, with which the name begins")
        return self.day_as_when(self.day)

    def impossible_day(self) -> str:
        """Return what stands at the beginning of the name where a date stands, and is none."""
        found = None if self.day else IMPOSSIBLE.match(self.stem)
        return found[0] if found else ""

    def day_as_when(self, day: date | None) -> dates.When | None:
        """Return a day as the midnight that begins it."""
        return dates.When(datetime.combine(day, time(), self.zone), True) if day else None

    def commit_date(self) -> dates.When | None:
        """Return when the file was first committed."""
        moment = self.committed(self.source.path)
        return dates.When(moment, False) if moment else None

    def moment(self, field: str) -> datetime | None:
        """Return the moment that the header names for a field."""
        given = self.first(field)
        if given is None or not values.text(given):
            return None
        when = self.read_date(given)
        if when is None:
            self.report(f"this is not a date: {values.short(given)}", self.key(field))
        return when.moment if when else None

    def tags(self) -> tuple[str, ...]:
        """Return the tags."""
        return values.listed(self.filed("tags"))

    def categories(self) -> tuple[str, ...]:
        """Return the categories."""
        return values.listed(self.filed("categories"))

    def filed(self, name: str) -> Any:
        """Return the value of a field, which some have among the taxonomies.

        https://www.getzola.org/documentation/content/taxonomies/
        """
        given, table = self.first(name), self.meta.get("taxonomies")
        return table.get(name) if given is None and isinstance(table, Mapping) else given

    def markup(self) -> str:
        """Return what the text is written in."""
        ending = self.path.suffix.lower()
        return "html" if ending in (".html", ".htm") else "rst" if ending == ".rst" else "markdown"

    def layout(self) -> str:
        """Return the template that the header asks for."""
        return values.text(self.meta.get("layout"))

    def unlisted(self) -> bool:
        """Tell whether no list shows it."""
        hidden = values.text(self.meta.get("status")).lower() in ("hidden", "unlisted")
        return hidden or any(values.flag(self.meta.get(key)) is True for key in ("unlisted", "hidden"))

    def noindex(self) -> bool:
        """Tell whether search engines are asked to pass it over."""
        return values.flag(self.meta.get("noindex")) is True or "noindex" in values.text(self.meta.get("robots"))

    def series(self) -> tuple[str, ...]:
        """Return the series that this is a part of; a text is one name, whatever commas stand in it."""
        given = self.filed("series")
        one = values.text(given)
        return (one,) if one else values.listed(given)

    def authors(self) -> tuple[str, ...]:
        """Return who has written it; a text under ``author`` is one name, whatever commas stand in it."""
        one = values.text(self.meta.get("author"))
        return (one,) if one else values.listed(self.first("author"))

    def language(self) -> str:
        """Return the language tag that the header names, if it can be one."""
        given = values.text(self.first("language"))
        known = self.suffix or self.source.language
        try:
            return language(given.replace("_", "-")) if given else known
        except ValueError:
            self.report(f"this is not a language tag: {values.short(given)}", self.key("language"))
            return known

    def draft(self) -> bool:
        """Tell whether the file is held back, by header or folder; a switch that can't be read does."""
        for key, shown in SHOWN:
            if self.meta.get(key) is None:
                continue
            given = values.flag(self.meta[key])
            if given is None and key == "draft":
                self.report(f"draft is neither true nor false: {values.short(self.meta[key])}", key)
            if (given is None and key == "draft") or (given is not None and given is not shown):
                self.origins["draft"] = f"{key}: {values.short(self.meta[key])}"
                return True
        for key in ("status", "visibility"):
            if (said := values.text(self.meta.get(key)).lower()) in PRIVATE:
                self.origins["draft"] = f"{key}: {said}"
                return True
        if "_drafts" in self.source.path.split("/")[:-1]:
            self.origins["draft"] = "the folder _drafts"
            return True
        return False

    def url(self) -> str:
        """Return the address: as written, else by the permalink pattern or the path."""
        if given := self.written_url():
            return given
        if pattern := permalink(self.settings.permalinks, self.source.address) or self.pattern_of_engine():
            self.origins["url"] = f"the permalink {pattern}"
            return self.filled(pattern)
        return self.usual_url()

    def pattern_of_engine(self) -> str:
        """Return the pattern of addresses that the engine's configuration has for this place."""
        return self.facts.permalink(self.source.address, self.kind == POST and not self.by_date)

    def written_url(self) -> str:
        """Return the address that the header gives, ``""`` if there is none that can be one."""
        key = self.key("url") or self.path_key()
        given = values.text(self.meta.get(key))
        if not given:
            return ""
        try:
            found = self.address(given)
        except ValueError as error:
            self.report(str(error), key)
            return ""
        self.origins["url"] = key
        return found

    def path_key(self) -> str:
        """Return the key that an address has in headers as Zola's, in a folder where headers are of any engine."""
        own = self.facts.engine in ("flatleaf", "plain") and self.dialect == "toml"
        return "path" if own and self.meta.get("path") is not None else ""

    def address(self, given: str) -> str:
        """Return an address that the header gives as one within the site; raises ``ValueError``."""
        return urls.written(given, slash=self.slash)

    def usual_url(self) -> str:
        """Return the address of a text for which there is no pattern of its own."""
        if self.kind == PAGE or (self.by_date and "permalink" not in self.settings.given):
            self.origins["url"] = "its path"
            return self.page_url()
        self.origins["url"] = f"the permalink {self.settings.permalink}"
        return self.filled(self.settings.permalink)

    def page_url(self) -> str:
        """Return the address of a page, by its path."""
        return urls.page_url(self.source.address, urls.slugify(values.text(self.first("slug"))))

    def filled(self, pattern: str) -> str:
        """Fill a pattern of addresses."""
        return urls.post_url(pattern, **self.tokens(), slash=self.slash)

    def tokens(self) -> dict[str, Any]:
        """Return what the tokens of a pattern stand for."""
        slug = urls.slugify(values.text(self.first("slug")))
        return {
            "slug": slug
            or urls.slugify(self.rest)
            or urls.slugify(self.stem)
            or urls.slugify(self.title)
            or "untitled",
            "title": self.title,
            "stem": self.stem,
            "section": self.section,
            "date": self.when.moment if self.when else None,
        }

    @property
    def section(self) -> str:
        """Return the folders that a post lies in, below that of all posts."""
        folders = self.path.parts[not self.by_date : -1]
        return "/".join(folders[:-1] if self.is_index else folders)

    def aliases(self, url: str) -> tuple[str, ...]:
        """Return the addresses that lead here, without the document's own."""
        found = []
        for given in dict.fromkeys(filter(None, values.parts_of(self.first("aliases"), ","))):
            try:
                found.append(self.alias(given))
                if found[-1] == "/":
                    raise ValueError(f"the front page can't be an alias: {given}")
            except ValueError as error:
                self.report(str(error), self.key("aliases"))
        return tuple(alias for alias in dict.fromkeys(found) if alias not in (url, "/"))

    def alias(self, given: str) -> str:
        """Return an old address that the header gives as one within the site; raises ``ValueError``."""
        return urls.written(given)

    def menus(self, title: str, url: str) -> tuple[MenuEntry, ...]:
        """Return the menu entries, written as Hugo has them: a name, a list of names, or tables.

        https://gohugo.io/content-management/menus/#define-in-front-matter
        """
        given = self.first("menu")
        if isinstance(given, Mapping):
            return tuple(self.menu_entry(str(name), value, title, url) for name, value in given.items())
        return tuple(self.menu_entry(name, None, title, url) for name in values.listed(given))

    def menu_entry(self, menu: str, value: Any, title: str, url: str) -> MenuEntry:
        """Read one table of a menu."""
        table = value if isinstance(value, Mapping) else {}
        params = table.get("params")
        color = self.color(params.get("color") if isinstance(params, Mapping) else None, "color")
        weight = values.number(table.get("weight")) or values.number(self.meta.get("weight"))
        return MenuEntry(menu, values.text(table.get("name")) or title, url, weight, color)

    def color(self, given: Any, key: str) -> str:
        """Return the name of one of the theme's colours; report any other."""
        color = values.text(given).lower()
        color = "gray" if color == "grey" else color
        if color and color not in COLORS:
            self.report(f"the theme has no colour {color}; it has {', '.join(sorted(COLORS))}", key)
            return ""
        return color
