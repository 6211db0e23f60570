"""Addresses: slugs, what a text's address is, and the way from an address within the site to an href.

An address within the site begins with ``/``, is decoded (``/posts/größe/``) and normalised (NFC). It ends
with a slash unless its last part has an extension, so that it freezes to a folder with ``index.html``; or
its engine, or its author, has it without one, ``/books``, and it freezes to ``books.html``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache, wraps
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from . import permalinks

LONGEST = 200  # bytes of one part that we make
LONGEST_NAME = 255  # bytes of a file's name that file systems take
FILE = re.compile(r"\.(html?|xhtml|php\d?|aspx?|jsp|cgi|pl|xml|rss|atom|rdf|json|txt|md|pdf)\Z", re.IGNORECASE)
UNFIT = re.compile("[\\\\\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # for an address; ? # and % are escaped in links
ODD = re.compile(r"[?#%\\\x00-\x1f\x7f]")  # in patterns of addresses that aren't a text's
APOSTROPHES = re.compile("['’`]")
NOT_IN_SLUG = re.compile("[^a-z0-9_.+-]+")
SHELVES = {"category": "categories", "series": "series"}
SAFE = "/!$&'()*+,;=:@~"  # RFC 3986, 3.3: what a path may hold unescaped
FEW = 4096  # words whose slugs are remembered


def remembered(slug_of: Callable[[str], str]) -> Callable[[str], str]:
    """Remember the slugs of a few words, none of them long: a visitor may ask for any word, and never again."""
    known = lru_cache(maxsize=FEW)(slug_of)
    return wraps(slug_of)(lambda words: known(words) if len(words) <= LONGEST else slug_of(words))


@remembered
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


@remembered
def tag_slug(tag: str) -> str:
    """Return the address part of a tag; ``C#`` and ``C`` stay apart."""
    return slugify(re.sub(r"(?<=\w)#", "-sharp", tag)) or "-".join(f"{ord(sign):x}" for sign in tag)


def tag_path(tag: str) -> str:
    """Return the address of a tag's page."""
    return f"/tags/{tag_slug(tag)}/"


def shelf_path(kind: str, name: str) -> str:
    """Return the address of the page of a category or a series."""
    return f"/{SHELVES[kind]}/{tag_slug(name)}/"


def post_url(
    pattern: str,
    *,
    slug: str,
    title: str,
    stem: str,
    section: str,
    date: datetime | None,
    slash: bool = True,
    **others: permalinks.Value,
) -> str:
    """Fill a permalink pattern; parts for which there is no value are left out.

    ``title``, ``stem`` and ``section`` are as written; ``others`` are values of more tokens, as they are to stand.
    """
    name, folders = slugify(stem) or slug, [part for part in map(slugify, section.split("/")) if part]
    known: dict[str, permalinks.Value] = {
        **{"slug": slug, "title": slugify(title) or slug, "filename": name, "basename": name, "name": name},
        **{"path": "/".join([*folders, name]), "section": "/".join(folders), "sections": folders},
        **{"output_ext": ".html"},
    }
    return filled(pattern, known | others, date, slash=slash)


def filled(
    pattern: str,
    values: Mapping[str, permalinks.Value],
    date: datetime | None = None,
    filters: Mapping[str, Callable[[str], str]] | None = None,
    slash: bool = True,
) -> str:
    """Fill a permalink pattern of any engine with values as they are to stand; return an address that can be one."""
    return closed(safe(permalinks.fill(pattern, values, date, filters)), slash)


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


def written(address: str, slash: bool = True) -> str:
    """Return an address that an author wrote (with or without host, escaped or not) as one within the site.

    It gets a slash at its end unless it names a file or ``slash`` is false, then it stays as written.
    Raises ``ValueError`` for what can't be a path of a site: a query, a fragment, ``..``.
    """
    parts = urlsplit(address.strip())
    if parts.scheme not in ("", "http", "https"):
        raise ValueError(f"this can't be an address: {address}")
    if parts.query or parts.fragment:
        raise ValueError(f"an address can't hold ? or #: {address}")
    path = unicodedata.normalize("NFC", unquote(parts.path))
    if not path or UNFIT.search(path) or {"..", "."} & set(path.split("/")):
        raise ValueError(f"this can't be an address: {address}")
    url = closed(path, slash)
    if any(len(name.encode()) > LONGEST_NAME for name in file_of(url, document=True).split("/")):
        raise ValueError(f"this can't be an address, it is too long: {address}")
    return url


def safe(path: str) -> str:
    """Return a path as one that can be an address: what can't stand in one is a dash, what is too long is cut."""
    names = (UNFIT.sub("-", unicodedata.normalize("NFC", name)) for name in path.split("/"))
    return "/".join(shortened(name) for name in names if name not in ("..", "."))


def shortened(name: str, longest: int = 240) -> str:
    """Return a part of an address that a file system takes: 255 bytes with the ending of its file."""
    data = name.encode(errors="replace")
    return data.decode() if len(data) <= longest else data[:longest].decode(errors="ignore").rstrip("-. ")


def closed(path: str, slash: bool = True) -> str:
    """Return a path with one slash in front, none doubled, and one at the end unless it names a file.

    Without ``slash`` none is added at the end.
    """
    path = re.sub(r"/{2,}", "/", f"/{path}")
    return path if not slash or path.endswith("/") or FILE.search(path) else f"{path}/"


def file_of(url: str, document: bool = False) -> str:
    """Return the file of an address in a build: a document's without slash or extension is ``books.html``."""
    if url.endswith("/"):
        return f"{url[1:]}index.html"
    return f"{url[1:]}.html" if document and bare(url) else url[1:]


def bare(url: str) -> bool:
    """Tell whether a document's address has neither a slash nor an extension at its end."""
    return not url.endswith("/") and not FILE.search(url)


def home(url: str) -> str:
    """Return the folder that belongs to a document, ``/books/`` for ``/books``; ``""`` if it is named as a file."""
    return url if url.endswith("/") else f"{url}/" if bare(url) else ""


def places(url: str) -> tuple[str, ...]:
    """Return what a document's address takes: no other may have it with or without a slash, nor its file."""
    return (url.rstrip("/"), file_of(url, document=True))


def folders(file: str) -> list[str]:
    """Return the folders of a file: ``a`` and ``a/b`` for ``a/b/index.html``."""
    parts = file.split("/")[:-1]
    return ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]


@lru_cache(maxsize=65536)
def href(base_path: str, path: str) -> str:
    """Return an address within the site as it stands in an ``href``; ``base_path`` is ``""`` or ``/blog``.

    It is remembered, so it must be one that there is.
    """
    return base_path + quote(path, safe=SAFE)
