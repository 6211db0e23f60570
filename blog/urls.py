"""Addresses: slugs, permalink patterns, and the way from an address within the site to an href.

An address within the site begins with ``/``, is decoded (``/posts/größe/``) and normalised (NFC). It ends
with a slash unless its last part has an extension, so that it freezes to a folder with ``index.html``.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

LONGEST = 200  # bytes of one part; file systems take 255
FILE = re.compile(r"\.(html?|xhtml|php\d?|aspx?|jsp|cgi|pl|xml|rss|atom|rdf|json|txt|md|pdf)\Z", re.IGNORECASE)
REFUSED = re.compile(r"[?#%\\\x00-\x1f\x7f]")
APOSTROPHES = re.compile("['’`]")
NOT_IN_SLUG = re.compile("[^a-z0-9_.+-]+")
SHELVES = {"category": "categories", "series": "series"}
SAFE = "/!$&'()*+,;=:@~"  # RFC 3986, 3.3: what a path may hold unescaped


@lru_cache(maxsize=65536)
def slugify(words: str) -> str:
    """Return words as one part of an address: lower case, letters of any script, ``-`` between words.

    Dots and plus signs inside stay (``v3.2``, ``c++``); the result may be empty.
    """
    words = APOSTROPHES.sub("", unicodedata.normalize("NFC", words).lower())
    if words.isascii():
        kept = NOT_IN_SLUG.sub("-", words)
    else:
        kept = "".join(c if c.isalnum() or c in "_.+-" or unicodedata.category(c)[0] == "M" else "-" for c in words)
    slug = re.sub(r"-{2,}", "-", kept).strip("-.")
    slug = "index-html" if slug == "index.html" else slug  # that is what a folder's own page freezes to
    return slug.encode()[:LONGEST].decode(errors="ignore").rstrip("-.")


@lru_cache(maxsize=65536)
def tag_slug(tag: str) -> str:
    """Return the address part of a tag; ``C#`` and ``C`` stay apart."""
    return slugify(re.sub(r"(?<=\w)#", "-sharp", tag)) or "-".join(f"{ord(sign):x}" for sign in tag)


def tag_path(tag: str) -> str:
    """Return the address of a tag's page."""
    return f"/tags/{tag_slug(tag)}/"


def shelf_path(kind: str, name: str) -> str:
    """Return the address of the page of a category or a series."""
    return f"/{SHELVES[kind]}/{tag_slug(name)}/"


def post_url(pattern: str, *, slug: str, title: str, stem: str, section: str, date: datetime | None) -> str:
    """Fill a permalink pattern; parts for which there is no value are left out."""
    values = {
        "slug": slug,
        "title": slugify(title) or slug,
        "filename": slugify(stem) or slug,
        "section": "/".join(filter(None, map(slugify, section.split("/")))),
        "year": f"{date:%Y}".zfill(4) if date else "",
        "month": f"{date:%m}" if date else "",
        "day": f"{date:%d}" if date else "",
    }
    return closed(re.sub(r":([a-z]+)", lambda token: values[token[1]], pattern))


def page_url(address: str, slug: str = "") -> str:
    """Return the address of a page from its path below the content folder; ``slug`` replaces the last part."""
    path = PurePosixPath(address)
    parts = list(path.parent.parts)
    if path.stem not in ("index", "_index"):
        parts.append(path.stem)
    parts = [slugify(part) or "untitled" for part in parts]
    if slug and parts:
        parts[-1] = slug
    return closed("/" + "/".join(parts))


def asset_url(address: str) -> str:
    """Return the address of a file from its path below the content folder; an ``index.html`` is its folder's."""
    return re.sub(r"(?<=/)index\.html\Z", "", f"/{address.lstrip('/')}")


def written(address: str) -> str:
    """Return an address that an author wrote (with or without host, escaped or not) as one within the site.

    Raises ``ValueError`` for what can't be a path of a site: a query, a fragment, ``..``.
    """
    parts = urlsplit(address.strip())
    if parts.scheme not in ("", "http", "https"):
        raise ValueError(f"this can't be an address: {address}")
    if parts.query or parts.fragment:
        raise ValueError(f"an address can't hold ? or #: {address}")
    path = unicodedata.normalize("NFC", unquote(parts.path))
    names = path.split("/")
    if not path or REFUSED.search(path) or {"..", "."} & set(names) or any(len(name.encode()) > 255 for name in names):
        raise ValueError(f"this can't be an address: {address}")
    return closed(path)


def closed(path: str) -> str:
    """Return a path with one slash in front, none doubled, and one at the end unless it names a file."""
    path = re.sub(r"/{2,}", "/", f"/{path}")
    return path if path.endswith("/") or FILE.search(path) else f"{path}/"


def folders(url: str) -> list[str]:
    """Return the paths above an address: ``/a/b`` and ``/a`` for ``/a/b/`` frozen as ``/a/b/index.html``."""
    parts = url.split("/")[1:-1]
    return ["/" + "/".join(parts[:count]) for count in range(1, len(parts) + 1)]


@lru_cache(maxsize=65536)
def href(base_path: str, path: str) -> str:
    """Return an address within the site as it stands in an ``href``; ``base_path`` is ``""`` or ``/blog``."""
    return base_path + quote(path, safe=SAFE)
