"""Pages: whatever isn't a post, a hand-written front page among them. ``layout`` picks the template.

Where the site's engine lists what lies in a folder under the folder's own text, so do we. A layout that the theme
hasn't may be one of our lists: the archive, all tags, all categories.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any, NamedTuple

from flask import Flask, current_app
from jinja2 import TemplateNotFound
from markupsafe import Markup

from ..descriptions import described
from ..documents import POST, Summary
from ..library import Address
from ..site import Head, current, library, of, render


class Listed(NamedTuple):
    """Hold a post with its beginning."""

    post: Summary
    excerpt: Markup
    more: bool


def init_app(app: Flask) -> None:
    """Add pages."""
    of(app).answer("page", page)
    of(app).lists(lambda: library().page_urls())


def page(address: Address) -> Any:
    """Show a page."""
    summary = address.summary
    assert summary
    settings, text = current().settings, library().text(summary.path)
    front = summary.url == "/"
    head = Head(
        title=summary.title,
        path=summary.url,
        description=summary.summary or (settings.description if front else "") or described(text),
        noindex=summary.draft or summary.noindex,
        language=summary.language,
        feeds=tuple(current().feeds),
        document=summary,
        text=text,
    )
    values = {"page": summary, "html": Markup(text), "recent": lambda: library().recent(5)}
    chosen = template(summary.layout)
    if chosen == "page.html" and (own := current().listings.get(listing_named(summary))):
        return render(own[0], head, **own[1](), intro=Markup(text))
    below = listed_below(summary, text, settings.posts_per_page + 1) if chosen == "page.html" else []
    if not below:
        return render(chosen, head, **values)
    return render("section.html", head, **values, **listing(below, settings.posts_per_page))


def listing_named(summary: Summary) -> str:
    """Return which of our lists a page asks for: by its layout, or as the page of a folder by its address."""
    return summary.layout or (summary.url.strip("/") if is_of_folder(summary) else "")


def is_of_folder(summary: Summary) -> bool:
    """Tell whether the site's engine lists what lies in a folder on this page."""
    return PurePosixPath(summary.path).name.partition(".")[0] == current().settings.facts.lists


def listed_below(summary: Summary, text: str, limit: int) -> list[Summary]:
    """Return what is listed below a page: what lies in its folder, or all posts where a front page says nothing."""
    if is_of_folder(summary):
        return library().below(summary.path, limit)
    return library().recent(limit) if summary.url == "/" and not text.strip() else []


def listing(below: list[Summary], limit: int) -> dict[str, Any]:
    """Return what a list shows of some documents, posts with their beginnings; ``more`` if there are more posts."""
    posts = below[:limit] if below[0].kind == POST else []
    return {
        "entries": [Listed(post, *beginning(post)) for post in posts],
        "pages": [] if posts else below,
        "more": bool(posts) and len(below) > limit,
    }


def beginning(post: Summary) -> tuple[Markup, bool]:
    """Return the beginning of a post, and whether it isn't all."""
    excerpt = library().excerpt(post.path)
    return Markup(excerpt.html), excerpt.more


def template(layout: str) -> str:
    """Return the template of a layout; the plain one where the theme has none of that name."""
    name = f"layouts/{layout}.html"
    try:
        return name if layout and current_app.jinja_env.get_template(name) else "page.html"
    except TemplateNotFound:
        return "page.html"
