"""The cache sends what the app would have sent, whatever was asked before and whatever happens to the files.

FLATLEAF_EXAMPLES and FLATLEAF_STEPS ask for more edits than a run of all tests has time for.
"""

from __future__ import annotations

import gzip
import os
import random
import shutil
import string
import tempfile
import threading
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import brotli
import pytest
from flask import Flask, request
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from werkzeug.test import Client, EnvironBuilder, TestResponse, run_wsgi_app

from blog import create_app
from blog.digests import OF_A_TEXT, OF_NO_TEXT
from blog.features.cache import CODINGS, OVERHEAD, coding_of
from blog.library import Library
from blog.settings import load
from blog.site import of, theme_changed

STEPS = int(os.environ.get("FLATLEAF_STEPS", "25"))
EXAMPLES = int(os.environ.get("FLATLEAF_EXAMPLES", "4"))
WORDS = " ".join(f"word{n}" for n in range(200))
POST = "---\ntitle: {}\ndate: 2026-01-0{}\ntags: [sea]\naliases: [/old/{}/]\n---\n\n{}\n"
FILES = {
    "posts/a.md": POST.format("A", 1, "a", WORDS),
    "posts/b.md": POST.format("B", 2, "b", f"[to a](a.md) {WORDS}"),
    "posts/trip/index.md": POST.format("Trip", 3, "trip", "![map](map.png)"),
    "posts/trip/map.png": b"\x89PNG" + bytes(range(256)) * 8,
    "posts/trip/track.svg": "<svg xmlns='http://www.w3.org/2000/svg'>" + "<g/>" * 300 + "</svg>",
    "pages/about.md": "---\ntitle: About\nmenu: main\n---\n\nWords.\n",
    "static/own.css": "a { color: red }\n" * 100,
    "static/tiny.css": "a {}",
}
# What depends on the request, or only tells how it was made.
OWN_HEADERS = {"vary", "date", "content-length", "last-modified"}


@pytest.fixture
def app(made):
    made.write(FILES)
    return made.app()


@pytest.fixture
def client(app):
    return app.test_client()


def cache(app: Flask) -> Any:
    return app.extensions["blog_cache"]


def all_urls(app: Flask) -> list[str]:
    """Return what is frozen of a site, and a few addresses beside."""
    with app.test_request_context():
        found = of(app).urls()
    return [*found, "/nowhere/", "/posts/a", "/archive", "/posts/a/?page=2", "/static/", "/posts/trip/none.png"]


def said(response: TestResponse) -> tuple[int, bytes, dict[str, str]]:
    """Return what of an answer the cache must not change."""
    headers = {name.lower(): value for name, value in response.headers if name.lower() not in OWN_HEADERS}
    return response.status_code, response.data, headers


def answers(app: Flask, **how: Any) -> dict[str, Any]:
    client = app.test_client()
    return {url: said(client.get(url, buffered=True, **how)) for url in all_urls(app)}


# The same answers


@pytest.mark.parametrize("base", ["", "/blog"])
def test_kept_answers_are_what_the_app_would_answer(made, base):
    made.write(FILES)
    made.settings(url=f"https://example.org{base}/")
    plain, kept = made.app(without=["cache"]), made.app()
    expected = {}
    for url in [*all_urls(plain), "", "/elsewhere/"]:
        expected[url] = said(plain.test_client().get(base + url, buffered=True))
    for _ in range(2):
        assert {url: said(kept.test_client().get(base + url, buffered=True)) for url in expected} == expected
    assert len(cache(kept).kept) > 20


def test_head_says_what_get_says_without_the_body(app, client):
    for url in all_urls(app):
        got, head = client.get(url, buffered=True), client.head(url, buffered=True)
        assert head.data == b""
        assert (head.status, list(head.headers)) == (got.status, list(got.headers)), url


def test_a_query_changes_nothing_and_is_not_kept_apart(app, client):
    expected = client.get("/posts/a/").data
    for query in ("?", "?utm_source=feed", "?page=2&x=%00", "?" + "a" * 5000):
        assert client.get(f"/posts/a/{query}").data == expected
    assert list(cache(app).kept) == ["/posts/a/"]


@pytest.mark.parametrize("host", ["localhost", "evil.example", "evil.example:99", "[::1]:80", "a/b?c", '"><script>'])
def test_the_host_asked_for_is_in_no_answer(client, host):
    for url in ("/posts/a/", "/posts/a", "/old/a/", "/feed.xml", "/sitemap.xml", "/archive"):
        first = client.get(url, headers={"Host": host})
        assert said(first) == said(client.get(url))
        assert host == "localhost" or host not in str(first.headers) + first.text
        assert not first.headers.get("Location", "/").startswith(("http", "//"))


def test_redirects_are_kept(app, client):
    for url, target in (("/posts/a", "/posts/a/"), ("/old/a/", "/posts/a/"), ("/old/a", "/posts/a/")):
        assert [client.get(url).location for _ in range(2)] == [target, target]
        assert url in cache(app).kept


def test_answers_that_are_no_success_are_not_kept(app, client):
    for url in ("/nowhere/", "/static/none.css", "/tags/none/", "/page/99/", "/posts/a/b/"):
        assert client.get(url).status_code == 404
        assert client.get(url).status_code == 404
    assert client.post("/posts/a/").status_code == 405
    assert cache(app).kept == {}


