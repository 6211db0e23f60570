"""TOML between ``+++`` and ``+++`` (Hugo, Zola).

https://toml.io/en/v1.0.0 https://www.getzola.org/documentation/content/page/#front-matter
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from . import byline
from .base import LARGEST, LONGEST, UNSEEN, Fenced, HeaderError, Inside, lines_from, sensible

DEEPEST = 1000
DEEP = re.compile(r"(?:[\w\"'-]++[ \t]*+\.[ \t]*+){100}")  # a.b.c.d...
OPENING = re.compile(r"(\+{3,}+|---)[ \t]*+(toml)?[ \t]*+(?:\#[^\n]*+)?\n")
CLOSING = {
    "+": re.compile(r"^\+{3,}+[ \t]*+(?:\n|\Z)", re.MULTILINE),
    "-": re.compile(r"^---[ \t]*+(?:\n|\Z)", re.MULTILINE),
}
ASSIGNED = re.compile(r"[ \t]*+([\w.-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+[=:][ \t]*+(.*)")
TABLE = re.compile(r"[ \t]*+\[([\w.\" -]++)\][ \t]*+(?:\#.*)?$")


class TOML(Fenced):
    """Read a TOML header; numbers with a point stay as written."""

    name = "toml"
    begins = "+-"

    def inside(self, text: str, at: int) -> Inside | None:
        """Find the inside of a header, up to a line that isn't one of its if nothing closes it."""
        opened = OPENING.match(text, at)
        if not opened or (opened[1] == "---" and not opened[2]):
            return None
        start = opened.end()
        if closed := CLOSING[opened[1][0]].search(text, start):
            return Inside(start, closed.start(), closed.end())
        end = start
        for count, (line, after) in enumerate(lines_from(text, start)):
            if count > LONGEST:
                return None
            if not (ASSIGNED.match(line) or TABLE.match(line) or line.startswith("#")):
                break
            end = min(after, len(text))
        return Inside(start, end, end, True) if byline.plausible(keys_of(text[start:end])) else None

    def load(self, fm: str, **_kwargs: object) -> dict[str, Any]:
        """Return the keys and values of a header's inside."""
        if DEEP.search(fm) or fm.count("[") + fm.count("{") > DEEPEST:
            raise HeaderError("TOML: nested too deeply", 1)
        if fm.count("\n") + fm.count(",") > LARGEST:
            raise HeaderError(f"the header holds more than {LARGEST} values", 1)
        try:
            return sensible(tomllib.loads(fm, parse_float=str))
        except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
            said, place = re.fullmatch(r"(.*?)(?: \(at (.*)\))?", str(error), re.DOTALL).groups()  # type: ignore[union-attr]
            line = re.match(r"line (\d+)", place or "")
            last = fm.count("\n") + (not fm.endswith("\n"))
            raise HeaderError(f"TOML: {said}", int(line[1]) if line else last) from None

    def mend(self, text: str) -> dict[str, Any]:
        """Return what each line says by itself; a table's keys belong to it, the last of two alike wins."""
        if text.count("\n") > LONGEST:
            return {}
        found: dict[str, Any] = {}
        table, asked = found, 0
        for key, lines in assignments(text):
            if not lines:
                inner = found.setdefault(key, {})
                table = inner if isinstance(inner, dict) else found
                continue
            asked += 1
            table[UNSEEN.sub("", key)] = self.value("\n".join(lines), asked <= byline.MOST)
        return found

    def value(self, text: str, ask: bool) -> Any:
        """Return a value as TOML if it is that, else as written."""
        try:
            return self.load(f"k = {text}")["k"] if ask else byline.unquoted(text.strip())
        except (HeaderError, KeyError):
            return byline.loose(UNSEEN.sub("", text.strip().rstrip(",")))


def assignments(text: str) -> list[tuple[str, list[str]]]:
    """Return the keys with the lines of their values, and with no lines the tables."""
    found: list[tuple[str, list[str]]] = []
    for line, _ in lines_from(text, 0):
        if one := TABLE.match(line):
            found.append((one[1].replace('"', "").strip(), []))
        elif one := ASSIGNED.match(line):
            found.append((byline.unquoted(one[1]), [one[2]]))
        elif found and found[-1][1] and line.strip() and not line.lstrip().startswith("#"):
            found[-1][1].append(line)
    return found


def keys_of(text: str) -> list[str]:
    """Return the keys that are assigned to."""
    return [key for key, lines in assignments(text) if lines]
