"""Nothing gets out that isn't for the public, nothing gets in that a site of pages has no use for.

What is said here of answers holds with the cache, also when it sends what it has kept, and without it.
"""

from __future__ import annotations

import gc
import logging
import os
import re
import socket
import subprocess
import sys
import time
import tracemalloc
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html as parser
from werkzeug.datastructures import Headers
from werkzeug.test import create_environ, run_wsgi_app

from blog import create_app, markup, security
from blog.errors import SettingsError
from blog.features.cache import coding_of
from blog.settings import Settings, load
from blog.site import of
from blog.sources import scan

REPOSITORY = Path(__file__).parent.parent
POST = "---\ntitle: {}\ndate: 2026-01-0{}\ntags: [sea]\n---\n\nWords of {}, **all** of them.\n"
DRAFT = (
    "---\ntitle: Hush\ndate: 2026-01-03\ndraft: true\ntags: [hush]\naliases: [/hush-old/]\nmenu: main\n---\n\nHush.\n"
)
LATER = "---\ntitle: Hush later\ndate: 2027-01-03\ntags: [hush]\naliases: [/later-old/]\n---\n\nHush.\n"
SITE: dict[str, str | bytes] = {
    "posts/a.md": POST.format("A", 1, "a"),
    "posts/b.md": POST.format("B", 2, "b").replace("tags", "aliases: [/old/]\ntags"),
    "posts/trip/index.md": POST.format("Trip", 5, "trip"),
    "posts/trip/map.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "posts/trip/sun.svg": "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "pages/about.md": "# About\n\nWho.\n",
    "pages/whole.html": "<!doctype html>\n<title>Whole</title>\n<script>1</script>\n",
    "static/own.css": "body { color: black }\n",
    "static/own.js": "1\n",
    # What isn't for the public.
    "posts/hush.md": DRAFT.replace("Hush\n", "Hush alone\n").replace("hush-old", "alone-old"),
    "posts/hush/index.md": DRAFT,
    "posts/hush/map.png": b"hush",
    "posts/later/index.md": LATER,
    "posts/later/map.png": b"hush",
    "posts/broken/index.md": "---\ntitle: [\n---\n\nHush.\n",
    "posts/broken/map.png": b"hush",
    "pages/posters/index.md": "---\ntitle: Posters\ndraft: true\n---\n\nHush.\n",
    "pages/posters/map.png": b"hush",
    "posts/.git/config": "hush",
    "posts/.hidden.md": "# Hush\n",
    "posts/a.md~": "hush",
    "pages/.env": "SECRET=hush",
    "static/.x": "hush",
    "static/.git/config": "hush",
    ".env": "SECRET=hush",
    ".git/config": "hush",
    ".flatleaf/mine.txt": "hush",
    "templates/hush.html": "hush",
    "notes.txt": "hush",
    "pyproject.toml": '[tool.blog]\nurl = "https://example.org/"\nauthor = "hush-not"\n',
}
PAGES = "/ /posts/a/ /about/ /posts/trip/ /archive/ /tags/ /tags/sea/ /404.html /whole.html".split()
FEEDS = "/feed.xml /atom.xml /feed.json /tags/sea/feed.xml /sitemap.xml /robots.txt".split()
FILES = "/posts/trip/map.png /posts/trip/sun.svg /static/own.css /static/own.js /static/theme.css".split()
MOVED = "/old/ /old /about /archive /tags/Sea/".split()
LOST = "/nope /nope/ /posts/hush/ /static/none.css /-/preview/none/ /static/ /posts/.git/config".split()
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
KINDS = ("plain", "cached", "live")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Answer(NamedTuple):
    """Hold what an app said."""

    status: int
    headers: Headers
    body: bytes

    def has(self, url: str = "") -> None:
        """Hold that the answer is a safe one."""
        said = {name: self.headers.get(name) for name in ALWAYS}
        assert said == ALWAYS, url
        policies = self.headers.getlist("Content-Security-Policy")
        assert len(policies) == 1, url
        assert "frame-ancestors 'self'" in policies[0], url
        assert "unsafe" not in policies[0], url
        assert "Set-Cookie" not in self.headers, url
        assert "Cross-Origin-Resource-Policy" not in self.headers, url


@contextmanager
def serving(root: Path, kind: str = "plain") -> Iterator[Flask]:
    """Make an app without the cache, with it, or with it sending what it has kept before all else."""
    app = create_app(root, clock=lambda: NOON, live=kind == "live", without=["cache"] * (kind == "plain"))
    try:
        yield app
    finally:
        if live := of(app).live:
            live.end()


def ask(app: Flask, path: str = "/", query: str = "", method: str = "GET", **environ: str) -> Answer:
    """Ask as a server does, with whatever has come from outside."""
    said = create_environ("/", "http://localhost/") | {"REQUEST_METHOD": method, "PATH_INFO": path}
    body, status, headers = run_wsgi_app(app, said | {"QUERY_STRING": query} | environ, buffered=True)
    return Answer(int(status[:3]), headers, b"".join(body))


