"""A served site follows its files by itself; what is broken or away stays as it was when it was good.

FLATLEAF_STORM asks for more seconds of edits at random than a run of all tests has time for.
"""

from __future__ import annotations

import gc
import logging
import os
import random
import shutil
import sqlite3
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from blog import create_app, indexer, sources
from blog.index import Index
from blog.index.generations import generation
from blog.settings import load
from blog.site import library, of

SECONDS = float(os.environ.get("FLATLEAF_STORM", "1.5"))
POST = "---\ntitle: {}\ndate: 2026-01-0{}\ntags: [sea]\n---\n\n{}\n"
FILES = {
    "posts/a.md": POST.format("A", 1, "First."),
    "posts/b.md": POST.format("B", 2, "Second."),
    "pages/about.md": "# About\n",
    "static/own.css": "a {}",
}
BROKEN = "---\ntitle: B\ndate: [\n---\n\nSecond.\n"  # its title can be read
HOPELESS = "---\ntitle: [\n---\n\nSecond.\n"  # nothing of its header can


def until(holds: Callable[[], Any], seconds: float = 10) -> Any:
    """Wait until something holds; return it."""
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end, "still not after so long"
        time.sleep(0.01)
    return found


class Served:
    """A site that is served by this process."""

    def __init__(self, made: Any, views: dict[str, Callable[[], str]]) -> None:
        self.made, self.root = made, made.root
        self.app: Flask = create_app(self.root, clock=lambda: made.now, live=True)
        for url, view in views.items():
            self.app.add_url_rule(url, url, view)
        live = of(self.app).live
        assert live
        self.live, self.library = live, of(self.app).library
        self.client = self.app.test_client()
        self.get("/")

    def get(self, url: str) -> tuple[int, str]:
        answer = self.client.get(url, buffered=True)
        return answer.status_code, answer.get_data(as_text=True)

    def shows(self, url: str, text: str = "", status: int = 200) -> bool:
        found, said = self.get(url)
        return found == status and text in said

    def problems(self) -> dict[str, str]:
        return {problem.path: problem.message for problem in self.library.problems()}


@pytest.fixture(params=["auto", "poll"])
def way(request) -> str:
    return request.param


@pytest.fixture
def serve(made) -> Iterator[Callable[..., Served]]:
    """Return a function that serves a site of some files; each is ended with the test."""
    served: list[Served] = []

    def start(files: dict[str, Any] = FILES, views: dict[str, Any] | None = None) -> Served:
        made.write(files)
        served.append(Served(made, views or {}))
        return served[-1]

    yield start
    for one in served:
        one.live.end()


@pytest.fixture
def followed(made, serve, way) -> Served:
    """Return a served site, followed in each of the ways."""
    made.settings(watch=way)
    return serve()


# What changes, shows


def test_new_changed_renamed_and_deleted_files_show(made, followed):
    made.write({"posts/c.md": POST.format("C", 3, "Third.")})
    until(lambda: followed.shows("/posts/c/", "Third."))
    assert followed.shows("/archive/", "/posts/c/")
    made.write({"posts/c.md": POST.format("C", 3, "Other.")})
    until(lambda: followed.shows("/posts/c/", "Other."))
    (made.root / "posts/c.md").rename(made.root / "posts/d.md")
    until(lambda: followed.shows("/posts/d/", "Other."))
    assert followed.shows("/posts/c/", status=404)
    (made.root / "posts/d.md").unlink()
    until(lambda: followed.shows("/posts/d/", status=404))
    assert not followed.shows("/", "/posts/d/")


def test_a_file_that_is_replaced_whole_shows_and_is_never_away(made, followed):
    """As editors save: another file is written beside it and takes its name."""
    seen = set()
    for number in range(5):
        (made.root / "posts/.a.md.new").write_text(POST.format("A", 1, f"Version {number}."))
        (made.root / "posts/.a.md.new").rename(made.root / "posts/a.md")

        def shown(text: str = f"Version {number}.") -> bool:
            seen.add(followed.get("/posts/a/")[0])
            return followed.shows("/posts/a/", text)

        until(shown)
    assert seen == {200}


