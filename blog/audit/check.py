"""Every feed of a site, looked at as readers see it: what it says, where it leads, whether all say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urldefrag

from flask import Flask
from lxml import etree, html

from ..feeds import bodies, rules
from ..feeds.parsed import Entry
from ..feeds.release import ENDINGS, FOLDERS, Found, Release, digest, kept, path_of
from ..freeze.pages import Answer, Pages
from ..site import absolute, of
from .against import Against
from .elsewhere import Elsewhere, crawl
from .report import Report

TYPES = frozenset(rules.TYPES.values())


class Check:
    """Check the feeds of a site that is held still; entries and feeds in ``allowed`` may be re-sent or lost."""

    def __init__(self, app: Flask, allowed: frozenset[str]) -> None:
        self.app, self.site, self.allowed = app, (here := of(app)), allowed
        self.library = here.library
        self.base_path, self.public = here.settings.base_path, here.settings.url.rstrip("/")
        self.pages, self.report = Pages(app), Report()
        self.now = Release(self.read, self.base_path)
        self.listed = here.listed()
        self.bodies: dict[str, bodies.Body] = {}  # by digest
        self.said: dict[str, tuple[str, Entry]] = {}  # by id: where an entry was seen first, and what it says
        self.leads: dict[str, bool] = {}  # by address
        self.ids: dict[str, frozenset[str]] = {}  # by the path of a page

    def run(self, against: Iterable[Path], elsewhere: Elsewhere) -> Report:
        """Do all checks."""
        digests = crawl(self.site, self.now)
        self.old_addresses(set(digests.values()))
        self.discovery()
        releases = Against(self.app, self.now, self.allowed, self.report)
        default = self.site.settings.path(self.site.settings.build)
        for place in against or ([default] if default.is_dir() else []):
            releases.compare(place)
        if not self.report.compared:
            self.report.notes["there is no earlier release to compare with: --against names one"] = None
        self.same_elsewhere(digests, elsewhere)
        return self.report

    # One feed

    def read(self, path: str) -> Found | None:
        """Read a feed that the app answers with, and check it; ``None`` if it is none."""
        answer = self.pages.ask(path)
        if answer.error or answer.head.status != 200:
            self.report.add(path, answer.error or f"the answer is {answer.head.status}")
            return None
        feed, faults = rules.check(answer.body, absolute(path), type_of(answer))
        for line, fault in faults:
            self.report.add(path, fault, line)
        if not feed:
            return None
        self.report.feeds += 1
        found = kept(answer.body, feed)
        for entry, slimmed in zip(feed.entries, found.feed.entries, strict=True):
            self.entry(path, entry, slimmed)
        return found

    def entry(self, path: str, entry: Entry, slimmed: Entry) -> None:
        """Check the body of an entry, and that it says the same wherever it is."""
        where, other = self.said.setdefault(entry.id, (path, slimmed))
        self.report.entries += other is slimmed
        if other is not slimmed:
            for name in differing(other, slimmed):
                self.report.add(path, f"{entry.name}: its {name} is another one than in {where}", entry.line)
        if slimmed.content not in self.bodies:
            body = self.bodies[slimmed.content] = bodies.look(entry.content)
            for fault in (*body.faults, *self.astray(body)):
                self.report.add(self.source(path, entry), fault)

    def source(self, path: str, entry: Entry) -> str:
        """Return the file that an entry is made of, else its name with the address of the feed."""
        found = self.library.find(path_of(entry.link, self.base_path))
        return found.summary.path if found and found.summary else f"{path}: {entry.name}"

    # Where addresses lead

    def astray(self, body: bodies.Body) -> Iterator[str]:
        """Yield the addresses of the site in a body at which there is nothing."""
        for link in body.links:
            if (link.startswith(f"{self.public}/") or link == self.public) and not self.leads_somewhere(link, body):
                yield f"there is nothing at {link}"

    def leads_somewhere(self, link: str, body: bodies.Body) -> bool:
        """Tell whether there is something at an address of the site."""
        address, fragment = urldefrag(link)
        if address not in self.leads:
            path = path_of(address, self.base_path)
            self.leads[address] = path in self.listed or bool(self.library.find(path)) or self.answers(path)
        if not self.leads[address] or not fragment or fragment in body.ids:
            return self.leads[address]
        return unquote(fragment) in self.ids_of(path_of(address, self.base_path))

    def answers(self, path: str) -> bool:
        """Tell whether the app has an answer for a path that isn't listed."""
        return not self.pages.ask(path).error

    def ids_of(self, path: str) -> frozenset[str]:
        """Return the fragments of a page."""
        if path not in self.ids:
            answer = self.pages.ask(path)
            self.ids[path] = bodies.look(answer.body.decode(errors="replace")).ids
        return self.ids[path]

    # All feeds

    def old_addresses(self, digests: set[str]) -> None:
        """Check that what answers as a feed at another address has the bytes of a feed."""
        for path in self.listed:
            if path not in self.now.known and may_be_feed(path):
                answer = self.pages.ask(path)
                if type_of(answer).partition(";")[0] in TYPES and digest(answer.body) not in digests:
                    self.report.add(path, "this is a feed, but none of those that the site names")

    def discovery(self) -> None:
        """Check that pages name the feeds by the addresses that those have, and each feed's page names it."""
        homes: dict[str, list[str]] = {"/": [path for _, _, path in self.site.feeds]}
        for _, _, path in self.site.all_feeds():
            if found := self.now.find(path):
                homes.setdefault(path_of(found.feed.home, self.base_path), []).append(path)
        for home, paths in homes.items():
            named = named_by(self.pages.ask(home))
            for link in named:
                if not link.startswith(self.public) or not self.now.known.get(path_of(link, self.base_path)):
                    self.report.add(home, f"this page names {link}, which is no feed of the site")
            by_hand = self.library.find(home)  # what somebody put there says what they want
            for path in paths if home != "/" and not by_hand else ():
                if absolute(path) not in named:
                    self.report.add(home, f"this page doesn't name its feed {absolute(path)}")

    def same_elsewhere(self, digests: dict[str, str], elsewhere: Elsewhere) -> None:
        """Check that another process makes the same bytes."""
        others = elsewhere.digests()
        for path in sorted(digests.keys() | others.keys()):
            if digests.get(path) != others.get(path):
                self.report.add(path, "another process makes other bytes")


def type_of(answer: Answer) -> str:
    """Return the content type of an answer."""
    return dict(answer.head.headers).get("Content-Type", "")


def may_be_feed(path: str) -> bool:
    """Tell whether a path looks like that of a feed."""
    return path.endswith(ENDINGS) or (path.endswith("/") and path.split("/")[-2] in FOLDERS)


def differing(one: Entry, other: Entry) -> Iterator[str]:
    """Yield in what an entry differs from itself in another feed."""
    for name in ("link", "title", "content", "date", "tags"):
        if getattr(one, name) != getattr(other, name):
            yield "text" if name == "content" else name


def named_by(answer: Answer) -> list[str]:
    """Return the feeds that a page names."""
    if not answer.body or not type_of(answer).startswith("text/html"):
        return []
    with suppress(etree.ParserError, ValueError):
        links = html.document_fromstring(answer.body).iter("link")
        return [link.get("href", "") for link in links if link.get("rel") == "alternate" and link.get("type") in TYPES]
    return []
