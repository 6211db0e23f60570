"""The rules of the feed formats as we keep them: those of the specifications, and what the W3C's validator asks.

https://www.rssboard.org/rss-profile, https://www.rfc-editor.org/rfc/rfc4287,
https://www.jsonfeed.org/version/1.1/, https://validator.w3.org/feed/docs/
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from lxml import etree

from .parsed import ATOM, DC, XML, Entry, NotAFeed, Parsed, links_of, moment, parse, said, tree

TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
RFC_822 = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:[+-]\d{4}|GMT)", re.ASCII)
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
MEDIA = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
WEB = re.compile(r"https?://[^/\s]\S*")
ONCE_IN_RSS = ("title", "link", "description", "guid", "pubDate", "lastBuildDate", "author", "language", "comments")
ONCE_IN_ATOM = ("id", "title", "updated", "published", "content", "summary", "subtitle", "rights", "generator")

Fault = tuple[int, str]  # the line, 0 where there is none, and what is wrong


def check(data: bytes, address: str, content_type: str) -> tuple[Parsed | None, list[Fault]]:
    """Read a feed that was found at an address; return it with what is wrong with it."""
    try:
        feed = parse(data)
    except NotAFeed as error:
        return None, [(error.line, error.message)]
    faults = [*said_of_itself(feed, address, content_type), *of_entries(feed)]
    if feed.kind == "json":
        return feed, faults + [(0, fault) for fault in of_json(json.loads(data))]
    root = tree(data)
    return feed, [*faults, *(of_rss(root) if feed.kind == "rss" else of_atom(root)), *of_languages(root)]


def said_of_itself(feed: Parsed, address: str, content_type: str) -> Iterator[Fault]:
    """Yield what is wrong with what a feed says of itself."""
    kind, _, rest = content_type.partition(";")
    if kind.strip() != TYPES[feed.kind]:
        yield 0, f"the content type is {kind.strip() or 'missing'}, not {TYPES[feed.kind]}"
    if rest.replace(" ", "").lower() != "charset=utf-8":
        yield 0, "the content type doesn't say charset=utf-8"
    if not feed.title:
        yield 0, "there is no title"
    if feed.links.get("self") != address:
        yield 0, f"its own address is {feed.links.get('self', 'missing')}, not {address}"
    if not WEB.fullmatch(feed.home):
        yield 0, f"the address of its page isn't absolute: {feed.home or 'there is none'}"
    if feed.language and not LANGUAGE.fullmatch(feed.language):
        yield 0, f"this is no language tag: {feed.language}"


def of_entries(feed: Parsed) -> Iterator[Fault]:
    """Yield what is wrong with entries in any format."""
    for id, times in Counter(entry.id for entry in feed.entries).items():
        if id and times > 1:
            yield 0, f"the id is there {times} times: {id}"
    last: datetime | None = None
    for entry in feed.entries:
        for fault in of_entry(entry):
            yield entry.line, f"{entry.name}: {fault}"
        if entry.date and last and entry.date > last:
            yield entry.line, f"{entry.name}: it is newer than the one before it"
        last = entry.date or last


def of_entry(entry: Entry) -> Iterator[str]:
    """Yield what is wrong with an entry in any format."""
    if not entry.id:
        yield "there is no id"
    if entry.link and not WEB.fullmatch(entry.link):
        yield f"its address isn't absolute: {entry.link}"
    if not (entry.title or entry.content):
        yield "there is neither title nor text"
    if not (entry.published or entry.updated):
        yield "there is no date"
    if "" in (name.strip() for name in (*entry.authors, *entry.tags)):
        yield "an author or tag is empty"
    for one in entry.enclosures:
        if not WEB.fullmatch(one.url):
            yield f"the address of an enclosure isn't absolute: {one.url}"
        if not one.length.isdecimal():
            yield f"the length of an enclosure isn't a number: {one.length or 'there is none'}"
        if not MEDIA.fullmatch(one.type):
            yield f"the type of an enclosure isn't a media type: {one.type or 'there is none'}"


def of_rss(root: Any) -> Iterator[Fault]:
    """Yield what is wrong with RSS beside that."""
    channel = root.find("channel")
    if channel is None:  # RSS 1.0 isn't written by us
        yield 1, "this isn't RSS 2.0"
        return
    if root.get("version") != "2.0":
        yield root.sourceline, "the version of RSS isn't 2.0"
    if not said(channel, "description"):
        yield channel.sourceline, "there is no description"
    yield from doubled(channel, "", ONCE_IN_RSS)
    yield from dates(channel, ("pubDate", "lastBuildDate"), is_rfc_822)
    for item in channel.findall("item"):
        yield from doubled(item, "", ONCE_IN_RSS)
        yield from dates(item, ("pubDate",), is_rfc_822)
        yield from dates(item, (f"{DC}date", f"{ATOM}updated"), is_rfc_3339)
        guid = item.find("guid")
        if guid is not None and guid.get("isPermaLink", "true") != "false" and not WEB.fullmatch(guid.text or ""):
            yield guid.sourceline, f"the guid isn't an address, but says so: {guid.text}"
        for author in item.findall("author"):
            if "@" not in (author.text or ""):
                yield author.sourceline, f"the author has no e-mail address: {author.text}"


def of_atom(root: Any) -> Iterator[Fault]:
    """Yield what is wrong with Atom beside that."""
    for element in (root, *root.findall(f"{ATOM}entry")):
        line, name = element.sourceline, etree.QName(element).localname
        for needed in ("id", "title", "updated"):
            if element.find(f"{ATOM}{needed}") is None:
                yield line, f"<{name}> has no {needed}"
        if not IRI.fullmatch(said(element, f"{ATOM}id")):
            yield line, f"the id isn't an IRI: {said(element, f'{ATOM}id')}"
        yield from doubled(element, ATOM, ONCE_IN_ATOM)
        yield from dates(element, (f"{ATOM}updated", f"{ATOM}published"), is_rfc_3339)
        if element.find(f"{ATOM}author") is None and root.find(f"{ATOM}author") is None:
            yield line, f"<{name}> has no author"
        if any(not said(author, f"{ATOM}name") for author in element.findall(f"{ATOM}author")):
            yield line, "an author has no name"
        if not any(rel == "alternate" for rel, _ in links_of(element)):
            yield line, f"<{name}> has no address"
        for _, link in links_of(element):
            if not IRI.fullmatch(link.get("href")):
                yield link.sourceline, f"a link isn't absolute: {link.get('href')}"
        for part in element.findall(f"{ATOM}content"):
            if part.get("type", "text") not in ("text", "html", "xhtml"):
                yield part.sourceline, f"the type of the content is {part.get('type')}"
    yield from of_newest(root)


def of_newest(root: Any) -> Iterator[Fault]:
    """Yield that a feed's date isn't that of its newest change."""
    changes = [moment(said(entry, f"{ATOM}updated")) for entry in root.findall(f"{ATOM}entry")]
    newest = max((change for change in changes if change), default=None)
    if newest and moment(said(root, f"{ATOM}updated")) != newest:
        yield root.sourceline, "the feed's date isn't that of its newest change"


def of_languages(root: Any) -> Iterator[Fault]:
    """Yield language tags that are none."""
    for element in root.iter(etree.Element):
        if (language := element.get(f"{XML}lang")) is not None and not LANGUAGE.fullmatch(language):
            yield element.sourceline, f"this is no language tag: {language or 'nothing'}"


def of_json(feed: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with JSON Feed beside that."""
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield f"the version isn't 1.1: {feed.get('version')}"
    if not isinstance(feed.get("items"), list):
        yield "items isn't a list"
        return
    for number, item in enumerate(feed["items"]):
        if not isinstance(item, dict):
            yield f"items[{number}] isn't an object"
            continue
        if not isinstance(item.get("id"), str):
            yield f"items[{number}]: the id isn't a string"
        if not isinstance(item.get("content_html", item.get("content_text")), str):
            yield f"items[{number}]: there is neither content_html nor content_text"
        for name in ("date_published", "date_modified"):
            if name in item and not is_rfc_3339(str(item[name])):
                yield f"items[{number}]: {name} isn't a date of RFC 3339: {item[name]}"
        for name in ("authors", "tags", "attachments"):
            if not isinstance(item.get(name, []), list):
                yield f"items[{number}]: {name} isn't a list"


def doubled(element: Any, namespace: str, names: tuple[str, ...]) -> Iterator[Fault]:
    """Yield what is there more than once, and may not."""
    for name in names:
        if len(found := element.findall(f"{namespace}{name}")) > 1:
            yield found[1].sourceline, f"<{name}> is there {len(found)} times"


def dates(element: Any, names: tuple[str, ...], fits: Any) -> Iterator[Fault]:
    """Yield dates that aren't written as the format wants them."""
    for name in names:
        for found in element.findall(name):
            if not fits((found.text or "").strip()):
                yield found.sourceline, f"<{etree.QName(found).localname}> isn't a date as it has to be: {found.text}"


def is_rfc_822(written: str) -> bool:
    """Tell whether this is a date of RSS, its day of the week the right one."""
    if RFC_822.fullmatch(written):
        with suppress(ValueError, OverflowError):
            return format_datetime(parsedate_to_datetime(written))[:25] == written[:25]
    return False


def is_rfc_3339(written: str) -> bool:
    """Tell whether this is a date of Atom and JSON Feed."""
    if RFC_3339.fullmatch(written):
        with suppress(ValueError, OverflowError):
            return bool(datetime.fromisoformat(written))
    return False
