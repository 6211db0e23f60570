"""One page: the answer that the app gives for an address, with the questions that were asked for it."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask
from werkzeug.test import create_environ

from .. import site
from ..failure import shortened
from ..library import Question, noted
from . import relative

GOOD = (200, 301)
FROM_BODY = {"content-length", "etag", "date", "last-modified"}


class Head(NamedTuple):
    """Hold what an answer says beside its body; what follows from the body or the moment is left out."""

    status: int
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what the app said: ``error`` is one line if that can't be frozen."""

    head: Head
    body: bytes
    questions: tuple[tuple[Question, str | None], ...]
    error: str = ""


class Pages:
    """Ask an app for pages without a server or a client between."""

    def __init__(self, app: Flask) -> None:
        relative.prepare(app)
        self.app = app
        self.environ = create_environ("/", site.of(app).settings.url)
        app.config["PROPAGATE_EXCEPTIONS"] = True

    def ask(self, url: str) -> Answer:
        """Return the app's answer for an address within the site."""
        said: list[Any] = []

        def respond(status: str, headers: Any, _error: Any = None, /) -> Any:
            said[:] = status, headers

        environ = self.environ | {"PATH_INFO": url.encode().decode("latin-1")}
        with noted() as notes:
            try:
                parts = self.app.wsgi_app(environ, respond)
                body = b"".join(parts)
                if hasattr(parts, "close"):
                    parts.close()
            except Exception as error:  # whatever a template or a view did: it is that page's, and reported
                return Answer(Head(500, ()), b"", (), f"{url}: {told(error, site.of(self.app))}")
        status, headers = said
        head = Head(int(status[:3]), tuple(sorted(pair for pair in headers if pair[0].lower() not in FROM_BODY)))
        return Answer(head, body, tuple(notes.items()), "" if head.status in GOOD else f"{url}: the answer is {status}")


def told(error: Exception, here: site.Site) -> str:
    """Say in one line what went wrong, and where in a template if it was there."""
    frames = traceback.extract_tb(error.__traceback__)
    template = next((f for f in reversed(frames) if f.filename.endswith((".html", ".xml", ".txt"))), None)
    where = f"{shortened(Path(template.filename), here)}:{template.lineno}: " if template else ""
    return f"{where}{type(error).__name__}: {' '.join(str(error).split())}"
