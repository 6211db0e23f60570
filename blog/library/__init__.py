"""The library: every question that a page may ask, and the only reader and writer of content.

Views and templates know nothing but its answers, which are narrow on purpose: lists answer with
Summaries, so that a change to a body doesn't reach the pages that show only titles. While a page is
made, the questions that it asks can be noted; ``digest`` tells later whether an answer has changed.
"""

from __future__ import annotations

import json
from pathlib import Path

from .. import digests, problems
from ..documents import Document, Problem, to_document
from ..errors import BlogError
from ..files import write_whole
from ..sources import is_text
from .addresses import Address
from .kept import REFRESH_EVERY, utc_now
from .lists import Part
from .loops import INCLUDED, Loops
from .notes import NOTES, Question, noted
from .texts import Excerpt

__all__ = [
    "INCLUDED",
    "NOTES",
    "REFRESH_EVERY",
    "Address",
    "Excerpt",
    "Library",
    "Part",
    "Question",
    "noted",
    "utc_now",
]


class Library(Loops):
    """Answer questions about the site's content; thread-safe."""

    def digests(self) -> digests.Digests:
        """Return the means to tell whether answers have changed."""
        return digests.Digests(
            self.catalogue, self.rows, lambda name, *args: getattr(self, name)(*args), self.excerpt_digests
        )

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
