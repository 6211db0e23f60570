"""The hub is told of what has changed, once, and however it behaves nobody waits for it for ever."""

from __future__ import annotations

import http.server
import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest

from blog.features.websub import Patience, Refused, Silent, asked, own_address, publish
from blog.site import of

POST = "---\ntitle: {}\ndate: 2026-01-0{}\ntags: [go]\n---\nWords.\n"
FILES = {f"posts/{name}.md": POST.format(name.upper(), day) for day, name in enumerate("ab", 1)}
QUICK = Patience(answer=0.5, tries=(0.01, 0.01), settle=0.05)
DEADLINE = 20  # seconds


class Hub:
    """A hub on loopback: ``answers`` are the statuses that it gives, the last one for ever; 0 gives none."""

    def __init__(self, *answers: int) -> None:
        self.answers, self.told, self.more = list(answers), [], threading.Condition()
        self.ended = threading.Event()
        hub = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                said = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                with hub.more:
                    status = hub.answers.pop(0) if len(hub.answers) > 1 else hub.answers[0]
                    hub.told.append((status, said))
                    hub.more.notify_all()
                if not status:
                    hub.ended.wait(DEADLINE)
                    return
                self.send_response(status)
                self.send_header("Retry-After", "0")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_args: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/hub"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def urls(self) -> list[str]:
        return [said["hub.url"][0] for _, said in self.told]

    def wait_for(self, count: int) -> None:
        with self.more:
            assert self.more.wait_for(lambda: len(self.told) >= count, DEADLINE), self.told

    def end(self) -> None:
        self.ended.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def hub() -> Iterator[Callable[..., Hub]]:
    hubs: list[Hub] = []

    def start(*answers: int) -> Hub:
        hubs.append(Hub(*answers))
        return hubs[-1]

    yield start
    for one in hubs:
        one.end()


