"""Content that is put in place as a whole: a symbolic link that leads elsewhere all at once, as git-sync makes it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest


def switch(link: Path, target: Path) -> None:
    """Let a link lead elsewhere, at once."""
    new = link.with_name(f"{link.name}.new")
    new.symlink_to(target)
    os.replace(new, link)


@pytest.mark.parametrize("watch", ["auto", "poll"])
@pytest.mark.parametrize("linked", [".", "posts"])
def test_content_behind_a_link_that_is_switched_is_shown_at_once(small, bench, tmp_path, linked, watch):
    """``linked`` is the folder that is a link: all of the site, or its posts alone."""
    second = tmp_path / "second"
    shutil.copytree(small.root, second)
    (second / "posts/two.md").write_text("---\ndate: 2026-11-02\n---\n# Two\n\nAnother text.\n")
    (second / "posts/four.md").write_text("---\ndate: 2026-11-03\n---\n# Four\n\nNew.\n")
    (second / "posts/one.md").unlink()
    served = tmp_path / "served"
    link = served
    if linked != ".":
        shutil.copytree(small.root, served, ignore=shutil.ignore_patterns(linked))
        link = served / linked
    switch(link, small.root / linked)
    follow = f"['{small.root}', '{second}']" if linked != "." else "[]"
    app = bench.granian(served, BLOG_WATCH=watch, BLOG_FOLLOW=follow)
    assert b"The second post." in app.ask("/posts/two/").body
    switch(link, second / linked)
    shutil.rmtree(small.root)
    bench.until(lambda: b"Another text." in app.ask("/posts/two/").body, app.log.read_text)
    bench.until(lambda: app.ask("/posts/four/").status == 200)
    bench.until(lambda: app.ask("/posts/one/").status == 404)
