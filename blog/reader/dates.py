"""The date of a file, for which a ladder of places is climbed; the other moments that its header names."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from .. import dates, values
from ..documents import PAGE, POST
from .titles import Titled

AROUND = ("published", "commit", "file")  # dates that the author hasn't written
IMPOSSIBLE = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")  # where it is the name of no day


class Dated(Titled):
    """Find the date, which may make a post of what lies in no folder of posts."""

    #: Where a date is looked for, in this order; a page is only asked for what it says itself.
    ladder: tuple[str, ...] = ("header", "name", "folder", "address", "line", "published", "commit", "file")
    page_ladder: tuple[str, ...] = ("header", "line")
    dayfirst = False  # 05/09/2012 is in September

    def find_date(self, line: dates.When | None) -> dates.When | None:
        """Climb the ladder; a date that was written but can't be read must not turn an old post into today's news."""
        for rung in self.rungs():
            if rung in AROUND and self.date_is_broken():
                return None
            if found := RUNGS[rung](self, line):
                self.origins["date"] = self.date_key() if rung == "header" else rung
                if self.kind == PAGE and self.is_post_if_dated():
                    self.by_date, self.kind = True, POST
                return self.with_line(found, line, rung)
        return None

    def rungs(self) -> tuple[str, ...]:
        """Return where a date is looked for, by what this is."""
        if self.kind == PAGE and not self.is_post_if_dated():
            return self.page_ladder
        return self.ladder if self.kind == POST else tuple(rung for rung in self.ladder if rung not in AROUND)

    def is_post_if_dated(self) -> bool:
        """Tell whether a date makes this a post: nothing else does in a folder of ours that has none for them."""
        plain = self.source.plain and self.facts.engine == "flatleaf"
        own = self.name == "_index" or (self.is_index and len(self.path.parts) <= 2 and not self.day)
        said = {values.text(self.meta.get(key)).lower() for key in ("type", "layout")}
        return plain and not own and PAGE not in said

    def with_line(self, found: dates.When, line: dates.When | None, rung: str) -> dates.When:
        """Return a date with the time of day that a line has for it; report a line that has another day."""
        if line is None or rung not in ("name", "folder", "address"):
            return found
        if line.moment.date() == found.moment.date():
            return line
        days = f"{found.moment:%Y-%m-%d}", f"{line.moment:%Y-%m-%d}"
        self.report(f"the {rung} of this file says {days[0]}, which counts, a line of its text {days[1]}")
        return found

    def date_key(self) -> str:
        """Return the key of the header's date: ``published`` may be a date or a switch."""
        for key in self.keys["date"]:
            given = self.meta.get(key)
            if given is not None and values.text(given) and (key != "published" or values.flag(given) is None):
                return key
        return ""

    def header_date(self) -> dates.When | None:
        """Return the date that the header gives."""
        key = self.date_key()
        if not key:
            return None
        when = self.read_date(self.meta[key])
        if when is None:
            self.report(f"this is not a date: {values.short(self.meta[key])}", key)
        return when

    def read_date(self, given: Any) -> dates.When | None:
        """Read a date as the header's dialect writes it."""
        return dates.read(given, self.zone, dayfirst=self.dayfirst or self.dialect == "luapress")

    def date_is_broken(self) -> bool:
        """Tell whether the header, or the name, has a date that says nothing."""
        return bool(self.date_key() or self.impossible_day()) or any(
            isinstance(self.meta.get(key), (list, dict)) and self.meta[key] for key in self.keys["date"]
        )

    def address_day(self) -> date | None:
        """Return the day that stands in the address which the header gives: ``/2014/12/12/name/``."""
        return dates.in_folders(values.text(self.first("url")).split("/"))

    def name_date(self) -> dates.When | None:
        """Return the date that the file's name begins with."""
        if not self.day and (wrong := self.impossible_day()):
            self.report(f"this is not a date: {wrong}, with which the name begins")
        return self.day_as_when(self.day)

    def impossible_day(self) -> str:
        """Return what stands at the beginning of the name where a date stands, and is none."""
        found = None if self.day else IMPOSSIBLE.match(self.stem)
        return found[0] if found else ""

    def day_as_when(self, day: date | None) -> dates.When | None:
        """Return a day as the midnight that begins it."""
        return dates.When(datetime.combine(day, time(), self.zone), True) if day else None

    def commit_date(self) -> dates.When | None:
        """Return when the file was first committed."""
        moment = self.committed(self.source.path)
        return dates.When(moment, False) if moment else None

    def moment(self, field: str) -> datetime | None:
        """Return the moment that the header names for a field."""
        given = self.first(field)
        if given is None or not values.text(given):
            return None
        when = self.read_date(given)
        if when is None:
            self.report(f"this is not a date: {values.short(given)}", self.key(field))
        return when.moment if when else None


RUNGS: dict[str, Callable[[Dated, dates.When | None], dates.When | None]] = {
    "header": lambda file, _: file.header_date(),
    "line": lambda _, line: line,
    "name": lambda file, _: file.name_date(),
    "folder": lambda file, _: file.day_as_when(dates.in_folders(file.path.parent.parts)),
    "address": lambda file, _: file.day_as_when(file.address_day()),
    "published": lambda file, _: dates.read(file.published(file.source.path), file.zone),
    "commit": lambda file, _: file.commit_date(),
    "file": lambda file, _: dates.changed(file.source.stamp.mtime_ns, file.zone),
}
