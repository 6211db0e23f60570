"""Blocks inside of blocks, to a depth that nobody writes and any machine bears."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, cast

from mistune import BlockParser, BlockState, Markdown

from .gathering import LAZY

if TYPE_CHECKING:
    from .blocks import Blocks

Token = dict[str, Any]

INDENT = re.compile(r"^(?: {4}| {0,3}\t)", re.MULTILINE)
# Rules whose blocks hold others.
HOLDERS = {"block_quote", "list", "deflist", "footnote_definition", "container", "admonition"}


def blocks(block: BlockParser, text: str, state: BlockState) -> list[Token]:
    """Return the blocks of a text that stands inside of another; at the deepest level it holds only plain ones."""
    child = state.child_state(text)
    rules = block.rules
    if state.depth() >= block.max_nested_level - 1:
        rules = [rule for rule in rules if rule not in HOLDERS]
    block.parse(child, rules)
    return child.tokens


def everywhere(markdown: Markdown, name: str, before: str = "setex_heading") -> None:
    """Let a rule hold in quotes and lists too, and end the paragraphs of those it stands under."""
    cast("Blocks", markdown.block).interrupts.append(name)
    within(markdown, name, before)


def within(markdown: Markdown, name: str, before: str = "setex_heading") -> None:
    """Let a rule hold in quotes and lists too."""
    for rules in (markdown.block.block_quote_rules, markdown.block.list_rules):
        if name not in rules:
            markdown.block.insert_rule(rules, name, before=before)


def hanging(state: BlockState, at: int, deep: re.Pattern[str], ends: Callable[[int], object]) -> tuple[str, int]:
    """Return the lines from a place on that go on with a block, and where they end.

    These are the lines that are set in as ``deep`` says; blank ones; and, as paragraphs go on, any others right after
    one that isn't blank, up to where it ``ends``.
    """
    lines: list[str] = []
    blank = False
    while at < state.cursor_max:
        line = state.get_line(at)
        if line.isspace():
            blank = True
        elif not deep.match(line) and (blank or ends(at)):
            break
        else:
            blank = False
        lines.append(line)
        at += len(line)
    return deep.sub("", "".join(lines).replace(LAZY, "")).rstrip() + "\n", at


def indented(state: BlockState, start: int) -> tuple[str, int]:
    """Return the lines from a place on that are indented as code is, blank ones between them, and where they end."""
    at = end = start
    while at < state.cursor_max:
        line = state.get_line(at)
        at += len(line)
        if not line.isspace():
            if not INDENT.match(line):
                break
            end = at
    return INDENT.sub("", state.src[start:end]), end


def levels(tokens: list[Token]) -> Iterator[list[Token]]:
    """Yield the blocks of a text, then those inside of each, and so on."""
    waiting = [tokens]
    while waiting:
        tokens = waiting.pop()
        yield tokens
        waiting += [token["children"] for token in tokens if "children" in token]
