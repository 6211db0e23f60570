"""Addresses of every form, live and frozen: without a slash, with odd signs, beside each other."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog.freeze import oracle
from blog.site import clashes, of
from blog.urls import file_of, href, places, written

PLAIN = '[tool.blog]\nengine = "plain"\npermalinks = { "*" = "/:path" }\n'
FILES = {
    "pyproject.toml": PLAIN,
    "start.md": "# Start\n\n[Books](books.md), [Deep](books/deep.md)\n",
    "books.md": "# Books\n\n[Deep](books/deep.md), ![Map](books/map.png), [start](start.md)\n",
    "books/deep.md": "# Deep\n\n[up](../books.md)\n",
    "books/map.png": b"\x89PNG\r\n\x1a\n map",
    "LICENSE.png": b"\x89PNG\r\n\x1a\n",
    "v1.0.md": "# Version\n",
    "old.php.md": "# Old\n",
}


def test_a_page_without_a_slash_is_served_there_and_frozen_to_a_file_of_its_name(made):
    made.write(FILES)
    tree, client = made.freeze(), made.app().test_client()
    for url, file in (("/books", "books.html"), ("/books/deep", "books/deep.html"), ("/v1.0", "v1.0.html")):
        answer = client.get(url)
        assert (answer.status_code, answer.mimetype, answer.data) == (200, "text/html", tree[file]), url
        for other in (f"{url}/", f"{url}.html"):
            assert (client.get(other).status_code, client.get(other).location) == (301, url)
    assert b'href="/books"' in tree["start.html"]
    assert b'src="/books/map.png"' in tree["books.html"]
    assert "books/index.html" not in tree


def test_a_page_with_the_name_of_a_file_is_html_at_that_name(made):
    made.write(FILES)
    assert made.app().test_client().get("/old.php").mimetype == "text/html"
    assert b"Old" in made.freeze()["old.php"]


@pytest.mark.parametrize("relative", [False, True])
def test_such_a_build_is_that_of_plain_frozen_flask(made, relative: bool):
    made.write(FILES)
    options = ["--relative"] * relative
    assert made.run("freeze", *options).exit_code == 0
    tree = made.tree()
    assert made.run("freeze", "--clean", *options).exit_code == 0
    assert made.tree() == tree
    assert relative or made.run("verify", "--all").exit_code == 0


def test_relative_links_name_the_file_of_such_a_page(made):
    made.write(FILES)
    made.run("freeze", "--relative")
    tree = made.tree()
    assert b'href="books.html"' in tree["start.html"]
    assert b'href="books/deep.html"' in tree["books.html"]
    assert b'href="../books.html"' in tree["books/deep.html"]


def test_what_lies_beside_an_index_is_below_its_page(made):
    made.write({"pyproject.toml": PLAIN.replace(":path", ":slug"), "trip/index.md": "# Trip\n\n![Map](map.png)\n"})
    made.write({"trip/map.png": FILES["books/map.png"]})
    tree = made.freeze()
    assert {"trip.html", "trip/map.png"} <= tree.keys()
    assert b'src="/trip/map.png"' in tree["trip.html"]


def test_a_page_without_a_slash_takes_the_place_of_an_engine_s_page(made):
    made.write({**FILES, "archive.md": "# My own\n"})
    tree, client = made.freeze(), made.app().test_client()
    assert b"My own" in tree["archive.html"]
    assert "archive/index.html" not in tree
    assert (client.get("/archive/").status_code, client.get("/archive/").location) == (301, "/archive")


def test_of_three_that_hosts_can_not_tell_apart_the_first_by_path_is_published_and_the_others_are_named(made):
    patterns = '{ "b/*" = "/:slug/", "c/*" = "/:slug.html", "*" = "/:slug" }'
    made.write({"pyproject.toml": PLAIN.replace('{ "*" = "/:path" }', patterns)})
    made.write({f"{folder}/books.md": f"# {folder}\n" for folder in "abc"})
    app = made.app()
    with app.test_request_context():
        library = of(app).library
        found = [library.find(url) for url in ("/books", "/books/", "/books.html")]
        shown = {address.summary.path for address in found if address and address.summary}
        told = {problem.path: problem.message for problem in library.problems() if problem.fatal}
    assert shown == {"a/books.md"}
    assert told.keys() == {"b/books.md", "c/books.md"}
    assert all("belongs to a/books.md, as /books" in message for message in told.values())


def test_two_that_differ_only_in_case_are_told_of(made):
    made.write({"pyproject.toml": PLAIN, "Books.md": "# A\n", "books.md": "# B\n"})
    app = made.app()
    with app.test_request_context():
        told = [problem.line_of_text() for problem in of(app).library.problems()]
    assert told == ["books.md: on disks that don't tell small letters from capitals, /books is /Books of Books.md"]


@pytest.mark.parametrize("name", ["c#", "100%", "what?", "a%20b", "$5", "a b", "x;y", "größe", "北京", "مرحبا", "a&b"])
def test_odd_signs_are_served_and_frozen(made, name: str):
    made.write({"pyproject.toml": PLAIN, f"{name}.md": "# Odd\n", "start.md": f"# Start\n\n[odd]({quote(name)}.md)\n"})
    tree, client = made.freeze(), made.app().test_client()
    answer = client.get(quote(f"/{name}"))
    assert (answer.status_code, answer.data) == (200, tree[f"{name}.html"])
    assert f'href="{href("", f"/{name}")}"'.encode().replace(b"&", b"&amp;") in tree["start.html"]
    assert client.get(quote(f"/{name}/")).location == href("", f"/{name}")
    assert made.run("freeze", "--clean").exit_code == 0
    assert made.tree() == tree
    assert made.run("verify", "--all").exit_code == 0


parts = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/\\"), min_size=1, max_size=12)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(parts.filter(lambda part: part.strip(". ") == part), min_size=1, max_size=3), st.booleans())
def test_any_address_comes_back_from_its_link_and_has_the_same_bytes_frozen(
    site: Callable, names: list[str], slash: bool
):
    try:
        url = written(quote("/" + "/".join(names) + "/" * slash), slash=False)
    except ValueError:
        return
    made = site({"posts/x.md": "---\ntitle: X\nurl: " + json.dumps(quote(url)) + "\n---\n"})
    app = made.app()
    with app.test_request_context():
        (url,) = of(app).library.post_urls()
    answer = app.test_client().get(href("", url))
    assert answer.status_code == 200
    files = oracle.files(app, Path("build"))
    assert made.freeze()[files[url]] == answer.data


def test_what_can_not_lie_beside_each_other_is_left_out():
    found = {"/a.html": "a.html", "/a.html/b": "a.html/b.html", "/c": "c.html", "/c.html": "c.html", "/c/d": "c/d.html"}
    assert clashes(found) == {"/a.html/b": "/a.html", "/c.html": "/c"}


@given(st.text("ab./", min_size=1, max_size=8), st.text("ab./", min_size=1, max_size=8))
def test_addresses_with_one_file_share_a_place(one: str, other: str):
    one, other = f"/{one}", f"/{other}"
    if file_of(one, document=True) == file_of(other, document=True):
        assert set(places(one)) & set(places(other))
