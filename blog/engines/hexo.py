"""Hexo: posts in ``source/_posts``, pages beside them.

https://hexo.io/docs/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date
from hashlib import sha1
from pathlib import Path
from typing import Any

from .. import dates, slugs, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder, Understood
from ..permalinks import Value
from ..reader import KEYS, Reading
from .config import table_of

FILES = ("_config.yml", "_config.yaml")
TAKEN = {
    "title": "title",
    "subtitle": "",
    "description": "description",
    "author": "author",
    "timezone": "timezone",
    "per_page": "posts_per_page",
    "future": "future",
    "render_drafts": "drafts",
}
RULED = set(
    "permalink permalink_defaults new_post_name filename_case source_dir default_category category_map tag_map"
    " skip_render exclude ignore include root url language".split()
)
UNMET = ("pagination_dir", "archive_dir", "tag_dir", "category_dir", "i18n_dir", "theme", "feed", "post_asset_folder")
SEGMENTS = {"year": r"\d{4}", "month": r"\d{2}", "day": r"\d{2}", "i_month": r"\d{1,2}", "i_day": r"\d{1,2}"}
SEGMENTS |= {"hash": "[0-9a-f]{12}"}
DEFAULT = ":year/:month/:day/:title/"


def configure(root: Path, why: str) -> Facts:
    """Return what ``_config.yml`` tells."""
    file, config, broken = table_of(root, *FILES)
    source = values.text(config.get("source_dir")) or "source"
    skipped = [
        f"{source}/{one}" for key in ("skip_render", "exclude", "ignore") for one in values.listed(config.get(key))
    ]
    return Facts(
        "hexo",
        why,
        folders=(Folder(source),),
        left_out=tuple(one.replace("**", "*") for one in skipped),
        values={
            "permalink": values.text(config.get("permalink")) or DEFAULT,
            "new_post_name": values.text(config.get("new_post_name")) or ":title.md",
            "case": values.number(config.get("filename_case")),
            "category": values.text(config.get("default_category")) or "uncategorized",
            "category_map": table(config.get("category_map")),
            "defaults": table(config.get("permalink_defaults")),
        },
        settings={
            "markdown": ("hexo", "typography"),
            "heading_ids": "github",
            "feed_addresses": ["hexo"],
            "future": True,
            **dict(settings_of(config)),
        },
        new_post=f"{source}/_posts/{values.text(config.get('new_post_name')) or ':title.md'}",
        held=("published", False),
        understood=(*broken, *understood(file, config)),
    )


def table(value: Any) -> dict[str, str]:
    """Return a table of texts."""
    return {str(key): values.text(inner) for key, inner in value.items()} if isinstance(value, dict) else {}


def settings_of(config: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield settings of ours that follow from the configuration."""
    for key, name in TAKEN.items():
        if name and (said := values.text(config.get(key))):
            yield name, said
    if home := values.text(config.get("url")):
        yield "url", home
    languages = [one.replace("_", "-") for one in values.listed(config.get("language"), "") if one != "default"]
    if languages:
        yield "language", languages[0]


def understood(file: str, config: Mapping[str, Any]) -> Iterator[Understood]:
    """Yield what was taken of the configuration, and what matters but can't be honoured."""
    for key, value in config.items():
        shown = values.text(value) or ("..." if value else "")
        if TAKEN.get(key):
            yield Understood(file, key, shown, f"the setting {TAKEN[key]}")
        elif key in RULED:
            yield Understood(file, key, shown, "what it is to Hexo")
        elif key in UNMET and shown and values.flag(value) is not False:
            yield Understood(file, key, shown)


