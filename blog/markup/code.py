"""Code blocks: highlighted by Pygments with classes; the colours are the theme's.

https://pygments.org/docs/
"""

from __future__ import annotations

import re
from functools import lru_cache

from mistune.util import escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

FORMATTER = HtmlFormatter(nowrap=True)


def block(text: str, info: str) -> str:
    """Render a code block that can be scrolled by keyboard; an unknown language is plain text."""
    named = re.match(r"[{.\s]*([^\s{},]+)", info)
    language = named[1].lower() if named else ""
    found = lexer(language)
    inner = highlight(text, found, FORMATTER) if found else escape(text)
    name = f' class="language-{escape(language)}"' if language else ""
    return f'<div class="highlight"><pre tabindex="0"><code{name}>{inner}</code></pre></div>\n'


@lru_cache(maxsize=256)
def lexer(language: str) -> Lexer | None:
    """Return the lexer of a language, made once."""
    try:
        return get_lexer_by_name(language, stripnl=False) if language else None
    except ClassNotFound:
        return None
