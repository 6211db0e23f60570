"""What a page says of itself to programs: OpenGraph and cards of links, and linked data.

https://ogp.me/, https://developer.x.com/en/docs/twitter-for-websites/cards/overview/markup,
https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents,
https://schema.org/BlogPosting, https://schema.org/BreadcrumbList, https://schema.org/WebSite, https://schema.org/Person
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from .. import urls
from ..documents import POST, Summary
from ..feeds.entries import first_image, lead
from ..feeds.model import Image
from ..media import IMAGES, type_of
from ..site import Head, absolute, current, datetime_of, library, said

LARGE = 600  # pixels: so wide must a picture be to stand above a card's text
DRAWING = "image/svg+xml"  # which cards don't show
ABOVE = {f"/{kind}/": kind for kind in ("tags", "categories", "series")}  # the engine's pages with others below

ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

Pairs = list[tuple[str, str]]
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Metadata:
    """Hold what stands in ``<head>``: properties of OpenGraph, the kind of card, and linked data as JSON."""

    properties: Pairs
    card: str
    data: Markup


def init_app(app: Flask) -> None:
    """Let templates ask for the metadata of a page."""
    app.jinja_env.globals.update(metadata=metadata, photo=photo)


def metadata(head: Head) -> Metadata:
    """Return the metadata of a page."""
    own = picture(head.document, head.text) if head.document else None
    image = own or of_site()
    large = image is not None and (not image.width or image.width >= LARGE)
    nodes = [node for node in (*subjects(head, own), breadcrumbs(head)) if node]
    data = {"@context": "https://schema.org", "@graph": nodes}
    written = htmlsafe_json_dumps(data, ENCODER.encode)
    return Metadata(opengraph(head, image), "summary_large_image" if large else "summary", written)


def picture(document: Summary, text: str) -> Image | None:
    """Return the picture that stands for a document: that of its header, else the first one in its text."""
    for image in (photo(document), first_image(text, absolute(document.url))):
        if image and image.type != DRAWING:
            return image
    return None


def photo(document: Summary) -> Image | None:
    """Return the picture that the header of a text names."""
    return lead(document, library().media(document.path)[1])


def of_site() -> Image | None:
    """Return the picture of pages that have none of their own."""
    address = current().settings.image
    width, height = size(address)
    url = address_of(address)
    return Image(url=url, type=type_of(url, IMAGES), width=width, height=height) if address else None


def address_of(link: str) -> str:
    """Return an address of a setting as anybody can open it."""
    return absolute(link) if link.startswith("/") else link


def size(address: str) -> tuple[int, int]:
    """Return width and height of a picture of the site, 0 where they aren't known."""
    width, _, height = library().extent("", address).partition("x")
    return (int(width), int(height)) if width and height else (0, 0)


def opengraph(head: Head, image: Image | None) -> Pairs:
    """Return the properties of OpenGraph that have a value, in order."""
    site = current().settings
    language, _, region = (head.language or site.language).partition("-")
    said = [
        ("og:title", head.title or site.title),
        ("og:type", head.type),
        ("og:url", absolute(head.path)),
        ("og:site_name", site.title),
        ("og:description", head.description),
        ("og:locale", f"{language.lower()}_{region.upper()}" if len(region) == 2 else ""),
    ]
    if image:
        width, height = (str(size) if image.width and image.height else "" for size in (image.width, image.height))
        said += [("og:image", image.url), ("og:image:width", width), ("og:image:height", height)]
        said += [("og:image:alt", image.alt)]
    if head.document and head.document.kind == POST:
        said += article(head.document)
    return [(name, value) for name, value in said if value]


def article(post: Summary) -> Iterator[tuple[str, str]]:
    """Yield what OpenGraph tells of an article."""
    yield "article:published_time", datetime_of(post)
    yield "article:modified_time", post.updated.isoformat(timespec="seconds") if post.updated else ""
    yield from (("article:tag", tag) for tag in post.tags)


def subjects(head: Head, image: Image | None) -> Iterator[Node]:
    """Yield what a page is about: the site and who writes it on the front page, a post on its own."""
    site = current().settings
    if head.path == "/":
        node = {"@type": "WebSite", "@id": absolute("/") + "#website", "name": site.title, "url": absolute("/")}
        author = {"publisher": {"@id": absolute("/") + "#author"}} if site.author else {}
        yield node | filled(description=site.description, inLanguage=site.language) | author
        if site.author:
            yield person(site.author)
    if head.document and head.document.kind == POST:
        yield posting(head, head.document, image)


def posting(head: Head, post: Summary, image: Image | None) -> Node:
    """Return a post as linked data."""
    url, site = absolute(post.url), current().settings
    authors = [person(name) for name in post.authors or filter(None, [site.author])]
    nobody = {"@type": "Organization", "name": site.title, "url": absolute("/")}
    return filled(
        **{"@type": "BlogPosting", "@id": f"{url}#post"},
        headline=head.title or site.title,
        description=head.description,
        url=url,
        mainEntityOfPage=url,
        inLanguage=post.language or site.language,
        datePublished=datetime_of(post),
        dateModified=post.updated.isoformat(timespec="seconds") if post.updated else "",
        author=authors or [nobody],
        image=image.url if image else "",
        keywords=list(post.tags),
        isPartOf={"@id": absolute("/") + "#website"},
    )


def person(name: str) -> Node:
    """Return who writes; of the site's author it is known where to find out more."""
    site = current().settings
    if name != site.author:
        return {"@type": "Person", "name": name}
    known = {"@type": "Person", "@id": absolute("/") + "#author", "name": name, "url": absolute("/")}
    elsewhere = [one["url"] for one in site.author_links if one["url"].startswith("http")]
    return known | filled(description=site.author_bio, image=address_of(site.author_photo), sameAs=elsewhere)


def breadcrumbs(head: Head) -> Node:
    """Return the way from the front page to a page, nothing for the front page itself."""
    if head.path == "/":
        return {}
    way = [(current().settings.title, "/"), *above(head.path), (head.title, head.path)]
    items = [
        {"@type": "ListItem", "position": place, "name": name or path, "item": absolute(path)}
        for place, (name, path) in enumerate(way, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def above(path: str) -> Iterator[tuple[str, str]]:
    """Yield title and address of the pages in whose folders an address lies."""
    for folder in urls.folders(path):
        place = f"{folder}/"
        if place in ("/", path):  # of every address the first folder is the front page
            continue
        found = library().find(place)
        if found and found.summary:
            yield found.summary.title, place
        elif place == "/posts/" and library().find("/"):
            yield said()("posts"), place
        elif place in ABOVE and ABOVE[place] in current().features:
            yield said()(ABOVE[place]), place


def filled(**values: Any) -> Node:
    """Return what has a value."""
    return {name: value for name, value in values.items() if value}
