"""Patterns of addresses, in the forms that engines write them, and how they are filled.

``/:year/:title/`` (Jekyll, Hugo, Hexo and our own), ``{date:%Y}/{slug}.html`` (Pelican), ``/%year%/%postname%/``
(WordPress) and ``/{{ page.date | date: "%Y" }}/{{ page.fileSlug }}/`` (Eleventy) mean the same here. What ``:title``
stands for differs from engine to engine: whoever fills a pattern brings the values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

Value = str | Sequence[str]

TOKENS = {  # all that a pattern may hold, each with its meaning for our own sites
    "year": "four digits",
    "short_year": "two digits",
    "month": "two digits",
    "i_month": "without a zero in front",
    "short_month": "SEP",
    "long_month": "September",
    "day": "two digits",
    "i_day": "without a zero in front",
    "y_day": "of the year, three digits",
    "short_day": "WED",
    "long_day": "Wednesday",
    "w_day": "of the week, Monday is 1",
    "week": "of the year by ISO 8601, two digits",
    "w_year": "the year to which the week belongs",
    "hour": "two digits",
    "minute": "two digits",
    "second": "two digits",
    "slug": "the header's slug, else the file's name without its date",
    "title": "the title",
    "filename": "the file's name",
    "basename": "the file's name",
    "name": "the file's name",
    "path": "the folders with the file's name",
    "section": "the folders",
    "sections": "the folders, of which [1:] leaves out the first, [0] and [last] take one",
    "category": "the first category",
    "categories": "all categories, each a part",
    "lang": "the language",
    "author": "the first author",
    "id": "the header's id",
    "output_ext": ".html",
}
NAMING = ("slug", "title", "filename", "basename", "name", "path", "id")  # one of these tells posts apart
ALIASES = {  # other names for the same, in small letters
    **{"monthname": "long_month", "weekdayname": "long_day", "monthnum": "month", "postname": "slug"},
    **{"post_id": "id", "post_title": "title", "fileslug": "slug", "filepathstem": "path", "url_title": "title"},
    **{"contentbasename": "filename", "slugorcontentbasename": "slug", "slugorfilename": "slug"},
    **{"sectionslug": "section", "sectionslugs": "sections", "stem": "filename", "language": "lang", "locale": "lang"},
    **{"2006": "year", "06": "short_year", "01": "month", "1": "i_month", "january": "long_month", "jan": "abbr_month"},
    **{"02": "day", "2": "i_day", "002": "y_day", "monday": "long_day", "mon": "abbr_day", "15": "hour"},
    **{"04": "minute", "05": "second"},
}
DIRECTIVES = {  # of strftime
    **{"Y": "year", "y": "short_year", "m": "month", "-m": "i_month", "b": "abbr_month", "h": "abbr_month"},
    **{"B": "long_month", "^b": "short_month", "d": "day", "-d": "i_day", "e": "i_day", "j": "y_day"},
    **{"a": "abbr_day", "^a": "short_day", "A": "long_day", "u": "w_day", "w": "weekday", "V": "week", "G": "w_year"},
    **{"H": "hour", "M": "minute", "S": "second", "-j": "yearday", "-H": "i_hour", "%": "percent"},
}
LETTERS = {  # of Luxon, Day.js and Babel
    **{"yyyy": "year", "YYYY": "year", "y": "year", "yy": "short_year", "YY": "short_year"},
    **{"MM": "month", "M": "i_month", "LL": "month", "MMM": "abbr_month", "LLL": "abbr_month", "MMMM": "long_month"},
    **{"dd": "day", "DD": "day", "d": "i_day", "D": "i_day", "HH": "hour", "mm": "minute", "ss": "second"},
}
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
FORMS = re.compile(
    r"\{\{-?\s*(?P<variable>[\w.]+)\s*(?P<filters>\|[^{}]*+)?\}\}"
    r"|\{(?P<field>\w+)(?::(?P<format>[^{}]*+)|\.(?P<part>\w+))?\}"
    r"|%(?P<tag>[a-z_]+)%"
    r"|:(?P<token>\w+)(?P<slice>\[[^\[\]/]*+\])?"
    r"|\\(?P<escaped>:)"
)
PARTS = {"year": "year", "month": "i_month", "day": "i_day", "hour": "i_hour"}  # of a Python date


class Token(NamedTuple):
    """Stand for a value; ``how`` is a slice, the format of a date or a filter."""

    name: str
    how: str = ""


@lru_cache(maxsize=1024)
def parse(pattern: str) -> tuple[str | Token, ...]:
    """Split a pattern into what stands there and what stands for something."""
    pattern = re.sub(r"\.\*\Z", ":output_ext", re.sub(r"/\*\Z", "/", pattern))  # Bridgetown
    found: list[str | Token] = []
    at = 0
    for match in FORMS.finditer(pattern):
        found += [pattern[at : match.start()], *tokens_of(match)]
        at = match.end()
    return tuple(part for part in [*found, pattern[at:]] if part)


def tokens_of(match: re.Match[str]) -> list[str | Token]:
    """Return what one place of a pattern stands for."""
    said = match.groupdict()
    if said["escaped"]:
        return [":"]
    if said["variable"]:
        return [variable(said["variable"], said["filters"] or "")]
    if said["field"] == "date" and said["part"]:
        return [Token(PARTS.get(said["part"], said["part"]))]
    word = said["field"] or said["tag"] or said["token"]
    how, after = said["format"] or said["slice"] or "", ""
    if not known(word) and word.endswith("_") and said["token"]:  # /:year_:month/
        word, after = word.rstrip("_"), "_" * (len(word) - len(word.rstrip("_")))
    return [Token(named(word), how), after]


def variable(name: str, filters: str) -> Token:
    """Return what an expression of a template stands for: its last name, the format of a date or its last filter."""
    quoted = re.search(r"[\"']([^\"']*)[\"']", filters)
    last = name.rpartition(".")[2]
    if last.lower() == "date":
        return Token("date", quoted[1] if quoted else "%Y-%m-%d")
    return Token(named(last), filters.rpartition("|")[2].strip())


def named(word: str) -> str:
    """Return the name that we have for a token."""
    return ALIASES.get(word.lower(), word)


def known(word: str) -> bool:
    """Tell whether a word is a token's name."""
    return named(word) in TOKENS or word in ("date", "weekday", "yearday")


