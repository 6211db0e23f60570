"""How many minutes a post takes to read; see ``words.length`` for what is counted."""

from __future__ import annotations

from flask import Flask

from ..documents import Details, Summary
from ..site import current, of


def init_app(app: Flask) -> None:
    """Show it on posts."""
    of(app).furnish("reading_time", minutes)


def minutes(_post: Summary, details: Details, _shown: object) -> int:
    """Return the minutes, rounded up."""
    return -(-details.length // current().settings.words_per_minute)
