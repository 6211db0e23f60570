"""Settings are read from the file and the environment, and refused with their place when wrong."""

# ruff: noqa: PT017 (where anything may be read or refused, what is refused is looked at)

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.errors import SettingsError
from blog.settings import TABLE, Settings, load

from .conftest import loaded, refusal


def test_a_folder_without_settings_has_the_defaults(tmp_path: Path) -> None:
    assert loaded(tmp_path) == Settings(root=tmp_path.resolve())


def test_a_file_without_the_table_has_the_defaults(tmp_path: Path) -> None:
    assert loaded(tmp_path, "[project]\nname = 'x'\n[tool.ruff]\nline-length = 100\n") == Settings(
        root=tmp_path.resolve()
    )


def test_the_file_is_read_as_typed(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path,
        """[tool.blog]
title = "Grün & Söhne"
url = "https://example.org/blog"
language = "pt-BR"
timezone = "Asia/Kolkata"
posts_per_page = 3
future = true
menu = [{ name = "Code", url = "https://example.org/code", weight = 2 }]
""",
    )
    assert (settings.title, settings.url) == ("Grün & Söhne", "https://example.org/blog/")
    assert (settings.language, settings.timezone) == ("pt-BR", "Asia/Kolkata")
    assert (settings.posts_per_page, settings.future) == (3, True)
    assert settings.menu == ({"name": "Code", "url": "https://example.org/code", "weight": 2},)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    settings = loaded(tmp_path, '[tool.blog]\ntitle = "File"\nauthor = "File"\n', BLOG_TITLE="Environment")
    assert (settings.title, settings.author) == ("Environment", "File")


def test_the_environment_gives_numbers_switches_and_lists(tmp_path: Path) -> None:
    menu = '[{ name = "Code", url = "/code/" }]'
    settings = loaded(tmp_path, BLOG_POSTS_PER_PAGE="7", BLOG_FUTURE="true", BLOG_DRAFTS="0", BLOG_MENU=menu)
    assert (settings.posts_per_page, settings.future, settings.drafts) == (7, True, False)
    assert settings.menu == ({"name": "Code", "url": "/code/"},)


def test_other_variables_are_nobodys_business(tmp_path: Path) -> None:
    assert loaded(tmp_path, BLOG_SITE="elsewhere", BLOGGER="x", PATH="/bin") == Settings(root=tmp_path.resolve())


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b"\xef\xbb\xbf[tool.blog]\r\ntitle = 'A'\r\n")
    assert load(tmp_path, {}).title == "A"


def test_an_unknown_setting_is_named_with_file_and_line(tmp_path: Path) -> None:
    message = refusal(tmp_path, "[project]\nname = 'x'\n\n[tool.blog]\ntitle = 'A'\ntitel = 'B'\n")
    assert message == "pyproject.toml:6: titel is not a setting; did you mean title?"


def test_all_settings_are_named_if_none_is_like_the_unknown_one(tmp_path: Path) -> None:
    message = refusal(tmp_path, "[tool.blog]\nxyzzy = 1\n")
    assert message.startswith("pyproject.toml:2: xyzzy is not a setting; there are title, ")
    assert "posts_per_page" in message


def test_an_unknown_variable_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path, BLOG_TITEL="x") == ("environment: BLOG_TITEL is not a setting; did you mean BLOG_TITLE?")


def test_the_line_is_that_of_our_table(tmp_path: Path) -> None:
    message = refusal(tmp_path, "[tool.other]\nposts_per_page = 3\n[tool.blog]\n\nposts_per_page = 0\n")
    assert message == "pyproject.toml:5: posts_per_page must be a whole number above zero"


def test_the_line_of_a_list_of_tables_is_its_first(tmp_path: Path) -> None:
    message = refusal(tmp_path, "[tool.blog]\ntitle = 'A'\n[[tool.blog.menu]]\nname = 'B'\n")
    assert message == "pyproject.toml:3: menu must be a list of tables that hold name and url"


def test_a_line_separator_in_a_value_does_not_shift_the_line(tmp_path: Path) -> None:
    message = refusal(tmp_path, "[tool.blog]\ntitle = 'A\u2028B'\nfuture = 3\n")
    assert message == "pyproject.toml:3: future must be true or false"


def test_broken_toml_is_named_with_its_line(tmp_path: Path) -> None:
    assert refusal(tmp_path, "[tool.blog]\ntitle = 'A'\nauthor = \n").startswith("pyproject.toml:3: ")


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b"[tool.blog]\ntitle = 'caf\xe9'\n")
    assert refusal(tmp_path).startswith("pyproject.toml: can't be read")


@pytest.mark.parametrize("table", ["tool = 3\n", "[tool]\nblog = 3\n", "[[tool.blog]]\ntitle = 'A'\n", "tool = []\n"])
def test_a_table_that_is_none_is_refused(tmp_path: Path, table: str) -> None:
    assert refusal(tmp_path, table).startswith("pyproject.toml")


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no such folder"):
        load(tmp_path / "nowhere", {})


@given(st.text(alphabet=st.characters(blacklist_characters="\x00", codec="utf-8"), max_size=60))
def test_any_text_in_a_variable_is_a_setting_or_a_refusal(text: str) -> None:
    for name in TABLE:
        try:
            load(Path(__file__).parent, {f"BLOG_{name.upper()}": text})
        except SettingsError as error:
            assert error.format_message().startswith(f"environment: BLOG_{name.upper()} ")
