"""Categories: all of them with counts, and what each holds; only where a document has one."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask, abort
from werkzeug.wrappers import Response

from .. import urls
from ..site import Head, current, library, moved, of, render, said

PATH = "/categories/"


def init_app(app: Flask) -> None:
    """Add the pages of categories."""
    app.add_url_rule(PATH, "categories", categories)
    app.add_url_rule(f"{PATH}<slug>/", "category", category)
    of(app).lists(addresses)
    of(app).listings["categories"] = ("categories.html", lambda: {"categories": library().shelves("category")})


def addresses() -> Iterator[str]:
    """Yield the addresses of all pages of categories."""
    if found := library().shelves("category"):
        yield PATH
        yield from (shelf.path for shelf in found)


def categories() -> str:
    """Show all categories."""
    found = library().shelves("category") or abort(404)
    about = said()("categories_about")
    head = Head(title=said()("categories"), path=PATH, description=about, feeds=tuple(current().feeds))
    return render("categories.html", head, categories=found)


def category(slug: str) -> str | Response:
    """Show what a category holds; another spelling of it leads there."""
    found = library().shelf("category", slug)
    if found is None:
        if library().shelf("category", urls.tag_slug(slug)):
            return moved(urls.shelf_path("category", slug))
        abort(404)
    about = said()("category_about", found.count, name=found.name)
    head = Head(title=found.name, path=found.path, description=about, feeds=tuple(current().feeds))
    return render("category.html", head, category=found, posts=library().filed("category", slug))
