"""Where a text isn't code: constructs that code may hold as well are looked for only there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

FENCE = re.compile(r"^[ >]{0,12}(?:[-*+] {1,3})?(`{3,}(?=[^`\n]*$)|~{3,})", re.MULTILINE)
TICKS = re.compile(r"`+")
BLANK = re.compile(r"\n[ \t]*\n")


def changed(text: str, change: Callable[[str], str]) -> str:
    """Return a text with what isn't code changed; each part is given with signs for code spans put back later."""
    return "".join(part if code else outside_spans(part, change) for part, code in blocks(text))


def blocks(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text, and whether they are fenced code."""
    at, opened, start = 0, "", 0
    for found in FENCE.finditer(text):
        fence = found[1]
        if not opened:
            opened, start = fence, found.start()
            yield text[at:start], False
        elif fence.startswith(opened) and not text[found.end() : line_end(text, found.end())].strip():
            at = found.end()
            yield text[start:at], True
            opened = ""
    yield text[start if opened else at :], bool(opened)


def line_end(text: str, at: int) -> int:
    """Return where the line ends that a place is on."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def outside_spans(text: str, change: Callable[[str], str]) -> str:
    """Return text with what is outside of code spans changed as one; the spans stay as they are."""
    if "`" not in text:
        return change(text)
    kept: list[str] = []

    def hold(span: str) -> str:
        kept.append(span)
        return f"\ufde3{len(kept) - 1}\ufde3"

    parts, at = [], 0
    for start, end in spans(text):
        parts += [text[at:start], hold(text[start:end])]
        at = end
    made = change("".join([*parts, text[at:]]))
    return re.sub("\ufde3([0-9]+)\ufde3", lambda found: kept[int(found[1])], made)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where code spans begin and end; none goes on after a blank line."""
    at = 0
    for gap in [*BLANK.finditer(text), None]:
        end = gap.start() if gap else len(text)
        runs = [(found.start(), found.end()) for found in TICKS.finditer(text, at, end)]
        yield from matched(runs)
        at = end


def matched(runs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the runs of ticks that go together, from the first tick to the last."""
    following: dict[int, int] = {}  # by length, the next run
    after = [-1] * len(runs)
    for place in range(len(runs) - 1, -1, -1):
        length = runs[place][1] - runs[place][0]
        after[place] = following.get(length, -1)
        following[length] = place
    place = 0
    while place < len(runs):
        if after[place] >= 0:
            yield runs[place][0], runs[after[place]][1]
            place = after[place]
        place += 1
