"""Whether an answer has to be sent again: https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2."""

from __future__ import annotations

import re
from datetime import datetime
from wsgiref.types import WSGIEnvironment

from werkzeug.http import parse_date, parse_etags, unquote_etag

LONGEST = 50  # characters of a date
TAG = re.compile(r"(?:-|;)(?:br|gzip)\Z")  # what is added to the name of an answer in a coding, here or by a proxy


def condition(environ: WSGIEnvironment, etag: str, modified: str = "") -> int:
    """Return the status that the conditions of a request lead to: 200, 304 or 412.

    The names of an answer's other codings count as that of the one that is sent. Dates count only where no name is
    given; one that says nothing is none.
    """
    own = uncoded(unquote_etag(etag)[0])
    match, none = (parse_etags(environ.get(name)) for name in ("HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH"))
    if match and not match.star_tag and own not in map(uncoded, match.as_set()):
        return 412
    if none:
        return 304 if none.star_tag or own in map(uncoded, none.as_set(include_weak=True)) else 200
    asked = "" if "HTTP_IF_NONE_MATCH" in environ else environ.get("HTTP_IF_MODIFIED_SINCE", "")
    since, changed = date(asked), date(modified)
    return 304 if since and changed and changed <= since and environ["REQUEST_METHOD"] in ("GET", "HEAD") else 200


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
