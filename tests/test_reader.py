"""The reader: what a file says, from its header, its first lines, its name, or itself."""

# ruff: noqa: PT017 (where anything may be read or refused, what is refused is looked at)

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from blog import reader, urls
from blog.documents import Document, MenuEntry, Source, Stamp, to_document, to_record
from blog.errors import ContentError
from blog.reader.text import is_whole_page
from blog.settings import Settings
from blog.site import of

MAY = int(datetime(2013, 5, 4, 21, tzinfo=UTC).timestamp()) * 10**9


def read(text: str | bytes, address: str = "posts/x.md", **settings: str) -> Document:
    data = text.encode() if isinstance(text, str) else text
    kind = "post" if address.startswith("posts/") else "page"
    path = address if kind == "post" else f"pages/{address}"
    source = Source(path, address, kind, Stamp(MAY, len(data)), data)
    return reader.Reading(source, Settings(**settings)).document()  # type: ignore[arg-type]


def said(document: Document) -> list[str]:
    return [problem.line_of_text() for problem in document.problems]


def test_a_full_header_fills_every_field() -> None:
    document = read(
        """---
title: A walk by the river
date: 2012-09-05 10:00:00 +0900
lastmod: 2012-10-01
description: Four miles, *two* bridges.
tags: [walks, rivers]
categories: Outdoors
author: [A. Walker, B. Walker]
lang: en-GB
layout: wide
aliases: [/walk, /old/walk.html]
weight: 4
mood: good
---
Text.
"""
    )
    assert document == Document(
        path="posts/x.md",
        kind="post",
        url="/posts/x/",
        title="A walk by the river",
        date=datetime.fromisoformat("2012-09-05T10:00:00+09:00"),
        updated=datetime(2012, 10, 1, tzinfo=UTC),
        summary="Four miles, *two* bridges.",
        tags=("walks", "rivers"),
        categories=("Outdoors",),
        author="A. Walker, B. Walker",
        authors=("A. Walker", "B. Walker"),
        language="en-GB",
        layout="wide",
        aliases=("/walk/", "/old/walk.html"),
        header="yaml",
        meta={"mood": "good"},
        origins={"title": "title", "date": "date", "url": "the permalink /posts/:slug/"},
        body="Text.\n",
    )


@pytest.mark.parametrize(
    "header",
    [
        "---\ntitle: Walk\ndate: 2012-09-05\ntags: [a]\ndraft: true\n---\n",
        "---\nTitle: Walk\nDATE: 2012-09-05\nTags: a\nDraft: Yes\n...\n",
        '+++\ntitle = "Walk"\ndate = 2012-09-05\ntags = ["a"]\ndraft = true\n+++\n',
        '{"title": "Walk", "date": "2012-09-05", "tags": ["a"], "draft": true}\n',
    ],
)
def test_every_dialect_says_the_same(header: str) -> None:
    document = read(header + "Text.\n")
    assert (document.title, document.date, document.date_only) == ("Walk", datetime(2012, 9, 5, tzinfo=UTC), True)
    assert (document.tags, document.draft, document.body) == (("a",), True, "Text.\n")


def test_without_a_header_title_and_date_come_from_the_first_lines() -> None:
    document = read("Moving house\n\n\nSep 05, 2012\n\nText.\n", "posts/moving.txt", timezone="Europe/Berlin")
    assert (document.title, document.body) == ("Moving house", "Text.\n")
    assert (document.date, document.date_only) == (datetime(2012, 9, 5, tzinfo=ZoneInfo("Europe/Berlin")), True)


@pytest.mark.parametrize(
    ("text", "address", "day"),
    [
        ("---\ndate: 2012-01-01\n---\n# T\n\n2012-02-02\n", "posts/2012-03-03-x.md", "2012-01-01"),
        ("# T\n\n2012-02-02\n", "posts/2012-03-03-x.md", "2012-03-03"),
        ("# T\n\n2012-02-02\n", "posts/2012/03/03/x.md", "2012-03-03"),
        ("# T\n\n2012-02-02\n", "posts/x.md", "2012-02-02"),
        ("# T\n", "posts/2012-03-03-x.md", "2012-03-03"),
        ("# T\n", "posts/2012-03-03-x/index.md", "2012-03-03"),
        ("# T\n", "posts/x.md", "2013-05-04"),
        ("---\ndate:\n---\n# T\n", "posts/2012-03-03-x.md", "2012-03-03"),
    ],
)
def test_the_date_climbs_down_the_ladder(text: str, address: str, day: str) -> None:
    document = read(text, address)
    assert document.date is not None
    assert document.date.date().isoformat() == day


