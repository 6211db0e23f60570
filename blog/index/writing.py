"""What is written to the index, of a file, of a document, of what it looks like."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from typing import NamedTuple

from ..documents import Problem, Stamp
from ..urls import asset_url
from .digests import as_json, digest
from .rows import Rows
from .schema import OF_A_PATH


class LeftOut(NamedTuple):
    """Say by which rule a text is no document."""

    rule: str


class Rendered(NamedTuple):
    """Hold what a document looks like: ``text_digest`` says of which text, ``asked`` what was asked of its links.

    ``asked`` has the answers by question of the library, then by link.
    """

    text_digest: str
    asked: dict[str, dict[str, str]]
    html: str
    excerpt: str
    more: bool


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


def put_left_out(db: sqlite3.Connection, path: str, said: LeftOut) -> None:
    """Note that a file is no content, and by which rule."""
    db.execute("UPDATE files SET left_out = ? WHERE path = ?", (said.rule, path))


def put_problem(db: sqlite3.Connection, problem: Problem) -> None:
    """Note what is wrong with a file."""
    db.execute("INSERT INTO problems VALUES (?, ?, ?, ?)", (problem.path, problem.line, problem.message, problem.fatal))


def put_documents(db: sqlite3.Connection, documents: Collection[Rows]) -> None:
    """Note all that documents say."""
    for table in Rows._fields:
        if rows := [row for one in documents for row in getattr(one, table)]:
            db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def put_rendered(db: sqlite3.Connection, path: str, made: Rendered) -> None:
    """Keep what a document looks like."""
    values = (path, made.text_digest, as_json(made.asked), made.html)
    db.execute("INSERT OR REPLACE INTO rendered VALUES (?, ?, ?, ?)", values)
    said = (path, made.text_digest, digest([made.excerpt, made.more]), made.more, made.excerpt)
    db.execute("INSERT OR REPLACE INTO excerpts VALUES (?, ?, ?, ?, ?)", said)


def keep_ids(db: sqlite3.Connection, of: str, ids: dict[str, str]) -> None:
    """Keep the ids of entries for the next process that asks, with what tells whether they would be others by then."""
    db.execute("INSERT OR REPLACE INTO about VALUES ('ids', ?)", (as_json([of, ids]),))
