"""What a file says: Source -> Document."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, time
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from . import dates, furniture, headers, media, titles, urls, values
from .documents import PAGE, POST, Document, MenuEntry, Problem, Source
from .headers.base import UNSEEN
from .markup import choices
from .settings import COLORS, Settings, language

CLEAN = re.compile(f"[^{UNSEEN.pattern[1:]}*")
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")  # form feeds and vertical tabs stand in old texts on purpose
BEFORE_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>)?\s*", re.IGNORECASE)
PAGE_START = re.compile(r"<(?:!doctype|html)\b", re.IGNORECASE)
KEYS = {
    "title": ("title",),
    "date": ("date",),
    "updated": ("updated", "lastmod", "modified"),
    "expires": ("expirydate", "unpublishdate", "expires"),
    "summary": ("summary", "description"),
    "tags": ("tags", "tag"),
    "categories": ("categories", "category"),
    "series": ("series",),
    "part": ("part", "series_weight", "series_order"),
    "url": ("permalink", "url"),
    "aliases": ("aliases", "redirect_from"),
    "menu": ("menu", "menus"),
    "language": ("lang", "language"),
    "author": ("author", "authors"),
}
ONE_LINE = ("title", "date", "updated", "expires", "summary", "url", "language")  # fields that are no list or table
TYPED = {key for keys in KEYS.values() for key in keys} | {"slug", "draft", "published", "layout", "weight", "accent"}


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
    text = data.decode("utf-8-sig", errors="replace")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if CLEAN.fullmatch(text) else UNSEEN.sub("", text)


def read(source: Source, settings: Settings, published: Callable[[str], str] = lambda _path: "") -> Document:
    """Make the Document of a file; raise ``ContentError`` if its header can't be read.

    ``published`` returns the date with which a file was published, ``""`` for none.
    """
    return Reading(source, settings, published).document()


class Reading:
    """Read one file: each method answers one question of what it says."""

    def __init__(self, source: Source, settings: Settings, published: Callable[[str], str]) -> None:
        self.source, self.settings, self.published = source, settings, published
        self.zone = ZoneInfo(settings.timezone)
        self.problems: list[Problem] = []
        text = decoded(source.data)
        self.header = headers.read(text, source.path)
        self.text, self.body = text, self.header.body
        self.meta: Mapping[str, Any] = {key.strip().lower(): value for key, value in self.header.meta.items()}
        path = PurePosixPath(source.address)
        self.is_index = path.stem in ("index", "_index")
        self.stem = path.parent.name if self.is_index and path.parent.name else path.stem
        self.day, self.rest = dates.named(self.stem)
        # A section's own page (posts/index.md) is a page, whatever the folder says.
        top = self.is_index and len(path.parts) <= 2
        self.kind = PAGE if top or path.stem == "_index" else source.kind

    def document(self) -> Document:
        """Put the answers together."""
        self.check_encoding()
        self.check_types()
        self.check_switches()
        title, written_date = self.title_and_date()
        when = self.when(written_date)
        url = self.url(title, when.moment if when else None)
        return Document(
            path=self.source.path,
            kind=self.kind,
            url=url,
            title=title,
            date=when.moment if when else None,
            date_only=bool(when and when.date_only),
            updated=self.moment("updated"),
            expires=self.moment("expires"),
            summary=titles.plain(values.text(self.first("summary"))),
            tags=values.listed(self.first("tags")),
            categories=values.listed(self.first("categories")),
            series=self.series(),
            author=", ".join(self.authors()),
            authors=self.authors(),
            draft=self.draft(),
            language=self.language(),
            body=self.body,
            markup="html" if self.source.path.lower().endswith(".html") else "markdown",
            header=self.header.dialect,
            layout=values.text(self.meta.get("layout")),
            accent=self.color(self.meta.get("accent"), "accent"),
            aliases=self.aliases(url),
            menus=self.menus(title, url),
            section=self.section if self.kind == POST else "",
            part=values.number(self.first("part")),
            attachments=media.attachments(self.meta),
            picture=media.picture(self.meta),
            meta={key: inner for key, inner in self.meta.items() if key not in TYPED},
            problems=tuple(self.problems),
        )

    def first(self, name: str) -> Any:
        """Return the value of the first of a field's keys that the header holds."""
        return next((self.meta[key] for key in KEYS[name] if self.meta.get(key) is not None), None)

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
        if found := CONTROL.search(self.source.data):
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
        for name in ONE_LINE:
            for key in KEYS[name]:
                if isinstance(self.meta.get(key), (list, tuple, dict)) and self.meta[key]:
                    self.report(f"{key} is no line of text", key)

    def check_switches(self) -> None:
        """Report what the header wants of Markdown, or around the text, that there isn't."""
        for key, message in (*choices.wrong(self.meta), *furniture.wrong(self.meta)):
            self.report(message, key)

    def title_and_date(self) -> tuple[str, dates.When | None]:
        """Take the title from the header, else with a date line from the text, else from the file name."""
        title = values.text(self.first("title"))
        if title:
            self.body = titles.without_repeat(self.body, title)
            return title, None
        if self.source.path.lower().endswith(".html"):
            title, self.body = titles.html_opening(self.body)
            return title or self.name_as_title(), None
        found = titles.opening(self.body, self.zone)
        if found.title:
            self.body = found.body
        return found.title or self.name_as_title(), found.when

    def name_as_title(self) -> str:
        """Make a title of the file's name."""
        words = re.sub(r"[-_\s]+", " ", self.rest or self.stem).strip()
        return words[:1].upper() + words[1:] if words else "Untitled"

    def when(self, line: dates.When | None) -> dates.When | None:
        """Climb the ladder: header, date line, file name, for a post what was published, then the file itself."""
        given = self.first("date")
        broken = isinstance(given, (list, dict)) and bool(given)
        if given is not None and values.text(given):
            when = dates.read(given, self.zone)
            if when:
                return when
            broken = True
            self.report(f"this is not a date: {values.text(given)}", "date")
        if line:
            return line
        if self.day and self.kind == POST:
            return dates.When(datetime.combine(self.day, time(), self.zone), True)
        # A date that was written but can't be read must not turn an old post into today's news.
        if broken or self.kind != POST:
            return None
        known = dates.read(self.published(self.source.path), self.zone)  # a copy of the file has another time
        return known or dates.changed(self.source.stamp.mtime_ns, self.zone)

    def moment(self, field: str) -> datetime | None:
        """Return the moment that the header names for a field."""
        given = self.first(field)
        if given is None or not values.text(given):
            return None
        when = dates.read(given, self.zone)
        if when is None:
            key = next(key for key in KEYS[field] if self.meta.get(key) is not None)
            self.report(f"this is not a date: {values.text(given)}", key)
        return when.moment if when else None

    def series(self) -> tuple[str, ...]:
        """Return the series that this is a part of; a text is one name, whatever commas stand in it.

        Some have it among the taxonomies: https://www.getzola.org/documentation/content/taxonomies/
        """
        given = self.first("series")
        if given is None and isinstance(table := self.meta.get("taxonomies"), Mapping):
            given = table.get("series")
        one = values.text(given)
        return (one,) if one else values.listed(given)

    def authors(self) -> tuple[str, ...]:
        """Return who has written it; a text under ``author`` is one name, whatever commas stand in it."""
        one = values.text(self.meta.get("author"))
        return (one,) if one else values.listed(self.first("author"))

    def language(self) -> str:
        """Return the language tag that the header names, if it can be one."""
        given = values.text(self.first("language"))
        try:
            return language(given) if given else ""
        except ValueError:
            self.report(f"this is not a language tag: {given}", next(k for k in KEYS["language"] if k in self.meta))
            return ""

    def draft(self) -> bool:
        """Tell whether the header holds the file back; a switch that can't be read does."""
        for key, shown in (("draft", False), ("published", True)):
            if self.meta.get(key) is None:
                continue
            given = values.flag(self.meta[key])
            if given is None and key == "draft":
                self.report(f"draft is neither true nor false: {values.text(self.meta[key])}", key)
                return True
            if given is not None and given is not shown:
                return True
        return False

    def url(self, title: str, date: datetime | None) -> str:
        """Return the address: as written, else by the permalink pattern or the path."""
        given = values.text(self.first("url"))
        if given:
            try:
                return urls.written(given)
            except ValueError as error:
                self.report(str(error), next(key for key in KEYS["url"] if self.meta.get(key) is not None))
        slug = urls.slugify(values.text(self.meta.get("slug")))
        if self.kind == PAGE:
            return urls.page_url(self.source.address, slug)
        return urls.post_url(
            self.settings.permalink,
            slug=slug or urls.slugify(self.rest) or urls.slugify(self.stem) or urls.slugify(title) or "untitled",
            title=title,
            stem=self.stem,
            section=self.section,
            date=date,
        )

    @property
    def section(self) -> str:
        """Return the folders that a post lies in, below that of all posts."""
        folders = PurePosixPath(self.source.address).parts[1:-1]
        return "/".join(folders[:-1] if self.is_index else folders)

    def aliases(self, url: str) -> tuple[str, ...]:
        """Return the addresses that lead here, without the document's own."""
        found = []
        for given in values.listed(self.first("aliases")):
            try:
                found.append(urls.written(given))
                if found[-1] == "/":
                    raise ValueError(f"the front page can't be an alias: {given}")
            except ValueError as error:
                self.report(str(error), next(key for key in KEYS["aliases"] if self.meta.get(key) is not None))
        return tuple(alias for alias in dict.fromkeys(found) if alias not in (url, "/"))

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
