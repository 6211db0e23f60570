"""Where a file lies: what its path tells of it."""

from __future__ import annotations

from pathlib import PurePosixPath

from .. import dates
from ..documents import PAGE, Source
from ..settings import Settings


class Placed:
    """Hold what is known of a file before it is read."""

    index_names: tuple[str, ...] = ("index", "_index")
    by_date = False  # it is a post because it is dated, and named by its path as a page is

    def __init__(self, source: Source, settings: Settings) -> None:
        self.source, self.settings, self.facts = source, settings, settings.facts
        self.zone = dates.zone_of(settings.timezone)
        self.path = PurePosixPath(source.address)
        self.name, self.suffix = self.without_language(self.path.stem)
        self.is_index = self.name in self.index_names
        self.stem = self.path.parent.name if self.is_index and self.path.parent.name else self.name
        self.day, self.rest = dates.named(self.stem)

    def without_language(self, name: str) -> tuple[str, str]:
        """Split ``index.fa`` into the name and the language, if it is one of the site's."""
        stem, dot, suffix = name.rpartition(".")
        return (stem, suffix) if dot and stem and suffix in self.settings.languages else (name, "")

    def kind_of(self) -> str:
        """Tell a post from a page; a section's own page (posts/index.md) is a page, whatever the folder says."""
        top = self.is_index and len(self.path.parts) <= 2
        return PAGE if top or self.name == "_index" else self.source.kind

    @property
    def section(self) -> str:
        """Return the folders that a post lies in, below that of all posts."""
        folders = self.path.parts[not self.by_date : -1]
        return "/".join(folders[:-1] if self.is_index else folders)

    def markup(self) -> str:
        """Return what the text is written in."""
        ending = self.path.suffix.lower()
        return "html" if ending in (".html", ".htm") else "rst" if ending == ".rst" else "markdown"
