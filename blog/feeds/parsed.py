"""What a feed says, whoever has written it: RSS 2.0 and 1.0, Atom and JSON Feed in one form, as written.

https://www.rssboard.org/rss-specification, https://www.rfc-editor.org/rfc/rfc4287,
https://www.jsonfeed.org/version/1.1/
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
RSS_1 = "{http://purl.org/rss/1.0/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XML = "{http://www.w3.org/XML/1998/namespace}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """Hold an enclosure as written."""

    url: str
    type: str = ""
    length: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Hold an entry: ``""`` for what isn't there, ``line`` 0 where lines mean nothing.

    ``content`` is what a reader shows: the full text, or the summary where there is no other.
    """

    id: str = ""
    link: str = ""
    title: str = ""
    content: str = ""
    summary: str = ""
    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    enclosures: tuple[Attached, ...] = ()
    is_link: bool = False  # the id is the entry's address
    line: int = 0

    @property
    def date(self) -> datetime | None:
        """Return when it was published, as far as that can be told."""
        return moment(self.published or self.updated)

    @property
    def name(self) -> str:
        """Return what a person knows it by."""
        return self.link or self.id or self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """Hold a feed: ``kind`` is rss, atom or json; ``links`` are its own, by relation."""

    kind: str
    title: str = ""
    home: str = ""
    updated: str = ""
    language: str = ""
    is_archive: bool = False
    links: dict[str, str] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()


class NotAFeed(ValueError):
    """Say that some bytes are no feed, or a broken one."""

    def __init__(self, message: str, line: int = 0) -> None:
        self.message, self.line = message, line
        super().__init__(f"line {line}: {message}" if line else message)


@lru_cache(maxsize=65536)
def moment(written: str) -> datetime | None:
    """Return a date as readers take it, RFC 822 or RFC 3339; without a zone it is UTC."""
    found = None
    with suppress(ValueError, TypeError, OverflowError):
        found = datetime.fromisoformat(written.strip())
    if found is None:
        with suppress(ValueError, TypeError, OverflowError, IndexError):
            found = parsedate_to_datetime(written.strip())
    return found.replace(tzinfo=UTC) if found and not found.tzinfo else found


def parse(data: bytes, lenient: bool = False) -> Parsed:
    """Read a feed; raises ``NotAFeed``. A ``lenient`` reader goes on after a mistake in the XML."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return from_json(data)
    root = tree(data, lenient)
    if root.tag == f"{ATOM}feed":
        return from_atom(root)
    if root.tag in ("rss", f"{RDF}RDF"):
        return from_rss(root)
    raise NotAFeed(f"this is neither RSS nor Atom nor JSON Feed: <{etree.QName(root).localname}>")


def tree(data: bytes, lenient: bool = False) -> Any:
    """Return the root of an XML document; nothing is fetched, and no entity of its own is expanded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=lenient, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        message = str(error.msg).partition(", line ")[0]
        raise NotAFeed(f"not well-formed: {message}", error.lineno or 0) from None
    except ValueError as error:
        raise NotAFeed(f"not well-formed: {error}") from None
    if root is None:
        raise NotAFeed("not well-formed: there is nothing in it")
    return root


def said(element: Any, *names: str) -> str:
    """Return the text of the first child of one of some names that says something."""
    for name in names:
        for child in element.findall(name):
            if text := (child.text or "").strip():
                return str(text)
    return ""


def all_said(element: Any, *names: str) -> tuple[str, ...]:
    """Return the texts of all children of some names."""
    texts = ((child.text or "").strip() for name in names for child in element.findall(name))
    return tuple(text for text in texts if text)


def links_of(element: Any) -> Iterator[tuple[str, Any]]:
    """Yield an element's Atom links by relation, its address not empty."""
    for link in element.findall(f"{ATOM}link"):
        if link.get("href"):
            yield link.get("rel", "alternate"), link


def linked(element: Any) -> dict[str, str]:
    """Return the first address of each relation."""
    found: dict[str, str] = {}
    for rel, link in links_of(element):
        found.setdefault(rel, link.get("href"))
    return found


def from_rss(root: Any) -> Parsed:
    """Read RSS 2.0, or 1.0, whose items lie beside the channel."""
    own = "" if root.tag == "rss" else RSS_1
    channel = root.find(f"{own}channel")
    if channel is None:
        raise NotAFeed("there is no <channel>", root.sourceline or 0)
    items = channel.findall("item") if not own else root.findall(f"{own}item")
    return Parsed(
        kind="rss",
        title=said(channel, f"{own}title"),
        home=said(channel, f"{own}link"),
        updated=said(channel, "lastBuildDate", "pubDate", f"{DC}date"),
        language=said(channel, "language", f"{DC}language"),
        is_archive=channel.find(f"{HISTORY}archive") is not None,
        links=linked(channel),
        entries=tuple(of_rss(item, own) for item in items),
    )


