"""Nikola's sites as Nikola 8.3 has them."""

from __future__ import annotations

import pytest

CONF = """
POSTS = (('posts/*.md', 'blog', 'post.tmpl'), ('notes/*.rst', {'en': 'n/o', 'fr': 'notes'}, 'post.tmpl'))
PAGES = (('pages/*.md', '', 'page.tmpl'),)
TIMEZONE = 'Europe/Paris'
DEFAULT_LANG = 'en'
TRANSLATIONS = {DEFAULT_LANG: '', 'fr': './french'}
"""


def text(title: str = "A Title", date: str = "2014-03-02 10:11", **more: str) -> str:
    """Write a text with Nikola's header."""
    said = {"title": title, "date": date} | more
    return "<!--\n" + "".join(f".. {key}: {value}\n" for key, value in said.items() if value) + "-->\n\nText.\n"


@pytest.mark.parametrize(
    ("config", "name", "header", "expected"),
    [
        ("", "posts/a.md", {}, "/blog/a/"),
        ("PRETTY_URLS = False", "posts/a.md", {}, "/blog/a.html"),
        ("PRETTY_URLS = False", "posts/a.md", {"pretty_url": "yes"}, "/blog/a/"),
        ("", "posts/a.md", {"pretty_url": "no"}, "/blog/a.html"),
        ("", "posts/sub/Some Name_X.md", {}, "/blog/sub/some-name_x/"),
        ("USE_SLUGIFY = False", "posts/Some Name.md", {}, "/blog/Some Name/"),
        ("", "posts/日本.md", {}, "/blog/ri-ben/"),
        ("", "posts/a.md", {"slug": "ünï/x"}, "/blog/ünï/x/"),
        ("", "posts/a.md", {"slug": "../../x"}, "/blog/x/"),
        ("", "posts/a.md", {"slug": "index"}, "/blog/"),
        ("", "posts/sub/index.md", {}, "/blog/sub/"),
        ("", "pages/sub/a.md", {}, "/sub/a/"),
        ("", "notes/a.rst", {}, "/n/o/a/"),
        ("", "pages/only.fr.md", {}, "/french/onlyfr/"),
    ],
)
def test_addresses_are_nikolas(read_site, config, name, header, expected):
    assert read_site({"conf.py": CONF + config, name: text(**header)})[name].url == expected


def test_a_translation_has_what_it_does_not_say_from_its_original(read_site):
    read = read_site(
        {
            "conf.py": CONF,
            "posts/a.md": text(slug="own", tags="x", category="c"),
            "posts/a.fr.md": text(title="Un titre", date=""),
            "notes/b.rst": text(),
            "notes/b.fr.rst": text(title="Autre"),
        }
    )
    one = read["posts/a.fr.md"]
    assert (one.title, one.url, one.tags, one.categories) == ("Un titre", "/french/blog/own/", ("x",), ("c",))
    assert one.date == read["posts/a.md"].date
    assert one.language == "fr"
    assert read["notes/b.fr.rst"].url == "/french/notes/b/"


def test_state_tags_and_category_are_nikolas(read_site):
    read = read_site(
        {
            "conf.py": CONF,
            "posts/a.md": text(tags="draft, x"),
            "posts/b.md": text(tags="private, mathjax"),
            "posts/c.md": text(status="private", section="sec"),
            "posts/d.md": text(status="featured", category="a, b"),
        }
    )
    a, b, c, d = (read[f"posts/{name}.md"] for name in "abcd")
    assert (a.draft, a.tags) == (True, ("x",))
    assert (b.draft, b.unlisted, b.tags) == (False, True, ("mathjax",))
    assert (c.unlisted, c.categories) == (True, ("sec",))
    assert (d.draft, d.unlisted, d.categories) == (False, False, ("a, b",))


def test_tags_are_only_tags_where_the_configuration_says_so(read_site):
    read = read_site({"conf.py": CONF + "USE_TAG_METADATA = False", "posts/a.md": text(tags="draft, x")})
    assert (read["posts/a.md"].draft, read["posts/a.md"].tags) == (False, ("draft", "x"))


def test_a_header_may_lie_beside_its_text(read_site):
    read = read_site({"conf.py": CONF, "posts/a.md": "Text.\n", "posts/a.meta": ".. title: Beside\n.. slug: be\n"})
    assert (read["posts/a.md"].title, read["posts/a.md"].url) == ("Beside", "/blog/be/")


def test_only_what_the_configuration_names_is_a_page(read_site):
    read = read_site({"conf.py": CONF, "posts/a.rst": text(), "pages/some-name.md": "Text.\n\nMore.\n"})
    assert read["posts/a.rst"] == "neither POSTS nor PAGES names it"
    assert read["pages/some-name.md"].title == "some-name"


def test_old_addresses_of_the_configuration_lead_to_the_page(read_site):
    config = CONF + "REDIRECTIONS = [('old/index.html', '/blog/a/')]"
    assert read_site({"conf.py": config, "posts/a.md": text()})["posts/a.md"].aliases == ("/old/",)


def test_a_configuration_that_can_not_be_read_stops_nothing(read_site):
    for broken in ("POSTS = 3\nTRANSLATIONS = 4\nREDIRECTIONS = {1}\nPAGES = ((), ('a', 'b'), 5)", "POSTS = ("):
        assert read_site({"conf.py": broken, "posts/a.md": text()})["posts/a.md"].title == "A Title"
