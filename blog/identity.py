"""Identity: what was published is written down in the ledger, so that the id of an entry never changes again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from . import ledger, urls
from .catalogue import Catalogue
from .documents import Problem
from .files import write_whole
from .index.digests import digest
from .ledger import GIVEN_UP, Known, Ledger, Line
from .library import Library
from .live import Live, alone
from .settings import Settings
from .site import Site
from .values import plural

LOG = logging.getLogger("blog")
SETTLE_S = 1.0  # seconds without a change until it is written down
LOOK_S = 60.0  # seconds at most until it is looked whether something has come


class Recorded(NamedTuple):
    """Say what has come of recording: ``mark`` tells what was recorded from anything else.

    ``read`` is the stamp of the ledger as it was before; ``error`` is one line if it can't be written.
    """

    mark: str = ""
    read: str = ""
    error: str = ""


def record(library: Library, known: str = "") -> Recorded:
    """Write down what is published now, unless ``known`` is the mark that says that this was done."""
    settings, contents = library.settings, library.catalogue
    path = settings.ledger
    if path is None or not settings.url_given:
        return Recorded(read=contents.ledger)
    if known and known == mark(contents, path):
        return Recorded(known, contents.ledger)
    try:
        with alone_with(settings):
            read = ledger.stamp(path)
            before = existing(path)
            if lines := list(changes(contents, before)):
                write(path, before, lines)
            return Recorded(mark(contents, path), read)
    except OSError as error:
        reason = f"{path}: can't be written ({error.strerror}): the ids of what was published aren't kept"
        return Recorded(read=contents.ledger, error=reason)


def alone_with(settings: Settings) -> AbstractContextManager[None]:
    """Keep other processes from writing the ledger meanwhile."""
    return alone(settings.path(settings.cache) / "published.lock")


def write(path: Path, before: Ledger, lines: Iterable[Line]) -> None:
    """Write a ledger with some lines new or changed, also through a link."""
    write_whole(path.resolve(), ledger.merged(before, lines))


def mark(contents: Catalogue, path: Path) -> str:
    """Return what tells a ledger, and what is to be in it, from any other."""
    summaries = " ".join([entry.summary for entry in contents.published])
    return digest([ledger.stamp(path), str(path), contents.own, summaries, " ".join(contents.texts)])


def existing(path: Path) -> Ledger:
    """Read a ledger that is about to be written; raises ``OSError`` if it can't be read."""
    try:
        return ledger.read(path.read_bytes(), path.name)
    except FileNotFoundError:
        return ledger.read(b"")


def changes(contents: Catalogue, before: Ledger) -> Iterator[Line]:
    """Yield the lines that a ledger needs, new or in place of older ones, to say what is published."""
    ids = contents.matched(before.lines)
    known = contents.known({entry.path for entry in contents.published})
    counts = {line.id: line for line in ledger.counting(before.lines)}
    written = {line.number: line for line in before.lines}
    published = {entry.path: entry for entry in contents.published if entry.path in known}
    for path, entry in published.items():
        old = counts.pop(ids[path], Line(ids[path]))
        places = with_first(urls.href("", entry.url), old.addresses)
        line = Line(old.id, path, *known[path], places, old.number, old.held)
        if line != written.get(old.number) and not old.held:
            yield line
    yield from left_over(contents, counts.values(), known)


def with_first(address: str, known: str) -> str:
    """Return known addresses with the present one in front, each once."""
    return known if known == address else " ".join(dict.fromkeys([address, *known.split()]))


def left_over(contents: Catalogue, lines: Iterable[Line], known: Mapping[str, Known]) -> Iterator[Line]:
    """Yield lines that nothing published has, if their file is gone or has another id now."""
    lines = [line for line in lines if line.file not in ("", GIVEN_UP) and not line.held]
    there = contents.there({line.file for line in lines})
    for line in lines:
        if line.file in known:
            yield line._replace(file=GIVEN_UP if ledger.doubts(line, known[line.file]) < 2 else "")
        elif line.file not in there:
            yield line._replace(file="")


# What is wrong


def unrecorded(library: Library) -> str:
    """Say in one line how many published entries are not in the ledger, or why none are kept, ``""`` if all are."""
    settings, contents = library.settings, library.catalogue
    if contents.published and not settings.ledger:
        return "the setting published is empty: no ids are kept"
    if contents.published and not settings.url_given:
        return f"the setting url is not set: no ids are kept in {settings.published}"
    known = {(line.id, line.file) for line in ledger.load(settings.ledger).lines}
    count = sum((contents.id(entry.path), entry.path) not in known for entry in contents.published)
    verb, them = ("is", "it") if count == 1 else ("are", "them")
    what = f"{plural(count, 'published text')} {verb} not in {settings.published}"
    return f"{what}; the next freeze records {them}" if count else ""


def problems(library: Library) -> list[Problem]:
    """Return what is wrong with the ledger, and with ids that headers name."""
    settings = library.settings
    found = ledger.load(settings.ledger)
    wrong = [replace(problem, path=settings.published) for problem in found.wrong]
    return [*wrong, *ledger.duplicates(found, settings.published), *lost_ids(library.catalogue)]


def lost_ids(contents: Catalogue) -> Iterator[Problem]:
    """Yield the documents whose header names an id that another one has."""
    lost = {path: own for path, own in contents.own.items() if path in contents.by_path and contents.id(path) != own}
    owners = {contents.id(entry.path): entry.path for entry in contents.entries} if lost else {}
    for path, own in lost.items():
        yield Problem(path, 0, f"the id {own} belongs to {owners.get(own, 'another file')}")


# While serving


def follow(site: Site) -> None:
    """Have what is published while a site is served written down, too."""
    live, path = site.live, site.settings.ledger
    if live and path and site.settings.url_given:
        recorder = Recorder(site.library, live)
        live.starters.append(recorder.begin)
        live.listeners.append(lambda _paths: recorder.woken.set())


class Recorder:
    """Write down what is published, in a thread that nobody waits for."""

    def __init__(self, library: Library, live: Live) -> None:
        self.library, self.live = library, live
        self.woken = threading.Event()
        self.last = Recorded()

    def begin(self) -> None:
        """Start, once in each process that serves the public."""
        self.woken = threading.Event()
        if self.live.public:
            threading.Thread(target=self.run, name="record", daemon=True).start()

    def run(self) -> None:
        """Record, wait for a change or for the next text to come, and so on, until nobody follows the files."""
        while self.live.watcher and not self.live.watcher.ended.is_set():
            self.settle()
            try:
                self.record()
            except Exception:
                LOG.exception("while recording what was published")
            self.woken.wait(self.patience())

    def settle(self) -> None:
        """Wait until nothing has changed for a moment."""
        self.woken.clear()
        while self.woken.wait(SETTLE_S):
            self.woken.clear()

    def patience(self) -> float:
        """Return for how many seconds nothing may come by itself."""
        until = self.library.catalogue.until - self.library.now().timestamp()
        return max(0.0, min(until, LOOK_S))

    def record(self) -> None:
        """Record what has changed; say once that it can't be written."""
        last, self.last = self.last, record(self.library, self.last.mark)
        if self.last.error and self.last.error != last.error:
            LOG.warning("%s", self.last.error)
