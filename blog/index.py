"""The index: what the library knows of the files, in SQLite, so that it needn't read them again.

It is derived: deleting it loses nothing, a broken one or one of another version is made anew, and where
its folder can't be written it lives in memory.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import secrets
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from . import furniture, likeness
from .documents import POST, SUMMARY_FIELDS, Document, Problem, Stamp, to_record
from .ledger import own_id, plain
from .markup import choices
from .sources import POST_FOLDERS, is_text
from .urls import asset_url, home, slugify, tag_slug
from .words import length, of_name, words

SCHEMA = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    path TEXT PRIMARY KEY, mtime_ns INTEGER NOT NULL, size INTEGER NOT NULL, ctime_ns INTEGER NOT NULL,
    address TEXT NOT NULL,  -- the path below the content folder
    url TEXT NOT NULL DEFAULT '', owner TEXT NOT NULL DEFAULT '',  -- of an asset: where it is, whose bundle it is in
    extent TEXT NOT NULL DEFAULT '',  -- of an image: width and height in pixels, 640x480
    left_out TEXT NOT NULL DEFAULT ''  -- of a text that is no document: by which rule
) WITHOUT ROWID;
CREATE TABLE documents (
    path TEXT PRIMARY KEY, kind TEXT NOT NULL, url TEXT NOT NULL, moment REAL NOT NULL, draft INTEGER NOT NULL,
    unlisted INTEGER NOT NULL, noindex INTEGER NOT NULL,
    begins REAL NOT NULL,  -- the moment from which on everybody sees it
    ends REAL NOT NULL,  -- the moment from which on nobody sees it
    doubt INTEGER NOT NULL,  -- whether its header can only be read in parts
    day TEXT NOT NULL,  -- of the last change that the document names
    details TEXT NOT NULL,  -- what only its own page shows: length, furniture, licence
    summary_digest TEXT NOT NULL, text_digest TEXT NOT NULL, record TEXT NOT NULL, body TEXT NOT NULL
);
CREATE TABLE rendered (path TEXT PRIMARY KEY, text_digest TEXT NOT NULL, asked TEXT NOT NULL, html TEXT NOT NULL);
CREATE TABLE excerpts (
    path TEXT PRIMARY KEY, text_digest TEXT NOT NULL, digest TEXT NOT NULL, more INTEGER NOT NULL, html TEXT NOT NULL
);
CREATE TABLE tags (slug TEXT NOT NULL, path TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (path, slug)) WITHOUT ROWID;
CREATE TABLE filed (  -- under categories, and in series: which part
    kind TEXT NOT NULL, slug TEXT NOT NULL, path TEXT NOT NULL, name TEXT NOT NULL, part INTEGER NOT NULL,
    PRIMARY KEY (path, kind, slug)
) WITHOUT ROWID;
CREATE TABLE likeness (  -- of posts: what they can share with others, and which are like them, see likeness.py
    path TEXT PRIMARY KEY, moment REAL NOT NULL, terms TEXT NOT NULL, found TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE words (  -- of titles and addresses
    path TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (path, word)
) WITHOUT ROWID;
CREATE TABLE aliases (url TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (path, url)) WITHOUT ROWID;
CREATE TABLE entries (  -- all with a date, which may stand in a feed, and the id that the header gives
    path TEXT PRIMARY KEY, own TEXT NOT NULL, date TEXT NOT NULL, title TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE groups (  -- of posts: their sections, authors, and languages, for which there are feeds
    kind TEXT NOT NULL, slug TEXT NOT NULL, path TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (path, kind, slug)
) WITHOUT ROWID;
CREATE TABLE fed (  -- what was last served at the address of a feed, in which state, and the second from which on
    address TEXT NOT NULL, etag TEXT NOT NULL, generation INTEGER NOT NULL, moment INTEGER NOT NULL
);
CREATE INDEX fed_address ON fed (address);
CREATE TABLE media (path TEXT PRIMARY KEY, attachments TEXT NOT NULL, picture TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE menus (path TEXT NOT NULL, entry TEXT NOT NULL);
CREATE TABLE problems (path TEXT NOT NULL, line INTEGER NOT NULL, message TEXT NOT NULL, fatal INTEGER NOT NULL);
CREATE TABLE edits (  -- generations in which nothing but the text of documents changed
    generation INTEGER NOT NULL, path TEXT NOT NULL, PRIMARY KEY (generation, path)
) WITHOUT ROWID;
CREATE INDEX tags_slug ON tags (slug);
CREATE INDEX words_word ON words (word);
CREATE INDEX documents_url ON documents (url);
CREATE INDEX menus_path ON menus (path);
CREATE INDEX problems_path ON problems (path);
"""
OF_A_PATH = (
    "documents",
    "rendered",
    "excerpts",
    "tags",
    "filed",
    "likeness",
    "words",
    "aliases",
    "entries",
    "groups",
    "media",
    "menus",
    "problems",
    "files",
)
WAIT = 5.0  # seconds for another process to finish writing
NEVER = 1e12  # the moment at which what has no end ends
UNDATED = -1e12  # the moment of what has no date: before everything else
REMEMBERED = 100  # generations in which only texts changed

