"""VuePress and VitePress: a tree of pages, each at its path, ``README.md`` at its folder's.

https://vuepress.vuejs.org/guide/page.html https://vitepress.dev/guide/routing
"""

from __future__ import annotations

import re
from pathlib import Path

from .. import dates, titles, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder
from ..reader import KEYS
from . import plain
from .config import seen, understood

FOLDERS = (".vuepress", ".vitepress")
ENDINGS = ("js", "ts", "mts", "mjs", "cjs")
PLACES = ("", "docs", "src", "site", "blog", "doc", "website")
SAID = re.compile(r"\b(title|description|lang|srcDir)\s*:\s*[\"'`]([^\"'`\n]*)[\"'`]")
CLEAN = re.compile(r"\bcleanUrls\s*:\s*true")
TAKEN = {"title": "title", "description": "description", "lang": "language"}


def configure(root: Path, why: str) -> Facts:
    """Return what can be seen in the configuration without running it; it lies in the folder of the content."""
    place, home = next(
        ((place, home) for place in PLACES for home in FOLDERS if (root / place / home).is_dir()), ("", FOLDERS[0])
    )
    names = [f"{home}/config.{ending}" for ending in ENDINGS]
    file, text, said = seen(root / place, names, SAID)
    below = said.get("srcDir", "").strip("./")
    content = "/".join(part for part in (place, below) if part)
    public = (f"{content}/public".lstrip("/"), f"{place}/{home}/public".lstrip("/"))
    return Facts(
        "vuepress",
        why,
        folders=(
            Folder(content, plain=not content),
            *(Folder(one, texts=False) for one in public if (root / one).is_dir()),
        ),
        values={"ending": "" if CLEAN.search(text) else ".html"},
        settings={
            "markdown": ("containers", "attributes"),
            "feed_addresses": ["vuepress"],
            **{TAKEN[key]: value for key, value in said.items() if key in TAKEN and value},
        },
        understood=tuple(understood(file, said, TAKEN, {"srcDir": "the folder of content"})),
    )


class Rules(plain.Rules):
    """Read a page as VuePress does."""

    keys = KEYS | {"date": ("date",), "publishes": (), "url": ("permalink",), "aliases": ()}
    ladder = page_ladder = ("header", "name", "folder")
    index_names = ("index", "README", "readme")

    def kind_of(self) -> str:
        """Tell a post, which is dated or lies in the folder of the blog's plugin, from a page."""
        return POST if self.date_key() or "_posts" in self.path.parts[:-1] else PAGE

    def left_out(self) -> str:
        """Return why a file is no page: only Markdown is read."""
        if self.path.suffix.lower() not in (".md", ".markdown"):
            return "it is no Markdown"
        return ""

    def title_and_date(self) -> tuple[str, dates.When | None]:
        """Take the title from the header, else from the first great heading; else it has none of its own."""
        if self.header_title():
            return super().title_and_date()
        if found := titles.great_heading(self.body):
            self.origins["title"] = "its first heading"
            return found.title, None
        title = super().title_and_date()[0]
        self.origins["title"] = f"nothing; {self.origins['title']} stands in"
        return title, None

    def pattern_of_engine(self) -> str:
        """Return the pattern of addresses; of an index it is its folder's own."""
        return "" if self.is_index else super().pattern_of_engine()

    def page_url(self) -> str:
        """Return the address: the path with ``.html`` for its ending, or without any."""
        ending = self.facts.values.get("ending", ".html")
        last = "" if self.is_index else f"{self.name}{ending}"
        return urls.closed(urls.safe("/".join([*self.path.parent.parts, last])), slash=False)

    def usual_url(self) -> str:
        """Return the address by path; that of a post of the blog's plugin has its day."""
        self.origins["url"] = "its path"
        if "_posts" in self.path.parts[:-1] and self.when:
            slug = values.text(self.first("slug")) or self.rest or self.stem
            return urls.closed(urls.safe(f"{self.when.moment:%Y/%m/%d}/{slug}/"))
        return self.page_url()
