"""Who asks for a feed again and again without saying what they have is told to wait, and nobody else is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from blog.features import polls

FILES = {"posts/a.md": "---\ntitle: A\ndate: 2026-01-01\n---\nWords.\n"}


@pytest.fixture
def client(made):
    """Return a function that serves a site with a limit, with the cache or without."""

    def serve(limit: int = 3, **settings: object):
        made.write(FILES)
        made.settings(feed_polls=limit, **settings)
        return made.app().test_client()

    return serve


def statuses(client, count: int, path: str = "/feed.xml", **options: object) -> list[int]:
    return [client.get(path, **options).status_code for _ in range(count)]


@pytest.mark.parametrize("memory", [0, 16])
def test_after_so_many_requests_an_hour_a_client_has_to_wait(client, memory):
    one = client(3, memory=memory)
    assert statuses(one, 5) == [200, 200, 200, 429, 429]
    answer = one.get("/feed.xml")
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "If-None-Match" in answer.text


def test_by_itself_nobody_has_to(client):
    assert set(statuses(client(0), 20)) == {200}


def test_an_hour_later_it_may_ask_again(made, client):
    one = client(1)
    assert statuses(one, 2) == [200, 429]
    made.now += timedelta(minutes=59)
    assert statuses(one, 1) == [429]
    made.now += timedelta(minutes=1)
    assert statuses(one, 2) == [200, 429]


@pytest.mark.parametrize("memory", [0, 16])
@pytest.mark.parametrize("name", ["If-None-Match", "If-Modified-Since"])
def test_who_says_what_they_have_never_waits(client, name, memory):
    one = client(1, memory=memory)
    first = one.get("/feed.xml")
    value = first.headers["ETag"] if name == "If-None-Match" else "Thu, 01 Jan 2026 00:00:00 GMT"
    assert 429 not in statuses(one, 9, headers={name: value})


def test_only_feeds_are_counted_each_by_itself(client):
    one = client(1)
    assert set(statuses(one, 5, "/posts/a/")) == {200}
    assert statuses(one, 2, "/feed.xml") == [200, 429]
    assert statuses(one, 2, "/atom.xml") == [200, 429]


def test_clients_are_told_apart_by_address_and_program(client):
    one = client(1)
    assert statuses(one, 2) == [200, 429]
    assert statuses(one, 2, environ_base={"REMOTE_ADDR": "192.0.2.1"}) == [200, 429]
    assert statuses(one, 2, headers={"User-Agent": "Other/1"}) == [200, 429]


@pytest.mark.parametrize(("proxies", "found"), [(0, [200, 429]), (1, [200, 200]), (2, [200, 429])])
def test_only_so_many_proxies_are_believed(client, proxies, found):
    one = client(1, proxies=proxies)
    said = ["198.51.100.1, 192.0.2.1", "198.51.100.1, 192.0.2.2"]
    assert [one.get("/feed.xml", headers={"X-Forwarded-For": value}).status_code for value in said] == found


def test_a_head_request_isnt_counted(client):
    one = client(1)
    assert {one.head("/feed.xml").status_code for _ in range(5)} == {200}


def test_what_is_remembered_is_bounded(client, monkeypatch):
    monkeypatch.setattr(polls, "MOST", 10)
    one = client(1)
    for number in range(30):
        one.get("/feed.xml", environ_base={"REMOTE_ADDR": f"192.0.2.{number}"})
        one.get("/feed.xml?" + "x" * number, headers={"User-Agent": "x" * 7000})
    layer = one.application.wsgi_app
    assert isinstance(layer, polls.Polls)
    assert len(layer.clients) <= 10
    assert max(len(part) for key in layer.clients for part in key) <= polls.LONGEST


def test_a_freeze_is_nobody_who_asks(made):
    made.write(FILES)
    made.settings(feed_polls=1)
    app = made.app()
    made.freeze(app)
    made.freeze(app)
    assert made.run("verify", app=app).exit_code == 0
