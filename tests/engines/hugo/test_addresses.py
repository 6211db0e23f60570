"""Addresses of Hugo's sites, as Hugo makes them."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog import sources
from blog.documents import Document
from blog.engines import hugo
from blog.engines.hugo import addresses, folders, globs

from ..conftest import document, site
from .conftest import HEADER, one_of, url_of, urls


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("about.md", "/about/"),
        ("posts/_index.md", "/posts/"),
        ("_index.md", "/"),
        ("posts/bundle/index.md", "/posts/bundle/"),
        ("My Section/Some File Name (1).md", "/my-section/some-file-name-1/"),
        ("docs/A_B-C d.md", "/docs/a_b-c-d/"),
        ("docs/C++ & C#.md", "/docs/c++--c#/"),
        ("docs/it's (here), [now] & then!.md", "/docs/its-here-now--then/"),
        ("docs/سلام دنیا.md", "/docs/سلام-دنیا/"),
        ("docs/日本語・テスト.md", "/docs/日本語テスト/"),
        ("docs/v1.2.md", "/docs/v1.2/"),
        ("docs/selected.js.md", "/docs/selected.js/"),
        ("docs/readme.txt.md", "/docs/readme.txt/"),
        ("docs/foo.de.md", "/docs/foo.de/"),
        ("docs/page.html", "/docs/page/"),
        ("docs/-lead-.markdown", "/docs/-lead-/"),
        ("tags/red/_index.md", "/tags/red/"),
    ],
)
def test_without_permalinks_the_path_is_the_address(tmp_path: Path, name: str, url: str) -> None:
    assert url_of(tmp_path, 'title = "S"', name) == url


@pytest.mark.parametrize(
    ("pattern", "name", "more", "url"),
    [
        ("/:year/:month/:day/:slug/", "posts/x.md", "", "/2020/01/02/my-title/"),
        ("/:year/:month/:day/:slug", "posts/x.md", "slug: Other One\n", "/2020/01/02/other-one/"),
        ("/Blog/:title", "posts/x.md", "slug: other\n", "/blog/my-title/"),
        ("/:filename/", "posts/2020/My_File.Name.md", "", "/my_file.name/"),
        ("/:contentbasename/", "posts/bundle/index.md", "", "/bundle/"),
        ("/:slugorfilename/", "posts/x.md", "slug: s\n", "/s/"),
        ("/:slugorcontentbasename/", "posts/x.md", "", "/x/"),
        (
            "/:section/:monthname/:weekday-:weekdayname/:yearday/:title",
            "posts/x.md",
            "",
            "/posts/january/4-thursday/2/my-title/",
        ),
        ("/:06/:Jan/:title", "posts/x.md", "", "/20/jan/my-title/"),
        ("/:sections/:title", "posts/a/b/x.md", "", "/posts/my-title/"),  # a folder without _index.md is no section
        ("/:section/:title.html", "posts/x.md", "", "/posts/my-title.html/"),
        ("/:title/", "posts/x.md", 'title2: "x"\n', "/my-title/"),
    ],
)
def test_a_permalink_is_filled_as_hugo_fills_it(tmp_path: Path, pattern: str, name: str, more: str, url: str) -> None:
    assert url_of(tmp_path, f'[permalinks]\nposts = "{pattern}"', name, more) == url


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("'Über größe & Co.'", "über-größe-co."),
        ("'../../etc'", "..-..-etc"),
        ("'slash/inside / it'", "slash-inside-it"),
        ("'100% C++ / C# (v2.0)!'", "100-c-c#-v2.0"),
        ("'İstanbul ŞĞÖ ß'", "istanbul-şğö-ß"),
        ("'-- Leading -dash- --'", "--leading-dash---"),
        ("'emoji 🎉 party 🎉'", "emoji-party"),
        ("'1½ cups №5 ™ ① ² Ⅳ'", "1-cups-5"),
        ("'dots... and ellipsis…'", "dots...-and-ellipsis"),
        ("'&amp; ent &lt;b&gt; <em>x</em>'", "amp-ent-ltbgt-emx-em"),
        ("'हिन्दी शीर्षक'", "हिन्दी-शीर्षक"),
    ],
)
def test_a_title_becomes_part_of_an_address_as_in_hugo(tmp_path: Path, title: str, slug: str) -> None:
    assert url_of(tmp_path, '[permalinks]\nposts = "/:title/"', title=title) == f"/{slug}/"


def test_permalinks_may_be_for_kinds_sections_and_nested_sections(tmp_path: Path) -> None:
    config = """
