"""The posts that are most like a post; see ``likeness.py`` for how they are found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from ..documents import Details, Summary
from ..site import library, of

SHOWN = 4


def init_app(app: Flask) -> None:
    """Show them on posts."""
    of(app).furnish("related", related)


def related(post: Summary, _details: Details, shown: Mapping[str, Any]) -> list[Summary]:
    """Return the posts that are most like one, without those that stand above them as the newer and the older one."""
    beside = {one.path for one in shown["neighbours"] or () if one}
    return [one for one in library().related(post.path, SHOWN + len(beside)) if one.path not in beside][:SHOWN]
