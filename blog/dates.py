"""One ladder from anything written to one aware datetime, as written.

The day that the author typed is the day that is shown: an offset in the text is kept, the site's
time zone is taken where there is none, and nothing is converted.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any, NamedTuple

from dateutil import parser

NAMED = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?![\d])[-_ .]*(?P<rest>.*)", re.DOTALL)
DATE_LINE = re.compile(r"[\w\s,.:/+\-()]{6,40}")
CLOCK = re.compile(r"\d{1,2}:\d{2}")
# Hours from UTC of the zones that people name; a name that several lands use is North America's.
NAMES = (
    "HST -10 AKST -9 AKDT -8 PST -8 PDT -7 MST -7 MDT -6 CST -6 CDT -5 EST -5 EDT -4 AST -4 ADT -3 NST -3.5 BRT -3"
    " UTC 0 GMT 0 WET 0 WEST 1 BST 1 CET 1 CEST 2 EET 2 EEST 3 MSK 3 IST 5.5 SGT 8 HKT 8 AWST 8 JST 9 KST 9"
    " ACST 9.5 ACDT 10.5 AEST 10 AEDT 11 NZST 12 NZDT 13"
).split()
HOURS = {name: float(hours) for name, hours in zip(NAMES[::2], NAMES[1::2], strict=True)}


class When(NamedTuple):
    """Say when: ``moment`` is aware; with ``date_only`` it is the midnight that begins the day."""

    moment: datetime
    date_only: bool


def read(value: Any, zone: tzinfo) -> When | None:
    """Return what a header value says, ``None`` if it is no full date."""
    try:
        when = typed(value, zone) or written(str(value).strip(), zone)
        return when if when and 1 < when.moment.year < 9999 and when.moment.utcoffset() is not None else None
    except (ValueError, OverflowError):
        return None


def typed(value: Any, zone: tzinfo) -> When | None:
    """Return the moment of a value that TOML has read as a date."""
    if isinstance(value, datetime):
        return When(aware(value, zone), False)
    return When(datetime.combine(value, time(), zone), True) if isinstance(value, date) else None


def written(text: str, zone: tzinfo) -> When | None:
    """Return the moment of a date as people write it."""
    moment = iso(text) or loose(text)
    if moment is None:
        return None
    return When(aware(moment, zone), not CLOCK.search(text) and moment.time() == time())


def iso(written: str) -> datetime | None:
    """Read ISO 8601 and its everyday forms, a slash for a dash among them."""
    if not re.match(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{4}-?W?\d", written):
        return None
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def offset(name: str | None, seconds: int | None) -> tzinfo | None:
    """Return a zone that a date names; a name that nobody knows says nothing."""
    if seconds is not None:
        return timezone(timedelta(seconds=seconds))
    return timezone(timedelta(hours=HOURS[name])) if name in HOURS else None


def loose(written: str) -> datetime | None:
    """Read any other written form, but only if year, month and day are all there.

    The parser fills what is missing from a default: two defaults that share nothing tell.
    """
    if not re.search(r"\d", written) or len(written) > 60:
        return None
    try:
        first, second = (
            parser.parse(written, default=datetime(*default), tzinfos=offset)
            for default in ((2000, 1, 1), (2004, 2, 2))
        )
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None
    return first if first == second else None


def aware(moment: datetime, zone: tzinfo) -> datetime:
    """Take the site's zone for a moment that has none."""
    return moment if moment.utcoffset() is not None else moment.replace(tzinfo=zone)


def named(stem: str) -> tuple[date | None, str]:
    """Split ``2012-09-05-moving-on`` into its day and the rest; ``None`` and the name where there is no day."""
    found = NAMED.fullmatch(stem)
    if not found:
        return None, stem
    try:
        day = date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None, stem
    return (day, found["rest"]) if 1 < day.year < 9999 else (None, stem)


def line(written: str, zone: tzinfo) -> When | None:
    """Return the date of a line that holds a date and nothing else."""
    written = written.strip().removeprefix("Date:").strip()
    if not DATE_LINE.fullmatch(written) or not re.search(r"\d{4}", written):
        return None
    return read(written, zone)


def changed(mtime_ns: int, zone: tzinfo) -> When:
    """Return the day on which a file was last changed."""
    moment = datetime.fromtimestamp(mtime_ns // 1_000_000_000, UTC).astimezone(zone)
    return When(moment.replace(hour=0, minute=0, second=0), True)
