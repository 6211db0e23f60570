"""One ladder from anything written to one aware datetime, as written.

The day that the author typed is the day that is shown: an offset in the text is kept, the site's
time zone is taken where there is none, and nothing is converted.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any, NamedTuple

from dateutil import parser

NAMED = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?![\d])[-_ .]*(?P<rest>.*)", re.DOTALL)
DATE_LINE = re.compile(r"[\w\s,.:/+\-()]{6,40}")
CLOCK = re.compile(r"\d{1,2}:\d{2}")
OFFSETS = {"EST": -18000, "EDT": -14400, "CST": -21600, "CDT": -18000, "MST": -25200, "MDT": -21600}
OFFSETS |= {"PST": -28800, "PDT": -25200, "CET": 3600, "CEST": 7200, "BST": 3600, "JST": 32400}


class When(NamedTuple):
    """Say when: ``moment`` is aware; with ``date_only`` it is the midnight that begins the day."""

    moment: datetime
    date_only: bool


def read(value: Any, zone: tzinfo) -> When | None:
    """Return what a header value says, ``None`` if it is no full date."""
    if isinstance(value, datetime):
        return When(aware(value, zone), False)
    if isinstance(value, date):
        return When(datetime.combine(value, time(), zone), True)
    written = str(value).strip()
    moment = iso(written) or loose(written)
    if moment is None or not 1 < moment.year < 9999:
        return None
    return When(aware(moment, zone), not CLOCK.search(written) and moment.time() == time())


def iso(written: str) -> datetime | None:
    """Read ISO 8601 and its everyday forms, a slash for a dash among them."""
    if not re.match(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{4}-?W?\d", written):
        return None
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def loose(written: str) -> datetime | None:
    """Read any other written form, but only if year, month and day are all there.

    The parser fills what is missing from a default: two defaults that share nothing tell.
    """
    if not re.search(r"\d", written) or len(written) > 60:
        return None
    try:
        first, second = (
            parser.parse(written, default=datetime(*default), tzinfos=OFFSETS)
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
    return day, found["rest"]


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
