"""What quotes and lists have in common: lines of their own, and lines that only go on with a paragraph of theirs.

https://spec.commonmark.org/0.31.2/#container-blocks
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .blocks import Blocks, State

# Before a line that goes on with a paragraph though the sign of its container is missing, so that nothing takes it for
# the beginning of a block. No text holds one: they are dropped before. https://spec.commonmark.org/0.31.2/#paragraph-continuation-text
LAZY = "\0"
INTERRUPTS = ("thematic_break", "fenced_code", "atx_heading", "block_quote", "list", "block_html")
# Without any of these, a line that isn't blank is a paragraph's.
DOUBTFUL = re.compile(r"[<|\t~`:!^=\0]|^ {0,3}[-+*#>_\d\[]| {4}|^[ \t]*$", re.MULTILINE)
FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
# How much of a text may be read again to learn whether a paragraph is open, in times of its length.
SECOND_LOOKS = 3


class Container:
    """Gather the lines of a container, then read them."""

    def __init__(self, block: Blocks, state: State, rules: list[str]) -> None:
        self.block, self.state, self.rules = block, state, rules
        self.lines: list[str] = []
        self.length = 0
        self.column = 0
        self.plain = True  # all lines are a paragraph's for certain
        self.open: bool | None = None  # whether the last line is a paragraph's; None: not known

    def add(self, *lines: str) -> None:
        """Take lines of the container's own."""
        for line in lines:
            self.lines.append(line)
            self.length += len(line)
            self.plain = self.plain and not DOUBTFUL.search(line.rstrip("\n"))
        self.open = True if self.plain else None

    def takes(self, line: str, at: int) -> bool:
        """Take a line without the container's sign, if it goes on with a paragraph; tell whether it does."""
        if line.startswith(LAZY):
            self.lines.append(line)
            return True
        if is_blank(line) or self.interrupted(at) or not self.in_paragraph():
            return False
        self.lines.append(LAZY + line)
        self.open = True
        return True

    def interrupted(self, at: int) -> bool:
        """Tell whether a line begins a block outside of the container."""
        found = self.block.compile_sc(self.block.interrupts).match(self.state.src, at)
        if not found:
            return False
        return found.lastgroup != "fenced_code" or found["fenced_2"][0] != "`" or "`" not in found["fenced_3"]

    def in_paragraph(self) -> bool:
        """Tell whether the last line is one of a paragraph."""
        if self.open is None:
            env = self.state.env
            left = env["second_looks"] if "second_looks" in env else SECOND_LOOKS * (whole_length(self.state) + 1000)
            env["second_looks"] = left - self.length
            env["looking"] = env.get("looking", 0) + 1  # for who keeps what is read: it will be read again
            self.open = ends_in_paragraph(self.parse()) if left > 0 else not is_blank(self.lines[-1])
            env["looking"] -= 1
        return self.open

    def parse(self) -> list[dict[str, Any]]:
        """Return the blocks of the container."""
        lines = self.lines
        if self.column and any("\t" in line for line in lines):
            lines = without_narrow_tabs(lines, self.column)
        child: State = self.state.child_state("".join(lines))  # type: ignore[assignment]
        child.column = self.column
        self.block.parse(child, self.rules)
        return child.tokens


def without_narrow_tabs(lines: list[str], column: int) -> list[str]:
    """Return lines whose first tabs are blanks where, beginning at a column, they are no four columns wide.

    Code between fences stays as it is.
    """
    changed, fence = [], ""
    for line in lines:
        if fence:
            fence = "" if re.match(rf" {{0,3}}{fence}+[ \t]*$", line) else fence
        else:
            width, at = indentation(line, column)
            if width < 4 and "\t" in line[:at]:
                line = " " * width + line[at:]
            opened = FENCE.match(line)
            fence = re.escape(opened[1]) if opened else ""
        changed.append(line)
    return changed


def whole_length(state: State) -> int:
    """Return the length of the text that a state is a part of."""
    while state.parent:
        state = state.parent
    return len(state.src)


def ends_in_paragraph(tokens: list[dict[str, Any]]) -> bool:
    """Tell whether the very last block is a paragraph."""
    while tokens:
        last = tokens[-1]
        if last["type"] in ("paragraph", "block_text"):
            return True
        tokens = last.get("children", [])
    return False


def is_blank(line: str) -> bool:
    """Tell whether a line is empty but for blanks and tabs; other spaces are text."""
    return not line.strip(" \t\n\v\f")


def indentation(line: str, column: int) -> tuple[int, int]:
    """Return how many columns a line is set in that begins at a column, and how many characters that takes."""
    at = len(line) - len(line.lstrip(" "))
    if line[at : at + 1] != "\t":
        return at, at
    width = at
    for sign in line[at:]:
        if sign not in " \t":
            break
        width += 1 if sign == " " else 4 - (column + width) % 4
        at += 1
    return width, at


def cut(line: str, columns: int, column: int) -> str:
    """Return a line that begins at a column without its first columns; a tab cut in two leaves blanks."""
    if line.startswith(" " * columns):
        return line[columns:]
    width, at = 0, 0
    while width < columns and line[at : at + 1] in (" ", "\t"):
        width += 1 if line[at] == " " else 4 - (column + width) % 4
        at += 1
    return " " * (width - columns) + line[at:]