def test_static_files_show_and_pages_name_their_new_version(made, followed):
    _, before = followed.get("/posts/a/")
    made.write({"static/own.css": "b { color: blue }", "static/theme.css": "c {}"})
    until(lambda: followed.shows("/static/own.css", "blue") and followed.shows("/static/theme.css", "c {}"))
    until(lambda: followed.get("/posts/a/")[1] != before)
    shutil.rmtree(made.root / "static")
    until(lambda: followed.shows("/static/own.css", status=404))
    until(lambda: followed.get("/posts/a/")[1] == before)


def test_templates_show_also_when_their_folder_is_made_later(made, followed):
    made.write({"templates/page.html": "page {{ page.title }}"})
    until(lambda: followed.shows("/about/", "page About"))
    made.write({"templates/page.html": "other {{ page.title }}"})
    until(lambda: followed.shows("/about/", "other About"))
    shutil.rmtree(made.root / "templates")
    until(lambda: followed.shows("/about/", "<!DOCTYPE html>"))


def test_an_asset_shows(made, followed):
    made.write({"posts/c/index.md": POST.format("C", 3, "![m](m.svg)"), "posts/c/m.svg": "<svg>1</svg>"})
    until(lambda: followed.shows("/posts/c/m.svg", "1") and followed.shows("/posts/c/", "m.svg"))
    made.write({"posts/c/m.svg": "<svg>2</svg>"})
    until(lambda: followed.shows("/posts/c/m.svg", "2"))
    shutil.rmtree(made.root / "posts/c")
    until(lambda: followed.shows("/posts/c/m.svg", status=404))


def test_a_post_appears_at_its_second_without_any_change(made, serve):
    served = serve(
        FILES | {"posts/soon.md": POST.format("Soon", 1, "Now.").replace("2026-01-01", "2026-11-20 12:00:10")}
    )
    assert served.shows("/posts/soon/", status=404)
    assert not served.shows("/feed.xml", "Soon")
    made.now += timedelta(seconds=10)
    assert served.shows("/posts/soon/", "Now.")
    assert all(served.shows(url, "Soon") for url in ("/", "/archive/", "/feed.xml", "/tags/sea/"))
    made.now -= timedelta(seconds=1)
    assert served.shows("/posts/soon/", status=404)
    assert not served.shows("/", "Soon")


@pytest.mark.parametrize("seconds", [-(10**9), -1, 3600, 10**9])
def test_a_clock_that_jumps_disturbs_nobody(made, serve, seconds):
    served = serve()
    made.now += timedelta(seconds=seconds)
    assert served.shows("/archive/", "/posts/a/") == (seconds > -(10**9))
    made.write({"pages/about.md": "# Other\n"})
    until(lambda: served.shows("/about/", "Other"))


# What is broken stays


def test_an_emptied_file_stays_as_it_was_until_it_says_something(made, followed, caplog):
    made.write({"posts/b.md": ""})
    until(lambda: "posts/b.md" in followed.problems())
    assert followed.shows("/posts/b/", "Second.")
    assert followed.shows("/feed.xml", "Second.")
    until(lambda: "posts/b.md: this file is empty; what is known of it stays as it was" in caplog.messages)
    made.write({"posts/b.md": POST.format("B", 2, "Third.")})
    until(lambda: followed.shows("/posts/b/", "Third."))
    assert followed.problems() == {}


def test_a_broken_file_stays_as_it_was_and_is_named_with_its_line(made, followed, caplog):
    made.write({"posts/b.md": BROKEN})
    until(lambda: "posts/b.md" in followed.problems())
    assert followed.shows("/posts/b/", "Second.")
    assert followed.shows("/", "Second.")
    said = until(lambda: [line for line in caplog.messages if line.startswith("posts/b.md:")])
    assert said[0].split(":")[1].isdigit()
    made.write({"posts/b.md": BROKEN + "More."})
    made.write({"posts/a.md": POST.format("A", 1, "Third.")})
    until(lambda: followed.shows("/posts/a/", "Third."))
    assert followed.shows("/posts/b/", "Second.")
    (made.root / "posts/b.md").unlink()
    until(lambda: followed.shows("/posts/b/", status=404))
    assert followed.problems() == {}


