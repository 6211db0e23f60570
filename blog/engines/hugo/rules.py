"""How the files of a Hugo site are read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from ... import dates, values
from ...documents import PAGE, POST
from ...reader import KEYS, LeftOut
from ..config import Table, table
from .addresses import Addressed, whole
from .place import MARKUPS, header_of


class Rules(Addressed):
    """Read a file as Hugo does."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.keys = KEYS | self.fact("keys", {})
        self.zone = self.own_zone()
        self.rest, self.day = self.stem, None

    def kind_of(self) -> str:
        """Take what has a date and lies in a main section for a post."""
        if self.page_kind != "page" or not self.has_date():
            return PAGE
        main = self.fact("sections", ())
        return POST if not main or not set(self.parts[:1]).isdisjoint(main) else PAGE

    def defaults(self) -> dict[str, Any]:
        """Return what the sections above it, and the configuration, hand down; the nearest counts."""
        found = super().defaults()
        given = [cascades(self.fact("cascade"))]
        given += [cascades(header_of(page).get("cascade")) for page in self.index_pages if page]
        for one in given:
            for target, handed in reversed(list(one)):
                found |= handed if self.is_target(target) else {}
        return found

    def left_out(self) -> str:
        """Return by which of Hugo's rules it is no page."""
        if self.path.suffix.lower() not in MARKUPS:
            raise LeftOut("it is a resource", asset=True)
        if any(search(pattern, self.source.path) for pattern in self.fact("ignored", ())):
            return "ignoreFiles of the configuration"
        if (self.suffix or self.source.language) and self.tongue not in (self.fact("languages") or {self.tongue}):
            return "its language is switched off"
        above = list(zip(self.folders, self.indexes, strict=True))[: -1 if self.is_bundle else None]
        for folder, names in above:
            if any(self.without_language(os.path.splitext(name)[0])[0].lower() == "index" for name in names):
                return f"it is a resource of the bundle {os.path.basename(folder)}/"
        kind = self.page_kind
        if kind in self.fact("disabled", ()):
            return f"disableKinds of the configuration: {kind}"
        return "build options: it is not rendered" if self.build("render", "always") in ("never", "link") else ""

    def build(self, option: str, usual: str) -> str:
        """Return an option of https://gohugo.io/content-management/build-options/."""
        if values.flag(self.meta.get("headless")) is True:
            return "never"
        said = values.text({**table(self.meta, "_build"), **table(self.meta, "build")}.get(option)).lower() or usual
        return {"true": usual, "false": "never"}.get(said, said)

    def unlisted(self) -> bool:
        """Tell whether no list shows it."""
        return super().unlisted() or self.build("list", "always") == "never"

    def title_and_date(self) -> tuple[str, dates.When | None]:
        """Take the title from the header; a page without one has none to Hugo, but shows its first heading."""
        if (written := MARKUPS[self.path.suffix.lower()]) in ("org", "asciidoc"):
            self.report(f"it is written in {written}, and shown as if it were Markdown")
        title, _ = super().title_and_date()
        if not self.header_title():
            self.origins["title"] = f"nothing in the header, so {self.origins.get('title', '')}"
        return title, None

    def tags(self) -> tuple[str, ...]:
        """Return the tags; a text is one, whatever commas stand in it."""
        return whole(self.first("tags"))

    def categories(self) -> tuple[str, ...]:
        """Return the categories, likewise."""
        return whole(self.first("categories"))

    def draft(self) -> bool:
        """Tell whether it is held back: ``draft`` counts, without it ``published``."""
        given = self.meta.get("draft")
        if given is not None and values.text(given):
            if values.flag(given) is None:
                self.report(f"draft is neither true nor false: {values.text(given)}", "draft")
            return values.flag(given) is not False
        return values.text(self.meta.get("published")) != "" and values.flag(self.meta.get("published")) is False

    def markup(self) -> str:
        """Return what the text is written in."""
        named = values.text(self.meta.get("markup")).lower()
        known = {"md": "markdown", "goldmark": "markdown", "blackfriday": "markdown", "mmark": "markdown"}
        found = known.get(named, named) or MARKUPS.get(self.path.suffix.lower(), "")
        return found if found in ("html", "rst") else "markdown"


def cascades(given: Any) -> Iterator[tuple[Table, Table]]:
    """Yield target and values of what a header, or the configuration, hands down."""
    for one in given if isinstance(given, list) else [given]:
        if isinstance(one, Mapping):
            said = {key: value for key, value in one.items() if key not in ("_target", "target", "params")}
            yield table(one, "_target") or table(one, "target"), {**table(one, "params"), **said}


@lru_cache(maxsize=200)
def compiled(pattern: str) -> re.Pattern[str] | None:
    """Return a regular expression, ``None`` if it is none to Python."""
    try:
        return re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return None


def search(pattern: str, text: str) -> bool:
    """Tell whether a regular expression finds something."""
    found = compiled(pattern)
    return bool(found and found.search(text))
