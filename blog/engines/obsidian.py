"""An Obsidian vault, or one that Quartz publishes: notes named as their files, linked by name.

https://help.obsidian.md/properties https://quartz.jzhao.xyz/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .. import dates, slugs, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder
from ..reader import KEYS, Reading
from .config import text_of, understood

QUARTZ = re.compile(r"(pageTitle|baseUrl|locale)\s*:\s*[\"']([^\"'\n]*)[\"']")
IGNORED = re.compile(r"ignorePatterns\s*:\s*\[([^\[\]]*)\]")
TEXTS = re.compile(r"[\"']([^\"'\n]*)[\"']")
TAKEN = {"pageTitle": "title", "baseUrl": "url", "locale": "language"}
# Lines and parts of them in which a sign before a word makes no tag.
NO_TAGS = re.compile(
    r"^[ \t>]*+\#{1,6}[ \t][^\n]*+|\[\[[^\[\]\n]*+\]\]|\[[^\[\]\n]*+\]\([^()\n]*+\)|<[^<>\n]*+>", re.MULTILINE
)
# Anything but spaces and punctuation, in whatever script.
TAG = re.compile(
    r"(?<!\S)\#([^\s\0!-,.:-@\[-^`{-~\xa0-\xbf\u2000-\u200c\u200e-\u206f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20"
    r"\uff3b-\uff40\uff5b-\uff65\ufdd0-\ufdef]++)"
)
SIGNS = dict.fromkeys(map(ord, "/-_"))
USUALLY_IGNORED = ("private", "templates")
POST_FOLDERS = {"posts", "blog", "journal", "diary", "daily"}


def configure(root: Path, why: str) -> Facts:
    """Return what ``quartz.config.ts`` tells, and where Obsidian keeps templates; neither is run."""
    content = "content" if (root / "content").is_dir() else ""
    said = text_of(root / "quartz.config.ts")
    found = dict(QUARTZ.findall(said))
    ignored = IGNORED.search(said)
    named: list[str] = TEXTS.findall(ignored[1]) if ignored else list(USUALLY_IGNORED)
    patterns = [*named, *templates(root / content / ".obsidian")]
    before = f"{content}/" if content else ""
    url = found.get("baseUrl", "")
    settings: dict[str, Any] = {TAKEN[key]: value for key, value in found.items() if value}
    if url:
        settings["url"] = url if "://" in url else f"https://{url}"
    return Facts(
        "obsidian",
        why,
        folders=(Folder(content, plain=not content),),
        values={"quartz": bool(said), "explicit": "ExplicitPublish(" in said},
        left_out=tuple(dict.fromkeys(before + one.strip("/") for one in patterns if one and one != ".obsidian")),
        settings={"markdown": ("wikilinks", "comments", "marks", "math"), **settings},
        understood=tuple(understood("quartz.config.ts", found, TAKEN, {})),
    )


def hashtags(text: str) -> tuple[str, ...]:
    """Return the tags in a text: outside of code, comments, headings and links; a number alone is none.

    https://help.obsidian.md/tags
    """
    from ..markup import outside

    found: dict[str, None] = {}

    def collect(part: str) -> str:
        shown = "".join(part.split("%%")[::2])
        found.update(dict.fromkeys(tag.strip("/") for tag in TAG.findall(NO_TAGS.sub(" \0", shown))))
        return part

    outside.changed(text, collect)
    return tuple(tag for tag in found if (said := tag.translate(SIGNS)) and not said.isdecimal())


def templates(vault: Path) -> Iterator[str]:
    """Yield the folder of a vault's templates, if it has named one."""
    for name in ("templates.json", "plugins/templater-obsidian/data.json"):
        try:
            said = json.loads(text_of(vault / name) or "{}")
        except (ValueError, RecursionError):
            continue
        if isinstance(said, dict):
            yield from (values.text(said[key]) for key in ("folder", "templates_folder") if values.text(said.get(key)))


