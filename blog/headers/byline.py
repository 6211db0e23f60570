"""Read keys and values line by line: where a format is a line's own, or where a strict reading fails.

A *part* is a line that begins with a key, and the lines below that belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from . import loader
from .base import LONGEST, UNSEEN, HeaderError, lines_from

# What people write on top of texts, in whatever engine's words: what only headers have, and what prose may have too.
STRONG = frozenset(
    "title subtitle pagetitle date datetime timestamp lastmod pubdate pub_date publishdate publish_date published_date"
    " published_at post_date rss_pubdate creation_date date_created created_at updated_at last_updated slug permalink"
    " redirect_from layout _model _template _slug sitemap blogpost".split()
)
WEAK = frozenset(
    "author authors summary description excerpt abstract status url link lang language subject name type id uuid guid"
    " section weight order number sort image image_url cover thumbnail banner series series_index toc license copyright"
    " email affiliation revision version from via source translator save_as template_name content_type wiki_format"
    " format markup text body content css robots base_header_level latex_input mmd_version hidden hide menu nav"
    " nav_order parent icon sidebar location city project topic topics mood music tags tag keywords categories category"
    " created updated modified published posted comments template draft aliases alias headline".split()
)
LISTS = frozenset("aliases alias redirect_from tags tag keywords categories category authors topics".split())
KNOWN = STRONG | WEAK
WORD = r"[^\W\d][\w.-]*+(?: [\w.-]++){0,3}+"
KEY = re.compile(rf"({WORD})[ \t]*:(?=[ \t]|$)[ \t]*(.*)")
TIGHT = re.compile(r"([^\W\d][\w-]*+):(?![:/])(.*)")  # title:Something
WIDE = re.compile(r"([^\W\d][\w-]*+)[ \t]*+：[ \t]*+(.*)")  # as Chinese input methods write it
IN_YAML = re.compile(
    r"(\"[^\"]*\"|'[^']*'|[^\s#>|\[{\"'-][^:\n]*(?::[^\s:][^:\n]*)*+|-[^\s:-][^:\n]*+)[ \t]*:(?=[ \t]|$)[ \t]*(.*)"
)
BLOCK = re.compile(r"[|>][+\-\d]{0,2}+$")
BULLET = re.compile(r"-(?:[ \t]|$)")
MOST = 200  # parts that are given to the YAML library one by one


class Part(NamedTuple):
    """Hold a key, what stands behind it, and the lines below."""

    key: str
    value: str
    below: list[str]


def known(key: str) -> str:
    """Return a key as the lists above have it."""
    return key.strip().lower().replace("-", "_").replace(" ", "_")


def plausible(keys: Iterable[str]) -> bool:
    """Tell whether these are keys of a header rather than how somebody's sentences begin, with no fence around."""
    names = {known(key) for key in keys}
    return bool(names & STRONG) or len(names & WEAK) > 1


def usual(keys: Iterable[str]) -> bool:
    """Tell whether one of these is a key that headers have."""
    return any(known(key) in KNOWN for key in keys)


def tidy(keys: Iterable[str]) -> bool:
    """Tell whether keys look as programs want them, whoever knows them: one word, or a few with dashes."""
    return all(len(key) <= 60 and not re.search(r"\s", key.strip()) for key in keys)


def parts_of(text: str) -> list[Part]:
    """Split what should be YAML into its parts; what stands before the first key is left out."""
    parts: list[Part] = []
    for line, _ in lines_from(text, 0):
        bare = line.strip()
        if not bare or line.startswith("#"):
            continue
        last = parts[-1] if parts else None
        found = key_of(line) if line[0] not in " \t" else key_of(bare) if last and misplaced(bare, last) else None
        if found:
            parts.append(Part(found[0].strip().strip("\"'"), found[1].strip(), []))
        elif last and (line[0] in " \t" or not last.value or BULLET.match(line) or known(last.key) not in STRONG):
            last.below.append(line)
    return parts


def misplaced(line: str, last: Part) -> bool:
    """Tell whether an indented line begins a part of its own: one with a key that is known, where nothing is open."""
    found = key_of(line)
    return bool(found and known(found[0]) in KNOWN and last.value and not BLOCK.match(last.value))


def key_of(line: str) -> tuple[str, str] | None:
    """Return key and value of a line of YAML, if it has any; a space may be missing after a key that is known."""
    if found := IN_YAML.match(line):
        return found[1], found[2]
    found = TIGHT.match(line) or WIDE.match(line)
    return (found[1], found[2]) if found and known(found[1]) in KNOWN else None


def line_by_line(text: str) -> dict[str, Any]:
    """Return what the lines of a broken header say, each key by itself; nothing if none is a key that headers have."""
    if text.count("\n") > LONGEST:
        return {}
    parts = parts_of(text)
    return table_of(parts) if usual(part.key for part in parts) else {}


def table_of(parts: list[Part], as_written: bool = False) -> dict[str, Any]:
    """Return the values of parts by key; the last one wins."""
    table: dict[str, Any] = {}
    asked = 0
    for part in parts:
        needs = bool(part.below) or part.value[:1] in "\"'[{|>&!~" or part.value == "null"
        asked += needs
        value = value_of(part, as_written or not needs or asked > MOST)
        table[UNSEEN.sub("", part.key)] = value
    return table


def value_of(part: Part, as_written: bool) -> Any:
    """Return the value of a part: as YAML if it can be that and should, else as it is written."""
    if not as_written or (part.below and BULLET.match(part.below[0].lstrip())):
        try:
            return loader.load("\n".join([f"k: {part.value}", *part.below]))["k"]
        except (HeaderError, KeyError):
            pass
    return written(part, keep=as_written)


def written(part: Part, keep: bool = False) -> Any:
    """Return a value as it is written: a list's lines, or one text; quotes around it are dropped unless kept."""
    below = [line.strip() for line in part.below]
    if below and not part.value and all(BULLET.match(line) for line in below):
        return [UNSEEN.sub("", unquoted(line[1:].strip())) for line in below]
    value = UNSEEN.sub("", "\n".join(filter(None, [part.value, *below])))
    return (value if keep else loose(value, part.key)) or None


def loose(value: str, key: str = "") -> Any:
    """Return a value whose end may be missing: a list that isn't closed, a text with one quote."""
    if value[:1] == "[" and "]" not in value and (value == "[" or known(key) in LISTS or not key):
        return [unquoted(item.strip()) for item in value[1:].split(",") if item.strip()]
    if value[:1] in ('"', "'") and value.count(value[0]) == 1:
        return value[1:]
    return unquoted(value)


def unquoted(value: str) -> str:
    """Return a text without the quotes around it."""
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
