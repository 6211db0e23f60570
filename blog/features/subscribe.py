"""Every feed of the site on one page for people, ``/subscribe/``, and in one file for readers, ``/feeds.opml``.

https://opml.org/spec2.opml#subscriptionLists
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from flask import Flask, Response

from ..site import Head, absolute, current, of, render, said

PATH, OPML = "/subscribe/", "/feeds.opml"
FORMATS = {"application/rss+xml": "RSS", "application/atom+xml": "Atom", "application/feed+json": "JSON"}


@dataclass(frozen=True, slots=True)
class Subscription:
    """Hold a feed: ``formats`` are its addresses within the site by format, the first the one to take by default."""

    title: str
    name: str = ""  # the title without the site's before it
    formats: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Return the address to take by default."""
        return next(iter(self.formats.values()))


@dataclass(frozen=True, slots=True)
class Group:
    """Hold the feeds of one kind: ``name`` is that of a phrase of the theme's, empty for the site's own feeds."""

    name: str
    feeds: list[Subscription]


def init_app(app: Flask) -> None:
    """Add the page and the file, if there are feeds."""
    if of(app).feeds:
        app.add_url_rule(PATH, "subscribe", subscribe)
        app.add_url_rule(OPML, "opml", opml)
        of(app).lists(lambda: [PATH, OPML])


def subscribe() -> str:
    """Show every feed."""
    here = current()
    about = said()("subscribe_about", title=here.settings.title)
    head = Head(title=said()("subscribe"), path=PATH, description=about, feeds=(*here.feeds,))
    return render("subscribe.html", head, groups=groups(), opml=OPML)


def opml() -> Response:
    """List every feed once, in its first format: who takes the file over subscribes to all that it names."""
    title = current().settings.title
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = title
    body = ElementTree.SubElement(root, "body")
    for group in groups():
        parent = ElementTree.SubElement(body, "outline", text=said()(group.name)) if group.name else body
        for feed in group.feeds:
            attributes = {"type": "rss", "text": feed.title, "title": feed.title, "xmlUrl": absolute(feed.path)}
            ElementTree.SubElement(parent, "outline", attributes)
    ElementTree.indent(root, " ")
    written = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
    return Response(written, content_type="text/x-opml; charset=utf-8")


def groups() -> list[Group]:
    """Return the feeds by what they are of, the site's own first."""
    found: dict[str, dict[str, Subscription]] = {}
    before = f"{current().settings.title}: "
    for group, title, kind, path in named():
        feed = found.setdefault(group, {}).setdefault(title, Subscription(title, title.removeprefix(before)))
        feed.formats.setdefault(FORMATS.get(kind, kind), path)
    return [Group(name, list(feeds.values())) for name, feeds in found.items()]


def named() -> Iterator[tuple[str, str, str, str]]:
    """Yield group, title without its format, media type and path of every feed."""
    own = {path for _, _, path in current().feeds}
    for title, kind, path in current().all_feeds():
        group = "" if path in own else path.split("/")[1]  # tags, sections, authors, languages
        yield group, title.removesuffix(f" ({FORMATS.get(kind)})"), kind, path
