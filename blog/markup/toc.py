"""A table of contents: where the text asks for it, before the first heading where site or post do, or in long posts.

A text asks with a line ``[TOC]`` (Python-Markdown), ``[[TOC]]``, ``[[_TOC_]]``, ``$=toc`` (Luapress), ``{:toc}`` under
a list (kramdown) or ``<!-- toc -->`` (Zola); the first one gets it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from mistune import BlockState, Markdown
from mistune.util import escape

from .options import Options
from .wording import word

if TYPE_CHECKING:
    from .renderer import Renderer

Token = dict[str, Any]

MAY_ASK = re.compile(r"\[_?toc_?\]|=toc|:toc|<!--\s*toc", re.IGNORECASE)
ASKS = re.compile(r"\s*(?:\[toc\]|\[\[_?toc_?\]\]|\$=toc|\{:toc\}|<!--\s*toc\s*-->)\s*", re.IGNORECASE)
UNDER_LIST = re.compile(r"[^\n]*\n[ \t]*\{:toc\}\s*")
UNLISTED = {"no_toc", "unlisted"}
DEPTH = 3  # levels of headings that are listed
DRESS = {"emphasis": "em", "strong": "strong", "strikethrough": "del", "subscript": "sub", "superscript": "sup"}


def add_to(markdown: Markdown, options: Options) -> None:
    """Find where a table of contents goes, and put it there when all headings have their ids."""
    if options.heading_ids:
        markdown.before_render_hooks.append(place)
        markdown.after_render_hooks.append(fill)  # type: ignore[arg-type]
        cast("Renderer", markdown.renderer).pieces["toc"] = lambda _renderer, _token, _state: ""


def place(_markdown: Markdown, state: BlockState) -> None:
    """Put a token where the table of contents goes."""
    tokens, wanted = state.tokens, state.env["options"].toc
    asked = [n for n, token in enumerate(tokens) if asks(token, state)] if MAY_ASK.search(state.src) else []
    for n in asked:
        tokens[n] = {"type": "toc" if n == asked[0] else "blank_line"}
    if wanted == "off" or not (asked or wanted):
        return
    state.env["headings"] = listed = [token for token in tokens if token["type"] == "heading" and is_listed(token)]
    if not asked and listed and (wanted == "on" or (wanted.isdecimal() and len(listed) >= int(wanted))):
        tokens.insert(next(n for n, token in enumerate(tokens) if token is listed[0]), {"type": "toc"})


def asks(token: Token, state: BlockState) -> bool:
    """Tell whether a block asks for the table of contents."""
    kind = token["type"]
    if kind == "paragraph":
        text = token["text"]
        return bool(ASKS.fullmatch(text)) and not ("[" in text and "TOC" in state.env["ref_links"])
    if kind == "block_html":
        return bool(ASKS.fullmatch(token["raw"]))
    if kind == "list" and len(token["children"]) == 1:
        item = token["children"][0].get("children", [])
        return len(item) == 1 and bool(UNDER_LIST.fullmatch(item[0].get("text", "")))
    return False


def is_listed(token: Token) -> bool:
    """Tell whether a heading is listed: one may be marked as not to be."""
    return not UNLISTED & set(token["attrs"].get("class", "").split())


def fill(markdown: Markdown, html: str, state: BlockState) -> str:
    """Return a text with its table of contents."""
    headings: list[Token] = state.env.get("headings", [])
    blocks: list[tuple[str, str]] = state.env["blocks"]
    if not headings or not any(kind == "toc" for kind, _ in blocks):
        return html
    contents = nav(cast("Renderer", markdown.renderer), headings, state)
    state.env["blocks"] = blocks = [(kind, contents if kind == "toc" else block) for kind, block in blocks]
    return "".join(block for _, block in blocks)


def nav(renderer: Renderer, headings: list[Token], state: BlockState) -> str:
    """Return the table of contents: lists in lists, as deep as the headings are, to a depth."""
    state.env["in_link"] = True
    top = min(token["attrs"]["level"] for token in headings)
    parts: list[str] = []
    opened: list[int] = []  # the levels of the lists that are open
    for token in headings:
        level = token["attrs"]["level"]
        if level >= top + DEPTH:
            continue
        while len(opened) > 1 and opened[-1] > level and opened[-2] >= level:
            opened.pop()
            parts.append("</li>\n</ul>")
        if not opened or level > opened[-1]:
            opened.append(level)
            parts.append("\n<ul>\n" if parts else "<ul>\n")
        else:
            opened[-1] = level
            parts.append("</li>\n")
        parts.append(f'<li><a href="#{escape(token["attrs"]["id"])}">{words(renderer, token["children"], state)}</a>')
    parts.append("</li>\n</ul>\n" * len(opened))
    state.env["in_link"] = False
    label = escape(word("contents", state.env["options"].language))
    return f'<nav class="toc" aria-label="{label}">\n{"".join(parts)}</nav>\n'


def words(renderer: Renderer, tokens: list[Token], state: BlockState) -> str:
    """Return the words of a heading as they can stand in a link: dressed as they are, no links, no marks, no tags."""
    parts = []
    for token in tokens:
        kind = token["type"]
        if kind in ("text", "codespan", "formula"):
            parts.append(renderer.render_token(token, state))
        elif kind in ("softbreak", "linebreak"):
            parts.append(" ")
        elif "children" in token:
            inner, tag = words(renderer, token["children"], state), DRESS.get(kind)
            parts.append(f"<{tag}>{inner}</{tag}>" if tag else inner)
    return "".join(parts)
