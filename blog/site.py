"""What an app carries besides Flask: its settings, its library, and what features add to it.

Features answer kinds of addresses (``answer``) and list what is to be frozen (``lists``); the one
catch-all route here asks the library what an address holds and hands it to the feature for that kind.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import jinja2
from flask import Flask, Response, abort, current_app, redirect, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter

from . import furniture, languages, phrases, security, sheets, sources, templates, urls
from .catalogue import Gone
from .conditions import condition
from .documents import Details, Stamp, Summary
from .library import REFRESH_EVERY, Address, Library
from .live import Live
from .settings import FURNITURE, Settings
from .templates import THEME

FOR_FEW = ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")  # headers of an address that hold for the way to it, too
TRIES = 5  # to answer from a state that holds until the answer is made

View = Callable[[Address], Any]
Part = Callable[[Summary, Details], Any]
Listing = tuple[str, Callable[[], dict[str, Any]]]
Urls = Callable[[], Iterable[str]]
Feeds = Callable[[], Iterable[tuple[str, str, str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Hold what a page says of itself in its ``<head>``; ``feeds`` are (title, media type, address).

    ``document`` is the post or page that it shows, if it is one. ``render`` sees to what ``say`` says, and to the
    ``language`` where it is that of the site.
    """

    title: str
    path: str
    description: str = ""
    type: str = "website"
    noindex: bool = False
    language: str = ""
    feeds: tuple[tuple[str, str, str], ...] = ()
    document: Summary | None = None
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


@dataclass(slots=True)
class Site:
    """Carry a site through its app."""

    settings: Settings
    library: Library
    again: Callable[..., Flask]  # makes another app with the same features
    features: set[str] = field(default_factory=set)
    headers: security.Pairs = field(default_factory=list)  # of every answer
    themes: tuple[Path, ...] = ()  # folders that hold templates/ and static/: the site's own come first
    views: dict[str, View] = field(default_factory=dict)
    url_lists: list[Urls] = field(default_factory=list)
    feeds: list[tuple[str, str, str]] = field(default_factory=list)
    feed_lists: list[Feeds] = field(default_factory=list)
    parts: dict[str, Part] = field(default_factory=dict)  # what features show around a post's text, by name
    listings: dict[str, Listing] = field(default_factory=dict)  # that a page may ask for by layout: template and values
    resembling: Callable[[str], list[Summary]] = field(default=lambda _url: [])  # to an address that holds nothing
    live: Live | None = None
    theme: object = field(default_factory=object)  # another one whenever a template has changed
    templates: dict[str, Stamp] | None = None  # as they were when they were looked at last
    looked: float = float("-inf")
    theme_changed: Callable[[], None] = field(default=lambda: None)

    @property
    def public(self) -> bool:
        """Tell whether this serves anybody, not only who writes it, and not a freeze."""
        return self.live is not None and self.live.public

    def keep_up(self) -> None:
        """See that what is answered now is what the files say now."""
        if self.live and not self.library.pinned:
            if not self.library.watched:
                self.live.begin()
        else:
            self.library.refresh_if_due()
            self.follow_templates()

    def follow_templates(self) -> None:
        """Look now and then whether templates have changed, where nobody tells; held still, they are as before."""
        now = time.monotonic()
        if self.library.pinned or now - self.looked < REFRESH_EVERY:
            return
        folders = [str(theme / "templates") for theme in self.themes]
        seen = {file: Stamp.of(status) for folder in folders for file, status in sources.walk(folder, None, set())}
        before, self.looked, self.templates = self.templates, now, seen
        if before not in (None, seen):
            self.theme_changed()

    def answer(self, kind: str, view: View) -> None:
        """Let a view answer the addresses of one kind."""
        self.views[kind] = view

    def lists(self, urls_of: Urls) -> None:
        """Add addresses to what is frozen."""
        self.url_lists.append(urls_of)

    def furnish(self, name: str, part: Part) -> None:
        """Let a feature show something around a post's text; ``None`` where there is nothing to show."""
        assert name in FURNITURE, name
        self.parts[name] = part

    def around(self, post: Summary) -> dict[str, Any]:
        """Return what to show around a post's text by name, ``None`` where it is off or there is nothing."""
        details = self.library.details(post.path)
        on = furniture.chosen(self.settings.furniture, details.furniture)
        made = {name: part(post, details) or None for name, part in self.parts.items() if name in on}
        return dict.fromkeys(sorted(FURNITURE)) | dict.fromkeys(on & furniture.PLAIN, True) | made

    def all_feeds(self) -> list[tuple[str, str, str]]:
        """Return title, media type and address of every feed that one may subscribe to, the site's own first."""
        return [*self.feeds, *(feed for feeds_of in self.feed_lists for feed in feeds_of())]

    def listed(self) -> dict[str, None]:
        """Return every address that a feature lists, once, in order."""
        return dict.fromkeys(url for urls_of in self.url_lists for url in urls_of())

    def urls(self) -> list[str]:
        """Return every address of the site, without those of ``clashes``."""
        return list(self.files())

    def files(self) -> dict[str, str]:
        """Return the file of every address of the site, relative to a build, without those of ``clashes``."""
        found = self.all_files()
        lost = clashes(found)
        return {url: file for url, file in found.items() if url not in lost} if lost else found

    def all_files(self) -> dict[str, str]:
        """Return the file of every address; what is at ``/books`` takes ``/books/`` from a feature."""
        documents = {*self.library.post_urls(), *self.library.page_urls()}
        over = {f"{url}/" for url in documents if urls.bare(url)}
        return {url: urls.file_of(url, url in documents) for url in self.listed() if url not in over}

    def clashes(self) -> dict[str, str]:
        """Return the addresses that no file system can hold, each with the one that is in the way."""
        return clashes(self.all_files())


