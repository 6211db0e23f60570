"""What stands around a text: what it may ask of its site, what it is told to be, and what it says is wrong.

Syntax of other engines is read before Markdown, and what it draws is held back from it: a sign of the text stands for
each piece until all else is HTML. The signs are noncharacters, which no text may hold.
https://www.unicode.org/faq/private_use.html#noncharacters
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

from mistune import BlockParser, BlockState, Markdown

from .nested import everywhere
from .options import Options

BLOCK, INLINE, END, FIRST = "\ufdd0", "\ufde2", "\ufdd1", 0xFDD2
SIGNS = re.compile("[\ufdd0-\ufdef]")
DIGITS = {f"{digit:x}": chr(FIRST + digit) for digit in range(16)}
VALUES = {sign: digit for digit, sign in DIGITS.items()}
NUMBER = f"[\ufdd2-\ufde1]{{1,8}}{END}"
BLOCKS = rf"{BLOCK}{NUMBER}(?:[ \t]*{BLOCK}{NUMBER})*+"
ONE = f"[{BLOCK}{INLINE}]{NUMBER}"
ALONE = re.compile(rf"<p>\s*({BLOCKS})\s*</p>")
EDGES = re.compile(rf"<(/?)p(?=[\s>])|{ONE}")
EMPTY = re.compile(r"<p>\s*</p>\n?")
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*>")
LINE = rf"^ {{0,3}}(?P<held_pieces>{BLOCKS})[ \t]*$"
DEEPEST = 20  # pieces in pieces
MOST_TOLD = 1000
VOID = frozenset("br img wbr input hr p".split())

Ask = Callable[[str, str], str]


class Told(NamedTuple):
    """Say what is wrong in a text: on a line of it, or where something is written."""

    message: str
    written: str = ""
    line: int = 0


def nothing(_question: str, _name: str) -> str:
    """Answer for a text that stands alone."""
    return ""


@dataclass(slots=True)
class Around:
    """Hold what is around one text; ``page`` has what its own header says, by Liquid's names.

    ``ask`` answers the questions of the library about names and files: ``named``, ``titled``, ``embedded``,
    ``included``, ``extent``; nothing where the site has none.
    """

    ask: Ask = nothing
    embed: Callable[[str], str] = lambda _name: ""  # another text as HTML
    page: Mapping[str, str] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    markdown: Callable[[str], str] = escape  # a line of Markdown as HTML
    language: str = "en"

    def tell(self, message: str, written: str = "", line: int = 0) -> None:
        """Say what is wrong, once."""
        told = Told(message, written, line)
        if len(self.told) < MOST_TOLD and told not in self.told[-100:]:
            self.told.append(told)

    def inline(self, html: str) -> str:
        """Return the sign for a piece of HTML in a line."""
        return self.put(html, INLINE)

    def block(self, html: str) -> str:
        """Return the sign for a piece of HTML that is a block, or the beginning or end of one."""
        return self.put(html, BLOCK)

    def put(self, html: str, sign: str) -> str:
        """Hold a piece back."""
        self.held.append(html)
        return f"{sign}{''.join(DIGITS[digit] for digit in f'{len(self.held) - 1:x}')}{END}"

    def piece(self, sign: str) -> str:
        """Return what a sign stands for."""
        place = int("".join(VALUES[digit] for digit in sign[1:-1]), 16)
        return self.held[place] if place < len(self.held) else ""

    def restored(self, html: str, depth: int = 0) -> str:
        """Return HTML with the pieces in their places; a paragraph ends where a block begins."""
        if END not in html or depth > DEEPEST:
            return html
        html = ALONE.sub(r"\1", html)
        parts, at, opened = [], 0, -1
        for found in EDGES.finditer(html):
            if found[0][0] == "<":
                opened = -1 if found[1] else found.start()
                continue
            made = self.restored(self.piece(found[0]), depth + 1)
            before, at = html[at : found.start()], found.end()
            if found[0][0] == BLOCK and opened >= 0 and balanced(html[opened : found.start()]):
                before, made, opened = before.rstrip(), f"</p>\n{made}\n<p>", at
                at += len(html[at : at + 100]) - len(html[at : at + 100].lstrip())
            parts += [before, made]
        return EMPTY.sub("", "".join([*parts, html[at:]]))


def balanced(html: str) -> bool:
    """Tell whether all that is opened in a paragraph is closed in it; its own tag may be there."""
    opened = 0
    for found in TAG.finditer(html):
        if found[2].lower() not in VOID:
            opened += -1 if found[1] else 1
    return opened == 0


def add_to(markdown: Markdown, options: Options) -> None:
    """Read lines that hold nothing but blocks which are held back: they stand for themselves."""
    if options.foreign:
        markdown.block.register("held", LINE, line, before="setex_heading")
        everywhere(markdown, "held")
        markdown.renderer.register("held", lambda _renderer, text: text + "\n")  # type: ignore[union-attr]


def line(_block: BlockParser, found: re.Match[str], state: BlockState) -> int:
    """Parse a line of blocks."""
    state.append_token({"type": "held", "raw": found["held_pieces"]})
    return found.end() + 1
