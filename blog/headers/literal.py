"""Headers that are code: an object of JavaScript's (MDX, Eleventy), or a map of Clojure's (Cryogen).

They are read, not run: what isn't plainly a value stays as it is written.
https://mdxjs.com/guides/frontmatter/ https://www.11ty.dev/docs/data-frontmatter/ https://cryogenweb.org/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .base import DEEPEST, LARGEST, UNSEEN, Dialect, Header, HeaderError, sensible
from .byline import usual

IMPORTS = r"(?:(?:import\b[^\n]*+|//[^\n]*+)?\n)*+"
EXPORT = re.compile(
    rf"{IMPORTS}export[ \t]++(?:const|let|var)[ \t]++(?:meta|metadata|frontmatter|frontMatter|attributes|post)\b"
    r"[^\n={]*+=\s*+(?=\{)"
)
FENCE = re.compile(r"---[ \t]*+(?:js|javascript|json5)[ \t]*+\n\s*+(?=\{)")
FENCED = re.compile(r"\s*+(?<=\n)---[ \t]*+(?:\n|\Z)")
MAP = re.compile(r"(?=\{\s*+:[\w-]++[\s,]++(?:[\"\[:#\d]|true|false))")
REST = re.compile(r"[ \t]*+;?[ \t]*+(?:\n|\Z)")
# What isn't closed goes on to the end, so that no place is looked at twice.
TOKEN = re.compile(
    r"\s++|//[^\n]*+|(?>/\*[\s\S]*?(?:\*/|\Z))"
    r"|(?P<text>\"(?:[^\"\\]++|\\.)*+\"?|'(?:[^'\\]++|\\.)*+'?|`(?:[^`\\]++|\\.)*+`?)"
    r"|(?P<sign>[{}\[\]:,])|(?P<word>[^\s{}\[\]:,\"'`]++)|(?P<other>.)",
    re.DOTALL,
)
EDN_TOKEN = re.compile(
    r"[\s,]++|;[^\n]*+|\#inst(?=\s)|\#(?=\{)|(?P<text>\"(?:[^\"\\]++|\\.)*+\"?)|(?P<sign>[{}\[\]()])"
    r"|(?P<word>[^\s,{}\[\]()\"]++)|(?P<other>.)",
    re.DOTALL,
)
ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "0": "", "\n": ""}
WORDS = {"true": True, "false": False, "null": None, "undefined": None, "nil": None}
CLOSES = {"{": "}", "[": "]", "(": ")"}
Token = tuple[str, str, int]


class JavaScript(Dialect):
    """Read an object that stands where ``opening`` says, to the line on which it ends."""

    name = "javascript"
    begins = "-"
    opening = FENCE
    closing = FENCED
    token = TOKEN

    def read(self, text: str, at: int) -> Header | None:
        """Read the object; ``None`` if it isn't one."""
        opened = self.opening.match(text, at)
        if not opened:
            return None
        reading = Reading(tokens(self.token, text, opened.end()))
        try:
            meta = sensible(reading.value())
        except (HeaderError, RecursionError, StopIteration):
            return None
        if self.name == "edn" and not usual(meta):
            return None
        rest = self.closing.match(text, reading.end)
        return self.header(text, meta, rest.end()) if rest else None


class Export(JavaScript):
    """Read what a page in MDX exports, below its imports."""

    opening = EXPORT
    closing = REST
    begins = ""


class EDN(JavaScript):
    """Read a map of Clojure's: keywords are keys."""

    name = "edn"
    begins = "{"
    opening = MAP
    closing = REST
    token = EDN_TOKEN


def tokens(pattern: re.Pattern[str], text: str, at: int) -> Iterator[Token]:
    """Yield kind, text and end of what a literal is made of."""
    for found in pattern.finditer(text, at):
        if found.lastgroup:
            yield found.lastgroup, found[0], found.end()


class Reading:
    """Read a value of its tokens; ``end`` is where the last one ended."""

    def __init__(self, tokens: Iterator[Token]) -> None:
        self.tokens, self.end, self.count = tokens, 0, 0

    def next(self, depth: int) -> tuple[str, str]:
        """Return the next token."""
        self.count += 1
        if self.count > LARGEST or depth > DEEPEST:
            raise HeaderError("there is too much in it")
        kind, text, self.end = next(self.tokens)
        return kind, text

    def value(self, depth: int = 0) -> Any:
        """Return the value that begins with the next token."""
        return self.begun(*self.next(depth), depth)

    def begun(self, kind: str, text: str, depth: int) -> Any:
        """Return the value that begins with a token."""
        if kind == "text":
            return unescaped(text[1:-1])
        if kind == "word":
            return WORDS.get(text, text.lstrip(":"))
        if text in CLOSES:
            items = self.items(CLOSES[text], depth)
            return as_table(items) if text == "{" else [item for item in items if item not in SIGNS]
        raise HeaderError(f"{text} can't stand there")

    def items(self, close: str, depth: int) -> list[Any]:
        """Return all up to the sign that closes them, colons and commas as ``SIGNS``."""
        found: list[Any] = []
        while (token := self.next(depth)) != ("sign", close):
            sign = token[0] == "sign" and token[1] in ",:"
            found.append(SIGN[token[1]] if sign else self.begun(*token, depth + 1))
        return found


class Sign:
    """Stand for a sign between values."""


SIGN = {",": Sign(), ":": Sign()}
SIGNS = tuple(SIGN.values())


def as_table(items: list[Any]) -> dict[str, Any]:
    """Return a table of keys and values, with or without signs between them."""
    if not any(item in SIGNS for item in items):
        if all(isinstance(item, str) for item in items[::2]) and len(items) % 2 == 0:
            return dict(zip(items[::2], items[1::2], strict=True))
        return {str(item): None for item in items}  # {tags}, a set
    table: dict[str, Any] = {}
    row: list[Any] = []
    for item in [*items, SIGN[","]]:
        if item is SIGN[","]:
            if len(row) == 1:
                table[str(row[0])] = None
            elif len(row) > 2 and row[1] is SIGN[":"]:
                table[str(row[0])] = one_of(row[2:])
            elif row:
                raise HeaderError("this is no table")
            row = []
        else:
            row.append(item)
    return table


def one_of(values: list[Any]) -> Any:
    """Return a value; of several that stand together, as in ``new Date("2012-09-05")``, what is in the brackets."""
    if len(values) == 4 and values[0] == "new" and str(values[1]).endswith("("):
        return values[2]
    return values[0] if len(values) == 1 else " ".join(str(one) for one in values)


def unescaped(text: str) -> str:
    """Return a text without its escapes."""

    def plain(found: re.Match[str]) -> str:
        sign = found[1]
        return chr(int(sign[1:], 16)) if len(sign) == 5 else ESCAPES.get(sign, sign)

    return UNSEEN.sub("", ESCAPE.sub(plain, text)) if "\\" in text else text
