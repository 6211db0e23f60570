"""What a cache in front of the site is told: how long to keep an answer, what it rests on, what to forget.

Each answer can carry the keys of the questions that were asked for it. After a change of the content the keys
of those that now have another answer are given to a command, which has the cache forget what carries them.

https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.10 (s-maxage),
https://www.rfc-editor.org/rfc/rfc5861 (stale-while-revalidate)
"""

from __future__ import annotations

import logging
import queue
import shlex
import subprocess
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress

from flask import Flask, Response, g, request

from ..index.digests import digest
from ..index.generations import generation
from ..library import NOTES, Question, noted
from ..site import Site, current, of

LOG = logging.getLogger("blog")
PATIENCE = 60  # seconds that the command may take
MOST = 500  # keys of one answer; caches limit the length of a header
REMEMBERED = 200_000  # questions
LONGEST = 300  # characters of an address whose questions are remembered: of longer ones there is no end


def init_app(app: Flask) -> None:
    """Add headers to answers, and the command to changes, as far as the settings ask for them."""
    site = of(app)
    if site.settings.surrogate_header:
        keys = Keys(site)
        app.before_request(take_notes)
        app.after_request(keys.add)
        app.teardown_request(lambda _error: g.pop("edge_notes", ExitStack()).close())
        if site.live and site.settings.purge:
            site.live.listeners.append(lambda _paths: keys.changed())
    if site.settings.s_maxage:
        app.after_request(shared)  # Flask calls the last one first


def shared(response: Response) -> Response:
    """Let shared caches keep what browsers have to ask for again."""
    settings, said = current().settings, response.headers.get("Cache-Control", "public, max-age=0")
    if response.status_code in (200, 301) and "no-store" not in said and "immutable" not in said:
        said = said.replace("no-cache", "public, max-age=0") + f", s-maxage={settings.s_maxage}"
        later = settings.stale_while_revalidate
        response.headers["Cache-Control"] = said + (f", stale-while-revalidate={later}" if later else "")
    return response


def take_notes() -> None:
    """Note the questions of this request, unless somebody does already, and the state that they are asked in."""
    g.edge_state = current().library.catalogue
    if NOTES.get() is None:
        g.edge_notes = ExitStack()
        g.edge_notes.enter_context(noted())


class Keys:
    """Know which questions answers rest on, and what the library answered."""

    def __init__(self, site: Site) -> None:
        self.site, self.lock = site, threading.Lock()
        self.answers: dict[Question, str] = {}
        self.gone: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.purger: threading.Thread | None = None

    def add(self, response: Response) -> Response:
        """Name on an answer the questions that it rests on; a build is the same whoever asks."""
        library, asked = self.site.library, list(NOTES.get() or ())
        if asked and response.status_code in (200, 301) and not library.pinned:
            if len(asked) <= MOST and len(request.path) <= LONGEST and self.note(asked):
                response.headers[self.site.settings.surrogate_header] = separator(self.site).join(map(key, asked))
            else:  # nobody could be told to forget it
                response.headers["Cache-Control"] = "no-cache"
        return response

    def note(self, asked: list[Question]) -> bool:
        """Remember what the library answers; tell whether it is what the answer was made of."""
        library, state = self.site.library, g.pop("edge_state", None)
        digests = library.digests() if self.site.settings.purge else None
        answers = [digests.of(*question) for question in asked] if digests else []
        if library.catalogue is not state or generation(library.rows) != state.generation:
            return False
        with self.lock:
            for question, answer in zip(asked, answers, strict=bool(answers)):
                self.answers.setdefault(question, answer)
            over = list(self.answers)[: max(0, len(self.answers) - REMEMBERED)]
            for question in over:  # what nobody watches any more is to be asked for again
                del self.answers[question]
        if over:
            self.forget(map(key, over))
        return True

    def changed(self) -> None:
        """Have the cache forget what rests on an answer that is another one now."""
        digests = self.site.library.digests()
        with self.lock:
            now = {question: digests.of(*question) for question in self.answers}
            gone = {key(question) for question, answer in now.items() if self.answers[question] != answer}
            self.answers = now
        if gone:
            self.forget(gone)

    def forget(self, keys: Iterable[str]) -> None:
        """Hand keys to the thread that runs the command: whoever has them waits for nothing."""
        for one in keys:
            self.gone.put(one)
        with self.lock:
            if not self.purger or not self.purger.is_alive():
                self.purger = threading.Thread(target=self.run, name="purge", daemon=True)
                self.purger.start()

    def run(self) -> None:
        """Run the command for all that has come together since it last ran."""
        while True:
            purge(self.site.settings.purge, sorted({self.gone.get(), *drained(self.gone)}))


def drained(keys: queue.SimpleQueue[str]) -> Iterator[str]:
    """Yield what is in a queue."""
    with suppress(queue.Empty):
        while True:
            yield keys.get_nowait()


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
    except subprocess.TimeoutExpired:
        LOG.error("purge: ended after %s seconds", PATIENCE)  # the error would name the command, with its passwords
    except (OSError, ValueError) as error:
        LOG.error("purge: %s", error)
    else:
        if done.returncode:
            LOG.error("purge: exit %s: %s", done.returncode, done.stderr.strip())
