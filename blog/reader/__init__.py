"""What a file says: Source -> Document.

Each module answers some questions of it, with what those before it answer: about the text and the header of the file,
its title, its date, its address, what it is filed under, who sees it, what the theme makes of it.
"""

from __future__ import annotations

import re

from .. import media, values
from ..documents import POST, Document, Problem
from ..titles import MOST
from .keys import KEYS, TYPED
from .theme import Themed

__all__ = ["KEYS", "LeftOut", "Reading"]


class LeftOut(Exception):
    """Say by which rule of the site's engine a file is no document; as an ``asset`` it is served as it is."""

    def __init__(self, reason: str, asset: bool = False) -> None:
        super().__init__(reason)
        self.asset = asset


class Reading(Themed):
    """Read one file: each method answers one question of what it says.

    These are our own rules. Those of another engine are a subclass, which answers some questions otherwise.
    """

    governs: re.Pattern[str] | None = None  # names of files that are heeded in reading all others in and below a folder

    def document(self) -> Document:
        """Put the answers together; raises ``LeftOut``."""
        if reason := self.left_out():
            raise LeftOut(reason)
        self.problems += [Problem(self.source.path, line, said) for line, said in self.header.doubts]
        self.check_encoding()
        self.check_length()
        self.check_types()
        self.check_switches()
        self.title, line = self.title_and_date()
        self.check_title()
        self.when = self.find_date(line)
        when, url = self.when, self.url()
        return Document(
            path=self.source.path,
            kind=self.kind,
            url=url,
            title=self.title,
            date=when.moment if when else None,
            date_only=bool(when and when.date_only),
            updated=self.moment("updated"),
            publishes=self.moment("publishes"),
            expires=self.moment("expires"),
            summary=values.text(self.first("summary"))[:MOST],
            tags=self.tags(),
            categories=self.categories(),
            series=self.series(),
            author=", ".join(self.authors()),
            authors=self.authors(),
            draft=self.draft(),
            language=self.language(),
            body=self.body,
            markup=self.markup(),
            header=self.dialect,
            layout=self.layout(),
            accent=self.color(self.meta.get("accent"), "accent"),
            untitled=self.untitled,
            unlisted=self.unlisted(),
            noindex=self.noindex(),
            aliases=self.aliases(url),
            menus=self.menus(self.title, url),
            section=self.section if self.kind == POST else "",
            part=values.number(self.first("part")),
            attachments=media.attachments(self.meta),
            picture=media.picture(self.meta),
            meta={key: inner for key, inner in self.meta.items() if key not in TYPED},
            origins=self.origins,
            in_doubt=bool(self.header.doubts),
            problems=tuple(self.problems),
        )

    def left_out(self) -> str:
        """Return the rule by which this file is no document, ``""`` if it is one; or raise ``LeftOut``."""
        return ""
