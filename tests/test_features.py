"""Each optional feature can be left out: the site still stands and nothing leads to what isn't there."""

from __future__ import annotations

import json
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from lxml import etree
from lxml import html as parser

from blog import FEATURES
from blog.site import of

OPTIONAL = [name for name in FEATURES if name not in ("posts", "pages")]
COMMANDS = {"check": ["check"], "ls": ["ls", "--json"], "new": ["new", "Title"], "serve": ["serve", "--help"]}
COMMANDS |= {"theme": ["theme", "list"]}
COMMANDS |= {"preview": ["preview", "--help"], "adopt": ["adopt-feed", "--help"]}
COMMANDS |= {"websub": ["ping", "--help"], "check_feeds": ["check", "feeds", "--help"]}
COMMANDS |= {"inspect": ["inspect"], "why": ["why", "/posts/"]}
PATHS = {
    "redirects": ["/old/"],
    "assets": ["/static/own.css", "/static/theme.css", "/posts/trip/map.png"],
    "tags": ["/tags/", "/tags/far/", "/tags/far/feed.xml", "/tags/far/atom.xml", "/tags/far/feed.json"],
    "categories": ["/categories/", "/categories/x/"],
    "series": ["/series/", "/series/journeys/"],
    "archive": ["/archive/"],
    "feeds": "/feed.xml /atom.xml /feed.json /tags/far/feed.xml /tags/far/atom.xml /tags/far/feed.json".split(),
    "subscribe": ["/subscribe/", "/feeds.opml"],
    "sitemap": ["/sitemap.xml", "/robots.txt"],
    "icons": ["/favicon.svg", "/manifest.json"],
}
OF_THEME = "code.css copy.js feed.css formulas.css lists.css pieces.css theme.js".split()  # besides theme.css
PATHS["feeds"] += PATHS["subscribe"]  # there is nothing to subscribe to
# What each puts into pages that have addresses anyway: page, and what isn't there without it.
IN_PAGES = {"metadata": ("/posts/trip/", "application/ld+json")}
IN_PAGES |= {"look": ("/about/", 'class="accent-teal"')}
IN_PAGES |= {
    "reading_time": ("/posts/trip/", " min read"),
    "related": ("/posts/trip/", "Related posts"),
    "licence": ("/posts/trip/", 'rel="license"'),
    "source": ("/posts/trip/", "https://code.example/posts/trip/index.md"),
    "author": ("/posts/trip/", 'class="author h-card"'),
    "copyright": ("/about/", "© 2020 Me"),
    "missing": ("/2012/a-trip/", "Perhaps you were looking for"),
}
# Of a live site only: what each adds to an answer, or where it answers.
LIVE = {"health": "/-/health", "metrics": "/-/metrics", "cache": "Content-Encoding", "edge": "Surrogate-Key"}
LIVE |= {"access": "access.jsonl", "polls": "429", "identity": "published.tsv", "proxies": "192.0.2.7"}
SITE = {
    "posts/trip/index.md": "---\ntitle: Trip\ndate: 2020-01-02\ntags: [far]\nseries: Journeys\naliases: [/old/]\n"
    "---\n\nWords, <em>all</em> of them.\n\nMore.\n",
    "posts/trip/map.png": b"png",
    "posts/b.md": "---\ntitle: B\ndate: 2020-01-03\ntags: [far]\ncategories: [x]\n---\n\nText.\n",
    "posts/c.md": "---\ntitle: C\ndate: 2020-01-04\ntags: [far]\n---\n\nText.\n",  # no neighbour of the trip
    "pages/index.md": "---\ntitle: Home\nlayout: home\nmenu: main\n---\n\nText.\n",
    "pages/about.md": "# About\n",
    "static/own.css": "a {}",
    "pyproject.toml": '[tool.blog]\nurl = "https://made.example/"\nauthor = "Me"\naccent = "teal"\n'
    'author_bio = "Travels."\nlicence = "CC BY 4.0"\ncopyright = "© {years} Me"\n'
    'source_url = "https://code.example/{path}"\n',
}


def names_of(url: str) -> set[str]:
    return {url[1:], f"{url[1:]}index.html"}


def test_every_feature_is_looked_at_here():
    assert set(OPTIONAL) == COMMANDS.keys() | PATHS.keys() | LIVE.keys() | IN_PAGES.keys()


