"""``flask check feeds``: whether the feeds keep the rules, and what subscribers would make of them.

Every feed is made as a freeze makes it, and read as readers read it: what it says, where its entries lead, whether
the formats agree, whether another process makes the same bytes. Then the guard compares with the last release.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from ..site import current


def init_app(app: Flask) -> None:
    """Add the subcommand, where there is the command."""
    command = app.cli.commands.get("check")
    if isinstance(command, click.Group):
        command = copy.copy(command)  # that of other apps may be without it
        command.commands = {**command.commands, "feeds": feeds}
        app.cli.add_command(command)


@click.command()
@click.option(
    "--against",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="A build or a feed of the last release, instead of the folder of the setting build.",
)
@click.option("--allow", multiple=True, metavar="ID_OR_ADDRESS", help="An entry or feed that may be re-sent or lost.")
@click.option("--require", is_flag=True, help="Fail if there is no earlier release to compare with.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@with_appcontext
def feeds(against: tuple[Path, ...], allow: tuple[str, ...], require: bool, as_json: bool) -> None:
    """Check every feed, and what readers would make of it after the last release; exit 1 if something is wrong."""
    from ..audit.check import Check  # here: a site that is served needn't wait for it
    from ..audit.elsewhere import Elsewhere

    here, app = current(), current_app._get_current_object()  # type: ignore[attr-defined]
    with here.library.held() as moment, Elsewhere(here, moment) as elsewhere:
        report = Check(app, frozenset(allow)).run(against, elsewhere, require)
    click.echo(json.dumps(report.record(), indent=1) if as_json else report.text())
    if report.problems:
        raise click.exceptions.Exit(1)
