"""Questions about documents in lists: by time, by tag, in series, in menus, in feeds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from .. import digests
from ..catalogue import Gone, Group, Shelf, Tag
from ..documents import MenuEntry, Summary
from ..media import PLAYED
from .kept import Kept
from .notes import question


@dataclass(frozen=True, slots=True)
class Part:
    """Hold a document's place in a series, from 1; ``parts`` are all of them, or none if they are very many."""

    series: Shelf
    number: int
    before: Summary | None
    after: Summary | None
    parts: tuple[Summary, ...] = ()


class Lists(Kept):
    """Answer what lists are made of: with Summaries, which say nothing of a text."""

    @question
    def recent(self, limit: int, offset: int = 0) -> list[Summary]:
        """Return posts, newest first."""
        return self.summaries_of(self.catalogue.posts[offset : offset + limit])

    @question
    def below(self, path: str, limit: int) -> list[Summary]:
        """Return what lies in the folder of a text: posts, newest first, else pages."""
        return self.summaries_of(self.catalogue.below(path, limit))

    @question
    def count(self) -> int:
        """Return the number of posts."""
        return len(self.catalogue.posts)

    @question
    def posts(self) -> list[Summary]:
        """Return all posts, newest first."""
        return self.summaries_of(self.catalogue.posts)

    @question
    def pages(self) -> list[Summary]:
        """Return all pages by address."""
        return self.summaries_of(self.catalogue.pages)

    @question
    def changes(self) -> list[tuple[str, str]]:
        """Return address and day of the last change of what may be found: pages by address, posts newest first.

        A day that is still to come is none.
        """
        contents = self.catalogue
        shown = [entry for entry in (*contents.pages, *contents.posts) if not entry.unsaid]
        tomorrow = f"{self.now() + timedelta(days=1):%Y-%m-%d}"  # somewhere it is that day already
        if later := [entry.day for entry in shown if entry.day > tomorrow]:
            come = datetime.fromisoformat(min(later)).replace(tzinfo=UTC) - timedelta(days=1)
            contents.until = min(contents.until, come.timestamp())
        return [(entry.url, entry.day if entry.day <= tomorrow else "") for entry in shown]

    @question
    def neighbours(self, path: str) -> tuple[Summary | None, Summary | None]:
        """Return the next newer and the next older post."""
        newer, older = self.catalogue.beside(path)
        found = iter(self.summaries_of([entry for entry in (newer, older) if entry]))
        return newer and next(found), older and next(found)

    @question
    def tags(self) -> list[Tag]:
        """Return all tags by name."""
        return list(self.catalogue.tags.values())

    @question
    def tag(self, slug: str) -> Tag | None:
        """Return one tag, ``None`` if nothing visible has it."""
        return self.catalogue.tags.get(slug)

    @question
    def tagged(self, slug: str, limit: int = -1) -> list[Summary]:
        """Return what has a tag, newest first."""
        found = self.catalogue.tagged.get(slug, [])
        return self.summaries_of(found if limit < 0 else found[:limit])

    @question
    def kinds(self) -> tuple[str, ...]:
        """Return which of tags, categories and series there are."""
        shelves = self.catalogue.shelves
        there = {"tags": self.catalogue.tags, "categories": shelves["category"], "series": shelves["series"]}
        return tuple(kind for kind, found in there.items() if found)

    @question
    def shelves(self, kind: str) -> list[Shelf]:
        """Return all categories, or all series, by name."""
        return [shelf for shelf, _ in self.catalogue.shelves[kind].values()]

    @question
    def shelf(self, kind: str, slug: str) -> Shelf | None:
        """Return one category or series, ``None`` if nothing visible is in it."""
        return self.catalogue.shelves[kind].get(slug, (None,))[0]

    @question
    def filed(self, kind: str, slug: str) -> list[Summary]:
        """Return what a category holds, newest first, or a series, part by part."""
        return self.summaries_of(self.catalogue.filed(kind, slug))

    @question
    def part(self, path: str, slug: str) -> Part | None:
        """Return a document's place in a series, ``None`` if it isn't visible there."""
        found = self.catalogue.part(path, slug)
        if not found:
            return None
        shelf, number, before, after, parts = found
        all_of_them = iter(self.summaries_of([entry for entry in (before, after, *parts) if entry]))
        return Part(shelf, number, before and next(all_of_them), after and next(all_of_them), tuple(all_of_them))

    @question
    def related(self, path: str, limit: int) -> list[Summary]:
        """Return the posts that are most like one, best first."""
        return self.summaries_of(self.catalogue.visible(digests.like(self.rows, path), limit))

    @question
    def years(self) -> tuple[int, int] | None:
        """Return the years of the first and the last post, ``None`` if none has a date."""
        return self.catalogue.years

    @question
    def menu(self, name: str) -> list[MenuEntry]:
        """Return a menu by weight."""
        return self.catalogue.menus.get(name, [])

    @question
    def passed(self, moment: int) -> bool:
        """Tell whether a moment, in seconds, has passed; what rests on that is asked again when it has."""
        contents, passed = self.catalogue, self.now().timestamp() >= moment
        if not passed:
            contents.until = min(contents.until, moment)
        return passed

    # Questions about feeds

    @question
    def fed(self, kind: str, slug: str, limit: int) -> list[Summary]:
        """Return what stands in the feed of a tag or a group, of the whole site without a kind; newest first."""
        return self.summaries_of(self.catalogue.fed_of(kind, slug)[:limit])

    @question
    def played(self, kind: str, slug: str) -> bool:
        """Tell whether there is something to hear or see with what stands in a feed, or would if it had no end."""
        files = self.catalogue.media
        posts = self.catalogue.fed_of(kind, slug) if files else []
        found = (one for post in posts if post.path in files for one in files[post.path][0])
        return any(one.type.startswith(PLAYED) for one in found)

    @question
    def archives(self, size: int) -> int:
        """Return how many pages of a size the archive of all posts in feeds has; only full ones count."""
        return len(self.catalogue.fed) // size

    @question
    def archived(self, page: int, size: int) -> list[Summary]:
        """Return a page of the archive, newest first; the first page holds the oldest posts."""
        return self.summaries_of(self.catalogue.archived(page, size))

    @question
    def groups(self, kind: str) -> list[Group]:
        """Return all sections, authors or languages of posts, by slug."""
        return [group for group, _ in self.catalogue.groups.get(kind, {}).values()]

    @question
    def ids(self, paths: tuple[str, ...]) -> list[str]:
        """Return the ids of visible documents: what stands for an entry in every feed, and never changes."""
        contents = self.catalogue
        try:
            return [contents.id(path) for path in paths]
        except KeyError as error:
            raise Gone(str(error)) from None
