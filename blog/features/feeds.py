"""Feeds: of the site, and of each tag, section, author and language, as RSS 2.0, Atom and JSON Feed.

The site's feed has an archive of all posts: pages that are full, from the oldest post on, so that a new post changes
none of them. https://www.rfc-editor.org/rfc/rfc5005#section-4
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, abort, request
from werkzeug.http import http_date

from .. import urls
from ..conditions import condition
from ..documents import Summary
from ..feeds import channels, entries, moments, old
from ..feeds.channels import ATOM, FORMATS, RSS, Channel, Format
from ..feeds.model import Feed
from ..site import Site, current, href, library, of

ARCHIVE = "/feed/archive/"
MOST = 50  # posts on a page of the archive
STYLE = "/static/feed.css"
SHOWN = {f"{kind.type}; charset=utf-8": "application/xml; charset=utf-8" for kind in (RSS, ATOM)}
OPENED = "Sec-Fetch-Dest"  # says "document" where a person has followed a link: https://www.w3.org/TR/fetch-metadata/


def init_app(app: Flask) -> None:
    """Add feeds, their archive, and the old addresses of the engines that the settings name."""
    site = of(app)
    for kind in FORMATS:
        app.add_url_rule(f"/{kind.file}", f"feed_{kind.name}", view(kind))
        app.add_url_rule(f"/tags/<slug>/{kind.file}", f"feed_tag_{kind.name}", view(kind, "tag"))
        for group, folder in channels.FOLDERS.items():
            app.add_url_rule(f"{folder}<path:slug>/{kind.file}", f"feed_{group}_{kind.name}", view(kind, group))
        app.add_url_rule(f"{ARCHIVE}<int:page>{kind.ending}", f"feed_archive_{kind.name}", archive_view(kind))
        site.feeds.append((f"{site.settings.title} ({kind.name})", kind.type, f"/{kind.file}"))
    add_old(app, site)
    site.feed_lists.append(channels.subscriptions)
    site.lists(addresses)
    app.wsgi_app = ForBrowsers(app.wsgi_app)  # type: ignore[method-assign]


class ForBrowsers:
    """Call feeds XML where a person opens them: browsers show a feed's source by its own type, else its style."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass on a request, and change the type that is answered."""
        if environ.get("HTTP_SEC_FETCH_DEST") != "document":
            return self.app(environ, start_response)

        def respond(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            return start_response(status, [(name, SHOWN.get(value, value)) for name, value in headers], *error)

        return self.app(environ, respond)


def add_old(app: Flask, site: Site) -> None:
    """Add the old addresses."""
    known = {rule.rule for rule in app.url_map.iter_rules()}
    for one in old.patterns(site.settings.feed_addresses):
        for rule in one.rules:
            if rule not in known:
                app.add_url_rule(rule, f"feed_at_{rule}", old_view(one))


def addresses() -> Iterator[str]:
    """Yield the addresses of all feeds, the formats of each one after the other."""
    site, parts = channels.channel(), list(channels.parts())
    assert site
    own = [one.path(kind) for one in (site, *parts) for kind in FORMATS]
    yield from own
    for page in range(1, library().archives(page_size()) + 1):
        yield from (archive(page, kind) for kind in FORMATS)
    yield from (path for path in old.addresses(current().settings.feed_addresses, [site, *parts]) if path not in own)


def view(kind: Format, group: str = "") -> Any:
    """Return the view of the site's feed, or of those of one kind, in one format."""
    return lambda slug="": feed(channels.channel(group, slug), kind)


def archive_view(kind: Format) -> Any:
    """Return the view of the pages of the archive."""
    return lambda page: archive_page(page, kind)


def old_view(one: old.Old) -> Any:
    """Return the view of what other engines have elsewhere: the feed itself, not the way to it."""

    def show(name: str = "") -> Response:
        slugs = dict.fromkeys((name, urls.tag_slug(name)) if name else ("",))
        found = (channels.channel(kind, slug) for kind in one.kinds for slug in slugs)
        return feed(next(filter(None, found), None), one.format)

    return show


def feed(channel: Channel | None, kind: Format) -> Response:
    """Answer with the feed of a channel."""
    if channel is None:
        abort(404)
    posts = library().fed(channel.kind, channel.slug, current().settings.feed_size)
    pages = 0 if channel.kind else library().archives(page_size())
    path = channel.path(kind)
    return answer(entries.feed(channel, path, posts, previous=archive(pages, kind)), posts, kind, path)


def archive_page(page: int, kind: Format) -> Response:
    """Answer with a page of the archive."""
    size = page_size()
    posts = library().archived(page, size)
    channel, pages = channels.channel(), library().archives(size)
    if not posts or channel is None:
        abort(404)
    path, newer = archive(page, kind), archive(page + 1, kind) if page < pages else ""
    places = {"previous": archive(page - 1, kind), "next": newer, "current": channel.path(kind)}
    return answer(entries.feed(channel, path, posts, **places), posts, kind, path)


def archive(page: int, kind: Format) -> str:
    """Return the address of a page of the archive, ``""`` before the first one."""
    return f"{ARCHIVE}{page}{kind.ending}" if page > 0 else ""


def page_size() -> int:
    """Return how many posts are on a page of the archive: never more than the feed itself holds.

    So what isn't on a page yet is in the feed.
    """
    return min(MOST, current().settings.feed_size)


def answer(feed: Feed, posts: Sequence[Summary], kind: Format, path: str) -> Response:
    """Return a feed as bytes, with all by which a reader can ask whether they are still the same."""
    site = current()
    body = kind.write(feed, href(STYLE) if "assets" in site.features else "")
    response = Response(body, content_type=f"{kind.type}; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = f"public, max-age={site.settings.feed_max_age}"
    response.add_etag()
    if not library().pinned:  # no file in a build knows who asks, or since when it is as it is
        response.vary.update((OPENED,) if response.content_type in SHOWN else ())
        least = moments.least(library(), [post.path for post in posts], feed.items)
        changed = moments.moment(library(), path, response.get_etag()[0] or "", least)
        response.headers["Last-Modified"] = http_date(changed)
    status = condition(request.environ, response.headers["ETag"], response.headers.get("Last-Modified", ""))
    if status != 200:
        response.status_code = status
        response.data = b""
    return response
