"""Where other engines have their feeds: whoever has subscribed there goes on reading.

Each is a path, and the format that readers expect there. In a path ``*`` stands for the slug of a tag, or of a section
where no tag has it (what others call a category may be either here), ``?`` for a tag as it is written, ``+`` for a
section, ``@`` for an author.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..urls import ODD
from .channels import ATOM, JSON, RSS, Channel, Format

FORMATS = {"rss": RSS, "atom": ATOM, "json": JSON}
KINDS = {"*": ("tag", "section"), "?": ("tag",), "+": ("section",), "@": ("author",)}
SIGN = re.compile(r"[*?+@]")
TABLE = {
    "wordpress": "/feed/ rss /feed/rss/ rss /feed/rss2/ rss /feed/rdf/ rss /feed/atom/ atom /rss/ rss /rss2/ rss"
    " /atom/ atom /wp-rss.php rss /wp-rss2.php rss /wp-atom.php atom /wp-feed.php rss"
    " /tag/*/feed/ rss /tag/*/feed/atom/ atom /category/*/feed/ rss /category/*/feed/atom/ atom"
    " /author/@/feed/ rss /author/@/feed/atom/ atom",
    "blogger": "/feeds/posts/default/ atom /feeds/posts/full/ atom /feeds/posts/summary/ atom /rss.xml rss"
    " /feeds/posts/default/-/?/ atom",
    "hugo": "/index.xml rss /posts/index.xml rss /post/index.xml rss /blog/index.xml rss /tags/*/index.xml rss"
    " /categories/*/index.xml rss /posts/+/index.xml rss /+/index.xml rss /authors/@/index.xml rss",
    "jekyll": "/rss.xml rss /feed/by_tag/*.xml atom /feed/*.xml atom",
    "octopress": "/rss.xml rss /blog/categories/*/atom.xml atom",
    "pelican": "/feeds/all.atom.xml atom /feeds/all.rss.xml rss /feeds/atom.xml atom /feeds/rss.xml rss"
    " /feeds/all-en.atom.xml atom /feeds/*.atom.xml atom /feeds/*.rss.xml rss /feeds/tag/*.atom.xml atom"
    " /feeds/tag/*.rss.xml rss /feeds/@.atom.xml atom /feeds/@.rss.xml rss",
    "ghost": "/rss/ rss /tag/*/rss/ rss /author/@/rss/ rss",
    "tumblr": "/rss/ rss /tagged/?/rss/ rss",
    "hexo": "/rss2.xml rss /rss.xml rss",
    "zola": "/rss.xml rss /tags/*/rss.xml rss /categories/*/atom.xml atom /categories/*/rss.xml rss"
    " /+/atom.xml atom /+/rss.xml rss",
    "nikola": "/rss.xml rss /categories/*.xml rss /categories/cat_*.xml rss /authors/@.xml rss",
    "eleventy": "/feed/feed.xml atom /feed/feed.json json /rss.xml rss",
    "gatsby": "/rss.xml rss",
    "medium": "/feed/ rss /feed/tagged/*/ rss",
    "substack": "/feed/ rss",
    "movabletype": "/index.xml rss /index.rdf rss /rss.xml rss",
    "luapress": "/index.xml rss",
}


@dataclass(frozen=True, slots=True)
class Old:
    """Say that paths led to feeds in one format, of the first of some kinds that there is."""

    pattern: str
    kinds: tuple[str, ...]
    format: Format

    def path(self, channel: Channel) -> str:
        """Return the path of a channel, ``""`` if it can have none."""
        name = channel.name if "?" in self.pattern else channel.slug
        fits = name and "/" not in name and not ODD.search(name)
        return SIGN.sub(lambda _sign: name, self.pattern) if fits or not channel.kind else ""

    @property
    def rules(self) -> list[str]:
        """Return what paths look like for a route, with and without a slash at the end."""
        rule = SIGN.sub("<name>", self.pattern)
        return [rule, rule.rstrip("/")] if rule.endswith("/") else [rule]


def patterns(engines: Iterable[str]) -> list[Old]:
    """Return the patterns of some engines, each once: the format is that of the first engine that has it."""
    found: dict[str, Old] = {}
    for engine in engines:
        words = TABLE[engine].split()
        for pattern, name in zip(words[::2], words[1::2], strict=True):
            sign = SIGN.search(pattern)
            kinds = KINDS[sign[0]] if sign else ("",)
            same = found.get(plain := SIGN.sub("*", pattern))
            kinds = tuple(dict.fromkeys((*same.kinds, *kinds))) if same else kinds
            found[plain] = Old(same.pattern if same else pattern, kinds, same.format if same else FORMATS[name])
    return list(found.values())


def queries(engines: Iterable[str]) -> dict[str, str]:
    """Return the files of the feeds that were asked for by queries on the front page."""
    names = ("feed", "rss", "rss2", "rdf", "atom") if "wordpress" in engines else ()
    return {f"feed={name}": (ATOM if name == "atom" else RSS).file for name in names}


def addresses(engines: Iterable[str], channels: list[Channel]) -> Iterator[str]:
    """Yield the old addresses of all channels."""
    for old in patterns(engines):
        yield from filter(None, (old.path(one) for kind in old.kinds for one in channels if one.kind == kind))
