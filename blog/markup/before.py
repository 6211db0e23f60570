"""What is read before Markdown: the syntax that other engines have of their own, each where its switch is on.

What a construct draws is held back from Markdown, see ``around``; what it writes as Markdown is read as that.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module

from . import kramdown, links
from .around import SIGNS, Around
from .options import Options

# In this order; in texts that are HTML as well, but for those of Markdown.
TEXT = ("liquid", "shortcodes", "zola", "nikola", "hexo")
MARKDOWN = ("mdx", "comments", "luapress", "kramdown")
LINKS = ("pelican", "zola", "nikola")

Lead = Callable[[Around, str], str]


def read(body: str, options: Options, around: Around, html: bool = False) -> str:
    """Return a text with nothing in it but Markdown, or HTML, and signs for what is held back."""
    if not options.foreign:
        return body
    if not body.isascii():
        body = SIGNS.sub("", body)
    for name in TEXT if html else (*TEXT, *MARKDOWN):
        if getattr(options, name):
            body = import_module(f"{__package__}.{name}").expand(body, around, options)
    return body


def finished(html: str, options: Options, around: Around) -> str:
    """Return HTML with what was held back in its place, and links that are another engine's made to be any's."""
    if not options.foreign:
        return html
    html = around.restored(kramdown.finished(html) if options.kramdown else html)
    for name in LINKS:
        if getattr(options, name):
            lead: Lead = import_module(f"{__package__}.{name}").lead
            html = links.change(html, partial(lead, around))
    return html
