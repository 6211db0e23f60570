"""Marked and inserted text: ``==so==`` and ``++so++``, but not ``a==b and c==d``, ``i++ and j++`` or ``"=="``.

https://facelessuser.github.io/pymdown-extensions/extensions/mark/
"""

from __future__ import annotations

import re

from mistune import InlineParser, Markdown
from mistune.core import InlineState

from .options import Options

CODE = re.compile(r"\A[A-Za-z][;,.:)]|\s[(\"']?[A-Za-z]\Z")  # ++i; C++


def add_to(markdown: Markdown, options: Options) -> None:
    """Read and write both, each where it is on."""
    for wanted, name, sign in ((options.marks, "mark", "="), (options.insertions, "ins", "+")):
        if wanted:
            markdown.inline.register(name, pattern(name, sign), marked, before="link", start_chars=sign)
            assert markdown.renderer
            markdown.renderer.register(name, lambda _renderer, text, name=name: f"<{name}>{text}</{name}>")


def pattern(name: str, sign: str) -> str:
    """Return the pattern of text between two signs each, which no letter, digit or third sign touches from outside."""
    one = re.escape(sign)
    inside = rf"(?P<{name}_text>(?:[^{one}\\]|\\[\s\S]|{one}(?!{one}))+)"
    alone = rf"(?!(?<=[\"'“‘„«(\[]){one}{one}[\"'”’“»)\]])"  # in quotes, or in brackets
    opens = rf"(?<![A-Za-z0-9_{one}]){alone}{one}{one}(?!\s|{one})"
    return rf"{opens}{inside}(?<!\s){alone}{one}{one}(?![A-Za-z0-9_{one}])"


def marked(inline: InlineParser, found: re.Match[str], state: InlineState) -> int | None:
    """Parse one of either."""
    text = found[f"{found.lastgroup}_text"]
    if state.depth >= inline.max_nested_level or (found.lastgroup == "ins" and CODE.search(text)):
        return None
    inside = state.copy()
    inside.src = text
    state.append_token({"type": found.lastgroup, "children": inline.render(inside)})
    return found.end()
