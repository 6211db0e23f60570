"""What every answer has in common: redirects, the page for nothing, caching, the base path, hosts."""

from __future__ import annotations

import json
from urllib.parse import unquote, urlsplit

import jinja2
import pytest
from lxml import etree
from lxml import html as parser

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


# The trailing slash


@pytest.mark.parametrize(
    "url", ["/posts/hello", "/about", "/posts/trip", "/tags", "/tags/new-york", "/archive", "/posts"]
)
def test_an_address_without_its_last_slash_leads_to_the_one_with(client, url):
    response = client.get(url)
    assert (response.status_code, response.headers["Location"]) == (301, f"{url}/")


def test_a_slash_too_many_finds_nothing(client):
    for url in ("/feed.xml/", "/posts/trip/map.png/", "/posts/hello//", "/robots.txt/"):
        assert client.get(url, buffered=True).status_code in (301, 404), url


def test_the_page_number_two_leads_to_its_slash(made):
    made.write({f"posts/{n}.md": f"# Post {n}\n" for n in range(11)})
    response = made.app().test_client().get("/page/2")
    assert (response.status_code, response.headers["Location"]) == (301, "/page/2/")


# Hand-written pages


@pytest.mark.parametrize("name", ["archive", "tags"])
def test_a_hand_written_page_wins_over_the_engine_s_own(made, name):
    made.write(SITE | {f"pages/{name}.md": "# By hand\n\nWritten.\n"})
    assert '<h1 id="by-hand">' not in made.body(f"/{name}/"), "the title is the template's"
    assert "<h1>By hand</h1>" in made.body(f"/{name}/")
    assert b"<h1>By hand</h1>" in made.freeze()[f"{name}/index.html"]


def test_a_hand_written_page_for_the_posts_stands_before_their_list(made):
    made.write(SITE | {"pages/posts.md": "# By hand\n\nWritten.\n"})
    page = parser.document_fromstring(made.body("/posts/"))
    assert page.xpath("//h1/text()") == ["By hand"]
    assert page.xpath("//main//p/text()")[0] == "Written."
    assert page.xpath("//article//h2/a/text()") == ["Trip", "Hello"]


def test_a_hand_written_front_page_wins_and_the_list_moves_to_posts(made):
    made.write(SITE | {"pages/index.md": "# Welcome\n\nTo my site.\n"})
    assert "<h1>Welcome</h1>" in made.body("/")
    assert "Trip" in made.body("/posts/")
    assert made.app().test_client().get("/posts/").status_code == 200


def test_without_one_the_front_page_lists_the_posts_and_posts_leads_there(client):
    assert "Trip" in client.get("/").get_data(as_text=True)
    response = client.get("/posts/")
    assert (response.status_code, response.headers["Location"]) == (301, "/")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("robots.txt", "User-agent: *\nDisallow: /secret/\n"),
        ("404.html", "<!doctype html><title>Lost</title><p>My own words for it.\n"),
    ],
)
def test_a_hand_written_file_wins_too(made, name, content):
    made.write(SITE | {f"pages/{name}": content})
    response = made.app().test_client().get(f"/{name}", buffered=True)
    assert response.get_data(as_text=True) == content
    assert made.freeze()[name] == content.encode()


# The page for nothing


def test_the_page_for_nothing_is_the_same_for_every_address(client):
    nothing = client.get("/404.html").data
    for url in ("/nope", "/nope/", "/nope.png", "/posts/nope/", "/tags/nope/", "/page/99/", "/static/no", "/a/b?c=d"):
        response = client.get(url)
        assert (response.status_code, response.data) == (404, nothing), url
    assert b"nope" not in nothing
    assert b'<meta name="robots" content="noindex">' in nothing


@pytest.mark.parametrize(
    "url",
    [
        *["/%00", "/%ff", "/..%2f..%2fetc/passwd", "/../../etc/passwd", "/%2e%2e/pyproject.toml", "/posts/%0d%0aX: y/"],
        *["/" + "a" * 5000, "/pyproject.toml", "/posts/hello.md", "/.flatleaf/index.sqlite", "/page/0/", "/page/1/"],
        *["/page/-1/", "/page/" + "9" * 400 + "/", "//%5cevil.example/"],
    ],
)
def test_strange_addresses_find_nothing_and_break_nothing(client, url):
    response = client.get("/", environ_overrides={"PATH_INFO": unquote(url, "latin-1")}, buffered=True)
    assert response.status_code in (301, 404)
    assert b"root:" not in response.data


def test_only_asking_is_allowed(client):
    for url in ("/", "/posts/hello/", "/feed.xml"):
        assert client.post(url).status_code == 405
        assert client.delete(url).status_code == 405


# Caching


@pytest.mark.parametrize("url", [url for url in ALL if url != "/posts/"])
def test_what_is_known_is_not_sent_again(client, url):
    first = client.get(url, buffered=True)
    assert first.status_code == 200
    again = client.get(url, headers={"If-None-Match": first.headers["ETag"]}, buffered=True)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    other = client.get(url, headers={"If-None-Match": '"something-else"'}, buffered=True)
    assert (other.status_code, other.data) == (200, first.data)