def test_a_line_with_another_day_than_the_name_is_reported() -> None:
    document = read("# T\n\n2012-02-02\n", "posts/2012-03-03-x.md")
    assert said(document) == [
        "posts/2012-03-03-x.md: the name of this file says 2012-03-03, which counts, a line of its text 2012-02-02"
    ]


def test_a_line_gives_the_day_of_the_name_its_time() -> None:
    document = read("# T\n\n2012-03-03 10:30\n\nText.\n", "posts/2012-03-03-x.md")
    assert (document.date, document.date_only) == (datetime(2012, 3, 3, 10, 30, tzinfo=UTC), False)
    assert said(document) == []


def test_a_value_of_a_megabyte_is_not_shown_whole() -> None:
    document = read(f"---\ntitle: T\ndate: {'x' * 1_000_000}\nlang: {'y y' * 1_000_000}\ndraft: {'z' * 9_000}\n---\n")
    assert len(document.problems) == 3
    assert max(map(len, said(document))) < 150


def test_a_title_of_a_megabyte_is_cut_and_reported() -> None:
    document = read(f"---\ntitle: {'x' * 1_000_000}\n---\nText.\n")
    assert document.title == "x" * 1000 + "…"
    assert said(document) == [f"posts/x.md:2: this title is too long: {'x' * 80}…"]


def test_a_page_has_a_date_only_if_it_says_so() -> None:
    assert read("# About\n", "about.md").date is None
    assert read("# About\n", "2012-03-03-about.md").date is None
    assert read("---\ndate: 2012-09-05\n---\n", "about.md").date == datetime(2012, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "text", "published", "day"),
    [
        ("posts/x.md", "Text.", "2012-02-03", "2012-02-03"),
        ("posts/x.md", "Text.", "2012-02-03T23:30:00+09:00", "2012-02-03"),
        ("posts/x.md", "Text.", "", "2013-05-04"),
        ("posts/x.md", "Text.", "whenever", "2013-05-04"),
        ("posts/2012-01-01-x.md", "Text.", "2012-02-03", "2012-01-01"),
        ("posts/x.md", "---\ndate: 2012-01-01\n---\nText.", "2012-02-03", "2012-01-01"),
        ("posts/x.md", "---\ndate: never\n---\nText.", "2012-02-03", "None"),
        ("x.md", "Text.", "2012-02-03", "None"),
    ],
)
def test_the_date_of_a_file_that_was_published_counts_before_its_time(
    address: str, text: str, published: str, day: str
) -> None:
    source = Source(address, address, "post" if "/" in address else "page", Stamp(MAY, 1), text.encode())
    found = reader.Reading(source, Settings(), {address: published}.__getitem__).document().date
    assert str(found and found.date()) == day


def test_a_file_changed_late_in_the_day_belongs_to_the_day_of_the_site() -> None:
    document = read("# T\n", timezone="Asia/Tokyo")
    assert document.date is not None
    assert document.date.isoformat() == "2013-05-05T00:00:00+09:00"


def test_a_date_that_can_not_be_read_is_reported_and_makes_no_news() -> None:
    document = read("---\ntitle: T\ndate: the other day\nupdated: later\n---\n")
    assert (document.date, document.updated) == (None, None)
    assert said(document) == [
        "posts/x.md:3: this is not a date: the other day",
        "posts/x.md:4: this is not a date: later",
    ]


@pytest.mark.parametrize("dialect", ['{{"title": "{}",\n"date": "soon"}}\n', '---\ntitle: "{}"\ndate: soon\n---\n'])
@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85"])
def test_the_line_of_a_problem_counts_as_editors_do(dialect: str, sign: str) -> None:
    text = dialect.format(f"a{sign}b")
    line = next(number for number, row in enumerate(text.split("\n"), 1) if "soon" in row)
    assert said(read(text)) == [f"posts/x.md:{line}: this is not a date: soon"]


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85"])
def test_a_line_separator_in_a_plain_title_ends_no_line(sign: str) -> None:
    """Word processors paste them; YAML 1.2 has no such line end, whatever PyYAML thinks."""
    assert read(f"---\ntitle: Two{sign}words\n---\n").title == "Two words"


