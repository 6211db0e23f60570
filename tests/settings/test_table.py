"""The table of settings: rows that say what they mean, and what is worked out from them."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from blog.settings import TABLE, Settings

from .conftest import loaded


def test_the_promised_settings_are_there() -> None:
    promised = (
        "title description url language timezone author menu posts_per_page permalink feed_size future cache build"
    )
    assert set(promised.split()) <= set(TABLE)


def test_every_row_has_a_meaning_of_one_sentence() -> None:
    for name, row in TABLE.items():
        assert row.metadata["meaning"].endswith("."), name
        assert row.metadata["meaning"][0].isupper(), name


@pytest.mark.parametrize(
    ("url", "base"),
    [("https://example.org/", ""), ("https://example.org/blog/", "/blog"), ("http://e.org/a/b/", "/a/b")],
)
def test_the_base_path_is_that_of_the_address(url: str, base: str) -> None:
    assert Settings(url=url).base_path == base


def test_settings_do_not_change(tmp_path: Path) -> None:
    with pytest.raises(FrozenInstanceError):
        loaded(tmp_path).title = "B"  # type: ignore[misc]


def test_paths_are_those_of_the_site(tmp_path: Path) -> None:
    settings = loaded(tmp_path)
    assert settings.path("build") == tmp_path.resolve() / "build"
    assert settings.path("/elsewhere") == Path("/elsewhere")
