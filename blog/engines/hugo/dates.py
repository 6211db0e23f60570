"""The dates of a Hugo site: for each the keys, or other places, where it is looked for.

https://gohugo.io/configuration/front-matter/
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from ... import dates, values
from ..config import Table
from .configuration import listed
from .place import Place

CHAINS = {  # https://gohugo.io/configuration/front-matter/
    "date": ("date", "publishdate", "pubdate", "published", "lastmod", "modified"),
    "lastmod": (":git", "lastmod", "modified", "date", "publishdate", "pubdate", "published"),
    "publishdate": ("publishdate", "pubdate", "published", "date"),
    "expirydate": ("expirydate", "unpublishdate"),
}
SAME = {"lastmod": ("modified",), "publishdate": ("pubdate", "published"), "expirydate": ("unpublishdate",)}
DATED = re.compile(r"(\d{4}-\d\d-\d\d)(?:-(\d\d)-(\d\d)-(\d\d)(?!\d))?[ _-]*(.*)", re.DOTALL)
ZONE = re.compile(r"(:\d\d) [A-Z]{3,5}\Z")


def chains_of(said: Table) -> dict[str, tuple[str, ...]]:
    """Return in which header keys each date is looked for; ``:filename`` and the like among them."""
    found = {}
    for field, usual in CHAINS.items():
        chain: list[str] = []
        for key in [one.lower() for one in listed(said, field)] or [":default"]:
            chain += usual if key == ":default" else [key, *SAME.get(key, ())]
        found[field] = tuple(dict.fromkeys(chain))
    return found


class Dated(Place):
    """Tell when a file was written, and when it is shown."""

    def own_zone(self) -> ZoneInfo:
        """Return the time zone of its language."""
        try:
            return dates.zone_of(self.fact("zones", {}).get(self.tongue) or self.settings.timezone)
        except (LookupError, ValueError, OSError):
            return self.zone

    def chain(self, field: str) -> tuple[str, ...]:
        """Return where a date is looked for."""
        return tuple((self.fact("chains") or CHAINS)[field])

    def has_date(self) -> bool:
        """Tell whether it has a date of its own."""
        chain = self.chain("date")
        return any(values.text(self.meta.get(key)) for key in chain) or bool(
            ":filename" in chain and DATED.match(self.path.parent.name if self.is_bundle else self.name)
        )

    def find_date(self, line: dates.When | None) -> dates.When | None:
        """Follow the chain of the configuration; what isn't in it gives no date."""
        for key in self.chain("date"):
            if found := self.date_of(key):
                self.origins["date"] = {":filename": "name", ":filemodtime": "file", ":git": "commit"}.get(key, key)
                return found
        return None

    def date_of(self, key: str) -> dates.When | None:
        """Return the date that one link of a chain gives."""
        if key == ":filename":
            return self.date_of_name()
        if key == ":filemodtime":
            return dates.changed(self.source.stamp.mtime_ns, self.zone)
        if key == ":git":
            return self.commit_date()
        given = self.meta.get(key)
        if not values.text(given) or (key == "published" and values.flag(given) is not None):
            return None
        when = self.read_date(given) or dates.stamped(given)
        if when is None:
            self.report(f"this is not a date: {values.text(given)}", key)
        return when

    def read_date(self, given: Any) -> dates.When | None:
        """Read a date; the name of a zone behind a time of day isn't heeded, as in RFC 1123: ``10:00:00 GMT``."""
        text = ZONE.sub(r"\1", given) if isinstance(given, str) and not given[:4].isdecimal() else given
        return super().read_date(text)

    def date_of_name(self) -> dates.When | None:
        """Return the date with which the file's name begins."""
        found = DATED.match(self.stem)
        if not found:
            return None
        clock = ":".join(found.group(2, 3, 4)) if found[2] else ""
        return dates.read(f"{found[1]} {clock}".strip(), self.zone)

    def moment(self, field: str) -> datetime | None:
        """Return a moment; ``published`` may be a switch, and what has expired may be shown all the same."""
        switch = self.key(field) == "published" and values.flag(self.meta["published"]) is not None
        if switch or (field == "expires" and self.fact("expired")):
            return None
        return super().moment(field)

    @cached_property
    def slug_of_name(self) -> str:
        """Return the file's name behind its date, where dates are looked for there."""
        found = DATED.match(self.stem) if ":filename" in self.chain("date") else None
        return found[5].strip(" -_") if found else ""
