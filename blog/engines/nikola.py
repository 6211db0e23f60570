"""Nikola: posts and pages in folders that ``conf.py`` names.

https://getnikola.com/handbook.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from .. import dates, headers, slugs, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder, Understood
from ..reader import KEYS, Reading
from .config import served, text_of
from .literal import assigned

TAKEN = {
    "BLOG_TITLE": "title",
    "BLOG_AUTHOR": "author",
    "BLOG_DESCRIPTION": "description",
    "SITE_URL": "url",
    "DEFAULT_LANG": "language",
    "TIMEZONE": "timezone",
    "INDEX_DISPLAY_POST_COUNT": "posts_per_page",
    "FUTURE_IS_NOW": "future",
}
READ = {
    "POSTS": "where posts lie, and their addresses",
    "PAGES": "where pages lie, and their addresses",
    "PRETTY_URLS": "whether addresses are folders",
    "USE_SLUGIFY": "how names become addresses",
    "USE_TAG_METADATA": "whether the tags draft and private hold back",
    "TRANSLATIONS": "the languages, and where their pages are",
    "REDIRECTIONS": "old addresses",
}
UNMET = tuple(
    "THEME TAG_PATH INDEX_PATH ARCHIVE_PATH GALLERY_FOLDERS LISTINGS_FOLDERS NAVIGATION_LINKS TRANSLATIONS_PATTERN"
    " FILE_METADATA_REGEXP CATEGORY_DESTPATH_AS_DEFAULT METADATA_MAPPING".split()
)
HELD = ("draft", "private")


class Home(NamedTuple):
    """Say what becomes of the files of a folder that are named as a pattern says; ``to`` is by language."""

    folder: str
    pattern: str
    kind: str
    to: Mapping[str, str]

    def holds(self, path: str) -> bool:
        """Tell whether a file lies in it."""
        inside = not self.folder or path.startswith(f"{self.folder}/")
        return inside and fnmatchcase(path.rpartition("/")[2], self.pattern)


def configure(root: Path, why: str) -> Facts:
    """Return what ``conf.py`` tells, which isn't run."""
    config, lost = assigned(root / "conf.py", {"SITE_URL": ""})
    places = [*places_of(config, "POSTS", POST), *places_of(config, "PAGES", PAGE)]
    folders = dict.fromkeys(home.folder for home in places)
    static = config.get("FILES_FOLDERS")
    named = pairs_of(static) if isinstance(static, dict) else [("files", "")]
    kinds = {home.folder: home.kind for home in reversed(places)}
    return Facts(
        "nikola",
        why,
        folders=(
            *(Folder(folder, f"{folder}/".lstrip("/"), kinds[folder], plain=not folder) for folder in folders),
            *(Folder(folder, f"{str(to).strip('/')}/".lstrip("/"), texts=False) for folder, to in named),
            *served(root, "images", "images/"),
        ),
        values=asked(config) | {"homes": tuple(places)},
        settings={
            "markdown": ("nikola",),
            "feed_addresses": ["nikola"],
            "languages": [
                name for name, _ in pairs_of(config.get("TRANSLATIONS")) if name != config.get("DEFAULT_LANG")
            ],
            **dict(settings_of(config)),
        },
        held=("status", "draft"),
        understood=(*lost, *understood(config)),
    )


