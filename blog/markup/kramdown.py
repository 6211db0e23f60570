"""What kramdown has beside attribute lists after links, images, headings and blocks, which are read anyway.

Lists after emphasis and code, lists by name (``{:wide: .w #x}``, ``{: wide}``), ``{::comment}``, ``{::nomarkdown}``,
``{::options /}``, and the sign ``^`` between blocks. https://kramdown.gettalong.org/syntax.html
"""

from __future__ import annotations

import re
from html import unescape

from . import attributes, outside
from .around import Around
from .options import Options

EXTENSION = re.compile(r"\{::(comment|nomarkdown|options)\b[^{}\n]*?(/?)\}")
END = re.compile(r"\{:/(?:comment|nomarkdown|options)?\}")
NAMED = re.compile(r"^ {0,3}\{:([A-Za-z0-9_-]+):([^{}\n]*)\}[ \t]*\n?", re.MULTILINE)
LIST = re.compile(r"\{:(?!/|:)[ \t]*([^{}\n]{0,500})\}")
ONE = re.compile(rf"{attributes.ONE}|[^\s{{}}]+")
BETWEEN = re.compile(r"^\^[ \t]*$", re.MULTILINE)
SPANNED = re.compile(r"</(em|strong|code|del|mark|ins|sup|sub)>(\{:[^{}\n<>]{1,500}\})")


def finished(html: str) -> str:
    """Return HTML with the attribute lists that stand behind spans given to them."""
    if "{:" not in html:
        return html
    parts: list[str] = []
    at = 0
    for found in SPANNED.finditer(html):
        listed = attributes.LIST.fullmatch(unescape(found[2]))
        start = html.rfind(f"<{found[1]}>", at, found.start())
        if listed and start >= 0:
            given = attributes.read(listed[1], {})
            parts += [html[at:start], attributes.put(html[start : found.start(2)], given)]
            at = found.end()
    return "".join([*parts, html[at:]])


def expand(text: str, around: Around, _options: Options) -> str:
    """Return a text without what isn't for readers, and with its attribute lists in their plain form."""
    if "\n^" in text or text.startswith("^"):
        text = outside.changed(text, lambda part: BETWEEN.sub("<!-- -->", part) if "\n^" in part else part)
    return outside.changed(text, lambda part: plain(extended(part, around))) if "{:" in text else text


def extended(text: str, around: Around) -> str:
    """Return text without remarks and options, and with HTML that Markdown leaves alone held back."""
    if "{::" not in text:
        return text
    parts, at = [], 0
    for found in EXTENSION.finditer(text):
        if found.start() < at:
            continue
        end = None if found[2] else END.search(text, found.end())
        if not found[2] and not end:
            break
        parts.append(text[at : found.start()])
        at = end.end() if end else found.end()
        if found[1] == "nomarkdown" and end:
            inner = text[found.end() : end.start()]
            parts.append(around.block(inner.strip()) if "\n" in inner else around.inline(inner))
    return "".join([*parts, text[at:]])


def plain(text: str) -> str:
    """Return text whose attribute lists hold what they name; names that nobody knows are left out."""
    known = {found[1]: found[2] for found in NAMED.finditer(text)}
    text = NAMED.sub("", text)

    def list_of(found: re.Match[str]) -> str:
        if found[1].strip() == "toc" or found[1].startswith("toc "):
            return "{:toc}"
        parts = [
            given for one in ONE.findall(found[1]) for given in ([one] if is_one(one) else ones(known.get(one, "")))
        ]
        return f"{{: {' '.join(parts)}}}" if parts else ""

    return LIST.sub(list_of, text)


def ones(written: str) -> list[str]:
    """Return the attributes of a list."""
    return [one for one in ONE.findall(written) if is_one(one)]


def is_one(given: str) -> bool:
    """Tell whether a part of a list is an attribute, and not the name of another list."""
    return bool(attributes.PARTS.fullmatch(given))
