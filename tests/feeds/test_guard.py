"""The guard knows a post again when its feed entry has another name, and says who would be bothered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.feeds.guard import Outcome, State, replay
from blog.feeds.parsed import Entry, Parsed
from blog.feeds.readers import READERS

START = datetime(2026, 1, 1, 12, tzinfo=UTC)


def entry(number: int, **changes: object) -> Entry:
    made = Entry(
        id=f"tag:{number}",
        link=f"https://a.example/posts/{number}/",
        title=f"Post {number}",
        content=f"Text of {number}.",
        published=(START + timedelta(days=number)).isoformat(),
    )
    return replace(made, **changes)


def state(*entries: Entry, archived: tuple[Entry, ...] = ()) -> State:
    return State(Parsed(kind="rss", entries=entries), archived)


def posts(newest: int, oldest: int) -> list[Entry]:
    return [entry(number) for number in range(newest, oldest - 1, -1)]


def outcomes(before: State, after: State, published=lambda _entry: True, was_there=None) -> list[Outcome]:
    found = replay(before, after, published, was_there)
    assert [outcome.reader for outcome in found] == [reader.name for reader in READERS]
    return found


def one(*arguments, **options) -> Outcome:
    """Return the outcome on which all readers agree."""
    found = outcomes(*arguments, **options)
    assert len({replace(outcome, reader="") for outcome in found}) == 1
    return found[0]


def test_the_same_feed_bothers_nobody():
    found = one(state(*posts(9, 0)), state(*posts(9, 0)))
    assert found == Outcome(found.reader)


def test_a_new_post_is_new_and_the_one_that_falls_off_the_end_isnt_lost():
    found = one(state(*posts(9, 0)), state(*posts(10, 1)))
    assert [e.id for e in found.new] == ["tag:10"]
    assert found == Outcome(found.reader, new=found.new)


def test_an_edited_post_is_updated():
    edited = entry(9, content="Other text.", title="Another title", link="https://a.example/elsewhere/")
    found = one(state(*posts(9, 0)), state(edited, *posts(8, 0)))
    assert found == Outcome(found.reader, updated=(edited,))


@pytest.mark.parametrize(
    "changes",
    [
        {"link": "https://b.example/posts/9/"},  # another domain
        {"link": "http://a.example/posts/9"},  # another scheme, without the slash
        {"link": "https://a.example/renamed/"},  # title and date are the same
        {"link": "https://a.example/renamed/", "published": (START + timedelta(days=9, hours=1)).isoformat()},
        {"link": "https://a.example/renamed/", "title": "Another", "published": START.isoformat()},  # the text is
    ],
)
def test_a_post_with_another_id_is_sent_again(changes):
    again = entry(9, id="other", **changes)
    for found in outcomes(state(*posts(9, 0)), state(again, *posts(8, 0))):
        assert found.resent == ((again, entry(9)),)
        assert (found.new, found.lost, found.gone) == ((), (), ())


def test_all_posts_with_other_ids_are_sent_again_each_as_itself():
    after = [entry(number, id=f"new:{number}") for number in range(9, -1, -1)]
    found = one(state(*posts(9, 0)), state(*after))
    assert [(now.id, was.id) for now, was in found.resent] == [(f"new:{n}", f"tag:{n}") for n in range(9, -1, -1)]


def test_a_new_post_with_the_title_and_day_of_one_that_stays_is_new():
    twin = entry(9, id="twin", link="https://a.example/twin/")
    found = one(state(*posts(9, 0)), state(twin, *posts(9, 0)))
    assert found == Outcome(found.reader, new=(twin,))


def test_a_deleted_post_is_gone_and_an_older_one_takes_its_place():
    after = [*posts(9, 6), *posts(4, 0), entry(-1)]
    found = one(state(*posts(9, 0)), state(*after), published=lambda _entry: False)
    assert found == Outcome(found.reader, gone=(entry(5),))


def test_more_older_posts_than_there_are_places_are_sent_again():
    after = [*posts(9, 6), *posts(4, 0), entry(-1), entry(-2)]
    found = one(state(*posts(9, 0)), state(*after), published=lambda _entry: False)
    assert found == Outcome(found.reader, resent=((entry(-2), None),), gone=(entry(5),))
    found = one(state(*posts(9, 0), archived=(entry(-2),)), state(*after), published=lambda _entry: False)
    assert found == Outcome(found.reader, gone=(entry(5),))


def test_a_post_that_left_from_the_middle_though_it_is_there_is_lost():
    found = one(state(*posts(9, 0)), state(*posts(9, 6), *posts(4, 0)))
    assert found == Outcome(found.reader, lost=(entry(5),))


def test_an_empty_feed_loses_all_that_is_published():
    assert len(one(state(*posts(9, 0)), state()).lost) == 10


def test_a_shorter_feed_loses_nothing():
    found = one(state(*posts(9, 0)), state(*posts(9, 5)))
    assert found == Outcome(found.reader)


def test_a_post_that_went_to_the_archive_is_not_lost():
    moved = entry(9, published=(START - timedelta(days=9)).isoformat())
    for found in outcomes(state(*posts(9, 0)), state(*posts(8, 0), archived=(moved,))):
        assert (found.lost, found.gone, found.resent) == ((), (), ())


def test_a_longer_feed_sends_what_was_below_its_end():
    found = one(state(*posts(9, 5)), state(*posts(9, 0)))
    assert [now.id for now, was in found.resent if was is None] == [f"tag:{n}" for n in range(4, -1, -1)]
    assert one(state(*posts(9, 5), archived=tuple(posts(4, 0))), state(*posts(9, 0))).resent == ()


def test_a_post_that_was_written_later_with_an_old_date_is_new_where_that_is_known():
    old = entry(-5)
    found = one(state(*posts(9, 0)), state(*posts(9, 0), old), was_there=lambda _entry: False)
    assert found == Outcome(found.reader, new=(old,))
    found = one(state(*posts(9, 0)), state(*posts(9, 0), old), was_there=lambda _entry: True)
    assert found == Outcome(found.reader, resent=((old, None),))


def test_an_id_that_changes_in_the_archive_is_told():
    before = state(*posts(9, 5), archived=tuple(posts(4, 0)))
    changed = entry(2, id="other")
    found = one(before, state(*posts(9, 5), archived=(*posts(4, 3), changed, *posts(1, 0))))
    assert found == Outcome(found.reader, resent=((changed, entry(2)),))


def test_without_ids_readers_differ():
    before = [replace(one, id="") for one in posts(9, 0)]
    redated = replace(before[0], published=(START + timedelta(days=9, hours=1)).isoformat())
    found = {o.reader: bool(o.resent) for o in outcomes(state(*before), state(redated, *before[1:]))}
    assert found == {"Miniflux": False, "FreshRSS": True, "newsboat": True, "NetNewsWire": True, "Feedly": False}


IDS = st.lists(st.integers(0, 30), unique=True, max_size=12)


@given(IDS, IDS, IDS)
def test_each_entry_is_at_most_one_thing(before, after, published):
    for found in outcomes(
        state(*map(entry, sorted(before, reverse=True))),
        state(*map(entry, sorted(after, reverse=True))),
        lambda one: int(one.id[4:]) in published,
    ):
        shown = [e.id for e in (*found.new, *found.updated, *(now for now, _ in found.resent))]
        assert sorted(set(shown)) == sorted(shown)
        older = {f"tag:{n}" for n in after if before and n < min(before)}  # some take the places of what is gone
        assert set(shown) | older == {f"tag:{n}" for n in after if n not in before}
        missing = [e.id for e in (*found.lost, *found.gone)]
        assert len(set(missing)) == len(missing)
        assert set(missing) <= {f"tag:{n}" for n in before if n not in after}
