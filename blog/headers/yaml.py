"""YAML between ``---`` and ``---`` or ``...`` (Jekyll, Hugo, pandoc, Obsidian, gray-matter).

Also between other fences that some engines have: four dashes and more, ``###`` (DocPad), ``/*`` and ``*/`` (Pico).
https://yaml.org/spec/1.2.2/ https://gohugo.io/content-management/front-matter/ https://jekyllrb.com/docs/front-matter/
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from . import byline, loader
from .base import LONGEST, Doubt, Fenced, Header, HeaderError, Inside, line_at, lines_from

OPENING = re.compile(
    r"(?P<fence>-{3,}+|\#{3,}+|/\*)[ \t]*+(?P<kind>ya?ml)?[ \t]*+(?:\#[^\n]*+)?\n"
    r"(?P<look>(?:[ \t]*+(?:\#[^\n]*+)?\n)*+[ \t]*+(?P<first>[^\n]*+))"
)
CLOSED = re.compile(r"(?:-{3,}+|\.{3}|\#{3,}+|\*/)[ \t]*+$")
LOOSE = re.compile(r"^---.*+\n?", re.MULTILINE)
TOP_KEY = re.compile(r"^([^\s\#\"'\[\]{}>|:-][^:\n]*):(?=[ \t\n])", re.MULTILINE)


@lru_cache(maxsize=32)
def closing(fence: str) -> re.Pattern[str]:
    """Return the pattern of the line that closes a header."""
    ends = {"---": r"(?:---|\.\.\.)", "/*": r"\*/"}.get(fence, re.escape(fence))
    return re.compile(rf"^{ends}[ \t]*+(?:\n|\Z)", re.MULTILINE)


class YAML(Fenced):
    """Read a YAML header; a first ``---`` with prose under it is a rule, not a header."""

    name = "yaml"
    begins = "-#/"

    def inside(self, text: str, at: int) -> Inside | None:
        """Find the inside of a header: up to the line that closes it, else what can be told to be keys and values."""
        opened = OPENING.match(text, at)
        if not opened or not begins_well(opened["first"]):
            return None
        start = opened.start("look")
        if closed := closing(opened["fence"][:80]).search(text, start):
            return Inside(start, closed.start(), closed.end())
        return unclosed(text, start) if opened["fence"] == "---" else None

    def load(self, fm: str, **_kwargs: object) -> dict[str, Any]:
        """Return the keys and values of a header's inside."""
        table = loader.load(fm)
        if not byline.usual(table) and not byline.tidy(table):
            raise HeaderError("YAML: these seem to be sentences", 1)
        return table

    def read(self, text: str, at: int) -> Header | None:
        """Read a header; tell of keys that stand in it twice."""
        try:
            found = super().read(text, at)
        except HeaderError:
            found = self.closed_elsewhere(text, at)
            if not found:
                raise
        if found is None or found.doubts:
            return self.closed_elsewhere(text, at) or found
        twice = doubled(text, at, len(text) - len(found.body), len(found.meta))
        return self.header(text, found.meta, len(text) - len(found.body), *twice) if twice else found

    def mend(self, text: str) -> dict[str, Any]:
        """Read an inside with spaces for its tabs, else each key by itself."""
        try:
            return loader.load_with_tabs(text)
        except HeaderError:
            return byline.line_by_line(text)

    def closed_elsewhere(self, text: str, at: int) -> Header | None:
        """Read a header that another line closes than the one that should."""
        return self.closed_loosely(text, at) or self.closed_early(text, at)

    def closed_loosely(self, text: str, at: int) -> Header | None:
        """Read a header that only makes sense if a line like ``-----`` or ``--- x`` closes it (Hugo, gray-matter)."""
        opened = OPENING.match(text, at)
        closed = LOOSE.search(text, opened.start("look")) if opened else None
        if not opened or not closed or len(opened["fence"]) > 3:
            return None
        try:
            table = self.load(text[opened.start("look") : closed.start()])
        except HeaderError:
            return None
        if not byline.usual(table) or closing("---").match(text, closed.start()):
            return None
        doubt = (line_at(text, closed.start()), "this line is taken for the end of the header")
        end = closed.end() if CLOSED.match(closed[0]) else closed.start() + 3
        return self.header(text, table, end, doubt)

    def closed_early(self, text: str, at: int) -> Header | None:
        """Read a header that ends before the text does that stands above the next ``---``."""
        opened = OPENING.match(text, at)
        found = unclosed(text, opened.start("look")) if opened else None
        closed = closing("---").search(text, found.end) if found else None
        if not opened or not found or not closed or not is_prose(text[found.end : closed.start()]):
            return None
        doubt = (line_at(text, opened.start("fence")), f"the {self.name} header is never closed")
        return self.header(text, byline.line_by_line(text[found.start : found.stop]), found.end, doubt)


def is_prose(text: str) -> bool:
    """Tell whether lines are no part of a header: a paragraph ends in them, and no key follows."""
    rows = [line for line, _ in lines_from(text, 0) if line[:1] not in ("#", " ", "\t")]
    keys = {byline.known(found[0]) for line in rows if (found := byline.key_of(line))}
    return "" in rows and any(map(str.strip, rows)) and (byline.STRONG | byline.LISTS | {"draft"}).isdisjoint(keys)


def begins_well(line: str) -> bool:
    """Tell whether a header can begin with a line."""
    return bool(line.startswith(("{", "? ")) or CLOSED.fullmatch(line) or byline.key_of(line))


def unclosed(text: str, start: int) -> Inside | None:
    """Find the end of a header without one: all lines up to an empty one, or one that is none of its (Toto)."""
    end = start
    for count, (line, after) in enumerate(lines_from(text, start)):
        if count > LONGEST:
            return None
        if not line.strip() or (line[0] not in " \t#" and not byline.BULLET.match(line) and not byline.key_of(line)):
            break
        end = min(after, len(text))
    parts = byline.parts_of(text[start:end])
    return Inside(start, end, end, True) if byline.plausible(part.key for part in parts) else None


def doubled(text: str, at: int, end: int, count: int) -> list[Doubt]:
    """Tell of the keys that stand in a header more than once; ``count`` is how many there should be."""
    seen: set[str] = set()
    doubts = []
    found = list(TOP_KEY.finditer(text, at, end))
    for one in found if len(found) > count else ():
        if one[1].strip() in seen:
            doubts.append((line_at(text, one.start()), f"{one[1].strip()} is there twice; the last one counts"))
        seen.add(one[1].strip())
    return doubts
