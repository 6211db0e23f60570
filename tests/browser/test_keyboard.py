"""Every kind of page without a mouse."""

from __future__ import annotations

from pathlib import Path

import pytest

WATCH = Path(__file__).with_name("focus.js").read_text(encoding="utf-8")


def test_every_stop_is_reached_and_shown(tab, url):
    page = tab.open(url)
    for _ in range(page.evaluate(WATCH)):
        page.keyboard.press("Tab")
    assert page.evaluate("stops()") == {"missed": [], "unseen": []}


def test_the_skip_link_comes_first_can_be_seen_and_leads_past_the_header(tab, url):
    page = tab.open(url)
    skip = page.locator("a.skip")
    assert skip.bounding_box()["y"] < -20
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#theme:main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main, footer.colophon')?.localName") in ("main", "footer")


@pytest.mark.parametrize(("path", "what"), [("/posts/code/", "pre"), ("/posts/table/", ".table")])
def test_what_scrolls_can_be_scrolled_by_keys(tab, base, path, what):
    page = tab.open(base("hard") + path)
    page.set_viewport_size({"width": 320, "height": 800})
    box = page.locator(what).first
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("box => box.scrollLeft > 0", arg=box.element_handle())
    assert box.evaluate("box => box === document.activeElement")


def test_the_check_sees_what_has_no_outline_and_what_is_never_reached(tab):
    page = tab.write(
        "<style>.bare { outline: none } .far { position: absolute; left: -999px }</style><a href='#'>fine</a>"
        "<a href='#' class=bare>bare</a><a href='#' class=far>far</a><a href='#' tabindex=-1>lost</a>"
    )
    for _ in range(page.evaluate(WATCH)):
        page.keyboard.press("Tab")
    assert page.evaluate("stops()") == {"missed": ["lost"], "unseen": ["bare", "far"]}