def write(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return root


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site, with a file outside that nobody may see."""
    folder = tmp_path_factory.mktemp("safe")
    write(folder, {"outside/hush.txt": "hush", "outside/hush.png": "hush"})
    return write(folder / "site", SITE)


@pytest.fixture(scope="module", params=KINDS)
def app(root: Path, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """Return the site's app, of each kind."""
    with serving(root, request.param) as app:
        for url in (*PAGES, *FEEDS, *FILES, *MOVED):
            ask(app, url)
        yield app


@pytest.fixture(scope="module")
def apps(root: Path) -> Iterator[dict[str, Flask]]:
    """Return an app of each kind."""
    with ExitStack() as stack:
        yield {kind: stack.enter_context(serving(root, kind)) for kind in KINDS}


# Headers


@pytest.mark.parametrize("url", [*PAGES, *FEEDS, *FILES, *MOVED, *LOST])
def test_every_answer_says_what_is_safe(app, url):
    for method in ("GET", "HEAD", "OPTIONS", "POST"):
        ask(app, url, method=method).has(url)


@pytest.mark.parametrize("url", [*PAGES, *FEEDS, *FILES])
def test_an_answer_that_sends_nothing_again_says_it_too(app, url):
    known = ask(app, url).headers["ETag"]
    answer = ask(app, url, HTTP_IF_NONE_MATCH=known)
    assert answer.status == 304
    answer.has(url)


def test_a_part_of_an_answer_and_a_refused_one_say_it_too(root):
    with serving(root, "cached") as app:
        for wish, status in (("bytes=0-3", 206), ("bytes=99999-", 416)):
            answer = ask(app, "/posts/trip/map.png", HTTP_RANGE=wish)
            assert answer.status == status
            answer.has()
        answer = ask(app, "/posts/a/", HTTP_IF_MATCH='"other"')
        assert answer.status == 412
        answer.has()


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_of_a_template_says_it_too_and_nothing_of_itself(tmp_path, kind):
    write(tmp_path, SITE | {"templates/page.html": "{{ nothing_of_this_name }}"})
    with serving(tmp_path, kind) as app:
        answer = ask(app, "/about/")
    assert answer.status == 500
    assert b"nothing_of_this_name" not in answer.body
    answer.has()


@given(st.text(max_size=40))
@example("\n127.0.0.1 forged")
@example("\x1b]0;title\x07\x9b2J")
@example("\u2028\u202e\udcff")
def test_what_is_logged_of_a_request_is_one_line_that_steers_no_terminal(words):
    record = logging.LogRecord("blog", logging.ERROR, "", 0, "Exception on %s", (words,), None)
    assert security.legible(record)
    message = record.getMessage()
    assert message.encode().decode().splitlines() == [message]
    assert not [sign for sign in message if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")]
    assert message.startswith("Exception on ")


def test_an_error_is_logged_in_one_line_with_the_address_that_was_asked_for(tmp_path, caplog):
    write(tmp_path, SITE | {"templates/404.html": "{{ nothing_of_this_name }}"})
    with serving(tmp_path) as app:
        assert ask(app, "/nope\r\n\x1b[2Jforged").status == 500
    (message,) = [message for message in caplog.messages if "nope" in message]
    assert "/nope\\r\\n\\x1b[2Jforged" in message


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_outside_the_path_of_the_site_says_it_too(tmp_path, kind):
    write(tmp_path, SITE | {"pyproject.toml": '[tool.blog]\nurl = "https://example.org/blog/"\n'})
    with serving(tmp_path, kind) as app:
        for url, status in (("/", 301), ("/blog", 301), ("", 301), ("/elsewhere/", 404), ("/blog/", 200)):
            for _ in range(2):
                answer = ask(app, url)
                assert answer.status == status, url
                answer.has(url)


SHARED = '[tool.blog]\nurl = "https://example.org/"\ns_maxage = 600\nstale_while_revalidate = 600\n'


@pytest.mark.parametrize("kind", KINDS)
def test_no_shared_cache_keeps_what_was_an_answer_to_the_headers_of_one_request(tmp_path, kind):
    write(tmp_path, SITE | {"pyproject.toml": SHARED, "static/large.bin": bytes(2_000_000)})
    with serving(tmp_path, kind) as app:
        for url in ("/posts/a/", "/feed.xml", "/posts/trip/map.png", "/static/large.bin"):
            for wish in ({"HTTP_IF_MATCH": '"other"'}, {"HTTP_RANGE": "bytes=9999999-"}):
                for _ in range(2):
                    answer = ask(app, url, **wish)
                    assert answer.status in (412, 416) or (kind == "plain" and answer.status == 200), url
                    kept = "no-store" in answer.headers["Cache-Control"]
                    assert kept == (answer.status != 200), url
            assert ask(app, url).status == 200


def test_a_live_site_has_every_cache_come_back(tmp_path):
    write(tmp_path, SITE | {"templates/whole.html": "", "templates/tags.html": "{{ nothing_of_this_name }}"})
    with serving(tmp_path, "live") as app:
        for url in ("/posts/a/", "/old/", "/archive", "/tags/Sea/", "/nope", "/posts/hush/", "/static/none.css"):
            for _ in range(2):
                assert ask(app, url).headers["Cache-Control"] == "no-cache", url
        assert (ask(app, "/tags/").status, ask(app, "/tags/").headers["Cache-Control"]) == (500, "no-store")
    write(tmp_path, {"pyproject.toml": '[tool.blog]\nurl = "https://example.org/blog/"\n'})
    with serving(tmp_path, "live") as app:
        assert {ask(app, url).headers["Cache-Control"] for url in ("/", "/elsewhere")} == {"no-cache"}


def test_a_large_file_that_is_streamed_says_it_too(tmp_path):
    write(tmp_path, {"static/large.bin": bytes(9_000_000)})
    with serving(tmp_path, "cached") as app:
        for wish, status in (({}, 200), ({"HTTP_RANGE": "bytes=99999999-"}, 416)):
            answer = ask(app, "/static/large.bin", **wish)
            assert answer.status == status
            answer.has()


def test_feeds_and_files_may_be_read_from_elsewhere(app):
    for url in (*FEEDS, *FILES):
        assert not {"Cross-Origin-Resource-Policy", "Cross-Origin-Embedder-Policy"} & {*ask(app, url).headers.keys()}


def test_an_image_that_is_opened_by_itself_runs_no_script(app):
    for url in ("/posts/trip/sun.svg", "/favicon.svg"):
        directives = ask(app, url).headers["Content-Security-Policy"].split("; ")
        assert {"script-src 'none'", "sandbox"} <= set(directives)


def directives(settings: Settings) -> dict[str, list[str]]:
    said = dict(security.headers(settings))["Content-Security-Policy"]
    return {name: values for name, *values in map(str.split, said.split(";"))}


def test_the_policy_lets_in_what_blogs_embed_and_nothing_that_acts():
    said = directives(Settings())
    assert said["default-src"] == ["'self'"]
    assert {"'self'", "https:"} <= set(said["img-src"]) & set(said["media-src"])
    assert said["object-src"] == ["'none'"]
    assert not {"script-src", "style-src", "frame-src", "connect-src"} & said.keys()


def test_no_page_of_the_theme_needs_more_than_the_policy_lets_in(made):
    text = "\n\n".join(path.read_text() for path in sorted((REPOSITORY / "posts").glob("*.md")))
    table = "|a|b|c|\n|:-|:-:|-:|\n|1|2|3|\n\n- [x] done\n\n```python\nx = 1  # y\n```\n\nA note[^1].\n\n[^1]: Here.\n"
    made.write(SITE | {"posts/all.md": f"---\ntitle: All\ndate: 2026-01-02\n---\n\n{table}\n\n{text}"})
    pages = {name: body for name, body in made.freeze().items() if name.endswith(".html") and name != "whole.html"}
    assert len(pages) > 10
    for name, body in pages.items():
        page = parser.document_fromstring(body)
        assert page.xpath("//style | //iframe | //object | //embed | //base") == [], name
        assert page.xpath("//script[not(@type='application/ld+json')]/text()") == [], name
        assert all(re.match(r"/static/(theme|copy)\.", link) for link in page.xpath("//script/@src")), name
        assert page.xpath("//@style | //@*[starts-with(name(), 'on')]") == [], name
        assert not [link for link in page.xpath("//@href | //@src") if link.lower().startswith("javascript:")], name


@given(st.text(alphabet=st.sampled_from("abc |:-\n`*_[]()!#<>{}=^~$1.\\'\"&+"), max_size=200))
def test_markdown_brings_no_inline_style_or_script_of_its_own(text):
    made = markup.render(text.replace("<", "&lt;")).html
    assert not re.search(r"<[^>]*\s(style|on\w+)=", made)
    assert not re.search(r"<(style|script|iframe|object|embed|base)\b", made)


@pytest.mark.parametrize(
    ("csp", "frames"),
    [
        ("", "SAMEORIGIN"),
        ("default-src *", "SAMEORIGIN"),
        ("default-src *; frame-ancestors *", None),
        ("frame-ancestors 'self'", "SAMEORIGIN"),
        ("frame-ancestors 'self'; default-src *", "SAMEORIGIN"),
        ("frame-ancestors 'self' https://a.example", None),
        ("frame-ancestors 'none'", "DENY"),
        ("FRAME-ANCESTORS 'SELF'", "SAMEORIGIN"),
    ],
)
def test_the_policy_is_the_owner_s_to_choose_and_frames_stay_shut_unless_it_opens_them(made, csp, frames):
    made.write(SITE | {"pyproject.toml": f'[tool.blog]\ncsp = "{csp}"\n'})
    client = made.app().test_client()
    said = client.get("/posts/a/").headers
    assert said.get("Content-Security-Policy", "") == csp
    assert said.get("X-Frame-Options") == frames
    assert "sandbox" in client.get("/posts/trip/sun.svg").headers["Content-Security-Policy"]


@pytest.mark.parametrize("csp", ["default-src 'self' {x}", "a\\", "$host", "größe 'self'", "'self'", 'a "b"', "`a`"])
def test_a_policy_that_is_none_is_refused(made, csp):
    made.settings(csp=csp)
    with pytest.raises(SettingsError, match=r"pyproject\.toml:2: csp must "):
        made.app()


@given(st.text(max_size=60))
def test_whatever_is_accepted_as_a_policy_can_be_a_header(csp):
    try:
        (settings,) = [load(REPOSITORY, {"BLOG_CSP": csp})]
    except SettingsError:
        return
    assert settings.csp.isascii()
    assert settings.csp == "" or settings.csp.isprintable()
    assert not set(settings.csp) & set('"$\\{}<>`')


@pytest.mark.parametrize(
    ("url", "hsts", "said"),
    [("https://a.example/", 0, None), ("https://a.example/", 600, "max-age=600"), ("http://a.example/", 600, None)],
)
def test_browsers_are_bound_to_https_only_by_the_setting(url, hsts, said):
    assert dict(security.headers(Settings(url=url, hsts=hsts))).get("Strict-Transport-Security") == said


def test_hosts_are_told_once_what_all_answers_say(made):
    made.write(SITE)
    made.settings(hosts=["netlify", "apache", "nginx", "caddy"], hsts=600, url="https://example.org/")
    tree = made.freeze()
    hosts = made.root / ".flatleaf/hosts"
    netlify, apache = tree["_headers"].decode(), tree[".htaccess"].decode()
    for name, value in security.headers(Settings(hsts=600, url="https://example.org/")):
        of_images = 1 if name == security.POLICY else 0
        assert netlify.count(f"  {name}: {value}\n") == 1
        assert netlify.count(f"  {name}: ") == 1 + of_images
        assert apache.count(f'Header always set {name} "{value}"\n') == 1
        assert apache.count(f"Header always set {name} ") == 1 + of_images
        assert f"    add_header {name} " in (hosts / "nginx.conf").read_text()
        assert (hosts / "Caddyfile").read_text().count(f'header {name} "{value}"') == 1
    for block in re.findall(r"location [^{]*\{[^}]*add_header[^}]*\}", (hosts / "nginx.conf").read_text()):
        assert block.count("add_header X-Content-Type-Options") == 1, "a place with headers of its own repeats all"
    assert re.search(r"^/\*\.svg\n(  .*\n)*?  Content-Security-Policy: .*sandbox", netlify, re.MULTILINE)


def test_apache_reads_no_percent_sign_as_a_variable(made):
    made.write({"posts/a.md": POST.format("A", 1, "a")})
    made.settings(hosts=["apache"], csp="default-src https://a.example/%20x")
    assert 'Content-Security-Policy "default-src https://a.example/%%20x"' in made.freeze()[".htaccess"].decode()


# Hosts


EVIL = "evil.example"
HOSTILE: dict[str, str] = {
    "HTTP_HOST": EVIL,
    "SERVER_NAME": EVIL,
    "SERVER_PORT": "6666",
    "wsgi.url_scheme": "gopher",
    "HTTP_X_FORWARDED_HOST": EVIL,
    "HTTP_X_FORWARDED_FOR": EVIL,
    "HTTP_X_FORWARDED_PROTO": "gopher",
    "HTTP_X_FORWARDED_PORT": "6666",
    "HTTP_X_FORWARDED_PREFIX": f"/{EVIL}",
    "HTTP_X_FORWARDED_SERVER": EVIL,
    "HTTP_FORWARDED": f"for={EVIL};host={EVIL};proto=gopher",
    "HTTP_X_ORIGINAL_URL": f"/{EVIL}",
    "HTTP_X_REWRITE_URL": f"/{EVIL}",
    "HTTP_X_ORIGINAL_HOST": EVIL,
    "HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE",
    "HTTP_X_SCRIPT_NAME": f"/{EVIL}",
    "HTTP_SCRIPT_NAME": f"/{EVIL}",
    "HTTP_ORIGIN": f"https://{EVIL}",
    "HTTP_REFERER": f"https://{EVIL}/",
    "HTTP_COOKIE": f"session={EVIL}",
    "HTTP_AUTHORIZATION": f"Basic {EVIL}",
    "RAW_URI": f"http://{EVIL}/",
    "REQUEST_URI": f"http://{EVIL}/",
    "REMOTE_ADDR": EVIL,
}


def same(one: Answer, other: Answer) -> bool:
    """Tell whether two answers are one, but for their time."""
    return one.status == other.status and one.body == other.body and told(one) == told(other)


def told(answer: Answer) -> list[tuple[str, str]]:
    return sorted(pair for pair in answer.headers if pair[0] != "Date")


@pytest.mark.parametrize("kind", KINDS)
def test_whom_a_request_names_changes_no_answer(root, kind):
    with serving(root, kind) as honest, serving(root, kind) as deceived:
        for _ in range(2):
            for url in (*PAGES, *FEEDS, *FILES, *MOVED, *LOST, "//about/", f"//{EVIL}/..", f"/\\{EVIL}/"):
                answer = ask(deceived, url, **HOSTILE)
                assert EVIL.encode() not in answer.body + repr(told(answer)).encode(), url
                assert same(answer, ask(honest, url)), url


@given(st.dictionaries(st.sampled_from(sorted(HOSTILE)), st.text(st.characters(max_codepoint=255), max_size=40)))
def test_no_header_changes_an_answer(apps, headers):
    app = apps["cached"]
    for url in ("/posts/a/", "/feed.xml", "/old/", "/about", "/nope"):
        assert same(ask(app, url, **headers), ask(app, url)), url


@pytest.mark.parametrize("name", ["request.host", "request.url", "request.url_root", "request.host_url"])
def test_not_even_a_template_that_asks_learns_another_host(tmp_path, name):
    write(tmp_path, SITE | {"templates/page.html": f"{{{{ {name} }}}}"})
    for kind in KINDS:
        with serving(tmp_path, kind) as app:
            assert b"example.org" in ask(app, "/about/", **HOSTILE).body
            assert EVIL.encode() not in ask(app, "/about/", **HOSTILE).body


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://example.org/", ("example.org", "example.org", "443", "https")),
        ("http://127.0.0.1:8000/", ("127.0.0.1:8000", "127.0.0.1", "8000", "http")),
        ("http://müller.example/b/", ("xn--mller-kva.example", "xn--mller-kva.example", "80", "http")),
        ("http://[::1]:80/", ("[::1]:80", "::1", "80", "http")),
        ("https://me@example.org/", ("example.org", "example.org", "443", "https")),
    ],
)
def test_inside_every_request_is_one_for_the_public_address(url, said):
    assert tuple(security.origin(Settings(url=url)).values()) == said


