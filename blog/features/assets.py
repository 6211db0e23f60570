"""Assets: the theme's and the site's ``static/``, and the files that lie beside posts and pages."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from mimetypes import MimeTypes
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from flask import Flask, Response, abort, has_request_context, redirect, request, send_file
from werkzeug.security import safe_join

from ..digests import NOTHING
from ..digests import stamp as stamp_of
from ..library import Library, noted
from ..site import Site, current, href, library, of
from ..sources import Bounds, hidden
from ..templates import THEME
from ..urls import UNFIT

VERSIONED = (".css", ".js")
VERSION = re.compile(r"(.+)\.[0-9a-f]{10}(\.[a-z]+)")
CHOSEN = {"serif/": "serif"}  # what lies there is for sites with that font only
FOR_EVER = "public, max-age=31536000, immutable"
LARGE = 1_000_000  # bytes; what is larger is streamed
Known = dict[str, "Static"]  # static files by name
KEPT: WeakKeyDictionary[Library, tuple[object, Known]] = WeakKeyDictionary()  # with the state that it is of
# Our own table: the machine's would make the answers differ from place to place.
TYPES = MimeTypes(())
for _type, _ending in (
    ("text/javascript", ".js"),
    ("image/webp", ".webp"),
    ("image/avif", ".avif"),
    ("font/woff2", ".woff2"),
    ("font/woff", ".woff"),
    ("application/manifest+json", ".webmanifest"),
    ("text/markdown", ".md"),
    ("image/x-icon", ".ico"),
    ("audio/mp4", ".m4a"),
    ("text/vtt", ".vtt"),
):
    TYPES.add_type(_type, _ending)


@dataclass(frozen=True, slots=True)
class Static:
    """Hold what pages say of a static file: its name with a part that changes when the file does, and for browsers
    what to compare it with, https://www.w3.org/TR/SRI/; and the stamps that this rests on.
    """

    name: str
    integrity: str
    stamps: dict[str, str]


def init_app(app: Flask) -> None:
    """Add the static folder and the assets of the content folders, and what templates may ask of them."""
    app.add_url_rule("/static/<path:name>", "static", static)
    of(app).answer("asset", lambda address: sent(library().file(address.target)))
    of(app).lists(addresses)
    app.jinja_env.globals.update(static=static_href, integrity=integrity)


def addresses() -> Iterator[str]:
    """Yield the addresses of all files; style sheets and scripts also under a name that tells their version."""
    yield from library().asset_urls()
    found = {name for theme in current().themes for name in library().listing(str(theme / "static"))}
    for name in filter(find, sorted(filter(publishable, found))):
        yield f"/static/{name}"
        if name.endswith(VERSIONED):
            yield f"/static/{said_of(name).name}"


def publishable(name: str) -> bool:
    """Tell whether a static file is for the public and can have an address."""
    return not UNFIT.search(name) and not any(map(hidden, name.split("/")))


def find(name: str) -> Path | None:
    """Return a static file: the site's own, else the theme's."""
    for theme in current().themes:
        path = safe_join(str(theme / "static"), name)
        stamp = library().stamp(path) if path else NOTHING
        if not path or stamp == NOTHING or not wanted(name, theme):
            continue
        if theme != current().settings.root or stays(library().bounds, path, stamp):
            return Path(path)
    return None


def wanted(name: str, theme: Path) -> bool:
    """Tell whether a file is of use to this site: the theme's fonts are to those that have chosen them."""
    font = next((font for folder, font in CHOSEN.items() if name.startswith(folder)), "")
    return not font or font == current().settings.font or theme != THEME.resolve()


@lru_cache(maxsize=1000)
def stays(bounds: Bounds, path: str, _stamp: str) -> bool:
    """Tell whether a file in one state leads to where the site's links may lead."""
    return bounds.hold(path)


@lru_cache(maxsize=1000)
def digest(path: Path, _stamp: str) -> bytes:
    """Return the SHA-384 of a file in one state."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha384").digest()


def said_of(name: str) -> Static:
    """Return what pages say of a static file, nothing if there is none; it is looked for once in each state of them."""
    here = current()
    known = kept(here)
    if name not in known:
        known[name] = looked_at(name)
    here.library.note_stamps(known[name].stamps)
    return known[name]


def looked_at(name: str) -> Static:
    """Look for a static file."""
    with noted() as notes:
        path = find(name)
        found = digest(path, library().stamp(str(path))) if path else b""
    stamps = {asked[1]: stamp for asked, stamp in notes.items() if asked[0] == "stamp" and stamp}
    stem, dot, ending = name.rpartition(".")
    named = f"{stem}.{found.hex()[:10]}{dot}{ending}" if found else name
    return Static(named, f"sha384-{b64encode(found).decode()}" if found else "", stamps)


def kept(here: Site) -> Known:
    """Return what is known of static files by name, as long as it holds: until a look finds that one has changed."""
    state: object
    if here.library.pinned:
        state = here.library.stamps
    elif here.live and here.library.watched:
        state = here.live.stamps
    elif has_request_context():
        return request.environ.setdefault("blog.static", {})  # type: ignore[no-any-return]
    else:
        return {}
    known = KEPT.get(here.library)
    if known is None or known[0] is not state:
        known = KEPT[here.library] = state, {}
    return known[1]


def static_href(name: str) -> str:
    """Return the address of a static file for a template, as it stands in an ``href``."""
    return href(f"/static/{said_of(name).name if name.endswith(VERSIONED) else name}")


def integrity(name: str) -> str:
    """Return what a browser compares a style sheet or script with."""
    return said_of(name).integrity


def static(name: str) -> Any:
    """Send a static file; one that is asked for by its version may be kept for ever."""
    if not publishable(name):
        abort(404)
    path = find(name)
    if path:
        response = sent(path)
        if name.startswith(tuple(CHOSEN)) and name.endswith(".woff2") and path.is_relative_to(THEME.resolve()):
            response.headers["Cache-Control"] = FOR_EVER  # a font that changes gets another name
        return response
    parts = VERSION.fullmatch(name)
    path = find(parts[1] + parts[2]) if parts else None
    if not path or not parts:
        abort(404)
    current_version = said_of(parts[1] + parts[2]).name == name
    if not current_version and not library().pinned:  # an older page may ask for an older version
        return redirect(href(f"/static/{parts[1]}{parts[2]}"), 302)
    response = sent(path)
    if current_version:  # else it has changed during a freeze: the next one puts that right
        response.headers["Cache-Control"] = FOR_EVER
    return response


def sent(path: Path) -> Response:
    """Send a file."""
    kind, packed = TYPES.guess_type(path.name)
    kind = f"application/{packed}" if packed else kind or "application/octet-stream"
    try:
        if path.stat().st_size > LARGE:
            etag = digest(path, stamp_of(str(path))).hex()[:40]
            return send_file(path, mimetype=kind, conditional=True, etag=etag)
        return Response(path.read_bytes(), mimetype=kind)
    except OSError:
        abort(404)