@pytest.mark.parametrize(
    ("header", "draft"),
    [
        ("draft: true", True),
        ("draft: false", False),
        ("draft: no", False),
        ("draft:", False),
        ("published: false", True),
        ("published: true", False),
        ("published: 2012-09-05", False),
        ("draft: false\npublished: false", True),
        ("title: T", False),
    ],
)
def test_a_draft_is_held_back(header: str, draft: bool) -> None:
    document = read(f"---\n{header}\n---\n")
    assert (document.draft, document.problems) == (draft, ())


def test_a_switch_that_can_not_be_read_holds_back_and_is_reported() -> None:
    document = read("---\ndraft: nearly\n---\n")
    assert document.draft is True
    assert said(document) == ["posts/x.md:2: draft is neither true nor false: nearly"]


@pytest.mark.parametrize("nothing", ["null", "~", "", "Null", "NULL"])
def test_yaml_has_several_words_for_nothing(nothing: str) -> None:
    """Exporters write them: ``description: null``."""
    keys = "title date updated description tags categories aliases menu lang layout author slug".split()
    document = read("---\n" + "".join(f"{key}: {nothing}\n" for key in keys) + "---\nText.\n")
    assert document.problems == ()
    assert (document.tags, document.categories, document.aliases, document.menus) == ((), (), (), ())
    assert (document.title, document.summary, document.language, document.layout, document.author) == (
        "Text",
        "",
        "",
        "",
        "",
    )
    assert document.date == datetime(2013, 5, 4, tzinfo=UTC)


@pytest.mark.parametrize("title", ["2017", "12:30", "no", "1.10", "2012-09-05", "on", "0x10", "1e3"])
def test_a_title_is_what_was_written(title: str) -> None:
    assert read(f"---\ntitle: {title}\n---\n").title == title


@pytest.mark.parametrize(
    ("text", "address", "title"),
    [
        ("", "posts/2012-09-05-moving_on-again.md", "Moving on again"),
        ("", "posts/moving-on/index.md", "Moving on"),
        ("", "index.md", "Blog"),
        ("", "posts/2012-09-05.md", "2012 09 05"),
        ("- a list\n", "posts/a-list.md", "A list"),
        ("<h1>In HTML</h1><p>Text.</p>", "posts/x.html", "In HTML"),
        ("<p>Text.</p>", "posts/in-html.html", "In html"),
    ],
)
def test_a_name_is_the_last_resort_for_a_title(text: str, address: str, title: str) -> None:
    assert read(text, address).title == title


def test_a_heading_that_repeats_the_title_goes_from_the_body() -> None:
    assert read("---\ntitle: Walk\n---\n\n# Walk\n\nText.\n").body == "\nText.\n"


@pytest.mark.parametrize(
    ("address", "header", "url"),
    [
        ("posts/x.md", "", "/posts/x/"),
        ("posts/2012-09-05-x.md", "", "/posts/x/"),
        ("posts/x/index.md", "", "/posts/x/"),
        ("posts/deep/er/x.md", "", "/posts/x/"),
        ("posts/x.md", "slug: A Y", "/posts/a-y/"),
        ("posts/x.md", "permalink: /my/way/", "/my/way/"),
        ("posts/x.md", "url: my/way.html", "/my/way.html"),
        ("posts/🍃.md", "title: Leaf", "/posts/leaf/"),
        ("posts/🍃.md", "title: 🍃", "/posts/untitled/"),
        ("posts/index.md", "", "/posts/"),
        ("posts/deep/_index.md", "", "/posts/deep/"),
        ("index.md", "", "/"),
        ("about.md", "", "/about/"),
        ("deep/about.md", "slug: me", "/deep/me/"),
    ],
)
def test_a_file_has_an_address(address: str, header: str, url: str) -> None:
    assert read(f"---\n{header}\n---\n", address).url == url


def test_the_permalink_setting_is_for_posts() -> None:
    pattern = "/:year/:month/:section/:slug/"
    assert read("---\ndate: 2012-09-05\n---\n", "posts/deep/x.md", permalink=pattern).url == "/2012/09/deep/x/"
    assert read("---\ndate: 2012-09-05\n---\n", "deep/x.md", permalink=pattern).url == "/deep/x/"


