"""What a file is filed under: tags, categories, series; and by whom it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import values
from .addresses import Addressed


class Filed(Addressed):
    """Find the names under which lists and feeds have it."""

    def tags(self) -> tuple[str, ...]:
        """Return the tags."""
        return values.listed(self.filed("tags"))

    def categories(self) -> tuple[str, ...]:
        """Return the categories."""
        return values.listed(self.filed("categories"))

    def series(self) -> tuple[str, ...]:
        """Return the series that this is a part of; a text is one name, whatever commas stand in it."""
        given = self.filed("series")
        one = values.text(given)
        return (one,) if one else values.listed(given)

    def authors(self) -> tuple[str, ...]:
        """Return who has written it; a text under ``author`` is one name, whatever commas stand in it."""
        one = values.text(self.meta.get("author"))
        return (one,) if one else values.listed(self.first("author"))

    def filed(self, name: str) -> Any:
        """Return the value of a field, which some have among the taxonomies.

        https://www.getzola.org/documentation/content/taxonomies/
        """
        given, table = self.first(name), self.meta.get("taxonomies")
        return table.get(name) if given is None and isinstance(table, Mapping) else given
