"""What the last build was made from: for each page its questions, their answers' digests, and its file.

It lies in the cache folder; without it everything is rendered, and compared with what is there.
"""

from __future__ import annotations

import json
import marshal
import sys
import sysconfig
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask

from .. import digests, site
from ..files import write_whole
from ..index.digests import digest
from ..library import Question
from .pages import Head

FORMAT = 3
CHECK = 16  # bytes of the checksum before the data
# Settings that no page depends on.
BESIDE = set(
    "hosts precompress watch memory surrogate_header purge metrics access_log proxies feed_polls cache build"
    " keep".split()
)


@dataclass(slots=True)
class Page:
    """Hold a page of a build: its file with size and time, and the numbers of its head and its questions."""

    file: str
    size: int
    mtime_ns: int
    head: int
    questions: list[int]


class Extra(NamedTuple):
    """Hold a file that isn't a page: its size and time, and what it was made of."""

    size: int
    mtime_ns: int
    made_of: str


@dataclass(slots=True)
class Manifest:
    """Hold a build: ``world`` is the digest of all that isn't content, ``pages`` are by address."""

    world: str = ""
    questions: list[Question] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)
    lists: list[int] = field(default_factory=list)  # numbers of the questions that gave the list of addresses
    state: str = ""  # of the index
    since: float = 0.0  # the moment for which all this was made
    until: float = 0.0  # the moment at which a scheduled document comes
    posts: int = 0
    pending: list[str] = field(default_factory=list)  # files of a freeze that has not come to its end
    extras: dict[str, Extra] = field(default_factory=dict)  # files beside the pages, by name
    hosts: list[str] = field(default_factory=list)  # those that were asked for beside the setting
    chosen: list[str] = field(default_factory=list)  # all that decided which extras there are
    published: str = ""  # the mark of what was written down as published
    outside: list[str] = field(default_factory=list)  # files for hosts that don't lie in the build

    def head(self, url: str) -> Head:
        """Return status and headers of a page."""
        return self.heads[self.pages[url].head]

    def is_of(self, state: str, moment: float) -> bool:
        """Tell whether the index gives the answers that it gave."""
        return state == self.state and self.since <= moment < self.until

    def changed(self, now: Callable[[], digests.Digests], state: str, moment: float) -> set[int]:
        """Return the numbers of the questions that have another answer at a moment and in a state of the index.

        In the same state only those are asked again whose answers don't rest on it.
        """
        same = self.is_of(state, moment)
        numbers = range(len(self.questions))
        asked = [n for n in numbers if self.questions[n][0] in digests.VOLATILE] if same else numbers
        if not asked:
            return set()
        made = now().made
        return {number for number in asked if made(self.questions[number]) != self.answers[number]}

    def compacted(self) -> Manifest:
        """Return this manifest without questions that no page asks any more, if those are many."""
        used = {*self.lists, *(number for page in self.pages.values() for number in page.questions)}
        if 2 * len(used) >= len(self.questions):
            return self
        new = {number: place for place, number in enumerate(sorted(used))}
        pages = {url: replace(p, questions=[new[n] for n in p.questions]) for url, p in self.pages.items()}
        return replace(
            self,
            questions=[self.questions[number] for number in new],
            answers=[self.answers[number] for number in new],
            pages=pages,
            lists=[new[number] for number in self.lists],
        )


def path(cache: Path, destination: Path) -> Path:
    """Return the file of a destination's manifest."""
    return cache / f"build-{digest(str(destination))}.manifest"


def load(file: Path) -> Manifest:
    """Read a manifest; an empty one where there is none that can be read."""
    made = Manifest()
    with suppress(OSError, ValueError, TypeError, KeyError, EOFError):
        data = file.read_bytes()
        if checksum(data[CHECK:]) == data[:CHECK]:  # marshal trusts what it reads
            said = marshal.loads(data[CHECK:])  # noqa: S302
            if said.pop("format") == FORMAT:
                said["heads"] = [Head(*head) for head in said["heads"]]
                said["pages"] = {url: Page(*page) for url, page in said["pages"].items()}
                said["extras"] = {name: Extra(*extra) for name, extra in said["extras"].items()}
                made = Manifest(**said)
    with suppress(OSError, ValueError):
        made.pending = json.loads(file.with_suffix(".pending").read_bytes())
    return made


def save(file: Path, manifest: Manifest) -> None:
    """Write a manifest; a cache that can't be written only makes the next freeze slower."""
    said: dict[str, Any] = {f.name: getattr(manifest, f.name) for f in fields(manifest)}
    said["format"] = FORMAT
    said["heads"] = [tuple(head) for head in manifest.heads]
    said["pages"] = {url: (p.file, p.size, p.mtime_ns, p.head, p.questions) for url, p in manifest.pages.items()}
    said["extras"] = {name: tuple(extra) for name, extra in manifest.extras.items()}
    data = marshal.dumps(said)
    try:
        write_whole(file, checksum(data) + data)
        file.with_suffix(".pending").unlink(missing_ok=True)
    except OSError:
        for old in (file, file.with_suffix(".pending")):  # which would call the new files foreign
            with suppress(OSError):
                old.unlink()


def save_pending(file: Path, files: list[str]) -> None:
    """Note which files a freeze is about to make, should it be cut short."""
    with suppress(OSError):
        write_whole(file.with_suffix(".pending"), json.dumps(files, ensure_ascii=False).encode())


def checksum(data: bytes) -> bytes:
    """Return what tells whether data are whole."""
    return blake2b(data, digest_size=CHECK).digest()


def world(app: Flask) -> str:
    """Digest all that pages depend on besides content: engine, settings, templates, packages, Python."""
    here = site.of(app)
    code = Path(__file__).parent.parent
    settings = {
        f.name: getattr(here.settings, f.name) for f in fields(here.settings) if f.metadata and f.name not in BESIDE
    }
    templates = [stamps(theme / "templates", "*") for theme in here.themes]
    packages = sorted(p.name for p in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    own = here.library.index.version  # names the site's Markdown extension, too
    return digest([settings, sorted(here.features), stamps(code, "*.py"), own, templates, packages, sys.version])


def stamps(folder: Path, pattern: str) -> list[tuple[str, str]]:
    """Return the files below a folder with their stamps."""
    return [(str(file), digests.stamp(str(file))) for file in sorted(folder.rglob(pattern)) if file.is_file()]
