"""What a page consists of, for those who hear it."""

from __future__ import annotations

from urllib.parse import urlsplit

NAMELESS = """[...document.querySelectorAll('a[href], button, summary')]
    .filter(e => !e.closest('[aria-hidden=true]'))  // permalinks of headings: neither read out nor reached by keyboard
    .filter(e => !e.textContent.trim() && !e.ariaLabel && !e.querySelector('img[alt]:not([alt=""]), svg[aria-label]'))
    .map(e => e.outerHTML)"""


def test_a_page_has_one_h1_with_words(page):
    titles = page.locator("main h1:visible, header h1.brand").all_inner_texts()
    assert [bool(title.strip()) for title in titles] == [True]
    assert page.locator("h1").count() == 1


def test_what_surrounds_the_text_is_in_landmarks(page):
    children = page.evaluate("[...document.body.children].map(e => e.localName)")
    assert children == ["a", "header", "main", "footer"]


def test_every_nav_has_a_name_of_its_own(page):
    names = page.locator("nav").evaluate_all("navs => navs.map(nav => nav.ariaLabel)")
    assert all(names)
    assert len(names) == len(set(names))


def test_every_link_has_words(page):
    assert page.evaluate(NAMELESS) == []


def test_a_page_has_a_title_and_a_language(page):
    assert page.title().strip()
    assert page.locator("html[lang]").count() == 1


def test_no_id_stands_twice(page):
    ids = page.locator("[id]").evaluate_all("all => all.map(e => e.id)")
    assert len(ids) == len(set(ids))


def test_the_menu_marks_the_page_where_one_is(page):
    path = urlsplit(page.url).path
    links = page.locator("nav.menu a").evaluate_all("links => links.map(a => a.pathname)")
    marked = page.locator("nav.menu [aria-current=page]")
    assert marked.evaluate_all("links => links.map(a => a.pathname)") == [link for link in links if link == path]
    assert page.locator("[aria-current=page]").count() == marked.count()


def test_the_marked_entry_looks_different(tab, base):
    page = tab.open(base("own") + "/work/")
    lines = page.locator("nav.menu a").evaluate_all(
        "links => links.map(a => [a.textContent, getComputedStyle(a).textDecorationLine])"
    )
    assert [name for name, line in lines if line == "underline"] == ["Work"]
    assert len(lines) > 1


def test_an_arabic_post_runs_from_right_to_left_but_not_the_site_around_it(tab, base):
    page = tab.open(base("hard") + "/posts/arabic/")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    sides = page.evaluate("['main p', 'pre', 'header'].map(e => getComputedStyle(document.querySelector(e)).direction)")
    assert sides == ["rtl", "ltr", "ltr"]


def test_an_arabic_site_stands_the_other_way_round(tab, base):
    page = tab.open(base("arabic") + "/blog/")
    date, title = page.locator(".entry .date").last.bounding_box(), page.locator(".entry h2").last.bounding_box()
    assert date["x"] >= title["x"] + title["width"]


def test_a_japanese_post_says_so(tab, base):
    page = tab.open(base("hard") + "/posts/japanese/")
    assert page.locator("html").get_attribute("lang") == "ja"
    assert page.locator("header.masthead").get_attribute("lang") == "en"


def test_a_list_says_which_titles_are_in_another_language(tab, base):
    page = tab.open(base("hard") + "/archive/")
    assert page.locator(".rows a[lang=ja]").count() == page.locator(".rows a[lang=ar]").count() == 1
