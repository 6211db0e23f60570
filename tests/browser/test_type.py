"""The type: how long a line is, what hangs, what each script gets, and that nothing moves."""

from __future__ import annotations

import pytest

# Letters on each full line of an element's text.
LINES = """element => {
  const range = document.createRange(), lines = [], walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let top = null;
  while (walker.nextNode()) for (let at = 0; at < walker.currentNode.length; at++) {
    range.setStart(walker.currentNode, at); range.setEnd(walker.currentNode, at + 1);
    const box = range.getBoundingClientRect();
    if (!box.height) continue;
    if (top === null || box.top > top + box.height / 2) { lines.push(0); top = box.top; }
    lines[lines.length - 1]++;
  }
  return lines.slice(0, -1);
}"""
SHIFT = """() => new Promise(resolve => {
  let sum = 0;
  const add = list => list.getEntries().forEach(e => (sum += e.value));
  new PerformanceObserver(add).observe({type: "layout-shift", buffered: true});
  document.fonts.ready.then(() => requestAnimationFrame(() => setTimeout(() => resolve(sum), 0)));
})"""


def starts(page, *selectors):
    return [page.locator(selector).first.bounding_box()["x"] for selector in selectors]


def text_start(page, selector):
    return page.locator(selector).first.evaluate(
        "e => { const r = document.createRange(); r.selectNodeContents(e); return r.getBoundingClientRect().left }"
    )


