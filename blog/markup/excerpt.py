"""A text as HTML with its beginning, which is what lists and summaries of feeds show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from . import links
from .links import VOID

MORE = re.compile(
    r"<!--\s*(?:more|break|truncate|excerpt|excerpt[-_]end|teaser_end|end_teaser|pelican_end_summary|read[- ]?more)"
    r"(?:[\s:][^<>]*)?-->\n?",
    re.IGNORECASE,
)
P = re.compile(r"<p(?=[\s>])", re.IGNORECASE)
P_END = re.compile("</p>", re.IGNORECASE)
WORD = re.compile(r"\w")
NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*")
DEEPEST = 100  # open tags that a closing one is looked for in
# What stands only in one place: in the whole text.
ONE_PLACE = re.compile(
    r'<sup class="footnote-ref"[^<]*(?:<a[^<]*</a>)?</sup>|<a class="permalink"[^<]*</a>'
    r'|<nav class="toc"[\s\S]*?</nav>\n?'
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """Hold a text as HTML; ``excerpt`` is its beginning, ``more`` tells whether that isn't all."""

    html: str
    excerpt: str
    more: bool


def begin(html: str, paragraphs: Iterable[str]) -> Rendered:
    """Cut the excerpt: up to ``<!--more-->``, which leaves the text, else the first paragraph that holds words."""
    if "\f" in html:  # no feed may hold one; of all control characters this alone can be written as &#12;
        html = html.replace("\f", " ")
    mark = MORE.search(html)
    if mark:
        first, html = html[: mark.start()], html[: mark.start()] + html[mark.end() :]
    else:
        first = next((p for p in paragraphs if WORD.search(words(p))), "")
    excerpt = links.without_ids(close_tags(ONE_PLACE.sub("", first.replace("\f", " "))))
    return Rendered(html, excerpt, len(first.strip()) < len(html.strip()))


def html_paragraphs(html: str) -> Iterator[str]:
    """Yield the paragraphs of HTML."""
    at = 0
    while found := P.search(html, at):
        closed = P_END.search(html, found.end())
        if not closed:
            return
        at = closed.end()
        yield html[found.start() : at]


def words(html: str) -> str:
    """Return the text of HTML, tags left out."""
    parts, at = [], 0
    for begin, end in links.tags(html):
        parts.append(html[at:begin])
        at = end
    return "".join([*parts, html[at:]])


def close_tags(html: str) -> str:
    """Return HTML that was cut from a text with every tag closed that is open in it, and none that isn't."""
    opened: list[str] = []
    parts, at = [], 0
    for begin, end in links.tags(html):
        tag = html[begin:end]
        name = NAME.match(tag, 2 if tag[1] == "/" else 1)
        if not name or name[0].lower() in VOID or tag.endswith("/>"):
            continue
        if tag[1] != "/":
            opened.append(name[0].lower())
            continue
        known = name[0].lower() in opened[-DEEPEST:]
        parts.append(html[at:begin])
        at = begin if known else end
        if known:
            while (inner := opened.pop()) != name[0].lower():
                parts.append(f"</{inner}>")
    return "".join([*parts, html[at:], *(f"</{name}>" for name in reversed(opened))])
