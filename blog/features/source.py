"""Where a post's file can be seen and edited, by the settings ``source_url`` and ``edit_url``."""

from __future__ import annotations

from functools import partial
from urllib.parse import quote

from flask import Flask

from ..documents import Details, Summary
from ..site import current, of


def init_app(app: Flask) -> None:
    """Show the links on posts."""
    of(app).furnish("source", partial(filled, "source_url"))
    of(app).furnish("edit", partial(filled, "edit_url"))


def filled(setting: str, post: Summary, _details: Details, _shown: object) -> str:
    """Return the address that a setting names for the file of a post."""
    pattern: str = getattr(current().settings, setting)
    return pattern and pattern.replace("{path}", quote(post.path))
