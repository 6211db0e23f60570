"""The accent colour of pages: one that has a name is a class of the theme's, any other a style sheet of one line."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from functools import cache

from flask import Flask, Response

from .. import colors
from ..settings import Settings
from ..site import Head, href, of

USUAL = "green"  # which the theme has by itself


@dataclass(frozen=True, slots=True)
class Accent:
    """Hold how a page gets its accent: by a class of that ``name``, or a style sheet; neither if it is the theme's."""

    name: str = ""
    href: str = ""
    integrity: str = ""


def init_app(app: Flask) -> None:
    """Add the style sheet of a colour of one's own, and what templates ask."""
    settings = of(app).settings
    if settings.accent not in colors.COLORS:
        path = address(settings.accent)
        app.add_url_rule(path, "accent", lambda: sheet(settings.accent))
        of(app).lists(lambda: [path])
    app.jinja_env.globals.update(accent=lambda head: accent(settings, head))


def accent(settings: Settings, head: Head) -> Accent:
    """Return the accent of a page: its own, else the site's."""
    color = (head.document.accent if head.document else "") or settings.accent
    if color in colors.COLORS:
        return Accent(name="" if color == USUAL else color)
    return Accent("", href(address(color)), "sha384-" + b64encode(digest(color)).decode())


@cache
def style(color: str) -> str:
    """Return the style sheet of a colour, made readable on either paper."""
    light, dark = colors.pair(color)
    return f"@layer theme {{ :root {{ --accent: light-dark({light}, {dark}); }} }}\n"


@cache
def digest(color: str) -> bytes:
    """Return the SHA-384 of a colour's style sheet."""
    return hashlib.sha384(style(color).encode()).digest()


def address(color: str) -> str:
    """Return the address of a colour's style sheet; it changes when the sheet does."""
    return f"/static/accent.{digest(color).hex()[:10]}.css"


def sheet(color: str) -> Response:
    """Send the style sheet of a colour."""
    response = Response(style(color), mimetype="text/css")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
