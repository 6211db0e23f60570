"""Words: how many a text has, which it shares with others, which an address is made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.words import LONGEST, MOST, length, of_address, of_name, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("One, two - three!\n\n* four\n", 4),
        ("# A heading\n\n| a | b |\n|---|---|\n", 4),
        ("<p class='long words here'>two words</p>", 2),
        ("[a link](https://example.org/with-many-parts) here", 3),
        ("**bold** _slant_ `code`", 3),
        ("Größe, Ελλάδα и слово", 4),
        ("الكلمة الأولى", 2),
        ("今日は良い天気です", 4),  # nine signs
        ("日本語 and English", 4),
        ("한국어 낱말", 2),
    ],
)
def test_the_length_of_a_text_is_told_in_words(text: str, expected: int) -> None:
    assert length(text) == expected


@given(st.text(), st.text())
def test_texts_are_no_longer_together_than_their_signs(one: str, other: str) -> None:
    assert 0 <= length(f"{one} {other}") <= len(one) + len(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Tea, the TEA & 2012", ["the", "tea"]),
        ("Straße STRASSE", ["strasse"]),
        ("v3 of a web2 x", ["v3", "of", "web2"]),
        ("天気予報", ["天気", "気予", "予報"]),
        ("茶", ["茶"]),
        ("ﬁne ﬁne", ["fine"]),
    ],
)
def test_words_come_once_in_lower_case(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text())
def test_words_are_words_whatever_they_are_made_of(text: str) -> None:
    found = words(text)
    assert len(found) == len(set(found))
    assert all(word.strip() == word != "" and "\n" not in word for word in found)


@pytest.mark.parametrize(
    ("url", "whole", "name"),
    [
        ("/", [], []),
        ("/2012/some-old_title/", ["some", "old", "title"], ["some", "old", "title"]),
        ("/posts/Some%20x/", ["posts", "some", "20x"], ["some", "20x"]),
        ("/blog/tea.html", ["blog", "tea"], ["tea"]),
        ("/blog/tea/index.php", ["blog", "tea"], ["tea"]),
        ("/größe/天気/", ["grösse", "天気"], ["天気"]),
    ],
)
def test_the_words_of_an_address_are_parted_by_its_signs(url: str, whole: list[str], name: list[str]) -> None:
    assert (of_address(url), of_name(url)) == (whole, name)


@given(st.text(max_size=3000))
def test_of_a_long_address_only_the_end_is_looked_at(url: str) -> None:
    found = of_address(f"/{url}")
    assert len(found) <= MOST
    assert sum(map(len, found)) <= 20 * LONGEST  # some signs become several
