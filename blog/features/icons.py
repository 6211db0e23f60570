"""The site's icon, the colours of the browser's own parts around it, and the manifest that names both.

https://html.spec.whatwg.org/multipage/links.html#rel-icon, https://www.w3.org/TR/appmanifest/,
https://html.spec.whatwg.org/multipage/semantics.html#meta-theme-color
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass

from flask import Flask, Response
from markupsafe import escape

from .. import colors
from ..languages import direction
from ..media import IMAGES, type_of
from ..settings import Settings
from ..site import current, library, link, of

LETTER, TOUCH, MANIFEST = "/favicon.svg", "/apple-touch-icon.png", "/manifest.json"
DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<style>rect{{fill:{light}}}text{{fill:{paper}}}@media(prefers-color-scheme:dark){{rect{{fill:{dark}}}text{{fill:{night}}}}}</style>
<rect width="32" height="32" rx="7"/>
<text x="16" y="16" dy=".36em" text-anchor="middle" font-family="system-ui,sans-serif" font-size="20" font-weight="700">{letter}</text>
</svg>
"""  # noqa: E501 (a space between two of these would be drawn)


@dataclass(frozen=True, slots=True)
class Icons:
    """Hold what a page's head says of icons: addresses are ready for an ``href``, ``touch`` may be empty."""

    icon: str
    type: str
    touch: str
    manifest: str
    paper: colors.Pair = colors.PAPER


def init_app(app: Flask) -> None:
    """Add icon and manifest, and what templates ask of them."""
    app.add_url_rule(MANIFEST, "manifest", manifest)
    of(app).lists(lambda: [MANIFEST])
    if not of(app).settings.icon:
        app.add_url_rule(LETTER, "letter", letter)
        of(app).lists(lambda: [LETTER])
    app.jinja_env.globals.update(icons=icons)


def icons() -> Icons:
    """Return what the head of every page says of icons."""
    settings = current().settings
    icon, base = settings.icon or LETTER, settings.base_path
    touch = TOUCH if has_touch() else ""
    return Icons(link(icon, base), type_of(icon, IMAGES), touch and link(touch, base), link(MANIFEST, base))


def has_touch() -> bool:
    """Tell whether the site has an icon for the home screens of phones, which must be a PNG."""
    found = library().find(TOUCH)
    return found is not None and found.kind == "asset"


def letter() -> Response:
    """Draw the first letter of the site's title on its accent colour."""
    settings = current().settings
    (light, dark), (paper, night) = colors.pair(settings.accent), colors.PAPER
    sign = escape(initial(settings.title))
    drawn = DRAWING.format(light=light, dark=dark, paper=paper, night=night, letter=sign)
    return Response(drawn, mimetype="image/svg+xml")


def initial(title: str) -> str:
    """Return the first letter or digit of a title, large and with its accents; its first sign if it has none."""
    words = unicodedata.normalize("NFC", title).strip()
    start = next((place for place, sign in enumerate(words) if sign.isalnum()), 0)
    end = start + 1
    while end < len(words) and unicodedata.category(words[end])[0] == "M":
        end += 1
    large = words[start:end].upper()
    return large if len(large) == end - start else words[start:end]


def manifest() -> Response:
    """Name the site for those who put it among their apps; addresses are relative to this one."""
    settings = current().settings
    said = {
        "name": settings.title,
        "description": settings.description,
        "lang": settings.language,
        "dir": direction(settings.language),
        "id": "./",
        "start_url": "./",
        "scope": "./",
        "display": "browser",
        "theme_color": colors.PAPER.light,
        "background_color": colors.PAPER.light,
        "icons": listed(settings),
    }
    written = json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False, indent=2)
    return Response(f"{written}\n", mimetype="application/manifest+json")


def listed(settings: Settings) -> list[dict[str, str]]:
    """Return the icons with what is known of their sizes."""
    icon = settings.icon or LETTER
    found = [{"src": icon, "type": type_of(icon, IMAGES), "sizes": size(icon)}]
    if has_touch():
        found.append({"src": TOUCH, "type": "image/png", "sizes": size(TOUCH)})
    return [{name: value.removeprefix("/") for name, value in one.items() if value} for one in found]


def size(icon: str) -> str:
    """Return the size of an icon as a manifest says it, ``""`` if it isn't known."""
    return "any" if icon.endswith(".svg") else library().extent("", icon)
