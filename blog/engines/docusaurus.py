"""Docusaurus: documentation in ``docs/``, a blog in ``blog/``, pages in ``src/pages``.

https://docusaurus.io/docs
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from .. import dates, slugs, titles, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder, Understood
from ..reader import KEYS, LeftOut, Reading
from .config import seen, served, text_of, understood

CONFIGS = ("docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs")
SAID = re.compile(r"\b(title|url|baseUrl|tagline|defaultLocale|lastVersion)\s*:\s*[\"'`]([^\"'`\n]*)[\"'`]")
SLASH = re.compile(r"\btrailingSlash\s*:\s*(true|false)")
PART = re.compile(r"\b(docs|blog)\s*:\s*\{")
ROUTE = re.compile(r"\brouteBasePath\s*:\s*[\"'`]([^\"'`\n]*)[\"'`]")
TAKEN = {"title": "title", "url": "url", "tagline": "description", "defaultLocale": "language"}
RULED = {"baseUrl": "addresses", "lastVersion": "addresses"}
DATED = re.compile(r"(?P<folder>.*)(?P<day>\d{4}[/-]\d{1,2}[/-]\d{1,2})[/-]?(?P<rest>.*)")
HOMES = ("docs", "blog", "versioned_docs")
TRANSLATED = {  # of i18n/LANGUAGE
    "docusaurus-plugin-content-docs/current": ("docs/", PAGE),
    "docusaurus-plugin-content-blog": ("blog/", POST),
    "docusaurus-plugin-content-pages": ("", PAGE),
}


def configure(root: Path, why: str) -> Facts:
    """Return what can be seen in the configuration without running it, and the versions that there are."""
    file, text, said = seen(root, CONFIGS, SAID)
    slash = SLASH.search(text)
    translations = list(translated(root))
    return Facts(
        "docusaurus",
        why,
        folders=(
            Folder("blog", "blog/", POST),
            Folder("docs", "docs/", PAGE),
            *([Folder("versioned_docs", "versioned_docs/", PAGE)] if (root / "versioned_docs").is_dir() else []),
            Folder("src/pages", "", PAGE),
            *translations,
            *served(root, "static"),
        ),
        values={
            "slash": slash[1] == "true" if slash else None,
            "starts": dict(routes(text)),
            "versions": versions(root),
            "last": said.get("lastVersion", ""),
        },
        settings={
            **dict(settings_of(said)),
            "languages": sorted({folder.language for folder in translations}),
            "markdown": ("mdx", "containers"),
        },
        understood=(
            *understood(file, said, TAKEN, RULED),
            *(Understood(file, f"{key}.routeBasePath", value, "addresses") for key, value in routes(text)),
        ),
    )


def settings_of(said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield settings of ours that follow from the configuration."""
    yield from ((TAKEN[key], value) for key, value in said.items() if key in TAKEN and value)
    if home := said.get("url"):
        yield "url", home.rstrip("/") + "/" + said.get("baseUrl", "/").strip("/")


def translated(root: Path) -> Iterator[Folder]:
    """Yield the folders of translations."""
    for place in sorted((root / "i18n").glob("*")):
        for inner, (prefix, kind) in TRANSLATED.items():
            if (place / inner).is_dir():
                yield Folder(f"i18n/{place.name}/{inner}", prefix, kind, place.name)


def routes(text: str) -> Iterator[tuple[str, str]]:
    """Yield where the preset has the documentation and the blog: what stands in the braces after their names."""
    for part in list(PART.finditer(text))[:20]:
        inner = text[part.end() : part.end() + 3000]
        depth, end = 1, len(inner)
        for brace in re.finditer(r"[{}]", inner):
            depth += 1 if brace[0] == "{" else -1
            if not depth:
                end = brace.start()
                break
        if found := ROUTE.search(inner[:end]):
            yield part[1], found[1].strip("/")


def versions(root: Path) -> tuple[str, ...]:
    """Return the versions of the documentation that are kept, the newest first."""
    try:
        said = json.loads(text_of(root / "versions.json") or "[]")
    except (ValueError, RecursionError):
        return ()
    return tuple(one for one in said if isinstance(one, str)) if isinstance(said, list) else ()


