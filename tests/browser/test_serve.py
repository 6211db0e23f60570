"""The page in the browser follows the files, keeps its place, and says what is wrong: ``blog serve``."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import Page

SEEN = Path(__file__).with_name("seen.js").read_text(encoding="utf-8")
READ = Path(__file__).with_name("read.js").read_text(encoding="utf-8")
POST = "---\ntitle: A post\ndate: 2026-05-01\n---\n\n"
SITE = {
    "posts/a.md": POST + "First words.\n",
    "posts/long.md": POST + "".join(f"Paragraph {n}.\n\n" for n in range(300)),
    "posts/draft.md": "---\ntitle: Being written\ndraft: true\n---\n\nWords.\n",
    "posts/later.md": "---\ntitle: To come\ndate: 2099-12-24T18:30:00+01:00\n---\n\nWords.\n",
    "posts/odd.md": "---\ntitle: Odd\ndate: someday\n---\n\nWords.\n",
    "static/own.css": "main { letter-spacing: 1px }\n",
    "templates/page.html": '{% extends "base.html" %}\n{% block main %}<h1>{{ page.title }}</h1>{% endblock %}\n',
    "templates/layouts/styled.html": '{% extends "page.html" %}\n{% block links %}{{ super() }}'
    '<link rel="stylesheet" href="/static/own.css">{% endblock %}\n',
    "pages/about.md": "# About\n",
    "pages/styled.md": "---\ntitle: Styled\nlayout: styled\n---\n",
}
BROKEN = "---\ntitle: [\n---\n"
BANNER = 'aside[id="theme:banner"]'


@pytest.fixture
def desk(made, serving):
    """Return a site with the address at which it is served to its writer."""
    made.write(SITE)
    made.serving = serving(made.root)
    made.address = made.serving.address
    return made


@pytest.fixture
def page(tab):
    """Return a tab that can follow; the shared one is used, and left in peace at the end."""
    yield tab.page
    tab.page.goto("about:blank")


def see(page: Page, text: str) -> None:
    """Wait until the page shows a text."""
    page.wait_for_function("text => document.documentElement.innerText.includes(text)", arg=text)


def listening(page: Page, address: str) -> Page:
    """Show a page, and return when it listens for changes."""
    with page.expect_response("**/-/dev/events*"):
        page.goto(address)
    return page


def test_the_page_follows_its_file(desk, page, capsys):
    listening(page, f"{desk.address}/posts/a/")
    see(page, "First words.")
    start = time.monotonic()
    desk.write({"posts/a.md": POST + "Second words.\n"})
    see(page, "Second words.")
    took = time.monotonic() - start
    with capsys.disabled():
        print(f" [followed after {took * 1000:.0f} ms]", end="")
    assert took < 2


def test_it_follows_again_and_again(desk, page):
    listening(page, f"{desk.address}/posts/a/")
    for n in range(5):
        desk.write({"posts/a.md": POST + f"Version {n}.\n"})
        see(page, f"Version {n}.")


def test_the_place_on_the_page_is_kept_also_when_the_banner_grows(desk, page):
    listening(page, f"{desk.address}/posts/long/")
    spot = "[...document.querySelectorAll('.prose p')].find(p => p.textContent === 'Paragraph 150.')"
    page.evaluate(f"scrollTo({{top: {spot}.offsetTop - 300, behavior: 'instant'}})")
    before = page.evaluate(f"{spot}.getBoundingClientRect().top")
    desk.write({"posts/long.md": str(SITE["posts/long.md"]) + "The end.\n", "posts/broken.md": BROKEN})
    see(page, "The end.")
    page.wait_for_function("() => history.state === null && document.readyState === 'complete'")
    assert page.evaluate(f"{spot}.getBoundingClientRect().top") == pytest.approx(before, abs=2)
    assert page.evaluate("scrollY") > 1000


def test_a_page_with_a_fragment_keeps_its_place_too(desk, page):
    desk.write({"posts/long.md": str(SITE["posts/long.md"]) + "## Here\n\nA place.\n"})
    listening(page, f"{desk.address}/posts/long/#here")
    see(page, "A place.")
    page.wait_for_function("() => { scrollTo({top: 500, behavior: 'instant'}); return Math.abs(scrollY - 500) <= 2 }")
    desk.write({"posts/long.md": str(SITE["posts/long.md"]) + "## Here\n\nAnother place.\n"})
    see(page, "Another place.")
    # It may be loaded again meanwhile: a file that is written may be seen twice.
    page.wait_for_function(
        "() => history.state === null && document.readyState === 'complete' && Math.abs(scrollY - 500) <= 2"
    )


def test_a_template_and_a_new_post_are_followed(desk, page):
    listening(page, f"{desk.address}/about/")
    desk.write({"templates/page.html": SITE["templates/page.html"].replace("<h1>", "<h1>All ")})
    see(page, "All About")
    listening(page, f"{desk.address}/")
    desk.write({"posts/new.md": "# Fresh from the pen\n"})
    see(page, "Fresh from the pen")


def test_settings_are_followed_a_wrong_one_is_told_and_the_last_good_ones_hold(desk, page):
    listening(page, f"{desk.address}/posts/a/")
    desk.settings(title="Another name")
    see(page, "Another name")
    desk.settings(title="A third name", posts_per_page=0)
    see(page, "pyproject.toml:3: posts_per_page must be a whole number above zero")
    assert "Another name" in page.inner_text("header")
    desk.settings(title="A third name")
    see(page, "A third name")
    assert "pyproject.toml" not in page.inner_text("html")


def test_a_style_sheet_is_put_in_place_without_a_reload(desk, page):
    listening(page, f"{desk.address}/styled/")
    page.evaluate("window.same = true")
    for width in ("2px", "3px"):
        desk.write({"static/own.css": f"main {{ letter-spacing: {width} }}\n"})
        page.wait_for_function("w => getComputedStyle(document.querySelector('main')).letterSpacing === w", arg=width)
        page.wait_for_function("() => document.querySelectorAll('link[href*=own]').length === 1")
    assert page.evaluate("window.same")
    desk.write({"pages/styled.md": "---\ntitle: Restyled\nlayout: styled\n---\n"})
    see(page, "Restyled")
    assert page.evaluate("window.same") is None


def test_the_theme_s_own_sheet_with_its_version_is_put_in_place_too(desk, page):
    theme = Path(__file__).parents[2] / "static" / "theme.css"
    listening(page, f"{desk.address}/posts/a/")
    page.evaluate("window.same = true")
    desk.write({"static/theme.css": theme.read_text() + "h1 { color: rgb(1, 2, 3) }\n"})
    page.wait_for_function("() => getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, 3)'")
    page.wait_for_function("() => document.querySelectorAll('link[href*=theme]').length === 1")
    assert page.evaluate("window.same")


def test_the_page_for_an_error_comes_and_goes_by_itself(desk, page, tab):
    listening(page, f"{desk.address}/about/")
    desk.write(
        {"templates/page.html": '{% extends "base.html" %}\n{% block main %}\n{{ page.titel }}\n{% endblock %}\n'}
    )
    see(page, "templates/page.html:3")
    assert "has no attribute 'titel'" in page.inner_text("h1")
    assert page.inner_text(".here").strip() == "3{{ page.titel }}"
    desk.write({"templates/page.html": '{% extends "base.html" %}\n{% block main %}\n{% if %}\n{% endblock %}\n'})
    see(page, "Expected an expression")
    desk.write({"templates/page.html": SITE["templates/page.html"]})
    page.wait_for_selector("h1:text-is('About')")
    assert page.locator(".kicker").count() == 0


def test_a_broken_file_leaves_its_last_good_version_and_the_banner_says_so(desk, page):
    listening(page, f"{desk.address}/posts/a/")
    assert page.inner_text(BANNER).strip() == "1 problem"
    desk.write({"posts/a.md": BROKEN})
    see(page, "First words.")
    page.wait_for_selector(f"{BANNER} >> text=This is the last good version of this page.")
    assert page.inner_text(f"{BANNER} > ul") == "posts/a.md:3: YAML: did not find expected node content"
    page.click("summary")
    assert "posts/odd.md:3: this is not a date: someday" in page.inner_text(BANNER)
    desk.write({"posts/a.md": POST + "Right again.\n"})
    see(page, "Right again.")
    page.wait_for_selector(f"{BANNER} details[open]")
    desk.write({"posts/odd.md": POST})
    page.wait_for_selector(BANNER, state="detached")


def test_a_tab_that_nobody_sees_listens_to_nothing_and_catches_up(desk, page):
    hidden = "Object.defineProperty(document, 'visibilityState', {value: '%s', configurable: true});"
    hidden += "document.dispatchEvent(new Event('visibilitychange'))"
    listening(page, f"{desk.address}/posts/a/")
    page.evaluate(hidden % "hidden")
    desk.write({"posts/a.md": POST + "Meanwhile.\n"})
    desk.serving.wait_for("posts/a.md changed")
    assert "First words." in page.inner_text("body")
    page.evaluate(hidden % "visible")
    see(page, "Meanwhile.")


def test_after_a_new_start_of_the_server_the_page_is_there_again(desk, page, serving, made):
    first = serving(made.root)
    port = first.address.rsplit(":", 1)[1]
    listening(page, f"{first.address}/posts/a/")
    assert first.end() == 0
    made.write({"posts/a.md": POST + "While nobody served.\n"})
    serving(made.root, "--port", port)
    see(page, "While nobody served.")


PAGES = {"marks": "/", "draft": "/posts/draft/", "later": "/posts/later/", "last good": "/posts/a/", "error": "/about/"}


@pytest.mark.parametrize("what", PAGES)
def test_what_only_this_mode_shows_can_be_seen_and_read_at_any_width(desk, page, tab, what):
    see_first = {"last good": "posts/a.md", "error": "templates/page.html"}.get(what)
    listening(page, desk.address + PAGES[what])
    if see_first:
        desk.write({"posts/a.md": BROKEN} if what == "last good" else {"templates/page.html": "{{ page.titel }}" * 9})
        see(page, see_first) if what == "error" else page.wait_for_selector(f"{BANNER} p")
    tab.reset()
    complaints = {}
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            # Both look into the body, out of which the banner was moved.
            page.evaluate(f"document.body.prepend(document.querySelector('{BANNER}'))")
            page.evaluate(f"document.querySelector('{BANNER}').style.position = 'static'")
            complaints[width, scheme] = [*page.evaluate(SEEN), *page.evaluate(READ)]
    assert {where: found for where, found in complaints.items() if found} == {}


def test_drafts_and_what_is_to_come_are_marked(desk, page):
    listening(page, f"{desk.address}/")
    marks = page.locator(".draft").all_inner_texts()
    assert sorted(marks) == ["Draft", "Scheduled for 24 Dec 2099, 18:30"]
    page.goto(f"{desk.address}/posts/later/")
    assert page.inner_text(".byline .draft") == "Scheduled for 24 Dec 2099, 18:30"
    page.goto(f"{desk.address}/archive/")
    assert "Scheduled for 24 Dec 2099, 18:30" in page.inner_text(".rows")


def test_the_banner_can_be_reached_and_unfolded_by_keys(desk, page):
    listening(page, f"{desk.address}/posts/a/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.localName") == "summary"
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{BANNER} details[open] >> text=posts/odd.md:3")


def test_nothing_is_refused_by_the_policy_and_no_script_fails(desk, tab):
    for path in ("/", "/posts/a/", "/archive/"):
        tab.open(desk.address + path)
        assert [line for line in tab.heard if "/-/dev/events" not in line] == []  # what was left behind is cut off
    tab.page.goto("about:blank")
