"""The freeze: find what has to be rendered again, render it, move it into place, remove what is gone."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path

from flask import Flask

from .. import identity, site
from ..digests import Digests
from ..errors import FreezeError
from ..index import generations
from ..library import Question, noted
from ..settings import Settings
from ..values import plural
from . import extras, manifest, oracle, tree, workers
from .extras import Extras
from .manifest import Manifest, Page
from .tree import Found
from .workers import Done, Task

OURS = b'name="generator" content="Flatleaf"'  # in every page of the theme
SHOWN = 3  # pages with the same mistake
UNSURE = "?"  # the digest of no answer: who asked is rendered again next time
LARGE = 1_000_000  # bytes of a record, of some thousand pages: a scan takes longer than a process to do it
Watch = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """Say what a freeze has done."""

    posts: int
    files: int
    written: int
    removed: int
    seconds: float
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the summary line."""
        posts, files = plural(self.posts, "post"), plural(self.files, "file")
        same = self.files - self.written
        counts = f"{self.written:,} written, {same:,} unchanged, {self.removed:,} removed"
        return f"{posts}, {files}: {counts}, {self.seconds:.2f} s"


def freeze(
    app: Flask,
    destination: Path,
    jobs: int = 0,
    force: bool = False,
    watch: Watch | None = None,
    hosts: Collection[str] = (),
) -> Report:
    """Bring a build up to date; ``watch`` is told how many pages of how many are done.

    ``hosts`` are names beside those of the setting.

    Raises ``FreezeError`` with every page that can't be made; the old build is then as it was.
    """
    started, here = time.perf_counter(), site.of(app)
    tree.check_place(destination, here.settings)

    def once() -> Report:
        with ExitStack() as held:
            with uncollected():
                present = scanned(destination, here.settings)
                moment = held.enter_context(here.library.held())
                build = Build(app, destination, moment, force, hosts, present)
            return build.run(started, jobs, watch or (lambda _done, _of: None))

    with tree.locked(here.settings.path(here.settings.cache)):
        try:
            return once()
        except FilesGone:
            return once()


def scanned(destination: Path, settings: Settings) -> Callable[[], dict[str, Found]]:
    """Return what gives the files of a build: begun at once, and aside, if there are very many by the last record."""
    record = manifest.path(settings.path(settings.cache), destination)
    with suppress(OSError):
        if record.stat().st_size > LARGE:
            return tree.scan_aside(destination, settings.keep)
    return partial(tree.scan, destination, settings.keep)


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector away while much is loaded that stays: it would go through all of it."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def summed_up(errors: Iterable[str]) -> Iterator[str]:
    """Yield what is wrong with pages, one a line; of many with one reason, such as a bad template, the first few."""
    pages: dict[str, list[str]] = {}
    for error in dict.fromkeys(errors):
        page, _, reason = error.partition(": ")
        pages.setdefault(reason, []).append(page)
    for reason, found in pages.items():
        yield from (f"{page}: {reason}" for page in found[:SHOWN])
        if len(found) > SHOWN:
            yield f"and {plural(len(found) - SHOWN, 'more page')}: {reason}"


class FilesGone(FreezeError):
    """Say that files went away while they were frozen: with a new look at the folder it may go well."""