@pytest.mark.parametrize("key", ["permalink", "url", "aliases", "redirect_from"])
def test_an_address_that_can_be_none_is_reported_on_its_line(key: str) -> None:
    document = read(f"---\ntitle: T\n{key}: /a?b=c\n---\n")
    assert (document.url, document.aliases) == ("/posts/x/", ())
    assert said(document) == ["posts/x.md:3: an address can't hold ? or #: /a?b=c"]


def test_aliases_are_listed_once_and_never_the_own_address() -> None:
    aliases = read("---\naliases: [/a, /a/, posts/x, 'https://example.org/b.html', '/%C3%B6']\n---\n").aliases
    assert aliases == ("/a/", "/b.html", "/ö/")


@pytest.mark.parametrize(
    ("header", "entries"),
    [
        ("menu: main", [("main", "T", 0, "")]),
        ("menu: [main, footer]\nweight: 2", [("main", "T", 2, ""), ("footer", "T", 2, "")]),
        ("menus:\n  main:", [("main", "T", 0, "")]),
        ("menu:\n  main:\n    weight: 3\n    params:\n      color: green", [("main", "T", 3, "green")]),
        ("menu:\n  main:\n    name: Short\n    weight: -1\nweight: 9", [("main", "Short", -1, "")]),
        ("menu:\n  main:\n    params:\n      color: Grey", [("main", "T", 0, "gray")]),
        ("menu: []", []),
    ],
)
def test_menus_are_read_as_hugo_writes_them(header: str, entries: list[tuple[str, str, int, str]]) -> None:
    document = read(f"---\ntitle: T\n{header}\n---\n", "about.md")
    assert document.menus == tuple(
        MenuEntry(menu, name, "/about/", weight, color) for menu, name, weight, color in entries
    )
    assert document.problems == ()


def test_a_colour_that_the_theme_has_not_is_reported() -> None:
    document = read("---\ntitle: T\nmenu:\n  main:\n    params:\n      color: mauve\n---\n", "about.md")
    assert document.menus[0].color == ""
    (problem,) = document.problems
    assert problem.line == 6
    assert "mauve" in problem.message


def test_a_byte_order_mark_and_windows_lines_change_nothing() -> None:
    plain = b"---\ntitle: Walk\ndate: 2012-09-05\n---\nOne\n\nTwo\n"
    for data in (b"\xef\xbb\xbf" + plain, plain.replace(b"\n", b"\r\n"), plain.replace(b"\n", b"\r")):
        assert read(data) == read(plain)


def test_bytes_that_are_not_utf_8_are_shown_as_such_and_reported_on_their_line() -> None:
    document = read(b"---\ntitle: Caf\xe9\n---\nText.\n")
    assert document.title == "Caf\ufffd"
    assert said(document) == ["posts/x.md:2: this is not UTF-8; what can't be read is shown as \ufffd"]


CONTROLS = [chr(code) for code in (*range(0, 9), 11, 12, *range(14, 32), 127)]


def test_control_characters_never_get_through() -> None:
    """One in a feed makes the whole feed unreadable."""
    signs = "".join(CONTROLS)
    document = read(f"---\ntitle: a{signs}b\n---\nc{signs}d\n")
    assert (document.title, document.body) == ("ab", "cd\n")


@pytest.mark.parametrize(
    "header",
    [
        '{"title": "a\\u0000\\u0001\\u001fb", "tags": ["c\\u0000d"], "description": "e\\u0008f"}\n',
        '---\ntitle: "a\\0\\x01\\x1fb"\ntags: ["c\\0d"]\ndescription: "e\\bf"\n---\n',
        '+++\ntitle = "a\\u0000\\u0001\\u001fb"\ntags = ["c\\u0000d"]\ndescription = "e\\bf"\n+++\n',
    ],
)
def test_nor_do_those_that_a_header_escapes(header: str) -> None:
    document = read(header)
    for text in (document.title, document.summary, *document.tags):
        assert not set(text) & set(CONTROLS)


