"""Real readers subscribe to a real server: what is new arrives once, and nothing ever comes twice."""

from __future__ import annotations

import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import feedparser
import pytest
from reader import make_reader

POST = "---\ntitle: {title}\ndate: 2026-01-{day:02}\ntags: [go]\n{more}---\n{text}\n"
PATHS = ("/feed.xml", "/atom.xml", "/feed.json", "/tags/go/feed.xml", "/tags/go/atom.xml")


def post(number: int, title: str = "", text: str = "", more: str = "") -> str:
    text = text or f"Text of post {number}."
    return POST.format(title=title or f"Post {number}", day=number, text=text, more=more)


FILES = {f"posts/p{number}.md": post(number) for number in range(1, 6)} | {
    "pyproject.toml": '[tool.blog]\nurl = "https://a.example/"\ntitle = "Readers"\n'
}


class Feedparser:
    """feedparser, and what programs made with it keep: the entries by id, ETag and Last-Modified."""

    def __init__(self, url: str) -> None:
        self.url, self.etag, self.modified, self.status = url, None, None, 0
        self.entries: dict[str, str] = {}

    def update(self) -> None:
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        request = Request(self.url, headers={name: value for name, value in headers.items() if value})
        try:
            with urlopen(request, timeout=30) as answer:
                said, body, self.status = answer.headers, answer.read(), answer.status
        except HTTPError as error:
            self.status = error.code
            error.close()
            return
        found = feedparser.parse(body, response_headers={name.lower(): value for name, value in said.items()})
        assert not found.bozo, found.get("bozo_exception")
        self.etag, self.modified = said["ETag"], said["Last-Modified"]
        self.entries |= {entry.id: entry.title for entry in found.entries}

    def titles(self) -> list[str]:
        return sorted(self.entries.values())


class Lemon:
    """The library reader, with its own store."""

    def __init__(self, url: str, folder: Path) -> None:
        self.reader, self.url = make_reader(str(folder / f"{url.split('/', 3)[3].replace('/', '-')}.sqlite")), url
        self.reader.add_feed(url)
        self.new = self.changed = 0

    def update(self) -> None:
        result = self.reader.update_feed(self.url)
        self.new, self.changed = (result.new, result.modified) if result else (0, 0)

    def titles(self) -> list[str]:
        return sorted(entry.title or "" for entry in self.reader.get_entries())

    def close(self) -> None:
        self.reader.close()


@pytest.fixture
def subscribed(tmp_path) -> Iterator[Callable[[int], list[Feedparser | Lemon]]]:
    """Return a function that subscribes both readers to all feeds of a server."""
    readers: list[Feedparser | Lemon] = []

    def subscribe(port: int) -> list[Feedparser | Lemon]:
        for path in PATHS:
            url = f"http://127.0.0.1:{port}{path}"
            readers.append(Lemon(url, tmp_path))
            if not path.endswith("json"):  # feedparser doesn't read that
                readers.append(Feedparser(url))
        for reader in readers:
            reader.update()
        return readers

    yield subscribe
    for reader in readers:
        if isinstance(reader, Lemon):
            reader.close()


def titles(*numbers: int) -> list[str]:
    return sorted(f"Post {number}" for number in numbers)


def all_have(readers: list[Feedparser | Lemon], expected: list[str]) -> None:
    for reader in readers:
        reader.update()
        assert reader.titles() == expected, reader.url
        assert not isinstance(reader, Feedparser) or reader.status in (200, 304), reader.status


def all_are_idle(readers: list[Feedparser | Lemon]) -> None:
    """Check that another update brings nothing, and that who can ask cheaply gets a cheap answer."""
    for reader in readers:
        before = reader.titles()
        reader.update()
        assert reader.titles() == before, reader.url
        if isinstance(reader, Feedparser):
            assert reader.status == 304, reader.url
        else:
            assert (reader.new, reader.changed) == (0, 0), reader.url


