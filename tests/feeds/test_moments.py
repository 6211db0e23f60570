"""Since when a feed is as it is: all processes say the same, and a change is never told by the same second."""

from __future__ import annotations

import sqlite3

from blog.feeds.moments import moment, since
from blog.index import advance
from blog.library import Library
from blog.settings import load


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


def test_it_moves_with_the_bytes_and_only_with_them(made):
    one = library(made)
    assert moment(one, "/feed.xml", "a", 1000) == 1000
    assert moment(one, "/feed.xml", "a", 5000) == 1000  # a file was touched
    assert moment(one, "/feed.xml", "b", 1000) == 1001  # a post was removed
    assert moment(one, "/feed.xml", "c", 9000) == 9000
    assert moment(one, "/feed.xml", "a", 1000) == 9001  # as it was long ago, and yet it has changed
    assert moment(one, "/atom.xml", "a", 7) == 7


def test_all_processes_say_the_same_also_after_a_restart(made):
    one, other = library(made), library(made)
    assert moment(one, "/feed.xml", "a", 1000) == 1000
    assert moment(other, "/feed.xml", "a", 2000) == 1000
    assert moment(other, "/feed.xml", "b", 10) == 1001
    assert moment(one, "/feed.xml", "b", 3000) == 1001
    assert moment(library(made), "/feed.xml", "b", 4000) == 1001


def test_a_process_that_is_behind_does_not_undo_a_change(made):
    one, behind = library(made), library(made)
    assert moment(behind, "/feed.xml", "old", 1000) == 1000
    assert behind.catalogue
    change(one)
    assert moment(one, "/feed.xml", "new", 1000) == 1001
    assert moment(behind, "/feed.xml", "old", 1000) == 1000
    assert moment(behind, "/feed.xml", "older", 1000) == 1001  # never written
    assert moment(one, "/feed.xml", "new", 1000) == 1001


def test_where_nothing_can_be_written_memory_will_do(made):
    one = library(made)
    other = sqlite3.connect(one.index.path, isolation_level=None)
    one.index.connection.execute("PRAGMA busy_timeout = 0")
    other.execute("BEGIN IMMEDIATE")
    try:
        assert [moment(one, "/feed.xml", tag, 1000) for tag in "aabbc"] == [1000, 1000, 1001, 1001, 1002]
    finally:
        other.close()


def test_only_two_states_of_a_feed_are_kept(made):
    one = library(made)
    for number in range(5):
        moment(one, "/feed.xml", str(number), number)
    assert len(one.rows("SELECT * FROM fed")) == 2


def test_an_unknown_feed_is_as_it_is_since_nobody_knows_when():
    assert since([], "a", 1) is None
