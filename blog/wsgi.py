"""The site that ``BLOG_SITE`` names, or that of the current folder, for any WSGI server: ``blog.wsgi:app``."""

import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from wsgiref.types import WSGIEnvironment
from wsgiref.util import setup_testing_defaults

from flask import Flask

from . import COMMANDS, create_app
from .security import OWN
from .site import of


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


@contextmanager
def uncollected() -> Iterator[None]:
    """Leave the collector off: next to nothing of what comes meanwhile goes again."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def warm(app: Flask) -> None:
    """Ask for what most visitors ask for first, so that none of them waits for modules and templates to be read.

    It is done before the server begins, not beside it: a server may fork.
    """
    here = of(app)
    for path in ("/", *here.library.post_urls()[:1], *[path for _, _, path in here.feeds]):
        with suppress(Exception):  # whoever asks for it next is told
            environ: WSGIEnvironment = {"PATH_INFO": here.settings.base_path + path, OWN: True}
            setup_testing_defaults(environ)
            b"".join(app.wsgi_app(environ, lambda *_said: lambda _data: None))


with stoppable(), uncollected():
    app = create_app(os.environ.get("BLOG_SITE") or ".", without=COMMANDS, live=True)
    of(app).keep_up()  # the files are read before the first request comes
    warm(app)
gc.collect()
gc.freeze()  # what there is by now stays: the collector need not go through it while somebody waits
