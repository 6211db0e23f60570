"""The shelf: bytes by name in a file of limited size."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.shelf import Shelf

STEPS = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.binary(max_size=60), st.booleans()), max_size=80)


def test_what_was_put_there_is_found(tmp_path):
    shelf = Shelf(tmp_path / "cache", 1000)
    shelf.put("/a/", b"one")
    shelf.put("/b/", b"two")
    shelf.put("/a/", b"three")
    assert (shelf.get("/a/"), shelf.get("/b/"), shelf.get("/c/")) == (b"three", b"two", None)
    shelf.forget("/a/")
    assert shelf.get("/a/") is None
    shelf.clear()
    assert shelf.get("/b/") is None


def test_the_file_has_no_name(tmp_path):
    shelf = Shelf(tmp_path, 1000)
    shelf.put("/a/", b"one")
    assert list(tmp_path.iterdir()) == []


@given(STEPS)
def test_what_is_found_is_what_was_put_last_and_the_file_stays_small(tmp_path_factory, steps):
    shelf, last = Shelf(tmp_path_factory.getbasetemp(), 150), {}
    for name, data, away in steps:
        if away:
            shelf.forget(name)
            last.pop(name, None)
        else:
            shelf.put(name, data)
            last[name] = data
            assert shelf.get(name) == data
        for known in "abcdefgh":
            assert shelf.get(known) in (last.get(known), None)
        if shelf.file:
            assert os.fstat(shelf.file.fileno()).st_size <= 150


def test_the_oldest_makes_room(tmp_path):
    shelf = Shelf(tmp_path, 100)
    for number in range(10):
        shelf.put(str(number), bytes([number]) * 30)
    assert [number for number in range(10) if shelf.get(str(number))] == [7, 8, 9]
    shelf.put("all", b"x" * 101)
    assert shelf.get("all") is None
    assert shelf.get("9") == b"\x09" * 30


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path):
    (tmp_path / "file").write_text("")
    shelf = Shelf(tmp_path / "file" / "cache", 1000)
    shelf.put("/a/", b"one")
    assert shelf.get("/a/") is None


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_costs_nothing_but_what_was_to_be_kept(tmp_path):
    shelf = Shelf(tmp_path, 1000)
    shelf.put("/a/", b"one")
    shelf.file = open("/dev/full", "r+b", buffering=0)  # noqa: SIM115
    shelf.put("/b/", b"two")
    assert shelf.get("/b/") is None
    shelf.file.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_forked_process_has_a_shelf_of_its_own(tmp_path):
    shelf = Shelf(tmp_path, 1000)
    shelf.put("/a/", b"one")
    child = os.fork()
    if child == 0:
        found = shelf.get("/a/")
        shelf.put("/a/", b"two")
        os._exit(0 if (found, shelf.get("/a/")) == (None, b"two") else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert shelf.get("/a/") == b"one"
