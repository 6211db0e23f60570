"""What all dialects share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from frontmatter.default_handlers import BaseHandler

LARGEST = 20_000  # values in one header; more is an attack or an accident


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
    """Return a loaded header with text keys; refuse what isn't a table or explodes."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise HeaderError("the header is not a list of keys and values", 1)
    for count, _ in enumerate(walk(value)):
        if count > LARGEST:
            raise HeaderError(f"the header holds more than {LARGEST} values", 1)
    return {str(key): inner for key, inner in value.items()}


def walk(value: Any) -> Iterator[Any]:
    """Yield every value inside a value, itself first; endless if it holds itself."""
    todo = [value]
    while todo:
        inner = todo.pop()
        yield inner
        if isinstance(inner, dict):
            todo.extend(inner.values())
        elif isinstance(inner, list):
            todo.extend(inner)
