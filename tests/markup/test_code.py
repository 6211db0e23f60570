"""Code: highlighted where the language is known, and never a character lost."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.markup import code


def inside(html: str) -> str:
    found = re.fullmatch(
        r'<div class="highlight"><pre tabindex="0"><code(?: class="[^"]*")?>(.*)</code></pre></div>\n', html, re.S
    )
    assert found
    return unescape(re.sub(r"<[^>]*>", "", found[1]))


@pytest.mark.parametrize(
    ("info", "language"),
    [
        ("python", "python"),
        ("Python", "python"),
        ("python title=x.py", "python"),
        ("{.python .numberLines}", "python"),
        ("{python, echo=FALSE}", "python"),
        ("c++", "c++"),
        ("no-such-language", "no-such-language"),
    ],
)
def test_the_language_is_the_first_word(info: str, language: str) -> None:
    assert f'<code class="language-{language}">' in code.block("x\n", info)


def test_without_a_language_code_is_plain() -> None:
    assert code.block("a < b\n", "") == '<div class="highlight"><pre tabindex="0"><code>a &lt; b\n</code></pre></div>\n'


def test_a_language_can_not_leave_its_attribute() -> None:
    assert '"><script' not in code.block("x", '"><script>')


@pytest.mark.parametrize(
    "language", ["python", "html", "js", "css", "bash", "json", "yaml", "rust", "diff", "console", "nope"]
)
@pytest.mark.parametrize(
    "text", ["\n\n  x = 1\n\n", "\ta\tb\n", "a\n" * 3, "<b>&amp;</b>\n", "größe 🍃\n", "'\n", " \n"]
)
def test_highlighting_loses_and_adds_nothing(language: str, text: str) -> None:
    assert inside(code.block(text, language)) == text


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\r\ufeff"), max_size=60),
    st.sampled_from(["python", "html", "nope"]),
)
def test_any_code_comes_out_as_it_went_in(text: str, language: str) -> None:
    assert inside(code.block(text + "\n", language)) == text + "\n"


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_language_can_be_named(text: str, info: str) -> None:
    assert code.block(text, info).startswith('<div class="highlight">')
