"""Who is who: the ledger of all that was ever published, and which of its lines each document is.

It is a text file, ``published.tsv``, in the site's folder and under its version control: a line for each entry,
sorted by id, with the id, the file, the day or moment, the title, and the addresses, the present one first,
encoded, with spaces between. Columns are separated by tabs. Nothing here takes a line away.
"""

from __future__ import annotations

import os
import re
import unicodedata
import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from .documents import Problem
from .values import text

ABOUT = "# What was published: id, file, date, title, addresses. Lines are never removed; keep this in version control."
# https://git-scm.com/docs/git-merge#_how_conflicts_are_presented
CONFLICT = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: |\Z)")
UNMERGED = "git couldn't merge this: keep one line of each id, without the marks"
UNFIT = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]+")
UNWRITTEN = re.compile(r"[%\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
IDS = uuid.UUID("53d0d0ba-9e61-4a1f-8a5a-6a2f1a1f3c0e")  # the name space of ids that are no IRI: never to be changed
NO_STAMP = "-"
GIVEN_UP = "-"  # in place of a file: it has another id now


class Line(NamedTuple):
    """Hold a line: ``addresses`` as they are written, ``number`` is where it stands, ``held`` that git has it."""

    id: str
    file: str = ""
    date: str = ""
    title: str = ""
    addresses: str = ""
    number: int = 0
    held: bool = False

    def __str__(self) -> str:
        """Return the line as it is written."""
        return "\t".join((self.id, UNWRITTEN.sub(escaped, self.file), self.date, self.title, self.addresses))


class Known(NamedTuple):
    """Hold what tells a document from others beside its file and address."""

    date: str
    title: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """Hold a ledger as read, with what is wrong with it."""

    data: bytes
    lines: list[Line]
    wrong: list[Problem]


def plain(words: str) -> str:
    """Return text as one line that every format can hold."""
    return UNFIT.sub(" ", words).strip()


def escaped(sign: re.Match[str]) -> str:
    """Return a sign as it stands in the name of a file."""
    return "".join(f"%{byte:02X}" for byte in sign[0].encode())


def own_id(meta: Mapping[str, Any]) -> str:
    """Return the id that a header gives a document, ``""`` for none.

    A ``guid`` may be any text, as it is in RSS. An ``id`` has to be an IRI: the number of a post in WordPress, or the
    name of a document in Docusaurus, is one too, but no feed had it. https://www.rfc-editor.org/rfc/rfc4287#section-4.2.6
    """
    guid, given = plain(text(meta.get("guid"))), plain(text(meta.get("id")))
    return guid or (given if IRI.fullmatch(given) else "")


def iri(identity: str) -> str:
    """Return an id as Atom has to write it: one that is no IRI becomes a URN, the same for ever.

    https://www.rfc-editor.org/rfc/rfc4287#section-4.2.6, https://www.rfc-editor.org/rfc/rfc9562#section-5.5
    """
    return identity if IRI.fullmatch(identity) else f"urn:uuid:{uuid.uuid5(IDS, identity)}"


def stamp(path: Path | None) -> str:
    """Return what tells one state of a ledger from another."""
    try:
        status = os.stat(path or "")
    except OSError:
        return NO_STAMP
    return f"{status.st_mtime_ns} {status.st_size} {status.st_ctime_ns}"


def load(path: Path | None) -> Ledger:
    """Read a ledger; one that isn't there, or can't be read, is empty."""
    if path is None:
        return read(b"")
    try:
        return read(path.read_bytes(), path.name)
    except FileNotFoundError:
        return read(b"")
    except OSError as error:
        return Ledger(b"", [], [Problem(path.name, 0, f"can't be read: {error.strerror}")])


def read(data: bytes, name: str = "") -> Ledger:
    """Read the bytes of a ledger; a line that can't be used is named, and passed over."""
    lines, wrong, side = [], [], ""
    for number, row in enumerate(data.decode("utf-8-sig", errors="replace").split("\n"), 1):
        parts = row.rstrip("\r").split("\t")
        found = None if len(parts) > 1 else CONFLICT.match(parts[0])
        if found:
            side = "" if found[1][0] == ">" else found[1]
            if found[1][0] == "<":
                wrong.append(Problem(name, number, UNMERGED))
        elif reason := fault(parts):
            wrong.append(Problem(name, number, reason))
        elif len(parts) > 1:
            identity, file, date, title, *addresses = (*parts, "", "", "")[: max(5, len(parts))]
            file, said = unquote(file) if "%" in file else file, " ".join(addresses).strip()
            lines.append(Line(identity, file, date, title, said, number, side != ""))
    return Ledger(data, lines, wrong)


def fault(parts: list[str]) -> str:
    """Return why a line is none, ``""`` if it may be one, or says nothing."""
    if len(parts) == 1:
        return "" if not parts[0].strip() or parts[0].startswith("#") else "there is no tab between id and file here"
    if not parts[0] or plain(parts[0]) != parts[0]:
        return "this line doesn't begin with an id"
    return "this line isn't UTF-8" if "\ufffd" in parts[0] + parts[1] else ""


def merged(before: Ledger, lines: Iterable[Line]) -> bytes:
    """Return a ledger with some lines in place of those of their number, and new ones (number 0) where they belong.

    Every other line stays as it is, byte for byte.
    """
    lines = list(lines)
    changed = {line.number: line for line in lines if line.number}
    fresh = sorted((line for line in lines if not line.number), reverse=True)
    known = {line.number: line for line in before.lines if not line.held}
    rows = before.data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    end = b"\r" if rows[0].endswith(b"\r") else b""
    rows = rows[:-1] if rows[-1] == b"" else rows
    made = [] if rows else [ABOUT.encode()]
    for number, row in enumerate(rows, 1):
        line = known.get(number)
        while line and fresh and fresh[-1].id < line.id:
            made.append(str(fresh.pop()).encode() + end)
        made.append(str(changed[number]).encode() + end if number in changed else row)
    made += [str(line).encode() + end for line in reversed(fresh)]
    return b"\n".join(made) + b"\n"


def key(address: str) -> str:
    """Return what two ways to write the same address have in common: its path, decoded, without its last slash."""
    path = re.sub(r"\A[A-Za-z][A-Za-z0-9+.-]*://[^/]*", "", address)
    path = unicodedata.normalize("NFC", unquote(path))
    return re.sub(r"/(index\.html?)?\Z", "", path)


def counting(lines: Iterable[Line]) -> list[Line]:
    """Return the line of each id that counts, the first, with the addresses of all that have it."""
    found: dict[str, Line] = {}
    for line in lines:
        first = found.setdefault(line.id, line)
        if first is not line:
            addresses = " ".join(dict.fromkeys(f"{first.addresses} {line.addresses}".split()))
            found[line.id] = first._replace(addresses=addresses)
    return list(found.values())


def doubts(line: Line, known: Known | None) -> int:
    """Return how much of what a line says, its day and its title, a document contradicts: 0 to 2."""
    if known is None:
        return 0
    said = (line.date[:10], known.date[:10]), (line.title, known.title)
    return sum(bool(before) and before != now for before, now in said)


class Days:
    """Know the dates that a ledger has for files; it is read when the first is asked for."""

    def __init__(self, path: Path | None) -> None:
        self.path = path

    @cached_property
    def dates(self) -> dict[str, str]:
        """Return all dates by file."""
        return {line.file: line.date for line in reversed(counting(load(self.path).lines)) if line.file}

    def __call__(self, file: str) -> str:
        """Return the date of a file, ``""`` if the ledger has none."""
        return self.dates.get(file, "")


class Matching:
    """Say which id each document has, whatever order they come in.

    ``urls`` are the addresses of the documents by file, ``own`` the ids that headers give. ``default`` makes an id of
    an address. What is rarely needed is asked for: of some files which are ``there``, what is ``known`` of them, and
    their ``aliases``.
    """

    def __init__(
        self,
        lines: Iterable[Line],
        own: Mapping[str, str],
        default: Callable[[str], str],
        there: Callable[[Collection[str]], Collection[str]],
        known: Callable[[Collection[str]], Mapping[str, Known]],
        aliases: Callable[[Collection[str]], Mapping[str, Collection[str]]],
    ) -> None:
        self.lines, self.own, self.default = counting(lines), own, default
        self.there, self.known, self.aliases = there, known, aliases
        self.ids: dict[str, str] = {}
        self.given: set[str] = set()
        self.by_file: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            self.by_file[line.file].append(line)

    def match(self, urls: Mapping[str, str]) -> None:
        """Give ids to documents that come after all those of earlier calls.

        A line whose file now holds another day or another title may be that of a text which was renamed, while a
        new one took its place: it is offered to others first, the more the less of it is still true.
        """
        known = self.known({*urls, *self.by_file}) if self.lines else {}
        named = [(path, self.named(path, urls[path])) for path in sorted(urls) if path in self.by_file]
        holders = {path: (line, doubts(line, known.get(path))) for path, line in named}
        self.by_header(urls, holders)
        self.by_name(holders, 0)
        if left := [path for path in sorted(urls) if path not in self.ids]:
            free = self.free(known)
            self.by_words(left, known, free)
            self.by_name(holders, 1)
            self.by_alias(left, [line for line in free if not line.file or doubts(line, known.get(line.file)) != 1])
            self.by_name(holders, 2)
            self.by_address({path: urls[path] for path in left}, known, free)
            self.by_default({path: urls[path] for path in left if path not in self.ids})

    def give(self, path: str, identity: str) -> None:
        """Give an id to a document, unless the one or the other has been given."""
        if path not in self.ids and identity not in self.given:
            self.ids[path] = identity
            self.given.add(identity)

    def named(self, path: str, url: str) -> Line:
        """Return the line that names a file; of several that of the present address, else the first by id."""
        lines = self.by_file[path]
        here = [line for line in lines if key(url) in places(line)[:1]] if len(lines) > 1 else ()
        return min(here or lines)

    def by_header(self, urls: Mapping[str, str], holders: Mapping[str, tuple[Line, int]]) -> None:
        """Give ids that headers name: to the document whose line it is without a doubt, else to the first by file."""
        claims: dict[str, list[str]] = defaultdict(list)
        for path in sorted(self.own.keys() & urls.keys()):
            claims[self.own[path]].append(path)
        for line in self.lines if claims else ():
            if line.id in claims and line.file in holders:
                holder, doubt = holders[line.file]
                mine = self.own.get(line.file, line.id if holder.id == line.id and not doubt else "")
                if mine == line.id:
                    claims[line.id] = [line.file]
        for identity, paths in claims.items():
            if self.own.get(min(paths)) == identity:
                self.give(min(paths), identity)

    def by_name(self, holders: Mapping[str, tuple[Line, int]], most: int) -> None:
        """Give the ids of lines that name the file of a document which contradicts them no more than so much."""
        for path, (line, doubt) in holders.items():
            if doubt <= most:
                self.give(path, line.id)

    def free(self, known: Mapping[str, Known]) -> list[Line]:
        """Return the lines that may belong to another file than they name, or to one although they name none.

        A file that is there and can't be read just now, or says the same as ever but isn't published, keeps its own.
        """
        free = [line for line in self.lines if line.id not in self.given and line.file != GIVEN_UP]
        there = self.there({line.file for line in free if line.file and line.file not in known}) if free else ()
        return [
            line for line in free if (doubts(line, known[line.file]) if line.file in known else line.file not in there)
        ]

    def by_words(self, left: Iterable[str], known: Mapping[str, Known], free: Collection[Line]) -> None:
        """Give the id of the only line with a day and a title to the only document with these."""
        documents, ids = defaultdict(list), defaultdict(list)
        for path in left if free else ():
            if path in known and path not in self.ids:
                documents[known[path].date[:10], known[path].title].append(path)
        for line in free:
            ids[line.date[:10], line.title].append(line.id)
        for words, (path, *more) in documents.items():
            if not more and len(ids.get(words, ())) == 1:
                self.give(path, ids[words][0])

    def by_alias(self, left: Iterable[str], free: Collection[Line]) -> None:
        """Give the ids of lines to documents that name one of their addresses as an alias."""
        left = [path for path in left if path not in self.ids]
        wanted = self.aliases(left) if free else {}
        for known in addresses_of(free) if free else ():
            for path in left:
                for identity in sorted(set().union(*(known.get(key(one), ()) for one in wanted.get(path, ())))):
                    self.give(path, identity)

    def by_address(self, urls: Mapping[str, str], known: Mapping[str, Known], free: Iterable[Line]) -> None:
        """Give the ids of lines whose file is gone to documents at their addresses.

        Where it was gone at an earlier release, day or title have to be the same: else this is another text.
        """
        gone = {line.id: line for line in free if line.file not in known}
        for places_of in addresses_of(gone.values()) if gone else ():
            for path in urls:
                for identity in sorted(places_of.get(key(urls[path]), ())):
                    if gone[identity].file or doubts(gone[identity], known.get(path)) < 2:
                        self.give(path, identity)

    def by_default(self, urls: Mapping[str, str]) -> None:
        """Give ids made of addresses to all that are left."""
        used = self.given.union(line.id for line in self.lines)
        for path in urls:
            found = wanted = self.default(urls[path])
            count = 2
            while found in used:
                found, count = f"{wanted}#{count}", count + 1
            used.add(found)
            self.give(path, found)


def addresses_of(lines: Iterable[Line]) -> list[dict[str, set[str]]]:
    """Return the ids of lines by their present and by their earlier addresses; those that name no file come last."""
    found: list[dict[str, set[str]]] = [defaultdict(set) for _ in range(4)]
    for line in lines:
        for place, address in enumerate(places(line)):
            found[bool(place) + 2 * (not line.file)][address].add(line.id)
    return found


def places(line: Line) -> list[str]:
    """Return the addresses of a line, as ``key`` has them."""
    return [key(address) for address in line.addresses.split()]


def duplicates(ledger: Ledger, name: str) -> Iterator[Problem]:
    """Yield the lines that say of an id or of a file what an earlier one does."""
    ids: dict[str, int] = {}
    files: dict[str, Line] = {}
    for line in ledger.lines:
        if line.id in ids:
            yield Problem(name, line.number, f"line {ids[line.id]} has this id too, and counts: {line.id}")
        elif line.file in files:
            yield Problem(name, line.number, f"line {files[line.file].number} names this file too: {line.file}")
        ids.setdefault(line.id, line.number)
        if line.file not in ("", GIVEN_UP):
            files.setdefault(line.file, line)
