"""What is a text to Jekyll by its place, and what is in which collection."""

from __future__ import annotations

import pytest

from blog.documents import Document

from .conftest import Read, header, one


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("plain.md", "# No header\n"),
        ("keyed.md", "Title: no header to Jekyll\n\nText.\n"),
        ("toml.md", '+++\ntitle = "no"\n+++\n'),
        ("bom.md", b"\xef\xbb\xbf---\ntitle: no\n---\n"),
        ("raw.html", "<p>no header</p>"),
        ("_docs/x.md", "no header"),
    ],
)
def test_what_has_no_header_is_served_as_it_is(read_site: Read, name: str, text: str | bytes) -> None:
    assert one(read_site, name, text, "collections: {docs: {output: true}}\n") == "asset"


def test_a_rule_on_top_is_a_header_to_jekyll_and_posts_need_none(read_site: Read) -> None:
    assert one(read_site, "rule.md", "---\n\nSome prose.\n").url == "/rule.html"
    post = one(read_site, "_posts/2014-01-02-some-NAME here.md", "Text.\n")
    assert (post.title, f"{post.date:%F}") == ("Some Name here", "2014-01-02")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("_hidden.md", "_hidden.md begins with _"),
        ("a/_x/y.md", "_x begins with _"),
        ("_posts/undated.md", "its name doesn't begin with a date"),
        ("_posts/20140309-x.md", "its name doesn't begin with a date"),
        ("_posts/_under/2014-01-02-x.md", "_under begins with _"),
        ("_silent/x.md", "the collection silent isn't output"),
        ("Gemfile.md", "jekyll leaves out Gemfile*"),
        ("drafty.md", "jekyll leaves out draft*"),
        ("dir/x.md", "jekyll leaves out dir/"),
        ("docs/b/c.md", "jekyll leaves out docs/*.md"),
        ("public/x.md", "jekyll leaves out public/*"),
    ],
)
def test_what_jekyll_passes_over_is_left_out_by_name(read_site: Read, name: str, reason: str) -> None:
    config = "destination: ./public\ncollections: {silent: {output: false}}\nexclude: [dir/, draft, 'docs/*.md']\n"
    assert str(one(read_site, name, header(), config)).startswith(reason)


def test_include_brings_back_what_begins_with_a_dash_below(read_site: Read) -> None:
    config = "include: [_pages, deep/_x.md]\nexclude: [dir/]\n"
    files: dict[str, str | bytes] = {name: header() for name in ("_pages/a.md", "deep/_x.md", "deep/_y.md", "dirx.md")}
    found = read_site({"_config.yml": config} | files)
    urls = {name: document.url for name, document in found.items() if isinstance(document, Document)}
    assert urls == {"_pages/a.md": "/_pages/a.html", "deep/_x.md": "/deep/_x.html", "dirx.md": "/dirx.html"}


def test_collections_have_patterns_of_their_own_and_may_lie_in_a_folder(read_site: Read) -> None:
    config = (
        "collections_dir: all\ncollections:\n  docs: {output: true}\n"
        "  who: {output: true, permalink: '/w/:title/:name'}\n"
        "defaults: [{scope: {path: all/_docs/s}, values: {title: D}}]\n"
    )
    names = ["all/_docs/s/Some File.md", "all/_who/2014-01-02-Jane D.md", "all/x/_posts/2014-01-02-p.md", "all/p.md"]
    found = read_site({"_config.yml": config} | dict.fromkeys([*names, "_posts/2014-01-02-no.md"], header("a: b\n")))
    urls = [found[name].url for name in names]
    assert urls == ["/docs/s/Some File.html", "/w/Jane-D/2014-01-02-jane-d", "/x/2014/01/02/p.html", "/all/p.html"]
    assert found[names[0]].title == "D"
    assert found["_posts/2014-01-02-no.md"] == "_posts begins with _"


def test_posts_alone_are_a_site(read_site: Read) -> None:
    found = read_site({"_posts/2014-01-02-x.md": header()})
    assert found["_posts/2014-01-02-x.md"].url == "/2014/01/02/x.html"


def test_all_files_are_for_the_public_but_those_of_work_and_those_that_begin_with_a_low_line(made) -> None:
    public = {"data.json": "{}", "js/x.js": "1", "a.zip": "z", "static/x.xml": "<a/>", "CNAME": "example.org"}
    own = {"Gemfile": "", "_data/x.json": "{}", "js/_x.js": "1", "pyproject.toml": "[tool.blog]\n", ".env": "secret"}
    made.write({"_config.yml": "title: A\n", "index.md": "---\n---\n", **public, **own})
    tree = made.freeze()
    assert {name for name in public if name in tree} == public.keys()
    assert not own.keys() & tree.keys()
