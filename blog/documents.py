"""What travels through the engine: Source -> Document -> Summary.

All are plain frozen data: no app, no renderer, no closures. A ``Source`` is a file as it lies on the
disk, a ``Document`` is what that file says, a ``Summary`` is the part of it that lists, archives and
menus need. A ``Summary`` doesn't change when only the body of a file does.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any, NamedTuple

from .errors import where

POST, PAGE = "post", "page"
LONGEST = 300  # characters of what is said to be wrong


class Stamp(NamedTuple):
    """Tell whether a file has changed: modification time in nanoseconds, size in bytes, time of the last change.

    The third is there because tools can set the first: an unpacked archive, two files that change places.
    """

    mtime_ns: int
    size: int
    ctime_ns: int = 0

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """Return the stamp of a file from its status."""
        return cls(status.st_mtime_ns, status.st_size, status.st_ctime_ns)


@dataclass(frozen=True, slots=True)
class Source:
    """Hold a file as read: ``path`` is relative to the site's folder, with ``/``.

    ``address`` is its path below the content folder that it was found in, as in its URL;
    ``kind`` is what the place says of it, ``"post"`` or ``"page"``.
    """

    path: str
    address: str
    kind: str
    stamp: Stamp
    data: bytes
    beside: bytes = b""  # the file of the same name that ends in .meta, if there is one
    language: str = ""  # of the folder that it lies in
    plain: bool = False  # it lies in a folder that tells no posts from pages


@dataclass(frozen=True, slots=True)
class Problem:
    """Say what is wrong with a file, and on which line (0: unknown). A fatal one keeps it unpublished."""

    path: str
    line: int
    message: str
    fatal: bool = False

    def __post_init__(self) -> None:
        """Cut what nobody reads to its end: a line of a file may be very long."""
        if len(self.message) > LONGEST:
            object.__setattr__(self, "message", f"{self.message[:LONGEST]}…")

    def line_of_text(self) -> str:
        """Return ``path:line: message``."""
        return where(self.path, self.line) + self.message


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """Place a document or an address in a menu. ``weight`` 0 sorts last, as in Hugo."""

    menu: str
    name: str
    url: str
    weight: int = 0
    color: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """Name a file that goes with a text: ``length`` in bytes, ``duration`` in seconds, 0 where they aren't told."""

    url: str
    type: str
    length: int = 0
    duration: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """Name the picture that stands for a text; width and height in pixels, 0 where they aren't told."""

    url: str
    type: str
    alt: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Details:
    """Hold what a document's own page shows beside its text: ``length`` in words.

    ``furniture`` has names of what is on, or off with a dash before them; ``licence`` is a dash where there is none.
    """

    length: int
    furniture: tuple[str, ...] = ()
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Hold what lists need to know of a document; ``path`` is its name in the library.

    ``url`` is the address within the site, decoded: ``/posts/moving-on/``. ``date`` and ``updated`` are
    aware and keep the offset that the author wrote; with ``date_only`` only the day counts. ``author`` shows
    all ``authors``, in whose names commas may stand. ``language`` is empty where the site's own applies. What is
    ``unlisted`` stands in no list and no feed. The title of what is ``untitled`` is but the first words of its text.
    """

    path: str
    kind: str
    url: str
    title: str
    date: datetime | None = None
    date_only: bool = False
    updated: datetime | None = None
    summary: str = ""
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    author: str = ""
    authors: tuple[str, ...] = ()
    draft: bool = False
    language: str = ""
    layout: str = ""
    unlisted: bool = False
    noindex: bool = False
    accent: str = ""
    untitled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Summary):
    """Hold all that a file says.

    ``header`` names the dialect, ``part`` is its place in a series, 0 where that is told by its date, ``meta`` keeps
    the keys without a field here.

    ``publishes`` is from when on it is seen, where that isn't its date. ``origins`` tells of title, date and address
    where they come from. With ``in_doubt`` the header can only be read in parts.
    """

    publishes: datetime | None = None
    expires: datetime | None = None
    body: str = ""
    markup: str = "markdown"
    header: str = "none"
    aliases: tuple[str, ...] = ()
    menus: tuple[MenuEntry, ...] = ()
    section: str = ""
    part: int = 0
    attachments: tuple[Attachment, ...] = ()
    picture: Picture | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    in_doubt: bool = False
    problems: tuple[Problem, ...] = ()


OF_A_SUMMARY = sorted(f.name for f in fields(Summary))
MOMENTS = frozenset(("date", "updated", "publishes", "expires"))
RECORDED = tuple(f.name for f in fields(Document) if f.name not in ("body", "problems", "in_doubt"))


def to_record(document: Document) -> dict[str, Any]:
    """Return all but body and problems as JSON types."""
    record = {name: getattr(document, name) for name in RECORDED}
    for name in MOMENTS:
        moment: datetime | None = record[name]
        record[name] = moment and moment.isoformat()
    record["menus"] = [asdict(entry) for entry in document.menus]
    record["attachments"] = [asdict(one) for one in document.attachments]
    record["picture"] = document.picture and asdict(document.picture)
    return record


TUPLES = frozenset(("tags", "categories", "series", "aliases", "authors"))


def to_summary(record: Mapping[str, Any]) -> Summary:
    """Make a Summary from a record of ``to_record``."""
    return Summary(**restored({name: record[name] for name in OF_A_SUMMARY}))


def to_document(record: Mapping[str, Any], body: str = "") -> Document:
    """Make a Document from a record of ``to_record`` and its body."""
    values = restored(record)
    values["menus"] = tuple(MenuEntry(**entry) for entry in values["menus"])
    values["attachments"] = tuple(Attachment(**one) for one in values["attachments"])
    values["picture"] = values["picture"] and Picture(**values["picture"])
    return Document(**values, body=body)


def restored(record: Mapping[str, Any]) -> dict[str, Any]:
    """Turn the JSON types of a record, or of a part of one, back into those of the fields."""
    values = dict(record)
    for key in MOMENTS & values.keys():
        values[key] = values[key] and datetime.fromisoformat(values[key])
    for key in TUPLES & values.keys():
        values[key] = tuple(values[key])
    return values
