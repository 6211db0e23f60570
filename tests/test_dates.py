"""Dates: anything written becomes one aware moment, with the day that the author typed."""

from __future__ import annotations

import time as clock
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from blog import dates
from blog.dates import When
from blog.months import MONTHS

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
        "2012_09_05",
        "2012. 9. 5.",
        "2012-W36-3",
        "2012W363",
        "2012-249",
        "2012-Sep-05",
        "Sept. 5th, 2012",
        "the 5th of September, 2012",
        "Sep 5 '12",
        "05.09.2012",
        "5. 9. 12",
        "  \t2012-09-05\n",
        "'2012-09-05'",
        "“2012-09-05”",
        "<2012-09-05 Wed>",
        "[2012-09-05 Wed]",
        "[[2012-09-05]]",
        "2012-09-05+02:00",
        "２０１２－０９－０５",
        "5\N{NO-BREAK SPACE}Sep\N{NARROW NO-BREAK SPACE}2012",
        "\N{RIGHT-TO-LEFT MARK}2012\N{EN DASH}09\N{MINUS SIGN}05",
        "٢٠١٢-٠٩-٠٥",
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
        ("2012-9-5 7:03", "2012-09-05T07:03:00+02:00"),
        ("2012/09/05 10:30:15", "2012-09-05T10:30:15+02:00"),
        ("20120905T103000Z", "2012-09-05T10:30:00+00:00"),
        ("20120905 10:30:00 +0900", "2012-09-05T10:30:00+09:00"),
        ("20120905103015", "2012-09-05T10:30:15+02:00"),
        ("201209051030", "2012-09-05T10:30:00+02:00"),
        ("2012-249T10:30", "2012-09-05T10:30:00+02:00"),
        ("2012-09-05T10:30:15z", "2012-09-05T10:30:15+00:00"),
        ("2012-09-05t10:30:15", "2012-09-05T10:30:15+02:00"),
        ("2012-09-05T10:30:15,25+09", "2012-09-05T10:30:15.250000+09:00"),
        ("2012-09-05T10:30:15.123456789Z", "2012-09-05T10:30:15.123456+00:00"),
        ("2012-09-05, 10:30", "2012-09-05T10:30:00+02:00"),
        ("2012-09-05 at 10:30 a.m.", "2012-09-05T10:30:00+02:00"),
        ("2012-09-05 12:00 AM", "2012-09-05T00:00:00+02:00"),
        ("2012-09-05 12:30pm", "2012-09-05T12:30:00+02:00"),
        ("2012-09-05 22:30 PM", "2012-09-05T22:30:00+02:00"),
        ("2012-09-05 10pm", "2012-09-05T22:00:00+02:00"),
        ("2012-09-05 24:00", "2012-09-06T00:00:00+02:00"),
        ("2012-09-05 23:59:60", "2012-09-05T23:59:59+02:00"),
        ("2012-09-05 10:00 America/New_York", "2012-09-05T10:00:00-04:00"),
        ("2012-01-05 10:00 America/New_York", "2012-01-05T10:00:00-05:00"),
        ("2012-09-05 10:00 EST", "2012-09-05T10:00:00-05:00"),
        ("2012-09-05 10:00 XYZ", "2012-09-05T10:00:00+02:00"),
        ("2012-09-05 10:00 UTC+09:00", "2012-09-05T10:00:00+09:00"),
        ("2012-09-05T10:00-07:00[America/Los_Angeles]", "2012-09-05T10:00:00-07:00"),
        ("<2012-09-05 Wed 10:00>", "2012-09-05T10:00:00+02:00"),
        ("Wed Sep  5 10:00:00 2012", "2012-09-05T10:00:00+02:00"),
        ("Wed Sep 5 10:00:00 2012 -0700", "2012-09-05T10:00:00-07:00"),
        ("Wed Sep 05 10:00:00 +0000 2012", "2012-09-05T10:00:00+00:00"),
        ("Wed Sep 05 2012 10:00:00 GMT-0700 (Pacific Daylight Time)", "2012-09-05T10:00:00-07:00"),
        ("Wed, 5 Sep 12 10:00:00 +0900", "2012-09-05T10:00:00+09:00"),
        ("10:30, 5 Sep 2012", "2012-09-05T10:30:00+02:00"),
        ("05.09.2012 10.30 Uhr", "2012-09-05T10:30:00+02:00"),
        ("5. September 2012 um 10 Uhr", "2012-09-05T10:00:00+02:00"),
        ("5 septembre 2012 à 10h30", "2012-09-05T10:30:00+02:00"),
        ("05 сентября 2012 г., 10:30", "2012-09-05T10:30:00+02:00"),
        ("2012年9月5日 星期三 下午3:05", "2012-09-05T15:05:00+02:00"),
        ("2012年9月5日 10時30分15秒", "2012-09-05T10:30:15+02:00"),
        ("2012년 9월 5일 수요일 오전 9시 30분", "2012-09-05T09:30:00+02:00"),
        ("2012-09-05 10:00:00.000000000 -05:00", "2012-09-05T10:00:00-05:00"),
        ("2012-09-05 10:00:00.5 +0200 CEST", "2012-09-05T10:00:00.500000+02:00"),
        ("2012-09-05T10:00:00Z[UTC]", "2012-09-05T10:00:00+00:00"),
        ("2012-09-05T10:00+5:30", "2012-09-05T10:00:00+05:30"),
        ("2012-9-5 7:3:9", "2012-09-05T07:03:09+02:00"),
        ("<2012-09-05 周三 10:00>", "2012-09-05T10:00:00+02:00"),
        ("5 de setembro de 2012 às 10h30", "2012-09-05T10:30:00+02:00"),
        ("1912-09-05 10:00Z", "1912-09-05T10:00:00+00:00"),
        ("2012-09-05 00:00", "2012-09-05T00:00:00+02:00"),
        ("2012-01-05 00:00:00", "2012-01-05T00:00:00+01:00"),
    ],
)
def test_a_moment_keeps_its_offset_or_takes_the_sites(written: str, iso: str) -> None:
    when = dates.read(written, BERLIN)
    assert when is not None
    assert when.moment.isoformat() == iso
    assert when.date_only is False


