"""Exports for hosts: what nginx, Caddy, Apache and the rest are told makes them answer as the live app does."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.errors import FreezeError
from blog.freeze import compress, hosts, manifest
from blog.freeze.hosts import cloudflare, made, netlify
from blog.freeze.hosts.made import Made, Rule
from blog.settings import Settings
from blog.settings.choices import HOSTS
from blog.site import of
from blog.urls import SAFE

HTML = (
    ("Cache-Control", "no-cache"),
    ("Content-Type", "text/html; charset=utf-8"),
    ("X-Content-Type-Options", "nosniff"),
)
FEED = (
    ("Cache-Control", "public, max-age=300"),
    ("Content-Type", "application/rss+xml; charset=utf-8"),
    ("X-Content-Type-Options", "nosniff"),
)
XML = (
    ("Cache-Control", "no-cache"),
    ("Content-Type", "application/xml; charset=utf-8"),
    ("X-Content-Type-Options", "nosniff"),
)
MOVED = (("Content-Type", "text/html; charset=utf-8"), ("X-Content-Type-Options", "nosniff"))
ODD = """/with(paren)/ /cash$5/ /$host/ /star*/ /x:y/ /:z/ /{brace}/ /{path}/ /quote"d/ /it's/ /Old/ /old/ /old/deeper/
    /2012/moved.html /semi;colon/ /a+b/ /amp&er=sand/ /tilde~/ /[b]/ /under_score/ /dot.ted/""".split()
ODD += ["/a b/", "/größe alt/"]

SITE = {
    "posts/one.md": "---\ntitle: One\ndate: 2020-01-02\ntags: [go]\naliases:\n"
    + "".join(f"- {json.dumps(alias)}\n" for alias in ODD)
    + "---\n\nWords.\n",
    "posts/two.md": "---\ntitle: Two\ndate: 2020-02-02\ntags: [größe]\nurl: '/größe $1 (x)/'\naliases: [/two]\n---\n",
    "posts/long.md": "---\ntitle: Long\ndate: 2020-03-02\naliases: [/"
    + "long-" * 30
    + "]\n---\n\n"
    + "Many words. " * 300,
    "posts/trip/index.md": "---\ntitle: Trip\ndate: 2020-03-04\n---\n\n![Map](the map.png)\n",
    "posts/trip/the map.png": b"\x89PNG\r\n\x1a\n map",
    "posts/trip/Photo.JPG": b"\xff\xd8 photo",
    "pages/about.md": "# About\n\nWho.\n",
    "pages/whole.html": "<!doctype html>\n<title>Whole</title>\n<p>As it is.\n",
    "pages/odd.xyz": "what?",
    "static/own.css": "body { color: black }\n" * 100,
    "static/sun.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "static/own.js": "1\n",
    "static/app.webmanifest": "{}\n",
    "static/face.woff2": b"wOF2",
    "static/talk.m4a": b"m4a",
    "static/favicon.ico": b"ico",
}


def small(url: str = "https://example.org/", **more: object) -> Made:
    """Return a small build as hosts see it."""
    pages = {"/": HTML, "/posts/x/": HTML, "/feed.xml": FEED, "/tags/go/feed.xml": FEED, "/sitemap.xml": XML}
    pages |= {"/whole.html": HTML, "/404.html": HTML}
    aliases = {"/a b (c)/": ("/posts/gr%C3%B6%C3%9Fe/", MOVED), "/cash$5.html": ("/posts/x/", MOVED)}
    files = {
        address: address.lstrip("/") + ("index.html" if address.endswith("/") else "") for address in pages | aliases
    }
    return Made(Settings(url=url), Path("/srv/build"), files, pages, aliases, **more)  # type: ignore[arg-type]


def said(found: made.Export, name: str) -> str:
    return (found.inside | found.outside)[name].decode()


# The words of each host


def test_the_table_of_hosts_is_that_of_the_setting():
    assert tuple(hosts.HOSTS) == HOSTS


def test_netlify():
    found = hosts.export(["netlify"], small())
    assert (
        said(found, "_redirects")
        == """\
# made by flask freeze: changes are lost
/a%20b%20(c)/ /posts/gr%C3%B6%C3%9Fe/ 301!
/cash$5.html /posts/x/ 301!
"""
    )
    assert (
        said(found, "_headers")
        == """\
