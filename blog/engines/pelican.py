"""Pelican: articles and pages below one folder.

https://docs.getpelican.com/en/latest/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .. import dates, slugs, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder, Understood
from ..permalinks import Value
from ..reader import KEYS, Reading
from .literal import assigned

DEFAULTS: dict[str, Any] = {
    "PATH": "content",
    "ARTICLE_PATHS": [""],
    "PAGE_PATHS": ["pages"],
    "STATIC_PATHS": ["images"],
    "ARTICLE_EXCLUDES": [],
    "PAGE_EXCLUDES": [],
    "ARTICLE_URL": "{slug}.html",
    "ARTICLE_LANG_URL": "{slug}-{lang}.html",
    "PAGE_URL": "pages/{slug}.html",
    "PAGE_LANG_URL": "pages/{slug}-{lang}.html",
    "SLUGIFY_SOURCE": "title",
    "SLUGIFY_USE_UNICODE": False,
    "SLUGIFY_PRESERVE_CASE": False,
    "SLUG_REGEX_SUBSTITUTIONS": slugs.PELICAN,
    "FILENAME_METADATA": r"(?P<date>\d{4}-\d{2}-\d{2}).*",
    "PATH_METADATA": "",
    "EXTRA_PATH_METADATA": {},
    "DEFAULT_CATEGORY": "misc",
    "DEFAULT_DATE": None,
    "DEFAULT_METADATA": {},
    "DEFAULT_LANG": "en",
    "USE_FOLDER_AS_CATEGORY": True,
    "WITH_FUTURE_DATES": True,
}
TAKEN = {
    "SITENAME": "title",
    "SITESUBTITLE": "description",
    "SITEURL": "url",
    "TIMEZONE": "timezone",
    "DEFAULT_LANG": "language",
    "AUTHOR": "author",
    "DEFAULT_PAGINATION": "posts_per_page",
    "WITH_FUTURE_DATES": "future",
}
UNMET = ("THEME", "PLUGINS", "MENUITEMS", "INDEX_SAVE_AS", "CATEGORY_URL", "TAG_URL", "AUTHOR_URL", "MARKDOWN")
SPLIT = re.compile(r"[;,]")


def configure(root: Path, why: str) -> Facts:
    """Return what ``pelicanconf.py`` tells, and ``publishconf.py`` over it; neither is run."""
    config, lost = assigned(root / "pelicanconf.py")
    final, lost_too = assigned(root / "publishconf.py", config)
    known = DEFAULTS | {key: value for key, value in final.items() if key.isupper()}
    if not isinstance(known["PATH"], str):
        known["PATH"] = "content"
    path = known["PATH"].strip("/").removeprefix("./")
    path = path if path != "." else ""
    return Facts(
        "pelican",
        why,
        folders=(Folder(path, plain=not path),),
        left_out=tuple(f"{path}/{name}".strip("/") for name in listed(known["ARTICLE_EXCLUDES"])),
        values={key: known[key] for key in DEFAULTS},
        new_post=f"{path}/:slug.md",
        held=("status", "draft"),
        settings={
            "markdown": ("pelican", *(["typography"] if final.get("TYPOGRIFY") else [])),
            "feed_addresses": ["pelican"],
            **dict(settings_of(known)),
        },
        understood=(*lost, *lost_too, *understood(final)),
    )


def listed(value: Any) -> list[str]:
    """Return the texts of a list."""
    return [one for one in value if isinstance(one, str)] if isinstance(value, (list, tuple)) else []


def settings_of(config: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield settings of ours that follow from the configuration."""
    for key, name in TAKEN.items():
        value = config.get(key)
        if value or (key == "WITH_FUTURE_DATES" and value is not None):
            yield name, value


def understood(config: Mapping[str, Any]) -> Iterator[Understood]:
    """Yield what was taken of the configuration, and what matters but can't be honoured."""
    for key, value in config.items():
        if key in TAKEN or key in DEFAULTS:
            yield Understood(
                "pelicanconf.py", key, str(value), f"the setting {TAKEN[key]}" if key in TAKEN else "the same"
            )
        elif key in UNMET and value:
            yield Understood("pelicanconf.py", key, str(value))


