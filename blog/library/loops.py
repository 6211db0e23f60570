"""Questions that texts in other engines' syntax ask of the site: lists to loop over, files to include."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from .. import urls
from ..documents import POST, Summary
from .notes import question
from .texts import Texts

MOST_LISTED = 1000  # posts or pages that a text may loop over
INCLUDED = ("_includes", "source/_includes", "downloads", "source/downloads")  # folders whose files texts may show
LONGEST_INCLUDED = 200_000  # bytes


def in_list(summary: Summary, excerpt: str = "") -> dict[str, Any]:
    """Return what a list says of a document, by the names that Liquid knows it by."""
    return {
        "title": summary.title,
        "url": urls.href("", summary.url),
        "id": urls.href("", summary.url).rstrip("/"),
        "date": summary.date.isoformat() if summary.date else "",
        "tags": summary.tags,
        "categories": summary.categories,
        "category": summary.categories[0] if summary.categories else "",
        "author": summary.author,
        "description": summary.summary,
        "excerpt": excerpt or summary.summary,
        "content": excerpt or summary.summary,
        "path": summary.path,
    }


class Loops(Texts):
    """Answer what a text asks of the whole site."""

    def included(self, _path: str, name: str) -> str:
        """Return a file of the site's that a text includes: from a folder such as ``_includes``, else nothing."""
        folder, _, below = name.partition("/")
        files = [self.settings.root / top / below for top in INCLUDED if top.endswith(folder)]
        for file in files if below and ".." not in below.split("/") else ():
            self.stamp(str(file))
            if self.bounds.hold(str(file)):
                with suppress(OSError, ValueError):
                    return file.read_bytes()[:LONGEST_INCLUDED].decode("utf-8-sig", "replace")
        return ""

    @question
    def site_posts(self, path: str, _name: str) -> str:
        """Return the newest posts as JSON, for a text that loops over them; a page sees how the first ones begin."""
        posts, asker = self.summaries_of(self.catalogue.posts[:MOST_LISTED]), self.catalogue.entry(path)
        size = self.settings.posts_per_page
        few = size if asker and asker.kind != POST else 0  # a post would see its own beginning while it is made
        begun = [self.excerpt(post.path).html for post in posts[:few]]
        listed = [in_list(post, begun[place] if place < few else "") for place, post in enumerate(posts)]
        said = {"posts": listed, "count": len(self.catalogue.posts), "per_page": size}
        return json.dumps(said, ensure_ascii=False)

    @question
    def site_pages(self, _path: str, _name: str) -> str:
        """Return the pages by address as JSON, for a text that loops over them."""
        shown = [entry for entry in self.catalogue.pages if not entry.unlisted][:MOST_LISTED]
        return json.dumps({"pages": [in_list(page) for page in self.summaries_of(shown)]}, ensure_ascii=False)
