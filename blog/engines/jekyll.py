"""Jekyll: posts in ``_posts``, pages wherever they lie, collections; GitHub Pages and Octopress among them.

https://jekyllrb.com/docs/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from functools import cached_property
from glob import escape
from pathlib import Path, PurePosixPath
from typing import Any

from .. import dates, permalinks, slugs, titles, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder, Understood
from ..permalinks import Value
from ..reader import KEYS, LeftOut, Reading
from .config import reach, table_of

FILES = ("_config.yml", "_config.yaml", "_config.toml")
STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
EXCLUDED = ("Gemfile", "gemfiles", "node_modules", "vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/")
MARKDOWN = "markdown,mkdown,mkdn,mkd,md"
PAGES = (".html", ".xhtml", ".htm")
META = ("README", "LICENSE", "COPYING", "CODE_OF_CONDUCT", "CONTRIBUTING", "ISSUE_TEMPLATE", "PULL_REQUEST_TEMPLATE")
HEADER = re.compile(rb"---\s*\n")
DATED = re.compile(r"(\d{2,4})-(\d{1,2})-(\d{1,2})-(.*)\Z", re.DOTALL)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
TOKEN = re.compile(":[a-z_]+")
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
RULED = {
    "url": "the setting url",
    "baseurl": "the path of the setting url",
    "author": "the setting author",
    "locale": "the setting language",
    "permalink": "the addresses of posts",
    "collections": "what is published beside posts and pages, and where",
    "collections_dir": "where posts and collections lie",
    "defaults": "what headers say that don't say it themselves",
    "exclude": "what is left out",
    "include": "what is published though its name begins with a dot or _",
    "source": "where content lies",
    "destination": "what is left out",
    "plugins": "which texts need no header",
    "gems": "which texts need no header",
    "unpublished": "whether published: false is shown",
    "markdown_ext": "which files are Markdown",
}
UNMET = {"paginate_path", "excerpt_separator", "limit_posts", "data_dir", "layouts_dir", "theme", "remote_theme"}


def configure(root: Path, why: str) -> Facts:
    """Return what ``_config.yml`` tells."""
    file, config, broken = table_of(root, *FILES)
    source = values.text(config.get("source")).strip("./")
    collections = dict(collections_of(config))
    octopress = (root / "Rakefile").is_file() and source == "source"
    style = values.text(config.get("permalink")) or "date"
    switches = ("liquid", "kramdown", "typography")
    endings = tuple(f".{one.lstrip('.').lower()}" for one in values.listed(config.get("markdown_ext") or MARKDOWN))
    settings: dict[str, Any] = {
        "markdown": switches,
        "heading_ids": "kramdown",
        "feed_addresses": ["octopress" if octopress else "jekyll"],
    }
    return Facts(
        "jekyll",
        why,
        folders=(Folder(source, plain=True, open=True, also=endings),),
        left_out=tuple(left_out(config, source)),
        values={
            "permalink": STYLES.get(style, style),
            "style": style,
            "collections": collections,
            "collections_dir": values.text(config.get("collections_dir")).strip("/"),
            "defaults": tuple(defaults_of(config)),
            "include": values.listed(config.get("include"), ""),
            "markdown": endings,
            "show_drafts": values.flag(config.get("show_drafts")) is True,
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


def defaults_of(config: Mapping[str, Any]) -> Iterator[tuple[str, str | None, dict[str, Any]]]:
    """Yield path and type (``None`` for any) for which header values are given."""
    given = config.get("defaults")
    for one in given if isinstance(given, list) else ():
        scope, said = (one.get("scope") or {}, one.get("values")) if isinstance(one, dict) else (None, None)
        if isinstance(scope, dict) and isinstance(said, dict):
            kind = values.text(scope["type"]) if "type" in scope else None
            kind = f"{kind}s" if kind in ("page", "post", "draft") else kind
            yield values.text(scope.get("path")), kind, dict(said)


def left_out(config: Mapping[str, Any], source: str) -> Iterator[str]:
    """Yield the patterns of paths that are no content: what begins with a name that is excluded is so, too."""
    before = f"{source}/" if source else ""
    kept = set(values.listed(config.get("include"), ""))
    made = values.text(config.get("destination")).removeprefix("./").strip("/")
    if made and not made.startswith(".."):
        yield f"{made}/*"
    for one in (*EXCLUDED, *values.listed(config.get("exclude"), "")):
        if one not in kept and (name := one.lstrip("/")):
            yield from (before + pattern for pattern in dict.fromkeys((name, f"{escape(name)}*")))


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
        if shown and (key in TAKEN or key in RULED):
            yield Understood(file, key, shown, f"the setting {TAKEN[key]}" if key in TAKEN else RULED[key])
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
    slash = False
    any_case = False
    index_names = ("index",)

    @property
    def ladder(self) -> tuple[str, ...]:  # type: ignore[override]
        """Return where a date is looked for: a draft without one was written when its file was."""
        return ("header", "name", "file") if self.collection == "drafts" else ("header", "name")

    @property
    def page_ladder(self) -> tuple[str, ...]:  # type: ignore[override]
        """Return where a date is looked for: names say nothing of pages."""
        return ("header", "name") if self.collection else ("header",)

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

    def needs_no_header(self) -> bool:
        """Tell whether a plugin makes pages also of texts without a header."""
        wanted = {"jekyll-optional-front-matter", "github-pages"} & set(self.facts.values.get("plugins", ()))
        return bool(wanted) and not self.collection and self.output_ext == ".html" and self.path.stem not in META

    @property
    def output_ext(self) -> str:
        """Return the ending of what Jekyll makes of the file."""
        return ".html" if self.path.suffix.lower() in self.facts.values.get("markdown", (".md",)) else self.path.suffix

    def markup(self) -> str:
        """Return what the text is written in; what is no Markdown to Jekyll it copies."""
        found = super().markup()
        return "html" if found == "markdown" and self.output_ext != ".html" else found

    @property
    def file_slug(self) -> str:
        """Return the file's name, without its date where it begins with one."""
        dated = DATED.match(self.path.stem) if self.collection else None
        return (dated[4] if dated else self.path.stem).rstrip(".")

    @property
    def given_slug(self) -> str:
        """Return the slug of the header, else that of the file's name."""
        return values.text(self.first("slug")) or self.file_slug

    def name_date(self) -> dates.When | None:
        """Return the date that the file's name begins with; a year may have two digits."""
        dated = DATED.match(self.path.stem)
        if not dated:
            return None
        year, month, day = map(int, dated.groups()[:3])
        year += (2000 if year < 69 else 1900) if year < 100 else 0
        with suppress(ValueError):
            return dates.day(date(year, month, day), self.zone)
        self.report(f"this is not a date: {'-'.join(dated.groups()[:3])}, with which the name begins")
        return None

    def moment(self, field: str) -> datetime | None:
        """Return a moment of the header; a page isn't held back by a date to come."""
        return LONG_AGO if field == "publishes" and not self.collection and self.when else super().moment(field)

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

    def read_date(self, given: Any) -> dates.When | None:
        """Read a date as Ruby does: with seconds and no zone it is UTC unless quoted, shown in the site's zone."""
        written = values.text(given).strip()
        if TIMESTAMP.match(written) and not self.is_quoted(written):
            found = dates.read(given, UTC)
        else:
            found = dates.read(given, self.zone, dayfirst=True)
        if found is None or found.date_only:
            return found
        return dates.When(found.moment.astimezone(self.zone).replace(microsecond=0), False)

    def is_quoted(self, written: str) -> bool:
        """Tell whether a value stands in the header between quotes: then it is a text to YAML."""
        head = self.text[: len(self.text) - len(self.header.body)]
        return any(f"{mark}{written}{mark}" in head for mark in "\"'")

    def draft(self) -> bool:
        """Tell whether the file is held back: by ``published: false``, or since it lies in ``_drafts``."""
        if self.collection == "drafts":
            self.origins["draft"] = "the folder _drafts"
            return True
        if self.is_unpublished():
            self.origins["draft"] = f"published: {values.text(self.meta['published'])}".strip()
            return True
        return False

    def is_unpublished(self) -> bool:
        """Tell whether ``published`` says no, or nothing; defaults tell it of no page."""
        said = self.meta if self.collection else self.header.meta
        no = values.text(said.get("published", True)).lower() in ("", "false", "no", "off")
        return no and not self.facts.values.get("unpublished")

    def tags(self) -> tuple[str, ...]:
        """Return the tags: a text under ``tag`` is one, else one under ``tags`` has one for each word."""
        return values.listed(self.meta.get("tag"), "") or values.listed(worded(self.meta.get("tags")))

    def categories(self) -> tuple[str, ...]:
        """Return the categories: the folders above ``_posts``, those of the defaults, and what the header says."""
        said = [worded(self.meta.get("categories")), values.listed(self.meta.get("category"), "")]
        usual = worded(self.defaults().get("categories")) if self.collection else ()
        return values.listed([*self.categories_by_path(), usual, *said])

    def categories_by_path(self) -> tuple[str, ...]:
        """Return the folders that lie above the one of posts."""
        parts = self.place.parts
        return parts[: parts.index(f"_{self.collection}")] if self.kind == POST else ()

    def written_url(self) -> str:
        """Return the address that the header gives, whose tokens stand for what they stand for elsewhere."""
        given = values.text(self.first("url"))
        if TOKEN.search(given):
            self.origins["url"] = "permalink"
            return self.filled(given)
        return super().written_url()

    def address(self, given: str) -> str:
        """Return an address of a header as Jekyll takes it: with or without a slash at its end."""
        return urls.written(clean(given) if not given.startswith(("http:", "https:")) else given, slash=False)

    def usual_url(self) -> str:
        """Return the address of a post or of a text in a collection by a pattern, of a page by its path."""
        pattern = self.pattern()
        self.origins["url"] = f"the permalink {pattern}" if self.collection else "its path"
        return self.filled(pattern)

    def pattern(self) -> str:
        """Return the pattern of the addresses of this kind of text."""
        known, own = self.facts.values, "posts" if self.collection == "drafts" else self.collection
        style = str(known.get("style", "date"))
        if own:
            said = values.text(known.get("collections", {}).get(own, {}).get("permalink"))
            usual = str(known.get("permalink", STYLES["date"]))
            return said or (usual if own == "posts" else suffixed("/:collection/:path", style))
        if self.output_ext.lower() not in PAGES:
            return "/:path/:basename:output_ext"
        return "/:path/" if self.path.stem == "index" else suffixed("/:path/:basename", style)

    def filled(self, pattern: str) -> str:
        """Fill a pattern of addresses; in that of a page what isn't a token of pages stays as it is."""
        tokens, moment = self.tokens(), self.when.moment if self.when else None
        if self.collection:
            path = permalinks.fill(pattern, tokens, moment)
        else:
            path = TOKEN.sub(lambda found: str(tokens.get(found[0][1:], found[0])), pattern)
        return urls.closed(urls.safe(clean(path)), slash=False)

    def tokens(self) -> dict[str, Value]:
        """Return what the tokens of a pattern stand for."""
        slug, name = self.given_slug, self.path.stem.rstrip(".")
        above = "/".join(self.place.parts[:-1])
        if not self.collection:
            return {"path": above, "basename": name, "output_ext": self.output_ext}
        categories = self.categories()
        day = self.when.moment if self.when else None
        return {
            "title": slugs.jekyll(slug, "pretty", cased=True),
            "slug": slugs.jekyll(slug),
            "name": slugs.jekyll(self.path.stem),
            "path": "/".join((*self.categories_by_path(), *self.below[:-1], name)),
            "collection": "posts" if self.kind == POST else self.collection,
            "categories": "/".join(dict.fromkeys(category.lower() for category in categories)),
            "slugified_categories": "/".join(dict.fromkeys(map(slugs.jekyll, categories))),
            "short_month": f"{day:%b}" if day else "",
            "short_day": f"{day:%a}" if day else "",
            "output_ext": self.output_ext,
        }

    def alias(self, given: str) -> str:
        """Return an old address as the plugin for redirects takes it."""
        return self.address(given)


def worded(value: Any) -> tuple[str, ...]:
    """Return the words of a text, the parts of a list."""
    return values.listed(value, " ") if isinstance(value, (str, list)) else ()


def names(pattern: str, name: str) -> bool:
    """Tell whether a pattern of the configuration names a file or folder: also one that only begins so."""
    return fnmatchcase(name, pattern) or name.startswith(pattern) or pattern == f"{name}/"


def clean(path: str) -> str:
    """Return a path as Jekyll sanitises it: ``..`` is a slash, ``./`` nothing."""
    return re.sub("/{2,}", "/", f"/{path}".replace("..", "/").replace("./", ""))


def suffixed(template: str, style: str) -> str:
    """Return the pattern of a page, which ends as those of posts do."""
    if style in ("date", "ordinal", "none") or style.endswith(":output_ext"):
        return f"{template}:output_ext"
    return f"{template}/" if style == "pretty" or style.endswith("/") else template


def within(path: str, scope: str) -> bool:
    """Tell whether a path begins with the scope of a default, in which ``*`` stands for one name, ``**`` for more."""
    if "*" not in scope:
        return path.startswith(scope)
    return bool(reach(scope.rstrip("/"), path))
