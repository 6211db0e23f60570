"""The pyinfra deploy, really run on this machine in a folder of its own: releases, a switch that is noticed at once,
and the way back."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

# Stands in for systemd: keeps granian running out of the current release.
SUPERVISOR = """
while :; do
    {prefix}/current/venv/bin/python -m granian {arguments} & echo $! > {pid}
    wait $!
done
"""
# Stands in for the network: an environment that "python -m venv FOLDER" makes finds what is installed for the tests.
PYTHON = """#!/bin/sh
{python} -m venv --without-pip "$3"
echo {packages} > "$(echo "$3"/lib/python*/site-packages)/packages.pth"
"""


class Target:
    """A server's folder on this machine, with a service that runs what is current."""

    def __init__(self, bench, small) -> None:
        self.bench, self.small = bench, small
        self.pyinfra = bench.program("pyinfra")
        bench.program("granian")
        self.prefix, self.pid = bench.folder / "srv", bench.folder / "pid"
        self.port, self.inventory = bench.free_port(), bench.folder / "inventory.py"
        python = bench.folder / "python"
        packages = Path(pytest.__file__).parent.parent
        python.write_text(PYTHON.format(python=sys.executable, packages=packages))
        python.chmod(0o755)
        self.python, self.wheel = python, self.made_wheel()
        self.server = None

    def made_wheel(self) -> Path:
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
        self.bench.say([*command, "--wheel-dir", str(self.bench.folder), str(self.bench.deploy.parent)])
        return next(self.bench.folder.glob("*.whl"))

    def run(self, file: str, health: str = "/-/health") -> subprocess.CompletedProcess[str]:
        """Run one of our files with pyinfra, here."""
        data = {
            "site": str(self.small.root),
            "engine": str(self.wheel),
            "prefix": str(self.prefix),
            "python": str(self.python),
            "pip": "--no-index --no-deps",
            "unit": False,
            "environment": {
                "HEALTH": f"http://127.0.0.1:{self.port}{health}",
                "RESTART": f"kill $(cat {self.pid}) || true",
                "RELOAD": f"kill -HUP $(cat {self.pid})",
                "PATIENCE": "20" if health == "/-/health" else "1",
                "KEEP": "2",
            },
        }
        self.inventory.write_text(f"servers = [('@local', {data!r})]\n")
        path = self.bench.deploy / "pyinfra" / file
        return subprocess.run(
            [self.pyinfra, "-y", str(self.inventory), str(path)],
            capture_output=True,
            text=True,
            timeout=120,
            cwd=self.bench.folder,
            check=False,
        )

    def start(self) -> None:
        """Start the service once there is something to serve."""
        arguments = self.bench.command_of_unit()[1:]
        arguments[arguments.index("--port") + 1] = str(self.port)
        script = SUPERVISOR.format(prefix=self.prefix, arguments=" ".join(arguments), pid=self.pid)
        self.server = self.bench.start(
            ["sh", "-c", f"while ! [ -e {self.prefix}/current ]; do sleep 0.1; done\n{script}"],
            self.port,
            "service",
            wait=False,
            BLOG_SITE=str(self.prefix / "current/site"),
            BLOG_CACHE=str(self.bench.folder / "cache"),
            GRANIAN_WORKERS="2",
            GRANIAN_RESPAWN_INTERVAL="2",
        )

    def shows(self, text: str) -> bool:
        return text.encode() in self.server.ask("/posts/two/").body

    @property
    def current(self) -> str:
        return os.readlink(self.prefix / "current")


@pytest.fixture
def target(bench, small) -> Target:
    """Return where to deploy to."""
    return Target(bench, small)


class Visitor(threading.Thread):
    """Ask for a page again and again, until told to end; ``failed`` are the answers that weren't right."""

    def __init__(self, server) -> None:
        super().__init__()
        self.server, self.ended, self.asked, self.failed = server, threading.Event(), 0, []

    def run(self) -> None:
        while not self.ended.wait(0.01):
            try:
                status = self.server.ask("/about/").status
            except OSError as error:
                status = repr(error)
            self.asked += 1
            if status != 200:
                self.failed.append(status)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_error) -> None:
        self.ended.set()
        self.join()


def post(text: str) -> dict[str, str]:
    return {"posts/two.md": f"---\ndate: 2026-11-02\n---\n# Two\n\n{text}\n"}


def test_a_release_is_put_on_a_server_refused_or_taken_back(target, small, bench):
    target.start()
    small.write(post("The first release.") | {"build/index.html": "made", ".git/config": "[core]\n"})
    done = target.run("deploy.py")
    assert done.returncode == 0, done.stdout + done.stderr
    bench.until(lambda: target.shows("The first release."), target.server.log.read_text)
    first = target.current
    assert sorted(path.name for path in (target.prefix / first / "site").iterdir()) == ["pages", "posts", "static"]
    assert (target.prefix / first / "site").stat().st_mode & 0o777 == 0o755

    small.write(post("The second release."))
    with Visitor(target.server) as visitor:
        done = target.run("deploy.py")
        assert done.returncode == 0, done.stdout + done.stderr
        bench.until(lambda: target.server.log.read_text().count("Stopped old worker") == 2)
        assert all(target.shows("The second release.") for _ in range(8))
    assert visitor.asked > 50
    assert visitor.failed == [], "no request is lost"
    second = target.current
    assert len({os.readlink(target.prefix / name / "venv") for name in (first, second)}) == 1, "one engine for both"

    small.settings(timezone="Nowhere")
    done = target.run("deploy.py")
    assert done.returncode != 0, "what can't be read"
    assert "timezone must be a time zone" in done.stdout + done.stderr
    assert target.current == second

    small.settings(timezone="UTC")
    done = target.run("deploy.py", health="/none/")
    assert done.returncode != 0, "what isn't healthy"
    assert "isn't healthy" in done.stdout + done.stderr
    assert target.current == second
    assert target.shows("The second release.")

    done = target.run("rollback.py")
    assert done.returncode == 0, done.stdout + done.stderr
    assert target.current == first
    bench.until(lambda: all(target.shows("The first release.") for _ in range(8)))
