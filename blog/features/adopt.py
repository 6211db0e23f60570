"""``flask adopt-feed``: take over the ids of the engine that a site moves from, so that no reader notices."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import with_appcontext

from ..site import current
from ..values import plural


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(adopt_feed)


@click.command("adopt-feed")
@click.argument("old", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Only say what would be taken over.")
@click.option("--force", is_flag=True, help="Replace ids that were published here meanwhile.")
@with_appcontext
def adopt_feed(old: tuple[str, ...], dry_run: bool, force: bool) -> None:
    """Take over the ids of OLD: feeds, or lists of addresses, each a file or an http(s) address.

    Exits with 1 if any entry has no post, or one with another id.
    """
    from ..feeds import adopt  # here: a site that is served needn't wait for it

    library = current().library
    library.refresh()
    made = adopt.save(library, [entry for source in old for entry in adopt.entries(source)], force, dry_run)
    for one in made.found:
        kept = f"; keeps {one.kept}" if one.kept else " already" if one.known else ""
        click.echo(f"{one.path}: {one.old.id} (by its {one.how}){kept}")
    for entry, reason in made.lost:
        click.echo(f"not matched: {entry}: {reason}", err=True)
    kept_ids = sum(bool(one.kept) for one in made.found)
    known = sum(one.known for one in made.found)
    count = plural(len(made.found) - kept_ids - known, "id")
    said = f"{count} {'to take over' if dry_run else 'taken over'}, {known:,} known, {kept_ids:,} kept"
    click.echo(f"{said}, {len(made.lost):,} not matched")
    if made.lost or kept_ids:
        raise click.exceptions.Exit(1)
