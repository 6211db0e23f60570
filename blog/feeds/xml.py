"""RSS 2.0 and Atom, written by feedgen; what it lacks, or says wrong, an extension of ours adds.

https://www.rssboard.org/rss-specification, https://www.rfc-editor.org/rfc/rfc4287,
https://www.rssboard.org/media-rss, https://www.rfc-editor.org/rfc/rfc5005, https://www.w3.org/TR/websub/,
https://podcasters.apple.com/support/823-podcast-requirements, https://podcasting2.org/docs/podcast-namespace
"""

from __future__ import annotations

import uuid
from email.utils import format_datetime
from typing import Any

import feedgen.entry
import feedgen.feed
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from .model import Feed, Image, Item

ATOM = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
HISTORY = "http://purl.org/syndication/history/1.0"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")  # of podcasts
PLAYED = ("audio/", "video/")
SQUARES = ("image/jpeg", "image/png")  # the images that podcast directories take

# feedgen's own way sets the locale of the whole process for each date, which no other thread expects.
feedgen.feed.formatRFC2822 = feedgen.entry.formatRFC2822 = format_datetime


class OfFeed(BaseExtension):  # type: ignore[misc]
    """Add to a feed what feedgen has no place for."""

    feed: Feed

    def extend_ns(self) -> dict[str, str]:
        """Return the namespaces that are used, by prefix."""
        feed, found = self.feed, {"dc": DC, "media": MEDIA}
        if feed.current:
            found["fh"] = HISTORY
        return found | ({"itunes": ITUNES, "podcast": PODCAST} if is_podcast(feed) else {})

    def extend_rss(self, root: Any) -> Any:
        """Add to ``<channel>``."""
        channel, feed = root[0], self.feed
        for rel, href in links(feed):
            etree.SubElement(channel, f"{{{ATOM}}}link", rel=rel, href=href)
        if is_podcast(feed):
            add(channel, ITUNES, "author", feed.author)
            add(channel, ITUNES, "summary", feed.description)
            add(channel, PODCAST, "guid", podcast_guid(feed))
        return self.archive(channel)

    def extend_atom(self, root: Any) -> Any:
        """Add to ``<feed>``."""
        root.set(LANG, self.feed.language)
        for rel, href in links(self.feed):
            etree.SubElement(root, "link", rel=rel, href=href)
        return self.archive(root)

    def archive(self, parent: Any) -> Any:
        """Say that this is a part of an archive, if it is."""
        if self.feed.current:
            etree.SubElement(parent, f"{{{HISTORY}}}archive")
        return parent


class OfEntry(BaseEntryExtension):  # type: ignore[misc]
    """Add to an entry what feedgen has no place for."""

    item: Item
    language: str  # of the feed

    def extend_rss(self, entry: Any) -> Any:
        """Add to ``<item>``; readers take the first enclosure, as there may be but one."""
        item = self.item
        for author in item.authors:
            add(entry, DC, "creator", author)
        if item.language != self.language:
            add(entry, DC, "language", item.language)
        for one in item.enclosures[:1]:
            etree.SubElement(entry, "enclosure", url=one.url, length=str(one.length), type=one.type)
            if one.type.startswith(PLAYED):
                self.podcast(entry, one.duration)
        return self.image(entry)

    def podcast(self, entry: Any, duration: int) -> None:
        """Add what programs for podcasts ask for."""
        item = self.item
        add(entry, ITUNES, "duration", str(duration or ""))
        add(entry, ITUNES, "author", ", ".join(item.authors))
        if item.image and item.image.type in SQUARES:
            etree.SubElement(entry, f"{{{ITUNES}}}image", href=item.image.url)

    def extend_atom(self, entry: Any) -> Any:
        """Add to ``<entry>``; feedgen's links of entries know neither kind nor length."""
        if self.item.language != self.language:
            entry.set(LANG, self.item.language)
        for one in self.item.enclosures:
            etree.SubElement(entry, "link", rel="enclosure", href=one.url, type=one.type, length=str(one.length))
        return self.image(entry)

    def image(self, entry: Any) -> Any:
        """Add the lead image."""
        if self.item.image:
            said = image_of(self.item.image)
            content = etree.SubElement(entry, f"{{{MEDIA}}}content", {name: text for name, text in said if text})
            add(content, MEDIA, "description", self.item.image.alt)
        return entry


