"""TOML between ``+++`` and ``+++`` (Hugo, Zola).

https://toml.io/en/v1.0.0
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from .base import Dialect, HeaderError, sensible

DEEPEST = 1000
DEEP = re.compile(r"(?:[\w\"'-]+[ \t]*\.[ \t]*){100}")  # a.b.c.d...


class TOML(Dialect):
    """Read a TOML header; numbers with a point stay as written."""

    name = "toml"
    opening = re.compile(r"\+\+\+[ \t]*(?:\n|\Z)")
    fenced = re.compile(r"\+\+\+[ \t]*\n(.*?\n)??\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)

    def load(self, fm: str, **_kwargs: object) -> dict[str, Any]:
        """Return the keys and values of a header's inside."""
        if DEEP.search(fm) or fm.count("[") + fm.count("{") > DEEPEST:
            raise HeaderError("TOML: nested too deeply", 1)
        try:
            return sensible(tomllib.loads(fm, parse_float=str))
        except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
            said, place = re.fullmatch(r"(.*?)(?: \(at (.*)\))?", str(error), re.DOTALL).groups()  # type: ignore[union-attr]
            line = re.match(r"line (\d+)", place or "")
            last = fm.count("\n") + (not fm.endswith("\n"))
            raise HeaderError(f"TOML: {said}", 1 + (int(line[1]) if line else last)) from None
