"""What the tests of deploy/ share: its files as they stand there, real servers, and questions to them."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent.parent
DEPLOY = REPOSITORY / "deploy"
PATIENCE = 30  # seconds
SITE = {
    "pages/about.md": "# About\n\n" + "A small site, made for a test. " * 60,
    "posts/one.md": "---\ndate: 2026-11-01\naliases: [/old/]\n---\n# One\n\nThe first post. [Two](two.md)\n",
    "posts/two.md": "---\ndate: 2026-11-02\n---\n# Two\n\nThe second post.\n",
    "posts/three.md": "---\ndraft: true\n---\n# Three\n\nNot yet.\n",
    "posts/.secret.md": "# Hidden\n",
    ".git/config": "[core]\n",
    "static/large.bin": bytes(range(256)) * 400,
    "static/own.css": "body { margin: 0 }\n" * 60,
}
ASKED = (
    "/",
    "/about/",
    "/posts/one/",
    "/static/own.css",
    "/static/large.bin",
    "/atom.xml",
    "/old/",
    "/about",
    "/none/",
)
SAME = (
    "location content-type content-encoding content-range content-security-policy cache-control etag vary allow"
    " x-content-type-options"
).split()
# As raw request lines, since a client would tidy them up.
REFUSED = (
    "/../pyproject.toml",
    "/static/../pyproject.toml",
    "/static/..%2fpyproject.toml",
    "/static/%2e%2e/%2e%2e/etc/passwd",
    "/posts/%2e%2e%2f%2e%2e%2fpyproject.toml",
    "/pyproject.toml",
    "/.flatleaf/live.sqlite",
    "/.git/config",
    "/posts/.secret/",
    "/static/",
    "/posts/three/",
)


@dataclass
class Answer:
    """Hold what came back; names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Server:
    """Hold a process that listens on a port."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path as it is written; a header's name is given with ``_`` for ``-``."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            response = connection.getresponse()
            return Answer(
                response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
            )
        finally:
            connection.close()

    @property
    def workers(self) -> list[int]:
        """Return the processes that granian has started."""
        return [int(found) for found in re.findall(r"with PID: (\d+)", self.log.read_text())]

    def answers_as(self, other: Server, path: str, method: str = "GET", **headers: str) -> Answer:
        """Return the answer, which must be that of another server."""
        here, there = (server.ask(path, method, **headers) for server in (self, other))
        for answer in (here, there):
            answer.headers = {name: answer.headers[name] for name in SAME if name in answer.headers}
        assert here == there, f"{method} {path} {headers}"
        return here

    def stop(self, how: int = signal.SIGTERM) -> None:
        """End the process with all that it started, and wait for that."""
        if self.process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, how)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(PATIENCE)
                return
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(PATIENCE)


def program(name: str) -> str:
    """Return where a program is: in the environment of the tests, in that of their tools, or on the machine."""
    own = (Path(sys.executable).parent, REPOSITORY / ".venv" / "tools" / "bin")
    path = os.pathsep.join([*map(str, own), os.environ.get("PATH", os.defpath), "/usr/sbin"])
    found = shutil.which(name, path=path)
    if not found:
        pytest.skip(f"needs {name}")
    return found


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def answers(port: int) -> bool:
    with suppress(OSError):
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    return False


def until(condition: Callable[[], object], why: Callable[[], str] = lambda: "") -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, why()
        time.sleep(0.02)


@contextmanager
def running(command: list[str], port: int, log: Path, wait: bool = True, **environment: str) -> Iterator[Server]:
    """Run a server until the end, with a group of processes of its own; ``wait`` until it listens."""
    with open(log, "ab") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, env=os.environ | environment, start_new_session=True
        )
    server = Server(port, process, log)
    try:
        until(lambda: not wait or process.poll() is not None or answers(port), log.read_text)
        assert process.poll() is None, log.read_text()
        yield server
    finally:
        server.stop()


def command_of_unit() -> list[str]:
    """Return granian's command line as the systemd unit has it."""
    unit = (DEPLOY / "flatleaf.service").read_text(encoding="utf-8")
    found = re.search(r"^ExecStart=(.*?[^\\])$", unit, re.MULTILINE | re.DOTALL)
    assert found
    return found[1].replace("\\\n", " ").split()


def changed(text: str, *pairs: tuple[str, str]) -> str:
    """Return a configuration with other values; each that is replaced must be in it."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


class Bench:
    """Start servers that end with the test."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.stack = folder, stack
        folder.mkdir()

    program, free_port, until = staticmethod(program), staticmethod(free_port), staticmethod(until)
    changed, command_of_unit = staticmethod(changed), staticmethod(command_of_unit)
    deploy, refused, asked = DEPLOY, REFUSED, ASKED

    def start(self, command: list[str], port: int, name: str, wait: bool = True, **environment: str) -> Server:
        """Start a server; it listens when this returns, unless nobody is to wait for that."""
        return self.stack.enter_context(running(command, port, self.folder / f"{name}.log", wait, **environment))

    def granian(self, site: Path, port: int = 0, threads: int = 0, wait: bool = True, **settings: str) -> Server:
        """Start the live app of a site with the command line of the systemd unit, if wanted with more threads.

        Its workers have started when this returns, unless nobody is to ``wait`` for that.
        """
        port = port or free_port()
        command = [program("granian"), *command_of_unit()[1:]]
        command[command.index("--port") + 1] = str(port)
        if threads:
            command[command.index("--blocking-threads") + 1] = str(threads)
        environment = {"BLOG_SITE": str(site), "BLOG_CACHE": str(self.folder / "cache"), "GRANIAN_WORKERS": "2"}
        name = f"granian-{len(list(self.folder.iterdir()))}"
        server = self.start(command, port, name, wait, **environment, **settings)
        until(lambda: not wait or server.log.read_text().count("Started worker") == 2, server.log.read_text)
        return server

    def say(self, command: list[str], input: str = "", **environment: str) -> str:
        """Run a command to its end and return what it says; it must succeed."""
        done = subprocess.run(
            command,
            input=input,
            capture_output=True,
            text=True,
            timeout=4 * PATIENCE,
            env=os.environ | environment,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """Return what starts servers."""
    with ExitStack() as stack:
        yield Bench(tmp_path / "bench", stack)


@pytest.fixture
def small(site: Callable) -> object:
    """Return a small site with its settings to be written."""
    return site(SITE)