class Rules(Reading):
    """Read a file as Hexo does."""

    keys = KEYS | {
        "date": ("date",),
        "updated": ("updated",),
        "publishes": (),
        "expires": (),
        "summary": ("excerpt", "description", "summary"),
        "url": ("permalink",),
        "aliases": ("alias", "aliases", "redirect_from"),
        "tags": ("tags", "tag"),
        "categories": ("categories", "category"),
    }
    ladder = ("header", "name", "file")
    page_ladder = ("header",)
    slash = False
    index_names = ("index",)

    def kind_of(self) -> str:
        """Tell a post from a page."""
        return POST if self.path.parts[0] in ("_posts", "_drafts") and len(self.path.parts) > 1 else PAGE

    def left_out(self) -> str:
        """Return why Hexo makes no page of this file."""
        hidden = next((part for part in self.path.parts if part.startswith("_")), "")
        if hidden and self.kind == PAGE and not self.is_index:
            return f"{hidden} begins with _"
        return ""

    @property
    def named(self) -> dict[str, str]:
        """Return what the file's name says by the pattern of new posts, the slug under ``title``."""
        path = "/".join(self.path.parts[1:])
        stem, pattern = strip(path), strip(str(self.facts.values.get("new_post_name", ":title.md")))
        found = re.fullmatch(expression(pattern), stem)
        said = found.groupdict() if found else {}
        return {**said, "title": said.get("title") or slugs.hexo(stem, self.case)}

    @property
    def case(self) -> int:
        """Return what the configuration does to the case of slugs."""
        return int(self.facts.values.get("case", 0))

    def header_date(self) -> dates.When | None:
        """Return the date of the header, else that of the file's name."""
        if found := super().header_date():
            return found
        name = self.named if self.kind == POST else {}
        parts = [name.get("year"), name.get("month") or name.get("i_month"), name.get("day") or name.get("i_day")]
        if not all(parts):
            return None
        try:
            year, month, day = (int(part) for part in parts if part)
            return dates.day(date(year, month, day), self.zone)
        except ValueError:
            return None

    def read_date(self, given: Any) -> dates.When | None:
        """Read a date; a moment with an offset is shown in the site's zone."""
        found = dates.read(given, self.zone)
        if found is None or found.date_only:
            return found
        return dates.When(found.moment.astimezone(self.zone), False)

    def title_and_date(self) -> tuple[str, dates.When | None]:
        """Take the title from the header; where it has none, what is shown is ours."""
        found = super().title_and_date()
        if not self.header_title():
            self.origins["title"] = f"nothing; {self.origins['title']} stands in"
        return found[0], None

    def draft(self) -> bool:
        """Tell whether the file is held back."""
        if self.path.parts[0] == "_drafts":
            self.origins["draft"] = "the folder _drafts"
            return True
        shown = self.meta.get("published")
        if shown is not None and values.flag(shown) is False:
            self.origins["draft"] = "published: false"
            return True
        return False

    def tags(self) -> tuple[str, ...]:
        """Return the tags; a text is one tag."""
        return values.listed(self.first("tags"), "")

    def categories(self) -> tuple[str, ...]:
        """Return the names of all categories on all paths."""
        return tuple(dict.fromkeys(name for path in values.paths(self.first("categories")) for name in path))

    def address(self, given: str) -> str:
        """Return an address of a header: with or without a slash at its end."""
        return urls.written(given if given.startswith(("/", "http")) else f"/{given}", slash=False)

    def usual_url(self) -> str:
        """Return the address of a post by the permalink, of a page by its path."""
        if self.kind == POST:
            pattern = str(self.facts.values.get("permalink", DEFAULT))
            self.origins["url"] = f"the permalink {pattern}"
            return self.filled(pattern)
        self.origins["url"] = "its path"
        stem = "/".join((*self.path.parts[:-1], self.path.stem))
        return urls.closed(stem.removesuffix("index") if self.is_index else f"{stem}.html", slash=False)

    def filled(self, pattern: str) -> str:
        """Fill a pattern of addresses."""
        return urls.filled(f"/{pattern}", self.tokens(), self.when.moment if self.when else None, slash=False)

    def tokens(self) -> dict[str, Value]:
        """Return what the tokens of a pattern stand for."""
        slug = self.named["title"]
        said = {key: values.text(value) for key, value in self.meta.items() if values.text(value)}
        category = values.paths(self.first("categories"))
        mapped: Mapping[str, str] = self.facts.values.get("category_map", {})
        named = [mapped.get(name) or slugs.hexo(name, self.case) for name in (category[-1] if category else ())]
        moment = self.when.moment.astimezone(UTC).isoformat() if self.when else ""
        return {
            **self.facts.values.get("defaults", {}),
            **said,
            **{key: value for key, value in self.named.items() if key not in (*SEGMENTS, "title")},
            "title": slug,
            "name": slug.rsplit("/", 1)[-1],
            "post_title": slugs.hexo(self.title, 1),
            "slug": slug,
            "category": "/".join(named) or str(self.facts.values.get("category", "uncategorized")),
            "timestamp": f"{self.when.moment.timestamp():.0f}" if self.when else "",
            "hash": sha1(f"{slug}{moment}".encode(), usedforsecurity=False).hexdigest()[:12],
        }


def strip(name: str) -> str:
    """Return a name without its ending."""
    stem, dot, ending = name.rpartition(".")
    return stem if dot and "/" not in ending else name


def expression(pattern: str) -> str:
    """Return a pattern of file names as a regular expression; what a name holds besides has groups of its own."""
    parts = re.split(r":(\w+)", pattern)
    made, seen = re.escape(parts[0]), set()
    for name, between in zip(parts[1::2], parts[2::2], strict=True):
        made += f"(?P={name})" if name in seen else f"(?P<{name}>{SEGMENTS.get(name, '.+?')})"
        seen.add(name)
        made += re.escape(between)
    return made