def test_other_methods_reach_the_app(client):
    client.get("/posts/a/")
    for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"):
        assert client.open("/posts/a/", method=method).status_code == 405, method
    assert set(client.options("/posts/a/").headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("said", ["no-store", "private", "public, no-store", "private, max-age=60"])
def test_what_may_not_be_stored_is_not_kept(made, said):
    app = made.app()
    app.add_url_rule("/clock/", "clock", lambda: ("Tick. " * 200, {"Cache-Control": said}))
    client = app.test_client()
    assert client.get("/clock/").status_code == 200
    assert client.get("/clock/", headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
    assert cache(app).kept == {}


def test_answers_with_a_cookie_are_not_kept(made):
    app = made.app()
    app.add_url_rule("/visit/", "visit", lambda: ("Hello", {"Set-Cookie": "visits=1"}))
    assert app.test_client().get("/visit/").headers["Set-Cookie"] == "visits=1"
    assert cache(app).kept == {}


def test_what_is_private_to_the_engine_is_never_kept(made):
    made.settings(url="https://example.org/blog/")
    app = made.app()
    app.add_url_rule("/-/thing", "thing", lambda: request.args.get("q", "none"))
    client = app.test_client()
    assert [client.get(f"/blog/-/thing?q={n}").text for n in range(3)] == ["0", "1", "2"]
    assert cache(app).kept == {}


def test_without_memory_or_without_the_feature_there_is_no_cache(made):
    made.write(FILES)
    assert "blog_cache" not in made.app(without=["cache"]).extensions
    made.settings(memory=0)
    app = made.app()
    assert "blog_cache" not in app.extensions
    answer = app.test_client().get("/posts/a/", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
    assert "Vary" not in answer.headers


def test_an_environment_may_lack_what_is_empty(app):
    """PEP 3333 lets a server leave out SCRIPT_NAME, PATH_INFO and QUERY_STRING."""
    environ = EnvironBuilder("/").get_environ()
    for name in ("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING"):
        del environ[name]
    _, status, _ = run_wsgi_app(app.wsgi_app, environ, buffered=True)
    assert status == "200 OK"


def test_an_app_that_fails_is_asked_again(made):
    app, calls = made.app(), []

    def sometimes() -> str:
        calls.append(1)
        if len(calls) < 3:
            raise OSError("not now")
        return "fine"

    app.add_url_rule("/sometimes/", "sometimes", sometimes)
    for _ in range(2):
        with pytest.raises(OSError, match="not now"):
            app.test_client().get("/sometimes/")
    assert app.test_client().get("/sometimes/").text == "fine"
    assert cache(app).making == {}


# Large answers


def test_a_large_asset_is_streamed_and_not_kept(made):
    data = random.Random(1).randbytes(9_000_000)
    made.write(
        {"posts/a.md": POST.format("A", 1, "a", WORDS), "posts/film.mp4": data, "posts/half.mp4": data[:2_000_000]}
    )
    app = made.app()
    client = app.test_client()
    for name, size in (("film", len(data)), ("half", 2_000_000)):
        whole = client.get(f"/posts/{name}.mp4", buffered=True)
        assert (whole.status_code, whole.data == data[:size]) == (200, True)
        assert (
            client.get(f"/posts/{name}.mp4", headers={"If-None-Match": whole.headers["ETag"]}, buffered=True).status
            == "304 NOT MODIFIED"
        )
        assert int(client.head(f"/posts/{name}.mp4", buffered=True).headers["Content-Length"]) == size
    part = client.get("/posts/film.mp4", headers={"Range": "bytes=5-9"}, buffered=True)
    assert (part.status_code, part.data) == (206, data[5:10])
    assert cache(app).kept == {}
    response = client.get("/posts/film.mp4")
    tracemalloc.start()
    assert sum(map(len, response.iter_encoded())) == len(data)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
    response.close()


# Conditions


@pytest.mark.parametrize("coding", ["", *CODINGS])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_if_none_match_is_answered_304(client, coding, method):
    accepted = {"Accept-Encoding": coding} if coding else {}
    for _ in range(2):
        whole = client.get("/posts/a/", headers=accepted)
        etag = whole.headers["ETag"]
        for known in (etag, f'"x", {etag}', f"W/{etag}", f'"x",W/{etag},"y"', "*", "junk, " + etag):
            answer = client.open("/posts/a/", method=method, headers={"If-None-Match": known, **accepted})
            assert (answer.status_code, answer.data) == (304, b""), known
            assert {name: answer.headers[name] for name in ("ETag", "Vary", "Cache-Control")} == {
                name: whole.headers[name] for name in ("ETag", "Vary", "Cache-Control")
            }
            assert not {"Content-Length", "Content-Type", "Content-Encoding"} & set(answer.headers.keys())
        for other in ('"x"', f'{etag[:-1]}x"', '"x", W/"y"', '""', "", "\xff"):
            answer = client.open("/posts/a/", method=method, headers={"If-None-Match": other, **accepted})
            assert (answer.status_code, answer.data) == (200, whole.data * (method == "GET")), other


def test_a_condition_may_name_another_coding_of_the_same_bytes(client):
    tags = {
        coding: client.get("/posts/a/", headers={"Accept-Encoding": coding}).headers["ETag"]
        for coding in ("identity", *CODINGS)
    }
    assert len(set(tags.values())) == 1 + len(CODINGS)
    for coding, own in tags.items():
        for known in tags.values():
            answer = client.get("/posts/a/", headers={"Accept-Encoding": coding, "If-None-Match": known})
            assert (answer.status_code, answer.headers["ETag"]) == (304, own)


def test_if_modified_since_alone_is_no_condition(client):
    """No answer has a Last-Modified: what a page shows isn't only as old as its file."""
    client.get("/posts/a/")
    for name in ("If-Modified-Since", "If-Unmodified-Since"):
        for date in ("Fri, 20 Nov 2037 12:00:00 GMT", "Fri, 20 Nov 1992 12:00:00 GMT", "junk"):
            assert client.get("/posts/a/", headers={name: date}).status_code == 200
    etag = client.get("/posts/a/").headers["ETag"]
    both = {"If-None-Match": etag, "If-Modified-Since": "Fri, 20 Nov 1992 12:00:00 GMT"}
    assert client.get("/posts/a/", headers=both).status_code == 304


def test_if_match_is_answered_412_where_nothing_matches(client):
    for _ in range(2):
        etag = client.get("/posts/a/").headers["ETag"]
        for known in (etag, f'"x", {etag}', "*"):
            assert client.get("/posts/a/", headers={"If-Match": known}).status_code == 200, known
        for other in ('"x"', f"W/{etag}", '"x", "y"'):
            answer = client.get("/posts/a/", headers={"If-Match": other})
            assert (answer.status_code, answer.data) == (412, b""), other
            assert "Content-Range" not in answer.headers
        assert client.get("/posts/a/", headers={"If-Match": etag, "If-None-Match": etag}).status_code == 304
        assert client.get("/posts/a/", headers={"If-Match": '"x"', "If-None-Match": etag}).status_code == 412


def test_redirects_and_errors_know_no_conditions(client):
    for url, status in (("/posts/a", 301), ("/nowhere/", 404)):
        for _ in range(2):
            headers = {"If-None-Match": "*", "If-Match": '"x"', "Range": "bytes=0-1"}
            assert client.get(url, headers=headers).status_code == status


# Ranges

BODY = FILES["posts/trip/map.png"]


@pytest.mark.parametrize(
    ("wanted", "part", "name"),
    [
        ("bytes=0-3", BODY[:4], "0-3"),
        ("bytes=4-", BODY[4:], "4-2051"),
        ("bytes=-5", BODY[-5:], "2047-2051"),
        ("bytes=-99999", BODY, "0-2051"),
        ("bytes=2051-2051", BODY[-1:], "2051-2051"),
        ("bytes=2000-99999", BODY[2000:], "2000-2051"),
        ("Bytes=0-0", BODY[:1], "0-0"),
        ("bytes= 1-2", BODY[1:3], "1-2"),
    ],
)
def test_a_part_of_an_answer_may_be_asked_for(client, wanted, part, name):
    for _ in range(2):
        answer = client.get("/posts/trip/map.png", headers={"Range": wanted, "Accept-Encoding": "gzip"})
        assert (answer.status_code, answer.data) == (206, part)
        assert answer.headers["Content-Range"] == f"bytes {name}/2052"
        assert answer.headers["Content-Length"] == str(len(part))
        assert answer.headers["ETag"] == client.get("/posts/trip/map.png").headers["ETag"]


@pytest.mark.parametrize("wanted", ["bytes=2052-", "bytes=9999-10000", "bytes=-0", "bytes=5-2"])
def test_a_part_that_is_not_there_is_refused(client, wanted):
    answer = client.get("/posts/trip/map.png", headers={"Range": wanted})
    assert (answer.status_code, answer.data) == (416, b"")
    assert answer.headers["Content-Range"] == "bytes */2052"


@pytest.mark.parametrize(
    "wanted",
    ["bytes=0-1,5-6", "pages=1-2", "bytes", "bytes=", "bytes=a-b", "bytes=--1", "0-1", "bytes=-", ""],
)
def test_a_wish_that_is_not_understood_gets_the_whole(client, wanted):
    answer = client.get("/posts/trip/map.png", headers={"Range": wanted})
    assert (answer.status_code, answer.data) == (200, BODY)


def test_a_range_is_of_the_bytes_that_are_not_coded(client):
    whole = client.get("/posts/a/")
    for _ in range(2):
        answer = client.get("/posts/a/", headers={"Range": "bytes=10-19", "Accept-Encoding": "br, gzip"})
        assert (answer.status_code, answer.data) == (206, whole.data[10:20])
        assert "Content-Encoding" not in answer.headers
        assert (answer.headers["ETag"], answer.headers["Vary"]) == (whole.headers["ETag"], "Accept-Encoding")


def test_if_range_goes_on_only_with_the_very_same_bytes(client):
    etag = client.get("/posts/a/").headers["ETag"]
    coded = client.get("/posts/a/", headers={"Accept-Encoding": "gzip"}).headers["ETag"]
    for known, status in (
        (etag, 206),
        ('"x"', 200),
        (f"W/{etag}", 200),
        (coded, 200),
        ("Fri, 20 Nov 2037 12:00:00 GMT", 200),
        ("junk", 200),
    ):
        answer = client.get("/posts/a/", headers={"Range": "bytes=0-3", "If-Range": known})
        assert (answer.status_code, len(answer.data) == 4) == (status, status == 206), known
    assert client.get("/posts/a/", headers={"If-Range": '"x"'}).status_code == 200


def test_conditions_come_before_ranges_and_head_has_none(client):
    etag = client.get("/posts/a/").headers["ETag"]
    part = {"Range": "bytes=0-3"}
    assert client.get("/posts/a/", headers={**part, "If-None-Match": etag}).status_code == 304
    assert client.get("/posts/a/", headers={**part, "If-Match": '"x"'}).status_code == 412
    assert client.get("/posts/a/", headers={**part, "If-Match": etag}).status_code == 206
    head = client.head("/posts/a/", headers=part)
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(client.get("/posts/a/").data)))


# Codings

DECODE: dict[str | None, Callable[[bytes], bytes]] = {
    None: lambda body: body,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
}


def test_every_coding_decodes_to_the_same_body(app, client):
    smaller = 0
    for url in all_urls(app):
        plain = client.get(url, buffered=True)
        for coding in CODINGS:
            for _ in range(2):
                coded = client.get(url, headers={"Accept-Encoding": coding}, buffered=True)
                assert DECODE[coded.headers.get("Content-Encoding")](coded.data) == plain.data, (url, coding)
                assert coded.headers["Content-Length"] == str(len(coded.data))
                assert coded.headers.get("Vary") == plain.headers.get("Vary")
                assert (coded.status, coded.mimetype) == (plain.status, plain.mimetype)
                if "Content-Encoding" in coded.headers:
                    assert "Accept-Encoding" in coded.headers["Vary"]
                    smaller += len(coded.data) < len(plain.data)
                elif "ETag" in plain.headers:
                    assert coded.headers["ETag"] == plain.headers["ETag"]
    assert smaller > 40


def test_texts_are_coded_and_pictures_and_short_answers_are_not(client):
    coded = {"/posts/a/", "/static/own.css", "/feed.xml", "/feed.json", "/posts/trip/track.svg"}
    for url in (*coded, "/posts/trip/map.png", "/static/tiny.css"):
        answer = client.get(url, headers={"Accept-Encoding": "gzip"})
        assert ("Content-Encoding" in answer.headers, "Vary" in answer.headers) == (url in coded, url in coded), url


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.5, gzip", "gzip"),
        ("br;q=0.5, gzip;q=0.5", "br"),
        ("gzip;q=0", ""),
        ("br;q=0, gzip;q=0.001", "gzip"),
        ("*", "br"),
        ("*;q=0", ""),
        ("*;q=0.1, gzip;q=0.2", "gzip"),
        ("*;q=1, br;q=0", "gzip"),
        ("identity;q=1, gzip;q=0.5", ""),
        ("identity;q=0.5, gzip;q=0.6", "gzip"),
        ("identity, gzip", "gzip"),
        ("identity;q=0", ""),
        ("identity;q=0, *", "br"),
        ("deflate, zstd", ""),
        ("gzip;q=2", ""),
        ("gzip ; q=1.000", "gzip"),
        (",,gzip,,", "gzip"),
        (";q=1", ""),
        ("gzip\x00", ""),
    ],
)
def test_the_coding_is_the_one_that_the_client_likes_best(accepted, coding):
    assert coding_of(accepted) == coding


