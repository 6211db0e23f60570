"""Admonitions: ``!!! note "Title"`` over an indented text; with ``???`` they can be folded, and with ``???+`` are open.

https://python-markdown.github.io/extensions/admonition/ https://facelessuser.github.io/pymdown-extensions/extensions/details/
"""

from __future__ import annotations

import re

from mistune import BlockParser, BlockState, Markdown

from .callouts import made
from .nested import blocks, everywhere, indented
from .options import Options

OPENS = r"^ {0,3}(?P<admonition_sign>!!!|\?\?\?\+?)[ \t]+(?P<admonition_info>[A-Za-z][^\n]*)\n"
INFO = re.compile(r"([\w-]+)((?:[ \t]+[\w-]+)*)[ \t]*(\"([^\"]*)\")?")
FOLDS = {"!!!": "", "???": "closed", "???+": "open"}


def add_to(markdown: Markdown, options: Options) -> None:
    """Read admonitions wherever paragraphs may stand."""
    if options.admonitions:
        markdown.block.register("admonition", OPENS, admonition, before="setex_heading")
        everywhere(markdown, "admonition")


def admonition(block: BlockParser, found: re.Match[str], state: BlockState) -> int | None:
    """Parse an admonition; without an indented text it is none."""
    info = INFO.fullmatch(found["admonition_info"].strip())
    text, end = indented(state, found.end()) if info else ("", 0)
    if not info or not text:
        return None
    kind, classes, quoted, title = info.groups()
    children = blocks(block, text, state)
    fold = FOLDS[found["admonition_sign"]]
    state.append_token(made(kind, title if quoted else None, children, fold, " ".join(classes.split())))
    return end
