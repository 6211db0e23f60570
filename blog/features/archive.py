"""The archive: every post by year."""

from __future__ import annotations

from flask import Flask

from ..site import Head, current, library, of, render

PATH = "/archive/"


def init_app(app: Flask) -> None:
    """Add the archive."""
    app.add_url_rule(PATH, "archive", archive)
    of(app).lists(lambda: [PATH])


def archive() -> str:
    """Show every dated post."""
    head = Head(title="Archive", path=PATH, description="Every post, by year.", feeds=tuple(current().feeds))
    return render("archive.html", head, years=library().years())
