"""Text from other hands: it keeps its words and loses all that acts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.markup import foreign

PIECES = st.sampled_from(
    r"""<b> </b> <p> </p> <div> <i> </i> <a~href="x"> <a~href="javascript:x"> <a~href='https://a.example/'~onclick="x">
    </a> <script> </script> <style> </style> <svg> <math> <mtext> <mglyph> <img~src=x~onerror=x> <table> <td> </table>
    <select> <template> <noscript> <textarea> <title> <!-- --> <![CDATA[ ]]> <p~title="</style><img~src>"> & &lt; < > "
    ' <br> <iframe~src="x"> <form> <input> <h1> <h3> id=x <plaintext> <ruby> <rt> \x00 \x1b words""".split()
).map(lambda piece: piece.replace("~", " ").replace("\\x00", "\0").replace("\\x1b", "\x1b"))


def elements(html: str) -> list[Any]:
    """Return all elements as a browser finds them."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return [element for element in tree.iter() if element is not tree]


@given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60), st.booleans())
def test_whatever_comes_only_harmless_elements_are_left(text: str, headings: bool) -> None:
    allowed = foreign.TAGS | (foreign.HEADINGS if headings else set())
    made = foreign.clean(text, headings=headings)
    for element in elements(made):
        assert element.tag in allowed, made
        for name, value in element.attrib.items():
            known = foreign.ATTRIBUTES.get(element.tag, set())
            assert name in known | {"rel", "loading", "dir", "lang"}, made
            assert name not in ("href", "src") or re.match("(?:https?|mailto):", value), made
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", made)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    made = foreign.clean(foreign.clean(text))
    assert foreign.clean(made) == made


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("<p>Hello <b>there</b></p>", "<p>Hello <b>there</b></p>"),
        ("<p>open <b>both", "<p>open <b>both</b></p>"),
        ("a</div></article> b", "a b"),
        ("<script>alert(1)</script>a", "a"),
        ("<style>p{}</style>a", "a"),
        ("<p class='c' id='i' style='x' onclick='y'>a</p>", "<p>a</p>"),
        ("<h1>A</h1><h2>B</h2>", "A B"),
        ("<a href='javascript:x'>a</a>", '<a rel="nofollow ugc noopener">a</a>'),
        (
            "<a href='https://a.example/' rel='me' target='_blank'>a</a>",
            '<a href="https://a.example/" rel="nofollow ugc noopener">a</a>',
        ),
        ("<img src='data:image/png;base64,AA==' alt='a'>b", "b"),
        ("<div>Hello</div><div>world</div>", "Hello world"),
        ("<b>a</b><h2>b</h2>c", "<b>a</b> b c"),
        ("<section><p>a</p></section>", "<p>a</p>"),
        ("<ul><li><input type=checkbox checked disabled> a</li></ul>", "<ul><li>☑ a</li></ul>"),
        ("<input type=checkbox>a<input name=b>", "☐a"),
        ("a \u202eb</b> c", "a b c"),
        ("a &#x202e;b\u2069", "a b"),
        ("a \u2067b\u202ac\u202c\u2069 d", "a \u2067b\u202ac\u202c\u2069 d"),
        ("<!-- a -->b", "b"),
        ("<form action='x'><input name='y'>a</form>", "a"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        ("a\x1b[31mb\x00", "a[31mb"),
    ],
)
def test_only_what_acts_is_lost(html: str, made: str) -> None:
    assert sorted(re.findall(r"[^\s<>]+", foreign.clean(html))) == sorted(re.findall(r"[^\s<>]+", made))


def test_headings_of_others_begin_below_the_title() -> None:
    assert foreign.clean("<h1>A</h1><h2>B</h2>", headings=True) == "<h2>A</h2><h3>B</h3>"
    assert foreign.clean("<h2>B</h2><div>c</div>", headings=True).strip() == "<h2>B</h2> c"


def test_relative_links_lead_from_where_they_stood() -> None:
    made = foreign.clean("<a href='../x'>a</a><img src='/y.png'>", "https://a.example/b/c/")
    assert 'href="https://a.example/b/x"' in made
    assert 'src="https://a.example/y.png"' in made
    assert "href" not in foreign.clean("<a href='x'>a</a>")


def test_markdown_of_others_is_rendered_and_cleaned() -> None:
    made = foreign.rendered(
        "## A\n\n*b* <script>x</script> [c](javascript:x) https://a.example/\n\n| a |\n|---|\n| 1 |\n"
    )
    assert "<h2>A</h2>" in made
    assert "<em>b</em>" in made
    assert "<td>1</td>" in made
    assert 'href="https://a.example/" rel="nofollow ugc noopener"' in made
    assert "script" not in made


@pytest.mark.parametrize("piece", ["<div>", "<i><div>", "<b>", "<table>", "<a href=x>", "<", "<svg>", "<!--", "&"])
def test_hostile_html_is_cleaned_in_no_time(grows_linearly: Callable[..., None], piece: str) -> None:
    grows_linearly(foreign.clean, lambda n: piece * n, 25_000)
