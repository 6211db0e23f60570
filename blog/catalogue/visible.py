"""The documents that are visible at one moment: who they are, and until when that holds."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from copy import copy
from datetime import datetime
from functools import cached_property
from itertools import count
from sys import intern
from typing import NamedTuple, Self

from .. import ledger, urls
from ..index import Ask, Row
from ..index.generations import generation
from ..index.schema import NEVER
from ..settings import Settings

ENTRIES = (
    "SELECT path, kind, url, moment, day, summary_digest, draft, unlisted, noindex, begins, ends, text_digest"
    " FROM documents"
)
OF_ENTRY = 9  # columns
TOKENS = count(1)
MOST_STATES = 100  # earlier ones of which it is known what has changed since


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


class Visible:
    """Hold what may be shown at a moment, newest first."""

    def __init__(self, rows_of: Ask, settings: Settings, now: datetime) -> None:
        self.rows_of, self.settings = rows_of, settings
        self.token = next(TOKENS)  # names this state, among all of this process
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
        self.edited: dict[int, frozenset[str]] = {}  # by earlier states: all whose texts have changed since, no more
        self.texts: dict[str, str] = {row[0]: row[-1] for row in rows}  # digests of all, also of those that nobody sees

    def after_edits(self, paths: Collection[str], generation: int) -> Self:
        """Return the state at a later generation that differs in nothing but the texts of some documents."""
        later = copy(self)
        later.token, later.generation = next(TOKENS), generation
        before = [*self.edited.items(), (self.token, frozenset())][-MOST_STATES:]
        later.edited = {token: edited.union(paths) for token, edited in before}
        later.texts = self.texts | dict(self.of_some("SELECT path, text_digest FROM documents", paths))
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

    @cached_property
    def by_path(self) -> dict[str, Entry]:
        """Return the visible documents by file."""
        return {entry.path: entry for entry in self.entries}

    def of_some(self, query: str, files: Collection[str]) -> Iterator[Row]:
        """Yield the rows of some files."""
        names = sorted(files)
        for start in range(0, len(names), 500):
            part = names[start : start + 500]
            yield from self.rows_of(f"{query} WHERE path IN ({','.join('?' * len(part))})", part)
