"""Conditions of requests, by themselves: the bytes that they are about play no part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.conditions import condition

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


@pytest.mark.parametrize("since", [THEN, SECOND_LATER, "Sat, 01 Jan 2050 00:00:00 GMT"])
def test_the_same_or_a_later_date_needs_no_answer(since):
    assert status(if_modified_since=since) == 304


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


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_no_header_raises(none, match, since):
    headers = {"HTTP_IF_NONE_MATCH": none, "HTTP_IF_MATCH": match, "HTTP_IF_MODIFIED_SINCE": since}
    assert condition({"REQUEST_METHOD": "GET", **headers}, '"a"', THEN) in (200, 304, 412)
