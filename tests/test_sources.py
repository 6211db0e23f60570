"""Sources: which files are content, and what kind their place makes them."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from blog import sources
from blog.settings import load


def found(root: Path, **environment: str) -> dict[str, tuple[str, str, bool]]:
    settings = load(root, environment)
    return {file.path: (file.address, file.kind, file.is_text) for file in sources.scan(settings)}


def test_posts_and_pages_are_told_apart_by_their_folder(site: Callable[..., Any]) -> None:
    made = site({"posts/a.md": "", "posts/deep/b.markdown": "", "pages/c.txt": "", "pages/deep/d.html": ""})
    assert found(made.root) == {
        "posts/a.md": ("posts/a.md", "post", True),
        "posts/deep/b.markdown": ("posts/deep/b.markdown", "post", True),
        "pages/c.txt": ("c.txt", "page", True),
        "pages/deep/d.html": ("deep/d.html", "page", True),
    }


def test_beside_posts_and_pages_nothing_is_content(site: Callable[..., Any]) -> None:
    made = site({"pages/a.md": "", "README.md": "", "notes/b.md": "", "content/c.md": ""})
    assert list(found(made.root)) == ["pages/a.md"]


def test_a_content_folder_holds_both(site: Callable[..., Any]) -> None:
    made = site({"content/about.md": "", "content/posts/a.md": "", "content/post/b.md": "", "README.md": ""})
    assert found(made.root) == {
        "content/about.md": ("about.md", "page", True),
        "content/posts/a.md": ("posts/a.md", "post", True),
        "content/post/b.md": ("post/b.md", "post", True),
    }


def test_a_plain_folder_is_pages_and_pictures_and_nothing_else(site: Callable[..., Any]) -> None:
    names = ["a.md", "_posts/b.md", "c.png", "pyproject.toml", "secret.env", "app.py", "backup.sql", "templates/x.html"]
    made = site(dict.fromkeys(names, b""))
    assert found(made.root) == {
        "_posts/b.md": ("_posts/b.md", "post", True),
        "a.md": ("a.md", "page", True),
        "c.png": ("c.png", "page", False),
    }


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.md",
        ".git/x.md",
        "draft.md~",
        "#draft.md#",
        ".draft.md.swp",
        "draft.md.swp",
        "node_modules/x.md",
        "venv/x.md",
    ],
)
def test_hidden_files_and_backups_are_left_alone(site: Callable[..., Any], name: str) -> None:
    made = site({"posts/a.md": "", f"posts/{name}": ""})
    assert list(found(made.root)) == ["posts/a.md"]


def test_well_known_files_are_public(site: Callable[..., Any]) -> None:
    made = site({"pages/.well-known/security.txt": "Contact: x"})
    assert found(made.root) == {"pages/.well-known/security.txt": (".well-known/security.txt", "page", False)}


@pytest.mark.parametrize(
    ("name", "is_text"),
    [("a.MD", True), ("a.Txt", True), ("robots.txt", False), ("llms.txt", False), ("a.png", False), ("a", False)],
)
def test_texts_are_known_by_their_ending(site: Callable[..., Any], name: str, is_text: bool) -> None:
    made = site({f"pages/{name}": ""})
    assert found(made.root)[f"pages/{name}"][2] is is_text


def test_cache_and_build_are_not_content(site: Callable[..., Any]) -> None:
    made = site({"a.md": "", "out/index.html": "", "kept/x.md": "", "build/b.md": ""})
    kept = found(made.root, BLOG_BUILD="out", BLOG_CACHE="kept")
    assert list(kept) == ["a.md", "build/b.md"]


def test_the_order_is_the_same_whatever_the_disk_says(site: Callable[..., Any]) -> None:
    names = ["posts/b.md", "posts/a/z.md", "posts/C.md", "posts/a.md", "pages/x.md"]
    made = site(dict.fromkeys(names, ""))
    first = list(found(made.root))
    for name in names:
        (made.root / name).unlink()
    made.write(dict.fromkeys(reversed(names), ""))
    assert list(found(made.root)) == first
    assert sorted(first) == sorted(names)


def test_links_are_followed_once_loops_left_and_broken_ones_found(site: Callable[..., Any]) -> None:
    made = site({"posts/a.md": "", "elsewhere/b.md": ""})
    root: Path = made.root
    (root / "posts" / "linked").symlink_to(root / "elsewhere")
    (root / "posts" / "loop").symlink_to(root / "posts")
    (root / "posts" / "broken.md").symlink_to(root / "nowhere.md")
    assert list(found(root)) == ["posts/a.md", "posts/broken.md", "posts/linked/b.md"]


def test_what_is_no_file_is_passed_over(site: Callable[..., Any]) -> None:
    made = site({"posts/a.md": ""})
    os.mkfifo(made.root / "posts" / "pipe.md")
    assert list(found(made.root)) == ["posts/a.md"]


def test_a_stamp_is_the_files_time_and_size(site: Callable[..., Any]) -> None:
    made = site({"posts/a.md": "hello"})
    file: Path = made.root / "posts" / "a.md"
    os.utime(file, ns=(5, 1_346_803_200_123_456_789))
    (one,) = sources.scan(load(made.root, {}))
    assert (one.stamp.size, one.stamp.mtime_ns) == (5, file.stat().st_mtime_ns)
    source = sources.read(one)
    assert (source.path, source.address, source.kind, source.data) == ("posts/a.md", "posts/a.md", "post", b"hello")
    assert source.stamp == one.stamp


def test_a_folder_that_can_not_be_read_is_passed_over(site: Callable[..., Any]) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read every folder")
    made = site({"posts/a.md": "", "posts/closed/b.md": ""})
    closed: Path = made.root / "posts" / "closed"
    closed.chmod(0)
    try:
        assert list(found(made.root)) == ["posts/a.md"]
    finally:
        closed.chmod(stat.S_IRWXU)


def test_an_empty_site_has_no_content(tmp_path: Path) -> None:
    assert found(tmp_path) == {}


def test_a_look_at_some_files_finds_what_a_scan_finds(made):
    names = ["posts/a.md", "posts/b/index.md", "posts/b/pic.png", "posts/größe.md", "pages/about.md", "pages/x/y.txt"]
    made.write(dict.fromkeys(names, "# Words\n"))
    settings = load(made.root, {})
    scanned = {file.path: file for file in sources.scan(settings)}
    assert sorted(scanned) == sorted(names)
    assert sources.look(settings, [str(made.root / name) for name in names]) == scanned


def test_a_look_at_a_file_that_is_gone_finds_that(made):
    made.write({"posts/a.md": "# A\n"})
    assert sources.look(load(made.root, {}), [str(made.root / "posts/b.md")]) == {"posts/b.md": None}


def test_a_look_passes_over_what_is_hidden(made):
    made.write({"posts/a.md": "# A\n", "posts/.b.md": "x", "posts/c.md~": "x", "posts/node_modules/d.md": "x"})
    hidden = [str(made.root / name) for name in ("posts/.b.md", "posts/c.md~", "posts/node_modules/d.md")]
    assert sources.look(load(made.root, {}), hidden) == {}


def test_only_a_scan_can_tell_of_folders_links_and_what_lies_elsewhere(made):
    made.write({"posts/a/b.md": "# A\n", "other.md": "# O\n"})
    (made.root / "posts/link.md").symlink_to(made.root / "posts/a/b.md")
    (made.root / "posts/linked").symlink_to(made.root / "posts/a")
    settings = load(made.root, {})
    for name in ("posts/a", "posts/link.md", "posts/linked/b.md", "other.md"):
        assert sources.look(settings, [str(made.root / name)]) is None, name


def test_in_a_plain_folder_only_a_scan_can_tell(made):
    made.write({"a.md": "# A\n"})
    assert sources.look(load(made.root, {}), [str(made.root / "a.md")]) is None
