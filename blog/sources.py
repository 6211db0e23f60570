"""Where a site's content lies, and the one place that reads it.

A site keeps posts in ``posts/`` and pages in ``pages/``, or both in ``content/``, or is a plain folder
of pages. Everything in there that isn't a document is an asset, served and frozen as it is.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from . import permalinks
from .documents import PAGE, POST, Source, Stamp
from .facts import Folder
from .settings import Settings

TEXTS = set(".md .markdown .mdown .mkd .mkdn .mdx .txt .html .htm .rst .lr".split())
PLAIN_TEXTS = {"robots.txt", "humans.txt", "ads.txt", "llms.txt", "security.txt"}
POST_FOLDERS = {"posts", "post", "_posts"}
# In a plain folder only these are assets: a site's folder also holds what isn't for the public.
MEDIA = set(
    ".avif .gif .ico .jpeg .jpg .png .svg .webp .mp3 .m4a .ogg .opus .flac .wav .mp4 .webm .vtt .pdf .epub"
    " .woff .woff2 .ttf .otf .css".split()
)
MEASURED = frozenset(".avif .bmp .gif .heic .jpeg .jpg .png .svg .webp".split())
# What the name of a log has besides once another one is written: access.log.1, access-20261120.log.gz, access.log.old.
DATED, OLD = r"(?:[.-][\d.:_T-]+)?", r"(?:\.(?:old|bak|bz2|gz|xz|zip|zst))*"
BESIDE = ".meta"  # the header of a text may lie beside it
# What a folder holds for those who work on it, beside its texts.
OF_WORK = set(
    "Gemfile Gemfile.lock Rakefile Makefile Dockerfile Procfile Vagrantfile package.json package-lock.json yarn.lock"
    " pyproject.toml published.tsv netlify.toml vercel.json docker-compose.yml".split()
)
NEVER_CONTENT = {"node_modules", "__pycache__", "venv"}
NOT_CONTENT = {*NEVER_CONTENT, "templates", "static"}  # of a plain folder


@dataclass(frozen=True, slots=True)
class Place:
    """Name a content folder: ``prefix`` comes before the addresses of its files; see ``facts.Folder``."""

    folder: Path
    prefix: str = ""
    plain: bool = False
    open: bool = False
    kind: str = ""
    language: str = ""
    texts: bool = True
    also: tuple[str, ...] = ()

    @property
    def passed_over(self) -> Collection[str]:
        """Return the names of folders in it that hold no content."""
        return NOT_CONTENT if self.plain and not self.open else NEVER_CONTENT

    def has_for_all(self, path: str) -> bool:
        """Tell whether a file below this folder may be for the public, by its name."""
        if not self.plain or os.path.splitext(path)[1].lower() in TEXTS | MEDIA | {*self.also}:
            return True
        parts = path.split("/")
        return self.open and parts[-1] not in OF_WORK and not any(part.startswith("_") for part in parts)


class Found(NamedTuple):
    """Name a file that lies in a content folder. ``address`` is its path as in its URL."""

    file: str
    path: str
    address: str
    stamp: Stamp
    is_folder: bool = False  # one that can't be listed
    is_link: bool = False  # one that leads nowhere, or out of the site
    place: Place | None = None
    left_out: str = ""  # why it is no content, if it isn't

    @property
    def kind(self) -> str:
        """Return ``"post"`` or ``"page"``, by the folder that the file lies in."""
        if self.place and self.place.kind:
            return self.place.kind
        parts = self.address.split("/")
        return POST if parts[0] in POST_FOLDERS and len(parts) > 1 else PAGE

    @property
    def is_text(self) -> bool:
        """Tell whether the file may be a document."""
        if self.place is None:
            return is_text(self.path)
        return self.place.texts and (is_text(self.path) or self.path.lower().endswith(self.place.also or ("\0",)))


def is_text(path: str) -> bool:
    """Tell whether a file may be a document, by its name."""
    name = os.path.basename(path)
    return os.path.splitext(name)[1].lower() in TEXTS and name not in PLAIN_TEXTS


def places(settings: Settings) -> list[Place]:
    """Return the content folders of a site."""
    root = settings.root
    if settings.content:
        kept = {folder.path.strip("/"): folder for folder in settings.facts.folders}
        named = [kept.get(path := name.strip("./"), Folder(path, plain=not path)) for name in settings.content]
        return [place_of(root, folder) for folder in named]
    if settings.facts.folders:
        return [place_of(root, folder) for folder in settings.facts.folders]
    own = [Place(root / "posts", "posts/"), Place(root / "pages", "")]
    if any(place.folder.is_dir() for place in own):
        return own
    if (root / "content").is_dir():
        return [Place(root / "content", "")]
    return [Place(root, "", plain=True)]


def place_of(root: Path, folder: Folder) -> Place:
    """Return a content folder of the site in ``root``."""
    return Place(
        root / folder.path if folder.path else root,
        folder.prefix,
        folder.plain,
        folder.open,
        folder.kind,
        folder.language,
        folder.texts,
        folder.also,
    )


def left_out(settings: Settings, path: str) -> str:
    """Return the rule of the site's engine by which a file is no content, ``""`` if there is none."""
    return next(
        (f"{settings.facts.engine} leaves out {one}" for one in settings.facts.left_out if covers(one, path)), ""
    )


