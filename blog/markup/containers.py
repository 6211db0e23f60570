"""Containers: blocks between ``::: name`` and ``:::``, one in another where it is wanted.

``::: warning Title`` (VuePress), ``:::tip[Title]`` (Docusaurus) and ``::: {.note}`` (pandoc) are callouts; ``details``
can be folded; any other name is the class of a ``div``. https://pandoc.org/MANUAL.html#divs-and-spans
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from mistune import BlockParser, BlockState, Markdown
from mistune.util import escape

from . import attributes
from .callouts import FAMILY, Token, made
from .nested import blocks, everywhere
from .options import Options

if TYPE_CHECKING:
    from .renderer import Renderer

OPENS = r"^ {0,3}:{3,}[ \t]*(?P<container_info>[A-Za-z{][^\n]*)$"
FENCES = re.compile(
    r"^ {0,3}(?:(?P<colons>:{3,})[ \t]*(?P<info>[^\n]*)|(?P<code>`{3,}|~{3,})(?P<rest>[^\n]*))$", re.MULTILINE
)
NAMED = re.compile(r"(?P<name>[A-Za-z][\w-]*)(?:\[(?P<title>[^\]]*)\])?(?:[ \t]+|(?=\{)|\Z)")
BRACES = re.compile(r"\{([^{}]*)\}")
CLASS = re.compile(r"\.([\w-]+)")
FOLDED = {"details", "spoiler", "collapse"}


def add_to(markdown: Markdown, options: Options) -> None:
    """Read containers wherever paragraphs may stand."""
    if options.containers:
        markdown.block.register("container", OPENS, container, before="setex_heading")
        everywhere(markdown, "container")
        cast("Renderer", markdown.renderer).pieces["container"] = div


def container(block: BlockParser, found: re.Match[str], state: BlockState) -> int | None:
    """Parse a container; one that is never closed is text."""
    closed = ends(state).get(found.start())
    opened = read(found["container_info"].rstrip(": \t")) if closed else None
    if not closed or not opened:
        return None
    name, title, classes = opened
    children = blocks(block, state.src[found.end() + 1 : closed[0]], state)
    if name.lower() in FAMILY:
        token = made(name, title or None, children, classes=classes)
    elif name.lower() in FOLDED:
        token = made("details", title or None, children, "closed", classes)
    else:
        token = {"type": "container", "attrs": {"class": f"{name} {classes}".strip()}, "children": children}
    if "attributes" in block.rules and (braces := attributes.LIST.search(found["container_info"])):
        token["written"] = braces[1]
    state.append_token(token)
    return closed[1]


def read(info: str) -> tuple[str, str, str] | None:
    """Return name, title and further classes of a container; ``None`` if it has no name."""
    braces = BRACES.search(info)
    classes = CLASS.findall(braces[1]) if braces else []
    if braces:
        info = (info[: braces.start()] + info[braces.end() :]).strip()
    named = NAMED.match(info)
    if info and not named:
        return None
    name = named["name"] if named else classes.pop(0) if classes else ""
    title = (named["title"] or info[named.end() :].strip()) if named else ""
    return (name, title, " ".join(classes)) if name else None


def ends(state: BlockState) -> dict[int, tuple[int, int]]:
    """Return where the inside of each container ends, and where its last line does; found out once for each text."""
    known: dict[str, dict[int, tuple[int, int]]] = state.env.setdefault("containers", {})
    if state.src not in known:
        known[state.src] = pairs(state.src)
    return known[state.src]


def pairs(text: str) -> dict[int, tuple[int, int]]:
    """Return where containers begin and end; what stands in fenced code neither begins nor ends one."""
    found: dict[int, tuple[int, int]] = {}
    opened: list[int] = []
    code = ""
    for fence in FENCES.finditer(text):
        sign, info = fence["code"], fence["info"]
        if code:
            code = "" if sign and sign.startswith(code) and not fence["rest"].strip() else code
        elif sign:
            code = sign if sign[0] == "~" or "`" not in fence["rest"] else ""
        elif info:
            opened += [fence.start()] if re.match("[A-Za-z{]", info) else []
        elif opened:
            found[opened.pop()] = (fence.start(), fence.end() + 1)
    return found


def div(renderer: Renderer, token: Token, state: BlockState) -> str:
    """Render a container that is no callout."""
    inner = renderer.render_tokens(token["children"], state)
    return f'<div class="{escape(token["attrs"]["class"])}">\n{inner}</div>\n'