def asked(config: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the rules ask for besides."""
    translations = pairs_of(config.get("TRANSLATIONS"))
    return {
        "prefixes": {language: str(to).removeprefix("./").strip("/") for language, to in translations},
        "tagged": config.get("USE_TAG_METADATA", True) is not False,
        "pretty": config.get("PRETTY_URLS", True) is not False,
        "slugify": config.get("USE_SLUGIFY", True) is not False,
        "language": str(config.get("DEFAULT_LANG", "en")),
        "redirections": tuple(redirections(config)),
    }


def pairs_of(value: Any) -> list[tuple[str, Any]]:
    """Return the pairs of a table, none of what isn't one."""
    return [(str(key), of) for key, of in value.items()] if isinstance(value, dict) else []


def places_of(config: Mapping[str, Any], name: str, kind: str) -> Iterator[Home]:
    """Yield what ``POSTS`` or ``PAGES`` list."""
    default = (("posts/*", "posts"),) if kind == POST else (("pages/*", ""),)
    given = config.get(name, default)
    for one in given if isinstance(given, (list, tuple)) else default:
        if isinstance(one, (list, tuple)) and len(one) > 1 and isinstance(one[0], str):
            folder, _, pattern = one[0].rpartition("/")
            to = dict(pairs_of(one[1])) or {"": one[1]}
            yield Home(folder.strip("./"), pattern, kind, {lang: str(path).strip("/") for lang, path in to.items()})


def redirections(config: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield old addresses with where they lead."""
    given = config.get("REDIRECTIONS")
    for one in given if isinstance(given, (list, tuple)) else ():
        if isinstance(one, (list, tuple)) and len(one) == 2:
            yield f"/{str(one[0]).strip('/')}".removesuffix("index.html"), str(one[1])


def settings_of(config: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield settings of ours that follow from the configuration."""
    for key, name in TAKEN.items():
        value = config.get(key)
        value = value.get(config.get("DEFAULT_LANG"), "") if isinstance(value, dict) else value
        if value:
            yield name, value


def understood(config: Mapping[str, Any]) -> Iterator[Understood]:
    """Yield what was taken of the configuration, and what matters but can't be honoured."""
    for key, value in config.items():
        if key in TAKEN or key in READ:
            if value not in ("", None):
                meaning = f"the setting {TAKEN[key]}" if key in TAKEN else READ[key]
                yield Understood("conf.py", key, str(value)[:200], meaning)
        elif key in UNMET and value:
            yield Understood("conf.py", key, str(value)[:200])


@lru_cache(maxsize=2000)
def header_of(file: Path, _stamp: int) -> Mapping[str, Any]:
    """Return what the header of a file says, or that of the one beside it."""
    said = headers.read(text_of(file), file.name, text_of(file.with_suffix(".meta"))).meta
    return {key.strip().lower(): value for key, value in said.items()}


class Rules(Reading):
    """Read a file as Nikola does."""

    keys = KEYS | {
        "date": ("date",),
        "updated": ("updated",),
        "publishes": (),
        "expires": (),
        "url": (),
        "summary": ("description", "summary"),
        "tags": ("tags",),
        "categories": ("category", "section"),
    }
    ladder = ("header", "file")
    page_ladder = ("header",)
    slash = False
    index_names = ()

    @property
    def home(self) -> Home | None:
        """Return what the configuration says of the file."""
        return next((home for home in self.facts.values.get("homes", ()) if home.holds(self.source.path)), None)

    def kind_of(self) -> str:
        """Tell a post from a page, by the folder and the name."""
        return self.home.kind if self.home else self.source.kind

    def left_out(self) -> str:
        """Return why a file is no page: it isn't named as one of its folder's is."""
        homes = self.facts.values.get("homes", ())
        beside = any(self.source.path.startswith(f"{home.folder}/") for home in homes)
        return "neither POSTS nor PAGES names it" if beside and not self.home else ""

    @property
    def original(self) -> Path | None:
        """Return the file of which this one is the translation, if it is one."""
        if not self.suffix:
            return None
        file = (self.settings.root / self.source.path).with_name(f"{self.name}{self.path.suffix}")
        return file if file.is_file() else None

    def defaults(self) -> dict[str, Any]:
        """Return what a translation takes from its original: all that it doesn't say itself."""
        file = self.original
        return dict(header_of(file, file.stat().st_mtime_ns)) if file else {}

    def title_and_date(self) -> tuple[str, dates.When | None]:
        """Take the title from the header, else the file's name as it is."""
        if self.header_title():
            return super().title_and_date()
        self.origins["title"] = "the file's name"
        return self.path.stem, None

    def words(self) -> tuple[str, ...]:
        """Return all tags, those that say something of the state among them."""
        return values.listed(self.first("tags"))

    def states(self) -> set[str]:
        """Return the tags that say something of the state."""
        return {tag for tag in self.words() if tag.lower() in HELD} if self.facts.values.get("tagged", True) else set()

    def tags(self) -> tuple[str, ...]:
        """Return the tags without those that say something of the state."""
        return tuple(tag for tag in self.words() if tag not in self.states())

    def categories(self) -> tuple[str, ...]:
        """Return the category: one, whatever is in it."""
        return values.listed(self.first("categories"), "")

    def draft(self) -> bool:
        """Tell whether the status, or a tag, holds the text back."""
        status = values.text(self.meta.get("status")).lower()
        tag = next((tag for tag in self.states() if tag.lower() == "draft"), "")
        if status == "draft" or tag:
            self.origins["draft"] = f"tags: {tag}" if tag else "status: draft"
        return bool(tag) or status == "draft"

    def unlisted(self) -> bool:
        """Tell whether no list shows it: it is private."""
        status = values.text(self.meta.get("status")).lower()
        return status == "private" or any(tag.lower() == "private" for tag in self.states())

    @property
    def slug(self) -> str:
        """Return the slug of the header as it is, else one of the file's name."""
        name = self.name if self.original else self.path.stem
        return values.text(self.first("slug")) or slugs.nikola(name, bool(self.facts.values.get("slugify", True)))

    @property
    def ending(self) -> str:
        """Return what the address has after the slug."""
        given = values.flag(self.meta.get("pretty_url")) if self.meta.get("pretty_url") else None
        pretty = given if given is not None else bool(self.facts.values.get("pretty", True)) and self.slug != "index"
        return "/" if pretty else ".html"

    def usual_url(self) -> str:
        """Return the address: that of the language, the home of the folder, the folders below, the slug."""
        self.origins["url"] = "its path"
        home = self.home or Home(self.path.parts[0] if len(self.path.parts) > 1 else "", "*", self.kind, {})
        default = str(self.facts.values.get("language", "en"))
        language = self.suffix or default
        prefix = self.facts.values.get("prefixes", {}).get(language, "" if language == default else language)
        below = self.source.path.removeprefix(f"{home.folder}/").split("/")[:-1]
        to = home.to.get(language) or home.to.get(default) or home.to.get("", "")
        path = "/".join(part for part in (prefix, to, *below, self.slug) if part)
        return urls.closed(urls.safe(re.sub(r"(^|/)index\.html\Z", r"\1", path + self.ending)), slash=False)

    def filled(self, pattern: str) -> str:
        """Fill a pattern of addresses; ``index`` is its folder's page."""
        folders = list(self.path.parts[1:-1])
        slug = self.slug
        tokens = {"slug": slug, "filename": slug, "title": slug, "sections": folders, "section": "/".join(folders)}
        url = urls.filled(pattern, tokens, self.when.moment if self.when else None, slash=False)
        return re.sub(r"(?<=/)index\.html\Z", "", url)

    def aliases(self, url: str) -> tuple[str, ...]:
        """Return the old addresses: those of the header, and those of the configuration that lead here."""
        moved = [old for old, to in self.facts.values.get("redirections", ()) if to.rstrip("/") == url.rstrip("/")]
        return tuple(dict.fromkeys((*super().aliases(url), *moved)))
