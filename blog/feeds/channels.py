"""Which feeds there are: of the site, and of each tag, section, author and language, each in three formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..site import current, library
from .model import Feed

KINDS = ("tag", "section", "author", "language")
FOLDERS = {"section": "/sections/", "author": "/authors/", "language": "/languages/"}
TOLD = {"section": "Posts in", "author": "Posts by", "language": "Posts in"}
WORTH = {"section": 1, "author": 2, "language": 2}  # how many of a kind there have to be for feeds of their own


def rss(feed: Feed, style: str) -> bytes:
    """Write RSS 2.0."""
    from . import xml  # here: feedgen takes a while to load

    return xml.rss(feed, style)


def atom(feed: Feed, style: str) -> bytes:
    """Write Atom."""
    from . import xml

    return xml.atom(feed, style)


def json_feed(feed: Feed, _style: str) -> bytes:
    """Write JSON Feed."""
    from . import json

    return json.json_feed(feed)


@dataclass(frozen=True, slots=True)
class Format:
    """Name a format: its file in the folder of a feed, and the ending of the pages of its archive."""

    name: str
    type: str
    file: str
    ending: str
    write: Callable[[Feed, str], bytes]


RSS = Format("RSS", "application/rss+xml", "feed.xml", ".xml", rss)
ATOM = Format("Atom", "application/atom+xml", "atom.xml", ".atom", atom)
JSON = Format("JSON", "application/feed+json", "feed.json", ".json", json_feed)
FORMATS = (RSS, ATOM, JSON)


@dataclass(frozen=True, slots=True)
class Channel:
    """Name what a feed holds: the whole site without a ``kind``. ``folder`` is where its formats lie."""

    kind: str
    slug: str
    name: str
    title: str
    description: str
    home: str
    folder: str

    def path(self, kind: Format) -> str:
        """Return the address of one format."""
        return self.folder + kind.file


def channel(kind: str = "", slug: str = "") -> Channel | None:
    """Return what a feed holds, ``None`` if there is no such feed."""
    settings = current().settings
    if not kind:
        return Channel("", "", "", settings.title, settings.description or settings.title, "/", "/")
    if kind == "tag":
        tag = library().tag(slug) if "tags" in current().features else None
        return of_tag(slug, tag.name, tag.path) if tag else None
    return next((found for found in of_groups(kind) if found.slug == slug), None)


def of_tag(slug: str, name: str, path: str) -> Channel:
    """Return the channel of a tag."""
    return Channel("tag", slug, name, f"{current().settings.title}: {name}", f"Posts on {name}", path, path)


def of_groups(kind: str) -> list[Channel]:
    """Return the channels of all sections, authors or languages, if there are enough of them."""
    groups = library().groups(kind)
    return [of_group(kind, one.slug, one.name) for one in groups] if len(groups) >= WORTH[kind] else []


def of_group(kind: str, slug: str, name: str) -> Channel:
    """Return the channel of a section, an author or a language."""
    title = f"{current().settings.title}: {name}"
    return Channel(kind, slug, name, title, f"{TOLD[kind]} {name}", "/", f"{FOLDERS[kind]}{slug}/")


def parts() -> Iterator[Channel]:
    """Yield the channels of tags, sections, authors and languages."""
    if "tags" in current().features:
        yield from (of_tag(tag.slug, tag.name, tag.path) for tag in library().tags())
    for kind in WORTH:
        yield from of_groups(kind)


def subscriptions() -> Iterator[tuple[str, str, str]]:
    """Yield title, media type and address of the feeds of tags, sections, authors and languages."""
    for one in parts():
        yield from ((f"{one.title} ({kind.name})", kind.type, one.path(kind)) for kind in FORMATS)
