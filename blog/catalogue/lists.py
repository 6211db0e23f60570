"""Lists of all: posts, pages, what lies in a folder, menus."""

from __future__ import annotations

import json
import posixpath
from datetime import UTC, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from .. import dates
from ..documents import POST, MenuEntry
from ..index.schema import UNDATED
from .visible import Entry, Visible

MOST_BELOW = 1000  # pages that a page of a folder lists


def is_index(path: str) -> bool:
    """Tell whether a file is the page of its folder."""
    return posixpath.basename(path).partition(".")[0] in ("index", "_index")


def year_of(moment: float, zone: ZoneInfo) -> int:
    """Return the year of a moment in seconds."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=moment)).astimezone(zone).year


class Lists(Visible):
    """List documents by what they are and where they lie."""

    @cached_property
    def posts(self) -> list[Entry]:
        """Return the posts, newest first."""
        return [entry for entry in self.entries if entry.kind == POST and not entry.unlisted]

    @cached_property
    def pages(self) -> list[Entry]:
        """Return the pages by address."""
        return sorted((entry for entry in self.entries if entry.kind != POST), key=lambda entry: entry.url)

    @cached_property
    def places(self) -> dict[str, int]:
        """Return where in the list of posts each one stands."""
        return {entry.path: place for place, entry in enumerate(self.posts)}

    def beside(self, path: str) -> tuple[Entry | None, Entry | None]:
        """Return the entries before and after a post."""
        place = self.places.get(path)
        if place is None:
            return None, None
        return self.posts[place - 1] if place else None, self.posts[place + 1] if place + 1 < len(self.posts) else None

    @cached_property
    def years(self) -> tuple[int, int] | None:
        """Return the years of the first and the last post with a date."""
        days = [entry.moment for entry in self.posts if entry.moment > UNDATED]
        zone = dates.zone_of(self.settings.timezone)
        return (year_of(days[-1], zone), year_of(days[0], zone)) if days else None

    def below(self, path: str, limit: int) -> list[Entry]:
        """Return the posts that lie in the folder of a text and are of its language, newest first.

        Where there are none, the pages that lie in it and those of the folders in it, whatever the limit.
        """
        folder, name = posixpath.split(path)
        language = self.language_of(name)
        start = len(folder) + bool(folder)
        inside = [e for e in self.entries if e.path.startswith(path[:start]) and e.path != path and not e.unlisted]
        found = [entry for entry in inside if self.language_of(posixpath.basename(entry.path)) == language]
        posts = [entry for entry in found if entry.kind == POST]
        near = [e for e in found if e.path.count("/", start) == is_index(e.path)]
        return posts[:limit] or sorted(near, key=lambda entry: (-entry.moment, entry.path))[:MOST_BELOW]

    def language_of(self, name: str) -> str:
        """Return the language that the name of a file ends with."""
        suffix = name.rpartition(".")[0].rpartition(".")[2]
        return suffix if suffix in self.settings.languages else ""

    def visible(self, paths: str, limit: int) -> list[Entry]:
        """Return the first of some documents that are visible; ``paths`` has one on a line."""
        return [self.by_path[path] for path in paths.split("\n") if path in self.by_path][:limit]

    @cached_property
    def menus(self) -> dict[str, list[MenuEntry]]:
        """Return the menus: what documents place there, and for ``main`` the setting, by weight."""
        found: dict[str, list[MenuEntry]] = {"main": [MenuEntry("main", **entry) for entry in self.settings.menu]}
        for path, entry in self.rows_of("SELECT path, entry FROM menus ORDER BY path"):
            if path in self.by_path:
                placed = MenuEntry(**json.loads(entry))
                found.setdefault(placed.menu, []).append(placed)
        for menu in found.values():
            menu.sort(key=lambda entry: (entry.weight or 10**9, entry.name.casefold(), entry.url))
        return found