NAMES = st.sampled_from(["gzip", "br", "identity", "*", "deflate", "GZip", "x-gzip", "zstd"])
QUALITY = st.sampled_from(["", ";q=0", ";q=0.0", ";q=0.2", ";q=0.5", ";q=1", " ; Q=0.7", ";q=1.000"])


def quality(accepted: list[tuple[str, str]], name: str) -> float:
    """Return the quality of a coding by RFC 9110, section 12.5.3, ``-1`` where it isn't named."""
    said = {known.lower(): float(text.lower().partition("q=")[2] or 1) for known, text in accepted}
    return said.get(name, said.get("*", -1) if name != "identity" else -1)


@given(st.lists(st.tuples(NAMES, QUALITY), max_size=6, unique_by=lambda pair: pair[0].lower()))
def test_no_coding_is_chosen_that_is_refused_or_liked_less(accepted):
    chosen = coding_of(", ".join(name + text for name, text in accepted))
    liked = {name: quality(accepted, name) for name in CODINGS}
    if chosen:
        assert liked[chosen] == max(liked.values()) > 0
        assert liked[chosen] >= quality(accepted, "identity")
    else:
        assert max(liked.values()) <= 0 or max(liked.values()) < quality(accepted, "identity")


@given(
    st.text(max_size=60)
    | st.text(alphabet=string.printable, max_size=60)
    | st.text("gzipbr*;q=0., \"'=/\\", max_size=40)
)
def test_any_text_may_stand_in_accept_encoding(accepted):
    assert coding_of(accepted) in ("", *CODINGS)


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Client:
    """Return a client of one site, for tests that only ask."""
    root = tmp_path_factory.mktemp("served")
    for name, content in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return create_app(root).test_client()


