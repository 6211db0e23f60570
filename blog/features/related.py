"""The posts that are most like a post; see ``likeness.py`` for how they are found."""

from __future__ import annotations

from flask import Flask

from ..documents import Details, Summary
from ..site import library, of

SHOWN = 4


def init_app(app: Flask) -> None:
    """Show them on posts."""
    of(app).furnish("related", related)


def related(post: Summary, _details: Details) -> list[Summary]:
    """Return the posts that are most like one."""
    return library().related(post.path, SHOWN)
