"""From the files into the index: read what has changed on the disk, and nothing else."""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from collections.abc import Collection, Iterable
from functools import partial
from pathlib import Path

from . import __version__, index, sources, urls
from .documents import Problem
from .errors import ContentError
from .index import Index, Rows
from .settings import Settings

WORTH_PROCESSES = 2000  # files
LOG = logging.getLogger("blog")


def update(into: Index, settings: Settings, keep: Collection[sources.Place] = ()) -> bool:
    """Compare the files with the index and write the difference in one go; tell whether there was one.

    A folder of ``keep`` that is gone, and a file that is broken, stay as they were when they were good.
    """
    found = {file.path: file for file in sources.scan(settings, keep)}
    generation, known = index.generation(into.rows), into.stamps()
    unlisted = tuple(f"{file.path}/" for file in found.values() if file.is_folder)
    gone = {path for path in known.keys() - found.keys() if not path.startswith(unlisted)}
    changed = [file for path, file in found.items() if known.get(path) != file.stamp]
    if not gone and not changed:
        return False
    read = list(zip(changed, read_all(changed, settings), strict=True))
    with into.writing() as db:
        if index.generation(into.rows) != generation:  # another process was faster: it may have put the same files
            known = into.stamps()
        good = {path for (path,) in db.execute("SELECT path FROM documents")} if keep else set()
        for path in gone:
            index.forget(db, path)
        for file, said in read:
            said = in_doubt(file, said) if file.path in good else said
            if file.path in known or file.path in good:
                kept = file.path in good and isinstance(said, Problem)
                index.forget(db, file.path, ("problems", "files") if kept else index.OF_A_PATH)
            index.put_file(db, file.path, file.stamp, file.address, said is None)
            if isinstance(said, Rows):
                index.put_document(db, said)
            elif said:
                index.put_problem(db, said)
        index.settle_assets(db)
        index.advance(db)
    return True


def in_doubt(file: sources.Found, said: Rows | Problem | None) -> Rows | Problem | None:
    """Return a problem for an empty file that held a document: editors empty a file before they write it."""
    if file.stamp.size == 0 and isinstance(said, Rows):
        return Problem(file.path, 0, "this file is empty; what is known of it stays as it was", True)
    return said


def read_all(files: list[sources.Found], settings: Settings) -> Iterable[Rows | Problem | None]:
    """Read files; very many of them in several processes."""
    if len(files) < WORTH_PROCESSES or threading.active_count() > 1:  # a process can't be forked between threads
        return [read_file(file, settings) for file in files]
    import multiprocessing  # these take a while to load, and most sites never need them
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("fork")) as pool:
        return list(pool.map(partial(read_file, settings=settings), files, chunksize=200))


def read_file(file: sources.Found, settings: Settings) -> Rows | Problem | None:
    """Read a file: the rows of a document, what keeps it from being one, or ``None`` for an asset."""
    if "\ufffd" in file.path:
        return Problem(file.path, 0, "the name of this file isn't UTF-8", True)
    if file.is_folder:
        return Problem(file.path, 0, "this folder can't be listed; what is known of it stays as it was", True)
    if not file.is_text:
        if urls.REFUSED.search(file.address):
            return Problem(file.path, 0, "a name with any of ? # % \\ can't be an address", True)
        return None if os.access(file.file, os.R_OK) else Problem(file.path, 0, "can't be read", True)
    from . import reader  # the parsers take a while to load, and are needed only when a file has changed

    try:
        source = sources.read(file)
        return None if reader.is_whole_page(source) else index.rows_of(reader.read(source, settings))
    except ContentError as error:
        return Problem(file.path, error.line, error.reason, True)
    except OSError as error:
        return Problem(file.path, 0, f"can't be read: {error.strerror}", True)
    except Exception as error:  # a mistake of ours must not cost any other page
        LOG.exception("%s", file.path)
        return Problem(file.path, 0, f"{type(error).__name__}: {error}", True)


def version(settings: Settings) -> str:
    """Name all that the index depends on besides the files: the engine's code and a few settings."""
    said = repr((__version__, settings.permalink, settings.timezone, settings.base_path))
    digest = hashlib.sha256(said.encode())
    here = Path(__file__).parent
    for file in sorted([*here.glob("*.py"), *here.glob("headers/*.py"), *here.glob("markup/*.py")]):
        status = file.stat()
        digest.update(f"{file.name} {status.st_mtime_ns} {status.st_size}\n".encode())
    return digest.hexdigest()
