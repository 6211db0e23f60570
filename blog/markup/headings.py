"""Headings, and their ids by GitHub's rule: lower case, punctuation dropped, spaces to dashes, doubles numbered."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from mistune import BlockState

FIRST_LEVEL = re.compile(r"<h1(?=[\s>])", re.IGNORECASE)
TAG = re.compile(r"(</?h)([1-6])(?=[\s>])", re.IGNORECASE)


def heading_id(html: str, taken: dict[str, int]) -> str:
    """Return an id for a heading that isn't in ``taken`` yet, which counts the ids of the same text, and is changed."""
    words = unescape(re.sub(r"<[^<>]*>", "", html)).strip().lower()
    name = first = re.sub(r"[^\w\- ]", "", words).replace(" ", "-") or "section"
    while name in taken:
        taken[first] += 1
        name = f"{first}-{taken[first]}"
    taken[name] = 0
    return name


def atx_heading(_parser: Any, found: re.Match[str], state: BlockState) -> int:
    """Parse ``# Heading #``; mistune's own way to drop the last signs takes the square of the line's length."""
    text = found["atx_2"].strip()
    without = text.rstrip("#")
    if not without or without[-1] in " \t":
        text = without.rstrip()
    level = len(found["atx_1"])
    state.append_token({"type": "heading", "text": text, "attrs": {"level": level}, "style": "atx"})
    return found.end() + 1


def lowered(html: str) -> str:
    """Return HTML whose headings begin at ``<h2>``: the page's title is its only ``<h1>``."""
    if not FIRST_LEVEL.search(html):
        return html
    return TAG.sub(lambda tag: f"{tag[1]}{min(int(tag[2]) + 1, 6)}", html)
