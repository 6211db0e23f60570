"""Abbreviations: ``*[HTML]: Hypertext Markup Language`` anywhere says what the word means wherever it stands whole.

https://michelf.ca/projects/php-markdown/extra/#abbr
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from mistune import BlockParser, BlockState, Markdown
from mistune.util import escape, safe_entity

from .nested import within
from .options import Options

if TYPE_CHECKING:
    from .renderer import Piece, Renderer

DEFINITION = r"^ {0,3}\*\[(?P<abbreviation_word>[^\]\n]{1,200})\]:[ \t]*(?P<abbreviation_title>[^\n]*)$"
WORD = re.compile(r"(?:[a-z]+://|www\.)[^\s<]*|<[^<>]*>|&#?\w+;|\w+", re.IGNORECASE)
FIRST = re.compile(r"\w+")
MOST = 20  # abbreviations that may begin with the same word

Known = dict[str, list[tuple[str, str, int]]]  # by the first word: as written in HTML, title, where the word begins


def add_to(markdown: Markdown, options: Options) -> None:
    """Read what abbreviations mean, and say so in the text."""
    if not options.abbreviations:
        return
    markdown.block.register("abbreviation", DEFINITION, definition, before="setex_heading")
    within(markdown, "abbreviation")
    pieces = cast("Renderer", markdown.renderer).pieces
    pieces["text"] = explained(pieces["text"])


def definition(_parser: BlockParser, found: re.Match[str], state: BlockState) -> int:
    """Keep what an abbreviation means; of two meanings the first counts."""
    known: dict[str, str] = state.env.setdefault("abbreviations", {})
    known.setdefault(found["abbreviation_word"].strip(), found["abbreviation_title"].strip())
    return found.end() + 1


def explained(plain: Piece) -> Piece:
    """Return how text is rendered with its abbreviations explained."""

    def text(renderer: Renderer, token: dict[str, Any], state: BlockState) -> str:
        html = plain(renderer, token, state)
        if "abbreviations" not in state.env or state.env.get("in_image"):
            return html
        return explain(html, by_first_word(state))

    return text


def by_first_word(state: BlockState) -> Known:
    """Return the abbreviations of a text by their first words, the longest first; found out once."""
    known: Known | None = state.env.get("abbreviations_by_word")
    if known is None:
        known = state.env["abbreviations_by_word"] = {}
        for word, title in sorted(state.env["abbreviations"].items(), key=lambda item: (-len(item[0]), item[0])):
            html = safe_entity(word)
            if title and (first := FIRST.search(html)):
                known.setdefault(first[0], []).append((html, title, first.start()))
    return known


def explain(html: str, known: Known) -> str:
    """Return a text whose abbreviations say what they mean."""
    parts, at = [], 0
    for found in WORD.finditer(html):
        for word, title, offset in known.get(found[0], [])[:MOST]:
            start = found.start() - offset
            end = start + len(word)
            if start >= at and html.startswith(word, start) and is_whole(html, start, end):
                parts += [html[at:start], f'<abbr title="{escape(title)}">{word}</abbr>']
                at = end
                break
    return "".join([*parts, html[at:]])


def is_whole(html: str, start: int, end: int) -> bool:
    """Tell whether no word goes on at either end of a part of a text."""
    before, after = html[start - 1 : start] if start else "", html[end : end + 1]
    return not (before.isalnum() and html[start].isalnum()) and not (after.isalnum() and html[end - 1].isalnum())
