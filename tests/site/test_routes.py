"""What every answer has in common: redirects, the page for nothing, caching, hosts."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from lxml import html as parser

from .conftest import ALL, POST, SITE

EVIL = "evil.example"


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


# Hosts


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


# Conditions


@pytest.mark.parametrize("without", [[], ["cache"]])
@pytest.mark.parametrize("name", ["If-Modified-Since", "If-Unmodified-Since", "If-Range"])
def test_a_date_that_no_calendar_has_is_no_condition(made, name, without):
    made.write({"posts/a.md": "# A\n", "static/large.css": b"a {}\n" * 300_000})
    client = made.app(without=without).test_client()
    for path in ("/posts/a/", "/static/large.css"):
        headers = {name: "Fri, 20 Nov 99999999999 10:00:00 GMT", "Range": "bytes=0-"}
        assert client.get(path, headers=headers, buffered=True).status_code in (200, 206), path