ETAGS = st.sampled_from(["*", "OWN", "W/OWN", "OWN-gzip", '"x"', 'W/"x"', "", '"', "x", '""', ",", "\xe4"])
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "If-None-Match": st.lists(ETAGS, max_size=3).map(", ".join),
        "If-Match": st.lists(ETAGS, max_size=3).map(", ".join),
        "If-Range": ETAGS | st.just("Fri, 20 Nov 1992 12:00:00 GMT"),
        "If-Modified-Since": st.just("Fri, 20 Nov 2037 12:00:00 GMT") | st.text("0123 GMT", max_size=9),
        "Range": st.from_regex(r"bytes=([0-9]{0,5}-[0-9]{0,5},?){1,3}", fullmatch=True)
        | st.text("byte=s0-9,", max_size=12),
        "Accept-Encoding": st.lists(NAMES, max_size=3).map(", ".join),
    },
)


@settings(max_examples=300)
@given(
    url=st.sampled_from(["/posts/a/", "/posts/trip/map.png", "/static/own.css", "/posts/a", "/nowhere/"]),
    headers=HEADERS,
    method=st.sampled_from(["GET", "HEAD"]),
)
def test_whatever_is_asked_the_bytes_are_those_of_the_answer(served, url, headers, method):
    plain = served.get(url)
    own = plain.headers.get("ETag", '"none"')
    headers = {
        name: value.replace("OWN-gzip", own[:-1] + '-gzip"').replace("OWN", own).encode().decode("latin-1")
        for name, value in headers.items()
    }
    answer = served.open(url, method=method, headers=headers)
    decoded = DECODE[answer.headers.get("Content-Encoding")](answer.data) if answer.data else b""
    if method == "HEAD" or answer.status_code in (304, 412, 416):
        assert decoded == b""
    elif answer.status_code == 206:
        first, last = map(int, answer.headers["Content-Range"][6:].split("/")[0].split("-"))
        assert decoded == plain.data[first : last + 1]
    else:
        assert (answer.status_code, decoded) == (plain.status_code, plain.data)
    if method == "GET" and answer.status_code != 304:
        assert answer.headers["Content-Length"] == str(len(answer.data))
    assert answer.headers.get("Vary", plain.headers.get("Vary")) == plain.headers.get("Vary")


