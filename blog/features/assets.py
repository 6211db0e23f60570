"""Assets: the theme's and the site's ``static/``, and the files that lie beside posts and pages."""

from __future__ import annotations

from collections.abc import Iterator
from mimetypes import MimeTypes
from pathlib import Path

from flask import Flask, Response, abort, current_app, send_file
from werkzeug.security import safe_join

from ..digests import NOTHING
from ..site import library, of, themes
from ..sources import hidden
from ..urls import REFUSED

LARGE = 8_000_000  # bytes; what is larger is streamed, and its ETag is of the file's stamp
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


def init_app(app: Flask) -> None:
    """Add the static folder and the assets of the content folders."""
    app.add_url_rule("/static/<path:name>", "static", static)
    of(app).answer("asset", lambda address: sent(library().file(address.target)))
    of(app).lists(addresses)


def addresses() -> Iterator[str]:
    """Yield the addresses of all files."""
    yield from library().asset_urls()
    folders = [theme / "static" for theme in themes(current_app)]
    found = {path.relative_to(folder).as_posix() for folder in folders for path in folder.rglob("*") if path.is_file()}
    yield from (f"/static/{name}" for name in sorted(found) if publishable(name))


def publishable(name: str) -> bool:
    """Tell whether a static file is for the public and can have an address."""
    return not REFUSED.search(name) and not any(map(hidden, name.split("/")))


def static(name: str) -> Response:
    """Send a static file: the site's own, else the theme's."""
    if not publishable(name):
        abort(404)
    for theme in themes(current_app):
        path = safe_join(str(theme / "static"), name)
        if path and library().stamp(path) != NOTHING and Path(path).is_file():
            return sent(Path(path))
    abort(404)


def sent(path: Path) -> Response:
    """Send a file."""
    kind, packed = TYPES.guess_type(path.name)
    kind = f"application/{packed}" if packed else kind or "application/octet-stream"
    try:
        if path.stat().st_size > LARGE:
            return send_file(path, mimetype=kind, conditional=True)
        return Response(path.read_bytes(), mimetype=kind)
    except OSError:
        abort(404)
