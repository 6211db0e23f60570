"""JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

import json
from typing import Any

from .model import Enclosure, Feed, Item

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed) -> bytes:
    """Write JSON Feed; what is older than its entries is the next page of it."""
    said = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.url,
        "next_url": feed.previous,
        "description": feed.description,
        "language": feed.language,
        "authors": named((feed.author,)),
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else [],
    }
    filled: dict[str, Any] = {key: value for key, value in said.items() if value}
    filled["items"] = [entry(item, feed) for item in feed.items]
    return json.dumps(filled, ensure_ascii=False, indent=1).encode() + b"\n"


def entry(item: Item, feed: Feed) -> dict[str, Any]:
    """Return an item with nothing empty in it; one without its text is its summary."""
    said = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
        "authors": named(item.authors),
        "tags": list(item.tags),
        "language": item.language if item.language != feed.language else "",
        "image": item.image.url if item.image else "",
        "attachments": [attachment(one) for one in item.enclosures],
    }
    text = {"content_text": item.summary} if item.summary and not item.html else {"content_html": item.html}
    return {key: value for key, value in said.items() if value} | text


def named(authors: tuple[str, ...]) -> list[dict[str, str]]:
    """Return authors as objects."""
    return [{"name": author} for author in authors if author]


def attachment(one: Enclosure) -> dict[str, Any]:
    """Return a file that comes with an entry."""
    said = {
        "url": one.url,
        "mime_type": one.type,
        "size_in_bytes": one.length,
        "duration_in_seconds": one.duration,
    }
    return {key: value for key, value in said.items() if value}
