"""A feed that somebody opens in a browser: readable, and no source in sight."""

from __future__ import annotations

import pytest

SEEN = """[...document.querySelectorAll("*")].filter(
    element => element.checkVisibility() && [...element.childNodes].some(node => node.nodeValue?.trim())
).map(element => [element.localName, element.textContent.trim()])"""
COLORS = (
    "[getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.documentElement).color]"
)


@pytest.mark.parametrize(("name", "entry"), [("feed.xml", "item"), ("atom.xml", "entry")])
def test_a_feed_shows_its_entries_and_no_markup(tab, base, name, entry):
    page = tab.open(f"{base('own')}/{name}")
    seen = page.evaluate(SEEN)
    assert ["title", "Flatleaf"] in seen
    assert ["title", "Moving in"] in seen
    assert not any("<p>" in text or "https://www.w3.org" in text for _, text in seen)
    assert {found for found, _ in seen} <= set(
        "title description subtitle summary link pubDate published name creator".split()
    )
    assert page.locator(entry).count() > 5
    assert [asked for asked in tab.asked if not asked.startswith(base("own"))] == []
    said = page.evaluate("getComputedStyle(document.querySelector('title'), '::before').content")
    assert "This is a feed" in said


def test_a_feed_follows_the_colours_of_the_system(tab, base):
    page = tab.open(f"{base('own')}/feed.xml")
    light = page.evaluate(COLORS)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(COLORS)
    assert light != dark
    assert light[0] != light[1]
    assert dark[0] != dark[1]


def test_a_feed_fits_a_small_screen(tab, base):
    page = tab.open(f"{base('hard')}/feed.xml")
    page.set_viewport_size({"width": 320, "height": 600})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
