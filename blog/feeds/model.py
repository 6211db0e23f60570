"""What a feed holds, in the terms that RSS 2.0, Atom and JSON Feed share. Each format writes all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # the date of a feed without entries: never the clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """Hold a file that comes with an entry: ``length`` in bytes, ``duration`` in seconds (0: not told)."""

    url: str
    type: str
    length: int
    duration: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """Hold the lead image of an entry; width and height in pixels, 0 where they aren't known."""

    url: str
    type: str
    width: int = 0
    height: int = 0
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Hold an entry: every address absolute, titles and summary plain text, ``html`` clean.

    ``id`` never changes once the entry is published; ``html`` is empty where only summaries are fed.
    """

    id: str
    url: str
    title: str
    html: str
    summary: str
    published: datetime
    updated: datetime
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    image: Image | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Hold a feed: ``home`` is the page that it follows, ``url`` its own address.

    ``previous`` and ``next`` are the archives before and after it, ``current`` the feed that an archive belongs
    to; all are empty where there is none. https://www.rfc-editor.org/rfc/rfc5005#section-4
    """

    id: str
    title: str
    description: str
    home: str
    url: str
    language: str
    author: str
    items: tuple[Item, ...]
    previous: str = ""
    next: str = ""
    current: str = ""
    hub: str = ""

    @property
    def updated(self) -> datetime:
        """Return when the newest change to an entry was made."""
        return max((item.updated for item in self.items), default=NEVER)