@pytest.mark.parametrize(("content", "status"), [(BROKEN, 200), (HOPELESS, 404)], ids=["in part", "not at all"])
def test_of_a_new_broken_file_what_can_be_read_is_shown_and_it_is_named(made, followed, content, status):
    made.write({"posts/c.md": content})
    until(lambda: "posts/c.md" in followed.problems())
    made.write({"posts/a.md": POST.format("A", 1, "Third.")})
    until(lambda: followed.shows("/posts/a/", "Third."))
    assert followed.shows("/posts/c/", "Second." if status == 200 else "", status=status)
    made.write({"posts/c.md": POST.format("C", 3, "Third.")})
    until(lambda: followed.shows("/posts/c/", "Third."))
    assert followed.problems() == {}


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"---\ntitle: \xe4\n---\n", b"---\n" * 3, b"{{{", b"\0" * 9000])
def test_no_content_of_a_file_takes_the_site_down(made, serve, content):
    served = serve()
    made.write({"posts/b.md": content, "posts/c.md": content})
    until(lambda: served.library.catalogue.generation > 1)
    for url in ("/", "/posts/a/", "/posts/b/", "/archive/", "/feed.xml"):
        assert served.shows(url), url


def test_a_broken_template_leaves_the_answers_that_were_made_before(made, followed):
    before = {url: followed.get(url) for url in ("/posts/a/", "/about/", "/archive/")}
    theme = followed.app.extensions["blog"].theme
    made.write({"templates/base.html": "{% block main %}", "templates/post.html": "{{ no_such_name }}"})
    until(lambda: followed.app.extensions["blog"].theme is not theme)
    for _ in range(3):
        assert {url: followed.get(url) for url in before} == before
    cache = followed.app.extensions["blog_cache"]
    assert cache.size == sum(kept.size for kept in cache.kept.values())
    made.write({"templates/base.html": "mended", "templates/post.html": "{{ post.title }} mended"})
    until(lambda: followed.shows("/posts/a/", "A mended"))
    assert followed.shows("/about/", "mended")


def test_the_last_good_state_survives_a_restart(made, serve):
    serve().live.end()
    served = serve({"posts/b.md": BROKEN})
    until(lambda: "posts/b.md" in served.problems())
    served.live.end()
    again = serve({})
    assert again.shows("/posts/b/", "Second.")
    assert "posts/b.md" in again.problems()


@pytest.mark.parametrize(
    ("content", "gone"), [(BROKEN, set()), (HOPELESS, {"posts/b/index.html"})], ids=["in part", "not at all"]
)
def test_a_freeze_beside_it_knows_nothing_of_what_is_kept(made, serve, content, gone):
    served = serve()
    before = made.freeze()
    made.write({"posts/b.md": content.replace("Second", "Third")})
    until(lambda: "posts/b.md" in served.problems())
    (made.root / "pages").rename(made.root / "away")
    after = made.freeze()
    assert set(before) - set(after) == {"about/index.html"} | gone
    assert gone or b"Third." in after["posts/b/index.html"]
    assert served.shows("/posts/b/", "Second.")
    assert served.shows("/about/", "About")


# Folders


@pytest.mark.parametrize(
    "files",
    [
        FILES,
        {name.replace("pages/", "content/").replace("posts/", "content/posts/"): text for name, text in FILES.items()},
    ],
    ids=["posts and pages", "content"],
)
def test_folders_may_be_moved_away_and_back(made, serve, way, files):
    made.settings(watch=way)
    served = serve(files | {"README.md": "# Not for the public\n"})
    folders = sorted({name.split("/")[0] for name in files} - {"static"})
    for folder in folders:
        (made.root / folder).rename(made.root / f".{folder}")
    until(lambda: folders[-1] in served.problems())
    for url in ("/", "/posts/a/", "/about/", "/archive/", "/feed.xml", "/tags/sea/"):
        assert served.shows(url), url
    assert served.shows("/", "/posts/b/")
    assert served.shows("/readme/", status=404)
    made.write({f".{folders[-1]}/{'' if len(folders) > 1 else 'posts/'}c.md": POST.format("C", 3, "Third.")})
    for folder in folders:
        (made.root / f".{folder}").rename(made.root / folder)
    until(lambda: served.shows("/posts/c/", "Third."))
    assert served.problems() == {}


def test_a_plain_folder_may_be_moved_away_and_back(tmp_path, made, serve):
    served = serve({"a.md": "# A\n", "b/c.md": "# C\n"})
    made.root = made.root.rename(tmp_path.parent / f"{tmp_path.name}-away")
    until(lambda: "." in served.problems())
    assert served.shows("/a/", "A")
    assert served.shows("/b/c/", "C")
    made.write({"a.md": "# Other\n"})
    made.root.rename(tmp_path)
    made.root = tmp_path
    until(lambda: served.shows("/a/", "Other"))
    assert served.problems() == {}


