"""Ids of headings: GitHub's rule, each once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.markup.headings import heading_id


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("Hello, World!", "hello-world"),
        ("C++ &amp; C#", "c--c"),
        ("a_b-c", "a_b-c"),
        ("<code>x</code> <em>y</em>", "x-y"),
        ("Größe", "größe"),
        ("日本語", "日本語"),
        ("  spaces  ", "spaces"),
        ("!!!", "section"),
        ("", "section"),
        ("1. First", "1-first"),
    ],
)
def test_an_id_is_made_of_the_words(html: str, name: str) -> None:
    assert heading_id(html, {}) == name


def test_doubles_are_numbered() -> None:
    taken: dict[str, int] = {}
    assert [heading_id(html, taken) for html in ("A", "A", "A-1", "A", "A")] == ["a", "a-1", "a-1-1", "a-2", "a-3"]


@given(st.lists(st.text(max_size=10) | st.sampled_from(["a", "a-1", "A", "a-1-1", ""]), max_size=12))
def test_no_two_ids_are_the_same_and_none_breaks(headings: list[str]) -> None:
    taken: dict[str, int] = {}
    names = [heading_id(html, taken) for html in headings]
    assert len(set(names)) == len(names)
    assert all(name and not set(name) & set(" \t\n\"'<>") for name in names)


def test_a_thousand_equal_headings_take_work_in_proportion(grows_linearly: Callable[..., None]) -> None:
    def work(text: str) -> None:
        taken: dict[str, int] = {}
        for word in text.split():
            heading_id(word, taken)

    grows_linearly(work, lambda n: "a " * n, 800)