def clashes(found: Mapping[str, str]) -> dict[str, str]:
    """Return addresses whose file, or a folder of it, is the file of another: ``/a.html/b/`` below ``/a.html``."""
    owners: dict[str, str] = {}
    for url in sorted(found, key=lambda url: (url.endswith(".html"), url)):  # /books comes before /books.html
        owners.setdefault(found[url], url)
    lost = {url: owners[file] for url, file in found.items() if owners[file] != url}
    for url in sorted(found.keys() - lost.keys()):
        for above in urls.folders(found[url]):
            if above in owners:
                lost[url] = owners[above]
                break
    return lost


def of(app: Flask) -> Site:
    """Return the site that an app serves."""
    site = app.extensions["blog"]
    assert isinstance(site, Site)
    return site


def current() -> Site:
    """Return the site of the current app."""
    return of(current_app)


def library() -> Library:
    """Return the library of the current app."""
    return current().library


def render(template: str, head: Head, **values: Any) -> str:
    """Render a template for a page."""
    here = current()
    language = head.language or here.settings.language
    head = replace(head, language=language, say=phrases.speech(language, here.settings.language))
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
    return f"{summary.date:%Y-%m-%d}" if summary.date_only else summary.date.isoformat()


def init_app(app: Flask) -> None:
    """Add the catch-all route, the not-found page, what templates may call, and the last touch to answers."""
    # Werkzeug's own redirects name the Host of the request, which anybody can forge: see with_slash.
    app.url_map.strict_slashes = app.url_map.merge_slashes = app.url_map.redirect_defaults = False
    app.url_map.converters["int"] = Number
    app.add_url_rule("/", "address", show, defaults={"path": ""})
    app.add_url_rule("/<path:path>", "address", show)
    app.add_url_rule("/404.html", "not_found", not_found_page)
    app.register_error_handler(404, not_found)
    app.register_error_handler(Gone, gone)
    of(app).theme_changed = partial(theme_changed, app)
    app.before_request(lambda: current().keep_up())
    app.before_request(hand_written)
    app.before_request(with_slash)
    app.after_request(finish)
    of(app).themes = tuple(dict.fromkeys([of(app).settings.root, THEME.resolve()]))
    # Not jinja_loader, of which Flask asks no more than the source.
    app.jinja_env.loader = templates.loader(of(app).themes, lambda: of(app).public)
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    base, public = of(app).settings.base_path, of(app).settings.url.rstrip("/")
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
    settings = of(app).settings
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
    of(app).lists(lambda: ["/404.html"])
    logging.getLogger(app.name).addFilter(security.legible)
    of(app).headers = security.headers(of(app).settings)
    mounted = Mount(app.wsgi_app, of(app).settings.base_path, of(app).headers)
    app.wsgi_app = security.Guard(mounted, of(app).settings)  # type: ignore[method-assign]


def theme_changed(app: Flask) -> None:
    """Forget templates that were read, and let nothing that was made of them count any more."""
    if app.jinja_env.cache is not None:
        app.jinja_env.cache.clear()
    of(app).theme = object()


class Number(IntegerConverter):
    """A number in an address, in one spelling: other zeros and digits would make more addresses of one page."""

    regex = "[1-9][0-9]*"


def moved(path: str) -> Response:
    """Lead to another address of the site; the body points on too, for hosts that can't redirect."""
    return Response(
        render_template("redirect.html", target=path, say=said()), 301, {"Location": href(path)}, mimetype="text/html"
    )


