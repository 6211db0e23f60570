"""What is visible at one moment, in order: the library's table of contents.

It is made from the index at once and kept until a file changes or the time of a scheduled document
comes. It holds no texts, only where they are and digests that tell whether they have changed.
"""

from __future__ import annotations

import json
import math
import posixpath
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from sys import intern
from typing import NamedTuple
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from . import ledger, names, urls
from .documents import POST, Attachment, MenuEntry, Picture
from .index import NEVER, UNDATED, Ask, Row, digest, generation
from .ledger import Known, Matching
from .settings import Settings

MARKDOWN = (".md", ".markdown", ".mdx", ".rst")  # endings of texts that links may name
ENTRIES = (
    "SELECT path, kind, url, moment, day, summary_digest, draft, unlisted, noindex, begins, ends, text_digest"
    " FROM documents"
)
OF_ENTRY = 9  # columns

MOST_BELOW = 1000  # pages that a page of a folder lists
MOST_PARTS = 20  # of a series, that a page of one of them lists


class Gone(LookupError):
    """Say that a file has gone while it was asked for."""


class Entry(NamedTuple):
    """Hold a visible document: ``summary`` is a digest, ``day`` is that of its last change."""

    path: str
    kind: str
    url: str
    moment: float
    day: str
    summary: str
    draft: int
    unlisted: int
    noindex: int

    @property
    def unsaid(self) -> bool:
        """Tell whether no search engine is told of it."""
        return bool(self.draft or self.unlisted or self.noindex)


@dataclass(frozen=True, slots=True)
class Tag:
    """Name a tag as most documents write it."""

    slug: str
    name: str
    count: int

    @property
    def path(self) -> str:
        """Return the address of its page."""
        return urls.tag_path(self.name)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Name a category or a series as most documents write it; ``kind`` is category or series."""

    kind: str
    slug: str
    name: str
    count: int

    @property
    def path(self) -> str:
        """Return the address of its page."""
        return urls.shelf_path(self.kind, self.name)


@dataclass(frozen=True, slots=True)
class Group:
    """Name a section, an author or a language of posts."""

    slug: str
    name: str


def first_at_each_address(entries: list[Entry]) -> list[Entry]:
    """Leave out documents whose address another one has, which comes before them by path.

    ``/books``, ``/books/`` and ``/books.html`` are so near that hosts of plain files can't tell them apart.
    """
    if len({entry.url for entry in entries}) == len(entries) and not any(urls.bare(entry.url) for entry in entries):
        return entries
    owners: dict[str, str] = {}
    for entry in sorted(entries, key=lambda entry: entry.path):
        places = urls.places(entry.url)
        if not any(place in owners for place in places):
            owners |= dict.fromkeys(places, entry.path)
    return [entry for entry in entries if owners.get(urls.file_of(entry.url, document=True)) == entry.path]


def is_index(path: str) -> bool:
    """Tell whether a file is the page of its folder."""
    return posixpath.basename(path).partition(".")[0] in ("index", "_index")


def in_order(found: list[tuple[Entry, int]], by_part: bool) -> list[Entry]:
    """Return entries by part, those without one behind, and the oldest first; or simply the newest first."""
    if by_part:
        found.sort(key=lambda one: (one[1] or math.inf, one[0].moment, one[0].path))
    else:
        found.sort(key=lambda one: (one[0].moment, one[0].path), reverse=True)
    return [entry for entry, _ in found]


def year_of(moment: float, zone: ZoneInfo) -> int:
    """Return the year of a moment in seconds."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=moment)).astimezone(zone).year