@pytest.mark.parametrize("site", ["own", "serif"])
@pytest.mark.parametrize("width", [768, 1280, 1920, 2560])
def test_a_line_has_sixty_to_seventy_five_letters(tab, base, site, width):
    page = tab.show(base(site) + "/about/")
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("document.fonts.ready")
    lines = [n for p in page.locator(".prose > p").all() for n in p.evaluate(LINES)]
    assert len(lines) > 15
    assert 56 <= sorted(lines)[len(lines) // 2] <= 75


def test_a_large_screen_is_used(tab, base):
    page = tab.show(base("hard") + "/posts/sink/")
    page.set_viewport_size({"width": 2560, "height": 1400})
    text, contents = page.locator(".prose").bounding_box(), page.locator(".toc").bounding_box()
    assert text["width"] > 0.3 * 2560
    assert contents["x"] + contents["width"] < text["x"]
    assert float(page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")) > 24


def test_the_contents_go_along_in_the_margin(tab, base):
    page = tab.show(base("hard") + "/posts/sink/")
    page.evaluate("scrollTo(0, 2000)")
    assert page.locator(".toc a").first.bounding_box()["y"] > 0
    page.evaluate("scrollTo(0, 0)")
    page.set_viewport_size({"width": 768, "height": 800})
    toc, text = page.locator(".toc").bounding_box(), page.locator(".prose > p").first.bounding_box()
    assert toc["x"] == text["x"]


def test_words_of_quotes_and_lists_stand_on_the_axis_of_the_text(tab, base):
    page = tab.show(base("hard") + "/posts/sink/")
    axis = text_start(page, ".prose > p")
    assert text_start(page, ".prose > blockquote p") == pytest.approx(axis, abs=0.5)
    assert text_start(page, ".prose > ul > li") == pytest.approx(axis, abs=0.5)
    assert text_start(page, ".prose > ol > li") == pytest.approx(axis, abs=0.5)
    assert text_start(page, ".prose > .highlight:not([data-language]) code") == pytest.approx(axis, abs=0.5)


@pytest.mark.parametrize("width", [390, 768, 1280, 2560])
def test_all_blocks_of_code_are_as_wide_as_one_another(tab, base, width):
    page = tab.show(base("hard") + "/posts/code/")
    page.set_viewport_size({"width": width, "height": 900})
    boxes = [box.bounding_box() for box in page.locator(".prose > :is(pre, .highlight)").all()]
    text = page.locator(".prose").bounding_box()
    assert len({(round(box["x"], 1), round(box["width"], 1)) for box in boxes}) == 1
    left = text["x"] - boxes[0]["x"]
    right = boxes[0]["x"] + boxes[0]["width"] - text["x"] - text["width"]
    assert left == pytest.approx(right, abs=0.5)


def test_many_tags_begin_where_their_heading_does(tab, base):
    page = tab.show(base("hard") + "/tags/")
    page.set_viewport_size({"width": 1600, "height": 900})
    heading, tags = page.locator("h1").bounding_box(), page.locator(".cloud").bounding_box()
    assert tags["x"] == pytest.approx(heading["x"], abs=0.5)
    assert tags["width"] > heading["width"]


def test_a_table_of_many_columns_breaks_no_cell(tab, base):
    page = tab.show(base("hard") + "/posts/table/")
    for width in (320, 768, 1280, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        rows = page.locator(".prose td").evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
        assert max(rows) == pytest.approx(min(rows), abs=1), width
        assert max(rows) < 45 * max(1, width / 1280), width


def test_a_film_keeps_its_shape_and_a_player_its_height(tab, base):
    page = tab.show(base("hard") + "/posts/raw/")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        film, low = (page.locator(f"iframe[title={name}]").bounding_box() for name in ("About", "Low"))
        assert film["width"] / film["height"] == pytest.approx(560 / 315, abs=0.02)
        assert low["height"] == 90
    fonts = page.locator(".prose :is(input, select, textarea, button)").evaluate_all(
        "all => all.map(e => getComputedStyle(e).fontFamily)"
    )
    assert set(fonts) == {page.locator(".prose > p").first.evaluate("e => getComputedStyle(e).fontFamily")}


def test_what_can_be_touched_around_a_post_is_large_enough(tab, base):
    page = tab.show(base("hard") + "/posts/sink/")
    heights = page.locator(".facts a").evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
    assert min(heights) >= 24


@pytest.mark.parametrize("what", [".licence", ".permalink-line"])
def test_what_is_said_in_english_under_an_arabic_post_runs_from_left_to_right(tab, base, what):
    page = tab.show(base("hard") + "/posts/arabic/")
    label, link = page.locator(what).evaluate(
        """e => { const r = document.createRange(); r.setStart(e.firstChild, 0); r.setEnd(e.firstChild, 3);
        return [r, e.querySelector("a")].map(part => part.getBoundingClientRect().left) }"""
    )
    assert label < link


def test_figures_hang_in_texts_and_line_up_in_tables(tab, base):
    page = tab.show(base("hard") + "/posts/sink/")
    variant = "e => getComputedStyle(e).fontVariantNumeric"
    assert page.locator(".prose > p").first.evaluate(variant) == "oldstyle-nums"
    assert page.locator(".prose td").first.evaluate(variant) == "lining-nums tabular-nums"
    assert page.locator(".prose code").first.evaluate(variant) == "normal"


@pytest.mark.parametrize(("path", "leading"), [("/posts/japanese/", 1.8), ("/posts/arabic/", 1.85)])
def test_other_scripts_have_room_and_no_false_italics(tab, base, path, leading):
    page = tab.show(base("hard") + path)
    p = page.locator(".prose p").first
    got = p.evaluate("e => parseFloat(getComputedStyle(e).lineHeight) / parseFloat(getComputedStyle(e).fontSize)")
    assert got == pytest.approx(leading, abs=0.01)
    assert p.evaluate("e => getComputedStyle(e).fontSynthesisStyle") == "none"
    assert page.locator("h1").evaluate("e => getComputedStyle(e).letterSpacing") in ("normal", "0px")
    around = page.locator(".masthead").evaluate("e => getComputedStyle(e).fontFamily")
    assert "system-ui" in around, "which is in English"


def test_japanese_is_stressed_with_dots(tab, base):
    page = tab.show(base("hard") + "/posts/japanese/")
    style = "e => [getComputedStyle(e).fontStyle, getComputedStyle(e).textEmphasisStyle]"
    assert page.locator(".prose em").evaluate(style) == ["normal", "dot"]


def test_nothing_moves_while_a_page_comes(tab, base):
    for site, path in (("own", "/posts/markdown/"), ("hard", "/posts/sink/"), ("serif", "/posts/markdown/")):
        page = tab.open(base(site) + path)
        assert page.evaluate(SHIFT) < 0.01, path


def test_the_theme_s_own_font_is_used_and_has_true_small_capitals(tab, base):
    page = tab.open(base("serif") + "/posts/markdown/")
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
    assert '"Flatleaf Serif"' in loaded or "Flatleaf Serif" in loaded
    assert [asked for asked in tab.asked if not asked.startswith(base("serif"))] == []
    heights = page.locator(".prose p abbr").first.evaluate(
        "e => [getComputedStyle(e).fontVariantCaps, getComputedStyle(e).fontSynthesisSmallCaps]"
    )
    assert heights == ["all-small-caps", "none"]
