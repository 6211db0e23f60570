"""What comes over the wire before a text can be read: the page and its style sheets, with their headers.

The promise is of texts in the reader's own fonts. Blocks of code, formulas and cards have a sheet each, and the theme's
own font has one (docs/look.md says how large they are): those come on top.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from pathlib import Path

import pytest

from blog import create_app, sheets
from blog.settings import load

brotli = pytest.importorskip("brotli", reason="needs the package brotli")
ROOT = Path(__file__).parent.parent
LIMIT = 14 * 1024  # what a server may send before it hears from the browser: ten packets, RFC 6928
WORDS = "A paragraph of some length, as people write them, with words of which each has its own letters. " * 5
PACKED = {"br": lambda data: brotli.compress(data, quality=5), "gzip": lambda data: gzip.compress(data, 6)}
EXTRA = re.compile(rf"/static/(?:{'|'.join(sheets.DRAWN)})\.")


def wire(client, url, coding):
    """Return how many bytes an answer takes: status line, headers, body as it is packed while serving."""
    response = client.get(url, headers={"Accept-Encoding": coding}, buffered=True)
    assert response.status_code == 200
    body = response.data if response.content_encoding == coding else PACKED[coding](response.data)
    headers = "".join(f"{name}: {value}\r\n" for name, value in response.headers)
    return len(f"HTTP/1.1 200 OK\r\n{headers}\r\n") + len(body)


def linked(html):
    """Return the style sheets of a page."""
    return re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)


def weight(client, url, coding, extra=True):
    """Return what a page takes with its style sheets; ``extra`` is whether with those of code and the like."""
    found = linked(client.get(url, buffered=True).get_data(as_text=True))
    wanted = [sheet for sheet in found if extra or not EXTRA.match(sheet)]
    return wire(client, url, coding) + sum(wire(client, sheet, coding) for sheet in wanted)


@pytest.fixture(scope="module")
def guide(tmp_path_factory):
    """Return a client of this repository's site, set in the reader's own fonts."""
    cache = str(tmp_path_factory.mktemp("cache"))
    return create_app(settings=replace(load(ROOT, {}), font="system", cache=cache)).test_client()


@pytest.fixture(scope="module")
def texts(guide):
    """Return the addresses of all posts and pages of this repository, and the HTML of each."""
    found = re.findall(r"<loc>https?://[^/]+([^<]*)</loc>", guide.get("/sitemap.xml").get_data(as_text=True))
    pages = {url: guide.get(url, buffered=True).get_data(as_text=True) for url in found}
    texts = {url: page for url, page in pages.items() if "/static/lists." not in page}
    assert len(texts) > 10
    return texts


@pytest.mark.parametrize("coding", PACKED)
def test_a_text_and_its_style_come_in_one_round_trip(made, coding):
    made.write({"posts/text.md": f"---\ntitle: A text\ndate: 2026-01-01\ntags: [one, two]\n---\n\n{WORDS}\n\n## One\n"})
    made.settings(author="Me", author_bio="Writes.", licence="CC BY 4.0", url="https://example.org/", accent="#c2410c")
    assert weight(made.app().test_client(), "/posts/text/", coding) < LIMIT


@pytest.mark.parametrize("coding", PACKED)
def test_so_does_every_text_of_this_site(guide, texts, coding):
    """What draws their code and cards is left out: it comes on top, as is said above."""
    weights = {url: weight(guide, url, coding, extra=False) for url in texts}
    showcase = [url for url in weights if url.endswith("/posts/markdown/")]  # which has every construct there is
    assert {url: found for url, found in weights.items() if found > LIMIT and url not in showcase} == {}


def test_with_their_code_they_take_little_more(guide, texts):
    weights = {url: weight(guide, url, "br") for url in texts if not url.endswith("/posts/markdown/")}
    assert len(weights) > 8
    assert {url: found for url, found in weights.items() if found > LIMIT + 1024} == {}


@pytest.mark.parametrize("name", sheets.DRAWN)
def test_what_only_some_pages_need_is_small(guide, name):
    for coding in PACKED:
        assert wire(guide, f"/static/{name}.css", coding) < 2 * 1024


def test_one_script_of_a_kilobyte_is_waited_for(guide, texts):
    for page in texts.values():
        scripts = re.findall(r'<script src="([^"]+)"([^>]*)>', page)
        waited = [url for url, how in scripts if "blocking" in how or ("defer" not in how and "async" not in how)]
        assert [re.sub(r"\.\w{10}\.", ".", url.rpartition("/")[2]) for url in waited] == ["theme.js"]
        assert wire(guide, waited[0], "gzip") < 1300


def test_the_scripts_are_small(made):
    made.write({"posts/code.md": "# Code\n\n```python\nx = 1\n```\n"})
    client = made.app().test_client()
    assert sum(wire(client, f"/static/{name}.js", "br") for name in ("theme", "copy")) < 3 * 1024
