"""Make tiny sites of Jekyll 4.3, and read them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Read = Callable[[dict[str, str | bytes]], dict[str, Any]]


def header(said: str = "title: T\n", text: str = "Text.\n") -> str:
    """Return a text with a header."""
    return f"---\n{said}---\n{text}"


def one(read_site: Read, name: str, text: str | bytes = header(), config: str = "", **files: str) -> Any:
    """Read one file of a site."""
    return read_site({"_config.yml": config or "title: S\n", name: text} | files)[name]
