"""Fields with a line of dashes between them, of which one is the body (Lektor, Kirby).

https://www.getlektor.com/docs/content/ https://getkirby.com/docs/guide/content/text-files
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .base import UNSEEN, Dialect, Header, line_at, lines_from
from .byline import KNOWN, known

BODIES = ("body", "text", "content", "contents", "main", "article", "page_body", "maincontent", "blocks")
FIELD = re.compile(r"[ \t]*+([^\W\d][\w .-]{0,60}+)[ \t]*+:(.*+)", re.DOTALL)
# Under a first field there is no second one: that would be lines of keys, with a rule somewhere in the text.
ALONE = re.compile(r"[^\W\d][\w .-]{0,60}+:.*+(?:\n(?![^\W\d][\w-]*+:[ \t])|\Z)")
DASHES = re.compile(r"-{3,}\s*+$")
SEPARATOR = re.compile(r"\n---[ \t]*+(?:\n|\Z)")
DIVIDER = re.compile(r"\n----\s*+")
ESCAPED = re.compile(r"^\\----", re.MULTILINE)
BLOCK = re.compile(r"^####[ \t]*+([^#\n]++)####[ \t]*+$", re.MULTILINE)


class Field(NamedTuple):
    """Hold a field's value and the line on which it begins."""

    value: str
    line: int


class Records(Dialect):
    """Read fields; what all of them share is how the body is told from the rest."""

    def fields(self, text: str, at: int) -> dict[str, Field] | None:
        """Return the fields of a text in this form, ``None`` if it isn't."""
        raise NotImplementedError

    def text_of(self, value: str) -> str:
        """Return what a field holds of text."""
        return value

    def read(self, text: str, at: int) -> Header | None:
        """Read all fields; the body is one with a usual name, else the longest of many lines."""
        fields = self.fields(text, at)
        if not fields:
            return None
        key = body_key(fields)
        meta = {name: UNSEEN.sub("", one.value) or None for name, one in fields.items() if name != key}
        if not key:
            return Header(self.name, meta, "", line_at(text, len(text)))
        return Header(self.name, meta, self.text_of(fields[key].value), fields[key].line)


class Lektor(Records):
    """Read ``key: value`` fields with ``---`` between them; in a value such a line has one dash more."""

    name = "lektor"

    def fields(self, text: str, at: int) -> dict[str, Field] | None:
        """Return the fields, if at least two have a name that such files have, or one has the body."""
        if not FIELD.match(text, at) or not SEPARATOR.search(text, at):
            return None
        fields = lektor_fields(text[at:], line_at(text, at))
        named = [key for key in fields or () if key.islower() and " " not in key]
        sure = fields and len(named) == len(fields) and (len(fields) > 2 or not set(BODIES).isdisjoint(fields))
        return fields if sure and any(known(key) in KNOWN for key in named) else None

    def text_of(self, value: str) -> str:
        """Return the texts of a flow's blocks; a text that is no flow stays what it is."""
        if not BLOCK.match(value):
            return value
        pieces = BLOCK.split(value)[2::2]
        blocks = [lektor_fields(piece.lstrip("\n"), 1) or {} for piece in pieces]
        texts = [block[key].value.strip("\n") for block in blocks if (key := body_key(block))]
        return "\n\n".join(filter(None, texts)) + "\n"


class LektorFile(Lektor):
    """Read a file of Lektor's: by its name, whatever fields it has."""

    def fields(self, text: str, at: int) -> dict[str, Field] | None:
        """Return the fields."""
        return lektor_fields(text[at:], line_at(text, at))


