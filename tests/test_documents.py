"""Documents: plain data that can be pickled, kept as a record, and told apart by what lists show."""

from __future__ import annotations

import json
import pickle
from dataclasses import FrozenInstanceError, fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.documents import Document, MenuEntry, Problem, Source, Stamp, Summary, to_document, to_record, to_summary

words = st.text(max_size=12)
many = st.lists(words, max_size=3).map(tuple)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.none() | st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=zones)
entries = st.builds(MenuEntry, words, words, words, st.integers(), words)
documents = st.builds(
    Document,
    path=words,
    kind=st.sampled_from(["post", "page"]),
    url=words,
    title=words,
    date=moments,
    date_only=st.booleans(),
    updated=moments,
    summary=words,
    tags=many,
    categories=many,
    author=words,
    authors=many,
    draft=st.booleans(),
    language=words,
    body=words,
    markup=st.sampled_from(["markdown", "html"]),
    header=words,
    layout=words,
    aliases=many,
    menus=st.lists(entries, max_size=2).map(tuple),
    meta=st.dictionaries(words, words | st.lists(words, max_size=2), max_size=3),
)


@given(documents)
def test_a_record_as_json_gives_the_document_back(document: Document) -> None:
    record = json.loads(json.dumps(to_record(document)))
    assert to_document(record, document.body) == document


@given(documents)
def test_a_record_keeps_the_offset_that_was_written(document: Document) -> None:
    again = to_document(json.loads(json.dumps(to_record(document))))
    assert (again.date and again.date.utcoffset()) == (document.date and document.date.utcoffset())


@given(documents)
def test_a_document_can_be_pickled(document: Document) -> None:
    assert pickle.loads(pickle.dumps(document)) == document


@given(documents, words)
def test_a_body_edit_leaves_the_summary_as_it_is(document: Document, body: str) -> None:
    edited = replace(document, body=body)
    assert to_summary(to_record(edited)) == to_summary(to_record(document))
    assert to_record(edited) == to_record(document)


def test_a_summary_is_no_more_than_a_summary() -> None:
    document = Document(path="posts/x.md", kind="post", url="/posts/x/", title="X", body="text", tags=("go",))
    summary = to_summary(to_record(document))
    assert type(summary) is Summary
    assert summary == Summary(path="posts/x.md", kind="post", url="/posts/x/", title="X", tags=("go",))


def test_a_document_says_all_that_a_summary_says() -> None:
    assert {field.name for field in fields(Summary)} < {field.name for field in fields(Document)}


def test_problems_and_body_stay_out_of_the_record() -> None:
    document = Document(path="x", kind="page", url="/x/", title="X", body="b", problems=(Problem("x", 1, "bad"),))
    assert {"body", "problems"}.isdisjoint(to_record(document))


def test_documents_do_not_change() -> None:
    document = Document(path="x", kind="page", url="/x/", title="X", date=datetime(2012, 9, 5, tzinfo=UTC))
    with pytest.raises(FrozenInstanceError):
        document.title = "Y"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        Stamp(1, 2).size = 3  # type: ignore[misc]


def test_a_source_is_equal_to_one_read_again() -> None:
    assert Source("x.md", "x.md", "page", Stamp(1, 2), b"hi") == Source("x.md", "x.md", "page", Stamp(1, 2), b"hi")


@pytest.mark.parametrize(
    ("line", "said"), [(3, "posts/x.md:3: this is not a date: x"), (0, "posts/x.md: this is not a date: x")]
)
def test_a_problem_prints_its_place_first(line: int, said: str) -> None:
    assert Problem("posts/x.md", line, "this is not a date: x").line_of_text() == said