# Limits


LONG = "a" * 20_000


def test_what_is_too_long_is_refused_also_where_the_answer_is_kept(app):
    for url in (*PAGES, *FEEDS, *FILES, *MOVED, "/nope"):
        for _ in range(2):
            answer = ask(app, url, LONG)
            assert answer.status == 414, url
            answer.has(url)
    for path in (f"/{LONG}", f"/{LONG}/", f"/static/{LONG}", f"/tags/{LONG}/", "/é".encode().decode("latin-1") * 9000):
        assert ask(app, path).status == 414
    for headers in (
        {"HTTP_X_LONG": LONG},
        {f"HTTP_X_{n}": "x" for n in range(120)},
        {f"HTTP_{n}": "y" * 7_000 for n in range(6)},
    ):
        answer = ask(app, "/nope", **headers)
        assert answer.status == 431
        answer.has()
    assert ask(app, "/posts/a/", HTTP_IF_NONE_MATCH=LONG).status == 431


def test_what_is_long_but_not_too_long_is_answered(app):
    assert ask(app, "/posts/a/", "a" * security.LONGEST).status == 200
    assert ask(app, "/posts/a/", HTTP_COOKIE="a" * 7_000).status == 200
    assert ask(app, f"/{'a' * (security.LONGEST - 1)}").status == 404


