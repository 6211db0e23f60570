"""What search engines ask for: ``/sitemap.xml`` and ``/robots.txt``.

https://www.sitemaps.org/protocol.html, https://www.rfc-editor.org/rfc/rfc9309
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import Flask, Response, render_template

from ..documents import Summary
from ..site import absolute, current, library, of


def init_app(app: Flask) -> None:
    """Add sitemap and robots.txt."""
    app.add_url_rule("/sitemap.xml", "sitemap", sitemap)
    app.add_url_rule("/robots.txt", "robots", robots)
    of(app).lists(lambda: ["/sitemap.xml", "/robots.txt"])


def sitemap() -> Response:
    """List the addresses of posts and pages with the day of their last change."""
    return Response(render_template("sitemap.xml", entries=list(entries())), mimetype="application/xml")


def entries() -> Iterator[tuple[str, str]]:
    """Yield absolute addresses and days, the newest posts first; a day may be empty."""
    posts, pages = library().posts(), library().pages()
    if not any(page.url == "/" for page in pages) and "posts" in current().features:
        yield absolute("/"), max(map(changed, posts), default="")
    for summary in (*pages, *posts):
        if not summary.draft:
            yield absolute(summary.url), changed(summary)


def changed(summary: Summary) -> str:
    """Return the day on which a document last changed, as far as it says."""
    moment: datetime | None = summary.updated or summary.date
    return f"{moment:%Y-%m-%d}" if moment else ""


def robots() -> Response:
    """Let everybody in and name the sitemap."""
    return Response(f"User-agent: *\nAllow: /\n\nSitemap: {absolute('/sitemap.xml')}\n", mimetype="text/plain")
