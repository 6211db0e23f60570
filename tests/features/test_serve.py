"""``serve``: the command, as a process of its own."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

REPOSITORY = Path(__file__).parents[2]
SITE = {
    "posts/a.md": "---\ntitle: A\ndate: 2020-01-01\n---\n\nWords.\n",
    "posts/b.md": "---\ntitle: B\ndate: 2020-01-02\n---\n\nWords.\n",
    "posts/draft.md": "---\ntitle: Being written\ndraft: true\ndate: 2020-01-03\n---\n\nWords.\n",
    "posts/later.md": "---\ntitle: To come\ndate: 2099-01-01\n---\n\nWords.\n",
    "pages/about.md": "# About\n",
    "posts/broken.md": "---\ntitle: [\n---\n",
    "pyproject.toml": "[tool.blog]\ntitle = 'Notes'\n",
}


def text(url: str) -> str:
    """Return the text of a page."""
    with urlopen(url, timeout=20) as answer:
        return str(answer.read().decode())


def test_it_says_where_the_site_is_and_how_much_there_is(made, serving):
    made.write(SITE)
    said = serving(made.root).said.splitlines()
    assert said[0] == "posts/broken.md:3: YAML: did not find expected node content"
    assert re.fullmatch(r"Notes: http://127\.0\.0\.1:\d+/ \(Ctrl-C ends it\)", said[1])
    assert re.fullmatch(r"2 posts, 1 page, 1 draft, 1 to come, 1 problem, ready in \d+\.\d\d s", said[2])


def test_without_a_public_address_links_lead_to_where_it_serves(made, serving):
    made.write(SITE)
    served = serving(made.root)
    assert f'href="{served.address}/posts/a/"' in text(f"{served.address}/posts/a/")
    made.settings(url="https://example.org/")
    served = serving(made.root)
    assert 'href="https://example.org/posts/a/"' in text(f"{served.address}/posts/a/")


def test_in_an_empty_folder_it_begins_too(made, serving):
    served = serving(made.root)
    assert "0 posts, 0 pages, 0 drafts, no problem, ready in" in served.said
    assert "There are no posts yet." in text(f"{served.address}/")


def test_drafts_and_posts_to_come_are_shown_unless_they_are_not_wanted(made, serving):
    made.write(SITE)
    assert all(title in text(f"{serving(made.root).address}/") for title in ("Being written", "To come"))
    served = serving(made.root, "--no-drafts")
    front = text(f"{served.address}/")
    assert "Being written" not in front
    assert "To come" not in front
    assert "/-/dev/live.js" in front
    assert "2 posts, 1 page, 0 drafts, 1 problem" in served.said


def test_a_new_draft_appears_with_a_line(made, serving):
    made.write(SITE)
    served = serving(made.root)
    assert made.run("new", "Fresh").exit_code == 0
    served.wait_for("posts/fresh.md is new: 1 page made anew")
    assert "Fresh" in text(f"{served.address}/posts/fresh/")


def test_below_a_path_the_address_has_it(made, serving):
    made.write(SITE | {"pyproject.toml": "[tool.blog]\nurl = 'https://example.org/notes/'\n"})
    served = serving(made.root)
    address = re.search(r"http://\S+", served.said)[0]
    assert address == f"{served.address}/notes/"
    assert "Being written" in text(address)


def test_it_answers_many_at_once(made, serving):
    """One that sends nothing is in nobody's way."""
    made.write(SITE)
    served = serving(made.root)
    place = urlsplit(served.address)
    idle = [socket.create_connection((place.hostname, place.port)) for _ in range(10)]
    assert "Being written" in text(f"{served.address}/")
    for one in idle:
        one.close()


def test_it_ends_at_once_although_browsers_listen(made, serving):
    made.write(SITE)
    served = serving(made.root)
    place = urlsplit(served.address)
    streams = [HTTPConnection(place.hostname, place.port, timeout=20) for _ in range(6)]
    for stream in streams:
        stream.request("GET", "/-/dev/events?state=other")
        answer = stream.getresponse()
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        assert answer.readline() == b"retry: 300\n"
    start = time.monotonic()
    assert served.end() == 0
    took = time.monotonic() - start
    for stream in streams:
        stream.close()
    assert took < 5  # it is some 0.1 s; the bound is for a machine that does much else
    assert "Traceback" not in served.said


def test_a_port_that_is_taken_is_told_with_the_way_out(made):
    made.write(SITE)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = made.run("serve", "--port", str(port))
    other_port = port + 1 if port < 65535 else port - 1
    message = f"Error: port {port} is taken by another program; choose another one: --port {other_port}\n"
    assert (result.exit_code, result.output) == (1, message)


@pytest.mark.parametrize("host", ["nowhere.invalid", "..", "256.256.256.256", "1:2:3"])
def test_a_host_that_is_none_of_this_machine_is_told(made, host):
    result = made.run("serve", "--host", host)
    assert result.exit_code == 1
    assert re.fullmatch(rf"Error: can't listen at {re.escape(host)}, port 8000: .+\n", result.output)


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_is_none_is_refused(made, port):
    assert made.run("serve", "--port", port).exit_code == 2


def test_wrong_settings_at_the_start_are_told_in_one_line(made):
    made.settings(title=7)
    program = "from blog.cli import main; main(prog_name='blog')"
    done = subprocess.run(
        [sys.executable, "-c", program, "--site", str(made.root), "serve", "--port", "0"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "Error: pyproject.toml:2: title must be a string\n")


def test_another_name_of_this_machine_can_be_chosen_and_another_port(made, serving):
    made.write(SITE)
    served = serving(made.root, "--host", "127.0.0.1", "--port", "0")
    port = urlsplit(served.address).port
    assert port != 8000
    assert "drafts too" not in served.said


def test_it_opens_the_browser(made, serving, tmp_path):
    made.write(SITE)
    browser = tmp_path / "browser"
    browser.write_text(
        f'#!/bin/sh\necho "$1" > "{tmp_path}/asked.new" && mv "{tmp_path}/asked.new" "{tmp_path}/asked"\n'
    )
    browser.chmod(0o755)
    served = serving(made.root, "--open", BROWSER=f"{browser} %s")
    deadline = time.monotonic() + 20
    while not (tmp_path / "asked").exists() and time.monotonic() < deadline:
        text(f"{served.address}/-/health")
    assert (tmp_path / "asked").read_text() == f"{served.address}/\n"


def test_the_settings_of_a_site_that_is_served_to_others_do_no_harm_here(made, serving):
    """Its access log is not for these requests, and its cache in front has nothing to forget."""
    made.write(
        SITE | {"pyproject.toml": "[tool.blog]\naccess_log = 'log'\npurge = 'false'\nsurrogate_header = 'Cache-Tag'\n"}
    )
    served = serving(made.root)
    text(f"{served.address}/")
    made.write({"posts/a.md": SITE["posts/a.md"] + "More.\n"})
    served.wait_for("posts/a.md changed")
    assert (made.root / "log").read_text() == ""
    assert "purge" not in served.said


def test_make_serve_uses_it_with_its_port():
    command = ["make", "--no-print-directory", "--dry-run", "serve", "PORT=8123"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.splitlines()[-1] == ".venv/bin/flask serve --port 8123"