@pytest.mark.parametrize(
    "body", [{"CONTENT_LENGTH": "1"}, {"CONTENT_LENGTH": "x"}, {"HTTP_TRANSFER_ENCODING": "chunked"}]
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_body_is_refused(app, method, body):
    for url in ("/posts/a/", "/nope"):
        for condition in ({}, {"HTTP_IF_NONE_MATCH": ask(app, "/posts/a/").headers["ETag"]}):
            answer = ask(app, url, method=method, **body, **condition)
            assert answer.status == 413
            answer.has()
    assert ask(app, "/posts/a/", CONTENT_LENGTH="0").status == ask(app, "/posts/a/", CONTENT_LENGTH="").status == 200


def test_a_refusal_is_one_line_that_nobody_keeps(app):
    for answer in (ask(app, "/", LONG), ask(app, "/", method="POST"), ask(app, "/", HTTP_X=LONG, CONTENT_LENGTH="3")):
        assert re.fullmatch(rb"%d [A-Za-z -]+\n" % answer.status, answer.body)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Length"] == str(len(answer.body))
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert ask(app, "/", LONG, method="HEAD").body == b""


def test_a_refusal_comes_before_anything_is_read(tmp_path):
    write(tmp_path, SITE)
    with serving(tmp_path, "cached") as app:
        for answer in (ask(app, "/", method="POST"), ask(app, "/", LONG), ask(app, "/", CONTENT_LENGTH="1")):
            assert answer.status >= 400
        assert of(app).library.contents is None


MADE_UP = ["/nope/{}", "/tags/{}", "/tags/{}/", "/tags/Sea!{}/", "/tags/{}/feed.xml", "/categories/{}/", "/series/{}"]
MADE_UP += ["/static/{}.css", "/posts/{}", "/{}.html", "/-/preview/{}/", "/page/{}/", "/old{}", "/posts/a/?{}"]


@pytest.mark.parametrize("form", MADE_UP)
def test_addresses_that_somebody_makes_up_take_no_memory(root, form):
    path, _, query = form.partition("?")
    with serving(root, "live") as app:

        def flood(start: int, count: int) -> None:
            for n in range(start, start + count):
                made_up = f"{n:06d}{'é'.encode().decode('latin-1') * 3000}"
                ask(app, path.format(made_up), query.format(made_up))

        flood(0, 20)
        gc.collect()
        tracemalloc.start()
        try:
            before = tracemalloc.get_traced_memory()[0]
            flood(1000, 100)
            gc.collect()
            assert tracemalloc.get_traced_memory()[0] - before < 200_000  # each is 6,000 characters long
        finally:
            tracemalloc.stop()


def test_a_page_of_a_list_has_one_address(made):
    made.write({f"posts/{n}.md": POST.format(n, n, n) for n in range(1, 6)})
    made.settings(posts_per_page=2, feed_size=2)
    app = made.app()
    for known, made_up in (
        ("/page/2/", "/page/02/ /page/٢/ /page/+2/ /page/2.0/ /page/0/ /page/-2/"),
        ("/feed/archive/1.xml", "/feed/archive/01.xml /feed/archive/١.xml /feed/archive/0.xml"),
        ("/tags/sea", "/tags/nope /tags/sea// /tags//sea /tags// /tags/sea/////"),
        ("/archive/", "/archive// /archive//// /archive/. /archive/;"),
    ):
        assert ask(app, known).status in (200, 301)
        for url in made_up.split():
            assert ask(app, url.encode().decode("latin-1")).status == 404, url


def test_an_alias_has_one_slash_at_most(app):
    assert [ask(app, f"/old{'/' * count}").status for count in range(4)] == [301, 301, 404, 404]


def test_what_clients_say_of_codings_is_remembered_only_as_far_as_it_is_looked_at(root):
    with serving(root, "live") as app:
        for n in range(3):
            ask(app, "/posts/a/")
            ask(app, "/posts/a/", HTTP_ACCEPT_ENCODING=f"gzip, x{n}" + "," * 7_000)
    (known,) = [one for one in gc.get_referents(coding_of) if isinstance(one, dict) and "" in one]
    assert any("x2" in one for one in known)
    assert max(map(len, known)) <= 200


# Methods


@pytest.mark.parametrize("method", "POST PUT PATCH DELETE TRACE CONNECT PROPFIND MKCOL LOCK FOO get Get BREW".split())
def test_another_method_is_refused_everywhere(app, method):
    for url in (*PAGES, *FEEDS[:1], *FILES[:1], *MOVED[:1], *LOST, "/-/health", "*"):
        answer = ask(app, url, method=method)
        assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS"), url
        answer.has(url)


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20))
def test_a_made_up_method_is_refused(apps, method):
    status = ask(apps["cached"], "/posts/a/", method=method).status
    assert status == {"GET": 200, "HEAD": 200, "OPTIONS": 204}.get(method, 405)


