"""Lists as CommonMark has them.

https://spec.commonmark.org/0.31.2/#list-items
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .gathering import LAZY, Container, cut, indentation, is_blank

if TYPE_CHECKING:
    from .blocks import Blocks, State

LIST = r"^ {0,3}(?P<list_sign>[*+-]|\d{1,9}[.)])(?=[ \t]|$)"
ITEMS = {
    sign: re.compile(
        r" {0,3}(?P<list_sign>" + (r"\d{1,9}" if sign in ".)" else "") + re.escape(sign) + r")(?=[ \t\n]|\Z)"
    )
    for sign in "*+-.)"
}
THEMATIC_BREAK = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,})(?:\n|\Z)")


def parse_list(block: Blocks, found: re.Match[str], state: State) -> int | None:
    """Read a list; in a paragraph only one that begins with 1 and holds something is seen."""
    sign = found["list_sign"]
    start = int(sign[:-1]) if len(sign) > 1 else None
    line = state.get_line(found.start())
    if state.in_paragraph() and (start not in (None, 1) or is_blank(line[found.end() - found.start() :])):
        return state.append_paragraph()
    rules = block.inner_rules(state, block.list_rules)
    attrs: dict[str, Any] = {"depth": state.depth(), "ordered": start is not None}
    if start not in (None, 1):
        attrs["start"] = start
    items, tight, at = [], True, found.start()
    item: re.Match[str] | None = ITEMS[sign[-1]].match(line)
    while item:
        inside = Container(block, state, rules)
        at, following = gather(inside, item, at)
        children = inside.parse()
        items.append({"type": "list_item", "children": children})
        line = state.get_line(following) if following < state.cursor_max else ""
        item = None if THEMATIC_BREAK.match(line) else ITEMS[sign[-1]].match(line)
        tight = tight and not (item and at < following) and all(token["type"] != "blank_line" for token in children)
        at = following if item else at
    if tight:
        tighten(items)
    state.append_token({"type": "list", "children": items, "tight": tight, "bullet": sign[-1], "attrs": attrs})
    return at


def gather(inside: Container, item: re.Match[str], at: int) -> tuple[int, int]:
    """Gather the lines of an item that begins at ``at``; return where it ends, and where what follows it begins."""
    state, width = inside.state, first_line(inside, item)
    end = at = at + len(item.string)
    empty: list[str] = []
    while at < state.cursor_max:
        line = state.get_line(at)
        if is_blank(line):
            if not inside.lines:  # an item may begin on the next line, but no later
                return end, next_line(state, at)
            empty.append(cut(line, width, state.column))
        elif not line.startswith(LAZY) and indentation(line, state.column)[0] >= width:
            inside.add(*empty, cut(line, width, state.column))
            empty, end = [], at + len(line)
        elif not empty and inside.takes(line, at):
            end = at + len(line)
        else:
            break
        at += len(line)
    return end, at


def first_line(inside: Container, item: re.Match[str]) -> int:
    """Take what stands beside the sign of an item; return how far the following lines have to be set in."""
    width, column = item.end(), inside.state.column
    text = item.string[width:]
    if is_blank(text):
        width += 1
    else:
        space = indentation(text, column + width)[0]
        space = 1 if space > 4 else space  # what is set in further is code
        inside.add(cut(text, space, column + width))
        width += space
    inside.column = (column + width) % 4
    return width


def next_line(state: State, at: int) -> int:
    """Return where the next line begins that isn't blank."""
    while at < state.cursor_max and is_blank(line := state.get_line(at)):
        at += len(line)
    return at


def tighten(items: list[dict[str, Any]]) -> None:
    """Let the paragraphs of a list be plain text."""
    for item in items:
        for token in item["children"]:
            if token["type"] == "paragraph":
                token["type"] = "block_text"
