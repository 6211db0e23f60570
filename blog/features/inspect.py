"""``flask inspect``: whose site this is, what was understood of its configuration, what is in doubt."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import click
from flask import Flask
from flask.cli import with_appcontext

from .. import sources
from ..documents import Document
from ..facts import Understood
from ..settings import TABLE, Settings
from ..site import current
from ..values import plural, short

SHOWN = 20  # files of a kind
WIDEST = 300  # characters of a line
FATES = ("published", "drafts", "to_come", "expired", "address_taken", "unreadable")  # of texts


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(inspect)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print all of it as one table.")
@with_appcontext
def inspect(as_json: bool) -> None:
    """Tell what is understood of the site's folder; nothing in it is changed."""
    found = report()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for line in lines(found):
        click.echo(line if len(line) <= WIDEST else f"{line[:WIDEST]}…")


def report() -> dict[str, Any]:
    """Return all that is known of the folder."""
    settings, library = current().settings, current().library
    library.refresh()
    files = library.files()
    texts = [document for _, document, _ in files if document]
    fates = Counter(fate(document, shown) for _, document, shown in files)
    left_out = [list(one) for one in library.left_out()]
    return {
        "engine": settings.facts.engine,
        "why": settings.facts.why,
        "folders": [folder_of(settings, place) for place in sources.places(settings)],
        "settings": {key: plain(getattr(settings, key)) for key in TABLE if key != "secret" and is_said(settings, key)},
        "taken": [one._asdict() for one in settings.facts.understood if one.meaning],
        "not_taken": [one._asdict() for one in settings.facts.understood if not one.meaning],
        "permalinks": [list(pair) for pair in (*settings.permalinks, *settings.facts.permalinks)],
        "headers": dict(Counter(document.header for document in texts).most_common()),
        "files": {name: fates[name] for name in FATES} | {"as_they_are": as_they_are(), "left_out": len(left_out)},
        "left_out": left_out,
        "in_doubt": [problem.line_of_text() for problem in library.problems()],
    }


def fate(document: Document | None, shown: bool) -> str:
    """Return what becomes of a text, one of ``FATES``."""
    if document is None or shown:
        return "published" if shown else "unreadable"
    now, begins = current().library.now(), document.publishes or document.date
    if document.draft:
        return "drafts"
    if begins and begins > now and not current().settings.future:
        return "to_come"
    return "expired" if document.expires and document.expires <= now else "address_taken"


def as_they_are() -> int:
    """Return how many files are served as they are."""
    return len(current().library.catalogue.asset_urls)


def folder_of(settings: Settings, place: sources.Place) -> dict[str, str]:
    """Return a content folder as its path in the site's, and what it holds."""
    path = place.folder.relative_to(settings.root).as_posix()
    holds = (
        {"post": "posts", "page": "pages"}.get(place.kind, "posts and pages") if place.texts else "files as they are"
    )
    return {"path": "." if path == "." else f"{path}/", "holds": holds, "address": f"/{place.prefix}"}


def is_said(settings: Settings, key: str) -> bool:
    """Tell whether a setting has been set, by its owner or by the engine's configuration."""
    return key in settings.given or key in settings.facts.settings


def plain(value: Any) -> Any:
    """Return a setting's value as JSON types; what nobody else may know is left out."""
    return json.loads(json.dumps(value, default=lambda other: getattr(other, "_asdict", lambda: str(other))()))


def lines(found: dict[str, Any]) -> Iterator[str]:
    """Yield the report as people read it."""
    yield f"engine     {found['engine']}: {found['why']}"
    for folder in found["folders"]:
        yield f"content    {folder['path']}  {folder['holds']}, from {folder['address']}"
    for key, value in found["settings"].items():
        yield f"setting    {key} = {json.dumps(value, ensure_ascii=False)}"
    yield from (f"permalink  {places}  {pattern}" for places, pattern in found["permalinks"])
    yield from (f"taken      {said(Understood(**one))}" for one in found["taken"])
    yield from (f"not taken  {said(Understood(**one))}" for one in found["not_taken"])
    yield "headers    " + (", ".join(f"{kind} {count}" for kind, count in found["headers"].items()) or "none")
    counts = (counted(name, count) for name, count in found["files"].items() if count)
    yield f"files      {', '.join(counts) or 'none'}"
    yield from first("left out", (f"{path}: {rule}" for path, rule in found["left_out"]))
    yield from first("in doubt", found["in_doubt"])


def counted(name: str, count: int) -> str:
    """Return how many files become something."""
    return plural(count, "draft") if name == "drafts" else f"{count:,} {name.replace('_', ' ')}"


def said(one: Understood) -> str:
    """Return a line of another engine's configuration, with what it was taken for."""
    value = f" = {short(one.value)}" if one.value else ""
    return f"{one.file}: {one.key}{value}" + (f" -> {one.meaning}" if one.meaning else "")


def first(name: str, told: Iterable[str]) -> Iterator[str]:
    """Yield the first of many lines, and how many more there are."""
    told = list(told)
    yield from (f"{name:10} {line}" for line in told[:SHOWN])
    if len(told) > SHOWN:
        yield f"{name:10} and {len(told) - SHOWN} more: see inspect --json"
