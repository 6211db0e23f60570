"""The posts that are most like a post; see ``likeness.py`` for how they are found."""

from __future__ import annotations

from flask import Flask

from .. import furniture
from ..documents import Details, Summary
from ..site import current, library, of

SHOWN = 4


def init_app(app: Flask) -> None:
    """Show them on posts."""
    of(app).furnish("related", related)


def related(post: Summary, details: Details) -> list[Summary]:
    """Return the posts that are most like one, without those that stand above them as the newer and the older one."""
    above = furniture.chosen(current().settings.furniture, details.furniture) & {"neighbours"}
    beside = {one.path for one in library().neighbours(post.path) if one} if above else set()
    return [one for one in library().related(post.path, SHOWN + len(beside)) if one.path not in beside][:SHOWN]
