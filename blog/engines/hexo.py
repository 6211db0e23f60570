"""Hexo: posts in ``source/_posts``, pages beside them.

https://hexo.io/docs/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from hashlib import sha1
from pathlib import Path, PurePosixPath
from typing import Any

from .. import dates, permalinks, slugs, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder
from ..reader import KEYS, LeftOut, Reading
from .config import globbed, table_of, understood

FILES = ("_config.yml", "_config.yaml")
TAKEN = {
    "title": "title",
    "description": "description",
    "author": "author",
    "timezone": "timezone",
    "per_page": "posts_per_page",
    "future": "future",
    "render_drafts": "drafts",
}
RULED = {
    "permalink": "the addresses of posts",
    "permalink_defaults": "addresses of posts that don't say a part of them",
    "new_post_name": "what the names of posts' files say",
    "filename_case": "letter case in addresses",
    "source_dir": "where content lies",
    "default_category": "the category in addresses of posts without one",
    "category_map": "the names of categories in addresses",
    "skip_render": "what is served as it is",
    "exclude": "what is left out",
    "ignore": "what is left out",
    "include": "what is published though its name begins with a dot or _",
    "post_asset_folder": "whether posts have folders of their own",
    "url": "the setting url",
    "language": "the setting language",
}
UNMET = ("root", "tag_map", "pagination_dir", "archive_dir", "tag_dir", "category_dir", "i18n_dir", "theme", "feed")
SEGMENTS = {"year": r"\d{4}", "month": r"\d{2}", "day": r"\d{2}", "i_month": r"\d{1,2}", "i_day": r"\d{1,2}"}
RENDERED = (".md", ".markdown", ".mkd", ".mkdn", ".mdwn", ".mdtxt", ".mdtext", ".html", ".htm")
TOKEN = re.compile(r":(\w*[^_\W])", re.ASCII)
DATED = {"year", "month", "day", "hour", "minute", "second", "i_month", "i_day"}
DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
STAMP = re.compile(  # what YAML takes for a moment
    r"\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?P<zone>Z|[-+]\d\d?(?::\d\d)?))?\Z"
)
LISTS = {"tags": "tags", "categories": "categories", "category": "categories", "archives": "archives"}
LISTS |= {"tag": "tags", "archive": "archives"}
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
SEGMENTS |= {"hash": "[0-9a-f]{12}"}
DEFAULT = ":year/:month/:day/:title/"


def configure(root: Path, why: str) -> Facts:
    """Return what ``_config.yml`` tells."""
    file, config, broken = table_of(root, *FILES)
    source = values.text(config.get("source_dir")).strip("/") or "source"
    globs = {key: values.listed(config.get(key), "") for key in ("skip_render", "exclude", "include", "ignore")}
    return Facts(
        "hexo",
        why,
        folders=(Folder(source, also=RENDERED),),
        values={
            "permalink": values.text(config.get("permalink")) or DEFAULT,
            "new_post_name": values.text(config.get("new_post_name")) or ":title.md",
            **globs,
            "asset_folder": values.flag(config.get("post_asset_folder")) is True,
            "slug_as_title": values.flag(config.get("use_slug_as_post_title")) is True,
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
        bundles=values.flag(config.get("post_asset_folder")) is True,
        understood=(*broken, *understood(file, config, TAKEN, RULED, tuple(unmet(config)))),
    )


def table(value: Any) -> dict[str, str]:
    """Return a table of texts."""
    return {str(key): values.text(inner) for key, inner in value.items()} if isinstance(value, dict) else {}


def settings_of(config: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield settings of ours that follow from the configuration."""
    for key, name in TAKEN.items():
        if said := values.text(config.get(key)):
            yield name, said
    if home := values.text(config.get("url")):
        yield "url", home
    languages = [one.replace("_", "-") for one in values.listed(config.get("language"), "") if one != "default"]
    if languages:
        yield "language", languages[0]


