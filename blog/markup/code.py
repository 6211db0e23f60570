"""Code blocks: highlighted by Pygments with its short class names; the colours are the theme's.

Pygments' own HTML formatter takes as long as its lexers: this one does the little that is needed here.
https://pygments.org/docs/tokens/
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from mistune.util import escape
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound

ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


def block(text: str, info: str) -> str:
    """Render a code block that can be scrolled by keyboard; an unknown language is plain text."""
    named = re.match(r"[{.\s]*([^\s{},]+)", info)
    language = named[1].lower() if named else ""
    found = lexer(language)
    inner = highlighted(text, found) if found else escape(text)
    name = f' class="language-{escape(language)}"' if language else ""
    return f'<div class="highlight"><pre tabindex="0"><code{name}>{inner}</code></pre></div>\n'


@lru_cache(maxsize=256)
def lexer(language: str) -> Lexer | None:
    """Return the lexer of a language, made once."""
    try:
        return get_lexer_by_name(language, stripnl=False) if language else None
    except ClassNotFound:
        return None


def highlighted(text: str, lexer: Lexer) -> str:
    """Return code as HTML: a span for each run of tokens of one class, none across lines."""
    parts: list[str] = []
    current, run = "", ""
    for kind, value in lexer.get_tokens(text):
        name = class_of(kind)
        if name == current:
            run += value
            continue
        parts.append(span(current, run))
        current, run = name, value
    parts.append(span(current, run))
    return "".join(parts)


def span(name: str, text: str) -> str:
    """Return a run of code in its class, line by line; white space needs none."""
    text = text.translate(ESCAPES)
    if not name or not text or text.isspace():
        return text
    if "\n" not in text:
        return f'<span class="{name}">{text}</span>'
    return "\n".join(f'<span class="{name}">{line}</span>' if line else "" for line in text.split("\n"))


@cache
def class_of(kind: _TokenType) -> str:
    """Return the short class name of a token; that of the type above it where it has none of its own."""
    token: _TokenType | None = kind
    while token is not None and token not in STANDARD_TYPES:
        token = token.parent
    return STANDARD_TYPES[token] if token is not None else ""
