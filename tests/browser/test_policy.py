"""What the Content-Security-Policy does in a browser: a text may show pictures from anywhere, and act on nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Request

STYLED = "getComputedStyle(document.getElementById('styled')).color"
FILL = "getComputedStyle(document.querySelector('path')).fill"
ELSEWHERE = "https://elsewhere.invalid/"


@pytest.fixture
def sent(tab) -> Iterator[Callable[[str], set[str]]]:
    """Return a function that opens an address, and returns what was really asked for elsewhere."""
    failed: dict[str, str] = {}

    def note(request: Request) -> None:
        failed[request.url] = request.failure or ""

    def open(url: str) -> set[str]:
        tab.open(url)
        tab.page.wait_for_load_state("networkidle")
        found = {asked for asked in tab.asked if asked.startswith(ELSEWHERE) and failed.get(asked) != "csp"}
        return {asked.removeprefix(ELSEWHERE) for asked in found}

    tab.page.on("requestfailed", note)
    yield open
    tab.page.remove_listener("requestfailed", note)


def test_by_itself_a_text_shows_and_does_not_act(tab, base, sent):
    assert sent(base("acting") + "/posts/acts/") == {"image.png"}
    tab.page.click("#link")
    assert tab.page.title() == "Quiet · Blog"
    assert tab.page.evaluate(STYLED) != "rgb(1, 2, 3)"


def test_the_site_s_own_scripts_run(tab, base):
    page = tab.open(base("acting") + "/posts/acts/")
    assert page.evaluate("document.documentElement.dataset.own") == "ran"


def test_the_owner_may_let_in_more(tab, base, sent):
    assert {"script.js", "frame/", "image.png"} <= sent(base("allowing") + "/posts/acts/")
    assert tab.page.title() == "acted"
    assert tab.page.evaluate(STYLED) == "rgb(1, 2, 3)"


def test_an_image_that_is_opened_by_itself_looks_as_drawn_and_runs_nothing(tab, base):
    for name in ("acting", "allowing"):
        page = tab.open(base(name) + "/posts/sun.svg")
        assert page.evaluate("document.documentElement.id") == ""
        assert page.evaluate(FILL) == "rgb(1, 2, 3)"
