"""Taking over the ids that another engine's feed gave its entries: which post each entry is, and what to write down.

An entry is a post by what tells most: its address, then an alias, the number that WordPress gave it, title and day,
day and the last part of its address.
"""

from __future__ import annotations

import re
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from html import unescape
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs, quote, unquote, urlsplit

from .. import identity, ledger, urls
from ..catalogue import Entry
from ..errors import BlogError
from ..ledger import Ledger, Line, key, plain
from ..library import Library
from ..values import text
from . import parsed

MOST = 100_000_000  # bytes of an old feed
PATIENCE = 20  # seconds
AGENT = {"User-Agent": "Flatleaf (adopt-feed)"}
ENDING = re.compile(r"\.(?:html?|php|aspx?)\Z", re.IGNORECASE)
NUMBERS = ("wordpress_id", "wp_id", "post_id", "id")
WORD = re.compile(r"\w+")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Old:
    """Hold an entry of an old feed: its id, its address and what else tells which post it is."""

    id: str
    link: str = ""
    title: str = ""
    day: date | None = None

    def __str__(self) -> str:
        """Return it as a person knows it."""
        said = " ".join(
            filter(
                None, [f"{self.day or ''}", self.title and f"“{self.title}”", self.link if self.link != self.id else ""]
            )
        )
        return f"{self.id} ({said})" if said else self.id


@dataclass(frozen=True, slots=True)
class Adopted:
    """Say which post an entry is and ``how`` that is known; ``kept`` is another id that the post keeps."""

    old: Old
    path: str
    how: str
    kept: str = ""
    known: bool = False  # it has this id already


@dataclass(slots=True)
class Adoption:
    """Hold what came of all entries of some feeds, and the lines that the ledger needs."""

    found: list[Adopted] = field(default_factory=list)
    lost: list[tuple[Old, str]] = field(default_factory=list)  # with the reason
    lines: list[Line] = field(default_factory=list)


# The old feeds


def entries(source: str) -> list[Old]:
    """Read a feed, or a list of addresses, from a file or an http(s) address; raises ``BlogError``."""
    data = fetched(source) if re.match(r"https?://", source) else contents_of(Path(source))
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"<", b"{"):
        return list(listed(data, source))
    try:
        feed = parsed.parse(data)
    except parsed.NotAFeed as error:
        try:
            feed = parsed.parse(data, lenient=True)
        except parsed.NotAFeed:
            raise BlogError(error.message, source, error.line) from None
    return [of_feed(entry) for entry in feed.entries if entry.id or entry.link]


