"""Zola's shortcodes, ``{{ youtube(id="x") }}`` and ``{% quote() %} ... {% end %}``, and links ``@/posts/a.md``.

They are read everywhere, also in code; ``{{/* youtube(id="x") */}}`` is how to write one that isn't.
https://www.getzola.org/documentation/content/shortcodes/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from . import shortcodes
from .around import Around
from .options import Options
from .tags import LONGEST, Tag, replaced

OPENS = re.compile(
    r"\{\{-?\s*(?P<inline>[A-Za-z_]\w*)\s*\(|\{%-?\s*(?P<body>[A-Za-z_]\w*)\s*\(|(?P<end>\{%-?\s*end\s*-?%\})"
    r"|(?P<text>\{\{/\*|\{%/\*)"
)


def expand(text: str, around: Around, _options: Options) -> str:
    """Return a text with what its shortcodes draw in their places."""
    if "{{" not in text and "{%" not in text:
        return text
    return replaced(text, tags(text), lambda tag, inner: shortcodes.draw(around, tag, inner))


def tags(text: str) -> Iterator[Tag]:
    """Yield the shortcodes of a text in order; what has no end is text."""
    at = 0
    opened: list[str] = []
    for found in OPENS.finditer(text):
        start = found.start()
        if start < at:
            continue
        if found["end"]:
            at = found.end()
            yield Tag(start, at, "close", opened.pop() if opened else "end")
            continue
        braces = text[start : start + 2]
        closing = "}}" if braces == "{{" else "%}"
        if found["text"]:
            end = text.find(f"*/{closing}", found.end(), found.end() + LONGEST)
            if end >= 0:
                at = end + 4
                yield Tag(start, at, "text", text=f"{braces}{text[found.end() : end]}{closing}")
            continue
        end = ended(text, found.end(), closing)
        if end < 0:
            continue
        at = end
        said = text[found.end() : end - 2].rstrip("- \t\n").removesuffix(")")
        if found["body"]:
            opened.append(found["body"])
        yield Tag(start, at, "open" if found["body"] else "alone", found["inline"] or found["body"], said)


def ended(text: str, start: int, closing: str) -> int:
    """Return where a shortcode ends whose arguments begin somewhere, -1 if it doesn't."""
    end = text.find(closing, start, start + LONGEST)
    return end + 2 if end >= 0 and text[start:end].rstrip("- \t\n").endswith(")") else -1


def lead(around: Around, link: str) -> str:
    """Return where a link of the site's own leads: ``@/posts/a.md#part``, named from the top of the content."""
    return shortcodes.address(around, unquote(link[1:])) if link.startswith("@/") else link
