"""Redirects: an alias leads to its document, permanently.

The answer's body is a small page that points on, so that a host of plain files can give it too.
"""

from __future__ import annotations

from flask import Flask

from ..site import library, moved, of


def init_app(app: Flask) -> None:
    """Add redirects."""
    of(app).answer("alias", lambda address: moved(address.target))
    of(app).lists(lambda: library().alias_urls())
