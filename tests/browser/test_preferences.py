"""What readers ask their system for: less motion, colours of their own, more contrast; and what paper can't do."""

from __future__ import annotations

import pytest

BOXES = ".callout, .card, .highlight, details"


@pytest.fixture
def sink(tab, base):
    """Return the page that has everything."""
    return tab.show(base("hard") + "/posts/sink/")


def test_a_page_glides_only_for_those_who_like_motion(sink):
    behaviour = "getComputedStyle(document.documentElement).scrollBehavior"
    assert sink.evaluate(behaviour) == "auto"
    sink.emulate_media(reduced_motion="no-preference")
    assert sink.evaluate(behaviour) == "smooth"


@pytest.mark.parametrize("media", [{"forced_colors": "active"}, {"contrast": "more"}])
def test_boxes_have_edges_where_grounds_are_not_told_apart(sink, media):
    sink.emulate_media(**media)
    edges = sink.locator(f".prose :is({BOXES})").evaluate_all(
        "all => all.map(e => getComputedStyle(e)).map(s => s.borderLeftStyle + s.outlineStyle)"
    )
    sink.emulate_media(forced_colors="none", contrast="no-preference")
    assert len(edges) > 10
    assert [edge for edge in edges if "solid" not in edge] == []


def test_code_in_a_line_has_an_edge_for_those_who_ask_for_contrast(sink):
    style = "e => [getComputedStyle(e).outlineStyle, getComputedStyle(e).backgroundColor]"
    code = sink.locator(".prose > p code").first
    plain, ground = code.evaluate(style)
    assert plain == "none"
    assert ground != sink.evaluate("getComputedStyle(document.body).backgroundColor")
    sink.emulate_media(contrast="more")
    edge = code.evaluate(style)[0]
    sink.emulate_media(contrast="no-preference")
    assert edge == "solid"


def test_what_is_folded_is_open_on_paper(sink):
    words = sink.get_by_text("What was folded away.")
    assert not words.is_visible()
    sink.emulate_media(media="print")
    assert words.is_visible()


def test_paper_says_where_a_link_to_elsewhere_leads(tab, base):
    page = tab.show(base("own") + "/about/")
    page.emulate_media(media="print")
    link = page.locator(".prose a[href^='https://flask.']")
    said = link.evaluate("e => getComputedStyle(e, '::after').content")
    inside = page.locator(".prose a[href^='/']").first.evaluate("e => getComputedStyle(e, '::after').content")
    assert "(" in said
    assert inside == "none"


def test_paper_breaks_at_no_heading_and_in_no_box(sink):
    sink.emulate_media(media="print")
    after = sink.locator("main :is(h1, h2, h3)").evaluate_all("all => all.map(e => getComputedStyle(e).breakAfter)")
    inside = sink.locator("main :is(.card, .callout, pre, figure)").evaluate_all(
        "all => all.map(e => getComputedStyle(e).breakInside)"
    )
    assert (set(after), set(inside)) == ({"avoid"}, {"avoid"})
