"""Posts: each on its own page, and lists of them by page with their beginnings.

The list stands on the front page and on ``/page/2/`` and on; where the site has a front page of its own,
it begins at ``/posts/``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask, abort
from markupsafe import Markup

from ..descriptions import described
from ..documents import Summary
from ..library import Address
from ..site import Head, current, library, moved, of, render, said

LIST = "/posts/"


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold a post with its beginning, for a list."""

    post: Summary
    excerpt: Markup
    more: bool


@dataclass(frozen=True, slots=True)
class Pager:
    """Hold a place in the list: ``newer`` and ``older`` are addresses within the site."""

    page: int
    pages: int
    newer: str | None
    older: str | None


def init_app(app: Flask) -> None:
    """Add post pages and lists."""
    site = of(app)
    site.answer("post", post)
    site.furnish("neighbours", lambda summary, _details, _shown: library().neighbours(summary.path))
    site.answer("front", lambda _address: listing(1))
    app.add_url_rule(LIST, "posts", first_page)
    app.add_url_rule("/page/<int:number>/", "posts_page", later_page)
    site.lists(addresses)


def addresses() -> Iterator[str]:
    """Yield the addresses of all posts and lists."""
    yield from library().post_urls()
    yield from ("/", LIST)
    yield from (f"/page/{number}/" for number in range(2, page_count() + 1))


def post(address: Address) -> str:
    """Show a post."""
    summary = address.summary
    assert summary
    text = library().text(summary.path)
    furniture = current().around(summary)
    newer, older = furniture["neighbours"] or (None, None)
    head = Head(
        title=summary.title,
        path=summary.url,
        description=summary.summary or described(library().excerpt(summary.path).html),
        type="article",
        noindex=summary.draft or summary.noindex,
        language=summary.language,
        feeds=tuple(current().feeds),
        document=summary,
        text=text,
    )
    values = {"post": summary, "note": bool(summary.untitled and summary.date and furniture["date"])}
    return render("post.html", head, **values, html=Markup(text), newer=newer, older=older, furniture=furniture)


def first_page() -> Any:
    """Show the list's first page, unless the front page is just that; a section's own page comes before it."""
    own = library().find(LIST)
    return listing(1) if own or library().find("/") else moved("/")


def later_page(number: int) -> str:
    """Show a further page of the list."""
    return listing(number) if 1 < number <= page_count() else abort(404)


def page_count() -> int:
    """Return how many pages the list has, at least one."""
    return max(1, -(-library().count() // current().settings.posts_per_page))


def listing(number: int) -> str:
    """Show one page of the list."""
    site, pages = current(), page_count()
    own = site.library.find(LIST)
    start = LIST if own or site.library.find("/") else "/"
    size = site.settings.posts_per_page
    entries = [entry(summary) for summary in site.library.recent(size, (number - 1) * size)]
    before = start if number == 2 else f"/page/{number - 1}/"
    pager = Pager(number, pages, before if number > 1 else None, f"/page/{number + 1}/" if number < pages else None)
    section = own.summary if own and number == 1 and start == LIST else None
    intro = Markup(site.library.text(section.path)) if section else ""
    title = section.title if section else "" if start == "/" else said()("posts")
    head = Head(
        title=title if number == 1 else said()("page_title", page=number),
        path=start if number == 1 else f"/page/{number}/",
        description=site.settings.description if number == 1 else said()("page_about", page=number, pages=pages),
        feeds=tuple(site.feeds),
    )
    return render("home.html", head, entries=entries, pager=pager, intro=intro)


def entry(summary: Summary) -> Entry:
    """Return a post with its beginning."""
    excerpt = library().excerpt(summary.path)
    return Entry(summary, Markup(excerpt.html), excerpt.more)
