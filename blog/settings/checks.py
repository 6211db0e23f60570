"""What each kind of setting accepts: a check returns the value as it is kept, or raises ``ValueError``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from .. import colors, permalinks
from .choices import COLORS, ENGINES, FONTS, FURNITURE, HEADING_IDS, HOSTS, MARKDOWN, SITES

# Texts, numbers, switches


def text(value: Any) -> str:
    """Accept a string without control characters."""
    if not isinstance(value, str):
        raise ValueError("must be a string")
    if not value.isprintable() and any(ord(sign) < 32 or 0xD800 <= ord(sign) < 0xE000 for sign in value):
        raise ValueError("must not hold control characters")
    return value


def name(value: Any) -> str:
    """Accept a string that isn't empty."""
    if not text(value).strip():
        raise ValueError("must not be empty")
    return str(value)


def whole(value: Any) -> int:
    """Accept a whole number above zero."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("must be a whole number above zero")
    return value


def amount(value: Any) -> int:
    """Accept a whole number, also none."""
    return 0 if str(value) == "0" else whole(value)


def switch(value: Any) -> bool:
    """Accept true or false."""
    words = {"true": True, "1": True, "false": False, "0": False}
    if isinstance(value, str) and value.lower() in words:
        return words[value.lower()]
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def names(value: Any, example: str = '"CNAME", ".git"') -> tuple[str, ...]:
    """Accept a list of names."""
    if not isinstance(value, list) or not all(isinstance(one, str) and one and "/" not in one for one in value):
        raise ValueError(f"must be a list of names such as [{example}]")
    return tuple(value)


# Texts of a kind


def written(pattern: str, wanted: str) -> Callable[[Any], str]:
    """Make a check that accepts texts of a pattern."""

    def check(value: Any) -> str:
        if not re.fullmatch(pattern, text(value)):
            raise ValueError(f"must be {wanted}")
        return str(value)

    return check


# A language tag is one of RFC 5646. Of the others each may be empty.
language = written("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", 'a language tag such as "en"')
header = written("[A-Za-z][A-Za-z0-9-]*|", "the name of a header such as Surrogate-Key")
tokens = written("[a-z-]+( [a-z-]+)*|", 'words such as "noopener nofollow"')
function = written(
    r"(?a:([A-Za-z_]\w*\.)*[A-Za-z_]\w*:[A-Za-z_]\w*)|", 'a module and a function such as "my_markdown:extend"'
)
place = written(r"(/(?!/)|https?://[^/\s])[^\s\"<>?#]*|", 'an address such as "/static/card.png"')


def languages(value: Any) -> tuple[str, ...]:
    """Accept a list of language tags."""
    return tuple(map(language, names(value, '"fa", "pt-BR"')))


def zone(value: Any) -> str:
    """Accept the name of a time zone of the IANA database."""
    try:
        ZoneInfo(text(value))
    except (KeyError, ValueError, OSError):
        raise ValueError('must be a time zone such as "Europe/Berlin"') from None
    return str(value)


def secret(value: Any) -> str:
    """Accept what nobody guesses, or nothing."""
    if text(value) and len(value) < 16:
        raise ValueError("must have at least 16 characters")
    return str(value)


def policy(value: Any) -> str:
    """Accept directives of a Content-Security-Policy, or none; no sign that a server's configuration would read."""
    parts = [part.split()[:1] for part in text(value).split(";")]
    if not re.fullmatch(r"[ -~]*", value) or set(value) & set('"$<>\\^`{}'):
        raise ValueError('must hold none of " $ < > \\ ^ ` { } and no letters but ASCII')
    if any(part and not re.fullmatch("[A-Za-z-]+", part[0]) for part in parts):
        raise ValueError("must be directives such as \"default-src 'self'; img-src *\"")
    return str(value).strip()


# Choices


def one_of(options: Iterable[str]) -> Callable[[Any], str]:
    """Make a check that accepts one of some words."""
    known = list(options)

    def check(value: Any) -> str:
        if value not in known:
            raise ValueError(f"must be one of {', '.join(filter(None, known))}")
        return str(value)

    return check


