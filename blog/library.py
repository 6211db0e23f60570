"""The library: every question that a page may ask, and the only reader and writer of content.

Views and templates know nothing but its answers, which are narrow on purpose: lists answer with
Summaries, so that a change to a body doesn't reach the pages that show only titles. While a page is
made, the questions that it asks can be noted; ``digest`` tells later whether an answer has changed.
"""

from __future__ import annotations

import json
import logging
import posixpath
import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial, wraps
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast
from urllib.parse import unquote, urlsplit

from . import digests, furniture, index, indexer, ledger, problems, urls, values
from .catalogue import Catalogue, Entry, Gone, Group, Shelf, Tag
from .documents import (
    POST,
    Attachment,
    Details,
    Document,
    MenuEntry,
    Picture,
    Problem,
    Summary,
    to_document,
    to_summary,
)
from .errors import BlogError
from .files import write_whole
from .index import Index, Rendered
from .markup import choices
from .markup.options import Options
from .media import PLAYED
from .settings import Settings
from .sources import Bounds, Place, is_text, walk
from .values import text as values_text

if TYPE_CHECKING:
    from . import markup
    from .markup.around import Around, Told
    from .markup.links import Leads

LOG = logging.getLogger("blog")
SAVE_EVERY = 100  # rendered texts written at once while the library is held still
MOST_SUMMARIES = 500  # kept while serving
MOST_PARTS = 20  # of a series, that a page of one of them lists
MOST_LISTED = 1000  # posts or pages that a text may loop over
MOST_HITS = 200  # documents that have a word which says something
BUSY = 1.0  # seconds until what is rendered is written again to an index that couldn't be written
REFRESH_EVERY = 1.0  # seconds between looks at the folder while serving

# What was rendered of a text that has changed since counts for nothing.
RENDERED = (
    "FROM documents JOIN rendered USING (path, text_digest) JOIN excerpts USING (path, text_digest) WHERE path = ?"
)

INCLUDED = ("_includes", "source/_includes", "downloads", "source/downloads")  # folders whose files texts may show
LONGEST_INCLUDED = 200_000  # bytes

P = ParamSpec("P")
R = TypeVar("R")
Question = tuple[Any, ...]  # the name of a method of the library and its arguments
NOTES: ContextVar[dict[Question, str | None] | None] = ContextVar("NOTES", default=None)


@dataclass(frozen=True, slots=True)
class Address:
    """Say what an address holds: ``kind`` is post, page, alias, slash or asset.

    ``summary`` is there for a post or page, ``target`` is where an alias leads or an asset's file.
    """

    kind: str
    summary: Summary | None = None
    target: str = ""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Hold the beginning of a text as HTML that may stand on any page; ``more`` tells whether it isn't all."""

    html: str
    more: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Hold a document's place in a series, from 1; ``parts`` are all of them, or none if they are very many."""

    series: Shelf
    number: int
    before: Summary | None
    after: Summary | None
    parts: tuple[Summary, ...] = ()


def question(method: Callable[Concatenate[Library, P], R]) -> Callable[Concatenate[Library, P], R]:
    """Note that a question is asked, where notes are taken."""

    @wraps(method)
    def asked(self: Library, *args: P.args, **kwargs: P.kwargs) -> R:
        notes = NOTES.get()
        if notes is not None:
            notes.setdefault((method.__name__, *args, *kwargs.values()), None)
        return method(self, *args, **kwargs)

    return cast("Callable[Concatenate[Library, P], R]", asked)


@contextmanager
def noted() -> Iterator[dict[Question, str | None]]:
    """Take notes of the questions asked inside, in order; with a digest where the answer may change at any time."""
    notes: dict[Question, str | None] = {}
    token = NOTES.set(notes)
    try:
        yield notes
    finally:
        NOTES.reset(token)


def prefix(url: str) -> str:
    """Return what the ids of a document's notes begin with, so that several can stand on one page."""
    return urls.slugify(url.strip("/").replace("/", "-"))


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def said_by(document: Document) -> dict[str, str]:
    """Return what a document says of itself, by the names that Liquid knows it by."""
    said = {name: values_text(value) for name, value in document.meta.items()}
    when = document.date.isoformat() if document.date else ""
    return said | {
        "title": document.title,
        "url": document.url,
        "date": when,
        "path": document.path,
        "description": document.summary,
        "author": document.author,
        "language": document.language,
        "lang": document.language,
        "slug": document.url.strip("/").rpartition("/")[2],
    }


