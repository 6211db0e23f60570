"""Tags: all of them with counts, and what each is on."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask, abort
from werkzeug.wrappers import Response

from .. import urls
from ..site import Head, current, library, moved, of, render, said

FEEDS = (  # title, media type and file
    ("RSS", "application/rss+xml", "feed.xml"),
    ("Atom", "application/atom+xml", "atom.xml"),
    ("JSON", "application/feed+json", "feed.json"),
)


def init_app(app: Flask) -> None:
    """Add tag pages."""
    app.add_url_rule("/tags/", "tags", tags)
    app.add_url_rule("/tags/<slug>/", "tag", tag)
    of(app).lists(addresses)
    of(app).listings["tags"] = ("tags.html", lambda: {"tags": library().tags()})


def addresses() -> Iterator[str]:
    """Yield the addresses of all tag pages."""
    yield "/tags/"
    yield from (tag.path for tag in library().tags())


def tags() -> str:
    """Show all tags."""
    head = Head(
        title=said()("tags"),
        path="/tags/",
        description=said()("tags_about"),
        feeds=tuple(current().feeds),
    )
    return render("tags.html", head, tags=library().tags())


def tag(slug: str) -> str | Response:
    """Show what has a tag; another spelling of it leads there."""
    found = library().tag(slug)
    if found is None:
        if library().tag(urls.tag_slug(slug)):
            return moved(urls.tag_path(slug))
        abort(404)
    site = current()
    own = [(f"Tag: {found.name} ({name})", kind, found.path + file) for name, kind, file in FEEDS]
    head = Head(
        title=f"{said()('tag')}: {found.name}",
        path=found.path,
        description=said()("tag_about", found.count, name=found.name),
        feeds=(*site.feeds, *own) if "feeds" in site.features else (),
    )
    return render("tag.html", head, tag=found, posts=library().tagged(slug))
