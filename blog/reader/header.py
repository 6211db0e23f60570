"""The header of a file: the values of its keys, over those that hold where it says nothing; its language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from .. import dates, headers, values
from ..documents import Problem, Source
from ..facts import fits
from ..settings import Settings
from ..settings.checks import language
from .keys import KEYS, TYPED
from .place import Placed
from .text import as_written, decoded, without_controls


class Headed(Placed):
    """Hold a file with what its header says, and note where an answer is from (``origins``) and what is wrong.

    ``published`` returns the date with which a file was published, ``committed`` that of its first commit.
    """

    keys = KEYS
    any_case = True  # Title is title

    def __init__(
        self,
        source: Source,
        settings: Settings,
        published: Callable[[str], str] = lambda _path: "",
        committed: Callable[[str], datetime | None] = lambda _path: None,
    ) -> None:
        super().__init__(source, settings)
        self.published, self.committed = published, committed
        self.problems: list[Problem] = []
        self.origins: dict[str, str] = {}
        written = as_written(source.data)
        self.text = without_controls(written)
        self.has_controls = self.text is not written
        self.header = headers.read(self.text, source.path, decoded(source.beside))
        self.body, self.dialect = self.header.body, self.header.dialect
        self.meta: Mapping[str, Any] = self.said()
        self.kind = self.kind_of()
        self.title = ""
        self.untitled = False
        self.when: dates.When | None = None

    def said(self) -> dict[str, Any]:
        """Return what the header says over what is taken where it doesn't, keys in lower case."""
        return {**self.defaults(), **self.heeded()}

    def heeded(self) -> dict[str, Any]:
        """Return the header's values; those under keys in capitals only where the engine knows them so."""
        said = self.header.meta.items()
        kept = (
            (key.strip(), value)
            for key, value in said
            if self.any_case or key == key.lower() or key.lower() not in TYPED
        )
        return {key.lower(): value for key, value in kept}

    def defaults(self) -> dict[str, Any]:
        """Return what the site's engine takes for headers that don't say otherwise, keys in lower case."""
        found: dict[str, Any] = {}
        for places, values_of in self.facts.defaults:
            if fits(self.source.address, places):
                found |= values_of
        return found

    def first(self, name: str) -> Any:
        """Return the value of the first of a field's keys that the header holds."""
        for key in self.keys[name]:
            if (value := self.meta.get(key)) is not None:
                return value
        return None

    def key(self, name: str) -> str:
        """Return which of a field's keys the header holds."""
        return next((key for key in self.keys[name] if self.meta.get(key) is not None), "")

    def language(self) -> str:
        """Return the language tag that the header names, if it can be one."""
        given = values.text(self.first("language"))
        known = self.suffix or self.source.language
        try:
            return language(given.replace("_", "-")) if given else known
        except ValueError:
            self.report(f"this is not a language tag: {values.short(given)}", self.key("language"))
            return known

    def report(self, message: str, key: str = "") -> None:
        """Note a problem that doesn't keep the file unpublished, on the line of ``key``."""
        self.problems.append(Problem(self.source.path, self.line_of(key), message))

    def line_of(self, key: str) -> int:
        """Find the line of a header's key; 0 if it can't be told."""
        if not key:
            return 0
        head = self.text[: len(self.text) - len(self.header.body)]
        for number, line in enumerate(head.split("\n"), 1):
            if re.match(rf"[\s{{\"']*{re.escape(key)}[\"']?\s*[:=]", line, re.IGNORECASE):
                return number
        return 0
