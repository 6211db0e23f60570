"""From the files into the index: read what has changed on the disk, and nothing else."""

from __future__ import annotations

import gc
import hashlib
import logging
import os
import pickle
import sqlite3
import subprocess
import sys
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from pathlib import Path

from . import __version__, ledger, likeness, processes, sources, urls
from .documents import Problem, Stamp
from .errors import ContentError
from .history import History
from .index import Index, generations, writing
from .index.bundles import settle_assets
from .index.rows import Rows, rows_of
from .index.schema import OF_A_PATH
from .index.writing import LeftOut
from .markup import choices
from .settings import Settings

HISTORIES: dict[Path, History] = {}  # by the site's folder; what is forked from this process has them, too
# The packages whose code changes what is read.
READING = ("catalogue", "engines", "headers", "index", "library", "markup", "reader", "settings")
FEW = 50  # files: whether nothing but their texts has changed is worth a look
LOG = logging.getLogger("blog")


Said = Rows | Problem | LeftOut | str


class ManyChanges(Exception):
    """Say that more files have changed than were to be read."""


def update(
    into: Index,
    settings: Settings,
    keep: Collection[sources.Place] = (),
    most: int = 0,
    told: Collection[str] = (),
) -> bool:
    """Compare the files with the index and write the difference in one go; tell whether there was one.

    A folder of ``keep`` that is gone, and a file that is broken, stay as they were when they were good. Of files that
    are ``told``, by absolute path, only those are looked at, where that is enough.
    Raises ``ManyChanges`` if there are more than ``most``, unless that is 0.
    """
    generation, (files, known) = generations.generation(into.rows), looked_at(into, settings, keep, told)
    changed, again, unlisted = [], set(), []  # what is as it was is forgotten at once: there may be very many files
    for file in files:
        before = known.pop(file.path, None)
        if before != file.stamp:
            changed.append(file)
            again |= {file.path} if before else set()
            if most and len(changed) > most:
                raise ManyChanges
        if file.is_folder:
            unlisted.append("" if file.path == "." else f"{file.path}/")
    gone = {path for path in known if not path.startswith(tuple(unlisted))}
    if not gone and not changed:
        return False
    if generation:
        governed = list(below(settings, keep, gone | {file.path for file in changed}))
        changed += governed
        again |= {file.path for file in governed}
    if most and len(changed) > most:
        raise ManyChanges
    read = list(zip(changed, read_all(changed, settings), strict=True))
    with into.writing() as db:
        first = generations.generation(into.rows) == generation
        if first:
            put(db, gone, read, again, bool(keep), settings.facts.bundles)
    return first or update(into, settings, keep, most, told) or True  # another process was faster, may know more


def below(settings: Settings, keep: Collection[sources.Place], touched: Collection[str]) -> Iterator[sources.Found]:
    """Find the files that are to be read again because one that has come, changed or gone is heeded in reading them."""
    from .engines import reading_of

    governs = reading_of(settings).governs
    folders = {path.rpartition("/")[0] for path in touched if governs and governs.match(path.rpartition("/")[2])}
    within = tuple(f"{folder}/" if folder else "" for folder in folders)
    if within:
        found = sources.scan(settings, keep)
        yield from (file for file in found if file.path.startswith(within) and file.path not in touched)


def looked_at(
    into: Index, settings: Settings, keep: Collection[sources.Place], told: Collection[str]
) -> tuple[Iterable[sources.Found], dict[str, Stamp]]:
    """Return the files to compare, and the stamps that the index has of them."""
    found = sources.look(settings, told, keep) if told else None
    known = into.stamps() if found is None else into.stamps(found)
    if found is None or any(file is None and path not in known for path, file in found.items()):
        return sources.scan(settings, keep), into.stamps() if found is not None else known
    return filter(None, found.values()), known


def put(
    db: sqlite3.Connection,
    gone: Iterable[str],
    read: Iterable[tuple[sources.Found, Said]],
    known: Collection[str],
    keep: bool,
    bundles: bool,
) -> None:
    """Write what has changed; with ``keep`` the last good state of a broken file stays.

    With ``bundles`` the folder of a post's name beside it is its own.
    """
    read, gone = list(read), list(gone)
    documents: list[Rows] = []
    edited: list[str] | None = [] if read and not gone and len(read) <= FEW else None  # if that is all that has changed
    paths = {*gone, *(file.path for file, _ in read)}
    before = likeness.known(db, paths)
    for path in gone:
        writing.forget(db, path)
    for file, said in read:
        said, only_text = put_one(db, file, said, file.path in known, keep)
        documents += [said] if isinstance(said, Rows) else []
        if edited is not None:
            edited = [*edited, file.path] if only_text else None
    writing.put_documents(db, documents)
    likeness.settle(db, before, paths)
    if edited is None:
        settle_assets(db, bundles)
    generations.advance(db, edited or ())


