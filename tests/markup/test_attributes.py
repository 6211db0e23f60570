"""Attribute lists: what they give is put into the tag, whatever they hold."""

from __future__ import annotations

from collections.abc import Callable

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import markup
from blog.markup import attributes

PIECES = st.sampled_from(
    "{ {: } .a #b width=3 width=50% title=\"a<1\" title='&quot;' rel=x target=_blank loading=lazy onclick=x() ="
    " \" ' < > [a](b) ![a](b) [c] \n \n\n {:.d} | - ::: &".split(" ")
)


@given(st.lists(PIECES, max_size=15).map(" ".join), st.booleans())
def test_whatever_is_written_becomes_html_that_holds_nothing_else(
    well_formed: Callable[[str], None], text: str, tight: bool
) -> None:
    html = markup.render(text.replace(") ", ")") if tight else text).html
    well_formed(html)
    elements = html5lib.parseFragment(html, namespaceHTMLElements=False).iter()
    assert not [name for element in elements for name in element.attrib if name.startswith("on")]


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ("width=300", 'width="300" height="200"'),
        ("height=100px", 'width="150" height="100"'),
        ("width=10 height=10", 'width="10" height="10"'),
        ("width=50%", 'width="50%"'),
        (".a", 'width="600" height="400"'),
    ],
)
def test_the_side_of_a_picture_that_is_not_given_follows_the_file(written: str, size: str) -> None:
    html = markup.render(f"![a](a.png){{{written}}}\n", size=lambda _: "600x400").html
    assert f"{size} " in html.replace(">", " ")
    assert html.count("width=") == 1
    assert html.count("height=") == size.count("height=")


@pytest.mark.parametrize("name", ["fn:1", "fnref:1", "theme:main"])
def test_an_id_that_notes_or_the_theme_may_have_is_not_given(name: str) -> None:
    assert attributes.read(f"#{name}", {}) == {}


def test_a_quote_that_is_read_twice_keeps_its_ids() -> None:
    html = markup.render("> a\n> {: #one}\n>\n> ::: {.b #two}\n> c\n> :::\n>\n> d\ne\n").html
    assert '<p id="one">a</p>' in html
    assert '<div class="b" id="two">' in html
