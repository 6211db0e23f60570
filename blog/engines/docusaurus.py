"""Docusaurus: documentation in ``docs/``, a blog in ``blog/``, pages in ``src/pages``.

https://docusaurus.io/docs
"""

from __future__ import annotations

import re
from pathlib import Path

from .. import dates, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder, Understood
from ..reader import KEYS, Reading
from .config import text_of

CONFIGS = ("docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs")
SAID = re.compile(r"\b(title|url|baseUrl|tagline|defaultLocale|routeBasePath)\s*:\s*[\"'`]([^\"'`\n]*)[\"'`]")
SLASH = re.compile(r"\btrailingSlash\s*:\s*(true|false)")
TAKEN = {"title": "title", "url": "url", "tagline": "description", "defaultLocale": "language"}
NUMBERED = re.compile(r"\d+\s*[-_.]+\s*(?=[^\d\W])")
DATED = re.compile(r"(?P<day>\d{4}[/-]\d{1,2}[/-]\d{1,2})[/-]?(?P<rest>.*?)(?:/index)?\Z")


def configure(root: Path, why: str) -> Facts:
    """Return what can be seen in the configuration without running it."""
    file = next((name for name in CONFIGS if (root / name).is_file()), "")
    text = text_of(root / file) if file else ""
    said: dict[str, str] = {}
    for key, value in SAID.findall(text):
        said.setdefault(key, value)
    slash = SLASH.search(text)
    home = said.get("url", "").rstrip("/") + "/" + said.get("baseUrl", "/").strip("/")
    settings = {TAKEN[key]: value for key, value in said.items() if key in TAKEN and value}
    return Facts(
        "docusaurus",
        why,
        folders=(
            Folder("blog", "blog/", POST),
            Folder("docs", "docs/", PAGE),
            Folder("src/pages", "", PAGE),
            *([Folder("static", texts=False)] if (root / "static").is_dir() else []),
        ),
        values={"slash": bool(slash and slash[1] == "true")},
        settings={**settings, **({"url": home} if said.get("url") else {}), "markdown": ("mdx", "containers")},
        understood=tuple(
            Understood(file, key, value, f"the setting {TAKEN[key]}" if key in TAKEN else "")
            for key, value in said.items()
        ),
    )


class Rules(Reading):
    """Read a file as Docusaurus does."""

    keys = KEYS | {
        "date": ("date",),
        "url": (),
        "aliases": (),
        "summary": ("description",),
        "updated": ("last_update",),
    }
    ladder = ("header", "name", "folder", "file")
    page_ladder = ("header",)
    slash = False
    index_names = ("index", "README")

    def kind_of(self) -> str:
        """Tell a post from a page, by the folder."""
        return self.source.kind

    def left_out(self) -> str:
        """Return why a file is no page: names that begin with an underscore are parts of others."""
        hidden = next((part for part in self.path.parts if part.startswith("_")), "")
        return f"{hidden} begins with _" if hidden else ""

    @property
    def below(self) -> str:
        """Return the path below the blog or the documentation, without its ending."""
        parts = self.path.with_suffix("").parts
        return "/".join(parts[1:] if self.path.parts[0] in ("blog", "docs") else parts)

    def header_date(self) -> dates.When | None:
        """Return the date of the header, else of a post that of its path."""
        if found := super().header_date():
            return found
        dated = DATED.match(self.below) if self.kind == POST else None
        return dates.read(dated["day"].replace("/", "-"), self.zone) if dated else None

    def tags(self) -> tuple[str, ...]:
        """Return the tags; one may be a table with its label."""
        given = self.first("tags")
        said = (
            [one.get("label") if isinstance(one, dict) else one for one in given] if isinstance(given, list) else given
        )
        return values.listed(said)

    def usual_url(self) -> str:
        """Return the address by slug, id or path."""
        self.origins["url"] = "its slug or path"
        home = "blog" if self.kind == POST else "docs" if self.path.parts[0] == "docs" else ""
        slug = values.text(self.first("slug"))
        folders = [NUMBERED.sub("", part) for part in self.below.split("/")]
        if slug:
            inside = [] if slug.startswith("/") or self.kind == POST else folders[:-1]
            return self.closed("/".join([home, *inside, slug.strip("/")]), bool(slug.endswith("/") and slug != "/"))
        dated = DATED.match(self.below) if self.kind == POST else None
        if dated:
            return self.closed(f"{home}/{dated['day'].replace('-', '/')}/{dated['rest']}")
        last = folders[-1]
        same = len(folders) > 1 and last.lower() == folders[-2].lower()
        if last.lower() in ("index", "readme") or (home == "docs" and same):
            folders.pop()
        elif home == "docs" and (name := values.text(self.meta.get("id"))):
            folders[-1] = name
        return self.closed("/".join([home, *folders]))

    def closed(self, path: str, slash: bool = False) -> str:
        """Return an address that ends as the configuration says."""
        end = "/" if slash or self.facts.values.get("slash") or not path.strip("/") else ""
        return urls.closed(urls.safe(path.rstrip("/") + end), slash=False)
