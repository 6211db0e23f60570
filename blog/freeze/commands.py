"""``flask freeze`` and ``flask verify``."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from .. import site
from ..errors import FreezeError
from . import extras, hosts, oracle, tree
from .build import Report, Watch, plural
from .build import freeze as build
from .verify import MOST
from .verify import verify as proof

EVERY = 5.0  # seconds between lines of progress where nobody watches


@click.command()
@click.option("--out", type=click.Path(path_type=Path), help="The folder to write, instead of the setting build.")
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="Processes; as many as processors by default.")
@click.option("--drafts", is_flag=True, help="Show drafts.")
@click.option("--future", is_flag=True, help="Show posts before their date has come.")
@click.option("--force", is_flag=True, help="Write into a folder that holds other files, and remove them.")
@click.option("--clean", is_flag=True, help="Make everything anew by plain Frozen-Flask.")
@click.option("--host", "asked", multiple=True, metavar="NAME", help="Write redirects and headers for this host too.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@with_appcontext
def freeze(
    out: Path | None,
    jobs: int | None,
    drafts: bool,
    future: bool,
    force: bool,
    clean: bool,
    asked: tuple[str, ...],
    as_json: bool,
) -> None:
    """Write the site as plain files."""
    app = with_settings(drafts, future)
    here = site.of(app)
    destination = (out or here.settings.path(here.settings.build)).resolve()
    hosts.chosen(here.settings.hosts, asked)
    if clean:
        report = plain(app, destination, asked)
    else:
        report = build(app, destination, jobs or 0, force, progress(), asked)
    for note in report.notes:
        click.echo(note, err=True)
    for problem in here.library.problems():
        click.echo(problem.line_of_text(), err=True)
    click.echo(json.dumps(asdict(report)) if as_json else str(report))


def with_settings(drafts: bool, future: bool) -> Flask:
    """Return the current app, or one like it that shows drafts or what is to come."""
    here = site.current()
    changed = replace(here.settings, drafts=drafts or here.settings.drafts, future=future or here.settings.future)
    if changed == here.settings:
        return current_app._get_current_object()  # type: ignore[attr-defined, no-any-return]
    return here.again(settings=changed, clock=here.library.clock)


def plain(app: Flask, destination: Path, asked: tuple[str, ...]) -> Report:
    """Build everything by plain Frozen-Flask."""
    started, here = time.perf_counter(), site.of(app)
    tree.check_place(destination, here.settings)
    with tree.locked(here.settings.path(here.settings.cache)), here.library.held():
        before = tree.scan(destination, here.settings.keep)
        files = len(list(oracle.build(app, destination)))
        more = extras.add(app, destination, asked)
        after = tree.scan(destination, here.settings.keep)
    written = sum(before.get(name) != found for name, found in after.items())
    removed, files = len(before.keys() - after.keys()), files + len(more.made_of())
    seconds = time.perf_counter() - started
    return Report(len(here.library.post_urls()), files, written, removed, seconds, tuple(more.notes))


def progress() -> Watch:
    """Return what shows progress: a bar for a person, now and then a line for a log."""
    started = said = time.perf_counter()
    person, last = sys.stderr.isatty(), -1

    def watch(done: int, of: int) -> None:
        nonlocal said, last
        now = time.perf_counter()
        if person and (done == of or now - said > 0.05):
            rate = done / (now - started)
            bar = "█" * (20 * done // of)
            line = f"\r{bar:░<20} {done:,} of {of:,} pages, {rate:,.0f} a second, {(of - done) / rate:.0f} s left "
            click.echo(line if done < of else "\r\x1b[K", nl=False, err=True)
            said = now
        elif not person and now - said > EVERY:
            click.echo(f"{done:,} of {of:,} pages", err=True)
            said = now

    return watch


@click.command()
@click.option("--out", type=click.Path(path_type=Path), help="The build to look at, instead of the setting build.")
@click.option("--all", "everything", is_flag=True, help="Compare every page with the live answer, not a sample.")
@with_appcontext
def verify(out: Path | None, everything: bool) -> None:
    """Prove that a build equals a clean one and the live site; exit 1 with the first differences."""
    here = site.current()
    destination = (out or here.settings.path(here.settings.build)).resolve()
    if not destination.is_dir():
        raise FreezeError("there is no build here: flask freeze makes it", str(destination))
    certificate = proof(current_app._get_current_object(), destination, everything)  # type: ignore[attr-defined]
    for line in certificate.differences[:MOST]:
        click.echo(line)
    if certificate.differences:
        raise FreezeError(f"{plural(len(certificate.differences), 'difference')}", str(destination))
    click.echo(certificate)
