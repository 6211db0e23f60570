"""What a build holds besides its pages: files for hosts, and compressed copies."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from flask import Flask

from .. import site
from ..errors import FreezeError
from ..files import write_whole
from ..index.digests import digest
from ..settings import Settings
from . import compress, hosts, manifest, oracle, tree
from .hosts.made import Export, made
from .manifest import Extra, Manifest, Page
from .pages import Head, Pages
from .tree import Found, Stage, is_kept


@dataclass(slots=True)
class Extras:
    """Hold the files that belong into a build besides its pages: bodies of some, the sources of compressed ones."""

    destination: Path
    bodies: dict[str, bytes] = field(default_factory=dict)
    copies: dict[str, tuple[str, str]] = field(default_factory=dict)  # by name: the file, and its state
    outside: dict[Path, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)  # made of what, if all is as it was
    unchanged: bool = False

    def made_of(self) -> dict[str, str]:
        """Return what each file is made of."""
        bodies = {name: digest(body.decode()) for name, body in self.bodies.items()}
        return self.known | bodies | {name: state for name, (_, state) in self.copies.items()}

    def stale(self, known: dict[str, Extra], present: dict[str, Found]) -> list[str]:
        """Return the names of those that aren't there as they would be made now."""
        return [
            name
            for name, of in self.made_of().items()
            if name not in known or known[name].made_of != of or present.get(name) != known[name][:2]
        ]

    def write(self, known: dict[str, Extra], stale: list[str]) -> dict[str, Extra]:
        """Write what is stale; return the state of all."""
        stage, made_of = Stage(self.destination), self.made_of()
        written: dict[str, Extra] = {}
        try:
            if stale:
                stage.open()
                with ThreadPoolExecutor() as threads:  # compressors let go of the interpreter
                    founds = list(threads.map(partial(self.put, stage), range(len(stale)), stale))
                for number, (name, found) in enumerate(zip(stale, founds, strict=True)):
                    stage.move(str(number), name)
                    written[name] = Extra(*found, made_of[name])
        finally:
            stage.close()
        return {name: written.get(name) or known[name] for name in made_of}

    def put(self, stage: Stage, number: int, name: str) -> Found:
        """Put one file on the stage."""
        body = self.bodies.get(name)
        if body is None:
            body = compress.packed((self.destination / self.copies[name][0]).read_bytes(), name)
        return stage.put(str(number), body)

    def write_outside(self) -> None:
        """Write the files that lie in the cache folder; note those that servers have to read again."""
        for path, body in self.outside.items():
            try:
                if not path.is_file() or path.read_bytes() != body:
                    write_whole(path, body)
                    self.notes.append(f"{path} has changed")
            except OSError as error:
                raise FreezeError(f"can't write: {error.strerror}", str(path)) from None


def choice(settings: Settings, asked: Iterable[str]) -> list[str]:
    """Return what decides which extras a build has."""
    names = list(hosts.chosen(settings.hosts, asked))
    return [*names, f"precompress {compress.ENDINGS}"] if settings.precompress else names


def same(settings: Settings, destination: Path, record: Manifest, present: dict[str, Found]) -> Extras | None:
    """Return the extras of a build whose pages are as they were, if all are there; ``None`` if that isn't certain."""
    known = {name: extra.made_of for name, extra in record.extras.items()}
    found = Extras(destination, known=known, unchanged=True)
    there = not found.stale(record.extras, present) and all(Path(path).is_file() for path in record.outside)
    return found if there and record.chosen == choice(settings, record.hosts) else None


def plan(app: Flask, destination: Path, record: Manifest, asked: Iterable[str], taken: Collection[str]) -> Extras:
    """Return what belongs into a build; ``taken`` are files at its top that somebody else has put there."""
    settings = site.of(app).settings
    names = hosts.chosen(settings.hosts, asked)
    own = {page.file for page in record.pages.values()} | set(taken)
    found = Extras(destination)
    if names:
        export = hosts.export(names, made(settings, destination, record, settings.precompress))
        found.notes = [
            *export.notes,
            *(f"{name} is your own and left as it is" for name in sorted(own & visible(export))),
        ]
        found.bodies = {name: body for name, body in export.inside.items() if name not in own}
        found.outside = {settings.path(settings.cache) / "hosts" / n: body for n, body in export.outside.items()}
    if settings.precompress:
        found.copies = {name: of for name, of in compress.copies(record).items() if name not in own}
    return found


def visible(export: Export) -> set[str]:
    """Return the names of files that say something."""
    return {name for name, body in export.inside.items() if body}


def taken(present: Iterable[str], keep: tuple[str, ...], record: Manifest) -> set[str]:
    """Return the kept files of a build that no freeze has made."""
    return {name for name in present if is_kept(name, keep)} - record.extras.keys() - set(record.pending)


def add(app: Flask, destination: Path, names: Iterable[str]) -> Extras:
    """Put what belongs into a build that plain Frozen-Flask has made, and remember it."""
    settings = site.of(app).settings
    file = manifest.path(settings.path(settings.cache), destination)
    record, present = manifest.load(file), tree.scan(destination, settings.keep)
    found = Extras(destination)
    if names or settings.hosts or settings.precompress:
        mine = taken(present, settings.keep, record)
        found = plan(app, destination, asked(app, destination), names, mine)
    wanted = found.made_of()
    tree.remove(
        destination, [n for n, extra in record.extras.items() if present.get(n) == extra[:2] and n not in wanted]
    )
    if wanted or record.extras or record.hosts:
        record.extras = found.write(record.extras, found.stale(record.extras, present))
        record.hosts, record.chosen = sorted(names), choice(settings, names)
        record.outside = list(map(str, found.outside))
        manifest.save(file, record)
    found.write_outside()
    return found


def asked(app: Flask, destination: Path) -> Manifest:
    """Return a manifest with files and headers only, by asking for every page."""
    found, heads, pages = Manifest(), dict[Head, int](), Pages(app)
    for url, file in oracle.files(app, destination).items():
        answer = pages.ask(url)
        if answer.error:
            raise FreezeError(answer.error)
        status = (destination / file).stat()
        number = heads.setdefault(answer.head, len(heads))
        found.pages[url] = Page(file, status.st_size, status.st_mtime_ns, number, [])
    found.heads = list(heads)
    return found