Row = tuple[Any, ...]
Ask = Callable[..., list[Row]]  # takes a query and its values
ENCODER = json.JSONEncoder(ensure_ascii=False, default=str, separators=(",", ":"))


class Index:
    """Keep rows about files; ``version`` names all that the rows depend on besides the files.

    ``wait`` is how many seconds another process that writes is waited for. Without a path it is in memory.
    """

    def __init__(self, path: Path | None, version: str, wait: float = WAIT) -> None:
        self.path, self.version, self.wait = path, version, wait
        self.lock = threading.RLock()
        self.connection = self.opened()

    def opened(self) -> sqlite3.Connection:
        """Open the file; make it anew if it is broken, keep to memory if it can't be written."""
        for _ in range(2 if self.path else 0):
            try:
                assert self.path
                self.path.parent.mkdir(parents=True, exist_ok=True)
                return self.prepared(self.connect(str(self.path)))
            except sqlite3.OperationalError as error:
                if "malformed" not in str(error) and "no such" not in str(error):
                    break
                self.discard()
            except sqlite3.DatabaseError:
                self.discard()
            except OSError:
                break
        return self.prepared(self.connect(":memory:"))

    def connect(self, name: str) -> sqlite3.Connection:
        """Return a connection that every thread may use, one at a time."""
        connection = sqlite3.connect(name, timeout=self.wait, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA page_size = 8192")  # rows hold texts: most fit into a page or two
        connection.execute(
            "PRAGMA cache_size = -1000"
        )  # kilobytes; the system keeps the file's pages for all processes
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # derived: a lost write is made again
        return connection

    def prepared(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        """Return the connection with an empty or a valid index of this version."""
        try:
            if self.said(connection) == self.version:
                return connection
            connection.execute("BEGIN IMMEDIATE")
            if self.said(connection) != self.version:  # nobody was faster
                self.create(connection)
            connection.execute("COMMIT")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def said(self, connection: sqlite3.Connection) -> str:
        """Return the version that an index was made with, ``""`` if it holds none."""
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'about'").fetchone():
            return ""
        row = connection.execute("SELECT value FROM about WHERE key = 'version'").fetchone()
        return str(row[0]) if row else ""

    def create(self, connection: sqlite3.Connection) -> None:
        """Replace whatever the file holds with empty tables."""
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            connection.execute(f'DROP TABLE "{name}"')
        for statement in SCHEMA.split(";"):
            if statement.strip():
                connection.execute(statement)
        made = [("version", self.version), ("made", secrets.token_hex(8))]
        connection.executemany("INSERT INTO about VALUES (?, ?)", made)

    def discard(self) -> None:
        """Delete a broken index file with its side files; who has them open goes on with them."""
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{self.path}{ending}").unlink(missing_ok=True)

    @property
    def in_memory(self) -> bool:
        """Tell whether no other process can see these rows."""
        return not self.rows("PRAGMA database_list")[0][2]

    def rows(self, sql: str, values: Iterable[Any] = ()) -> list[Row]:
        """Return all rows of a query."""
        with self.lock:
            return self.connection.execute(sql, tuple(values)).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Change rows, all or none."""
        with self.lock:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # on a full disk it is undone already
                    self.connection.execute("ROLLBACK")
                raise

    def stamps(self, paths: Collection[str] | None = None) -> dict[str, Stamp]:
        """Return the stamps of known files by path: of all, or of some."""
        some = "" if paths is None else f" WHERE path IN ({','.join('?' * len(paths))})"
        with self.lock:  # row by row: there may be very many files
            rows = self.connection.execute(
                f"SELECT path, mtime_ns, size, ctime_ns FROM files{some}", tuple(paths or ())
            )
            return {path: Stamp(mtime_ns, size, ctime_ns) for path, mtime_ns, size, ctime_ns in rows}

    def state(self) -> str:
        """Return what tells one state of the rows about files from any other, also of another index."""
        made = self.rows("SELECT value FROM about WHERE key = 'made'")
        return f"{made[0][0] if made else ''} {generation(self.rows)}"


def generation(rows_of: Ask) -> int:
    """Return a number that grows whenever rows about files change."""
    found = rows_of("SELECT value FROM about WHERE key = 'generation'")
    return int(found[0][0]) if found else 0


def advance(db: sqlite3.Connection, edited: Collection[str] = ()) -> None:
    """Note that rows about files have changed, and if so, that these are nothing but texts of some documents."""
    made = db.execute(
        "INSERT INTO about VALUES ('generation', '1')"
        " ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1 RETURNING CAST(value AS INTEGER)"
    )
    (now,) = made.fetchone()
    db.executemany("INSERT INTO edits VALUES (?, ?)", [(now, path) for path in edited])
    db.execute("DELETE FROM edits WHERE generation < ?", (now - REMEMBERED,))


def edits(rows_of: Ask, before: int, now: int) -> set[str] | None:
    """Return whose texts have changed between two generations, ``None`` if anything else has, too."""
    rows = rows_of("SELECT generation, path FROM edits WHERE generation > ? AND generation <= ?", (before, now))
    known = {generation for generation, _ in rows} == set(range(before + 1, now + 1))
    return {path for _, path in rows} if known else None


def forget(db: sqlite3.Connection, path: str, tables: Iterable[str] = OF_A_PATH) -> None:
    """Delete all rows about a file."""
    for table in tables:
        db.execute(f"DELETE FROM {table} WHERE path = ?", (path,))


def put_file(db: sqlite3.Connection, path: str, stamp: Stamp, address: str, extent: str | None) -> None:
    """Note a file with its stamp; an asset, which has an extent, is where its path says until ``settle_assets``."""
    values = (path, *stamp, address, "" if extent is None else asset_url(address), extent or "")
    db.execute(
        "INSERT OR REPLACE INTO files (path, mtime_ns, size, ctime_ns, address, url, extent)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        values,
    )


class LeftOut(NamedTuple):
    """Say by which rule a text is no document."""

    rule: str


def put_left_out(db: sqlite3.Connection, path: str, said: LeftOut) -> None:
    """Note that a file is no content, and by which rule."""
    db.execute("UPDATE files SET left_out = ? WHERE path = ?", (said.rule, path))


def keep_ids(db: sqlite3.Connection, of: str, ids: dict[str, str]) -> None:
    """Keep the ids of entries for the next process that asks, with what tells whether they would be others by then."""
    db.execute("INSERT OR REPLACE INTO about VALUES ('ids', ?)", (as_json([of, ids]),))


def put_problem(db: sqlite3.Connection, problem: Problem) -> None:
    """Note what is wrong with a file."""
    db.execute("INSERT INTO problems VALUES (?, ?, ?, ?)", (problem.path, problem.line, problem.message, problem.fatal))


class Rows(NamedTuple):
    """Hold a document as the rows of each table, ready to be put."""

    documents: list[Row]
    tags: list[Row]
    filed: list[Row]
    likeness: list[Row]
    words: list[Row]
    aliases: list[Row]
    entries: list[Row]
    groups: list[Row]
    media: list[Row]
    menus: list[Row]
    problems: list[Row]

    @property
    def in_doubt(self) -> bool:
        """Tell whether the header can only be read in parts."""
        return bool(self.documents[0][9])

    def differ_in_text(self, db: sqlite3.Connection) -> bool:
        """Tell whether this differs in nothing but its text from what is known; all but that is in the record."""
        (now,) = self.documents
        known = db.execute("SELECT url, record FROM documents WHERE path = ?", now[:1]).fetchone()
        return known is not None and tuple(known) == (now[2], now[-2])


def rows_of(document: Document) -> Rows:
    """Return the rows of all that a document says."""
    path, moment = document.path, document.date.timestamp() if document.date else UNDATED
    begins = document.publishes.timestamp() if document.publishes else moment
    ends = document.expires.timestamp() if document.expires else NEVER
    record = to_record(document)
    changed = max(filter(None, (document.updated, document.date)), default=None)
    chosen = [*choices.said(document.meta), *furniture.said(document.meta)]
    asked = as_json(chosen) if chosen else ""
    if "{{" in document.body or "{%" in document.body:  # it may show what the header says
        asked = as_json([chosen, record])
    day = f"{changed:%Y-%m-%d}" if changed else ""
    has_media = document.attachments or document.picture
    media = [as_json(record["attachments"]), as_json(record["picture"])] if has_media else []
    digests = (
        digest({key: record[key] for key in sorted(SUMMARY_FIELDS)}),
        digest_of_text("\0".join((document.url, document.markup, document.language, asked, document.body, *media))),
    )
    place = (path, document.kind, document.url, moment, document.draft, document.unlisted, document.noindex)
    details = furniture.details(document.meta, length(document.body))
    shown = (begins, ends, document.in_doubt, day, as_json([details.length, details.furniture, details.licence]))
    values = (*place, *shown, *digests, as_json(record), document.body)
    tags = {tag_slug(tag): tag for tag in reversed(document.tags)}
    return Rows(
        [values],
        [(slug, path, tag) for slug, tag in tags.items()],
        [(kind, slug, path, name, document.part) for (kind, slug), name in filed_of(document).items()],
        [(path, moment, likeness.terms(document), "")] * (document.kind == POST),
        [(path, word) for word in dict.fromkeys((*words(document.title), *of_name(document.url)))],
        [(alias, path) for alias in dict.fromkeys(alias.rstrip("/") for alias in document.aliases)],
        [(path, own_id(document.meta), day_or_moment(document), plain(document.title))] if document.date else [],
        [(kind, slug, path, name) for (kind, slug), name in groups_of(document).items()],
        [(path, *media)] if media else [],
        [(path, as_json(entry)) for entry in record["menus"]],
        [(problem.path, problem.line, problem.message, problem.fatal) for problem in document.problems],
    )


def filed_of(document: Document) -> dict[tuple[str, str], str]:
    """Return by kind and slug the names of a document's categories and series."""
    names = [("category", name) for name in document.categories] + [("series", name) for name in document.series]
    return {(kind, tag_slug(name)): name for kind, name in reversed(names)}


def groups_of(document: Document) -> dict[tuple[str, str], str]:
    """Return by kind and slug the names of the groups that a post is in; folders of dates are none."""
    if document.kind != POST or not document.date:
        return {}
    folders = [name for name in document.section.split("/") if name]
    folders = folders if not any(name.isdigit() for name in folders) else []
    sections = ["/".join(folders[:count]) for count in range(1, len(folders) + 1)]
    found = {("section", "/".join(map(slugify, name.split("/")))): name for name in sections}
    found |= {("author", slugify(name)): name for name in document.authors}
    found |= {("language", slugify(document.language)): document.language}
    return {key: name for key, name in found.items() if key[1].strip("/")}


def day_or_moment(document: Document) -> str:
    """Return the date of a document as it was written: a day, or a moment."""
    assert document.date
    return f"{document.date:%Y-%m-%d}" if document.date_only else document.date.isoformat()


def put_documents(db: sqlite3.Connection, documents: Collection[Rows]) -> None:
    """Note all that documents say."""
    for table in Rows._fields:
        if rows := [row for one in documents for row in getattr(one, table)]:
            db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def as_json(value: Any) -> str:
    """Return a value as JSON; what JSON doesn't know becomes text."""
    return ENCODER.encode(value)


def digest(value: Any) -> str:
    """Return 16 characters that differ where values differ."""
    return digest_of_text(as_json(value))


def digest_of_text(text: str) -> str:
    """Return 16 characters that differ where texts differ."""
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=8).hexdigest()


class Rendered(NamedTuple):
    """Hold what a document looks like: ``text_digest`` says of which text, ``asked`` what was asked of its links.

    ``asked`` has the answers by question of the library, then by link.
    """

    text_digest: str
    asked: dict[str, dict[str, str]]
    html: str
    excerpt: str
    more: bool


def put_rendered(db: sqlite3.Connection, path: str, made: Rendered) -> None:
    """Keep what a document looks like."""
    values = (path, made.text_digest, as_json(made.asked), made.html)
    db.execute("INSERT OR REPLACE INTO rendered VALUES (?, ?, ?, ?)", values)
    said = (path, made.text_digest, digest([made.excerpt, made.more]), made.more, made.excerpt)
    db.execute("INSERT OR REPLACE INTO excerpts VALUES (?, ?, ?, ?, ?)", said)


def settle_assets(db: sqlite3.Connection, by_name: bool = False) -> None:
    """Give every asset its address: beside the page of the bundle that it lies in, else at its own path.

    With ``by_name`` the folder of a post's name beside it is its bundle, too.
    """
    bundles = (folders_beside(db) if by_name else {}) | bundle_folders(db)
    moved = []
    for path, address, url, owner in db.execute("SELECT path, address, url, owner FROM files WHERE url != ''"):
        folder = next((str(parent) for parent in PurePosixPath(path).parents if str(parent) in bundles), "")
        bundle, url_of_bundle = bundles.get(folder, ("", ""))
        beside = asset_url(url_of_bundle + path[len(folder) + 1 :]) if url_of_bundle else asset_url(address)
        if (beside, bundle) != (url, owner):
            moved.append((beside, bundle, path))
    db.executemany("UPDATE files SET url = ?, owner = ? WHERE path = ?", moved)


def folders_beside(db: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Return the folders of the names of posts, with the post's path and the address of what lies in it.

    https://hexo.io/docs/asset-folders
    """
    broken = "SELECT DISTINCT path FROM problems JOIN files USING (path) WHERE fatal = 1 AND url = ''"
    found = {path: "" for (path,) in db.execute(broken) if is_text(path)}
    found |= dict(db.execute("SELECT path, url FROM documents WHERE kind = ?", (POST,)))
    return {posixpath.splitext(path)[0]: (path, url and in_folder(url)) for path, url in found.items()}


def in_folder(url: str) -> str:
    """Return the folder of an address: ``/a/`` for ``/a.html``."""
    return home(url) or f"{posixpath.splitext(url)[0]}/"


def bundle_folders(db: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Return the folders that belong to one document, with its path and address.

    A folder with an ``index`` file is one, but not a whole content folder, nor one of posts. If that file can't be
    used, nobody knows whether what lies beside it is for the public: its bundle has no address.
    """
    there = " AND ".join(["address GLOB '*/index.*'", *(f"address NOT GLOB '{top}/index.*'" for top in POST_FOLDERS)])
    broken = "SELECT DISTINCT path FROM problems JOIN files USING (path) WHERE fatal = 1 AND url = '' AND"
    good = "SELECT documents.path, documents.url FROM documents JOIN files USING (path) WHERE"
    found = {path: "" for (path,) in db.execute(f"{broken} {there}") if is_text(path)}
    found |= dict(db.execute(f"{good} {there}"))
    return {str(PurePosixPath(path).parent): (path, url and home(url)) for path, url in found.items()}
