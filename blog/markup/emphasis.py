"""Emphasis as mistune has it, in proportion to the text: its own looks back over all that was opened, again and again.

Finding the next ``*`` or ``_`` sign by sign was a fifth of its time, too.
https://spec.commonmark.org/0.31.2/#phase-2-inline-structure
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from mistune._inline import emphasis
from mistune.core import token_depth

DELIMITER = re.compile("[*_]")


def next_delimiter_run(text: str, pos: int) -> int:
    """Return where the next run of delimiters begins, the end of the text if there is none."""
    found = DELIMITER.search(text, pos)
    return found.start() if found else len(text)


@dataclass(slots=True)
class Level:
    """Hold what follows a run of signs that may still be closed, and how deep that is."""

    run: Any  # mistune's _Delimiter; None: the text itself
    number: int  # which run of the text it is
    tokens: list[dict[str, Any]] = field(default_factory=list)
    depth: int = 0

    def add(self, token: dict[str, Any], depth: int) -> None:
        """Take a token of a depth."""
        self.tokens.append(token)
        self.depth = max(self.depth, depth)


def process(parts: list[dict[str, Any]], runs: list[Any], max_depth: int) -> None:
    """Put what stands between two runs of signs that match into emphasis; ``parts`` is changed."""
    levels = [Level(None, -1)]
    bottoms: dict[tuple[str, int, bool], int] = {}  # before which run nothing matches a closing one of a kind
    at = dict(zip((run.index for run in runs), enumerate(runs), strict=True))
    for index, part in enumerate(parts):
        if index not in at:
            levels[-1].add(part, token_depth([part]) if "children" in part else 0)
            continue
        number, run = at[index]
        while run.can_close and run.length and close(levels, run, number, bottoms, max_depth):
            pass
        if run.length and run.can_open:
            levels.append(Level(run, number))
        elif run.length:
            levels[-1].add(signs(run), 0)
    flatten(levels, 0)
    parts[:] = levels[0].tokens


def close(levels: list[Level], run: Any, number: int, bottoms: dict[tuple[str, int, bool], int], deepest: int) -> bool:
    """Close the last level that a run of signs matches; tell whether there is one."""
    kind = (run.marker, run.orig_length % 3, run.can_open)
    bottom = bottoms.get(kind, 0)
    at = len(levels) - 1
    while at and levels[at].number >= bottom and not match(levels[at].run, run):
        at -= 1
    depth = 1 + max(level.depth for level in levels[at:])
    if not at or levels[at].number < bottom or depth > deepest:
        bottoms[kind] = number
        return False
    flatten(levels, at)
    opened = levels[at]
    used = 2 if opened.run.length >= 2 and run.length >= 2 else 1
    made = {"type": "strong" if used == 2 else "emphasis", "children": opened.tokens}
    opened.run.length -= used
    run.length -= used
    if opened.run.length:
        opened.tokens, opened.depth = [made], depth
    else:
        levels.pop().run = None
        levels[-1].add(made, depth)
    return True


def match(opened: Any, run: Any) -> bool:
    """Tell whether a run closes one that was opened; of the lengths, the rule of three."""
    if opened.marker != run.marker:
        return False
    both = opened.can_close or run.can_open
    total = opened.orig_length + run.orig_length
    return not (both and total % 3 == 0 and (opened.orig_length % 3 or run.orig_length % 3))


def flatten(levels: list[Level], at: int) -> None:
    """Take what was opened above a level for text."""
    for level in levels[at + 1 :]:
        levels[at].tokens += [signs(level.run), *level.tokens]
        levels[at].depth = max(levels[at].depth, level.depth)
    del levels[at + 1 :]


def signs(run: Any) -> dict[str, Any]:
    """Return what is left of a run as text."""
    return {"type": "text", "raw": run.marker * run.length}


def speed_up() -> None:
    """Put the faster ways into mistune, where it still has the slow ones."""
    if hasattr(emphasis, "_next_delimiter_run"):
        emphasis._next_delimiter_run = next_delimiter_run
    if hasattr(emphasis, "_process_emphasis_delimiters") and hasattr(emphasis, "_Delimiter"):
        emphasis._process_emphasis_delimiters = process  # type: ignore[assignment]
