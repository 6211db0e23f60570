"""The header dialects: a table of small objects, found by looking at the file.

A dialect looks at the first lines and returns the header, or ``None`` where there is none of its kind; those with
fences are python-frontmatter handlers besides. To add one, write its class and name it in ``DIALECTS``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..errors import ContentError
from . import damaged
from .base import Dialect, Header, HeaderError, line_at
from .byline import KNOWN, key_of, known
from .json import JSON
from .json import OPENING as OBJECT
from .keyed import Commented, Indented, Keyed
from .literal import EDN, Export, JavaScript
from .marked import Fields, Franklin, Ikiwiki, JBake, Luapress, Org, Pandoc, Pyblosxom, Quote, References
from .nikola import Nikola
from .nikola import beside as meta_beside
from .records import Kirby, Lektor, LektorFile
from .toml import TOML
from .yaml import YAML

# Of several that begin alike, the first that finds its header has the file.
DIALECTS: tuple[Dialect, ...] = (
    TOML(),
    JSON(),
    JavaScript(),
    YAML(),
    Nikola(),
    Luapress(),
    Franklin(),
    References(),
    Ikiwiki(),
    Quote(),
    Pandoc(),
    Org(),
    EDN(),
    Commented(),
    Lektor(),
    Kirby(),
    JBake(),
    Export(),
    Keyed(),
    Indented(),
    Pyblosxom(),
    Fields(),
)
LEKTOR = LektorFile()
SIGNS = "".join(one.begins for one in DIALECTS)
BY_SIGN = {sign: [one for one in DIALECTS if sign in one.begins or not one.begins] for sign in SIGNS}
BY_WORD = [one for one in DIALECTS if not one.begins]
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"  # what editors and copying leave behind
# The outer group gives back, as Python 3.11.2 loses its place where one possessive group is in another.
BLANK = re.compile(rf"(?:(?:[{INVISIBLE}]|[^\S\n])*+\n)*[{INVISIBLE}]*+ {{0,3}}+")
CURLY = "“”‘’"
FENCED = ("yaml", "toml", "json")
COMMENTS = 5  # that may stand above a header


def read(text: str, path: str, beside: str = "") -> Header:
    """Split a file's text into header and body; ``beside`` is the text of a file that holds the header for it.

    Raises ``ContentError`` where there is a header and nothing of it can be read: it may say that this is a draft.
    """
    if beside.strip():
        return Header("nikola", meta_beside(beside), text)
    if path.lower().endswith(".lr"):
        return LEKTOR.read(text, 0) or Header(body=text)
    places = list(starts(text))
    try:
        found = next((held(straight(found), text) for at in places if (found := at_place(text, at))), None)
    except HeaderError as error:
        raise ContentError(str(error), path, error.line) from None
    return found or damaged.read(text, places[0]) or without(text, places[0], path)


def held(header: Header, text: str) -> Header:
    """Return a header that could only be read in parts with what one of its lines says about being a draft."""
    if not header.doubts or header.dialect not in FENCED:
        return header
    end = len(text) - len(header.body)
    rows = text[:end].split("\n")
    if any(message.endswith("is never closed") for _, message in header.doubts):
        rows += damaged.cut_off(text, end)
    said = next((said for row in rows if (said := damaged.holds_back(row))), None)
    if said is None or any(key.lower() == said[0] for key in header.meta):
        return header
    return replace(header, meta={**header.meta, said[0]: said[1]})


def straight(header: Header) -> Header:
    """Return a header whose usual keys stand between curly quotes with those keys: a draft is to stay one."""
    if not any(key[:1] in CURLY for key in header.meta if key):
        return header
    bare = {key: key.strip(CURLY) for key in header.meta}
    table = {bare[key] if known(bare[key]) in KNOWN else key: value for key, value in header.meta.items()}
    line = max(1, header.body_line - 1)
    return replace(header, meta=table, doubts=(*header.doubts, (line, "a key stands between curly quotes")))


def without(text: str, at: int, path: str) -> Header:
    """Take a text for one without a header, if it doesn't begin as if it had one that says nothing."""
    rows = text[at : at + 2000].split("\n")
    key = key_of(rows[1]) if rows[0].rstrip() == "---" and len(rows) > 1 else None
    line = line_at(text, at)
    if OBJECT.match(text, at) or rows[0].rstrip() == "+++":
        raise ContentError("this begins like a header, but can't be read as one", path, line)
    doubt = (line, "this begins like a header, but is read as text")
    return Header(body=text, doubts=(doubt,) if key and known(key[0]) in KNOWN else ())


def at_place(text: str, at: int) -> Header | None:
    """Return the header that stands at a place, whatever its dialect."""
    dialects = BY_SIGN.get(text[at : at + 1], BY_WORD)
    return next((found for one in dialects if (found := one.read(text, at))), None)


def starts(text: str) -> Iterator[int]:
    """Yield where a header may begin: below empty lines, and below comments."""
    at = 0
    for _ in range(COMMENTS):
        blank = BLANK.match(text, at)
        at = blank.end() if blank else at
        at = text.rfind("\n", 0, at) + 1 if text[at : at + 1] in " \t" else at
        yield at
        end = text.find("-->", at) if text.startswith("<!--", at) else -1
        if end < 0:
            return
        at = end + 3
