"""The feeds of now against those of an earlier release, as the guard sees them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask

from ..errors import BlogError
from ..feeds import guard, rules
from ..feeds.parsed import Entry, NotAFeed, Parsed, parse
from ..feeds.readers import READERS
from ..feeds.release import Release, file_of, of_file, of_folder, path_of
from ..freeze.pages import Pages
from ..site import of
from ..values import plural
from .report import KINDS, Report


class Against:
    """Compare the feeds of now with those of an earlier release."""

    def __init__(self, app: Flask, now: Release, allowed: frozenset[str], report: Report) -> None:
        here = of(app)
        self.library, self.base_path = here.library, here.settings.base_path
        self.now, self.allowed, self.report = now, allowed, report
        self.feeds, self.pages = here.feeds, Pages(app)
        self.done: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
        self.bad: dict[tuple[str, str], tuple[dict[str, None], dict[str, None]]] = {}  # readers and feeds, by what

    def compare(self, place: Path) -> None:
        """Replay a build, or one feed."""
        if place.is_dir():
            known = {found.digest: found for found in self.now.known.values() if found}
            old, paths = of_folder(place, self.base_path, known)
            for path in paths:
                self.one(path, path, old, lambda entry: (place / file_of(self.path(entry))).is_file())
        elif found := of_file(place):
            path = self.counterpart(found.feed)
            self.one(place.name, path, Release({path: found}.get, self.base_path))
        else:
            raise BlogError("this is no feed", str(place))
        self.tell()

    def counterpart(self, feed: Parsed) -> str:
        """Return the path at which a feed is now: its own, else that of the site's feed in the same format."""
        own = path_of(feed.links.get("self", ""), self.base_path)
        of_kind = [path for _, kind, path in self.feeds if kind == rules.TYPES[feed.kind]]
        return own if own and self.at(own) else next(iter(of_kind), own)

    def one(self, name: str, path: str, old: Release, was_there: guard.Question | None = None) -> None:
        """Replay one feed, unless that was done under another address."""
        before, now = old.state(path), self.at(path)
        after = self.now.state(now) if now else None
        if before and after:
            self.report.compared += 1
            for reader in READERS:
                self.report.readers.setdefault(reader.name, {kind: {} for kind in KINDS})
            pair = before[1], after[1]
            if pair[0] != pair[1] and pair not in self.done:
                self.done.add(pair)
                known = self.known(now, after[0], was_there)
                for outcome in guard.replay(before[0], after[0], self.published, known):
                    self.note(name, outcome)
        elif before and not self.allowed & {path, name}:
            self.report.add(name, "lost: this feed of the last release isn't there any more")

    def known(self, path: str, after: guard.State, was_there: guard.Question | None) -> guard.Question | None:
        """Return what tells whether an entry was there before."""
        if path not in (own for _, _, own in self.feeds):
            return lambda _entry: False  # an old post may get a tag at any time
        # If all addresses are others now, that there was no page says nothing.
        return was_there if was_there and any(map(was_there, after.feed.entries)) else None

    def at(self, path: str) -> str:
        """Return where the feed is that an address leads to, ``""`` if it leads to none."""
        if self.now.known.get(path):
            return path
        answer = self.pages.ask(path)
        if answer.head.status == 301:
            return self.at(path_of(dict(answer.head.headers).get("Location", ""), self.base_path))
        with suppress(NotAFeed):
            own = path_of(parse(answer.body).links.get("self", ""), self.base_path) if answer.body else ""
            return own if self.now.known.get(own) else ""
        return ""

    def note(self, path: str, outcome: guard.Outcome) -> None:
        """Count what a reader would make of a feed, and take down what is bad."""
        kinds = self.report.readers[outcome.reader]
        for kind, entries in zip(KINDS, (outcome.new, outcome.updated, [], outcome.lost, outcome.gone), strict=True):
            kinds[kind] |= dict.fromkeys(entry.name for entry in entries)
        for entry, was in outcome.resent:
            kinds["re-sent"][entry.name] = None
            self.take_down("re-sent", path, outcome.reader, entry, was)
        for entry in outcome.lost:
            self.take_down("lost", path, outcome.reader, entry)

    def take_down(self, kind: str, path: str, reader: str, entry: Entry, was: Entry | None = None) -> None:
        """Take down an entry that a reader would show again, or never again."""
        names = {name for one in (entry, was) if one for name in (one.id, one.link, self.path(one))}
        if self.allowed & names:
            return
        changed = f", its id was {was.id or was.link}" if was and was.id != entry.id else ""
        readers, paths = self.bad.setdefault((kind, f"{entry.name}{changed}"), ({}, {}))
        readers[reader], paths[path] = None, None

    def tell(self) -> None:
        """Report what was taken down, each entry once."""
        for (kind, what), (readers, paths) in self.bad.items():
            whom = "every reader" if len(readers) == len(self.report.readers) else ", ".join(readers)
            first, *more = paths
            where = f" (and {plural(len(more), 'more feed')})" if more else ""
            self.report.add(first, f"{kind} to {whom}: {what}{where}")
        self.bad.clear()

    def path(self, entry: Entry) -> str:
        """Return where the page of an entry lies within the site."""
        return path_of(entry.link, self.base_path)

    def published(self, entry: Entry) -> bool:
        """Tell whether what an entry leads to is still there; what a query asks for can't be told."""
        return bool(urlsplit(entry.link).query or self.library.find(self.path(entry)))
