"""How the files of a Jekyll site are read."""

from __future__ import annotations

from typing import Any

from ... import dates, titles, values
from ...reader import KEYS
from ..config import reach
from .addresses import Addressed


class Rules(Addressed):
    """Read a file as Jekyll does: what has no header is a file like any other, but in ``_posts``."""

    keys = KEYS | {
        "title": ("title",),
        "date": ("date",),
        "updated": ("last_modified_at", "updated", "lastmod", "modified"),
        "publishes": (),
        "expires": (),
        "summary": ("excerpt", "description", "summary"),
        "url": ("permalink",),
        "aliases": ("redirect_from",),
    }
    any_case = False
    index_names = ("index",)

    def said(self) -> dict[str, Any]:
        """Return what the header says over the defaults; what is empty leaves those of a collection as they are."""
        found = self.defaults()
        kept = found if self.collection else {}
        return found | {key: kept.get(key) if value is None else value for key, value in self.heeded().items()}

    def defaults(self) -> dict[str, Any]:
        """Return the header values that the configuration gives to texts of this place and type.

        https://jekyllrb.com/docs/configuration/front-matter-defaults/#precedence
        """
        kind = "posts" if self.collection == "drafts" else self.collection or "pages"
        found: dict[str, tuple[tuple[int, bool], Any]] = {}
        for path, only, table in self.facts.values.get("defaults", ()):
            if only in (None, kind) and within(str(self.place), self.scope(path)):
                rank = (len(path.removeprefix("/")), only is not None)
                found |= {key: (rank, value) for key, value in table.items() if rank >= found.get(key, (rank,))[0]}
        return {key.lower(): value for key, (_, value) in found.items()}

    def scope(self, path: str) -> str:
        """Return the path of a default's scope as places have it, without the folder of all collections."""
        home = self.facts.values.get("collections_dir", "")
        return path.removeprefix(f"{home}/") if home else path

    def name_as_title(self) -> str:
        """Make a title of the file's name as Jekyll does; a page has none."""
        if not self.collection:
            return super().name_as_title()
        return " ".join(word.capitalize() for word in self.file_slug.split("-"))

    def title_and_date(self) -> tuple[str, dates.When | None]:
        """Take the title from the header, else from the file's name; that of a page may only be shown."""
        if self.header_title() or not self.collection:
            found = super().title_and_date()
            if not self.header_title():
                self.origins["title"] = f"nothing; {self.origins['title']} stands in"
            return found
        title = self.name_as_title()
        self.body = titles.without_repeat(self.body, title)
        self.origins["title"] = f"{'nothing; ' if self.first('title') is not None else ''}the file's name"
        return title, None

    def draft(self) -> bool:
        """Tell whether the file is held back: by ``published: false``, or since it lies in ``_drafts``."""
        if self.collection == "drafts":
            self.origins["draft"] = "the folder _drafts"
            return True
        if self.is_unpublished():
            self.origins["draft"] = f"published: {values.text(self.meta['published'])}".strip()
            return True
        return False

    def tags(self) -> tuple[str, ...]:
        """Return the tags: a text under ``tag`` is one, else one under ``tags`` has one for each word."""
        return values.listed(self.meta.get("tag"), "") or values.listed(worded(self.meta.get("tags")))

    def categories(self) -> tuple[str, ...]:
        """Return the categories: the folders above ``_posts``, those of the defaults, and what the header says."""
        said = [worded(self.meta.get("categories")), values.listed(self.meta.get("category"), "")]
        usual = worded(self.defaults().get("categories")) if self.collection else ()
        return values.listed([*self.categories_by_path(), usual, *said])


def worded(value: Any) -> tuple[str, ...]:
    """Return the words of a text, the parts of a list."""
    return values.listed(value, " ") if isinstance(value, (str, list)) else ()


def within(path: str, scope: str) -> bool:
    """Tell whether a path begins with the scope of a default, in which ``*`` stands for one name, ``**`` for more."""
    if "*" not in scope:
        return path.startswith(scope)
    return bool(reach(scope.rstrip("/"), path))
