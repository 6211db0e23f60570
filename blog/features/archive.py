"""The archive: every post by year."""

from __future__ import annotations

from typing import Any

from flask import Flask

from ..documents import Summary
from ..site import Head, current, library, of, render, said

PATH = "/archive/"


def init_app(app: Flask) -> None:
    """Add the archive."""
    app.add_url_rule(PATH, "archive", archive)
    of(app).lists(lambda: [PATH])
    of(app).listings["archives"] = ("archive.html", years)


def archive() -> str:
    """Show every dated post."""
    about = said()("archive_about")
    head = Head(title=said()("archive"), path=PATH, description=about, feeds=tuple(current().feeds))
    return render("archive.html", head, **years())


def years() -> dict[str, Any]:
    """Return what the template shows."""
    return {"years": by_year(library().posts())}


def by_year(posts: list[Summary]) -> list[tuple[int, list[Summary]]]:
    """Return the dated posts by the year that was written, newest first."""
    years: dict[int, list[Summary]] = {}
    for post in posts:
        if post.date:
            years.setdefault(post.date.year, []).append(post)
    return sorted(years.items(), reverse=True)
