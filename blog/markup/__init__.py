"""Markdown to HTML: mistune with our rules, one module each.

``render`` is the one way in; page, list and feed all come from what it returns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, cast

from . import links
from .options import FOREIGN, GFM, PLAIN, Options, dialect

if TYPE_CHECKING:
    import mistune

    from .around import Around

DEFAULT = Options()
IN_A_LINE: dict[str, Any] = dict.fromkeys(FOREIGN, False) | {"toc": "off", "heading_ids": ""}
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
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
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


@lru_cache(maxsize=32)
def parser(options: Options) -> mistune.Markdown:
    """Return the parser of a dialect, made once: it holds no state between texts."""
    import mistune  # here: whoever only changes links needn't wait for it
    from mistune.plugins import import_plugin

    from . import (
        abbreviations,
        admonitions,
        alerts,
        around,
        attributes,
        autolinks,
        blocks,
        callouts,
        containers,
        deflists,
        emphasis,
        extension,
        footnotes,
        formulas,
        headings,
        images,
        marks,
        scripts,
        strikethrough,
        tables,
        toc,
        typography,
        wikilinks,
    )
    from .renderer import Renderer, add_pieces

    emphasis.speed_up()
    markdown = mistune.Markdown(
        renderer=Renderer(options),
        block=blocks.Blocks(),
        inline=typography.Inline() if options.typography else mistune.InlineParser(),
        plugins=[import_plugin("task_lists")] if options.task_lists else [],
    )
    # Each adds its rules where its switches are on; later ones see what earlier ones did.
    for module in (
        headings,
        attributes,
        toc,
        footnotes,
        images,
        tables,
        callouts,
        alerts,
        containers,
        admonitions,
        deflists,
        abbreviations,
        strikethrough,
        scripts,
        marks,
        autolinks,
        typography,
        formulas,
        wikilinks,
        around,
    ):
        module.add_to(markdown, options)
    add_pieces(markdown, options)
    extension.add_to(markdown, options.extension)
    return markdown


@lru_cache(maxsize=64)
def parser_for(options: Options) -> mistune.Markdown:
    """Return the parser that reads texts of these options."""
    return parser(dialect(options))


def render(
    body: str,
    markup: str = "markdown",
    options: Options = DEFAULT,
    size: Callable[[str], str] | None = None,
    around: Around | None = None,
) -> Rendered:
    """Render a body; ``markup`` is ``"markdown"``, ``"rst"``, or ``"html"``, which passes as it is.

    ``size`` tells width and height of the image at an address: ``640x480``, ``""`` if it isn't known. ``around`` is
    what the text may ask of its site, and gets told what is wrong with it.
    """
    if markup == "markdown":
        html, env = parse(body, options, size, around)
        made = begin(html, paragraphs(env, options))
    else:
        html = other(body, markup, options, around)
        made = begin(html, html_paragraphs(html))
    if not options.rel:
        return made
    html, excerpt = (links.with_rel(part, options.rel, options.home) for part in (made.html, made.excerpt))
    return Rendered(html, excerpt, made.more)


def parse(
    body: str, options: Options, size: Callable[[str], str] | None = None, around: Around | None = None
) -> tuple[str, dict[str, Any]]:
    """Return a text as HTML, and what was noted of it on the way."""
    from . import before
    from .around import Around

    around = around or Around()
    around.markdown, around.language = partial(line, options, size), options.language
    markdown = parser_for(options)
    body = body.replace("\0", "")  # the sign of a lazy line
    state = markdown.block.state_cls()
    state.env.update(options=options, size=size, around=around)
    html, state = markdown.parse(before.read(body, options, around), state)
    return before.finished(str(html), options, around), cast("dict[str, Any]", state.env)


def line(options: Options, size: Callable[[str], str] | None, text: str) -> str:
    """Return a line of Markdown as HTML, such as the caption of a figure."""
    html = parse(text, replace(options, **IN_A_LINE), size)[0].strip()
    return html[3:-4] if html.startswith("<p>") and html.endswith("</p>") and html.count("<p") == 1 else html


def other(body: str, markup: str, options: Options, around: Around | None) -> str:
    """Return a text that isn't Markdown as HTML."""
    if markup == "html" and not options.foreign:
        return body
    from . import before
    from .around import Around

    around = around or Around()
    around.markdown, around.language = partial(line, options, None), options.language
    if markup == "rst":
        from . import rst

        return before.finished(rst.html(before.read(body, options, around, True), options, around), options, around)
    return before.finished(before.read(body, options, around, html=True), options, around)


def paragraphs(env: dict[str, Any], options: Options) -> Iterator[str]:
    """Yield the paragraphs of a text that was parsed."""
    blocks: list[tuple[str, str]] = env["blocks"]
    for kind, block in blocks:
        if kind == "paragraph" and block.startswith("<p"):
            if not options.foreign:
                yield block
                continue
            from . import before

            yield before.finished(block, options, env["around"])


def commonmark(text: str) -> str:
    """Return a text as HTML by CommonMark alone."""
    return parse(text, PLAIN)[0]


def gfm(text: str) -> str:
    """Return a text as HTML by GitHub's specification, whose tag filter is left out."""
    return parse(text, GFM)[0]


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
