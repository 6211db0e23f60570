"""Old ids are taken over: each engine's feed in the form in which that engine writes it."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from blog import ledger
from blog.errors import BlogError
from blog.feeds import adopt
from blog.site import library

from ..conftest import MadeSite

URL = "https://new.example/"
RSS = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
    "<title>Old</title><link>https://old.example/</link>{}</channel></rss>"
)
ATOM = (
    '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Old</title>'
    "<id>https://old.example/</id><updated>2020-01-01T00:00:00Z</updated>{}</feed>"
)
WORDPRESS = RSS.format(
    "<item><title>Moving on &#8211; again</title><link>https://old.example/2012/09/05/moving-on/</link>"
    "<pubDate>Wed, 05 Sep 2012 22:30:00 +0000</pubDate>"
    '<guid isPermaLink="false">https://old.example/?p={0}</guid></item>'
)
BLOGGER = ATOM.format(
    "<entry><id>tag:blogger.com,1999:blog-7301.post-5512</id><published>2012-09-05T10:00:00.000-07:00</published>"
    "<updated>2012-09-06T10:00:00.001-07:00</updated><title type='text'>Moving on</title>"
    "<link rel='replies' type='application/atom+xml' href='https://old.example/feeds/5512/comments/default'/>"
    "<link rel='edit' type='application/atom+xml' href='https://www.blogger.com/feeds/7301/posts/default/5512'/>"
    "<link rel='alternate' type='text/html' href='https://old.example/2012/09/moving-on.html' title='Moving on'/>"
    "</entry>"
)
HUGO = RSS.format(
    "<item><title>Moving on</title><link>https://old.example/posts/moving-on/</link>"
    "<pubDate>Wed, 05 Sep 2012 00:00:00 +0000</pubDate><guid>https://old.example/posts/moving-on/</guid></item>"
)
JEKYLL = ATOM.format(
    '<entry><title type="html">Moving on</title><link href="https://old.example/2012/09/05/moving-on.html" '
    'rel="alternate" type="text/html" title="Moving on"/><published>2012-09-05T00:00:00+00:00</published>'
    "<updated>2012-09-05T00:00:00+00:00</updated><id>https://old.example/2012/09/05/moving-on</id></entry>"
)
TUMBLR = RSS.format(
    "<item><title>Moving on</title><link>https://old.tumblr.example/post/30912345678/moving-on</link>"
    "<guid>https://old.tumblr.example/post/30912345678</guid><pubDate>Wed, 05 Sep 2012 09:00:00 -0400</pubDate></item>"
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://old.example/"><title>Old</title></channel>'
    '<item rdf:about="https://old.example/archives/12"><title>Moving on</title>'
    "<link>https://old.example/archives/12</link><dc:date>2012-09-05T00:00:00Z</dc:date></item></rdf:RDF>"
)
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Old",
        "items": [{"id": 12, "title": "Moving on", "date_published": "2012-09-05T00:00:00Z", "content_text": "x"}],
    }
)


def post(title: str = "Moving on", date: str = "2012-09-05", **fields: object) -> str:
    said = {"title": title, "date": date, **fields}
    return "---\n" + "\n".join(f"{name}: {json.dumps(value)}" for name, value in said.items()) + "\n---\n\nText.\n"


@pytest.fixture
def site(made: MadeSite) -> Callable[..., MadeSite]:
    """Return a function that makes a site of one post with a public address."""

    def make(text: str = post(), file: str = "posts/moving-on.md", **values: object) -> MadeSite:
        made.settings(**{"url": URL, **values})
        made.write({file: text})
        return made

    return make


def run(made: MadeSite, old: str | bytes, *options: str) -> Result:
    made.write({"old": old})
    return made.run("adopt-feed", str(made.root / "old"), *options)


def ids(made: MadeSite) -> dict[str, str]:
    with made.app().app_context():
        paths = tuple(library().catalogue.by_path)
        return dict(zip(paths, library().ids(paths), strict=True))


# Engines


@pytest.mark.parametrize(
    ("old", "text", "identity", "how"),
    [
        (WORDPRESS.format(12), post(wordpress_id=12, title="Other"), "https://old.example/?p=12", "number"),
        (WORDPRESS.format(12), post(id=12, title="Other"), "https://old.example/?p=12", "number"),
        (
            WORDPRESS.format(12),
            post(aliases=["/2012/09/05/moving-on"], title="Other", date="2013-01-01"),
            "https://old.example/?p=12",
            "alias",
        ),
        (
            WORDPRESS.format(12),
            post(title="“Moving on” — Again", slug="x"),
            "https://old.example/?p=12",
            "title and date",
        ),
        (BLOGGER, post(slug="x"), "tag:blogger.com,1999:blog-7301.post-5512", "title and date"),
        (
            BLOGGER,
            post(aliases=["/2012/09/moving-on.html"], title="Other"),
            "tag:blogger.com,1999:blog-7301.post-5512",
            "alias",
        ),
        (HUGO, post("Other", "2020-01-01"), "https://old.example/posts/moving-on/", "address"),
        (JEKYLL, post("Other"), "https://old.example/2012/09/05/moving-on", "date and slug"),
        (
            JEKYLL,
            post("Other", permalink="/2012/09/05/moving-on/"),
            "https://old.example/2012/09/05/moving-on",
            "address",
        ),
        (TUMBLR, post("Other"), "https://old.tumblr.example/post/30912345678", "date and slug"),
        (RDF, post(slug="x"), "https://old.example/archives/12", "title and date"),
        (JSON, post(slug="x"), "12", "title and date"),
        (
            HUGO.encode(),
            post("Other", guid="https://old.example/posts/moving-on/"),
            "https://old.example/posts/moving-on/",
            "id",
        ),
    ],
)
def test_an_engines_ids_are_taken_over(
    site: Callable[..., MadeSite], old: str, text: str, identity: str, how: str
) -> None:
    made = site(text)
    result = run(made, old)
    assert result.output == (
        f"posts/moving-on.md: {identity} (by its {how})\n1 id taken over, 0 known, 0 kept, 0 not matched\n"
    )
    assert result.exit_code == 0
    assert ids(made)["posts/moving-on.md"] == identity
    made.freeze()
    assert json.loads((made.root / "build/feed.json").read_bytes())["items"][0]["id"] == identity
    again = run(made, old)
    assert (again.exit_code, again.output.splitlines()[-1]) == (0, "0 ids taken over, 1 known, 0 kept, 0 not matched")


@pytest.mark.parametrize(
    "link",
    [
        "http://any.example/gr%C3%B6%c3%9fe/",
        "http://any.example/größe",
        "https://any.example/gr%c3%b6%c3%9Fe/index.html",
        "https://any.example/größe.html",
        "https://any.example/blog/größe/",
    ],
)
def test_addresses_are_the_same_however_they_are_written(site: Callable[..., MadeSite], link: str) -> None:
    made = site(post(permalink="/größe/"), url="https://new.example/blog/")
    assert run(made, f"urn:x {link}\n").exit_code == 0
    assert ids(made)["posts/moving-on.md"] == "urn:x"


# Lists


def test_a_list_of_addresses_gives_ids_too(site: Callable[..., MadeSite]) -> None:
    made = site()
    made.write({"posts/b.md": post("B")})
    listed = "\ufeff# of mine\n\nhttps://old.example/posts/moving-on\r\ntag:x,2012:1  /posts/b/\n"
    assert run(made, listed.encode()).exit_code == 0
    assert ids(made) == {"posts/moving-on.md": "https://old.example/posts/moving-on", "posts/b.md": "tag:x,2012:1"}


@pytest.mark.parametrize(
    ("old", "error"),
    [
        ("https://old.example/\nwords\n", "old:2: this is no address: words"),
        ("/path\n", "old:1: this is no address: /path"),
        ("<html><body>x</body></html>", "this is neither RSS nor Atom nor JSON Feed"),
        ('{"a": 1}', "this is JSON, but no JSON Feed"),
        ("<", "not well-formed"),
    ],
)
def test_what_is_no_feed_is_named(site: Callable[..., MadeSite], old: str, error: str) -> None:
    result = run(site(), old)
    assert result.exit_code == 1
    assert error in result.output


def test_a_file_that_is_not_there_is_named(site: Callable[..., MadeSite]) -> None:
    result = site().run("adopt-feed", "nowhere.xml")
    assert (result.exit_code, result.output) == (1, "Error: nowhere.xml: can't be read: No such file or directory\n")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any-bytes"
    file.write_bytes(data)
    with suppress(BlogError):
        assert all(old.id for old in adopt.entries(str(file)))


def test_a_broken_feed_gives_what_can_be_read_of_it(site: Callable[..., MadeSite]) -> None:
    made = site()
    assert run(made, HUGO.replace("<title>Moving on", "<title>Moving & on\x08").encode()).exit_code == 0
    assert ids(made)["posts/moving-on.md"] == "https://old.example/posts/moving-on/"


class OldSite(http.server.BaseHTTPRequestHandler):
    """Answer with the old feed."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/feed/" else 404)
        self.end_headers()
        self.wfile.write(HUGO.encode())

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def old_site() -> Iterator[str]:
    """Return the address of an old site that is still there."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), OldSite)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_feed_is_fetched_from_the_address_that_is_named(site: Callable[..., MadeSite], old_site: str) -> None:
    made = site()
    assert made.run("adopt-feed", f"{old_site}/feed/").exit_code == 0
    assert ids(made)["posts/moving-on.md"] == "https://old.example/posts/moving-on/"
    result = made.run("adopt-feed", f"{old_site}/gone/")
    assert (result.exit_code, result.output) == (1, f"Error: {old_site}/gone/: can't be fetched: 404 Not Found\n")


# What can't be matched, and what is there already


def test_what_cannot_be_matched_is_named_with_the_reason(site: Callable[..., MadeSite]) -> None:
    made = site(post("Same", slug="x"))
    made.write({"posts/two.md": post("Same", slug="y"), "posts/draft.md": post("D", draft=True)})
    when = "<pubDate>Wed, 05 Sep 2012 00:00:00 GMT</pubDate>"
    item = f"<item><title>{{}}</title><guid>https://old.example/{{}}</guid>{when}</item>"
    old = RSS.format(item.format("Same", "a") + item.format("D", "d") + "<item><title>No id</title></item>")
    result = run(made, old)
    assert result.exit_code == 1
    assert sorted(result.output.splitlines()) == [
        "0 ids taken over, 0 known, 0 kept, 2 not matched",
        "not matched: https://old.example/a (2012-09-05 “Same”): by its title and date it may be any of "
        "posts/moving-on.md, posts/two.md",
        "not matched: https://old.example/d (2012-09-05 “D”): there is no such post",
    ]
    assert not (made.root / "published.tsv").exists()


def test_two_entries_cannot_be_one_post(site: Callable[..., MadeSite]) -> None:
    made = site()
    result = run(made, "urn:1 /posts/moving-on/\nurn:2 /posts/moving-on/\nurn:1 /posts/moving-on/\n")
    assert result.exit_code == 1
    assert "not matched: urn:2 (/posts/moving-on/): posts/moving-on.md is another entry already: urn:1" in result.output
    assert ids(made)["posts/moving-on.md"] == "urn:1"


def test_a_dry_run_writes_nothing(site: Callable[..., MadeSite]) -> None:
    made = site()
    result = run(made, HUGO, "--dry-run")
    assert result.output.splitlines()[-1] == "1 id to take over, 0 known, 0 kept, 0 not matched"
    assert not (made.root / "published.tsv").exists()


def test_an_id_that_was_published_here_stays_unless_it_is_forced(site: Callable[..., MadeSite]) -> None:
    made = site()
    made.freeze()
    result = run(made, HUGO)
    assert result.exit_code == 1
    assert (
        "posts/moving-on.md: https://old.example/posts/moving-on/ (by its address); keeps https://new.example/"
        in result.output
    )
    assert ids(made)["posts/moving-on.md"] == "https://new.example/posts/moving-on/"
    assert run(made, HUGO, "--force").exit_code == 0
    assert ids(made)["posts/moving-on.md"] == "https://old.example/posts/moving-on/"
    made.freeze()
    lines = ledger.load(made.root / "published.tsv").lines
    assert [(line.id, line.file) for line in lines] == [
        ("https://new.example/posts/moving-on/", ""),
        ("https://old.example/posts/moving-on/", "posts/moving-on.md"),
    ]


def test_an_id_in_a_header_stays_whatever_is_forced(site: Callable[..., MadeSite]) -> None:
    made = site(post(guid="urn:own"))
    result = run(made, HUGO, "--force")
    assert result.exit_code == 1
    assert "keeps urn:own" in result.output
    assert ids(made)["posts/moving-on.md"] == "urn:own"


def test_an_id_of_another_post_is_not_given_twice(site: Callable[..., MadeSite]) -> None:
    made = site()
    made.write({"posts/b.md": post("B"), "published.tsv": "urn:x\tposts/b.md\n"})
    result = run(made, "urn:x /posts/moving-on/\n")
    assert result.exit_code == 1
    assert "it is the id of posts/b.md" in result.output
    assert ids(made)["posts/b.md"] == "urn:x"
    assert ids(made)["posts/moving-on.md"] != "urn:x"


def test_the_addresses_of_the_old_engine_are_kept(site: Callable[..., MadeSite]) -> None:
    made = site(post("Other"))
    run(made, JEKYLL)
    (line,) = ledger.load(made.root / "published.tsv").lines
    assert line.addresses == "/posts/moving-on/ /2012/09/05/moving-on.html"


def test_a_site_that_keeps_no_ids_says_so(site: Callable[..., MadeSite]) -> None:
    result = run(site(published=""), HUGO)
    assert (result.exit_code, result.output) == (1, "Error: the setting published names no file to write ids to\n")


def test_a_ledger_that_cannot_be_written_is_named(site: Callable[..., MadeSite]) -> None:
    made = site()
    (made.root / "published.tsv").mkdir()
    result = run(made, HUGO)
    assert result.exit_code == 1
    assert f"{Path(made.root) / 'published.tsv'}: can't be written: Is a directory" in result.output
