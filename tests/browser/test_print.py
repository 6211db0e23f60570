"""Every kind of page on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

SEEN = Path(__file__).with_name("seen.js").read_text(encoding="utf-8")
READ = Path(__file__).with_name("read.js").read_text(encoding="utf-8")
A4 = 642  # pixels between margins of 2 cm
CUT = """() => [...document.querySelectorAll("main :not(.hidden)")]
    .filter(e => getComputedStyle(e).overflowX !== "visible" && e.scrollWidth > e.clientWidth)
    .map(e => e.localName + " " + e.className)"""


@pytest.fixture
def paper(page):
    """Return each kind of page as it is printed by a reader who likes it dark."""
    page.set_viewport_size({"width": A4, "height": 971})
    page.emulate_media(media="print", color_scheme="dark")
    return page


def test_paper_has_no_navigation(paper):
    assert paper.locator("nav:visible, .skip:visible, .more:visible").count() == 0
    assert paper.locator("main:visible").count() == 1


def test_paper_is_white_and_its_text_dark(paper):
    assert paper.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert paper.evaluate(READ) == []


def test_all_text_is_on_the_paper(paper):
    """Paper doesn't scroll: what scrolls on the screen must fit, or the browser makes the whole page smaller."""
    assert paper.evaluate(CUT) == []
    assert paper.evaluate(SEEN) == []


@pytest.mark.parametrize("path", ["/about/", "/posts/markdown/"])
def test_who_has_chosen_dark_prints_black_on_white_too(tab, base, path):
    page = tab.open(base("own") + path)
    page.locator("label:has([value=dark])").click()
    page.emulate_media(media="print", color_scheme="dark")
    ground, contrasts = page.evaluate("getComputedStyle(document.body).backgroundColor"), page.evaluate(READ)
    page.emulate_media(media="screen")
    page.locator("label:has([value=auto])").click()
    assert (ground, contrasts) == ("rgb(255, 255, 255)", [])
