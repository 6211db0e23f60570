"""Find the title, and the date, that a text opens with when its header gives none."""

from __future__ import annotations

import re
from datetime import tzinfo
from html import unescape
from typing import NamedTuple

from . import dates

ATX = re.compile(r" {0,3}#{1,6}[ \t]+([^\n]*)(?:\n|\Z)")
SETEXT = re.compile(r" {0,3}(\S[^\n]*)\n {0,3}(?:=+|-{2,})[ \t]*(?:\n|\Z)")
ALONE = re.compile(r"([^\n]+)(?:\n[ \t]*(?:\n|\Z)|\Z)")
FIRST = re.compile(r"([^\n]+)(?:\n|\Z)")
H1 = re.compile(r"\s*<h1\b[^>]*>(.*?)</h1>[ \t]*\n?", re.IGNORECASE | re.DOTALL)
BLANK = re.compile(r"(?:[ \t]*\n)*")
ENDS = (".", "!", "?", ":", ";", ",", "…")  # of a sentence, not of a title
NOT_A_TITLE = re.compile(r"(?:\s{4}|\t|[ ]{0,3}(?:[-*+>|<`~]|\d+[.)]\s|!\[|---))")
MOST = 500  # characters that are looked at
LONGEST = 100  # characters of a line that may be a title


class Opening(NamedTuple):
    """Hold what a text opens with: ``body`` is what follows it, ``line`` where that begins (0: the first)."""

    title: str
    when: dates.When | None
    body: str
    line: int


def opening(body: str, zone: tzinfo) -> Opening:
    """Take title and date from the first lines: a heading, or a line that stands alone."""
    start = BLANK.match(body)
    at = start.end() if start else 0
    title, end = heading(body, at)
    if title:
        return dated(title, body, end, zone)
    first, alone = FIRST.match(body, at), ALONE.match(body, at)
    if first and not NOT_A_TITLE.match(body, at) and len(first[1]) <= LONGEST:
        found = dated(plain(first[1]), body, first.end(), zone)
        if found.title and (found.when or (alone and not first[1].rstrip().endswith(ENDS))):
            return found
    return Opening(shortened(body[at:]), None, body, 0)


def heading(body: str, at: int) -> tuple[str, int]:
    """Return the text of the heading that stands at a place, and where it ends; no text where there is none."""
    found = ATX.match(body, at)
    if found:
        return plain(re.sub(r"(?:^|[ \t])#+$", "", found[1].rstrip())), found.end()
    found = SETEXT.match(body, at)
    return (plain(found[1]), found.end()) if found else ("", 0)


def dated(title: str, body: str, end: int, zone: tzinfo) -> Opening:
    """Take the date line under a title, if the next line is one."""
    rest = BLANK.match(body, end)
    at = rest.end() if rest else end
    under = ALONE.match(body, at)
    when = dates.line(under[1], zone) if under else None
    if when and under:
        end = under.end()
    return Opening(title, when, body[end:], body.count("\n", 0, end))


def html_opening(body: str) -> tuple[str, str]:
    """Return the text of a first ``<h1>`` and the body after it; no title where there is none."""
    found = H1.match(body)
    return (plain(found[1]), body[found.end() :]) if found else ("", body)


def without_repeat(body: str, title: str) -> str:
    """Return the body without a first heading that only says the title again."""
    start = BLANK.match(body)
    at = start.end() if start else 0
    found, end = heading(body, at)
    return body[end:] if found.casefold() == title.casefold() else body


def plain(inline: str) -> str:
    """Return a line of Markdown as plain text; what is longer than any title is cut."""
    inline = re.sub(r"\\([!-/:-@\[-`{-~])", lambda sign: f"&#{ord(sign[1])};", inline[:MOST])
    inline = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", inline)
    inline = re.sub(r"<[^<>]*>|[`*]|(?<!\w)_+|_+(?!\w)", "", inline)
    return " ".join(unescape(inline).split())


def shortened(text: str) -> str:
    """Return the first words of a text, cut between words; ``""`` if it opens with no words."""
    first = re.match(r"[^\n]{0,500}", text)
    if not first or NOT_A_TITLE.match(text):
        return ""
    words = plain(first[0])
    if len(words) <= 60:
        return words.rstrip(" .:;,")
    return words[:60].rsplit(" ", 1)[0].rstrip(" .:;,") + "…"