# Memory


def counted(app: Flask) -> int:
    """Return what all that is kept takes by now."""
    return sum(kept.size for kept in cache(app).kept.values())


def many(count: int, words: int = 2000) -> dict[str, str | bytes]:
    source = random.Random(5)
    text = lambda: " ".join(source.choices(string.ascii_letters, k=words))  # noqa: E731
    return {f"posts/p{n}.md": f"---\ntitle: P{n}\ndate: 2026-01-01\n---\n\n{text()}\n" for n in range(count)}


def test_memory_stays_bounded_and_what_was_asked_for_lately_stays(made):
    made.write(many(150, 8000))
    made.settings(memory=1)
    app = made.app()
    client, largest = app.test_client(), 0
    for number in range(150):
        for coding in ("", "gzip", "br"):
            client.get(f"/posts/p{number}/", headers={"Accept-Encoding": coding})
            largest = max(largest, cache(app).size)
            assert cache(app).size == counted(app)
        client.get("/posts/p0/")
    assert largest <= 1_000_000
    assert {"/posts/p0/", "/posts/p149/"} <= cache(app).kept.keys()
    assert 20 < len(cache(app).kept) < 100


def test_what_is_counted_is_what_it_takes(made):
    made.write(many(120, 4000))
    app = made.app()
    client = app.test_client()
    urls = [f"/posts/p{number}/" for number in range(120)]
    for url in urls:  # everything else that a request leaves behind
        client.get(url)
    cache(app).kept.clear()
    cache(app).size = 0
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for url in urls:
        client.get(url)
        client.get(url, headers={"Accept-Encoding": "gzip"})
    taken = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert cache(app).size > 120 * OVERHEAD
    assert 0.5 < taken / cache(app).size < 1.1


def test_the_count_is_right_after_many_threads(made):
    made.write(many(60))
    made.settings(memory=1)
    app = made.app()
    urls, wrong = [f"/posts/p{number}/" for number in range(60)], []

    def ask(seed: int) -> None:
        source, client = random.Random(seed), app.test_client()
        for _ in range(150):
            url, coding = source.choice(urls), source.choice(["", "gzip", "br"])
            answer = client.get(url, headers={"Accept-Encoding": coding})
            title = f"<title>P{url[8:-1]} ".encode()
            if answer.status_code != 200 or title not in DECODE[answer.headers.get("Content-Encoding")](answer.data):
                wrong.append(url)
            if source.random() < 0.05:
                with cache(app).lock:
                    cache(app).drop(url)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(8)))
    assert wrong == []
    assert cache(app).size == counted(app) <= 1_000_000
    assert cache(app).making == {}


@pytest.mark.parametrize("coding", ["", "gzip"])
def test_a_herd_has_an_answer_made_once(made, coding):
    made.write(FILES)
    app, made_of, go = made.app(), [], threading.Barrier(16)
    app.before_request(lambda: made_of.append(request.path))
    urls = ["/posts/a/", "/posts/b/", "/"]

    def ask(number: int) -> bytes:
        go.wait()
        return app.test_client().get(urls[number % 3], headers={"Accept-Encoding": coding}).data

    with ThreadPoolExecutor(16) as pool:
        bodies = list(pool.map(ask, range(16)))
    assert len(set(bodies)) == 3
    assert sorted(made_of) == sorted(urls)
    assert cache(app).size == counted(app)


# Never stale


def stale(made, app: Flask) -> dict[str, Any]:
    """Return what an app answers that one without memory would answer otherwise."""
    of(app).library.refresh()
    fresh = answers(made.app(without=["cache"]))
    client = app.test_client()
    kept = {url: said(client.get(url, buffered=True)) for url in fresh}
    return {url: (kept[url], fresh[url]) for url in fresh if kept[url] != fresh[url]}


