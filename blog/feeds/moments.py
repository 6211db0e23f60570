"""Since when a feed is as it is: a ``Last-Modified`` that moves when, and only when, its bytes do.

It is kept in the index, so that all processes say the same, also after a restart.
https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from weakref import WeakKeyDictionary

from ..index import Row
from ..library import Library
from .model import NEVER, Item

KNOWN = "SELECT etag, generation, moment FROM fed WHERE address = ? ORDER BY rowid DESC LIMIT 2"
MEMORY: WeakKeyDictionary[Library, dict[str, list[Row]]] = WeakKeyDictionary()  # where the index can't be written


def moment(library: Library, address: str, etag: str, least: int) -> int:
    """Return the second since which a feed has had an ETag: at least ``least``, and later than the one before."""
    now = library.catalogue.generation
    found = since(library.rows(KNOWN, (address,)), etag, now)
    if found is not None:
        return found
    with suppress(sqlite3.DatabaseError), library.index.writing() as db:
        return put(db, address, etag, now, least)
    rows = MEMORY.setdefault(library, {}).setdefault(address, [])
    found = since(rows, etag, now)
    if found is None:
        found = max(least, rows[0][2] + 1 if rows else least)
        rows[:] = [(etag, now, found), *rows[:1]]
    return found


def put(db: sqlite3.Connection, address: str, etag: str, now: int, least: int) -> int:
    """Note that a feed has changed, unless another process has just done that; return since when."""
    rows = db.execute(KNOWN, (address,)).fetchall()
    found = since(rows, etag, now)
    if found is None:
        found = max(least, rows[0][2] + 1 if rows else least)
        db.execute("DELETE FROM fed WHERE address = ? AND etag != ?", (address, rows[0][0] if rows else ""))
        db.execute("INSERT INTO fed VALUES (?, ?, ?, ?)", (address, etag, now, found))
    return int(found)


def since(rows: list[Row], etag: str, now: int) -> int | None:
    """Return since when a feed is as it is, by its last two states; ``None`` if it has changed.

    A process that hasn't seen the last change of the files yet speaks of the state before it.
    """
    for number, (known, _, found) in enumerate(rows):
        if known == etag and (number == 0 or now < rows[0][1]):
            return int(found)
    return int(rows[0][2]) if rows and now < rows[0][1] else None


def least(library: Library, paths: Iterable[str], items: Iterable[Item]) -> int:
    """Return the second of the last change that a feed shows: of its files, or as its entries tell; never to come."""
    names = list(paths)
    marks = ",".join("?" * len(names))
    rows = library.rows(f"SELECT max(mtime_ns) FROM files WHERE path IN ({marks})", names)
    written = (rows[0][0] or 0) // 1_000_000_000
    told = max((int(item.updated.timestamp()) for item in items), default=int(NEVER.timestamp()))
    return max(0, min(max(written, told), int(library.now().timestamp())))
