"""What the library knows, kept up with the files: the index, what is visible now, Summaries, rendered texts."""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .. import indexer, ledger
from ..catalogue import Catalogue, Entry, Gone
from ..documents import Document, Summary, to_document, to_summary
from ..index import Index, Row, generations, writing
from ..index.writing import Rendered
from ..markup import choices
from ..settings import Settings
from ..sources import Bounds, Place

LOG = logging.getLogger("blog")
REFRESH_EVERY = 1.0  # seconds between looks at the folder while serving
MOST_SUMMARIES = 500  # kept while serving
BUSY = 1.0  # seconds until what is rendered is written again to an index that couldn't be written


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


class Kept:
    """Hold the state of a library; thread-safe."""

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
        return generations.generation(self.rows), ledger.stamp(self.settings.ledger)

    def state(self, of_index: str = "") -> str:
        """Return what tells one state of all that the answers rest on from any other; that of the index may be given.

        Others may write to the index while the library is held still.
        """
        return f"{of_index or generations.state(self.index.rows)} {ledger.stamp(self.settings.ledger)}"

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

    def rows(self, sql: str, values: Iterable[Any] = ()) -> list[Row]:
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
            if not self.pinned and contents and contents.generation != generations.generation(self.rows):
                self.contents = Catalogue(self.rows, self.settings, self.now())

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
                    writing.put_rendered(db, path, rendered)
        except sqlite3.DatabaseError:  # others wait for this too: not again soon
            self.busy_until = time.monotonic() + BUSY
