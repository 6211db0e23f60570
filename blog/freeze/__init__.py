"""Freezing: the site as a folder of plain files, each the body of the answer that the app gives.

``build`` brings a build up to date, ``oracle`` is Frozen-Flask, which makes it in the plain way and is
what ``verify`` compares with. The freezer knows no feature: it takes the addresses that they list.
"""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Add the commands."""
    from .commands import freeze, verify

    app.cli.add_command(freeze)
    app.cli.add_command(verify)