def test_a_link_to_the_content_may_be_switched_to_other_content(made, serve, way):
    """As git-sync does it: the content of each commit in a folder of its own, and a link that is replaced."""
    made.settings(watch=way)
    for version in ("one", "two", "three"):
        made.write({f".worktrees/{version}/posts/a.md": POST.format("A", 1, f"Of {version}.")})
        made.write({f".worktrees/{version}/posts/{version}.md": POST.format("V", 2, "Own.")})
    (made.root / "content").symlink_to(".worktrees/one")
    served, seen = serve({}), set()
    for before, version in (("one", "two"), ("two", "three")):
        (made.root / "new").symlink_to(f".worktrees/{version}")
        (made.root / "new").replace(made.root / "content")
        shutil.rmtree(made.root / ".worktrees" / before)

        def shown(version: str = version) -> bool:
            seen.add(served.get("/posts/a/")[0])
            return served.shows("/posts/a/", f"Of {version}.")

        until(shown)
        until(lambda version=version: served.shows(f"/posts/{version}/", "Own."))
        assert served.shows(f"/posts/{before}/", status=404)
        made.write({f".worktrees/{version}/posts/a.md": POST.format("A", 1, "Edited.")})
        until(lambda: served.shows("/posts/a/", "Edited."))
    assert seen == {200}


def test_content_may_come_after_the_start(made, serve, way):
    made.settings(watch=way)
    served = serve({"README.md": "# Read me\n"})
    assert served.shows("/readme/", "Read me") or served.shows("/README/", "Read me")
    made.write({"content/posts/a.md": POST.format("A", 1, "First.")})
    until(lambda: served.shows("/posts/a/", "First."))
    assert served.shows("/readme/", status=404)
    made.write({"content/posts/a.md": POST.format("A", 1, "Second.")})
    until(lambda: served.shows("/posts/a/", "Second."))


def test_content_may_move_into_other_folders(made, serve):
    served = serve({"content/posts/a.md": POST.format("A", 1, "First."), "content/about.md": "# About\n"})
    (made.root / "content/posts").rename(made.root / "posts")
    (made.root / "content").rename(made.root / "pages")
    until(lambda: "posts/a.md" in [path for path, *_ in served.library.files()])
    assert [path for path, *_ in served.library.files()] == ["pages/about.md", "posts/a.md"]
    made.write({"posts/a.md": POST.format("A", 1, "Second.")})
    until(lambda: served.shows("/posts/a/", "Second."))


def test_what_is_no_ordinary_file_disturbs_nobody(made, serve, way):
    made.settings(watch=way)
    served = serve()
    os.mkfifo(made.root / "posts/pipe.md")
    os.mkfifo(made.root / "static/pipe.css")
    (made.root / "posts/loop.md").symlink_to("loop.md")
    (made.root / "posts/nowhere.md").symlink_to("none.md")
    (made.root / "posts/again").symlink_to("..")
    (made.root / "static/again").symlink_to("..")
    (made.root / "posts/one").symlink_to("two")
    (made.root / "posts/two").symlink_to("one")
    made.write({"posts/c.md": POST.format("C", 3, "Third.")})
    until(lambda: served.shows("/posts/c/", "Third."))
    for url in ("/", "/posts/a/", "/archive/", "/feed.xml", "/sitemap.xml", "/static/own.css"):
        assert served.shows(url), url
    for url in ("/posts/pipe/", "/posts/loop/", "/static/pipe.css", "/posts/pipe.md"):
        assert served.shows(url, status=404), url


# Faults of the index


def side_files(served: Served) -> list[Path]:
    path = served.live.writer.path
    assert path
    return [path, *(Path(f"{path}{ending}") for ending in ("-wal", "-shm"))]


def test_an_index_that_is_deleted_is_not_missed(made, serve):
    served = serve()
    shutil.rmtree(made.root / ".flatleaf")
    assert served.shows("/posts/a/", "First.")
    made.write({"posts/c.md": POST.format("C", 3, "Third.")})
    until(lambda: served.shows("/posts/c/", "Third."))
    assert serve({}).shows("/posts/c/", "Third.")