def test_what_may_be_asked_is_told_plainly(app):
    for url in ("/", "/posts/a/", "/nope", "*", "/posts/hush/"):
        answer = ask(
            app, url, method="OPTIONS", HTTP_ORIGIN=f"https://{EVIL}", HTTP_ACCESS_CONTROL_REQUEST_METHOD="PUT"
        )
        assert (answer.status, answer.body, answer.headers["Allow"]) == (204, b"", "GET, HEAD, OPTIONS")
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


# What isn't for the public


def is_hush(answer: Answer) -> bool:
    """Tell whether an answer gives away anything that isn't for the public."""
    return b"hush" in answer.body.replace(b"hush-not", b"").lower() or b"hush" in repr(told(answer)).encode()


STEPS = [
    "..",
    ".",
    "",
    "%2e%2e",
    "%252e%252e",
    "..;",
    ".%00",
    "\x00",
    "\\..",
    "..\\",
    "%5c..",
    "..%2f..",
    "%c0%ae%c0%ae",
]
STEPS += [
    "\u2025",
    "\uff0e\uff0e",
    "..\u2215..",
    "\u202e",
    "con",
    "~",
    "*",
    "?",
    "#",
    "\r\nSet-Cookie: a=b",
    "\udcff",
    "ÿ",
]
NAMES = ["posts", "pages", "static", "content", "templates", ".git", "config", ".env", ".flatleaf", "mine.txt", "hush"]
NAMES += [
    "hush.md",
    "hush.html",
    "map.png",
    "a.md",
    "a.md~",
    ".x",
    ".hidden.md",
    "notes.txt",
    "pyproject.toml",
    "later",
]
NAMES += ["index.md", "index.html", "index.sqlite", "live.sqlite", "preview.secret", "broken", "posters", "outside"]
NAMES += [
    "hush.txt",
    "hush-old",
    "alone-old",
    "later-old",
    "tags",
    "feed.xml",
    "HUSH",
    "Hush",
    "hush.",
    "hush ",
    "etc",
    "passwd",
]
paths = st.lists(st.sampled_from(STEPS + NAMES) | st.text(max_size=8), max_size=8).map("/".join).map("/{}".format)
ends = st.sampled_from(["", "/", ".", "//", " ", "/.", "?", ";", "\x00", "/index.html", "/..", "%00.png"])