def of_rss(item: Any, own: str) -> Entry:
    """Read an item."""
    guid, link = item.find("guid"), said(item, f"{own}link") or linked(item).get("alternate", "")
    id = (guid.text or "").strip() if guid is not None else item.get(f"{RDF}about", "")
    is_link = bool(id) and (guid is None or guid.get("isPermaLink", "true").strip().lower() == "true")
    summary = said(item, f"{own}description")
    return Entry(
        id=id,
        link=link or (id if is_link else ""),
        title=said(item, f"{own}title"),
        content=said(item, f"{CONTENT}encoded") or summary,
        summary=summary,
        published=said(item, "pubDate", f"{DC}date"),
        updated=said(item, f"{ATOM}updated"),
        authors=all_said(item, f"{DC}creator", "author"),
        tags=all_said(item, "category", f"{DC}subject"),
        enclosures=tuple(
            Attached(url=one.get("url", ""), type=one.get("type", ""), length=one.get("length", ""))
            for one in item.findall("enclosure")
        ),
        is_link=is_link,
        line=item.sourceline or 0,
    )


def from_atom(root: Any) -> Parsed:
    """Read Atom."""
    links = linked(root)
    return Parsed(
        kind="atom",
        title=said(root, f"{ATOM}title"),
        home=links.get("alternate", ""),
        updated=said(root, f"{ATOM}updated"),
        language=root.get(f"{XML}lang", ""),
        is_archive=root.find(f"{HISTORY}archive") is not None,
        links=links,
        entries=tuple(of_atom(entry) for entry in root.findall(f"{ATOM}entry")),
    )


def of_atom(entry: Any) -> Entry:
    """Read an entry."""
    id, link, summary = said(entry, f"{ATOM}id"), linked(entry).get("alternate", ""), body(entry.find(f"{ATOM}summary"))
    authors = (said(author, f"{ATOM}name") for author in entry.findall(f"{ATOM}author"))
    return Entry(
        id=id,
        link=link,
        title=body(entry.find(f"{ATOM}title")),
        content=body(entry.find(f"{ATOM}content")) or summary,
        summary=summary,
        published=said(entry, f"{ATOM}published"),
        updated=said(entry, f"{ATOM}updated"),
        authors=tuple(filter(None, authors)),
        tags=tuple(tag for one in entry.findall(f"{ATOM}category") if (tag := one.get("term"))),
        enclosures=tuple(
            Attached(url=one.get("href"), type=one.get("type", ""), length=one.get("length", ""))
            for rel, one in links_of(entry)
            if rel == "enclosure"
        ),
        is_link=id == link != "",
        line=entry.sourceline or 0,
    )


def body(element: Any) -> str:
    """Return what a text construct of Atom says, as HTML where it is markup."""
    if element is None:
        return ""
    if element.get("type") == "xhtml":
        return "".join(etree.tostring(child, encoding="unicode", with_tail=False) for child in element).strip()
    return (element.text or "").strip()


def from_json(data: bytes) -> Parsed:
    """Read JSON Feed; a value of the wrong type is taken for one that isn't there."""
    try:
        feed = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotAFeed(f"not well-formed: {error}", getattr(error, "lineno", 0)) from None
    if not isinstance(feed, dict) or not text_of(feed, "version").startswith("https://jsonfeed.org/version/"):
        raise NotAFeed("this is JSON, but no JSON Feed")
    links = {"self": text_of(feed, "feed_url"), "next": text_of(feed, "next_url")}
    hubs = [text_of(hub, "url") for hub in dicts(feed, "hubs")]
    return Parsed(
        kind="json",
        title=text_of(feed, "title"),
        home=text_of(feed, "home_page_url"),
        language=text_of(feed, "language"),
        links={rel: url for rel, url in (links | {"hub": "".join(hubs[:1])}).items() if url},
        entries=tuple(of_json(item) for item in dicts(feed, "items")),
    )


def of_json(item: dict[str, Any]) -> Entry:
    """Read an item; a number may be an id, too."""
    id, link, summary = item.get("id"), text_of(item, "url"), text_of(item, "summary")
    id = str(id) if isinstance(id, (str, int, float)) and not isinstance(id, bool) else ""
    tags = item.get("tags")
    return Entry(
        id=id,
        link=link,
        title=text_of(item, "title"),
        content=text_of(item, "content_html") or text_of(item, "content_text") or summary,
        summary=summary,
        published=text_of(item, "date_published"),
        updated=text_of(item, "date_modified"),
        authors=tuple(filter(None, (text_of(author, "name") for author in dicts(item, "authors")))),
        tags=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        enclosures=tuple(
            Attached(url=text_of(one, "url"), type=text_of(one, "mime_type"), length=str(one.get("size_in_bytes", "")))
            for one in dicts(item, "attachments")
        ),
        is_link=id == link != "",
    )


def text_of(said: dict[str, Any], key: str) -> str:
    """Return a text of a JSON object, ``""`` if it is none."""
    value = said.get(key)
    return value.strip() if isinstance(value, str) else ""


def dicts(said: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """Return the objects in a list of a JSON object."""
    value = said.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
