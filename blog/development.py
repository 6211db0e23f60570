"""A site as it is served to whoever writes it: the page in the browser follows the files, and says what is wrong.

All this lies around an app that is otherwise like any other, as WSGI. It knows of changes by what follows the
files anyway (``live.py``), and tells browsers of them with Server-Sent Events.
https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from __future__ import annotations

import json
import re
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from wsgiref.types import StartResponse, WSGIEnvironment

import click
import jinja2
from flask import Flask
from werkzeug.http import parse_csp_header
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from . import templates
from .documents import PAGE, POST, Problem, Stamp, Summary
from .errors import BlogError
from .failure import Failure, shortened
from .library import Library
from .settings import Settings
from .site import Site, longdate, of, theme_changed
from .templates import THEME
from .values import plural

SETTINGS = "pyproject.toml"
EVENTS = "/-/dev/events"
FILES = {"/-/dev/live.js": "text/javascript", "/-/dev/dev.css": "text/css"}
# Hosts that no foreign name can pass for. One may lead here all the same: https://en.wikipedia.org/wiki/DNS_rebinding
LOOPBACK = re.compile(r"(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?", re.ASCII | re.IGNORECASE)
CONDITIONS = {f"HTTP_{name}" for name in "IF_NONE_MATCH IF_MODIFIED_SINCE ACCEPT_ENCODING".split()}
BODY = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)
BEAT_S = 15.0  # seconds between signs of life, by which it is noticed that a browser has gone
RECENT_S = 10.0  # a file that was written longer ago came from elsewhere
LOUD = 5  # problems of other files that are shown unfolded
RENDERED = 50  # changed texts that are rendered before anybody asks
JINJA = jinja2.Environment(
    loader=jinja2.FileSystemLoader(THEME / "templates" / "dev"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class Development:
    """Serve a site to whoever writes it, and tell browsers and terminal what has changed.

    ``settings`` are read again, and the app is made again of them, when their file has changed. Only for this
    machine (``alone``) hosts are looked at.
    """

    def __init__(self, settings: Callable[[], Settings], make: Callable[..., Flask], alone: bool) -> None:
        self.settings, self.make, self.alone = settings, make, alone
        self.changing, self.turned = threading.Lock(), threading.Condition()
        self.run, self.turns, self.styles = secrets.token_hex(4), 0, list[str]()
        self.refused: list[Problem] = []  # what is wrong with the settings
        self.ended = False
        with self.changing:
            self.begin(make(settings=settings()))

    @property
    def site(self) -> Site:
        """Return the site as it is served now."""
        return of(self.app)

    @property
    def state(self) -> str:
        """Return what tells this state of the files from any other, also from those before a new start."""
        return f"{self.run}-{self.turns}"

    def begin(self, app: Flask) -> None:
        """Serve an app from now on."""
        self.app, live = app, of(app).live
        assert live
        app.config["PROPAGATE_EXCEPTIONS"] = True
        app.jinja_env.globals["scheduled"] = partial(scheduled, of(app).library)
        live.public = False
        live.beside.append(self.site.settings.root / SETTINGS)
        live.listeners.append(lambda _paths: self.changed())
        live.begin()
        self.known, self.of_templates = self.files(), [*templates.problems(app.jinja_env, self.site.settings.root)]

    def end(self) -> None:
        """Let go of the browsers and of the files."""
        with self.turned:
            self.ended = True
            self.turned.notify_all()
        if self.site.live:
            self.site.live.end()

    # Requests

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        return self.answer(Request(environ))(environ, start_response)

    def answer(self, request: Request) -> Response:
        """Answer; no page of another site learns what is said, which holds drafts."""
        response = self.answered(request)
        for name in {name for name, _ in response.headers if name.startswith("Access-Control-")}:
            del response.headers[name]
        for name, value in self.site.headers:
            response.headers.setdefault(name, value)
        return response

    def answered(self, request: Request) -> Response:
        """Answer what belongs to this mode; have the app answer all else."""
        if self.alone and not LOOPBACK.fullmatch(request.environ.get("HTTP_HOST", "")):
            return Response("This server answers at localhost only, unless --host says otherwise.\n", 403)
        fetch = [request.environ.get(f"HTTP_SEC_FETCH_{name}", "") for name in ("SITE", "DEST")]
        if fetch[0] in ("cross-site", "same-site") and fetch[1] != "document":
            return Response("This server answers no page of another site.\n", 403)
        if request.method == "GET" and request.path == EVENTS:
            since = request.headers.get("Last-Event-ID") or request.args.get("state", "")
            return Response(self.events(since), mimetype="text/event-stream", headers={"Cache-Control": "no-store"})
        if request.method == "GET" and request.path in FILES:
            data = (THEME / "templates" / "dev" / request.path.rsplit("/", 1)[1]).read_bytes()
            return Response(data, mimetype=FILES[request.path], headers={"Cache-Control": "no-store"})
        return self.page(request)

    def page(self, request: Request) -> Response:
        """Have the app answer, or say why it can't; pages get what they need to follow the files."""
        state = self.state  # of before: what changes while the page is made will be told to it
        plain = {name: value for name, value in request.environ.items() if name not in CONDITIONS}
        plain["REQUEST_METHOD"] = request.method.replace("HEAD", "GET")  # its length is that of the whole page
        try:
            response = Response.from_app(self.app, plain)
        except Exception as error:
            failure = Failure(error, self.site)
            click.secho(f"{failure.where}: {failure.kind}: {failure.message}", fg="red", err=True)
            html = JINJA.get_template("error.html").render(failure=failure)
            response = Response(html, 500, self.site.headers, mimetype="text/html")
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            self.equip(response, request.path, state)
        return response

    def equip(self, response: Response, path: str, state: str) -> None:
        """Put banner and script into a page."""
        html, more = response.get_data(), self.banner(path, state).encode()
        found = BODY.search(html)
        place = found.end() if found else len(html)
        response.set_data(html[:place] + more + html[place:])
        response.headers["Cache-Control"] = "no-store"
        response.headers.pop("ETag", None)
        if policy := response.headers.get("Content-Security-Policy"):
            response.headers["Content-Security-Policy"] = allowing(policy)

    def banner(self, path: str, state: str) -> str:
        """Return what is put into a page: what is wrong, with that which concerns the page first."""
        mine, problems = self.path_of(path), [*self.of_templates, *self.site.library.problems()]
        own = [problem for problem in problems if concerns(problem.path, mine)]
        fatal = [problem for problem in problems if problem.fatal and problem not in own][:LOUD]
        return JINJA.get_template("banner.html").render(
            refused=self.refused,
            own=own,
            last_good=any(problem.fatal for problem in own),
            fatal=fatal,
            others=[problem for problem in problems if problem not in own and problem not in fatal],
            state=state,
        )

    def path_of(self, path: str) -> str:
        """Return the file whose page is at an address, ``""`` if there is none."""
        address = self.site.library.find(path.removeprefix(self.site.settings.base_path))
        return address.summary.path if address and address.summary else ""

    # Changes

    def events(self, since: str) -> Iterator[bytes]:
        """Tell a browser, which shows a state of the files, of each one that comes after it."""
        yield b"retry: 300\n\n"
        while not self.ended:
            with self.turned:
                if self.state == since:
                    self.turned.wait(BEAT_S)
                state, styles = self.state, self.styles if since == f"{self.run}-{self.turns - 1}" else []
            if state == since:
                yield b":\n\n"
                continue
            yield f"event: {'style' if styles else 'page'}\nid: {state}\ndata: {json.dumps(styles)}\n\n".encode()
            since = state

    def files(self) -> dict[str, Stamp]:
        """Return the stamps of all files that are followed, by path in the site; those of the theme by whole path."""
        assert self.site.live
        return self.site.library.index.stamps() | self.site.live.stamps

    def changed(self) -> None:
        """See what has changed, and tell of it."""
        with self.changing:
            while self.follow():  # the settings may have changed again while they were read
                continue

    def follow(self) -> bool:
        """Do what the changes since the last time ask for, and tell of them; return whether to look once more."""
        before, now = self.known, self.files()
        found = sorted(path for path in before.keys() | now.keys() if before.get(path) != now.get(path))
        if not found:
            return False
        names = [shortened(self.site.settings.root / path, self.site) for path in found]
        of_settings = {path: now[path] for path in found if path.endswith(f"/{SETTINGS}") and path in now}
        effect = self.effect(names)
        self.known = self.files() | of_settings
        with self.turned:
            self.turns += 1
            self.styles = names if all(name.endswith(".css") for name in names) else []
            self.turned.notify_all()
        what = f"{names[0]} and {len(names) - 1} more changed" if len(names) > 1 else f"{names[0]} changed"
        if len(names) == 1 and not (found[0] in before and found[0] in now):
            what = f"{names[0]} is {'new' if found[0] in now else 'gone'}"
        click.echo(f"{what}{effect}{taken(now[path] for path in found if path in now)}")
        return SETTINGS in names

    def effect(self, names: list[str]) -> str:
        """Do what a change asks for, and say what that was."""
        if SETTINGS in names:
            return self.settle()
        if any(name.startswith("templates/") for name in names):
            theme_changed(self.app)
            self.of_templates = [*templates.problems(self.app.jinja_env, self.site.settings.root)]
            return ": every page is made anew"
        library = self.site.library
        broken = {problem.path for problem in library.problems() if problem.fatal}
        known = [name for name in names if name in library.catalogue.by_path]
        if broken & set(known):
            return ": the last good version stays"
        for name in known[:RENDERED]:
            with suppress(Exception):  # what is wrong will stand on the page
                library.text(name)
        return f": {plural(len(known), 'page')} made anew" if known else ""

    def settle(self) -> str:
        """Let new settings hold, if they are right; say what came of it."""
        try:
            settings = self.settings()
            if settings == self.site.settings:
                self.refused = []
                return ": no setting has another value"
            app = self.make(settings=settings)
        except BlogError as error:
            self.refused = [Problem(error.path, error.line, error.reason, True)]
            click.secho(error.format_message(), fg="red", err=True)
            return ": the last good settings stay"
        before = self.site.live
        self.refused = []
        self.begin(app)
        if before:
            before.end()
        return ": the settings hold, every page is made anew"

    def status(self) -> str:
        """Count what there is."""
        library = self.site.library
        entries, now = library.catalogue.entries, library.now().timestamp()
        drafts = sum(entry.draft for entry in entries)
        later = sum(entry.moment > now and not entry.draft for entry in entries)
        public = [entry.kind for entry in entries if not entry.draft and entry.moment <= now]
        posts, pages = public.count(POST), public.count(PAGE)
        problems = len(library.problems())
        counts = [
            plural(posts, "post"),
            plural(pages, "page"),
            plural(drafts, "draft"),
            f"{later} to come" if later else "",
        ]
        return ", ".join([*filter(None, counts), plural(problems, "problem") if problems else "no problem"])


