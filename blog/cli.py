"""The command ``blog``: Flask's commands for the site in any folder."""

from __future__ import annotations

import os

import click
from flask import Flask
from flask.cli import FlaskGroup

from . import __version__, create_app


def make_app() -> Flask:
    """Make the app of the folder that ``--site`` names."""
    return create_app(os.environ.get("BLOG_SITE", "."))


def choose(_context: click.Context, _parameter: click.Parameter, folder: str) -> None:
    """Remember the folder for ``make_app``, also in processes started by this one; let ``run`` use our port."""
    os.environ["BLOG_SITE"] = folder
    os.environ.setdefault("FLASK_RUN_PORT", "8000")  # that of the default ``url``


@click.group(cls=FlaskGroup, create_app=make_app, add_version_option=False, load_dotenv=False, set_debug_flag=False)
@click.option(
    "--site",
    default=".",
    envvar="BLOG_SITE",
    is_eager=True,
    expose_value=False,
    callback=choose,
    type=click.Path(),
    help="The folder of the site.",
)
@click.version_option(__version__, prog_name="Flatleaf")
def main() -> None:
    """Serve, freeze and check a folder of Markdown files."""
