"""Every kind of page on every kind of screen: all of the text can be seen, and read."""

from __future__ import annotations

from pathlib import Path

import pytest

WIDTHS = (320, 390, 768, 1280, 2560)
SEEN = Path(__file__).with_name("seen.js").read_text(encoding="utf-8")
READ = Path(__file__).with_name("read.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("script", ["script", "no script"])
def test_all_text_is_seen_whole_at_any_width(tabs, url, script):
    page, complaints = tabs[script].show(url), {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            complaints[width, scheme] = page.evaluate(SEEN)
    assert {where: what for where, what in complaints.items() if what} == {}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("media", ["screen", "print"])
def test_what_others_wrote_in_html_is_as_wide_as_the_text_at_most(tab, base, width, media):
    """Scrolling boxes, players, films, fields: none of them has a class of ours."""
    page = tab.show(base("hard") + "/posts/raw/")
    page.set_viewport_size({"width": max(width, 642) if media == "print" else width, "height": 800})
    page.emulate_media(media=media)
    assert page.evaluate(SEEN) == []
    edge = page.locator(".prose").evaluate("e => e.getBoundingClientRect().right")
    whats = ".prose :is(table, audio, video, iframe, input, select, textarea, fieldset, button, nobr, hr)"
    rights = page.locator(whats).evaluate_all("all => all.map(e => e.getBoundingClientRect().right)")
    assert len(rights) > 10
    assert max(rights) <= edge + 1


@pytest.mark.parametrize("what", ["object", "embed", "canvas", "svg"])
def test_what_is_drawn_by_a_program_is_as_wide_as_the_text_at_most(tab, base, what):
    page = tab.open(base("hard") + "/posts/japanese/")
    page.set_viewport_size({"width": 320, "height": 800})
    page.evaluate(
        "what => document.querySelector('.prose').insertAdjacentHTML('beforeend', what)", f"<{what} width=900>"
    )
    assert page.evaluate(SEEN) == []


def test_all_text_stands_out_from_its_ground(page):
    complaints = {}
    for scheme in ("light", "dark"):
        for contrast in ("no-preference", "more"):
            page.emulate_media(color_scheme=scheme, contrast=contrast)
            complaints[scheme, contrast] = page.evaluate(READ)
    assert {where: what for where, what in complaints.items() if what} == {}


def test_light_and_dark_differ(page):
    def ground():
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    light = ground()
    page.emulate_media(color_scheme="dark")
    assert (light, ground()) == ("rgb(252, 253, 251)", "rgb(20, 24, 21)")


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ("<p>All is well", None),
        ("<p style='width: 3000px'>wide", "the page scrolls sideways"),
        ("<p style='margin-left: -99px'>left", "out of the page: left"),
        ("<p style='margin-left: 9999px; overflow: clip; width: 0'>cut", "cut off: cut"),
        ("<p style='width: 40px; overflow: hidden; white-space: nowrap'>all of it", "cut off: all of it"),
        ("<p style='height: 10px; overflow: hidden'>tall", "cut off: tall"),
        ("<p>one<p style='margin-top: -35px'>two", "overlap: one / two"),
        ("<pre style='width: 90px; overflow: auto'>" + "x" * 99, None),
        ("<style>html { overflow-x: hidden }</style>", "the page hides what is too wide"),
    ],
)
def test_the_check_sees_what_is_wrong(tab, html, complaint):
    page = tab.write(f"<body style='font: 16px/1.2 monospace'>{html}")
    assert (page.evaluate(SEEN) or [None])[0] == complaint


def test_the_check_sees_pale_text(tab):
    page = tab.write("<p style='background: #fff; color: #777'>pale <b style='color: #000'>bold")
    assert page.evaluate(READ) == ["4.48: pale"]
