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
    changes = library().changes()
    if "posts" in current().features and not library().find("/"):
        changes.insert(0, ("/", max((day for _, day in changes), default="")))
    entries = [(absolute(url), day) for url, day in changes]
    return Response(render_template("sitemap.xml", entries=entries), mimetype="application/xml")


def robots() -> Response:
    """Let everybody in and name the sitemap."""
    return Response(f"User-agent: *\nAllow: /\n\nSitemap: {absolute('/sitemap.xml')}\n", mimetype="text/plain")
