"""Markdown to HTML: mistune with our rules, one module each.

``render`` is the one way in; page, list and feed all come from what it returns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import mistune

from .renderer import PIECES, Renderer

PLUGINS = ("table", "strikethrough", "footnotes", "task_lists")
MORE = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)
PARAGRAPH = re.compile(r"<p\b[^>]*>.*?</p>", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
ONE_PLACE = re.compile(r'<sup class="footnote-ref".*?</sup>|(?<=<h[1-6]) id="[^"]*"')


@dataclass(frozen=True, slots=True)
class Rendered:
    """Hold a text as HTML; ``excerpt`` is its beginning, ``more`` tells whether that isn't all."""

    html: str
    excerpt: str
    more: bool


@cache
def parser() -> mistune.Markdown:
    """Return the one parser: it holds no state between texts."""
    renderer = Renderer()
    markdown = mistune.create_markdown(renderer=renderer, plugins=PLUGINS)
    for name, piece in PIECES.items():  # after the plugins, which register their own
        renderer.register(name, piece)
    return markdown


def render(body: str, markup: str = "markdown") -> Rendered:
    """Render a body; ``markup`` is ``"markdown"`` or ``"html"``, which passes as it is."""
    if markup == "html":
        paragraphs = PARAGRAPH.findall(body)
        return begin(body, [("paragraph", p) for p in paragraphs])
    markdown = parser()
    state = markdown.block.state_cls()
    html, state = markdown.parse(body, state)
    blocks: list[tuple[str, str]] = state.env["blocks"]
    return begin(str(html), blocks)


def begin(html: str, blocks: list[tuple[str, Any]]) -> Rendered:
    """Cut the excerpt: up to ``<!--more-->``, else the first paragraph that holds words."""
    mark = MORE.search(html)
    if mark:
        excerpt = close_tags(html[: mark.start()])
    else:
        excerpt = next((b for kind, b in blocks if kind == "paragraph" and re.sub(r"<[^>]*>", "", b).strip()), "")
    return Rendered(html, ONE_PLACE.sub("", excerpt), len(excerpt.strip()) < len(html.strip()))


def close_tags(html: str) -> str:
    """Return HTML that was cut between two words or tags with the tags closed that are open at its end."""
    opened: list[str] = []
    for found in TAG.finditer(html):
        name = found[2].lower()
        if found[1]:
            while name in opened and opened.pop() != name:
                pass
        elif name not in VOID and not found[0].endswith("/>"):
            opened.append(name)
    return html + "".join(f"</{name}>" for name in reversed(opened))
