"""Whether an answer has to be sent again: https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from wsgiref.types import WSGIEnvironment
from zlib import crc32

from werkzeug.http import parse_date, parse_etags, unquote_etag

DATES = {"HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_RANGE"}
LONGEST = 50  # characters of a date
MOST = 200  # characters of a range that are looked at
HOUR = 3600
PART = re.compile(r"bytes=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*", re.IGNORECASE | re.ASCII)  # one range of bytes
TAG = re.compile(r"(?:-|;)(?:br|gzip)\Z")  # what is added to the name of an answer in a coding, here or by a proxy


def condition(environ: WSGIEnvironment, etag: str, modified: str = "") -> int:
    """Return the status that the conditions of a request lead to: 200, 304 or 412.

    The names of an answer's other codings count as that of the one that is sent. Dates count only where no name is
    given; one that says nothing is none. A date is that of the answer, or from when the answer was there for certain.
    """
    own = uncoded(unquote_etag(etag)[0])
    match, none = (parse_etags(environ.get(name)) for name in ("HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH"))
    changed = date(modified)
    until = None if "HTTP_IF_MATCH" in environ else date(environ.get("HTTP_IF_UNMODIFIED_SINCE", ""))
    if match and not match.star_tag and own not in map(uncoded, match.as_set()):
        return 412
    if until and changed and changed > until:
        return 412
    if none:
        return 304 if none.star_tag or own in map(uncoded, none.as_set(include_weak=True)) else 200
    since = date("" if "HTTP_IF_NONE_MATCH" in environ else environ.get("HTTP_IF_MODIFIED_SINCE", ""))
    if not since or not changed or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return 200
    return 304 if since == changed or since >= changed + timedelta(seconds=ahead(own)) else 200


def ahead(tag: str) -> int:
    """Return how many seconds the date of an answer is before the answer itself: its name chooses, up to an hour.

    What was made in the same second so has another date, also where nobody remembers what there was before.
    """
    return 1 + crc32(tag.encode(errors="surrogatepass")) % HOUR


def understood(environ: WSGIEnvironment) -> WSGIEnvironment:
    """Return a request without what says nothing, or what Werkzeug takes amiss.

    That are dates that it doesn't survive, ``If-Match: *``, of which any answer is right, and all wishes for a part but
    one range of bytes of what is the very same: who wishes otherwise gets the whole.
    """
    passed = {name for name in DATES & environ.keys() if not is_sound(environ[name])}
    if environ.get("HTTP_IF_MATCH", "").strip() == "*":
        passed.add("HTTP_IF_MATCH")
    if not in_part(environ) or environ.get("HTTP_IF_RANGE", "").strip().startswith("W/"):
        passed.add("HTTP_RANGE")
    return {name: value for name, value in environ.items() if name not in passed}


def in_part(environ: WSGIEnvironment) -> bool:
    """Tell whether a request wants one part of an answer."""
    wanted = environ["REQUEST_METHOD"] == "GET" and PART.fullmatch(environ.get("HTTP_RANGE", "")[:MOST])
    return bool(wanted and any(wanted.groups()))


def date(text: str) -> datetime | None:
    """Return the moment that a header tells, ``None`` for none."""
    return parse_date(text) if len(text) <= LONGEST and is_sound(text) else None


def is_sound(text: str) -> bool:
    """Tell whether Werkzeug survives a date: it doesn't if no calendar has its year."""
    try:
        parse_date(text)
    except OverflowError:
        return False
    return True


def uncoded(tag: str | None) -> str:
    """Return the name that an answer has in no coding; one that says nothing is no name."""
    return TAG.sub("", tag or "?")
