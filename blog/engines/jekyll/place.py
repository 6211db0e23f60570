"""Where a file of a Jekyll site lies: in which collection, and what Jekyll passes over.

https://jekyllrb.com/docs/structure/ and https://jekyllrb.com/docs/collections/"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import PurePosixPath

from ... import values
from ...documents import PAGE, POST
from ...reader import LeftOut, Reading

META = ("README", "LICENSE", "COPYING", "CODE_OF_CONDUCT", "CONTRIBUTING", "ISSUE_TEMPLATE", "PULL_REQUEST_TEMPLATE")
HEADER = re.compile(rb"---\s*\n")
DATED = re.compile(r"(\d{2,4})-(\d{1,2})-(\d{1,2})-(.*)\Z", re.DOTALL)


class Place(Reading):
    """Tell where a file lies, and whether that makes it a text."""

    @cached_property
    def place(self) -> PurePosixPath:
        """Return the path as Jekyll has it: of what is in a collection, below the folder of all of them."""
        home, parts = self.facts.values.get("collections_dir", ""), self.path.parts
        return PurePosixPath(*parts[1:]) if home and parts[0] == home and self.collection else self.path

    @cached_property
    def collection(self) -> str:
        """Return the collection of a text, ``posts`` or ``drafts`` among them, ``""`` for a page."""
        home, folders = self.facts.values.get("collections_dir", ""), self.path.parts[:-1]
        if home:
            if folders[:1] != (home,):
                return ""
            folders = folders[1:]
        special = next((folder for folder in folders if folder.startswith("_")), "")
        if special in ("_posts", "_drafts"):
            return special[1:]
        name = special[1:] if folders[:1] == (special,) else ""
        return name if name in self.facts.values.get("collections", {}) else ""

    @property
    def below(self) -> tuple[str, ...]:
        """Return the parts of the path below the folder of the collection."""
        parts = self.place.parts
        return parts[parts.index(f"_{self.collection}") + 1 :]

    def kind_of(self) -> str:
        """Tell a post from a page; what is in other collections has an address by its path."""
        return POST if self.collection in ("posts", "drafts") else PAGE

    @property
    def output_ext(self) -> str:
        """Return the ending of what Jekyll makes of the file."""
        return ".html" if self.path.suffix.lower() in self.facts.values.get("markdown", (".md",)) else self.path.suffix

    def markup(self) -> str:
        """Return what the text is written in; what is no Markdown to Jekyll it copies."""
        found = super().markup()
        return "html" if found == "markdown" and self.output_ext != ".html" else found

    def left_out(self) -> str:
        """Return why Jekyll makes no page of this file; what has no header it copies."""
        if reason := self.passed_over() or self.collection_left_out():
            return reason
        if self.kind == PAGE and not HEADER.match(self.source.data) and not self.needs_no_header():
            raise LeftOut("it has no header between --- and ---", asset=True)
        return ""

    def passed_over(self) -> str:
        """Return which name on the way to the file Jekyll passes over."""
        parts = self.path.parts
        if self.collection:
            above = parts[: len(parts) - len(self.below) - 1]
            parts = tuple(dict.fromkeys((*above, self.below[0], self.below[-1])))
        include = self.facts.values.get("include", ())
        if str(self.path) in include:
            return ""
        for part in parts:
            if part[:1] in "_#~" and not any(names(one, part) for one in include):
                return f"{part} begins with {part[0]}"
        return ""

    def collection_left_out(self) -> str:
        """Return why a text in a collection isn't published."""
        own = self.collection
        if own == "posts" and not (DATED.match(self.path.stem) and self.path.suffix):
            return "its name doesn't begin with a date"
        about = self.facts.values.get("collections", {}).get(own, {})
        if own and own not in ("posts", "drafts") and values.flag(about.get("output")) is not True:
            return f"the collection {own} isn't output"
        if self.facts.values.get("show_drafts") and self.is_unpublished():
            return "published: false"
        return ""

    def is_unpublished(self) -> bool:
        """Tell whether ``published`` says no, or nothing; defaults tell it of no page."""
        said = self.meta if self.collection else self.header.meta
        no = values.text(said.get("published", True)).lower() in ("", "false", "no", "off")
        return no and not self.facts.values.get("unpublished")

    def needs_no_header(self) -> bool:
        """Tell whether a plugin makes pages also of texts without a header."""
        wanted = {"jekyll-optional-front-matter", "github-pages"} & set(self.facts.values.get("plugins", ()))
        return bool(wanted) and not self.collection and self.output_ext == ".html" and self.path.stem not in META

    def categories_by_path(self) -> tuple[str, ...]:
        """Return the folders that lie above the one of posts."""
        parts = self.place.parts
        return parts[: parts.index(f"_{self.collection}")] if self.kind == POST else ()


def names(pattern: str, name: str) -> bool:
    """Tell whether a pattern of the configuration names a file or folder: also one that only begins so."""
    return fnmatchcase(name, pattern) or name.startswith(pattern) or pattern == f"{name}/"
