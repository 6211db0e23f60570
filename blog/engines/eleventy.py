"""Eleventy: every text becomes a page, where its ``permalink`` or its path says.

https://www.11ty.dev/docs/
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from .. import dates, slugs, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder, Understood
from ..reader import KEYS, LeftOut, Reading
from .config import text_of

FILES = (".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts")
INPUT = re.compile(r"\binput\s*:\s*[\"']([^\"'\n]+)[\"']")
COPIED = re.compile(r"addPassthroughCopy\(\s*[\"']([^\"'\n]+)[\"']\s*\)")
FILTERS = {"slug": slugs.eleventy_slug, "slugify": slugs.eleventy}
PLAIN = re.compile(
    r"^[ \t]*+[\"']?(tags|permalink|date)[\"']?[ \t]*+:[ \t]*+(\[[^\]\[]*\]|\"[^\"\n]*\"|'[^'\n]*')", re.MULTILINE
)
TEXTS = re.compile(r"[\"']([^\"'\n]*)[\"']")
ENDINGS = (".json", ".11tydata.json", ".11tydata.js", ".11tydata.cjs", ".11tydata.mjs")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
POST_FOLDERS = {"posts", "post", "blog", "articles", "notes"}


def configure(root: Path, why: str) -> Facts:
    """Return what can be seen in the configuration without running it: where texts lie, what is copied."""
    file = next((name for name in FILES if (root / name).is_file()), "")
    said = text_of(root / file) if file else ""
    found = INPUT.search(said)
    folder = found[1].strip("./") if found else ""
    ignored = [line.strip().strip("/") for line in text_of(root / ".eleventyignore").splitlines()]
    before = f"{folder}/" if folder else ""
    skipped = [f"{before}_includes", f"{before}_data", f"{before}_layouts", f"{before}_site"]
    copied = COPIED.findall(said)
    return Facts(
        "eleventy",
        why,
        folders=(Folder(folder, plain=not folder),),
        left_out=(*skipped, *(one for one in ignored if one and one[0] not in "#!")),
        settings={"feed_addresses": ["eleventy"], "markdown": ("liquid",)},
        new_post=f"{before}posts/:slug.md",
        understood=(
            *([Understood(file, "input", found[1], "the folder of content")] if found else []),
            *(Understood(file, "addPassthroughCopy", one) for one in copied),
        ),
    )


@lru_cache(maxsize=2000)
def data_of(file: Path, _stamp: int) -> dict[str, Any]:
    """Return what a data file of a folder gives to the texts in it; of one in JavaScript what stands there plainly."""
    if file.suffix != ".json":
        return {
            key: TEXTS.findall(said) if said[0] == "[" else said[1:-1] for key, said in PLAIN.findall(text_of(file))
        }
    try:
        said = json.loads(text_of(file))
    except (ValueError, RecursionError):
        return {}
    return {str(key).lower(): value for key, value in said.items()} if isinstance(said, dict) else {}


class Rules(Reading):
    """Read a file as Eleventy does."""

    keys = KEYS | {
        "date": ("date",),
        "updated": ("updated", "lastmod", "modified"),
        "publishes": (),
        "url": ("permalink",),
        "categories": ("categories", "category"),
    }
    ladder = page_ladder = ("header", "name", "file")
    slash = False
    index_names = ("index",)

    def kind_of(self) -> str:
        """Tell a post by its folder, or by the collection that it is in."""
        if self.is_index:
            return PAGE
        tags = {tag.lower() for tag in values.listed(self.meta.get("tags"), "")}
        near = {part.lower() for part in self.path.parts[:-1]}
        return POST if POST_FOLDERS & (near | tags) else PAGE

    def defaults(self) -> dict[str, Any]:
        """Return what the data files of the folders on the way say, the nearest last."""
        found: dict[str, Any] = {}
        top = self.settings.root
        folders = self.source.path.split("/")[:-1]
        for count in range(len(folders) + 1):
            folder = top.joinpath(*folders[:count])
            for ending in ENDINGS:
                if (file := folder / f"{folder.name}{ending}").is_file():
                    data = data_of(file, file.stat().st_mtime_ns)
                    tags = (*values.listed(found.get("tags"), ""), *values.listed(data.get("tags"), ""))
                    found = {**found, **data, **({"tags": list(tags)} if tags else {})}
        return found

    def left_out(self) -> str:
        """Return why a file is no page."""
        if values.text(self.meta.get("permalink")).lower() == "false":
            return "permalink: false"
        if self.path.suffix.lower() == ".txt":
            raise LeftOut("it is no template", asset=True)
        return ""

    def tags(self) -> tuple[str, ...]:
        """Return the tags, those of the data files with those of the header; a text is one."""
        given = values.listed(self.defaults().get("tags"), "")
        return values.listed([*given, *values.listed(self.first("tags"), "")], "")

    def unlisted(self) -> bool:
        """Tell whether no list shows it."""
        hidden = self.meta.get("eleventyexcludefromcollections")
        return (hidden is not None and values.flag(hidden) is True) or super().unlisted()

    def read_date(self, given: Any) -> dates.When | None:
        """Read a date; ``Created`` and the like name the file, or git."""
        if values.text(given).lower() in ("created", "last modified", "git created", "git last modified"):
            return None
        return dates.read(given, self.zone)

    def title_and_date(self) -> tuple[str, dates.When | None]:
        """Take the title from the header; where it has none, what is shown is ours."""
        found = super().title_and_date()
        if not self.header_title():
            self.origins["title"] = f"nothing; {self.origins['title']} stands in"
        return found[0], None

    def written_url(self) -> str:
        """Return the address that the header gives; it may be a pattern."""
        given = values.text(self.first("url"))
        if "{{" not in given:
            return super().written_url()
        self.origins["url"] = "permalink"
        return self.filled(given)

    def address(self, given: str) -> str:
        """Return an address of a header; that of an ``index.html`` is its folder's."""
        return re.sub(r"(?<=/)index\.html\Z", "", urls.written(f"/{given.lstrip('/')}", slash=False))

    def name_date(self) -> dates.When | None:
        """Return the first day that stands in the path, in the name of a folder too."""
        found = DAY.search(self.source.address)
        return self.day_as_when(dates.named(found[0])[0]) if found else None

    def usual_url(self) -> str:
        """Return the address: the path, a date in front of the name included."""
        self.origins["url"] = "its path"
        return urls.closed(urls.safe("/".join((*self.path.parts[:-1], *self.last))))

    @property
    def last(self) -> tuple[str, ...]:
        """Return the last part of the address; an index has none, nor has a file named as its folder."""
        name = self.path.stem
        return () if self.is_index or name == self.path.parent.name else (name,)

    def filled(self, pattern: str) -> str:
        """Fill a pattern of addresses."""
        moment = self.when.moment if self.when else None
        slug = self.rest or self.stem
        path = "/".join((*self.path.parts[:-1], "index" if self.is_index else slug))
        said = {key: values.text(value) for key, value in self.meta.items()}
        tokens = {
            **said,
            **{
                "slug": values.text(self.first("slug")) or slug,
                "filename": slug,
                "name": slug,
                "path": path,
                "section": "/".join(self.path.parts[:-1]),
            },
            **{"title": self.title, "fileslug": slug},
        }
        url = urls.filled(f"/{pattern.lstrip('/')}", tokens, moment, FILTERS, slash=False)
        return re.sub(r"(?<=/)index(?:\.html|/)?\Z", "", url)