CHANGES: dict[str, dict[str, str | bytes]] = {
    "a text": {"posts/a.md": POST.format("A", 1, "a", "Other words.")},
    "a title": {"posts/a.md": POST.format("Other", 1, "a", WORDS)},
    "a date": {"posts/a.md": POST.format("A", 9, "a", WORDS)},
    "a tag": {"posts/a.md": POST.format("A", 1, "a", WORDS).replace("sea", "land")},
    "an alias": {"posts/a.md": POST.format("A", 1, "other", WORDS)},
    "a draft": {"posts/a.md": POST.format("A", 1, "a", WORDS).replace("title", "draft: true\ntitle")},
    "an address": {"posts/a.md": POST.format("A", 1, "a", WORDS).replace("title", "slug: moved\ntitle")},
    "a menu": {"pages/about.md": "---\ntitle: About\n---\n\nWords.\n"},
    "a new post": {"posts/c.md": POST.format("C", 4, "c", WORDS)},
    "a page in the place of a list": {"pages/archive.md": "# My archive\n"},
    "a page in the place of an alias": {"pages/old/a.md": "# Old\n"},
    "a front page": {"pages/index.md": "# Home\n"},
    "a broken post": {"posts/a.md": "---\ntitle: [\n---\n"},
    "an asset": {"posts/trip/map.png": b"other"},
    "a style": {"static/own.css": "b { color: blue }\n" * 90},
    "a style of the theme": {"static/theme.css": "b {}"},
    "a style for feeds": {"static/feed.css": "b {}"},
    "a page for what isn't there": {"pages/404.md": "# Lost\n"},
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_answer_is_stale_after_a_change(made, change):
    made.write(FILES)
    app = made.app()
    before = answers(app)
    made.write(CHANGES[change])
    assert stale(made, app) == {}
    assert answers(app) != before
    for name in CHANGES[change].keys() - FILES.keys():
        (made.root / name).unlink()
    made.write(FILES)
    assert stale(made, app) == {}


def test_a_post_appears_at_its_second_everywhere(made):
    made.write(
        FILES | {"posts/soon.md": POST.format("Soon", 1, "soon", WORDS).replace("2026-01-01", "2026-11-20 13:00:00")}
    )
    app = made.app()
    client = app.test_client()
    made.now = made.now.replace(hour=12, minute=59, second=59)
    everywhere = ("/", "/archive/", "/tags/", "/tags/sea/", "/feed.xml", "/atom.xml", "/feed.json", "/sitemap.xml")
    alone = ("/posts/soon/", "/old/soon/")
    before = {url: client.get(url).data for url in everywhere}
    assert [client.get(url).status_code for url in alone] == [404, 404]
    made.now += timedelta(seconds=1)
    assert [url for url in everywhere if client.get(url).data == before[url]] == []
    assert [client.get(url).status_code for url in alone] == [200, 301]
    assert stale(made, app) == {}
    made.now -= timedelta(seconds=1)
    assert {url: client.get(url).data for url in everywhere} == before
    assert [client.get(url).status_code for url in alone] == [404, 404]


def test_a_change_to_a_text_leaves_the_answers_that_do_not_show_it(made):
    made.write(FILES | {"posts/a.md": POST.format("A", 1, "a", f"{WORDS}\n\n{WORDS}\n\nThe end.\n" + "More. " * 300)})
    app, made_of = made.app(), []
    app.before_request(lambda: made_of.append(request.path))
    before = answers(app)
    made_of.clear()
    made.write({"posts/a.md": (made.root / "posts/a.md").read_text() + "\nOne word.\n"})
    of(app).library.refresh()
    after = answers(app)
    changed = {url for url in before if before[url] != after[url]}
    of_tag = {f"/tags/sea/{name}" for name in ("feed.xml", "atom.xml", "feed.json")}
    assert changed == {"/posts/a/", "/posts/a/?page=2", "/feed.xml", "/atom.xml", "/feed.json", *of_tag}
    assert {url for url in made_of if after[url][0] == 200} == changed - {"/posts/a/?page=2"}


SHOWING = {  # another text, or what it says, in all ways that there are
    "posts/embeds.md": POST.format("Embeds", 4, "embeds", "![[a]]"),
    "posts/links.md": POST.format("Links", 5, "links", "[[a]] [b](b.md) ![map](trip/map.png)"),
    "pages/all.md": "---\ntitle: All\n---\n\n{% for post in site.posts %}{{ post.excerpt }}{% endfor %}\n",
    "pages/included.md": "---\ntitle: Included\n---\n\n{% include part.md %}\n",
    "_includes/part.md": "A part.\n",
}


def test_after_an_edit_of_a_text_every_answer_that_shows_it_is_made_again(made):
    made.settings(markdown=["wikilinks", "liquid"])
    made.write(FILES | SHOWING)
    app = made.app(live=True)
    of(app).keep_up()
    for number, name in enumerate(("posts/a.md", "posts/b.md", "posts/a.md", "pages/about.md")):
        assert stale(made, app) == {}
        state = of(app).library.catalogue
        made.write({name: f"{(made.root / name).read_text()}\n\nEdit number {number}.\n"})
        of(app).live.look()
        assert of(app).library.catalogue.edited[state.token] == {name}, "nothing but a text"
    assert stale(made, app) == {}
    of(app).live.end()


def test_after_an_edit_of_a_text_answers_that_rest_on_others_are_not_looked_through(made, monkeypatch):
    made.write(FILES)
    app = made.app(live=True)
    of(app).keep_up()
    client = app.test_client()
    before = {url: client.get(url).data for url in ("/posts/b/", "/about/", "/archive/")}
    made.write({"posts/a.md": f"{(made.root / 'posts/a.md').read_text()}\n\nMore.\n"})
    of(app).live.look()
    monkeypatch.setattr("blog.features.cache.Cache.answers", lambda *_: pytest.fail("looked through"))
    assert {url: client.get(url).data for url in before} == before
    of(app).live.end()


def test_what_is_known_of_questions_is_of_questions_that_there_are():
    parts = [item for part in Library.__mro__ for item in vars(part).items()]
    questions = {name for name, found in parts if hasattr(found, "__wrapped__")}
    assert {*OF_A_TEXT, *OF_NO_TEXT} <= questions


def test_nothing_is_made_again_while_nothing_changes(made):
    made.write(FILES)
    app, made_of = made.app(), []
    app.before_request(lambda: made_of.append(request.path))
    answers(app)
    made_of.clear()
    answers(app)
    assert set(made_of) == {"/nowhere/", "/static/", "/posts/trip/none.png"}


class Edits(RuleBasedStateMachine):
    """Whatever is done to the files and the clock, the cache answers as an app that was started just now.

    With ``live`` a state stands until the library is told of a change, as it is while a thread follows the files.
    """

    live = False

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="edits-"))
        self.other = Path(tempfile.mkdtemp(prefix="edits-"))
        self.now = 1_790_000_000
        self.write("posts/a.md", "A", 1, ["sea"], "Text.", "")

    def clock(self) -> Any:
        from datetime import UTC, datetime

        return datetime.fromtimestamp(self.now, UTC)

    @initialize()
    def start(self) -> None:
        self.app = create_app(self.root, clock=self.clock, live=self.live)
        if self.live:
            live = of(self.app).live
            assert live
            live.begin()
            live.end()

    def teardown(self) -> None:
        shutil.rmtree(self.root)
        shutil.rmtree(self.other)

    def write(self, name: str, title: str, day: int, tags: list[str], body: str, extra: str) -> None:
        header = f"title: {title}\ndate: 2026-09-{day:02}T12:00:00Z\ntags: [{', '.join(tags)}]\n{extra}"
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{header}---\n\n{body}\n")

    @rule(
        name=st.sampled_from(["posts/a.md", "posts/b.md", "posts/trip/index.md", "pages/c.md", "pages/archive.md"]),
        title=st.sampled_from(["A", "B", "C d"]),
        day=st.integers(18, 25),
        tags=st.lists(st.sampled_from(["sea", "Sea", "land"]), unique=True, max_size=2),
        body=st.sampled_from(["Text.", "[a](a.md) and ![m](m.svg)", "[b](../posts/b.md)", f"{WORDS}\n"]),
        extra=st.sampled_from(["", "draft: true\n", "menu: main\n", "aliases: [/x/]\n", "slug: s\n", "url: /x/\n"]),
    )
    def edit(self, name: str, title: str, day: int, tags: list[str], body: str, extra: str) -> None:
        self.write(name, title, day, tags, body, extra)

    @rule(
        name=st.sampled_from(["posts/a.md", "posts/b.md"]), body=st.sampled_from(["", "---\ntitle: [\n---\n", "Plain"])
    )
    def half_save(self, name: str, body: str) -> None:
        if not self.live:  # a live site keeps what it knew
            (self.root / name).write_text(body)

    @rule(data=st.data())
    def delete(self, data: Any) -> None:
        if files := self.files():
            data.draw(st.sampled_from(files)).unlink()

    @rule(data=st.data(), to=st.sampled_from(["posts/a.md", "posts/z.md", "pages/z.md", "posts/trip/m.svg"]))
    def rename(self, data: Any, to: str) -> None:
        if files := self.files():
            (self.root / to).parent.mkdir(parents=True, exist_ok=True)
            data.draw(st.sampled_from(files)).rename(self.root / to)

    @rule(
        name=st.sampled_from(["posts/m.svg", "posts/trip/m.svg", "static/own.css", "static/theme.css"]),
        size=st.integers(1, 2),
    )
    def draw(self, name: str, size: int) -> None:
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text("<svg/>" * size)

    @rule(seconds=st.sampled_from([1, 43_200, 86_400, 400_000, -43_200, -400_000]))
    def wait(self, seconds: int) -> None:
        self.now += seconds

    def files(self) -> list[Path]:
        return sorted(path for path in self.root.glob("[ps]*/**/*") if path.is_file())

    @invariant()
    def answers_as_fresh(self) -> None:
        if not hasattr(self, "app"):
            return
        live = of(self.app).live
        if live:
            live.changed(set())
        else:
            of(self.app).library.refresh()
        shutil.rmtree(self.other)
        fresh = create_app(
            settings=replace(load(self.root, {}), cache=str(self.other)), clock=self.clock, without=["cache"]
        )
        of(fresh).library.refresh()
        expected = answers(fresh)
        client = self.app.test_client()
        for _ in range(2):
            for url, answer in expected.items():
                assert said(client.get(url, buffered=True)) == answer, url
        assert cache(self.app).size == counted(self.app)


