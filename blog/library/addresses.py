"""Questions about addresses: what one holds, what there is to freeze, what one that holds nothing resembles."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass

from .. import urls
from ..catalogue import Gone
from ..documents import POST, Summary
from ..index.digests import digest_of_text
from .lists import Lists
from .notes import question

MOST_HITS = 200  # documents that have a word which says something


@dataclass(frozen=True, slots=True)
class Address:
    """Say what an address holds: ``kind`` is post, page, alias, slash or asset.

    ``summary`` is there for a post or page, ``target`` is where an alias leads or an asset's file.
    """

    kind: str
    summary: Summary | None = None
    target: str = ""


class Addresses(Lists):
    """Answer what is where."""

    @question
    def find(self, url: str) -> Address | None:
        """Tell what an address holds; ``None`` if nothing that may be shown now."""
        contents = self.catalogue
        if entry := contents.by_url.get(url):
            with suppress(Gone):
                return Address(entry.kind, self.summary(entry))
        if url in contents.assets:
            return Address("asset", target=contents.assets[url][0])
        bare = url[:-1] if url.endswith("/") else url.removesuffix(".html")
        if bare != url and not bare.endswith("/") and bare in contents.by_url:
            return Address("slash", target=bare)
        if entry := contents.aliases.get(url.removesuffix("/")):
            return Address("alias", target=entry.url)
        return Address("slash", target=f"{url}/") if f"{url}/" in contents.by_url else None

    @question
    def hidden(self, key: str) -> tuple[str, Address] | None:
        """Tell what a document will hold that nobody sees yet, by the digest of its path; with the path.

        If it is to be seen meanwhile, it is an alias for where.
        """
        paths = (path for (path,) in self.rows("SELECT path FROM documents"))
        path = next((path for path in paths if digest_of_text(path) == key), "")
        entry = self.catalogue.entry(path)
        if entry and path in self.catalogue.by_path:
            return path, Address("alias", target=entry.url)
        return (path, Address(entry.kind, self.summary(entry))) if entry else None

    @question
    def resembling(self, words: tuple[str, ...], limit: int) -> list[Summary]:
        """Return the documents whose titles and addresses share most with some words; rare ones count for more.

        A word that very many documents have says nothing; of a long one the beginning is enough.
        """
        scores: dict[str, float] = defaultdict(float)
        for word in words:
            start, end = (word[:-2], f"{word[:-2]}\U0010ffff") if len(word) > 5 else (word, f"{word}\0")
            sql = "SELECT path, word FROM words WHERE word >= ? AND word < ? LIMIT ?"
            rows = self.rows(sql, (start, end, MOST_HITS + 1))
            for path, found in rows if len(rows) <= MOST_HITS else ():
                scores[path] += (2 if found == word else 1) * len(word) / (1 + len(rows).bit_length())
        shown = [path for path in scores if path in self.catalogue.by_path]
        best = sorted(shown, key=lambda path: (-scores[path], -self.catalogue.by_path[path].moment, path))[:limit]
        return self.summaries_of([self.catalogue.by_path[path] for path in best])

    # What there is to freeze

    @question
    def post_urls(self) -> list[str]:
        """Return the addresses of all posts, newest first; those of no list come last."""
        unlisted = [entry for entry in self.catalogue.entries if entry.kind == POST and entry.unlisted]
        return [entry.url for entry in (*self.catalogue.posts, *unlisted)]

    @question
    def page_urls(self) -> list[str]:
        """Return the addresses of all pages."""
        return [entry.url for entry in self.catalogue.pages]

    @question
    def asset_urls(self) -> list[str]:
        """Return the addresses of all files that are published as they are."""
        taken = self.catalogue.by_url
        return sorted(url for url in self.catalogue.assets if url not in taken)

    @question
    def alias_urls(self) -> list[str]:
        """Return every address that redirects to a visible document and holds nothing itself."""
        found = map(urls.closed, sorted(self.catalogue.aliases))
        return [url for url in found if (address := self.find(url)) and address.kind == "alias"]
