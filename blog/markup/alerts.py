"""Alerts of GitHub and callouts of Obsidian: quotes that begin with ``[!NOTE]``, ``[!tip] Title``, ``[!faq]- Folded``.

https://docs.github.com/en/get-started/writing-on-github#alerts https://help.obsidian.md/callouts
"""

from __future__ import annotations

import re

from mistune import BlockState, Markdown

from .callouts import Token, made
from .nested import levels
from .options import Options

BEGINS = re.compile(
    r"\s*\[!(?P<kind>[A-Za-z][\w-]*)(?:\|[^\]\n]*)?\](?P<fold>[+-]?)(?:[ \t]+(?P<title>[^\n]*))?(?:\n|\Z)"
)
FOLDS = {"": "", "+": "open", "-": "closed"}


def add_to(markdown: Markdown, options: Options) -> None:
    """Find the quotes that are alerts."""
    if options.alerts:
        markdown.before_render_hooks.append(find)


def find(_markdown: Markdown, state: BlockState) -> None:
    """Make alerts of the quotes that begin as one."""
    if "[!" in state.src:
        for tokens in levels(state.tokens):
            for token in tokens:
                if token["type"] == "block_quote":
                    change(token)


def change(token: Token) -> None:
    """Make an alert of a quote, if it begins as one."""
    children = token["children"]
    first = children[0] if children else {}
    begins = BEGINS.match(first["text"]) if first.get("type") == "paragraph" else None
    if begins:
        first["text"] = first["text"][begins.end() :]
        rest = children if first["text"].strip() else children[1:]
        token |= made(begins["kind"], (begins["title"] or "").strip() or None, rest, FOLDS[begins["fold"]])
