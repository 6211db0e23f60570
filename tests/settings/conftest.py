"""Load settings, and see them refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from blog.errors import SettingsError
from blog.settings import Settings, load


def loaded(root: Path, table: str = "", **environment: str) -> Settings:
    if table:
        (root / "pyproject.toml").write_text(table, encoding="utf-8")
    return load(root, environment)


def refusal(root: Path, table: str = "", **environment: str) -> str:
    with pytest.raises(SettingsError) as refused:
        loaded(root, table, **environment)
    message = refused.value.format_message()
    assert "\n" not in message
    return message
