"""Markdown to HTML: mistune with our rules, one module each.

``render`` is the one way in; page, list and feed all come from what it returns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from . import links
from .excerpt import Rendered as Rendered  # for whoever renders
from .excerpt import begin, html_paragraphs
from .options import FOREIGN, GFM, PLAIN, Options, dialect, is_too_long

if TYPE_CHECKING:
    import mistune

    from .around import Around

DEFAULT = Options()
BEGINNING = 300  # characters of a text that is shown as it is written
# The modules with rules: each adds its own where its switches are on, later ones see what earlier ones did.
RULES = (
    "headings attributes toc footnotes images tables callouts alerts containers admonitions deflists abbreviations"
    " strikethrough scripts marks autolinks typography formulas wikilinks around".split()
)
IN_A_LINE: dict[str, Any] = dict.fromkeys(FOREIGN, False) | {"toc": "off", "heading_ids": ""}


@lru_cache(maxsize=32)
def parser(options: Options) -> mistune.Markdown:
    """Return the parser of a dialect, made once: it holds no state between texts."""
    import mistune  # here: whoever only changes links needn't wait for it
    from mistune.plugins import import_plugin

    from . import blocks, emphasis, extension, typography
    from .renderer import Renderer, add_pieces

    emphasis.speed_up()
    markdown = mistune.Markdown(
        renderer=Renderer(options),
        block=blocks.Blocks(),
        inline=typography.Inline() if options.typography else mistune.InlineParser(),
        plugins=[import_plugin("task_lists")] if options.task_lists else [],
    )
    for name in RULES:
        import_module(f"{__name__}.{name}").add_to(markdown, options)
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
    if is_too_long(body, markup):
        return Rendered(f"<pre>{escape(body)}</pre>", f"<p>{escape(' '.join(body[:BEGINNING].split()))} …</p>", True)
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

    around = prepared(around, options, size)
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

    around = prepared(around, options)
    html = before.read(body, options, around, html=True)
    if markup == "rst":
        from . import rst

        html = rst.html(html, options, around)
    return before.finished(html, options, around)


def prepared(around: Around | None, options: Options, size: Callable[[str], str] | None = None) -> Around:
    """Return what is around a text, with the Markdown of it at hand for lines within other syntax."""
    from .around import Around

    around = around or Around()
    around.markdown, around.language = partial(line, options, size), options.language
    return around


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