class Kirby(Records):
    """Read ``Key: value`` fields with ``----`` between them; in a value such a line has a backslash in front."""

    name = "kirby"

    def fields(self, text: str, at: int) -> dict[str, Field] | None:
        """Return the fields, ``_`` for dashes and spaces in keys; none if a part is no field."""
        if not ALONE.match(text, at) or not DIVIDER.search(text, at):
            return None
        fields: dict[str, Field] = {}
        here, line = at, line_at(text, at)
        for divider in [*DIVIDER.finditer(text, at), None]:
            stop = divider.start() if divider else len(text)
            piece = text[here:stop]
            if found := FIELD.match(piece.lstrip()):
                lead = len(found[2]) - len(found[2].lstrip())
                start = here + len(piece) - len(piece.lstrip()) + found.start(2) + lead
                value = found[2].strip()
                value = ESCAPED.sub("----", value) if "\\----" in value else value
                line += text.count("\n", here, start)
                fields[re.sub(r"[ -]", "_", found[1].strip().lower())] = Field(value, line)
                here, line = start, line
            elif piece.strip():
                return None
            line += text.count("\n", here, divider.end() if divider else stop)
            here = divider.end() if divider else stop
        return fields if {"title", "text", "uuid", *BODIES} & fields.keys() or len(fields) > 2 else None

    def text_of(self, value: str) -> str:
        """Return the texts of blocks; a text that is no list of blocks stays what it is."""
        if not value.startswith("[{"):
            return value
        try:
            texts = [UNSEEN.sub("", text) for text in texts_of(json.loads(value))]
        except (ValueError, RecursionError):
            return value
        return "\n\n".join(texts) + "\n" if texts else value


def texts_of(blocks: Any) -> Iterator[str]:
    """Yield the texts of Kirby's blocks, and of those within others, as Markdown or HTML.

    https://getkirby.com/docs/reference/panel/blocks
    """
    for block in blocks if isinstance(blocks, list) else []:
        if not isinstance(block, dict):
            continue
        content = block.get("content")
        inner = content if isinstance(content, dict) else block
        text = inner.get("text") or inner.get("code")
        if isinstance(text, str):
            yield marked(str(block.get("type")), text, inner)
        for value in inner.values():
            yield from texts_of(value)


def marked(kind: str, text: str, content: Mapping[str, Any]) -> str:
    """Return the text of a block with what Markdown has for its kind."""
    if kind == "heading":
        level = str(content.get("level", "h2"))[1:]
        return f"{'#' * (int(level) if level in ('1', '2', '3', '4', '5', '6') else 2)} {' '.join(text.split())}"
    if kind == "code":
        return f"~~~~~~ {content.get('language') or ''}\n{text}\n~~~~~~"
    return f"<blockquote>{text}</blockquote>" if kind == "quote" else text


def lektor_fields(text: str, first: int) -> dict[str, Field]:
    """Return the fields of a text in Lektor's form; where one should begin, lines without a colon are passed over."""
    fields: dict[str, Field] = {}
    key, start, values, wanted = "", 0, [""], False

    def flush() -> None:
        if key:
            fields[key] = Field("\n".join(one[1:] if DASHES.match(one.strip()) else one for one in values), start)

    for number, (line, _) in enumerate(lines_from(text, 0), first):
        if line.rstrip() == "---":
            flush()
            key, wanted = "", False
        elif key:
            if wanted and not line.strip():
                wanted = False
                continue
            if wanted or not values:
                start = number
            wanted = False
            values.append(line)
        elif ":" in line:
            key, _, value = line.partition(":")
            key, value, start = key.strip(), value.strip("\t "), number
            values, wanted = ([value], False) if value else ([], True)
    flush()
    return fields


def body_key(fields: Mapping[str, Field]) -> str:
    """Return the key of the field that is the body, ``""`` if there is none."""
    for name in BODIES:
        if name in fields:
            return name
    if "layout" in fields and fields["layout"].value.startswith("[{"):  # Kirby's, of columns with blocks
        return "layout"
    lines = {key: one.value for key, one in fields.items() if "\n" in one.value.strip()}
    many = {key: value for key, value in lines.items() if key.lower() not in ("tags", "categories", "authors")}
    return max(many, key=lambda key: len(many[key]), default="")
