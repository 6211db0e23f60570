"""The models do what the readers' own code does."""

from __future__ import annotations

import pytest

from blog.feeds.parsed import Entry, Parsed
from blog.feeds.readers import READERS, has_bad_ids

FULL = Entry(
    id="tag:1", link="https://a.example/1/", title="One", content="Text", published="Fri, 02 Jan 2026 10:00:00 +0000"
)
BARE = Entry(link="https://a.example/1/", title="One", content="Text", published="Fri, 02 Jan 2026 10:00:00 +0000")
STAMP = "1767348000"


def names(entry: Entry) -> dict[str, str]:
    feed = Parsed(kind="rss", entries=(entry,))
    return {reader.name: reader.naming(feed)(entry) for reader in READERS}


def test_an_id_is_the_name_in_every_reader():
    assert set(names(FULL).values()) == {"tag:1"}


def test_without_an_id_each_reader_has_its_own_way():
    assert names(BARE) == {
        "Miniflux": BARE.link,
        "FreshRSS": BARE.link + BARE.published,
        "newsboat": BARE.link + BARE.published,
        "NetNewsWire": BARE.link + STAMP,
        "Feedly": BARE.link,
    }


def test_with_neither_id_nor_address_there_is_the_text():
    found = names(Entry(title="One", content="Text"))
    assert found == {
        "Miniflux": "OneText",
        "FreshRSS": "OneText",
        "newsboat": "One",
        "NetNewsWire": "One",
        "Feedly": "",
    }


@pytest.mark.parametrize(
    ("ids", "bad"),
    [
        ([], False),
        (list("abcdefghij"), False),
        (list("aabcdefghi"), False),  # half an entry may be bad: one, rounded as PHP rounds
        (list("aaabcdefgh"), True),
        (["", "", *"abcdefgh"], True),
        (["x"] * 2 + [str(number) for number in range(18)], False),
        (["x"] * 3 + [str(number) for number in range(17)], True),
    ],
)
def test_freshrss_trusts_no_ids_if_too_many_are_empty_or_doubled(ids, bad):
    feed = Parsed(kind="rss", entries=tuple(Entry(id=one, link=f"https://a.example/{n}/") for n, one in enumerate(ids)))
    assert has_bad_ids(feed) is bad
    assert (READERS[1].naming(feed)(FULL) == "tag:1") is not bad


def test_who_has_seen_bad_ids_once_goes_on_without_them():
    bad = Parsed(kind="rss", entries=(FULL, FULL))
    good = Parsed(kind="rss", entries=(FULL,))
    assert READERS[1].naming(bad, good)(FULL) == FULL.link + FULL.published
    assert all(reader.naming(bad, good)(FULL) == "tag:1" for reader in READERS if reader.name != "FreshRSS")


@pytest.mark.parametrize(
    ("change", "seen_by"),
    [
        ({"content": "Other"}, {"Miniflux", "FreshRSS", "newsboat", "NetNewsWire", "Feedly"}),
        ({"title": "Other"}, {"Miniflux", "FreshRSS", "newsboat", "NetNewsWire", "Feedly"}),
        ({"link": "https://a.example/2/"}, {"Miniflux", "FreshRSS", "newsboat", "NetNewsWire", "Feedly"}),
        ({"tags": ("x",)}, {"Miniflux", "FreshRSS"}),
        ({"authors": ("Ann",)}, {"Miniflux", "FreshRSS", "newsboat", "NetNewsWire"}),
        ({"published": "Fri, 02 Jan 2026 11:00:00 +0000"}, {"NetNewsWire"}),
        ({}, set()),
    ],
)
def test_each_reader_sees_the_changes_that_it_compares(change, seen_by):
    from dataclasses import replace

    changed = replace(FULL, **change)
    assert {reader.name for reader in READERS if reader.state(changed) != reader.state(FULL)} == seen_by
