"""Light or dark, as the reader chooses: on the page without a script, on all pages with one."""

from __future__ import annotations

import pytest

GROUND = "getComputedStyle(document.body).backgroundColor"
LIGHT, DARK = "rgb(252, 253, 251)", "rgb(20, 24, 21)"


@pytest.fixture
def choose():
    def choose(page, scheme):
        page.locator(f"label:has([value={scheme}])").click()

    return choose


@pytest.mark.parametrize("script", ["script", "no script"])
def test_the_switch_wins_over_the_system(tabs, base, choose, script):
    page = tabs[script].open(base("own") + "/about/")
    for system, own in (("light", LIGHT), ("dark", DARK)):
        page.emulate_media(color_scheme=system)
        seen = []
        for scheme in ("light", "dark", "auto"):
            choose(page, scheme)
            seen.append(page.evaluate(GROUND))
        assert seen == [LIGHT, DARK, own]


def test_the_choice_holds_on_the_next_page_and_until_it_is_taken_back(tab, base, choose):
    choose(tab.open(base("own") + "/about/"), "dark")
    page = tab.open(base("own") + "/archive/")
    assert page.evaluate(GROUND) == DARK
    assert page.locator("[name=scheme]:checked").input_value() == "dark"
    choose(page, "auto")
    page = tab.open(base("own") + "/about/")
    assert page.evaluate(GROUND) == LIGHT


def test_the_choice_is_there_before_the_first_picture_of_the_page(tab, base, choose):
    choose(tab.open(base("own") + "/about/"), "dark")
    page = tab.open(base("own") + "/posts/markdown/")
    painted = page.evaluate("performance.getEntriesByName('first-paint')[0]?.startTime ?? Infinity")
    script = "performance.getEntriesByType('resource').find(e => /theme\\.\\w+\\.js$/.test(e.name)).responseEnd"
    there = page.evaluate(script)
    choose(page, "auto")
    assert painted >= there


def test_a_browser_that_keeps_nothing_shows_the_choice_all_the_same(tab, base, choose):
    page = tab.open(base("own") + "/about/")
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') } }")
    choose(page, "dark")
    assert page.evaluate("document.documentElement.dataset.scheme") == "dark"
    assert tab.heard == []
    choose(page, "auto")


def test_the_browser_s_own_frame_follows(tab, base, choose):
    page = tab.open(base("own") + "/about/")
    if not page.locator("meta[name=theme-color]").count():
        pytest.skip("without the feature icons a page names no colour for the frame")
    media = "all => all.filter(e => matchMedia(e.media).matches).map(e => e.content)"
    seen = []
    for scheme in ("light", "dark", "auto"):
        choose(page, scheme)
        seen.append(page.locator("meta[name=theme-color]").evaluate_all(media))
    assert seen == [["#fcfdfb"], ["#141815"], ["#fcfdfb"]]


def test_the_switch_is_one_stop_with_a_name_and_arrow_keys(tab, base):
    page = tab.open(base("own") + "/about/")
    assert page.get_by_role("radiogroup", name="Colours").get_by_role("radio").count() == 3
    page.locator("[name=scheme]:checked").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(GROUND) == DARK
    page.keyboard.press("ArrowRight")
    assert page.evaluate(GROUND) == LIGHT


def test_on_paper_the_choice_does_not_count(tab, base, choose):
    page = tab.open(base("own") + "/about/")
    choose(page, "dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(GROUND) == "rgb(255, 255, 255)"
    page.emulate_media(media="screen")
    choose(page, "auto")
