"""Doing the same to very many things in several processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from blog import processes


def test_what_is_made_of_very_many_things_comes_in_their_order():
    base = object()  # nothing that could be pickled with the function has to be
    made = processes.each(lambda thing: (thing * 2, base is not None), range(processes.WORTH_PROCESSES))
    assert made == [(thing * 2, True) for thing in range(processes.WORTH_PROCESSES)]


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="this machine has one processor")
def test_other_processes_do_it_unless_there_are_few_or_threads():
    def who(_thing: int) -> int:
        return os.getpid()

    many = range(processes.WORTH_PROCESSES)
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    if threading.active_count() == 1:
        assert os.getpid() not in processes.each(who, many)
    assert set(processes.each(who, many[1:])) == {os.getpid()}
    thread.start()
    try:
        assert set(processes.each(who, many)) == {os.getpid()}
    finally:
        ended.set()
        thread.join()


def test_what_goes_wrong_there_is_raised_here():
    with pytest.raises(ZeroDivisionError):
        processes.each(lambda thing: 1 // (thing - 1), range(processes.WORTH_PROCESSES))


def test_what_a_helper_that_was_killed_had_to_do_is_done_here(caplog):
    me = os.getpid()

    def fragile(thing: int) -> int:
        if os.getpid() != me and thing == 7:
            os.kill(os.getpid(), signal.SIGKILL)
        return thing

    assert processes.each(fragile, range(processes.WORTH_PROCESSES)) == [*range(processes.WORTH_PROCESSES)]


HANGING = """
import sys, time
from pathlib import Path
from blog import processes

def hang(thing):
    (Path(sys.argv[1]) / str(processes.os.getpid())).touch()
    time.sleep(600)

processes.each(hang, range(processes.WORTH_PROCESSES))
"""


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="this machine has one processor")
def test_they_end_with_the_process_that_needed_them(tmp_path):
    started = subprocess.Popen([sys.executable, "-c", HANGING, str(tmp_path)])
    try:
        until(lambda: list(tmp_path.iterdir()))
        helpers = [int(path.name) for path in tmp_path.iterdir()]
    finally:
        started.kill()
        started.wait()
    until(lambda: not any(alive(pid) for pid in helpers))


NEEDED = """
import sys, time
from pathlib import Path
from blog import processes

def work(thing):
    (Path(sys.argv[1]) / str(processes.os.getppid())).touch()
    time.sleep(0.01)

processes.NEEDED_BY = int(sys.argv[2])
processes.each(work, range(100 * processes.WORTH_PROCESSES))
"""
NEEDING = """
import os, subprocess, sys
subprocess.run([sys.executable, "-c", sys.argv[1], sys.argv[2], str(os.getpid())])
"""


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="this machine has one processor")
def test_one_that_is_there_for_another_only_ends_with_it(tmp_path):
    started = subprocess.Popen([sys.executable, "-c", NEEDING, NEEDED, str(tmp_path)])
    try:
        until(lambda: list(tmp_path.iterdir()))
        (needed,) = (int(path.name) for path in tmp_path.iterdir())
    finally:
        started.kill()
        started.wait()
    until(lambda: not alive(needed))


def alive(pid: int) -> bool:
    """Tell whether a process runs: one that has ended may wait for somebody to ask how."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)