def covers(pattern: str, path: str) -> bool:
    """Tell whether a path, or a folder on the way to it, is what a pattern names."""
    return fnmatchcase(path, pattern) or fnmatchcase(path, f"{pattern.rstrip('/')}/*")


def place_for(settings: Settings, kind: str, slug: str, now: datetime) -> str:
    """Return the path of a new file: in the site's content folder, whichever that is, named as its engine does."""
    where, name = places(settings), f"{slug}.md"
    if kind == POST and settings.facts.new_post:
        return permalinks.fill(settings.facts.new_post, {"slug": slug, "title": slug}, now).strip("/")
    if settings.content or settings.facts.folders:
        fit = next((place for place in where if place.kind == kind), where[0])
        return (fit.folder / name).relative_to(settings.root).as_posix()
    if where[0].plain and next(scan(settings), None):
        return name
    if where[0].plain or len(where) > 1:
        return f"{'posts' if kind == POST else 'pages'}/{name}"
    return f"content/posts/{name}" if kind == POST else f"content/{name}"


def scan(settings: Settings, keep: Collection[Place] = ()) -> Iterator[Found]:
    """Find every content file of a site, in order of path, without opening one.

    A folder of ``keep`` that isn't there, or goes meanwhile, is found as one that can't be listed.
    """
    bounds = Bounds(settings)
    root = len(str(settings.root)) + 1
    wheres, sides = list(keep or places(settings)), Sides()
    for place in wheres:
        start = len(str(place.folder)) + 1
        others = {str(other.folder) for other in wheres if other is not place}
        for file, status in walk(str(place.folder), bounds, set(), place.passed_over, others):
            stamp, folder = with_beside(file, Stamp.of(status), sides), stat.S_ISDIR(status.st_mode)
            link = stat.S_ISLNK(status.st_mode)
            name = readable(file)
            if not folder and not place.has_for_all(name[start:]):
                continue
            reason = left_out(settings, name[root:]) if settings.facts.left_out else ""
            yield Found(file, name[root:] or ".", place.prefix + name[start:], stamp, folder, link, place, reason)
        if keep and not place.folder.is_dir():
            yield Found(str(place.folder), str(place.folder)[root:] or ".", place.prefix, Stamp(0, 0), True)


class Sides(dict[str, frozenset[str]]):
    """Hold by folder the names of the files that are headers of others, without their ending."""

    def __missing__(self, folder: str) -> frozenset[str]:
        """Look into a folder."""
        names: list[str] = []
        with suppress(OSError):
            names = os.listdir(folder)
        found = self[folder] = frozenset(name.removesuffix(BESIDE) for name in names if name.endswith(BESIDE))
        return found


def with_beside(file: str, stamp: Stamp, sides: Sides) -> Stamp:
    """Return the stamp of a file together with the one that lies beside it as its header."""
    beside = sides[os.path.dirname(file)]
    stem, ending = os.path.splitext(os.path.basename(file)) if beside else ("", "")
    if stem not in beside or ending == BESIDE:
        return stamp
    with suppress(OSError):
        side = Stamp.of(os.stat(os.path.splitext(file)[0] + BESIDE))
        return Stamp(max(stamp.mtime_ns, side.mtime_ns), stamp.size + side.size, max(stamp.ctime_ns, side.ctime_ns))
    return stamp


def look(settings: Settings, paths: Collection[str], keep: Collection[Place] = ()) -> dict[str, Found | None] | None:
    """Find of some files, by absolute path, what ``scan`` would; ``None`` for one that is gone.

    Returns ``None`` where only a scan can tell: for a folder, a link, whatever isn't plainly a file.
    """
    found: dict[str, Found | None] = {}
    root, bounds = len(str(settings.root)) + 1, Bounds(settings)
    for path in paths:
        if bounds.wrote(path):
            continue
        within = [place for place in keep or places(settings) if path.startswith(f"{place.folder}/")]
        place = max(within, key=lambda place: len(str(place.folder)), default=None)
        if place is None or place.plain or path.endswith(BESIDE):
            return None
        below = path[len(str(place.folder)) + 1 :]
        *folders, name = below.split("/")
        if any(map(hidden, (*folders, name))) or not set(place.passed_over).isdisjoint(folders):
            continue
        try:
            status = os.lstat(path)
        except FileNotFoundError:
            found[readable(path)[root:]] = None
            continue
        except OSError:
            return None
        if not stat.S_ISREG(status.st_mode) or os.path.realpath(path) != os.path.join(
            os.path.realpath(place.folder), below
        ):
            return None
        stamp, name = Stamp.of(status), readable(path)[root:]
        address = place.prefix + readable(below)
        found[name] = Found(path, name, address, stamp, place=place, left_out=left_out(settings, name))
    return found


