"""Feeds: the newest posts with their full text as RSS 2.0, Atom and JSON Feed, and RSS for each tag.

https://www.rssboard.org/rss-specification, https://www.rfc-editor.org/rfc/rfc4287,
https://www.jsonfeed.org/version/1.1/
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from flask import Flask, Response, abort

from ..documents import Summary
from ..markup import links
from ..site import absolute, current, library, of

RSS, ATOM, JSON = "application/rss+xml", "application/atom+xml", "application/feed+json"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # the date of a feed without entries: never the clock


@dataclass(frozen=True, slots=True)
class Item:
    """Hold a post as every format tells it."""

    id: str
    url: str
    title: str
    html: str
    summary: str
    published: datetime
    updated: datetime
    authors: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """Hold a feed as every format tells it: ``home`` is the page it follows, ``url`` its own address."""

    title: str
    description: str
    home: str
    url: str
    items: list[Item]

    @property
    def updated(self) -> datetime:
        """Return when the newest change to an entry was made."""
        return max((item.updated for item in self.items), default=NEVER)


def init_app(app: Flask) -> None:
    """Add feeds."""
    site = of(app)
    title = site.settings.title
    for name, kind, path, write in (
        ("RSS", RSS, "/feed.xml", rss),
        ("Atom", ATOM, "/atom.xml", atom),
        ("JSON", JSON, "/feed.json", json_feed),
    ):
        app.add_url_rule(path, f"feed_{name.lower()}", view(path, kind, write))
        site.feeds.append((f"{title} ({name})", kind, path))
    app.add_url_rule("/tags/<slug>/feed.xml", "feed_tag", tag_feed)
    site.lists(addresses)


def addresses() -> Iterator[str]:
    """Yield the addresses of all feeds."""
    yield from (path for _, _, path in current().feeds)
    if "tags" in current().features:
        yield from (f"{tag.path}feed.xml" for tag in library().tags())


def view(path: str, kind: str, write: Any) -> Any:
    """Return the view of one of the site's feeds."""
    return lambda: answer(write(site_feed(path)), kind)


def site_feed(path: str) -> Feed:
    """Return the feed of the whole site."""
    settings = current().settings
    posts = library().recent(settings.feed_size)
    description = settings.description or settings.title
    return Feed(settings.title, description, absolute("/"), absolute(path), items(posts))


def tag_feed(slug: str) -> Response:
    """Answer with the feed of a tag."""
    tag = library().tag(slug)
    if tag is None or "tags" not in current().features:
        abort(404)
    settings = current().settings
    title = f"{settings.title}: {tag.name}"
    posts = library().tagged(slug, settings.feed_size)
    feed = Feed(title, f"Posts on {tag.name}", absolute(tag.path), absolute(f"{tag.path}feed.xml"), items(posts))
    return answer(rss(feed), RSS)


def answer(body: bytes, kind: str) -> Response:
    """Return a feed's bytes."""
    return Response(body, content_type=f"{kind}; charset=utf-8", headers={"Cache-Control": "public, max-age=300"})


def items(posts: list[Summary]) -> list[Item]:
    """Return posts as items; one without a date has no place in a feed."""
    return [item(post) for post in posts if post.date]


def item(post: Summary) -> Item:
    """Return a post as an item, its links absolute."""
    url, settings = absolute(post.url), current().settings
    assert post.date
    html = links.change(library().text(post.path), lambda link: urljoin(url, link))
    author = post.author or settings.author
    updated = max(post.date, post.updated or post.date)
    return Item(url, url, post.title, html, post.summary, post.date, updated, (author,) if author else (), post.tags)


def generator(feed: Feed) -> Any:
    """Return feedgen's generator for a feed; the entries keep their order."""
    from feedgen.feed import FeedGenerator  # here: feedgen takes a while to load

    settings = current().settings
    made = FeedGenerator()
    made.id(feed.home)
    made.title(feed.title)
    made.subtitle(feed.description)
    made.description(feed.description)
    made.language(settings.language)
    made.generator("Flatleaf")
    made.updated(feed.updated)
    made.lastBuildDate(feed.updated)
    made.link(href=feed.url, rel="self")
    made.link(href=feed.home, rel="alternate")  # the last one: RSS takes that
    made.author({"name": settings.author or settings.title})
    for item in feed.items:
        entry = made.add_entry(order="append")
        entry.id(item.id)
        entry.guid(item.id, permalink=item.id == item.url)
        entry.title(item.title)
        entry.link(href=item.url)
        if item.summary:
            entry.summary(item.summary)
        entry.content(item.html, type="html")
        entry.published(item.published)
        entry.updated(item.updated)
        for author in item.authors:
            entry.author({"name": author})
        entry.category([{"term": tag} for tag in item.tags])
    return made


def rss(feed: Feed) -> bytes:
    """Write RSS 2.0."""
    return bytes(generator(feed).rss_str(pretty=True))


def atom(feed: Feed) -> bytes:
    """Write Atom."""
    return bytes(generator(feed).atom_str(pretty=True))


def json_feed(feed: Feed) -> bytes:
    """Write JSON Feed 1.1."""
    settings = current().settings
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.home,
        "feed_url": feed.url,
        "language": settings.language,
        "authors": [{"name": settings.author or settings.title}],
        "items": [json_item(item) for item in feed.items],
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"


def json_item(item: Item) -> dict[str, Any]:
    """Return an item as JSON Feed has it; nothing empty."""
    said = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
        "authors": [{"name": author} for author in item.authors],
        "tags": list(item.tags),
    }
    return {key: value for key, value in said.items() if value} | {"content_html": item.html}
