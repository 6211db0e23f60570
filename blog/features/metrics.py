"""``/-/metrics`` in Prometheus' text format, where the setting ``metrics`` asks for it.

Every process of a server counts for itself; the client library puts the counts of all together, through files
in the cache folder. https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response

from ..errors import SettingsError
from ..site import Site, of

PATH = "/-/metrics"
MOST = 200  # pairs of reader and feed: a User-Agent can say anything
# As readers that fetch for many say it: "Feedbin feed-id:1 - 12 subscribers", "Feedly/1.0 (...; 20 subscribers; ...)".
READER = re.compile(r"[A-Za-z][A-Za-z0-9.+_-]{0,39}")
SUBSCRIBERS = re.compile(r"\b([0-9]{1,7}) (?:subscribers?|readers?)\b", re.IGNORECASE)


def init_app(app: Flask) -> None:
    """Add the address, and count requests."""
    site = of(app)
    if site.settings.metrics:
        measures = Measures(site)
        if cache := app.extensions.get("blog_cache"):
            cache.count = measures.made.inc
        app.add_url_rule(PATH, "metrics", measures.answer)
        app.wsgi_app = Metered(app.wsgi_app, measures)  # type: ignore[method-assign]


def subscribers(user_agent: str) -> tuple[str, int] | None:
    """Return the name of a feed reader and how many people it says that it reads for."""
    name, found = READER.match(user_agent), SUBSCRIBERS.search(user_agent[:500])
    return (name[0], int(found[1])) if name and found else None


class Measures:
    """Hold the counts of this process."""

    def __init__(self, site: Site) -> None:
        self.site = site
        folder = site.settings.path(site.settings.cache) / "metrics"
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            if os.access(folder, os.W_OK):  # else each process speaks for itself
                os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(folder))
        try:
            import prometheus_client as client
            from prometheus_client import multiprocess
        except ImportError:
            raise SettingsError("metrics need the package prometheus-client: pip install 'flatleaf[metrics]'") from None
        self.client, self.multiprocess = client, multiprocess
        self.registry = own = client.CollectorRegistry()
        self.requests = client.Counter("blog_requests", "Requests.", ["method", "status"], registry=own)
        self.made = client.Counter("blog_answers_made", "Answers that were made, not sent again.", registry=own)
        self.age = client.Gauge(
            "blog_index_age_seconds",
            "Time since the files were last looked at.",
            registry=own,
            multiprocess_mode="livemax",
        )
        self.people = client.Gauge(
            "blog_feed_subscribers",
            "People that a feed reader says it reads for.",
            ["reader", "feed"],
            registry=own,
            multiprocess_mode="mostrecent",
        )
        self.pairs: set[tuple[str, str]] = set()

    def count(self, environ: WSGIEnvironment, status: str) -> None:
        """Count a request; methods that nobody knows are one."""
        method = environ["REQUEST_METHOD"]
        known = method if method in ("GET", "HEAD", "POST", "OPTIONS") else "other"
        self.requests.labels(known, status[:3]).inc()
        said = environ.get("HTTP_USER_AGENT", "")
        if "subscriber" in said and status[:3] in ("200", "304"):
            self.read(said, environ["PATH_INFO"])

    def read(self, user_agent: str, feed: str) -> None:
        """Note how many people a reader reads a feed for."""
        found = subscribers(user_agent)
        if found and (len(self.pairs) < MOST or (found[0], feed) in self.pairs):
            self.pairs.add((found[0], feed))
            self.people.labels(found[0], feed).set(found[1])

    def answer(self) -> Response:
        """Answer with the counts of all processes."""
        self.age.set(max(0.0, time.monotonic() - self.site.library.looked))
        registry = self.registry
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            registry = self.client.CollectorRegistry()
            self.multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        body = self.client.generate_latest(registry)
        return Response(body, content_type=self.client.CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


class Metered:
    """Count what an app answers."""

    def __init__(self, app: WSGIApplication, measures: Measures) -> None:
        self.app, self.measures = app, measures

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass a request on, and count it when its status is known."""

        def counted(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
            self.measures.count(environ, status)
            return start_response(status, headers, error) if error else start_response(status, headers)

        return self.app(environ, counted)
