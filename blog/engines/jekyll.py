"""Jekyll: posts in ``_posts``, pages wherever they lie, collections; GitHub Pages and Octopress among them.

https://jekyllrb.com/docs/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from .. import dates, slugs, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder, Understood
from ..permalinks import Value
from ..reader import KEYS, LeftOut, Reading
from .config import table_of

FILES = ("_config.yml", "_config.yaml", "_config.toml")
STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
EXCLUDED = ("Gemfile", "Gemfile.lock", "node_modules", "vendor/bundle", "vendor/cache", "vendor/gems", "vendor/ruby")
MARKDOWN = {".markdown", ".mkdown", ".mkdn", ".mkd", ".md"}
DATED = re.compile(r"(\d{2,4}-\d{1,2}-\d{1,2})-([^/]*)\Z")
TIMESTAMP = re.compile(r"\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?\Z")  # to YAML this is UTC
TAKEN = {
    "title": "title",
    "description": "description",
    "lang": "language",
    "timezone": "timezone",
    "paginate": "posts_per_page",
    "future": "future",
    "show_drafts": "drafts",
}
KNOWN = {*TAKEN, "url", "baseurl", "author", "permalink", "collections", "collections_dir", "defaults", "exclude"}
KNOWN |= {"include", "source", "plugins", "gems", "locale", "unpublished"}
UNMET = {"paginate_path", "excerpt_separator", "limit_posts", "data_dir", "layouts_dir", "theme", "remote_theme"}


def configure(root: Path, why: str) -> Facts:
    """Return what ``_config.yml`` tells."""
    file, config, broken = table_of(root, *FILES)
    source = values.text(config.get("source")).strip("./")
    collections = dict(collections_of(config))
    octopress = (root / "Rakefile").is_file() and source == "source"
    style = values.text(config.get("permalink")) or "date"
    switches = ("liquid", "kramdown", "typography", *(["octopress"] if octopress else []))
    settings: dict[str, Any] = {
        "markdown": switches,
        "heading_ids": "kramdown",
        "feed_addresses": ["octopress" if octopress else "jekyll"],
    }
    return Facts(
        "jekyll",
        why,
        folders=(Folder(source, plain=True),),
        left_out=tuple(left_out(config, source)),
        values={
            "permalink": STYLES.get(style, style),
            "style": style,
            "collections": collections,
            "collections_dir": values.text(config.get("collections_dir")).strip("/"),
            "defaults": tuple(defaults_of(config)),
            "include": values.listed(config.get("include")),
            "unpublished": values.flag(config.get("unpublished")) is True,
            "plugins": tuple(plugins(config)),
        },
        settings=settings | dict(settings_of(config)),
        new_post=f"{source}/_posts/:year-:month-:day-:slug.md",
        held=("published", False),
        understood=(*broken, *understood(file, config)),
    )


def collections_of(config: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the collections with what is said of each."""
    said = config.get("collections")
    if isinstance(said, list):
        yield from ((values.text(name), {}) for name in said)
    elif isinstance(said, dict):
        yield from ((name, about if isinstance(about, dict) else {}) for name, about in said.items())


