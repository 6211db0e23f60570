"""Where a site's content lies, and the one place that reads it.

A site keeps posts in ``posts/`` and pages in ``pages/``, or both in ``content/``, or is a plain folder
of pages. Everything in there that isn't a document is an asset, served and frozen as it is.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from .documents import PAGE, POST, Source, Stamp
from .settings import Settings

TEXTS = {".md", ".markdown", ".txt", ".html"}
PLAIN_TEXTS = {"robots.txt", "humans.txt", "ads.txt", "llms.txt", "security.txt"}
POST_FOLDERS = {"posts", "post", "_posts"}
# In a plain folder only these are assets: a site's folder also holds what isn't for the public.
MEDIA = set(
    ".avif .gif .ico .jpeg .jpg .png .svg .webp .mp3 .m4a .ogg .opus .flac .wav .mp4 .webm .vtt .pdf .epub"
    " .woff .woff2 .ttf .otf .css".split()
)
NOT_CONTENT = {"node_modules", "__pycache__", "templates", "static", "venv"}


@dataclass(frozen=True, slots=True)
class Place:
    """Name a content folder: ``prefix`` comes before the addresses of its files."""

    folder: Path
    prefix: str
    plain: bool = False


class Found(NamedTuple):
    """Name a file that lies in a content folder. ``address`` is its path as in its URL."""

    file: str
    path: str
    address: str
    stamp: Stamp
    is_folder: bool = False  # one that can't be listed

    @property
    def kind(self) -> str:
        """Return ``"post"`` or ``"page"``, by the folder that the file lies in."""
        parts = self.address.split("/")
        return POST if parts[0] in POST_FOLDERS and len(parts) > 1 else PAGE

    @property
    def is_text(self) -> bool:
        """Tell whether the file may be a document."""
        return is_text(self.path)


def is_text(path: str) -> bool:
    """Tell whether a file may be a document, by its name."""
    name = os.path.basename(path)
    return os.path.splitext(name)[1].lower() in TEXTS and name not in PLAIN_TEXTS


def places(settings: Settings) -> list[Place]:
    """Return the content folders of a site."""
    root = settings.root
    own = [Place(root / "posts", "posts/"), Place(root / "pages", "")]
    if any(place.folder.is_dir() for place in own):
        return own
    if (root / "content").is_dir():
        return [Place(root / "content", "")]
    return [Place(root, "", plain=True)]


def place_for(settings: Settings, kind: str, name: str) -> str:
    """Return the path of a new file: in the site's content folder, whichever that is."""
    where = places(settings)
    if where[0].plain and next(scan(settings), None):
        return name
    if where[0].plain or len(where) > 1:
        return f"{'posts' if kind == POST else 'pages'}/{name}"
    return f"content/posts/{name}" if kind == POST else f"content/{name}"


def scan(settings: Settings, keep: Collection[Place] = ()) -> Iterator[Found]:
    """Find every content file of a site, in order of path, without opening one.

    A folder of ``keep`` that isn't there is found as one that can't be listed.
    """
    skipped = {str(settings.path(settings.cache)), str(settings.path(settings.build))}
    root = len(str(settings.root)) + 1
    for place in keep or places(settings):
        if keep and not place.folder.is_dir():
            yield Found(str(place.folder), str(place.folder)[root:], place.prefix, Stamp(0, 0), True)
            continue
        start = len(str(place.folder)) + 1
        for file, status in walk(str(place.folder), skipped, set()):
            stamp, folder = Stamp(status.st_mtime_ns, status.st_size, status.st_ctime_ns), stat.S_ISDIR(status.st_mode)
            if place.plain and not folder and os.path.splitext(file)[1].lower() not in TEXTS | MEDIA:
                continue
            name = readable(file)
            yield Found(file, name[root:], place.prefix + name[start:], stamp, folder)


def readable(path: str) -> str:
    """Return a path as text with ``/``; bytes that aren't UTF-8 become ``�``, which keeps the file unpublished."""
    if not path.isascii():
        path = path.encode(errors="surrogateescape").decode(errors="replace")
    return path if os.sep == "/" else path.replace(os.sep, "/")


def walk(folder: str, skipped: set[str], seen: set[tuple[int, int]]) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the regular files below a folder in order; links are followed once, loops are left."""
    try:
        here = os.stat(folder)
        entries = sorted(os.scandir(folder), key=attrgetter("name"))
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError:  # reading it will say so
        yield folder, os.lstat(folder)
        return
    if (here.st_dev, here.st_ino) in seen or folder in skipped:
        return
    seen.add((here.st_dev, here.st_ino))
    for entry in entries:
        if hidden(entry.name):
            continue
        try:
            status = entry.stat()
        except OSError:  # a link that leads nowhere: reading it will say so
            yield entry.path, entry.stat(follow_symlinks=False)
            continue
        if stat.S_ISDIR(status.st_mode):
            if entry.name not in NOT_CONTENT:
                yield from walk(entry.path, skipped, seen)
        elif stat.S_ISREG(status.st_mode):
            yield entry.path, status


def hidden(name: str) -> bool:
    """Tell whether a name is hidden, or an editor's backup; ``.well-known`` is for the public (RFC 8615)."""
    return (name.startswith(".") and name != ".well-known") or name.endswith(("~", ".swp")) or name.startswith("#")


def read(found: Found) -> Source:
    """Read a file; raises ``OSError``."""
    return Source(found.path, found.address, found.kind, found.stamp, Path(found.file).read_bytes())
