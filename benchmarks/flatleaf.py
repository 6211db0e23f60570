"""The adapter by which a benchmark of blog engines builds a corpus with Flatleaf.

A harness imports it and asks for the corpus' dialect, where pages are found in the build, and the
commands that build and clean. Every feature and the default theme are on.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
BLOG = next(filter(Path.exists, (REPOSITORY / ".venv/bin/blog", Path(sys.executable).parent / "blog")), Path("blog"))

DIALECT, OUT = "plain", "build"
INDEX_PAGE, TAG_PAGE, ARCHIVE = "page/{n}/index.html", "tags/{tag}/index.html", "archive/index.html"
FEED, SITEMAP = "feed.xml", "sitemap.xml"
INCREMENTAL = "a page is rendered again only if an answer that it asked the library for has changed"
SETTINGS = """[tool.blog]
title = "Bench blog"
url = "https://blog.example.com/"
feed_size = 20
"""


def version() -> str:
    """Name what is measured."""
    from blog import __version__

    return f"Flatleaf {__version__}"


def prepare(site: str) -> None:
    """Write the settings beside the corpus."""
    Path(site, "pyproject.toml").write_text(SETTINGS)


def build(site: str) -> list[str]:
    """Return the command that builds."""
    return [str(BLOG), "--site", site, "freeze"]


def clean(site: str) -> None:
    """Forget everything that was derived."""
    shutil.rmtree(Path(site, ".flatleaf"), ignore_errors=True)
