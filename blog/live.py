"""A library that is served: it follows the files by itself, and nobody waits for that.

It has an index of its own, since it keeps what a freeze must not know: the last good state of a file that
is broken just now, or of a folder that is away. A new state is put together by the watching thread; until
then the last one answers.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from . import indexer, ledger, problems, sources
from .catalogue import Catalogue
from .documents import Problem, Stamp
from .index import Index, generations
from .index.writing import keep_ids
from .library import INCLUDED, Library
from .watch import Watcher

LOG = logging.getLogger("blog")
FEW = 50  # changed files: each is looked at by itself
WORTH_A_PROCESS = 500  # files
WAIT_TO_KEEP = 0.05  # seconds that a request may wait to put what it has rendered into the index
SWITCH = 0.0005  # seconds that one thread runs while others want to
AGAIN = 0.1  # seconds until another try to write to an index that is in use elsewhere


class Live:
    """Keep a library up with the files; ``theme_changed`` is called when a template has changed.

    ``themes`` are the folders that hold templates and static files.
    """

    def __init__(self, library: Library, themes: tuple[Path, ...], theme_changed: Callable[[], None]) -> None:
        self.library, self.settings = library, library.settings
        self.themes, self.theme_changed = themes, theme_changed
        self.starting = threading.Lock()
        self.kept: dict[sources.Place, None] = {}  # content folders that were there once
        self.known: set[Problem] | None = None  # what has been told; ``None``: nothing yet
        self.lost: set[Problem] = set()  # of these, those of several files with each other
        self.listeners: list[Callable[[set[str]], None]] = []  # told of changed paths once the new state is in place
        self.starters: list[Callable[[], None]] = []  # called once in each process that follows the files
        self.public = True  # what is served is for anybody, not only for who writes it
        self.beside = [path for path in (self.settings.ledger,) if path]  # followed, but neither content nor theme
        self.stamps: dict[str, Stamp] = {}  # of the files of the theme, and of those beside
        self.watcher: Watcher | None = None
        self.pid = self.generation = 0
        self.listened: Catalogue | None = None  # the state that listeners know of

    def begin(self) -> None:
        """Read the files and begin to watch them, once in each process."""
        with self.starting:
            if self.pid == os.getpid():
                return
            library, folder = self.library, self.settings.path(self.settings.cache)
            path = folder / f"live-{library.index.version[:8]}.sqlite"
            with alone(folder / "live.lock"):  # the first process reads the files, the others find its index
                for other in set(folder.glob("live*.sqlite*")) - set(folder.glob(f"{path.name}*")):
                    with suppress(OSError):  # of an older engine: a process that still runs goes on with it
                        other.unlink()
                self.writer = Index(path, library.index.version)
                library.index = self.writer if self.writer.in_memory else Index(path, self.writer.version, WAIT_TO_KEEP)
                self.asked = library.index
                self.look()
            self.of_theme()
            made = [self.settings.path(self.settings.cache), self.settings.path(self.settings.build), self.settings.log]
            self.watcher = Watcher(
                self.folders, self.changed, [*filter(None, made)], self.settings.watch == "poll", self.due
            )
            self.watcher.start()
            # A request waits for half a millisecond while this thread works, not for the usual five.
            sys.setswitchinterval(min(sys.getswitchinterval(), SWITCH))
            self.pid, library.watched = os.getpid(), True
            BEGUN.add(self)
            for start in self.starters:
                start()

    def end(self) -> None:
        """Watch no longer."""
        if self.watcher:
            self.watcher.stop()

    @property
    def stuck(self) -> bool:
        """Tell whether nobody follows the files any more, though somebody should."""
        return bool(self.watcher and not self.watcher.thread.is_alive())

    def forked(self) -> None:
        """Begin again in a process that was made of this one: threads and connections don't come along."""
        library = self.library
        library.watched, self.starting = False, threading.Lock()
        library.refreshing, library.mending = threading.Lock(), threading.RLock()

    def folders(self) -> list[Path]:
        """Return the folders to watch."""
        root, places = self.settings.root, [place.folder for place in sources.places(self.settings)]
        if root in places:
            return [root]
        return [*places, *self.theme_folders(), *self.beside]

    def theme_folders(self) -> list[Path]:
        """Return the folders of the theme, the site's own before the default ones."""
        included = INCLUDED if self.library.markdown.foreign else ()
        own = [self.settings.root / name for name in included]
        return [*(theme / name for theme in self.themes for name in ("templates", "static")), *own]

    def of_theme(self) -> set[str]:
        """Return the files of the theme, and those beside, that have changed since this was asked last."""
        found = [file for folder in self.theme_folders() for file in sources.walk(str(folder), None, set())]
        for file in self.beside:
            with suppress(OSError):
                found.append((str(file), file.stat()))
        now = {file: Stamp.of(status) for file, status in found}
        before, self.stamps = self.stamps, now
        return {file for file in before.keys() | now.keys() if before.get(file) != now.get(file)}

    def changed(self, paths: set[str]) -> None:
        """Put a new state in place after files have changed; nobody may have told which."""
        of_theme = self.of_theme()
        paths = paths | of_theme
        templates = tuple(f"{theme / 'templates'}/" for theme in self.themes)
        if any(path.startswith(templates) for path in paths):
            self.theme_changed()
        told = paths - self.stamps.keys() if len(paths) <= FEW else set()
        due = self.due()
        while (seen := self.look(told)) is None and self.watcher and not self.watcher.ended.wait(AGAIN):
            continue
        if self.known is None:  # it takes a while to find out, and nobody is to wait for it at the start
            self.tell(edited=False)
        if not seen and (of_theme or due):  # what was made of these files has to be compared
            self.prepare()
        for listener in self.listeners if seen or paths or due else ():
            listener(paths)

    def due(self) -> bool:
        """Tell whether something has appeared or gone since, because its time has come."""
        return self.listened is not None and not self.listened.holds_at(self.library.now())

    def look(self, told: Collection[str] = ()) -> bool | None:
        """Read what has changed; tell whether anything had, ``None`` if the index is in use elsewhere.

        Where it is told which files, only those are looked at.
        """
        library = self.library
        library.keep = self.places()
        with library.refreshing:
            other, contents, asked = self.follow(), library.contents, self.asked
            try:
                self.update(told)
            except sqlite3.DatabaseError as error:
                if contents and "locked" in str(error):
                    LOG.warning("the index is in use elsewhere, trying again: %s", error)
                    return None
                with library.mending:
                    if library.index is asked:
                        library.replace_index(error)
            library.looked = time.monotonic()
            other = self.follow() or other
            if contents and not other and self.generation == generations.generation(library.rows):
                return False
            edited = self.prepare() if other else self.prepare_after_edits()
            if contents or not self.public:
                self.tell(edited)
            return True

    def update(self, told: Collection[str] = ()) -> None:
        """Bring the index up to date; very many files are read by a process of their own."""
        writer, settings, keep = self.writer, self.settings, self.library.keep
        try:
            indexer.update(writer, settings, keep, 0 if writer.in_memory else WORTH_A_PROCESS, told)
            return
        except indexer.ManyChanges:
            LOG.info("reading many files")
        before = generations.generation(writer.rows)
        try:
            assert writer.path
            indexer.update_aside(writer.path, writer.version, settings, keep)
        except (OSError, subprocess.SubprocessError) as error:
            LOG.warning("no other process could read them: %s", error)
        if generations.generation(writer.rows) == before:  # the file may have been deleted while this has it open
            indexer.update(writer, settings, keep)

    def follow(self) -> bool:
        """Write to the index that the library reads; tell whether a request has put another one in place."""
        asked = self.library.index
        if asked is self.asked:
            return False
        self.asked, self.writer = asked, asked if asked.in_memory else Index(asked.path, asked.version)
        return True

    def places(self) -> list[sources.Place]:
        """Return the content folders, also those that are away just now."""
        found = [place for place in sources.places(self.settings) if place.folder.is_dir()]
        away = [place for place in self.kept if not place.folder.is_dir()]
        if away and all(place.plain for place in found):
            found = []  # all that there were are away: the site's folder hasn't become one of pages
        if not found or any(place in self.kept for place in found):  # else all content lies elsewhere now
            found += away
        self.kept = dict.fromkeys(found)
        return found

    def prepare(self) -> bool:
        """Put the state of this moment together, then in place."""
        contents = Catalogue(self.library.rows, self.settings, self.library.now())
        contents.prepare()
        self.put(contents)
        with suppress(sqlite3.Error), self.writer.writing() as db:  # to put them together takes a while
            keep_ids(db, contents.ids_of, contents.ids)
        return False

    def prepare_after_edits(self) -> bool:
        """Put the state of this moment in place; tell whether nothing but texts has changed since the last one."""
        library = self.library
        contents, now = library.contents, generations.generation(library.rows)
        if contents is None or not contents.holds_at(library.now()):
            return self.prepare()
        if contents.ledger != ledger.stamp(self.settings.ledger):
            return self.prepare()
        edited = generations.edits(library.rows, contents.generation, now)
        if edited is None:
            return self.prepare()
        self.put(contents.after_edits(edited, now))
        return True

    def put(self, contents: Catalogue) -> None:
        """Put a state in place."""
        self.generation, self.listened = contents.generation, contents
        with self.library.mending:  # a request may be about to put an older one in place
            self.library.contents = contents

    def tell(self, edited: bool) -> None:
        """Log what is newly wrong with files; after edits of texts no address belongs to another one than before."""
        rows_of = self.library.rows
        if not edited:
            self.lost = set(problems.between_files(rows_of))
        found = (
            self.lost | set(problems.of_files(rows_of)) | set(problems.of_configuration(self.library.settings.facts))
        )
        for problem in sorted(found - (self.known or set()), key=lambda problem: (problem.path, problem.line)):
            LOG.warning("%s", problem.line_of_text())
        self.known = found


BEGUN: weakref.WeakSet[Live] = weakref.WeakSet()


def forked() -> None:
    """Have all that is live begin again in a process that was made of this one."""
    for live in list(BEGUN):
        live.forked()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=forked)  # once: what is registered stays, and so would what it belongs to


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait until no other process is inside, where the system and the folder allow that."""
    with ExitStack() as held:
        with suppress(ImportError, OSError):
            import fcntl

            path.parent.mkdir(parents=True, exist_ok=True)
            fcntl.flock(held.enter_context(path.open("w")), fcntl.LOCK_EX)
        yield