@pytest.mark.parametrize(("damage", "memory"), [(b"", 16), (b"no database" * 1000, 16), (b"no database" * 1000, 0)])
def test_an_index_that_is_damaged_is_made_anew_and_edits_still_show(made, serve, damage, memory):
    made.settings(memory=memory)
    served = serve(FILES | {f"posts/p{number}.md": POST.format(number, 3, "Words. " * 500) for number in range(30)})
    side_files(served)[0].write_bytes(damage)
    for url in ("/", "/posts/a/", "/posts/p7/", "/archive/", "/feed.xml"):
        assert served.shows(url), url
    for text in ("Third.", "Fourth."):
        made.write({"posts/c.md": POST.format("C", 3, text)})
        until(lambda text=text: served.shows("/posts/c/", text))
    assert serve({}).shows("/posts/c/", "Fourth.")


def test_a_request_that_finds_the_index_damaged_leaves_one_that_is_written_to(made, serve):
    served = serve(FILES | {f"posts/p{number}.md": POST.format(number, 3, "Words. " * 900) for number in range(60)})
    served.live.writer.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    served.library.index.connection.execute("PRAGMA cache_size = 0")
    before = served.library.index
    side_files(served)[0].write_bytes(b"no database" * 1000)
    assert all(served.shows(f"/posts/p{number}/", "Words.") for number in range(60))
    assert served.library.index is not before
    made.write({"posts/c.md": POST.format("C", 3, "Third.")})
    until(lambda: served.shows("/posts/c/", "Third."))


@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
def test_while_another_process_has_the_index_the_last_state_answers(made, serve, how):
    served = serve()
    other = sqlite3.connect(side_files(served)[0], isolation_level=None)
    other.execute(f"BEGIN {how}")
    made.write({"posts/a.md": POST.format("A", 1, "Third."), "posts/c.md": POST.format("C", 3, "Third.")})
    end = time.monotonic() + 1
    while time.monotonic() < end:
        for url, text in (("/posts/a/", "First."), ("/posts/b/", "Second."), ("/archive/", "/posts/a/")):
            began = time.monotonic()
            assert served.shows(url, text), url
            assert time.monotonic() - began < 1
    other.execute("ROLLBACK")
    other.close()
    until(lambda: served.shows("/posts/a/", "Third.") and served.shows("/posts/c/", "Third."))
    assert not served.library.index.in_memory


def test_an_index_that_is_in_use_for_long_is_waited_for(made, serve, caplog):
    served = serve()
    served.live.writer.connection.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(side_files(served)[0], isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    made.write({"posts/a.md": POST.format("A", 1, "Third.")})
    until(lambda: sum("in use elsewhere" in line for line in caplog.messages) > 1)
    assert served.shows("/posts/a/", "First.")
    other.execute("ROLLBACK")
    other.close()
    until(lambda: served.shows("/posts/a/", "Third."))
    assert not served.library.index.in_memory


@pytest.mark.parametrize("cache", ["a-file", "a-file/below"])
def test_where_nothing_can_be_written_the_index_lives_in_memory(made, serve, way, cache):
    made.settings(cache=cache, watch=way)
    served = serve(FILES | {"a-file": "in the way"})
    assert served.library.index.in_memory
    made.write({"posts/a.md": POST.format("A", 1, "Third."), "posts/b.md": BROKEN})
    until(lambda: served.shows("/posts/a/", "Third.") and "posts/b.md" in served.problems())
    assert served.shows("/posts/b/", "Second.")


def test_a_write_that_fails_at_its_end_is_undone(tmp_path):
    """Else the connection would be in a transaction for ever, and nothing written any more."""
    rows = Index(tmp_path / "index.sqlite", "1")
    rows.connection.execute("CREATE TABLE one (n REFERENCES two (n) DEFERRABLE INITIALLY DEFERRED)")
    rows.connection.execute("CREATE TABLE two (n PRIMARY KEY)")
    rows.connection.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError), rows.writing() as db:
        db.execute("INSERT INTO one VALUES (1)")
    with rows.writing() as db:
        db.execute("INSERT INTO two VALUES (1)")
    assert rows.rows("SELECT * FROM one") == []
    assert rows.rows("SELECT * FROM two") == [(1,)]


# Several at once


def test_many_first_requests_read_the_files_once(made, serve, caplog):
    caplog.set_level(logging.INFO)
    made.write(FILES)
    app, go, answers = create_app(made.root, clock=lambda: made.now, live=True), threading.Barrier(8), []

    def ask() -> None:
        go.wait()
        answers.append(app.test_client().get("/posts/a/").status_code)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    live = of(app).live
    assert live
    live.end()
    assert answers == [200] * 8
    assert of(app).library.catalogue.generation == 1
    assert sum(thread.name == "watch" for thread in threading.enumerate()) == 0


