"""``flask theme``: bring a file of the default theme into the site, and keep up with what it was copied from."""

from __future__ import annotations

import difflib
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from .. import templates
from ..errors import BlogError
from ..files import write_whole
from ..site import current


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(theme)


@click.group()
def theme() -> None:
    """Make the default theme one's own, file by file."""


@theme.command("list")
@with_appcontext
def listing() -> None:
    """List the files of the theme, and which of them the site has itself."""
    for name in templates.files():
        click.echo(f"{name}{state(name)}")


@theme.command()
@click.argument("name")
@with_appcontext
def copy(name: str) -> None:
    """Copy a file of the theme into the site, to be changed there."""
    name = found(name)
    target = own(name)
    if target.exists():
        raise BlogError("the site has this file already", name)
    try:
        write_whole(target, templates.copy_of(name))
    except OSError as error:
        raise BlogError(f"can't be written: {error.strerror}", name) from None
    click.echo(name)


@theme.command()
@click.argument("name")
@with_appcontext
def diff(name: str) -> None:
    """Show how the site's own file differs from the theme's."""
    name = found(name)
    if not own(name).is_file():
        raise BlogError("the site has no such file of its own", name)
    before, after = (lines(path) for path in (templates.THEME / name, own(name)))
    click.echo("".join(difflib.unified_diff(before, after, f"theme/{name}", name)), nl=False)


def own(name: str) -> Path:
    """Return where the site has a file of its own, or would have it."""
    root = current().settings.root
    if root.resolve() == templates.THEME.resolve():
        raise BlogError("this folder holds the theme itself", name)
    return root / name


def state(name: str) -> str:
    """Return what is to be said of a file of the theme in a list."""
    root = current().settings.root
    if root.resolve() == templates.THEME.resolve() or not (root / name).is_file():
        return ""
    copied, then = templates.original(root / name)
    if not copied:
        return "  own"
    return "  copied" if then == templates.digest(copied) else "  copied, and changed in the theme since"


def found(name: str) -> str:
    """Return the whole name of a file of the theme; without its folder it is enough where only one has it."""
    names = templates.files()
    fitting = [one for one in names if name in (one, one.partition("/")[2])]
    if not fitting:
        near = difflib.get_close_matches(name, [*names, *(one.partition("/")[2] for one in names)], 1)
        hint = f"did you mean {near[0]}?" if near else "flask theme list names all"
        raise BlogError(f"the theme has no such file; {hint}", name)
    return fitting[0]


def lines(path: Path) -> list[str]:
    """Return the lines of a file, each with its end."""
    return path.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