def show(**_rule: str) -> Any:
    """Answer any address: ask what it holds, hand it to the feature for that kind."""
    site, url = current(), request.path
    address = site.library.find(url)
    kind = address.kind if address else "front" if url == "/" else ""
    if kind == "slash" and address:
        return moved(address.target)
    if kind not in site.views:
        abort(404)
    return site.views[kind](address or Address("front"))


def hand_written() -> Any:
    """Let a page or file that somebody put there win over the engine's own at the same address."""
    if request.endpoint in ("address", "posts", None):
        return None
    address = library().find(request.path)
    if address and address.kind == "slash":
        return moved(address.target)
    return answer_of(address, ("post", "page", "asset"))


def answer_of(address: Address | None, kinds: Collection[str]) -> Any:
    """Return the answer for an address that holds one of some kinds, else ``None``."""
    view = current().views.get(address.kind) if address and address.kind in kinds else None
    return view(address) if view and address else None


def with_slash() -> Any:
    """Lead from an engine page's address without its last slash to the one with it; one too many finds nothing."""
    rule = request.url_rule.rule if request.url_rule and request.endpoint != "address" else request.path
    if rule.endswith("/") and not request.path.endswith("/"):
        return to_slash()
    odd = request.path.endswith("/") and (not rule.endswith("/") or request.path.endswith("//"))
    return abort(404) if odd else None


def to_slash() -> Response:
    """Lead to the address of this request with a slash at its end, if that holds anything.

    Else there would be no end of addresses that answer, and of what is kept of them.
    """
    there = Response()
    if request.url_rule and request.url_rule.arguments:
        there = current_app.make_response(current_app.dispatch_request())  # where there is nothing it raises
    way = moved(f"{request.path}/")
    way.headers.extend((name, there.headers[name]) for name in FOR_FEW if name in there.headers)
    return way


def not_found(_error: Exception) -> Any:
    """Answer for an address that holds nothing: with the site's own page for that, or with what is like it."""
    if alias := answer_of(library().find(request.path), ("alias",)):
        return alias  # one that lies below an engine's address
    own = answer_of(library().find("/404.html"), ("post", "page", "asset"))
    response = current_app.make_response(own or not_found_page(request.path))
    response.status_code = 404
    return response


def gone(error: Exception) -> Any:
    """Answer again: a file has gone since the state that was answered from was put together."""
    for _ in range(TRIES):
        library().catch_up()
        with suppress(Gone):
            try:
                answer = current_app.preprocess_request()
                return current_app.dispatch_request() if answer is None else answer
            except HTTPException as found:
                return not_found(found)
    return not_found(error)


def not_found_page(url: str = "") -> str:
    """Render the theme's page for addresses that hold nothing; frozen it is the same for all."""
    head = Head(title=said()("not_found"), path="/404.html", noindex=True, feeds=tuple(current().feeds))
    return render("404.html", head, found=current().resembling(url) if url else [])


def finish(response: Response) -> Response:
    """Say what every answer says, and let caches ask again cheaply: an ETag, and 304 where its bytes are known."""
    for name, value in current().headers:
        response.headers.setdefault(name, value)
    if response.mimetype == security.IMAGE:
        response.headers[security.POLICY] = security.IMAGE_POLICY
    response.headers.setdefault("Cache-Control", "no-cache")  # or many would keep what has moved, or isn't there yet
    if request.method in ("GET", "HEAD") and response.status_code in (200, 206, 412):
        if not response.direct_passthrough:
            response.add_etag()
        status = condition(request.environ, *(response.headers.get(name, "") for name in ("ETag", "Last-Modified")))
        if status != 200:
            response.close()
            response.status_code, response.direct_passthrough, response.data = status, False, b""
    if response.status_code in security.FOR_ONE or response.status_code >= 500:
        response.headers["Cache-Control"] = "no-store"
    return response


class Mount:
    """Answer below the path of the public address only; ``/`` leads there."""

    def __init__(self, app: WSGIApplication, base_path: str, headers: security.Pairs) -> None:
        self.app, self.base_path, self.headers = app, base_path, headers

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Move the base path from PATH_INFO to SCRIPT_NAME, where it isn't there yet."""
        path, base = environ.get("PATH_INFO", ""), self.base_path
        if not base or environ.get("SCRIPT_NAME", "").rstrip("/") == base:
            return self.app(environ, start_response)
        if path.startswith(f"{base}/"):
            environ |= {"SCRIPT_NAME": base, "PATH_INFO": path[len(base) :]}
            return self.app(environ, start_response)
        outside = (
            redirect(f"{base}/", 301)
            if path in ("", "/", base)
            else Response("Not found\n", 404, mimetype="text/plain")
        )
        outside.headers.extend([*self.headers, ("Cache-Control", "no-cache")])
        return outside(environ, start_response)
