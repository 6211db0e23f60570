"""Which addresses Markdown may lead to: any, unless a browser would run what is in it.

A list of the schemes that are allowed would break xmpp:, sms:, magnet:, feed:, matrix:, gemini: and those to come.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

RUNS_CODE = re.compile(
    r"(?:feed:|view-source:)*"
    r"(?:javascript|vbscript|livescript|data(?!:image/(?:gif|png|jpeg|webp|svg\+xml|avif)[;,])):",
    re.IGNORECASE,
)
PLAIN = re.compile(r"(?:https?://|mailto:|[\w./#-]*\Z)", re.ASCII)
UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f]+")  # browsers pass over some of these


def safe(url: str) -> str:
    """Return an address as written, ``#`` if a browser would run it, however it is disguised."""
    if PLAIN.match(url):
        return url
    return "#" if RUNS_CODE.match(UNSEEN.sub("", unescape(unquote(url)))) else url
