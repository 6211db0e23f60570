"""Jekyll's sites as Jekyll 4.3 has them: what is a page or a post, its title, date, tags and address."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.documents import Document
from blog.engines import jekyll

from .conftest import ANYTHING, SAID, compare, read_anything, told

Read = Callable[[dict[str, str | bytes]], dict[str, Any]]

KEYS = (
    "permalink source destination collections collections_dir defaults exclude include"
    " plugins timezone url baseurl title markdown_ext show_drafts unpublished"
).split()

DUMP = """
require "json"
Jekyll::Hooks.register :site, :post_read do |site|
  found = {}
  site.pages.each do |page|
    found[page.relative_path] = {url: page.url, title: page.data["title"], date: false, tags: [], categories: []}
  end
  site.collections.each_value do |collection|
    collection.docs.each do |doc|
      next unless doc.write?
      said = doc.data
      date = said["date"].to_i == site.time.to_i ? false : said["date"].to_i
      filed = {tags: said["tags"], categories: said["categories"]}
      found[doc.path.sub(site.source + "/", "")] = {url: doc.url, title: said["title"], date: date, **filed}
    end
  end
  File.write("truth.json", JSON.generate(found))
  exit!(0)
end
"""


def header(said: str = "title: T\n", text: str = "Text.\n") -> str:
    """Return a text with a header."""
    return f"---\n{said}---\n{text}"


def one(read_site: Read, name: str, text: str | bytes = header(), config: str = "", **files: str) -> Any:
    """Read one file of a site."""
    return read_site({"_config.yml": config or "title: S\n", name: text} | files)[name]


@pytest.mark.parametrize(
    ("permalink", "post", "page"),
    [
        ("date", "/a/2014/03/09/my-post.html", "/sub/about.html"),
        ("pretty", "/a/2014/03/09/my-post/", "/sub/about/"),
        ("ordinal", "/a/2014/068/my-post.html", "/sub/about.html"),
        ("weekdate", "/a/2014/W10/Sun/my-post.html", "/sub/about"),
        ("none", "/a/my-post.html", "/sub/about.html"),
        ("/:title", "/my-post", "/sub/about"),
        ("/blog/:year/:title/", "/blog/2014/my-post/", "/sub/about/"),
        ("/:year/:i_month/:i_day/:short_year/:title.html", "/2014/3/9/14/my-post.html", "/sub/about"),
        ("/:short_month/:long_month/:short_day/:title:output_ext", "/Mar/March/Sun/my-post.html", "/sub/about.html"),
        ("/:collection/:path/:name", "/posts/a/2014-03-09-my-post/2014-03-09-my-post", "/sub/about"),
        ("':year/:month_:day-:title'", "/2014/03_09-my-post", "/sub/about"),
    ],
)
def test_every_style_makes_addresses(read_site: Read, permalink: str, post: str, page: str) -> None:
    files: dict[str, str | bytes] = {
        "_config.yml": f"permalink: {permalink}\n",
        "a/_posts/2014-03-09-my-post.md": header(),
    }
    found = read_site(files | {"sub/about.md": header(), "sub/index.md": header()})
    urls = {name: document.url for name, document in found.items()}
    assert urls == {"a/_posts/2014-03-09-my-post.md": post, "sub/about.md": page, "sub/index.md": "/sub/"}


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("old.htm", "/old.htm"),
        ("notes.txt", "/notes.txt"),
        ("x.mkdown", "/x.html"),
        ("x.mdown", "/x.mdown"),
        ("Über/Größe x.md", "/Über/Größe x.html"),
        ("v1..2.md", "/v1/2.html"),
        ("2020-01-01-page.md", "/2020-01-01-page.html"),
        ("_posts/2014-03-09-Über Größe.md", "/2014/03/09/Über-Größe.html"),
        ("_posts/2014-03-09-c++ & (x).md", "/2014/03/09/c++-&-(x).html"),
        ("_posts/14-3-9-x.md", "/2014/03/09/x.html"),
        ("_posts/2014-03-09-ends..md", "/2014/03/09/ends.html"),
        ("_posts/sub/2014-03-09-x.aspx.md", "/2014/03/09/x.aspx.html"),
        ("_posts/2014-03-09-x.html", "/2014/03/09/x.html"),
        ("Cat A/b/_posts/2014-03-09-x.md", "/cat a/b/2014/03/09/x.html"),
    ],
)
def test_names_make_addresses(read_site: Read, name: str, url: str) -> None:
    assert one(read_site, name).url == url


@pytest.mark.parametrize(
    ("said", "post", "page"),
    [
        ("/x/", "/x/", "/x/"),
        ("/x", "/x", "/x"),
        ("x.html", "/x.html", "/x.html"),
        ("pretty", "/pretty", "/pretty"),
        ("/:categories/:title/", "/c/p/", "/:categories/:title/"),
        ("/a/../b/", "/a/b/", "/a/b/"),
        ("/a%20b/", "/a b/", "/a b/"),
        ("/:path/z:output_ext", "/2014-01-02-p/z.html", "/sub/z.html"),
    ],
)
def test_a_permalink_in_the_header_may_have_tokens(read_site: Read, said: str, post: str, page: str) -> None:
    text = header(f"permalink: {said}\ncategories: c\n")
    found = read_site({"_config.yml": "title: S\n", "_posts/2014-01-02-p.md": text})
    other = read_site({"sub/p.md": text})
    assert (found["_posts/2014-01-02-p.md"].url, other["sub/p.md"].url) == (post, page)


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


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2014-03-10", "2014-03-10T00:00:00-04:00"),
        ("2014-03-10 23:30", "2014-03-10T23:30:00-04:00"),
        ("2014-03-10 01:30:00", "2014-03-09T21:30:00-04:00"),  # UTC to YAML
        ("'2014-03-10 01:30:00'", "2014-03-10T01:30:00-04:00"),  # a text to YAML
        ("2014-03-10 23:30:00 -0700", "2014-03-11T02:30:00-04:00"),
        ("2014-03-10T23:30:00Z", "2014-03-10T19:30:00-04:00"),
        ("2014-03-10 23:30:00.5", "2014-03-10T19:30:00-04:00"),
        ("2014-3-1 5:04:03", "2014-03-01T00:04:03-05:00"),
        ("05/09/2012", "2012-09-05T00:00:00-04:00"),
        ("Mon, 10 Mar 2014 23:30:00 +0000", "2014-03-10T19:30:00-04:00"),
    ],
)
def test_dates_are_as_ruby_has_them(read_site: Read, written: str, moment: str) -> None:
    text = header(f"date: {written}\n")
    document = one(read_site, "_posts/2014-01-02-x.md", text, "timezone: America/New_York\n")
    assert document.date.isoformat() == moment
    assert document.url == f"/{moment[:10].replace('-', '/')}/x.html"


def test_names_date_posts_and_texts_in_collections_but_no_pages(read_site: Read) -> None:
    names = ("_docs/2014-01-02-some-doc.md", "2014-01-02-page.md", "_docs/20140102-x.md")
    found = read_site({"_config.yml": "collections: {docs: {output: true}}\n"} | dict.fromkeys(names, header("a: b\n")))
    said = [(found[name].title, found[name].date and f"{found[name].date:%F}", found[name].url) for name in names]
    assert said == [
        ("Some Doc", "2014-01-02", "/docs/2014-01-02-some-doc.html"),
        ("Text", None, "/2014-01-02-page.html"),
        ("20140102 X", None, "/docs/20140102-x.html"),
    ]


@pytest.mark.parametrize(
    ("said", "tags"),
    [
        ("tags: a b c", ("a", "b", "c")),
        ("tags: [a, b c]", ("a", "b c")),
        ("tag: a b", ("a b",)),
        ("tag: a\ntags: b c", ("a",)),
        ("Tags: a b", ()),
        ("tags: {a: 1}", ()),
    ],
)
def test_tags_are_words_of_a_text_and_parts_of_a_list(read_site: Read, said: str, tags: tuple[str, ...]) -> None:
    assert one(read_site, "_posts/2014-01-02-x.md", header(f"{said}\n")).tags == tags


def test_categories_are_the_folders_then_the_defaults_then_the_plural_then_the_singular(read_site: Read) -> None:
    config = "defaults: [{scope: {path: ''}, values: {categories: [d]}}]\n"
    text = header("category: x y\ncategories: [B, d]\n")
    document = one(read_site, "a/_posts/2014-01-02-x.md", text, config)
    assert document.categories == ("a", "d", "B", "x y")
    assert document.url == "/a/d/b/x y/2014/01/02/x.html"


@pytest.mark.parametrize("said", ["false", "no", "off", ""])
def test_published_no_holds_back(read_site: Read, said: str) -> None:
    for name in ("x.md", "_posts/2014-01-02-x.md"):
        assert one(read_site, name, header(f"published: {said}\n")).draft is True
        assert one(read_site, name, header(f"published: {said}\n"), "unpublished: true\n").draft is False


@pytest.mark.parametrize("said", ["published: true", "published: 2012-09-05", "published: 0", "draft: true"])
def test_nothing_else_does(read_site: Read, said: str) -> None:
    assert one(read_site, "_posts/2014-01-02-x.md", header(f"{said}\n")).draft is False


def test_drafts_are_drafts_and_pages_to_come_are_seen(read_site: Read) -> None:
    assert one(read_site, "a/_drafts/x.md").draft is True
    assert one(read_site, "x.md", header("date: 2040-01-01\n")).publishes.year == 1970
    assert one(read_site, "_posts/2040-01-01-x.md").publishes is None


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


@pytest.mark.parametrize(
    ("scope", "fits"),
    [
        ("{path: ''}", True),
        ("{path: pages}", True),
        ("{path: pag}", True),
        ("{path: /pages}", False),
        ("{path: pages, type: pages}", True),
        ("{path: pages, type: page}", True),
        ("{path: pages, type: posts}", False),
        ("{type: pages}", True),
        ("{path: 'pages/*/c'}", True),
        ("{path: 'pages/**/c'}", True),
        ("{path: 'pages/*/x'}", False),
    ],
)
def test_defaults_hold_in_their_scope(read_site: Read, scope: str, fits: bool) -> None:
    config = f"defaults:\n- scope: {scope}\n  values: {{permalink: '/d/:basename/'}}\n"
    assert one(read_site, "pages/b/c/x.md", header(), config).url == ("/d/x/" if fits else "/pages/b/c/x.html")


def test_the_longer_scope_counts_and_that_with_a_type_before_one_without(read_site: Read) -> None:
    config = """
