"""Kirby: a folder for each page, its text in a file named as its template.

https://getkirby.com/docs/guide/content
"""

from __future__ import annotations

import re
from pathlib import Path

from .. import slugs, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder
from ..reader import KEYS, Reading

NUMBER = re.compile(r"\d+_")
OF_A_FILE = re.compile(r"\.(?!txt$)[a-z0-9]{2,5}\.(?:\w{2,5}\.)?(?:txt|md)\Z", re.IGNORECASE)  # photo.jpg.txt


def configure(root: Path, why: str) -> Facts:
    """Return where the content lies; the configuration is PHP, which isn't read."""
    content = "content" if (root / "content").is_dir() else ""
    return Facts("kirby", why, folders=(Folder(content, plain=not content),), settings={"markdown": ("attributes",)})


class Rules(Reading):
    """Read a file as Kirby does."""

    keys = KEYS | {
        "date": ("date", "published"),
        "url": (),
        "slug": ("slug", "url-title"),
        "summary": ("summary", "intro"),
    }
    ladder = page_ladder = ("header",)
    slash = False
    index_names = ()

    @property
    def folders(self) -> list[str]:
        """Return the folders of the page without the numbers that sort them."""
        return [NUMBER.sub("", part) for part in self.path.parts[:-1] if part != "_drafts"]

    @property
    def number(self) -> str:
        """Return the number that the page's folder begins with; without one it isn't listed."""
        found = NUMBER.match(self.path.parent.name)
        return found[0][:-1] if found else ""

    def kind_of(self) -> str:
        """Tell a post, whose folder is numbered by its date, from a page."""
        return POST if len(self.number) >= 8 or self.meta.get("date") else PAGE

    def left_out(self) -> str:
        """Return why a file is no page."""
        if OF_A_FILE.search(self.path.name):
            return "it describes the file beside it"
        if len(self.path.parts) == 1:
            return "it holds what all pages share"
        return ""

    def draft(self) -> bool:
        """Tell whether the page lies among the drafts."""
        held = "_drafts" in self.path.parts
        if held:
            self.origins["draft"] = "the folder _drafts"
        return held

    def unlisted(self) -> bool:
        """Tell whether no list shows the page: its folder has no number."""
        return not self.number and self.kind == POST

    def tags(self) -> tuple[str, ...]:
        """Return the tags, split at commas."""
        return values.listed(self.first("tags"))

    def name_as_title(self) -> str:
        """Return the page's slug, as Kirby does for a page without a title."""
        return self.folders[-1] if self.folders else self.stem

    def usual_url(self) -> str:
        """Return the address: the folders without their numbers."""
        self.origins["url"] = "its folders"
        folders = self.folders
        if own := slugs.kirby(values.text(self.first("slug"))):
            folders[-1:] = [own]
        return "/" if folders == ["home"] else urls.closed(urls.safe("/".join(folders)), slash=False)
