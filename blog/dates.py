"""One ladder from anything written to one aware datetime, as written.

The day that the author typed is the day that is shown: an offset in the text is kept, the site's
time zone is taken where there is none, and nothing is converted. A text is a date only if every word of it
is understood, so that neither a title nor a version is taken for one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from .months import MONTHS, WEEKDAYS

LONGEST = 80  # characters of a date
# Days in figures. Where it must be told which of two is the day, they are called a and b.
FIGURES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)(?P<y>\d{4})([-/_]|\. ?)(?P<m>\d\d?)\2(?P<d>\d\d?)(?!\d)",
        r"(?<!\d)(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?:T(?=\d)|(?!\d))",
        r"(?<!\d)(?P<y>\d{4})-(?P<n>\d{3})(?!\d)",  # of the year
        r"(?<![\w.])(?P<a>\d\d?)(?P<sep>\.) ?(?P<b>\d\d?)\. ?(?P<y>\d{4}|\d\d)(?!\d)",
        r"(?<!\d)(?P<a>\d\d?)(?P<sep>/)(?P<b>\d\d?)/(?P<y>\d{4}|\d\d)(?!\d)",
        r"(?<!\d)(?P<a>\d\d?)(?P<sep>-)(?P<b>\d\d?)-(?P<y>\d{4})(?!\d)",
        r"(?P<y>\d{4}) ?[年년] ?(?P<m>\d\d?) ?[月월] ?(?P<d>\d\d?) ?[日일號号]?",
        r"(?<!\d)(?P<d>\d\d?),? (?:tháng|thg) (?P<m>\d\d?),? (?:năm )?(?P<y>\d{4})(?!\d)",
    )
)
CLOCK = re.compile(
    r"(?<![\d:+-])(?P<h>\d\d?)"
    r"(?:(?: ?[:h] ?|\.(?=\d\d ?Uhr))(?P<m>\d\d?)(?:[:m.](?P<s>\d\d?)(?:[.,](?P<f>\d+))?)?(?!\d)"
    r"|h\b|(?= ?(?:[ap]\.? ?m\b|Uhr)))(?: ?(?P<half>[ap])\.? ?m\b\.?)?",
    re.IGNORECASE,
)
HAN_CLOCK = re.compile(r"(\d\d?) ?[時时點点시] ?(?:(\d\d?) ?[分분]?)? ?(?:(\d\d?) ?[秒초])?")
HAN_HALVES = (
    (re.compile(r"(?:上午|早上|午前|오전) ?([\d:]+)"), r"\1 am"),
    (re.compile(r"(?:下午|晚上|午後|오후) ?([\d:]+)"), r"\1 pm"),
)
OFFSET = re.compile(
    r"\s*(?:UTC|GMT|Z)? ?([+-])(\d\d?):?(\d\d)?(?::\d\d)?(?!\d)(?: ?[(\[][^)\]]*[)\]]?| (?-i:[A-Z]{3,5})\b)?",
    re.IGNORECASE,
)
LAST_OFFSET = re.compile(r" ([+-])(\d\d):?(\d\d)$")
ZONE = re.compile(r"\s*[(\[]?([A-Za-z]+(?:/[A-Za-z_]+(?:[+-]\d\d?)?)*)(?:\[[^\]]*\]?|[)\]])?")
TOKEN = re.compile(r"\d+|[^\W\d_]+")
AROUND = " \t'\"“”‘’«»`<>[](){}*_,;"
SIGNS = str.maketrans({**dict.fromkeys("−–‐‑", "-"), **dict.fromkeys(map(chr, (*range(0x200B, 0x2010), 0xFEFF)))})
# Words that may stand between the parts of a date, and say nothing.
FILLING = frozenset(
    (
        "st nd rd th er ere eme re o a de del d at on the of um uhr am den der le la las los as ore alle kl klo"
        " m gada ngay г года го р в"
    ).split()
)
# Hours from UTC of the zones that people name; a name that several lands use is North America's.
NAMES = (
    "HST -10 AKST -9 AKDT -8 PST -8 PDT -7 MST -7 MDT -6 CST -6 CDT -5 EST -5 EDT -4 AST -4 ADT -3 NST -3.5 NDT -2.5"
    " BRT -3 ART -3 Z 0 UTC 0 UT 0 GMT 0 WET 0 WEST 1 BST 1 CET 1 MEZ 1 CEST 2 MESZ 2 SAST 2 EET 2 EEST 3 MSK 3 EAT 3"
    " PKT 5 IST 5.5 WIB 7 SGT 8 HKT 8 AWST 8 JST 9 KST 9 ACST 9.5 ACDT 10.5 AEST 10 AEDT 11 NZST 12 NZDT 13"
).split()
HOURS = {name: float(hours) for name, hours in zip(NAMES[::2], NAMES[1::2], strict=True)}
RUN = re.compile(r"(\d{8})[T ]?(\d\d)(\d\d)(\d\d)?(?!\d)")
NAMED = re.compile(
    r"(?P<y>\d{4})(?:-(?P<m>\d\d?)-|_(?P<m2>\d\d?)_|\.(?P<m3>\d\d)\.(?=\d\d))(?P<d>\d\d?)(?!\d)[-_ .]*(?P<rest>.*)"
    r"|(?P<y2>(?:19|20)\d\d)(?P<m4>\d\d)(?P<d2>\d\d)(?:\d{4}|\d{6})?(?:[-_ .]+(?P<rest2>.*)|$)",
    re.DOTALL,
)
FOLDERS = re.compile(r"(?:^|/)((?:19|20)\d\d)[/-](\d\d?|[a-z]+)[/-](\d\d?)(?=[/_. -]|$)", re.IGNORECASE)
LABEL = re.compile(r"(?:date|posted|published|written|created)(?: on)?:?[*_]{0,3}[ :]*", re.IGNORECASE)


class When(NamedTuple):
    """Say when: ``moment`` is aware; with ``date_only`` it is the midnight that begins the day."""

    moment: datetime
    date_only: bool


def read(value: Any, zone: tzinfo, dayfirst: bool = False) -> When | None:
    """Return what a header value says, ``None`` if it is no full date.

    ``dayfirst`` tells what ``05/09/2012`` is where the figures don't; between dots the day is always first.
    """
    try:
        when = typed(value, zone) or (written(str(value), zone, dayfirst) if isinstance(value, (str, int)) else None)
        return when if when and 1 < when.moment.year < 9999 and when.moment.utcoffset() is not None else None
    except (ValueError, OverflowError):
        return None


def stamped(value: Any) -> When | None:
    """Return the moment of a Unix time, of 9 or 10 digits in seconds or of 12 or 13 in milliseconds, in UTC."""
    text = str(value).strip()
    if not (text.isascii() and text.isdecimal() and len(text) in (9, 10, 12, 13)):
        return None
    seconds, rest = (int(text), 0) if len(text) < 12 else divmod(int(text), 1000)
    return When(datetime.fromtimestamp(seconds, UTC) + timedelta(milliseconds=rest), False)


def day(written: date, zone: tzinfo) -> When:
    """Return a day without a time of day."""
    return When(datetime.combine(written, time(), zone), True)


def typed(value: Any, zone: tzinfo) -> When | None:
    """Return the moment of a value that TOML has read as a date."""
    if isinstance(value, datetime):
        return When(aware(value, zone), False)
    return day(value, zone) if isinstance(value, date) else None


def written(text: str, zone: tzinfo, dayfirst: bool) -> When | None:
    """Return the moment of a date as people write it."""
    if len(text) > 2 * LONGEST:
        return None
    text = text.strip(AROUND)
    if run := RUN.match(text):
        text = f"{run[1]}T{run[2]}:{run[3]}:{run[4] or '00'}{text[run.end() :]}"
    return iso(text, zone) or loose(text, zone, dayfirst)


def iso(text: str, zone: tzinfo) -> When | None:
    """Read ISO 8601, as most dates are written; ``None`` for a month or a week without its day."""
    if len(text) < 8 or not text[:4].isdecimal():
        return None
    end = 8 if text[:8].isalnum() else 10
    if text[end : end + 1] not in ("", "T", " "):  # it would take any sign
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if "W" in text and not re.match(r"\d{4}-W\d\d-\d|\d{4}W\d{3}", text):
        return None
    return When(aware(moment, zone), len(text) <= 10)


def loose(text: str, zone: tzinfo, dayfirst: bool) -> When | None:
    """Read any other written form, if year, month and day are all there and nothing else is."""
    text = tidy(text)
    if len(text) > LONGEST or not any(map(str.isdecimal, text)):
        return None
    found, text = in_figures(text, dayfirst)
    clock, offset, text = clocked(text, found is not None)
    found = in_words(text, found)
    if found is None:
        return None
    if clock is None:
        return day(found, offset or zone)
    return When(datetime.combine(found, time(), offset or zone) + clock, False)


def tidy(text: str) -> str:
    """Return a text with plain figures, signs and spaces, and its time of day as ``10:30:00 pm``."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(SIGNS))
        text = HAN_CLOCK.sub(lambda found: ":".join(part or "00" for part in found.groups()), text)
        for half, instead in HAN_HALVES:
            text = half.sub(instead, text)
    return " ".join(text.split())


