"""The guard: what readers would make of a feed after they have had another state of it, before it is published.

A reader knows the entries of the last release, those of its archives too. An entry with a name that it doesn't know
is shown as new: if it is an old one all the same, it is sent again, and the guard says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from urllib.parse import unquote, urlsplit

from .parsed import Entry, Parsed
from .readers import READERS, Reader

Question = Callable[[Entry], bool]


@dataclass(frozen=True, slots=True)
class State:
    """Hold a feed at one time, with the entries that only its archives have."""

    feed: Parsed
    archived: tuple[Entry, ...] = ()

    def entries(self) -> Iterator[Entry]:
        """Yield every entry, the archived ones first."""
        yield from self.archived
        yield from self.feed.entries


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold what a reader makes of the later state of a feed; ``resent`` pairs each entry with what it was before."""

    reader: str
    new: tuple[Entry, ...] = ()
    updated: tuple[Entry, ...] = ()
    resent: tuple[tuple[Entry, Entry | None], ...] = ()
    lost: tuple[Entry, ...] = ()
    gone: tuple[Entry, ...] = ()


def replay(before: State, after: State, published: Question, was_there: Question | None = None) -> list[Outcome]:
    """Return what each reader makes of a feed that it has known in an earlier state.

    ``published`` tells whether an old entry's post is still there, ``was_there`` whether a new entry's was there
    before, as far as somebody knows.
    """
    return [outcome(reader, before, after, published, was_there) for reader in READERS]


def outcome(reader: Reader, before: State, after: State, published: Question, was_there: Question | None) -> Outcome:
    """Return what one reader makes of it."""
    name = reader.naming(before.feed, after.feed)
    known = {name(entry): entry for entry in before.entries()}
    now = {name(entry) for entry in after.entries()}
    alike = Alike(entry for one, entry in known.items() if one not in now)
    # An id that has changed in an archive is a mistake, too: the entry may come up from there.
    unknown = [(entry, alike.take(entry)) for entry in after.entries() if name(entry) not in known]
    again: list[tuple[Entry, Entry | None]] = [(entry, found) for entry, found in unknown if found]
    fresh = without([entry for entry, found in unknown if not found], after.archived)
    taken = (found for _, found in unknown if found)
    missing = without((old for one, old in known.items() if one not in now), taken, before.archived)
    gone = [entry for entry in missing if not published(entry)]
    older = emerged(fresh, before.feed, was_there)
    again += [(entry, None) for entry in older[len(gone) :]]  # those before only take the places of what is gone
    return Outcome(
        reader.name,
        tuple(without(fresh, older)),
        tuple(e for e in after.feed.entries if name(e) in known and reader.state(e) != reader.state(known[name(e)])),
        tuple(again),
        tuple(entry for entry in without(missing, gone) if not fell_off(entry, after.feed)),
        tuple(gone),
    )


def without(entries: Iterable[Entry], *others: Iterable[Entry]) -> list[Entry]:
    """Return the entries that aren't among others, each being itself whatever it says."""
    left_out = {id(entry) for entry in chain(*others)}
    return [entry for entry in entries if id(entry) not in left_out]


def emerged(unknown: Iterable[Entry], before: Parsed, was_there: Question | None) -> list[Entry]:
    """Return the entries that are older than the whole feed was, newest first: they have come up from below its end."""
    ends = [entry.date for entry in before.entries if entry.date]
    below = [entry for entry in unknown if entry.date and ends and entry.date < min(ends)]
    return [entry for entry in below if was_there is None or was_there(entry)]


def fell_off(entry: Entry, after: Parsed) -> bool:
    """Tell whether an entry has left a feed because all that is there now is newer."""
    dates = [one.date for one in after.entries if one.date]
    return bool(entry.date and dates) and entry.date <= min(dates)  # type: ignore[operator]


class Alike:
    """Find an old entry that is the same as a new one by something else than its name; each is found once."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.by: dict[object, list[Entry]] = {}
        for entry in entries:
            for mark in marks(entry):
                self.by.setdefault(mark, []).append(entry)
        self.taken: set[int] = set()

    def take(self, entry: Entry) -> Entry | None:
        """Return the old entry that a new one is, if there is one."""
        for mark in marks(entry):
            for found in self.by.get(mark, ()):
                if id(found) not in self.taken:
                    self.taken.add(id(found))
                    return found
        return None


def marks(entry: Entry) -> Iterator[object]:
    """Yield what an entry can be known by whatever its id is, the surest first."""
    if entry.link:
        yield "link", place(entry.link)
    if entry.title and entry.date:
        yield "title", entry.title, entry.date
        yield "day", entry.title, entry.date.date()
    if text := " ".join(entry.content.split()):
        yield "content", text


def place(address: str) -> str:
    """Return where an address lies on its host: domain and scheme may change."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return unquote(parts.path).rstrip("/") + (f"?{parts.query}" if parts.query else "")
