"""The table of settings: name, type, default, meaning and check of each, in one line or a few."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..facts import Facts
from . import checks
from .choices import ENGINES, SITES


def setting(default: Any, meaning: str, check: Callable[[Any], Any]) -> Any:
    """Declare one row of the table."""
    return field(default=default, metadata={"meaning": meaning, "check": check})


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold the settings of one site, each checked."""

    title: str = setting("Blog", "The site's name.", checks.name)
    description: str = setting("", "One sentence on what the site is about.", checks.text)
    image: str = setting(
        "", "The picture of links to pages that have none of their own, such as /static/card.png.", checks.place
    )
    icon: str = setting("", "The site's icon, such as /static/icon.svg; empty for its first letter.", checks.place)
    url: str = setting(
        "http://127.0.0.1:8000/",
        "The public address; every absolute link is made from it. It may have a path.",
        checks.address,
    )
    language: str = setting("en", "The language of posts that don't name their own.", checks.language)
    languages: tuple[str, ...] = setting(
        (), "Its other languages: index.fa.md is the page in one of them, if fa is named here.", checks.languages
    )
    timezone: str = setting("UTC", "The time zone of dates that don't name their own.", checks.zone)
    author: str = setting("", "Who writes here.", checks.text)
    author_bio: str = setting("", "One or two sentences about the author, which stand under every post.", checks.text)
    author_photo: str = setting("", "The author's picture: a path of the site or an address.", checks.place)
    author_links: tuple[dict[str, str], ...] = setting(
        (), "Where else the author is to be found: tables with name and url.", checks.links
    )
    licence: str = setting(
        "", "What others may do with the posts: CC BY-SA 4.0, say, an address, or words.", checks.text
    )
    copyright: str = setting(
        "", "The line at the end of every page; {years} stands for those of the first and the last post.", checks.text
    )
    menu: tuple[dict[str, Any], ...] = setting(
        (), "Entries of the main menu beside those that pages bring themselves.", checks.menu
    )
    accent: str = setting(
        "green", "The colour of links: one of the theme's by name, or one's own as #7a3b12.", checks.accent
    )
    font: str = setting("system", "The font of texts: the reader's own (system), or the theme's (serif).", checks.font)
    posts_per_page: int = setting(10, "Posts on the front page and on /page/2/ and on.", checks.whole)
    permalink: str = setting(
        "/posts/:slug/",
        "The address of a post, a pattern with tokens such as :year and :slug.",
        checks.permalink,
    )
    engine: str = setting(
        "",
        "Whose site this is, if it isn't to be guessed: " + ", ".join(SITES) + ".",
        checks.engine,
    )
    content: tuple[str, ...] = setting(
        (), "The folders of content, if they aren't those of the engine.", checks.content
    )
    permalinks: checks.Patterns = setting(  # noqa: RUF009 (it can't be changed)
        checks.Patterns(),
        "Addresses of what lies at some places, by pattern of paths; they come before permalink.",
        checks.patterns,
    )
    furniture: tuple[str, ...] = setting((), "What of a post's page is off, with a dash before it.", checks.furniture)
    words_per_minute: int = setting(
        220, "How fast people read; five signs of Chinese, Japanese or Thai are two words.", checks.whole
    )
    source_url: str = setting("", "Where a post's file can be seen, with {path} for its path.", checks.pattern)
    edit_url: str = setting("", "Where a post's file can be edited, with {path} for its path.", checks.pattern)
    markdown: tuple[str, ...] = setting(
        (), "What of Markdown is on beside the usual, or off, with a dash before it.", checks.switches
    )
    heading_ids: str = setting("github", "Whose rule makes the ids of headings: github, kramdown or hugo.", checks.ids)
    toc: int = setting(
        5, "Headings from which on a post gets a table of contents unasked; 0 means never.", checks.amount
    )
    external_rel: str = setting(
        "", "The rel of links that lead to other sites, such as noopener nofollow.", checks.tokens
    )
    markdown_extension: str = setting(
        "",
        "A function that gets the Markdown parser, to add to it: module:function, in the site's folder.",
        checks.function,
    )
    feed_size: int = setting(30, "Posts in a feed.", checks.whole)
    feed_summaries: bool = setting(False, "Feed summaries in place of whole texts.", checks.switch)
    feed_max_age: int = setting(300, "Seconds for which readers may keep a feed without asking.", checks.amount)
    feed_addresses: tuple[str, ...] = setting(
        (),
        "Engines at whose addresses the feeds are to be found as well. There are " + ", ".join(ENGINES) + ".",
        checks.engines,
    )
    podcast: checks.Podcast = setting(  # noqa: RUF009 (it can't be changed)
        checks.Podcast(),
        "What directories of podcasts ask for: an image, a category, whether it is explicit, its guid.",
        checks.podcast,
    )
    hub: str = setting("", "The WebSub hub that is told of changed feeds; empty for none.", checks.hub)
    published: str = setting(
        "published.tsv", "The file that keeps the ids of what was published; empty for none.", checks.ledger
    )
    future: bool = setting(False, "Show posts before their date has come.", checks.switch)
    drafts: bool = setting(False, "Show drafts.", checks.switch)
    keep: tuple[str, ...] = setting(
        (".git", ".gitignore", "CNAME", ".nojekyll"),
        "Names at the top of the build folder, with * and ?, that no freeze removes.",
        checks.names,
    )
    hosts: tuple[str, ...] = setting((), "Hosts for which a freeze writes redirects and headers.", checks.hosts)
    precompress: bool = setting(False, "Put a compressed copy beside each file of text in the build.", checks.switch)
    relative: bool = setting(
        False, "Freeze links as relative ones, for a tree that is opened from a disk.", checks.switch
    )
    watch: str = setting(
        "auto",
        "How changes of files are noticed while serving: auto, or poll where the file system doesn't tell of them.",
        checks.watch,
    )
    memory: int = setting(6, "Megabytes of finished answers that a serving process keeps; 0 keeps none.", checks.amount)
    shelf: int = setting(200, "Megabytes of them that it keeps on the disk, in the folder of cache.", checks.amount)
    s_maxage: int = setting(
        0, "Seconds for which shared caches may keep answers without asking; 0 means not.", checks.amount
    )
    stale_while_revalidate: int = setting(
        0, "Seconds more for which they may send a stale answer while they fetch the new one.", checks.amount
    )
    surrogate_header: str = setting(
        "", "The header that names what an answer rests on, such as Surrogate-Key or Cache-Tag.", checks.header
    )
    purge: str = setting("", "The command that is given the names of what has changed, one a line.", checks.text)
    metrics: bool = setting(False, "Answer /-/metrics for Prometheus.", checks.switch)
    access_log: str = setting("", "The file for a line of JSON for each request; - is standard error.", checks.text)
    proxies: int = setting(
        0,
        "How many proxies in front may say whom they ask for; the access log and feed_polls heed them.",
        checks.amount,
    )
    feed_polls: int = setting(
        0,
        "Requests for a feed an hour from one client without If-None-Match or If-Modified-Since before it gets 429;"
        " 0 means never.",
        checks.amount,
    )
    csp: str = setting(
        "default-src 'self'; img-src 'self' https: data:; media-src 'self' https:; object-src 'none';"
        " base-uri 'self'; form-action 'self' https:; frame-ancestors 'self'",
        "The Content-Security-Policy of every answer; empty for none.",
        checks.policy,
    )
    hsts: int = setting(
        0,
        "Seconds for which browsers ask for the domain by HTTPS only, if url begins with https; 0 says nothing.",
        checks.amount,
    )
    secret: str = setting(
        "", "What links to previews are signed with; empty for one in the folder of cache.", checks.secret
    )
    follow: tuple[str, ...] = setting(
        (), "Folders outside the site's into which symbolic links may lead.", checks.folders
    )
    cache: str = setting(".flatleaf", "The folder for what can be made again.", checks.folder)
    build: str = setting("build", "The folder that `flask freeze` writes.", checks.folder)

    # Not settings: the site's folder, from which every path is read, which settings the owner has set, and what is
    # known of the site that the folder held before.
    root: Path = field(default=Path("."), metadata={})
    given: frozenset[str] = field(default=frozenset(), metadata={})
    facts: Facts = field(default=Facts(), metadata={})

    @property
    def url_given(self) -> bool:
        """Tell whether the public address is known, and not only the one on this machine."""
        return "url" in self.given

    @property
    def base_path(self) -> str:
        """Return the path of the public address without its last slash: ``""`` or ``/blog``."""
        return urlsplit(self.url).path.rstrip("/")

    @property
    def ledger(self) -> Path | None:
        """Return the file of the setting ``published``, if there is one."""
        return self.path(self.published) if self.published else None

    @property
    def log(self) -> Path | None:
        """Return the file of the setting ``access_log``, if there is one."""
        return self.path(self.access_log) if self.access_log not in ("", "-") else None

    def path(self, name: str) -> Path:
        """Return a path of the site as an absolute path; the site's folder may be a link that is switched."""
        return Path(os.path.abspath(self.root / name))


TABLE = {f.name: f for f in fields(Settings) if f.metadata}
