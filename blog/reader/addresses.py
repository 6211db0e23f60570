"""The address of a file, and those that lead there."""

from __future__ import annotations

from typing import Any

from .. import urls, values
from ..documents import PAGE, POST
from ..facts import permalink
from .dates import Dated


class Addressed(Dated):
    """Find the address: as written, else by a pattern or the path."""

    slash = True  # addresses end with one

    def url(self) -> str:
        """Return the address: as written, else by the permalink pattern or the path."""
        if given := self.written_url():
            return given
        if pattern := permalink(self.settings.permalinks, self.source.address) or self.pattern_of_engine():
            self.origins["url"] = f"the permalink {pattern}"
            return self.filled(pattern)
        return self.usual_url()

    def written_url(self) -> str:
        """Return the address that the header gives, ``""`` if there is none that can be one."""
        key = self.key("url") or self.path_key()
        given = values.text(self.meta.get(key))
        if not given:
            return ""
        try:
            found = self.address(given)
        except ValueError as error:
            self.report(str(error), key)
            return ""
        self.origins["url"] = key
        return found

    def path_key(self) -> str:
        """Return the key that an address has in headers as Zola's, in a folder where headers are of any engine."""
        own = self.facts.engine in ("flatleaf", "plain") and self.dialect == "toml"
        return "path" if own and self.meta.get("path") is not None else ""

    def address(self, given: str) -> str:
        """Return an address that the header gives as one within the site; raises ``ValueError``."""
        return urls.written(given, slash=self.slash)

    def pattern_of_engine(self) -> str:
        """Return the pattern of addresses that the engine's configuration has for this place."""
        return self.facts.permalink(self.source.address, self.kind == POST and not self.by_date)

    def usual_url(self) -> str:
        """Return the address of a text for which there is no pattern of its own."""
        if self.kind == PAGE or (self.by_date and "permalink" not in self.settings.given):
            self.origins["url"] = "its path"
            return self.page_url()
        self.origins["url"] = f"the permalink {self.settings.permalink}"
        return self.filled(self.settings.permalink)

    def page_url(self) -> str:
        """Return the address of a page, by its path."""
        return urls.page_url(self.source.address, urls.slugify(values.text(self.first("slug"))))

    def filled(self, pattern: str) -> str:
        """Fill a pattern of addresses."""
        return urls.post_url(pattern, **self.tokens(), slash=self.slash)

    def tokens(self) -> dict[str, Any]:
        """Return what the tokens of a pattern stand for."""
        slug = urls.slugify(values.text(self.first("slug")))
        return {
            "slug": slug
            or urls.slugify(self.rest)
            or urls.slugify(self.stem)
            or urls.slugify(self.title)
            or "untitled",
            "title": self.title,
            "stem": self.stem,
            "section": self.section,
            "date": self.when.moment if self.when else None,
        }

    def aliases(self, url: str) -> tuple[str, ...]:
        """Return the addresses that lead here, without the document's own."""
        found = []
        for given in dict.fromkeys(filter(None, values.parts_of(self.first("aliases"), ","))):
            try:
                found.append(self.alias(given))
                if found[-1] == "/":
                    raise ValueError(f"the front page can't be an alias: {given}")
            except ValueError as error:
                self.report(str(error), self.key("aliases"))
        return tuple(alias for alias in dict.fromkeys(found) if alias not in (url, "/"))

    def alias(self, given: str) -> str:
        """Return an old address that the header gives as one within the site; raises ``ValueError``."""
        return urls.written(given)
