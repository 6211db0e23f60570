"""Nikola: posts and pages in folders that ``conf.py`` names.

https://getnikola.com/handbook.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .. import slugs, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder, Understood
from ..reader import KEYS, Reading
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
READ = ("POSTS", "PAGES", "PRETTY_URLS", "USE_SLUGIFY", "TRANSLATIONS", "REDIRECTIONS")
UNMET = ("THEME", "TAG_PATH", "INDEX_PATH", "ARCHIVE_PATH", "GALLERY_FOLDERS", "LISTINGS_FOLDERS", "NAVIGATION_LINKS")
HELD = ("draft", "private")


def configure(root: Path, why: str) -> Facts:
    """Return what ``conf.py`` tells, which isn't run."""
    config, lost = assigned(root / "conf.py", {"SITE_URL": ""})
    places = [*places_of(config, "POSTS", POST), *places_of(config, "PAGES", PAGE)]
    folders = dict.fromkeys(folder for folder, _, _ in places)
    translations = config.get("TRANSLATIONS")
    languages = [str(key) for key in translations] if isinstance(translations, dict) else []
    static = config.get("FILES_FOLDERS")
    named = [(str(key), str(value)) for key, value in static.items()] if isinstance(static, dict) else [("files", "")]
    kinds = {folder: kind for folder, kind, _ in places}
    return Facts(
        "nikola",
        why,
        folders=(
            *(Folder(folder, f"{folder}/", kinds[folder]) for folder in folders),
            *(Folder(folder, f"{to.strip('/')}/".lstrip("/"), texts=False) for folder, to in named),
            *([Folder("images", "images/", texts=False)] if (root / "images").is_dir() else []),
        ),
        values={
            "homes": {folder: to for folder, _, to in places},
            "pretty": config.get("PRETTY_URLS", True) is not False,
            "slugify": config.get("USE_SLUGIFY", True) is not False,
            "language": str(config.get("DEFAULT_LANG", "en")),
            "redirections": tuple(redirections(config)),
        },
        settings={
            "markdown": ("nikola",),
            "feed_addresses": ["nikola"],
            "languages": [one for one in languages if one != config.get("DEFAULT_LANG")],
            **dict(settings_of(config)),
        },
        held=("status", "draft"),
        understood=(*lost, *understood(config)),
    )


def places_of(config: Mapping[str, Any], name: str, kind: str) -> Iterator[tuple[str, str, str]]:
    """Yield folder, kind and home of what ``POSTS`` or ``PAGES`` list."""
    default = (("posts/*", "posts", ""),) if kind == POST else (("pages/*", "", ""),)
    given = config.get(name, default)
    for one in given if isinstance(given, (list, tuple)) else default:
        if isinstance(one, (list, tuple)) and len(one) > 1 and isinstance(one[0], str):
            home = one[1] if isinstance(one[1], str) else next(iter(one[1].values()), "") if one[1] else ""
            yield one[0].split("*", 1)[0].rsplit("/", 1)[0].strip("/"), kind, str(home).strip("/")


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
            meaning = f"the setting {TAKEN[key]}" if key in TAKEN else "what it is to Nikola"
            yield Understood("conf.py", key, str(value)[:200], meaning)
        elif key in UNMET and value:
            yield Understood("conf.py", key, str(value)[:200])


class Rules(Reading):
    """Read a file as Nikola does."""

    keys = KEYS | {"date": ("date",), "updated": ("updated",), "url": (), "summary": ("description", "summary")}
    ladder = ("header", "file")
    page_ladder = ("header",)
    slash = False
    index_names = ()

    def kind_of(self) -> str:
        """Tell a post from a page, by the folder."""
        return self.source.kind

    def words(self) -> tuple[str, ...]:
        """Return all tags, those that say something of the state among them."""
        return values.listed(self.first("tags"))

    def tags(self) -> tuple[str, ...]:
        """Return the tags without those that say something of the state."""
        return tuple(tag for tag in self.words() if tag.lower() not in (*HELD, "mathjax"))

    def categories(self) -> tuple[str, ...]:
        """Return the category: one, whatever is in it."""
        return values.listed(self.first("categories"), "")

    def draft(self) -> bool:
        """Tell whether the status, or a tag, holds the text back."""
        status = values.text(self.meta.get("status")).lower()
        tag = next((tag for tag in self.words() if tag.lower() == "draft"), "")
        if status == "draft" or tag:
            self.origins["draft"] = f"tags: {tag}" if tag else "status: draft"
        return bool(tag) or status == "draft"

    def unlisted(self) -> bool:
        """Tell whether no list shows it: it is private."""
        status = values.text(self.meta.get("status")).lower()
        return status == "private" or any(tag.lower() == "private" for tag in self.words())

    @property
    def slug(self) -> str:
        """Return the slug of the header as it is, else one of the file's name."""
        given = values.text(self.first("slug"))
        return given or slugs.nikola(self.name, bool(self.facts.values.get("slugify", True)))

    def usual_url(self) -> str:
        """Return the address: the home of the folder, the folders below, the slug."""
        self.origins["url"] = "its path"
        homes = sorted(self.facts.values.get("homes", {}).items(), key=lambda pair: -len(pair[0]))
        folder, home = next((pair for pair in homes if self.source.path.startswith(f"{pair[0]}/")), ("", ""))
        below = self.source.path.removeprefix(f"{folder}/").split("/")[:-1]
        language = self.suffix if self.suffix != self.facts.values.get("language") else ""
        parts = [part for part in (language, home, *below) if part]
        slug = self.slug
        if slug == "index":
            return urls.closed("/".join([*parts, ""]))
        ending = "/" if self.facts.values.get("pretty", True) else ".html"
        return urls.closed(urls.safe("/".join([*parts, slug + ending])), slash=False)

    def filled(self, pattern: str) -> str:
        """Fill a pattern of addresses; ``index`` is its folder's page."""
        folders = list(self.path.parts[1:-1])
        slug = self.slug
        tokens = {"slug": slug, "filename": slug, "title": slug, "sections": folders, "section": "/".join(folders)}
        url = urls.filled(pattern, tokens, self.when.moment if self.when else None, slash=False)
        return url.removesuffix("index.html") if slug == "index" else url

    def aliases(self, url: str) -> tuple[str, ...]:
        """Return the old addresses: those of the header, and those of the configuration that lead here."""
        moved = [old for old, to in self.facts.values.get("redirections", ()) if to.rstrip("/") == url.rstrip("/")]
        return tuple(dict.fromkeys((*super().aliases(url), *moved)))
