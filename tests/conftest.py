"""What all tests share: sites made of a few files, and an app for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from blog import create_app
from blog.site import of

REPOSITORY = Path(__file__).parent.parent
SHARED = REPOSITORY.parent / "shared"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)

Files = dict[str, str | bytes]


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
        lines = [f"{key} = {str(value).lower() if isinstance(value, bool) else repr(value)}" for key, value in values.items()]
        self.write({"pyproject.toml": "[tool.blog]\n" + "\n".join(lines) + "\n"})

    def app(self, **options: object) -> Flask:
        app = create_app(self.root, clock=lambda: self.now, **options)  # type: ignore[arg-type]
        app.testing = True
        of(app).library.refresh()
        return app

    def body(self, url: str, status: int = 200) -> str:
        """Return the text of an answer."""
        response = self.app().test_client().get(url)
        assert response.status_code == status, f"{url}: {response.status}"
        return response.get_data(as_text=True)


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the BLOG_* variables of whoever runs the tests out of them."""
    import os

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
def seeds() -> Iterator[dict[str, bytes]]:
    """Return the three seeds as the files of a site; skip where they aren't."""
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip("the seeds lie beside the checkout only where the project is developed")
    names = {"000": "pages/work.md", "001": "pages/index.md", "002": "posts/moving-on.txt"}
    yield {names[path.name[:3]]: path.read_bytes() for path in sorted(folder.glob("*.txt"))}
