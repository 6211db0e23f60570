"""The library: every question that a page may ask, and the only reader and writer of content.

Views and templates know nothing but its answers, which are narrow on purpose: lists answer with
Summaries, so that a change to a body doesn't reach the pages that show only titles.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import posixpath
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from . import __version__, index, sources, urls
from .documents import Document, MenuEntry, Problem, Summary, to_document, to_summary
from .errors import BlogError, ContentError
from .index import Index, Row
from .settings import Settings

LOG = logging.getLogger("blog")
REFRESH_EVERY = 1.0  # seconds between looks at the folder while serving
VISIBLE = "winner = '' AND (draft = 0 OR :drafts) AND (moment <= :now OR :future)"
NEWEST_FIRST = "ORDER BY moment DESC, path DESC"


@dataclass(frozen=True, slots=True)
class Address:
    """Say what an address holds: ``kind`` is post, page, alias, slash or asset.

    ``summary`` is there for a post or page, ``target`` is where an alias leads or an asset's file.
    """

    kind: str
    summary: Summary | None = None
    target: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """Name a tag as most posts write it."""

    slug: str
    name: str
    count: int

    @property
    def path(self) -> str:
        """Return the address of its page."""
        return urls.tag_path(self.name)


@dataclass(frozen=True, slots=True)
class Text:
    """Hold a document's rendered body and its beginning."""

    html: str
    excerpt: str
    more: bool


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


