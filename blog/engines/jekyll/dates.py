"""The dates of a Jekyll site: in the header, or at the beginning of a name.

https://jekyllrb.com/docs/posts/"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

from ... import dates, values
from .place import DATED, Place

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
TIMESTAMP = re.compile(r"\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?\Z")  # to YAML this is UTC


class Dated(Place):
    """Tell when a file was written, and when it is shown."""

    @property
    def ladder(self) -> tuple[str, ...]:  # type: ignore[override]
        """Return where a date is looked for: a draft without one was written when its file was."""
        return ("header", "name", "file") if self.collection == "drafts" else ("header", "name")

    @property
    def page_ladder(self) -> tuple[str, ...]:  # type: ignore[override]
        """Return where a date is looked for: names say nothing of pages."""
        return ("header", "name") if self.collection else ("header",)

    def name_date(self) -> dates.When | None:
        """Return the date that the file's name begins with; a year may have two digits."""
        dated = DATED.match(self.path.stem)
        if not dated:
            return None
        year, month, day = map(int, dated.groups()[:3])
        year += (2000 if year < 69 else 1900) if year < 100 else 0
        with suppress(ValueError):
            return dates.day(date(year, month, day), self.zone)
        self.report(f"this is not a date: {'-'.join(dated.groups()[:3])}, with which the name begins")
        return None

    def moment(self, field: str) -> datetime | None:
        """Return a moment of the header; a page isn't held back by a date to come."""
        return LONG_AGO if field == "publishes" and not self.collection and self.when else super().moment(field)

    def read_date(self, given: Any) -> dates.When | None:
        """Read a date as Ruby does: with seconds and no zone it is UTC unless quoted, shown in the site's zone."""
        written = values.text(given).strip()
        if TIMESTAMP.match(written) and not self.is_quoted(written):
            found = dates.read(given, UTC)
        else:
            found = dates.read(given, self.zone, dayfirst=True)
        if found is None or found.date_only:
            return found
        return dates.When(found.moment.astimezone(self.zone).replace(microsecond=0), False)

    def is_quoted(self, written: str) -> bool:
        """Tell whether a value stands in the header between quotes: then it is a text to YAML."""
        head = self.text[: len(self.text) - len(self.header.body)]
        return any(f"{mark}{written}{mark}" in head for mark in "\"'")