# made by flask freeze: changes are lost
/*
  Cache-Control: no-cache
  X-Content-Type-Options: nosniff
/*.xml
  Cache-Control: public, max-age=300
  Content-Type: application/rss+xml; charset=utf-8
/sitemap.xml
  Cache-Control: no-cache
  Content-Type: application/xml; charset=utf-8
"""
    )
    assert found.notes == []


def test_cloudflare():
    found = hosts.export(["cloudflare"], small())
    assert (
        said(found, "_redirects")
        == """\
# made by flask freeze: changes are lost
/a%20b%20(c)/ /posts/gr%C3%B6%C3%9Fe/ 301
/cash$5.html /posts/x/ 301
/whole.html /whole 200
/404.html /404 200
/a%20b%20(c) /posts/gr%C3%B6%C3%9Fe/ 301
/cash$5.html/ /posts/x/ 301
"""
    )
    assert (
        said(found, "_headers")
        == """\
# made by flask freeze: changes are lost
/*
  Cache-Control: no-cache
/*.xml
  ! Cache-Control
  Cache-Control: public, max-age=300
  Content-Type: application/rss+xml; charset=utf-8
/sitemap.xml
  ! Cache-Control
  Cache-Control: no-cache
  ! Content-Type
  Content-Type: application/xml; charset=utf-8
"""
    )


def test_apache():
    assert (
        said(hosts.export(["apache"], small("https://example.org/blog/")), ".htaccess")
        == r"""# made by flask freeze: changes are lost
DirectoryIndex index.html
ErrorDocument 404 /blog/404.html
RewriteEngine On
RewriteRule "^a\x20b\x20\(c\)/?$" "/posts/gr\%C3\%B6\%C3\%9Fe/" [R=301,L,NE]
RewriteRule "^cash\x245\.html/?$" "/posts/x/" [R=301,L,NE]
<IfModule mod_headers.c>
Header set Cache-Control "no-cache" "expr=%{REQUEST_STATUS} in {'200', '206', '304'}"
Header always set X-Content-Type-Options "nosniff"
</IfModule>
<FilesMatch "\.html$">
ForceType "text/html; charset=utf-8"
</FilesMatch>
<FilesMatch "\.xml$">
ForceType "application/rss+xml; charset=utf-8"
<IfModule mod_headers.c>
Header set Cache-Control "public, max-age=300" "expr=%{REQUEST_STATUS} in {'200', '206', '304'}"
</IfModule>
</FilesMatch>
<FilesMatch "^sitemap\.xml$">
ForceType "application/xml; charset=utf-8"
<IfModule mod_headers.c>
Header set Cache-Control "no-cache" "expr=%{REQUEST_STATUS} in {'200', '206', '304'}"
</IfModule>
</FilesMatch>
<IfModule mod_headers.c>
Header merge Vary Sec-Fetch-Dest "expr=%{CONTENT_TYPE} =~ m#^application/(rss|atom)\+xml#"
Header set Content-Type "application/xml; charset=utf-8" \
"expr=%{CONTENT_TYPE} =~ m#^application/(rss|atom)\+xml# && %{HTTP:Sec-Fetch-Dest} == 'document'"
</IfModule>
""".replace(" \\\n", " ")
    )


def test_s3():
    listing = json.loads(said(hosts.export(["s3"], small()), "s3.json"))
    html = {"Cache-Control": "no-cache", "Content-Type": "text/html; charset=utf-8"}
    moved = {"Content-Type": "text/html; charset=utf-8"}
    to, there = (
        {"x-amz-website-redirect-location": "/posts/gr%C3%B6%C3%9Fe/"},
        {"x-amz-website-redirect-location": "/posts/x/"},
    )
    assert listing["index.html"] == {"file": "index.html", **html}
    assert listing["a b (c)/index.html"] == {"file": "a b (c)/index.html", **moved, **to}
    assert listing["a b (c)"] == {**moved, **to}
    assert listing["cash$5.html"] == {"file": "cash$5.html", **moved, **there}
    assert listing["feed.xml"]["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert len(listing) == 7 + 3


def test_pages_without_a_slash_have_their_own_words():
    found = small()
    found.pages["/books"], found.files["/books"] = HTML, "books.html"
    listing = json.loads(said(hosts.export(["s3"], found), "s3.json"))
    assert listing["books"]["file"] == "books.html"
    assert "books.html" not in listing
    assert "/books" not in said(hosts.export(["cloudflare"], found), "_headers")
    assert "DirectorySlash Off" in said(hosts.export(["apache"], found), ".htaccess")
    assert "DirectorySlash" not in said(hosts.export(["apache"], small()), ".htaccess")


def test_netlify_is_told_of_files_that_it_does_not_take():
    found = small()
    found.pages["/c#/"], found.files["/c#/"] = HTML, "c#/index.html"
    assert hosts.export(["netlify"], found).notes == [
        "netlify: it takes no file with # or ? in its name: c#/index.html"
    ]


def test_the_keys_of_s3_begin_with_the_path_of_the_public_address():
    listing = json.loads(said(hosts.export(["s3"], small("https://example.org/blog/")), "s3.json"))
    assert listing["blog/index.html"]["file"] == "index.html"


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://example.org/", "example.org"),
        ("https://müller.example/", "xn--mller-kva.example"),
        ("https://name.github.io/", ""),
        ("https://example.org/project/", ""),
        ("http://127.0.0.1:8000/", ""),
        ("http://192.0.2.1/", ""),
        ("http://localhost/", ""),
    ],
)
def test_github_has_the_domain_of_its_own_and_no_jekyll(url, domain):
    inside = hosts.export(["github"], small(url)).inside
    assert inside[".nojekyll"] == b""
    assert inside.get("CNAME") == (f"{domain}\n".encode() if domain else None)


@pytest.mark.parametrize("name", ["netlify", "cloudflare"])
def test_below_a_path_every_line_begins_with_it(name):
    found = hosts.export([name], small("https://example.org/blog/"))
    lines = (said(found, "_redirects") + said(found, "_headers")).splitlines()
    assert all(line.startswith("/blog/") for line in lines if line.startswith("/"))


def test_what_a_host_reads_as_a_pattern_stays_a_page_that_points_on():
    odd = {"/a*b/": ("/x/", MOVED), "/:z/": ("/x/", MOVED), "/fine/": ("/x/", MOVED)}
    build = Made(Settings(), Path("/b"), {url: f"{url[1:]}index.html" for url in odd}, {}, odd)
    for host, note in (
        (netlify, "2 aliases with * or : stay pages that point on"),
        (cloudflare, "4 redirects are beyond its 2,000 rules or can't be said: pages point on instead"),
    ):
        found = host.export(build)
        assert found.notes == [note]
        assert [line.split()[0] for line in said(found, "_redirects").splitlines()[1:]] in (
            ["/fine/"],
            ["/fine/", "/fine"],
        )


def test_cloudflare_s_limits_are_kept_and_what_is_left_out_is_told():
    aliases = {f"/old/{n}/": ("/x/", MOVED) for n in range(1500)}
    pages = {f"/f/{n}.xyz": (("Content-Type", f"application/x-{n}"),) for n in range(150)}
    files = {url: url[1:] for url in aliases | pages}
    found = cloudflare.export(Made(Settings(), Path("/b"), files, pages, aliases))
    lines = said(found, "_redirects").splitlines()[1:]
    assert len(lines) == 2000
    assert {f"/old/{n}/" for n in range(1500)} <= {line.split()[0] for line in lines}, (
        "those with their slash come first"
    )
    assert said(found, "_headers").count("\n/") == 100
    assert found.notes == [
        "1000 redirects are beyond its 2,000 rules or can't be said: pages point on instead",
        "50 rules for headers are beyond its 100 and left out",
    ]


def test_a_host_that_does_not_exist_and_two_that_clash_are_refused():
    with pytest.raises(FreezeError, match="hosts has no geocities; there are apache, caddy"):
        hosts.chosen((), ("geocities",))
    with pytest.raises(FreezeError, match="can't be both cloudflare and netlify"):
        hosts.chosen(("netlify",), ("cloudflare",))
    assert hosts.chosen(("nginx",), ("caddy", "nginx")) == ("caddy", "nginx")


# Rules

paths = st.lists(
    st.sampled_from(
        "/ /a/ /a.css /b/a.css /b/b.css /t.0123456789.css /c.xml /d/c.xml /bare /b/a/ /d/a/ /b/a/index.html"
        " /a/index.html /index.html /b/index.html".split()
    ),
    unique=True,
)


def holds(rule: Rule, path: str) -> bool:
    return re.search(made.pattern(rule), path) is not None


@given(st.dictionaries(paths.map(lambda some: some[0] if some else "/e.png"), st.sampled_from([HTML, FEED, XML])))
def test_of_the_rules_that_hold_for_a_path_the_last_says_what_the_path_says(said):
    found = made.rules(said)
    for path, says in said.items():
        assert [rule.says for rule in found if holds(rule, path)][-1] == says


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\\%?#"), min_size=1))
def test_an_escaped_text_matches_itself_only(text):
    assert re.fullmatch(made.escaped(text), text)
    assert not re.fullmatch(made.escaped(text), f"{text}x")
    assert not {'"', "{", "}", " ", "$"} & set(made.escaped(text))


def test_a_thousand_pages_need_few_rules():
    said = {f"/posts/{n}/": HTML for n in range(1000)} | {f"/tags/{n}/feed.xml": FEED for n in range(100)}
    assert len(made.rules(said | {"/sitemap.xml": XML})) == 3


def test_a_thousand_feeds_in_folders_need_one_rule_and_pages_stay_what_is_common():
    pages = {f"/posts/{n}/": HTML for n in range(100)} | {"/feed/": FEED}
    feeds = {f"/tag/{n}/feed/": FEED for n in range(1000)}
    found = made.rules(pages | feeds)
    assert [(rule.kind, rule.text) for rule in found] == [("ending", "/"), ("folder", "feed/")]
    some = {url: f"{url[1:]}index.html" for url in pages | feeds}
    assert ("Cache-Control", "no-cache") in Made(Settings(), Path("/b"), some, pages | feeds, {}).common()


def test_what_a_general_rule_adds_a_particular_one_takes_back():
    open_feed = tuple(sorted((*FEED, ("Access-Control-Allow-Origin", "*"))))
    found = small()
    found.pages.update({"/feed.xml": open_feed, "/tags/go/feed.xml": open_feed})
    assert "header @rule3 -Access-Control-Allow-Origin" in said(hosts.export(["caddy"], found), "Caddyfile")
    assert "Header always unset Access-Control-Allow-Origin" in said(hosts.export(["apache"], found), ".htaccess")
    lines = said(hosts.export(["cloudflare"], found), "_headers").splitlines()
    block = lines[lines.index("/sitemap.xml") :]
    assert "  ! Access-Control-Allow-Origin" in block
    assert not any(line.startswith("  Access-Control-Allow-Origin") for line in block)


# What hosts guess


def wanted(made) -> dict[str, str]:
    """Return the live media type of each ending."""
    app, found = made.app(), {}
    with app.test_request_context():
        addresses = of(app).urls()
    for url in addresses:
        response = app.test_client().get(quote(url), buffered=True)
        found[url] = response.headers["Content-Type"]
    return found


@pytest.mark.parametrize("host", [netlify, cloudflare])
def test_where_a_host_would_guess_otherwise_the_export_says_the_type(made, host):
    made.write(SITE)
    made.settings(hosts=[host.__name__.split(".")[-1]])
    rules = said_of(made.freeze()["_headers"].decode())
    for url, kind in wanted(made).items():
        ending = "/" if url.endswith("/") else Path(url).suffix
        told = [
            headers["Content-Type"]
            for path, headers in rules
            if matches(path, quote(url)) and "Content-Type" in headers
        ]
        assert (told[-1] if told else host.GUESSES.get(ending)) == kind, url


def said_of(text: str) -> list[tuple[str, dict[str, str]]]:
    """Read a ``_headers`` file."""
    found: list[tuple[str, dict[str, str]]] = []
    for line in text.splitlines():
        if line.startswith("/"):
            found.append((line, {}))
        elif ": " in line and not line.startswith("#"):
            name, _, value = line.strip().partition(": ")
            found[-1][1][name] = value
    return found


def matches(pattern: str, path: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), path) is not None


# In a build


def test_the_files_of_hosts_are_written_kept_up_and_removed_with_the_host(made):
    made.write(SITE)
    plain = made.freeze()
    made.settings(hosts=["netlify", "github", "apache"], url="https://example.org/")
    tree = made.freeze()
    assert tree.keys() - plain.keys() == {"_redirects", "_headers", ".htaccess", ".nojekyll", "CNAME"}
    assert made.run("freeze").stdout.split(": ")[1].startswith("0 written")
    made.write({"posts/new.md": "---\ntitle: New\naliases: [/newer/]\n---\n"})
    assert b"/newer/ /posts/new/ 301!" in made.freeze()["_redirects"]
    (made.root / "posts/new.md").unlink()
    made.settings(url="https://example.org/")
    assert made.freeze().keys() == plain.keys()


def test_an_option_chooses_a_host_for_one_freeze(made):
    made.write(SITE)
    plain = made.freeze()
    assert made.run("freeze", "--host", "netlify", "--host", "github").exit_code == 0
    assert made.tree().keys() - plain.keys() == {"_redirects", "_headers", ".nojekyll"}
    assert made.run("verify").exit_code == 0
    assert made.freeze() == plain


def test_an_unknown_host_on_the_command_line_is_one_line(made):
    made.write(SITE)
    result = made.run("freeze", "--host", "geocities")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith("Error: hosts has no geocities; there are ")


@pytest.mark.parametrize("clean", [(), ("--clean",)])
def test_verify_knows_the_files_of_hosts_and_finds_one_that_was_changed(made, clean):
    made.write(SITE)
    made.settings(hosts=["cloudflare", "github"], precompress=True, url="https://example.org/")
    assert made.run("freeze", *clean).exit_code == 0
    result = made.run("verify")
    assert result.exit_code == 0, result.output
    for name in ("_redirects", "CNAME", "posts/long/index.html.gz"):
        before = (made.root / "build" / name).read_bytes()
        (made.root / "build" / name).write_bytes(before + b"\n")
        result = made.run("verify")
        assert (result.exit_code, result.stdout) == (1, f"{name}: differs from a clean build\n")
        (made.root / "build" / name).write_bytes(before)


def test_a_plain_build_has_the_same_files_as_an_incremental_one_after_any_change_between(made):
    made.write(SITE)
    made.settings(hosts=["netlify", "apache", "github"], precompress=True, url="https://example.org/")
    tree = made.freeze()
    for names in (["netlify", "apache", "github"], [], ["cloudflare"]):
        made.settings(hosts=names, precompress=bool(names), url="https://example.org/")
        assert made.run("freeze", "--clean").exit_code == 0
        clean = made.tree()
        assert made.freeze() == clean
        assert names != ["netlify", "apache", "github"] or clean == tree


def test_without_the_cache_the_files_of_hosts_are_no_strangers(made):
    made.write(SITE)
    made.settings(hosts=["netlify", "github"], precompress=True)
    tree = made.freeze()
    shutil.rmtree(made.root / ".flatleaf")
    assert made.freeze() == tree


def test_a_domain_that_somebody_has_named_is_left_alone(made):
    made.write(SITE | {"build/CNAME": "www.example.org\n", "pages/_headers": "/*\n  X-Own: yes\n"})
    (made.root / "posts/one.md").unlink()
    made.settings(hosts=["github", "netlify"], url="https://example.org/")
    result = made.run("freeze")
    tree = made.tree()
    assert (tree["CNAME"], tree["_headers"]) == (b"www.example.org\n", b"/*\n  X-Own: yes\n")
    assert result.stderr.splitlines() == [f"{name} is your own and left as it is" for name in ("CNAME", "_headers")]
    made.settings(url="https://example.org/")
    assert made.freeze()["CNAME"] == b"www.example.org\n"


def test_a_freeze_that_was_killed_before_its_end_is_completed_by_the_next(made):
    """The manifest says what was to come, and the files are there already, or not yet."""
    made.write(SITE)
    made.settings(hosts=["netlify", "github"], url="https://example.org/")
    tree = made.freeze()
    (record,) = (made.root / ".flatleaf").glob("build-*.manifest")
    said = manifest.load(record)
    pending = sorted(said.extras)
    said.extras, said.chosen = {}, []
    manifest.save(record, said)
    manifest.save_pending(record, pending)
    (made.root / "build/_headers").unlink()
    assert made.freeze() == tree
    assert set(manifest.load(record).extras) == {"_redirects", "_headers", ".nojekyll", "CNAME"}


def test_a_lost_configuration_is_written_again(made):
    made.write(SITE)
    made.settings(hosts=["caddy"])
    made.freeze()
    (made.root / ".flatleaf/hosts/Caddyfile").unlink()
    made.freeze()
    assert (made.root / ".flatleaf/hosts/Caddyfile").is_file()


def test_a_foreign_file_with_the_name_of_a_host_s_is_refused(made):
    made.write(SITE)
    made.freeze()
    made.write({"build/_redirects": "/mine /yours\n"})
    made.settings(hosts=["netlify"])
    result = made.run("freeze")
    assert (result.exit_code, made.tree()["_redirects"]) == (1, b"/mine /yours\n")


def test_a_server_s_configuration_is_told_of_when_it_changes(made):
    made.write(SITE)
    made.settings(hosts=["nginx"])
    path = made.root / ".flatleaf/hosts/nginx.conf"
    assert made.run("freeze").stderr == f"{path} has changed\n"
    assert made.run("freeze").stderr == ""


def test_a_configuration_that_can_not_be_written_is_told_in_one_line(made):
    made.write(SITE | {".flatleaf/hosts": "a file"})
    made.settings(hosts=["nginx"])
    result = made.run("freeze")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert "hosts" in result.stderr


def test_a_choice_of_hosts_renders_no_page_again(made):
    made.write(SITE)
    before = made.freeze()
    made.write({"pyproject.toml": '[tool.blog]\nhosts = ["netlify"]\n'})
    assert f": 2 written, {len(before)} unchanged" in made.run("freeze").stdout


# Compressed copies


def test_long_texts_have_compressed_copies_that_repeat(made):
    made.write(SITE)
    made.settings(precompress=True)
    tree = made.freeze()
    copies = {name for name in tree if name.endswith(".gz")}
    assert {"posts/long/index.html.gz", "static/own.css.gz", "feed.xml.gz"} <= copies
    assert "static/own.js.gz" not in copies, "too short"
    assert "static/face.woff2.gz" not in copies, "not a text"
    assert all(gzip.decompress(tree[name]) == tree[name.removesuffix(".gz")] for name in copies)
    assert all(len(tree[name.removesuffix(".gz")]) > compress.LEAST for name in copies)
    assert all(tree[name][3:10] == b"\0\0\0\0\0\x02\xff" for name in copies), "neither time nor name"


def test_brotli_copies_are_made_where_its_package_is(made):
    brotli = pytest.importorskip("brotli")
    made.write(SITE)
    made.settings(precompress=True)
    tree = made.freeze()
    copies = {name for name in tree if name.endswith(".br")}
    assert {name[:-3] for name in copies} == {name[:-3] for name in tree if name.endswith(".gz")}
    assert all(brotli.decompress(tree[name]) == tree[name.removesuffix(".br")] for name in copies)


def test_an_unchanged_page_is_not_compressed_again(made):
    made.write(SITE)
    made.settings(precompress=True)
    made.freeze()
    copies = sorted((made.root / "build").rglob("*.gz"))
    before = {path: path.stat().st_mtime_ns for path in copies}
    page = (made.root / "posts/long.md").read_text()
    made.write({"posts/long.md": f"{page} And more."})
    tree = made.freeze()
    changed = {
        path.relative_to(made.root / "build").as_posix() for path in copies if path.stat().st_mtime_ns != before[path]
    }
    assert "posts/long/index.html.gz" in changed
    assert "static/own.css.gz" not in changed
    assert gzip.decompress(tree["posts/long/index.html.gz"]) == tree["posts/long/index.html"]


def test_a_copy_goes_with_its_page(made):
    made.write(SITE)
    made.settings(precompress=True)
    made.freeze()
    (made.root / "posts/long.md").unlink()
    assert not any(name.startswith("posts/long/") for name in made.freeze())


def test_an_own_file_with_the_name_of_a_copy_wins(made):
    made.write(SITE | {"static/own.css.gz": b"mine"})
    made.settings(precompress=True)
    assert made.freeze()["static/own.css.gz"] == b"mine"


# Real servers


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def program(*names: str) -> str:
    path = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin"
    found = next(filter(None, (shutil.which(name, path=path) for name in names)), None)
    if not found:
        pytest.skip(f"needs {' or '.join(names)}")
    return found


@contextmanager
def running(command: list[str], port: int, log: Path, **environment: str) -> Iterator[None]:
    """Run a server until the end; it answers when this returns."""
    with open(log, "wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=os.environ | environment)
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def nginx(made, port: int) -> Iterator[None]:
    place = made.root.parent / "nginx"
    place.mkdir()
    conf = made.root / ".flatleaf/hosts/nginx.conf"
    temporary = "".join(f"{kind}_temp_path {place}/{kind};" for kind in "client_body proxy fastcgi uwsgi scgi".split())
    user = "user root;" if os.getuid() == 0 else ""
    (place / "nginx.conf").write_text(
        f"daemon off; {user} worker_processes 1; pid {place}/pid; error_log {place}/errors;\nevents {{ }}\n"
        f"http {{ access_log off; {temporary}\ninclude {conf};\n}}\n"
    )
    with running([program("nginx"), "-c", f"{place}/nginx.conf", "-p", str(place)], port, place / "log"):
        yield
    assert "[warn]" not in (place / "log").read_text() + (place / "errors").read_text()


@contextmanager
def caddy(made, port: int) -> Iterator[None]:
    place = made.root.parent / "caddy"
    place.mkdir()
    conf = made.root / ".flatleaf/hosts/Caddyfile"
    (place / "Caddyfile").write_text(f"{{\n\tadmin off\n}}\nimport {conf}\n")
    said = subprocess.run([program("caddy"), "version"], capture_output=True, text=True, check=True).stdout
    if tuple(map(int, re.findall(r"\d+", said)[:2])) < (2, 8):
        pytest.skip("needs Caddy 2.8 or newer")
    command = [program("caddy"), "run", "--config", str(place / "Caddyfile"), "--adapter", "caddyfile"]
    with running(command, port, place / "log", HOME=str(place), XDG_DATA_HOME=str(place), XDG_CONFIG_HOME=str(place)):
        yield


@contextmanager
def apache(made, port: int) -> Iterator[None]:
    server = program("apache2", "httpd")
    place = made.root.parent / "apache"
    base = of(made.app()).settings.base_path
    shutil.copytree(made.root / "build", place / f"root{base}")
    near = [Path(server).parent.parent / "lib" / name / "modules" for name in ("apache2", "httpd")]
    modules = next((folder for folder in near if folder.is_dir()), None)
    if not modules:
        pytest.skip("needs the modules of Apache")
    names = "mpm_event authz_core dir mime rewrite headers alias".split()
    (place / "httpd.conf").write_text(
        "".join(f"LoadModule {n}_module {modules}/mod_{n}.so\n" for n in names if (modules / f"mod_{n}.so").exists())
        + f"ServerName localhost\nServerRoot {place}\nPidFile {place}/pid\nErrorLog {place}/errors\n"
        f"Listen 127.0.0.1:{port}\nTypesConfig /dev/null\nDocumentRoot {place}/root\nMutex file:{place}\n"
        f"<Directory {place}/root>\nOptions FollowSymLinks\nAllowOverride FileInfo Indexes\nRequire all granted\n"
        "</Directory>\n"
    )
    with running([server, "-X", "-f", f"{place}/httpd.conf"], port, place / "log"):
        yield


def asked(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, {name.title(): value for name, value in response.getheaders()}, body


COMPARED = (
    "Location",
    "Access-Control-Allow-Origin",
    "Content-Type",
    "Cache-Control",
    "X-Content-Type-Options",
    "Content-Security-Policy",
)
COMPARED += ("Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "Strict-Transport-Security")


@pytest.mark.parametrize("base", ["/", "/blog/"])
@pytest.mark.parametrize("serve", [nginx, caddy, apache])
def test_a_real_server_answers_as_the_live_app_does(site, serve: Callable, base):
    made, port = site(SITE), free_port()
    url = f"http://127.0.0.1:{port}{base}"
    more = {"hosts": ["nginx", "caddy", "apache"], "feed_addresses": ["wordpress", "pelican"]}
    made.settings(url=url, title="Made", **more)
    made.freeze()
    app = made.app()
    client = app.test_client()
    with app.test_request_context():
        addresses = of(app).urls()
    front = urlsplit(url).path.rstrip("/")
    aliases = [quote(front + alias.rstrip("/"), safe=SAFE) for alias in ODD]
    pages = [quote(front + address, safe=SAFE) for address in addresses]
    lost = [f"{front}/no/such/", f"{front}/nothing", f"{front}/OLD/", f"{front}/old/deep", f"{front}/static/none.css"]
    slashless = [path.rstrip("/") for path in pages if path.endswith("/") and path != f"{front}/"]
    slashless = [path for path in slashless if "xml" not in client.get(path).content_type]  # live, feeds are there too
    outside = ["/", "/blog", "/elsewhere"] if front else []
    with serve(made, port):
        for path in [*pages, *aliases, *lost]:
            live = client.get(path, buffered=True)
            status, headers, body = asked(port, path)
            expected = {name: live.headers[name] for name in COMPARED if name in live.headers}
            if serve is not caddy and status != 200:  # for how long that may be kept is told with pages only
                expected |= {"Cache-Control": headers.setdefault("Cache-Control", "")}
            if serve is apache and status == 301:  # it adds the host, and has a page of its own
                headers |= {"Location": headers["Location"].removeprefix(f"http://127.0.0.1:{port}")}
                headers["Content-Type"], body = live.headers["Content-Type"], live.data
            assert (status, {name: headers[name] for name in COMPARED if name in headers}) == (
                live.status_code,
                expected,
            ), path
            assert body == live.data, path
        if serve is not nginx:  # its types know nothing of who asks
            for path, kind in (
                ("feed.xml", "application/xml; charset=utf-8"),
                ("feed/atom/", "application/xml; charset=utf-8"),
            ):
                _, headers, _ = asked(port, base + path, **{"Sec-Fetch-Dest": "document"})
                assert (headers["Content-Type"], "Sec-Fetch-Dest" in headers["Vary"]) == (kind, True), path
            assert asked(port, f"{base}feed.json", **{"Sec-Fetch-Dest": "document"})[1]["Content-Type"].startswith(
                "application/f"
            )
        for path in [*slashless, *outside]:
            if outside and serve is apache and path in outside:
                continue  # what is above the build isn't told by a file in it
            live = client.get(path)
            status, headers, _ = asked(port, path)
            if serve is apache and status == 301:  # its escapes are in small letters
                headers |= {
                    "Location": quote(unquote(headers["Location"].removeprefix(f"http://127.0.0.1:{port}")), SAFE)
                }
            location = live.headers.get("Location")
            if location and client.get(location).status_code == 301:
                location = client.get(location).headers["Location"]  # in one step
            assert (status, headers.get("Location")) == (live.status_code, location), path


BARE = {
    "start.md": "# Start\n\nWords.\n",
    "books.md": "---\ntitle: Books\naliases: [/shelf]\n---\n\nWords.\n",
    "books/deep.md": "# Deep\n\n![Map](map.png)\n",
    "books/map.png": b"\x89PNG\r\n\x1a\n map",
    **{
        f"{name}.md": f"# Odd {number}\n"
        for number, name in enumerate("v1.0 c# 100% a&b $5 größe {x} what? x;y".split())
    },
}


@pytest.mark.parametrize("base", ["/", "/blog/"])
@pytest.mark.parametrize("serve", [nginx, caddy, apache])
def test_a_real_server_finds_pages_without_a_slash(site, serve: Callable, base):
    made, port = site(BARE), free_port()
    url = f"http://127.0.0.1:{port}{base}"
    made.write(
        {
            "pyproject.toml": f'''[tool.blog]
url = "{url}"
engine = "plain"
permalinks = {{ "*" = "/:path" }}
hosts = ["nginx", "caddy", "apache"]
'''
        }
    )
    made.freeze()
    app = made.app()
    client = app.test_client()
    with app.test_request_context():
        addresses = of(app).urls()
    front = urlsplit(url).path.rstrip("/")
    bare = [address for address in addresses if f"{address[1:]}.html" in made.tree()]
    assert len(bare) == len(BARE) - 1
    paths = [
        *addresses,
        *(f"{address}/" for address in bare),
        "/nothing",
        "/nothing/",
        "/books/none",
        "/shelf",
        "/tags",
    ]
    with serve(made, port):
        for path in (quote(front + path, safe=SAFE) for path in paths):
            if serve is apache and path.endswith("%3F/"):
                continue  # it redirects no address with a question mark
            live = client.get(path, buffered=True)
            status, headers, body = asked(port, path)
            location = headers.get("Location", "").removeprefix(f"http://127.0.0.1:{port}")
            assert (status, unquote(location)) == (live.status_code, unquote(live.headers.get("Location", ""))), path
            if status == 200:
                assert body == live.data, path
                assert headers["Content-Type"] == live.headers["Content-Type"], path


@pytest.mark.parametrize(("serve", "encoding"), [(nginx, "gzip"), (caddy, "gzip"), (caddy, "br")])
def test_a_real_server_sends_the_compressed_copies(site, serve: Callable, encoding):
    if encoding == "br":
        pytest.importorskip("brotli")
    made, port = site(SITE), free_port()
    made.settings(url=f"http://127.0.0.1:{port}/", hosts=["nginx", "caddy"], precompress=True)
    tree = made.freeze()
    ending = {"gzip": "gz", "br": "br"}[encoding]
    with serve(made, port):
        for path, name in (
            ("/posts/long/", "posts/long/index.html"),
            ("/static/own.css", "static/own.css"),
            ("/feed.xml",) * 2,
        ):
            status, headers, body = asked(port, path, **{"Accept-Encoding": encoding})
            assert (status, headers["Content-Encoding"], body) == (200, encoding, tree[f"{name.lstrip('/')}.{ending}"])
            kind = headers["Content-Type"]
            status, headers, body = asked(port, path)
            assert (status, headers["Content-Type"], body) == (200, kind, tree[name.lstrip("/")])
            assert headers["Vary"] == "Accept-Encoding"
