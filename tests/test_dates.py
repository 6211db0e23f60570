"""Dates: anything written becomes one aware moment, with the day that the author typed."""

from __future__ import annotations

import time as clock
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from blog import dates
from blog.dates import When

BERLIN = ZoneInfo("Europe/Berlin")
DAY = When(datetime(2012, 9, 5, tzinfo=BERLIN), True)


@pytest.mark.parametrize(
    "written",
    [
        "2012-09-05",
        "2012-9-5",
        "2012/09/05",
        "20120905",
        "Sep 05, 2012",
        "Sep 5 2012",
        "September 5, 2012",
        "September 5th, 2012",
        "5 September 2012",
        "5 Sep 2012",
        "05-Sep-2012",
        "Wed, 5 Sep 2012",
        "Wednesday, September 5, 2012",
        "2012.09.05",
        date(2012, 9, 5),
    ],
)
def test_a_day_is_read_however_it_is_written(written: object) -> None:
    assert dates.read(written, BERLIN) == DAY


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2012-09-05 10:30", "2012-09-05T10:30:00+02:00"),
        ("2012-09-05T10:30:15", "2012-09-05T10:30:15+02:00"),
        ("2012-09-05T10:30:15Z", "2012-09-05T10:30:15+00:00"),
        ("2012-09-05 10:00:00 +0900", "2012-09-05T10:00:00+09:00"),
        ("2012-09-05T10:00:00-07:00", "2012-09-05T10:00:00-07:00"),
        ("2012-09-05T10:00:00.250+00:00", "2012-09-05T10:00:00.250000+00:00"),
        ("2012-09-05 10:00:00 UTC", "2012-09-05T10:00:00+00:00"),
        ("Wed, 05 Sep 2012 10:00:00 GMT", "2012-09-05T10:00:00+00:00"),
        ("Wed Sep  5 10:00:00 EDT 2012", "2012-09-05T10:00:00-04:00"),
        ("Sep 5, 2012 10:30 PM", "2012-09-05T22:30:00+02:00"),
        ("2012-09-05 00:00", "2012-09-05T00:00:00+02:00"),
        ("2012-01-05 00:00:00", "2012-01-05T00:00:00+01:00"),
    ],
)
def test_a_moment_keeps_its_offset_or_takes_the_sites(written: str, iso: str) -> None:
    when = dates.read(written, BERLIN)
    assert when is not None
    assert when.moment.isoformat() == iso
    assert when.date_only is False


def test_what_toml_types_itself_is_taken_as_it_is() -> None:
    there = timezone(timedelta(hours=-7))
    assert dates.read(datetime(2012, 9, 5, 10, tzinfo=there), BERLIN) == When(
        datetime(2012, 9, 5, 10, tzinfo=there), False
    )
    local = dates.read(datetime(2012, 9, 5, 10), BERLIN)
    assert local is not None
    assert local.moment.isoformat() == "2012-09-05T10:00:00+02:00"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2012",
        "2012-09",
        "September 2012",
        "September 5",
        "Wednesday",
        "10:30",
        "today",
        "soon",
        "2012-13-05",
        "2012-02-30",
        "31 February 2012",
        "12",
        "2",
        "v1.2.3",
        "null",
        "None",
        True,
        [],
        {"a": 1},
        "{{ date }}",
        "5 September 2012 and then some words",
    ],
)
def test_what_is_no_full_date_is_none(written: object) -> None:
    assert dates.read(written, BERLIN) is None


@pytest.mark.parametrize("written", ["0001-01-01", "9999-12-31", date(1, 1, 1), datetime(9999, 12, 31, 23, 59)])
def test_the_first_and_the_last_year_are_refused_as_other_zones_have_none(written: object) -> None:
    assert dates.read(written, BERLIN) is None


def test_a_file_name_has_no_first_or_last_year_either() -> None:
    assert dates.named("0001-01-01-x") == (None, "0001-01-01-x")
    assert dates.named("9999-12-31-x") == (None, "9999-12-31-x")


def test_an_unknown_zone_is_read_without_a_warning() -> None:
    """Warnings are errors here; in use they would print to the error stream at every read."""
    when = dates.read("5 Sep 2012 10:00 AEST", UTC)
    assert when is None or when.moment.replace(tzinfo=None) == datetime(2012, 9, 5, 10)


