"""How each piece of parsed Markdown becomes HTML.

The owner's raw HTML passes, addresses keep any scheme that can't run code, headings get ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Any
from urllib.parse import unquote

from mistune import BlockState, HTMLRenderer
from mistune.util import escape, safe_entity

from . import autolinks, code
from .headings import heading_id

RUNS_CODE = re.compile(
    r"(?:javascript|vbscript|data(?!:image/(?:gif|png|jpeg|webp|svg\+xml|avif)[;,])):", re.IGNORECASE
)
A_TAG = re.compile(r"</?a[\s>]", re.IGNORECASE)
UNSEEN = re.compile(r"[\x00-\x20]+")


class Renderer(HTMLRenderer):
    """Render tokens; what belongs to one text alone is kept in the state, so threads may share this."""

    def __init__(self) -> None:
        super().__init__(escape=False)

    def __call__(self, tokens: Iterable[dict[str, Any]], state: BlockState) -> str:
        """Render a text, noting its blocks one by one for the excerpt."""
        blocks = [(token["type"], self.render_token(token, state)) for token in tokens]
        state.env.setdefault("blocks", blocks)  # footnotes are rendered after the text, by another call
        return "".join(html for _, html in blocks)

    def render_token(self, token: dict[str, Any], state: BlockState) -> str:
        """Render one token; text and headings need to know what surrounds them."""
        kind = token["type"]
        if kind == "text":
            raw: str = token["raw"]
            plain = not autolinks.may_hold_one(raw) or state.env.get("in_link")
            return safe_entity(raw) if plain else autolinks.linked(raw)
        if kind == "link":
            return self.link_token(token, state)
        if kind == "inline_html":
            if A_TAG.match(token["raw"]):
                state.env["in_link"] = token["raw"][1] != "/"
            return str(token["raw"])
        if kind == "heading":
            text = self.render_tokens(token["children"], state)
            name = heading_id(text, state.env.setdefault("ids", {}))
            level = token["attrs"]["level"]
            return f'<h{level} id="{escape(name)}">{text}</h{level}>\n'
        if kind == "footnote_ref":
            return self.footnote_ref(token["attrs"]["index"], state)
        return super().render_token(token, state)

    def footnote_ref(self, index: int, state: BlockState) -> str:
        """Render the mark of a footnote; only the first one is what the note leads back to."""
        seen = state.env.setdefault("footnotes_seen", set())
        name = "" if index in seen else f' id="fnref:{index}"'
        seen.add(index)
        return f'<sup class="footnote-ref"{name}><a href="#fn:{index}">{index}</a></sup>'

    def link_token(self, token: dict[str, Any], state: BlockState) -> str:
        """Render a link; nothing inside it becomes another one."""
        before = state.env.get("in_link", False)
        state.env["in_link"] = True
        text = self.render_tokens(token["children"], state)
        state.env["in_link"] = before
        return self.link(text, **token["attrs"])

    def sanitize_url(self, url: str) -> str:
        """Return an address as written, unless a browser would run it."""
        return "#" if RUNS_CODE.match(UNSEEN.sub("", unescape(unquote(url)))) else url

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
        return code.block(code_text, info or "")


def table(_renderer: Any, text: str) -> str:
    """Render a table in a box that scrolls on its own and can be reached by keyboard."""
    return f'<div class="table" tabindex="0"><table>\n{text}</table></div>\n'


def table_cell(_renderer: Any, text: str, align: str | None = None, head: bool = False) -> str:
    """Render a cell; its alignment is a class, as nobody can override an inline style."""
    tag, name = "th" if head else "td", f' class="align-{align}"' if align else ""
    return f"  <{tag}{name}>{text}</{tag}>\n"


def task_list_item(_renderer: Any, text: str, checked: bool = False) -> str:
    """Render an item of a task list."""
    state = ' aria-label="done" checked' if checked else ' aria-label="to do"'
    box = f'<input type="checkbox" disabled{state}> '
    text = text.replace("<p>", f"<p>{box}", 1) if text.startswith("<p>") else box + text
    return f'<li class="task-list-item">{text}</li>\n'


def footnote_item(_renderer: Any, text: str, key: str, index: int) -> str:
    """Render a note with the way back to its mark; no heading can have ids with a colon."""
    back = f'<a href="#fnref:{index}" class="footnote" aria-label="Back to the text">&#8617;</a>'
    text = text.rstrip()
    text = f"{text[:-4]} {back}</p>" if text.endswith("</p>") else f"{text}\n{back}"
    return f'<li id="fn:{index}">{text}</li>\n'


def footnotes(_renderer: Any, text: str) -> str:
    """Render the notes under a text."""
    return f'<div class="footnotes">\n<ol>\n{text}</ol>\n</div>\n'


# In place of what mistune's plugins bring.
PIECES = {
    "table": table,
    "table_cell": table_cell,
    "task_list_item": task_list_item,
    "footnote_item": footnote_item,
    "footnotes": footnotes,
}
