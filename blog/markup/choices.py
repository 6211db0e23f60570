"""What of Markdown a site chooses by its settings, and a text by its header."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from .. import values
from ..settings import Settings
from ..settings.choices import MARKDOWN
from . import extension, parser_for
from .options import Options

# The keys of a header that change how its text is rendered.
MATH = ("math", "mathjax", "katex", "usemathjax", "use_math")
KEYS = (*MATH, "toc", "markdown")


def of_site(settings: Settings) -> Options:
    """Return what a site's settings choose; raises ``SettingsError`` if its extension can't be used."""
    options = replace(
        switched(Options(), settings.markdown),
        heading_ids=settings.heading_ids,
        toc=str(settings.toc) if settings.toc else "",
        rel=settings.external_rel,
        home=settings.url if settings.external_rel else "",
        language=settings.language,
        extension=extension.find(settings.root, settings.markdown_extension),
    )
    if options.liquid:
        options = replace(options, facts=facts(settings))
    if options.extension:  # whether it works shows at once, and not at the first text
        parser_for(options)
    return options


def facts(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Return what a site says of itself, by the names that Jekyll has for it.

    What comes before all its paths is put there later, so that it is no part of its ``baseurl``.
    """
    said = {
        "title": settings.title,
        "description": settings.description,
        "url": settings.url.rstrip("/"),
        "baseurl": "",
        "author": settings.author,
        "lang": settings.language,
        "language": settings.language,
        "timezone": settings.timezone,
    }
    return tuple(said.items())


def of_text(site: Options, meta: Mapping[str, Any], language: str, prefix: str) -> Options:
    """Return what a text's header chooses beside its site; ``prefix`` begins the ids of its notes."""
    found = replace(site, language=language or site.language, footnote_prefix=prefix)
    if not any(key in meta for key in KEYS):
        return found
    found = switched(found, values.listed(meta.get("markdown")))
    toc, math = flag(meta, "toc"), next((flag(meta, key) for key in MATH if key in meta), None)
    if toc is not None:
        found = replace(found, toc="on" if toc else "off")
    return found if math is None else replace(found, math=math)


def flag(meta: Mapping[str, Any], key: str) -> bool | None:
    """Return the truth of a switch of a header, ``None`` if it says nothing that is one."""
    return values.flag(meta[key]) if values.text(meta.get(key)) else None


def switched(options: Options, names: Iterable[str]) -> Options:
    """Return options with switches on, or off where a dash is before the name."""
    named = {name.removeprefix("-"): not name.startswith("-") for name in names}
    chosen: dict[str, Any] = {name: on for name, on in named.items() if name in MARKDOWN}
    return replace(options, **chosen) if chosen else options


def wrong(meta: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the keys of a header that choose nothing there is, with what is wrong with them."""
    for key in (*MATH, "toc"):
        if key in meta and values.flag(meta[key]) is None:
            yield key, f"{key} is neither true nor false: {values.text(meta[key])}"
    for name in values.listed(meta.get("markdown")):
        if name.removeprefix("-") not in MARKDOWN:
            yield "markdown", f"markdown has no {name.removeprefix('-')}; there are {', '.join(sorted(MARKDOWN))}"


def said(meta: Mapping[str, Any]) -> list[Any]:
    """Return all of a header that changes how its text is rendered."""
    return [[key, meta[key]] for key in KEYS if key in meta]
