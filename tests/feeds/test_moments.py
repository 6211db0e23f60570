"""Since when a feed is as it is: all processes say the same, and a change is never told by the same second."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

from blog.conditions import ahead
from blog.feeds.moments import moment, since
from blog.index.generations import advance
from blog.library import Library
from blog.settings import load

FEED = "/feed.xml"


def library(made, name: str = "cache") -> Library:
    made.write({"posts/a.md": "---\ntitle: A\ndate: 2020-01-01\n---\n"})
    found = Library(load(made.root, {"BLOG_CACHE": str(made.root / name)}), lambda: made.now)
    found.refresh()
    return found


def change(one: Library) -> None:
    """Have the index in another state."""
    with one.index.writing() as db:
        advance(db)
    one.contents = None


def first(made, etag: str) -> int:
    """Return what an index says that has known nothing of a feed before."""
    return int(made.now.timestamp()) - ahead(etag)


def test_it_moves_with_the_bytes_and_only_with_them(made):
    one = library(made)
    before = moment(one, FEED, "a")
    assert before == first(made, "a")
    made.now += timedelta(hours=5)
    assert moment(one, FEED, "a") == before
    after = moment(one, FEED, "b")
    assert after == first(made, "b") > before
    assert moment(one, FEED, "a") > after  # as it was long ago, and yet it has changed
    assert moment(one, "/atom.xml", "a") == first(made, "a")


def test_each_of_many_changes_in_a_second_has_a_moment_of_its_own(made):
    one = library(made)
    said = [moment(one, FEED, str(number)) for number in range(20)]
    assert said == sorted(set(said))


def test_an_index_that_knows_nothing_says_another_moment_of_other_bytes(made):
    assert moment(library(made), FEED, "a") != moment(library(made, "another"), FEED, "b")
    assert moment(library(made, "a third"), FEED, "a") == first(made, "a")


def test_all_processes_say_the_same_also_after_a_restart(made):
    one, other = library(made), library(made)
    said = moment(one, FEED, "a")
    made.now += timedelta(minutes=1)
    assert moment(other, FEED, "a") == said
    after = moment(other, FEED, "b")
    made.now += timedelta(minutes=1)
    assert moment(one, FEED, "b") == moment(library(made), FEED, "b") == after > said


def test_a_process_that_is_behind_does_not_undo_a_change(made):
    one, behind = library(made), library(made)
    before = moment(behind, FEED, "old")
    assert behind.catalogue
    change(one)
    after = moment(one, FEED, "new")
    assert moment(behind, FEED, "old") == before
    assert moment(behind, FEED, "older") == 0  # never written: no date may be told
    assert moment(one, FEED, "new") == after


def test_where_nothing_can_be_kept_no_moment_is_told(made):
    one = library(made)
    other = sqlite3.connect(one.index.path, isolation_level=None)
    one.index.connection.execute("PRAGMA busy_timeout = 0")
    other.execute("BEGIN IMMEDIATE")
    try:
        assert moment(one, FEED, "a") == 0
    finally:
        other.close()
    assert moment(one, FEED, "a") == first(made, "a")
    made.write({"file": "no folder"})
    assert moment(library(made, "file/cache"), FEED, "a") == 0


def test_only_two_states_of_a_feed_are_kept(made):
    one = library(made)
    for number in range(5):
        moment(one, FEED, str(number))
    assert len(one.rows("SELECT * FROM fed")) == 2


def test_an_unknown_feed_is_as_it_is_since_nobody_knows_when():
    assert since([], "a", 1) is None
