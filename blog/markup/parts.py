"""A part of a text: what stands below a heading, or the block that has a name."""

from __future__ import annotations

import re

HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t#]*$", re.MULTILINE)
FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)


def part(body: str, name: str) -> str:
    """Return the part of a text that a name leads to: ``Heading``, ``Heading#Below`` or ``^block``; else all of it."""
    wanted = name.rpartition("#")[2].strip()
    if not wanted:
        return body
    return block(body, wanted[1:]) if wanted.startswith("^") else section(body, wanted)


def section(body: str, wanted: str) -> str:
    """Return a heading with what stands below it, up to the next one of its level."""
    start = level = -1
    for depth, title, at in headings(body):
        if start < 0 and same(title, wanted):
            start, level = at, depth
        elif start >= 0 and depth <= level:
            return body[start:at]
    return body[start:] if start >= 0 else body


def headings(body: str) -> list[tuple[int, str, int]]:
    """Return level, words and place of each heading outside of code."""
    found, code, at = [], "", 0
    for line in body.splitlines(keepends=True):
        fence, heading = FENCE.match(line), HEADING.match(line)
        if fence:
            code = fence[1] if not code else "" if fence[1].startswith(code) else code
        elif heading and not code:
            found.append((len(heading[1]), heading[2], at))
        at += len(line)
    return found


def same(title: str, wanted: str) -> bool:
    """Tell whether two headings say the same."""
    return " ".join(re.findall(r"\w+", title.casefold())) == " ".join(re.findall(r"\w+", wanted.casefold()))


def block(body: str, name: str) -> str:
    """Return the paragraph or item that ends with ``^name``, else all of the text."""
    for paragraph in body.split("\n\n"):
        for line in paragraph.split("\n"):
            if line.rstrip().endswith(f"^{name}"):
                return line if re.match(r"\s*(?:[-*+]|\d+[.)])\s", line) else paragraph
    return body