def test_two_that_follow_one_folder_write_each_change_once(made, serve):
    one, two = serve(), serve({})
    for number in range(5):
        before = generation(one.library.rows)
        made.write({".a.md": POST.format("A", 1, f"Version {number}.")})
        (made.root / ".a.md").replace(made.root / "posts/a.md")  # at once: half of it would be a change, too
        for served in (one, two):
            until(lambda served=served, number=number: served.shows("/posts/a/", f"Version {number}."))
        assert generation(one.library.rows) == before + 1


def test_many_changes_show_though_the_index_was_deleted_while_it_is_open(made, serve, monkeypatch):
    monkeypatch.setattr("blog.live.WORTH_A_PROCESS", 3)
    served = serve()
    for file in (made.root / ".flatleaf").glob("live-*"):
        file.unlink()
    made.write({f"posts/new{n}.md": POST.format(f"New {n}", 4, "Words.") for n in range(5)})
    until(lambda: all(served.shows(f"/posts/new{n}/", f"New {n}") for n in range(5)))


def test_many_changes_show_though_no_other_process_can_read_them(made, serve, monkeypatch, caplog):
    monkeypatch.setattr("blog.live.WORTH_A_PROCESS", 3)
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    served = serve()
    made.write({f"posts/new{n}.md": POST.format(f"New {n}", 4, "Words.") for n in range(5)})
    until(lambda: all(served.shows(f"/posts/new{n}/", f"New {n}") for n in range(5)))
    assert "no other process could read them" in caplog.text


def test_an_engine_of_another_version_takes_nothing_from_one_that_runs(made, serve, monkeypatch):
    one = serve()
    monkeypatch.setattr(indexer, "__version__", "99")
    two = serve({})
    assert one.library.index.version != two.library.index.version
    for url in ("/posts/b/", "/archive/", "/tags/sea/", "/atom.xml"):
        assert one.shows(url), url
        assert two.shows(url), url
    made.write({"posts/a.md": POST.format("A", 1, "Third.")})
    for served in (one, two):
        until(lambda served=served: served.shows("/posts/a/", "Third."))
    two.live.end()
    serve({}).live.end()
    assert len(list((made.root / ".flatleaf").glob("live-*.sqlite"))) == 1


def test_who_was_slower_with_older_files_does_not_put_them_back(made):
    """Two processes look at once; the one that looked first writes last."""
    made.write(FILES)
    settings = load(made.root)
    one, two = (Index(made.root / "index.sqlite", "1") for _ in range(2))
    indexer.update(one, settings)
    made.write({"posts/a.md": POST.format("A", 1, "Older.")})
    reading, read_all = threading.Event(), indexer.read_all
    go_on = threading.Event()

    def slowly(*args: Any) -> Any:
        found = read_all(*args)
        reading.set()
        assert go_on.wait(10)
        return found

    slow = threading.Thread(target=lambda: indexer.update(two, settings))
    indexer.read_all = slowly  # type: ignore[assignment]
    try:
        slow.start()
        assert reading.wait(10)
    finally:
        indexer.read_all = read_all
    made.write({"posts/a.md": POST.format("A", 1, "Newer, and longer.")})
    indexer.update(one, settings)
    go_on.set()
    slow.join()
    assert one.rows("SELECT body FROM documents WHERE path = 'posts/a.md'")[0][0].strip() == "Newer, and longer."
    assert not indexer.update(two, settings)


def test_an_answer_made_while_another_process_writes_is_not_kept(made, serve):
    """Its beginning may be of the state before, and its digests of the one after."""
    edits = [POST.format("A", 1, "Newer.")]

    def page() -> str:
        said = library().excerpt("posts/a.md").html
        if edits:
            served.live.end()  # what follows the files is about to look, and hasn't yet
            made.write({"posts/a.md": edits.pop()})
            indexer.update(served.live.writer, load(made.root), served.library.keep)
        return said

    served = serve(FILES, {"/digest/": page})
    served.app.extensions["blog_cache"].digests = None  # as it is for the first answer of each state
    assert "First." in served.get("/digest/")[1]
    served.live.changed(set())
    assert "Newer." in served.get("/digest/")[1]


