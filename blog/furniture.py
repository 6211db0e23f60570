"""What stands around a post's text: which of it a site and a post choose, and what a header says for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from . import values
from .documents import Details, Summary
from .settings.choices import FURNITURE

# The keys of a header that change what stands around its text.
LICENCE = ("licence", "license")
LONG_TITLE = 80  # characters
PLAIN = frozenset("categories date permalink tags toc updated".split())  # what shows nothing but the document itself


def chosen(*lists: Iterable[str]) -> set[str]:
    """Return what is on: everything, without what a list has with a dash; later lists win."""
    on = set(FURNITURE)
    for name in (name for names in lists for name in names):
        on = on - {name[1:]} if name.startswith("-") else on | {name}
    return on


def details(meta: Mapping[str, Any], length: int) -> Details:
    """Return what a header says for the furniture; ``length`` is that of the text in words."""
    licence = next((values.text(meta[key]) for key in LICENCE if key in meta), "")
    off = licence.lower() == "none" or (licence and values.flag(licence) is False)
    return Details(length, values.listed(meta.get("furniture")), "-" if off else licence)


def wrong(meta: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the keys of a header that choose nothing there is, with what is wrong with them."""
    for name in values.listed(meta.get("furniture")):
        if name.removeprefix("-") not in FURNITURE:
            yield "furniture", f"furniture has no {name.removeprefix('-')}; there are {', '.join(sorted(FURNITURE))}"


def said(meta: Mapping[str, Any]) -> list[Any]:
    """Return all of a header that changes what stands around its text."""
    return [[key, meta[key]] for key in ("furniture", *LICENCE) if key in meta]


@dataclass(frozen=True, slots=True)
class Author:
    """Name who has written something; ``url`` is ready for an ``href``, empty where there is no page of theirs."""

    name: str
    url: str = ""


def authors(post: Summary, owner: Author) -> list[Author]:
    """Return who has written a post: its own authors, else the site's, if there is one."""
    names = post.authors or (owner.name,)
    return [owner if name == owner.name else Author(name) for name in names if name]


def guests(post: Summary, owner: str) -> tuple[str, ...]:
    """Return who has written a post that isn't the site's author's alone."""
    return () if post.authors == (owner,) else post.authors


def has_long_title(document: Summary) -> bool:
    """Tell whether a title is so long that it is set smaller."""
    return len(document.title) > LONG_TITLE


def revised(post: Summary) -> bool:
    """Tell whether a post has changed on another day than it came out."""
    return bool(post.updated and not (post.date and post.updated.date() == post.date.date()))
