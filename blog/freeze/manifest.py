"""What the last build was made from: for each page its questions, their answers' digests, and its file.

It lies in the cache folder; without it everything is rendered, and compared with what is there.
"""

from __future__ import annotations

import json
import sys
import sysconfig
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask

from .. import digests, site
from ..index import digest
from ..library import Question, write_whole
from .pages import Head

FORMAT = 1
BESIDE = {"hosts", "precompress"}  # settings that no page depends on


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
    pending: list[str] = field(default_factory=list)  # files of a freeze that has not come to its end
    extras: dict[str, Extra] = field(default_factory=dict)  # files beside the pages, by name
    hosts: list[str] = field(default_factory=list)  # those that were asked for beside the setting
    chosen: list[str] = field(default_factory=list)  # all that decided which extras there are
    outside: list[str] = field(default_factory=list)  # files for hosts that don't lie in the build

    def head(self, url: str) -> Head:
        """Return status and headers of a page."""
        return self.heads[self.pages[url].head]

    def changed(self, now: digests.Digests) -> set[int]:
        """Return the numbers of the questions that have another answer now."""
        return {
            number
            for number, (asked, answer) in enumerate(zip(self.questions, self.answers, strict=True))
            if now.of(*asked) != answer
        }


def path(cache: Path, destination: Path) -> Path:
    """Return the file of a destination's manifest."""
    return cache / f"build-{digest(str(destination))}.json"


def load(file: Path) -> Manifest:
    """Read a manifest; an empty one where there is none that can be read."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        said = json.loads(file.read_bytes())
        if said.pop("format") == FORMAT:
            said["questions"] = [tuple(asked) for asked in said["questions"]]
            said["heads"] = [Head(status, tuple(map(tuple, headers))) for status, headers in said["heads"]]
            said["pages"] = {url: Page(*page) for url, page in said["pages"].items()}
            said["extras"] = {name: Extra(*extra) for name, extra in said.get("extras", {}).items()}
            return Manifest(**said)
    return Manifest()


def save(file: Path, manifest: Manifest) -> None:
    """Write a manifest; a cache that can't be written only makes the next freeze slower."""
    said: dict[str, Any] = {f.name: getattr(manifest, f.name) for f in fields(manifest)}
    said["format"] = FORMAT
    said["pages"] = {url: (p.file, p.size, p.mtime_ns, p.head, p.questions) for url, p in manifest.pages.items()}
    try:
        write_whole(file, json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())
    except OSError:
        with suppress(OSError):  # an old one would call the new files foreign
            file.unlink()


def world(app: Flask) -> str:
    """Digest all that pages depend on besides content: engine, settings, templates, packages, Python."""
    here = site.of(app)
    code = Path(site.__file__).parent
    settings = {
        f.name: getattr(here.settings, f.name) for f in fields(here.settings) if f.metadata and f.name not in BESIDE
    }
    templates = [stamps(theme / "templates", "*") for theme in site.themes(app)]
    packages = sorted(p.name for p in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    return digest([settings, sorted(here.features), stamps(code, "*.py"), templates, packages, sys.version])


def stamps(folder: Path, pattern: str) -> list[tuple[str, str]]:
    """Return the files below a folder with their stamps."""
    return [(str(file), digests.stamp(str(file))) for file in sorted(folder.rglob(pattern)) if file.is_file()]
