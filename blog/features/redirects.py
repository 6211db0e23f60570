"""Redirects: an alias leads to its document, permanently.

The answer's body is a small page that points on, so that a host of plain files can give it too.
"""

from __future__ import annotations

from flask import Flask, Response, render_template

from ..library import Address
from ..site import href, library, of


def init_app(app: Flask) -> None:
    """Add redirects."""
    of(app).answer("alias", alias)
    of(app).lists(lambda: library().alias_urls())


def alias(address: Address) -> Response:
    """Lead to the document that an alias belongs to."""
    body = render_template("redirect.html", target=address.target)
    return Response(body, 301, {"Location": href(address.target)}, mimetype="text/html")
