"""Preview: a link to what nobody sees yet, for whoever is given it, until it expires.

The address is signed, so nobody can guess one. While it holds, a freeze makes the page too, in no list, feed or
sitemap. Which links there are stands in the cache folder, beside what they are signed with.

https://itsdangerous.palletsprojects.com/en/stable/signer/
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from flask import Flask, Response, abort, current_app, g
from flask.cli import with_appcontext
from itsdangerous import Signer

from ..errors import BlogError
from ..files import write_whole
from ..index.digests import digest_of_text
from ..library import Address
from ..live import alone
from ..settings import Settings
from ..site import absolute, current, library, longdate, moved, of

PATH = "/-/preview/"


def init_app(app: Flask) -> None:
    """Add the addresses and the command."""
    app.add_url_rule(f"{PATH}<token>/", "preview", preview, defaults={"name": ""})
    app.add_url_rule(f"{PATH}<token>/<path:name>", "preview", preview)
    of(app).lists(addresses)
    app.cli.add_command(command)


# The page


def preview(token: str, name: str) -> Response:
    """Show what a token is for, or a file of its bundle; nobody is to keep or to list it."""
    key, until = opened(token)
    found = library().hidden(key) if key else None
    if not found:
        abort(404)
    path, address = found
    if name:
        said = asset(path, address, name)
    elif address.summary:
        said = page(replace(address, summary=replace(address.summary, draft=True)), until)
    else:
        said = moved(address.target)  # it is published meanwhile
    response = current_app.make_response(said)
    response.headers["Cache-Control"], response.headers["X-Robots-Tag"] = "no-store", "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is all that it takes
    return response


def page(address: Address, until: int) -> Any:
    """Return a page as it will be, with a word on how long it can be seen here."""
    g.preview = {"moment": moment_of(until), "clock": clock(until)}
    try:
        return current().views[address.kind](address)
    finally:
        del g.preview  # while a site is frozen, its pages have one ``g``


def asset(path: str, address: Address, name: str) -> Any:
    """Send a file of the bundle of a document that nobody sees yet."""
    files = {name: file for name, file, _ in library().bundle(path)} if address.summary else {}
    view = current().views.get("asset")
    return view(Address("asset", target=files[name])) if view and name in files else abort(404)


def opened(token: str) -> tuple[str, int]:
    """Return the key of the document that a token is for and until when, ``""`` if it is for none, or no longer."""
    signed = token.partition(".")[0]
    key, _, until = signed.partition("-")
    secret = known_secret(current().settings)
    if not secret or not until.isascii() or not until.isdecimal() or len(until) > 12:
        return "", 0
    # What was signed is signed again: of one signature there are several spellings.
    same = hmac.compare_digest(token.encode(), made(secret, key, int(until)).encode())
    return (key, int(until)) if same and not library().passed(int(until)) else ("", 0)


def moment_of(until: int) -> datetime:
    """Return a moment in the site's time zone."""
    return datetime.fromtimestamp(until, UTC).astimezone(ZoneInfo(current().settings.timezone))


def as_people_read(until: int) -> str:
    """Return a moment as people read it."""
    moment = moment_of(until)
    return f"{longdate(moment)}, {clock(until)}"


def clock(until: int) -> str:
    """Return the time of day of a moment as people read it."""
    moment = moment_of(until)
    return f"{moment:%H:%M} {moment.tzname()}"


# Tokens


def made(secret: str, key: str, until: int) -> str:
    """Return the token for a document until a moment in seconds; it holds for this site only."""
    salt = f"blog.preview {current().settings.url}"
    signer = Signer(secret, salt=salt, key_derivation="hmac", digest_method=hashlib.sha256)
    return signer.sign(f"{key}-{until}").decode()


def secret_file(settings: Settings) -> Path:
    """Return where the secret lies that is made where none is set."""
    return settings.path(settings.cache) / "preview.secret"