def in_list(summary: Summary, excerpt: str = "") -> dict[str, Any]:
    """Return what a list says of a document, by the names that Liquid knows it by."""
    return {
        "title": summary.title,
        "url": urls.href("", summary.url),
        "id": urls.href("", summary.url).rstrip("/"),
        "date": summary.date.isoformat() if summary.date else "",
        "tags": summary.tags,
        "categories": summary.categories,
        "category": summary.categories[0] if summary.categories else "",
        "author": summary.author,
        "description": summary.summary,
        "excerpt": excerpt or summary.summary,
        "content": excerpt or summary.summary,
        "path": summary.path,
    }


class Library:
    """Answer questions about the site's content; thread-safe."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime] = utc_now) -> None:
        self.settings = settings
        self.clock = clock
        self.markdown = choices.of_site(settings)
        self.index = Index(settings.path(settings.cache) / "index.sqlite", indexer.version(settings))
        self.refreshing, self.mending = threading.Lock(), threading.RLock()
        self.bounds = Bounds(settings)
        self.looked, self.busy_until = float("-inf"), float("-inf")
        self.watched = False  # by a thread that keeps it up with the files
        self.keep: Collection[Place] = ()  # content folders whose last good state stays while they are away
        self.pinned: datetime | None = None
        self.stamps: dict[str, str] = {}  # of files of the theme, while content and clock are held still
        self.contents: Catalogue | None = None
        self.summaries: dict[str, tuple[str, Summary]] = {}  # by path, with the digest
        self.excerpt_digests: dict[str, tuple[str, str]] = {}  # by path, with the digest of the text
        self.unsaved: dict[str, Rendered] = {}  # rendered texts for the index

    def digests(self) -> digests.Digests:
        """Return the means to tell whether answers have changed."""
        return digests.Digests(
            self.catalogue, self.rows, lambda name, *args: getattr(self, name)(*args), self.excerpt_digests
        )

    # Keeping up with the files

    def refresh(self) -> bool:
        """Read what has changed on the disk; tell whether anything had."""
        with self.refreshing:
            try:
                changed = indexer.update(self.index, self.settings, self.keep)
            except sqlite3.DatabaseError as error:
                self.replace_index(error)
                changed = True
            self.looked = time.monotonic()
            if self.contents and self.contents.state != self.state_of_rows():
                self.contents = None
            return changed

    def state_of_rows(self) -> tuple[int, str]:
        """Return what tells whether a catalogue would be another one by now."""
        return index.generation(self.rows), ledger.stamp(self.settings.ledger)

    def state(self, of_index: str = "") -> str:
        """Return what tells one state of all that the answers rest on from any other; that of the index may be given.

        Others may write to the index while the library is held still.
        """
        return f"{of_index or self.index.state()} {ledger.stamp(self.settings.ledger)}"

    def refresh_if_due(self) -> None:
        """Refresh unless that was done a moment ago, is being done, or the library is held still."""
        if self.looked == float("-inf"):  # nothing has been read yet: whoever asks has to wait
            self.refresh()
        if self.pinned or time.monotonic() - self.looked < REFRESH_EVERY or self.refreshing.locked():
            return
        self.refresh()

    def replace_index(self, error: sqlite3.DatabaseError) -> None:
        """Put another index in place of one that can't be written or is broken, with all that it has to hold."""
        old = self.index
        if isinstance(error, sqlite3.OperationalError):
            LOG.warning("the index can't be written, going on in memory: %s", error)
            fresh = Index(None, old.version)
        else:
            LOG.warning("the index is broken, making it anew: %s", error)
            old.discard()
            fresh = Index(old.path, old.version, old.wait)
        try:
            indexer.update(fresh, self.settings, self.keep)
        except sqlite3.DatabaseError:
            fresh = Index(None, old.version)
            indexer.update(fresh, self.settings, self.keep)
        self.index = fresh

    def rows(self, sql: str, values: Iterable[Any] = ()) -> list[index.Row]:
        """Return all rows of a query to the index; one that can't be read is made anew first."""
        asked = self.index
        try:
            return asked.rows(sql, values)
        except sqlite3.DatabaseError as error:
            with self.mending:
                if self.index is asked:
                    self.replace_index(error)
            return self.index.rows(sql, values)

    @contextmanager
    def held(self, moment: datetime | None = None) -> Iterator[datetime]:
        """Keep content and clock still: every answer inside belongs to one moment.

        Without a moment it is now, after a refresh.
        """
        if moment is None:
            self.refresh()
        before, self.pinned = self.pinned, moment or self.now()
        try:
            yield self.pinned
        finally:
            self.save_rendered()
            self.pinned, self.stamps = before, {}

    def now(self) -> datetime:
        """Return the moment for which the questions are answered."""
        return self.pinned or self.clock()

    @property
    def catalogue(self) -> Catalogue:
        """Return what is visible now."""
        contents, now = self.contents, self.now()
        if contents is None or not contents.holds_at(now):
            with self.mending:  # by one thread, while the others wait for it
                contents = self.contents
                if contents is None or not contents.holds_at(now):
                    contents = self.contents = Catalogue(self.rows, self.settings, now)
        return contents

    def catch_up(self) -> None:
        """See what is visible now that the index has lost something which was."""
        with self.mending:
            contents = self.contents
            if not self.pinned and contents and contents.generation != index.generation(self.rows):
                self.contents = Catalogue(self.rows, self.settings, self.now())

    # Questions about documents

    @question
    def recent(self, limit: int, offset: int = 0) -> list[Summary]:
        """Return posts, newest first."""
        return self.summaries_of(self.catalogue.posts[offset : offset + limit])

    @question
    def below(self, path: str, limit: int) -> list[Summary]:
        """Return what lies in the folder of a text: posts, newest first, else pages."""
        return self.summaries_of(self.catalogue.below(path, limit))

    @question
    def count(self) -> int:
        """Return the number of posts."""
        return len(self.catalogue.posts)

    @question
    def posts(self) -> list[Summary]:
        """Return all posts, newest first."""
        return self.summaries_of(self.catalogue.posts)

    @question
    def pages(self) -> list[Summary]:
        """Return all pages by address."""
        return self.summaries_of(self.catalogue.pages)

    @question
    def changes(self) -> list[tuple[str, str]]:
        """Return address and day of the last change of what may be found: pages by address, posts newest first.

        A day that is still to come is none.
        """
        contents = self.catalogue
        shown = [entry for entry in (*contents.pages, *contents.posts) if not entry.unsaid]
        tomorrow = f"{self.now() + timedelta(days=1):%Y-%m-%d}"  # somewhere it is that day already
        if later := [entry.day for entry in shown if entry.day > tomorrow]:
            come = datetime.fromisoformat(min(later)).replace(tzinfo=UTC) - timedelta(days=1)
            contents.until = min(contents.until, come.timestamp())
        return [(entry.url, entry.day if entry.day <= tomorrow else "") for entry in shown]

    @question
    def neighbours(self, path: str) -> tuple[Summary | None, Summary | None]:
        """Return the next newer and the next older post."""
        newer, older = self.catalogue.beside(path)
        self.summaries_of([entry for entry in (newer, older) if entry])  # both at once
        return newer and self.summary(newer), older and self.summary(older)

    @question
    def tags(self) -> list[Tag]:
        """Return all tags by name."""
        return list(self.catalogue.tags.values())

    @question
    def tag(self, slug: str) -> Tag | None:
        """Return one tag, ``None`` if nothing visible has it."""
        return self.catalogue.tags.get(slug)

    @question
    def tagged(self, slug: str, limit: int = -1) -> list[Summary]:
        """Return what has a tag, newest first."""
        found = self.catalogue.tagged.get(slug, [])
        return self.summaries_of(found if limit < 0 else found[:limit])

    @question
    def kinds(self) -> tuple[str, ...]:
        """Return which of tags, categories and series there are."""
        shelves = self.catalogue.shelves
        there = {"tags": self.catalogue.tags, "categories": shelves["category"], "series": shelves["series"]}
        return tuple(kind for kind, found in there.items() if found)

    @question
    def shelves(self, kind: str) -> list[Shelf]:
        """Return all categories, or all series, by name."""
        return [shelf for shelf, _ in self.catalogue.shelves[kind].values()]

    @question
    def shelf(self, kind: str, slug: str) -> Shelf | None:
        """Return one category or series, ``None`` if nothing visible is in it."""
        return self.catalogue.shelves[kind].get(slug, (None,))[0]

    @question
    def filed(self, kind: str, slug: str) -> list[Summary]:
        """Return what a category holds, newest first, or a series, part by part."""
        return self.summaries_of(self.catalogue.filed(kind, slug))

    @question
    def part(self, path: str, slug: str) -> Part | None:
        """Return a document's place in a series, ``None`` if it isn't visible there."""
        found = self.catalogue.part(path, slug)
        if not found:
            return None
        shelf, number, before, after, parts = found
        self.summaries_of([entry for entry in (before, after, *parts) if entry])  # all at once
        beside = before and self.summary(before), after and self.summary(after)
        return Part(shelf, number, *beside, tuple(map(self.summary, parts)))

    @question
    def related(self, path: str, limit: int) -> list[Summary]:
        """Return the posts that are most like one, best first."""
        return self.summaries_of(self.catalogue.visible(digests.like(self.rows, path), limit))

    @question
    def years(self) -> tuple[int, int] | None:
        """Return the years of the first and the last post, ``None`` if none has a date."""
        return self.catalogue.years

    @question
    def menu(self, name: str) -> list[MenuEntry]:
        """Return a menu by weight."""
        return self.catalogue.menus.get(name, [])

    # Questions about feeds

    @question
    def fed(self, kind: str, slug: str, limit: int) -> list[Summary]:
        """Return what stands in the feed of a tag or a group, of the whole site without a kind; newest first."""
        return self.summaries_of(self.catalogue.fed_of(kind, slug)[:limit])

    @question
    def played(self, kind: str, slug: str) -> bool:
        """Tell whether there is something to hear or see with what stands in a feed, or would if it had no end."""
        files = self.catalogue.media
        posts = self.catalogue.fed_of(kind, slug) if files else []
        found = (one for post in posts if post.path in files for one in files[post.path][0])
        return any(one.type.startswith(PLAYED) for one in found)

    @question
    def archives(self, size: int) -> int:
        """Return how many pages of a size the archive of all posts in feeds has; only full ones count."""
        return len(self.catalogue.fed) // size

    @question
    def archived(self, page: int, size: int) -> list[Summary]:
        """Return a page of the archive, newest first; the first page holds the oldest posts."""
        return self.summaries_of(self.catalogue.archived(page, size))

    @question
    def groups(self, kind: str) -> list[Group]:
        """Return all sections, authors or languages of posts, by slug."""
        return [group for group, _ in self.catalogue.groups.get(kind, {}).values()]

    @question
    def ids(self, paths: tuple[str, ...]) -> list[str]:
        """Return the ids of visible documents: what stands for an entry in every feed, and never changes."""
        contents = self.catalogue
        try:
            return [contents.id(path) for path in paths]
        except KeyError as error:
            raise Gone(str(error)) from None

    # Questions about addresses

    @question
    def find(self, url: str) -> Address | None:
        """Tell what an address holds; ``None`` if nothing that may be shown now."""
        contents = self.catalogue
        if entry := contents.by_url.get(url):
            with suppress(Gone):
                return Address(entry.kind, self.summary(entry))
        if url in contents.assets:
            return Address("asset", target=contents.assets[url][0])
        bare = url[:-1] if url.endswith("/") else url.removesuffix(".html")
        if bare != url and not bare.endswith("/") and bare in contents.by_url:
            return Address("slash", target=bare)
        if entry := contents.aliases.get(url.removesuffix("/")):
            return Address("alias", target=entry.url)
        return Address("slash", target=f"{url}/") if f"{url}/" in contents.by_url else None

    @question
    def resembling(self, words: tuple[str, ...], limit: int) -> list[Summary]:
        """Return the documents whose titles and addresses share most with some words; rare ones count for more.

        A word that very many documents have says nothing; of a long one the beginning is enough.
        """
        scores: dict[str, float] = defaultdict(float)
        for word in words:
            start, end = (word[:-2], f"{word[:-2]}\U0010ffff") if len(word) > 5 else (word, f"{word}\0")
            sql = "SELECT path, word FROM words WHERE word >= ? AND word < ? LIMIT ?"
            rows = self.rows(sql, (start, end, MOST_HITS + 1))
            for path, found in rows if len(rows) <= MOST_HITS else ():
                scores[path] += (2 if found == word else 1) * len(word) / (1 + len(rows).bit_length())
        shown = [path for path in scores if path in self.catalogue.by_path]
        best = sorted(shown, key=lambda path: (-scores[path], -self.catalogue.by_path[path].moment, path))[:limit]
        return self.summaries_of([self.catalogue.by_path[path] for path in best])

    @question
    def size(self, url: str) -> int:
        """Return the size of the file at an address in bytes, -1 if there is none."""
        asset = self.catalogue.assets.get(url)
        rows = self.rows("SELECT size FROM files WHERE path = ?", asset[:1]) if asset else []
        return int(rows[0][0]) if rows else -1

    @question
    def resolve(self, path: str, link: str) -> str:
        """Return where a relative link of a file leads: to the page or asset of the file it names, else as written."""
        try:
            parts = urlsplit(link)
        except ValueError:  # it leads nowhere
            return link
        target = self.catalogue.led(path, unquote(parts.path)) if parts.path else ""
        entry = self.catalogue.by_path.get(target)
        url = entry.url if entry else self.catalogue.asset_urls.get(target)
        return parts._replace(path=urls.href("", url)).geturl() if url else link

    @question
    def named(self, path: str, name: str) -> str:
        """Return the address of what a text names, whichever folder it is in; ``""`` if there is no such file."""
        target = self.catalogue.named(path, name)
        entry = self.catalogue.by_path.get(target)
        url = entry.url if entry else self.catalogue.asset_urls.get(target)
        return urls.href("", url) if url else ""

    @question
    def titled(self, path: str, name: str) -> str:
        """Return the title of what a text names, ``""`` if there is no such document."""
        entry = self.catalogue.by_path.get(self.catalogue.named(path, name))
        return self.summary(entry).title if entry else ""

    @question
    def state_of(self, path: str, name: str) -> str:
        """Return the file of what a text names, and a digest of its text; ``""`` if there is no such document."""
        target = self.catalogue.named(path, name)
        return f"{target} {self.catalogue.texts[target]}" if target in self.catalogue.by_path else ""

    @question
    def beside(self, path: str, name: str) -> str:
        """Return the address of a file that a text names from where it lies itself; ``""`` if there is none."""
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        entry = self.catalogue.by_path.get(target)
        url = entry.url if entry else self.catalogue.asset_urls.get(target)
        return urls.href("", url) if url else ""

    def tag_url(self, _path: str, name: str) -> str:
        """Return the address of the page of a tag."""
        return urls.href("", urls.tag_path(name))

    def included(self, _path: str, name: str) -> str:
        """Return a file of the site's that a text includes: from a folder such as ``_includes``, else nothing."""
        folder, _, below = name.partition("/")
        files = [self.settings.root / top / below for top in INCLUDED if top.endswith(folder)]
        for file in files if below and ".." not in below.split("/") else ():
            self.stamp(str(file))
            if self.bounds.hold(str(file)):
                with suppress(OSError, ValueError):
                    return file.read_bytes()[:LONGEST_INCLUDED].decode("utf-8-sig", "replace")
        return ""

    @question
    def site_posts(self, path: str, _name: str) -> str:
        """Return the newest posts as JSON, for a text that loops over them; a page sees how the first ones begin."""
        posts, asker = self.summaries_of(self.catalogue.posts[:MOST_LISTED]), self.catalogue.entry(path)
        size = self.settings.posts_per_page
        few = size if asker and asker.kind != POST else 0  # a post would see its own beginning while it is made
        begun = [self.excerpt(post.path).html for post in posts[:few]]
        listed = [in_list(post, begun[place] if place < few else "") for place, post in enumerate(posts)]
        said = {"posts": listed, "count": len(self.catalogue.posts), "per_page": size}
        return json.dumps(said, ensure_ascii=False)

    @question
    def site_pages(self, _path: str, _name: str) -> str:
        """Return the pages by address as JSON, for a text that loops over them."""
        shown = [entry for entry in self.catalogue.pages if not entry.unlisted][:MOST_LISTED]
        return json.dumps({"pages": [in_list(page) for page in self.summaries_of(shown)]}, ensure_ascii=False)

    @question
    def extent(self, path: str, link: str) -> str:
        """Return width and height of the image that a link of a file names, within the site: ``640x480``, or ``""``."""
        contents, name = self.catalogue, unquote(urlsplit(link).path)
        if name.startswith("/"):
            return contents.extents.get(contents.assets.get(name, ("",))[0], "")
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        return contents.extents.get(contents.own_file(path, name) or beside, "")

    @question
    def stamp(self, path: str) -> str:
        """Return what tells one state of a file of the theme or of ``static/`` from another."""
        found, notes = self.stamps.get(path) or digests.stamp(path), NOTES.get()
        if self.pinned:
            self.stamps[path] = found
        if notes is not None and notes.get(("stamp", path)) is None:
            notes["stamp", path] = found  # the library doesn't hold these files still
        return found

    def note_stamps(self, stamps: Mapping[str, str]) -> None:
        """Note what was read of files once, for an answer that rests on it again."""
        notes = NOTES.get()
        if notes is not None:
            for path, stamp in stamps.items():
                if notes.get(("stamp", path)) is None:
                    notes["stamp", path] = stamp

    @question
    def listing(self, folder: str) -> list[str]:
        """Return the names of all files below a folder of the theme; links are followed once, loops are left."""
        files = walk(folder, self.bounds, set(), ())
        return sorted(Path(file).relative_to(folder).as_posix() for file, status in files if S_ISREG(status.st_mode))

    # Questions about what nobody sees yet

    @question
    def passed(self, moment: int) -> bool:
        """Tell whether a moment, in seconds, has passed; what rests on that is asked again when it has."""
        contents, passed = self.catalogue, self.now().timestamp() >= moment
        if not passed:
            contents.until = min(contents.until, moment)
        return passed

    @question
    def hidden(self, key: str) -> tuple[str, Address] | None:
        """Tell what a document will hold that nobody sees yet, by the digest of its path; with the path.

        If it is to be seen meanwhile, it is an alias for where.
        """
        paths = (path for (path,) in self.rows("SELECT path FROM documents"))
        path = next((path for path in paths if index.digest_of_text(path) == key), "")
        entry = self.catalogue.entry(path)
        if entry and path in self.catalogue.by_path:
            return path, Address("alias", target=entry.url)
        return (path, Address(entry.kind, self.summary(entry))) if entry else None

    @question
    def bundle(self, path: str) -> list[tuple[str, str, str]]:
        """Return what lies in the bundle of a document: the name there, the file, and a digest of its stamp."""
        sql = "SELECT path, mtime_ns, size, ctime_ns FROM files WHERE owner = ? AND url != '' ORDER BY path"
        start = len(posixpath.dirname(path)) + 1
        return [(file[start:], file, index.digest(stamp)) for file, *stamp in self.rows(sql, (path,))]

    # Questions about texts

    @question
    def text(self, path: str) -> str:
        """Return a document's body as HTML: rendered once, kept while its links lead where they did."""
        unsaved = self.unsaved.get(path)
        if unsaved and self.lead_as_before(path, unsaved.asked):
            return unsaved.html
        rows = self.rows(f"SELECT rendered.asked, rendered.html {RENDERED}", (path,))
        if rows and self.lead_as_before(path, json.loads(rows[0][0])):
            return str(rows[0][1])
        return self.render(path).html

    @question
    def media(self, path: str) -> tuple[tuple[Attachment, ...], Picture | None]:
        """Return the files and the picture that go with a document, as its header names them."""
        return self.catalogue.media.get(path, ((), None))

    @question
    def details(self, path: str) -> Details:
        """Return what a document's own page shows beside its text; raises ``Gone`` if there is no such document."""
        rows = self.rows("SELECT details FROM documents WHERE path = ?", (path,))
        if not rows:
            raise Gone(path)
        length, furniture, licence = json.loads(rows[0][0])
        return Details(length, tuple(furniture), licence)

    @question
    def excerpt(self, path: str) -> Excerpt:
        """Return the beginning of a document's body."""
        made = self.unsaved.get(path)
        if made is None or not self.lead_as_before(path, made.asked):
            rows = self.rows(f"SELECT rendered.asked, excerpts.html, more {RENDERED}", (path,))
            if rows and self.lead_as_before(path, json.loads(rows[0][0])):
                return Excerpt(rows[0][1], bool(rows[0][2]))
            made = self.render(path)
        return Excerpt(made.excerpt, made.more)

    def lead_as_before(self, path: str, asked: dict[str, dict[str, str]]) -> bool:
        """Tell whether the links of a rendered text still lead to what they led to; that is asked, so noted."""
        same = [self.about(path, name, one) == known[one] for name, known in asked.items() for one in known]
        return all(same)  # each is asked, also after one that differs

    def about(self, path: str, question: str, given: str) -> str:
        """Answer a question about a text and something that it names; ``resolve other.md`` is about another text."""
        name, _, other = question.partition(" ")
        answer: str = ABOUT_TEXTS[name](self, other or path, given)
        return answer

    def render(self, path: str) -> Rendered:
        """Render a document and keep the result in the index."""
        from .markup import links
        from .markup.headings import lowered, steps

        document, text_digest = self.document_and_digest(path)
        base = self.settings.base_path
        leads = links.Leads(partial(self.about, path), base, urls.href(base, document.url))
        made, _ = self.parsed(document, leads)
        down = steps(made.html)
        html = lowered(links.change(made.html, leads.here), down)
        excerpt = links.change(links.change(made.excerpt, leads.here), leads.anywhere, elsewhere=True)
        excerpt = lowered(excerpt, down + 1)  # in a list the title is the <h2>
        rendered = Rendered(text_digest, leads.asked, html, excerpt, made.more)
        if not self.pinned:  # the text may change at any time: nobody may take this one for the new one
            self.put_rendered({path: rendered})
        else:
            self.unsaved[path] = rendered
            if len(self.unsaved) >= SAVE_EVERY:
                self.save_rendered()
        return rendered

    def parsed(self, document: Document, leads: Leads, embeds: bool = True) -> tuple[markup.Rendered, Around]:
        """Render what a document says, and tell what was found around it; links are as written."""
        from . import markup  # the parser takes a while to load
        from .markup.around import Around

        options = choices.of_text(self.markdown_of(document), document.meta, document.language, prefix(document.url))
        embed = partial(self.embed, leads) if embeds else lambda _: ""
        around = Around(ask=leads.ask, embed=embed, page=said_by(document) if options.foreign else {})
        return markup.render(document.body, document.markup, options, leads.size, around), around

    def embed(self, leads: Leads, name: str) -> str:
        """Return the text that another one shows in itself, or a part of it; what it shows itself are links there."""
        from .markup import ONE_PLACE, links, parts

        target = leads.ask("state_of", name.partition("#")[0]).rpartition(" ")[0]
        if not target:
            return ""
        document, inner = self.document(target), leads.of(target)
        part = parts.part(document.body, name.partition("#")[2])
        html = self.parsed(replace(document, body=part), inner, embeds=False)[0].html
        return links.without_ids(ONE_PLACE.sub("", links.change(html, inner.here)))

    def told(self, path: str) -> list[Told]:
        """Return what is wrong with how a text is written, as far as it is read before Markdown."""
        from .markup import links

        document = self.document(path)
        return self.parsed(document, links.Leads(partial(self.about, path), "", ""))[1].told

    def markdown_of(self, document: Document) -> Options:
        """Return what the site's settings choose for a document: only posts get a table of contents unasked."""
        on = furniture.chosen(self.settings.furniture, values.listed(document.meta.get("furniture")))
        return self.markdown if document.kind == POST and "toc" in on else replace(self.markdown, toc="")

    def save_rendered(self) -> None:
        """Write what was rendered while the library was held still."""
        kept, self.unsaved = self.unsaved, {}
        self.put_rendered(kept)

    def put_rendered(self, made: dict[str, Rendered]) -> None:
        """Write what was rendered to the index; what can't be written is rendered again another time."""
        if time.monotonic() < self.busy_until:
            return
        try:
            with self.index.writing() as db:
                for path, rendered in made.items():
                    index.put_rendered(db, path, rendered)
        except sqlite3.DatabaseError:  # others wait for this too: not again soon
            self.busy_until = time.monotonic() + BUSY

    # What the questions are made of

    def summary(self, entry: Entry) -> Summary:
        """Return the Summary of a visible document."""
        return self.summaries_of([entry])[0]

    def summaries_of(self, entries: list[Entry]) -> list[Summary]:
        """Return the Summaries of visible documents, read from the index once."""
        known = self.summaries
        if len(known) > MOST_SUMMARIES and not self.pinned:
            known = self.summaries = {}
        unknown = [entry for entry in entries if known.get(entry.path, ("",))[0] != entry.summary]
        for start in range(0, len(unknown), 500):
            part = {entry.path: entry.summary for entry in unknown[start : start + 500]}
            marks = ",".join("?" * len(part))
            sql = f"SELECT path, summary_digest, record FROM documents WHERE path IN ({marks})"
            for path, digest, record in self.rows(sql, part):  # it may be newer than the catalogue
                known[path] = (digest, to_summary(json.loads(record)))
        try:
            return [known[entry.path][1] for entry in entries]
        except KeyError as error:
            raise Gone(str(error)) from None

    def document(self, path: str) -> Document:
        """Return all that a file says; raises ``Gone`` if there is no such document."""
        return self.document_and_digest(path)[0]

    def document_and_digest(self, path: str) -> tuple[Document, str]:
        """Return all that a file says, with the digest of its text."""
        rows = self.rows("SELECT record, body, text_digest FROM documents WHERE path = ?", (path,))
        if not rows:
            raise Gone(path)
        record, body, text_digest = rows[0]
        return to_document(json.loads(record), body), text_digest

    def file(self, path: str) -> Path:
        """Return where a file of the site lies on the disk."""
        return self.settings.root / path

    # Questions about what there is to freeze

    @question
    def post_urls(self) -> list[str]:
        """Return the addresses of all posts, newest first; those of no list come last."""
        unlisted = [entry for entry in self.catalogue.entries if entry.kind == POST and entry.unlisted]
        return [entry.url for entry in (*self.catalogue.posts, *unlisted)]

    @question
    def page_urls(self) -> list[str]:
        """Return the addresses of all pages."""
        return [entry.url for entry in self.catalogue.pages]

    @question
    def asset_urls(self) -> list[str]:
        """Return the addresses of all files that are published as they are."""
        taken = self.catalogue.by_url
        return sorted(url for url in self.catalogue.assets if url not in taken)

    @question
    def alias_urls(self) -> list[str]:
        """Return every address that redirects to a visible document and holds nothing itself."""
        found = map(urls.closed, sorted(self.catalogue.aliases))
        return [url for url in found if (address := self.find(url)) and address.kind == "alias"]

    # Questions about files

    def problems(self) -> list[Problem]:
        """Return all that is wrong with files, by path and line; with those of the site's configuration first."""
        return [*problems.of_configuration(self.settings.facts), *problems.found(self.rows)]

    def files(self) -> list[tuple[str, Document | None, bool]]:
        """Return every text file with its document (``None``: broken) and whether it is published now."""
        records: dict[str, str] = dict(self.rows("SELECT path, record FROM documents"))
        broken = [path for (path,) in self.rows("SELECT DISTINCT path FROM problems WHERE fatal = 1")]
        listing = []
        for path in sorted(records.keys() | {path for path in broken if is_text(path)}):
            document = to_document(json.loads(records[path])) if path in records else None
            listing.append((path, document, path in self.catalogue.by_path))
        return listing

    def left_out(self) -> list[tuple[str, str]]:
        """Return the files that are no content, each with the rule of the site's engine by which they aren't."""
        rows = self.rows("SELECT path, left_out FROM files WHERE left_out != '' ORDER BY path")
        return [(path, rule) for path, rule in rows]

    # Writing

    def save(self, path: str, text: str) -> Path:
        """Write a new content file, whole or not at all; refuse to replace one."""
        target = self.file(path)
        if not target.resolve().is_relative_to(self.settings.root.resolve()):
            raise BlogError("this isn't in the site's folder", path)
        if target.exists():
            raise BlogError("this file exists already", path)
        try:
            write_whole(target, text.encode())
        except OSError as error:
            raise BlogError(f"can't be written: {error.strerror}", path) from None
        self.refresh()
        return target


# What may be asked about a text and something that it names; kept with what was rendered of it.
ABOUT_TEXTS: dict[str, Callable[[Library, str, str], str]] = {
    "resolve": Library.resolve,
    "extent": Library.extent,
    "named": Library.named,
    "titled": Library.titled,
    "state_of": Library.state_of,
    "beside": Library.beside,
    "tag_url": Library.tag_url,
    "included": Library.included,
    "site_posts": Library.site_posts,
    "site_pages": Library.site_pages,
}
