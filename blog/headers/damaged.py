"""Headers whose fence or first line is damaged: no dialect knows them, yet they may say that this is a draft."""

from __future__ import annotations

import re
from typing import Any

from .base import LONGEST, UNSEEN, Header, line_at, lines_from
from .byline import known, loose, usual

OPENING = re.compile(r"(?:[-+;]{3,}+|[—–]{1,3}+)[ \t]*+\w*+[ \t]*+\n")  # some editors make dashes of hyphens
CLOSING = re.compile(r"(?:[-+;]{3,}+|[—–]{1,3}+|\.{3})[ \t]*+$")
KEY = re.compile(r"[\s\"'“”‘’{]*+([^\W\d][\w-]*+)[\"'“”‘’]*+[ \t]*+[:：=](?![:/])[ \t]*+(.*+)")
SAID = re.compile(r"\W*+(draft|published|status)\W++(\w++)\W*+$", re.IGNORECASE)
HELD = {
    "draft": {"true", "yes", "on", "1"},
    "published": {"false", "no", "off", "0"},
    "status": {"draft", "private", "pending", "trash", "unpublished"},
}


def read(text: str, at: int) -> Header | None:
    """Read what begins with a fence line by line, if all lines up to the next fence are keys and values.

    Else the text stays whole; it is held back if one of the lines says so.
    """
    opened = OPENING.match(text, at)
    rows, end = inside(text, opened.end()) if opened else ([], 0)
    if not rows:
        return None
    line = line_at(text, at)
    table = table_of(rows) if end else None
    if table and usual(table):
        doubt = (line, "this begins like a header, but isn't quite one; it is read line by line")
        return Header("toml" if text[at] == "+" else "yaml", table, text[end:], line_at(text, end), (doubt,))
    held = next((said for row in paragraph(rows) if (said := holds_back(row))), None)
    if held is None:
        return None
    doubt = (line, f"this begins like a header, but is read as text; it is held back by {held[0]}: {held[1]}")
    return Header(meta={held[0]: held[1]}, body=text, doubts=(doubt,))


def inside(text: str, at: int) -> tuple[list[str], int]:
    """Return the lines up to a fence, and where the text begins below it; 0 if there is none."""
    rows: list[str] = []
    for line, after in lines_from(text, at):
        if CLOSING.match(line):
            return rows, min(after, len(text))
        if len(rows) > LONGEST:
            break
        rows.append(line)
    return rows, 0


def paragraph(rows: list[str]) -> list[str]:
    """Return the lines up to the first empty one below another."""
    start = next((place for place, row in enumerate(rows) if row.strip()), len(rows))
    return rows[start : next((place for place in range(start, len(rows)) if not rows[place].strip()), len(rows))]


def table_of(rows: list[str]) -> dict[str, Any] | None:
    """Return what lines say, ``None`` if one of them is neither a key nor belongs to one."""
    table: dict[str, Any] = {}
    last = ""
    for row in rows:
        found = KEY.match(row)
        if found and (row[:1] not in " \t" or usual([found[1]])):
            last = UNSEEN.sub("", found[1])
            table[last] = loose(UNSEEN.sub("", found[2].strip().rstrip("},")), last) or None
        elif last and row.lstrip().startswith("- "):
            above = table[last]
            table[last] = [*(above if isinstance(above, list) else []), UNSEEN.sub("", row.strip()[2:].strip())]
        elif row.strip() and not row.startswith("#") and not (last and row[:1] in " \t"):
            return None
    return table


def cut_off(text: str, at: int) -> list[str]:
    """Return the lines that a header would go on with, had it not ended at one that isn't understood."""
    return [] if text.startswith("\n", at) else paragraph(inside(text, at)[0])


def holds_back(row: str) -> tuple[str, str] | None:
    """Return key and value of a line that says that this isn't to be published."""
    found = SAID.match(row) if len(row) < 100 else None
    return (known(found[1]), found[2]) if found and found[2].lower() in HELD[known(found[1])] else None
