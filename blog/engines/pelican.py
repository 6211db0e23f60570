"""Pelican: articles and pages below one folder.

https://docs.getpelican.com/en/latest/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from .. import dates, slugs, titles, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder, Understood
from ..permalinks import Value
from ..reader import KEYS, LeftOut, Reading
from .literal import assigned

DEFAULTS: dict[str, Any] = {
    "PATH": "",
    "OUTPUT_PATH": "output",
    "ARTICLE_PATHS": [""],
    "PAGE_PATHS": ["pages"],
    "STATIC_PATHS": ["images"],
    "ARTICLE_EXCLUDES": [],
    "PAGE_EXCLUDES": [],
    "IGNORE_FILES": ["**/.*"],
    "READERS": {},
    "ARTICLE_URL": "{slug}.html",
    "ARTICLE_LANG_URL": "{slug}-{lang}.html",
    "DRAFT_URL": "drafts/{slug}.html",
    "DRAFT_LANG_URL": "drafts/{slug}-{lang}.html",
    "PAGE_URL": "pages/{slug}.html",
    "PAGE_LANG_URL": "pages/{slug}-{lang}.html",
    "DRAFT_PAGE_URL": "drafts/pages/{slug}.html",
    "DRAFT_PAGE_LANG_URL": "drafts/pages/{slug}-{lang}.html",
    "ARTICLE_SAVE_AS": "{slug}.html",
    "PAGE_SAVE_AS": "pages/{slug}.html",
    "ARTICLE_PERMALINK_STRUCTURE": "",
    "SLUGIFY_SOURCE": "title",
    "SLUGIFY_USE_UNICODE": False,
    "SLUGIFY_PRESERVE_CASE": False,
    "SLUG_REGEX_SUBSTITUTIONS": slugs.PELICAN,
    "CATEGORY_REGEX_SUBSTITUTIONS": None,
    "AUTHOR_REGEX_SUBSTITUTIONS": None,
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
RULED = {  # what the others of DEFAULTS are for
    "PATH": "where content lies",
    "OUTPUT_PATH": "what is left out",
    "ARTICLE_PATHS": "where posts lie",
    "PAGE_PATHS": "where pages lie",
    "STATIC_PATHS": "what is served as it is",
    "ARTICLE_EXCLUDES": "what is left out",
    "PAGE_EXCLUDES": "what is left out",
    "IGNORE_FILES": "what is left out",
    "READERS": "which files are read",
    "FILENAME_METADATA": "what the names of files say",
    "PATH_METADATA": "what paths say",
    "EXTRA_PATH_METADATA": "what paths say",
    "DEFAULT_CATEGORY": "the category of posts without one",
    "DEFAULT_DATE": "the date of posts without one",
    "DEFAULT_METADATA": "what headers say that don't say it themselves",
    "USE_FOLDER_AS_CATEGORY": "whether folders are categories",
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
READ = (".md", ".markdown", ".mkd", ".mdown", ".rst", ".html", ".htm")
STATES = ("", "published", "hidden", "draft")
WANTED = ("category", "author", "authors", "tags", "status", "slug")  # an empty line under these says nothing


def configure(root: Path, why: str) -> Facts:
    """Return what ``pelicanconf.py`` tells, and ``publishconf.py`` over it; neither is run."""
    config, lost = assigned(root / "pelicanconf.py", {"__file__": "pelicanconf.py"})
    final, lost_too = assigned(root / "publishconf.py", config)
    known = DEFAULTS | {key: value for key, value in final.items() if key.isupper()}
    path = folder_of(known["PATH"], root)
    output = str(known["OUTPUT_PATH"]).strip("/").removeprefix("./")
    return Facts(
        "pelican",
        why,
        folders=(Folder(path, plain=not path),),
        left_out=(output,) if output and ".." not in output else (),
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


def folder_of(path: Any, root: Path) -> str:
    """Return the folder of content below the site's; where it isn't told, the one that Pelican's own start has."""
    named = path.strip("/").removeprefix("./").strip("/") if isinstance(path, str) else ""
    if named and ".." not in named.split("/") and (root / named).is_dir():
        return "" if named == "." else named
    return "content" if (root / "content").is_dir() and path != "." else ""


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
        if (key in TAKEN or key in DEFAULTS) and value not in ("", None):
            meaning = f"the setting {TAKEN[key]}" if key in TAKEN else RULED.get(key, "addresses")
            yield Understood("pelicanconf.py", key, str(value), meaning)
        elif key in UNMET and value:
            yield Understood("pelicanconf.py", key, str(value))


def below(path: str, top: str) -> bool:
    """Tell whether a path is a folder, or lies below it; all lies below the one without a name."""
    return not top or path == top or path.startswith(f"{top}/")


def pairs_of(value: Any) -> dict[Any, Any]:
    """Return a table that is given as one, or as pairs."""
    try:
        return dict(value)
    except (TypeError, ValueError):
        return {}


