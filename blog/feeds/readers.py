"""How readers tell that an entry is the one that they have, a changed one, or a new one: a small model of each.

``of`` gives what a reader knows an entry by: one whose name it has seen is an old one, any other is shown as new.
``state`` gives what it compares to see that an old entry has changed. None of these readers shows a changed entry as
unread, unless it is told to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from .parsed import Entry, Parsed

TOLERANCE = 0.05  # the part of a feed's ids that may be bad before FreshRSS trusts none


@dataclass(frozen=True, slots=True)
class Reader:
    """Hold the model of a reader; ``wary`` names entries of feeds whose ids it doesn't trust."""

    name: str
    of: Callable[[Entry], str]
    state: Callable[[Entry], Hashable]
    wary: Callable[[Entry], str] | None = None

    def naming(self, *feeds: Parsed) -> Callable[[Entry], str]:
        """Return how it names the entries of a feed that has been like this."""
        return self.wary if self.wary and any(map(has_bad_ids, feeds)) else self.of


def miniflux(entry: Entry) -> str:
    """Name an entry as Miniflux does: the hash of its id, else of its address, else of title and content.

    internal/reader/rss/adapter.go and atom/atom_10_adapter.go in https://github.com/miniflux/v2
    """
    return entry.id or entry.link or entry.title + entry.content


def freshrss(entry: Entry) -> str:
    """Name an entry as FreshRSS does: its id, else its address with its date, else with its title.

    decideEntryGuid() in app/Models/Feed.php of https://github.com/FreshRSS/FreshRSS
    """
    return entry.id or entry.link + entry.published or entry.title + entry.content


def wary_freshrss(entry: Entry) -> str:
    """Name an entry as FreshRSS does in a feed with bad ids: by its address with its date."""
    return entry.link + entry.published or entry.title + entry.content


def has_bad_ids(feed: Parsed) -> bool:
    """Tell whether more than some ids of a feed are empty or there twice; FreshRSS remembers that.

    loadGuids() in app/Models/Feed.php
    """
    count = Counter(entry.id for entry in feed.entries)
    bad = sum(times - 1 for id, times in count.items() if id) + count[""]
    return bad > int(TOLERANCE * len(feed.entries) + 0.5)


def newsboat(entry: Entry) -> str:
    """Name an entry as newsboat does: its id, else its address with its date, else its title.

    RssParser::get_guid() in src/rssparser.cpp of https://github.com/newsboat/newsboat
    """
    return entry.id or (entry.link + entry.published if entry.link else entry.title)


def netnewswire(entry: Entry) -> str:
    """Name an entry as NetNewsWire does: its id, else its address or its title, with its date, else its text.

    calculatedUniqueID() in RSSParser.swift of https://github.com/Ranchero-Software/NetNewsWire
    """
    date = f"{entry.date.timestamp():.0f}" if entry.date else ""
    return entry.id or (entry.link or entry.title) + date or entry.content


def feedly(entry: Entry) -> str:
    """Name an entry as Feedly does: ``originId`` is the id as written, else the address.

    https://developer.feedly.com/v3/entries/; the rest of its rules isn't published.
    """
    return entry.id or entry.link


def seen_by_miniflux(entry: Entry) -> Hashable:
    """Return what Miniflux writes again for an old entry: updateEntry() in internal/storage/entry.go."""
    return entry.title, entry.link, entry.content, entry.authors, entry.tags, entry.enclosures


def seen_by_freshrss(entry: Entry) -> Hashable:
    """Return what FreshRSS hashes, without the date, which may be made up: hash() in app/Models/Entry.php."""
    return entry.link, entry.title, entry.authors, entry.content, entry.tags, entry.enclosures


def seen_by_newsboat(entry: Entry) -> Hashable:
    """Return what newsboat writes again for an old entry: update_rssitem_unlocked() in src/cache.cpp."""
    return entry.title, entry.link, entry.content, entry.authors, entry.enclosures[:1]


def seen_by_netnewswire(entry: Entry) -> Hashable:
    """Return what NetNewsWire compares of an old entry: changesFrom() in Article+Database.swift."""
    dates = entry.published, entry.updated
    return entry.title, entry.content, entry.link, entry.summary, entry.authors, entry.enclosures, dates


def seen_by_feedly(entry: Entry) -> Hashable:
    """Return what Feedly's ``fingerprint`` and ``updated`` follow, as far as its interface shows it."""
    return entry.title, entry.content, entry.link, entry.updated


READERS = (
    Reader("Miniflux", miniflux, seen_by_miniflux),
    Reader("FreshRSS", freshrss, seen_by_freshrss, wary_freshrss),
    Reader("newsboat", newsboat, seen_by_newsboat),
    Reader("NetNewsWire", netnewswire, seen_by_netnewswire),
    Reader("Feedly", feedly, seen_by_feedly),
)
