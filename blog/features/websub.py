"""WebSub: a hub tells subscribers at once, where the setting ``hub`` names one.

Feeds name the hub; here their answers do, too. The hub is told of each feed whose bytes aren't those that it was
told of last: after a release by ``flask ping``, which looks at the build, live once files have settled.

https://www.w3.org/TR/websub/
"""

from __future__ import annotations

import json
import logging
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from html import unescape
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlencode

import click
from flask import Flask, Response
from flask.cli import with_appcontext

from ..errors import BlogError
from ..feeds.rules import TYPES
from ..files import write_whole
from ..live import alone
from ..security import OWN
from ..settings import Settings
from ..site import absolute, current, of
from ..values import plural

LOG = logging.getLogger("blog")
FEEDS = frozenset(TYPES.values())
HEAD = 4000  # bytes of a feed in which it says what its address is
SELF = re.compile(rb'<(?:\w+:)?link\b[^>]*\brel="self"[^>]*>|"feed_url"\s*:\s*"(?P<json>[^"\\]+)"')
HREF = re.compile(rb'\bhref="([^"]+)"')
AGAIN = (408, 425, 429)  # answers, beside those of a broken hub, after which it is asked again
LONGEST = 30.0  # seconds that a hub may have us wait before the next try


@dataclass(frozen=True, slots=True)
class Patience:
    """Hold how long is waited, in seconds: for an answer, before each further try, for files to settle."""

    answer: float = 10.0
    tries: tuple[float, ...] = (1.0, 4.0, 15.0)
    settle: float = 5.0


class Refused(BlogError):
    """Say that the hub won't take a feed."""


class Silent(BlogError):
    """Say that the hub doesn't answer as a hub should, however often it is asked."""


def init_app(app: Flask) -> None:
    """Add the command; where there is a hub, name it in answers, and tell it of changes while the site is served."""
    site = of(app)
    app.cli.add_command(ping)
    if site.settings.hub and site.feeds:
        app.after_request(named)
        if site.live:
            teller = Teller(app, Patience())
            app.extensions["blog_websub"] = teller
            site.live.starters.append(teller.later)  # of what changed while nobody looked
            site.live.listeners.append(lambda _paths: teller.later())


def named(response: Response) -> Response:
    """Name the hub and the feed's own address; a build says that in the feeds alone."""
    here = current()
    if response.mimetype in FEEDS and response.status_code == 200 and not here.library.pinned:
        own = own_address(response.get_data()[:HEAD])
        if own:
            response.headers.add("Link", f'<{here.settings.hub}>; rel="hub", <{own}>; rel="self"')
    return response


def own_address(opening: bytes) -> str:
    """Return the address that a feed says it has, by its first bytes."""
    found = SELF.search(opening)
    if not found:
        return ""
    href = found["json"] or (HREF.findall(found[0]) or [b""])[0]
    return unescape(href.decode(errors="replace"))


@click.command()
@click.option("--out", type=click.Path(path_type=Path), help="The build to look at, instead of the setting build.")
@with_appcontext
def ping(out: Path | None) -> None:
    """Tell the hub of every feed that has changed since this was done last; exit 1 if it doesn't take that."""
    from ..feeds.release import file_of  # here, as below: most sites have no hub, and needn't load it

    here = current()
    build = (out or here.settings.path(here.settings.build)).resolve()
    if not here.settings.hub:
        raise BlogError("the setting hub names none")
    if not build.is_dir():
        raise BlogError("there is no build here: flask freeze makes it", str(build))
    with here.library.held():
        feeds = here.all_feeds()
        found = {absolute(path): of_build(build / file_of(path)) for _, _, path in feeds}
    told, failed = tell(here.settings, {url: made for url, made in found.items() if made}, Patience(), click.echo)
    click.echo(f"{plural(len(feeds), 'feed')}: {told} told, {failed} failed")
    if failed:
        raise click.exceptions.Exit(1)


def of_build(file: Path) -> str:
    """Return the digest of a frozen feed, ``""`` if there is none."""
    from ..feeds.release import digest

    with suppress(OSError):
        return digest(file.read_bytes())
    return ""


