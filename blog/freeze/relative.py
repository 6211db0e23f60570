"""A tree that works from a file manager: every link within the site relative, with the file's full name."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

from .. import site, urls
from ..library import Library
from ..markup import links

REFRESH = re.compile(r'(<meta http-equiv="refresh" content="0; url=)([^"]*)"')
INTEGRITY = re.compile(r'\sintegrity="[^"]*"')  # browsers don't compare files that come from a disk


def prepare(app: Flask) -> None:
    """Let an app that is about to be frozen answer with relative links, if its site wants that."""
    settings = site.of(app).settings
    if settings.relative and not isinstance(app.wsgi_app, Relative):
        app.wsgi_app = Relative(app.wsgi_app, site.of(app).library, settings.base_path)  # type: ignore[method-assign]


class Relative:
    """Make the links of the pages that an app answers with relative."""

    def __init__(self, app: WSGIApplication, library: Library, base_path: str) -> None:
        self.app, self.library, self.base_path = app, library, base_path

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as the app does, with other links."""
        said: list[Any] = []

        def respond(status: str, headers: list[tuple[str, str]], _error: Any = None, /) -> Any:
            said[:] = status, headers

        body = b"".join(self.app(environ, respond))
        status, headers = said
        if dict(headers).get("Content-Type", "").startswith("text/html"):
            page = environ["PATH_INFO"].encode("latin-1").decode()
            body = self.page(body.decode(), page).encode()
            headers = [(k, str(len(body)) if k == "Content-Length" else v) for k, v in headers if k != "ETag"]
        start_response(status, headers)
        return [body]

    def page(self, html: str, page: str) -> str:
        """Return a page with relative links."""
        html = INTEGRITY.sub("", links.change(html, lambda link: self.link(link, page)))
        return REFRESH.sub(lambda found: f'{found[1]}{self.link(found[2], page)}"', html)

    def link(self, link: str, page: str) -> str:
        """Return a link from a page to a file of the tree; any other as it is."""
        parts = urlsplit(link)
        if not link.startswith(f"{self.base_path}/") or link.startswith("//"):
            return link
        target = unquote(parts.path[len(self.base_path) :])
        address = self.library.find(target) if urls.bare(target) else None
        file = urls.file_of(target, document=bool(address and address.kind in ("post", "page")))
        way = posixpath.relpath(f"/{file}", posixpath.dirname(page))
        return parts._replace(path=quote(way)).geturl()
