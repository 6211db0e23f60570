"""The build on the disk: what lies there, and how it is changed so that every file is whole at any instant.

New content is written into a folder of its own inside the build and moved into place when all of it is
there: an error on the way leaves the old build as it was.
"""

from __future__ import annotations

import fcntl
import marshal
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from typing import NamedTuple

import click

from ..errors import FreezeError
from ..settings import Settings
from ..settings.loading import unfit

STAGE = ".freezing"


class Found(NamedTuple):
    """Tell one state of a file from another."""

    size: int
    mtime_ns: int


@contextmanager
def locked(cache: Path) -> Iterator[None]:
    """Let one freeze of a site run at a time; the next one waits."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        lock = open(cache / "freeze.lock", "w")  # noqa: SIM115 - closed below
    except OSError:  # a folder that can't be written has no build to protect from another freeze either
        yield
        return
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            click.echo("another freeze of this site is running: waiting for its end", err=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        for half_written in cache.glob(".new-*"):  # by a freeze that was killed
            half_written.unlink(missing_ok=True)
        yield


def check_place(destination: Path, settings: Settings) -> None:
    """Refuse a folder that holds the site, or lies in its content."""
    if reason := unfit(destination, settings.root):
        raise FreezeError(f"the build folder {reason}", str(destination))
    for folder in (destination, *destination.parents):
        if folder.exists() and not folder.is_dir():
            raise FreezeError("this is a file, not a folder", str(folder))


def scan(destination: Path, kept: tuple[str, ...]) -> dict[str, Found]:
    """Return the files of a build by name, and with a slash the folders that are empty.

    Folders that are kept whatever happens aren't looked into.
    """
    found: dict[str, Found] = {}
    folders, top = [""], str(destination)
    while folders:
        folder = folders.pop()
        try:
            entries = os.scandir(f"{top}/{folder}")
        except FileNotFoundError:
            continue
        with entries:
            empty = True
            for entry in entries:
                empty, name = False, folder + entry.name
                if entry.is_dir(follow_symlinks=False):
                    if name != STAGE and not is_kept(name, kept):
                        folders.append(f"{name}/")
                else:
                    status = entry.stat(follow_symlinks=False)
                    found[name] = Found(status.st_size, status.st_mtime_ns)
            if empty and folder:
                found[folder] = Found(0, 0)
    return found


def scan_aside(destination: Path, kept: tuple[str, ...]) -> Callable[[], dict[str, Found]]:
    """Begin to scan a build in a process of its own, while this one does other things; return how to wait for it."""
    if not hasattr(os, "fork") or threading.active_count() > 1:  # a process can't be forked between threads
        return partial(scan, destination, kept)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        with suppress(BaseException), open(writing, "wb") as pipe:
            pipe.write(marshal.dumps([(name, *found) for name, found in scan(destination, kept).items()]))
        os._exit(0)
    os.close(writing)

    def result() -> dict[str, Found]:
        with open(reading, "rb") as pipe:
            said = pipe.read()
        os.waitpid(child, 0)
        try:
            return {name: Found(size, mtime_ns) for name, size, mtime_ns in marshal.loads(said)}  # noqa: S302
        except (EOFError, ValueError):  # it came to grief: so will this, and say why
            return scan(destination, kept)

    return result


def is_kept(name: str, kept: tuple[str, ...]) -> bool:
    """Tell whether a file or folder at the top of the build is to be left alone."""
    return "/" not in name and any(fnmatch(name, pattern) for pattern in kept)


class Stage:
    """Where new files lie until all of them are written."""

    def __init__(self, destination: Path) -> None:
        self.destination, self.folder = destination, destination / STAGE
        self.made = {str(self.folder)}

    def open(self) -> None:
        """Make an empty stage."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def close(self) -> None:
        """Remove the stage with what is left in it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def put(self, place: str, body: bytes) -> Found:
        """Write a file at a place on the stage, with as few calls of the system as that takes."""
        path = f"{self.folder}/{place}"
        folder = os.path.dirname(path)
        if folder not in self.made:
            with suppress(FileExistsError):
                try:
                    os.mkdir(folder)
                except FileNotFoundError:
                    os.makedirs(folder, exist_ok=True)
            self.made.add(folder)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            written = os.write(handle, body)
            while written < len(body):
                written += os.write(handle, body[written:])
            status = os.fstat(handle)
        finally:
            os.close(handle)
        return Found(status.st_size, status.st_mtime_ns)

    def move(self, place: str, name: str) -> None:
        """Move a file from the stage into the build."""
        target = self.destination / name
        try:
            os.replace(self.folder / place, target)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            make_way(self.destination, name)
            os.replace(self.folder / place, target)

    def move_all(self) -> None:
        """Move a whole first build into place: what is linked to first, the front page last."""
        entries = sorted(os.scandir(self.folder), key=lambda e: (e.name == "index.html", e.is_file(), e.name))
        for entry in entries:
            os.replace(entry.path, self.destination / entry.name)


def make_way(destination: Path, name: str) -> None:
    """Make the folder of a file; a page that has become a folder goes, as does a folder that is now a page."""
    target = destination / name
    for folder in reversed(target.relative_to(destination).parents):
        path = destination / folder
        if path.is_symlink() or path.is_file():
            path.unlink()
    if target.is_dir():
        shutil.rmtree(target)
    target.parent.mkdir(parents=True, exist_ok=True)


def remove(destination: Path, names: list[str]) -> None:
    """Remove files, and the folders that are empty without them."""
    for name in names:
        path = destination / name
        if name.endswith("/"):
            with suppress(OSError):  # a page may have come into it meanwhile
                path.rmdir()
        else:
            with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
                path.unlink()
        for folder in path.relative_to(destination).parents:
            if folder == Path():
                break
            try:
                (destination / folder).rmdir()
            except OSError:
                break
