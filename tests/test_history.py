"""Dates from git: when a file was first committed, where there is a whole history that says so."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import history
from blog.history import History

TEXT = "".join(f"line {number} of a text that is long enough to be known again\n" for number in range(20))

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="there is no git here")


class Repository:
    """A git repository, with commits at given times."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, **environment: str) -> None:
        who = {f"GIT_{kind}_{what}": "a@example.org" for kind in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        subprocess.run(
            ["git", *arguments], cwd=self.root, env=clean | who | environment, check=True, capture_output=True
        )

    def write(self, name: str, text: str = TEXT) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def commit(self, author: str, committer: str = "2026-01-01T00:00:00+00:00") -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x", GIT_AUTHOR_DATE=author, GIT_COMMITTER_DATE=committer)

    def first(self, name: str, below: str = "") -> str | None:
        moment = History(self.root / below).first(name)
        return moment and moment.isoformat()


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "site")


FIRST, SECOND, THIRD = "2012-09-05T23:30:00-07:00", "2013-01-02T10:00:00+09:00", "2014-01-02T10:00:00+00:00"


def test_a_file_has_the_authors_date_of_its_first_commit_with_its_offset(repository: Repository) -> None:
    repository.write("posts/moving on é.md")
    repository.commit(FIRST)
    repository.write("posts/moving on é.md", TEXT + "more")
    repository.write("posts/second.md", "another")
    repository.commit(SECOND)
    assert repository.first("posts/moving on é.md") == FIRST
    assert repository.first("posts/second.md") == SECOND
    repository.write("posts/third.md")
    assert repository.first("posts/third.md") is None


def test_a_renamed_file_keeps_its_date(repository: Repository) -> None:
    repository.write("a.md")
    repository.commit(FIRST)
    repository.git("mv", "a.md", "b.md")
    repository.commit("2012-12-01T10:00:00Z")
    repository.write("a.md", "something else that is new")
    repository.commit(SECOND)
    (repository.root / "posts").mkdir()
    repository.git("mv", "b.md", "posts/c.md")
    repository.write("posts/c.md", TEXT + "and more")
    repository.commit(THIRD)
    assert repository.first("posts/c.md") == FIRST
    assert repository.first("a.md") == SECOND


def test_a_file_that_was_away_for_a_while_is_as_old_as_it_was(repository: Repository) -> None:
    repository.write("a.md")
    repository.commit(FIRST)
    repository.git("rm", "-q", "a.md")
    repository.commit(SECOND)
    repository.write("a.md", "again")
    repository.commit(THIRD)
    assert repository.first("a.md") == FIRST


def test_a_branch_that_was_merged_counts(repository: Repository) -> None:
    repository.write("a.md")
    repository.commit(FIRST)
    repository.git("checkout", "-q", "-b", "other")
    repository.write("b.md", "another")
    repository.commit(SECOND)
    repository.git("checkout", "-q", "main")
    repository.write("c.md", "a third")
    repository.commit(THIRD)
    repository.git("merge", "-q", "--no-ff", "-m", "x", "other")
    assert repository.first("b.md") == SECOND


def test_a_site_may_lie_in_a_folder_of_a_repository(repository: Repository) -> None:
    repository.write("site/posts/a.md")
    repository.write("posts/a.md", "not this one")
    repository.commit(FIRST)
    assert repository.first("posts/a.md", "site") == FIRST
    assert History(repository.root / "site").load().keys() == {"posts/a.md"}


def test_a_shallow_clone_says_nothing(repository: Repository, tmp_path: Path) -> None:
    repository.write("a.md")
    repository.commit(FIRST)
    repository.write("b.md", "another")
    repository.commit(SECOND)
    repository.git("clone", "-q", "--depth", "1", f"file://{repository.root}", str(tmp_path / "clone"))
    assert History(tmp_path / "clone").load() == {}


def test_a_folder_without_a_repository_never_starts_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = program(tmp_path / "bin", monkeypatch, "exit 0")
    (tmp_path / "site").mkdir()
    assert History(tmp_path / "site").first("a.md") is None
    assert not started.exists()


def test_git_is_started_only_when_it_is_asked_and_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = r'printf "\001%s\000A\000a.md\000" 2012-09-05T10:00Z'
    says = rf'case "$*" in *rev-parse*) printf "false\n1\n\n";; *) {log};; esac'
    started = program(tmp_path / "bin", monkeypatch, says)
    (tmp_path / "site" / ".git").mkdir(parents=True)
    asked = History(tmp_path / "site")
    assert not started.exists()
    moments = [asked.first("a.md"), asked.first("a.md"), asked.first("b.md")]
    assert [moment and moment.isoformat() for moment in moments] == ["2012-09-05T10:00:00+00:00"] * 2 + [None]
    assert started.read_text().count("\n") == 2  # is it whole, and its log


