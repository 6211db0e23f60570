"""The theme's colours: the same in Python as in the style sheet, and readable, whatever is asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import colors

CSS = (Path(__file__).parent.parent / "static" / "theme.css").read_text(encoding="utf-8")
DRAWN = {name: colors.Pair(*found) for name, *found in re.findall(r"--(\w+): light-dark\((#\w{6}), (#\w{6})\);", CSS)}


def test_the_style_sheet_has_the_same_colours():
    assert DRAWN["paper"] == colors.PAPER
    assert {name: DRAWN[name] for name in colors.COLORS} == colors.COLORS


@pytest.mark.parametrize("name", colors.COLORS)
def test_every_colour_can_be_an_accent_and_that_of_a_menu(name):
    assert f".accent-{name} {{ --accent: var(--{name}); }}" in CSS
    assert f".color-{name} {{ --hue: var(--{name}); }}" in CSS


@pytest.mark.parametrize("name", [*colors.COLORS, "ink", "soft"])
@pytest.mark.parametrize("ground", ["paper", "shade"])
def test_every_colour_can_be_read_on_every_ground(name, ground):
    for text, behind in zip(DRAWN[name], DRAWN[ground], strict=True):
        assert colors.contrast(text, behind) >= 4.5


@given(st.from_regex(colors.HEX, fullmatch=True))
def test_any_colour_is_made_readable_on_paper(color):
    light, dark = colors.pair(color)
    assert colors.contrast(light, colors.PAPER.light) >= colors.READABLE
    assert colors.contrast(dark, colors.PAPER.dark) >= colors.READABLE


def test_a_colour_that_is_readable_stays_as_it_is():
    assert colors.pair("#7a3b12").light == "#7a3b12"
    assert colors.pair("#FD9").dark == "#ffdd99"


def test_contrast_goes_from_one_to_twenty_one():
    assert colors.contrast("#000", "#ffffff") == pytest.approx(21)
    assert colors.contrast("#abc", "#aabbcc") == 1
