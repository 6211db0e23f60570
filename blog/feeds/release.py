"""The feeds of a release, wherever they come from: by address within the site, each with the archives before it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .guard import State
from .parsed import Entry, NotAFeed, Parsed, parse

OLDER = {"rss": "prev-archive", "atom": "prev-archive", "json": "next"}
ENDINGS = (".xml", ".rss", ".atom", ".rdf", ".json")
FOLDERS = ("feed", "rss", "atom", "feeds", "default")  # whose own page may be a feed
OPENING = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]|jsonfeed\.org/version/")
LOOK = 4000  # bytes of a file in which a feed has to begin


@dataclass(frozen=True, slots=True)
class Found:
    """Hold what is kept of a feed: the digest of its bytes, and what it says, with digests for its texts."""

    digest: str
    feed: Parsed


def digest(data: bytes | str) -> str:
    """Return a digest of bytes or a text, empty for nothing."""
    data = data.encode(errors="surrogatepass") if isinstance(data, str) else data
    return blake2b(data, digest_size=16).hexdigest() if data else ""


def kept(data: bytes, feed: Parsed) -> Found:
    """Return what is kept of a feed."""
    return Found(digest(data), replace(feed, entries=tuple(map(slim, feed.entries))))


def slim(entry: Entry) -> Entry:
    """Return an entry with digests for its texts, so that very many can be held."""
    return replace(entry, content=digest(entry.content), summary=digest(entry.summary))


@lru_cache(maxsize=65536)
def path_of(address: str, base_path: str) -> str:
    """Return where an address lies within a site, whatever the domain."""
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return ""
    return path.removeprefix(base_path) or "/" if path.startswith(f"{base_path}/") or path == base_path else path


class Release:
    """Hold the feeds of a release; ``read`` gives one by its path within the site."""

    def __init__(self, read: Callable[[str], Found | None], base_path: str) -> None:
        self.read, self.base_path = read, base_path
        self.known: dict[str, Found | None] = {}

    def find(self, path: str) -> Found | None:
        """Return a feed, read once; ``None`` if there is none."""
        if path not in self.known:
            self.known[path] = self.read(path)
        return self.known[path]

    def chain(self, path: str) -> Iterator[tuple[str, Found]]:
        """Yield a feed and its archives with their paths, from the newest to the oldest."""
        seen: set[str] = set()
        while path and path not in seen and (found := self.find(path)):
            yield path, found
            seen.add(path)
            path = self.older(found)

    def older(self, found: Found) -> str:
        """Return the path of the archive before a feed, ``""`` if there is none."""
        link = found.feed.links.get(OLDER[found.feed.kind], "")
        return path_of(link, self.base_path) if link else ""

    def state(self, path: str) -> tuple[State, tuple[str, ...]] | None:
        """Return a feed with the entries that only its archives have, and the digests of all of them."""
        whole = [found for _, found in self.chain(path)]
        if not whole:
            return None
        first, *archives = whole
        shown = {entry.id or entry.link for entry in first.feed.entries}
        archived = (entry for archive in archives for entry in archive.feed.entries)
        rest = tuple(entry for entry in archived if (entry.id or entry.link) not in shown)
        return State(first.feed, rest), tuple(found.digest for found in whole)


def of_folder(folder: Path, base_path: str, known: Mapping[str, Found]) -> tuple[Release, list[str]]:
    """Return the feeds of a build, and the paths of those that readers subscribe to: all but archives.

    A feed whose bytes are among the ``known`` ones, which are by digest, isn't read again.
    """
    release = Release(lambda path: of_file(folder / file_of(path), known), base_path)
    feeds = {path: found for path in sorted(candidates(folder)) if (found := release.find(path))}
    archives = {release.older(found) for found in feeds.values()}
    return release, [path for path, found in feeds.items() if path not in archives and not found.feed.is_archive]


def of_file(file: Path, known: Mapping[str, Found] | None = None) -> Found | None:
    """Read a feed as a lenient reader does; ``None`` if it is none."""
    try:
        data = file.read_bytes()
        if not OPENING.search(data[:LOOK]):
            return None
        return (known or {}).get(digest(data)) or kept(data, parse(data, lenient=True))
    except (OSError, NotAFeed):
        return None


def file_of(path: str) -> str:
    """Return the file of an address within a build."""
    return path.lstrip("/") + ("index.html" if path.endswith("/") else "")


def candidates(folder: Path) -> Iterator[str]:
    """Yield the addresses of the files of a build that may be feeds."""
    for top, _, names in os.walk(folder):
        within = "/".join(Path(top).relative_to(folder).parts)
        for name in names:
            if name.endswith(ENDINGS):
                yield f"/{within}/{name}" if within else f"/{name}"
            elif name == "index.html" and within.rpartition("/")[2] in FOLDERS:
                yield f"/{within}/"