@pytest.fixture
def nobody() -> str:
    """Return an address at which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{one.getsockname()[1]}/"


# One request


def test_a_hub_is_told_what_is_new_in_the_words_that_hubs_know(hub):
    one = hub(202)
    assert publish(one.address, "https://a.example/feed.xml", QUICK) == 202
    url = ["https://a.example/feed.xml"]
    assert one.told == [(202, {"hub.mode": ["publish"], "hub.url": url, "hub.topic": url})]


@pytest.mark.parametrize("first", [500, 503, 429, 408])
def test_a_hub_that_has_trouble_is_asked_again(hub, first):
    one = hub(first, 202)
    assert publish(one.address, "https://a.example/feed.xml", QUICK) == 202
    assert [status for status, _ in one.told] == [first, 202]


@pytest.mark.parametrize("status", [400, 403, 404, 410])
def test_a_hub_that_refuses_is_not_asked_again(hub, status):
    one = hub(status)
    with pytest.raises(Refused, match=f"refused: {status}"):
        publish(one.address, "https://a.example/feed.xml", QUICK)
    assert len(one.told) == 1


def test_a_hub_that_always_has_trouble_is_given_up(hub):
    one = hub(500)
    with pytest.raises(Silent, match="given up: 500"):
        publish(one.address, "https://a.example/feed.xml", QUICK)
    assert len(one.told) == 1 + len(QUICK.tries)


def test_a_hub_that_hangs_is_given_up(hub):
    one = hub(0)
    began = time.monotonic()
    with pytest.raises(Silent, match=r"given up: .*timed out"):
        publish(one.address, "https://a.example/feed.xml", QUICK)
    assert time.monotonic() - began < DEADLINE


def test_a_hub_that_isnt_there_is_given_up(nobody):
    with pytest.raises(Silent, match=r"given up: .*refused"):
        publish(nobody, "https://a.example/feed.xml", QUICK)


def test_a_hub_says_when_to_ask_again(hub):
    assert asked(hub(503).address, "https://a.example/", 1)[2] == 0.0


# flask ping


@pytest.fixture
def frozen(made):
    """Return a function that freezes a site with a hub."""

    def freeze(address: str) -> None:
        made.write(FILES)
        made.settings(hub=address, url="https://a.example/")
        made.freeze()

    return freeze


def test_ping_tells_every_feed_once_and_then_those_that_have_changed(made, hub, frozen):
    one = hub(202)
    frozen(one.address)
    result = made.run("ping")
    assert result.exit_code == 0, result.output
    feeds = set(one.urls())
    assert {"https://a.example/feed.xml", "https://a.example/atom.xml", "https://a.example/feed.json"} <= feeds
    assert f"{one.address}: https://a.example/feed.xml: 202" in result.output
    assert result.output.endswith(f"{len(feeds)} feeds: {len(feeds)} told, 0 failed\n")
    assert made.run("ping").output == f"{len(feeds)} feeds: 0 told, 0 failed\n"
    made.write({"posts/c.md": POST.format("C", 3).replace("go", "py")})
    made.freeze()
    one.told.clear()
    made.run("ping")
    assert "https://a.example/feed.xml" in one.urls()
    assert not any("/tags/go/" in url for url in one.urls())


def test_what_a_hub_refuses_is_told_the_next_time(made, hub, frozen):
    one = hub(403)
    frozen(one.address)
    result = made.run("ping")
    assert result.exit_code == 1
    assert f"{one.address}: https://a.example/feed.xml: refused: 403 Forbidden" in result.output
    count = len(one.told)
    one.answers[:] = [202]
    assert made.run("ping").exit_code == 0
    assert len(one.told) == 2 * count


def test_a_site_without_a_hub_has_nobody_to_tell(made):
    made.write(FILES)
    made.freeze()
    result = made.run("ping")
    assert (result.exit_code, result.output) == (1, "Error: the setting hub names none\n")


def test_without_a_build_there_is_nothing_to_tell_of(made):
    made.write(FILES)
    made.settings(hub="https://hub.example/")
    result = made.run("ping")
    assert result.exit_code == 1
    assert result.output.endswith("build: there is no build here: flask freeze makes it\n")


def test_a_broken_memory_is_an_empty_one(made, hub, frozen):
    one = hub(202)
    frozen(one.address)
    made.run("ping")
    count = len(one.told)
    for broken in ("{", "[]"):
        (made.root / ".flatleaf/websub.json").write_text(broken)
        made.run("ping")
    assert len(one.told) == 3 * count
    assert json.loads((made.root / ".flatleaf/websub.json").read_text()).keys() == set(one.urls())


@pytest.mark.parametrize(
    "value", ["hub.example", "ftp://hub.example/", "https://hub.example/#x", "https://a.example/ x"]
)
def test_a_hub_has_an_address(made, value):
    made.settings(hub=value)
    with pytest.raises(Exception, match="hub must be an address"):
        made.app()


# What answers say


@pytest.mark.parametrize("path", ["/feed.xml", "/atom.xml", "/feed.json"])
def test_a_feed_names_the_hub_and_itself(made, path):
    made.write(FILES)
    made.settings(hub="https://hub.example/?a=b", url="https://a.example/")
    link = made.app().test_client().get(path).headers["Link"]
    assert link == f'<https://hub.example/?a=b>; rel="hub", <https://a.example{path}>; rel="self"'


def test_nothing_else_does(made):
    made.write(FILES)
    made.settings(hub="https://hub.example/")
    client = made.app().test_client()
    assert not any("Link" in client.get(path).headers for path in ("/", "/posts/a/", "/sitemap.xml", "/nowhere/"))


def test_without_a_hub_none_is_named(made):
    made.write(FILES)
    assert "Link" not in made.app().test_client().get("/feed.xml").headers


@pytest.mark.parametrize(
    ("opening", "address"),
    [
        (b'<atom:link href="https://a.example/?a&amp;b" rel="self"/>', "https://a.example/?a&b"),
        (b'<link rel="self" href="https://a.example/"/>', "https://a.example/"),
        (b'{"feed_url": "https://a.example/feed.json"}', "https://a.example/feed.json"),
        (b'<link rel="alternate" href="https://a.example/"/>', ""),
        (b"", ""),
    ],
)
def test_a_feed_says_what_its_address_is(opening, address):
    assert own_address(opening) == address


# Live


@pytest.fixture
def live(made):
    """Return a function that serves a site with a hub in this process."""
    apps = []

    def serve(address: str, url: str = "https://a.example/", **more: Any):
        made.write(FILES)
        made.settings(hub=address, url=url, **more)
        app = made.app(live=True)
        app.extensions["blog_websub"].patience = QUICK
        of(app).live.begin()
        apps.append(app)
        return app

    yield serve
    for app in apps:
        of(app).live.end()
        if thread := app.extensions["blog_websub"].thread:
            thread.join(DEADLINE)


def settled(app) -> None:
    """Wait until nobody has anything to tell."""
    deadline = time.monotonic() + DEADLINE
    while app.extensions["blog_websub"].thread:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_change_is_told_once_the_files_have_settled(made, hub, live):
    one = hub(202)
    settled(live(one.address))
    made.write({"posts/c.md": POST.format("C", 3).replace("go", "new")})
    one.wait_for(3)
    assert "https://a.example/feed.xml" in one.urls()


def test_what_the_engine_asks_itself_is_no_visit(made, hub, live):
    one = hub(202)
    app = live(one.address, access_log="access.jsonl")
    settled(app)
    made.write({"posts/c.md": POST.format("C", 3)})
    one.wait_for(3)
    assert app.test_client().get("/posts/a/").status_code == 200
    assert [json.loads(line)["path"] for line in (made.root / "access.jsonl").read_text().splitlines()] == ["/posts/a/"]


def test_nothing_is_told_at_the_first_start_since_nothing_has_changed(hub, live):
    one = hub(202)
    settled(live(one.address))
    assert one.told == []


def test_what_changed_before_this_process_began_is_told(made, hub, live):
    one = hub(202)
    app = live(one.address)
    settled(app)
    of(app).live.end()
    made.write({"posts/c.md": POST.format("C", 3)})
    live(one.address)
    one.wait_for(3)
    assert "https://a.example/atom.xml" in one.urls()


def test_what_was_told_isnt_told_again_by_another_process(made, hub, live):
    one = hub(202)
    app = live(one.address)
    settled(app)
    made.write({"posts/c.md": POST.format("C", 3)})
    one.wait_for(3)
    settled(app)
    count = len(one.told)
    settled(live(one.address))
    assert len(one.told) == count


def test_who_serves_a_site_to_its_writer_tells_nobody(made, hub):
    one = hub(202)
    made.write(FILES)
    made.settings(hub=one.address, url="https://a.example/")
    app = made.app(live=True)
    of(app).live.public = False
    of(app).live.begin()
    try:
        assert app.extensions["blog_websub"].thread is None
    finally:
        of(app).live.end()


def test_a_request_doesnt_wait_for_a_hub_that_hangs(made, hub, live):
    one = hub(0)
    app = live(one.address)
    settled(app)
    client = app.test_client()
    made.write({"posts/c.md": POST.format("C", 3)})
    one.wait_for(1)
    assert client.get("/feed.xml").status_code == 200  # while the hub holds the thread


def test_a_hub_that_refuses_is_logged(made, hub, live, caplog):
    one = hub(403)
    app = live(one.address)
    settled(app)
    with caplog.at_level(logging.WARNING, "blog"):
        made.write({"posts/c.md": POST.format("C", 3)})
        one.wait_for(1)
        settled(app)
    assert "https://a.example/feed.xml: refused: 403 Forbidden" in caplog.text
