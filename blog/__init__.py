"""Flatleaf: a blog engine whose database is a folder of Markdown files."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from .settings import Settings

__version__ = "0.1.0"

# The one place that names features. All but the core can be left out.
CORE = ("posts", "pages")
# These bring a command and nothing else: who serves needs none of them.
COMMANDS = ("freeze", "adopt", "check", "check_feeds", "inspect", "ls", "new", "serve", "why")
FEATURES = (
    "posts",
    "pages",
    "redirects",
    "assets",
    "tags",
    "categories",
    "series",
    "archive",
    "reading_time",
    "related",
    "licence",
    "source",
    "author",
    "copyright",
    "missing",
    "identity",
    "adopt",
    "sitemap",
    "metadata",
    "icons",
    "look",
    "check",
    "check_feeds",
    "ls",
    "inspect",
    "why",
    "new",
    "theme",
    "serve",
    "preview",
    "health",
    "edge",
    "cache",
    "feeds",  # after the cache: it looks at how an answer is asked for
    "subscribe",
    "websub",
    "polls",
    "metrics",
    "access",
    "proxies",  # around all that asks who the client is
)


def create_app(
    root: str | Path = ".",
    without: Collection[str] = (),
    clock: Callable[[], datetime] | None = None,
    settings: Settings | None = None,
    live: bool = False,
) -> Flask:
    """Make the app of the site in ``root``: settings, library, then each feature.

    ``without`` names features to leave out, ``"freeze"`` among them; ``clock`` stands in for the present;
    ``settings`` are read from the folder unless they are given. A ``live`` app follows the files in a thread of its
    own from its first request on; another one looks for changes when it is asked. Raises ``SettingsError``.
    """
    from flask import Flask

    from . import engines, site
    from .library import Library, utc_now
    from .live import Live

    app = Flask("blog", static_folder=None, template_folder=None)
    loaded = settings or engines.load(Path(root))
    if unknown := set(without) - ({"freeze", *FEATURES} - set(CORE)):
        raise ValueError(f"no feature that could be left out: {', '.join(sorted(unknown))}")
    names = [name for name in FEATURES if name not in without]
    again = partial(create_app, without=tuple(without))
    app.extensions["blog"] = site.Site(loaded, Library(loaded, clock or utc_now), again, set(names))
    site.init_app(app)
    if live:
        here = site.of(app)
        here.live = Live(here.library, here.themes, partial(site.theme_changed, app))
    if "freeze" not in without:
        import_module(f"{__name__}.freeze").init_app(app)
    for name in names:
        import_module(f"{__name__}.features.{name}").init_app(app)
    return app