def test_the_mark_of_an_answer_changes_with_its_bytes(made):
    made.write(SITE)
    before = made.app().test_client().get("/posts/hello/").headers["ETag"]
    assert made.app().test_client().get("/posts/hello/").headers["ETag"] == before
    made.write({"posts/hello.md": POST + "\nMore words.\n"})
    assert made.app().test_client().get("/posts/hello/").headers["ETag"] != before


@pytest.mark.parametrize("url", [*ALL, "/old/", "/nope", "/about"])
def test_head_says_the_same_as_get_without_the_body(client, url):
    head, get = client.head(url, buffered=True), client.get(url, buffered=True)
    assert (head.status_code, head.data) == (get.status_code, b"")
    drop = {"Date"}
    assert {k: v for k, v in head.headers if k not in drop} == {k: v for k, v in get.headers if k not in drop}


def test_no_answer_sets_a_cookie_or_lets_browsers_guess_its_type(client):
    for url in [*ALL, "/nope", "/old/"]:
        response = client.get(url, buffered=True)
        assert "Set-Cookie" not in response.headers
        assert response.headers["X-Content-Type-Options"] == "nosniff", url


def test_a_query_changes_nothing(client):
    assert client.get("/posts/hello/?utm_source=x&<script>").data == client.get("/posts/hello/").data


# The base path


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


# Hosts


EVIL = "evil.example"


@pytest.mark.parametrize(
    "url",
    [
        *ALL,
        *["/old/", "/older.html", "/about", "/tags", "/archive", "/page/2", "/posts", "//about/", "//tags/", "/nope"],
        *[f"//{EVIL}", f"//{EVIL}/..", f"/\\{EVIL}/", "/tags/New York/"],
    ],
)
def test_a_hostile_host_reaches_nothing(made, url):
    made.write(SITE | {f"posts/{n}.md": f"# Post {n}\n" for n in range(11)})
    headers = {"Host": EVIL, "X-Forwarded-Host": EVIL, "X-Forwarded-Prefix": f"/{EVIL}", "Forwarded": f"host={EVIL}"}
    client, path = made.app().test_client(), {"PATH_INFO": url}  # the client takes //x for a host
    response = client.get("/", headers=headers, base_url=f"http://{EVIL}", environ_overrides=path, buffered=True)
    assert EVIL.encode() not in response.data
    for name, value in response.headers:
        assert EVIL not in value, name
        assert not value.startswith(("//", "/\\")), name


@pytest.mark.parametrize("host", ["", "[", "a b", "<script>", "example.org:port", "x" * 300])
def test_a_broken_host_breaks_nothing(client, host):
    assert client.get("/posts/hello/", headers={"Host": host}).status_code in (200, 400)


# Templates


def test_a_template_that_uses_what_is_not_there_fails_loudly(made):
    made.write(SITE | {"templates/page.html": "{{ page.title }}{{ nothing_of_this_name }}"})
    with pytest.raises(jinja2.UndefinedError, match="nothing_of_this_name"):
        made.app().test_client().get("/about/")


def test_a_site_s_own_template_and_static_file_take_the_place_of_the_theme_s(made):
    made.write(SITE | {"templates/page.html": "mine: {{ page.title }}", "static/theme.css": "mine {}"})
    assert made.body("/about/") == "mine: About"
    assert made.app().test_client().get("/static/theme.css", buffered=True).data == b"mine {}"
    assert "Hello" in made.body("/posts/hello/"), "the others are still the theme's"
    tree = made.freeze()
    assert tree["static/theme.css"] == b"mine {}"
    assert tree["about/index.html"] == b"mine: About"


def test_an_own_template_may_extend_the_theme_s_base(made):
    made.write(SITE | {"templates/page.html": '{% extends "base.html" %}{% block main %}mine{% endblock %}'})
    assert parser.document_fromstring(made.body("/about/")).findtext(".//main").strip() == "mine"


def test_titles_and_tags_are_escaped_everywhere(made):
    nasty = '<script>alert(1)</script> & "co"'
    header = f"---\ntitle: '{nasty}'\nsummary: '{nasty}'\ntags: ['{nasty}']\ndate: 2020-01-02\n---\n\nText.\n"
    made.write({"posts/nasty.md": header, "posts/other.md": "# Other\n\nText.\n"})
    made.settings(title=nasty, description=nasty, author=nasty)
    for name, body in made.freeze().items():
        if not name.startswith("static/") and not name.endswith(".json"):
            assert b"<script>" not in body.replace(b"&lt;script&gt;", b""), name


@pytest.mark.parametrize("without", [[], ["cache"]])
@pytest.mark.parametrize("name", ["If-Modified-Since", "If-Unmodified-Since", "If-Range"])
def test_a_date_that_no_calendar_has_is_no_condition(made, name, without):
    made.write({"posts/a.md": "# A\n", "static/large.css": b"a {}\n" * 300_000})
    client = made.app(without=without).test_client()
    for path in ("/posts/a/", "/static/large.css"):
        headers = {name: "Fri, 20 Nov 99999999999 10:00:00 GMT", "Range": "bytes=0-"}
        assert client.get(path, headers=headers, buffered=True).status_code in (200, 206), path
