"""Globs as Hugo has them: https://github.com/gobwas/glob"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..config import spelt


@lru_cache(maxsize=500)
def globs(pattern: str) -> list[list[str]]:
    """Return the parts of each pattern that a glob of Hugo's stands for: https://github.com/gobwas/glob"""
    return [re.findall(r"\*\*|[*?]|[^*?]+", one) for one in spelt(pattern.lower())]


@lru_cache(maxsize=5000)
def matches(pattern: str, text: str) -> bool:
    """Tell whether a glob, if there is one, names a text."""
    return not pattern or any(reaches(parts, text) for parts in globs(pattern))


def reaches(parts: list[str], text: str) -> bool:
    """Tell whether parts of a glob lead to a text's end, in steps of the length of both."""
    ends = {0}
    for part in parts:
        if part == "**":
            ends = set(range(min(ends), len(text) + 1))
        elif part == "*":
            ends = set(up_to_slashes(ends, text))
        else:
            ends = {at + len(part) for at in ends if text.startswith(part, at) or one_sign(part, text[at : at + 1])}
        if not ends:
            return False
    return len(text) in ends


def one_sign(part: str, sign: str) -> bool:
    """Tell whether a part of a glob stands for any sign, and this is one that it can stand for."""
    return part == "?" and sign not in ("", "/")


def up_to_slashes(starts: set[int], text: str) -> Iterator[int]:
    """Yield the places that can be come to without passing a slash."""
    reached = False
    for at in range(len(text) + 1):
        reached = at in starts or (reached and text[at - 1] != "/")
        if reached:
            yield at