@pytest.mark.filterwarnings("ignore")
def test_a_date_does_not_depend_on_the_zone_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    try:
        for zone in ("UTC", "Pacific/Auckland"):
            monkeypatch.setenv("TZ", zone)
            clock.tzset()
            when = dates.read("5 Sep 2012 10:00 NZST", UTC)
            found.append(when and when.moment.isoformat())
    finally:
        monkeypatch.undo()
        clock.tzset()
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("stem", "day", "rest"),
    [
        ("2012-09-05-moving-on", date(2012, 9, 5), "moving-on"),
        ("2012-9-5-moving-on", date(2012, 9, 5), "moving-on"),
        ("2012-09-05_moving_on", date(2012, 9, 5), "moving_on"),
        ("2012-09-05 Moving On", date(2012, 9, 5), "Moving On"),
        ("2012-09-05", date(2012, 9, 5), ""),
        ("2012-13-05-x", None, "2012-13-05-x"),
        ("2012-02-30-x", None, "2012-02-30-x"),
        ("2012-09-055", None, "2012-09-055"),
        ("12-09-05-x", None, "12-09-05-x"),
        ("moving-on", None, "moving-on"),
        ("", None, ""),
    ],
)
def test_a_name_may_begin_with_a_day(stem: str, day: date | None, rest: str) -> None:
    assert dates.named(stem) == (day, rest)


@pytest.mark.parametrize("written", ["Sep 05, 2012", "  5 September 2012  ", "2012-09-05", "Date: 2012-09-05"])
def test_a_line_that_is_a_date_is_one(written: str) -> None:
    assert dates.line(written, BERLIN) == DAY


@pytest.mark.parametrize(
    "written",
    [
        "",
        "Hello",
        "In 2012 we moved.",
        "September 2012",
        "5 September",
        "# 2012-09-05",
        "2012-09-05 we moved on",
        "1 2 3",
    ],
)
def test_a_line_that_only_mentions_one_is_not(written: str) -> None:
    assert dates.line(written, BERLIN) is None


def test_a_change_counts_as_the_day_in_the_zone_of_the_site() -> None:
    late = int(datetime(2012, 9, 5, 23, 30, tzinfo=UTC).timestamp()) * 1_000_000_000 + 999
    assert dates.changed(late, UTC) == When(datetime(2012, 9, 5, tzinfo=UTC), True)
    assert dates.changed(late, BERLIN) == When(datetime(2012, 9, 6, tzinfo=BERLIN), True)


@pytest.mark.parametrize("mtime_ns", [0, -1, -(10**18), 10**18, 2**63 - 1])
def test_a_change_at_any_time_is_a_day(mtime_ns: int) -> None:
    moment = dates.changed(mtime_ns, BERLIN).moment
    assert (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0)


@given(st.datetimes(min_value=datetime(2, 1, 2), max_value=datetime(9998, 12, 30), timezones=st.just(UTC)))
def test_iso_is_read_as_it_was_written(moment: datetime) -> None:
    assert dates.read(moment.isoformat(), BERLIN) == When(moment, False)


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(9998, 12, 31)))
def test_a_day_in_words_is_the_same_day(day: date) -> None:
    when = dates.read(f"{day:%d} {day:%B} {day:%Y}", BERLIN)
    assert when is not None
    assert (when.moment.date(), when.date_only) == (day, True)


@given(st.text(max_size=70) | st.text("0123456789-/:., +TZabcnoESept", max_size=40) | st.integers() | st.floats())
@example("10^99999")
@example("1e9999999")
@example("0" * 60)
@example("99999999999999999999")
@example("2012-09-05T10:00:00+99:99")
@example("\x00")
@pytest.mark.filterwarnings("ignore::dateutil.parser.UnknownTimezoneWarning")
def test_any_text_is_a_full_aware_date_or_none(written: object) -> None:
    for zone in (UTC, BERLIN):
        when = dates.read(written, zone)
        if when is not None:
            assert when.moment.utcoffset() is not None
            assert datetime.fromisoformat(when.moment.isoformat()) == when.moment
            assert when.moment.astimezone(UTC) == when.moment


@given(st.text(max_size=60))
@pytest.mark.filterwarnings("ignore::dateutil.parser.UnknownTimezoneWarning")
def test_any_line_and_any_name_can_be_asked(written: str) -> None:
    assert dates.line(written, UTC) is None or dates.line(written, UTC).moment.tzinfo is not None  # type: ignore[union-attr]
    day, rest = dates.named(written)
    assert written.endswith(rest)
    assert day is not None or rest == written