def some_of(options: Iterable[str], example: str, switches: bool = False) -> Callable[[Any], tuple[str, ...]]:
    """Make a check that accepts a list of some words; those that are ``switches`` may have a dash before them."""
    known = list(options)

    def check(value: Any) -> tuple[str, ...]:
        for one in names(value, example):
            word = one.removeprefix("-") if switches else one
            if word not in known:
                raise ValueError(f"has no {word}; there are {', '.join(known)}")
        return tuple(value)

    return check


engine = one_of(["", *SITES])
font = one_of(FONTS)
ids = one_of(HEADING_IDS)
watch = one_of(("auto", "poll"))
engines = some_of(ENGINES, f'"{ENGINES[0]}"')
switches = some_of(sorted(MARKDOWN), '"math", "-figures"', switches=True)
furniture = some_of(sorted(FURNITURE), '"-related"', switches=True)


def hosts(value: Any) -> tuple[str, ...]:
    """Accept a list of hosts."""
    found = some_of(HOSTS, f'"{HOSTS[0]}"')(value)
    if {"cloudflare", "netlify"} <= set(found):
        raise ValueError("can't be both cloudflare and netlify, which read the same files in two ways")
    return found


def accent(value: Any) -> str:
    """Accept one of the theme's colours, or one of one's own such as ``#7a3b12``."""
    if text(value) not in COLORS | {"grey"} and not colors.HEX.fullmatch(value):
        raise ValueError(f"must be one of {', '.join(sorted(COLORS))}, or a colour such as #7a3b12")
    return "gray" if value == "grey" else str(value).lower()


# Addresses


def split(value: Any) -> SplitResult | None:
    """Take an http(s) address apart, ``None`` if it is none."""
    try:
        parts = urlsplit(text(value))
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return parts if known and not re.search(r"\s", value) else None


def address(value: Any) -> str:
    """Accept an http(s) address; return it without query and with a slash at the end."""
    parts = split(value)
    if parts is None:
        raise ValueError('must be an address such as "https://example.org/"')
    if parts.query or parts.fragment:
        raise ValueError("must have neither ? nor #")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"


def hub(value: Any) -> str:
    """Accept an http(s) address as it stands, or nothing."""
    if not text(value):
        return ""
    parts = split(value)
    if parts is None or parts.fragment or re.search('[<>"]', value):  # it stands in a header
        raise ValueError('must be an address such as "https://hub.example.org/"')
    return str(value)


def leads(value: Any, schemes: tuple[str, ...]) -> bool:
    """Tell whether a text is an address of one of some schemes; without one it is within the site."""
    try:
        parts = urlsplit(text(value))
    except ValueError:
        return False
    inside = not parts.scheme and not parts.netloc and value.startswith("/")
    return not re.search(r'[\s<>"]', value) and parts.scheme in schemes and (bool(parts.scheme) or inside)


def pattern(value: Any) -> str:
    """Accept an address with ``{path}`` in it, or none."""
    if text(value) and (not leads(value, ("http", "https")) or value.count("{path}") != 1):
        raise ValueError('must be an address such as "https://example.org/blob/main/{path}"')
    return str(value)


def permalink(value: Any) -> str:
    """Accept an address pattern such as ``/:year/:month/:slug/``."""
    pattern = text(value)
    if unknown := permalinks.unknown(pattern):
        raise ValueError(f"has no :{min(unknown)}; there are :" + " :".join(sorted(permalinks.TOKENS)))
    if not permalinks.names(pattern) & set(permalinks.NAMING):
        raise ValueError("must hold :slug, :title or :filename, else all posts share one address")
    literal = "".join(part for part in permalinks.parse(pattern) if isinstance(part, str))
    if not pattern.startswith("/") or set(literal) & set("?#%\\") or {".", ".."} & set(pattern.split("/")):
        raise ValueError("must begin with / and hold none of ? # % \\ and no ..")
    return pattern


# Files and folders