def program(folder: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> Path:
    """Put a program named git before the real one; return the file in which it writes that it was started."""
    folder.mkdir()
    started = folder / "started"
    (folder / "git").write_text(f"#!/bin/sh\necho started >> {started}\n{does}\n")
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return started


def test_where_there_is_no_git_nothing_is_said(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.write("a.md")
    repository.commit(FIRST)
    monkeypatch.setenv("PATH", str(repository.root))
    assert History(repository.root).load() == {}


@pytest.mark.parametrize("does", ["exit 128", "kill -9 $$"])
def test_a_git_that_fails_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    program(tmp_path / "bin", monkeypatch, does)
    (tmp_path / ".git").write_text("gitdir: nowhere")
    assert History(tmp_path).load() == {}


def test_a_git_that_takes_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    program(tmp_path / "bin", monkeypatch, r'case "$*" in *rev-parse*) printf "false\n1\n\n";; *) exec sleep 60;; esac')
    monkeypatch.setattr(history, "PATIENCE", 3)
    (tmp_path / ".git").mkdir()
    start = time.monotonic()
    assert History(tmp_path).load() == {}
    assert time.monotonic() - start < 30
    assert "git took more than" in caplog.text
    assert History(tmp_path).load() == {}
    assert caplog.text.count("git took more than") == 1  # it isn't tried again before the next commit


def test_an_empty_repository_says_nothing(repository: Repository) -> None:
    assert History(repository.root).load() == {}


def test_neither_the_environment_nor_the_configuration_changes_the_answer(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("a.md")
    repository.commit(FIRST)
    repository.git("mv", "a.md", "b é.md")
    repository.commit(SECOND)
    want = History(repository.root).load()
    assert want["b é.md"].isoformat() == FIRST
    marker = tmp_path / "ran"
    for setting in (
        "log.showSignature=true",
        "log.showRoot=false",
        "log.date=relative",
        "log.follow=true",
        "diff.renames=false",
        "diff.relative=false",
        "diff.external=touch " + str(marker),
        "core.pager=touch " + str(marker),
        "core.fsmonitor=touch " + str(marker),
        "color.ui=always",
        "format.pretty=oneline",
        "core.quotepath=true",
    ):
        repository.git("config", *setting.split("=", 1))
    for name, value in {
        "GIT_DIR": str(tmp_path),
        "GIT_WORK_TREE": str(tmp_path),
        "GIT_PAGER": f"touch {marker}",
        "GIT_EXTERNAL_DIFF": f"touch {marker}",
        "GIT_TRACE": "1",
        "PAGER": f"touch {marker}",
        "TZ": "Pacific/Auckland",
        "LC_ALL": "de_DE.UTF-8",
    }.items():
        monkeypatch.setenv(name, value)
    asked = History(repository.root)
    assert asked.load() == want
    assert [moment.isoformat() for moment in asked.load().values()] == [moment.isoformat() for moment in want.values()]
    assert not marker.exists()


def test_the_log_is_read_again_after_a_commit_only(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.write("a.md")
    repository.commit(FIRST)
    known = History(repository.root).load()
    assert History(repository.root).load() is known
    repository.write("b.md", "another")
    repository.commit(SECOND)
    assert History(repository.root).load().keys() == {"a.md", "b.md"}


def test_what_is_known_can_be_given_to_other_processes(repository: Repository) -> None:
    repository.write("a.md")
    repository.commit(FIRST)
    asked = History(repository.root)
    asked.load()
    shutil.rmtree(repository.root / ".git")
    assert pickle.loads(pickle.dumps(asked)).first("a.md") == datetime.fromisoformat(FIRST)


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(["\x012012-09-05T10:00:00Z", "\nA", "R100", "a", "b"])).map("\0".join)
)
def test_any_log_is_read(log: str) -> None:
    assert all(moment.utcoffset() is not None for moment in history.dates_of(log).values())


@pytest.mark.parametrize(
    "shape",
    [
        lambda n: "\x012012-09-05T10:00:00Z\0" + "".join(f"A\0{k}\0" for k in range(n)),
        lambda n: "\x012012-09-05T10:00:00Z\0" + "".join(f"R100\0{k + 1}\0{k}\0" for k in range(n)),
        lambda n: "\x012012-09-05T10:00:00Z\0" + "R100\0a\0b\0R100\0b\0a\0" * n,
    ],
    ids=["added", "renamed", "to and fro"],
)
def test_a_long_log_takes_work_in_proportion(grows_linearly: Callable[..., None], shape: Callable[[int], str]) -> None:
    grows_linearly(lambda log: history.dates_of(log), shape, 3_000)
