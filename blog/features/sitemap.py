"""What search engines ask for: ``/sitemap.xml`` and ``/robots.txt``.

https://www.sitemaps.org/protocol.html, https://www.rfc-editor.org/rfc/rfc9309
"""

from __future__ import annotations

from flask import Flask, Response, render_template

from ..site import absolute, current, library, of


def init_app(app: Flask) -> None:
    """Add sitemap and robots.txt."""
    app.add_url_rule("/sitemap.xml", "sitemap", sitemap)
    app.add_url_rule("/robots.txt", "robots", robots)
    of(app).lists(lambda: ["/sitemap.xml", "/robots.txt"])


def sitemap() -> Response:
    """List the addresses of posts and pages with the day of their last change."""
    days = dict(library().changes())
    entries = [(absolute(url), day) for url, day in ({"/": front(days)} | days | {"/": front(days)}).items()]
    return Response(render_template("sitemap.xml", entries=entries), mimetype="application/xml")


def front(days: dict[str, str]) -> str:
    """Return the day on which the front page changed last; of one with a layout that isn't known."""
    own = library().find("/")
    if own and own.summary:
        return "" if own.summary.layout else days.get("/", "")
    shown = library().recent(current().settings.posts_per_page)
    return max((days.get(post.url, "") for post in shown), default="")


def robots() -> Response:
    """Let everybody in and name the sitemap."""
    return Response(f"User-agent: *\nAllow: /\n\nSitemap: {absolute('/sitemap.xml')}\n", mimetype="text/plain")