def in_figures(text: str, dayfirst: bool) -> tuple[date | None, str]:
    """Return the day that stands in a text in figures, and the text without it; raises ``ValueError``."""
    for pattern in FIGURES:
        if found := pattern.search(text):
            parts = found.groupdict()
            return figured(parts, dayfirst), f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def figured(parts: dict[str, str], dayfirst: bool) -> date:
    """Return the day of figures; raises ``ValueError``."""
    year = century(parts["y"])
    if "n" in parts:
        found = date(year, 1, 1) + timedelta(int(parts["n"]) - 1)
        if found.year != year:
            raise ValueError("there is no such day in the year")
        return found
    if "a" not in parts:
        return date(year, int(parts["m"]), int(parts["d"]))
    first, second = int(parts["a"]), int(parts["b"])
    first_is_day = dayfirst or parts["sep"] == "."
    if (second if first_is_day else first) > 12:
        first_is_day = not first_is_day
    return date(year, second, first) if first_is_day else date(year, first, second)


def century(year: str) -> int:
    """Return a year; of two digits one from 1969 to 2068, as POSIX has it."""
    return int(year) if len(year) > 2 else int(year) + (2000 if int(year) < 69 else 1900)


def clocked(text: str, of_day: bool) -> tuple[timedelta | None, tzinfo | None, str]:
    """Return the time of day and the zone that stand in a text, and the text without them; raises ``ValueError``.

    ``of_day`` tells that the text is what stands around a day in figures, which may have a zone by itself.
    """
    found = CLOCK.search(text)
    if not found:
        return None, *(zoned(text) if of_day else (None, text))
    hour, half = int(found["h"]), (found["half"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    minute, second = int(found["m"] or 0), int(found["s"] or 0)
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        raise ValueError("there is no such time of day")
    micro = int((found["f"] or "0")[:6].ljust(6, "0"))
    clock = timedelta(hours=hour, minutes=minute, seconds=min(second, 59), microseconds=micro)
    zone, rest = zoned(text[found.end() :])
    return clock, zone, f"{text[: found.start()]} {rest}"


def zoned(text: str) -> tuple[tzinfo | None, str]:
    """Return the zone with which a text begins, or the offset with which it ends, and the text without it."""
    if found := OFFSET.match(text) or LAST_OFFSET.search(text):
        return offset_of(found), text[: found.start()] + text[found.end() :]
    found = ZONE.match(text)
    name = found[1] if found else ""
    if not found or folded(name) in MONTHS or folded(name) in WEEKDAYS:
        return None, text
    if "/" in name:
        return place(name), text[found.end() :]
    known = HOURS.get(name.upper())
    if known is not None:
        return timezone(timedelta(hours=known)), text[found.end() :]
    # A name that nobody knows says nothing.
    return None, text[found.end() :] if name.isupper() else text


def offset_of(found: re.Match[str]) -> tzinfo:
    """Return the zone of sign, hours and minutes; raises ``ValueError``."""
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(-ahead if found[1] == "-" else ahead)


def place(name: str) -> tzinfo:
    """Return the zone of ``Europe/Berlin``; raises ``ValueError``."""
    try:
        return ZoneInfo(name)
    except (OSError, LookupError) as error:
        raise ValueError(f"nobody knows the zone {name}") from error


def in_words(text: str, found: date | None) -> date | None:
    """Return the day that a text says in words, or the one found in it before, if it says nothing else."""
    tokens = TOKEN.findall(folded(text))
    figures = [token for token in tokens if token[0].isdecimal()]
    words = [token for token in tokens if not token[0].isdecimal()]
    names = [word for word in words if word in MONTHS]
    if len(names) > 1 or found:  # such as mar, which is Tuesday to some
        names = [name for name in names if name not in WEEKDAYS]
    if any(word not in MONTHS and word not in WEEKDAYS and word not in FILLING for word in words):
        return None
    if found:
        return None if figures or names else found
    return worded(MONTHS[names[0]], *figures) if len(names) == 1 and len(figures) == 2 else None


def worded(month: int, first: str, second: str) -> date | None:
    """Return the day of a month of which one figure is the year, a long one or the second; raises ``ValueError``."""
    number, year = (second, first) if len(first) == 4 else (first, second)
    return date(century(year), month, int(number)) if len(year) in (2, 4) and len(number) <= 2 else None


def folded(text: str) -> str:
    """Return a text in lower case and without accents."""
    if text.isascii():
        return text.lower()
    signs = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("’", " "))
    bare = "".join(sign for sign in signs if unicodedata.category(sign)[0] != "M")
    return unicodedata.normalize("NFC", bare).casefold()


def aware(moment: datetime, zone: tzinfo) -> datetime:
    """Take the site's zone for a moment that has none."""
    return moment if moment.utcoffset() is not None else moment.replace(tzinfo=zone)


@lru_cache(maxsize=8)
def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by its name."""
    return ZoneInfo(name)


def named(stem: str) -> tuple[date | None, str]:
    """Split ``2012-09-05-moving-on`` into its day and the rest; ``None`` and the name where there is no day."""
    found = NAMED.match(stem)
    if not found:
        return None, stem
    year, months, number = found["y"] or found["y2"], ("m", "m2", "m3", "m4"), found["d"] or found["d2"]
    try:
        said = date(int(year), int(next(filter(None, map(found.group, months)))), int(number))
    except ValueError:
        return None, stem
    return (said, found["rest"] or found["rest2"] or "") if 1 < said.year < 9999 else (None, stem)


def in_folders(parts: Iterable[str]) -> date | None:
    """Return the day that folders say: ``2012/09/05``, ``2012/sep/05-moving-on`` or ``2012-09-05``, the deepest."""
    parts = list(parts)
    try:
        for year, month, number in reversed(FOLDERS.findall("/".join(parts))):
            known = int(month) if month.isdecimal() else MONTHS.get(folded(month))
            if known:
                return date(int(year), known, int(number))
    except ValueError:
        return None
    return next((found for found in (named(part)[0] for part in reversed(parts)) if found), None)


def line(written: str, zone: tzinfo, dayfirst: bool = False) -> When | None:
    """Return the date of a line that holds a date and nothing else."""
    written = LABEL.sub("", written.strip().strip("*_"), count=1).strip(" *_")
    if not written[:1].isalnum() or not re.search(r"\d{4}", written):
        return None
    return read(written, zone, dayfirst)


def changed(mtime_ns: int, zone: tzinfo) -> When:
    """Return the day on which a file was last changed."""
    moment = datetime.fromtimestamp(mtime_ns // 1_000_000_000, UTC).astimezone(zone)
    return When(moment.replace(hour=0, minute=0, second=0), True)
