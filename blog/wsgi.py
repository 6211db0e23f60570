"""The site that ``BLOG_SITE`` names, or that of the current folder, for any WSGI server: ``blog.wsgi:app``."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # all else is loaded once this can be stopped
    from flask import Flask


@contextmanager
def stoppable() -> Iterator[None]:
    """End at once when told to stop meanwhile: a server such as granian heeds that only once the app is there."""
    before = signal.getsignal(signal.SIGTERM)
    deaf = callable(before) and threading.current_thread() is threading.main_thread()
    if deaf:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        yield
    finally:
        if deaf:
            signal.signal(signal.SIGTERM, before)


def load() -> Flask:
    """Return the application, ready to answer; what keeps it from being so is said in one line."""
    import gc
    import logging
    import os

    from flask.logging import default_handler

    from . import COMMANDS, create_app
    from .errors import BlogError
    from .site import of

    logging.getLogger("blog").addHandler(default_handler)  # with the time, from the first line on
    before = gc.isenabled()
    gc.disable()  # next to nothing of what comes now goes again
    try:
        app = create_app(os.environ.get("BLOG_SITE") or ".", without=COMMANDS, live=True)
        of(app).keep_up()  # the files are read before the first request comes
        warm(app)
    except BlogError as error:
        sys.exit(str(error))
    finally:
        if before:
            gc.enable()
    gc.collect()
    gc.freeze()  # what there is by now stays: the collector need not go through it while somebody waits
    return app


def warm(app: Flask) -> None:
    """Ask for what most visitors ask for first, so that none of them waits for modules and templates to be read.

    It is done before the server begins, not beside it: a server may fork.
    """
    from contextlib import suppress
    from wsgiref.util import setup_testing_defaults

    from .security import OWN
    from .site import of

    here = of(app)
    for path in ("/", *here.library.post_urls()[:1], *[path for _, _, path in here.feeds]):
        with suppress(Exception):  # whoever asks for it next is told
            environ = {"PATH_INFO": here.settings.base_path + path, OWN: True}
            setup_testing_defaults(environ)
            b"".join(app.wsgi_app(environ, lambda *_said: lambda _data: None))


with stoppable():
    app = load()
