"""The cache: an answer is made once, and its bytes are sent before Flask is asked, until they would be others.

While an answer is made, the library notes the questions that were asked for it. It is kept with them and sent
again as long as the library is in the same state, or in another one that answers them all the same. What was
asked for longest ago goes first. Without this module the site is slower, not compressed, and otherwise the same.

https://www.rfc-editor.org/rfc/rfc9110: conditions, ranges, codings
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_accept_header, parse_etags, quote_etag, unquote_etag
from werkzeug.wrappers import Response

from ..catalogue import Catalogue
from ..digests import VOLATILE, Digests
from ..freeze.compress import ENDINGS, TEXT, packed
from ..library import Question, noted, utc_now
from ..site import Site, of

LARGEST = 1_000_000  # bytes of a body that is kept
LEAST = 500  # bytes; a shorter body isn't worth a coding
OVERHEAD = 4_000  # bytes of memory that an answer takes beside its bodies
KEPT = ("200 OK", "301 MOVED PERMANENTLY", "308 PERMANENT REDIRECT")
CODINGS = tuple(name for name, ending in (("br", ".br"), ("gzip", ".gz")) if ending in ENDINGS)
# What a request says of a copy that it has, or of the part that it wants: the answer is made without it.
SPECIAL = frozenset(
    f"HTTP_{name}"
    for name in "IF_NONE_MATCH IF_MATCH IF_MODIFIED_SINCE IF_UNMODIFIED_SINCE RANGE IF_RANGE ACCEPT_ENCODING".split()
)
CONDITIONS = SPECIAL - {"HTTP_ACCEPT_ENCODING"}
# What a 304 leaves out: it speaks of what the client has.
OF_A_BODY = frozenset("allow content-encoding content-language content-length content-range content-type".split())
TAG = re.compile(rf"-({'|'.join(CODINGS)})\Z")

Pairs = list[tuple[str, str]]


def init_app(app: Flask) -> None:
    """Put the cache in front of the app, if the settings give it any memory."""
    site = of(app)
    if site.settings.memory:
        cache = Cache(app.wsgi_app, site)
        app.extensions["blog_cache"] = cache
        app.wsgi_app = cache  # type: ignore[method-assign]


class Form:
    """Hold an answer in one coding: all its headers, those of its 304, and the body as WSGI wants it."""

    __slots__ = ("body", "etag", "headers", "unchanged")

    def __init__(self, headers: Pairs, body: bytes, coding: str, varies: bool) -> None:
        tag = unquote_etag(dict_of(headers).get("etag"))[0]
        self.etag = quote_etag(f"{tag}-{coding}" if coding else tag) if tag else ""
        said = [pair for pair in headers if pair[0].lower() not in ("content-length", "etag")]
        said += [("ETag", self.etag)] * bool(tag) + [("Vary", "Accept-Encoding")] * varies
        self.unchanged = [pair for pair in said if pair[0].lower() not in OF_A_BODY]
        self.headers = [*said, *([("Content-Encoding", coding)] * bool(coding)), ("Content-Length", str(len(body)))]
        self.body = [body]


class Kept:
    """Hold an answer with the questions that it rests on.

    ``of`` is the state of the library, ``theme`` that of the templates for which it is known to be right;
    ``used`` tells that it was asked for since memory was last short.
    """

    __slots__ = ("answers", "forms", "headers", "of", "questions", "status", "theme", "used", "varies")

    def __init__(self, status: str, headers: Pairs, body: bytes) -> None:
        said = dict_of(headers)
        text = TEXT.match(said.get("content-type", "")) and "content-encoding" not in said
        self.status, self.headers, self.used = status, headers, True
        self.varies = bool(text) and len(body) >= LEAST
        self.forms = {"": Form(headers, body, "", self.varies)}
        self.of: Catalogue | None = None
        self.theme: object = None
        self.questions: tuple[Question, ...] = ()
        self.answers: list[str] = []

    def form(self, coding: str) -> Form:
        """Return the answer in a coding, made once."""
        coding = coding if self.varies else ""
        if coding not in self.forms:
            body = packed(self.forms[""].body[0], {"br": ".br", "gzip": ".gz"}[coding], best=False)
            self.forms[coding] = Form(self.headers, body, coding, True)
        return self.forms[coding]

    @property
    def size(self) -> int:
        """Return about how many bytes of memory it takes."""
        return OVERHEAD + sum(len(form.body[0]) for form in list(self.forms.values()))


class Cache:
    """Answer in place of an app what that has answered before; thread-safe."""

    def __init__(self, app: WSGIApplication, site: Site) -> None:
        self.app, self.site, self.library = app, site, site.library
        self.limit, self.size = site.settings.memory * 1_000_000, 0
        self.private = f"{site.settings.base_path}/-/"
        self.kept: dict[str, Kept] = {}
        self.making: dict[str, threading.Lock] = {}
        self.lock = threading.Lock()
        self.digests: Digests | None = None
        self.count: Callable[[], object] = int  # called for each answer that has to be made
        clock = self.library.clock
        self.now: Any = time.time if clock is utc_now else lambda: clock().timestamp()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Send what is kept: this is what nearly every request takes, so it is short."""
        library = self.library
        if not library.watched:
            self.site.keep_up()
        kept, state = self.kept.get(environ["PATH_INFO"]), library.contents
        if (
            kept is not None
            and state is not None
            and kept.of is state
            and state.since <= self.now() < state.until
            and library.watched
            and environ["REQUEST_METHOD"] == "GET"
        ):
            form = kept.forms.get(coding_of(environ.get("HTTP_ACCEPT_ENCODING", "")) if kept.varies else "")
            if form is not None:
                kept.used = True
                if environ.keys().isdisjoint(CONDITIONS):
                    start_response(kept.status, form.headers.copy())
                    return form.body
                if environ.get("HTTP_IF_NONE_MATCH", "") == form.etag != "" and "HTTP_IF_MATCH" not in environ:
                    start_response("304 NOT MODIFIED", form.unchanged.copy())
                    return ()
        return self.at_length(environ, start_response)

    def at_length(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer what isn't kept, has to be looked at, or is asked for in a special way."""
        path = environ["PATH_INFO"]
        asked = environ["REQUEST_METHOD"] in ("GET", "HEAD") and not path.startswith(self.private)
        if not asked or self.library.pinned:
            return self.app(environ, start_response)
        with self.lock:
            making = self.making.setdefault(path, threading.Lock())
        with making:
            kept = self.valid(path) or self.made(path, environ)
            self.making.pop(path, None)
        if kept is None:
            return self.app(environ, start_response)
        coding = (
            "" if "HTTP_RANGE" in environ or not kept.varies else coding_of(environ.get("HTTP_ACCEPT_ENCODING", ""))
        )
        known = coding in kept.forms
        form = kept.form(coding)
        if not known and self.kept.get(path) is kept:
            self.grow(len(form.body[0]))
        return sent(kept, form, environ, start_response)

    def valid(self, path: str) -> Kept | None:
        """Return what is kept for a path if the library would still answer all its questions the same."""
        kept, state = self.kept.get(path), self.library.catalogue
        if kept is None:
            return None
        same = kept.of is state and self.library.watched
        if kept.theme is self.site.theme and (same or self.answers(kept.questions, state) == kept.answers):
            kept.of, kept.used = state, True
            return kept
        with self.lock:
            self.drop(path)
        return None

    def made(self, path: str, environ: WSGIEnvironment) -> Kept | None:
        """Have an answer made and keep it; ``None`` if only the app can give it: a stream, or one with a condition."""
        self.count()
        state, theme = self.library.catalogue, self.site.theme
        plain = {name: value for name, value in environ.items() if name not in SPECIAL}
        said: list[Any] = []

        def respond(status: str, headers: Pairs, _error: Any = None, /) -> Any:
            said[:] = status, headers

        with noted() as notes:
            parts = self.app(plain | {"REQUEST_METHOD": "GET", "QUERY_STRING": ""}, respond)
            try:
                status, headers = said
                length = int(dict_of(headers).get("content-length", LARGEST + 1))
                if length > LARGEST:
                    return None
                kept = Kept(status, headers, b"".join(parts))
            finally:
                if hasattr(parts, "close"):
                    parts.close()
        if status in KEPT and may_be_kept(headers) and self.library.catalogue is state:
            kept.of, kept.theme = state, theme
            kept.questions = tuple(notes)
            told = zip(notes.values(), self.answers(kept.questions, state), strict=True)
            kept.answers = [before or after for before, after in told]
            self.keep(path, kept)
        return kept

    def answers(self, questions: tuple[Question, ...], state: Catalogue) -> list[str]:
        """Return the digests of the answers to some questions."""
        digests = self.digests
        if digests is None or digests.catalogue is not state:
            self.digests = digests = self.library.digests()
        return [digests.made(asked) if asked[0] in VOLATILE else digests.of(*asked) for asked in questions]

    def keep(self, path: str, kept: Kept) -> None:
        """Keep an answer; what was not asked for lately makes room for it."""
        with self.lock:
            self.drop(path)
            self.kept[path] = kept
        self.grow(kept.size)

    def grow(self, size: int) -> None:
        """Take more memory; let go what wasn't used since this last came by, oldest first."""
        with self.lock:
            self.size += size
            for path in list(self.kept) if self.size > self.limit else ():
                kept = self.kept.pop(path)
                if kept.used:
                    kept.used, self.kept[path] = False, kept
                else:
                    self.size -= kept.size
                if self.size <= self.limit:
                    break

    def drop(self, path: str) -> None:
        """Forget an answer, if there is one."""
        kept = self.kept.pop(path, None)
        if kept:
            self.size -= kept.size


def dict_of(headers: Pairs) -> dict[str, str]:
    """Return headers by their names in lower case."""
    return {name.lower(): value for name, value in headers}


def may_be_kept(headers: Pairs) -> bool:
    """Tell whether an answer is the same for everybody."""
    said = dict_of(headers)
    return "set-cookie" not in said and not re.search(r"no-store|private", said.get("cache-control", ""))


@lru_cache(maxsize=512)
def coding_of(accepted: str) -> str:
    """Return the coding that a client likes best of those that there are, ``""`` for none."""
    if not accepted:
        return ""
    wanted = parse_accept_header(accepted)
    best = max(CODINGS, key=lambda coding: (wanted.quality(coding), coding == CODINGS[0]))
    return best if wanted.quality(best) > 0 else ""


def sent(kept: Kept, form: Form, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Send an answer as a request wants it: whole, in part, without a body, or not again."""
    response = Response(form.body[0], kept.status, Headers(form.headers))
    if kept.status == "200 OK":
        environ = environ | {
            name: of_this_form(environ[name], form.etag)
            for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH")
            if name in environ
        }
        try:
            response.make_conditional(environ, accept_ranges=True, complete_length=len(form.body[0]))
        except HTTPException as error:
            response = Response(status=error.code, headers={"Content-Range": f"bytes */{len(form.body[0])}"})
    return response(environ, start_response)


def of_this_form(condition: str, etag: str) -> str:
    """Return a condition in which the names of an answer's other codings are that of the one that is sent."""
    tags = parse_etags(condition)
    if tags.star_tag:
        return condition
    own = unquote_etag(etag)[0] or ""
    plain = TAG.sub("", own)
    both = [("", tag) for tag in tags._strong] + [("W/", tag) for tag in tags._weak]
    return ", ".join(weak + quote_etag(own if TAG.sub("", tag) == plain else tag) for weak, tag in both)