@pytest.mark.parametrize(
    "written",
    [
        "5. September 2012",
        "Mittwoch, 5. September 2012",
        "5 septembre 2012",
        "mercredi 5 Septembre 2012",
        "5 de septiembre de 2012",
        "miércoles, 5 de septiembre de 2012",
        "5 de setembro de 2012",
        "5 settembre 2012",
        "5 september 2012",
        "den 5 september 2012",
        "5 września 2012",
        "środa, 5 września 2012",
        "5 сентября 2012 г.",
        "5 вересня 2012",
        "5. září 2012",
        "5 Eylül 2012 Çarşamba",
        "5 EYLÜL 2012",
        "5. syyskuuta 2012",
        "2012. szeptember 5.",
        "2012 m. rugsėjo 5 d.",
        "5 Σεπτεμβρίου 2012",
        "5 tháng 9, 2012",
        "ngày 5 tháng 9 năm 2012",
        "2012年9月5日",
        "2012年09月05日（水）",
        "2012年9月5日 星期三",
        "2012년 9월 5일",
        "٥ سبتمبر ٢٠١٢",
        "5 ספטמבר 2012",
    ],
)
def test_a_day_is_read_in_any_of_the_larger_languages(written: str) -> None:
    assert dates.read(written, BERLIN) == DAY


def test_a_word_that_is_a_month_and_a_weekday_is_the_one_that_is_missing() -> None:
    """In Spanish and Italian ``mar`` is Tuesday as well as March."""
    assert dates.read("mar, 4 sep 2012", UTC) == dates.day(date(2012, 9, 4), UTC)
    assert dates.read("4 mar 2012", UTC) == dates.day(date(2012, 3, 4), UTC)


@pytest.mark.parametrize(
    ("written", "month_first", "day_first"),
    [
        ("05/09/2012", date(2012, 5, 9), date(2012, 9, 5)),
        ("5/9/12", date(2012, 5, 9), date(2012, 9, 5)),
        ("05-09-2012", date(2012, 5, 9), date(2012, 9, 5)),
        ("05.09.2012", date(2012, 9, 5), date(2012, 9, 5)),
        ("13/05/2012", date(2012, 5, 13), date(2012, 5, 13)),
        ("05/13/2012", date(2012, 5, 13), date(2012, 5, 13)),
        ("25.12.99", date(1999, 12, 25), date(1999, 12, 25)),
        ("12/25/68", date(2068, 12, 25), date(2068, 12, 25)),
        ("12/25/69", date(1969, 12, 25), date(1969, 12, 25)),
    ],
)
def test_figures_that_could_be_either_are_what_the_dialect_says(
    written: str, month_first: date, day_first: date
) -> None:
    assert dates.read(written, UTC) == dates.day(month_first, UTC)
    assert dates.read(written, UTC, dayfirst=True) == dates.day(day_first, UTC)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("1346839200", "2012-09-05T10:00:00+00:00"),
        (1346839200, "2012-09-05T10:00:00+00:00"),
        ("1346839200250", "2012-09-05T10:00:00.250000+00:00"),
        (" 999999999 ", "2001-09-09T01:46:39+00:00"),
    ],
)
def test_a_unix_time_is_a_moment_where_it_is_asked_for(written: object, iso: str) -> None:
    assert dates.read(written, UTC) is None
    when = dates.stamped(written)
    assert when is not None
    assert (when.moment.isoformat(), when.date_only) == (iso, False)