def unknown(pattern: str) -> list[str]:
    """Return the tokens of a pattern that mean nothing."""
    return [part.name for part in parse(pattern) if isinstance(part, Token) and not known(part.name)]


def names(pattern: str) -> set[str]:
    """Return the names of all tokens of a pattern."""
    return {part.name for part in parse(pattern) if isinstance(part, Token)}


def of_date(moment: datetime | None) -> dict[str, str]:
    """Return what a date says by the names of tokens; nothing where there is none."""
    if moment is None:
        return {}
    week_year, week, week_day = moment.isocalendar()
    month, day, day_of_year = MONTHS[moment.month - 1], DAYS[week_day - 1], moment.timetuple().tm_yday
    return {
        **{"year": f"{moment.year:04}", "short_year": f"{moment.year % 100:02}"},
        **{"month": f"{moment.month:02}", "i_month": f"{moment.month}", "long_month": month},
        **{"abbr_month": month[:3], "short_month": month[:3].upper()},
        **{"day": f"{moment.day:02}", "i_day": f"{moment.day}", "long_day": day},
        **{"abbr_day": day[:3], "short_day": day[:3].upper(), "w_day": f"{week_day}", "weekday": f"{week_day % 7}"},
        **{"y_day": f"{day_of_year:03}", "yearday": f"{day_of_year}", "week": f"{week:02}", "w_year": f"{week_year}"},
        **{"hour": f"{moment.hour:02}", "minute": f"{moment.minute:02}", "second": f"{moment.second:02}"},
        **{"i_hour": f"{moment.hour}", "percent": "%"},
    }


def formatted(how: str, date: Mapping[str, str]) -> str:
    """Write a date by a format of strftime, else by letters such as ``yyyy/MM/dd``; ``""`` where there is no date."""
    if not date:
        return ""
    if "%" in how:
        written = how.replace("%F", "%Y-%m-%d").replace("%D", "%m/%d/%y").replace("%T", "%H%M%S")
        return re.sub(r"%([-^]?[A-Za-z%])", lambda one: date.get(DIRECTIVES.get(one[1], ""), ""), written)
    return re.sub(r"([A-Za-z])\1*+", lambda one: date.get(LETTERS.get(one[0], ""), one[0]), how)


def taken(parts: Sequence[str], how: str) -> list[str]:
    """Take a slice as Hugo has them: ``[1:]``, ``[:last]``, ``[0]``, ``[last]``; nothing beyond the ends.

    https://gohugo.io/configuration/permalinks/#tokens
    """
    low, colon, high = how.strip("[] ").partition(":")
    size = len(parts)

    def place(said: str, usual: int) -> int:
        number = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0
        return usual if not said else size - 1 if said.lower() == "last" else number

    first = place(low.strip(), 0)
    return list(parts[first : place(high.strip(), size)] if colon else parts[first : first + 1])


def fill(
    pattern: str,
    values: Mapping[str, Value],
    moment: datetime | None = None,
    filters: Mapping[str, Callable[[str], str]] | None = None,
) -> str:
    """Fill a pattern; a part of the path whose tokens all have no value is left out.

    ``values`` are by the names of tokens, one with several parts is a sequence; ``filters`` are those of templates.
    """
    parts = parse(pattern)
    wanted = {part.name for part in parts if isinstance(part, Token)}
    date = of_date(moment) if "date" in wanted or not wanted <= values.keys() else {}
    made: list[list[tuple[str, bool]]] = [[]]  # by part of the path: texts, and whether each is a value
    for part in parts:
        is_value = isinstance(part, Token)
        text = valued(part, values, date, filters or {}) if isinstance(part, Token) else part
        first, *rest = text.split("/")
        made[-1].append((first, is_value))
        made += [[(one, is_value)] for one in rest]
    kept = ("".join(text for text, _ in part) for part in made if not empty(part))
    return "/".join(kept)


def empty(part: Iterable[tuple[str, bool]]) -> bool:
    """Tell whether a part of a path says nothing: it has values, and none of them has a text."""
    texts = [text for text, is_value in part if is_value]
    return bool(texts) and not any(texts)


def valued(
    token: Token, values: Mapping[str, Value], date: Mapping[str, str], filters: Mapping[str, Callable[[str], str]]
) -> str:
    """Return what a token stands for."""
    if token.name == "date":
        return formatted(token.how, date)
    value = values.get(token.name, date.get(token.name, ""))
    if token.how.startswith("["):
        parts = [part for part in value.split("/") if part] if isinstance(value, str) else list(value)
        return "/".join(taken(parts, token.how))
    text = value if isinstance(value, str) else "/".join(value)
    return filters[token.how](text) if token.how in filters else text
