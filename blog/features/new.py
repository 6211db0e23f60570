"""``flask new``: a content file to begin with."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from flask import Flask
from flask.cli import with_appcontext

from .. import sources, urls
from ..documents import PAGE, POST
from ..errors import BlogError
from ..site import absolute, current

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # control characters, and bytes that aren't UTF-8


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(new)


@click.command()
@click.argument("title")
@click.option("--page", is_flag=True, help="Make a page instead of a post.")
@click.option("--edit", is_flag=True, help="Open it with the program that VISUAL or EDITOR names.")
@with_appcontext
def new(title: str, page: bool, edit: bool) -> None:
    """Make a draft with a title, and print its path and address."""
    editor = editor_of(os.environ) if edit else []
    title, library = line_of(title), current().library
    slug = urls.slugify(title) or "untitled"
    if slug == "index" and not page:
        slug = "index-post"  # index.md is the page of its folder
    now = library.now().astimezone(ZoneInfo(current().settings.timezone)).replace(microsecond=0)
    held, value = current().settings.facts.held
    day = {} if page else {"date": now.isoformat()}
    fields: dict[str, object] = {"title": title, **day, held: value}
    path = sources.place_for(current().settings, PAGE if page else POST, slug, now)
    import frontmatter  # here: no other command needs it

    text = frontmatter.dumps(frontmatter.Post("\n", None, **fields), sort_keys=False)
    library.save(path, text + "\n")
    click.echo(path)
    click.echo(absolute(library.document(path).url))
    program = click.get_current_context().find_root().info_name
    click.echo(f"a draft: nobody sees it yet, but you do with: {program} serve", err=True)
    if editor:
        open_with(editor, library.file(path))


def line_of(title: str) -> str:
    """Return a title as one line; raises ``BlogError`` if that is empty or no text."""
    title = " ".join(title.split())
    if not title or CONTROLS.search(title):
        raise BlogError("a title has to be a line of text")
    return title


def editor_of(environment: Mapping[str, str]) -> list[str]:
    """Return the command of the editor that VISUAL names, else EDITOR; raises ``BlogError``."""
    for name in ("VISUAL", "EDITOR"):
        try:
            if command := shlex.split(environment.get(name, "")):
                return command
        except ValueError as error:
            raise BlogError(f"{name} is no command: {error}", "environment") from None
    raise BlogError("neither VISUAL nor EDITOR names an editor", "environment")


def open_with(editor: list[str], file: Path) -> None:
    """Open a file and wait until the editor ends; raises ``BlogError``."""
    try:
        code = subprocess.run([*editor, str(file)], check=False).returncode  # noqa: S603 (the user's own)
    except (OSError, ValueError) as error:
        raise BlogError(f"{editor[0]} can't be started: {getattr(error, 'strerror', error)}") from None
    if code:
        raise BlogError(f"{editor[0]} has ended with exit code {code}")
