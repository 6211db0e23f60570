"""``flask freeze`` and ``flask verify``."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from .. import identity, site
from ..engines import load
from ..errors import BlogError, FreezeError
from ..values import plural
from . import extras, hosts, oracle, tree
from .build import Build, Report, Watch
from .build import freeze as freeze_site
from .verify import MOST
from .verify import verify as proof

CHOSEN = ("drafts", "future", "relative")  # settings that the command line can switch on
EVERY = 5.0  # seconds between lines of progress where nobody watches


@click.command()
@click.option("--out", type=click.Path(path_type=Path), help="The folder to write, instead of the setting build.")
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="Processes; as many as processors by default.")
@click.option("--drafts", is_flag=True, help="Show drafts.")
@click.option("--future", is_flag=True, help="Show posts before their date has come.")
@click.option("--relative", is_flag=True, help="Make all links relative, for a tree that is opened from a disk.")
@click.option("--watch", is_flag=True, help="Go on, and freeze again whenever a file changes.")
@click.option("--force", is_flag=True, help="Write into a folder that holds other files, and remove them.")
@click.option("--clean", is_flag=True, help="Make everything anew by plain Frozen-Flask.")
@click.option("--host", "asked", multiple=True, metavar="NAME", help="Write redirects and headers for this host too.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@with_appcontext
def freeze(watch: bool, **options: Any) -> None:
    """Write the site as plain files."""
    app = with_settings({name: True for name in CHOSEN if options.pop(name)})
    once(app, **options)
    while watch:
        try:
            app = changed(app, options["out"])
            once(app, **options)
        except BlogError as error:
            error.show()


def once(
    app: Flask, out: Path | None, jobs: int | None, force: bool, clean: bool, asked: tuple[str, ...], as_json: bool
) -> None:
    """Freeze one time, and tell."""
    here = site.of(app)
    destination = (out or here.settings.path(here.settings.build)).resolve()
    hosts.chosen(here.settings.hosts, asked)
    report = (
        plain(app, destination, force, asked)
        if clean
        else freeze_site(app, destination, jobs or 0, force, progress(), asked)
    )
    tell(report, here, as_json)


def tell(report: Report, here: site.Site, as_json: bool) -> None:
    """Print what a freeze has done, and what is wrong with the content."""
    for note in report.notes:
        click.echo(note, err=True)
    for problem in here.library.problems():
        click.echo(problem.line_of_text(), err=True)
    click.echo(json.dumps(asdict(report)) if as_json else str(report))


def changed(app: Flask, out: Path | None) -> Flask:
    """Wait for a change in the site's folder; return an app that knows it."""
    import watchfiles  # only here: it isn't needed to freeze once

    settings = site.of(app).settings
    made = [settings.path(name) for name in (settings.cache, settings.build, *([str(out.resolve())] if out else []))]
    own = tuple(f"{folder}/" for folder in made)
    next(watchfiles.watch(settings.root, watch_filter=lambda _change, path: not f"{path}/".startswith(own)))
    chosen = {name: getattr(settings, name) for name in CHOSEN}
    return site.of(app).again(settings=replace(load(settings.root), **chosen))


def with_settings(chosen: dict[str, Any]) -> Flask:
    """Return the current app, or one like it with some settings of its own."""
    here = site.current()
    if not chosen:
        return current_app._get_current_object()  # type: ignore[attr-defined, no-any-return]
    return here.again(settings=replace(here.settings, **chosen), clock=here.library.clock)


def plain(app: Flask, destination: Path, force: bool, asked: tuple[str, ...]) -> Report:
    """Build everything by plain Frozen-Flask."""
    started, here = time.perf_counter(), site.of(app)
    tree.check_place(destination, here.settings)
    with tree.locked(here.settings.path(here.settings.cache)), here.library.held() as moment:
        build = Build(app, destination, moment, force, asked)  # refuses to remove what no freeze has made
        before = tree.scan(destination, here.settings.keep)
        build.remember_pending(list(build.files.values()))
        files = len(list(oracle.build(app, destination)))
        more = extras.add(app, destination, asked)
        recorded = identity.record(here.library)
        after = tree.scan(destination, here.settings.keep)
    written = sum(before.get(name) != found for name, found in after.items())
    removed, files = len(before.keys() - after.keys()), files + len(more.made_of())
    seconds = time.perf_counter() - started
    notes = (*more.notes, *filter(None, [recorded.error]))
    return Report(len(here.library.post_urls()), files, written, removed, seconds, notes)


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
