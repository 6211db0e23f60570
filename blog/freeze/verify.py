"""The proof that a build is what a clean build would be, and what the live app answers."""

from __future__ import annotations

import hashlib
import platform
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask

from .. import site
from . import extras, manifest, oracle, tree
from .pages import Pages

SAMPLE = 200  # addresses that are asked for live, unless all are
MOST = 20  # differences that are told
PACKAGES = ("flask", "frozen-flask", "mistune", "pygments", "feedgen", "jinja2")


@dataclass(slots=True)
class Certificate:
    """Say what was compared, and what differs."""

    files: int
    asked: int
    digest: str
    differences: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Return the certificate as text."""
        from importlib.metadata import version  # takes a while to load

        versions = " ".join(f"{name} {version(name)}" for name in PACKAGES)
        return (
            f"files equal to a clean build: {self.files:,}\n"
            f"answers equal to the live app's: {self.asked:,}\n"
            f"digest of the tree: sha256 {self.digest}\n"
            f"made with: Python {platform.python_version()} {versions}"
        )


def verify(app: Flask, destination: Path, everything: bool) -> Certificate:
    """Compare a build with a clean one, and a sample of its pages, or all, with live answers."""
    here = site.of(app)
    settings = here.settings
    with ExitStack() as held, tempfile.TemporaryDirectory(prefix="flatleaf-") as clean:
        moment = held.enter_context(here.library.held())
        again = here.again(settings=settings, clock=lambda: moment)
        held.enter_context(site.of(again).library.held(moment))
        for _ in oracle.build(again, Path(clean)):
            pass
        record = manifest.load(manifest.path(settings.path(settings.cache), destination))
        if settings.hosts or settings.precompress or record.hosts:
            more = extras.plan(again, Path(clean), extras.asked(again, Path(clean)), record.hosts, ())
            more.write({}, list(more.made_of()))
        names, wanted = (ours(folder, settings.keep, record) for folder in (destination, Path(clean)))
        differences = list(compare(Path(clean), destination, wanted, names))
        files = oracle.files(app, destination)
        urls = list(files) if everything else list(files)[:: max(1, len(files) // SAMPLE)]
        pages = Pages(again)
        for url in urls:
            differences += live(pages, url, destination / files[url], record)
    return Certificate(len(names), len(urls), digest(destination, names), differences)


def ours(folder: Path, keep: tuple[str, ...], record: manifest.Manifest) -> list[str]:
    """Return the files of a build, of those that are kept only the ones that a freeze has made."""
    return sorted(name for name in tree.scan(folder, keep) if name in record.extras or not tree.is_kept(name, keep))


def compare(clean: Path, destination: Path, wanted: list[str], names: list[str]) -> Iterator[str]:
    """Yield what differs between a clean build and this one."""
    yield from (f"{name}: missing" for name in sorted(set(wanted) - set(names)))
    yield from (f"{name}: not in a clean build" for name in sorted(set(names) - set(wanted)))
    for name in sorted(set(wanted) & set(names)):
        if (clean / name).read_bytes() != (destination / name).read_bytes():
            yield f"{name}: differs from a clean build"


def live(pages: Pages, url: str, file: Path, record: manifest.Manifest) -> Iterator[str]:
    """Yield what differs between an answer and its frozen file, or what the build knows of its headers."""
    answer = pages.ask(url)
    if answer.error:
        yield answer.error
    elif not file.is_file() or file.read_bytes() != answer.body:
        yield f"{url}: differs from the live answer"
    elif url in record.pages and record.head(url) != answer.head:
        yield f"{url}: the live headers are {answer.head}, the build's {record.head(url)}"


def digest(destination: Path, names: list[str]) -> str:
    """Digest a whole tree: names and contents."""
    made = hashlib.sha256()
    for name in names:
        made.update(f"{name}\0{hashlib.sha256((destination / name).read_bytes()).hexdigest()}\n".encode())
    return made.hexdigest()
