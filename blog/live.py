"""A library that is served: it follows the files by itself, and nobody waits for that.

It has an index of its own, since it keeps what a freeze must not know: the last good state of a file that
is broken just now, or of a folder that is away. A new state is put together by the watching thread; until
then the last one answers.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from . import index, indexer, sources
from .catalogue import Catalogue
from .documents import Problem
from .index import Index
from .library import Library
from .watch import Watcher

LOG = logging.getLogger("blog")
WAIT_TO_KEEP = 0.05  # seconds that a request may wait to put what it has rendered into the index


class Live:
    """Keep a library up with the files; ``theme_changed`` is called when a template has changed.

    ``themes`` are the folders that hold templates and static files.
    """

    def __init__(self, library: Library, themes: tuple[Path, ...], theme_changed: Callable[[], None]) -> None:
        self.library, self.settings = library, library.settings
        self.themes, self.theme_changed = themes, theme_changed
        self.starting = threading.Lock()
        self.kept: dict[sources.Place, None] = {}  # content folders that were there once
        self.known: set[Problem] = set()
        self.listeners: list[Callable[[set[str]], None]] = []  # told of changed paths once the new state is in place
        self.watcher: Watcher | None = None
        self.pid = 0

    def begin(self) -> None:
        """Read the files and begin to watch them, once in each process."""
        with self.starting:
            if self.pid == os.getpid():
                return
            library, path = self.library, self.settings.path(self.settings.cache) / "live.sqlite"
            with alone(path.with_suffix(".lock")):  # the first process reads the files, the others find its index
                self.writer = Index(path, library.index.version)
                library.index = self.writer if self.writer.in_memory else Index(path, self.writer.version, WAIT_TO_KEEP)
                self.look()
            made = [self.settings.path(self.settings.cache), self.settings.path(self.settings.build)]
            self.watcher = Watcher(self.folders, self.changed, made, self.settings.watch == "poll")
            self.watcher.start()
            self.pid, library.watched = os.getpid(), True
            if hasattr(os, "register_at_fork"):
                os.register_at_fork(after_in_child=self.forked)

    def end(self) -> None:
        """Watch no longer."""
        if self.watcher:
            self.watcher.stop()

    def forked(self) -> None:
        """Begin again in a process that was made of this one: threads and connections don't come along."""
        self.library.watched, self.starting = False, threading.Lock()

    def folders(self) -> list[Path]:
        """Return the folders to watch."""
        root, places = self.settings.root, [place.folder for place in sources.places(self.settings)]
        if root in places:
            return [root]
        return [*places, *(theme / name for theme in self.themes for name in ("templates", "static"))]

    def changed(self, paths: set[str]) -> None:
        """Put a new state in place after files have changed."""
        templates = tuple(f"{theme / 'templates'}/" for theme in self.themes)
        if any(path.startswith(templates) for path in paths):
            self.theme_changed()
        seen = self.look()
        if not seen and paths:  # a file of the theme: what was made of it has to be compared
            self.prepare()
        for listener in self.listeners if seen or paths else ():
            listener(paths)

    def look(self) -> bool:
        """Read what has changed; tell whether anything had. An index that is in use elsewhere is left until later."""
        library = self.library
        library.keep = self.places()
        with library.refreshing:
            contents, asked = library.contents, library.index
            try:
                indexer.update(self.writer, self.settings, library.keep)
            except sqlite3.DatabaseError as error:
                if contents and "locked" in str(error):
                    LOG.warning("the index is in use elsewhere, trying again: %s", error)
                    return False
                library.replace_index(error)
            if library.index is not asked:
                self.writer = library.index
            elif contents and contents.generation == index.generation(library.rows):
                return False
            self.prepare()
            self.tell()
            return True

    def places(self) -> list[sources.Place]:
        """Return the content folders, also those that are away just now."""
        found = [place for place in sources.places(self.settings) if place.folder.is_dir()]
        if any(place.plain for place in found) and any(not place.plain for place in self.kept):
            found = []  # all that there were are away: the site's folder hasn't become one of pages
        self.kept |= dict.fromkeys(found)
        return list(self.kept)

    def prepare(self) -> None:
        """Put the state of this moment together, then in place."""
        contents = Catalogue(self.library.rows, self.settings, self.library.now())
        contents.prepare()
        self.library.contents = contents

    def tell(self) -> None:
        """Log what is newly wrong with files."""
        problems = set(self.library.problems())
        for problem in sorted(problems - self.known, key=lambda problem: (problem.path, problem.line)):
            LOG.warning("%s", problem.line_of_text())
        self.known = problems


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait until no other process is inside, where the system and the folder allow that."""
    with ExitStack() as held:
        with suppress(ImportError, OSError):
            import fcntl

            path.parent.mkdir(parents=True, exist_ok=True)
            fcntl.flock(held.enter_context(path.open("w")), fcntl.LOCK_EX)
        yield