def unmet(config: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys that matter but can't be honoured, where they say something."""
    for key in UNMET:
        if values.text(config.get(key)).strip("/") and values.flag(config[key]) is not False:
            yield key


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
    any_case = False
    ladder = ("header", "file")
    page_ladder = ("header",)
    slash = False
    index_names = ("index",)

    def kind_of(self) -> str:
        """Tell a post from a page."""
        return POST if self.path.parts[0] in ("_posts", "_drafts") and len(self.path.parts) > 1 else PAGE

    def left_out(self) -> str:
        """Return why Hexo makes no page of this file; what it doesn't render it copies, but not below ``_posts``."""
        path, post = str(self.path), self.kind == POST
        if self.matches("ignore", f"source/{path}"):
            return "the configuration ignores it"
        hidden = next((part for part in self.path.parts[post:] if part[0] in "_."), "")
        if hidden and (post or not self.matches("include", path)):
            return f"{hidden} begins with {hidden[0]}"
        if not post and self.matches("exclude", path):
            return "the configuration excludes it"
        if not self.is_rendered():
            raise LeftOut("Hexo doesn't render it", asset=not post or bool(self.facts.values.get("asset_folder")))
        return ""

    def matches(self, key: str, path: str) -> bool:
        """Tell whether a path is one of those that a key of the configuration names."""
        return any(globbed(one, path) for one in self.facts.values.get(key, ()))

    def is_rendered(self) -> bool:
        """Tell whether Hexo renders a file of this ending, in this place."""
        known = self.facts.values
        if self.kind == POST and known.get("asset_folder") and self.path.suffix != suffix(str(known["new_post_name"])):
            return False
        return self.path.suffix in RENDERED and not self.matches("skip_render", str(self.path))

    def markup(self) -> str:
        """Return what the text is written in."""
        return "html" if self.path.suffix in (".html", ".htm") else "markdown"

    def layout(self) -> str:
        """Return the template that the header asks for, which for lists of all there is themes call ``type``."""
        kind = LISTS.get(values.text(self.meta.get("type")).lower(), "")
        return kind if kind and self.kind == PAGE else super().layout()

    def moment(self, field: str) -> datetime | None:
        """Return a moment of the header; a page isn't held back by a date to come."""
        return LONG_AGO if field == "publishes" and self.kind == PAGE and self.when else super().moment(field)

    @property
    def named(self) -> dict[str, str]:
        """Return what the file's name says by the pattern of new posts, the slug under ``title``."""
        path = "/".join(self.path.parts[1:])
        stem, pattern = strip(path), strip(str(self.facts.values.get("new_post_name", ":title.md")))
        said = parsed(pattern, stem)
        return {**said, "title": said.get("title") or slugs.hexo(stem)}

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
        """Read a date as js-yaml and Hexo do: of a moment the hour in UTC counts, as one in the site's zone.

        Of a text (in quotes, or in another form) JavaScript makes a moment, of a mere day its beginning in UTC.
        """
        written = values.text(given).strip()
        stamp, quoted = STAMP.match(written), self.is_quoted(written)
        found = dates.read(given, UTC if stamp or (quoted and DAY.match(written)) else self.zone)
        if found is None or (found.date_only and not (quoted and DAY.match(written))):
            return found and dates.When(found.moment.replace(tzinfo=self.zone), True)
        if stamp and not (quoted and stamp["zone"]):
            return dates.When(found.moment.astimezone(UTC).replace(tzinfo=self.zone), False)
        return dates.When(found.moment.astimezone(self.zone), False)

    def is_quoted(self, written: str) -> bool:
        """Tell whether a value stands in the header between quotes: then it is a text to YAML."""
        head = self.text[: len(self.text) - len(self.header.body)]
        return any(f"{mark}{written}{mark}" in head for mark in "\"'")

    def title_and_date(self) -> tuple[str, dates.When | None]:
        """Take the title from the header; where it has none, what is shown is ours."""
        if not self.header_title() and self.kind == POST and self.facts.values.get("slug_as_title"):
            self.origins["title"] = "the file's name"
            return self.named["title"], None
        found = super().title_and_date()
        if not self.header_title():
            self.origins["title"] = f"nothing; {self.origins['title']} stands in"
        return found[0], None

    def draft(self) -> bool:
        """Tell whether the file is held back."""
        if self.path.parts[0] == "_drafts":
            self.origins["draft"] = "the folder _drafts"
            return True
        if self.kind == POST and values.text(self.meta.get("published")).lower() in ("false", "0"):
            self.origins["draft"] = f"published: {values.text(self.meta['published'])}"
            return True
        return False

    def tags(self) -> tuple[str, ...]:
        """Return the tags; a text is one tag."""
        return values.listed(self.first("tags"), "")

    def categories(self) -> tuple[str, ...]:
        """Return the names of all categories on all paths."""
        return tuple(dict.fromkeys(name for path in values.paths(self.first("categories")) for name in path))

    def written_url(self) -> str:
        """Return the address that the header gives: that of a page is a file."""
        found = super().written_url()
        if not found or found.endswith("/"):
            return found
        if self.kind == PAGE:
            return urls.closed(f"{found}.html" if not suffix(found) else found.removesuffix("index.html"), slash=False)
        return self.with_slash(found)

    def address(self, given: str) -> str:
        """Return an address of a header: with or without a slash at its end."""
        return urls.written(given if given.startswith(("/", "http")) else f"/{given}", slash=False)

    def with_slash(self, url: str) -> str:
        """Return the address of a post: it is a folder where the post has one for its pictures."""
        return f"{url}/" if self.facts.values.get("asset_folder") and not url.endswith(("/", ".html")) else url

    def usual_url(self) -> str:
        """Return the address of a post by the permalink, of a page by its path."""
        if self.kind == POST:
            pattern = str(self.facts.values.get("permalink", DEFAULT))
            self.origins["url"] = f"the permalink {pattern}"
            return self.filled(pattern)
        self.origins["url"] = "its path"
        stem = urls.safe("/".join((*self.path.parts[:-1], self.path.stem)))
        return urls.closed(stem.removesuffix("index") if self.is_index else f"{stem}.html", slash=False)

    def filled(self, pattern: str) -> str:
        """Fill a pattern of addresses; what a post doesn't say is its slug, so that it has an address of its own."""
        day = permalinks.of_date(self.when.moment if self.when else None)
        known = self.tokens() | {name: value for name, value in day.items() if name in DATED}

        def filling(found: re.Match[str]) -> str:
            value = known.get(found[1])
            return str(value) if value is not None else known["title"] if self.when or found[1] not in DATED else ""

        path = urls.safe(TOKEN.sub(filling, pattern)).removesuffix("index.html")
        return self.with_slash(urls.closed(path, slash=False))

    def tokens(self) -> dict[str, Any]:
        """Return what the tokens of a pattern stand for."""
        named = self.named
        slug = named["title"]
        said = {key: values.text(value) for key, value in self.meta.items() if values.text(value)}
        seconds = f"{self.when.moment.timestamp():.0f}" if self.when else ""
        return {
            **self.facts.values.get("defaults", {}),
            **said,
            **{key: value for key, value in named.items() if key not in (*SEGMENTS, "title")},
            "title": slug,
            "name": slug.rpartition("/")[2],
            "post_title": slugs.hexo(self.header_title(), 1),
            "category": self.category() or str(self.facts.values.get("category", "uncategorized")),
            "timestamp": seconds,
            "hash": sha1(f"{slug}{seconds}".encode(), usedforsecurity=False).hexdigest()[:12],
        }

    def category(self) -> str:
        """Return the path of the last category."""
        mapped: Mapping[str, str] = self.facts.values.get("category_map", {})
        paths = values.paths(self.first("categories"))
        case = int(self.facts.values.get("case", 0))
        return "/".join(slugs.hexo(mapped.get(name) or name, case) for name in (paths[-1] if paths else ()))


def suffix(name: str) -> str:
    """Return the ending of a file's name."""
    return PurePosixPath(name).suffix


def strip(name: str) -> str:
    """Return a name without its ending."""
    stem, dot, ending = name.rpartition(".")
    return stem if dot and "/" not in ending else name


def parsed(pattern: str, name: str) -> dict[str, str]:
    """Return what a file's name says by a pattern, by token; nothing if it doesn't fit."""
    parts = TOKEN.split(pattern)
    groups = (f"({SEGMENTS.get(token, '.+?')})" for token in parts[1::2])
    made = "".join(text for pair in zip(map(re.escape, parts[::2]), (*groups, ""), strict=True) for text in pair)
    found = re.fullmatch(made, name)
    return dict(zip(parts[1::2], found.groups(), strict=True)) if found else {}
