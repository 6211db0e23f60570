"""Markdown to HTML: mistune with our rules, one module each.

``render`` is the one way in; page, list and feed all come from what it returns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from . import links

if TYPE_CHECKING:
    import mistune

PLUGINS = ("table", "strikethrough", "footnotes", "task_lists")
MORE = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)
P = re.compile(r"<p(?=[\s>])", re.IGNORECASE)
P_END = re.compile("</p>", re.IGNORECASE)
WORD = re.compile(r"\w")
NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*")
DEEPEST = 100  # open tags that a closing one is looked for in
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
ONE_PLACE = re.compile(r'<sup class="footnote-ref"[^<]*<a[^<]*</a></sup>|(?<=<h[1-6]) id="[^"]*"')


@dataclass(frozen=True, slots=True)
class Rendered:
    """Hold a text as HTML; ``excerpt`` is its beginning, ``more`` tells whether that isn't all."""

    html: str
    excerpt: str
    more: bool


@cache
def parser() -> mistune.Markdown:
    """Return the one parser: it holds no state between texts."""
    import mistune  # here: whoever only changes links needn't wait for it

    from . import emphasis
    from .headings import atx_heading
    from .renderer import PIECES, Renderer

    emphasis.speed_up()
    renderer = Renderer()
    markdown = mistune.create_markdown(renderer=renderer, plugins=PLUGINS)
    markdown.block.register("atx_heading", markdown.block.SPECIFICATION["atx_heading"], atx_heading)
    for name, piece in PIECES.items():  # after the plugins, which register their own
        renderer.register(name, cast("Callable[..., str]", piece))
    return markdown


def render(body: str, markup: str = "markdown") -> Rendered:
    """Render a body; ``markup`` is ``"markdown"`` or ``"html"``, which passes as it is."""
    if markup == "html":
        return begin(body, html_paragraphs(body))
    markdown = parser()
    state = markdown.block.state_cls()
    html, state = markdown.parse(body, state)
    blocks: list[tuple[str, str]] = state.env["blocks"]
    return begin(str(html), (block for kind, block in blocks if kind == "paragraph"))


def begin(html: str, paragraphs: Iterable[str]) -> Rendered:
    """Cut the excerpt: up to ``<!--more-->``, else the first paragraph that holds words."""
    mark = MORE.search(html)
    first = html[: mark.start()] if mark else next((p for p in paragraphs if WORD.search(words(p))), "")
    return Rendered(html, close_tags(ONE_PLACE.sub("", first)), len(first.strip()) < len(html.strip()))


def html_paragraphs(html: str) -> Iterator[str]:
    """Yield the paragraphs of HTML."""
    at = 0
    while found := P.search(html, at):
        closed = P_END.search(html, found.end())
        if not closed:
            return
        at = closed.end()
        yield html[found.start() : at]


def words(html: str) -> str:
    """Return the text of HTML, tags left out."""
    parts, at = [], 0
    for begin, end in links.tags(html):
        parts.append(html[at:begin])
        at = end
    return "".join([*parts, html[at:]])


def close_tags(html: str) -> str:
    """Return HTML that was cut from a text with every tag closed that is open in it."""
    opened: list[str] = []
    parts, at = [], 0
    for begin, end in links.tags(html):
        tag = html[begin:end]
        name = NAME.match(tag, 2 if tag[1] == "/" else 1)
        if not name or name[0].lower() in VOID or tag.endswith("/>"):
            continue
        if tag[1] != "/":
            opened.append(name[0].lower())
        elif name[0].lower() in opened[-DEEPEST:]:
            parts.append(html[at:begin])
            at = begin
            while (inner := opened.pop()) != name[0].lower():
                parts.append(f"</{inner}>")
    return "".join([*parts, html[at:], *(f"</{name}>" for name in reversed(opened))])
