"""Subscript and superscript: ``H~2~O``, ``x^2^``, right after a word or bracket, and as short as they are in writing.

``~/bin and ~/lib``, ``a^2+b^2`` and ``~~struck~~`` stay what they are. https://pandoc.org/MANUAL.html#superscripts-and-subscripts
"""

from __future__ import annotations

import re

from mistune import InlineParser, Markdown
from mistune.core import InlineState

from .options import Options

INSIDE = r"[\w+=().,−-]{1,30}"
AFTER = r"(?<=[\w)\]])"
RULES = {
    "subscript": (rf"{AFTER}~(?P<sub>{INSIDE})~(?!~)", "sub", "~"),
    "superscript": (rf"{AFTER}\^(?P<sup>{INSIDE})\^(?!\w)", "sup", "^"),
}


def add_to(markdown: Markdown, options: Options) -> None:
    """Read and write both."""
    if options.subsup:
        for name, (pattern, tag, sign) in RULES.items():
            before = "strikethrough" if "strikethrough" in markdown.inline.rules else "link"
            markdown.inline.register(name, pattern, script, before=before, start_chars=sign)
            assert markdown.renderer
            markdown.renderer.register(name, lambda _renderer, text, tag=tag: f"<{tag}>{text}</{tag}>")


def script(_inline: InlineParser, found: re.Match[str], state: InlineState) -> int:
    """Parse one of either."""
    kind = found.lastgroup or ""
    inside = [{"type": "text", "raw": found["sub"] or found["sup"]}]
    state.append_token({"type": kind, "children": inside})
    return found.end()
