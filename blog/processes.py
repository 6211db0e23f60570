"""Do the same to very many things in several processes."""

from __future__ import annotations

import gc
import logging
import os
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

WORTH_PROCESSES = 2000  # things
AT_ONCE = 200  # things that a process is given

Thing = TypeVar("Thing")
Made = TypeVar("Made")
LOG = logging.getLogger("blog")
NEEDED_BY = 0  # the process that this one was started by, where it is for nothing else
HELD: list[Callable[[Any], Any]] = []  # what a process of ours is there for


def each(function: Callable[[Thing], Made], things: Sequence[Thing]) -> list[Made]:
    """Return what a function makes of each thing, in order.

    Only things and what is made of them go from process to process: what else the function needs is there by the fork.
    """
    if len(things) < WORTH_PROCESSES or not can_fork():
        return [function(thing) for thing in things]
    import multiprocessing  # these take a while to load, and most sites never need them
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

    fork, found = multiprocessing.get_context("fork"), []
    try:
        with ProcessPoolExecutor(mp_context=fork, initializer=begin, initargs=(function,)) as pool:
            for made in pool.map(call, things, chunksize=AT_ONCE):
                end_if_not_needed()
                found.append(made)
        return found
    except (BrokenExecutor, OSError) as error:  # one was killed, perhaps for its memory, or none can be started
        LOG.warning("going on in one process: %s", error)
        return [function(thing) for thing in things]


def end_if_not_needed() -> None:
    """End this process if the one that waits for what it makes has gone."""
    if NEEDED_BY and os.getppid() != NEEDED_BY:
        os._exit(1)  # and those that it has started with it


def can_fork() -> bool:
    """Tell whether there is more than one processor, and this process can be forked: not between threads."""
    return hasattr(os, "fork") and (os.cpu_count() or 1) > 1 and threading.active_count() == 1


def begin(function: Callable[[Any], Any]) -> None:
    """Hold what this process is there for; it doesn't live long enough to suffer from what isn't collected."""
    threading.Thread(target=end_with_parent, daemon=True).start()
    gc.disable()
    HELD.append(function)


def end_with_parent() -> None:
    """End this process when the one that started it does, however that ends."""
    import multiprocessing.connection

    parent = multiprocessing.parent_process()
    if parent:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def call(thing: Any) -> Any:
    """Return what the function makes of one thing."""
    return HELD[0](thing)