@given(paths, ends, st.sampled_from(KINDS))
@example("/static/../pyproject.toml", "", "plain")
@example("/static//../../outside/hush.txt", "", "plain")
@example("//static/%2e%2e/%2e%2e/outside/hush.txt", "", "cached")
@example("/posts/a/../hush", "/", "live")
def test_no_path_leads_to_what_is_not_for_the_public(apps, path, end, kind):
    raw = f"{path}{end}".encode("utf-8", "surrogateescape").decode("latin-1")
    answer = ask(apps[kind], raw)
    assert answer.status in (200, 301, 404, 405, 414)
    if "hush" not in raw.lower():
        assert not is_hush(answer)
    else:
        assert answer.status in (301, 404)  # to a slash at most, which says nothing of what is there
        assert b"Hush" not in answer.body
    answer.has(path)
    assert "\n" not in repr(told(answer)).replace("\\n", "")


@given(st.binary(max_size=60))
def test_whatever_bytes_are_asked_for_nothing_breaks(apps, path):
    for kind in KINDS:
        answer = ask(apps[kind], "/" + path.decode("latin-1"))
        assert answer.status in (200, 301, 404)
        answer.has()


@given(st.text(max_size=60))
def test_a_query_changes_nothing(apps, query):
    raw = quote(query, safe="&=+?/%") if len(query) % 2 else query.encode("utf-8", "surrogatepass").decode("latin-1")
    for kind in KINDS:
        for url in ("/posts/a/", "/feed.xml", "/posts/trip/map.png", "/old/", "/nope"):
            assert same(ask(apps[kind], url, raw), ask(apps[kind], url)), url


HIDDEN = """/posts/hush/ /posts/hush /posts/hush/index.md /posts/hush/map.png /posts/hush.md /posts/hush/index.html
/POSTS/HUSH/ /posts/Hush/ /posts/hush. /posts/hush./ /posts//hush/ //posts/hush/ /posts/./hush/ /posts/hush/../hush/
/posts/hush%2f /posts/hush;/ /hush-old/ /hush-old /alone-old/ /posts/later/ /posts/later /posts/later/map.png
/later-old/ /later-old /posts/broken/ /posts/broken/map.png /posters/ /posters /posters/map.png /tags/hush/
/tags/hush /tags/HUSH/ /tags/hush/feed.xml /posts/.git/config /posts/.hidden/ /posts/.hidden.md /posts/a.md~ /.env
/static/.x /static/.git/config /.git/config /.flatleaf/mine.txt /.flatleaf/preview.secret /.flatleaf/index.sqlite
/templates/hush.html /notes.txt /pyproject.toml /posts/a.md /pages/about.md /static/ /static /posts/trip/index.md
/build/index.html /blog/errors.py /-/ /-/preview/ /-/preview /-/preview/x /-/preview/x/y.png""".split()


@pytest.mark.parametrize("url", HIDDEN)
def test_a_guessed_address_finds_what_any_other_finds(app, url):
    nothing = ask(app, "/404.html").body
    for method in ("GET", "HEAD"):
        answer = ask(app, url, method=method)
        body = re.sub(rb'<section class="missing">.*?</section>\n', b"", answer.body, flags=re.DOTALL)
        lost = answer.status == 404 and body == (nothing if method == "GET" else b"") and not is_hush(answer)
        # An engine's address without its last slash leads to the one with it, whether or not that holds anything.
        assert lost or (answer.status == 301 and ask(app, answer.headers["Location"]).status == 404), url


@pytest.mark.parametrize("url", [*PAGES, *FEEDS, *FILES, *MOVED, *LOST])
def test_nothing_public_names_what_is_not(app, url):
    assert not is_hush(ask(app, url))


def test_no_build_holds_what_is_not_for_the_public(root):
    with serving(root) as app, app.app_context():
        result = app.test_cli_runner().invoke(args=["freeze", "--out", str(root.parent / "build")])
    assert result.exit_code == 0, result.output
    files = {path: path.read_bytes() for path in (root.parent / "build").rglob("*") if path.is_file()}
    assert len(files) > 20
    for path, body in files.items():
        assert b"hush" not in body.replace(b"hush-not", b"").lower(), path
        assert "hush" not in str(path.relative_to(root.parent / "build"))


@pytest.mark.parametrize("log", ["log/access.jsonl", "access.txt", "docs/access.json", "static/access.txt"])
@pytest.mark.parametrize("engine", [{}, {"_config.yml": "title: Old\n"}])
def test_what_a_site_writes_about_its_visitors_is_never_content(made, engine, log):
    files = {
        "a.md": "# A\n",
        "access-roads.md": "# Roads\n",
        "ids.txt-more.md": "# More\n",
        "_posts/2026-01-01-p.md": "---\ntitle: P\n---\n\nWords.\n",
        "static/own.css": "a {}\n",
    }
    stem, _, ending = log.rpartition(".")
    after = (".1", ".2.gz", "-20261120", "-2026-11-20", ".2026-11-20_12", ".20261120-1200.zst", ".old", ".bak")
    rotated = [*(f"{log}{one}" for one in after), f"{stem}-20261120.{ending}", f"{stem}.1.{ending}.gz"]
    made.write(engine | files | dict.fromkeys(rotated, "hush") | {"docs/more.png": "png"})
    made.settings(access_log=log, published="ids.txt")
    assert {"access-roads.md", "ids.txt-more.md"} <= {found.path for found in scan(of(made.app()).settings)}
    for live in (False, True, True):
        app = made.app(live=live)
        ask(app, "/", HTTP_USER_AGENT="hush", REMOTE_ADDR="192.0.2.1")
        assert "hush" in (made.root / log).read_text()
        for url in (f"/{log}", *(f"/{name}" for name in rotated), f"/{stem}/", "/ids.txt", "/ids/"):
            assert ask(app, url).status == 404, url
        if of(app).live:
            of(app).live.end()
    tree = made.freeze()
    assert not [name for name, body in tree.items() if b"192.0.2.1" in body or b"hush" in body]


