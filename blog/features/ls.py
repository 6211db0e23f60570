"""``flask ls``: what the engine makes of every content file."""

from __future__ import annotations

import json
from typing import Any

import click
from flask import Flask
from flask.cli import with_appcontext

from ..documents import Document
from ..site import current


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(ls)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one record per file.")
@with_appcontext
def ls(as_json: bool) -> None:
    """List the content files."""
    library = current().library
    library.refresh()
    records = [record(path, document, shown) for path, document, shown in library.files()]
    records += [record(path, None, False) for path, _ in library.left_out()]
    records.sort(key=lambda one: str(one["file"]))
    if as_json:
        click.echo(json.dumps(records, ensure_ascii=False, indent=1))
        return
    for entry in records:
        state = entry["url"] if entry["published"] else "draft" if entry["draft"] else "not published"
        click.echo(f"{(entry['date'] or '')[:10]:10}  {entry['file']}  {state}")


def record(path: str, document: Document | None, shown: bool) -> dict[str, Any]:
    """Return what is known of a file."""
    if document is None:
        nothing: dict[str, Any] = {"title": None, "date": None, "tags": [], "categories": [], "draft": False}
        return {"file": path, **nothing, "published": False, "url": None, "aliases": []}
    return {
        "file": path,
        "title": document.title,
        "date": document.date.isoformat() if document.date else None,
        "tags": list(document.tags),
        "categories": list(document.categories),
        "draft": document.draft,
        "published": shown,
        "url": document.url if shown else None,
        "aliases": list(document.aliases),
    }
