"""Attribute lists after images, links and blocks: ``{width=300 .wide}`` of pandoc, ``{: .note #one}`` of kramdown.

Only what does no harm: ids, classes, and the few attributes in ``CHECKED``; others are left out.
https://pandoc.org/MANUAL.html#extension-link_attributes https://kramdown.gettalong.org/syntax.html#inline-attribute-lists
"""

from __future__ import annotations

import re
from typing import Any

from mistune import BlockParser, BlockState, InlineParser, Markdown
from mistune.core import InlineState
from mistune.util import escape, unescape

from .headings import give
from .nested import everywhere, levels
from .options import Options

Given = dict[str, Any]

ONE = r"(?:[#.][^\s#.{}=\"'<>]+|[a-zA-Z][\w-]*=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s{}\"'<>]+))"
LIST = re.compile(rf"\{{:?[ \t]*({ONE}(?:[ \t]*{ONE})*+)[ \t]*\}}")
LINE = rf"^ {{0,3}}\{{:[ \t]*(?P<attributes_given>{ONE}(?:[ \t]*{ONE})*+)[ \t]*\}}[ \t]*$"
PARTS = re.compile(ONE)
TAG = re.compile(r"<[a-zA-Z][\w-]*(?: [\w-]+(?:=\"[^\"]*\")?)*")
WRITTEN = re.compile(r" ([\w-]+)(?:=\"([^\"]*)\")?")
CHECKED = {
    "width": re.compile(r"(\d{1,5}%?)(?:px)?"),
    "height": re.compile(r"(\d{1,5})(?:px)?"),
    "target": re.compile(r"(_blank|_self|_parent|_top)"),
    "rel": re.compile(r"([a-z]+(?: [a-z]+)*)"),
    "title": re.compile(r"(.+)"),
    "loading": re.compile(r"(lazy|eager)"),
}


def add_to(markdown: Markdown, options: Options) -> None:
    """Read attribute lists after images and links, and on the line below blocks."""
    if options.attributes:
        markdown.inline.register("link_close", markdown.inline.SPECIFICATION["link_close"], link_close)
        markdown.block.register("attributes", LINE, line, before="setex_heading")
        everywhere(markdown, "attributes")
        markdown.before_render_hooks.append(hand_over)


def link_close(inline: InlineParser, found: re.Match[str], state: InlineState) -> int:
    """Parse the end of a link or an image, and the attributes right after it."""
    end = inline.parse_link_close(found, state)
    written = LIST.match(state.src, end)
    if not written or not state.tokens or state.tokens[-1]["type"] not in ("link", "image"):
        return end
    state.tokens[-1]["given"] = read(written[1], state.env.setdefault("ids", {}))
    return written.end()


def line(_block: BlockParser, found: re.Match[str], state: BlockState) -> int:
    """Parse a line of attributes, which ends whatever it stands under; a quote may be parsed more than once."""
    state.append_token({"type": "attributes", "written": found["attributes_given"]})
    return found.end() + 1


def hand_over(_markdown: Markdown, state: BlockState) -> None:
    """Give the attributes of a line to the block right above it, else to the one below; and to containers theirs."""
    if "{" not in state.src:
        return
    taken = state.env.setdefault("ids", {})
    for tokens in levels(state.tokens):
        for before, token, after in zip([{}, *tokens], tokens, [*tokens[1:], {}], strict=False):
            given = read(token["written"], taken) if "written" in token else {}
            if token["type"] == "container" or token["type"] == "callout":  # its classes it has
                token["given"] = token.get("given", {}) | {name: given[name] for name in ("id",) if name in given}
            elif given:
                owner = after if before.get("type", "blank_line") in ("blank_line", "attributes") else before
                kept = (
                    owner.setdefault("attrs", {}) if owner.get("type") == "heading" else owner.setdefault("given", {})
                )
                kept |= given | kept
        tokens[:] = [token for token in tokens if token["type"] != "attributes"]


def read(written: str, taken: dict[str, int]) -> Given:
    """Return the attributes that a list gives; ``taken`` are the ids of the text, and gets another one."""
    given: Given = {}
    for part in PARTS.findall(written):
        if part[0] in "#.":
            give(given, part, taken)
            continue
        name, _, value = part.partition("=")
        name, value = name.lower(), unescape(value.strip("\"'"))
        if name == "class":
            give(given, "".join(f".{one}" for one in value.split()), taken)
        elif name == "id":
            give(given, f"#{value}", taken)
        elif name in CHECKED and (found := CHECKED[name].fullmatch(value)):
            given[name] = found[1]
    return given


def put(html: str, given: Given) -> str:
    """Return HTML with attributes in its first tag; a size that is only half given follows the picture's."""
    tag = TAG.match(html)
    if not tag:  # an image in the description of another
        return html
    start, *_ = tag[0].split(" ", 1)
    has = dict(WRITTEN.findall(tag[0][len(start) :]))
    if "class" in has and "class" in given:
        given = given | {"class": f"{unescape(has['class'])} {given['class']}"}
    has |= sized(has, given) | {name: escape(value) for name, value in given.items()}
    said = "".join(f' {name}="{value}"' for name, value in has.items() if value or name == "alt")
    return f"{start}{said}{html[tag.end() :]}"


def sized(has: dict[str, str], given: Given) -> dict[str, str]:
    """Return the other side of a picture one of whose sides is given; nothing where that can't be told."""
    for one, other in (("width", "height"), ("height", "width")):
        if one in given and other not in given and other in has:
            known = has[one].isdigit() and given[one].isdigit() and int(has[one])
            return {other: str(round(int(has[other]) * int(given[one]) / known)) if known else ""}
    return {}
