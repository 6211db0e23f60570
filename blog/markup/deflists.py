"""Definition lists: terms, and under them lines that begin with a colon. https://michelf.ca/projects/php-markdown/extra/#def-list"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from mistune import BlockParser, BlockState, Markdown

from .nested import blocks, hanging, within
from .options import Options

if TYPE_CHECKING:
    from .renderer import Renderer

Token = dict[str, Any]

DEFINITION = r"^ {0,3}:[ \t]+(?=[^ \t\n])"
MARK = re.compile(DEFINITION, re.MULTILINE)
# What goes on with a definition is set in as far as its first line, by two to four columns.
DEEP = {width: re.compile(rf"^(?: {{2,{width}}}| {{0,3}}\t)", re.MULTILINE) for width in (2, 3, 4)}
STARTS = ["deflist", "fenced_code", "atx_heading", "thematic_break", "block_quote", "list", "block_html"]


def add_to(markdown: Markdown, options: Options) -> None:
    """Read definition lists wherever paragraphs may stand."""
    if options.deflists:
        markdown.block.register("deflist", DEFINITION, deflist, before="setex_heading")
        within(markdown, "deflist")
        cast("Renderer", markdown.renderer).pieces |= {
            "deflist": written,
            "deflist_term": written,
            "deflist_body": written,
        }


def deflist(block: BlockParser, found: re.Match[str], state: BlockState) -> int | None:
    """Parse the definitions under a paragraph, whose lines are the terms; right under it there is only one.

    More than one is text whose lines are broken by hand, of which the last begins with a colon, as in French.
    """
    if state.tokens and state.tokens[-1]["type"] == "blank_line":
        paragraph, loose = (state.tokens[-2] if len(state.tokens) > 1 else {}), True
    else:
        paragraph, loose = state.last_token() or {}, False
    if paragraph.get("type") != "paragraph" or (not loose and "\n" in paragraph["text"].strip()):
        return None
    del state.tokens[-2 if loose else -1 :]
    terms = [{"type": "deflist_term", "text": line.strip()} for line in paragraph["text"].splitlines()]
    bodies, end = definitions(block, found, state, loose)
    if state.tokens and state.tokens[-1]["type"] == "deflist":
        state.tokens[-1]["children"] += [*terms, *bodies]
    else:
        state.append_token({"type": "deflist", "children": [*terms, *bodies]})
    return end


def definitions(
    block: BlockParser, found: re.Match[str] | None, state: BlockState, loose: bool
) -> tuple[list[Token], int]:
    """Return the definitions of a term, and where they end; one after a blank line consists of paragraphs."""
    starts, bodies, end = block.compile_sc(STARTS), [], 0

    def ends(at: int) -> bool:
        return bool(starts.match(state.src, at) or MARK.match(state.src, state.find_line_end_at(at)))

    while found:
        line = state.find_line_end_at(found.end())
        width = min(len(found[0].lstrip(" ").expandtabs(4)), 4)
        text, end = hanging(state, line, DEEP[width], ends)
        children = blocks(block, state.src[found.end() : line] + text, state)
        if not loose and [child["type"] for child in children if child["type"] != "blank_line"] == ["paragraph"]:
            children[0]["type"] = "block_text"
        bodies.append({"type": "deflist_body", "children": children})
        loose = state.src[:end].endswith("\n\n")
        found = MARK.match(state.src, end)
    return bodies, end


def written(renderer: Renderer, token: Token, state: BlockState) -> str:
    """Render a definition list, a term or what is said of it."""
    inner = renderer.render_tokens(token["children"], state)
    if token["type"] == "deflist":
        return f"<dl>\n{inner}</dl>\n"
    tag = "dt" if token["type"] == "deflist_term" else "dd"
    return f"<{tag}>{inner}</{tag}>\n"
