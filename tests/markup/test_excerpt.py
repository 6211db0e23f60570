"""The excerpt: up to the mark, else the first paragraph that holds words."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import markup
from blog.markup import excerpt


@pytest.mark.parametrize(
    ("text", "excerpt", "more"),
    [
        ("one\n\ntwo\n", "<p>one</p>\n", True),
        ("one\n", "<p>one</p>\n", False),
        ("# Heading\n\none\n\ntwo\n", "<p>one</p>\n", True),
        ("![](a.png)\n\none\n", "<p>one</p>\n", True),
        ("- a\n- b\n", "", True),
        ("", "", False),
        ("one\n\ntwo\n\n<!--more-->\n\nthree\n", "<p>one</p>\n<p>two</p>\n", True),
        ("one\n\n<!-- MORE -->\n", "<p>one</p>\n", False),
        ("one\n\n<!--more Read on!-->\n\ntwo\n", "<p>one</p>\n", True),
        ("one\n\n<!-- truncate -->\n\ntwo\n", "<p>one</p>\n", True),
        ("one\n\n<!-- moreover -->\n\ntwo\n", "<p>one</p>\n", True),
        ('![a](a.png "Caption")\n\none\n\ntwo\n', "<p>one</p>\n", True),
        ("one <!--more--> two\n", "<p>one </p>", True),
        ("# A\n\none\n\n<!--more-->\n\ntwo\n", "<h1>A</h1>\n<p>one</p>\n", True),
        ("`<!--more-->` one\n\ntwo\n", "<p><code>&lt;!--more--&gt;</code> one</p>\n", True),
        ("one[^1]\n\ntwo\n\n[^1]: note\n", "<p>one</p>\n", True),
        ("one[^1]\n\n[^1]: note\n", "<p>one</p>\n", True),
    ],
)
def test_an_excerpt_is_the_beginning(text: str, excerpt: str, more: bool) -> None:
    rendered = markup.render(text)
    assert (rendered.excerpt, rendered.more) == (excerpt, more)


@pytest.mark.parametrize(
    ("html", "excerpt", "more"),
    [
        ("<h1>A</h1><p>one</p><p>two</p>", "<p>one</p>", True),
        ("<p> <img src='a'> </p><P class='b'>one</P>", "<P class='b'>one</P>", True),
        ("<div>one</div>", "", True),
        ("<p>one</p>", "<p>one</p>", False),
        ("<div><p>one</p><!--more--><p>two</p></div>", "<div><p>one</p></div>", True),
        ("<p>one</b></div><br></P></p><p>two", "<p>one<br></P>", True),
        ("", "", False),
    ],
)
def test_html_has_an_excerpt_too(html: str, excerpt: str, more: bool) -> None:
    rendered = markup.render(html, "html")
    assert (rendered.html, rendered.excerpt, rendered.more) == (html.replace("<!--more-->", ""), excerpt, more)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\n\n<!--more-->\n\ntwo\n", "<p>one</p>\n<p>two</p>\n"),
        ("one <!--more-->two\n", "<p>one two</p>\n"),
        ("`<!--more-->`\n", "<p><code>&lt;!--more--&gt;</code></p>\n"),
        ("one\n\n<!-- moreover -->\n", "<p>one</p>\n<!-- moreover -->\n"),
    ],
)
def test_the_mark_is_not_in_the_page(text: str, html: str) -> None:
    assert markup.render(text).html == html


@given(st.lists(st.sampled_from("<b> </b> <p> </p> <div> </div> <br> a <!--x-->".split()), max_size=12).map("".join))
def test_what_is_cut_breaks_nothing_around_it(html: str) -> None:
    """It has as many closing tags as opening ones at its end, and never more before that."""
    depth: dict[str, int] = {}
    for close, name in re.findall(r"<(/?)(b|p|div)>", excerpt.close_tags(html)):
        depth[name] = depth.get(name, 0) + (-1 if close else 1)
        assert depth[name] >= 0
    assert not any(depth.values())


def unclosed(html: str) -> list[str]:
    """Return the elements that are opened more often than closed."""
    names = set(re.findall(r"<([a-z][a-z0-9]*)", html.lower())) - {"br", "img", "hr", "input"}
    return [n for n in sorted(names) if len(re.findall(rf"<{n}\b", html)) > len(re.findall(rf"</{n}\b", html))]


@pytest.mark.parametrize(
    "text",
    [
        "one <b>bold\n\ntwo</b>\n",
        "> one\n> <!--more-->\n> two\n",
        "- one\n\n  <!--more-->\n- two\n",
        "<div class='a'>\n\none\n\n<!--more-->\n\n</div>\n",
        "<em>one <!--more--> two</em>\n",
        "one <span>two <a href='x'>three\n\nfour</a></span>\n",
    ],
)
def test_an_excerpt_leaves_nothing_open_in_the_list_it_stands_in(text: str) -> None:
    assert unclosed(markup.render(text).excerpt) == []


def test_an_excerpt_brings_no_ids() -> None:
    """Several stand on one page."""
    assert 'id="' not in markup.render("# A\n\none[^1]\n\n## B\n\n<!--more-->\n\ntwo\n\n[^1]: note\n").excerpt


def test_ids_in_raw_html_and_what_names_them_stay_in_the_page() -> None:
    html = '<p><label for="x" title="y">A</label> <INPUT ID=x aria-describedby="z"> <a href="#x">B</a></p>'
    made = markup.render(html, "html")
    assert made.html == html
    assert made.excerpt == '<p><label title="y">A</label> <INPUT> <a href="#x">B</a></p>'


def test_a_drawing_in_an_excerpt_keeps_its_parts() -> None:
    drawing = '<svg><g id="x"></g><use href="#x"/></svg>'
    assert markup.render(f'<p id="a">One {drawing}<b id="b">two</b></p>', "html").excerpt == (
        f"<p>One {drawing}<b>two</b></p>"
    )


@given(st.text("ab \n#*>-`<!more[^1]:", max_size=60))
def test_what_is_all_has_no_more(text: str) -> None:
    rendered = markup.render(text)
    without_notes = re.sub(r'<sup class="footnote-ref".*?</sup>', "", rendered.html)
    assert rendered.more or excerpt.words(rendered.excerpt).strip() == excerpt.words(without_notes).strip()


def test_a_text_that_is_too_long_to_read_is_shown_as_it_is_written(monkeypatch) -> None:
    monkeypatch.setattr("blog.markup.options.LONGEST_TEXT", 1000)
    text = "*Many* words & <b>more</b>.\n\n" * 50
    made = markup.render(text)
    assert made.html == f"<pre>{html.escape(text)}</pre>"
    assert made.excerpt.startswith("<p>*Many* words &amp; &lt;b&gt;more")
    assert made.more
    assert markup.render(text[:1000]).html.startswith("<p><em>Many</em> words")
    assert markup.render(text, "html").html == text
