"""A line of JSON for every request, where the setting ``access_log`` names a file or ``-`` (standard error)."""

from __future__ import annotations

import json
import logging
import sys
import time
import weakref
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

from ..errors import SettingsError
from ..security import OWN
from ..site import of

LOG = logging.getLogger("blog")


def init_app(app: Flask) -> None:
    """Log what the app answers."""
    site = of(app)
    if site.settings.access_log:
        app.wsgi_app = Logged(app.wsgi_app, opened(app))  # type: ignore[method-assign]


def opened(app: Flask) -> logging.Handler:
    """Open the log; a file may be shared by processes, and be moved away by whoever rotates logs."""
    settings = of(app).settings
    path = settings.log
    if path is None:
        return logging.StreamHandler()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        log = File(path, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"the access log can't be written: {error.strerror}", str(path)) from None
    weakref.finalize(app, log.close)
    return log


class File(WatchedFileHandler):
    """Write lines to a file; say once that it can't be done any more, and answer requests all the same."""

    said = False

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        try:
            super().emit(record)
        except OSError:  # it was moved away, and can't be begun anew
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Say in one line what has just gone wrong, the first time."""
        error = sys.exc_info()[1]
        if not self.said:
            self.said = True
            LOG.warning("the access log can't be written: %s: %s", self.baseFilename, getattr(error, "strerror", error))

    def close(self) -> None:
        """Close the file, whether or not the last line can be written."""
        with suppress(OSError):
            super().close()


class Logged:
    """Log what an app answers."""

    def __init__(self, app: WSGIApplication, log: logging.Handler) -> None:
        self.app, self.log = app, logging.Logger("blog.access")
        self.log.addHandler(log)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass a request on, and log it when its answer begins."""
        if OWN in environ:
            return self.app(environ, start_response)
        began = time.perf_counter()

        def logged(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
            self.write(environ, status, headers, time.perf_counter() - began)
            return start_response(status, headers, error) if error else start_response(status, headers)

        return self.app(environ, logged)

    def write(self, environ: WSGIEnvironment, status: str, headers: list[tuple[str, str]], seconds: float) -> None:
        """Write one line; JSON leaves no way to forge another."""
        said = {name.lower(): value for name, value in headers}
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "client": environ.get("REMOTE_ADDR", ""),
            "method": environ["REQUEST_METHOD"],
            "path": environ.get("SCRIPT_NAME", "") + environ["PATH_INFO"],
            "query": environ.get("QUERY_STRING", ""),
            "status": int(status[:3]),
            "bytes": int(said.get("content-length", 0)),
            "ms": round(seconds * 1000, 3),
            "referrer": environ.get("HTTP_REFERER", ""),
            "agent": environ.get("HTTP_USER_AGENT", ""),
        }
        self.log.info(json.dumps(line))
