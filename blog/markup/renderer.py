"""How each piece of parsed Markdown becomes HTML.

The owner's raw HTML passes, addresses keep any scheme that can't run code, headings get ids.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, cast

from mistune import BlockState, HTMLRenderer, Markdown
from mistune.util import safe_entity, unescape

from . import attributes, autolinks, code
from .gathering import LAZY
from .options import Options
from .safe import safe

Piece = Callable[["Renderer", dict[str, Any], BlockState], str]

A_TAG = re.compile(r"</?a[\s>]", re.IGNORECASE)


class Renderer(HTMLRenderer):
    """Render tokens; what belongs to one text alone is kept in the state, so threads may share this."""

    def __init__(self, options: Options) -> None:
        super().__init__(escape=False)
        self.options = options
        # How tokens become HTML that need to know what surrounds them, by type; modules put theirs in.
        self.pieces: dict[str, Piece] = {
            "text": text,
            "link": link,
            "inline_html": inline_html,
            "block_code": block_code,
        }

    def __call__(self, tokens: Iterable[dict[str, Any]], state: BlockState) -> str:
        """Render a text, noting its blocks one by one for the excerpt."""
        blocks = [(token["type"], self.render_token(token, state).replace(LAZY, "")) for token in tokens]
        state.env.setdefault("blocks", blocks)  # footnotes are rendered after the text, by another call
        return "".join(html for _, html in blocks)

    def render_token(self, token: dict[str, Any], state: BlockState) -> str:
        """Render one token."""
        piece = self.pieces.get(token["type"])
        html = piece(self, token, state) if piece else super().render_token(token, state)
        return attributes.put(html, token["given"]) if token.get("given") else html

    def sanitize_url(self, url: str) -> str:
        """Return an address as written, unless a browser would run it."""
        return safe(url)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Render an image; its description is the text without markup."""
        return super().image(text, url, title).removesuffix(" />") + ">"

    def linebreak(self) -> str:
        """Render a break that was asked for."""
        return "<br>\n"

    def thematic_break(self) -> str:
        """Render a rule."""
        return "<hr>\n"

    def block_code(self, code_text: str, info: str | None = None) -> str:
        """Render a code block, highlighted where its language is known."""
        if not self.options.dressed:
            return super().block_code(code_text, info)
        return code.block(code_text, unescape(info or ""), self.options.highlight, self.options.line_numbers)


def text(renderer: Renderer, token: dict[str, Any], state: BlockState) -> str:
    """Render plain text; the bare addresses in it become links, but not inside of links."""
    raw: str = token["raw"]
    plain = not renderer.options.autolinks or not autolinks.may_hold_one(raw) or state.env.get("in_link")
    return safe_entity(raw) if plain else autolinks.linked(raw)


def block_code(renderer: Renderer, token: dict[str, Any], state: BlockState) -> str:
    """Render a code block, by whatever renders it, and say that it is one where it scrolls."""
    return code.named(HTMLRenderer.render_token(renderer, token, state), state.env["options"].language)


def link(renderer: Renderer, token: dict[str, Any], state: BlockState) -> str:
    """Render a link; nothing inside it becomes another one."""
    before = state.env.get("in_link", False)
    state.env["in_link"] = True
    inner = renderer.render_tokens(token["children"], state)
    state.env["in_link"] = before
    return renderer.link(inner, **token["attrs"])


def inline_html(_renderer: Renderer, token: dict[str, Any], state: BlockState) -> str:
    """Pass the owner's tags, minding those of links."""
    if A_TAG.match(token["raw"]):
        state.env["in_link"] = token["raw"][1] != "/"
    return str(token["raw"])


def task_list_item(_renderer: Any, text: str, checked: bool = False) -> str:
    """Render an item of a task list."""
    state = ' aria-label="done" checked' if checked else ' aria-label="to do"'
    box = f'<input type="checkbox" disabled{state}> '
    text = text.replace("<p>", f"<p>{box}", 1) if text.startswith("<p>") else box + text
    return f'<li class="task-list-item">{text}</li>\n'


# In place of what mistune's plugins bring.
PIECES = {
    "task_list_item": task_list_item,
}


def add_pieces(markdown: Markdown, options: Options) -> None:
    """Write what mistune's plugins read as our HTML."""
    if options.dressed and markdown.renderer:
        for name, piece in PIECES.items():  # after the plugins, which register their own
            markdown.renderer.register(name, cast("Callable[..., str]", piece))
