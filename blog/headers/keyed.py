"""``Key: value`` lines: up to an empty line (Pelican, MultiMarkdown, Flask-FlatPages), or to a ``---`` (Hexo, Poole).

Keys that begin with a capital are Pelican's and MultiMarkdown's, whose values are what is written, quotes and all;
other values are YAML. Lines that only look like that are no header: one of the keys must be such that programs use.
https://python-markdown.github.io/extensions/meta_data/ https://fletcher.github.io/MultiMarkdown-6/syntax/metadata.html
https://flask-flatpages.readthedocs.io/ https://hexo.io/docs/front-matter
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from . import byline, loader
from .base import LONGEST, Dialect, Doubt, Header, HeaderError, line_at, lines_from, past_line
from .byline import BLOCK, BULLET, KEY, KNOWN, STRONG, TIGHT, Part, known, unquoted
from .toml import TOML
from .yaml import YAML

CLOSED = re.compile(r"(?:-{3,}+|\.{3}|;{3,}+|_{3,}+)[ \t]*+$")  # ___: Bear
QUOTED = re.compile(r"(\"[^\"\n]++\"|'[^'\n]++')[ \t]*+:(?=[ \t]|$)[ \t]*+(.*+)")
COMMENT = re.compile(r"#(?:[ \t]*+[\w-]++:|[^\s#])")
COMMENTED = re.compile(r"<!--++\s*+(?=(?P<fence>(?:---|\+\+\+)[ \t]*+\n)|[A-Za-z_])")


class Lines(NamedTuple):
    """Hold the parts of a header with the places on which they begin, and where it ends."""

    parts: list[Part]
    places: list[int]
    stop: int
    end: int
    closed: bool  # by a line of dashes
    cut: bool = False  # by a line that is neither empty nor a header's


class Keyed(Dialect):
    """Read keys and values without a fence above them."""

    name = "keyed"

    def read(self, text: str, at: int) -> Header | None:
        """Read the lines, unless they seem to be prose."""
        lines = find(text, at)
        if lines is None or not convincing(lines):
            return None
        doubts = [*weak(text, at, lines), *twice(text, lines)]
        capital = lines.parts[0].key[:1].isupper()
        if lines.closed and text.startswith("BODY:\n", lines.end):  # NanoBlogger, Movable Type
            lines = lines._replace(end=lines.end + len("BODY:\n"))
        whole = lines.closed or not (twice(text, lines) or " #" in text[at : lines.stop])
        if whole and not capital:  # as one piece it is read faster than part by part
            try:
                return self.header(text, loader.load_with_tabs(text[at : lines.stop]), lines.end, *doubts)
            except HeaderError:
                pass
        parts = lines.parts if lines.closed else first_ones(lines.parts)
        return self.header(text, byline.table_of(parts, as_written=capital), lines.end, *doubts)


class Indented(Dialect):
    """Read the same where all of it is indented as code is (Frog)."""

    name = "keyed"
    begins = " \t"

    def read(self, text: str, at: int) -> Header | None:
        """Read the lines up to an empty one, if they have a title and a date."""
        rows: list[str] = []
        end = at
        for line, after in lines_from(text, at):
            if not line.startswith(("    ", "\t")) or len(rows) > LONGEST:
                break
            rows.append(line.removeprefix("\t").removeprefix("    "))
            end = min(after, len(text))
        lines = find("\n".join(rows), 0) if rows and KEY.match(rows[0]) else None
        if lines is None or lines.cut or {"title", "date"} - {known(part.key) for part in lines.parts}:
            return None
        return self.header(text, byline.table_of(lines.parts, as_written=True), past_line(text, end))


class Commented(Dialect):
    """Read keys and values within an HTML comment, or a whole header that is commented out (Hugo, once)."""

    name = "comment"
    begins = "<"

    def read(self, text: str, at: int) -> Header | None:
        """Read a comment in which nothing else stands."""
        opened = COMMENTED.match(text, at)
        close = text.find("-->", at) if opened else -1
        if not opened or close < 0:
            return None
        end = past_line(text, close + 3)
        for fenced in (YAML(), TOML()) if opened["fence"] else ():
            found = fenced.read(text[:close], opened.end())
            if found and not found.body.strip():
                return Header(fenced.name, found.meta, text[end:], line_at(text, end), found.doubts)
        inner = text[opened.end() : close].rstrip().rstrip("-").rstrip()
        lines = find(inner, 0)
        if lines is None or lines.end < len(inner) or not convincing(lines):
            return None
        return self.header(text, byline.table_of(lines.parts), end)


def find(text: str, at: int) -> Lines | None:
    """Find the lines of a header; ``None`` if the first one is none.

    They may go on below empty lines if dashes close them; else the first empty line does.
    """
    parts: list[Part] = []
    places: list[int] = []
    here, gap = at, None
    for count, (line, after) in enumerate(lines_from(text, at)):
        if count > LONGEST:
            parts = parts if gap else []
            break
        after = min(after, len(text))
        if parts and CLOSED.match(line) and (line[0] != "." or not gap):
            return Lines(parts, places, here, after, True)
        if not line.strip():
            if not parts:
                return None
            gap = gap or (len(parts), len(parts[-1].below), here, after)
            if parts[0].key[:1].isupper():  # Pelican's end there, whatever comes
                break
        elif part := begun(line, parts, bool(gap)):
            parts.append(part)
            places.append(here)
        elif not belongs(line, parts, bool(gap)):
            break
        elif not COMMENT.match(line):
            parts[-1].below.append(line)
        here = after
    if gap:
        whole, below, here, after = gap
        del parts[whole:], places[whole:], parts[-1].below[below:]
        return Lines(parts, places, here, after, False)
    return Lines(parts, places, here, here, False, here < len(text)) if parts else None


def begun(line: str, parts: list[Part], gap: bool) -> Part | None:
    """Return the part that a line begins, if it does: below an empty line only one with a key that is known."""
    indent = len(line) - len(line.lstrip(" "))
    if indent > 3 or (indent and parts and not parts[-1].value) or (indent and parts and BLOCK.match(parts[-1].value)):
        return None
    line = line[indent:]
    found = KEY.match(line) or QUOTED.match(line)
    if not found:
        found = TIGHT.match(line)
        found = found if found and known(found[1]) in KNOWN else None
    if not found or ((gap or indent) and known(found[1]) not in KNOWN):
        return None
    return Part(unquoted(found[1]), found[2].strip(), [])


def belongs(line: str, parts: list[Part], gap: bool) -> bool:
    """Tell whether a line belongs to the part above it: it is indented, a list's where there is no value, a comment."""
    if not parts:
        return False
    last = parts[-1]
    open_list = not last.value and (not last.below or BULLET.match(last.below[0].lstrip()))
    if line[0] in " \t":
        return not gap or bool(not last.value or BLOCK.match(last.value))
    return bool((BULLET.match(line) and open_list) or COMMENT.match(line))


