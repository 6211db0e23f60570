"""Whether the library would still give the same answer: a digest for each question, without the answer.

A method here has the name and the arguments of a question. A question without one is asked, and its
answer digested, which is right but slower.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterable
from typing import Any

from .catalogue import Catalogue, Entry, Gone
from .index import Ask
from .index.digests import digest

NOTHING = "-"
OWN = (
    "recent posts pages tagged neighbours find stamp text excerpt post_urls ids fed archived archives media"
    " details related filed part below"
).split()
ONE_LOOK = ("find", "text", "excerpt", "neighbours", "media")  # not worth the memory that remembering takes
OF_A_TEXT = ("text", "excerpt", "details", "media")  # questions about the text of the document at a path
# Questions whose answers don't rest on any text.
OF_NO_TEXT = frozenset(
    "find recent posts pages tagged neighbours stamp post_urls ids fed archived archives related filed part below menu"
    " kinds tag tags shelf shelves years count groups played resolve named titled extent beside".split()
)
VOLATILE = ("stamp", "listing")  # questions whose answers don't rest on the index
EXCERPTS = "SELECT path, digest FROM excerpts JOIN documents USING (path, text_digest)"


class Digests:
    """Digest the answers of a library at one moment; ``ask`` asks one of its questions.

    The methods named in ``OWN`` have the names and the arguments of questions.
    """

    def __init__(
        self, catalogue: Catalogue, rows_of: Ask, ask: Callable[..., Any], excerpts: dict[str, tuple[str, str]]
    ) -> None:
        self.catalogue, self.rows_of, self.ask = catalogue, rows_of, ask
        self.made_of = excerpts  # by path, with the digest of the text: they outlive this state
        self.known: dict[tuple[Any, ...], str] = {}
        self.own: dict[str, Callable[..., str]] = {name: getattr(self, name) for name in OWN}
        self.excerpts: dict[str, str] | None = None  # by path, once all are asked for
        self.like: dict[str, str] | None = None  # the same

    def of(self, *asked: Any) -> str:
        """Return the digest of the answer to a question, made once where that takes longer than remembering."""
        if asked[0] in ONE_LOOK:
            return self.made(asked)
        found = self.known.get(asked)
        if found is None:
            found = self.known[asked] = self.made(asked)
        return found

    def made(self, asked: tuple[Any, ...]) -> str:
        """Return the digest of the answer to a question; what goes meanwhile is nothing."""
        own = self.own.get(asked[0])
        try:
            return own(*asked[1:]) if own else digest(repr(self.ask(*asked)))
        except Gone:
            return NOTHING

    def recent(self, limit: int, offset: int = 0) -> str:
        """Digest the Summaries of a slice of the posts."""
        return summaries(self.catalogue.posts[offset : offset + limit])

    def below(self, path: str, limit: int) -> str:
        """Digest the Summaries of what lies in the folder of a text."""
        return summaries(self.catalogue.below(path, limit))

    def posts(self) -> str:
        """Digest the Summaries of all posts."""
        return digest(summaries(self.catalogue.posts))

    def post_urls(self) -> str:
        """Digest the addresses of all posts."""
        return digest([entry.url for entry in self.catalogue.posts])

    def fed(self, kind: str, slug: str, limit: int) -> str:
        """Digest the Summaries of what stands in a feed."""
        return summaries(self.catalogue.fed_of(kind, slug)[:limit])

    def archived(self, page: int, size: int) -> str:
        """Digest the Summaries of a page of the archive."""
        return summaries(self.catalogue.archived(page, size))

    def archives(self, size: int) -> str:
        """Return the number of pages of the archive."""
        return str(len(self.catalogue.fed) // size)

    def media(self, path: str) -> str:
        """Digest what goes with a text: it counts as a part of it."""
        return self.text(path)

    def ids(self, paths: tuple[str, ...]) -> str:
        """Digest the ids of some documents: addresses do for those whose id is made of it, as ``url`` stays."""
        entries, ids = self.catalogue.by_path, self.catalogue.ids
        return digest([ids.get(path) or entries[path].url if path in entries else NOTHING for path in paths])

    def details(self, path: str) -> str:
        """Digest what stands around a text: it counts as a part of it."""
        return self.text(path)

    def related(self, path: str, limit: int) -> str:
        """Digest the Summaries of posts like one."""
        found = self.like.get(path, "") if self.like is not None else like(self.rows_of, path)
        return summaries(self.catalogue.visible(found, limit))

    def filed(self, kind: str, slug: str) -> str:
        """Digest the Summaries of what a category or a series holds."""
        return digest(summaries(self.catalogue.filed(kind, slug)))

    def part(self, path: str, slug: str) -> str:
        """Digest a series, for one of its parts."""
        found = self.catalogue.part(path, slug)
        if not found:
            return NOTHING
        shelf, number, before, after, parts = found
        beside = [entry.summary if entry else NOTHING for entry in (before, after)]
        return digest([shelf.name, shelf.count, number, beside, summaries(parts)])

    def pages(self) -> str:
        """Digest the Summaries of all pages."""
        return digest(summaries(self.catalogue.pages))

    def tagged(self, slug: str, limit: int = -1) -> str:
        """Digest the Summaries of what has a tag."""
        found = self.catalogue.tagged.get(slug, [])
        return digest(summaries(found if limit < 0 else found[:limit]))

    def neighbours(self, path: str) -> str:
        """Digest the Summaries of the posts beside a post."""
        newer, older = self.catalogue.beside(path)
        return f"{newer.summary if newer else NOTHING} {older.summary if older else NOTHING}"

    def find(self, url: str) -> str:
        """Digest what an address holds: a Summary, or a file with its stamp."""
        if entry := self.catalogue.by_url.get(url):
            return f"{entry.kind} {entry.summary}"
        if url in self.catalogue.assets:
            return " ".join(self.catalogue.assets[url])
        return repr(self.ask("find", url))

    def stamp(self, path: str) -> str:
        """Return what tells one state of a file from another."""
        return stamp(path)

    def text(self, path: str) -> str:
        """Digest a body; where its links lead are questions of their own."""
        return self.catalogue.texts.get(path, NOTHING)

    def excerpt(self, path: str) -> str:
        """Digest the beginning of a body, for which a changed body is rendered."""
        now = self.catalogue.texts.get(path)
        if now is None:
            return NOTHING
        if self.excerpts is not None:
            found = self.excerpts.get(path, "")
        else:
            text, found = self.made_of.get(path, ("", ""))
            if text != now:
                rows = self.rows_of(f"{EXCERPTS} WHERE path = ? AND documents.text_digest = ?", (path, now))
                found = rows[0][1] if rows else ""
        if not found:
            excerpt = self.ask("excerpt", path)
            found = digest([excerpt.html, excerpt.more])
            if self.excerpts is not None:
                self.excerpts[path] = found
        elif self.excerpts is None:
            self.made_of[path] = now, found
        return found

    def whole(self) -> Digests:
        """Return this, ready to be asked for very many excerpts and posts like others."""
        self.excerpts = dict(self.rows_of(EXCERPTS))
        self.like = dict(self.rows_of("SELECT path, found FROM likeness"))
        return self


def rest_on(questions: Iterable[tuple[Any, ...]], edited: Collection[str]) -> bool:
    """Tell whether answers may be others once the texts of some documents, and nothing else, have changed."""
    return any(asked[1] in edited if asked[0] in OF_A_TEXT else asked[0] not in OF_NO_TEXT for asked in questions)


def like(rows_of: Ask, path: str) -> str:
    """Return the paths of posts that are like one, in lines."""
    rows = rows_of("SELECT found FROM likeness WHERE path = ?", (path,))
    return str(rows[0][0]) if rows else ""


def summaries(entries: list[Entry]) -> str:
    """Return the digests of Summaries in order."""
    return " ".join([entry.summary for entry in entries])


def stamp(path: str) -> str:
    """Return what tells one state of a file from another, ``"-"`` where there is no file."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return NOTHING
    if not stat.S_ISREG(status.st_mode):
        return NOTHING
    return f"{status.st_mtime_ns} {status.st_size} {status.st_ctime_ns}"