class Rules(Reading):
    """Read a file as Docusaurus does."""

    keys = KEYS | {
        "date": ("date",),
        "publishes": (),
        "expires": (),
        "url": (),
        "aliases": (),
        "summary": ("description",),
        "updated": (),
    }
    ladder = ("header", "file")
    page_ladder = ()
    slash = False
    index_names = ("index", "README")

    def kind_of(self) -> str:
        """Tell a post from a page, by the folder."""
        return self.source.kind

    def left_out(self) -> str:
        """Return why a file is no page: names that begin with an underscore are parts of others."""
        if self.path.suffix.lower() not in (".md", ".mdx", ".markdown"):
            raise LeftOut("it is no Markdown", asset=True)
        hidden = next((part for part in self.path.parts if part.startswith("_")), "")
        return f"{hidden} begins with _" if hidden else ""

    @property
    def home(self) -> tuple[str, tuple[str, ...]]:
        """Return which of the site's parts the file belongs to, with the folders and the name below it."""
        parts = self.path.with_suffix("").parts
        at = next((at for at, part in enumerate(parts[:-1]) if part in HOMES), -1)
        if at < 0:
            return ("blog" if self.kind == POST else ""), parts
        return parts[at], parts[at + 1 :]

    @property
    def below(self) -> str:
        """Return the path below the blog, without its ending and without the ``index`` of a folder."""
        return re.sub(r"/index\Z", "", "/".join(self.home[1]))

    @property
    def own_id(self) -> str:
        """Return the id of a text of the documentation."""
        whole = values.flag(self.meta.get("parse_number_prefixes", "yes")) is False
        return values.text(self.meta.get("id")) or (self.path.stem if whole else slugs.docusaurus(self.path.stem))

    def title_and_date(self) -> tuple[str, dates.When | None]:
        """Take the title from the header, else from the heading at the start, else from the file's name."""
        if self.header_title():
            return super().title_and_date()
        if (found := titles.top(self.body)) and found.level == 1:
            self.origins["title"] = "its first heading"
            self.body = titles.without(self.body, found, self.body[found.end :])
            return found.title, None
        self.origins["title"] = "the file's name"
        return (self.dated[1] if self.kind == POST else self.own_id), None

    @property
    def dated(self) -> tuple[str, str]:
        """Return the day in the path of a post, as it is written, and the path without it."""
        found = DATED.fullmatch(self.below) if self.kind == POST else None
        return (found["day"], found["folder"] + found["rest"]) if found else ("", self.below)

    def header_date(self) -> dates.When | None:
        """Return the date of the header, else of a post that of its path."""
        day = self.dated[0]
        return super().header_date() or (dates.read(day.replace("/", "-"), self.zone) if day else None)

    def tags(self) -> tuple[str, ...]:
        """Return the tags; one may be a table with its label."""
        given = self.first("tags")
        said = (
            [one.get("label") if isinstance(one, dict) else one for one in given] if isinstance(given, list) else given
        )
        return values.listed(said)

    def usual_url(self) -> str:
        """Return the address: that of the post, of the text of the documentation, or of the page."""
        self.origins["url"] = "its slug or path"
        home, parts = self.home
        if home == "blog":
            return self.closed(f"{self.start(home)}/{self.post_slug()}")
        if home in ("docs", "versioned_docs"):
            return self.closed(self.start("docs") + self.version(home, parts))
        last = parts[:-1] if self.is_index else parts
        return self.closed("/".join([self.source.language, *last, *([""] if self.is_index else [])]))

    def start(self, home: str) -> str:
        """Return where a part of the site begins, below the language."""
        route = self.facts.values.get("starts", {}).get(home, home)
        return "/".join(part for part in ("", self.source.language, route) if part or not route)

    def post_slug(self) -> str:
        """Return the slug of a post: its day and its path."""
        day, rest = self.dated
        return values.text(self.first("slug")) or (f"{day.replace('-', '/')}/{rest}" if day else rest)

    def version(self, home: str, parts: tuple[str, ...]) -> str:
        """Return the address within the documentation: the newest version has none of its own in it."""
        known, last = self.facts.values.get("versions", ()), self.facts.values.get("last", "")
        last = last or next(iter(known), "current")
        name = "current"
        if home == "versioned_docs":
            name, parts = parts[0].removeprefix("version-"), parts[1:]
        before = "" if name == last else "/next" if name == "current" else f"/{name}"
        return before + self.doc_slug(parts)

    def doc_slug(self, parts: tuple[str, ...]) -> str:
        """Return the slug of a text of the documentation: that of the header in its folder, its id, or its folder."""
        whole = values.flag(self.meta.get("parse_number_prefixes", "yes")) is False
        folders = parts[:-1] if whole else tuple(map(slugs.docusaurus, parts[:-1]))
        folder = "/".join(["", *folders, ""])
        slug = values.text(self.first("slug"))
        own = ("index", "readme", *(part.lower() for part in parts[-2:-1]))
        if not slug and parts and parts[-1].lower() in own:
            return folder
        joined = posixpath.normpath(posixpath.join(folder, slug or self.own_id))
        return f"{joined}/" if slug.endswith("/") else joined

    def filled(self, pattern: str) -> str:
        """Fill a pattern of addresses with names without their numbers."""
        folders, name = [slugs.docusaurus(part) for part in self.home[1][:-1]], slugs.docusaurus(self.path.stem)
        name = self.post_slug().rpartition("/")[2] if self.kind == POST else name
        path = "/".join([*folders, *([] if self.is_index else [name])])
        named = {"path": path, "filename": name, "name": name, "slug": values.text(self.first("slug")) or name}
        moment = self.when.moment if self.when else None
        return urls.filled(pattern, named | {"sections": folders, "section": "/".join(folders)}, moment, slash=False)

    def closed(self, path: str) -> str:
        """Return an address that ends as the configuration says, else as it is."""
        slash = self.facts.values.get("slash")
        bare = path if slash is None else path.rstrip("/") + ("/" if slash else "")
        return urls.closed(urls.safe(bare), slash=False)
