"""The access log: a line of JSON for each request, that nobody from outside can forge."""

from __future__ import annotations

import io
import json
import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.features.access import Logged

POST = "---\ntitle: A\ndate: 2026-01-01\n---\nWords.\n"


def logged(made, *asked, **settings) -> list[dict]:
    made.write({"posts/a.md": POST})
    made.settings(access_log="log/access.jsonl", **settings)
    client = made.app().test_client()
    for url, options in asked:
        client.get(url, **options)
    return [json.loads(line) for line in (made.root / "log/access.jsonl").read_text().splitlines()]


def test_each_request_has_its_line(made):
    lines = logged(made, ("/posts/a/?x=1", {}), ("/nowhere/", {}), ("/posts/a", {}))
    assert [(line["path"], line["query"], line["status"]) for line in lines] == [
        ("/posts/a/", "x=1", 200),
        ("/nowhere/", "", 404),
        ("/posts/a", "", 301),
    ]
    assert lines[0]["bytes"] > 100
    assert all(line["ms"] >= 0 for line in lines)


def test_what_a_server_asks_itself_at_its_start_is_nobody_s_visit(made):
    made.write({"posts/a.md": "# A\n"})
    made.settings(access_log="log/access.jsonl")
    done = made.script("import blog.wsgi; print(len(blog.wsgi.app.extensions['blog_cache'].kept))")
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 2
    assert (made.root / "log/access.jsonl").read_text() == ""


def test_no_setting_no_log(made):
    made.write({"posts/a.md": POST})
    made.app().test_client().get("/")
    assert not (made.root / "log").exists()


@pytest.mark.parametrize(("proxies", "client"), [(0, "127.0.0.1"), (1, "192.0.2.7"), (2, "198.51.100.1")])
def test_only_so_many_proxies_are_believed(made, proxies, client):
    headers = {"X-Forwarded-For": "203.0.113.9, 198.51.100.1, 192.0.2.7"}
    (line,) = logged(made, ("/", {"headers": headers}), proxies=proxies)
    assert line["client"] == client


def test_a_log_that_cannot_be_written_refuses_the_start(made):
    made.write({"posts/a.md": POST, "log": "a file"})
    made.settings(access_log="log/access.jsonl")
    with pytest.raises(Exception, match="the access log can't be written"):
        made.app()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_is_told_once_in_one_line_and_requests_are_answered(made, caplog, capfd):
    made.write({"posts/a.md": POST})
    made.settings(access_log="/dev/full")
    client = made.app().test_client()
    assert [client.get("/").status_code for _ in range(3)] == [200] * 3
    assert [record.getMessage() for record in caplog.records] == [
        "the access log can't be written: /dev/full: No space left on device"
    ]
    assert "Traceback" not in capfd.readouterr().err


def test_a_folder_that_goes_while_serving_stops_no_request(made, caplog):
    made.write({"posts/a.md": POST})
    made.settings(access_log="log/access.jsonl")
    client = made.app().test_client()
    (made.root / "log").rename(made.root / "log.1")
    assert [client.get("/").status_code for _ in range(3)] == [200] * 3
    assert len(caplog.records) == 1


@given(st.text(max_size=50), st.text(max_size=50), st.text(max_size=50))
def test_whatever_is_asked_it_is_one_line(path, query, agent):
    said = io.StringIO()
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "HTTP_USER_AGENT": agent}
    Logged(lambda _environ, start: start("200 OK", []) or [], logging.StreamHandler(said))(environ, lambda *_: None)
    line, rest = said.getvalue().split("\n")
    assert json.loads(line)["agent"] == agent
    assert not rest


def test_a_log_that_is_moved_away_is_begun_anew(made):
    made.write({"posts/a.md": POST})
    made.settings(access_log="access.jsonl")
    client = made.app().test_client()
    client.get("/")
    (made.root / "access.jsonl").rename(made.root / "access.jsonl.1")
    client.get("/posts/a/")
    assert json.loads((made.root / "access.jsonl").read_text())["path"] == "/posts/a/"
    assert json.loads((made.root / "access.jsonl.1").read_text())["path"] == "/"
