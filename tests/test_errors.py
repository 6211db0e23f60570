"""Errors: one tree, one line each, with the place first."""

from __future__ import annotations

import click
import pytest

from blog.errors import BlogError, ContentError, FreezeError, SettingsError, where


@pytest.mark.parametrize("kind", [SettingsError, ContentError, FreezeError])
def test_every_error_is_one_that_the_command_line_prints(kind: type[BlogError]) -> None:
    error = kind("is wrong", "posts/x.md", 3)
    assert isinstance(error, click.ClickException)
    assert error.exit_code == 1
    assert error.format_message() == str(error) == "posts/x.md:3: is wrong"
    assert (error.reason, error.path, error.line) == ("is wrong", "posts/x.md", 3)


@pytest.mark.parametrize(
    ("path", "line", "said"), [("", 0, ""), ("", 3, ""), ("x.md", 0, "x.md: "), ("x.md", 3, "x.md:3: ")]
)
def test_a_place_is_said_as_far_as_it_is_known(path: str, line: int, said: str) -> None:
    assert where(path, line) == said


def test_an_error_prints_as_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    ContentError("is wrong", "x.md", 2).show()
    assert capsys.readouterr().err == "Error: x.md:2: is wrong\n"
