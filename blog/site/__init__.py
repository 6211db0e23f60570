"""What an app carries besides Flask, the routes of its addresses, and what its templates are given.

``site`` has what features add to, ``routes`` answers addresses, ``rendering`` is what templates see, and ``mount`` is
the path of the public address.
"""

from __future__ import annotations

import logging

from flask import Flask

from .. import security
from . import rendering, routes
from .mount import Mount
from .rendering import Head, absolute, datetime_of, href, link, longdate, render, said, theme_changed
from .routes import moved
from .site import Site, clashes, current, library, of

__all__ = [
    "Head",
    "Site",
    "absolute",
    "clashes",
    "current",
    "datetime_of",
    "href",
    "init_app",
    "library",
    "link",
    "longdate",
    "moved",
    "of",
    "render",
    "said",
    "theme_changed",
]


def init_app(app: Flask) -> None:
    """Add routes and templates, and what stands around every answer."""
    routes.add_to(app)
    rendering.add_to(app)
    logging.getLogger(app.name).addFilter(security.legible)
    of(app).headers = security.headers(of(app).settings)
    mounted = Mount(app.wsgi_app, of(app).settings.base_path, of(app).headers)
    app.wsgi_app = security.Guard(mounted, of(app).settings)  # type: ignore[method-assign]