@pytest.mark.parametrize("key", ["title", "tags", "description", "mood", "layout", "slug"])
def test_half_a_character_does_not_reach_the_index(key: str) -> None:
    """JSON can escape a lone surrogate, which nothing can store or send."""
    document = read(f'{{"{key}": "a\\ud800b"}}\n')
    json.dumps(to_record(document), ensure_ascii=False, default=str).encode()
    urls.href("", document.url)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("---\ntitle: [a\n---\n", "posts/x.md:3: YAML: "),
        ("---\ntitle: A\n", "posts/x.md:1: the yaml header is never closed"),
        ("+++\na = 1\nb = \n+++\n", "posts/x.md:3: TOML: "),
        ('{"a": 1,\n"b" 2}\n', "posts/x.md:2: JSON: "),
        ("---\r\ntitle: A\r\nb: c: d\r\n---\r\n", "posts/x.md:3: YAML: "),
        ("\ufeff---\ntitle: A\nb: c: d\n---\n", "posts/x.md:3: YAML: "),
    ],
)
def test_a_header_that_is_broken_is_read_and_reported_with_path_and_line(text: str, error: str) -> None:
    assert said(read(text))[0].startswith(error)


def test_a_header_of_which_nothing_can_be_read_is_refused_with_path_and_line() -> None:
    with pytest.raises(ContentError) as refused:
        read("---\ntitle: [\n---\n")
    assert refused.value.format_message().startswith("posts/x.md:3: YAML: ")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("<!doctype html><title>x</title>", True),
        ("\n<!-- a --> <!-- b -->\n<HTML>", True),
        ('<?xml version="1.0"?>\n<!DOCTYPE html>', True),
        ("<p>Text.</p>", False),
        ("<!-- <html> --><p>Text.</p>", False),
        ("---\ntitle: T\n---\n<!doctype html>", False),
        ("<htmlish>", False),
    ],
)
def test_a_whole_page_is_known_by_its_beginning(text: str, whole: bool) -> None:
    def source(path: str) -> Source:
        return Source(path, path, "page", Stamp(0, 0), text.encode())

    assert is_whole_page(source("x.html")) is whole
    assert is_whole_page(source("x.md")) is False


def test_many_comments_are_passed_at_once() -> None:
    def work(count: int) -> bool:
        return is_whole_page(Source("x.html", "x.html", "page", Stamp(0, 0), b"<!-- a -->" * count + b"<p>"))

    start = time.process_time()
    assert work(11) is False
    first = time.process_time() - start
    start = time.process_time()
    assert work(22) is False
    assert time.process_time() - start < 8 * first + 0.02


def deep(depth: int) -> dict[str, str]:
    inner = "[" * depth + "]" * depth
    tables = '{"a": ' * depth + "1" + "}" * depth
    flow = "{a: " * depth + "1" + "}" * depth
    return {
        "json lists": f'{{"mood": {inner}}}\n',
        "json tables": f'{{"mood": {tables}}}\n',
        "yaml lists": f"---\nmood: {inner}\n---\n",
        "yaml tables": f"---\nmood: {flow}\n---\n",
        "toml lists": f"+++\nmood = {inner}\n+++\n",
    }


@pytest.mark.parametrize("depth", [10, 90, 300, 470, 600, 900])
@pytest.mark.parametrize("shape", sorted(deep(1)))
def test_a_nested_header_is_refused_or_can_be_stored(shape: str, depth: int) -> None:
    try:
        document = read(deep(depth)[shape])
    except ContentError as error:
        assert depth > 50
        assert error.path == "posts/x.md"
        return
    json.dumps(to_record(document), ensure_ascii=False, default=str)


@pytest.mark.parametrize(
    "header",
    [
        "a: &a !!int [*a]",
        "a: &a !odd [*a]",
        "a: !!set {x, y}",
        "a: !!omap [x: 1]",
        "a: !!pairs [x: 1]",
        "a: !!binary aGk=",
        "? [a, b]\n: c",
        "? {a: b}\n: c",
        "title: !!set {x}",
        "title: {a: b}",
        "title: [a]",
        "tags: !!set {x, y}",
        "menu: [[main]]",
        "menu: {main: [a]}",
        "menu: {main: {params: x, weight: [1], name: {}}}",
        "weight: 1e400",
        "date: [2012]",
        "date: {}",
        "aliases: {a: b}",
        "author: {name: A}",
        "permalink: [a]",
        "date: 2012-09-05T10:00:00+99:99",
        "date: 0001-01-01",
        "date: 9999-12-31",
    ],
)
def test_odd_values_are_refused_or_can_be_stored(header: str) -> None:
    stored(f"---\ntext: x\n{header}\n---\nText.\n".encode())


