"""Links of finished HTML: found where they are links, left alone elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from blog import markup
from blog.markup import links
from blog.markup.options import Options


def up(link: str) -> str:
    return link.upper()


@pytest.mark.parametrize(
    ("html", "changed"),
    [
        ('<a href="x.md">x.md</a>', '<a href="X.MD">x.md</a>'),
        ("<a href='x'>", '<a href="X">'),
        ("<a href=x>", '<a href="X">'),
        ('<A HREF = "x">', '<A HREF = "X">'),
        ('<a\nclass="y"\nhref="x">', '<a\nclass="y"\nhref="X">'),
        ('<img src="x" alt="href=y">', '<img src="X" alt="href=y">'),
        ('<img alt=" href=y " src="x">', '<img alt=" href=y " src="X">'),
        ('<a title="a > b" href="x">', '<a title="a > b" href="X">'),
        ('<a href="a?b=1&amp;c=2">', '<a href="A?B=1&amp;C=2">'),
        ('<img srcset="a.png 1x, b.png 2x">', '<img srcset="A.PNG 1x, B.PNG 2x">'),
        ('<video poster="a"><source src="b"></video>', '<video poster="A"><source src="B"></video>'),
        ('<blockquote cite="a">', '<blockquote cite="A">'),
        ('<a data-href="x">', '<a data-href="x">'),
        ('<!-- <a href="x"> -->', '<!-- <a href="x"> -->'),
        ("<script>\"<a href='x'>\"</script>", "<script>\"<a href='x'>\"</script>"),
        ("<p>href=x</p>", "<p>href=x</p>"),
        ('&lt;a href="x"&gt;', '&lt;a href="x"&gt;'),
        ('<abbr title="x">', '<abbr title="x">'),
        ('<a href="">', '<a href="">'),
        ("a < b and c > d", "a < b and c > d"),
    ],
)
def test_a_link_is_changed_and_nothing_else(html: str, changed: str) -> None:
    assert links.change(html, up) == changed


def test_what_is_not_changed_stays_as_written() -> None:
    html = "<a href='x' ><img src=y\n srcset='a.png 1x,b.png  2x'></a><A HREF=\"&#120;\">"
    assert links.change(html, str) == html


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://example.org/x?">x</a>',
        '<a href="HTTP://example.org/">x</a> <img alt="y" src="https://example.org/y.png">',
        '<img srcset="https://example.org/a.png 1x, http://example.org/b.png 2x">',
    ],
)
def test_a_link_to_another_site_stays_as_written(html: str) -> None:
    assert links.change(html, up) == html


PIECES = st.sampled_from(
    r"""<a~href=" <a~class='b'~href=' <img~src= https://x.example/ http: x.md " ' > ~title="t" <!-- -->
    <script> </script> </a> ~ words /""".replace("~", "\u00a0").split(" ")
).map(lambda piece: piece.replace("\u00a0", " ").strip("\n"))


@given(st.lists(PIECES, max_size=12).map("".join))
def test_looking_first_whether_there_is_a_link_to_change_changes_nothing(html: str) -> None:
    before = links.LOCAL
    try:
        links.LOCAL = re.compile("")
        taken_apart = links.change(html, up)
    finally:
        links.LOCAL = before
    assert links.change(html, up) == taken_apart


@given(st.text("<>a href=\"'!-/bsrc?&;\n", max_size=60))
def test_any_text_can_be_looked_through(html: str) -> None:
    seen: list[str] = []

    def see(link: str) -> str:
        seen.append(link)
        return link

    assert links.change(html, see) == html
    assert all(isinstance(link, str) for link in seen)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=20))
def test_a_changed_link_is_read_back_as_it_was_given(new: str) -> None:
    assume(not links.WEB.match(new))
    html = links.change('<a href="old">', lambda _: new)
    seen: list[str] = []
    links.change(html, lambda link: seen.append(link) or link)  # type: ignore[func-returns-value]
    assert html == '<a href="old">' or (seen == [new] and html == f'<a href="{escape(new)}">')


@pytest.mark.parametrize(
    ("link", "relative"),
    [
        ("x.md", True),
        ("../x", True),
        ("./x", True),
        ("a/b:c", True),
        ("", False),
        ("/x", False),
        ("//example.org", False),
        ("#a", False),
        ("?a", False),
        ("https://example.org", False),
        ("mailto:me@example.org", False),
    ],
)
def test_a_relative_link_is_known(link: str, relative: bool) -> None:
    assert links.is_relative(link) is relative


@pytest.mark.parametrize(
    "shape",
    [
        lambda n: "<!--" * n,
        lambda n: "<script" * n,
        lambda n: "<script>" * n,
        lambda n: "<style " * n,
        lambda n: '<a "' * n,
        lambda n: "<a '" * n,
        lambda n: "<a href=" * n,
        lambda n: "<a " + " href=" * n + ">",
        lambda n: "<a " + " " * n + ">",
        lambda n: "<a href" + " " * n + "x>",
        lambda n: '<a href="' + "&" * n + '">',
        lambda n: "<" * n,
        lambda n: '<img srcset="' + "a 1x," * n + '">',
        lambda n: "<script></script" * n,
        lambda n: "<script></script" + " " * n,
    ],
    ids=lambda shape: repr(shape(2)),
)
def test_hostile_html_takes_work_in_proportion(
    grows_linearly: Callable[..., None], shape: Callable[[int], str]
) -> None:
    grows_linearly(lambda html: links.change(html, str), shape, 2500)
    grows_linearly(lambda html: links.with_rel(html, "noopener", "https://example.org/"), shape, 2500)


@pytest.mark.parametrize(
    ("html", "changed"),
    [
        ('<a href="https://example.net/">x</a>', '<a href="https://example.net/" rel="noopener">x</a>'),
        ('<a href="//example.net/" title="t">x</a>', '<a href="//example.net/" title="t" rel="noopener">x</a>'),
        ("<A HREF=http://example.net>x</A>", '<A HREF=http://example.net rel="noopener">x</A>'),
        ('<area href="http://example.net" />', '<area href="http://example.net" rel="noopener"/>'),
        ('<a href="https://[/">x</a>', '<a href="https://[/" rel="noopener">x</a>'),
        ('<a href="https://Example.org/y">x</a>', None),
        ('<a href="//example.org/y">x</a>', None),
        ('<a href="/y">x</a>', None),
        ('<a href="y">x</a>', None),
        ('<a href="mailto:me@example.net">x</a>', None),
        ('<a rel="me" href="https://example.net/">x</a>', None),
        ('<a name="x">x</a>', None),
        ('<img src="https://example.net/x.png">', None),
        ('<!-- <a href="https://example.net/"> -->', None),
        ('<abbr href="https://example.net/">', None),
    ],
)
def test_only_links_to_other_sites_get_a_rel(html: str, changed: str | None) -> None:
    assert links.with_rel(html, "noopener", "https://example.org/blog/") == (changed or html)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_rel_is_all_that_is_added(html: str) -> None:
    def bare(text: str) -> str:
        return re.sub(r"\s", "", text.replace(' rel="next"', ""))

    assert bare(links.with_rel(html, "next", "")) == bare(html)


def test_every_way_to_write_a_link_gets_it() -> None:
    text = (
        "[a](https://b.example/) <https://b.example/> https://b.example/ www.b.example [c] <a href='//b.example'>x</a>"
    )
    text += "\n\n[c]: https://b.example/ 'd'\n"
    made = markup.render(text, options=Options(rel="nofollow", home="https://example.org/"))
    assert made.html.count(' rel="nofollow">') == made.excerpt.count(' rel="nofollow">') == 6
    assert "rel=" not in markup.render(text).html


def test_links_are_found_once_each() -> None:
    html = '<a href="x">a</a> <img src="y&amp;z"> <a href="x">b</a> <a href="https://w/">c</a> <!-- <a href="n"> -->'
    assert links.found(html) == ["x", "y&z"]


def test_a_text_is_led_and_what_was_asked_for_that_is_kept() -> None:
    answers = {"resolve": {"b.md": "/posts/b/"}, "extent": {"c.png": "3x2", "/d.png": "5x4"}}
    leads = links.Leads(lambda question, name: answers[question][name], "/blog", "/blog/posts/a/")
    assert [leads.here(link) for link in ("b.md", "/x/", "//y/", "#z", "https://w/")] == [
        "/blog/posts/b/",
        "/blog/x/",
        "//y/",
        "#z",
        "https://w/",
    ]
    assert [leads.size(link) for link in ("c.png", "/d.png", "https://e.example/e.png")] == ["3x2", "5x4", ""]
    elsewhere = [leads.anywhere(link) for link in ("c.png", "/d/", "#z", "?q")]
    assert elsewhere == ["/blog/posts/a/c.png", "/d/", "/blog/posts/a/#z", "/blog/posts/a/?q"]
    assert leads.asked == answers


def test_what_is_asked_about_another_text_is_kept_with_its_name() -> None:
    leads = links.Leads(lambda question, name: f"/{question}/{name}/", "", "/a/")
    assert leads.of("deep/b.md").here("c.md") == "/resolve deep/b.md/c.md/"
    assert leads.asked == {"resolve deep/b.md": {"c.md": "/resolve deep/b.md/c.md/"}}
