"""What an app carries besides Flask: its settings, its library, and what features add to it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask, current_app

from .. import furniture, security, sources, urls
from ..documents import Details, Stamp, Summary
from ..library import REFRESH_EVERY, Address, Library
from ..live import Live
from ..settings import Settings
from ..settings.choices import FURNITURE

View = Callable[[Address], Any]
Part = Callable[[Summary, Details, Mapping[str, Any]], Any]  # given a post, and what is around it so far
Listing = tuple[str, Callable[[], dict[str, Any]]]
Urls = Callable[[], Iterable[str]]
Feeds = Callable[[], Iterable[tuple[str, str, str]]]


@dataclass(slots=True)
class Site:
    """Carry a site through its app."""

    settings: Settings
    library: Library
    again: Callable[..., Flask]  # makes another app with the same features
    features: set[str] = field(default_factory=set)
    headers: security.Pairs = field(default_factory=list)  # of every answer
    themes: tuple[Path, ...] = ()  # folders that hold templates/ and static/: the site's own come first
    views: dict[str, View] = field(default_factory=dict)
    url_lists: list[Urls] = field(default_factory=list)
    feeds: list[tuple[str, str, str]] = field(default_factory=list)
    feed_lists: list[Feeds] = field(default_factory=list)
    parts: dict[str, Part] = field(default_factory=dict)  # what features show around a post's text, by name
    listings: dict[str, Listing] = field(default_factory=dict)  # that a page may ask for by layout: template and values
    resembling: Callable[[str], list[Summary]] = field(default=lambda _url: [])  # to an address that holds nothing
    live: Live | None = None
    theme: object = field(default_factory=object)  # another one whenever a template has changed
    templates: dict[str, Stamp] | None = None  # as they were when they were looked at last
    looked: float = float("-inf")
    theme_changed: Callable[[], None] = field(default=lambda: None)

    @property
    def public(self) -> bool:
        """Tell whether this serves anybody, not only who writes it, and not a freeze."""
        return self.live is not None and self.live.public

    def keep_up(self) -> None:
        """See that what is answered now is what the files say now."""
        if self.live and not self.library.pinned:
            if not self.library.watched:
                self.live.begin()
        else:
            self.library.refresh_if_due()
            self.follow_templates()

    def follow_templates(self) -> None:
        """Look now and then whether templates have changed, where nobody tells; held still, they are as before."""
        now = time.monotonic()
        if self.library.pinned or now - self.looked < REFRESH_EVERY:
            return
        folders = [str(theme / "templates") for theme in self.themes]
        seen = {file: Stamp.of(status) for folder in folders for file, status in sources.walk(folder, None, set())}
        before, self.looked, self.templates = self.templates, now, seen
        if before not in (None, seen):
            self.theme_changed()

    def answer(self, kind: str, view: View) -> None:
        """Let a view answer the addresses of one kind."""
        self.views[kind] = view

    def lists(self, urls_of: Urls) -> None:
        """Add addresses to what is frozen."""
        self.url_lists.append(urls_of)

    def furnish(self, name: str, part: Part) -> None:
        """Let a feature show something around a post's text; ``None`` where there is nothing to show."""
        assert name in FURNITURE, name
        self.parts[name] = part

    def around(self, post: Summary) -> dict[str, Any]:
        """Return what to show around a post's text by name, ``None`` where it is off or there is nothing."""
        details = self.library.details(post.path)
        on = furniture.chosen(self.settings.furniture, details.furniture)
        shown = dict.fromkeys(FURNITURE) | dict.fromkeys(on & furniture.PLAIN, True)
        for name, part in self.parts.items():
            if name in on:
                shown[name] = part(post, details, shown) or None
        return shown

    def all_feeds(self) -> list[tuple[str, str, str]]:
        """Return title, media type and address of every feed that one may subscribe to, the site's own first."""
        return [*self.feeds, *(feed for feeds_of in self.feed_lists for feed in feeds_of())]

    def listed(self) -> dict[str, None]:
        """Return every address that a feature lists, once, in order."""
        return dict.fromkeys(url for urls_of in self.url_lists for url in urls_of())

    def urls(self) -> list[str]:
        """Return every address of the site, without those of ``clashes``."""
        return list(self.files())

    def files(self) -> dict[str, str]:
        """Return the file of every address of the site, relative to a build, without those of ``clashes``."""
        found = self.all_files()
        lost = clashes(found)
        return {url: file for url, file in found.items() if url not in lost} if lost else found

    def all_files(self) -> dict[str, str]:
        """Return the file of every address; what is at ``/books`` takes ``/books/`` from a feature."""
        documents = {*self.library.post_urls(), *self.library.page_urls()}
        over = {f"{url}/" for url in documents if urls.bare(url)}
        return {url: urls.file_of(url, url in documents) for url in self.listed() if url not in over}

    def clashes(self) -> dict[str, str]:
        """Return the addresses that no file system can hold, each with the one that is in the way."""
        return clashes(self.all_files())


def clashes(found: Mapping[str, str]) -> dict[str, str]:
    """Return addresses whose file, or a folder of it, is the file of another: ``/a.html/b/`` below ``/a.html``."""
    owners: dict[str, str] = {}
    for url in sorted(found, key=lambda url: (url.endswith(".html"), url)):  # /books comes before /books.html
        owners.setdefault(found[url], url)
    lost = {url: owners[file] for url, file in found.items() if owners[file] != url}
    for url in sorted(found.keys() - lost.keys()):
        for above in urls.folders(found[url]):
            if above in owners:
                lost[url] = owners[above]
                break
    return lost


def of(app: Flask) -> Site:
    """Return the site that an app serves."""
    site = app.extensions["blog"]
    assert isinstance(site, Site)
    return site


def current() -> Site:
    """Return the site of the current app."""
    return of(current_app._get_current_object())  # type: ignore[attr-defined]  # not by way of the proxy, twice as fast


def library() -> Library:
    """Return the library of the current app."""
    return current().library
