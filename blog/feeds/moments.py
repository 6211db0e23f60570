"""Since when a feed is as it is: a ``Last-Modified`` that moves when, and only when, its bytes do.

It is kept in the index, so that all processes say the same, also after a restart. Dates of files can't tell it: a
setting, the theme or a file that is gone changes bytes, too. So it is when this index has first had them, less some
time that the bytes choose: what an index that was lost has said of other bytes is another moment.
https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress

from ..conditions import ahead
from ..index import Row
from ..library import Library

KNOWN = "SELECT etag, generation, moment FROM fed WHERE address = ? ORDER BY rowid DESC LIMIT 2"


def moment(library: Library, address: str, etag: str) -> int:
    """Return the second since which a feed has had an ETag, later than that of the one before.

    It is 0 where no other process could say the same, nor this one after a restart.
    """
    if library.index.in_memory:
        return 0
    now, made = library.catalogue.generation, int(library.now().timestamp()) - ahead(etag)
    found = since(library.rows(KNOWN, (address,)), etag, now)
    if found is not None:
        return found
    with suppress(sqlite3.DatabaseError), library.index.writing() as db:
        return put(db, address, etag, now, made)
    return 0


def put(db: sqlite3.Connection, address: str, etag: str, now: int, made: int) -> int:
    """Note that a feed has changed, unless another process has just done that; return since when."""
    rows = db.execute(KNOWN, (address,)).fetchall()
    found = since(rows, etag, now)
    if found is None:
        found = max(made, rows[0][2] + 1 if rows else made)
        db.execute("DELETE FROM fed WHERE address = ? AND etag != ?", (address, rows[0][0] if rows else ""))
        db.execute("INSERT INTO fed VALUES (?, ?, ?, ?)", (address, etag, now, found))
    return int(found)


def since(rows: list[Row], etag: str, now: int) -> int | None:
    """Return since when a feed is as it is, by its last two states; ``None`` if it has changed.

    A process that hasn't seen the last change of the files yet speaks of the state before it, if it was told of: else
    that is 0.
    """
    for number, (known, _, found) in enumerate(rows):
        if known == etag and (number == 0 or now < rows[0][1]):
            return int(found)
    return 0 if rows and now < rows[0][1] else None