class Rules(Reading):
    """Read a file as Pelican does."""

    keys = KEYS | {
        "date": ("date",),
        "updated": ("modified",),
        "publishes": (),
        "expires": (),
        "summary": ("summary",),
        "url": ("url", "save_as"),
        "author": ("author", "authors"),
        "categories": ("category",),
    }
    ladder = page_ladder = ("header", "name", "default")
    slash = False
    index_names = ()

    def known(self, name: str) -> Any:
        """Return a setting of Pelican's."""
        return self.facts.values.get(name, DEFAULTS[name])

    def kind_of(self) -> str:
        """Tell a page from an article, by the folder that it lies in."""
        inside = [one.strip("/") for one in listed(self.known("PAGE_PATHS"))]
        return PAGE if any(self.source.address.startswith(f"{one}/") for one in inside if one) else POST

    def defaults(self) -> dict[str, Any]:
        """Return what configuration and path say of texts that don't say otherwise."""
        address = self.source.address
        found: dict[str, Any] = {}
        default, extra = self.known("DEFAULT_METADATA"), self.known("EXTRA_PATH_METADATA")
        found |= dict(default) if isinstance(default, (dict, list, tuple)) else {}
        found["category"] = self.known("DEFAULT_CATEGORY")
        for path, said in extra.items() if isinstance(extra, dict) else ():
            if isinstance(said, dict) and (address == path or address.startswith(f"{str(path).rstrip('/')}/")):
                found |= said
        return {str(key).lower(): value for key, value in (found | self.by_path()).items()}

    def by_path(self) -> dict[str, str]:
        """Return what file name and folder say."""
        folder, _, name = self.source.address.rpartition("/")
        looks = [(self.known("FILENAME_METADATA"), name.rpartition(".")[0] or name)]
        looks.append((self.known("PATH_METADATA"), self.source.address))
        found: dict[str, str] = {}
        for pattern, text in looks:
            said = re.match(pattern, text) if isinstance(pattern, str) and pattern else None
            for key, value in (said.groupdict() if said else {}).items():
                if value is not None:
                    found.setdefault(key.lower(), value)
        if self.known("USE_FOLDER_AS_CATEGORY") and folder:
            found.setdefault("category", folder.rpartition("/")[2])
        return found

    def left_out(self) -> str:
        """Return why Pelican passes this file over: an article needs title and date, a page a title."""
        if not self.header_title():
            return "it has no title"
        if self.kind == POST and not self.header_date() and self.known("DEFAULT_DATE") is None:
            return "it has no date"
        return "its status is skip" if self.status == "skip" else ""

    @property
    def status(self) -> str:
        """Return what the header says of the text's state."""
        return values.text(self.meta.get("status")).lower()

    def read_date(self, given: Any) -> dates.When | None:
        """Read a date as Pelican does, with ``_`` for a space."""
        return dates.read(values.text(given).replace("_", " "), self.zone)

    def draft(self) -> bool:
        """Tell whether the status holds the text back."""
        if self.status == "draft":
            self.origins["draft"] = "status: draft"
        return self.status == "draft"

    def unlisted(self) -> bool:
        """Tell whether no list shows it."""
        return self.status == "hidden"

    def tags(self) -> tuple[str, ...]:
        """Return the tags, split at semicolons if there are any, else at commas."""
        return values.listed(self.first("tags"))

    def categories(self) -> tuple[str, ...]:
        """Return the category: one, whatever is in it."""
        return values.listed(self.first("categories"), "")

    def authors(self) -> tuple[str, ...]:
        """Return who has written it."""
        one = values.text(self.meta.get("author"))
        return (one,) if one else values.listed(self.meta.get("authors"))

    def slug_of(self, text: str) -> str:
        """Return a slug by the site's substitutions."""
        given = self.known("SLUG_REGEX_SUBSTITUTIONS")
        pairs = [(str(one[0]), str(one[1])) for one in given if isinstance(one, (list, tuple)) and len(one) == 2]
        return slugs.pelican(
            text, pairs, bool(self.known("SLUGIFY_PRESERVE_CASE")), bool(self.known("SLUGIFY_USE_UNICODE"))
        )

    def address(self, given: str) -> str:
        """Return an address of a header, which counts from the site's front page."""
        return urls.written(f"/{given.lstrip('/')}", slash=False)

    def usual_url(self) -> str:
        """Return the address by the pattern for articles or for pages."""
        kind = "ARTICLE" if self.kind == POST else "PAGE"
        language = values.text(self.first("language"))
        translated = language and language != self.known("DEFAULT_LANG")
        pattern = str(self.known(f"{kind}_LANG_URL" if translated else f"{kind}_URL"))
        self.origins["url"] = f"the permalink {pattern}"
        return self.filled(pattern)

    def filled(self, pattern: str) -> str:
        """Fill a pattern of addresses; an ``index.html`` is its folder's."""
        moment = self.when.moment if self.when else None
        url = urls.filled(f"/{pattern.lstrip('/')}", self.tokens(), moment, slash=False)
        return re.sub(r"(?<=/)index\.html\Z", "", url)

    def tokens(self) -> dict[str, Value]:
        """Return what the tokens of a pattern stand for."""
        source = self.title if self.known("SLUGIFY_SOURCE") == "title" else self.path.stem
        slug = values.text(self.first("slug")) or self.slug_of(source)
        said = {key: values.text(value) for key, value in self.meta.items()}
        author = self.authors()[:1] or (self.settings.author,)
        return {
            **said,
            "slug": slug,
            "title": slug,
            "category": self.slug_of(next(iter(self.categories()), "")),
            "author": self.slug_of(author[0]),
            "lang": values.text(self.first("language")) or str(self.known("DEFAULT_LANG")),
            "path": "/".join(self.path.with_suffix("").parts),
            "filename": self.path.stem,
        }