def test_a_set_is_read_in_the_same_order_everywhere() -> None:
    """Sets are ordered by a hash that changes with every process: the output must not."""
    assert read("---\ntags: !!set {walks, rivers, bridges}\n---\n").tags in ((), ("walks", "rivers", "bridges"))


def stored(data: bytes, address: str = "posts/x.md") -> Document | None:
    """Read a file as the index does; ``None`` where it is refused."""
    try:
        document = read(data, address)
    except ContentError as error:
        assert error.path.endswith(address)
        assert "\n" not in error.format_message()
        return None
    record = json.dumps(to_record(document), ensure_ascii=False, default=str)
    record.encode()
    again = to_document(json.loads(record), document.body)
    assert (again.title, again.url, again.date) == (document.title, document.url, document.date)
    return document


WORDS = '--- ... +++ { } title: date: 2012-09-05 tags: [ ] \ufeff # " menu: main &a *a url: / 🍃'.split(" ")
pieces = st.sampled_from([word.encode() for word in WORDS] + [b"\n", b"\r\n", b" ", b"---\n", b"\x00", b"\xe9"])


@given(
    st.binary(max_size=60) | st.lists(pieces, max_size=20).map(b"".join),
    st.sampled_from(["posts/x.md", "posts/2012-09-05-x/index.md", "index.md", "deep/x.html", "posts/🍃.txt"]),
)
@example(b"---\ndate: 2012-09-05T10:00:00+99:99\n---\n", "posts/x.md")
@example(b"", "index.md")
def test_any_bytes_are_a_document_or_refused(data: bytes, address: str) -> None:
    document = stored(data, address)
    if document:
        assert document.title
        assert urls.written(document.url) == document.url
        assert document.date is None or document.date.utcoffset() is not None
        assert not set(document.title + document.body) & set(CONTROLS)


@given(
    st.sampled_from(
        "title date updated description tags categories url slug aliases menu lang layout author draft".split()
    ),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
        max_leaves=6,
    ),
)
def test_any_value_of_any_key_is_read_or_reported(key: str, value: object) -> None:
    document = stored(json.dumps({key: value}).encode() + b"\nText.\n")
    assert document is not None
    assert document.body.endswith("Text.\n") or document.title == "Text"
    assert urls.written(document.url) == document.url


def test_the_seeds_say_what_they_are(seeds: dict[str, bytes]) -> None:
    def seed(path: str, address: str, kind: str) -> Document:
        return reader.Reading(Source(path, address, kind, Stamp(MAY, 1), seeds[path]), Settings()).document()

    work = seed("pages/work.md", "work.md", "page")
    assert (work.title, work.url, work.aliases) == ("Work", "/work/", ("/pages/work/",))
    assert work.menus == (MenuEntry("main", "Work", "/work/", 3, "green"),)
    home = seed("pages/index.md", "index.md", "page")
    assert (home.title, home.url) == ("tef.computer", "/")
    assert "pagetitle" not in home.body
    moving = seed("posts/moving-on.txt", "posts/moving-on.txt", "post")
    assert (moving.title, moving.url, moving.date_only) == ("Moving On", "/posts/moving-on/", True)
    assert moving.date == datetime(2012, 9, 5, tzinfo=UTC)
    assert moving.body.startswith("Almost four years ago")


def test_this_repositorys_own_content_has_no_problem() -> None:
    repository = Path(__file__).parent.parent
    for folder, kind in (("posts", "post"), ("pages", "page")):
        for file in sorted((repository / folder).rglob("*.*")):
            if file.suffix in (".md", ".txt", ".html"):
                path = file.relative_to(repository).as_posix()
                address = path if kind == "post" else path.removeprefix("pages/")
                source = Source(path, address, kind, Stamp(MAY, 1), file.read_bytes())
                assert reader.Reading(source, Settings()).document().problems == ()


def test_a_text_keeps_the_normalisation_that_its_author_chose() -> None:
    for cafe in ("cafe\u0301", "caf\u00e9"):
        assert read(f"---\ntitle: x\n---\n{cafe}\n").body == f"{cafe}\n"


def test_a_text_that_is_too_long_to_read_is_told(made):
    made.write({"posts/a.md": "# A\n\n" + "word " * 400_001, "posts/b.md": "# B\n\n" + "word " * 300_000})
    told = [(problem.path, problem.message) for problem in of(made.app()).library.problems()]
    assert told == [("posts/a.md", "this text has more than 2,000,000 characters, and is shown as it is written")]
