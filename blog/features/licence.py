"""What others may do with a post: the licence of the site, or the post's own.

https://microformats.org/wiki/rel-license, https://creativecommons.org/licenses/list.en
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask

from ..documents import Details, Summary
from ..site import current, of

COMMONS = re.compile(r"CC[ -](BY(?:[ -](?:NC|SA|ND))*)(?:[ -](\d\.\d))?", re.IGNORECASE)
ZERO = re.compile(r"CC[ -]?0(?:[ -]1\.0)?", re.IGNORECASE)
ADDRESS = re.compile(r"https?://(?:www\.)?creativecommons\.org/licenses/([a-z-]+)/(\d\.\d)(?:/|\Z)", re.IGNORECASE)
SITE = "https://creativecommons.org"


@dataclass(frozen=True, slots=True)
class Licence:
    """Name a licence; ``url`` is where it can be read, empty if that isn't known."""

    name: str
    url: str = ""


def init_app(app: Flask) -> None:
    """Show it on posts."""
    of(app).furnish("licence", licence)


def licence(_post: Summary, details: Details, _shown: object) -> Licence | None:
    """Return the licence of a post."""
    said = details.licence or current().settings.licence
    return None if said in ("", "-") else read(said)


def read(said: str) -> Licence:
    """Read a licence: the short name of one of Creative Commons, an address, or words."""
    if ZERO.fullmatch(said):
        return Licence("CC0 1.0", f"{SITE}/publicdomain/zero/1.0/")
    if found := COMMONS.fullmatch(said):
        kind, version = re.sub("[ -]+", "-", found[1]), found[2] or "4.0"
        return Licence(f"CC {kind.upper()} {version}", f"{SITE}/licenses/{kind.lower()}/{version}/")
    if not re.fullmatch(r"https?://[^\s\"<>]+", said):
        return Licence(said)
    if found := ADDRESS.match(said):
        return Licence(f"CC {found[1].upper()} {found[2]}", said)
    return Licence(urlsplit(said).netloc, said)