def test_no_folder_is_listed(app):
    for url in ("/static/", "/static/sub/", "/posts/trip/sub/", "/posts/hush/", "/-/"):
        assert ask(app, url).status == 404


def test_a_draft_is_gone_as_soon_as_it_is_one(made):
    made.write({"posts/trip/index.md": POST.format("Trip", 1, "it"), "posts/trip/map.png": "map"})
    client = made.app().test_client()
    assert client.get("/posts/trip/map.png", buffered=True).status_code == 200
    made.write({"posts/trip/index.md": DRAFT})
    client = made.app().test_client()
    for url in ("/posts/trip/", "/posts/trip/map.png", "/tags/sea/", "/hush-old/"):
        assert client.get(url, buffered=True).status_code == 404


def test_a_post_to_come_and_its_bundle_come_at_their_second(made):
    made.write({"posts/later/index.md": LATER, "posts/later/map.png": "map", "posts/a.md": POST.format("A", 1, "a")})
    app = made.app()
    urls = ("/posts/later/", "/posts/later/map.png", "/later-old/", "/tags/hush/", "/tags/hush/feed.xml")
    made.now = datetime(2027, 1, 3, tzinfo=UTC) - timedelta(seconds=1)
    assert [ask(app, url).status for url in urls] == [404] * 5
    made.now += timedelta(seconds=1)
    assert [ask(app, url).status for url in urls] == [200, 200, 301, 200, 200]


# Links


@pytest.fixture
def linked(made) -> Callable[..., Any]:
    """Return a function that makes a link in a site, and one that asks for it live and in a build."""
    outside = write(made.root.parent / "outside", {"hush.txt": "hush", "hush.png": "hush", "more/hush.png": "hush"})
    made.write({"posts/a.md": POST.format("A", 1, "a"), ".flatleaf/keep.png": "hush", "posts/.own.png": "hush"})
    made.write({"static/fine.png": "fine", "pyproject.toml": "[tool.blog]\n", "shared/fine.png": "fine"})

    def link(name: str, target: str) -> set[bytes]:
        (made.root / name).parent.mkdir(exist_ok=True)
        (made.root / name).symlink_to(target.format(outside=outside))
        url = f"/{name.removeprefix('pages/')}"
        found = {made.app(without=["cache"] * n).test_client().get(url, buffered=True).data for n in (0, 1)}
        files = made.freeze()
        (made.root / name).unlink()
        return {b"" if b"<html" in body else body for body in found} | {files.get(url[1:], b"")}

    return link


@pytest.mark.parametrize("folder", ["posts", "pages", "static"])
@pytest.mark.parametrize(
    "target",
    """{outside}/hush.png ../../outside/hush.png /etc/hostname ../.flatleaf/keep.png ../posts/.own.png
    ../pyproject.toml /proc/self/environ nowhere.png""".split(),
)
def test_a_link_that_leads_out_of_the_site_is_not_followed(linked, folder, target):
    assert linked(f"{folder}/link.png", target) == {b""}


@pytest.mark.parametrize("folder", ["posts", "pages", "static"])
@pytest.mark.parametrize("target", ["../static/fine.png", "../shared/fine.png"])
def test_a_link_within_the_site_is_followed(linked, folder, target):
    assert linked(f"{folder}/link.png", target) == {b"fine"}


@pytest.mark.parametrize("folder", ["posts", "pages", "static"])
def test_a_folder_outside_is_read_only_where_the_setting_names_it(made, linked, folder):
    (made.root / folder).mkdir(exist_ok=True)
    (made.root / folder / "more").symlink_to("../../outside/more")
    url = f"/{folder}/more/hush.png".removeprefix("/pages")
    for follow, body in (
        (["../outside"], b"hush"),
        ([str(made.root.parent / "outside/more")], b"hush"),
        (["/srv"], b""),
    ):
        made.settings(follow=follow)
        answer = made.app().test_client().get(url, buffered=True)
        assert (answer.data if answer.status_code == 200 else b"") == body
        assert made.freeze().get(url[1:], b"") == body


def test_a_link_that_is_not_followed_is_told_of(made, linked):
    (made.root / "posts/link.md").symlink_to("../../outside/hush.txt")
    result = made.run("check")
    expected = "posts/link.md: this link leads out of the site; the setting follow can name where to"
    assert (result.exit_code, result.stdout.splitlines()) == (1, [expected])


def test_a_content_folder_may_itself_be_a_link(made):
    write(made.root.parent / "elsewhere", {"a.md": POST.format("A", 1, "a"), "map.png": "map", ".git/x.png": "hush"})
    (made.root / "posts").symlink_to("../elsewhere")
    (made.root.parent / "elsewhere/link.png").symlink_to(".git/x.png")
    client = made.app().test_client()
    assert client.get("/posts/a/").status_code == client.get("/posts/map.png", buffered=True).status_code == 200
    assert client.get("/posts/link.png").status_code == 404


# A real server


@pytest.fixture(scope="module")
def port(root: Path) -> Iterator[int]:
    """Serve the site by granian; return its port."""
    pytest.importorskip("granian", reason="needs granian")
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BLOG_")}
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--port", str(port), "blog.wsgi:app"]
    log = root.parent / "granian"
    with open(log, "wb") as output:
        process = subprocess.Popen(
            command, cwd=REPOSITORY, env=clean | {"BLOG_SITE": str(root)}, stdout=output, stderr=output
        )
    try:
        deadline = time.monotonic() + 60
        while not answers(port):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 5).close()
    except OSError:
        return False
    return True