def defaults_of(config: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield path and type for which header values are given, the most general first."""
    given = config.get("defaults")
    found = []
    for one in given if isinstance(given, list) else ():
        scope, said = (one.get("scope"), one.get("values")) if isinstance(one, dict) else (None, None)
        if isinstance(scope, dict) and isinstance(said, dict):
            table = {key.lower(): value for key, value in said.items()}
            found.append((values.text(scope.get("path")).strip("/"), values.text(scope.get("type")), table))
    yield from sorted(found, key=lambda one: (len(one[0].split("/")) if one[0] else 0, bool(one[1])))


def left_out(config: Mapping[str, Any], source: str) -> Iterator[str]:
    """Yield the patterns of paths that are no content."""
    before = f"{source}/" if source else ""
    kept = set(values.listed(config.get("include")))
    for one in (*EXCLUDED, *values.listed(config.get("exclude"))):
        if one.strip("/") and one not in kept:
            yield before + one.strip("/")


def plugins(config: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of the plugins that are switched on."""
    for key in ("plugins", "gems"):
        yield from values.listed(config.get(key))


def settings_of(config: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield settings of ours that follow from the configuration."""
    for key, name in TAKEN.items():
        if values.text(config.get(key)):
            yield name, " ".join(values.text(config[key]).split())
    if home := values.text(config.get("url")):
        yield "url", home.rstrip("/") + "/" + values.text(config.get("baseurl")).strip("/")
    author = config.get("author")
    if name := values.text(author.get("name") if isinstance(author, dict) else author):
        yield "author", name
    if "lang" not in config and (locale := values.text(config.get("locale"))):
        yield "language", locale.replace("_", "-")


def understood(file: str, config: Mapping[str, Any]) -> Iterator[Understood]:
    """Yield what was taken of the configuration, and what matters but can't be honoured."""
    for key, value in config.items():
        shown = values.text(value) or ("..." if value else "")
        if key in KNOWN:
            yield Understood(file, key, shown, f"the setting {TAKEN[key]}" if key in TAKEN else "what it is to Jekyll")
        elif key in UNMET:
            yield Understood(file, key, shown)
    known = {
        "jekyll-redirect-from",
        "jekyll-feed",
        "jekyll-sitemap",
        "jekyll-seo-tag",
        "jekyll-gist",
        "jekyll-paginate",
    }
    for name in sorted(set(plugins(config)) - known):
        yield Understood(file, "plugins", name)


class Rules(Reading):
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
    ladder = ("header", "name")
    page_ladder = ("header", "name")
    slash = False
    index_names = ("index",)

    @property
    def folders(self) -> tuple[str, ...]:
        """Return the folders that the file lies in, below that of the collections where it is in one."""
        parts = self.path.parts[:-1]
        home = self.facts.values.get("collections_dir", "")
        return parts[1:] if home and parts and parts[0] == home else parts

    @property
    def collection(self) -> str:
        """Return the collection of a text, ``posts`` or ``drafts`` among them, ``""`` for a page."""
        for folder in self.folders:
            if folder in ("_posts", "_drafts"):
                return folder[1:]
        first = self.folders[0] if self.folders else ""
        name = first[1:] if first.startswith("_") else ""
        return name if name in self.facts.values.get("collections", {}) else ""

    def kind_of(self) -> str:
        """Tell a post from a page; what is in other collections has an address by its path."""
        return POST if self.collection in ("posts", "drafts") else PAGE

    def defaults(self) -> dict[str, Any]:
        """Return the header values that the configuration gives to texts of this place and type."""
        found: dict[str, Any] = {}
        for path, kind, table in self.facts.values.get("defaults", ()):
            if kind in ("", self.type_of()) and within(self.source.address, path):
                found |= table
        return found

    def type_of(self) -> str:
        """Return what the configuration calls a text of this kind."""
        parts = self.source.address.split("/")[:-1]
        folder = next((part for part in parts if part.startswith("_")), "")
        return folder[1:] if folder else "pages"

    def left_out(self) -> str:
        """Return why Jekyll makes no page of this file; what has no header it copies."""
        include = self.facts.values.get("include", ())
        own = self.collection
        skipped = {f"_{own}", self.facts.values.get("collections_dir", "")} if own else set()
        for part in self.path.parts:
            if part[:1] in "_#~" and part not in skipped and part not in include and part not in ("_posts", "_drafts"):
                return f"{part} begins with {part[0]}"
        if own == "posts" and not DATED.match(self.path.name):
            return "its name doesn't begin with a date"
        if own and own not in ("posts", "drafts"):
            about = self.facts.values["collections"].get(own, {})
            if values.flag(about.get("output")) is not True:
                return f"the collection {own} isn't output"
        if self.header.dialect == "none" and own not in ("posts", "drafts") and not self.needs_no_header():
            raise LeftOut("it has no header", asset=True)
        return ""

    def needs_no_header(self) -> bool:
        """Tell whether a plugin makes pages also of texts without a header."""
        wanted = {"jekyll-optional-front-matter", "github-pages"} & set(self.facts.values.get("plugins", ()))
        return bool(wanted) and self.path.suffix.lower() in MARKDOWN

    @property
    def given_slug(self) -> str:
        """Return the slug of the header, else the file's name, without its date in a post."""
        dated = DATED.match(self.path.stem)
        return values.text(self.first("slug")) or (dated[2] if dated else self.path.stem)

    def name_as_title(self) -> str:
        """Make a title of the file's name as Jekyll does; a page has none."""
        if not self.collection:
            return super().name_as_title()
        return " ".join(word.capitalize() for word in self.given_slug.split("-"))

    def title_and_date(self) -> tuple[str, dates.When | None]:
        """Take the title from the header, else from the file's name; that of a page may only be shown."""
        if self.header_title() or not self.collection:
            found = super().title_and_date()
            if not self.header_title():
                self.origins["title"] = f"nothing; {self.origins['title']} stands in"
            return found
        self.origins["title"] = "the file's name"
        return self.name_as_title(), None

    def read_date(self, given: Any) -> dates.When | None:
        """Read a date as Ruby does: with seconds and no zone it is UTC, shown in the site's zone."""
        written = values.text(given).strip()
        if TIMESTAMP.match(written):
            found = dates.read(given, UTC)
            return found and dates.When(found.moment.astimezone(self.zone), False)
        found = dates.read(given, self.zone, dayfirst=True)
        return found and found._replace(moment=found.moment if found.date_only else found.moment.astimezone(self.zone))

    def draft(self) -> bool:
        """Tell whether the file is held back: by ``published: false``, or since it lies in ``_drafts``."""
        if self.collection == "drafts":
            self.origins["draft"] = "the folder _drafts"
            return True
        shown = self.meta.get("published")
        if shown is not None and values.flag(shown) is False and not self.facts.values.get("unpublished"):
            self.origins["draft"] = "published: false"
            return True
        return False

    def tags(self) -> tuple[str, ...]:
        """Return the tags: a text under ``tags`` has one for each word, one under ``tag`` is one."""
        return self.plural("tag", "tags")

    def categories(self) -> tuple[str, ...]:
        """Return the categories of a post: the folders above ``_posts``, and what the header says."""
        return values.listed([*self.categories_by_path(), *self.plural("category", "categories")])

    def categories_by_path(self) -> tuple[str, ...]:
        """Return the folders that lie above the one of posts."""
        for special in ("_posts", "_drafts"):
            if special in self.folders:
                return self.folders[: self.folders.index(special)]
        return ()

    def plural(self, one: str, many: str) -> tuple[str, ...]:
        """Return what stands under a key in the singular, as it is, and word by word what stands under the plural."""
        said, all_of_it = self.meta.get(many), self.meta.get(one)
        words = values.text(said).split() if isinstance(said, str) else said
        first = all_of_it if isinstance(all_of_it, list) else [all_of_it] if all_of_it is not None else []
        return values.listed([*first, *(words if isinstance(words, list) else [])])

    def written_url(self) -> str:
        """Return the address that the header gives, whose tokens stand for what they stand for elsewhere."""
        given = values.text(self.first("url"))
        if ":" in given.split("//", 1)[-1] and not given.startswith(("http:", "https:")):
            self.origins["url"] = "permalink"
            return self.filled(STYLES.get(given, given))
        if given in STYLES:
            self.origins["url"] = "permalink"
            return self.filled(STYLES[given])
        return super().written_url()

    def address(self, given: str) -> str:
        """Return an address of a header as Jekyll takes it: with or without a slash at its end."""
        return urls.written(given if given.startswith(("/", "http")) else f"/{given}", slash=False)

    def usual_url(self) -> str:
        """Return the address of a post or of a text in a collection by a pattern, of a page by its path."""
        pattern = self.pattern()
        self.origins["url"] = f"the permalink {pattern}" if self.collection else "its path"
        return self.filled(pattern)

    def pattern(self) -> str:
        """Return the pattern of the addresses of this kind of text."""
        known = self.facts.values
        if self.collection in ("posts", "drafts"):
            about = known.get("collections", {}).get("posts", {})
            own = values.text(about.get("permalink"))
            return STYLES.get(own, own) or str(known.get("permalink", STYLES["date"]))
        if self.collection:
            own = values.text(known["collections"][self.collection].get("permalink"))
            return STYLES.get(own, own) or suffixed("/:collection/:path", known.get("style", "date"))
        if self.is_index:
            return "/:path/"
        return suffixed("/:path/:basename", known.get("style", "date"))

    def filled(self, pattern: str) -> str:
        """Fill a pattern of addresses."""
        moment = self.when.moment if self.when else None
        return urls.filled(pattern, self.tokens(), moment, slash=False)

    def tokens(self) -> dict[str, Value]:
        """Return what the tokens of a pattern stand for."""
        slug = self.given_slug
        name = self.path.stem
        folders = "/".join(self.folders)
        below = "/".join((*self.folders[1:], name)) if self.collection else folders
        return {
            "title": slugs.jekyll(slug, "pretty", cased=True),
            "slug": slugs.jekyll(slug),
            "name": slugs.jekyll(name),
            "basename": name,
            "path": below,
            "collection": self.collection,
            "categories": "/".join(dict.fromkeys(category.lower() for category in self.categories())),
            "slugified_categories": "/".join(dict.fromkeys(map(slugs.jekyll, self.categories()))),
            "output_ext": ".html",
        }

    def alias(self, given: str) -> str:
        """Return an old address as the plugin for redirects takes it."""
        return self.address(given)


def suffixed(template: str, style: str) -> str:
    """Return the pattern of a page, which ends as those of posts do."""
    if style in ("date", "ordinal", "none", "weekdate") or style.endswith(":output_ext"):
        return f"{template}:output_ext"
    return f"{template}/" if style == "pretty" or style.endswith("/") else template


def within(path: str, scope: str) -> bool:
    """Tell whether a path lies in the scope of a default."""
    return not scope or path == scope or path.startswith(f"{scope}/") or fnmatchcase(path, scope)
