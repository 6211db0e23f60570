"""From posts to what a feed holds: one function for every feed, so that all formats say the same."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit
from uuid import UUID, uuid5
from weakref import WeakKeyDictionary

from .. import documents
from ..catalogue import Gone
from ..documents import Problem, Summary
from ..index.digests import digest_of_text
from ..library import NOTES, Library, Question, noted
from ..markup.links import is_relative
from ..media import IMAGES, type_of
from ..site import absolute, current, library
from .body import absolute as absolute_link
from .body import body, first_words
from .channels import Channel
from .model import Enclosure, Feed, Image, Item, Show

GUIDS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")  # of podcasts
LARGEST = 1_000_000  # characters of a body: many parsers of XML take no text of 10 MB
LOG = logging.getLogger("blog")
Kept = tuple[tuple[object, tuple[str, ...]], tuple[Item, ...], dict[Question, str | None]]
LAST: WeakKeyDictionary[Library, Kept] = (
    WeakKeyDictionary()
)  # of what the entries are, and the questions asked for them
IMG = re.compile(r"<img ([^>]*)>")
ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')


def feed(channel: Channel, path: str, posts: Sequence[Summary], **places: str) -> Feed:
    """Return the feed of a channel at ``path``; ``places`` are addresses of what is before and after it."""
    settings = current().settings
    language = channel.name if channel.kind == "language" else settings.language
    author = channel.name if channel.kind == "author" else settings.author or settings.title
    return Feed(
        id=absolute(channel.home if channel.kind in ("", "tag") else channel.folder),
        title=channel.title,
        description=channel.description,
        home=absolute(channel.home),
        url=absolute(path),
        language=language,
        author=author,
        items=items(posts),
        hub=settings.hub,
        show=show(channel, absolute(places.get("current") or path)),
        **{name: absolute(place) for name, place in places.items() if place},
    )


def show(channel: Channel, url: str) -> Show | None:
    """Return what a feed says as a podcast, ``None`` if there is nothing to hear or see in all of its channel.

    https://podcasting2.org/docs/podcast-namespace/tags/guid
    """
    given, home = current().settings.podcast, current().settings.base_path
    if not library().played(channel.kind, channel.slug):
        return None
    guid = given.guid or str(uuid5(GUIDS, url.partition("://")[2].rstrip("/")))
    guid = str(uuid5(UUID(guid), channel.folder)) if given.guid and channel.kind else guid
    image = f"{home}{given.image}" if given.image.startswith("/") else given.image
    image = absolute_link(absolute("/"), image) or "" if image else ""
    return Show(guid=guid, image=image, category=given.category, explicit=given.explicit)


def items(posts: Sequence[Summary]) -> tuple[Item, ...]:
    """Return posts as entries; during a freeze those of the last feed are kept, for its other formats."""
    here = library()
    if not here.pinned:
        return made(posts)
    key = (here.catalogue.token, tuple(post.path for post in posts))
    last = LAST.get(here)
    if last is None or last[0] != key:
        with noted() as asked:
            last = LAST[here] = key, made(posts), asked
    notes = NOTES.get()
    if notes is not None:
        notes.update({question: notes.get(question) or answer for question, answer in last[2].items()})
    return last[1]


def made(posts: Sequence[Summary]) -> tuple[Item, ...]:
    """Return posts as entries; a mistake of ours with one of them must not cost the others."""
    found = []
    for post, name in zip(posts, library().ids(tuple(post.path for post in posts)), strict=True):
        try:
            found.append(item(post, name))
        except Gone:
            raise
        except Exception:
            LOG.exception("%s: left out of the feeds", post.path)
    return tuple(found)


def item(post: Summary, name: str) -> Item:
    """Return a post as an entry with the id ``name``."""
    settings, url = current().settings, absolute(post.url)
    html, beginning = texts(post, url, digest_of_text(name)[:8])
    published = told(post.date or datetime.fromtimestamp(0, UTC))
    attachments, picture = library().media(post.path)
    return Item(
        id=name,
        url=url,
        title=post.title or "Untitled",
        html=html,
        summary=post.summary or first_words(beginning),
        published=published,
        updated=max(published, told(post.updated)) if post.updated else published,
        authors=post.authors or tuple(filter(None, (settings.author,))),
        tags=post.tags,
        language=post.language or settings.language,
        enclosures=tuple(found for one in attachments if (found := enclosure(post, one))),
        image=lead(post, picture) or first_image(beginning),
    )


def texts(post: Summary, url: str, key: str) -> tuple[str, str]:
    """Return the body of an entry, empty if it isn't to be fed, or too large for it, and what tells how it begins."""
    whole = not current().settings.feed_summaries
    text = library().text(post.path) if whole else ""
    if whole and len(text) <= LARGEST and len(html := body(text, url, key)) <= LARGEST:
        return html, html
    return "", body(library().excerpt(post.path).html[: LARGEST // 10], url, key)


def problems() -> Iterator[Problem]:
    """Yield what readers won't get as it is written, and of which files they aren't told how long they are."""
    rows = library().rows("SELECT path FROM documents WHERE length(body) > ?", (LARGEST // 4,))
    long = set(rows) if not current().settings.feed_summaries else set()
    for path, document, shown in library().files():
        if not document or not shown or not document.date or document.draft:
            continue
        if (path,) in long and not texts(document, absolute(document.url), "")[0]:
            yield Problem(path, 0, "this is too long for a feed, which holds its summary and a link")
        for one in document.attachments:
            found = enclosure(document, one)
            if found and not found.length:
                yield Problem(path, 0, f"nobody is told how long {found.url} is: length says it, in bytes")


def told(moment: datetime) -> datetime:
    """Return a moment as every format can tell it: in whole seconds, its offset in whole minutes."""
    moment = moment.replace(microsecond=0)
    offset = moment.utcoffset()
    return moment if offset is not None and offset.seconds % 60 == 0 else moment.astimezone(UTC)


def enclosure(post: Summary, one: documents.Attachment) -> Enclosure | None:
    """Return a file that goes with a post: how long it is tells the file itself, if it is one of the site's."""
    url = place(post, one.url)
    size = size_of(url) if url else -1
    return Enclosure(url=url, type=one.type, length=max(size, 0) or one.length, duration=one.duration) if url else None


def lead(post: Summary, picture: documents.Picture | None) -> Image | None:
    """Return the picture that the header names."""
    url = place(post, picture.url) if picture else ""
    if not picture or not url:
        return None
    return Image(url=url, type=picture.type, alt=picture.alt, width=picture.width, height=picture.height)


def first_image(html: str, page: str = "") -> Image | None:
    """Return the first picture of a text, on a page if its links aren't whole; one of a pixel only counts readers."""
    for found in IMG.finditer(html) if "<img " in html else ():  # most have none, and this is seen at once
        said = {name: unescape(value) for name, value in ATTRIBUTE.findall(found[1])}
        width, height = (int(said[name]) if said.get(name, "").isdigit() else 0 for name in ("width", "height"))
        url = absolute_link(page, said.get("src", ""), "img") or ""
        if url.startswith("http") and 1 not in (width, height):
            return Image(url=url, type=type_of(url, IMAGES), alt=said.get("alt", ""), width=width, height=height)
    return None


def place(post: Summary, link: str) -> str:
    """Return where a link in the header of a post leads, ``""`` if nowhere: as it would in its text."""
    if is_relative(link):
        link = library().resolve(post.path, link)
    if link.startswith("/") and not link.startswith("//"):
        link = current().settings.base_path + link
    return absolute_link(absolute(post.url), link) or ""


def size_of(url: str) -> int:
    """Return how many bytes a file of the site has, -1 for what isn't one."""
    home = absolute("/")
    if not url.startswith(home):
        return -1
    path = unquote(urlsplit(urljoin("/", url[len(home) - 1 :])).path)
    if not path.startswith("/static/"):
        return library().size(path)
    for theme in current().themes:
        stamp = library().stamp(str(theme / path[1:])) if ".." not in path.split("/") else "-"
        if stamp != "-":
            return int(stamp.split()[1])
    return -1
