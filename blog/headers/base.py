"""What all dialects share."""

from __future__ import annotations

import re
from typing import Any

from frontmatter.default_handlers import BaseHandler

LARGEST = 20_000  # values in one header; more is an attack or an accident
MERGE = "<<"
DEEPEST = 50  # values inside each other
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # XML has no place for these


class HeaderError(Exception):
    """Say what is wrong with a header and on which line of the file."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class Dialect(BaseHandler):
    """Find, split and load one kind of header.

    ``FENCED`` matches a whole header from the start of the text, its inside in group 1;
    ``opening`` is what the first lines must look like.
    """

    name = ""
    opening: re.Pattern[str]
    fenced: re.Pattern[str]
    # BaseHandler wants these for its own split and format; ours are the patterns above.
    FM_BOUNDARY = re.compile(r"^-{3,}\s*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"

    def detect(self, text: str) -> bool:
        """Tell whether the text opens with this kind of header."""
        return bool(self.opening.match(text))

    def split(self, text: str) -> tuple[str, str]:
        """Return the inside of the header and the body after it."""
        found = self.fenced.match(text)
        if not found:
            raise HeaderError(f"the {self.name} header is never closed", 1)
        return found[1] or "", text[found.end() :]


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
        table = {str(cleaned(key, count, depth)): cleaned(inner, count, depth + 1) for key, inner in value.items()}
        return merged(table) if MERGE in table else table
    if isinstance(value, set):
        value = sorted(value, key=str)
    if isinstance(value, (list, tuple)):
        return [cleaned(inner, count, depth + 1) for inner in value]
    return value