class LiveEdits(Edits):
    live = True


TestEdits = Edits.TestCase
TestEdits.settings = settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None)
TestLiveEdits = LiveEdits.TestCase
TestLiveEdits.settings = TestEdits.settings


def test_a_kept_answer_leaves_the_date_to_the_server(made):
    made.write({"posts/a.md": "# A\n"})
    client = made.app().test_client()
    assert "Date" not in client.get("/posts/a/").headers
    assert "Date" not in client.get("/posts/a/").headers


def test_a_hostile_range_takes_no_longer_than_its_length(made, grows_linearly):
    from blog.conditions import in_part

    def ask(header: str) -> object:
        return [in_part({"REQUEST_METHOD": "GET", "HTTP_RANGE": header}) for _ in range(2000)]

    grows_linearly(ask, lambda size: "bytes=" + " " * size + "x", 2000)
    assert not in_part({"REQUEST_METHOD": "GET", "HTTP_RANGE": "bytes=" + " " * 7000 + "x"})


@pytest.mark.parametrize("size", [999_000, 1_001_000, 7_900_000])
def test_a_part_of_a_file_of_any_size_can_be_asked_for(made, size):
    made.write({"posts/a/index.md": "# A\n", "posts/a/talk.mp4": bytes(size)})
    client = made.app().test_client()
    whole = client.head("/posts/a/talk.mp4", buffered=True)
    part = client.get("/posts/a/talk.mp4", headers={"Range": "bytes=10-19"}, buffered=True)
    assert (part.status_code, len(part.data)) == (206, 10)
    assert part.headers["Content-Range"] == f"bytes 10-19/{size}"
    same = client.get("/posts/a/talk.mp4", headers={"If-None-Match": whole.headers["ETag"]}, buffered=True)
    assert same.status_code == 304


