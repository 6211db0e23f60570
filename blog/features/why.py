"""``flask why``: for a file, where it is published or why not; for an address, what makes it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import click
from flask import Flask, current_app, template_rendered
from flask.cli import with_appcontext

from .. import sources
from ..documents import Document
from ..errors import BlogError
from ..library import noted
from ..site import absolute, current

NEAREST = 5
WORDS = re.compile(r"[\W_]+")


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(why)


@click.command()
@click.argument("file_or_url")
@with_appcontext
def why(file_or_url: str) -> None:
    """Tell where a file is published or why it isn't, and of an address what makes it."""
    current().library.refresh()
    path = file_of(file_or_url)
    found = of_file(path) if path else of_url(path_of(file_or_url)) if is_url(file_or_url) else None
    if found is None:
        raise BlogError("there is no such file; an address begins with a slash", file_or_url)
    for line in found:
        click.echo(line)


def file_of(given: str) -> str:
    """Return the path of a file below the site's folder, by a path from there or from here; ``""`` if it is none."""
    root = current().settings.root
    for path in (root / given, Path.cwd() / given):
        full = Path(os.path.abspath(path))
        if full.is_file() and full.is_relative_to(root):
            return full.relative_to(root).as_posix()
    return ""


def is_url(given: str) -> bool:
    """Tell whether what was given is meant as an address."""
    return given.startswith("/") or "://" in given


def path_of(given: str) -> str:
    """Return an address within the site, decoded, without the host and the site's own path."""
    path, base = unquote(urlsplit(given).path) or "/", current().settings.base_path
    return path.removeprefix(base) if base and path.startswith(f"{base}/") else path


def of_file(path: str) -> Iterator[str]:
    """Yield what there is to say of a file."""
    library = current().library
    documents = {name: (document, shown) for name, document, shown in library.files()}
    yield path
    if path in documents:
        document, shown = documents[path]
        yield f"  {state(path, document, shown)}"
        if document:
            yield from origins(document)
    elif rule := dict(library.left_out()).get(path):
        yield f"  not published: {rule}"
    elif url := library.catalogue.asset_urls.get(path):
        yield f"  published as it is: {absolute(url)}"
    else:
        yield f"  not published: {outside(path)}"
    yield from (f"  {problem.line_of_text()}" for problem in library.problems() if problem.path == path)


def state(path: str, document: Document | None, shown: bool) -> str:
    """Return whether and where a text is published, or why not."""
    if document is None:
        return "not published: it can't be read"
    if shown:
        return f"published: {absolute(document.url)}{' (a draft, shown by a setting)' if document.draft else ''}"
    now, begins = current().library.now(), document.publishes or document.date
    if document.draft:
        return (
            f"not published: a draft, by {document.origins.get('draft', 'its header')}; it would be at {document.url}"
        )
    if begins and begins > now and not current().settings.future:
        return f"not published before {begins.isoformat()}; then at {document.url}"
    if document.expires and document.expires <= now:
        return f"not published since {document.expires.isoformat()}; it was at {document.url}"
    return f"not published: another file has its address {document.url}"


def origins(document: Document) -> Iterator[str]:
    """Yield where header, title, date and address come from."""
    date = document.date.isoformat() if document.date else "none"
    date = date[:10] if document.date_only else date
    yield f"  header: {document.header}"
    yield f"  title: {document.title} (from {document.origins.get('title') or 'nothing'})"
    yield f"  date: {date}" + (f" (from {document.origins['date']})" if "date" in document.origins else "")
    yield f"  address: {document.url} (from {document.origins.get('url') or 'its path'})"
    if document.aliases:
        yield f"  redirected from: {' '.join(document.aliases)}"


def outside(path: str) -> str:
    """Return why a file isn't among the content at all."""
    settings, parts = current().settings, path.split("/")
    full = settings.root / path
    if hidden := next((part for part in parts if sources.hidden(part)), ""):
        return f"{hidden} is hidden, or a backup of an editor"
    for place in sources.places(settings):
        if full.is_relative_to(place.folder):
            folders = full.relative_to(place.folder).parts[:-1]
            passed = next((part for part in folders if part in place.passed_over), "")
            return f"{passed}/ holds no content" if passed else "what ends so is no content here"
    for key in ("cache", "build"):
        if full.is_relative_to(settings.path(getattr(settings, key))):
            return f"it lies in the folder of the setting {key}"
    if full.is_relative_to(settings.path("static")):
        return f"it is a file of the theme: {absolute('/' + path)}"
    where = ", ".join(f"{place.folder.relative_to(settings.root).as_posix()}/" for place in sources.places(settings))
    return f"it lies in none of the folders of content: {where}"


def of_url(url: str) -> Iterator[str]:
    """Yield what there is to say of an address."""
    address, (status, templates, asked) = current().library.find(url), answer(url)
    yield f"{url}: {status}"
    if address and address.kind in ("alias", "slash"):
        entry = current().library.catalogue.by_url.get(address.target)
        named = f", an alias in {entry.path}" if address.kind == "alias" and entry else ", by its slash"
        yield f"  redirects to {address.target}{named}"
    elif address and (file := address.summary.path if address.summary else address.target):
        yield f"  made from {file}"
    elif status == 404:
        yield from (f"  near: {other}" for other in nearest(url))
        return
    else:
        yield "  made by the engine"
    yield from (f"  template {name}" for name in templates)
    yield from (f"  asks {name}({', '.join(map(repr, values))})" for name, *values in asked)


def answer(url: str) -> tuple[int, list[str], list[Any]]:
    """Return status, templates and questions of the answer at an address, which is made for that."""
    templates: dict[str, None] = {}

    def note(_app: Flask, template: Any, **_context: Any) -> None:
        templates[template.name] = None

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with template_rendered.connected_to(note, app), noted() as asked, app.test_request_context(quote(url)):
        response = app.full_dispatch_request()  # past the cache, which takes notes of its own
        response.get_data()
    return response.status_code, list(templates), list(asked)


def nearest(url: str) -> list[str]:
    """Return the addresses most like one that holds nothing."""
    wanted = words(url)

    def likeness(other: str) -> float:
        theirs = words(other)
        shared = len(wanted & theirs) / len(wanted) if wanted else 0.0
        return shared + SequenceMatcher(None, url, other).quick_ratio()

    known = [*current().library.catalogue.by_url, *(f"{alias}/" for alias in current().library.catalogue.aliases)]
    likely = sorted(known, key=lambda other: (-likeness(other), other))[: NEAREST * 4]
    close = [other for other in likely if SequenceMatcher(None, url, other).ratio() > 0.5 or words(other) & wanted]
    return close[:NEAREST]


def words(url: str) -> set[str]:
    """Return the words of an address; numbers, which most addresses hold, don't count."""
    return {
        word for word in WORDS.split(url.casefold()) if word and not word.isdigit() and word not in ("posts", "html")
    }
