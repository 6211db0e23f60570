"""What every answer says for the safety of who reads it, and which requests aren't answered at all.

A site of pages takes no more than an address: what is larger, brings a body or asks with another method is
refused before anything is done for it. What the rest says of host and scheme is replaced by the setting ``url``,
so that nothing further in can trust it.

https://www.w3.org/TR/CSP3/, https://www.rfc-editor.org/rfc/rfc9110, https://www.rfc-editor.org/rfc/rfc6585
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from contextlib import suppress
from http import HTTPStatus
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.urls import iri_to_uri

from . import conditions
from .settings import Settings

POLICY = "Content-Security-Policy"
# An image that is opened by itself is a document. Not even the site's own scripts are for it.
IMAGE, IMAGE_POLICY = "image/svg+xml", "script-src 'none'; object-src 'none'; frame-ancestors 'self'; sandbox"
FRAMES = re.compile(r"frame-ancestors +([^;]*[^; ])", re.IGNORECASE)  # whose frames may show a page
FRAMES_OF = {"'self'": "SAMEORIGIN", "'none'": "DENY"}
OWN = "blog.own"  # in the environment of what the engine asks itself: no visit, which nobody logs or counts
METHODS = ("GET", "HEAD", "OPTIONS")
LONGEST = 8_000  # characters of a path, of a query, of one header
ALL_HEADERS = 32_000  # characters of all headers
# The headers of a request that may have a say in how its answer is sent; none has in what it is.
HEEDED = frozenset(
    f"HTTP_{name}"
    for name in "IF_NONE_MATCH IF_MATCH IF_MODIFIED_SINCE IF_UNMODIFIED_SINCE IF_RANGE RANGE ACCEPT_ENCODING".split()
)
MOST_HEADERS = 100
FOR_ONE = (412, 416)  # answers to the headers of one request: a shared cache that kept one would give it to all
# What would end a line of a log, steer a terminal or turn text round.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

Pairs = list[tuple[str, str]]


def headers(settings: Settings) -> Pairs:
    """Return the headers that every answer has."""
    said = [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ]
    if settings.csp:
        said.append((POLICY, settings.csp))
    found = FRAMES.search(settings.csp)
    if frames := FRAMES_OF.get(found[1].lower() if found else "'self'"):  # for what knows no policy
        said.append(("X-Frame-Options", frames))
    if settings.hsts and settings.url.startswith("https:"):
        said.append(("Strict-Transport-Security", f"max-age={settings.hsts}"))
    return said


def origin(settings: Settings) -> dict[str, str]:
    """Return what a request for the public address says of host and scheme."""
    parts = urlsplit(iri_to_uri(settings.url))
    host, port = parts.netloc.rpartition("@")[2], parts.port or (443 if parts.scheme == "https" else 80)
    name = parts.hostname or ""
    return {"HTTP_HOST": host, "SERVER_NAME": name, "SERVER_PORT": str(port), "wsgi.url_scheme": parts.scheme}


def legible(record: logging.LogRecord) -> bool:
    """Make what is logged one line, whoever has named what it speaks of: signs that aren't seen become numbers."""
    with suppress(TypeError, ValueError):  # what can't be put together is for logging to report
        record.msg, record.args = CONTROL.sub(lambda sign: ascii(sign[0])[1:-1], record.getMessage()), ()
    return True


def refusal(environ: WSGIEnvironment) -> int:
    """Return the status with which a request is refused, 0 if it isn't."""
    if environ["REQUEST_METHOD"] not in METHODS:
        return 405
    if max(len(environ.get("PATH_INFO", "")), len(environ.get("QUERY_STRING", ""))) > LONGEST:
        return 414
    sizes = [len(name) + len(value) for name, value in environ.items() if name.startswith("HTTP_")]
    if len(sizes) > MOST_HEADERS or max(sizes, default=0) > LONGEST or sum(sizes) > ALL_HEADERS:
        return 431
    if environ.get("CONTENT_LENGTH", "") not in ("", "0") or "HTTP_TRANSFER_ENCODING" in environ:
        return 413
    return 0


def told(environ: WSGIEnvironment) -> WSGIEnvironment:
    """Return a request without what a visitor says of himself: an answer is the same for everybody."""
    said = {name: value for name, value in environ.items() if not name.startswith("HTTP_") or name in HEEDED}
    return conditions.understood(said)


class Guard:
    """Pass on to an app what it may answer, as a request for the public address."""

    def __init__(self, app: WSGIApplication, settings: Settings) -> None:
        self.app, self.headers, self.origin = app, headers(settings), origin(settings)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Refuse a request, say what may be asked, or pass it on."""
        status = refusal(environ)
        if status or environ["REQUEST_METHOD"] == "OPTIONS":
            return self.said(status or 204, environ, start_response)
        return self.app(told(environ) | self.origin, start_response)

    def said(self, status: int, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer with a status alone; nobody is to keep that."""
        line = f"{status} {HTTPStatus(status).phrase}"
        body = b"" if status == 204 else f"{line}\n".encode()
        of_body = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))] if body else []
        allow = [("Allow", ", ".join(METHODS))] if status in (204, 405) else []
        start_response(line, [*of_body, *allow, ("Cache-Control", "no-store"), *self.headers])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