def known_secret(settings: Settings) -> str:
    """Return what tokens are signed with, ``""`` if there is none yet."""
    file = secret_file(settings)
    if settings.secret:
        return settings.secret
    library().stamp(str(file))  # what is read of it is noted
    try:
        return file.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def make_secret(settings: Settings) -> str:
    """Return what tokens are signed with; make it first, once, whoever else does so too."""
    if settings.secret:
        return settings.secret
    file = secret_file(settings)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with alone(file.with_suffix(".lock")), open(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+") as held:
            if not (found := held.read()):
                os.chmod(file, 0o600)
                found = secrets.token_urlsafe(32)
                held.write(found)
    except UnicodeDecodeError:
        raise BlogError("this isn't a secret; remove it, and another one is made", str(file)) from None
    except OSError as error:
        raise BlogError(f"can't be written: {error.strerror}; the setting secret can do without", str(file)) from None
    return found


# In a build


def record(settings: Settings) -> Path:
    """Return the file that tells which previews a freeze is to make."""
    return settings.path(settings.cache) / "previews.json"


def listed() -> list[tuple[str, int]]:
    """Return key and moment of the end of each preview that a freeze is to make."""
    file = record(current().settings)
    library().stamp(str(file))
    with suppress(OSError, ValueError, TypeError):
        return [(str(key), int(until)) for key, until in json.loads(file.read_bytes())]
    return []


def note(key: str, until: int) -> None:
    """Have the next freezes make a preview; forget those that have passed."""
    file = record(current().settings)
    try:
        with alone(file.with_suffix(".lock")):
            kept = {one for one in listed() if not library().passed(one[1])} | {(key, until)}
            write_whole(file, json.dumps(sorted(kept)).encode())
    except OSError as error:
        raise BlogError(f"can't be written: {error.strerror}; --no-freeze can do without", str(file)) from None


def addresses() -> Iterator[str]:
    """Yield the addresses of previews that hold still, and of what lies in their bundles."""
    for key, until in listed():
        found = None if library().passed(until) else library().hidden(key)
        secret = known_secret(current().settings)
        if found and secret:
            path, address = found
            home = f"{PATH}{made(secret, key, until)}/"
            yield home
            if address.kind != "alias" and "asset" in current().views:
                yield from (home + name for name, _, _ in library().bundle(path))


# The command


@click.command("preview")
@click.argument("file")
@click.option("--days", type=click.IntRange(1, 365), default=7, show_default=True, help="How long the link works.")
@click.option("--no-freeze", is_flag=True, help="Let it work on the live site only.")
@with_appcontext
def command(file: str, days: int, no_freeze: bool) -> None:
    """Print a link to a document that nobody sees yet."""
    here = current()
    here.library.refresh()
    key = digest_of_text(path_of(file))
    until = int((here.library.now() + timedelta(days=days)).timestamp())
    secret = make_secret(here.settings)
    if not no_freeze:
        note(key, until)
    click.echo(absolute(f"{PATH}{made(secret, key, until)}/"))
    builds = "" if no_freeze else "; the next freezes make the page too, and the first one after that removes it"
    click.echo(f"works until {as_people_read(until)}{builds}", err=True)


def path_of(file: str) -> str:
    """Return the path of a document that nobody sees yet, named as in the site or from here."""
    library = current().library
    root = current().settings.root
    from_here = (os.path.relpath(full(file), root).replace(os.sep, "/") for full in (os.path.abspath, os.path.realpath))
    for path in dict.fromkeys((file.removeprefix("./"), *from_here)):
        if found := library.hidden(digest_of_text(path)):
            if found[1].kind == "alias":
                raise BlogError(f"this is published: {absolute(found[1].target)}", path)
            return path
        for problem in library.problems():
            if problem.path == path and problem.fatal:
                raise BlogError(problem.message, path, problem.line)
    raise BlogError("there is no such document", file)