def contents_of(path: Path) -> bytes:
    """Return the bytes of a file."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BlogError(f"can't be read: {error.strerror}", str(path)) from None


def fetched(address: str) -> bytes:
    """Return what is at an address."""
    try:
        request = urllib.request.Request(address, headers=AGENT)  # noqa: S310 (http or https)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            data: bytes = answer.read(MOST + 1)
    except HTTPError as error:
        with error:
            raise BlogError(f"can't be fetched: {error.code} {error.reason}", address) from None
    except (OSError, ValueError, HTTPException) as error:
        raise BlogError(f"can't be fetched: {getattr(error, 'reason', error)}", address) from None
    if len(data) > MOST:
        raise BlogError("this is too large for a feed", address)
    return data


def of_feed(entry: parsed.Entry) -> Old:
    """Return an entry of a feed; one without an id is known by its address, as readers do."""
    link = entry.link or (entry.id if re.match(r"https?://", entry.id) else "")
    title = plain(unescape(re.sub(r"<[^>]*>", "", unescape(entry.title))))
    return Old(plain(entry.id or entry.link), link, title, entry.date and entry.date.date())


def listed(data: bytes, source: str) -> Iterator[Old]:
    """Yield the entries of a list: on each line an address, which is the id too unless one stands before it."""
    for number, line in enumerate(data.decode("utf-8-sig", errors="replace").splitlines(), 1):
        parts = line.split()
        if not parts or parts[0].startswith("#"):
            continue
        given, address = plain(" ".join(parts[:-1])), parts[-1]
        if not re.match(r"https?://" if not given else r"https?://|/", address):
            raise BlogError(f"this is no address: {address}", source, number)
        yield Old(given or address, address)


# Who is who


def normal(words: str) -> str:
    """Return the words of a title, whatever stands between them."""
    return " ".join(WORD.findall(unescape(words).casefold()))


def bare(address: str) -> str:
    """Return the path of an address without the ending of its last part."""
    return ENDING.sub("", key(address).split("?")[0])


def number_of(*addresses: str) -> str:
    """Return the number that WordPress has for a post, by ``?p=123``, ``""`` for none."""
    for address in addresses:
        query = parse_qs(address.partition("?")[2])
        for name in ("p", "page_id"):
            if query.get(name, [""])[0].isdecimal():
                return query[name][0]
    return ""


class Posts:
    """Know the posts of a site by all that may tell which one an old entry is."""

    def __init__(self, library: Library, before: Ledger) -> None:
        contents = library.catalogue
        self.base = library.settings.base_path
        self.known = contents.known({entry.path for entry in contents.published})
        self.entries = {entry.path: entry for entry in contents.published if entry.path in self.known}
        self.by: dict[str, dict[object, set[str]]] = defaultdict(lambda: defaultdict(set))
        aliases = contents.aliases_of(self.entries)
        older = {line.file: line.addresses.split() for line in before.lines if line.file in self.entries}
        for path, entry in self.entries.items():
            self.note(path, entry, [*aliases.get(path, ()), *older.get(path, ())])
            self.note_header(path, library)

    def note(self, path: str, entry: Entry, aliases: Iterable[str]) -> None:
        """Note addresses, title and day of a post."""
        day, title = self.day(path), normal(self.known[path].title)
        self.by["address"][key(entry.url)].add(path)
        self.by["bare"][bare(entry.url)].add(path)
        for alias in aliases:
            self.by["alias"][key(alias)].add(path)
            self.by["bare alias"][bare(alias)].add(path)
        slugs = {urls.slugify(name) for name in (bare(entry.url).rpartition("/")[2], Path(path).stem)}
        for near in (day - DAY, day, day + DAY):  # what day it is hangs on the time zone
            self.by["title"][near, title].add(path)
            for slug in slugs:
                self.by["slug"][near, slug].add(path)

    def note_header(self, path: str, library: Library) -> None:
        """Note the ids that the header of a post names."""
        meta = library.document(path).meta
        guid = text(meta.get("guid"))
        for number in filter(None, (number_of(guid), *(text(meta.get(name)) for name in NUMBERS))):
            self.by["number"][number].add(path)
        if own := ledger.own_id(meta):
            self.by["id"][own].add(path)

    def day(self, path: str) -> date:
        """Return the day of a post as it was written."""
        return datetime.fromisoformat(self.known[path].date).date()

    def ways(self) -> list[tuple[str, Callable[[Old], set[str]]]]:
        """Return the ways to find the posts that an entry may be, that which tells most first."""
        return [
            ("id", lambda old: self.by["id"][old.id]),
            ("address", partial(self.at, "address", key)),
            ("address", partial(self.at, "bare", bare)),
            ("alias", partial(self.at, "alias", key)),
            ("alias", partial(self.at, "bare alias", bare)),
            ("number", lambda old: self.by["number"][number_of(old.id, old.link)]),
            ("title and date", lambda old: self.by["title"][old.day, normal(old.title)] if old.title else set()),
            ("date and slug", lambda old: self.by["slug"][old.day, slug_of(old)]),
        ]

    def at(self, which: str, form: Callable[[str], str], old: Old) -> set[str]:
        """Return the posts at the address of an entry, wherever the site lay then, or at its id if that is one."""
        for address in dict.fromkeys([old.link, old.id if "://" in old.id else ""]):
            path = form(address.partition("#")[0]) if address and "?" not in address else ""
            for place in filter(None, (path, path.removeprefix(self.base))):
                if found := self.by[which].get(place):
                    return found
        return set()


def slug_of(old: Old) -> str:
    """Return the last part of the address of an entry as it would be here."""
    return urls.slugify(bare(old.link.partition("#")[0]).rpartition("/")[2])


def pairs(olds: Iterable[Old], posts: Posts) -> tuple[dict[str, tuple[Old, str]], list[tuple[Old, str]]]:
    """Return by file which entry each post is and how that is known, and the entries that are none, with the reason."""
    found: dict[str, tuple[Old, str]] = {}
    left: dict[str, Old] = {}
    for old in olds:
        left.setdefault(old.id, old)  # the same entry in several feeds
    reasons: dict[str, str] = {}
    for how, way in posts.ways():
        for old in list(left.values()):
            paths = way(old)
            free = sorted(paths - found.keys())
            if len(free) == 1:
                found[free[0]] = old, how
                del left[old.id]
            elif free:
                reasons[old.id] = f"by its {how} it may be any of {', '.join(free)}"
            elif paths:
                reasons.setdefault(old.id, f"{min(paths)} is another entry already: {found[min(paths)][0].id}")
    return found, [(old, reasons.get(old.id, "there is no such post")) for old in left.values()]


# What to write down


def adoption(library: Library, olds: Iterable[Old], before: Ledger, force: bool = False) -> Adoption:
    """Tell which posts take over which ids, and the lines that a ledger needs for that; with ``force`` for all."""
    contents, posts = library.catalogue, Posts(library, before)
    found, lost = pairs(olds, posts)
    made = Adoption(lost=lost)
    ids, headers = contents.matched(before.lines), contents.own
    recorded, lines = {(line.file, line.id) for line in before.lines}, by_id_and_file(before)
    owners = {ids[path]: path for path in ids if path in headers or (path, ids[path]) in recorded}
    for path, (old, how) in sorted(found.items()):
        own = headers.get(path, "")
        owner = owners.get(old.id, path)
        if owner != path and not (force and owner in found):
            made.lost.append((old, f"it is the id of {owner}"))
        elif (own and own != old.id) or ((path, ids[path]) in recorded and ids[path] != old.id and not force):
            made.found.append(Adopted(old, path, how, kept=own or ids[path]))
        else:
            known = (path, old.id) in recorded and ids[path] == old.id
            made.found.append(Adopted(old, path, how, known=known))
            made.lines += [] if known else [taken(posts, path, old, lines)]
    made.lines = given_up(made.lines, before)
    return made


def by_id_and_file(before: Ledger) -> dict[str, list[Line]]:
    """Return the lines that have an id, and those that name a file."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in before.lines:
        found[line.id].append(line)
        found[line.file].append(line)
    return found