class Library:
    """Answer questions about the site's content; thread-safe."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime] = utc_now) -> None:
        self.settings = settings
        self.clock = clock
        self.index = Index(settings.path(settings.cache) / "index.sqlite", version(settings))
        self.refreshing = threading.Lock()
        self.looked = float("-inf")
        self.pinned: datetime | None = None

    # Keeping up with the files

    def refresh(self) -> bool:
        """Read what has changed on the disk; tell whether anything had."""
        with self.refreshing:
            try:
                return self.update()
            except sqlite3.OperationalError as error:
                LOG.warning("the index can't be written, going on in memory: %s", error)
                self.index.to_memory()
            except sqlite3.DatabaseError as error:
                LOG.warning("the index is broken, making it anew: %s", error)
                self.index.reset()
            return self.update()

    def refresh_if_due(self) -> None:
        """Refresh unless that was done a moment ago, is being done, or the library is held still."""
        if self.pinned or time.monotonic() - self.looked < REFRESH_EVERY or self.refreshing.locked():
            return
        self.refresh()

    def update(self) -> bool:
        """Compare the files with the index and write the difference in one go."""
        found = {file.path: file for file in sources.scan(self.settings)}
        known = self.index.stamps()
        gone = known.keys() - found.keys()
        changed = [file for path, file in found.items() if known.get(path) != file.stamp]
        self.looked = time.monotonic()
        if not gone and not changed:
            return False
        read = [(file, self.read(file)) for file in changed]
        with self.index.writing() as db:
            for path in [*gone, *(file.path for file in changed)]:
                index.forget(db, path)
            for file, said in read:
                index.put_file(db, file.path, file.stamp, file.address, said is None)
                if isinstance(said, Document):
                    index.put_document(db, said)
                elif said:
                    index.put_problem(db, said)
            index.settle_addresses(db)
            index.settle_assets(db)
            index.advance(db)
        return True

    def read(self, file: sources.Found) -> Document | Problem | None:
        """Read a file: a document, what keeps it from being one, or ``None`` for an asset."""
        if not file.is_text:
            if urls.REFUSED.search(file.address):
                return Problem(file.path, 0, "a name with any of ? # % \\ can't be an address", True)
            return None
        from . import reader  # the parsers are loaded only when a file has changed

        try:
            source = sources.read(file)
            return None if reader.is_whole_page(source) else reader.read(source, self.settings)
        except ContentError as error:
            return Problem(file.path, error.line, error.reason, True)
        except OSError as error:
            return Problem(file.path, 0, f"can't be read: {error.strerror}", True)

    @contextmanager
    def held(self) -> Iterator[datetime]:
        """Refresh once, then keep content and clock still: every answer inside belongs to one moment."""
        self.refresh()
        before, self.pinned = self.pinned, self.now()
        try:
            yield self.pinned
        finally:
            self.pinned = before

    def now(self) -> datetime:
        """Return the moment for which the questions are answered."""
        return self.pinned or self.clock()

    # Questions about documents

    def rows(self, sql: str, **values: Any) -> list[Row]:
        """Return rows; in the SQL, ``{visible}`` stands for what may be shown now."""
        settings = self.settings
        values |= {"now": self.now().timestamp(), "drafts": settings.drafts, "future": settings.future}
        return self.index.rows(sql.replace("{visible}", VISIBLE), values)

    def summaries(self, sql: str, **values: Any) -> list[Summary]:
        """Return the Summaries of rows that hold a record each."""
        return [to_summary(json.loads(record)) for (record,) in self.rows(sql, **values)]

    def recent(self, limit: int, offset: int = 0) -> list[Summary]:
        """Return posts, newest first."""
        return self.summaries(
            f"SELECT record FROM documents WHERE kind = 'post' AND {{visible}} {NEWEST_FIRST}"
            " LIMIT :limit OFFSET :offset",
            limit=limit,
            offset=offset,
        )

    def posts(self) -> list[Summary]:
        """Return all posts, newest first."""
        return self.recent(-1)

    def pages(self) -> list[Summary]:
        """Return all pages by address."""
        return self.summaries("SELECT record FROM documents WHERE kind = 'page' AND {visible} ORDER BY url")

    def count(self) -> int:
        """Return the number of posts."""
        return int(self.rows("SELECT count(*) FROM documents WHERE kind = 'post' AND {visible}")[0][0])

    def years(self) -> list[tuple[int, list[Summary]]]:
        """Return the dated posts by the year that was written, newest first."""
        years: dict[int, list[Summary]] = {}
        for post in self.posts():
            if post.date:
                years.setdefault(post.date.year, []).append(post)
        return sorted(years.items(), reverse=True)

    def neighbours(self, summary: Summary) -> tuple[Summary | None, Summary | None]:
        """Return the next newer and the next older post."""
        moment = summary.date.timestamp() if summary.date else index.UNDATED
        found = (
            self.summaries(
                f"SELECT record FROM documents WHERE kind = 'post' AND {{visible}}"
                f" AND (moment, path) {compare} (:moment, :path) ORDER BY moment {way}, path {way} LIMIT 1",
                moment=moment,
                path=summary.path,
            )
            for compare, way in ((">", "ASC"), ("<", "DESC"))
        )
        newer, older = (answer[0] if answer else None for answer in found)
        return newer, older

    def tags(self) -> list[Tag]:
        """Return all tags by name."""
        spellings: dict[str, list[tuple[int, str]]] = {}
        sql = "SELECT slug, name, count(*) FROM tags JOIN documents USING (path) WHERE {visible} GROUP BY slug, name"
        for slug, name, count in self.rows(sql):
            spellings.setdefault(slug, []).append((-count, name))
        tags = [Tag(slug, min(names)[1], -sum(n for n, _ in names)) for slug, names in spellings.items()]
        return sorted(tags, key=lambda tag: (tag.name.casefold(), tag.slug))

    def tag(self, slug: str) -> Tag | None:
        """Return one tag, ``None`` if nothing visible has it."""
        return next((tag for tag in self.tags() if tag.slug == slug), None)

    def tagged(self, slug: str, limit: int = -1) -> list[Summary]:
        """Return what has a tag, newest first."""
        return self.summaries(
            "SELECT record FROM documents JOIN tags USING (path)"
            f" WHERE slug = :slug AND {{visible}} {NEWEST_FIRST} LIMIT :limit",
            slug=slug,
            limit=limit,
        )

    def menu(self, name: str) -> list[MenuEntry]:
        """Return a menu: what the documents place there, and for ``main`` the setting, by weight."""
        rows = self.rows(
            "SELECT entry FROM menus JOIN documents USING (path) WHERE menu = :name AND {visible}", name=name
        )
        entries = [MenuEntry(name, *json.loads(entry)) for (entry,) in rows]
        if name == "main":
            entries += [MenuEntry(name, **entry) for entry in self.settings.menu]
        return sorted(entries, key=lambda entry: (entry.weight or 10**9, entry.name.casefold(), entry.url))

    # Questions about addresses

    def find(self, url: str) -> Address | None:
        """Tell what an address holds; ``None`` if nothing that may be shown now."""
        documents = self.summaries("SELECT record FROM documents WHERE url = :url AND {visible}", url=url)
        if documents:
            return Address(documents[0].kind, documents[0])
        assets = self.rows(
            "SELECT files.path FROM files LEFT JOIN documents ON documents.path = files.owner"
            " WHERE files.url = :url AND (files.owner = '' OR {visible}) ORDER BY files.path",
            url=url,
        )
        if assets:
            return Address("asset", target=assets[0][0])
        leads = self.rows(
            "SELECT documents.url FROM aliases JOIN documents USING (path)"
            " WHERE aliases.url = :url AND {visible} ORDER BY path",
            url=url.rstrip("/"),
        )
        if leads:
            return Address("alias", target=leads[0][0])
        if not url.endswith("/") and self.rows("SELECT 1 FROM documents WHERE url = :url AND {visible}", url=f"{url}/"):
            return Address("slash", target=f"{url}/")
        return None

    def aliases(self) -> list[str]:
        """Return every address that redirects to a visible document and holds nothing itself."""
        rows = self.rows(
            "SELECT DISTINCT aliases.url FROM aliases JOIN documents USING (path) WHERE {visible} ORDER BY 1"
        )
        found = (urls.closed(alias) for (alias,) in rows)
        return [url for url in found if (address := self.find(url)) and address.kind == "alias"]

    def assets(self) -> list[str]:
        """Return the addresses of all files that are published as they are."""
        rows = self.rows(
            "SELECT DISTINCT files.url FROM files LEFT JOIN documents ON documents.path = files.owner"
            " WHERE files.url != '' AND (files.owner = '' OR {visible}) ORDER BY 1"
        )
        return [url for (url,) in rows]

    def file(self, path: str) -> Path:
        """Return where a file of the site lies on the disk."""
        return self.settings.root / path

    # Questions about texts

    def document(self, path: str) -> Document:
        """Return all that a file says; raises ``KeyError`` if there is no such document."""
        rows = self.index.rows("SELECT record, body FROM documents JOIN bodies USING (path) WHERE path = ?", (path,))
        if not rows:
            raise KeyError(path)
        return to_document(json.loads(rows[0][0]), rows[0][1])

    def text(self, summary: Summary) -> Text:
        """Return a document's body as HTML, rendered once and kept while its links lead where they did."""
        path = summary.path
        rows = self.index.rows("SELECT html, excerpt, more, links FROM rendered WHERE path = ?", (path,))
        if rows:
            html, excerpt, more, kept = rows[0]
            if all(self.resolve(path, link) == target for link, target in json.loads(kept).items()):
                return Text(html, excerpt, bool(more))
        return self.render(self.document(path))

    def render(self, document: Document) -> Text:
        """Render a document and keep the result in the index."""
        from . import markup
        from .markup import links

        base, resolved = self.settings.base_path, {}

        def lead(link: str) -> str:
            if links.is_relative(link):
                resolved[link] = link = self.resolve(document.path, link)
            return base + link if link.startswith("/") and not link.startswith("//") else link

        def elsewhere(link: str) -> str:
            return posixpath.join(urls.href(base, document.url), link) if links.is_relative(link) else link

        rendered = markup.render(document.body, document.markup)
        html = links.change(rendered.html, lead)
        excerpt = links.change(links.change(rendered.excerpt, lead), elsewhere)
        with suppress(sqlite3.OperationalError), self.index.writing() as db:
            db.execute(
                "INSERT OR REPLACE INTO rendered VALUES (?, ?, ?, ?, ?)",
                (document.path, html, excerpt, rendered.more, json.dumps(resolved)),
            )
        return Text(html, excerpt, rendered.more)

    def resolve(self, path: str, link: str) -> str:
        """Return where a relative link of a file leads: to the page or asset of the file it names, else as written."""
        parts = urlsplit(link)
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
        rows = self.rows(
            "SELECT url FROM documents WHERE path = :path AND {visible} UNION ALL"
            " SELECT url FROM files WHERE path = :path AND url != ''",
            path=target,
        )
        return parts._replace(path=urls.href("", rows[0][0])).geturl() if rows and parts.path else link

    # Questions about files

    def problems(self) -> list[Problem]:
        """Return all that is wrong with files, by path and line."""
        rows = self.index.rows("SELECT path, line, message, fatal FROM problems")
        found = [Problem(path, line, message, bool(fatal)) for path, line, message, fatal in rows]
        for path, url, winner in self.index.rows("SELECT path, url, winner FROM documents WHERE winner != ''"):
            found.append(Problem(path, 0, f"the address {url} belongs to {winner}", True))
        found += self.lost_aliases()
        return sorted(found, key=lambda problem: (problem.path, problem.line, problem.message))

    def lost_aliases(self) -> list[Problem]:
        """Return the aliases that can't lead to their document."""
        rows = self.index.rows(
            "SELECT aliases.path, aliases.url, taken.path FROM aliases JOIN documents AS taken"
            " ON taken.url IN (aliases.url, aliases.url || '/') WHERE taken.path != aliases.path"
            " UNION SELECT later.path, later.url, first.path FROM aliases AS later JOIN aliases AS first"
            " ON first.url = later.url AND first.path < later.path"
        )
        return [Problem(path, 0, f"the alias {url or '/'} belongs to {taken}") for path, url, taken in rows]

    def files(self) -> list[tuple[str, Document | None, bool]]:
        """Return every text file with its document (``None``: broken) and whether it is published now."""
        shown = {path for (path,) in self.rows("SELECT path FROM documents WHERE {visible}")}
        records: dict[str, str] = dict(self.index.rows("SELECT path, record FROM documents"))
        broken = [path for (path,) in self.index.rows("SELECT DISTINCT path FROM problems WHERE fatal = 1")]
        listing = []
        for path in sorted(records.keys() | set(broken)):
            document = to_document(json.loads(records[path])) if path in records else None
            listing.append((path, document, path in shown))
        return listing

    # Writing

    def save(self, path: str, text: str) -> Path:
        """Write a new content file, whole or not at all; refuse to replace one."""
        target = self.file(path)
        if target.exists():
            raise BlogError("this file exists already", path)
        write_whole(target, text.encode())
        self.refresh()
        return target


def write_whole(target: Path, data: bytes) -> None:
    """Write a file under a temporary name and move it into place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, 0o644)
        os.replace(name, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def version(settings: Settings) -> str:
    """Name all that the index depends on besides the files: the engine's code and a few settings."""
    digest = hashlib.sha256(repr((__version__, settings.permalink, settings.timezone, settings.base_path)).encode())
    here = Path(__file__).parent
    for file in sorted([*here.glob("*.py"), *here.glob("headers/*.py"), *here.glob("markup/*.py")]):
        status = file.stat()
        digest.update(f"{file.name} {status.st_mtime_ns} {status.st_size}\n".encode())
    return digest.hexdigest()
