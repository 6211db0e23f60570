"""Identity: a site that is served writes down what it has published, as a freeze does, in ``published.tsv``."""

from __future__ import annotations

from flask import Flask

from .. import identity
from ..site import of


def init_app(app: Flask) -> None:
    """Have a live app record what it publishes."""
    identity.follow(of(app))
