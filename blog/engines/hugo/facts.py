"""What is known of a Hugo site by its configuration.

https://gohugo.io/configuration/
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ... import values
from ...facts import Facts
from ..config import Table, table, told
from .addresses import permalinks_of
from .configuration import configuration, listed
from .dates import CHAINS, chains_of
from .folders import folders_of, globbed, sections_of
from .languages import default_of, guessed, languages_of, prefix_of
from .settings import settings_of

TAKEN = {  # what the keys of the configuration are taken for
    "title": "the setting title",
    "baseurl": "the setting url",
    "timezone": "the setting timezone",
    "languagecode": "the setting language",
    "locale": "the setting language",
    "defaultcontentlanguage": "the language of files that name none",
    "defaultcontentlanguageinsubdir": "whether its addresses begin with its name",
    "languages": "the languages, their folders and addresses",
    "disablelanguages": "languages that are left out",
    "permalinks": "addresses",
    "uglyurls": "addresses that end in .html",
    "disablepathtolower": "capitals in addresses",
    "removepathaccents": "accents in addresses",
    "taxonomies": "which header keys are tags and categories",
    "contentdir": "the folder of content",
    "staticdir": "the folder of files that are served as they are",
    "module": "where content and static files lie (mounts)",
    "builddrafts": "the setting drafts",
    "buildfuture": "the setting future",
    "buildexpired": "whether what has expired is shown",
    "disablekinds": "kinds of pages that there are none of",
    "ignorefiles": "files that are left out",
    "frontmatter": "where dates are looked for",
    "markup": "switches of Markdown and the ids of headings",
    "cascade": "header values for what doesn't say otherwise",
    "menu": "the setting menu",
    "menus": "the setting menu",
    "paginate": "the setting posts_per_page",
    "pagination": "the setting posts_per_page",
    "author": "the setting author",
    "params": "description, author, and mainSections for what is a post",
}


def configure(root: Path, why: str) -> Facts:
    """Return what the configuration tells: of the main file and of ``config/_default`` and ``config/production``."""
    said, files, broken = configuration(root)
    said = said if files or broken else guessed(root)
    languages = languages_of(said)
    default = default_of(said, languages)
    folders = tuple(folders_of(root, said, languages, default))
    return Facts(
        "hugo",
        why,
        folders=folders,
        lists="_index",
        new_post=f"{folders[0].path if folders else 'content'}/posts/:slug.md",
        left_out=tuple(filter(None, map(globbed, listed(said, "ignorefiles")))),
        values=asked(said, languages, default) | {"sections": sections_of(root, said)},
        settings=dict(settings_of(said, languages, default)),
        understood=(*broken, *told(said, files, TAKEN)),
    )


def asked(said: Table, languages: Mapping[str, Table], default: str) -> dict[str, Any]:
    """Return what the rules ask for besides, by the names that they have for it."""
    chains = chains_of(table(said, "frontmatter"))
    taxonomies = table(said, "taxonomies") or {"tag": "tags", "category": "categories"}
    return {
        "languages": {name: prefix_of(said, name, default) for name in languages},
        "default": default,
        "zones": {name: zone for name in languages if (zone := values.text(languages[name].get("timezone")))},
        "ugly": said.get("uglyurls", False),
        "permalinks": tuple(permalinks_of(said.get("permalinks"))),
        "taxonomies": taxonomies,
        "chains": chains,
        "keys": keys_of(chains, taxonomies),
        "disabled": tuple(kind.lower() for kind in listed(said, "disablekinds")),
        "lower": values.flag(said.get("disablepathtolower")) is not True,
        "accents": values.flag(said.get("removepathaccents")) is not True,
        "cascade": said.get("cascade"),
        "ignored": listed(said, "ignorefiles"),
        "expired": values.flag(said.get("buildexpired")) is True,
    }


def keys_of(chains: Mapping[str, tuple[str, ...]], taxonomies: Table) -> dict[str, tuple[str, ...]]:
    """Return which header keys a site has for our fields."""
    dated = {field: tuple(key for key in chain if key[0] != ":") for field, chain in chains.items()}
    tags, categories = (values.text(taxonomies.get(name)) for name in ("tag", "category"))
    return {
        "date": dated["date"],
        "updated": tuple(key for key in dated["lastmod"] if key not in CHAINS["date"][:4]),
        "publishes": tuple(key for key in dated["publishdate"] if key != "date"),
        "expires": dated["expirydate"],
        "tags": tuple(dict.fromkeys((tags or "tags", "tags"))),
        "categories": tuple(dict.fromkeys((categories or "categories", "categories"))),
        "aliases": ("aliases",),
        "url": ("url",),
        "language": (),
    }
