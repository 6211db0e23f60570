"""The ids of entries, which never change once they are published."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from functools import cached_property

from .. import ledger, urls
from ..index.digests import digest
from ..index.schema import UNDATED
from ..ledger import Known, Matching
from .feeds import Fed
from .visible import Entry


class Identified(Fed):
    """Tell documents and lines of the ledger together."""

    @cached_property
    def ids(self) -> dict[str, str]:
        """Return by file the ids of entries that aren't simply their addresses, as kept where nothing has changed."""
        rows = self.rows_of("SELECT value FROM about WHERE key = 'ids'")
        of, kept = json.loads(rows[0][0]) if rows else ("", {})
        if of == self.ids_of:
            return dict(kept)
        found = self.matched(ledger.load(self.settings.ledger).lines)
        return {path: found[path] for path in found if found[path] != self.absolute(self.by_path[path].url)}

    @property
    def ids_of(self) -> str:
        """Return what tells whether the ids would be others by now."""
        chosen = (self.settings.url, self.settings.drafts, self.settings.future)
        return digest([self.generation, self.ledger, len(self.published), len(self.entries), *chosen])

    def id(self, path: str) -> str:
        """Return the id of a document that never changes once it is published."""
        return self.ids.get(path) or self.absolute(self.by_path[path].url)

    def matched(self, lines: Collection[ledger.Line]) -> dict[str, str]:
        """Return by file the ids of all entries, by the lines of a ledger; what nobody else sees yet comes last."""
        matching = Matching(lines, self.own, self.absolute, self.there, self.known, self.aliases_of)
        published = {entry.path: entry.url for entry in self.published}
        matching.match(published)
        if len(published) < len(self.entries):
            matching.match({e.path: e.url for e in self.entries if e.path not in published and e.moment > UNDATED})
        return matching.ids

    @cached_property
    def own(self) -> dict[str, str]:
        """Return by file the ids that headers name."""
        return dict(self.rows_of("SELECT path, own FROM entries WHERE own != '' ORDER BY path"))

    @property
    def published(self) -> list[Entry]:
        """Return the entries that anybody may have read by now: no drafts, none to come, none without a date."""
        return [entry for entry in self.entries if UNDATED < entry.moment <= self.since and not entry.draft]

    def absolute(self, url: str) -> str:
        """Return an address with the public one before it."""
        return self.settings.url.rstrip("/") + urls.href("", url)

    def there(self, files: Collection[str]) -> set[str]:
        """Return those of some files that are there, whatever is in them."""
        return {path for (path,) in self.of_some("SELECT path FROM files", files)}

    def known(self, files: Collection[str]) -> dict[str, Known]:
        """Return date and title of some entries by file."""
        sql = "SELECT path, date, title FROM entries"
        rows = self.of_some(sql, files) if len(files) < 500 else self.rows_of(sql)  # of all is faster than of many
        return {row[0]: Known(*row[1:]) for row in rows if row[0] in files}

    def aliases_of(self, files: Collection[str]) -> dict[str, list[str]]:
        """Return the aliases of some documents by file."""
        found = defaultdict(list)
        for path, url in self.of_some("SELECT path, url FROM aliases", files):
            found[path].append(url)
        return found
