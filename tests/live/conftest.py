"""What the tests of faults share: a site behind a real server with several workers, and clients that never rest."""

from __future__ import annotations

import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent.parent
PATIENCE = 30  # seconds
# The server that is recommended.
GRANIAN = (
    "granian --interface wsgi --host 127.0.0.1 --port PORT --workers WORKERS --blocking-threads 2 --log-level warning"
    " --respawn-failed-workers --respawn-interval 0.1 --workers-kill-timeout 5 served:application"
)
# Each answer says which process made it.
APP = """import os

from blog.wsgi import app


def application(environ, start_response):
    own = [("X-Worker", str(os.getpid()))]
    return app.wsgi_app(environ, lambda status, headers, *error: start_response(status, headers + own, *error))
"""

Files = dict[str, str | bytes]


@dataclass
class Answer:
    """Hold what came back, from which process, and after how many seconds."""

    status: int
    body: bytes
    worker: int
    seconds: float


@dataclass
class Hammering:
    """Hold what became of very many requests."""

    failed: list[str] = field(default_factory=list)
    answers: int = 0
    worst: float = 0.0


class Server:
    """A server for the site of a folder."""

    def __init__(self, root: Path, files: Files, command: str, prefix: str, settings: dict[str, str]) -> None:
        self.root, self.log, folder = root, root.parent / "log", root.parent / "app"
        self.write(files)
        folder.mkdir()
        (folder / "served.py").write_text(APP)
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = int(one.getsockname()[1])
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("BLOG_", "GRANIAN_"))}
        kept |= {"BLOG_SITE": str(root), "PYTHONPATH": os.pathsep.join([str(folder), str(REPOSITORY)])}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*prefix.split(), sys.executable, "-m", *command.replace("PORT", str(self.port)).split()],
                cwd=folder,
                env=kept | settings,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def write(self, files: Files) -> None:
        for name, content in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def until(self, condition: Callable[[], object]) -> None:
        """Wait until a condition holds."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.02)

    def get(self, path: str) -> Answer:
        """Ask over a connection of its own, so that any of the workers may answer."""
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            body = response.read()
            return Answer(response.status, body, int(response.headers.get("X-Worker", 0)), time.monotonic() - began)
        finally:
            connection.close()

    def workers(self) -> set[int]:
        """Return the processes that answer."""
        return {self.get("/-/health").worker for _ in range(40)}

    def ready(self, workers: int) -> Server:
        """Wait until so many processes answer."""

        def answering() -> bool:
            assert self.process.poll() is None, self.log.read_text()
            with suppress(OSError, http.client.HTTPException):
                return len(self.workers()) >= workers
            return False

        self.until(answering)
        return self

    def replaced(self, worker: int) -> None:
        """Kill a worker and wait until another one has taken its place."""
        before = self.workers()
        os.kill(worker, signal.SIGKILL)
        while True:
            with suppress(OSError, http.client.HTTPException):
                self.until(lambda: self.workers() - before)
                return

    def shown(self, path: str, text: str, workers: int = 2) -> float:
        """Wait until each worker shows a text; return after how many seconds the last one did."""
        began, fresh = time.monotonic(), set()
        while len(fresh) < workers:
            answer = self.get(path)
            assert time.monotonic() - began < PATIENCE, f"{path}: {answer.status}\n{self.log.read_text()}"
            if answer.status == 200 and text.encode() in answer.body:
                fresh.add(answer.worker)
        return time.monotonic() - began

    def health(self) -> dict[str, int]:
        return dict(json.loads(self.get("/-/health").body))

    def stop(self) -> float:
        """End it and all that it started; return how many seconds that took."""
        began = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(PATIENCE)
        took = time.monotonic() - began
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)
        return took

    @contextmanager
    def hammered(self, *paths: str, threads: int = 4) -> Iterator[Hammering]:
        """Ask without a rest while something happens; note each request that isn't answered 200."""
        found, ended, lock = Hammering(), threading.Event(), threading.Lock()

        def ask(seed: int) -> None:
            source = random.Random(seed)
            while not ended.wait(0.002):
                path, seconds = source.choice(paths), 0.0
                try:
                    answer = self.get(path)
                    problem, seconds = "" if answer.status == 200 else f"{path}: {answer.status}", answer.seconds
                except (OSError, http.client.HTTPException) as error:
                    problem = f"{path}: {error!r}"
                with lock:
                    found.answers += 1
                    found.failed += [problem] * bool(problem)
                    found.worst = max(found.worst, seconds)

        running = [threading.Thread(target=ask, args=(number,)) for number in range(threads)]
        for thread in running:
            thread.start()
        try:
            yield found
        finally:
            ended.set()
            for thread in running:
                thread.join()


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """Return a function that serves some files; whatever it started is ended with the test."""
    pytest.importorskip("granian")
    servers: list[Server] = []
    top = Path(tempfile.mkdtemp(prefix="served-"))

    def start(files: Files, workers: int = 2, command: str = GRANIAN, prefix: str = "", **settings: str) -> Server:
        root = top / str(len(servers)) / "site"
        root.mkdir(parents=True)
        servers.append(Server(root, files, command.replace("WORKERS", str(workers)), prefix, settings))
        return servers[-1].ready(workers)

    yield start
    for server in servers:
        server.stop()
    shutil.rmtree(top, ignore_errors=True)
