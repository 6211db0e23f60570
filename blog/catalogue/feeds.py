"""What stands in feeds: of the whole site, of a tag, of a section, an author or a language."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from sys import intern

from .. import urls
from ..index.schema import UNDATED
from .taxonomies import Filed, most_used
from .visible import Entry


@dataclass(frozen=True, slots=True)
class Group:
    """Name a section, an author or a language of posts."""

    slug: str
    name: str


def in_feeds(entries: list[Entry]) -> list[Entry]:
    """Return those of some entries that feeds hold: those with a date that are no drafts."""
    return [entry for entry in entries if entry.moment > UNDATED and not entry.draft]


class Fed(Filed):
    """List posts by the feeds that they stand in."""

    @cached_property
    def fed(self) -> list[Entry]:
        """Return the posts that stand in feeds, newest first."""
        return in_feeds(self.posts)

    @cached_property
    def groups(self) -> dict[str, dict[str, tuple[Group, list[Entry]]]]:
        """Return by kind and slug each group of posts with what is in it, newest first."""
        names: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for path, kind, slug, name in self.rows_of("SELECT path, kind, slug, name FROM groups"):
            names[path].append((intern(kind), intern(slug), intern(name)))
        defaults = {"author": self.settings.author, "language": self.settings.language}
        found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        known: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for entry in self.fed:
            own = names.get(entry.path, [])
            said = {kind for kind, _, _ in own}
            theirs = [(kind, urls.slugify(name), name) for kind, name in defaults.items() if name and kind not in said]
            for kind, slug, name in (*own, *theirs):
                found[kind, slug].append(entry)
                known[kind, slug][name] += 1
        made: dict[str, dict[str, tuple[Group, list[Entry]]]] = defaultdict(dict)
        for kind, slug in sorted(found):
            made[kind][slug] = Group(slug, most_used(known[kind, slug])), found[kind, slug]
        return made

    def fed_of(self, kind: str, slug: str) -> list[Entry]:
        """Return what stands in the feed of a tag or a group, of the whole site without a kind; newest first."""
        if not kind:
            return self.fed
        if kind == "tag":
            return in_feeds(self.tagged.get(slug, []))
        return self.groups.get(kind, {}).get(slug, (None, []))[1]

    def archived(self, page: int, size: int) -> list[Entry]:
        """Return a page of the archive of all posts in feeds, newest first; the first page holds the oldest."""
        end = len(self.fed) - (page - 1) * size
        return self.fed[end - size : end] if page > 0 and end >= size else []
