"""Abbreviations: explained where they stand whole, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import markup

PIECES = [
    *'*[A]: *[A_B]: *[&]: *[<]: *[amp]: A B &amp; & < _ * ` [ ] (/u) ![ " \n \n\n'.split(" "),
    " ",
    "http://A.b/A",
]
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
words = st.text(st.characters(codec="utf-8", categories=["L", "Nd"]), min_size=1, max_size=6)


@given(texts)
def test_any_text_has_its_abbreviations_well_formed(well_formed: Callable[[str], None], text: str) -> None:
    well_formed(markup.render(text).html)


@given(words, words)
def test_only_whole_words_are_explained(word: str, other: str) -> None:
    html = markup.render(f"{word} {word}{other} {other}{word}\n\n*[{word}]: title\n").html
    assert html.count("<abbr") == 1
    assert html.startswith(f'<p><abbr title="title">{word}</abbr> {word}{other} ')


def test_the_words_of_ids_and_of_the_contents_are_those_of_the_text() -> None:
    html = markup.render("[TOC]\n\n# HTML\n\n*[HTML]: title\n").html
    assert '<h1 id="html"><abbr title="title">HTML</abbr></h1>' in html


@pytest.mark.parametrize(
    "shape",
    [
        lambda n: "".join(f"*[A {i}]: x\n" for i in range(n)) + "A " * n,
        lambda n: "".join(f"*[A{i}]: x\n" for i in range(n)) + "A1 " * n,
        lambda n: "*[A]: x\n\n" + "A" * n,
        lambda n: "*[A]: x\n\n" + "&" * n,
        lambda n: "*[A]: x\n\n" + "<" * n,
        lambda n: "*[" * n,
        lambda n: "*[" + "A" * n + "]: x",
        lambda n: "*[A]:" + " " * n + "x\n\nA",
        lambda n: "*[A]: x\n\n" + "http://a.b " * n,
    ],
    ids=lambda shape: repr(shape(2))[:30],
)
def test_hostile_abbreviations_take_work_in_proportion(
    grows_linearly: Callable[..., None], shape: Callable[[int], str]
) -> None:
    grows_linearly(markup.render, shape, 1500)