defaults:
- {scope: {path: pages}, values: {title: P, author: P}}
- {scope: {path: "", type: pages}, values: {title: T, author: T, lang: fr}}
- {scope: {path: ""}, values: {title: A, lang: de}}
"""
    document = one(read_site, "pages/x.md", header("x: y\n"), config)
    assert (document.title, document.author, document.language) == ("P", "P", "fr")


def test_octopress_has_its_content_in_source(read_site: Read) -> None:
    config = "source: source\ndestination: public\npermalink: /blog/:year/:month/:day/:title/\n"
    files: dict[str, str | bytes] = {
        "_config.yml": config,
        "README.md": header(),
        "source/about/index.markdown": header(),
    }
    found = read_site(files | {"source/_posts/2014-01-02-x.markdown": header("categories: [a]\n")})
    assert {name: document.url for name, document in found.items()} == {
        "source/about/index.markdown": "/about/",
        "source/_posts/2014-01-02-x.markdown": "/blog/2014/01/02/x/",
    }


def test_posts_alone_are_a_site(read_site: Read) -> None:
    found = read_site({"_posts/2014-01-02-x.md": header()})
    assert found["_posts/2014-01-02-x.md"].url == "/2014/01/02/x.html"


@given(st.text(max_size=200), st.text(alphabet="*/[]!a.", max_size=40))
def test_no_path_breaks_a_pattern(path: str, pattern: str) -> None:
    assert jekyll.clean(path).startswith("/")
    assert jekyll.within(pattern, pattern.replace("*", "")) in (True, False)
    assert jekyll.within(path, pattern) in (True, False)


@given(st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=5), st.dictionaries(st.sampled_from(SAID), ANYTHING))
@hypothesis.settings(max_examples=60, deadline=None)
def test_any_configuration_and_header_can_be_read(said: Any, header: Any) -> None:
    read_anything(
        {"_config.yml": json.dumps(said)}, header, ("_posts/2014-01-02-x.md", "a/x.md", "_x/y.md", "_drafts/z.md")
    )


@pytest.mark.skipif(not shutil.which("jekyll"), reason="Jekyll isn't installed")
def test_jekyll_itself_has_the_same(read_site: Read, tmp_path: Path) -> None:
    config = (
        "timezone: Asia/Tokyo\npermalink: /:categories/:year/:short_month/:title\ncollections: {docs: {output: true}}\n"
    )
    files: dict[str, str | bytes] = {
        "_posts/2014-03-09-Some NAME-x.md": header("categories: A b\n"),
        "cat/_posts/2014-03-09-a.aspx.md": header("title: It's\ntags: a b\ndate: 2014-03-10 22:00:00\n"),
        "cat/_posts/2014-03-09-b.html": header("title: B\ntag: a b\ndate: 2014-03-10 22:00\n"),
        "_posts/2014-03-09-über größe.md": header("title: Ü\npermalink: /:year/:slug/\n"),
        "_posts/2014-03-09-gone.md": header("published: no\n"),
        "_docs/sub/Page One.md": header("a: b\n"),
        "about/index.md": header(),
        "sub/page.markdown": header("permalink: x/:basename/\n"),
        "plain.md": "no header",
        "_no.md": header(),
    }
    ours = read_site({"_config.yml": config} | files)
    (tmp_path / "_plugins").mkdir()
    (tmp_path / "_plugins/dump.rb").write_text(DUMP)
    compare(ours, told(tmp_path, "jekyll", "build", "--disable-disk-cache", LC_ALL="C.UTF-8"))


def test_all_files_are_for_the_public_but_those_of_work_and_those_that_begin_with_a_low_line(made) -> None:
    public = {"data.json": "{}", "js/x.js": "1", "a.zip": "z", "static/x.xml": "<a/>", "CNAME": "example.org"}
    own = {"Gemfile": "", "_data/x.json": "{}", "js/_x.js": "1", "pyproject.toml": "[tool.blog]\n", ".env": "secret"}
    made.write({"_config.yml": "title: A\n", "index.md": "---\n---\n", **public, **own})
    tree = made.freeze()
    assert {name for name in public if name in tree} == public.keys()
    assert not own.keys() & tree.keys()
