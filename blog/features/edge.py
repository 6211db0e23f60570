"""What a cache in front of the site is told: how long to keep an answer, what it rests on, what to forget.

Each answer can carry the keys of the questions that were asked for it. After a change of the content the keys
of those that now have another answer are given to a command, which has the cache forget what carries them.

https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.10 (s-maxage),
https://www.rfc-editor.org/rfc/rfc5861 (stale-while-revalidate)
"""

from __future__ import annotations

import logging
import shlex
import subprocess
import threading
from collections.abc import Iterable
from contextlib import ExitStack

from flask import Flask, Response, g

from ..index import digest
from ..library import NOTES, Question, noted
from ..site import Site, current, of

LOG = logging.getLogger("blog")
PATIENCE = 60  # seconds that the command may take
MOST = 200  # keys of one answer; caches limit the length of a header


def init_app(app: Flask) -> None:
    """Add headers to answers, and the command to changes, as far as the settings ask for them."""
    site = of(app)
    if site.settings.s_maxage:
        app.after_request(shared)
    if site.settings.surrogate_header:
        keys = Keys(site)
        app.before_request(take_notes)
        app.after_request(keys.add)
        app.teardown_request(lambda _error: g.pop("edge_notes", ExitStack()).close())
        if site.live and site.settings.purge:
            site.live.listeners.append(lambda _paths: keys.changed())


def shared(response: Response) -> Response:
    """Let shared caches keep what browsers have to ask for again."""
    settings, said = current().settings, response.headers.get("Cache-Control", "public, max-age=0")
    if response.status_code in (200, 301) and "no-store" not in said and "immutable" not in said:
        said = said.replace("no-cache", "public, max-age=0") + f", s-maxage={settings.s_maxage}"
        later = settings.stale_while_revalidate
        response.headers["Cache-Control"] = said + (f", stale-while-revalidate={later}" if later else "")
    return response


def take_notes() -> None:
    """Note the questions of this request, unless somebody does already."""
    if NOTES.get() is None:
        g.edge_notes = ExitStack()
        g.edge_notes.enter_context(noted())


class Keys:
    """Know which questions answers rest on, and what the library answered."""

    def __init__(self, site: Site) -> None:
        self.site, self.lock = site, threading.Lock()
        self.answers: dict[Question, str] = {}

    def add(self, response: Response) -> Response:
        """Name on an answer the questions that it rests on; a build is the same whoever asks."""
        library, notes = self.site.library, NOTES.get()
        if notes and response.status_code in (200, 301) and not library.pinned:
            asked = list(notes)[:MOST]
            response.headers[self.site.settings.surrogate_header] = separator(self.site).join(map(key, asked))
            digests = library.digests() if self.site.settings.purge else None
            with self.lock:
                for question in asked if digests else ():
                    self.answers.setdefault(question, digests.of(*question) if digests else "")
        return response

    def changed(self) -> None:
        """Have the cache forget what rests on an answer that is another one now."""
        digests = self.site.library.digests()
        with self.lock:
            now = {question: digests.of(*question) for question in self.answers}
            gone = sorted({key(question) for question, answer in now.items() if self.answers[question] != answer})
            self.answers = now
        if gone:
            purge(self.site.settings.purge, gone)


def separator(site: Site) -> str:
    """Return what stands between keys: Cloudflare's Cache-Tag has commas, all others spaces."""
    return "," if site.settings.surrogate_header.lower() == "cache-tag" else " "


def key(question: Question) -> str:
    """Return a short name of a question, the same in every process."""
    return digest(question)[:10]


def purge(command: str, keys: Iterable[str]) -> None:
    """Run the command with the keys, one a line, on its standard input; log what goes wrong."""
    try:
        done = subprocess.run(  # noqa: S603 (the owner's own command)
            shlex.split(command),
            input="".join(f"{one}\n" for one in keys),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        LOG.error("purge: %s", error)
    else:
        if done.returncode:
            LOG.error("purge: exit %s: %s", done.returncode, done.stderr.strip())