def readable(path: str) -> str:
    """Return a path as text with ``/``; bytes that aren't UTF-8 become ``�``, which keeps the file unpublished."""
    if not path.isascii():
        path = path.encode(errors="surrogateescape").decode(errors="replace")
    return path if os.sep == "/" else path.replace(os.sep, "/")


class Bounds:
    """Hold where the links in a site may lead: into its folder, those of its content, and those of ``follow``.

    Never to what is hidden, made or written by the engine, nor to the settings.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.made = (settings.path(settings.cache), settings.path(settings.build))
        self.skipped = set(map(str, self.made))
        files = [str(path) for path in (settings.log, settings.ledger) if path]
        named = [os.path.splitext(file) for file in sorted({*files, *map(os.path.realpath, files)})]
        self.stems = tuple(stem for stem, _ in named)
        own = (f"{re.escape(stem)}{DATED}{re.escape(ending)}{DATED}{OLD}" for stem, ending in named)
        self.written = re.compile("|".join(own))

    def wrote(self, path: str) -> bool:
        """Tell whether a file is the log, also one that was rotated, or the ledger."""
        return path.startswith(self.stems) and self.written.fullmatch(path) is not None

    def hold(self, path: str) -> bool:
        """Tell whether what a path leads to may be published; every folder on the way may be another link by now."""
        settings, real = self.settings, Path(os.path.realpath(path))
        made = [folder.resolve() for folder in self.made]
        if real == settings.path("pyproject.toml").resolve() or any(real.is_relative_to(folder) for folder in made):
            return False
        if self.wrote(str(real)):
            return False
        own = [settings.root, *(place.folder for place in places(settings)), settings.path("static")]
        tops = {folder.resolve() for folder in (*own, *map(settings.path, settings.follow))}
        below = [real.relative_to(top).parts for top in tops if real.is_relative_to(top)]
        return any(not any(map(hidden, parts)) for parts in below)


def walk(
    folder: str,
    bounds: Bounds | None,
    seen: set[tuple[int, int]],
    but: Collection[str] = NEVER_CONTENT,
    others: Collection[str] = (),
) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the regular files below a folder in order; links are followed once, loops are left.

    A link that leads nowhere, or out of bounds, is found as a link. Folders named in ``but`` are passed over, and those
    whose paths are in ``others``.
    """
    try:
        here = os.stat(folder)
        entries = sorted(os.scandir(folder), key=attrgetter("name"), reverse=True)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError:  # reading it will say so
        yield folder, os.lstat(folder)
        return
    if (here.st_dev, here.st_ino) in seen or (bounds and folder in bounds.skipped):
        return
    seen.add((here.st_dev, here.st_ino))
    while entries:  # each remembers its status: there may be very many
        entry = entries.pop()
        if hidden(entry.name):
            continue
        status = status_of(entry, bounds)
        if status is None:
            continue
        if stat.S_ISLNK(status.st_mode):  # reading it will say so
            yield entry.path, status
        elif stat.S_ISDIR(status.st_mode):
            if entry.name not in but and entry.path not in others:
                yield from walk(entry.path, bounds, seen, but, others)
        elif stat.S_ISREG(status.st_mode) and not (bounds and bounds.wrote(entry.path)):
            yield entry.path, status


def status_of(entry: os.DirEntry[str], bounds: Bounds | None) -> os.stat_result | None:
    """Return the status of what an entry leads to, of the link itself where it isn't followed, else ``None``."""
    if not (bounds and entry.is_symlink() and not bounds.hold(entry.path)):
        try:
            return entry.stat()
        except OSError:
            pass  # a link that leads nowhere
    try:
        return entry.stat(follow_symlinks=False)
    except OSError:
        return None  # it has gone


def hidden(name: str) -> bool:
    """Tell whether a name is hidden, or an editor's backup; ``.well-known`` is for the public (RFC 8615)."""
    return (name.startswith(".") and name != ".well-known") or name.endswith(("~", ".swp")) or name.startswith("#")


def read(found: Found) -> Source:
    """Read a file; raises ``OSError``."""
    with open(found.file, "rb") as opened:
        data = opened.read()
    side = os.path.splitext(found.file)[0] + BESIDE
    beside = Path(side).read_bytes() if os.path.exists(side) else b""
    language, plain = (found.place.language, found.place.plain) if found.place else ("", False)
    return Source(found.path, found.address, found.kind, found.stamp, data, beside, language, plain)


def extent(found: Found) -> str:
    """Return width and height of an image, ``640x480``; ``""`` for what isn't one, or doesn't say."""
    if os.path.splitext(found.path)[1].lower() not in MEASURED:
        return ""
    import imagesize  # it takes a while to load, and is needed only when an image has changed

    try:
        with open(found.file, "rb") as opened:  # a name could be taken for an address
            width, height = imagesize.get(opened)
    except Exception:  # whatever a broken image makes it raise: it is published as it is
        return ""
    return f"{width:.0f}x{height:.0f}" if width >= 1 and height >= 1 else ""