@pytest.mark.parametrize(
    "written", ["", "2012", "20120905", "-1346839200", "13468392001", "1346839200.5", "²" * 10, None]
)
def test_what_has_other_figures_is_no_unix_time(written: object) -> None:
    assert dates.stamped(written) is None


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
        "2012-09-05 and then some words",
        "2012-W36",
        "2012-366x",
        "2013-366",
        "2012-000",
        "12-09-05",
        "10-11-12",
        "1.2.3",
        "v1.2.2003",
        "1 2 3",
        "2012-09-05--2012-09-07",
        "5-7 Sep 2012",
        "5 Sep Oct 2012",
        "5 Sep 999",
        "5 Sep 20121",
        "1999 things",
        "2012-09-05 25:00",
        "2012-09-05 10:61",
        "2012-09-05 24:01",
        "2012-09-05 10:00 Europe/Nowhere",
        "2012-09-05 10:00 ../../etc/passwd",
        "1346839200",
        3.5,
        ["2012-09-05"],
        b"2012-09-05",
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
        ("20120905 Moving On", date(2012, 9, 5), "Moving On"),
        ("20120905", date(2012, 9, 5), ""),
        ("20120905_moving", date(2012, 9, 5), "moving"),
        ("201209051030 Moving", date(2012, 9, 5), "Moving"),
        ("20120905103015", date(2012, 9, 5), ""),
        ("2012.09.05 Moving", date(2012, 9, 5), "Moving"),
        ("2012_9_5_moving", date(2012, 9, 5), "moving"),
        ("2012-09-05-10-things", date(2012, 9, 5), "10-things"),
        ("1984-review", None, "1984-review"),
        ("2012.1.3 released", None, "2012.1.3 released"),
        ("2012-09_05", None, "2012-09_05"),
        ("20121399 x", None, "20121399 x"),
        ("12345678-x", None, "12345678-x"),
        ("20120905x", None, "20120905x"),
        ("201209051", None, "201209051"),
        ("2012-09", None, "2012-09"),
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


@pytest.mark.parametrize(
    ("folders", "found"),
    [
        ("posts/2012/09/05", date(2012, 9, 5)),
        ("posts/2012/9/5/moving", date(2012, 9, 5)),
        ("2012/09/05-moving", date(2012, 9, 5)),
        ("2012/09-05-moving", date(2012, 9, 5)),
        ("2012-09/05", date(2012, 9, 5)),
        ("2012/sep/05", date(2012, 9, 5)),
        ("2012/September/5", date(2012, 9, 5)),
        ("posts/2012-09-05/moving", date(2012, 9, 5)),
        ("posts/2012-09-05-moving", date(2012, 9, 5)),
        ("notes/20120905_moving", date(2012, 9, 5)),
        ("2011/01/01/2012/09/05", date(2012, 9, 5)),
        ("2012/09", None),
        ("2012", None),
        ("", None),
        ("posts/2012/13/05", None),
        ("posts/2012/02/30", None),
        ("posts/2012/tips/05", None),
        ("posts/1.2/3/4", None),
        ("posts/1234/05/06", None),
        ("2012/09/055", None),
    ],
)
def test_folders_may_say_a_day(folders: str, found: date | None) -> None:
    assert dates.in_folders(folders.split("/")) == found