def raw(port: int, request: bytes) -> tuple[int, dict[str, str], bytes]:
    """Send bytes; return the answer, status 0 if there is none."""
    with socket.create_connection(("127.0.0.1", port), 20) as connection:
        connection.sendall(request)
        response = HTTPResponse(connection)
        try:
            response.begin()
        except (ConnectionError, HTTPException):
            return 0, {}, b""
        return response.status, {name.title(): value for name, value in response.getheaders()}, response.read()


def said(port: int, sent: bytes) -> bytes:
    """Send bytes and return all that comes back until the server has no more to say."""
    with socket.create_connection(("127.0.0.1", port), 20) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        found = b""
        while True:
            try:
                part = connection.recv(65536)
            except ConnectionError:
                return found
            if not part:
                return found
            found += part


def request(line: str, *headers: str, host: str = EVIL) -> bytes:
    lines = [f"{line} HTTP/1.1", f"Host: {host}", *headers, "Connection: close", "", ""]
    return "\r\n".join(lines).encode("latin-1")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (request("GET /posts/a/"), 200),
        (request("GET /posts/a/", "X-Forwarded-Host: evil.example", "Forwarded: host=evil.example"), 200),
        (request("GET /posts/a/", f"Host: {EVIL}", "X-Original-URL: /hush", "X-Rewrite-URL: /hush"), 200),
        (request(f"GET http://{EVIL}/posts/a/"), 200),
        (request(f"GET http://{EVIL}/posts/hush/"), 404),
        (b"GET /posts/a/ HTTP/1.0\r\n\r\n", 200),
        (request("GET /old/"), 301),
        (request("GET //evil.example/%2e%2e"), 404),
        (request("GET /static/..%2f..%2foutside/hush.txt"), 404),
        (request("GET /static/../../outside/hush.txt"), 404),
        (request("GET /static/%2e%2e/%2e%2e/outside/hush.txt"), 404),
        (request("GET /static/..%5c..%5coutside%5chush.txt"), 404),
        (request("GET /static/%252e%252e/pyproject.toml"), 404),
        (request("GET /posts/hush%00/"), 404),
        (request("GET /%c0%ae%c0%ae/pyproject.toml"), 404),
        (request("GET /posts/%0d%0aSet-Cookie:%20a=b"), 404),
        (request(f"GET /posts/a/?{LONG}"), 414),
        (request(f"GET /{LONG}"), 414),
        (request(f"GET /?{'a' * 70_000}"), 414),
        (request("GET /nope", f"X-Long: {LONG}"), 431),
        (request("GET /nope", *(f"X-{n}: y" for n in range(150))), 431),
        (request("GET /posts/a/", "Content-Length: 5") + b"hello", 413),
        (request("GET /posts/a/", "Transfer-Encoding: chunked") + b"5\r\nhello\r\n0\r\n\r\n", 413),
        (request("POST /posts/a/", "Content-Length: 5") + b"hello", 405),
        (request("TRACE /"), 405),
        (request("PROPFIND /"), 405),
        (request("HUSH /"), 405),
        (request("OPTIONS *"), 204),
        (request("OPTIONS /"), 204),
        (request("CONNECT evil.example:443"), 0),
    ],
    ids=lambda value: repr(value[:60]) if isinstance(value, bytes) else "",
)
def test_a_real_server_passes_on_nothing_that_harms(port, sent, status):
    for _ in range(2):
        got, headers, body = raw(port, sent)
        assert got == status or (status == 0 and got >= 400)
        assert EVIL not in f"{headers}"
        assert "Set-Cookie" not in headers
        assert EVIL.encode() not in body
        assert b"hush" not in body.replace(b"hush-not", b"").lower()
        if headers.get("Server") or body:  # what the server answers by itself is empty
            assert {name.title(): value for name, value in ALWAYS.items()}.items() <= headers.items()


INNER = b"GET /old/ HTTP/1.1\r\nHost: a\r\n\r\n"
CHUNKED = "Transfer-Encoding: chunked"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ([f"Content-Length: {len(INNER)}"], INNER),
        ([CHUNKED], b"%x\r\n%s\r\n0\r\n\r\n" % (len(INNER), INNER)),
        ([CHUNKED], b"0;a=b\r\n\r\n"),
        (["Content-Length: 5", CHUNKED], b"0\r\n\r\n" + INNER),
        ([CHUNKED, f"Content-Length: {5 + len(INNER)}"], b"0\r\n\r\n" + INNER),
        (["Content-Length: 0", f"Content-Length: {len(INNER)}"], INNER),
        (["Content-Length: 0, 38"], INNER),
        (["Content-Length: +38"], INNER),
        (["Content-Length: 0x26"], INNER),
        (["Content-Length: 99999999999999999999"], INNER),
        (["Transfer-Encoding: chunked, identity"], b"0\r\n\r\n" + INNER),
        (["Transfer-Encoding: xchunked"], b"0\r\n\r\n" + INNER),
        (["Transfer-Encoding : chunked"], b"0\r\n\r\n" + INNER),
        (["X: y\rTransfer-Encoding: chunked"], b"0\r\n\r\n" + INNER),
        ([CHUNKED], b"zz\r\n" + INNER),
        ([CHUNKED], b"-1\r\n" + INNER),
        (["X: a\r\n Content-Length: 38"], b""),
        (["X: a\0b"], b""),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_no_request_is_smuggled_in_the_body_of_another(port, method, headers, body):
    lines = [f"{method} /posts/a/ HTTP/1.1", "Host: a", *headers, "", ""]
    answer = said(port, "\r\n".join(lines).encode("latin-1") + body)
    statuses = re.findall(rb"^HTTP/1\.1 (\d+)", answer, re.MULTILINE)
    assert set(statuses) <= {b"400", b"405", b"413", b"204"}
    assert b"\nlocation:" not in answer.lower()