[permalinks.page]
"/" = "/top/:slug/"
docs = "/d/:sections[1:]/:filename/"
"docs/deep" = "/deep/:sections[last]/:filename/"
[permalinks.section]
docs = "/dd/:sections"
[permalinks.term]
tags = "/t/:title"
"""
    header = HEADER.format("A Title", "")
    names = ["top.md", "docs/_index.md", "docs/x.md", "docs/s/_index.md", "docs/s/y.md", "docs/deep/_index.md"]
    files = {f"content/{name}": header for name in [*names, "docs/deep/z.md", "tags/red/_index.md"]}
    found = urls(tmp_path, {"hugo.toml": config} | files)
    assert found == {
        "content/top.md": "/top/a-title/",
        "content/docs/_index.md": "/dd/docs/",
        "content/docs/x.md": "/d/x/",
        "content/docs/s/_index.md": "/dd/docs/s/",
        "content/docs/s/y.md": "/d/s/y/",
        "content/docs/deep/_index.md": "/dd/docs/deep/",
        "content/docs/deep/z.md": "/deep/deep/z/",
        "content/tags/red/_index.md": "/t/a-title/",
    }


def test_permalinks_may_be_a_list_with_targets(tmp_path: Path) -> None:
    config = '[[permalinks]]\npattern = "/b/:title/"\ntarget.kind = "page"\ntarget.path = "{/posts,/posts/**}"\n'
    assert url_of(tmp_path, config) == "/b/my-title/"
    assert url_of(tmp_path, config, "notes/x.md") == "/notes/x/"
    config = "[languages.en]\nweight = 1\n[languages.de]\n" + config + 'target.sites.matrix.languages = ["de"]\n'
    assert url_of(tmp_path, config, "posts/y.md") == "/posts/y/"
    assert url_of(tmp_path, config, "posts/y.de.md") == "/de/b/my-title/"


def test_an_old_permalink_of_a_taxonomy_is_for_its_terms(tmp_path: Path) -> None:
    config = '[taxonomies]\nauthor = "authors"\n[permalinks]\nauthors = "/author/:slug/"\n'
    assert url_of(tmp_path, config, "authors/admin/_index.md", title="A. Writer") == "/author/a.-writer/"
    assert url_of(tmp_path, config, "authors/_index.md") == "/authors/"


def test_without_a_date_a_permalink_has_the_first_day_of_the_first_year(tmp_path: Path) -> None:
    files = {"hugo.toml": '[permalinks]\nposts = "/:year/:month/:slug/"', "content/posts/x.md": "---\ntitle: X\n---\n"}
    assert urls(tmp_path, files) == {"content/posts/x.md": "/1/01/x/"}


@pytest.mark.parametrize(
    ("more", "url"),
    [
        ("url: /A/My Url/\n", "/A/My Url/"),
        ("url: rel/x.html\n", "/rel/x.html"),
        ("url: abs\n", "/abs/"),
        ("url: /v1.2\n", "/v1.2"),
        ("url: /../../a/%2e%2e/b/\n", "/b/"),
        ("slug: ../../../etc\n", "/etc/"),
        ('url: "/a%00b/"\n', "/posts/my-post/"),
        ('url: "/x/:year/:slug"\n', "/x/2020/my-title/"),
        ("slug: My Slug/x Ü\n", "/posts/my-slug/x-ü/"),
        ("slug: -bar-\n", "/posts/bar/"),
        ("slug: ''\n", "/posts/my-post/"),
        ("path: /foo/\npermalink: /bar/\n", "/posts/my-post/"),
    ],
)
def test_a_header_may_give_the_address(tmp_path: Path, more: str, url: str) -> None:
    assert url_of(tmp_path, 'title = "S"', more=more) == url


def test_addresses_may_be_ugly_and_keep_capitals_and_lose_accents(tmp_path: Path) -> None:
    config = "uglyURLs = true\ndisablePathToLower = true\nremovePathAccents = true\n"
    assert url_of(tmp_path, config, "Docs/Été.md") == "/Docs/Ete.html"
    assert url_of(tmp_path, "[uglyURLs]\nposts = true\n") == "/posts/my-post.html"
    assert url_of(tmp_path, "[uglyURLs]\nposts = true\n", "notes/x.md") == "/notes/x/"


def test_the_slug_of_a_section_is_part_of_the_addresses_in_it(tmp_path: Path) -> None:
    files = {
        "content/other/_index.md": HEADER.format("O", "slug: otherslug\n"),
        "content/other/u/_index.md": HEADER.format("U", "url: /uu/\n"),
        "content/other/u/p.md": HEADER.format("P", ""),
    }
    assert list(urls(tmp_path, files).values()) == ["/otherslug/", "/uu/", "/otherslug/u/p/"]


def test_old_addresses_are_seen_from_the_page_or_the_root(tmp_path: Path) -> None:
    header = '---\naliases: [old, /abs/Old Name/, "x.html", "../up", "http://example.org/abs2/"]\n---\n'
    assert one_of(tmp_path, header).aliases == ("/posts/old/", "/abs/Old Name/", "/posts/x.html", "/up/", "/abs2/")
    config = "[languages.en]\nweight = 1\n[languages.fa]\n"
    assert one_of(tmp_path, "---\naliases: [old, /abs/]\n---\n", config, "x.fa.md").aliases == ("/fa/old/", "/fa/abs/")


def test_addresses_may_be_told_by_somebody_else(tmp_path: Path) -> None:
    loaded, _ = site(
        tmp_path, {"hugo.toml": "", "content/posts/x.md": HEADER.format("My Title", ""), "content/docs/_index.md": ""}
    )
    permalinks = (("posts/*", "/p/:year/:title/"), ("*", "/:lang/:path/"))
    loaded = replace(loaded, facts=replace(hugo.configure(tmp_path, ""), permalinks=permalinks))
    documents = [document(found, loaded) for found in sources.scan(loaded)]
    assert [one.url for one in documents if isinstance(one, Document)] == ["/en/docs/", "/p/2020/my-title/"]


@pytest.mark.parametrize(
    ("cut", "parts"),
    [("[1:]", "b c"), ("[:1]", "a"), ("[last]", "c"), ("[0]", "a"), ("[1:last]", "b"), ("[9]", ""), ("[9:]", "")],
)
def test_sections_can_be_cut(cut: str, parts: str) -> None:
    assert addresses.sliced(["a", "b", "c"], cut) == parts.split()


@given(pattern=st.text(alphabet="/:abcdefghijklmnopqrstuvwxyz0126[]{}*\\-. ", max_size=40))
@settings(max_examples=100, deadline=None)
def test_no_pattern_makes_it_fail(pattern: str) -> None:
    globs.matches(pattern, "/posts/x")
    addresses.sliced(["a", "b"], pattern)
    folders.globbed(pattern)
    list(addresses.permalinks_of({"posts": pattern}))


@pytest.mark.skipif(not shutil.which("hugo"), reason="Hugo isn't installed")
def test_hugo_itself_has_the_same_addresses_and_drafts(tmp_path: Path) -> None:
    config = '[permalinks]\nposts = "/:year/:month/:title/"\n[languages.en]\n[languages.fa]\n'
    files = {
        "hugo.toml": f'baseURL = "https://example.org/"\n{config}',
        "content/posts/a.md": HEADER.format("'Über größe & Co.: C++ / x'", ""),
        "content/posts/b.fa.md": HEADER.format("سلام دنیا", "draft: true\n"),
        "content/notes/Some File (1).md": HEADER.format("N", ""),
        "content/notes/bundle/index.md": HEADER.format("N", "slug: Sl Ug\n"),
        "content/notes/bundle/part.md": HEADER.format("N", ""),
        "content/notes/d.fa.md": HEADER.format("N", "url: rel/x.html\n"),
    }
    _, documents = site(tmp_path, files)
    ours = {name: (one.url, one.draft) for name, one in documents.items() if isinstance(one, Document)}
    run = subprocess.run(["hugo", "list", "all"], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=True)
    rows = csv.DictReader(io.StringIO(run.stdout))
    theirs = {row["path"]: (unquote(urlsplit(row["permalink"]).path), row["draft"] == "true") for row in rows}
    assert ours == theirs
