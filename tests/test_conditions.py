"""Conditions of requests, by themselves: the bytes that they are about play no part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.conditions import ahead, condition, uncoded, understood

THEN, SECOND_LATER = "Fri, 20 Nov 2026 10:00:00 GMT", "Fri, 20 Nov 2026 10:00:01 GMT"


def status(**headers: str) -> int:
    environ = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    return condition({"REQUEST_METHOD": "GET", **environ}, '"a"', THEN)


@pytest.mark.parametrize("tag", ['"a"', 'W/"a"', '"x", "a"', '"a-gzip"', '"a-br"', '"a;gzip"', 'W/"a-gzip", "y"', "*"])
def test_a_known_name_needs_no_answer(tag):
    assert status(if_none_match=tag) == 304


@pytest.mark.parametrize("tag", ['"b"', '"a-zip"', '"gzip"', "nonsense here", '"'])
def test_another_name_gets_the_answer_whatever_the_date(tag):
    assert status(if_none_match=tag) == 200
    assert status(if_none_match=tag, if_modified_since=SECOND_LATER) == 200


@pytest.mark.parametrize("since", [THEN, "Fri, 20 Nov 2026 11:00:00 GMT", "Sat, 01 Jan 2050 00:00:00 GMT"])
def test_the_same_date_or_one_from_when_it_was_there_needs_no_answer(since):
    assert status(if_modified_since=since) == 304


def test_a_date_from_before_the_answer_was_there_gets_it_even_if_its_own_is_earlier():
    assert ahead("a") == 1108
    assert status(if_modified_since="Fri, 20 Nov 2026 10:18:27 GMT") == 200
    assert status(if_modified_since="Fri, 20 Nov 2026 10:18:28 GMT") == 304
    assert ahead("a") == ahead(uncoded("a-gzip"))


@pytest.mark.parametrize(
    "since", ["Fri, 20 Nov 2026 09:59:59 GMT", "yesterday", "", "Fri, 20 Nov 99999999999 10:00:00 GMT", "1" * 10_000]
)
def test_an_earlier_date_or_none_gets_the_answer(since):
    assert status(if_modified_since=since) == 200


def test_dates_count_for_questions_only():
    environ = {"REQUEST_METHOD": "POST", "HTTP_IF_MODIFIED_SINCE": THEN}
    assert condition(environ, '"a"', THEN) == 200


def test_a_change_that_nobody_wants_to_lose_is_refused():
    assert status(if_match='"b"') == 412
    assert status(if_match='"a-gzip"') == 200
    assert status(if_match="*", if_none_match='"a"') == 304


def test_nor_is_one_that_has_come_since_a_date():
    assert status(if_unmodified_since="Fri, 20 Nov 2026 09:59:59 GMT") == 412
    assert status(if_unmodified_since=THEN) == status(if_unmodified_since=SECOND_LATER) == 200
    assert status(if_unmodified_since="Fri, 20 Nov 2026 09:59:59 GMT", if_match='"a"') == 200
    for nothing in ("yesterday", "", "Fri, 20 Nov 99999999999 10:00:00 GMT"):
        assert status(if_unmodified_since=nothing) == 200
    environ = {"REQUEST_METHOD": "GET", "HTTP_IF_UNMODIFIED_SINCE": THEN}
    assert condition(environ, '"a"') == 200


@pytest.mark.parametrize(
    ("method", "headers", "left"),
    [
        ("GET", {"RANGE": "bytes=0-1"}, {"RANGE"}),
        ("GET", {"RANGE": "bytes=0-1", "IF_RANGE": '"a"'}, {"RANGE", "IF_RANGE"}),
        ("GET", {"RANGE": "bytes=0-1", "IF_RANGE": 'W/"a"'}, {"IF_RANGE"}),
        ("HEAD", {"RANGE": "bytes=0-1"}, set()),
        ("GET", {"RANGE": "bytes=0-0,2-2"}, set()),
        ("GET", {"RANGE": "bytes=" + "0-," * 2000}, set()),
        ("GET", {"RANGE": "lines=0-1"}, set()),
        ("GET", {"RANGE": "bytes=-"}, set()),
        ("GET", {"IF_MATCH": " * "}, set()),
        ("GET", {"IF_MATCH": '"*"'}, {"IF_MATCH"}),
        ("GET", {"IF_MODIFIED_SINCE": "Fri, 20 Nov 99999999999 10:00:00 GMT"}, set()),
    ],
)
def test_what_says_nothing_is_passed_over(method, headers, left):
    environ = {"REQUEST_METHOD": method, **{f"HTTP_{name}": value for name, value in headers.items()}}
    assert {name.removeprefix("HTTP_") for name in understood(environ)} == {"REQUEST_METHOD", *left}


TEXTS = st.text(max_size=40)


@given(TEXTS, TEXTS, TEXTS, TEXTS, TEXTS)
def test_no_header_raises(none, match, since, until, part):
    headers = {"HTTP_IF_NONE_MATCH": none, "HTTP_IF_MATCH": match, "HTTP_IF_MODIFIED_SINCE": since}
    headers |= {"HTTP_IF_UNMODIFIED_SINCE": until, "HTTP_RANGE": part}
    environ = understood({"REQUEST_METHOD": "GET", **headers})
    assert condition(environ, '"a"', THEN) in (200, 304, 412)
