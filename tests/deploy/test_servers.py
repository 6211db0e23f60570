"""What the command line of granian promises, and that the other servers of the documentation serve the site too."""

from __future__ import annotations

import fcntl
import os
import re
import shlex
import signal
import socket
import sys
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest


def held(port: int, many: int, sent: bytes, stack: ExitStack) -> None:
    """Open connections, send something on each, and read no more than a little of what comes."""
    for _ in range(many):
        connection = stack.enter_context(socket.socket())
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(30)
        connection.connect(("127.0.0.1", port))
        connection.sendall(sent)


@pytest.mark.parametrize(
    ("sent", "threads"),
    [
        (b"GET / HTTP/1.1\r\nHost: example.org\r\nX-Slow: ", 0),
        (b"POST / HTTP/1.1\r\nHost: example.org\r\nContent-Length: 100000\r\n\r\na", 0),
        (b"GET /static/movie.bin HTTP/1.1\r\nHost: example.org\r\n\r\n", 32),  # as docs/hosting.md has it
    ],
    ids=["headers", "body", "download"],
)
def test_slow_clients_keep_nobody_waiting(small, bench, sent, threads):
    small.write({"static/movie.bin": b"\0" * 9_000_000})
    app = bench.granian(small.root, threads=threads)
    with ExitStack() as stack:
        held(app.port, 48, sent, stack)
        assert [app.ask("/about/").status for _ in range(20)] == [200] * 20


def test_a_worker_that_is_killed_is_replaced_and_the_others_go_on(small, bench):
    app = bench.granian(small.root, GRANIAN_RESPAWN_INTERVAL="0.5")
    os.kill(app.workers[0], signal.SIGKILL)
    lost = 0
    for _ in range(200):
        try:
            assert app.ask("/about/").status == 200
        except OSError:
            lost += 1
    assert lost <= 5, "what was in its hands"
    bench.until(lambda: app.log.read_text().count("Started worker") == 3, app.log.read_text)


def test_a_reload_takes_up_other_settings(small, bench):
    small.settings(title="Before")
    app = bench.granian(small.root, GRANIAN_RESPAWN_INTERVAL="0.5")
    assert b"Before" in app.ask("/").body
    small.settings(title="After")
    app.process.send_signal(signal.SIGHUP)
    bench.until(lambda: app.log.read_text().count("Started worker") == 4, app.log.read_text)
    bench.until(lambda: app.log.read_text().count("Stopped old worker") == 2, app.log.read_text)
    assert all(b"After" in app.ask("/").body for _ in range(8))


def test_settings_are_tried_before_a_reload(small, bench):
    unit = (bench.deploy / "flatleaf.service").read_text()
    reload = re.findall(r"^ExecReload=(.*)$", unit, re.MULTILINE)
    assert reload[1] == "/bin/kill -HUP $MAINPID"
    command = [sys.executable, *shlex.split(reload[0])[1:]]
    environment = {"BLOG_SITE": str(small.root), "BLOG_CACHE": str(bench.folder / "cache")}
    assert bench.say(command, **environment) == ""
    small.settings(timezone="Nowhere")
    with pytest.raises(AssertionError, match="timezone must be a time zone"):
        bench.say(command, **environment)


def test_it_ends_when_its_requests_are_answered(small, bench):
    app = bench.granian(small.root)
    with socket.create_connection(("127.0.0.1", app.port)) as idle:
        idle.sendall(b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n")
        assert idle.recv(20).startswith(b"HTTP/1.1 200")
        app.process.terminate()
        assert app.process.wait(9) == 0, "before workers are killed"


def opened(pid: int) -> set[str]:
    """Return the files that a process has open."""
    found = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            found.add(os.readlink(link))
    return found


def test_it_ends_when_it_is_told_to_while_it_starts(small, bench):
    lock = bench.folder / "cache" / "live.lock"
    lock.parent.mkdir()
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        app = bench.granian(small.root, wait=False)
        bench.until(lambda: [str(lock) in opened(pid) for pid in app.workers] == [True, True], app.log.read_text)
        app.process.terminate()
        assert app.process.wait(9) == 0, "before workers are killed"


@pytest.mark.parametrize("name", ["gunicorn", "waitress-serve"])
def test_another_server_runs_with_the_command_of_the_documentation(small, bench, name):
    page = (bench.deploy.parent / "docs" / "hosting.md").read_text()
    line = re.search(rf"^\$ (BLOG_SITE=\S+ {name} (?:.*\\\n)*.*)", page, re.MULTILINE)
    assert line
    port = bench.free_port()
    _site, _name, *arguments = shlex.split(line[1].replace("\\\n", "").replace("8000", str(port)))
    environment = {"BLOG_SITE": str(small.root), "BLOG_CACHE": str(bench.folder / "cache")}
    server = bench.start([bench.program(name), *arguments], port, name, **environment)
    assert server.ask("/about/").status == 200
    assert server.ask("/about/", Accept_Encoding="br").headers["content-encoding"] == "br"
    assert server.ask("/about/", If_None_Match=server.ask("/about/").headers["etag"]).status == 304
    for path in bench.refused:
        assert server.ask(path).status in (400, 404), path
