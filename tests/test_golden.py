"""One small site, frozen, as it was when somebody last read it: ``tests/golden/``.

A change that is meant is taken over by ``make golden``, and reviewed as a diff.
"""

from __future__ import annotations

import os
import shutil
from difflib import unified_diff
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"
THEME = Path(__file__).parent.parent / "static"


@pytest.fixture
def frozen(made):
    """Return the frozen site's files by name."""
    shutil.copytree(GOLDEN / "site", made.root, dirs_exist_ok=True)
    return made.freeze()


@pytest.fixture
def golden():
    """Return the files by name as they should be."""
    build = GOLDEN / "build"
    return {path.relative_to(build).as_posix(): path.read_bytes() for path in build.rglob("*") if path.is_file()}


def difference(name: str, old: bytes, new: bytes) -> str:
    """Return how a file differs, line by line."""
    before, after = (content.decode(errors="backslashreplace").splitlines() for content in (old, new))
    return "\n".join(unified_diff(before, after, f"golden/{name}", f"frozen/{name}", lineterm="", n=1))


def test_the_same_files_are_frozen_and_those_of_the_theme(frozen, golden):
    theme = {path.read_bytes() for path in THEME.rglob("*") if path.is_file()}
    assert sorted(name for name, content in frozen.items() if content not in theme) == sorted(golden)
    assert frozen["static/feed.css"] == (THEME / "feed.css").read_bytes()


def test_every_file_is_as_it_was(frozen, golden):
    changed = [difference(name, golden[name], frozen[name]) for name in golden if frozen.get(name) != golden[name]]
    assert not changed, "if all of this is meant, run make golden:\n\n" + "\n\n".join(changed)


def test_it_does_not_depend_on_when_its_files_were_written(made, golden):
    shutil.copytree(GOLDEN / "site", made.root, dirs_exist_ok=True)
    for path in made.root.rglob("*"):
        os.utime(path, (1e9, 1e9))
    frozen = made.freeze()
    assert {name: frozen.get(name) for name in golden} == golden
