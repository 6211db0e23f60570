"""A watcher tells of every change, whatever becomes of the folders, and ends when it is told to."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from blog.watch import LOOK_S, Watcher, kind_of


class Told:
    """A watcher of some folders, and what it has told."""

    def __init__(self, *folders: Path, **options: Any) -> None:
        self.calls: list[set[str]] = []
        self.watcher = Watcher(lambda: folders, self.calls.append, **options)
        self.watcher.start()

    def until(self, holds: Callable[[list[set[str]]], Any], seconds: float = 10) -> None:
        end = time.monotonic() + seconds
        while not holds(self.calls):
            assert time.monotonic() < end, self.calls
            time.sleep(0.005)

    def until_it_watches(self) -> None:
        """Wait for the look at everything with which watching begins."""
        self.until(lambda calls: set() in calls)

    def until_named(self, path: Path) -> None:
        self.until(lambda calls: any(str(path) in paths for paths in calls))


@pytest.fixture
def watch() -> Iterator[Callable[..., Told]]:
    """Return a function that begins to watch; each watcher is ended with the test."""
    begun: list[Told] = []

    def begin(*folders: Path, **options: Any) -> Told:
        begun.append(Told(*folders, **options))
        return begun[-1]

    yield begin
    for told in begun:
        told.watcher.stop()
        assert not told.watcher.thread.is_alive()


def test_it_names_files_that_come_change_and_go(tmp_path, watch):
    told, file = watch(tmp_path), tmp_path / "a" / "b.md"
    told.until_it_watches()
    file.parent.mkdir()
    told.until_named(file.parent)
    for change in (lambda: file.write_text("1"), lambda: file.write_text("2"), file.unlink):
        told.calls.clear()
        change()
        told.until_named(file)


def test_many_changes_are_told_together(tmp_path, watch):
    told = watch(tmp_path)
    told.until_it_watches()
    told.calls.clear()
    files = [tmp_path / f"{number}.md" for number in range(300)]
    for file in files:
        file.write_text("x")
    told.until(lambda calls: {str(file) for file in files} <= set().union(*calls))
    assert len(told.calls) < 30


def test_it_looks_once_when_it_begins_as_something_may_have_changed_before(tmp_path, watch):
    told = watch(tmp_path)
    told.until_it_watches()
    (tmp_path / "a.md").write_text("x")
    told.until_named(tmp_path / "a.md")
    assert told.calls.count(set()) <= 2


def test_what_is_to_be_ignored_is(tmp_path, watch):
    (tmp_path / "cache").mkdir()
    told = watch(tmp_path, ignored=[tmp_path / "cache"])
    told.until_it_watches()
    (tmp_path / "cache/index").write_text("x")
    (tmp_path / "cache-not.md").write_text("x")
    told.until_named(tmp_path / "cache-not.md")
    assert not any("cache/" in path or path.endswith("cache") for paths in told.calls for path in paths)


@pytest.mark.parametrize("poll", [False, True])
def test_a_folder_may_come_go_and_become_another(tmp_path, watch, poll):
    folder, other = tmp_path / "content", tmp_path / "other"
    told = watch(tmp_path / "always", folder, poll=poll)
    told.until_it_watches()
    for step in (folder.mkdir, lambda: shutil.rmtree(folder), folder.mkdir, lambda: folder.rename(other)):
        told.calls.clear()
        step()
        told.until_it_watches()
    folder.symlink_to("other")
    told.calls.clear()
    told.until_it_watches()
    (folder / "a.md").write_text("x")
    told.until(lambda calls: poll or any(path.endswith("a.md") for paths in calls for path in paths))


def test_a_link_that_is_switched_is_noticed_within_half_a_second(tmp_path, watch):
    for name in "ab":
        (tmp_path / name).mkdir()
    link = tmp_path / "link"
    link.symlink_to("a")
    told = watch(link)
    told.until_it_watches()
    told.until(lambda calls: calls.count(set()) > 0)
    for target in "bab":
        (tmp_path / "new").symlink_to(target)
        told.calls.clear()
        began = time.monotonic()
        (tmp_path / "new").replace(link)
        told.until_it_watches()
        assert time.monotonic() - began < 2  # half a second, on a machine that has nothing else to do


def test_loops_of_links_and_pipes_are_no_hindrance(tmp_path, watch):
    import os

    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    os.mkfifo(tmp_path / "pipe")
    told = watch(tmp_path)
    told.until_it_watches()
    (tmp_path / "a.md").write_text("x")
    told.until_named(tmp_path / "a.md")


def test_polling_tells_that_it_is_time_to_look(tmp_path, watch):
    told = watch(tmp_path, poll=True)
    began = time.monotonic()
    told.until(lambda calls: len(calls) >= 2)
    assert time.monotonic() - began >= LOOK_S
    assert told.calls == [set()] * len(told.calls)


def test_without_watchfiles_it_polls_and_says_so(tmp_path, watch, caplog, monkeypatch):
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    told = watch(tmp_path)
    told.until(lambda calls: len(calls) >= 2)
    assert [message for message in caplog.messages if "looking for them" in message]
    assert len(caplog.messages) == 1


def test_what_goes_wrong_with_a_change_is_logged_and_the_next_one_is_told(tmp_path, caplog):
    calls: list[set[str]] = []

    def changed(paths: set[str]) -> None:
        calls.append(paths)
        if len(calls) == 1:
            raise ValueError("not today")

    watcher = Watcher(lambda: [tmp_path], changed)
    watcher.start()
    end = time.monotonic() + 10
    while len(calls) < 2 and time.monotonic() < end:
        time.sleep(0.005)
    watcher.stop()
    assert len(calls) >= 2
    assert caplog.messages == ["while keeping up with changes"]


def test_it_ends_soon_also_from_within(tmp_path):
    ended = threading.Event()

    def changed(_paths: set[str]) -> None:
        watcher.stop()
        ended.set()

    for poll in (False, True):
        ended.clear()
        watcher = Watcher(lambda: [tmp_path], changed, poll=poll)
        watcher.start()
        assert ended.wait(10)
        watcher.thread.join(timeout=10)
        assert not watcher.thread.is_alive()


def test_no_folder_at_all_is_waited_for(tmp_path, watch):
    told = watch(tmp_path / "later")
    told.until_it_watches()
    told.calls.clear()
    (tmp_path / "later").mkdir()
    told.until(lambda calls: calls.count(set()) >= 2)  # that there is a folder now, and that it is watched
    (tmp_path / "later/a.md").write_text("x")
    told.until_named(tmp_path / "later/a.md")


@pytest.mark.skipif(not Path("/proc/self/mounts").exists(), reason="only where the system tells what is mounted")
def test_the_kind_of_a_file_system_is_that_of_the_nearest_mount():
    assert kind_of(Path("/proc/self/fd")) == "proc"
    assert kind_of(Path("/proc")) == "proc"
    assert kind_of(Path("/proceedings")) == kind_of(Path("/"))
