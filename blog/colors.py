"""The theme's colours by name, each for a light and for a dark page; a colour of one's own is made readable on both.

What contrast is: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

from __future__ import annotations

import colorsys
import re
from typing import NamedTuple

HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
READABLE = 5.0  # somewhat more than the 4.5 that text needs, as grounds differ
STEPS = 100


class Pair(NamedTuple):
    """Hold one colour for a light page and for a dark one, as ``#rrggbb``."""

    light: str
    dark: str


PAPER = Pair("#fcfdfb", "#141815")
COLORS = {
    "red": Pair("#b3261e", "#ff9d92"),
    "orange": Pair("#a04800", "#f3a765"),
    "yellow": Pair("#765a00", "#e0c25e"),
    "green": Pair("#23693c", "#8ecb9e"),
    "teal": Pair("#0a686c", "#74ccc8"),
    "blue": Pair("#1d5cb2", "#92b9fb"),
    "purple": Pair("#6a3fb4", "#c3a8fb"),
    "pink": Pair("#a5236d", "#f29cc8"),
    "brown": Pair("#74492b", "#d2a988"),
    "gray": Pair("#58615a", "#a0aba2"),
}


def pair(color: str) -> Pair:
    """Return a colour, given by name or as ``#rrggbb``, so that it can be read on either paper."""
    return COLORS.get(color) or Pair(readable(color, PAPER.light), readable(color, PAPER.dark))


def readable(color: str, paper: str) -> str:
    """Return a colour of the same hue, so much darker or lighter that it can be read on the paper."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*channels(color))
    end = 0.0 if luminance(paper) > 0.5 else 1.0
    for step in range(STEPS + 1):
        near = lightness + (end - lightness) * step / STEPS
        found = "#" + "".join(f"{round(255 * channel):02x}" for channel in colorsys.hls_to_rgb(hue, near, saturation))
        if contrast(found, paper) >= READABLE:
            break
    return found


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    """Return how light a colour is, from 0 to 1. https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def channels(color: str) -> tuple[float, float, float]:
    """Return red, green and blue of ``#rgb`` or ``#rrggbb``, each from 0 to 1."""
    digits = color.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    red, green, blue = (int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4))
    return red, green, blue
