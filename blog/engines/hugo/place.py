"""Where a file of a Hugo site lies: its language, its bundle, the sections above it, what kind of page that makes it.

https://gohugo.io/content-management/organization/
"""

from __future__ import annotations

import os
import re
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from ... import headers, slugs, values
from ...reader import Reading
from ...reader.text import decoded
from ..config import Table, table
from .configuration import listed, lowered
from .globs import matches

MARKUPS = {
    **dict.fromkeys((".md", ".markdown", ".mdown"), "markdown"),
    **dict.fromkeys((".html", ".htm"), "html"),
    **dict.fromkeys((".adoc", ".asciidoc", ".ad"), "asciidoc"),
    **dict.fromkeys((".pandoc", ".pdc"), "markdown"),
    ".rst": "rst",
    ".org": "org",
}
INDEX = re.compile(r"_?index(?:\.[^.]+)?(?:" + "|".join(map(re.escape, MARKUPS)) + r")\Z", re.IGNORECASE)
SIMPLE = re.compile(r"[A-Za-z0-9._/]*(?:[ -][A-Za-z0-9._/]+)*")  # nothing in it to be left out or drawn together


def indexes(folder: str) -> tuple[str, ...]:
    """Return the names of the files in a folder that make it a bundle."""
    try:
        return indexes_of(folder, os.stat(folder).st_mtime_ns) if folder else ()
    except OSError:
        return ()


@lru_cache(maxsize=20_000)
def indexes_of(folder: str, _mtime_ns: int) -> tuple[str, ...]:
    """Return the names of the files in a folder, last changed then, that make it a bundle; raises ``OSError``."""
    return tuple(sorted(filter(INDEX.match, os.listdir(folder))))


def header_of(file: str) -> Table:
    """Return the header of a file, keys in lower case."""
    try:
        status = os.stat(file)
        return read_header(file, status.st_mtime_ns, status.st_size)
    except OSError:
        return {}


@lru_cache(maxsize=5000)
def read_header(file: str, _mtime_ns: int, _size: int) -> Table:
    """Return the header of a file, last changed then, keys in lower case; raises ``OSError``."""
    found: Table = lowered(headers.read(decoded(Path(file).read_bytes()), file).meta)
    return found


@lru_cache(maxsize=20_000)
def urlized(words: str, accents: bool, lower: bool) -> str:
    """Return words as they stand in addresses; what has nothing to be changed needs no look at each sign."""
    if lower and SIMPLE.fullmatch(words):
        return words.lower().replace(" ", "-")
    return slugs.hugo(words.replace("İ", "i") if lower else words, accents, lower)  # İ is one letter in Go


class Place(Reading):
    """Tell where a file lies."""

    governs = INDEX

    def fact(self, key: str, otherwise: Any = None) -> Any:
        """Return what the configuration says."""
        return self.facts.values.get(key, otherwise)

    def without_language(self, name: str) -> tuple[str, str]:
        """Split ``index.fa`` into name and language."""
        stem, dot, suffix = name.rpartition(".")
        known = self.fact("languages") or dict.fromkeys(self.settings.languages, "")
        return (stem, suffix.lower()) if dot and stem and suffix.lower() in known else (name, "")

    @cached_property
    def tongue(self) -> str:
        """Return the name of the language that the file is in."""
        return self.suffix or self.source.language or str(self.fact("default", ""))

    @property
    def prefix(self) -> str:
        """Return with which folder the addresses of its language begin."""
        return str((self.fact("languages") or {}).get(self.tongue, ""))

    def language(self) -> str:
        """Return the language tag of the file's name or folder."""
        return self.suffix or self.source.language

    @cached_property
    def folders(self) -> list[str]:
        """Return the folders above it, from that of all content on; ``""`` for one that is none on the disk."""
        path = self.source.path.rpartition("/")[0].split("/")
        places = [folder.path for folder in self.facts.folders if self.source.path.startswith(f"{folder.path}/")]
        top = len(max(places, key=len).split("/")) if any(places) else max(0, len(path) - len(self.path.parts) + 1)
        found = ["/".join((str(self.settings.root), *path[:end])) for end in range(top, len(path) + 1)]
        return [""] * (len(self.path.parts) - len(found)) + found

    @cached_property
    def indexes(self) -> list[tuple[str, ...]]:
        """Return for each folder above it the names of the files that make it a bundle."""
        return [indexes(folder) for folder in self.folders]

    @cached_property
    def index_pages(self) -> list[str]:
        """Return for each folder above it its own page in the language of this one, ``""`` where there is none."""
        return [self.index_page(*pair) for pair in zip(self.folders, self.indexes, strict=True)]

    def index_page(self, folder: str, names: tuple[str, ...]) -> str:
        """Return the file of a folder that is a section's own page in the language of this one."""
        for name in names:
            stem, language = self.without_language(os.path.splitext(name)[0])
            if stem == "_index" and (language or self.source.language or self.fact("default", "")) == self.tongue:
                return f"{folder}/{name}"
        return ""

    def normal(self, part: str) -> str:
        """Return a name as it stands in addresses."""
        return self.urlized(part.replace(" ", "-") if self.fact("lower", True) else part)

    def urlized(self, words: str) -> str:
        """Return words as they stand in addresses."""
        return urlized(words, bool(self.fact("accents", True)), bool(self.fact("lower", True)))

    @cached_property
    def parts(self) -> list[str]:
        """Return the folders that it lies in, in small letters, without that of its own bundle."""
        folder = self.path.parent
        return list(map(self.normal, folder.parent.parts if self.is_bundle else folder.parts))

    @property
    def is_bundle(self) -> bool:
        """Tell whether its folder is all its own."""
        return self.name.lower() == "index"

    @cached_property
    def sections(self) -> list[tuple[str, Table]]:
        """Return the sections above it, each with the header of its page."""
        pages = self.index_pages[1 : len(self.parts) + 1]
        last = max((number for number, page in enumerate(pages) if page or not number), default=-1)
        return [(self.parts[at], header_of(pages[at]) if pages[at] else {}) for at in range(last + 1)]

    @cached_property
    def page_kind(self) -> str:
        """Return what Hugo calls it: home, section, taxonomy, term or page."""
        if self.name.lower() != "_index":
            return "page" if self.parts or not self.is_bundle or self.path.parent.name else "home"
        if not self.parts:
            return "home"
        if self.parts[0] in self.fact("taxonomies", {}).values():
            return "taxonomy" if len(self.parts) == 1 else "term"
        return "section"

    @cached_property
    def logical(self) -> str:
        """Return its path as Hugo's patterns have it."""
        shown = "/".join(self.parts if self.name.lower() == "_index" else [*self.parts, self.normal(self.stem)])
        return f"/{shown.lower()}"

    def is_target(self, target: Table) -> bool:
        """Tell whether something is meant for this page."""
        wanted = {key: values.text(value) for key, value in target.items()}
        matrix = table(table(target, "sites"), "matrix")
        tongue = wanted.get("lang") or (f"{{{','.join(listed(matrix, 'languages'))}}}" if matrix else "")
        return (
            matches(wanted.get("path", ""), self.logical)
            and matches(wanted.get("kind", ""), self.page_kind)
            and matches(wanted.get("environment", ""), "production")
            and matches(tongue, self.tongue)
        )
