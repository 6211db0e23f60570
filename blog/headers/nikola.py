"""``.. key: value`` lines, bare, in an HTML comment, or in a file of their own beside the text (Nikola).

https://getnikola.com/handbook.html#metadata-fields
"""

from __future__ import annotations

import re
from typing import Any

from . import keyed
from .base import LONGEST, UNSEEN, Dialect, Header, lines_from, past_line

LINE = re.compile(r"[ \t]*+\.\. ([^:\n]++):(?:[ \t]++(.*+)|[ \t]*+$)")
OPENING = re.compile(r"(?:<!--[ \t]*+\n?)?(?=[ \t]*+\.\. [^:\n]++:(?:[ \t\n]|\Z))")
ORDER = ("title", "slug", "date", "tags", "link", "description", "type")  # of lines without keys, as they were once


class Nikola(Dialect):
    """Read such lines on top of a text."""

    name = "nikola"
    begins = ".<"

    def read(self, text: str, at: int) -> Header | None:
        """Read the lines up to the first other one; an empty line, or the end of the comment, belongs to them."""
        opened = OPENING.match(text, at)
        if not opened:
            return None
        comment = opened.end() > at
        meta: dict[str, Any] = {}
        end = opened.end()
        for count, (line, after) in enumerate(lines_from(text, end)):
            found = LINE.match(line) if count < LONGEST else None
            if not found and (line.strip() or not comment or count >= LONGEST):
                break
            if found:
                meta[found[1].strip()] = value_of(found[2])
            end = min(after, len(text))
        if comment:
            close = text.find("-->", end)
            end = past_line(text, close + 3) if close >= 0 else at
        return self.header(text, meta, end) if end > at and ("title" in meta or len(meta) > 1) else None


def value_of(written: str | None) -> str | None:
    """Return a value; an empty one says nothing."""
    return UNSEEN.sub("", (written or "").strip()) or None


def beside(text: str) -> dict[str, Any]:
    """Return what a file beside a text says: ``.. key: value`` or ``key: value`` lines, or those of the old order."""
    found = {one[1].strip(): value_of(one[2]) for line, _ in lines_from(text, 0) if (one := LINE.match(line))}
    if found or keyed.find(text, 0):
        return found or keyed.meta_of(text)
    return dict(zip(ORDER, map(value_of, text.split("\n")), strict=False))
