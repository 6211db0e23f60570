"""Emphasis as mistune has it, which looks for the next ``*`` or ``_`` sign by sign: a fifth of its time.

https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis
"""

from __future__ import annotations

import re

from mistune._inline import emphasis

DELIMITER = re.compile("[*_]")


def next_delimiter_run(text: str, pos: int) -> int:
    """Return where the next run of delimiters begins, the end of the text if there is none."""
    found = DELIMITER.search(text, pos)
    return found.start() if found else len(text)


def speed_up() -> None:
    """Put the faster search into mistune, if that still has the slow one."""
    if hasattr(emphasis, "_next_delimiter_run"):
        emphasis._next_delimiter_run = next_delimiter_run
