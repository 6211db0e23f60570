"""The catch-all route: what an address holds, and the answer where it holds nothing.

Features answer kinds of addresses (``Site.answer``): the library says what an address holds, and it is handed to the
feature for that kind.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from typing import Any

from flask import Flask, Response, abort, current_app, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter

from .. import security
from ..catalogue import Gone
from ..conditions import condition
from ..library import Address
from .rendering import Head, href, render, said
from .site import current, library, of

FOR_FEW = ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")  # headers of an address that hold for the way to it, too
TRIES = 5  # to answer from a state that holds until the answer is made


def add_to(app: Flask) -> None:
    """Add the catch-all route, the not-found page, and the last touch to answers."""
    # Werkzeug's own redirects name the Host of the request, which anybody can forge: see with_slash.
    app.url_map.strict_slashes = app.url_map.merge_slashes = app.url_map.redirect_defaults = False
    app.url_map.converters["int"] = Number
    app.add_url_rule("/", "address", show, defaults={"path": ""})
    app.add_url_rule("/<path:path>", "address", show)
    app.add_url_rule("/404.html", "not_found", not_found_page)
    app.register_error_handler(404, not_found)
    app.register_error_handler(Gone, gone)
    app.before_request(lambda: current().keep_up())
    app.before_request(hand_written)
    app.before_request(with_slash)
    app.after_request(finish)
    of(app).lists(lambda: ["/404.html"])


class Number(IntegerConverter):
    """A number in an address, in one spelling: other zeros and digits would make more addresses of one page."""

    regex = "[1-9][0-9]*"


def moved(path: str) -> Response:
    """Lead to another address of the site; the body points on too, for hosts that can't redirect."""
    return Response(
        render_template("redirect.html", target=path, say=said()), 301, {"Location": href(path)}, mimetype="text/html"
    )


def show(**_rule: str) -> Any:
    """Answer any address: ask what it holds, hand it to the feature for that kind."""
    site, url = current(), request.path
    address = site.library.find(url)
    kind = address.kind if address else "front" if url == "/" else ""
    if kind == "slash" and address:
        return moved(address.target)
    if kind not in site.views:
        abort(404)
    return site.views[kind](address or Address("front"))


def hand_written() -> Any:
    """Let a page or file that somebody put there win over the engine's own at the same address."""
    if request.endpoint in ("address", "posts", None):
        return None
    address = library().find(request.path)
    if address and address.kind == "slash":
        return moved(address.target)
    return answer_of(address, ("post", "page", "asset"))


def answer_of(address: Address | None, kinds: Collection[str]) -> Any:
    """Return the answer for an address that holds one of some kinds, else ``None``."""
    view = current().views.get(address.kind) if address and address.kind in kinds else None
    return view(address) if view and address else None


def with_slash() -> Any:
    """Lead from an engine page's address without its last slash to the one with it; one too many finds nothing."""
    rule = request.url_rule.rule if request.url_rule and request.endpoint != "address" else request.path
    if rule.endswith("/") and not request.path.endswith("/"):
        return to_slash()
    odd = request.path.endswith("/") and (not rule.endswith("/") or request.path.endswith("//"))
    return abort(404) if odd else None


def to_slash() -> Response:
    """Lead to the address of this request with a slash at its end, if that holds anything.

    Else there would be no end of addresses that answer, and of what is kept of them.
    """
    there = Response()
    if request.url_rule and request.url_rule.arguments:
        there = current_app.make_response(current_app.dispatch_request())  # where there is nothing it raises
    way = moved(f"{request.path}/")
    way.headers.extend((name, there.headers[name]) for name in FOR_FEW if name in there.headers)
    return way


def not_found(_error: Exception) -> Any:
    """Answer for an address that holds nothing: with the site's own page for that, or with what is like it."""
    if alias := answer_of(library().find(request.path), ("alias",)):
        return alias  # one that lies below an engine's address
    own = answer_of(library().find("/404.html"), ("post", "page", "asset"))
    response = current_app.make_response(own or not_found_page(request.path))
    response.status_code = 404
    return response


def gone(error: Exception) -> Any:
    """Answer again: a file has gone since the state that was answered from was put together."""
    for _ in range(TRIES):
        library().catch_up()
        with suppress(Gone):
            try:
                answer = current_app.preprocess_request()
                return current_app.dispatch_request() if answer is None else answer
            except HTTPException as found:
                return not_found(found)
    return not_found(error)


def not_found_page(url: str = "") -> str:
    """Render the theme's page for addresses that hold nothing; frozen it is the same for all."""
    head = Head(title=said()("not_found"), path="/404.html", noindex=True, feeds=tuple(current().feeds))
    return render("404.html", head, found=current().resembling(url) if url else [])


def finish(response: Response) -> Response:
    """Say what every answer says, and let caches ask again cheaply: an ETag, and 304 where its bytes are known."""
    said = {name.lower() for name in response.headers.keys()}  # noqa: SIM118 - these have lists
    for name, value in current().headers:
        if name.lower() not in said:
            response.headers.add(name, value)
    if response.mimetype == security.IMAGE:
        response.headers[security.POLICY] = security.IMAGE_POLICY
    response.headers.setdefault("Cache-Control", "no-cache")  # or many would keep what has moved, or isn't there yet
    if request.method in ("GET", "HEAD") and response.status_code in (200, 206, 412):
        if not response.direct_passthrough:
            response.add_etag()
        status = condition(request.environ, *(response.headers.get(name, "") for name in ("ETag", "Last-Modified")))
        if status != 200:
            response.close()
            response.status_code, response.direct_passthrough, response.data = status, False, b""
    if response.status_code in security.FOR_ONE or response.status_code >= 500:
        response.headers["Cache-Control"] = "no-store"
    return response