def test_readers_of_a_live_site_are_never_bothered(serve, subscribed):
    server = serve(FILES, workers=2)

    def written(text: str) -> None:
        for path in PATHS:
            server.shown(path, text)

    readers = subscribed(server.port)
    all_have(readers, titles(1, 2, 3, 4, 5))
    all_are_idle(readers)

    server.write({"posts/p6.md": post(6)})  # a new post is one new entry
    written("Text of post 6.")
    all_have(readers, titles(1, 2, 3, 4, 5, 6))
    all_are_idle(readers)

    server.write({"posts/p6.md": post(6, text="Edited text.")})  # an edited post is none
    written("Edited text.")
    for reader in readers:
        reader.update()
        if isinstance(reader, Lemon):
            assert (reader.new, reader.changed) == (0, 1), reader.url
    all_have(readers, titles(1, 2, 3, 4, 5, 6))

    ledger = server.root / "published.tsv"
    server.until(lambda: ledger.exists() and "posts/p6.md" in ledger.read_text())  # by then it is written down
    old = server.root / "posts/p6.md"  # a file with another name is none
    old.rename(old.with_name("renamed.md"))
    written("/posts/renamed/")
    all_have(readers, titles(1, 2, 3, 4, 5, 6))

    (server.root / "posts/p5.md").unlink()  # nor one with another name that says where it was
    server.write({"posts/moved.md": post(5, more="aliases: [/posts/p5/]\n")})
    written("/posts/moved/")
    all_have(readers, titles(1, 2, 3, 4, 5, 6))

    (server.root / "posts/p3.md").unlink()  # a deleted post takes nothing along
    server.write({"posts/p1.md": post(1, text="The last one.")})
    written("The last one.")
    all_have(readers, titles(1, 2, 3, 4, 5, 6))
    all_are_idle(readers)


class Static:
    """A plain server for a folder, which answers conditions as hosts for static sites do."""

    def __init__(self, folder: Path) -> None:
        handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
        handler.log_message = lambda *_args: None  # type: ignore[attr-defined]
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def end(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def static() -> Iterator[Callable[[Path], Static]]:
    servers: list[Static] = []

    def start(folder: Path) -> Static:
        servers.append(Static(folder))
        return servers[-1]

    yield start
    for server in servers:
        server.end()


def release(made) -> None:
    """Freeze an hour after the last time, as far as the times of the files tell: a file server knows whole seconds."""
    before = {path: path.stat().st_mtime for path in made.root.glob("build/**/*.*")}
    made.freeze()
    hour = max((stamp for stamp in before.values()), default=1_750_000_000.0) + 3600
    for path in made.root.glob("build/**/*.*"):
        if path.is_file() and path.stat().st_mtime != before.get(path):
            os.utime(path, (hour, hour))


def test_readers_of_a_frozen_site_are_never_bothered(made, static, subscribed, monkeypatch):
    monkeypatch.setattr(http.server.SimpleHTTPRequestHandler, "log_message", lambda *_args: None)
    made.write(FILES)
    release(made)
    readers = subscribed(static(made.root / "build").port)
    all_have(readers, titles(1, 2, 3, 4, 5))
    release(made)
    all_have(readers, titles(1, 2, 3, 4, 5))

    made.write({"posts/p6.md": post(6)})
    release(made)
    all_have(readers, titles(1, 2, 3, 4, 5, 6))

    made.write({"posts/p6.md": post(6, text="Edited text.")})
    release(made)
    all_have(readers, titles(1, 2, 3, 4, 5, 6))

    (made.root / "posts/p6.md").rename(made.root / "posts/renamed.md")
    release(made)
    assert "https://a.example/posts/renamed/" in made.tree()["feed.xml"].decode()
    all_have(readers, titles(1, 2, 3, 4, 5, 6))

    made.settings(url="https://b.example/", title="Readers", permalink="/:year/:slug/")
    release(made)
    assert "https://b.example/2026/renamed/" in made.tree()["feed.xml"].decode()
    all_have(readers, titles(1, 2, 3, 4, 5, 6))

    (made.root / "posts/p3.md").unlink()
    shutil.rmtree(made.root / ".flatleaf")
    release(made)
    all_have(readers, titles(1, 2, 3, 4, 5, 6))