@pytest.mark.parametrize("memory", [0, 16])
def test_a_file_that_another_process_saw_go_costs_no_answer(made, serve, memory):
    """Until this process looks as well it has entries whose texts are no more."""
    made.settings(memory=memory)
    served = serve()
    served.live.end()
    (made.root / "posts/b.md").unlink()
    indexer.update(served.live.writer, load(made.root), served.library.keep)
    served.library.summaries.clear()
    assert served.library.contents
    assert served.library.contents.generation == 1
    for url in ("/archive/", "/feed.xml", "/tags/sea/", "/posts/a/", "/sitemap.xml"):
        assert served.shows(url, "/posts/a/"), url
    assert served.shows("/posts/b/", status=404)
    assert not served.shows("/archive/", "/posts/b/")
    served.live.changed(set())
    assert served.shows("/", "/posts/a/")
    assert not served.shows("/", "/posts/b/")


def test_a_summary_read_ahead_of_its_time_is_not_taken_for_the_one_before(made, serve):
    served = serve()
    served.live.end()
    titles = lambda: [post.title for post in served.library.posts()]  # noqa: E731
    served.library.summaries.clear()
    before = (made.root / "posts/a.md").read_text()
    made.write({"posts/a.md": before.replace("title: A", "title: Z")})
    indexer.update(served.live.writer, load(made.root), served.library.keep)
    assert titles() == ["B", "Z"]  # sooner than promised
    made.write({"posts/a.md": before})
    served.live.changed(set())
    assert titles() == ["B", "A"]


def test_files_that_go_while_they_are_looked_for_are_left_out(made):
    made.write(FILES)
    settings, ended, found = load(made.root), threading.Event(), []

    def come_and_go() -> None:
        while not ended.is_set():
            for number in range(20):
                (made.root / f"posts/x{number}.md").write_text("# X\n")
            for number in range(20):
                (made.root / f"posts/x{number}.md").unlink()

    thread = threading.Thread(target=come_and_go)
    thread.start()
    try:
        for _ in range(300):
            found.append({file.path for file in sources.scan(settings)})
    finally:
        ended.set()
        thread.join()
    assert all({"posts/a.md", "posts/b.md", "pages/about.md"} <= paths for paths in found)


def test_the_watching_thread_outlives_what_goes_wrong(made, serve, caplog):
    served = serve()
    fails = [1]

    def listener(_paths: set[str]) -> None:
        if fails:
            fails.pop()
            raise ValueError("not today")

    served.live.listeners.append(listener)
    made.write({"posts/a.md": POST.format("A", 1, "Third.")})
    until(lambda: not fails)
    made.write({"posts/a.md": POST.format("A", 1, "Fourth.")})
    until(lambda: served.shows("/posts/a/", "Fourth."))
    assert "while keeping up with changes" in caplog.messages


def test_without_watchfiles_the_files_are_looked_at(made, serve, caplog, monkeypatch):
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    served = serve()
    made.write({"posts/a.md": POST.format("A", 1, "Third.")})
    until(lambda: served.shows("/posts/a/", "Third."))
    assert [line for line in caplog.messages if "looking for them" in line]


def test_what_is_beside_the_content_changes_no_state(made, serve):
    served = serve({"a.md": "# A\n"})
    state = served.library.contents
    for number in range(3):
        made.write({f"notes{number}.log": "line", f".git/objects/{number}": "x"})
    made.write({"b.md": "# B\n"})
    until(lambda: served.shows("/b/", "B"))
    after = served.library.contents
    assert state
    assert after
    assert after.generation == state.generation + 1


