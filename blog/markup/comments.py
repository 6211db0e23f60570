"""Obsidian's remarks, ``%%so%%``: not for readers. https://help.obsidian.md/syntax#Comments"""

from __future__ import annotations

from . import outside
from .around import Around
from .options import Options


def expand(text: str, _around: Around, _options: Options) -> str:
    """Return a text without its remarks; in code there are none."""
    return outside.changed(text, without) if "%%" in text else text


def without(text: str) -> str:
    """Return text without what stands between two signs each; one without an end is text."""
    parts, at = [], 0
    while (start := text.find("%%", at)) >= 0 and (end := text.find("%%", start + 2)) >= 0:
        parts.append(text[at:start])
        at = end + 2
        if text[max(start - 1, 0)] in "\n%" and text[at : at + 1] == "\n":  # it has lines of its own
            at += 1
    return "".join([*parts, text[at:]])
