"""What the header of a file says to Jekyll."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ..conftest import compare, told
from .conftest import Read, header, one

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