class Build:
    """Bring one build up to date."""

    def __init__(
        self,
        app: Flask,
        destination: Path,
        moment: datetime,
        force: bool,
        hosts: Collection[str] = (),
        present: Callable[[], dict[str, Found]] | None = None,
    ) -> None:
        self.app, self.destination, self.moment, self.hosts = app, destination, moment, sorted(hosts)
        self.site = site.of(app)
        self.library, self.settings = self.site.library, self.site.settings
        self.record = manifest.path(self.settings.path(self.settings.cache), destination)
        self.before = manifest.load(self.record)
        self.present = present() if present else tree.scan(destination, self.settings.keep)
        self.kept = {name for name in self.present if tree.is_kept(name, self.settings.keep)}
        self.refuse_foreign(force)
        self.world = manifest.world(app)
        self.stage = tree.Stage(destination)
        if self.before.world != self.world:
            self.before.pages, self.before.questions, self.before.answers, self.before.lists = {}, [], [], []
        self.of_index = generations.state(self.library.index.rows)
        self.state, self.published = self.library.state(self.of_index), self.before.published
        self.changed = self.before.changed(lambda: self.digests, self.state, moment.timestamp())
        self.lists: tuple[tuple[Question, str | None], ...] = ()
        self.files = self.addresses()

    def addresses(self) -> dict[str, str]:
        """Return the file of each address: as before, if nothing that the lists of addresses rest on has changed."""
        before = self.before
        if before.lists and self.changed.isdisjoint(before.lists):
            return {url: page.file for url, page in before.pages.items()}
        with noted() as notes:
            files = oracle.files(self.app, self.destination)
        self.lists = tuple(notes.items())
        return files

    def refuse_foreign(self, force: bool) -> None:
        """Refuse to remove files that no freeze has made."""
        known = {page.file for page in self.before.pages.values()} | set(self.before.pending)
        known |= self.before.extras.keys()
        foreign = sorted(name for name in self.present.keys() - known - self.kept if not name.endswith("/"))
        if not foreign or force or ((not known or not os.access(self.record.parent, os.W_OK)) and self.is_ours()):
            return
        some = ", ".join(foreign[:3]) + (f" and {len(foreign) - 3} more" if len(foreign) > 3 else "")
        message = (
            f"there are files that no freeze has made: {some}; move them, name them in the setting keep, or --force"
        )
        raise FreezeError(message, str(self.destination))

    def is_ours(self) -> bool:
        """Tell whether a build of which nothing is known was made by a freeze."""
        for name in ("404.html", "index.html", "archive/index.html"):
            with suppress(OSError):
                if OURS in (self.destination / name).read_bytes():
                    return True
        return False

    def run(self, started: float, jobs: int, watch: Watch) -> Report:
        """Render what is stale, then put it in place."""
        stale = self.stale()
        done = self.rendered(stale, jobs, watch) if stale else []
        problem = self.record_published()
        record = self.made(done) if done or self.changed or self.lists or self.moved_on() else self.before
        more = self.extras(record)
        gone = self.gone(set(self.files.values()) | more.made_of().keys())
        written = self.put_in_place(done, gone, record, more)
        posts, files = record.posts, len(self.files) + len(more.made_of())
        return Report(
            posts,
            files,
            written,
            sum(name[-1] != "/" for name in gone),
            time.perf_counter() - started,
            (*more.notes, *filter(None, [problem])),
        )

    def record_published(self) -> str:
        """Write down what this build publishes, unless that was done; return what is wrong if it can't be."""
        if self.before.world == self.world and not self.moved_on():
            return ""
        recorded = identity.record(self.library, self.published)
        self.published = recorded.mark
        if recorded.read == self.library.catalogue.ledger:  # it is what it was, but for what was written now
            self.state = self.library.state(self.of_index)
        if recorded.error:
            self.state = ""  # it is tried, and told, again next time
        return recorded.error

    def extras(self, record: Manifest) -> Extras:
        """Return what the build holds besides its pages."""
        known = record is self.before and record.hosts == self.hosts
        if known and (found := extras.same(self.settings, self.destination, record, self.present)):
            return found
        taken = extras.taken(self.present, self.settings.keep, self.before)
        return extras.plan(self.app, self.destination, record, self.hosts, taken)

    def gone(self, wanted: set[str]) -> list[str]:
        """Return the files that the build no longer holds; a kept one only if a freeze has made it as it is."""
        ours = {name for name in self.kept if self.before.extras.get(name, ())[:2] == self.present[name]}
        return sorted(self.present.keys() - wanted - (self.kept - ours))

    def stale(self) -> list[str]:
        """Return the addresses whose page isn't known to be as it would be rendered now."""
        pages = self.before.pages
        return [url for url, file in self.files.items() if not self.holds(pages.get(url), file)]

    @cached_property
    def digests(self) -> Digests:
        """Return the digests of answers; first asked for when all that they rest on is known."""
        return self.library.digests().whole()

    def holds(self, page: Page | None, file: str) -> bool:
        """Tell whether a page is as it was made, of answers that are the same."""
        return (
            page is not None
            and page.file == file
            and self.present.get(file) == (page.size, page.mtime_ns)
            and self.changed.isdisjoint(page.questions)
        )

    def rendered(self, stale: list[str], jobs: int, watch: Watch) -> list[Done]:
        """Render pages onto the stage; what is new comes first, and documents before the lists of them."""
        try:
            self.stage.open()
            done = list(self.work(stale, jobs, watch))
        except OSError as error:
            self.stage.close()
            raise FreezeError(f"can't write: {error.strerror}", str(error.filename or self.destination)) from None
        except BaseException:
            self.stage.close()
            raise
        failed = [one for one in done if one.error]
        if failed:
            self.stage.close()
            gone = all(one.head and one.head.status == 404 for one in failed)
            raise (FilesGone if gone else FreezeError)("\n".join(summed_up(one.error for one in failed)))
        return done

    def work(self, stale: list[str], jobs: int, watch: Watch) -> Iterator[Done]:
        """Have the stale pages rendered, one phase after the other."""
        jobs = 1 if self.library.index.in_memory else workers.count(len(stale), jobs)
        crew, finished = self.crew(jobs), 0
        with crew.executor:
            for phase in self.phases(stale):
                for done in crew.do(phase):
                    if done.fatal:
                        crew.executor.shutdown(cancel_futures=True)
                        raise FreezeError(done.error, str(self.destination))
                    finished += 1
                    watch(finished, len(stale))
                    yield done

    def phases(self, stale: list[str]) -> list[list[Task]]:
        """Order the work: new documents, what else is new, changed documents, what else has changed."""
        documents = {*self.library.post_urls(), *self.library.page_urls()}
        found: dict[tuple[bool, bool], list[Task]] = {}
        for number, url in enumerate(stale):
            file = self.files[url]
            present = self.present.get(file)
            task = Task(str(number) if self.present else file, url, file, present)
            found.setdefault((present is not None, url not in documents), []).append(task)
        return [found[key] for key in sorted(found)]

    def crew(self, jobs: int) -> workers.Crew:
        """Return who renders."""
        if jobs == 1:
            return workers.Crew(workers.Here(), workers.Worker(self.app, self.destination).work)
        self.library.save_rendered()
        make = partial(self.site.again, settings=self.settings)
        pool = workers.processes(jobs, make, self.moment, self.destination)
        return workers.Crew(pool, workers.work)

    def put_in_place(self, done: list[Done], gone: list[str], record: Manifest, more: Extras) -> int:
        """Move new files to their places, remove those that are gone, and remember what was made of what."""
        staged = [one for one in done if one.staged]
        stale = more.stale(self.before.extras, self.present)
        try:
            if stale or staged:
                self.remember_pending([*(one.task.file for one in staged), *stale])
            if staged and not self.present:
                self.stage.move_all()
            elif staged:
                for one in staged:
                    self.stage.move(one.task.place, one.task.file)
            record.extras = more.write(self.before.extras, stale)
            tree.remove(self.destination, gone)
        except OSError as error:
            raise FreezeError(f"can't write: {error.strerror}", str(error.filename or self.destination)) from None
        finally:
            self.stage.close()
        more.write_outside()
        if gone or not more.unchanged:
            record.pending, record.hosts, record.chosen = [], self.hosts, extras.choice(self.settings, self.hosts)
            record.outside = list(map(str, more.outside)) if not more.unchanged else record.outside
            manifest.save(self.record, record)
        return len(staged) + len(stale)

    def remember_pending(self, files: list[str]) -> None:
        """Note which files this run will make, beside those of the last one."""
        manifest.save_pending(self.record, files)

    def moved_on(self) -> bool:
        """Tell whether the index has changed, though no answer has."""
        return not self.before.is_of(self.state, self.moment.timestamp())

    def made(self, done: list[Done]) -> Manifest:
        """Return the manifest of the build as it will be."""
        before = self.before
        contents = self.library.catalogue
        made = replace(before, world=self.world, state=self.state, posts=len(contents.posts), pages={})
        made.published = self.published
        made.since, made.until = self.moment.timestamp(), contents.until
        made.questions, made.answers, made.heads = [*before.questions], [*before.answers], [*before.heads]
        for number in self.changed:
            made.answers[number] = self.digests.of(*made.questions[number])
        asked = Asked(made, self.digests)
        heads = {head: number for number, head in enumerate(made.heads)}
        fresh = {one.task.url: one for one in done}
        for url, file in self.files.items():
            one = fresh.get(url)
            if one and one.head and one.found:
                head = heads.setdefault(one.head, len(heads))
                made.pages[url] = Page(file, *one.found, head, asked.numbers(one.questions))
            elif url in before.pages:
                made.pages[url] = before.pages[url]
        made.heads = list(heads)
        made.lists = asked.numbers(self.lists) if self.lists else before.lists
        now = generations.state(self.library.index.rows)
        if now != self.of_index:  # another process wrote to it: what was rendered may be older
            for number in (*self.changed, *range(len(before.questions), len(made.questions))):
                made.answers[number] = UNSURE
        return made.compacted()


class Asked:
    """Number the questions of a manifest, new ones with the digests of their answers."""

    def __init__(self, made: Manifest, digests: Digests) -> None:
        self.made, self.digests = made, digests
        self.known = {question: number for number, question in enumerate(made.questions)}

    def numbers(self, asked: Collection[tuple[Question, str | None]]) -> list[int]:
        """Return the numbers of questions; ``None`` stands for a digest that is still to be made."""
        return [self.number(question, answer) for question, answer in asked]

    def number(self, question: Question, answer: str | None) -> int:
        """Return the number of a question.

        An answer that isn't the known one changed while pages were made of it: they are made again next time.
        """
        made, number = self.made, self.known.setdefault(question, len(self.known))
        if number == len(made.questions):
            made.questions.append(question)
            made.answers.append(answer or self.digests.of(*question))
        elif answer and made.answers[number] != answer:
            made.answers[number] = UNSURE
        return number
