"""Clients that ask for feeds again and again without saying what they have: after so many times an hour they have to
wait, where the setting ``feed_polls`` says so. Who sends ``If-None-Match`` or ``If-Modified-Since`` never has to.

https://www.rfc-editor.org/rfc/rfc6585#section-4
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from werkzeug.wrappers import Response

from ..feeds.rules import TYPES
from ..library import utc_now
from ..site import Site, of

HOUR = 3600
MOST = 10_000  # clients that are remembered, and addresses of feeds
LONGEST = 200  # characters of a name that are
FEEDS = tuple(TYPES.values())
CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"}

Client = tuple[str, str, str]  # address, program, path


def init_app(app: Flask) -> None:
    """Count, if the settings name a limit; the answers that the cache sends are counted, too."""
    if of(app).settings.feed_polls:
        app.wsgi_app = Polls(app.wsgi_app, of(app))  # type: ignore[method-assign]


class Polls:
    """Refuse requests for feeds without conditions that are too many; each process counts for itself."""

    def __init__(self, app: WSGIApplication, site: Site) -> None:
        self.app, self.site, self.limit = app, site, site.settings.feed_polls
        self.feeds: dict[str, None] = {}  # addresses that were answered with a feed
        self.home = f"{site.settings.base_path}/"
        self.clients: dict[Client, tuple[float, int]] = {}  # when their hour began, and how often they have asked
        self.lock = threading.Lock()
        clock = site.library.clock
        self.now: Any = time.time if clock is utc_now else lambda: clock().timestamp()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, or say how long to wait."""
        path = environ.get("PATH_INFO", "")
        if path in self.feeds and self.counts(environ) and (wait := self.wait(self.client(environ))):
            headers = [*self.site.headers, ("Retry-After", str(wait)), ("Cache-Control", "no-store")]
            headers += [("Access-Control-Allow-Origin", "*"), ("Access-Control-Expose-Headers", "Retry-After")]
            text = f"Ask again in {wait} seconds, or send If-None-Match with the ETag of the feed that you have.\n"
            return Response(text, 429, headers, mimetype="text/plain")(environ, start_response)

        def learn(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            if any(name.lower() == "content-type" and value.startswith(FEEDS) for name, value in headers):
                self.remember(path)
                if status.startswith("200") and self.counts(environ):
                    self.count(self.client(environ))
            return start_response(status, headers, *error)

        return self.app(environ, learn)

    def counts(self, environ: WSGIEnvironment) -> bool:
        """Tell whether a request counts: it comes from somebody, and says nothing of what they have."""
        asked = environ["REQUEST_METHOD"] == "GET" and bool(environ.get("REMOTE_ADDR"))
        return asked and environ.keys().isdisjoint(CONDITIONS)

    def client(self, environ: WSGIEnvironment) -> Client:
        """Return who asks for what."""
        address, agent = environ["REMOTE_ADDR"], environ.get("HTTP_USER_AGENT", "")
        return address[:LONGEST], agent[:LONGEST], environ.get("PATH_INFO", "")

    def wait(self, client: Client) -> int:
        """Return for how many seconds a client has to wait, 0 if it hasn't."""
        began, count = self.clients.get(client, (0.0, 0))
        left = began + HOUR - self.now()
        return max(1, int(left)) if count >= self.limit and left > 0 else 0

    def count(self, client: Client) -> None:
        """Count a request; who came first is forgotten first."""
        with self.lock:
            began, count = self.clients.get(client, (0.0, 0))
            if self.now() - began >= HOUR:
                self.clients.pop(client, None)
                began, count = self.now(), 0
            self.clients[client] = began, count + 1
            if len(self.clients) > MOST:
                self.clients.pop(next(iter(self.clients)))

    def remember(self, path: str) -> None:
        """Remember that a feed is at an address."""
        if path not in self.feeds and path != self.home:  # that is a page; only a query asks for a feed there
            with self.lock:
                self.feeds[path] = None
                if len(self.feeds) > MOST:
                    self.feeds.pop(next(iter(self.feeds)))
