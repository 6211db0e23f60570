"""The line at the end of every page, by the setting ``copyright``: ``© {years} Ann`` is ``© 2012–2024 Ann``."""

from __future__ import annotations

from flask import Flask

from ..site import current, library


def init_app(app: Flask) -> None:
    """Let templates have the line."""
    app.jinja_env.globals["copyright_line"] = line


def line() -> str:
    """Return the line, which may be empty; its years are those of the posts, whenever it is made."""
    said = current().settings.copyright
    if "{years}" not in said:
        return said
    first, last = library().years() or (0, 0)
    years = f"{first}–{last}" if first != last else str(first or "")
    return " ".join(said.replace("{years}", years).split())
