"""A folder that no engine was at home in: what lies in it is named as its files are, letter by letter."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from .. import values
from ..facts import Facts
from ..permalinks import names
from ..reader import Reading
from ..urls import closed, filled, safe, slugify

# What speaks of a folder to those who work on it, not to the readers of a site.
NOTES = re.compile(r"(?i)(?:readme|contributing|code[-_]of[-_]conduct|license|licence|changelog)(?:[._-]\w+)?")


def configure(_root: Path, why: str) -> Facts:
    """Return that there is nothing to be known."""
    return Facts("plain", why)


class Rules(Reading):
    """Take addresses from paths as they are written; whatever is dated has a date."""

    page_ladder: tuple[str, ...] = ("header", "name", "folder", "line")
    slash = False
    index_names: tuple[str, ...] = ("index", "_index")

    def left_out(self) -> str:
        """Return why a file is no page: it is a note to its folder, or no pattern of addresses is for it."""
        if NOTES.fullmatch(self.path.stem):
            return "it speaks of the folder, not to its readers"
        own = tuple(places for places, _ in self.settings.permalinks)
        routes = own or self.facts.values.get("routes", ())
        if routes and len(self.path.parts) > 1 and not any(self.on(route) for route in routes):
            return "no pattern of addresses is for this place"
        return ""

    def on(self, route: str) -> bool:
        """Tell whether a path is one that a pattern names; only ``**``, and a last part that is ``*``, go deeper."""
        address = self.source.address
        if not fnmatchcase(address, route):
            return False
        return "**" in route or route.rsplit("/", 1)[-1] == "*" or route.count("/") == address.count("/")

    def tags(self) -> tuple[str, ...]:
        """Return the tags; what is written for search engines may hold them."""
        about = self.meta.get("meta")
        keywords = about.get("keywords") if isinstance(about, dict) else None
        return super().tags() or values.listed(keywords)

    def pattern_of_engine(self) -> str:
        """Return the pattern of addresses for this place, of whatever kind the text is."""
        return self.facts.permalink(self.source.address)

    def page_url(self) -> str:
        """Return the path without its ending."""
        parts = [*self.path.parent.parts, *([] if self.is_index else [self.name])]
        return closed(safe("/".join(parts)))

    def filled(self, pattern: str) -> str:
        """Fill a pattern of addresses with names as they are."""
        moment = self.when.moment if self.when else None
        if self.is_index and "path" in names(pattern):  # a folder's own page
            closing = "/" if pattern.endswith(("/", ".html")) else ""
            pattern = re.sub(r"\.html\Z|/\Z", "", pattern) + closing if self.path.parent.parts else "/"
        made = filled(pattern, self.tokens(), moment, slash=False)
        made = re.sub(r"\s+", self.facts.values.get("spaces") or " ", made)
        return made.lower() if self.facts.values.get("lower") else made

    def tokens(self) -> dict[str, Any]:
        """Return what the tokens of a pattern stand for."""
        folders = list(self.path.parent.parts)
        folders = folders[:-1] if self.is_index else folders
        slug = values.text(self.first("slug"))
        said = {key: values.text(value) for key, value in self.meta.items()}
        return {
            **said,
            "path": "/".join([*folders, self.stem]),
            "filename": self.stem,
            "name": self.rest or self.stem,
            "slug": slug or self.rest or self.stem,
            "title": slug or slugify(self.title),
            "section": "/".join(folders),
            "sections": folders,
            "categories": list(self.categories()),
            "lang": self.language() or self.settings.language,
        }
