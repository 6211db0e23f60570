"""The cache: an answer is made once, and its bytes are sent before Flask is asked, until they would be others.

While an answer is made, the library notes the questions that were asked for it. It is kept with them and sent
again as long as the library is in the same state, or in another one that answers them all the same. What was
asked for longest ago goes first from the memory to a file, and in the end from there. Without this module the
site is slower, not compressed, and otherwise the same.

https://www.rfc-editor.org/rfc/rfc9110: conditions, ranges, codings
"""

from __future__ import annotations

import marshal
import re
import threading
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.http import parse_accept_header, quote_etag, unquote_etag
from werkzeug.wrappers import Response

from ..catalogue import Catalogue
from ..conditions import PART, condition, in_part
from ..digests import VOLATILE, Digests, rest_on
from ..freeze.compress import ENDINGS, TEXT, packed
from ..index.generations import generation
from ..library import Question, noted, utc_now
from ..security import FOR_ONE, HEEDED, LONGEST, refusal
from ..shelf import Shelf
from ..site import Site, of

LARGEST = 4  # parts of the memory that one body may take
LEAST = 500  # bytes; a shorter body isn't worth a coding
WORTH = 100_000  # bytes up to which what may be kept for ever is packed as small as it gets
LONGEST_PATH = 1000  # bytes of one that is kept: of longer ones there is no end
MOST = 200  # characters of a header that are looked at, and remembered
OVERHEAD = 4_000  # bytes of memory that an answer takes beside its bodies
NO_STATE = 0  # of the library
KEPT = ("200 OK", "301 MOVED PERMANENTLY", "308 PERMANENT REDIRECT")
CODINGS = tuple(name for name, ending in (("br", ".br"), ("gzip", ".gz")) if ending in ENDINGS)
OF_A_REQUEST_BODY = frozenset(("CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING"))
CONDITIONS = HEEDED - {"HTTP_ACCEPT_ENCODING"} | OF_A_REQUEST_BODY
# What a 304 leaves out: it speaks of what the client has.
OF_A_BODY = frozenset("allow content-encoding content-language content-length content-range content-type".split())

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
        said = [pair for pair in headers if pair[0].lower() not in ("content-length", "date", "etag", "vary")]
        vary = ", ".join([value for name, value in headers if name.lower() == "vary"] + ["Accept-Encoding"] * varies)
        said += [("ETag", self.etag)] * bool(tag) + [("Vary", vary)] * bool(vary)
        self.unchanged = [pair for pair in said if pair[0].lower() not in OF_A_BODY]
        self.headers = [*said, *([("Content-Encoding", coding)] * bool(coding)), ("Content-Length", str(len(body)))]
        self.body = [body]


