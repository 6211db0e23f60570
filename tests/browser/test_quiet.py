"""A page runs nothing but two small files, asks nobody else for anything, and gives no reason to complain."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest


@pytest.mark.parametrize("script", ["script", "no script"])
def test_a_page_asks_only_its_own_host_and_nothing_is_amiss(tabs, url, script):
    tabs[script].show(url)
    elsewhere = [asked for asked in tabs[script].asked if not asked.startswith(urljoin(url, "/"))]
    assert url in tabs[script].asked
    assert (elsewhere, tabs[script].heard) == ([], [])


def test_a_page_has_no_inline_script_and_no_inline_style_of_the_theme(page):
    assert page.locator("script:not([src], [type='application/ld+json']), style, [onclick], [onload]").count() == 0
    assert page.locator("[style]:not(.prose *)").count() == 0


def test_a_page_has_the_script_of_the_switch_and_one_for_code_where_there_is_some(page):
    scripts = page.locator("script[src]").evaluate_all("all => all.map(e => e.src.split('/').pop().split('.')[0])")
    assert scripts == ["theme", "copy"] if page.locator(".highlight").count() else scripts == ["theme"]
    assert page.locator("script[src]:not([integrity^='sha384-'])").count() == 0


def test_the_theme_is_loaded(page):
    assert page.evaluate("getComputedStyle(document.body).display") == "grid"


def test_the_listeners_hear_and_see(tab, base):
    page = tab.open(base("empty") + "/")
    with page.expect_request("https://elsewhere.invalid/*"):
        page.evaluate("void (new Image().src = 'https://elsewhere.invalid/x')")
    with page.expect_console_message(lambda message: message.text == "alas"):
        page.evaluate("console.log('alas')")
    assert "https://elsewhere.invalid/x" in tab.asked
    assert "alas" in tab.heard


def test_an_old_address_leads_on(tab, base):
    page = tab.open(base("own") + "/pages/work")
    assert page.url == base("own") + "/work/"
