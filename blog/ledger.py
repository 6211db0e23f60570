"""Who is who: the ledger of all that was ever published, and which of its lines each document is.

It is a text file, ``published.tsv``, in the site's folder and under its version control: a line for each entry,
sorted by id, with the id, the file, the day or moment, the title, and the addresses, the present one first,
encoded, with spaces between. Columns are separated by tabs. Nothing here takes a line away.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from .documents import Problem
from .values import text

ABOUT = "# What was published: id, file, date, title, addresses. Lines are never removed; keep this in version control."
# https://git-scm.com/docs/git-merge#_how_conflicts_are_presented
CONFLICT = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: |\Z)")
UNMERGED = "git couldn't merge this: keep one line of each id, without the marks"
UNFIT = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]+")
UNWRITTEN = re.compile(r"[%\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
NOWHERE = re.compile(r"localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|::1?", re.IGNORECASE)
NO_STAMP = "-"


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


def is_public(url: str) -> bool:
    """Tell whether somebody else may have read what is at an address: nobody's reader reaches this machine's own."""
    return not NOWHERE.fullmatch(urlsplit(url).hostname or "")


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


class Matching:
    """Say which id each document has, whatever order they come in.

    ``urls`` are the addresses of the documents by file, ``own`` the ids that headers give. ``default`` makes an id of
    an address. What is rarely needed is asked for: of some files which are ``there``, what is ``known`` of them, and
    their ``aliases``.
    """

    def __init__(
        self,
        lines: Collection[Line],
        own: Mapping[str, str],
        default: Callable[[str], str],
        there: Callable[[Collection[str]], Collection[str]],
        known: Callable[[Collection[str]], Mapping[str, Known]],
        aliases: Callable[[Collection[str]], Mapping[str, Collection[str]]],
    ) -> None:
        self.lines, self.own, self.default = lines, own, default
        self.there, self.known, self.aliases = there, known, aliases
        self.ids: dict[str, str] = {}
        self.given: set[str] = set()
        self.by_file: dict[str, str] = {}
        self.several: dict[str, set[str]] = {}  # ids of files that more than one has
        for line in lines:
            if line.file and self.by_file.setdefault(line.file, line.id) != line.id:
                self.several.setdefault(line.file, {self.by_file[line.file]}).add(line.id)

    def match(self, urls: Mapping[str, str]) -> None:
        """Give ids to documents that come after all those of earlier calls."""
        self.by_header(urls)
        left = self.by_name(urls)
        if left and self.lines:
            left = self.by_trace({path: urls[path] for path in left})
        used = self.given.union(line.id for line in self.lines) if left else set()
        for path in left:
            found = wanted = self.default(urls[path])
            count = 2
            while found in used:
                found, count = f"{wanted}#{count}", count + 1
            used.add(found)
            self.give(path, found)

    def give(self, path: str, identity: str) -> None:
        """Give an id to a document."""
        self.ids[path] = identity
        self.given.add(identity)

    def by_header(self, urls: Mapping[str, str]) -> None:
        """Give ids that headers name: to the document whose line it is, if that is there, else to the first by file."""
        claims: dict[str, list[str]] = defaultdict(list)
        for path in sorted(self.own.keys() & urls.keys()):
            claims[self.own[path]].append(path)
        files: dict[str, list[str]] = defaultdict(list)
        for line in self.lines if claims else ():
            if line.id not in claims or line.file not in urls:
                continue
            if (self.own.get(line.file) or self.named(line.file, urls[line.file])) == line.id:
                files[line.id].append(line.file)
        for identity, paths in claims.items():
            holders = files.get(identity, paths)
            if identity not in self.given and min(holders) in paths:
                self.give(min(holders), identity)

    def by_name(self, urls: Mapping[str, str]) -> list[str]:
        """Give ids to the documents that lines name; return the others."""
        left, ids, given, by_file = [], self.ids, self.given, self.by_file
        for path in sorted(urls):
            if path in ids:
                continue
            found = by_file.get(path)
            if path in self.several:
                found = self.named(path, urls[path])
            if found is None or found in given:
                left.append(path)
            else:
                ids[path] = found
                given.add(found)
        return left

    def named(self, path: str, url: str) -> str:
        """Return the id of the line that names a file; of several that of the present address, else the first."""
        ids = self.several.get(path)
        if not ids:
            return self.by_file[path]
        here = [line.id for line in self.lines if line.id in ids and key(url) in places(line)[:1]]
        return min(here or ids)

    def by_trace(self, urls: Mapping[str, str]) -> list[str]:
        """Give the ids of lines whose file is gone, by address, alias, then date and title; return who is left."""
        lost = self.lost()
        if not lost:
            return list(urls)
        first: dict[str, set[str]] = defaultdict(set)
        older: dict[str, set[str]] = defaultdict(set)
        for line in lost:
            for place, address in enumerate(places(line)):
                (older if place else first)[address].add(line.id)
        aliases = self.aliases(urls)
        for wanted in ({path: [url] for path, url in urls.items()}, aliases):
            for known in (first, older):
                for path in urls:
                    free = set().union(*(known.get(key(address), ()) for address in wanted.get(path, ())))
                    if path not in self.ids and (free := free - self.given):
                        self.give(path, min(free))
        self.by_words([path for path in urls if path not in self.ids], lost)
        return [path for path in urls if path not in self.ids]

    def lost(self) -> list[Line]:
        """Return the lines whose file is gone; one that names none has been given up for another id."""
        free = [line for line in self.lines if line.file and line.id not in self.given]
        there = self.there({line.file for line in free}) if free else ()
        kept = {line.id for line in free if line.file in there}
        return [line for line in free if line.id not in kept]

    def by_words(self, paths: list[str], lost: list[Line]) -> None:
        """Give the id of the only line with a day and a title to the only document with these."""
        known = self.known(paths)
        documents, ids = defaultdict(list), defaultdict(set)
        for path in paths:
            if path in known:
                documents[known[path].date[:10], known[path].title].append(path)
        for line in lost:
            if line.date and line.id not in self.given:
                ids[line.date[:10], line.title].add(line.id)
        for words, (path, *more) in documents.items():
            if not more and len(free := ids[words] - self.given) == 1:
                self.give(path, min(free))


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
        elif line.file and line.file in files:
            yield Problem(name, line.number, f"line {files[line.file].number} names this file too: {line.file}")
        ids.setdefault(line.id, line.number)
        files.setdefault(line.file, line)
