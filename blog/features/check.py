"""``flask check``: everything that is wrong with the content, at once."""

from __future__ import annotations

from collections.abc import Iterator

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from jinja2 import TemplateNotFound

from ..documents import PAGE, Problem
from ..site import current, href


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(check)


@click.command()
@with_appcontext
def check() -> None:
    """Report every file that isn't as it should be; exit 1 if there is one."""
    library = current().library
    library.refresh()
    found = sorted(
        {problem.line_of_text() for problem in (*library.problems(), *missing_layouts(), *clashes(), *lost_aliases())}
    )
    for line in found:
        click.echo(line)
    if found:
        raise click.exceptions.Exit(1)
    click.echo(f"{len(library.files())} files, no problem")


def missing_layouts() -> Iterator[Problem]:
    """Yield pages that ask for a layout that the theme hasn't."""
    for path, document, _ in current().library.files():
        if not document or not document.layout or document.kind != PAGE:
            continue
        try:
            current_app.jinja_env.get_template(f"layouts/{document.layout}.html")
        except TemplateNotFound:
            yield Problem(path, 0, f"there is no templates/layouts/{document.layout}.html; page.html is used")


def clashes() -> Iterator[Problem]:
    """Yield addresses that can be served but not frozen."""
    for url, other in current().clashes().items():
        yield Problem(url, 0, f"can't be frozen: {other} is a file, not a folder")


def lost_aliases() -> Iterator[Problem]:
    """Yield aliases at addresses that the engine answers itself."""
    client = current_app.test_client()
    for path, document, shown in current().library.files():
        for alias in document.aliases if document and shown else ():
            address = current().library.find(alias)
            if address and address.kind == "alias" and client.get(href(alias)).status_code == 200:
                yield Problem(path, 0, f"the alias {alias} belongs to the engine's page there")
