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
    assert paper.locator("nav:not(.toc):visible, .skip:visible, .more:visible").count() == 0
    assert paper.locator("main:visible").count() == 1


def test_paper_is_white_and_its_text_dark(paper):
    assert paper.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert paper.evaluate(READ) == []


def test_all_text_is_on_the_paper(paper):
    """Paper doesn't scroll: what scrolls on the screen must fit, or the browser makes all smaller, down to half."""
    assert paper.evaluate(CUT) == []
    width = paper.evaluate("document.documentElement.scrollWidth")
    paper.set_viewport_size({"width": min(width, 2 * A4), "height": 971})
    assert paper.evaluate(SEEN) == []
