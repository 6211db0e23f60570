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
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response

from ..errors import SettingsError
from ..security import OWN
from ..site import Site, of

PATH = "/-/metrics"
# Readers that fetch for many and say so: a User-Agent can say anything, and a label has to be one of few.
READERS = (
    *("BazQux", "Bloglovin", "Feedbin", "FeedHQ", "Feedly", "Feedspot", "FeedWrangler", "G2Reader", "Inoreader"),
    *("Miniflux", "Netvibes", "NetNewsWire", "NewsBlur", "NewsGatorOnline", "TheOldReader", "Yandex"),
)
# As they say it: "Feedbin feed-id:1 - 12 subscribers", "Feedly/1.0 (...; 20 subscribers; ...)".
ROOM = 1 << 16  # bytes: some hundred counts
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
    """Return the name of a feed reader, ``other`` if nobody knows it, and how many people it says it reads for."""
    said = user_agent[:500]
    found, plain = SUBSCRIBERS.search(said), said.lower().replace(" ", "")
    return (next((name for name in READERS if name.lower() in plain), "other"), int(found[1])) if found else None


def alive(pid: int) -> bool:
    """Tell whether there is a process."""
    try:
        with suppress(PermissionError):  # somebody else's
            os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def reserve(folder: Path) -> None:
    """Have room for the counts of this process; raises ``OSError``.

    They are written through memory, and where a disk had no room for them any more that would end the process.
    """
    files = [folder / f"{kind}_{os.getpid()}.db" for kind in ("counter", "gauge_livemax", "gauge_mostrecent")]
    try:
        for path in files if hasattr(os, "posix_fallocate") else ():
            with path.open("ab") as file:
                os.posix_fallocate(file.fileno(), 0, ROOM)
    except OSError:
        for path in files:  # those of other processes are read without them
            path.unlink(missing_ok=True)
        raise


class Measures:
    """Hold the counts of this process."""

    def __init__(self, site: Site) -> None:
        self.site = site
        folder = site.settings.path(site.settings.cache) / "metrics"
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            reserve(folder)  # else each process speaks for itself
            os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(folder))
        try:
            import prometheus_client as client
            from prometheus_client import multiprocess
        except ImportError:
            raise SettingsError("metrics need a package: pip install prometheus-client") from None
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

    def count(self, environ: WSGIEnvironment, status: str) -> None:
        """Count a request; methods that nobody knows are one."""
        method = environ["REQUEST_METHOD"]
        known = method if method in ("GET", "HEAD", "POST", "OPTIONS") else "other"
        self.requests.labels(known, status[:3]).inc()
        said = environ.get("HTTP_USER_AGENT", "")
        if "subscriber" in said and status[:3] in ("200", "304"):
            self.read(said, environ["PATH_INFO"])

    def read(self, user_agent: str, path: str) -> None:
        """Note how many people a reader reads a feed for."""
        found, feed = subscribers(user_agent), self.feed(path.removeprefix(self.site.settings.base_path))
        if found and feed:
            self.people.labels(found[0], feed).set(found[1])

    def feed(self, path: str) -> str:
        """Return the path of a feed of the site, ``tag`` for that of any tag, ``""`` for what is no feed."""
        if any(path == known for _, _, known in self.site.feeds):
            return path
        return "tag" if path.startswith("/tags/") and path.endswith("/feed.xml") else ""

    def answer(self) -> Response:
        """Answer with the counts of all processes."""
        self.age.set(max(0.0, time.monotonic() - self.site.library.looked))
        registry = self.registry
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            together = self.client.CollectorRegistry()
            self.forget_dead(Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]))
            with suppress(ValueError):  # the folder has gone
                self.multiprocess.MultiProcessCollector(together)  # type: ignore[no-untyped-call]
                registry = together
        body = self.client.generate_latest(registry)
        return Response(body, content_type=self.client.CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})

    def forget_dead(self, folder: Path) -> None:
        """Remove what processes that have ended said of themselves; what they counted stays."""
        if os.name != "posix":  # a signal ends a process there, even this one
            return
        for pid in {path.stem.rsplit("_", 1)[1] for path in folder.glob("gauge_live*_*.db")}:
            if pid.isdecimal() and not alive(int(pid)):
                with suppress(FileNotFoundError):  # another process does the same
                    self.multiprocess.mark_process_dead(int(pid), str(folder))  # type: ignore[no-untyped-call]


class Metered:
    """Count what an app answers."""

    def __init__(self, app: WSGIApplication, measures: Measures) -> None:
        self.app, self.measures = app, measures

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass a request on, and count it when its status is known."""
        if OWN in environ:
            return self.app(environ, start_response)

        def counted(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
            self.measures.count(environ, status)
            return start_response(status, headers, error) if error else start_response(status, headers)

        return self.app(environ, counted)
