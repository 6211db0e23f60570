"""Who renders: this process, or several with an app each. Any ``concurrent.futures.Executor`` will do."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask

from .. import site
from ..library import Question
from ..processes import end_with_parent
from .pages import Head, Pages
from .tree import Found, Stage

T = TypeVar("T")
WORTH_A_PROCESS = 100  # pages; below that starting one takes longer than it saves
CHUNK = 40  # pages that are handed over at once


@dataclass(frozen=True, slots=True)
class Task:
    """Ask for a page: ``place`` is where it goes on the stage, ``present`` the state of its file in the build."""

    place: str
    url: str
    file: str
    present: Found | None


@dataclass(frozen=True, slots=True)
class Done:
    """Hold what became of a task: ``staged`` if it has a new body, ``error`` is one line if it failed.

    ``fatal`` tells that nothing can be written any more.
    """

    task: Task
    questions: tuple[tuple[Question, str | None], ...] = ()
    head: Head | None = None
    found: Found | None = None
    staged: bool = False
    error: str = ""
    fatal: bool = False


class Worker:
    """Render pages of one moment and put them on the stage."""

    def __init__(self, app: Flask, destination: Path) -> None:
        self.pages, self.stage = Pages(app), Stage(destination)
        self.library = site.of(app).library

    def work(self, tasks: list[Task]) -> list[Done]:
        """Do some tasks; what was rendered for them is in the index afterwards."""
        done = [self.one(task) for task in tasks]
        self.library.save_rendered()
        return done

    def one(self, task: Task) -> Done:
        """Render one page, and stage it unless its file holds the same bytes already."""
        answer = self.pages.ask(task.url)
        if answer.error:
            return Done(task, head=answer.head, error=answer.error)
        try:
            target = self.stage.destination / task.file
            if task.present and task.present.size == len(answer.body) and target.read_bytes() == answer.body:
                return Done(task, answer.questions, answer.head, task.present)
            found = self.stage.put(task.place, answer.body)
        except OSError as error:
            return Done(task, error=f"can't write: {error.strerror}", fatal=True)
        return Done(task, answer.questions, answer.head, found, True)


class Here(Executor):
    """Run everything at once in this process."""

    def submit(self, call: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Return a future that has its result."""
        future: Future[T] = Future()
        future.set_result(call(*args, **kwargs))
        return future


WORKER: Worker | None = None
HELD = ExitStack()


def start(make: Callable[[], Flask], moment: datetime, destination: Path) -> None:
    """Make the app of a new process, for one moment that lasts as long as the process."""
    global WORKER
    threading.Thread(target=end_with_parent, daemon=True).start()
    app = make()
    gc.freeze()  # the collector needn't go through what stays
    HELD.enter_context(site.of(app).library.held(moment))
    WORKER = Worker(app, destination)


def work(tasks: list[Task]) -> list[Done]:
    """Do some tasks in a process that ``start`` has prepared."""
    assert WORKER
    return WORKER.work(tasks)


def processes(jobs: int, *of: Any) -> Executor:
    """Return an executor with processes that are prepared by ``start``."""
    import multiprocessing  # these take a while to load, and most freezes need one process
    from concurrent.futures import ProcessPoolExecutor

    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(jobs, context, start, of)


@dataclass(frozen=True, slots=True)
class Crew:
    """Pair an executor with what to call in it."""

    executor: Executor
    call: Callable[[list[Task]], list[Done]]

    def do(self, tasks: list[Task]) -> Iterator[Done]:
        """Do tasks, chunk by chunk; yield them in order."""
        chunks = [tasks[at : at + CHUNK] for at in range(0, len(tasks), CHUNK)]
        for future in [self.executor.submit(self.call, chunk) for chunk in chunks]:
            yield from future.result()


def count(pages: int, jobs: int) -> int:
    """Return how many processes are worth it."""
    return max(1, min(jobs or os.cpu_count() or 1, pages // WORTH_A_PROCESS))
