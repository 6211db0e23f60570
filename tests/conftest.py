"""What all tests share: sites made of a few files, and an app for each."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
from click.testing import Result
from flask import Flask

from blog import create_app
from blog.site import of

REPOSITORY = Path(__file__).parent.parent
SHARED = REPOSITORY.parent / "shared"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)

Files = dict[str, str | bytes]
VERSION = re.compile(r"\.[0-9a-f]{10}(?=\.(?:css|js)$)")


SLOW = [hypothesis.HealthCheck.too_slow]  # that depends on what else the machine has to do
hypothesis.settings.register_profile("quick", max_examples=100, deadline=None, suppress_health_check=SLOW)
hypothesis.settings.load_profile("quick")


class MadeSite:
    """A site in a temporary folder; ``write`` adds files, ``app`` serves it at a fixed time."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.now = NOON

    def write(self, files: Files) -> None:
        for name, content in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def settings(self, **values: object) -> None:
        """Write ``[tool.blog]``; values are given as Python has them."""
        lines = [
            f"{key} = {str(value).lower() if isinstance(value, bool) else repr(value)}" for key, value in values.items()
        ]
        self.write({"pyproject.toml": "[tool.blog]\n" + "\n".join(lines) + "\n"})

    def app(self, **options: object) -> Flask:
        app = create_app(self.root, clock=lambda: self.now, **options)  # type: ignore[arg-type]
        app.testing = True
        of(app).library.refresh()
        return app

    def run(self, *arguments: str, app: Flask | None = None) -> Result:
        """Run one of the site's commands."""
        app = app or self.app()
        with app.app_context():
            return app.test_cli_runner().invoke(args=arguments)

    def script(self, code: str) -> subprocess.CompletedProcess[str]:
        """Run a script in a process of its own, in the site's folder, which ``blog.wsgi`` serves there."""
        outside = {name: value for name, value in os.environ.items() if not name.startswith("PROMETHEUS_")}
        paths = os.pathsep.join(filter(None, sys.path))
        return subprocess.run(
            [sys.executable, "-c", code],
            cwd=self.root,
            env=outside | {"BLOG_SITE": str(self.root), "PYTHONPATH": paths},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def freeze(self, app: Flask | None = None) -> dict[str, bytes]:
        """Freeze the site into ``build``; return the files by name."""
        result = self.run("freeze", app=app)
        assert result.exit_code == 0, result.output
        return self.tree()

    def tree(self, folder: str = "build") -> dict[str, bytes]:
        """Return the files of a folder by name."""
        top = self.root / folder
        return {path.relative_to(top).as_posix(): path.read_bytes() for path in top.rglob("*") if path.is_file()}

    @staticmethod
    def names(tree: Iterable[str]) -> list[str]:
        """Return the names of files in order, each versioned one as the file that it is a version of, once."""
        return sorted({VERSION.sub("", name) for name in tree})

    def body(self, url: str, status: int = 200) -> str:
        """Return the text of an answer."""
        response = self.app().test_client().get(url)
        assert response.status_code == status, f"{url}: {response.status}"
        return response.get_data(as_text=True)


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the BLOG_* variables of whoever runs the tests out of them."""
    for name in [name for name in os.environ if name.startswith("BLOG_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def made(tmp_path: Path) -> MadeSite:
    """Return an empty site."""
    return MadeSite(tmp_path)


@pytest.fixture
def site(tmp_path: Path) -> Callable[[Files], MadeSite]:
    """Return a function that makes a site of the given files."""

    def make(files: Files) -> MadeSite:
        site = MadeSite(tmp_path / "site")
        site.root.mkdir(exist_ok=True)
        site.write(files)
        return site

    return make


@pytest.fixture(scope="session")
def seeds() -> dict[str, bytes]:
    """Return the three seeds as the files of a site; skip where they aren't."""
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip("the seeds lie beside the checkout only where the project is developed")
    names = {"000": "pages/work.md", "001": "pages/index.md", "002": "posts/moving-on.txt"}
    return {names[path.name[:3]]: path.read_bytes() for path in sorted(folder.glob("*.txt"))}


@pytest.fixture
def grows_linearly() -> Callable[[Callable[[str], object], Callable[[int], str], int], None]:
    """Return a check that four times the input takes no more than some eleven times the work.

    What it compares is processor time of this process, the best of three: a quadratic step takes sixteen times.
    """

    def least(work: Callable[[str], object], text: str) -> float:
        took = []
        for _ in range(3):
            start = time.process_time()
            work(text)
            took.append(time.process_time() - start)
        return min(took)

    def check(work: Callable[[str], object], shape: Callable[[int], str], size: int) -> None:
        small, large = least(work, shape(size)), least(work, shape(4 * size))
        assert large < 11 * small + 0.02, f"{size}: {small:.3f} s, {4 * size}: {large:.3f} s"

    return check


class Serving:
    """``blog serve`` as a process of its own, at ``address``; ``said`` is what it has printed so far."""

    def __init__(self, root: Path, *arguments: str, **environment: str) -> None:
        program = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        program += "from blog.cli import main; main(prog_name='blog')"
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("BLOG_", "FLASK_"))}
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, "--site", str(root), "serve", "--port", "0", *arguments],
            env=clean | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said, self.more = "", threading.Condition()
        self.reader = threading.Thread(target=self.read)
        self.reader.start()
        self.wait_for("ready in")
        found = re.search(r"(http://127\.0\.0\.1:\d+)/", self.said)
        assert found, self.said
        self.address = found[1]

    def read(self) -> None:
        """Take down what is printed."""
        assert self.process.stdout
        for line in self.process.stdout:
            with self.more:
                self.said += line
                self.more.notify_all()

    def wait_for(self, text: str) -> None:
        """Wait until it has printed something."""
        with self.more:
            assert self.more.wait_for(lambda: text in self.said, 20), self.said

    def end(self, patience: float = 20) -> int:
        """End it as Ctrl-C does; return its exit code."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(patience)
        finally:
            self.process.kill()
            self.reader.join()
            assert self.process.stdout
            self.process.stdout.close()


@pytest.fixture
def serving() -> Iterator[Callable[..., Serving]]:
    """Return a function that serves a site to its writer until the test ends."""
    started: list[Serving] = []

    def start(root: Path, *arguments: str, **environment: str) -> Serving:
        started.append(Serving(root, *arguments, **environment))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.end()
