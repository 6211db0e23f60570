"""Patterns of addresses."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import permalinks, slugs
from blog.permalinks import Token

WHEN = datetime(2012, 9, 5, 7, 8, 9, tzinfo=UTC)
VALUES: dict[str, permalinks.Value] = {
    "slug": "moving-on",
    "title": "on-the-move",
    "filename": "2012-09-05-moving-on",
    "category": "travel",
    "categories": ["travel", "north"],
    "section": "travel",
    "sections": ["travel", "canada", "montreal"],
    "path": "travel/canada/moving-on",
    "author": "ann",
    "lang": "fr",
    "id": "42",
    "output_ext": ".html",
}


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("/:year/:month/:day/:title:output_ext", "/2012/09/05/on-the-move.html"),
        ("/:categories/:year/:y_day/:title.html", "/travel/north/2012/249/on-the-move.html"),
        ("/:short_year/:i_month/:i_day/:slug/", "/12/9/5/moving-on/"),
        ("/:short_month-:long_month/:short_day-:long_day/:slug", "/SEP-September/WED-Wednesday/moving-on"),
        ("/:w_year-W:week-:w_day/:hour:minute:second/:slug", "/2012-W36-3/070809/moving-on"),
        ("/:categories/:year/:month/:day/:slug.*", "/travel/north/2012/09/05/moving-on.html"),
        ("/:year_:month/:slug/*", "/2012_09/moving-on/"),
        ("/:monthname/:weekdayname/:weekday/:yearday/:slug", "/September/Wednesday/3/249/moving-on"),
        ("/:2006/:06/:01/:1/:02/:2/:January/:Jan/:slug", "/2012/12/09/9/05/5/September/Sep/moving-on"),
        (r"/a\:b/:slug", "/a:b/moving-on"),
        ("/:sections/:slug", "/travel/canada/montreal/moving-on"),
        ("/:sections[1:]/:slug", "/canada/montreal/moving-on"),
        ("/:sections[:last]/:slug", "/travel/canada/moving-on"),
        ("/:sections[last]/:sections[0]/:slug", "/montreal/travel/moving-on"),
        ("/:sections[7:]/:sections[9]/:slug", "/moving-on"),
        ("/:slugorcontentbasename/:contentbasename", "/moving-on/2012-09-05-moving-on"),
        ("blog/:year/:i_month/:title.html", "blog/2012/9/on-the-move.html"),
        ("{date:%Y}/{date:%b}/{date:%d}/{slug}/", "2012/Sep/05/moving-on/"),
        ("{date:%Y-%-m-%-d}/{slug}.html", "2012-9-5/moving-on.html"),
        ("{date.year}/{date.month}/{category}/{author}/{lang}/{slug}.html", "2012/9/travel/ann/fr/moving-on.html"),
        ("/%year%/%monthnum%/%day%/%postname%/", "/2012/09/05/moving-on/"),
        ("/archives/%post_id%", "/archives/42"),
        ('/{{ page.date | date: "%Y/%m" }}/{{ page.fileSlug }}/index.html', "/2012/09/moving-on/index.html"),
        ("/{{page.filePathStem}}.html", "/travel/canada/moving-on.html"),
        ("/{{ page.date | date: 'yyyy/MM/dd' }}/{{ title | shout }}/", "/2012/09/05/ON-THE-MOVE/"),
        ("/{{ page.date }}/{{ title }}/", "/2012-09-05/on-the-move/"),
    ],
)
def test_a_pattern_of_any_engine_is_filled(pattern: str, path: str) -> None:
    assert permalinks.fill(pattern, VALUES, WHEN, {"shout": str.upper}) == path


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("/:year/:category/:slug/", "/x/"),
        ("/:year-:month/:slug.html", "/x.html"),
        ("/archive/:year/:sections[1:]/:slug/", "/archive/x/"),
        ("/{date:%Y}/{slug}", "/x"),
    ],
)
def test_parts_without_a_value_are_left_out(pattern: str, path: str) -> None:
    assert permalinks.fill(pattern, {"slug": "x"}) == path


def test_what_means_nothing_is_told_and_left_out() -> None:
    assert permalinks.unknown("/:yaer/:slug/{mood}/") == ["yaer", "mood"]
    assert permalinks.fill("/:yaer/:slug/", {"slug": "x"}) == "/x/"


def test_an_early_year_has_four_digits() -> None:
    assert permalinks.fill("/:year/{date:%Y}", {}, datetime(987, 1, 2, tzinfo=UTC)) == "/0987/0987"


def test_a_pattern_is_split_into_what_stands_there_and_what_stands_for_something() -> None:
    assert permalinks.parse("/a/:year-:slug.html") == ("/a/", Token("year"), "-", Token("slug"), ".html")
    assert permalinks.names("/:year/:sections[1:]/:slug") == {"year", "sections", "slug"}


@pytest.mark.parametrize("name", sorted(permalinks.TOKENS))
def test_every_token_stands_for_something(name: str) -> None:
    assert not permalinks.unknown(f"/:{name}/")
    if name not in ("basename", "name"):  # these come from whoever fills it
        assert permalinks.fill(f"/:{name}", VALUES, WHEN) != "/"


@given(st.text(":{}%[]/|.-_\\ abyearslugdate0129'\"\n\x00é", max_size=60), st.none() | st.datetimes())
def test_any_text_is_a_pattern(pattern: str, date: datetime | None) -> None:
    assert isinstance(permalinks.fill(pattern, {"slug": "x"}, date), str)


@given(st.lists(st.sampled_from([f":{name}" for name in sorted(VALUES)]), min_size=1, max_size=5), st.datetimes())
def test_no_token_is_left_standing(tokens: list[str], date: datetime) -> None:
    path = permalinks.fill("/" + "/".join(tokens), VALUES, date)
    assert not re.search(r"[:{}%]", path)


@pytest.mark.parametrize("shape", ["{", "{{", "{{a|", ":", ":a[", "%a", "%a_", "{a:", "/", "{{ a ", "\\:", "_", ":a_"])
def test_a_hostile_pattern_takes_no_longer_than_another(shape: str) -> None:
    pattern, began = shape * (100_000 // len(shape)), time.process_time()
    permalinks.fill(pattern, {"slug": "x"}, WHEN)
    assert time.process_time() - began < 1


def test_slugs_of_engines_can_be_filters() -> None:
    assert permalinks.fill("/{{ title | slugify }}/", {"title": "Größe"}, filters={"slugify": slugs.eleventy}) == (
        "/groesse/"
    )