def links(feed: Feed) -> list[tuple[str, str]]:
    """Return relation and address of what belongs to a feed besides itself and its page."""
    archive = ("current", feed.current), ("prev-archive", feed.previous), ("next-archive", feed.next)
    return [(rel, href) for rel, href in (("hub", feed.hub), *archive) if href]


def image_of(image: Image) -> list[tuple[str, str]]:
    """Return the attributes of an image."""
    sizes = ("width", str(image.width or "")), ("height", str(image.height or ""))
    return [("url", image.url), ("medium", "image"), ("type", image.type), *sizes]


def add(parent: Any, space: str, name: str, text: str) -> None:
    """Add an element that holds nothing but text, if there is any."""
    if text:
        etree.SubElement(parent, f"{{{space}}}{name}").text = text


def is_podcast(feed: Feed) -> bool:
    """Tell whether there is something to hear or see in a feed."""
    return any(one.type.startswith(PLAYED) for item in feed.items for one in item.enclosures)


def podcast_guid(feed: Feed) -> str:
    """Return what names a podcast wherever it lies.

    https://podcasting2.org/docs/podcast-namespace/tags/guid
    """
    return str(uuid.uuid5(GUIDS, (feed.current or feed.url).partition("://")[2].rstrip("/")))


def generator(feed: Feed) -> Any:
    """Return feedgen's generator for a feed; the entries keep their order."""
    made = feedgen.feed.FeedGenerator()
    OfThis = type("OfThis", (OfFeed,), {"feed": feed})  # feedgen makes the object itself
    made.register_extension("ours", OfThis)
    made.id(feed.id)
    made.title(feed.title)
    made.subtitle(feed.description)
    made.description(feed.description)
    made.language(feed.language)
    made.generator("Flatleaf")
    made.updated(feed.updated)
    made.link(href=feed.url, rel="self")
    made.link(href=feed.home, rel="alternate")  # the last one: RSS takes that
    made.author({"name": feed.author})
    for item in feed.items:
        made.add_entry(entry_of(item, feed.language), order="append")
    return made


def entry_of(item: Item, language: str) -> Any:
    """Return feedgen's entry for an item."""
    entry = feedgen.entry.FeedEntry()
    entry.register_extension("ours", OfEntry)
    entry.ours.item, entry.ours.language = item, language
    entry.guid(item.id, permalink=item.id == item.url)
    entry.title(item.title)
    entry.link(href=item.url)
    if item.summary:
        entry.summary(item.summary)
    if item.html:
        entry.description(item.summary or item.title)  # before content(), which it sets as well
        entry.content(item.html, type="html")
    entry.published(item.published)
    entry.updated(item.updated)
    for author in item.authors:
        entry.author({"name": author})
    entry.category([{"term": tag} for tag in item.tags])
    return entry


def rss(feed: Feed, style: str = "") -> bytes:
    """Write RSS 2.0; ``style`` is the address of a style sheet for browsers."""
    return styled(generator(feed).rss_str(pretty=True), style)


def atom(feed: Feed, style: str = "") -> bytes:
    """Write Atom; ``style`` is the address of a style sheet for browsers."""
    return styled(generator(feed).atom_str(pretty=True), style)


def styled(xml: bytes, style: str) -> bytes:
    """Name the style sheet: https://www.w3.org/TR/xml-stylesheet/."""
    start, line_end, rest = xml.partition(b"\n")
    told = b'<?xml-stylesheet type="text/css" href="%s"?>\n' % style.encode() if style else b""
    return start + line_end + told + rest
