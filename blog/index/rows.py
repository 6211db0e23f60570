"""A document as rows: all that it says, by table."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from .. import furniture, likeness
from ..documents import OF_A_SUMMARY, POST, Document, to_record
from ..ledger import own_id, plain
from ..markup import choices
from ..urls import slugify, tag_slug
from ..words import length, of_name, words
from . import Row
from .digests import as_json, digest, digest_of_text
from .schema import NEVER, UNDATED


class Rows(NamedTuple):
    """Hold a document as the rows of each table, ready to be put."""

    documents: list[Row]
    tags: list[Row]
    filed: list[Row]
    likeness: list[Row]
    words: list[Row]
    aliases: list[Row]
    entries: list[Row]
    groups: list[Row]
    media: list[Row]
    menus: list[Row]
    problems: list[Row]

    @property
    def in_doubt(self) -> bool:
        """Tell whether the header can only be read in parts."""
        return bool(self.documents[0][9])

    def differ_in_text(self, db: sqlite3.Connection) -> bool:
        """Tell whether this differs in nothing but its text from what is known; all but that is in the record."""
        (now,) = self.documents
        known = db.execute("SELECT url, record FROM documents WHERE path = ?", now[:1]).fetchone()
        return known is not None and tuple(known) == (now[2], now[-2])


def rows_of(document: Document) -> Rows:
    """Return the rows of all that a document says."""
    path, moment = document.path, document.date.timestamp() if document.date else UNDATED
    begins = document.publishes.timestamp() if document.publishes else moment
    ends = document.expires.timestamp() if document.expires else NEVER
    record = to_record(document)
    changed = max(filter(None, (document.updated, document.date)), default=None)
    chosen = [*choices.said(document.meta), *furniture.said(document.meta)]
    asked = as_json(chosen) if chosen else ""
    if "{{" in document.body or "{%" in document.body:  # it may show what the header says
        asked = as_json([chosen, record])
    day = f"{changed:%Y-%m-%d}" if changed else ""
    has_media = document.attachments or document.picture
    media = [as_json(record["attachments"]), as_json(record["picture"])] if has_media else []
    digests = (
        digest({key: record[key] for key in OF_A_SUMMARY}),
        digest_of_text("\0".join((document.url, document.markup, document.language, asked, document.body, *media))),
    )
    place = (path, document.kind, document.url, moment, document.draft, document.unlisted, document.noindex)
    details = furniture.details(document.meta, length(document.body))
    shown = (begins, ends, document.in_doubt, day, as_json([details.length, details.furniture, details.licence]))
    values = (*place, *shown, *digests, as_json(record), document.body)
    tags = {tag_slug(tag): tag for tag in reversed(document.tags)}
    return Rows(
        [values],
        [(slug, path, tag) for slug, tag in tags.items()],
        [(kind, slug, path, name, document.part) for (kind, slug), name in filed_of(document).items()],
        [(path, moment, likeness.terms(document), "")] * (document.kind == POST),
        [(path, word) for word in dict.fromkeys((*words(document.title), *of_name(document.url)))],
        [(alias, path) for alias in dict.fromkeys(alias.rstrip("/") for alias in document.aliases)],
        [(path, own_id(document.meta), day_or_moment(document), plain(document.title))] if document.date else [],
        [(kind, slug, path, name) for (kind, slug), name in groups_of(document).items()],
        [(path, *media)] if media else [],
        [(path, as_json(entry)) for entry in record["menus"]],
        [(problem.path, problem.line, problem.message, problem.fatal) for problem in document.problems],
    )


def filed_of(document: Document) -> dict[tuple[str, str], str]:
    """Return by kind and slug the names of a document's categories and series."""
    names = [("category", name) for name in document.categories] + [("series", name) for name in document.series]
    return {(kind, tag_slug(name)): name for kind, name in reversed(names)}


def groups_of(document: Document) -> dict[tuple[str, str], str]:
    """Return by kind and slug the names of the groups that a post is in; folders of dates are none."""
    if document.kind != POST or not document.date:
        return {}
    folders = [name for name in document.section.split("/") if name]
    folders = folders if not any(name.isdigit() for name in folders) else []
    sections = ["/".join(folders[:count]) for count in range(1, len(folders) + 1)]
    found = {("section", "/".join(map(slugify, name.split("/")))): name for name in sections}
    found |= {("author", slugify(name)): name for name in document.authors}
    found |= {("language", slugify(document.language)): document.language}
    return {key: name for key, name in found.items() if key[1].strip("/")}


def day_or_moment(document: Document) -> str:
    """Return the date of a document as it was written: a day, or a moment."""
    assert document.date
    return f"{document.date:%Y-%m-%d}" if document.date_only else document.date.isoformat()