@pytest.mark.parametrize("name", LIVE)
def test_without_a_feature_of_a_live_site_it_adds_nothing(made, name):
    if name == "metrics":
        pytest.importorskip("prometheus_client", reason="needs the package prometheus-client")
    made.write(SITE)
    values = {"metrics": True} if name == "metrics" else {"feed_polls": 1} if name == "polls" else {}
    values |= {"url": "https://made.example/"} if name == "identity" else {}
    values |= {"proxies": 1} if name == "proxies" else {}
    made.settings(surrogate_header="Surrogate-Key", access_log="access.jsonl", **values)

    def adds(app) -> bool:
        if name == "polls":
            client = app.test_client()
            return [client.get("/feed.xml").status_code for _ in range(2)] == [200, 429]
        if LIVE[name].startswith("/"):
            return app.test_client().get(LIVE[name]).status_code == 200
        if name == "identity":  # the thread that records it
            live = of(of(app).again(settings=of(app).settings, live=True)).live
            return bool(live and live.starters)
        answer = app.test_client().get("/", headers={"Accept-Encoding": "gzip", "X-Forwarded-For": "192.0.2.7"})
        assert answer.status_code == 200
        log = made.root / "access.jsonl"
        if name == "proxies":
            return json.loads(log.read_text().splitlines()[-1])["client"] == LIVE[name]
        return bool(log.is_file() and log.read_text()) if name == "access" else LIVE[name] in answer.headers

    assert not adds(made.app(without=[name]))
    assert adds(made.app())


@pytest.mark.parametrize("name", OPTIONAL)
def test_without_a_feature_the_site_freezes_and_nothing_leads_to_it(made, name):
    made.write(SITE)
    full, tree = made.freeze(), made.freeze(made.app(without=[name]))
    gone = set(made.names(full)) - set(made.names(tree))
    assert gone == {file for path in PATHS.get(name, []) for file in names_of(path)} & full.keys() | (
        {f"static/{name}" for name in OF_THEME} if name == "assets" else set()
    )
    dead = set()
    for file, body in tree.items():
        if file.endswith(".html"):
            links = [link for _, _, link, _ in parser.document_fromstring(body).iterlinks()]
        elif file.endswith(".xml"):
            root = etree.fromstring(body)
            links = [link for link in root.xpath("//@href | //*[local-name()='loc']/text()") if link.startswith("http")]
        else:
            continue
        for link in links:
            parts = urlsplit(urljoin(f"https://made.example/{quote(file)}", link))
            if parts.netloc == "made.example" and not names_of(unquote(parts.path) or "/") & tree.keys():
                dead.add((file, link))
    assert dead == set()
    if name == "sitemap":
        assert b"sitemap" not in b"".join(tree.values())


@pytest.mark.parametrize("name", PATHS)
def test_without_a_feature_its_addresses_hold_nothing(made, name):
    made.write(SITE)
    whole, without = made.app().test_client(), made.app(without=[name]).test_client()
    for path in PATHS[name]:
        assert whole.get(path, buffered=True).status_code in (200, 301), path
        assert without.get(path, buffered=True).status_code == 404, path


@pytest.mark.parametrize("name", IN_PAGES)
def test_without_a_feature_its_part_of_a_page_is_missing(made, name):
    made.write(SITE)
    url, part = IN_PAGES[name]
    assert part in made.app().test_client().get(url).get_data(as_text=True)
    assert part not in made.app(without=[name]).test_client().get(url).get_data(as_text=True)


@pytest.mark.parametrize("name", COMMANDS)
def test_without_a_feature_its_command_is_unknown(made, name):
    made.write(SITE)
    assert made.run(*COMMANDS[name]).exit_code == 0
    result = made.run(*COMMANDS[name], app=made.app(without=[name]))
    assert result.exit_code == 2
    assert "No such command" in result.output


def test_without_all_of_them_posts_and_pages_remain(made):
    made.write(SITE)
    tree = made.freeze(made.app(without=OPTIONAL))
    assert sorted(tree) == sorted(
        "404.html about/index.html index.html posts/index.html posts/b/index.html posts/c/index.html"
        " posts/trip/index.html".split()
    )


def test_a_feature_that_does_not_exist_can_not_be_left_out(made):
    with pytest.raises(Exception, match="serach"):
        made.app(without=["serach"])
