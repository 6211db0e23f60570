"""What a text is about, in one line: its first whole sentences, for search engines and for cards of links.

https://www.unicode.org/reports/tr29/#Sentence_Boundaries names the signs that end a sentence. Where a full stop might
belong to an abbreviation or a number, the sentence goes on: one too long says more than one cut off.
"""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup

ENOUGH = 20_000  # characters of HTML that are looked at
LIMIT = 160  # columns: a letter takes one, a sign of Chinese, Japanese or Korean two
FLAGS = re.DOTALL | re.IGNORECASE
NOT_PROSE = re.compile(r"<(h[1-6]|pre|table|figure|nav|math|style|script|template|dialog)\b[^>]*>.*?</\1>", FLAGS)
NOTE = re.compile(r"<sup\b[^>]*>\s*<a\b[^>]*href=[^>]*#[^>]*>[^<]*</a>\s*</sup>", FLAGS)
BLOCK_END = re.compile(r"</(?:p|li|dd|dt|div|blockquote|h[1-6]|td|th|tr|pre|summary|figcaption)>|<[bh]r\b[^>]*>", FLAGS)
CUT_TAG = re.compile(r"<[^<>]*\Z")
CALLOUT_TITLE = re.compile(r'(<p class="callout-title">[^\n]*\w)</p>')  # would run into the text
SPACED = ".!?…؟۔।॥։።፧።។៕။"  # a space follows
CLOSING = "\"'”’»›)\\]}」』）】〉》"
END = re.compile(rf"[{SPACED}]+[{CLOSING}]*(?=\s|\Z)|[。！？｡．]+[{CLOSING}]*")
ABBREVIATION = re.compile(
    r"(?:\b\w|\d|\b(?:abb|al|art|bd|bspw|bzw|ca|cap|cf|ch|dr|ed|eds|etc|ev|ex|fig|fr|hr|inc|jr|ltd|mlle|mm|mme|mr|mrs"
    r"|ms|mt|nr|nos?|núm|pág|pp?|prof|resp|sig|sr|sra|st|str|usw|vgl|vol|vs|zb))\.\Z",
    re.IGNORECASE,
)
LONGEST = 6  # characters of one with its full stop, and one more


def described(html: str, limit: int = LIMIT) -> str:
    """Return the first whole sentences of HTML within ``limit`` columns; of one that is longer the first words."""
    html = NOTE.sub("", CALLOUT_TITLE.sub(r"\1: ", CUT_TAG.sub("", html[:ENOUGH])))
    parts = blocks(NOT_PROSE.sub("<hr>", html)) or blocks(html)
    text = " ".join(parts)
    whole = within(text, limit)
    if len(whole) == len(text):
        return text
    starts = [sum(len(part) + 1 for part in parts[:count]) for count in range(1, len(parts))]
    ends = [*(place - 1 for place in starts if place - 1 <= len(whole)), *sentence_ends(text, len(whole))]
    return text[: max(ends)] if ends else f"{shortened(text, within(text, limit - 1))}…"


def blocks(html: str) -> list[str]:
    """Return the texts of the paragraphs of HTML, each as one line."""
    return [line for part in BLOCK_END.split(html) if (line := text_of(part))]


def text_of(html: str) -> str:
    """Return the text of HTML as one line."""
    return " ".join(Markup(html).striptags().split())


def sentence_ends(text: str, last: int) -> list[int]:
    """Return where sentences end in a text, up to a place."""
    found = (match for match in END.finditer(text, 0, last + 1) if match.end() <= last)
    return [match.end() for match in found if not goes_on(text, match)]


def goes_on(text: str, end: re.Match[str]) -> bool:
    """Tell whether a sentence goes on after what may be its end."""
    if end[0][0] not in ".…!?":
        return False
    following = text[end.end() :].lstrip()[:1]
    return following.islower() or (
        end[0] == "." and bool(ABBREVIATION.search(text, max(0, end.end() - LONGEST), end.end()))
    )


def within(text: str, limit: int) -> str:
    """Return as much of a text as takes no more than some columns."""
    if text[:limit].isascii():
        return text[:limit]
    taken = 0
    for place, sign in enumerate(text):
        taken += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if taken > limit:
            return text[:place]
    return text


def shortened(text: str, beginning: str) -> str:
    """Return the beginning of a text without a word, or a sign, that is cut in two."""
    place = len(beginning)
    while place > 1 and joined(text[place - 1], text[place]):
        place -= 1
    words = text[:place] if text[place].isspace() else text[:place].rpartition(" ")[0]
    kept = words if len(words) > place // 2 else text[:place]  # scripts without spaces
    return kept.rstrip(" ,;:.–—-、，；：")


def joined(before: str, after: str) -> bool:
    """Tell whether two characters are parts of one sign."""
    return unicodedata.category(after)[0] == "M" or "\u200d" in (before, after) or "\U0001f3fb" <= after <= "\U0001f3ff"