def ledger(value: Any) -> str:
    """Accept the path of a file, absolute or relative to the site's folder, or none."""
    if text(value).endswith("/") or Path(value).name in (".", "..") or value != value.strip():
        raise ValueError("must be a file such as published.tsv, or empty")
    return str(value)


def folder(value: Any) -> str:
    """Accept a path, absolute or relative to the site's folder."""
    if not text(value).strip() or Path(value) == Path("."):
        raise ValueError("must name a folder")
    return str(value)


def folders(value: Any) -> tuple[str, ...]:
    """Accept a list of paths."""
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise ValueError('must be a list of folders such as ["/srv/photos"]')
    return tuple(map(folder, value))


def content(value: Any) -> tuple[str, ...]:
    """Accept a list of paths within the site."""
    found = folders(value)
    if any(".." in Path(one).parts or Path(one).is_absolute() for one in found):
        raise ValueError("must lie in the site's folder")
    return found


# Tables


def menu(value: Any) -> tuple[dict[str, Any], ...]:
    """Accept a list of tables with ``name``, ``url`` and, if wanted, ``weight`` and ``color``."""
    allowed = {"name": str, "url": str, "weight": int, "color": str}
    if not isinstance(value, list):
        raise ValueError('must be a list such as [{ name = "Code", url = "https://example.org/" }]')
    for entry in value:
        if not isinstance(entry, dict) or not {"name", "url"} <= entry.keys():
            raise ValueError("must be a list of tables that hold name and url")
        for key, given in entry.items():
            if key not in allowed or not isinstance(given, allowed[key]):
                raise ValueError(f"can't use {key} = {given!r} in an entry")
        if entry.get("color", "gray") not in COLORS | {"grey"}:
            raise ValueError(f"has no color {entry['color']}; there are {', '.join(sorted(COLORS))}")
        if urlsplit(entry["url"]).scheme not in ("", "http", "https", "mailto"):
            raise ValueError(f"can't lead to {entry['url']}")
    return tuple({**entry, **({"color": "gray"} if entry.get("color") == "grey" else {})} for entry in value)


def links(value: Any) -> tuple[dict[str, str], ...]:
    """Accept a list of tables with ``name`` and ``url``."""
    if not isinstance(value, list):
        raise ValueError('must be a list such as [{ name = "Code", url = "https://example.org/me" }]')
    for entry in value:
        if not isinstance(entry, dict) or entry.keys() != {"name", "url"}:
            raise ValueError("must be a list of tables that hold name and url")
        if not (name(entry["name"]) and leads(entry["url"], ("http", "https", "mailto", ""))):
            raise ValueError(f"can't lead to {entry['url']}")
    return tuple({key: str(entry[key]) for key in ("name", "url")} for entry in value)


class Podcast(NamedTuple):
    """Hold what directories of podcasts ask for: "Arts > Books" is a category with its part."""

    image: str = ""
    category: str = ""
    explicit: bool = False
    guid: str = ""


def podcast(value: Any) -> Podcast:
    """Accept a table with some of image, category, explicit and guid."""
    if not isinstance(value, dict):
        raise ValueError('must be a table such as { image = "/static/cover.png", category = "Arts" }')
    for key, given in value.items():
        known = Podcast._field_defaults.get(key)
        if known is None or type(given) is not type(known) or (isinstance(given, str) and not given.isprintable()):
            raise ValueError(f"can't use {key} = {given!r}")
    try:
        made = Podcast(**value)
        return made._replace(guid=str(UUID(made.guid)) if made.guid else "")
    except ValueError:
        raise ValueError("has no UUID as its guid") from None


class Patterns(tuple[tuple[str, str], ...]):
    """Hold patterns of paths, each with one of addresses, in the order of a table."""

    def _asdict(self) -> dict[str, str]:
        """Return the table, as a named tuple does."""
        return dict(self)


def patterns(value: Any) -> Patterns:
    """Accept a table of paths and of address patterns."""
    if not isinstance(value, dict):
        raise ValueError('must be a table such as { "notes/*" = "/notes/:slug/" }')
    return Patterns((text(places), permalink(pattern)) for places, pattern in value.items())
