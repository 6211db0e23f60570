"""What all dialects share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import frontmatter
from frontmatter.default_handlers import BaseHandler

LARGEST = 20_000  # values in one header; more is an attack or an accident
LONGEST = 2_000  # lines of a header
MERGE = "<<"
DEEPEST = 50  # values inside each other
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # XML has no place for these
Doubt = tuple[int, str]  # a line of the file, and what is doubtful there


@dataclass(frozen=True, slots=True)
class Header:
    """Hold what a header says: keys as written; ``body_line`` is the line on which the body begins.

    ``doubts`` are the places where another program may understand something else.
    """

    dialect: str = "none"
    meta: Mapping[str, Any] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    doubts: tuple[Doubt, ...] = ()


class HeaderError(Exception):
    """Say what is wrong with a header and on which line of it, or of the file."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class Dialect:
    """Find and read one kind of header.

    ``begins`` holds the characters that it can begin with; none: a letter.
    """

    name = ""
    begins = ""

    def read(self, text: str, at: int) -> Header | None:
        """Return the header that stands at a place, ``None`` if there is none of this kind."""
        raise NotImplementedError

    def header(self, text: str, meta: Mapping[str, Any], end: int, *doubts: Doubt) -> Header:
        """Return a header after which, at ``end``, the body begins."""
        return Header(self.name, meta, text[end:], line_at(text, end), doubts)


class Inside(NamedTuple):
    """Hold where the inside of a fenced header lies, and where the body begins; ``open`` if no fence closes it."""

    start: int
    stop: int
    end: int
    open: bool = False


class Fenced(Dialect, BaseHandler):
    """Find, split and load a header between two fences: a handler as python-frontmatter knows them.

    ``load`` reads as the format wants it, or raises ``HeaderError``; then ``mend`` reads line by line.
    """

    # BaseHandler wants these for its own detect, split and format.
    FM_BOUNDARY = re.compile(r"^-{3,}\s*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"

    def inside(self, text: str, at: int) -> Inside | None:
        """Find a header's inside; ``None`` if there is no header of this kind."""
        raise NotImplementedError

    def mend(self, text: str) -> dict[str, Any]:
        """Return what can be understood of an inside that is broken, nothing if it seems to be no header."""
        raise NotImplementedError

    def detect(self, text: str) -> bool:
        """Tell whether a text opens with such a header."""
        return self.inside(text, 0) is not None

    def split(self, text: str) -> tuple[str, str]:
        """Return the inside and what comes after the header."""
        found = self.inside(text, 0)
        if found is None:
            raise ValueError("there is no header")
        return text[found.start : found.stop], text[found.end :]

    def read(self, text: str, at: int) -> Header | None:
        """Read a header as its format wants it, else line by line; raise ``HeaderError`` if that says nothing."""
        found = self.inside(text, at)
        if found is None:
            return None
        doubts = [(line_at(text, at), f"the {self.name} header is never closed")] if found.open else []
        try:
            # parse() would strip a code block's indent from a body: it sees the header only.
            meta, _ = frontmatter.parse(text[at : found.end], handler=self)
        except HeaderError as error:
            meta = self.mend(text[found.start : found.stop])
            line = min(line_at(text, found.start) - 1 + max(error.line, 1), text.count("\n") + 1)
            if meta and not any(meta.values()):
                raise HeaderError(str(error), line) from None
            doubts.append((line, f"{error}; the header is read line by line"))
            return self.header(text, meta, found.end, *doubts) if meta else None
        return self.header(text, meta, found.end, *doubts)


def line_at(text: str, at: int) -> int:
    """Return the line that a place lies on."""
    return text.count("\n", 0, at) + 1


def past_line(text: str, at: int) -> int:
    """Return where the next line begins if nothing else stands on this one, else the place itself."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return min(end + 1, len(text)) if not text[at:end].strip() else at


def lines_from(text: str, at: int) -> Iterator[tuple[str, int]]:
    """Yield each line from a place on, and where the next one begins."""
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield text[at:end], end + 1
        at = end + 1


def sensible(value: Any) -> dict[str, Any]:
    """Return a loaded header as a table of texts, lists and tables; refuse what is none, or explodes."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise HeaderError("the header is not a list of keys and values", 1)
    table = cleaned(value, [0], 0)
    assert isinstance(table, dict)
    return table


def merged(table: dict[str, Any]) -> dict[str, Any]:
    """Return a table with what its merge key names under what it says itself.

    https://yaml.org/type/merge.html
    """
    below = table.pop(MERGE)
    for other in below if isinstance(below, list) else [below]:
        if isinstance(other, dict):
            table = other | table
    return table


def cleaned(value: Any, count: list[int], depth: int) -> Any:
    """Return a value without what can't be shown or stored; ``count`` is how many values there were so far."""
    count[0] += 1
    if count[0] > LARGEST:
        raise HeaderError(f"the header holds more than {LARGEST} values", 1)
    if depth > DEEPEST:
        raise HeaderError(f"the header is nested more than {DEEPEST} times", 1)
    if isinstance(value, str):
        return UNSEEN.sub("", value)
    if isinstance(value, dict):
        table = {
            str(cleaned("null" if key is None else key, count, depth)): cleaned(inner, count, depth + 1)
            for key, inner in value.items()
        }
        return merged(table) if MERGE in table else table
    if isinstance(value, set):
        value = sorted(value, key=str)
    if isinstance(value, (list, tuple)):
        return [cleaned(inner, count, depth + 1) for inner in value]
    return value
