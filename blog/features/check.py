"""``flask check``: everything that is wrong with the content, at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from jinja2 import TemplateNotFound, TemplateSyntaxError

from .. import identity
from ..documents import PAGE, Problem
from ..feeds import entries
from ..site import current
from ..values import plural


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(check)


@click.group(invoke_without_command=True)
@click.pass_context
@with_appcontext
def check(context: click.Context) -> None:
    """Report every file that isn't as it should be; exit 1 if there is one."""
    if context.invoked_subcommand:
        return
    library = current().library
    library.refresh()
    problems = (
        library.problems(),
        identity.problems(library),
        missing_layouts(),
        broken_templates(),
        clashes(),
        lost_aliases(),
        entries.problems() if "feeds" in current().features else (),
    )
    found = sorted({problem.line_of_text() for problem in chain(*problems)})
    for line in found:
        click.echo(line)
    if note := identity.unrecorded(library):  # no fault: a freeze will see to it
        click.echo(note, err=True)
    if found:
        raise click.exceptions.Exit(1)
    click.echo(f"{plural(len(library.files()), 'file')}, no problem")


def missing_layouts() -> Iterator[Problem]:
    """Yield pages that ask for a layout that the theme hasn't."""
    for path, document, _ in current().library.files():
        if document and document.layout and document.kind == PAGE:
            try:
                current_app.jinja_env.get_template(f"layouts/{document.layout}.html")
            except TemplateNotFound:
                message = f"there is no templates/layouts/{document.layout}.html; page.html is used"
                yield Problem(path, line_of(path, "layout"), message)
            except TemplateSyntaxError:
                continue  # broken_templates says so


def broken_templates() -> Iterator[Problem]:
    """Yield templates that can't be read."""
    for name in current_app.jinja_env.list_templates():
        try:
            current_app.jinja_env.get_template(name)
        except TemplateSyntaxError as error:
            yield Problem(f"templates/{error.name}", error.lineno, str(error.message), True)
        except (UnicodeDecodeError, OSError) as error:
            yield Problem(f"templates/{name}", 0, str(error), True)


def clashes() -> Iterator[Problem]:
    """Yield addresses that can be served but not frozen."""
    for url, other in current().clashes().items():
        yield Problem(url, 0, f"can't be frozen: {other} is a file, not a folder")


def lost_aliases() -> Iterator[Problem]:
    """Yield aliases at addresses that the engine answers itself."""
    listed = Counter(url for urls_of in current().url_lists for url in urls_of())
    for path, document, shown in current().library.files():
        for alias in document.aliases if document and shown else ():
            address = current().library.find(alias)
            if address and address.kind == "alias" and listed[alias] > 1:
                yield Problem(path, line_of(path, "aliases"), f"the alias {alias} belongs to the engine's page there")


def line_of(path: str, key: str) -> int:
    """Find the line of a key in a file's header; 0 if it can't be told."""
    text = current().library.file(path).read_text(encoding="utf-8", errors="replace")
    lines = enumerate(text.split("\n")[:200], 1)
    return next((number for number, line in lines if re.match(rf"[\s{{\"']*{key}\b", line, re.IGNORECASE)), 0)