def tell(
    settings: Settings,
    digests: dict[str, str],
    patience: Patience,
    say: Callable[[str], object],
    changes_only: bool = False,
) -> tuple[int, int]:
    """Tell the hub of the feeds that have other digests than it was told of; return how many it took, and didn't.

    Only one process does so at a time. What the hub didn't take is told the next time. Where nothing is known of an
    earlier time, ``changes_only`` takes all feeds for told.
    """
    memory = settings.path(settings.cache) / "websub.json"
    told = failed = 0
    with alone(memory.with_suffix(".lock")):
        known = remembered(memory)
        if changes_only and not known:
            write_whole(memory, json.dumps(digests, indent=0).encode())
            return 0, 0
        changed = [url for url, made in digests.items() if known.get(url) != made]
        for url in changed:
            try:
                status = publish(settings.hub, url, patience)
            except BlogError as error:
                say(f"{settings.hub}: {url}: {error.message}")
                failed += 1
                if isinstance(error, Silent):  # nor will it answer for the others
                    failed = len(changed) - told
                    break
            else:
                say(f"{settings.hub}: {url}: {status}")
                told, known[url] = told + 1, digests[url]
        if told:
            write_whole(memory, json.dumps(known, indent=0).encode())
    return told, failed


def remembered(memory: Path) -> dict[str, str]:
    """Return the digests of the feeds that the hub was told of, by address."""
    with suppress(OSError, ValueError):
        known = json.loads(memory.read_bytes())
        if isinstance(known, dict):
            return known
    return {}


def publish(hub: str, url: str, patience: Patience) -> int:
    """Tell the hub that there is something new at an address, again while it may come right; return its status.

    Raises ``Refused`` or ``Silent``.
    """
    waits = iter(patience.tries)
    while True:
        status, why, later = asked(hub, url, patience.answer)
        if 200 <= status < 300:
            return status
        if status and status < 500 and status not in AGAIN:
            raise Refused(f"refused: {why}")
        wait = next(waits, None)
        if wait is None:
            raise Silent(f"given up: {why}")
        time.sleep(max(wait, min(later, LONGEST)))


def asked(hub: str, url: str, patience: float) -> tuple[int, str, float]:
    """Ask once; return the status (0: no answer), what it was in words, and for how many seconds to wait."""
    # What "publish" looks like is left to hubs; all take this, of PubSubHubbub.
    body = urlencode({"hub.mode": "publish", "hub.url": url, "hub.topic": url}).encode()
    request = urllib.request.Request(hub, body, {"User-Agent": "Flatleaf"})  # noqa: S310 (it begins with http)
    try:
        with urllib.request.urlopen(request, timeout=patience) as answer:  # noqa: S310
            return answer.status, str(answer.status), 0.0
    except urllib.error.HTTPError as error:
        with error:
            later = error.headers.get("Retry-After", "")
            return error.code, f"{error.code} {error.reason}", float(later) if later.isdecimal() else 0.0
    except (OSError, HTTPException, ValueError) as error:
        return 0, str(getattr(error, "reason", error)) or type(error).__name__, 0.0


class Teller:
    """Tell the hub, from a thread that nobody waits for, of feeds that the app has other bytes for now."""

    def __init__(self, app: Flask, patience: Patience) -> None:
        self.app, self.site, self.patience = app, of(app), patience
        self.lock, self.due = threading.Lock(), 0.0
        self.thread: threading.Thread | None = None

    def later(self) -> None:
        """Look once nothing has changed for a while."""
        if not self.site.live or not self.site.live.public:
            return
        with self.lock:
            self.due = time.monotonic() + self.patience.settle
            if not self.thread:
                self.thread = threading.Thread(target=self.run, name="websub", daemon=True)
                self.thread.start()

    def run(self) -> None:
        """Wait until files have settled, then look; again for what changes meanwhile."""
        while True:
            while (left := self.due - time.monotonic()) > 0:
                time.sleep(left)
            seen = self.due
            try:
                said = partial(LOG.warning, "websub: %s")
                tell(self.site.settings, self.digests(), self.patience, said, changes_only=True)
            except Exception:
                LOG.exception("while telling the hub")
            with self.lock:
                if self.due == seen:
                    self.thread = None
                    return

    def digests(self) -> dict[str, str]:
        """Return the digests of the feeds as the app makes them now, by address."""
        from ..feeds.release import digest

        with self.app.app_context():
            paths = [path for _, _, path in self.site.all_feeds()]
            return {absolute(path): digest(body) for path in paths if (body := self.body(path))}

    def body(self, path: str) -> bytes:
        """Return what the app answers, ``b""`` unless that is a success."""
        from werkzeug.test import create_environ, run_wsgi_app

        environ = create_environ(path, self.site.settings.url) | {OWN: True}
        parts, status, _headers = run_wsgi_app(self.app.wsgi_app, environ, buffered=True)
        return b"".join(parts) if status.startswith("200") else b""
