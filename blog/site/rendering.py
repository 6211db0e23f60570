"""What templates are given: the head of a page, its menu, and what they may call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

import jinja2
from flask import Flask, render_template
from markupsafe import Markup

from .. import furniture, languages, phrases, sheets, templates, urls
from ..documents import Summary
from ..templates import THEME
from .site import current, of


class Head(NamedTuple):
    """Hold what a page says of itself in its ``<head>``; ``feeds`` are (title, media type, address).

    ``document`` is the post or page that it shows, if it is one, and ``text`` what that says. ``render`` sees to what
    ``say`` says, and to the ``language`` where it is that of the site.
    """

    title: str
    path: str
    description: str = ""
    type: str = "website"
    noindex: bool = False
    language: str = ""
    feeds: tuple[tuple[str, str, str], ...] = ()
    document: Summary | None = None
    text: str = ""
    say: phrases.Speech = phrases.USUAL

    def full_title(self, site_title: str) -> str:
        """Return the page's title with the site's after it; the front page has but one."""
        if not self.title or self.path == "/" or self.title == site_title:
            return self.title or site_title
        return f"{self.title} · {site_title}"


@dataclass(frozen=True, slots=True)
class MenuItem:
    """Hold a menu entry as a template prints it."""

    name: str
    url: str
    color: str
    current: bool


def add_to(app: Flask) -> None:
    """Say where templates lie, what they may call, and what is done when one has changed."""
    of(app).theme_changed = partial(theme_changed, app)
    settings = of(app).settings
    of(app).themes = tuple(dict.fromkeys([settings.root, THEME.resolve()]))
    app.jinja_environment = templates.Environment
    # Not jinja_loader, of which Flask asks no more than the source.
    app.jinja_env.loader = templates.loader(of(app).themes, lambda: of(app).public)
    app.jinja_env.bytecode_cache = templates.Compiled(settings.path(settings.cache) / "templates")
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    base, public = settings.base_path, settings.url.rstrip("/")
    app.jinja_env.globals.update(
        href=partial(urls.href, base),
        absolute=lambda path: public + urls.href("", path),
        tag_path=urls.tag_path,
        category_path=partial(urls.shelf_path, "category"),
        direction=languages.direction,
        latin=lambda head: languages.latin(head.language),
        lang_of=language_of,
        lang_between=phrases.attributes,
        overviews=overviews,
    )
    app.jinja_env.globals.update(
        site=settings,
        features=frozenset(of(app).features),
        authors_of=partial(furniture.authors, owner=furniture.Author(settings.author, urls.href(base, "/"))),
        guests_of=partial(furniture.guests, owner=settings.author),
    )
    app.jinja_env.filters.update(
        longdate=partial(phrases.date, language=settings.language),
        datetime=datetime_of,
        long=furniture.has_long_title,
        revised=furniture.revised,
    )


def render(template: str, head: Head, **values: Any) -> str:
    """Render a template for a page."""
    here = current()
    language = head.language or here.settings.language
    head = head._replace(language=language, say=phrases.speech(language, here.settings.language))
    menu = [
        MenuItem(entry.name, link(entry.url, here.settings.base_path), entry.color, entry.url == head.path)
        for entry in here.library.menu("main")
    ]
    needed = sheets.needed(bool(head.document), values)
    more = {"sheets": needed, "has_code": "code" in needed}
    return render_template(template, head=head, main_menu=lambda: menu, **more, **values)


def link(url: str, base_path: str) -> str:
    """Return an address of the site, or of another, as it stands in an ``href``."""
    return urls.href(base_path, url) if url.startswith("/") and not url.startswith("//") else url


def href(path: str) -> str:
    """Return an address within the site as it stands in an ``href``."""
    return urls.href(current().settings.base_path, path)


def absolute(path: str) -> str:
    """Return an address within the site with the public address before it."""
    return current().settings.url.rstrip("/") + urls.href("", path)


def said() -> phrases.Speech:
    """Return what speaks in the site's language: on the engine's own pages, and of them."""
    language = current().settings.language
    return phrases.speech(language, language)


def overviews(head: Head) -> list[tuple[str, str]]:
    """Return word and address of the pages that show more of the site, where there is something on them."""
    here = current()
    found = [("archive", "/archive/")] if "archive" in here.features else []
    found += [(kind, f"/{kind}/") for kind in here.library.kinds() if kind in here.features]
    if {"subscribe", "feeds"} <= here.features:
        return [*found, ("subscribe", "/subscribe/")]
    return [*found, ("feed", head.feeds[0][2])] if head.feeds else found


def language_of(head: Head, document: Summary, way: bool = False, words: bool = False) -> Markup:
    """Return the attribute ``lang`` of a document's title on a page, or amid the theme's ``words`` there."""
    around = head.say.language if words else head.language
    return phrases.attributes(document.language or current().settings.language, around, way)


def longdate(moment: datetime) -> str:
    """Return a day as people read it: 5 September 2012."""
    return phrases.date(moment)


def datetime_of(summary: Summary) -> str:
    """Return a document's date for a ``<time>``: with its clock time only if one was written."""
    if summary.date is None:
        return ""
    return summary.date.date().isoformat() if summary.date_only else summary.date.isoformat()


def theme_changed(app: Flask) -> None:
    """Forget templates that were read, and let nothing that was made of them count any more."""
    if app.jinja_env.cache is not None:
        app.jinja_env.cache.clear()
    of(app).theme = object()