def taken(posts: Posts, path: str, old: Old, lines: Mapping[str, list[Line]]) -> Line:
    """Return the line of an id that a post takes over, with the address that the entry had."""
    line = next((line for line in lines.get(old.id, ()) if line.id == old.id and not line.held), Line(old.id))
    had = [address for one in (*lines.get(old.id, ()), *lines.get(path, ())) for address in one.addresses.split()]
    link = urlsplit(old.link)
    if link.path not in ("", "/") and not link.query:
        had.append(quote(unquote(link.path), safe=urls.SAFE))
    places = identity.with_first(urls.href("", posts.entries[path].url), " ".join(had))
    return Line(old.id, path, *posts.known[path], places, line.number)


def given_up(lines: list[Line], before: Ledger) -> list[Line]:
    """Return lines, with those of the ids that their posts had before, which give up the file."""
    files, numbers = {line.file for line in lines}, {line.number for line in lines}
    ids = {line.id for line in lines}
    others = [line for line in before.lines if line.file in files and line.number not in numbers and not line.held]
    return lines + [line._replace(file="") for line in others if line.id not in ids]


def save(library: Library, olds: Iterable[Old], force: bool, dry: bool) -> Adoption:
    """Take over ids, unless this is only to be tried; raises ``BlogError`` if they can't be written."""
    path = library.settings.ledger
    if path is None:
        raise BlogError("the setting published names no file to write ids to")
    try:
        with identity.alone_with(library.settings):
            before = identity.existing(path)
            made = adoption(library, olds, before, force)
            if made.lines and not dry:
                identity.write(path, before, made.lines)
            return made
    except OSError as error:
        raise BlogError(f"can't be written: {error.strerror}", str(path)) from None
