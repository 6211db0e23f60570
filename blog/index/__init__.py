"""The index: what the library knows of the files, in SQLite, so that it needn't read them again.

It is derived: deleting it loses nothing, a broken one or one of another version is made anew, and where
its folder can't be written it lives in memory.
"""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from ..documents import Stamp
from .schema import SCHEMA

WAIT = 5.0  # seconds for another process to finish writing

Row = tuple[Any, ...]
Ask = Callable[..., list[Row]]  # takes a query and its values


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
        # In kilobytes; the system keeps the file's pages for all processes.
        connection.execute("PRAGMA cache_size = -1000")
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
