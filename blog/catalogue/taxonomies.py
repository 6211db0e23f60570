"""Tags, categories and series, each with what is filed under it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from sys import intern

from .. import urls
from .lists import Lists
from .visible import Entry

MOST_PARTS = 20  # of a series, that a page of one of them lists


@dataclass(frozen=True, slots=True)
class Tag:
    """Name a tag as most documents write it."""

    slug: str
    name: str
    count: int

    @property
    def path(self) -> str:
        """Return the address of its page."""
        return urls.tag_path(self.name)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Name a category or a series as most documents write it; ``kind`` is category or series."""

    kind: str
    slug: str
    name: str
    count: int

    @property
    def path(self) -> str:
        """Return the address of its page."""
        return urls.shelf_path(self.kind, self.name)


def most_used(names: Counter[str]) -> str:
    """Return the name that most documents write."""
    return min(names, key=lambda name: (-names[name], name))


def in_order(found: list[tuple[Entry, int]], by_part: bool) -> list[Entry]:
    """Return entries by part, those without one behind, and the oldest first; or simply the newest first."""
    if by_part:
        found.sort(key=lambda one: (one[1] or math.inf, one[0].moment, one[0].path))
    else:
        found.sort(key=lambda one: (one[0].moment, one[0].path), reverse=True)
    return [entry for entry, _ in found]


class Filed(Lists):
    """List documents by what they are filed under."""

    @cached_property
    def by_tag(self) -> dict[str, tuple[Tag, list[Entry]]]:
        """Return by slug each tag with what has it, newest first; read tag by tag, which takes little memory."""
        found = {}
        for (slug,) in self.rows_of("SELECT DISTINCT slug FROM tags"):
            rows = self.rows_of("SELECT path, name FROM tags WHERE slug = ?", (slug,))
            rows = [row for row in rows if row[0] in self.by_path and not self.by_path[row[0]].unlisted]
            names = Counter(name for _, name in rows)
            if names:
                entries = [self.by_path[path] for path, _ in rows]
                entries.sort(key=lambda entry: (entry.moment, entry.path), reverse=True)
                found[slug] = Tag(slug, most_used(names), len(entries)), entries
        return found

    @cached_property
    def tagged(self) -> dict[str, list[Entry]]:
        """Return by slug what has a tag, newest first."""
        return {slug: entries for slug, (_, entries) in self.by_tag.items()}

    @cached_property
    def tags(self) -> dict[str, Tag]:
        """Return all tags by slug, in order of their names."""
        tags = (tag for tag, _ in self.by_tag.values())
        return {tag.slug: tag for tag in sorted(tags, key=lambda tag: (tag.name.casefold(), tag.slug))}

    @cached_property
    def shelves(self) -> dict[str, dict[str, tuple[Shelf, list[Entry]]]]:
        """Return by kind and slug, in order of names, categories with the newest first, and series by part."""
        found: dict[tuple[str, str], list[tuple[Entry, int]]] = defaultdict(list)
        names: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for kind, slug, path, name, part in self.rows_of("SELECT kind, slug, path, name, part FROM filed"):
            if path in self.by_path:
                found[intern(kind), slug].append((self.by_path[path], part))
                names[kind, slug][name] += 1
        made: dict[str, dict[str, tuple[Shelf, list[Entry]]]] = {"category": {}, "series": {}}
        named = {key: most_used(of) for key, of in names.items()}
        for kind, slug in sorted(found, key=lambda key: (named[key].casefold(), key)):
            entries = in_order(found[kind, slug], kind == "series")
            made[kind][slug] = Shelf(kind, slug, named[kind, slug], len(entries)), entries
        return made

    def filed(self, kind: str, slug: str) -> list[Entry]:
        """Return what a category or a series holds, in order."""
        return self.shelves[kind].get(slug, (None, []))[1]

    def part(self, path: str, slug: str) -> tuple[Shelf, int, Entry | None, Entry | None, list[Entry]] | None:
        """Return a series with a document's place in it, what is before and after, and all parts if they are few."""
        shelf, entries = self.shelves["series"].get(slug, (None, []))
        place = next((place for place, entry in enumerate(entries) if entry.path == path), -1)
        if shelf is None or place < 0:
            return None
        around = dict(enumerate(entries[max(0, place - 1) : place + 2], max(0, place - 1)))
        parts = entries if len(entries) <= MOST_PARTS else []
        return shelf, place + 1, around.get(place - 1), around.get(place + 1), parts
