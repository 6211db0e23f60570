"""Settings of ours that follow from the configuration of a Hugo site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ... import values
from ..config import Table, table
from .languages import UNKNOWN, code_of

EXTENSIONS = {  # https://gohugo.io/configuration/markup/#goldmark, with what is on there where nothing is said
    "definitionlist": ("deflists", True),
    "footnote": ("footnotes", True),
    "linkify": ("autolinks", True),
    "strikethrough": ("strikethrough", True),
    "table": ("tables", True),
    "tasklist": ("task_lists", True),
    "typographer": ("typography", True),
    "passthrough": ("math", False),
}
EXTRAS = {"insert": "insertions", "mark": "marks", "subscript": "subsup", "superscript": "subsup"}


def settings_of(said: Table, languages: Mapping[str, Table], default: str) -> Iterator[tuple[str, Any]]:
    """Yield settings of ours that follow from the configuration."""
    about, params = languages.get(default, {}), table(said, "params")
    for key, name in (("title", "title"), ("baseurl", "url")):
        if given := values.text(about.get(key)) or values.text(said.get(key)):
            yield name, given
    if zone := values.text(said.get("timezone")):
        yield "timezone", zone
    if default != UNKNOWN:
        yield "language", code_of(about) or code_of(said) or default
    if others := [name for name in languages if name != default]:
        yield "languages", others
    description = values.text(table(about, "params").get("description")) or values.text(params.get("description"))
    if description:
        yield "description", description
    if author := author_of(params) or author_of(said):
        yield "author", author
    if size := values.number(table(said, "pagination").get("pagersize")) or values.number(said.get("paginate")):
        yield "posts_per_page", size
    yield "future", values.flag(said.get("buildfuture")) is True
    yield "drafts", values.flag(said.get("builddrafts")) is True
    yield "markdown", tuple(switches_of(table(said, "markup")))
    yield "heading_ids", "hugo"
    yield "feed_addresses", ["hugo"]
    if menu := list(menu_of(about)) or list(menu_of(said)):
        yield "menu", menu


def author_of(said: Table) -> str:
    """Return the name under ``author``."""
    return values.text(table(said, "author").get("name")) or values.text(said.get("author"))


def switches_of(markup: Table) -> Iterator[str]:
    """Yield the switches of Markdown as its parser is set."""
    goldmark = table(markup, "goldmark")
    extensions, attribute = table(goldmark, "extensions"), table(table(goldmark, "parser"), "attribute")
    yield "shortcodes"
    for key, (switch, usual) in EXTENSIONS.items():
        yield switch if is_on(extensions.get(key), usual) else f"-{switch}"
    for key, switch in EXTRAS.items():
        if is_on(table(extensions, "extras").get(key), usual=False):
            yield switch
    if is_on(attribute.get("title"), usual=True):
        yield "heading_attributes"
    if is_on(attribute.get("block"), usual=False):
        yield "attributes"


def is_on(given: Any, usual: bool) -> bool:
    """Tell whether an extension is on: it is said to be, or not to be, in a table or in one word."""
    if isinstance(given, Mapping):
        return is_on(given.get("enable"), not is_on(given.get("disable"), not usual))
    return usual if given is None or values.flag(given) is None else values.flag(given) is True


def menu_of(said: Table) -> Iterator[dict[str, Any]]:
    """Yield the entries of the main menu as our setting has them."""
    given = (table(said, "menus") or table(said, "menu")).get("main")
    for entry in given if isinstance(given, list) else ():
        where = values.text(entry.get("url") or entry.get("pageref")) if isinstance(entry, dict) else ""
        name = values.text(entry.get("name") or entry.get("title") or entry.get("identifier")) if where else ""
        if not name or entry.get("parent"):
            continue
        where = where if re.match(r"[a-z]+:|[/#]", where) else f"/{where}"
        where = f"{where}/" if "pageref" in entry and "url" not in entry and not where.endswith("/") else where
        weight = values.number(entry.get("weight"))
        yield {"name": name, "url": where, **({"weight": weight} if weight else {})}
