"""Find the title, and the date, that a text opens with when its header gives none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import tzinfo
from html import unescape
from typing import NamedTuple

from . import dates

ATX = re.compile(r" {0,3}(#{1,6})[ \t]+([^\n]*)(?:\n|\Z)")
HASHED = re.compile(r"#{1,6}([^#\s!][^\n#]*)#*[ \t]*")  # once enough for a heading; several are tags
SETEXT = re.compile(r" {0,3}(\S[^\n]*)\n {0,3}(=+|-{2,})[ \t]*(?:\n|\Z)")
UNDERLINE = re.compile(r" {0,3}=+[ \t]*")
ALONE = re.compile(r"([^\n]+)(?:\n[ \t]*(?:\n|\Z)|\Z)")
FIRST = re.compile(r"([^\n]+)(?:\n|\Z)")
H1 = re.compile(r"\s*<h1\b[^>]*>(.*?)</h1>[ \t]*\n?", re.IGNORECASE | re.DOTALL)
BLANK = re.compile(r"(?:[ \t]*\n)*")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
TAIL = r"(?:\([^()\n]*+\)|\[[^\[\]\n]*+\])"  # of a link or an image
IMAGE = rf"!\[[^\[\]\n]*+\]{TAIL}"
# Lines that may stand above the heading of a text.
ABOVE = re.compile(
    "|".join(
        (
            r"[ \t]*\n",
            rf" {{0,3}}(?:(?:{IMAGE}|\[{IMAGE}\]{TAIL}|</?(?!h1\b)[a-zA-Z][^<>\n]*+>)[ \t]*+)++\n",  # images and tags
            r" {0,3}(?><!--[\s\S]*?-->)[ \t]*+\n",
            r" {0,3}\[[^\[\]\n]++\]:[^\n]*+\n",  # where a link leads
            r" {0,3}>[^\n]*+\n",
            r"(?:import|export) [^\n]*+\n",  # of MDX
            r" {0,3}(?:\{[:%][^{}\n]*+\}|\{\{[^{}\n]*+\}\})[ \t]*+\n",  # kramdown, Liquid, shortcodes
            r" {0,3}\[(?i:toc)\][ \t]*+\n",
        )
    )
)
# What follows a heading's text: an id or classes for it, in braces.
BRACES = re.compile(r"[ \t]*\{:?[ \t]*(?:[#.][\w.:-]+|[\w-]+=(?:\"[^\"{}]*\"|[^\s{}]+))[^{}]*\}$")
BELOW = re.compile(r" {0,3}\{:[^{}\n]*+\}[ \t]*+(?:\n|\Z)")
ENDS = (".", "!", "?", ":", ";", ",", "…")  # of a sentence, not of a title
NOT_A_TITLE = re.compile(r"(?:\s{4}|\t|[ ]{0,3}(?:[-*+>|<`~]|\d+[.)]\s|!\[|---|\{[%{]))")
MOST = 500  # characters that are looked at
LONGEST = 100  # characters of a line that may be a title
MARKUP = re.compile(r"[\\`*_~<\[&]")
CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
STARS = re.compile(r"(\*{1,3}|~~)(?=\S)(.+?)(?<=\S)\1")
LOW_LINES = re.compile(r"(?<!\w)(_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)")
SIGNS = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "..."})


class Opening(NamedTuple):
    """Hold what a text opens with: ``body`` is what follows it, ``line`` where that begins (0: the first).

    With ``stays`` the title is but the first words, which are still in the body.
    """

    title: str
    when: dates.When | None
    body: str
    line: int
    stays: bool = False


class Heading(NamedTuple):
    """Name a heading, where it begins and ends in its text, and its level."""

    title: str
    start: int
    end: int
    level: int


def opening(body: str, zone: tzinfo) -> Opening:
    """Take title and date from a text: its first heading, a first line with a date, a great heading, a line alone."""
    start = BLANK.match(body)
    at = start.end() if start else 0
    found = top(body)
    if found and (found.start == at or found.level == 1):
        below = dated(found.title, body, found.end, zone)
        return below if found.start == at else below._replace(body=without(body, found, below.body), line=0)
    line = first_line(body, at, zone)
    if line and line.when:
        return line
    great = great_heading(body)
    if great:
        return Opening(great.title, None, body, 0)
    return line or Opening(shortened(body[at:]), None, body, 0, stays=True)


def first_line(body: str, at: int, zone: tzinfo) -> Opening | None:
    """Take a title from the line at a place, if it stands alone or above a date, or was to be a heading."""
    first = FIRST.match(body, at)
    if not first or NOT_A_TITLE.match(body, at) or len(first[1]) > LONGEST:
        return None
    hashed = HASHED.fullmatch(first[1])
    found = dated(plain(hashed[1] if hashed else first[1]), body, first.end(), zone)
    alone = ALONE.match(body, at) and not first[1].rstrip().endswith(ENDS)
    return found if found.title and (found.when or alone or hashed) else None


def top(body: str) -> Heading | None:
    """Return the heading with which a text begins: only images, comments and the like stand above it."""
    at = 0
    while (above := ABOVE.match(body, at)) and above.end() > at:
        at = above.end()
    return heading(body, at)


def without(body: str, found: Heading, rest: str) -> str:
    """Return a text without its heading, on the same lines: what stands above it is kept."""
    lost = body.count("\n", found.start, len(body) - len(rest))
    return body[: found.start] + "\n" * lost + rest


def heading(body: str, at: int) -> Heading | None:
    """Return the heading that stands at a place, if one with a text does."""
    if found := ATX.match(body, at):
        text, end, level = re.sub(r"(?:^|[ \t])#+$", "", found[2].rstrip()), found.end(), len(found[1])
    elif (found := SETEXT.match(body, at)) and not NOT_A_TITLE.match(body, at):
        text, end, level = found[1].rstrip(), found.end(), 1 if found[2][0] == "=" else 2
    elif body[at : at + 7].lstrip(" ")[:3].lower() == "<h1" and (found := H1.match(body, at)):
        text, end, level = found[1], found.end(), 1
    else:
        return None
    below = BELOW.match(body, end)
    title = plain(BRACES.sub("", text[:MOST]))
    return Heading(title, at, below.end() if below else end, level) if title else None


def great_heading(body: str) -> Heading | None:
    """Return the first heading of level 1, wherever it stands outside of code and comments."""
    if not body.startswith("# ") and "\n# " not in body and "\n=" not in body:
        return None
    for before, at, line in lines_of(body):
        start = at - len(before) - 1 if before and UNDERLINE.fullmatch(line) else at
        found = heading(body, start) if start < at or (line.startswith(("# ", "#\t")) and line.strip("# \t")) else None
        if found and found.level == 1:
            return found
    return None


def lines_of(body: str) -> Iterator[tuple[str, int, str]]:
    """Yield the lines outside of code and comments: the one before, where it begins, the line itself."""
    at, before, closing = 0, "", ""
    for line in body.split("\n"):
        fence = FENCE.match(line)
        if closing == "-->":
            closing = "" if "-->" in line else closing
        elif closing:
            closing = "" if fence and fence[1].startswith(closing) and not line.strip(" `~\t") else closing
        elif fence:
            closing = fence[1]
        elif line.lstrip().startswith("<!--") and "-->" not in line:
            closing = "-->"
        else:
            yield before, at, line
            before, at = line, at + len(line) + 1
            continue
        before, at = "", at + len(line) + 1


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
    found = top(body)
    if not found or (found.title != title and said(found.title) not in (said(title), said(plain(title)))):
        return body
    start = BLANK.match(body)
    return body[found.end :] if start and start.end() == found.start else without(body, found, body[found.end :])


def said(title: str) -> str:
    """Return a title for comparing: without letter case, kinds of quotes and dashes, and final points."""
    signs = unicodedata.normalize("NFKC", title.translate(SIGNS))
    words = " ".join(signs.casefold().split())
    return words.rstrip(" .:!?") or words


def plain(inline: str) -> str:
    """Return a line of Markdown as plain text; what is longer than any title is cut."""
    inline = inline[:MOST]
    if not MARKUP.search(inline):
        return " ".join(inline.split())
    inline = CODE.sub(lambda found: entities(found[2]), inline)
    inline = re.sub(r"\\([!-/:-@\[-`{-~])", lambda sign: entities(sign[1]), inline)
    inline = re.sub(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])", r"\1", inline)
    inline = re.sub(r"<((?:https?|mailto):[^<>\s]*)>", lambda found: entities(found[1]), inline)
    inline = re.sub(r"</?[a-zA-Z!][^<>]*>", "", inline)
    return " ".join(unescape(bare(inline)).split())


def entities(text: str) -> str:
    """Return characters as what stands for them and is no markup."""
    return "".join(f"&#{ord(sign)};" for sign in text)


def bare(inline: str) -> str:
    """Return a text without the signs of emphasis."""
    for _ in range(3):  # emphasis within emphasis
        less = STARS.sub(r"\2", LOW_LINES.sub(r"\2", inline))
        if less == inline:
            break
        inline = less
    return inline


def shortened(text: str) -> str:
    """Return the first words of a text, cut between words; ``""`` if it opens with no words."""
    first = re.match(r"[^\n]{0,500}", text)
    if not first or NOT_A_TITLE.match(text):
        return ""
    words = plain(first[0])
    if len(words) <= 60:
        return words.rstrip(" .:;,")
    return words[:60].rsplit(" ", 1)[0].rstrip(" .:;,") + "…"


def of_name(stem: str) -> str:
    """Make a title of a file's name: dashes and low lines are spaces, the first letter is a capital."""
    words = re.sub(r"[-_\s]+", " ", stem).strip()
    return words[:1].upper() + words[1:]
