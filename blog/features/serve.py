"""``blog serve``: the site for whoever writes it. The page in the browser follows the files, drafts and posts to
come are shown and marked, and what is wrong is said on the page, with file and line.

All this is in ``development.py``. An app that isn't served by this command has nothing of it.
"""

from __future__ import annotations

import errno
import socket
import threading
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from ..engines import load
from ..errors import BlogError
from ..settings import TABLE, Settings
from ..site import current

ALL = ("", "0.0.0.0", "::")  # noqa: S104 (hosts that mean every address of this machine)


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(serve)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; only this machine by default.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free one.")
@click.option("--open", "opens", is_flag=True, help="Open the browser.")
@click.option("--no-drafts", is_flag=True, help="Show neither drafts nor posts to come.")
@with_appcontext
def serve(host: str, port: int, opens: bool, no_drafts: bool) -> None:
    """Serve the site while you write: the page in the browser follows the files."""
    from ..development import LOOPBACK, Development, load_parsers, server_of  # here: no other command needs it

    began, here = time.perf_counter(), current()
    with listening(host, port) as listener:
        settings = partial(settings_of, here.settings.root, not no_drafts, listener.getsockname()[1])
        alone = LOOPBACK.fullmatch(written(host)) is not None
        development = Development(settings, partial(here.again, clock=here.library.clock, live=True), alone)
        server = server_of(development, host, listener)
    shown = "127.0.0.1" if host in ALL else written(host)
    address = f"http://{shown}:{server.port}{development.site.settings.base_path}/"
    click.echo(f"{development.site.settings.title}: {click.style(address, bold=True)} (Ctrl-C ends it)")
    click.echo(f"{development.status()}, ready in {time.perf_counter() - began:.2f} s")
    threading.Thread(target=load_parsers, daemon=True).start()
    if not alone:
        click.echo("Whoever can reach this machine at that address can read all this, drafts too.", err=True)
    if opens:
        threading.Thread(target=opened, args=(address,), daemon=True).start()
    try:
        server.serve_forever()  # until Ctrl-C
    finally:
        development.end()


def settings_of(root: Path, drafts: bool, port: int) -> Settings:
    """Read the settings as they are for somebody who writes: nothing is kept, logged, or told to a cache in front.

    Where no public address is given, it is the one at which this serves.
    """
    settings = replace(load(root), memory=0, access_log="", purge="")
    if settings.url == TABLE["url"].default:
        settings = replace(settings, url=f"http://127.0.0.1:{port}/")
    return replace(settings, drafts=True, future=True) if drafts else settings


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens; raises ``BlogError``."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, UnicodeError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            other = port + 1 if port < 65535 else port - 1
            raise BlogError(f"port {port} is taken by another program; choose another one: --port {other}") from None
        raise BlogError(f"can't listen at {host}, port {port}: {getattr(error, 'strerror', error)}") from None


def written(host: str) -> str:
    """Return a host as it stands in an address."""
    return f"[{host}]" if ":" in host else host


def opened(address: str) -> None:
    """Open the browser."""
    import webbrowser

    webbrowser.open(address)
