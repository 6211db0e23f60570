"""What comes over the wire before a text can be read: the page and its style sheet, with their headers."""

from __future__ import annotations

from pathlib import Path

import pytest

from blog import create_app

brotli = pytest.importorskip("brotli", reason="needs the package brotli")
ROOT = Path(__file__).parent.parent
LIMIT = 14 * 1024  # what a server may send before it hears from the browser: ten packets, RFC 6928
WORDS = "A paragraph of some length, as people write them, with words of which each has its own letters. " * 5


def wire(client, url):
    """Return how many bytes an answer takes: status line, headers, body as brotli makes it while serving."""
    response = client.get(url, headers={"Accept-Encoding": "br"}, buffered=True)
    assert response.status_code == 200
    body = response.data if response.content_encoding == "br" else brotli.compress(response.data, quality=5)
    headers = "".join(f"{name}: {value}\r\n" for name, value in response.headers)
    return len(f"HTTP/1.1 200 OK\r\n{headers}\r\n") + len(body)


def sheets(html):
    import re

    return re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)


def weight(client, url):
    page = client.get(url, buffered=True).get_data(as_text=True)
    return wire(client, url) + sum(wire(client, sheet) for sheet in sheets(page))


def test_a_text_and_its_style_come_in_one_round_trip(made):
    made.write({"posts/text.md": f"---\ntitle: A text\ndate: 2026-01-01\ntags: [one, two]\n---\n\n{WORDS}\n\n## One\n"})
    made.settings(author="Me", author_bio="Writes.", licence="CC BY 4.0", url="https://example.org/", accent="#c2410c")
    assert weight(made.app().test_client(), "/posts/text/") < LIMIT


def test_so_do_the_posts_of_this_site(tmp_path, monkeypatch):
    monkeypatch.setenv("BLOG_CACHE", str(tmp_path))
    client = create_app(ROOT).test_client()
    weights = {url: weight(client, url) for url in ("/posts/moving-in/", "/posts/writing-your-first-post/", "/about/")}
    assert {url: found for url, found in weights.items() if found > LIMIT} == {}


def test_the_scripts_are_small(made):
    made.write({"posts/code.md": "# Code\n\n```python\nx = 1\n```\n"})
    client = made.app().test_client()
    assert sum(wire(client, f"/static/{name}.js") for name in ("theme", "copy")) < 3 * 1024