class Rules(Reading):
    """Read a note as Quartz publishes it."""

    keys = KEYS | {
        "date": ("date", "created", "published", "publishdate"),
        "updated": ("modified", "lastmod", "updated", "last-modified"),
        "publishes": (),
        "url": ("permalink",),
        "summary": ("description", "summary"),
        "tags": ("tags", "tag"),
        "aliases": ("aliases", "alias"),
    }
    ladder = page_ladder = ("header", "name")
    slash = False

    def kind_of(self) -> str:
        """Tell a dated note, or one in a folder for such, from a page."""
        if self.is_index:
            return PAGE
        return POST if POST_FOLDERS.intersection(part.lower() for part in self.path.parts[:-1]) else PAGE

    def left_out(self) -> str:
        """Return why a note isn't published: in Quartz ``publish`` is only heeded by the filter ``ExplicitPublish``."""
        publish = values.flag(self.meta["publish"]) if self.meta.get("publish") is not None else None
        if self.facts.values.get("explicit"):
            return "" if publish else "it isn't said to be published, and ExplicitPublish is on"
        if self.facts.values.get("quartz"):
            return ""
        if self.path.parts[0].lower() == "templates" and len(self.path.parts) > 1:
            return f"{self.path.parts[0]}/ holds templates"
        if "excalidraw-plugin" in self.meta:
            return "it is a drawing of Excalidraw"
        return "publish: false" if publish is False else ""

    def is_post_if_dated(self) -> bool:
        """Tell whether a date makes this a post: it does but for the page of a folder."""
        return not self.is_index

    def draft(self) -> bool:
        """Tell whether the note is held back: in Quartz only by ``draft``."""
        if not self.facts.values.get("quartz"):
            return super().draft()
        held = values.flag(self.meta.get("draft") or "no") is True
        if held:
            self.origins["draft"] = "draft"
        return held

    def name_date(self) -> dates.When | None:
        """Return the day that the note is named by, as daily notes are; Quartz knows no such."""
        return None if self.facts.values.get("quartz") else super().name_date()

    def title_and_date(self) -> tuple[str, dates.When | None]:
        """Take the title from the header, else the file's name as it is."""
        title = self.header_title()
        self.origins["title"] = "title" if title else "the file's name"
        return title or (self.path.parent.name if self.is_index and self.path.parent.name else self.path.stem), None

    def tags(self) -> tuple[str, ...]:
        """Return the tags of the header, without the sign before them, and those that stand in the text."""
        listed = (re.sub(r"\s+", "-", tag) for tag in values.unhashed(self.listed_tags()))
        inside = hashtags(self.body) if self.markup() == "markdown" and "#" in self.body else ()
        return tuple(dict.fromkeys((*listed, *inside)))

    def listed_tags(self) -> tuple[str, ...]:
        """Return the tags as the header has them."""
        given = self.first("tags")
        return values.listed(
            given if "," in values.text(given) or isinstance(given, list) else values.text(given).split()
        )

    def address(self, given: str) -> str:
        """Return an address of a header: with or without a slash at its end."""
        return urls.written(given if given.startswith(("/", "http")) else f"/{given}", slash=False)

    def usual_url(self) -> str:
        """Return the address: the path as the note has it, dashes for white space."""
        self.origins["url"] = "its path"
        path = slugs.quartz("/".join((*self.path.parts[:-1], self.path.stem)))
        return urls.closed(urls.safe(re.sub(r"(^|/)index\Z", r"\1", path)), slash=False)

    def filled(self, pattern: str) -> str:
        """Fill a pattern of addresses with names as Quartz writes them."""
        folders, name = [slugs.quartz(part) for part in self.path.parts[:-1]], slugs.quartz(self.path.stem)
        path = "/".join([*folders, *([] if self.is_index else [name])])
        named = {"path": path, "filename": name, "name": slugs.quartz(self.rest) or name, "sections": folders}
        said = {"slug": values.text(self.first("slug")) or name, "title": slugs.quartz(self.title)}
        moment = self.when.moment if self.when else None
        return urls.filled(pattern, named | said | {"section": "/".join(folders)}, moment, slash=False)

    def aliases(self, url: str) -> tuple[str, ...]:
        """Return the other names of the note as addresses in its folder."""
        found = []
        for name in values.listed(self.first("aliases"), ""):
            folder = "" if name.startswith("/") else "/".join(self.path.parts[:-1])
            found.append(urls.closed(urls.safe(f"{folder}/{name.strip('/')}"), slash=False))
        return tuple(one for one in dict.fromkeys(found) if one not in (url, "/"))