def test_after_a_storm_of_edits_and_requests_nothing_is_stale(made, serve):
    """Two sites of one folder, each asked by two threads, while files are written, renamed and deleted."""
    one, two, ended, wrong = serve(), serve({}), threading.Event(), []
    urls = ["/", "/archive/", "/tags/", "/tags/sea/", "/feed.xml", "/sitemap.xml", "/about/", "/static/own.css"]
    urls += [f"/posts/p{number}/" for number in range(8)]

    def ask(served: Served, seed: int) -> None:
        source, client = random.Random(seed), served.app.test_client()
        while not ended.is_set():
            url = source.choice(urls)
            answer = client.get(url, headers={"Accept-Encoding": source.choice(["", "gzip"])})
            if answer.status_code != 200 and not (answer.status_code == 404 and url.startswith("/posts/p")):
                wrong.append(f"{url}: {answer.status}")

    threads = [threading.Thread(target=ask, args=(served, seed)) for seed, served in enumerate((one, two, one, two))]
    for thread in threads:
        thread.start()
    source, end = random.Random(7), time.monotonic() + SECONDS
    while time.monotonic() < end:
        number = source.randrange(8)
        file = made.root / f"posts/p{number}.md"
        if source.random() < 0.2 and file.exists():
            file.rename(file.with_name(f"p{source.randrange(8)}.md"))
        elif source.random() < 0.1:
            file.unlink(missing_ok=True)
        else:
            made.write({f"posts/p{number}.md": POST.format(f"T{source.randrange(99)}", 3, f"Body {source.random()}.")})
        if source.random() < 0.1:
            made.write({"static/own.css": f"a {{ width: {source.randrange(99)}px }}"})
        ended.wait(source.choice([0, 0, 0.005, 0.03, 0.1]))
    ended.set()
    for thread in threads:
        thread.join()
    made.settings(cache="other", memory=0)
    fresh = create_app(made.root, clock=lambda: made.now).test_client()
    expected = {url: fresh.get(url).data for url in urls}
    for served in (one, two):
        until(lambda served=served: {url: served.client.get(url).data for url in urls} == expected)
    assert wrong == []


def test_an_app_that_is_let_go_is_forgotten(made):
    made.write(FILES)
    app = create_app(made.root, live=True)
    live = of(app).live
    assert live
    live.begin()
    live.end()
    left = weakref.ref(live)
    del app, live
    gc.collect()
    assert left() is None


def test_an_edit_of_a_text_leaves_all_else_of_the_state_in_place(made):
    made.write({f"posts/p{n}.md": f"---\ntitle: P{n}\ndate: 2026-01-0{n + 1}\n---\n\nWords.\n" for n in range(3)})
    app = made.app(live=True)
    here = of(app)
    here.keep_up()
    before = here.library.catalogue
    made.write({"posts/p1.md": "---\ntitle: P1\ndate: 2026-01-02\n---\n\nOther words.\n"})
    here.live.look()
    after = here.library.catalogue
    assert after.token != before.token
    assert after.entries is before.entries
    assert {path for path in after.texts if after.texts[path] != before.texts[path]} == {"posts/p1.md"}
    here.live.end()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("posts/p1.md", "---\ntitle: Another title\ndate: 2026-01-02\n---\n\nWords.\n"),
        ("posts/p1.md", "---\ntitle: P1\ndate: 2026-01-02\naliases: [/old/]\n---\n\nWords.\n"),
        ("posts/p1.md", "---\ntitle: P1\ndate: 2026-01-02\nmenu: main\n---\n\nWords.\n"),
        ("posts/p1.md", "---\ntitle: P1\ndate: 2026-01-02\nexpires: 2036-01-01\n---\n\nWords.\n"),
        ("posts/p9.md", "---\ntitle: P9\ndate: 2026-01-02\n---\n\nWords.\n"),
        ("posts/p1.png", "not a picture"),
    ],
)
def test_any_other_change_makes_the_state_anew(made, name, text):
    made.write({f"posts/p{n}.md": f"---\ntitle: P{n}\ndate: 2026-01-0{n + 1}\n---\n\nWords.\n" for n in range(3)})
    app = made.app(live=True)
    here = of(app)
    here.keep_up()
    before = here.library.catalogue
    made.write({name: text})
    here.live.look()
    assert here.library.catalogue.entries is not before.entries
    here.live.end()


def test_edits_by_another_process_are_followed(made):
    made.write({f"posts/p{n}.md": f"---\ntitle: P{n}\ndate: 2026-01-0{n + 1}\n---\n\nWords.\n" for n in range(3)})
    one, two = made.app(live=True), made.app(live=True)
    for app in (one, two):
        of(app).keep_up()
    for number in range(5):
        made.write({"posts/p1.md": f"---\ntitle: P1\ndate: 2026-01-02\n---\n\nWords {number}.\n"})
        of(one).live.look()
        if number == 2:
            made.write({"posts/p0.md": "---\ntitle: New\ndate: 2026-01-01\n---\n\nWords.\n"})
            of(one).live.look()
    of(two).live.look()
    assert "Words 4." in two.test_client().get("/posts/p1/").text
    assert "New" in two.test_client().get("/posts/p0/").text
    for app in (one, two):
        of(app).live.end()
