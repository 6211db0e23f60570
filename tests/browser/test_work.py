"""What the theme draws for the writer's own HTML: the cards and the timeline of the first seed."""

from __future__ import annotations

import re

import pytest


@pytest.fixture
def work(tab, base):
    """Return the work page of the seeds."""
    return tab.show(base("seeds") + "/work/")


def places(page, what):
    return [(box["x"], box["y"]) for box in (one.bounding_box() for one in page.locator(what).all())]


def test_the_cards_stand_in_a_row_on_a_laptop(work):
    left, top = zip(*places(work, ".work"), strict=True)
    assert len(set(left)) == 3
    assert list(left) == sorted(left)
    assert len(set(top)) == 1


def test_the_cards_stand_in_a_column_on_a_phone(work):
    work.set_viewport_size({"width": 320, "height": 800})
    left, top = zip(*places(work, ".work"), strict=True)
    assert len(set(left)) == 1
    assert len(set(top)) == 3
    assert list(top) == sorted(top)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_timeline_is_a_line_with_a_dot_for_each_event(work, width):
    work.set_viewport_size({"width": width, "height": 800})
    left, top = zip(*places(work, ".timeline-item"), strict=True)
    assert len(top) == 10
    assert len(set(left)) == 1
    assert list(top) == sorted(set(top))
    line = work.locator(".timeline").evaluate(
        "line => [getComputedStyle(line).borderLeftStyle, getComputedStyle(line).borderLeftWidth]"
    )
    assert line == ["solid", "2px"]
    dots = work.locator(".timeline-item").evaluate_all(
        "all => all.map(i => getComputedStyle(i, '::before')).map(d => [d.content, d.backgroundColor, d.borderRadius])"
    )
    assert dots == [['""', "rgb(35, 105, 60)", "50%"]] * 10


def test_buttons_look_like_buttons(work):
    looks = work.locator(".button").evaluate_all(
        "all => all.map(b => getComputedStyle(b)).map(b => [b.display, b.borderTopStyle])"
    )
    assert looks == [["inline-block", "solid"]] * 5


def test_nothing_of_the_comment_can_be_seen(work, seeds):
    comment = re.search(r"<!--(.*?)-->", seeds["pages/work.md"].decode(), re.DOTALL)[1]
    lines = [line.strip(" -") for line in comment.splitlines() if line.strip()]
    shown = work.locator("body").inner_text()
    assert len(lines) == 13
    assert [line for line in (*lines, "<!--", "-->") if line in shown] == []


def test_its_entry_in_the_menu_is_green(work):
    entry = work.locator("nav.menu a", has_text="Work")
    assert entry.evaluate("a => getComputedStyle(a).color") == "rgb(35, 105, 60)"


@pytest.fixture
def sink(tab, base):
    """Return the page whose cards and timeline are written in Markdown."""
    return tab.show(base("hard") + "/posts/sink/")


def test_cards_in_markdown_look_like_cards(sink):
    boxes = [box.bounding_box() for box in sink.locator(".cards > .card").all()]
    assert len(boxes) == 3
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["height"] == boxes[1]["height"]
    feet = [button.bounding_box()["y"] for button in sink.locator(".card .button").all()]
    assert feet[0] == pytest.approx(feet[1], abs=1), "buttons stand at the foot, however long the text is"


def test_a_timeline_in_markdown_has_its_line_and_dots(sink):
    assert sink.locator(".timeline").evaluate("line => getComputedStyle(line).borderLeftStyle") == "solid"
    dots = sink.locator(".timeline-item").evaluate_all(
        "all => all.map(i => getComputedStyle(i, '::before').borderRadius)"
    )
    assert dots == ["50%"] * 2
    date, title = (sink.locator(f".timeline-item .{name}").first.bounding_box() for name in ("h5", "h4"))
    assert (date["x"], date["y"] < title["y"]) == (title["x"], True), "as the contents stand in the margin"


def test_dates_hang_in_the_margin_of_a_wide_page(work):
    work.set_viewport_size({"width": 1280, "height": 800})
    date, title = (work.locator(f".timeline-item {name}").first.bounding_box() for name in ("h5", "h4"))
    assert date["x"] + date["width"] < title["x"]
    assert date["y"] == pytest.approx(title["y"], abs=10)
