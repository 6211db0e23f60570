"""The path of the public address, below which a site is."""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Response, redirect

from .. import security


class Mount:
    """Answer below the path of the public address only; ``/`` leads there."""

    def __init__(self, app: WSGIApplication, base_path: str, headers: security.Pairs) -> None:
        self.app, self.base_path, self.headers = app, base_path, headers

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Move the base path from PATH_INFO to SCRIPT_NAME, where it isn't there yet."""
        path, base = environ.get("PATH_INFO", ""), self.base_path
        if not base or environ.get("SCRIPT_NAME", "").rstrip("/") == base:
            return self.app(environ, start_response)
        if path.startswith(f"{base}/"):
            environ |= {"SCRIPT_NAME": base, "PATH_INFO": path[len(base) :]}
            return self.app(environ, start_response)
        outside = (
            redirect(f"{base}/", 301)
            if path in ("", "/", base)
            else Response("Not found\n", 404, mimetype="text/plain")
        )
        outside.headers.extend([*self.headers, ("Cache-Control", "no-cache")])
        return outside(environ, start_response)
