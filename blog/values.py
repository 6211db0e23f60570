"""The one place where what an author wrote in a header becomes text, a list, a flag or a number.

Header dialects hand scalars over as written wherever they can (``title: 2017`` is the text ``2017``),
so these functions see strings, or what TOML and JSON type themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

YES = {"true", "yes", "on", "y", "1"}
NO = {"false", "no", "off", "n", "0", ""}


def text(value: Any) -> str:
    """Return one line of text, white space collapsed; ``""`` for nothing, a list or a table."""
    if value is None or isinstance(value, (list, tuple, dict)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return " ".join(str(value).split())


def listed(value: Any) -> tuple[str, ...]:
    """Return a list of texts without doubles: from a list, or from a text with commas."""
    if isinstance(value, dict) or value is None:
        return ()
    parts: Iterable[Any] = value if isinstance(value, (list, tuple)) else text(value).split(",")
    return tuple(dict.fromkeys(filter(None, map(text, parts))))


def flag(value: Any) -> bool | None:
    """Return the truth of a switch, ``None`` if it is neither a yes nor a no."""
    word = text(value).lower()
    return True if word in YES else False if word in NO else None


def number(value: Any) -> int:
    """Return a whole number, 0 if it is none."""
    try:
        return int(float(text(value)))
    except (ValueError, OverflowError):
        return 0


def plural(count: int, what: str) -> str:
    """Return a count with its noun."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"
