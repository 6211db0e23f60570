"""The freezer: the site as a folder of plain files, each the body of the answer that the app gives.

It is Frozen-Flask with one list of addresses: those that the features contribute.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import click
from flask import Flask
from flask_frozen import Freezer, MissingURLGeneratorWarning, RedirectWarning

from . import site
from .errors import FreezeError

KEPT = [".git", ".git/*", "CNAME", ".nojekyll"]
MINE = "404.html"  # every build holds it: a folder with files but without it isn't ours


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(freeze_command)


def freezer(app: Flask, destination: Path) -> Freezer:
    """Return Frozen-Flask, set up for a site."""
    app.config.update(
        FREEZER_DESTINATION=str(destination),
        FREEZER_BASE_URL=site.of(app).settings.url,
        FREEZER_DESTINATION_IGNORE=KEPT,
        FREEZER_REDIRECT_POLICY="ignore",  # the body of our redirects is a page that points on
        FREEZER_IGNORE_MIMETYPE_WARNINGS=True,  # feeds have types that no host guesses
    )
    made = Freezer(app, with_static_files=False, with_no_argument_rules=False, log_url_for=False)
    made.register_generator(lambda: (quote(url) for url in site.of(app).urls()))
    return made


def freeze(app: Flask, destination: Path) -> Iterator[str]:
    """Freeze a site, yielding each address when it is written."""
    refuse_foreign(destination, site.of(app))
    with site.of(app).library.held(), quiet():
        try:
            for page in freezer(app, destination).freeze_yield():
                yield page.url
        except ValueError as error:  # Frozen-Flask's word for an answer that isn't 200
            raise FreezeError(str(error)) from None
        except OSError as error:
            raise FreezeError(f"can't write: {error.strerror}", str(error.filename or destination)) from None


@contextmanager
def quiet() -> Iterator[None]:
    """Silence what Frozen-Flask warns of and we mean: redirects as pages, one list for all routes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RedirectWarning)
        warnings.simplefilter("ignore", MissingURLGeneratorWarning)
        yield


def refuse_foreign(destination: Path, of: site.Site) -> None:
    """Refuse to write over content, or to clear a folder that no freeze has made."""
    root = of.settings.root
    if destination == root or destination in root.parents:
        raise FreezeError("the build folder can't hold the site itself", str(destination))
    for name in ("posts", "pages", "content", "static", "templates"):
        own = root / name
        if destination == own or own in destination.parents:
            raise FreezeError(f"the build folder can't lie in {name}/", str(destination))
    if destination.exists() and not destination.is_dir():
        raise FreezeError("this is a file, not a folder", str(destination))
    if destination.is_dir() and any(destination.iterdir()) and not (destination / MINE).is_file():
        raise FreezeError("there are files in the build folder that no freeze has made", str(destination))


@click.command("freeze")
@click.pass_context
def freeze_command(context: click.Context) -> None:
    """Write the site as plain files."""
    from flask import current_app

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    here = site.of(app)
    destination = here.settings.path(here.settings.build)
    started, pages = time.perf_counter(), freeze(app, destination)
    if sys.stderr.isatty():
        here.library.refresh()
        with app.test_request_context():
            length = sum(1 for _ in here.urls())
        with click.progressbar(pages, length=length, label="Freezing", file=sys.stderr) as bar:
            count = sum(1 for _ in bar)
    else:
        count = sum(1 for _ in pages)
    for problem in here.library.problems():
        click.echo(problem.line_of_text(), err=True)
    took = time.perf_counter() - started
    posts = here.library.count()
    click.echo(f"{posts} posts, {count} files in {destination} ({took:.2f} s)")
