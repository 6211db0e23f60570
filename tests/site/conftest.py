"""A small site, served."""

from __future__ import annotations

import pytest

POST = (
    "---\ntitle: Hello\ndate: 2020-01-02\ntags: [New York]\naliases: [/old/, /older.html]\n---\n\nWords, [home](/).\n"
)
SITE = {
    "posts/hello.md": POST,
    "pages/about.md": "# About\n\nWho.\n",
    "posts/trip/index.md": "---\ntitle: Trip\ndate: 2020-02-03\n---\n\nA trip.\n",
    "posts/trip/map.png": b"\x89PNG map",
    "static/own.css": "body { color: black }\n",
}
ALL = """/ /posts/hello/ /about/ /posts/ /tags/ /tags/new-york/ /archive/ /feed.xml /atom.xml /feed.json
/tags/new-york/feed.xml /sitemap.xml /robots.txt /posts/trip/map.png /static/own.css /static/theme.css
 /404.html""".split()


@pytest.fixture
def client(made):
    made.write(SITE)
    return made.app().test_client()
