"""Gatsby, Astro, Next and their kin: texts whose addresses the site's own code makes, mostly of path or slug.

https://www.gatsbyjs.com/docs/
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from .. import dates, slugs, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder
from ..reader import KEYS
from . import plain
from .config import seen, served, understood

CONFIGS = tuple(
    "gatsby-config.js gatsby-config.ts gatsby-config.mjs astro.config.mjs astro.config.ts next.config.js".split()
)
SAID = re.compile(r"\b(title|siteUrl|description|author|site)\s*:\s*[\"'`]([^\"'`\n]*)[\"'`]")
TAKEN = {"title": "title", "siteUrl": "url", "site": "url", "description": "description", "author": "author"}
PLACES = ("content", "src/content", "src/pages", "src/posts", "posts", "_posts", "data/blog", "blog")
NEAR = {"posts", "post", "blog", "articles", "writing", "notes"}


def configure(root: Path, why: str) -> Facts:
    """Return what can be seen in the configuration without running it, and where texts usually lie."""
    file, _, said = seen(root, CONFIGS, SAID)
    place = next((one for one in PLACES if (root / one).is_dir()), "")
    static = served(root, "static")
    return Facts(
        "gatsby",
        why,
        folders=(Folder(place, plain=not place), *static),
        values={"slugs": "github" if file.startswith("astro") and place == "src/content" else ""},
        settings={"markdown": ("mdx",), "feed_addresses": ["gatsby"], **{TAKEN[k]: v for k, v in said.items() if v}},
        understood=tuple(understood(file, said, TAKEN, {})),
    )


class Rules(plain.Rules):
    """Read a file as such sites mostly do."""

    keys = KEYS | {
        "date": tuple(
            "date pubdate pubdatetime publishdate publish_date published publishedat published_at publisheddate"
            " publishedon date_published postdate createdat created_at created".split()
        ),
        "updated": tuple("updated updatedat updateddate moddatetime modified lastmod lastupdated".split()),
        "publishes": (),
        "url": ("permalink", "path", "url"),
        "summary": ("description", "summary", "excerpt", "spoiler"),
        "tags": ("tags", "tag", "keywords"),
        "categories": ("categories", "category"),
    }
    ladder = page_ladder = ("header", "name", "folder")

    def kind_of(self) -> str:
        """Tell a dated text, or one in a folder for such, from a page."""
        near = NEAR.intersection(part.lower() for part in self.path.parts[:-1])
        return POST if self.date_key() or near else PAGE

    def read_date(self, given: Any) -> dates.When | None:
        """Read a date; one without a zone is in the site's."""
        return dates.read(given, self.zone)

    def address(self, given: str) -> str:
        """Return an address of a header: with or without a slash at its end."""
        return urls.written(given if given.startswith(("/", "http")) else f"/{given}", slash=False)

    def page_url(self) -> str:
        """Return the address: the slug of the header, in the text's folder or from the front page, else the path."""
        slug = values.text(self.first("slug"))
        if slug.startswith("/"):
            return urls.closed(urls.safe(slug), slash=False)
        folders = [self.named(part) for part in self.path.parent.parts]
        last = [] if self.is_index else [self.named(self.name)]
        if slug:
            folders, last = (folders[:-1] if self.is_index else folders), [slug]
        return urls.closed(urls.safe("/".join([*folders, *last, ""])))

    def named(self, part: str) -> str:
        """Return a part of the path as it stands in addresses: Astro's collections make slugs of them.

        https://docs.astro.build/en/guides/content-collections/
        """
        return slugs.github(part) if self.facts.values.get("slugs") == "github" else part

    def tokens(self) -> dict[str, Any]:
        """Return what the tokens of a pattern stand for."""
        found = super().tokens()
        made = {
            key: "/".join(map(self.named, str(found[key]).split("/")))
            for key in ("path", "filename", "name", "section")
        }
        made |= {} if values.text(self.first("slug")) else {"slug": self.named(str(found["slug"]))}
        return found | made | {"sections": [self.named(part) for part in found["sections"]]}

    def usual_url(self) -> str:
        """Return the address by slug or path."""
        self.origins["url"] = "its slug or path"
        return self.page_url()