def groups(pattern: Any, text: str) -> dict[str, str]:
    """Return what a pattern of the configuration finds, by the names of its groups in small letters."""
    try:
        said = re.match(pattern, text) if isinstance(pattern, str) and pattern else None
    except (re.error, RecursionError, OverflowError):
        return {}
    return {key.lower(): value for key, value in said.groupdict().items() if value is not None} if said else {}


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
    ladder = page_ladder = ("header",)
    slash = False
    index_names = ()

    def of_site(self, name: str) -> Any:
        """Return a setting of Pelican's."""
        return self.facts.values.get(name, DEFAULTS[name])

    def kind_of(self) -> str:
        """Tell a page from an article, by the folder that it lies in."""
        return PAGE if self.taken_as("PAGE", "ARTICLE") else POST

    def taken_as(self, kind: str, other: str) -> bool:
        """Tell whether the file lies in a folder for its kind, and in none below that is for the other."""
        but = [*self.paths(f"{kind}_EXCLUDES"), *self.paths(f"{other}_PATHS")]
        return any(
            self.lies_in(top) and not any(one != top and below(one, top) and self.lies_in(one) for one in but)
            for top in self.paths(f"{kind}_PATHS")
        )

    def paths(self, name: str) -> list[str]:
        """Return the folders that a setting lists, below that of the content."""
        given = self.of_site(name)
        named = (
            one.removeprefix("./").strip("/") for one in listed(DEFAULTS[name] if isinstance(given, str) else given)
        )
        return ["" if one == "." else one for one in named]

    def lies_in(self, top: str) -> bool:
        """Tell whether the file lies below a folder, or is what is named."""
        return below(self.source.address, top)

    def said(self) -> dict[str, Any]:
        """Return what the header says; what it leaves empty says nothing."""
        found, otherwise = super().said(), self.defaults()
        return found | {key: otherwise.get(key) for key in WANTED if key in found and not found[key]}

    def defaults(self) -> dict[str, Any]:
        """Return what configuration and path say of texts that don't say otherwise."""
        extra = self.of_site("EXTRA_PATH_METADATA")
        found: dict[str, Any] = {
            **pairs_of(self.of_site("DEFAULT_METADATA")),
            "category": self.of_site("DEFAULT_CATEGORY"),
        }
        found |= {"date": day} if (day := self.default_date()) else {}
        named = extra.items() if isinstance(extra, dict) else ()
        for path, said in sorted((str(path), said) for path, said in named if isinstance(said, dict)):
            if self.lies_in(path.strip("/")):
                found |= said
        return {str(key).lower(): value for key, value in (found | self.by_path()).items()}

    def default_date(self) -> str:
        """Return the date of texts without one: a text, or the numbers from the year on."""
        given = self.of_site("DEFAULT_DATE")
        if isinstance(given, (list, tuple)) and len(given) >= 3 and all(isinstance(one, int) for one in given):
            numbers = [*given[:6], 0, 0, 0][:6]
            return "{:04}-{:02}-{:02} {:02}:{:02}:{:02}".format(*numbers)
        return given if isinstance(given, str) and given != "fs" else ""

    def by_path(self) -> dict[str, str]:
        """Return what file name and folder say."""
        folder, _, name = self.source.address.rpartition("/")
        looks = [(self.of_site("FILENAME_METADATA"), name.rpartition(".")[0] or name)]
        looks.append((self.of_site("PATH_METADATA"), self.source.address))
        found: dict[str, str] = {}
        for pattern, text in looks:
            for key, value in groups(pattern, text).items():
                found.setdefault(key, value)
        if self.of_site("USE_FOLDER_AS_CATEGORY") and folder:
            found.setdefault("category", folder.rpartition("/")[2])
        return found

    def left_out(self) -> str:
        """Return why Pelican passes this file over: an article needs title and date, a page a title."""
        if reason := self.not_looked_at():
            raise LeftOut(reason, asset=any(map(self.lies_in, self.paths("STATIC_PATHS"))))
        if not self.header_title() and not (self.markup() == "rst" and titles.opening(self.body, self.zone).title):
            return "it has no title"
        if self.status not in STATES:
            return f"its status is {self.status}"
        saved = self.of_site("PAGE_SAVE_AS" if self.kind == PAGE else "ARTICLE_SAVE_AS")
        if saved == "" and not self.first("url") and self.status != "draft":
            return f"{'PAGE' if self.kind == PAGE else 'ARTICLE'}_SAVE_AS is empty"
        if self.kind == POST and self.status != "draft" and not self.find_date(None):
            return "it has no date"
        return ""

    def not_looked_at(self) -> str:
        """Return why Pelican doesn't open the file."""
        ending = self.path.suffix.lower()
        readers = self.of_site("READERS")
        theirs = readers if isinstance(readers, dict) else {}
        if ending not in READ and not theirs.get(ending[1:]):
            return f"Pelican reads no {ending}"
        if ending[1:] in theirs and theirs[ending[1:]] is None:
            return f"READERS leaves out {ending}"
        if ignored := next((one for one in listed(self.of_site("IGNORE_FILES")) if self.named_as(one)), ""):
            return f"IGNORE_FILES has {ignored}"
        if not (self.taken_as("PAGE", "ARTICLE") or self.taken_as("ARTICLE", "PAGE")):
            return "it lies neither in ARTICLE_PATHS nor in PAGE_PATHS"
        return ""

    def named_as(self, pattern: str) -> bool:
        """Tell whether the file, or a folder on the way, is named as a pattern says."""
        return any(fnmatchcase(part, pattern) for part in self.path.parts)

    def find_date(self, line: dates.When | None) -> dates.When | None:
        """Return the date; the configuration may have the file's for what has none."""
        found = super().find_date(line)
        if found or self.of_site("DEFAULT_DATE") != "fs" or self.date_is_broken():
            return found
        self.origins["date"] = "file"
        return dates.changed(self.source.stamp.mtime_ns, self.zone)

    @property
    def status(self) -> str:
        """Return what the header says of the text's state."""
        return values.text(self.meta.get("status")).lower()

    def read_date(self, given: Any) -> dates.When | None:
        """Read a date as Pelican does, with ``_`` for a space."""
        return dates.read(values.text(given).replace("_", " "), self.own_zone or self.zone)

    @property
    def own_zone(self) -> ZoneInfo | None:
        """Return the time zone that the header names."""
        try:
            return dates.zone_of(values.text(self.meta["timezone"]))
        except (KeyError, ValueError, OSError):
            return None

    def draft(self) -> bool:
        """Tell whether the status holds the text back."""
        held = self.status == "draft"
        if held:
            self.origins["draft"] = "status: draft"
        return held

    def unlisted(self) -> bool:
        """Tell whether no list shows it."""
        return self.status == "hidden"

    def tags(self) -> tuple[str, ...]:
        """Return the tags, split at semicolons if there are any, else at commas."""
        given = self.first("tags")
        return values.listed(given.partition("\n")[0] if isinstance(given, str) else given)

    def categories(self) -> tuple[str, ...]:
        """Return the category: one, whatever is in it."""
        return values.listed(self.first("categories"), "")

    def authors(self) -> tuple[str, ...]:
        """Return who has written it."""
        one = values.text(self.meta.get("author"))
        return (one,) if one else values.listed(self.meta.get("authors"))

    def slug_of(self, text: str, of: str = "SLUG") -> str:
        """Return a slug by the site's substitutions."""
        given = self.of_site(f"{of}_REGEX_SUBSTITUTIONS")
        given = self.of_site("SLUG_REGEX_SUBSTITUTIONS") if given is None else given
        named = given if isinstance(given, (list, tuple)) else ()
        pairs = [(str(one[0]), str(one[1])) for one in named if isinstance(one, (list, tuple)) and len(one) > 1]
        cased, unicode = self.of_site("SLUGIFY_PRESERVE_CASE"), self.of_site("SLUGIFY_USE_UNICODE")
        return slugs.pelican(text, pairs, bool(cased), bool(unicode))

    def address(self, given: str) -> str:
        """Return an address of a header, which counts from the site's front page."""
        found = urls.written(f"/{given.lstrip('/')}", slash=False)
        return found if self.key("url") == "url" else re.sub(r"(?<=/)index\.html\Z", "", found)

    @property
    def tongue(self) -> str:
        """Return the language as patterns have it."""
        return values.text(self.first("language")) or str(self.of_site("DEFAULT_LANG")).lower()

    def usual_url(self) -> str:
        """Return the address by the pattern for articles or for pages, of drafts too."""
        kind = "ARTICLE" if self.kind == POST else "PAGE"
        if self.status == "draft":
            kind = "DRAFT" if self.kind == POST else "DRAFT_PAGE"
        translated = self.tongue != str(self.of_site("DEFAULT_LANG")).lower()
        pattern = str(self.of_site(f"{kind}_LANG_URL" if translated else f"{kind}_URL"))
        before = str(self.of_site("ARTICLE_PERMALINK_STRUCTURE") or "")
        if before and kind != "DRAFT_PAGE":
            before = re.sub(r"(%[A-Za-z])", r"{date:\1}", re.sub(r"%\((\w+)\)s", r"{\1}", before))
            pattern = f"{before.rstrip('/')}/{pattern}"
        self.origins["url"] = f"the permalink {pattern}"
        return self.filled(pattern)

    def filled(self, pattern: str) -> str:
        """Fill a pattern of addresses; an ``index.html`` is its folder's."""
        moment = self.when.moment if self.when else None
        url = urls.filled(f"/{pattern.lstrip('/')}", self.tokens(), moment, slash=False)
        return re.sub(r"(?<=/)index\.html\Z", "", url)

    def tokens(self) -> dict[str, Value]:
        """Return what the tokens of a pattern stand for."""
        source = self.title if self.of_site("SLUGIFY_SOURCE") == "title" else self.path.stem
        slug = values.text(self.first("slug")) or self.slug_of(source)
        said = {key: values.text(value) for key, value in self.meta.items()}
        author = self.authors()[:1] or (self.settings.author,)
        return {
            **said,
            "slug": slug,
            "title": slug,
            "category": self.slug_of(next(iter(self.categories()), ""), "CATEGORY"),
            "author": self.slug_of(author[0], "AUTHOR"),
            "lang": self.tongue,
            "path": self.source.address,
            "filename": self.path.stem,
        }
