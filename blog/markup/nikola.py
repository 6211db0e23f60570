"""Nikola's shortcodes, ``{{% youtube id %}}``, and links such as ``link://slug/tea``.

https://getnikola.com/handbook.html#shortcodes https://getnikola.com/path_handlers.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from . import drawn, shortcodes
from .around import Around
from .options import Options
from .tags import Tag, replaced

PLACES = {"index": "/", "root": "/", "index_atom": "/feed.xml", "rss": "/feed.xml", "archive": "/archive/"}


def expand(text: str, around: Around, _options: Options) -> str:
    """Return a text with what its shortcodes draw in their places."""
    if "{{%" not in text:
        return text
    return replaced(text, tags(text, around), lambda tag, inner: draw(around, tag, inner))


def tags(text: str, around: Around) -> Iterator[Tag]:
    """Yield the shortcodes of a text in order; in ``raw`` there are none."""
    raw = (-1, -1)
    for tag in shortcodes.tags(text, around):
        if not text.startswith("{{%", tag.start) or (raw[0] <= tag.start < raw[1]):
            continue
        if tag.name == "raw" and tag.kind == "open" and (end := text.find("{{% /raw %}}", tag.end)) >= 0:
            raw = (tag.start, end + len("{{% /raw %}}"))
            yield Tag(raw[0], raw[1], "text", text=around.inline(text[tag.end : end]))
        else:
            yield tag


def draw(around: Around, tag: Tag, inner: str | None) -> str:
    """Return what a shortcode draws."""
    given = tag.given
    if tag.kind != "close" and tag.name == "doc":
        return doc(around, given, inner)
    if tag.kind != "close" and tag.name == "thumbnail":
        src = given.get("0", "")
        return around.block(drawn.figure(around, given | {"src": src, "link": src, "caption": (inner or "").strip()}))
    if tag.kind != "close" and tag.name == "media":
        url = given.get("0") or given.get("url", "")
        return around.block(f'<p class="embed">{drawn.link(url, url)}</p>')
    return shortcodes.draw(around, tag, inner)


def doc(around: Around, given: dict[str, str], inner: str | None) -> str:
    """Return a link to another text by its name: ``{{% doc %}}title <name>{{% /doc %}}``."""
    text = (inner or given.get("0", "")).strip()
    found = re.fullmatch(r"([^<]*)<([^<>]+)>", text)
    title, name = (found[1].strip(), found[2]) if found else ("", text)
    url = shortcodes.address(around, name)
    title = title or around.ask("titled", name) or name
    return title if url == "#" else f"[{title}]({url})"


def lead(around: Around, link: str) -> str:
    """Return where a link of the site's own leads: ``link://slug/tea``, ``link://filename/posts/tea.md``."""
    if not link.startswith("link://"):
        return link
    kind, _, name = unquote(link[len("link://") :]).partition("/")
    name, sign, fragment = name.partition("#")
    if kind in PLACES:
        return PLACES[kind]
    if kind in ("tag", "category"):
        return around.ask("tag_url", name)
    return shortcodes.address(around, f"{name}{sign}{fragment}")
