"""Pages: whatever isn't a post, a hand-written front page among them. ``layout`` picks the template."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app
from jinja2 import TemplateNotFound
from markupsafe import Markup

from ..descriptions import described
from ..library import Address
from ..site import Head, current, library, of, render


def init_app(app: Flask) -> None:
    """Add pages."""
    of(app).answer("page", page)
    of(app).lists(lambda: library().page_urls())


def page(address: Address) -> Any:
    """Show a page."""
    summary = address.summary
    assert summary
    settings, text = current().settings, library().text(summary.path)
    front = summary.url == "/"
    head = Head(
        title=summary.title,
        path=summary.url,
        description=summary.summary or (settings.description if front else "") or described(text),
        noindex=summary.draft or summary.noindex,
        language=summary.language,
        feeds=tuple(current().feeds),
        document=summary,
    )
    values = {"page": summary, "html": Markup(text), "recent": lambda: library().recent(5)}
    return render(template(summary.layout), head, **values)


def template(layout: str) -> str:
    """Return the template of a layout; the plain one where the theme has none of that name."""
    name = f"layouts/{layout}.html"
    try:
        return name if layout and current_app.jinja_env.get_template(name) else "page.html"
    except TemplateNotFound:
        return "page.html"
