"""Marks, insertions, subscripts and superscripts: off until asked for, and then no ordinary text is one."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import markup
from blog.markup.options import Options

ON = Options(marks=True, insertions=True, subsup=True)
PIECES = [*"== ++ = + ~ ~~ ^ ^[ ] H 2 a \\ ` * _ [ ](/u) \n \n\n".split(" "), " "]
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
ORDINARY = [
    "a==b and c==d",
    "if a == b and c == d",
    "i++ and j++; C++, g++, ++i and ++j",
    "i++ and ++i; C++ and g++",
    "in C ++j, and ++k or C++",
    "\"==\" and \"==\"; '++' and '++'; (==) and (==)",
    "~/bin and ~/lib",
    "about ~5 or ~7",
    "a^2+b^2=c^2 and 2^8 or 2^16",
    "===",
    "$HOME ^_^ (^o^)",
]


@given(texts)
def test_any_text_has_its_marks_well_formed(well_formed: Callable[[str], None], text: str) -> None:
    well_formed(markup.render(text, options=ON).html)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_is_none_of_them(text: str) -> None:
    html = markup.render(f"x {text} y\n", options=ON).html
    assert unescape(html) == f"<p>x {text} y</p>\n"


@given(st.text(st.characters(codec="utf-8", categories=["L", "Nd"]), min_size=1, max_size=20))
def test_what_is_written_as_one_is_one(word: str) -> None:
    html = markup.render(f"=={word}== ++{word}++ H~{word}~ x^{word}^\n", options=ON).html
    assert html == f"<p><mark>{word}</mark> <ins>{word}</ins> H<sub>{word}</sub> x<sup>{word}</sup></p>\n"


@pytest.mark.parametrize("text", ['"a"', "a b", "A new (one)", "'a' b 'c'", "(a)", "x"])
@pytest.mark.parametrize("around", ["{}", '"{}"', "({})"])
def test_quotes_and_brackets_may_stand_within_and_without(text: str, around: str) -> None:
    html = markup.render(around.format(f"=={text}==") + "\n", options=ON).html
    assert ("<mark>" in html) is (around == "{}" or text[0] not in "'\"")


@pytest.mark.parametrize(
    "shape",
    [
        lambda n: "==a " * n,
        lambda n: "==a==" * n,
        lambda n: "==" * n,
        lambda n: "==a" + "=" * n,
        lambda n: "==" + "a" * n,
        lambda n: "++a=" * n,
        lambda n: "==a" + "\\" * n,
        lambda n: "".join("=="[: 1 + i % 2] + "+a" for i in range(n)),
        lambda n: "a~" * n,
        lambda n: "a^" * n,
        lambda n: "a~" + "b" * n,
        lambda n: "a~b~" * n,
    ],
    ids=lambda shape: repr(shape(2))[:30],
)
def test_hostile_marks_take_work_in_proportion(
    grows_linearly: Callable[..., None], shape: Callable[[int], str]
) -> None:
    grows_linearly(lambda text: markup.render(text, options=ON), shape, 1500)