def convincing(lines: Lines) -> bool:
    """Tell whether lines are a header rather than prose with colons.

    A key that only a header has will do, or two that it may have; where text follows at once, there must be a title.
    """
    names = {known(part.key) for part in lines.parts}
    if lines.cut:
        return "title" in names or ("date" in names and len(names & KNOWN) > 1)
    return bool(names & STRONG) or len(names & KNOWN) > 1


def first_ones(parts: list[Part]) -> list[Part]:
    """Return the parts whose key stands there for the first time: Pelican takes those."""
    found: dict[str, Part] = {}
    for part in parts:
        found.setdefault(part.key.lower(), part)
    return list(found.values())


def weak(text: str, at: int, lines: Lines) -> list[Doubt]:
    """Tell of lines of which none has a key that only headers have: somebody's text may begin so too."""
    sure = lines.closed or any(known(part.key) in STRONG for part in lines.parts)
    return [] if sure else [(line_at(text, at), "these lines are taken for a header")]


def twice(text: str, lines: Lines) -> list[Doubt]:
    """Tell of the keys that stand there more than once."""
    which = "last" if lines.closed else "first"
    seen: set[str] = set()
    doubts = []
    line, done = 1, 0
    for part, place in zip(lines.parts, lines.places, strict=True):
        line += text.count("\n", done, place)
        done = place
        if part.key.lower() in seen:
            doubts.append((line, f"{part.key} is there twice; the {which} one counts"))
        seen.add(part.key.lower())
    return doubts


def meta_of(text: str) -> dict[str, Any]:
    """Return what lines say that stand in a file of their own."""
    lines = find(text, 0)
    return byline.table_of(lines.parts) if lines else {}
