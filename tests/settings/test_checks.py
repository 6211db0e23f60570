"""Values: each setting accepts what it can use, and refuses all else in one line."""

# ruff: noqa: PT017 (where anything may be read or refused, what is refused is looked at)

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.permalinks import NAMING, TOKENS
from blog.settings import TABLE

from .conftest import loaded, refusal


@pytest.mark.parametrize("name", list(TABLE))
def test_every_default_passes_its_own_check(name: str) -> None:
    default = TABLE[name].default
    given = default._asdict() if hasattr(default, "_asdict") else default
    given = list(given) if isinstance(given, tuple) else given
    assert TABLE[name].metadata["check"](given) == default


def test_a_title_of_digits_in_the_environment_stays_text(tmp_path: Path) -> None:
    assert loaded(tmp_path, BLOG_TITLE="1984").title == "1984"


@pytest.mark.parametrize(
    "line",
    [
        "title = 3",
        "title = ['A']",
        "description = false",
        "author = 1.5",
        "posts_per_page = 0",
        "posts_per_page = -1",
        "posts_per_page = 1.5",
        "posts_per_page = true",
        "posts_per_page = 'ten'",
        "feed_size = '٣'",
        "feed_size = []",
        "future = 1",
        "future = 'maybe'",
        "drafts = 'yes please'",
        "url = 'example.org'",
        "url = '/blog/'",
        "url = 'ftp://example.org/'",
        "url = 'https://'",
        "url = 'https://example.org/?a=b'",
        "url = 'https://example.org/#a'",
        "url = 'https://[example.org/'",
        "url = 'https://exa mple.org/'",
        "url = 'https://example.org:port/'",
        "language = 'english!'",
        "language = 'en_GB'",
        "language = ''",
        "timezone = 'Mars/Olympus'",
        "timezone = ''",
        "timezone = '../../etc/passwd'",
        "timezone = 'Europe'",
        "permalink = ':slug'",
        "permalink = '/:year/'",
        "permalink = '/:yaer/:slug/'",
        "permalink = '/:slug/?p=1'",
        "permalink = '/:slug#top'",
        "permalink = '/%20/:slug/'",
        "permalink = '/../:slug/'",
        "permalink = '/a\\b/:slug/'",
        "cache = ''",
        "cache = '.'",
        "build = ' '",
        "menu = 'Code'",
        "menu = ['Code']",
        "menu = [{ name = 'Code' }]",
        "menu = [{ name = 'Code', url = 3 }]",
        "menu = [{ name = 'Code', url = '/', wieght = 3 }]",
    ],
)
def test_a_wrong_value_is_refused_with_file_line_and_key(tmp_path: Path, line: str) -> None:
    key = line.split(" = ")[0]
    assert refusal(tmp_path, f"[tool.blog]\n\n{line}\n").startswith(f"pyproject.toml:3: {key} ")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org/", "https://example.org/"),
        ("https://example.org//", "https://example.org/"),
        ("http://localhost:8000/a/b", "http://localhost:8000/a/b/"),
    ],
)
def test_an_address_ends_with_one_slash(tmp_path: Path, given: str, kept: str) -> None:
    assert loaded(tmp_path, BLOG_URL=given).url == kept


@pytest.mark.parametrize("token", NAMING)
def test_a_permalink_may_use_every_token(tmp_path: Path, token: str) -> None:
    pattern = "".join(f"/:{name}" for name in sorted(TOKENS.keys() - NAMING)) + f"/:{token}/"
    assert loaded(tmp_path, BLOG_PERMALINK=pattern).permalink == pattern


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.dates() | st.times(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(sorted(TABLE)), anything)
def test_a_check_raises_nothing_but_value_errors(name: str, value: object) -> None:
    check = TABLE[name].metadata["check"]
    try:
        accepted = check(value)
    except ValueError as error:
        assert str(error)
    else:
        table = getattr(accepted, "_asdict", None)
        again = table() if table else list(accepted) if isinstance(accepted, tuple) else accepted
        assert check(again) == accepted
