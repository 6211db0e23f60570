"""Generations: how often rows about files have changed, and when nothing but texts has."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from . import Ask

REMEMBERED = 100  # generations in which only texts changed


def state(rows_of: Ask) -> str:
    """Return what tells one state of the rows about files from any other, also of another index."""
    made = rows_of("SELECT value FROM about WHERE key = 'made'")
    return f"{made[0][0] if made else ''} {generation(rows_of)}"


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