def put_one(db: sqlite3.Connection, file: sources.Found, said: Said, known: bool, keep: bool) -> tuple[Said, bool]:
    """Write what a file says, but for its document, or that it stays as it was.

    Returns what holds, and whether nothing but its text has changed.
    """
    before = db.execute("SELECT doubt FROM documents WHERE path = ?", (file.path,)).fetchone() if keep else None
    good = before is not None
    said = in_doubt(file, said, bool(before and before[0])) if good else said
    kept = good and isinstance(said, Problem)
    only_text = kept or (isinstance(said, Rows) and said.differ_in_text(db))
    if known or good:
        writing.forget(db, file.path, ("problems", "files") if kept else OF_A_PATH)
    writing.put_file(db, file.path, file.stamp, file.address, said if isinstance(said, str) else None)
    if isinstance(said, Problem):
        writing.put_problem(db, said)
    elif isinstance(said, LeftOut):
        writing.put_left_out(db, file.path, said)
    return said, only_text


def in_doubt(file: sources.Found, said: Said, before: bool) -> Said:
    """Return a problem for a file that held a document and may be half written: editors empty a file first.

    ``before`` tells whether its header could only be read in parts before, too.
    """
    if not isinstance(said, Rows):
        return said
    if file.stamp.size == 0:
        return Problem(file.path, 0, "this file is empty; what is known of it stays as it was", True)
    if said.in_doubt and not before:
        _, line, message, _ = said.problems[0]
        message = message.removesuffix("; the header is read line by line")
        return Problem(file.path, line, f"{message}; what is known of it stays as it was", True)
    return said


def update_aside(path: Path, version: str, settings: Settings, keep: Collection[sources.Place]) -> None:
    """Update an index in a process of its own: it takes no time from this one, and its memory goes with it.

    Raises ``OSError`` or ``subprocess.SubprocessError``.
    """
    given = pickle.dumps((os.getpid(), path, version, settings, tuple(keep)))
    command = [sys.executable, "-c", "from blog.indexer import main; main()"]
    subprocess.run(command, input=given, check=True, cwd=Path(__file__).parent.parent)  # noqa: S603


def main() -> None:
    """Update the index that ``update_aside`` names on standard input."""
    gc.disable()  # this process ends before that would be worth its time
    processes.NEEDED_BY, path, version, settings, keep = pickle.load(sys.stdin.buffer)  # noqa: S301
    into = Index(path, version)
    if into.in_memory:
        sys.exit("the index can't be written")
    update(into, settings, keep)


def read_all(files: list[sources.Found], settings: Settings) -> Iterable[Said]:
    """Read files."""
    days = ledger.Days(settings.ledger)
    HISTORIES[settings.root] = History(settings.root)  # which asks git when it is asked itself, once in each process
    return processes.each(partial(read_file, settings=settings, days=days), files)


def read_file(file: sources.Found, settings: Settings, days: ledger.Days) -> Said:
    """Read a file: the rows of a document, what keeps it from being one, or of an asset its extent, if any."""
    if file.left_out:
        return LeftOut(file.left_out)
    if "\ufffd" in file.path:
        return Problem(file.path, 0, "the name of this file isn't UTF-8", True)
    if file.is_folder:
        return Problem(file.path, 0, "this folder can't be listed; what is known of it stays as it was", True)
    if file.is_link and os.path.exists(file.file):
        return Problem(file.path, 0, "this link leads out of the site; the setting follow can name where to", True)
    if not file.is_text:
        if urls.UNFIT.search(file.address):
            return Problem(file.path, 0, "a name with \\ or a control character can't be an address", True)
        return sources.extent(file) if os.access(file.file, os.R_OK) else Problem(file.path, 0, "can't be read", True)
    from . import engines, reader  # the parsers take a while to load, and are needed only when a file has changed
    from .reader.text import is_whole_page

    try:
        source = sources.read(file)
        if is_whole_page(source):
            return ""
        committed = HISTORIES[settings.root].first
        return rows_of(engines.reading_of(settings)(source, settings, days, committed).document())
    except reader.LeftOut as rule:
        return "" if rule.asset else LeftOut(str(rule))
    except ContentError as error:
        return Problem(file.path, error.line, error.reason, True)
    except OSError as error:
        return Problem(file.path, 0, f"can't be read: {error.strerror}", True)
    except Exception as error:  # a mistake of ours must not cost any other page
        LOG.exception("%s", file.path)
        return Problem(file.path, 0, f"{type(error).__name__}: {error}", True)


def version(settings: Settings) -> str:
    """Name all that the index depends on besides the files: the engine's code and a few settings."""
    asked = ("title", "permalink", "permalinks", "content", "timezone", "languages", "base_path", "facts", "furniture")
    said = repr((__version__, [getattr(settings, name) for name in asked], choices.of_site(settings)))
    digest = hashlib.sha256(said.encode())
    here = Path(__file__).parent
    for file in sorted([*here.glob("*.py"), *(file for name in READING for file in here.glob(f"{name}/**/*.py"))]):
        status = file.stat()
        digest.update(f"{file.name} {status.st_mtime_ns} {status.st_size}\n".encode())
    return digest.hexdigest()