@pytest.mark.parametrize("without", [[], ["cache"]])
def test_what_is_wished_of_a_streamed_file_is_understood_as_of_any_other(made, without):
    made.write({"posts/a/index.md": "# A\n", "posts/a/talk.mp4": bytes(1_100_000)})
    client = made.app(without=without).test_client()
    known = client.head("/posts/a/talk.mp4", buffered=True).headers
    etag, long_ago = known["ETag"], "Mon, 01 Jan 2001 00:00:00 GMT"
    for method, headers, status, size in (
        ("GET", {"Range": "bytes=0-0,2-2"}, 200, 1_100_000),
        ("GET", {"Range": "bytes=" + "0-," * 1000}, 200, 1_100_000),
        ("GET", {"Range": "lines=0-1"}, 200, 1_100_000),
        ("HEAD", {"Range": "bytes=0-1"}, 200, 0),
        ("GET", {"Range": "bytes=0-1", "If-Range": etag}, 206, 2),
        ("GET", {"Range": "bytes=0-1", "If-Range": f"W/{etag}"}, 200, 1_100_000),
        ("GET", {"If-Match": "*"}, 200, 1_100_000),
        ("GET", {"If-Match": etag}, 200, 1_100_000),
        ("GET", {"If-Match": '"other"'}, 412, 0),
        ("GET", {"If-Match": f"W/{etag}"}, 412, 0),
        ("GET", {"If-Unmodified-Since": known["Last-Modified"]}, 200, 1_100_000),
        ("GET", {"If-Unmodified-Since": long_ago}, 412, 0),
        ("GET", {"If-Unmodified-Since": long_ago, "Range": "bytes=0-1"}, 412, 0),
    ):
        answer = client.open("/posts/a/talk.mp4", method=method, headers=headers, buffered=True)
        assert (answer.status_code, len(answer.data)) == (status, size), headers
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_large_page_is_made_once_and_compressed(made):
    made.write({"posts/a.md": "# A\n\n" + "Words of a long text. " * 60_000})
    app = made.app()
    client, cache, made_so_far = app.test_client(), app.extensions["blog_cache"], []
    cache.count = lambda: made_so_far.append(1)
    for _ in range(3):
        answer = client.get("/posts/a/", headers={"Accept-Encoding": "gzip"})
        assert answer.headers["Content-Encoding"] == "gzip"
    assert len(made_so_far) == 1


def test_what_a_visitor_says_of_himself_changes_no_answer(made):
    made.write(
        {"posts/a.md": "# A\n", "templates/post.html": "{{ request.headers | string | length }}{{ request.cookies }}"}
    )
    for memory in (0, 16):
        made.settings(memory=memory)
        client = made.app().test_client()
        plain = client.get("/posts/a/").data
        for headers in ({"User-Agent": "mallory"}, {"Cookie": "a=b"}, {"X-Forwarded-Host": "mallory.example"}):
            assert client.get("/posts/a/", headers=headers).data == plain


def test_a_page_under_more_slashes_is_not_kept(made):
    made.write({"posts/a.md": "# A\n"})
    app = made.app()
    for slashes in range(2, 9):
        app.test_client().get("/x/", environ_overrides={"PATH_INFO": "/" * slashes + "posts/a/"})
    assert app.extensions["blog_cache"].kept == {}


def test_an_unknown_version_leads_to_the_file_that_there_is(made):
    made.write({"posts/a.md": "# A\n"})
    app = made.app()
    answer = app.test_client().get("/static/theme.0123456789.css")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/static/theme.css")
    assert app.extensions["blog_cache"].kept == {}


# The shelf


def crowded(made) -> tuple[Flask, str]:
    """Return an app with more answers than its memory holds, and the address of one that is put away."""
    made.write(many(60, 8000))
    made.settings(memory=1)
    app = made.app()
    client, urls = app.test_client(), [f"/posts/p{number}/" for number in range(60)]
    for url in urls:
        client.get(url)
    return app, next(url for url in urls if url not in cache(app).kept)


def test_what_memory_has_no_room_for_is_put_away_and_not_made_again(made):
    made.write(many(60, 8000))
    made.settings(memory=1)
    app = made.app(live=True)
    client, urls = app.test_client(), [f"/posts/p{number}/" for number in range(60)]
    first = {url: client.get(url, headers={"Accept-Encoding": "gzip"}) for url in urls}
    asked: list[int] = []
    cache(app).count = lambda: asked.append(1)
    for url in reversed(urls):
        again = client.get(url, headers={"Accept-Encoding": "gzip"})
        assert (again.data, list(again.headers)) == (first[url].data, list(first[url].headers))
        known = client.get(url, headers={"If-None-Match": first[url].headers["ETag"]})
        assert known.status_code == 304
    assert not asked
    assert len(cache(app).kept) < 60
    of(app).live.end()


def test_what_was_put_away_is_made_again_when_it_has_changed(made):
    app, away = crowded(made)
    client = app.test_client()
    name = away.split("/")[2]
    made.write({f"posts/{name}.md": "---\ntitle: New\ndate: 2026-01-01\n---\n\nAnother text.\n"})
    of(app).library.refresh()
    assert "Another text." in client.get(away).text


def test_what_was_put_away_is_made_again_with_another_theme(made):
    app, away = crowded(made)
    client = app.test_client()
    made.write({"templates/post.html": "Another theme: {{ head.title }}\n"})
    theme_changed(app)
    assert client.get(away).text == "Another theme: " + away.split("/")[2].upper()
