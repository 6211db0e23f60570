"""TOML between ``+++`` and ``+++`` (Hugo, Zola).

https://toml.io/en/v1.0.0
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from .base import Dialect, HeaderError, sensible


class TOML(Dialect):
    """Read a TOML header; numbers with a point stay as written."""

    name = "toml"
    opening = re.compile(r"\+\+\+[ \t]*(?:\n|\Z)")
    fenced = re.compile(r"\+\+\+[ \t]*\n(.*?\n)??\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)

    def load(self, fm: str, **_kwargs: object) -> dict[str, Any]:
        """Return the keys and values of a header's inside."""
        try:
            return sensible(tomllib.loads(fm, parse_float=str))
        except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
            found = re.search(r"line (\d+)", str(error))
            raise HeaderError(f"TOML: {error}", int(found[1]) + 1 if found else 1) from None
