"""A JSON object on top of the file (Hugo), or its inside between ``;;;`` (Hexo, where the first may be missing,
Middleman), ``---json`` (Eleventy), or ``{{{`` and ``}}}`` (Poet).

https://www.rfc-editor.org/rfc/rfc8259 https://gohugo.io/content-management/front-matter/
"""

from __future__ import annotations

import json
import re
from typing import Any

from . import byline, loader
from .base import UNSEEN, Fenced, HeaderError, Inside, sensible

DECODER = json.JSONDecoder(parse_float=str, parse_int=str, strict=False)
OPENING = re.compile(r'\{\s*+(?:"[^"\n]*+"\s*+:|\}[ \t]*+(?:\n|\Z))')
FENCE = re.compile(r"(?P<fence>;{3,}+|---)[ \t]*+(?P<kind>json5?)?[ \t]*+\n(?P<look>\s*+[\"'{\w])")
TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[{}]', re.DOTALL)
REST = re.compile(r"[ \t]*+(?:\n|\Z)")
BARE = re.compile(r'"[^"\n]++"[ \t]*+:')
CLOSED = re.compile(r"^;{3,}+[ \t]*+(?:\n|\Z)", re.MULTILINE)
TRIPLE = re.compile(r"^\}\}\}[ \t]*+(?:\n|\Z)", re.MULTILINE)
PAIR = re.compile(r'^[ \t]*+(?:"([^"\n]++)"|(\w++))[ \t]*+:[ \t]*+(.*+)$', re.MULTILINE)


class JSON(Fenced):
    """Read a JSON header; the body begins after the brace or the fence that closes it."""

    name = "json"
    begins = '{;-"'

    def inside(self, text: str, at: int) -> Inside | None:
        """Find an object's text, or that between two fences."""
        opened = FENCE.match(text, at)
        if opened and (opened["fence"] != "---" or opened["kind"]):
            start = opened.start("look")
            closed = re.compile(rf"^{opened['fence'][:80]}[ \t]*+(?:\n|\Z)", re.MULTILINE).search(text, start)
            return Inside(start, closed.start(), closed.end()) if closed else None
        if BARE.match(text, at):
            closed = CLOSED.search(text, at)
            return Inside(at, closed.start(), closed.end()) if closed else None
        if text.startswith("{{{\n", at):
            closed = TRIPLE.search(text, at)
            return Inside(at + 3, closed.start(), closed.end()) if closed else None
        if not OPENING.match(text, at):
            return None
        stop = end_of_object(text, at)
        rest = REST.match(text, stop) if stop else None
        return Inside(at, stop, rest.end() if rest else stop) if stop else None

    def load(self, fm: str, **_kwargs: object) -> dict[str, Any]:
        """Return the keys and values of the object; its braces may be missing."""
        text = fm.strip()
        if text[:1] not in "\"'{":  # Coleslaw has keys and values between such fences
            return byline.line_by_line(text)
        try:
            return sensible(DECODER.decode(text if text.startswith("{") else f"{{{text}}}"))
        except json.JSONDecodeError as error:
            raise HeaderError(f"JSON: {error.msg}", error.lineno) from None
        except RecursionError:
            raise HeaderError("JSON: nested too deeply", 1) from None

    def mend(self, text: str) -> dict[str, Any]:
        """Read an object as YAML, which forgives a last comma, or else each line with a key by itself."""
        bare = text.strip().removeprefix("{").removesuffix("}").strip()
        for attempt in (f"{{{bare}}}", bare):
            try:
                return loader.load(attempt)
            except HeaderError:
                continue
        return {one[1] or one[2]: self.value(one[3]) for one in PAIR.finditer(bare)}

    def value(self, written: str) -> Any:
        """Return the value on a line."""
        written = written.strip().removesuffix(",").strip()
        try:
            return sensible({"k": DECODER.decode(written)})["k"]
        except (HeaderError, ValueError, RecursionError):
            return UNSEEN.sub("", byline.unquoted(written))


def end_of_object(text: str, at: int) -> int:
    """Return where the brace that closes the object at a place ends; 0 if there is none."""
    depth = 0
    for token in TOKEN.finditer(text, at):
        depth += (token[0] == "{") - (token[0] == "}")
        if not depth:
            return token.end()
    return 0
