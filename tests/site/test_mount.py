"""The path of the public address: every link leads below it, and nothing answers beside it."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from lxml import etree
from lxml import html as parser

from .conftest import ALL, SITE

BASE = "https://example.org/blog/"

RAW = (
    "---\ntitle: Raw\ndate: 2020-03-04\n---\n\n"
    '<a href="/about/">a</a> <img src="/static/own.css" alt=""> <a href=\'/posts/hello/\'>b</a> [c](/about/)'
    ' <a href="//other.example/">d</a> [e](hello.md) <img srcset="/static/own.css 2x" src="map.png" alt="">\n'
)


@pytest.fixture
def below(made):
    made.write(SITE | {"posts/raw.md": RAW})
    made.settings(url=BASE, title="Below")
    return made


def links_of(page: bytes) -> set[str]:
    found = {link for _, attribute, link, _ in parser.document_fromstring(page).iterlinks() if attribute}
    return {link for link in found if not link.startswith(("#", "mailto:"))}


def test_below_a_base_path_every_link_on_every_page_leads_below_it(below):
    client = below.app().test_client()
    for url in [*ALL, "/posts/raw/"]:
        response = client.get(f"/blog{url}", buffered=True)
        assert response.status_code in (200, 301), url
        if not response.mimetype.endswith("html"):
            continue
        for link in links_of(response.data):
            parts = urlsplit(link)
            if parts.netloc not in ("", "example.org"):
                continue
            inside = parts.path.startswith("/blog/") or link in ("map.png",)
            assert inside, f"{link} on {url}"


def test_below_a_base_path_raw_html_links_and_those_to_files_get_it_once(below):
    page = below.body("/blog/posts/raw/")
    for expected in (
        '<a href="/blog/about/">a</a>',
        '<img src="/blog/static/own.css" alt="">',
        '<a href="/blog/posts/hello/">b</a>',
        '<a href="/blog/about/">c</a>',
        '<a href="//other.example/">d</a>',
        'srcset="/blog/static/own.css 2x"',
        'src="map.png"',
    ):
        assert expected in page
    assert "/blog/blog/" not in page


def test_below_a_base_path_feeds_and_sitemap_hold_whole_addresses(below):
    client = below.app().test_client()
    for url in ("/feed.xml", "/atom.xml", "/sitemap.xml", "/tags/new-york/feed.xml"):
        body = client.get(f"/blog{url}").data
        etree.fromstring(body)
        text = body.decode()
        assert "https://example.org/blog/posts/hello/" in text
        assert "/blog/blog/" not in text
        assert "https://example.org/posts/" not in text
    said = json.loads(client.get("/blog/feed.json").data)
    assert said["home_page_url"] == BASE
    assert said["feed_url"] == f"{BASE}feed.json"
    raw = next(item for item in said["items"] if item["title"] == "Raw")
    assert raw["url"] == f"{BASE}posts/raw/"
    assert '<a href="https://example.org/blog/about/">a</a>' in raw["content_html"]
    assert 'src="https://example.org/blog/posts/raw/map.png"' in raw["content_html"]


def test_below_a_base_path_redirects_stay_below_it(below):
    client = below.app().test_client()
    for url, target in (
        ("/old/", "/blog/posts/hello/"),
        ("/older.html", "/blog/posts/hello/"),
        ("/about", "/blog/about/"),
        ("/tags", "/blog/tags/"),
        ("/posts/", "/blog/"),
        ("/tags/New%20York/", "/blog/tags/new-york/"),
    ):
        response = client.get(f"/blog{url}")
        assert (response.status_code, response.headers["Location"]) == (301, target), url


def test_the_root_leads_to_the_base_path_and_nothing_else_is_outside_it(below):
    client = below.app().test_client()
    for url in ("/", "/blog"):
        response = client.get(url)
        assert (response.status_code, response.headers["Location"]) == (301, "/blog/")
    for url in ("/about/", "/blogger/", "/feed.xml", "/static/own.css"):
        assert client.get(url).status_code == 404


def test_a_server_that_mounts_the_app_below_the_base_path_gets_the_same(below):
    app = below.app()
    mounted = app.test_client().get("/about/", base_url=BASE)
    assert mounted.data == app.test_client().get("/blog/about/").data


def test_below_a_base_path_the_build_holds_no_folder_for_it(below):
    tree = below.freeze()
    assert "posts/raw/index.html" in tree
    assert not any(name.startswith("blog/") for name in tree)
    client = below.app().test_client()
    for name, body in tree.items():
        url = name.removesuffix("index.html")
        assert client.get(f"/blog/{url}", buffered=True).data == body, name
    assert b'href="/blog/posts/hello/"' in tree["old/index.html"]


def test_a_menu_entry_within_the_site_gets_the_base_path_and_one_elsewhere_does_not(made):
    made.write(
        {
            "pages/about.md": "---\ntitle: About\nmenu: main\n---\n\nText.\n",
            "pyproject.toml": f'[tool.blog]\nurl = "{BASE}"\nmenu = [\n'
            '  { name = "Feed", url = "/feed.xml" }, { name = "Code", url = "https://code.example/" }]\n',
        }
    )
    page = made.body("/blog/about/")
    assert '<a href="/blog/about/" aria-current="page">About</a>' in page
    assert '<a href="/blog/feed.xml">Feed</a>' in page
    assert '<a href="https://code.example/">Code</a>' in page
