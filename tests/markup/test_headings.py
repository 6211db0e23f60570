"""Headings: an id each, of all languages, no two the same, by the rule of the engine that a site comes from."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import markup
from blog.markup.headings import RULES, heading_id, lowered, steps
from blog.markup.options import Options

PIECES = [*"# ## + {#a} {#b .c} {: #a} {:#b} {: { } # . * ` [^1] A a === --- > - <b> \n \n\n".split(" "), " "]
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Hello, World!", "hello-world"),
        ("C++ & C#", "c--c"),
        ("a_b-c", "a_b-c"),
        ("Größe", "größe"),
        ("Gro\u0308ße", "gro\u0308ße"),
        ("हिन्दी में", "हिन्दी-में"),
        ("日本語、一", "日本語一"),
        ("½ 🎉 x", "--x"),
        ("  spaces  ", "spaces"),
        ("!!!", "section"),
        ("", "section"),
        ("1. First", "1-first"),
    ],
)
def test_an_id_is_made_of_the_words(words: str, name: str) -> None:
    assert heading_id(words, {}) == name


def test_doubles_are_numbered() -> None:
    taken: dict[str, int] = {}
    assert [heading_id(words, taken) for words in ("A", "A", "A-1", "A", "A")] == ["a", "a-1", "a-1-1", "a-2", "a-3"]


@given(
    st.lists(st.text(max_size=10) | st.sampled_from(["a", "a-1", "A", "a-1-1", ""]), max_size=12),
    st.sampled_from(sorted(RULES)),
)
def test_no_two_ids_are_the_same_and_none_breaks(headings: list[str], rule: str) -> None:
    taken: dict[str, int] = {}
    names = [heading_id(words, taken, rule) for words in headings]
    assert len(set(names)) == len(names)
    assert all(name and not set(name) & set(" \t\n\"'<>:") for name in names)


@given(texts, st.sampled_from(sorted(RULES)), st.booleans())
def test_any_text_has_its_headings_well_formed(
    well_formed: Callable[[str], None], text: str, rule: str, links: bool
) -> None:
    html = markup.render(text, options=Options(heading_ids=rule, permalinks=links)).html
    if "<b>" not in text:
        well_formed(html)
    ids = re.findall(r'\sid="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    assert len(re.findall(r"<h\d id=|<h\d id=", html)) == len(re.findall(r"<h\d", html))


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=20))
def test_the_id_does_not_depend_on_how_the_text_is_dressed(words: str) -> None:
    def ids(options: Options) -> list[str]:
        return re.findall(r'<h1 id="([^"]*)"', markup.render(f"# {words}\n", options=options).html)

    assert ids(Options()) == ids(Options(typography=True, autolinks=False, permalinks=True))


def test_a_permalink_leaves_the_excerpt() -> None:
    made = markup.render("# A\n\ntext\n\n<!--more-->\n\nmore\n", options=Options(permalinks=True))
    assert made.excerpt == "<h1>A</h1>\n<p>text</p>\n"


def test_an_empty_list_beside_a_given_id_is_no_obstacle() -> None:
    assert '<h1 id="b">a</h1>' in markup.render("+\n\n# a {#b}\n").html


def test_given_ids_can_not_take_those_of_notes() -> None:
    html = markup.render("# A {#fn:1}\n\ntext[^1]\n\n[^1]: note\n").html
    assert html.startswith('<h1 id="a">')


def test_given_ids_can_not_take_those_of_the_theme() -> None:
    assert markup.render("# A {#theme:main}\n").html == '<h1 id="a">A</h1>\n'


def test_the_title_of_the_page_is_its_only_first_heading() -> None:
    html = lowered('<h1 id="a">A</h1><h2>B</h2><h6>C</h6>', steps("<H1>"))
    assert html == '<h2 id="a">A</h2><h3>B</h3><h6>C</h6>'
    assert lowered("<h2>B</h2>", steps("<h2>")) == "<h2>B</h2>"


def test_a_thousand_equal_headings_take_work_in_proportion(grows_linearly: Callable[..., None]) -> None:
    def work(text: str) -> None:
        taken: dict[str, int] = {}
        for word in text.split():
            heading_id(word, taken)

    grows_linearly(work, lambda n: "a " * n, 800)


@pytest.mark.parametrize(
    "shape",
    [
        lambda n: "# a {#b}\n" * n,
        lambda n: "# a\n{: #b}\n" * n,
        lambda n: "# " + "{#a" * n + "}",
        lambda n: "# a {" + "#b " * n + "}",
        lambda n: "# a {" + " " * n + "#",
        lambda n: "# " + "{:" * n,
        lambda n: "# a\n{:" + " " * n,
        lambda n: "# a {#b}\n\n" + "<a id=" * n,
        lambda n: "# a\n" + "<a " + " id" * n + "=",
    ],
    ids=lambda shape: repr(shape(2))[:30],
)
def test_hostile_headings_take_work_in_proportion(
    grows_linearly: Callable[..., None], shape: Callable[[int], str]
) -> None:
    grows_linearly(markup.render, shape, 1500)
