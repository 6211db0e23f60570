"""The text of a file: bytes without what nobody sees; and whether it is a page already."""

from __future__ import annotations

import re

from ..documents import Source
from ..headers.base import UNSEEN

CLEAN = re.compile(f"[^{UNSEEN.pattern[1:]}*")
BEFORE_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>)?\s*", re.IGNORECASE)
PAGE_START = re.compile(r"<(?:!doctype|html)\b", re.IGNORECASE)


def decoded(data: bytes) -> str:
    """Return a file's text: no byte order mark, plain line ends, no control characters."""
    return without_controls(as_written(data))


def without_controls(text: str) -> str:
    """Return a text without what nobody sees, the same one if there is none of it."""
    return text if CLEAN.fullmatch(text) else UNSEEN.sub("", text)


def as_written(data: bytes) -> str:
    """Return a file's text with all that may be in it, but for a byte order mark and other line ends."""
    text = data.decode("utf-8-sig", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def is_whole_page(source: Source) -> bool:
    """Tell whether a file is a complete HTML page, to be published as it is."""
    if not source.path.lower().endswith(".html"):
        return False
    text = decoded(source.data)
    start = BEFORE_PAGE.match(text)
    at = start.end() if start else 0
    while text.startswith("<!--", at) and (end := text.find("-->", at)) > 0:
        at = end + 3
        at += len(text[at : at + 1000]) - len(text[at : at + 1000].lstrip())
    return bool(PAGE_START.match(text, at))
