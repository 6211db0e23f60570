"""Zola: sections and pages, dates in file names, slugs by strategy.

https://www.getzola.org/documentation/, and where that is silent https://github.com/getzola/zola
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .. import dates, headers, slugs, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder
from ..reader import KEYS, LeftOut, Reading
from ..reader.text import decoded
from .config import Table, served, spelt, table, table_of, told

DATED = re.compile(
    r"(?P<date>\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"(?:T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?)"
    r"(?:\s?[_-](?P<slug>.+)\Z)?",
    re.DOTALL,
)
TAKEN = {
    "base_url": "the setting url",
    "title": "the setting title",
    "description": "the setting description",
    "author": "the setting author",
    "default_language": "the setting language",
    "languages": "the setting languages",
    "taxonomies": "which taxonomies are tags and categories",
    "ignored_content": "files that are left out",
    "slugify": "how names become addresses",
    "markdown": "switches of Markdown",
    "generate_feeds": "feeds, which there are always",
    "generate_feed": "feeds, which there are always",
    "feed_filenames": "the addresses of feeds",
    "feed_filename": "the addresses of feeds",
}
SWITCHES = {  # https://www.getzola.org/documentation/getting-started/configuration/, off where nothing is said
    "smart_punctuation": "typography",
    "definition_list": "deflists",
    "github_alerts": "alerts",
}
ALWAYS = ("zola", "tables", "footnotes", "strikethrough", "task_lists", "heading_attributes")


def configure(root: Path, why: str) -> Facts:
    """Return what ``zola.toml`` or ``config.toml`` tells."""
    file, said, broken = table_of(root, "zola.toml", "config.toml")
    slugify = table(said, "slugify")
    default = values.text(said.get("default_language")) or "en"
    languages = [
        name for name, about in table(said, "languages").items() if isinstance(about, dict) and name != default
    ]
    static = served(root, "static")
    return Facts(
        "zola",
        why,
        folders=(Folder("content"), *static),
        new_post="content/:slug.md",
        lists="_index",
        left_out=tuple(left_out(said)),
        values={
            "languages": tuple(languages),
            "paths": strategy(slugify.get("paths")),
            "keep_dates": slugify.get("paths_keep_dates") is True,
            "taxonomies": tuple(taxonomies(said)),
        },
        settings=dict(settings_of(root, said, default, languages)),
        understood=(*broken, *told(said, dict.fromkeys(said, file), TAKEN)),
    )


def strategy(given: Any) -> str:
    """Return a strategy of slugs; older sites say true or false."""
    return {"true": "on", "false": "off"}.get(word := values.text(given).lower(), word) or "on"


def taxonomies(said: Table) -> Iterator[str]:
    """Yield the names of the taxonomies."""
    given = said.get("taxonomies")
    for one in given if isinstance(given, list) else ():
        yield values.text(one.get("name") if isinstance(one, dict) else one)


def left_out(said: Table) -> Iterator[str]:
    """Yield the patterns of paths that are no content."""
    given = said.get("ignored_content")
    for pattern in values.listed(given) if isinstance(given, list) else ():
        for one in spelt(pattern):
            yield from (f"content/{one}", f"*/{one.removeprefix('**/')}")


def settings_of(root: Path, said: Table, default: str, languages: list[str]) -> Iterator[tuple[str, Any]]:
    """Yield settings of ours that follow from the configuration."""
    for key, name in (("title", "title"), ("description", "description"), ("base_url", "url"), ("author", "author")):
        if given := values.text(said.get(key)):
            yield name, given
    yield "language", default.replace("_", "-")
    if languages:
        yield "languages", [name.replace("_", "-") for name in languages]
    if size := values.number(front_of(root).get("paginate_by")):
        yield "posts_per_page", size
    markdown = table(said, "markdown")
    chosen = [switch if markdown.get(key) is True else f"-{switch}" for key, switch in SWITCHES.items()]
    yield "markdown", (*ALWAYS, *chosen)
    yield "future", True  # a date to come keeps nothing back
    yield "feed_addresses", ["zola"]


def front_of(root: Path) -> Table:
    """Return the header of the front page."""
    file = root / "content" / "_index.md"
    try:
        return headers.read(decoded(file.read_bytes()), file.name).meta
    except OSError:
        return {}


class Rules(Reading):
    """Read a file as Zola does."""

    keys = KEYS | {
        "date": ("date",),
        "updated": ("updated",),
        "publishes": (),
        "expires": (),
        "summary": ("description",),
        "url": ("path",),
        "aliases": ("aliases",),
        "author": ("authors",),
        "language": (),
        "menu": (),
    }
    ladder = ("header", "name", "address")
    page_ladder = ladder

    def fact(self, key: str, otherwise: Any = None) -> Any:
        """Return what the configuration says."""
        return self.facts.values.get(key, otherwise)

    def without_language(self, name: str) -> tuple[str, str]:
        """Split ``index.fr`` at its first dot into name and language, if it is another than the site's own."""
        stem, dot, suffix = name.partition(".")
        return (stem, suffix) if dot and stem and suffix in self.fact("languages", ()) else (name, "")

    def kind_of(self) -> str:
        """Take what has a date for a post."""
        self.dated = DATED.match(self.stem)
        written = values.text(self.meta.get("date")) or self.dated or self.address_day()
        return POST if written and not self.is_section else PAGE

    @property
    def is_section(self) -> bool:
        """Tell whether it is the page of its folder."""
        return self.name == "_index"

    def left_out(self) -> str:
        """Return by which of Zola's rules it is no page."""
        if self.path.suffix != ".md":
            raise LeftOut("only .md files are pages", asset=True)
        shown = values.flag(self.meta.get("render", True))
        return "it says render = false" if shown is False else ""

    def title_and_date(self) -> tuple[str, dates.When | None]:
        """Take the title from the header; a page without one has none to Zola."""
        title, _ = super().title_and_date()
        if not self.header_title():
            self.origins["title"] = f"nothing in the header, so {self.origins.get('title', '')}"
        return title, None

    def find_date(self, line: dates.When | None) -> dates.When | None:
        """Look into the header, the file's name and the written address; a section has no date."""
        return None if self.is_section else super().find_date(line)

    def name_date(self) -> dates.When | None:
        """Return the date, with a time of day or without, that the file's name begins with."""
        return dates.read(self.dated["date"], self.zone) if self.dated else None

    def tags(self) -> tuple[str, ...]:
        """Return the tags, a taxonomy among others."""
        return self.terms("tags", "tag")

    def categories(self) -> tuple[str, ...]:
        """Return the categories, likewise."""
        return self.terms("categories", "category")

    def terms(self, *names: str) -> tuple[str, ...]:
        """Return what the header says for a taxonomy, by the first of some names."""
        given = self.meta.get("taxonomies")
        said = {str(key).lower(): value for key, value in given.items()} if isinstance(given, Mapping) else self.meta
        found = next((said[name] for name in names if said.get(name) is not None), None)
        if isinstance(found, (list, tuple)):
            return tuple(dict.fromkeys(filter(None, map(values.text, found))))
        return values.listed(found)

    def authors(self) -> tuple[str, ...]:
        """Return who has written it."""
        given = self.meta.get("authors")
        return values.listed(given) if isinstance(given, list) else super().authors()

    def draft(self) -> bool:
        """Tell whether it is held back."""
        return values.flag(self.meta.get("draft")) is True

    def markup(self) -> str:
        """Return what the text is written in."""
        return "markdown"

    def layout(self) -> str:
        """Return the template that the header asks for, without its ending."""
        return values.text(self.meta.get("template")).removesuffix(".html")

    def language(self) -> str:
        """Return the language tag of the file's name."""
        return self.suffix.replace("_", "-")

    def pattern_of_engine(self) -> str:
        """Return the pattern of addresses for this place; a section has its own address."""
        return "" if self.is_section else super().pattern_of_engine()

    def address(self, given: str) -> str:
        """Return the address that the header gives, with a slash at both ends; raises ``ValueError``."""
        return urls.written("/" + given.strip().lstrip("/")).rstrip("/") + "/"

    def usual_url(self) -> str:
        """Return the address by the path: folders as they are, the name as a slug."""
        self.origins["url"] = "its path"
        folders = self.path.parent.parts
        if self.is_section:
            parts = list(folders)
        elif self.name == "index":
            parts = [*folders[:-1], self.slug()] if folders else []
        else:
            parts = [*folders, self.slug()]
        return "/" + "".join(f"{part}/" for part in ([self.suffix, *parts] if self.suffix else parts))

    def slug(self) -> str:
        """Return the last part of the address: from the header, from behind the date of the name, from the name."""
        paths = str(self.fact("paths", "on"))
        named = self.dated["slug"] if self.dated and not self.fact("keep_dates") else ""
        found = slugs.zola(values.text(self.meta.get("slug")) or named or self.stem, paths)
        return found if found.strip(".") else "untitled"

    def tokens(self) -> dict[str, Any]:
        """Return what the tokens of a pattern stand for."""
        return super().tokens() | {"slug": self.slug()}

    def alias(self, given: str) -> str:
        """Return an old address, which is always seen from the front page; raises ``ValueError``."""
        return urls.written("/" + given.strip().lstrip("/"))