class Catalogue:
    """List the documents that may be shown at a moment."""

    def __init__(self, rows_of: Ask, settings: Settings, now: datetime) -> None:
        self.rows_of, self.settings = rows_of, settings
        self.named_files: dict[str, list[tuple[str, str, bool]]] | None = None
        self.token = object()  # names this state without holding it
        self.generation = generation(rows_of)
        self.ledger = ledger.stamp(settings.ledger)
        self.since = self.until = now.timestamp()
        rows = rows_of(f"{ENTRIES} ORDER BY moment DESC, path DESC")
        shown = [
            row
            for row in rows
            if (settings.drafts or not row[6]) and (settings.future or row[-3] <= self.since < row[-2])
        ]
        turns = (moment for row in rows for moment in row[-3:-1] if self.since < moment < NEVER)
        self.until = min(turns, default=float("inf"))
        self.entries = first_at_each_address(
            [  # what many have in common is there once
                Entry(path, intern(kind), url, moment, intern(day), summary, draft, unlisted, noindex)
                for path, kind, url, moment, day, summary, draft, unlisted, noindex, *_ in shown
            ]
        )
        self.texts: dict[str, str] = {row[0]: row[-1] for row in rows}  # digests of all, also of those that nobody sees

    def after_edits(self, paths: Collection[str], generation: int) -> Catalogue:
        """Return the state at a later generation that differs in nothing but the texts of some documents."""
        later = copy(self)
        later.token, later.generation = object(), generation
        sql = f"SELECT path, text_digest FROM documents WHERE path IN ({','.join('?' * len(paths))})"
        later.texts = self.texts | dict(self.rows_of(sql, paths))
        return later

    @property
    def state(self) -> tuple[int, str]:
        """Return the states of index and ledger that this was made of."""
        return self.generation, self.ledger

    def holds_at(self, now: datetime) -> bool:
        """Tell whether the same documents are visible at another moment."""
        return self.since <= now.timestamp() < self.until

    def entry(self, path: str) -> Entry | None:
        """Return a document by its file, also one that isn't visible."""
        rows = () if path in self.by_path else self.rows_of(f"{ENTRIES} WHERE path = ?", (path,))
        return Entry(*rows[0][:OF_ENTRY]) if rows else self.by_path.get(path)

    def prepare(self) -> None:
        """Put everything together now, that nobody has to wait for it later."""
        for name, value in vars(Catalogue).items():
            if isinstance(value, cached_property):
                getattr(self, name)

    @cached_property
    def by_path(self) -> dict[str, Entry]:
        """Return the visible documents by file."""
        return {entry.path: entry for entry in self.entries}

    @cached_property
    def by_url(self) -> dict[str, Entry]:
        """Return the visible documents by address."""
        return {entry.url: entry for entry in self.entries}

    @cached_property
    def posts(self) -> list[Entry]:
        """Return the posts, newest first."""
        return [entry for entry in self.entries if entry.kind == POST and not entry.unlisted]

    @cached_property
    def pages(self) -> list[Entry]:
        """Return the pages by address."""
        return sorted((entry for entry in self.entries if entry.kind != POST), key=lambda entry: entry.url)

    @cached_property
    def places(self) -> dict[str, int]:
        """Return where in the list of posts each one stands."""
        return {entry.path: place for place, entry in enumerate(self.posts)}

    def beside(self, path: str) -> tuple[Entry | None, Entry | None]:
        """Return the entries before and after a post."""
        place = self.places.get(path)
        if place is None:
            return None, None
        return self.posts[place - 1] if place else None, self.posts[place + 1] if place + 1 < len(self.posts) else None

    @cached_property
    def by_tag(self) -> dict[str, tuple[Tag, list[Entry]]]:
        """Return by slug each tag with what has it, newest first; read tag by tag, which takes little memory."""
        found = {}
        for (slug,) in self.rows_of("SELECT DISTINCT slug FROM tags"):
            rows = self.rows_of("SELECT path, name FROM tags WHERE slug = ?", (slug,))
            rows = [row for row in rows if row[0] in self.by_path and not self.by_path[row[0]].unlisted]
            names = Counter(name for _, name in rows)
            if names:
                entries = [self.by_path[path] for path, _ in rows]
                entries.sort(key=lambda entry: (entry.moment, entry.path), reverse=True)
                name = min(names, key=lambda name: (-names[name], name))
                found[slug] = Tag(slug, name, len(entries)), entries
        return found

    @cached_property
    def tagged(self) -> dict[str, list[Entry]]:
        """Return by slug what has a tag, newest first."""
        return {slug: entries for slug, (_, entries) in self.by_tag.items()}

    @cached_property
    def tags(self) -> dict[str, Tag]:
        """Return all tags by slug, in order of their names."""
        tags = (tag for tag, _ in self.by_tag.values())
        return {tag.slug: tag for tag in sorted(tags, key=lambda tag: (tag.name.casefold(), tag.slug))}

    @cached_property
    def shelves(self) -> dict[str, dict[str, tuple[Shelf, list[Entry]]]]:
        """Return by kind and slug, in order of names, categories with the newest first, and series by part."""
        found: dict[tuple[str, str], list[tuple[Entry, int]]] = defaultdict(list)
        names: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for kind, slug, path, name, part in self.rows_of("SELECT kind, slug, path, name, part FROM filed"):
            if path in self.by_path:
                found[intern(kind), slug].append((self.by_path[path], part))
                names[kind, slug][name] += 1
        made: dict[str, dict[str, tuple[Shelf, list[Entry]]]] = {"category": {}, "series": {}}
        named = {key: min(of, key=lambda name: (-of[name], name)) for key, of in names.items()}
        for kind, slug in sorted(found, key=lambda key: (named[key].casefold(), key)):
            entries = in_order(found[kind, slug], kind == "series")
            made[kind][slug] = Shelf(kind, slug, named[kind, slug], len(entries)), entries
        return made

    def filed(self, kind: str, slug: str) -> list[Entry]:
        """Return what a category or a series holds, in order."""
        return self.shelves[kind].get(slug, (None, []))[1]

    def part(self, path: str, slug: str) -> tuple[Shelf, int, Entry | None, Entry | None, list[Entry]] | None:
        """Return a series with a document's place in it, what is before and after, and all parts if they are few."""
        shelf, entries = self.shelves["series"].get(slug, (None, []))
        place = next((place for place, entry in enumerate(entries) if entry.path == path), -1)
        if shelf is None or place < 0:
            return None
        around = dict(enumerate(entries[max(0, place - 1) : place + 2], max(0, place - 1)))
        parts = entries if len(entries) <= MOST_PARTS else []
        return shelf, place + 1, around.get(place - 1), around.get(place + 1), parts

    @cached_property
    def years(self) -> tuple[int, int] | None:
        """Return the years of the first and the last post with a date."""
        days = [entry.moment for entry in self.posts if entry.moment > UNDATED]
        zone = ZoneInfo(self.settings.timezone)
        return (year_of(days[-1], zone), year_of(days[0], zone)) if days else None

    @cached_property
    def fed(self) -> list[Entry]:
        """Return the posts that stand in feeds, newest first: those with a date that are no drafts."""
        return [entry for entry in self.posts if entry.moment > UNDATED and not entry.draft]

    @cached_property
    def groups(self) -> dict[str, dict[str, tuple[Group, list[Entry]]]]:
        """Return by kind and slug each group of posts with what is in it, newest first."""
        names: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for path, kind, slug, name in self.rows_of("SELECT path, kind, slug, name FROM groups"):
            names[path].append((intern(kind), intern(slug), intern(name)))
        defaults = {"author": self.settings.author, "language": self.settings.language}
        found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        known: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for entry in self.fed:
            own = names.get(entry.path, [])
            said = {kind for kind, _, _ in own}
            theirs = [(kind, urls.slugify(name), name) for kind, name in defaults.items() if name and kind not in said]
            for kind, slug, name in (*own, *theirs):
                found[kind, slug].append(entry)
                known[kind, slug][name] += 1
        made: dict[str, dict[str, tuple[Group, list[Entry]]]] = defaultdict(dict)
        for kind, slug in sorted(found):
            names_of = known[kind, slug]
            name = min(names_of, key=lambda name: (-names_of[name], name))
            made[kind][slug] = Group(slug, name), found[kind, slug]
        return made

    @cached_property
    def media(self) -> dict[str, tuple[tuple[Attachment, ...], Picture | None]]:
        """Return by file what goes with documents, of those that have any of it."""
        found = {}
        for path, attachments, picture in self.rows_of("SELECT path, attachments, picture FROM media"):
            said = json.loads(picture)
            files = tuple(Attachment(**one) for one in json.loads(attachments))
            found[path] = files, Picture(**said) if said else None
        return found

    def below(self, path: str, limit: int) -> list[Entry]:
        """Return the posts that lie in the folder of a text and are of its language, newest first.

        Where there are none, the pages that lie in it and those of the folders in it, whatever the limit.
        """
        folder, name = posixpath.split(path)
        language = self.language_of(name)
        start = len(folder) + bool(folder)
        inside = [e for e in self.entries if e.path.startswith(path[:start]) and e.path != path and not e.unlisted]
        found = [entry for entry in inside if self.language_of(posixpath.basename(entry.path)) == language]
        posts = [entry for entry in found if entry.kind == POST]
        near = [e for e in found if e.path.count("/", start) == is_index(e.path)]
        return posts[:limit] or sorted(near, key=lambda entry: (-entry.moment, entry.path))[:MOST_BELOW]

    def language_of(self, name: str) -> str:
        """Return the language that the name of a file ends with."""
        suffix = name.rpartition(".")[0].rpartition(".")[2]
        return suffix if suffix in self.settings.languages else ""

    def visible(self, paths: str, limit: int) -> list[Entry]:
        """Return the first of some documents that are visible; ``paths`` has one on a line."""
        return [self.by_path[path] for path in paths.split("\n") if path in self.by_path][:limit]

    def fed_of(self, kind: str, slug: str) -> list[Entry]:
        """Return what stands in the feed of a tag or a group, of the whole site without a kind; newest first."""
        if not kind:
            return self.fed
        if kind == "tag":
            return [entry for entry in self.tagged.get(slug, []) if entry.moment > UNDATED and not entry.draft]
        return self.groups.get(kind, {}).get(slug, (None, []))[1]

    def archived(self, page: int, size: int) -> list[Entry]:
        """Return a page of the archive of all posts in feeds, newest first; the first page holds the oldest."""
        end = len(self.fed) - (page - 1) * size
        return self.fed[end - size : end] if page > 0 and end >= size else []

    @cached_property
    def aliases(self) -> dict[str, Entry]:
        """Return where addresses without their last slash redirect to; the first file by path has them."""
        found: dict[str, Entry] = {}
        for url, path in self.rows_of("SELECT url, path FROM aliases ORDER BY path"):
            if path in self.by_path:
                found.setdefault(url, self.by_path[path])
        return found

    @cached_property
    def ids(self) -> dict[str, str]:
        """Return by file the ids of entries that aren't simply their addresses, as kept where nothing has changed."""
        rows = self.rows_of("SELECT value FROM about WHERE key = 'ids'")
        of, kept = json.loads(rows[0][0]) if rows else ("", {})
        if of == self.ids_of:
            return dict(kept)
        found = self.matched(ledger.load(self.settings.ledger).lines)
        return {path: found[path] for path in found if found[path] != self.absolute(self.by_path[path].url)}

    @property
    def ids_of(self) -> str:
        """Return what tells whether the ids would be others by now."""
        chosen = (self.settings.url, self.settings.drafts, self.settings.future)
        return digest([self.generation, self.ledger, len(self.published), len(self.entries), *chosen])

    def id(self, path: str) -> str:
        """Return the id of a document that never changes once it is published."""
        return self.ids.get(path) or self.absolute(self.by_path[path].url)

    def matched(self, lines: Collection[ledger.Line]) -> dict[str, str]:
        """Return by file the ids of all entries, by the lines of a ledger; what nobody else sees yet comes last."""
        matching = Matching(lines, self.own, self.absolute, self.there, self.known, self.aliases_of)
        published = {entry.path: entry.url for entry in self.published}
        matching.match(published)
        if len(published) < len(self.entries):
            matching.match({e.path: e.url for e in self.entries if e.path not in published and e.moment > UNDATED})
        return matching.ids

    @cached_property
    def own(self) -> dict[str, str]:
        """Return by file the ids that headers name."""
        return dict(self.rows_of("SELECT path, own FROM entries WHERE own != '' ORDER BY path"))

    @property
    def published(self) -> list[Entry]:
        """Return the entries that anybody may have read by now: no drafts, none to come, none without a date."""
        return [entry for entry in self.entries if UNDATED < entry.moment <= self.since and not entry.draft]

    def absolute(self, url: str) -> str:
        """Return an address with the public one before it."""
        return self.settings.url.rstrip("/") + urls.href("", url)

    def there(self, files: Collection[str]) -> set[str]:
        """Return those of some files that are there, whatever is in them."""
        return {path for (path,) in self.of_some("SELECT path FROM files", files)}

    def known(self, files: Collection[str]) -> dict[str, Known]:
        """Return date and title of some entries by file."""
        sql = "SELECT path, date, title FROM entries"
        rows = self.of_some(sql, files) if len(files) < 500 else self.rows_of(sql)  # of all is faster than of many
        return {row[0]: Known(*row[1:]) for row in rows if row[0] in files}

    def aliases_of(self, files: Collection[str]) -> dict[str, list[str]]:
        """Return the aliases of some documents by file."""
        found = defaultdict(list)
        for path, url in self.of_some("SELECT path, url FROM aliases", files):
            found[path].append(url)
        return found

    def of_some(self, query: str, files: Collection[str]) -> Iterator[Row]:
        """Yield the rows of some files."""
        names = sorted(files)
        for start in range(0, len(names), 500):
            part = names[start : start + 500]
            yield from self.rows_of(f"{query} WHERE path IN ({','.join('?' * len(part))})", part)

    @cached_property
    def assets(self) -> dict[str, tuple[str, str]]:
        """Return by address the files that are published as they are, each with a digest of its stamp."""
        found: dict[str, tuple[str, str]] = {}
        rows = self.rows_of(
            "SELECT url, path, owner, mtime_ns, size, ctime_ns FROM files WHERE url != '' ORDER BY path"
        )
        for url, path, owner, *stamp in rows:
            if not owner or owner in self.by_path:
                found.setdefault(url, (path, digest(stamp)))
        return found

    @cached_property
    def asset_urls(self) -> dict[str, str]:
        """Return the addresses of assets by file."""
        return {path: url for url, (path, _) in self.assets.items()}

    def led(self, path: str, link: str) -> str:
        """Return the file that the path of a link in a file names, ``""`` if it names none.

        It may name a text by what it becomes: ``tea.html`` and ``tea`` for ``tea.md``, if there is nothing else there.
        """
        if mine := self.own_file(path, link):
            return mine
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), link))
        if target in self.by_path or target in self.asset_urls:
            return target
        stem, ending = posixpath.splitext(target)
        if ending.lower() in MARKDOWN:  # from the top of the content, or of the site
            taken = link in self.by_url or link in self.assets
            return "" if taken else self.named(path, link, alone="/" not in link.lstrip("/"))
        own = self.by_path.get(path)
        there = urljoin(own.url, link) if own else ""
        if link.endswith("/") or there in self.by_url or f"{there}/" in self.by_url or there in self.assets:
            return ""
        stem = stem if ending.lower() in (".html", ".htm") else target
        found = (stem + one for one in (*MARKDOWN, "/index.md", "/_index.md"))
        return next((file for file in found if file in self.by_path), "")

    def own_file(self, path: str, name: str) -> str:
        """Return the file that a post names in the folder of its own name, ``""`` if there is none.

        The name may begin with that of the folder, which is where editors see it.
        """
        if not self.settings.facts.bundles or name.startswith("/"):
            return ""
        folder = posixpath.splitext(path)[0]
        found = (posixpath.normpath(posixpath.join(top, name)) for top in (folder, posixpath.dirname(path)))
        return next((one for one in found if one.startswith(f"{folder}/") and one in self.asset_urls), "")

    def named(self, path: str, name: str, alone: bool = False) -> str:
        """Return the file that a text names without its folder, or with the last folders; ``""`` if there is none.

        Of several the one beside the text wins, then the one with the shortest path, then the first; where it has to be
        ``alone``, none.
        """
        wanted = names.plain(name)
        if not wanted:
            return ""
        beside = names.plain(posixpath.normpath(posixpath.join(posixpath.dirname(path), wanted)))
        top = name.startswith("/")
        fits = [
            (not exact, top or form != beside, form.count("/"), len(form), file)
            for form, file, exact in self.known_as.get(wanted.rpartition("/")[2], ())
            if form == beside or f"/{form}".endswith(f"/{wanted}")
        ]
        return min(fits)[-1] if fits and not (alone and len(fits) > 1) else ""

    @property
    def known_as(self) -> dict[str, list[tuple[str, str, bool]]]:
        """Return by their own name, in its plain form, the files that texts may name; only put together if one does."""
        if self.named_files is None:
            found: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
            for file in (*self.by_path, *self.asset_urls):
                for number, form in enumerate(names.forms(file)):
                    found[form.rpartition("/")[2]].append((form, file, not number))
            self.named_files = dict(found)
        return self.named_files

    @cached_property
    def extents(self) -> dict[str, str]:
        """Return width and height of images by file."""
        return dict(self.rows_of("SELECT path, extent FROM files WHERE extent != ''"))

    @cached_property
    def menus(self) -> dict[str, list[MenuEntry]]:
        """Return the menus: what documents place there, and for ``main`` the setting, by weight."""
        found: dict[str, list[MenuEntry]] = {"main": [MenuEntry("main", **entry) for entry in self.settings.menu]}
        for path, entry in self.rows_of("SELECT path, entry FROM menus ORDER BY path"):
            if path in self.by_path:
                placed = MenuEntry(**json.loads(entry))
                found.setdefault(placed.menu, []).append(placed)
        for menu in found.values():
            menu.sort(key=lambda entry: (entry.weight or 10**9, entry.name.casefold(), entry.url))
        return found