@pytest.mark.parametrize(
    "written",
    [
        "Sep 05, 2012",
        "  5 September 2012  ",
        "2012-09-05",
        "Date: 2012-09-05",
        "*September 5, 2012*",
        "**Date:** 2012-09-05",
        "_Published on 5 September 2012_",
        "Posted: 2012-09-05",
        "2012年9月5日",
    ],
)
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
        "- 2012-09-05",
        "5.9.12",
        "Version 1.2.2003",
        "Updated 5 September",
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
def test_any_text_is_a_full_aware_date_or_none(written: object) -> None:
    for zone, dayfirst in ((UTC, False), (BERLIN, True)):
        when = dates.read(written, zone, dayfirst)
        if when is not None:
            assert when.moment.utcoffset() is not None
            assert datetime.fromisoformat(when.moment.isoformat()) == when.moment
            assert when.moment.astimezone(UTC) == when.moment


@given(st.text(max_size=60))
def test_any_line_and_any_name_can_be_asked(written: str) -> None:
    assert dates.line(written, UTC) is None or dates.line(written, UTC).moment.tzinfo is not None  # type: ignore[union-attr]
    day, rest = dates.named(written)
    assert written.endswith(rest)
    assert day is not None or rest == written
    found = dates.in_folders(written.split("/"))
    assert found is None or found.year > 1


FORMS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y/%m/%d %H:%M:%S",
    "%Y.%m.%d %H:%M:%S",
    "%Y%m%dT%H%M%S",
    "%Y%m%d%H%M%S",
    "%G-W%V-%uT%H:%M:%S",
    "%GW%V%uT%H:%M:%S",
    "%Y-%jT%H:%M:%S",
    "%d.%m.%Y %H:%M:%S",
    "%d/%m/%Y %H:%M:%S",
    "%a, %d %b %Y %H:%M:%S",
    "%a %b %e %H:%M:%S %Y",
    "%A, %B %d, %Y at %I:%M:%S %p",
    "%d-%b-%Y %H:%M:%S",
    "%Y年%m月%d日 %H时%M分%S秒",
    "%Y년 %m월 %d일 %H:%M:%S",
    "<%Y-%m-%d %a %H:%M:%S>",
)


@given(
    st.sampled_from(FORMS),
    st.datetimes(min_value=datetime(1000, 1, 1), max_value=datetime(9998, 12, 30)).map(
        lambda at: at.replace(microsecond=0)
    ),
    st.sampled_from(["", " +0900", "-07:00", " UTC", "Z"]),
)
def test_each_form_is_read_as_it_was_written(form: str, moment: datetime, zone: str) -> None:
    if form.endswith((">", "秒", "%Y")) or form.startswith("%G") or (form.endswith("%p") and zone == "Z"):
        zone = ""
    when = dates.read(moment.strftime(form) + zone, timezone(timedelta(hours=2)), dayfirst=True)
    assert when is not None
    assert when.moment.replace(tzinfo=None) == moment
    hours = {"": 2, " +0900": 9, "-07:00": -7, " UTC": 0, "Z": 0}[zone]
    assert (when.moment.utcoffset(), when.date_only) == (timedelta(hours=hours), False)


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(9998, 12, 31)), st.sampled_from(sorted(MONTHS)))
def test_a_day_in_any_known_word_is_that_day(day: date, name: str) -> None:
    said = date(day.year, MONTHS[name], min(day.day, 28))
    for written in (f"{said.day} {name} {said.year}", f"{name.upper()} {said.day}, {said.year:04}"):
        assert dates.read(written, UTC) == dates.day(said, UTC)


@pytest.mark.parametrize(
    "shape",
    [
        lambda n: "9" * n,
        lambda n: "2012-09-05" + " " * n + "x",
        lambda n: "1:" * n,
        lambda n: "Sep " * n,
        lambda n: "٣" * n,
        lambda n: "é " * n,
        lambda n: "[" * n,
        lambda n: "2012-" * n,
        lambda n: "2012/09/" * n,
        lambda n: " *_" * n,
    ],
    ids=lambda shape: repr(shape(2)),
)
def test_hostile_dates_take_work_in_proportion(
    grows_linearly: Callable[..., None], shape: Callable[[int], str]
) -> None:
    def all_of_it(text: str) -> None:
        dates.read(text, UTC)
        dates.line(text, UTC)
        dates.named(text)
        dates.in_folders(text.split("/"))

    grows_linearly(all_of_it, shape, 20_000)


def test_the_dates_of_ten_thousand_posts_take_a_moment() -> None:
    written = [f"20{n % 20:02}-{n % 12 + 1:02}-{n % 28 + 1:02}T10:00:00+02:00" for n in range(10_000)]
    start = clock.process_time()
    assert all(dates.read(text, UTC) for text in written)
    assert clock.process_time() - start < 1  # some 20 ms