class Quiet(WSGIRequestHandler):
    """Answer without a line for each request: the lines are for what the writer has changed."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Pass over what went well."""
        if type == "error":
            super().log(type, message, *args)


def server_of(development: Development, host: str, listener: socket.socket) -> BaseWSGIServer:
    """Return a server for a socket that listens already; it takes a thread for each request."""
    return make_server(host, 0, development, threaded=True, request_handler=Quiet, fd=listener.fileno())


def load_parsers() -> None:
    """Load what the first change will need: that takes longer than the change."""
    from . import markup, reader  # noqa: F401


def scheduled(library: Library, post: Summary) -> str:
    """Return when a post will come, as people read it; ``""`` if it is here already."""
    if post.date is None or post.date <= library.now():
        return ""
    day, month, year = longdate(post.date).split()
    return f"{day} {month[:3]} {year}" + ("" if post.date_only else f"{post.date:, %H:%M}")


def concerns(path: str, own: str) -> bool:
    """Tell whether a problem with a file, or with a folder that can't be listed, is one of a page's own file."""
    return bool(own) and (own == path or own.startswith(f"{path}/"))


def taken(stamps: Iterable[Stamp]) -> str:
    """Return how long ago files were written; ``""`` if that says nothing of how fast they were seen."""
    ago = time.time() - max((stamp.ctime_ns for stamp in stamps), default=0) / 1e9
    return f", {max(ago, 0) * 1000:.0f} ms" if ago < RECENT_S else ""


def allowing(policy: str) -> str:
    """Return a Content-Security-Policy that lets in what is put into pages here."""
    rules = parse_csp_header(policy)
    for name in ("script-src", "script-src-elem", "style-src", "style-src-elem", "connect-src"):
        sources = rules.get(name) or ("" if name.endswith("-elem") else rules.get("default-src") or "")
        if sources and "'self'" not in sources.split():
            rules[name] = " ".join([*(one for one in sources.split() if one != "'none'"), "'self'"])
    return rules.to_header()
