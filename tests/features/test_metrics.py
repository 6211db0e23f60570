"""Metrics: what is counted, by all processes together, and what readers say of their subscribers."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.features.metrics import READERS, subscribers

POST = "---\ntitle: A\ndate: 2026-01-01\n---\nWords.\n"

# Metrics are those of a process: each test has one of its own.
SCRIPT = """
import sys
from blog import create_app
from blog.site import of
app = create_app(sys.argv[1], live=True)
client = app.test_client()
for url, agent in zip(sys.argv[2::2], sys.argv[3::2]):
    client.get(url, headers={"User-Agent": agent})
print(client.get(of(app).settings.base_path + "/-/metrics").text)
of(app).live.end()
"""


def measured(made, *asked: str) -> dict[str, float]:
    """Return the metrics after some requests: pairs of address and user agent."""
    pytest.importorskip("prometheus_client", reason="needs the package prometheus-client")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("BLOG_", "PROMETHEUS_"))}
    command = [sys.executable, "-c", SCRIPT, str(made.root), *asked]
    said = subprocess.run(command, capture_output=True, text=True, env=environment, check=True, timeout=60).stdout
    lines = [line.rsplit(" ", 1) for line in said.splitlines() if line and not line.startswith("#")]
    return {name: float(value) for name, value in lines}


def test_requests_and_what_was_made_are_counted(made):
    made.write({"posts/a.md": POST})
    made.settings(metrics=True)
    found = measured(made, *("/posts/a/", "x") * 3, "/nowhere/", "x")
    assert found['blog_requests_total{method="GET",status="200"}'] == 3
    assert found['blog_requests_total{method="GET",status="404"}'] == 1
    assert found["blog_answers_made_total"] == 2
    assert 0 <= found["blog_index_age_seconds"] < 60


def test_processes_are_counted_together(made):
    made.write({"posts/a.md": POST})
    made.settings(metrics=True)
    measured(made, "/posts/a/", "x")
    found = measured(made, "/posts/a/", "x", "/posts/a/", "x")
    # three pages, and the metrics of the first process
    assert found['blog_requests_total{method="GET",status="200"}'] == 4


def test_a_process_that_has_ended_says_nothing_of_itself_any_more(made):
    made.write({"posts/a.md": POST})
    made.settings(metrics=True)
    folder = made.root / ".flatleaf/metrics"
    for _ in range(2):
        measured(made, "/posts/a/", "x")
        assert len(list(folder.glob("gauge_live*.db"))) == 1
    assert len(list(folder.glob("counter_*.db"))) == 2


def test_subscribers_are_what_readers_say(made):
    made.write({"posts/a.md": POST})
    made.settings(metrics=True)
    found = measured(made, "/feed.xml", "Feedbin feed-id:1 - 12 subscribers", "/feed.xml", "Mozilla/5.0")
    assert {name: value for name, value in found.items() if "subscribers" in name} == {
        'blog_feed_subscribers{feed="/feed.xml",reader="Feedbin"}': 12
    }


def test_labels_are_few_whatever_is_said(made):
    made.write({"posts/a.md": POST.replace("---\nWords", "tags: [sea, sky]\n---\nWords")})
    made.settings(metrics=True, url="https://example.org/notes/")
    asked = ("/posts/a/", "/tags/sea/feed.xml", "/tags/sky/feed.xml", "/nowhere/feed.xml", "/feed.xml", "/feed.xml?x=1")
    agents = [f"Reader{number}/1.0 ({number} subscribers)" for number in range(1, 7)]
    pairs = [(f"/notes{path}", agent) for path, agent in zip(asked, agents, strict=True)]
    found = measured(made, *sum(pairs, ()))
    assert {name: value for name, value in found.items() if "subscribers" in name} == {
        'blog_feed_subscribers{feed="tag",reader="other"}': 3,
        'blog_feed_subscribers{feed="/feed.xml",reader="other"}': 6,
    }


def test_without_the_setting_there_is_no_such_address(made):
    made.write({"posts/a.md": POST})
    assert made.app().test_client().get("/-/metrics").status_code == 404


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Feedbin feed-id:1373711 - 142 subscribers", ("Feedbin", 142)),
        ("Feedly/1.0 (+http://www.feedly.com/fetcher.html; 20 subscribers; like FeedFetcher-Google)", ("Feedly", 20)),
        ("NewsBlur Feed Fetcher - 1 subscriber - http://www.newsblur.com/site/1/x", ("NewsBlur", 1)),
        ("Inoreader/1.0 (+http://www.inoreader.com/feed-fetcher; 7 subscribers; )", ("Inoreader", 7)),
        ("Mozilla/5.0 (compatible; theoldreader.com; 3 subscribers; feed-id=1)", ("TheOldReader", 3)),
        ("Mine/1.0 (2 subscribers)", ("other", 2)),
        ("Mozilla/5.0", None),
        ("x 99999999999 subscribers", None),
    ],
)
def test_the_number_is_found_as_readers_write_it(agent, said):
    assert subscribers(agent) == said


@given(st.text(max_size=700))
def test_any_user_agent_can_be_read(agent):
    found = subscribers(agent)
    assert found is None or (found[0] in (*READERS, "other") and 0 <= found[1] < 10**7)


FULL = """
import resource, signal
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
from blog import create_app
client = create_app(live=True).test_client()
print(client.get("/").status_code, client.get("/-/metrics").status_code, *Path(".flatleaf/metrics").iterdir())
"""
GONE = """
import shutil
from blog import create_app
client = create_app().test_client()
client.get("/")
shutil.rmtree(".flatleaf/metrics")
answer = client.get("/-/metrics")
print(answer.status_code, 'blog_requests_total{method="GET",status="200"}' in answer.text)
"""


@pytest.mark.parametrize(("script", "said"), [(FULL, "200 200\n"), (GONE, "200 True\n")], ids=["full", "gone"])
def test_where_counts_can_not_be_written_they_are_those_of_this_process(made, script, said):
    pytest.importorskip("prometheus_client", reason="needs the package prometheus-client")
    made.write({"posts/a.md": POST})
    made.settings(metrics=True)
    done = made.script(script)
    assert (done.returncode, done.stdout) == (0, said), done.stderr
