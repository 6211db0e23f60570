"""Series: posts that belong together, in order; on each of them its place among the others."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask, abort
from werkzeug.wrappers import Response

from .. import urls
from ..documents import Details, Summary
from ..library import Part
from ..site import Head, current, library, moved, of, render, said

PATH = "/series/"


def init_app(app: Flask) -> None:
    """Add the pages of series, and the box on posts."""
    app.add_url_rule(PATH, "series_list", series_list)
    app.add_url_rule(f"{PATH}<slug>/", "series", series)
    of(app).lists(addresses)
    of(app).furnish("series", parts)


def addresses() -> Iterator[str]:
    """Yield the addresses of all pages of series."""
    if found := library().shelves("series"):
        yield PATH
        yield from (shelf.path for shelf in found)


def parts(post: Summary, _details: Details, _shown: object) -> list[Part]:
    """Return the places of a post in its series; there is nothing to say while it is the only part of one."""
    found = [library().part(post.path, urls.tag_slug(name)) for name in post.series]
    return [part for part in found if part and part.series.count > 1]


def series_list() -> str:
    """Show all series."""
    found = library().shelves("series") or abort(404)
    head = Head(title=said()("series"), path=PATH, description=said()("series_about"), feeds=tuple(current().feeds))
    return render("series_list.html", head, series=found)


def series(slug: str) -> str | Response:
    """Show the parts of a series in order; another spelling of it leads there."""
    found = library().shelf("series", slug)
    if found is None:
        if library().shelf("series", urls.tag_slug(slug)):
            return moved(urls.shelf_path("series", slug))
        abort(404)
    about = said()("one_series_about", found.count, name=found.name)
    head = Head(title=found.name, path=found.path, description=about, feeds=tuple(current().feeds))
    return render("series.html", head, series=found, posts=library().filed("series", slug))