class Kept:
    """Hold an answer with the questions that it rests on.

    ``of`` names the state of the library, ``theme`` that of the templates for which it is known to be right;
    ``used`` tells that it was asked for since memory was last short, ``shelved`` how many of its forms lie on
    the shelf.
    """

    __slots__ = (
        "answers",
        "counted",
        "forms",
        "headers",
        "of",
        "questions",
        "shelved",
        "status",
        "theme",
        "used",
        "varies",
    )

    def __init__(self, status: str, headers: Pairs, body: bytes) -> None:
        said = dict_of(headers)
        text = TEXT.match(said.get("content-type", "")) and "content-encoding" not in said
        self.status, self.headers, self.used = status, headers, True
        self.varies = bool(text) and len(body) >= LEAST
        self.forms = {"": Form(headers, body, "", self.varies)}
        self.of = NO_STATE
        self.theme: object = None
        self.questions: tuple[Question, ...] = ()
        self.answers: list[str] = []
        self.counted = self.shelved = 0  # bytes of its size that the cache has counted

    @classmethod
    def of_record(cls, record: bytes, theme: object) -> Kept:
        """Make it from a record again; whether it is still right has to be seen."""
        status, headers, bodies, questions, answers, of = marshal.loads(record)  # noqa: S302 (our own)
        kept = cls(status, headers, bodies.pop(""))
        kept.forms |= {coding: Form(headers, body, coding, True) for coding, body in bodies.items()}
        kept.theme, kept.questions, kept.answers, kept.of = theme, questions, answers, of
        kept.shelved = len(kept.forms)
        return kept

    @property
    def record(self) -> bytes:
        """Return it as bytes."""
        bodies = {coding: form.body[0] for coding, form in list(self.forms.items())}
        said = self.status, self.headers, bodies, self.questions, self.answers, self.of
        return marshal.dumps(said)  # for this process only

    def form(self, coding: str) -> Form:
        """Return the answer in a coding, made once."""
        coding = coding if self.varies else ""
        if coding not in self.forms:
            body = self.forms[""].body[0]
            lasts = "immutable" in dict_of(self.headers).get("cache-control", "")
            body = packed(body, {"br": ".br", "gzip": ".gz"}[coding], best=lasts and len(body) < WORTH)
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
        self.shelf = Shelf(site.settings.path(site.settings.cache), site.settings.shelf * 1_000_000)
        self.shelf_theme = site.theme
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
        kept, state = self.kept.get(environ.get("PATH_INFO", "")), library.contents
        if (
            kept is not None
            and state is not None
            and kept.of == state.token
            and state.since <= self.now() < state.until
            and library.watched
            and environ["REQUEST_METHOD"] == "GET"
            and len(environ.get("QUERY_STRING", "")) <= LONGEST
        ):
            form = kept.forms.get(coding_of(environ.get("HTTP_ACCEPT_ENCODING", "")[:MOST]) if kept.varies else "")
            if form is not None:
                kept.used = True
                if environ.keys().isdisjoint(CONDITIONS):
                    start_response(kept.status, form.headers.copy())
                    return form.body
                known = environ.get("HTTP_IF_NONE_MATCH", "") == form.etag != "" and "HTTP_IF_MATCH" not in environ
                if known and environ.keys().isdisjoint(OF_A_REQUEST_BODY):
                    start_response("304 NOT MODIFIED", form.unchanged.copy())
                    return []
        return self.at_length(environ, start_response)

    def at_length(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer what isn't kept, has to be looked at, or is asked for in a special way."""
        path = environ.get("PATH_INFO", "")
        asked = environ["REQUEST_METHOD"] in ("GET", "HEAD") and not path.startswith(self.private)
        asked = asked and not path.startswith("//") and not refusal(environ)  # one page has one name here
        if not asked or self.library.pinned:
            return self.app(environ, start_response)
        with self.lock:
            making = self.making.setdefault(path, threading.Lock())
        coding = "" if "HTTP_RANGE" in environ else coding_of(environ.get("HTTP_ACCEPT_ENCODING", "")[:MOST])
        with making:
            try:
                before = self.kept.get(path) or self.shelved(path)
                kept = self.valid(path, before) or self.made(path, environ)
                if before and kept and kept.status.startswith("5"):  # a mistake in a template, say: what was good stays
                    self.keep(path, kept := before)
                form = kept.form(coding) if kept else None
            finally:
                self.making.pop(path, None)
        if kept is None or form is None:
            return self.app(environ, start_response)
        self.weigh(path, kept)
        if environ["REQUEST_METHOD"] == "GET" and environ.keys().isdisjoint(CONDITIONS):
            start_response(kept.status, form.headers.copy())
            return form.body
        return sent(kept, form, environ, start_response)

    def valid(self, path: str, kept: Kept | None) -> Kept | None:
        """Return what is kept for a path if the library would still answer all its questions the same."""
        state = self.library.catalogue
        if kept is None:
            return None
        edited = () if kept.of == state.token else state.edited.get(kept.of)
        same = self.library.watched and edited is not None and not rest_on(kept.questions, edited)
        if kept.theme is self.site.theme and (same or self.answers(kept.questions, state) == kept.answers):
            kept.of, kept.used = state.token, True
            if path not in self.kept:
                self.keep(path, kept)
            return kept
        with self.lock:
            self.drop(path)
        self.shelf.forget(path)
        return None

    def shelved(self, path: str) -> Kept | None:
        """Return what lies on the shelf for a path."""
        if self.shelf_theme is not self.site.theme:  # nothing there is right any more
            self.shelf_theme = self.site.theme
            self.shelf.clear()
        record = self.shelf.get(path)
        return Kept.of_record(record, self.shelf_theme) if record else None

    def made(self, path: str, environ: WSGIEnvironment) -> Kept | None:
        """Have an answer made and keep it; ``None`` for a stream, which only the app can give."""
        self.count()
        state, theme = self.library.catalogue, self.site.theme
        plain = {name: value for name, value in environ.items() if name not in HEEDED}
        said: list[Any] = []

        def respond(status: str, headers: Pairs, _error: Any = None, /) -> Any:
            said[:] = status, headers

        with noted() as notes:
            parts = self.app(plain | {"REQUEST_METHOD": "GET", "QUERY_STRING": ""}, respond)
            try:
                status, headers = said
                if "accept-ranges" in dict_of(headers):
                    return None
                kept = Kept(status, headers, b"".join(parts))
            finally:
                if hasattr(parts, "close"):
                    parts.close()
        if status in KEPT and len(path) <= LONGEST_PATH and may_be_kept(headers):
            kept.of, kept.theme = state.token, theme
            kept.questions = tuple(notes)
            told = self.answers(kept.questions, state)
            if self.still(state):  # else answer and digests may be of different states
                kept.answers = [before or after for before, after in zip(notes.values(), told, strict=True)]
                self.keep(path, kept)
        return kept

    def still(self, state: Catalogue) -> bool:
        """Tell whether the library has been in one state until now, and its index too."""
        return self.library.catalogue is state and generation(self.library.rows) == state.generation

    def answers(self, questions: tuple[Question, ...], state: Catalogue) -> list[str]:
        """Return the digests of the answers to some questions."""
        digests = self.digests
        if digests is None or digests.catalogue is not state:
            self.digests = digests = self.library.digests()
        again = () if self.library.watched else VOLATILE  # who watches puts another state in place for these, too
        return [digests.made(asked) if asked[0] in again else digests.of(*asked) for asked in questions]

    def keep(self, path: str, kept: Kept) -> None:
        """Keep an answer in place of an older one."""
        with self.lock:
            self.drop(path)
            if kept.size <= self.limit / LARGEST:
                self.kept[path] = kept

    def weigh(self, path: str, kept: Kept) -> None:
        """Count what an answer takes by now; put away what wasn't used since this last came by, oldest first."""
        away: list[tuple[str, Kept]] = []
        with self.lock:
            if self.kept.get(path) is kept:
                size = kept.size
                self.size, kept.counted = self.size + size - kept.counted, size
            for oldest in (*self.kept, *self.kept) if self.size > self.limit else ():
                old = self.kept.pop(oldest, None)
                if old and old.used:
                    old.used, self.kept[oldest] = False, old
                elif old:
                    self.size, old.counted = self.size - old.counted, 0
                    away.append((oldest, old))
                if self.size <= self.limit:
                    break
        for name, old in away:
            if old.shelved < len(old.forms) and old.theme is self.shelf_theme:
                self.shelf.put(name, old.record)

    def drop(self, path: str) -> None:
        """Forget an answer, if there is one."""
        kept = self.kept.pop(path, None)
        if kept:
            self.size, kept.counted = self.size - kept.counted, 0


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
    if not 0 < len(accepted) < MOST:  # nor one that was cut
        return ""
    wanted = parse_accept_header(accepted)
    best = max(CODINGS, key=lambda coding: (wanted.quality(coding), coding == CODINGS[0]))
    plain = max((quality for name, quality in wanted if name.lower() == "identity"), default=0)
    return best if wanted.quality(best) > 0 and wanted.quality(best) >= plain else ""


def sent(kept: Kept, form: Form, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Send an answer as a request wants it: whole, in part, without a body, or not again."""
    response = Response(form.body[0], kept.status, Headers(form.headers))
    if kept.status == "200 OK":
        response.status_code = condition(environ, form.etag, dict_of(form.headers).get("last-modified", ""))
        same = environ.get("HTTP_IF_RANGE", form.etag) == form.etag != ""
        if response.status_code == 200 and in_part(environ) and same:
            response = part_of(form, environ["HTTP_RANGE"])
    if response.status_code in (304, 412):
        response = Response(b"", response.status_code, Headers(form.unchanged))
    if response.status_code in FOR_ONE:
        response.headers["Cache-Control"] = "no-store"
    return response(environ, start_response)


def part_of(form: Form, wanted: str) -> Response:
    """Return the part of an answer that is wanted, or that there is no such part."""
    body, named = form.body[0], PART.fullmatch(wanted)
    first, last = named.groups() if named else ("0", "")
    start = int(first) if first else max(0, len(body) - int(last))
    stop = min(int(last) + 1, len(body)) if first and last else len(body)
    if start >= stop:
        return Response(b"", 416, Headers([*form.unchanged, ("Content-Range", f"bytes */{len(body)}")]))
    part = Response(body[start:stop], 206, Headers(form.headers))
    part.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(body)}"
    part.headers["Content-Length"] = str(stop - start)
    return part
