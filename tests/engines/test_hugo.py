"""Hugo's sites as Hugo has them: what is a page, its address, its dates, what the configuration says."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog import engines, sources
from blog.documents import Document
from blog.engines import hugo, hugo_site
from blog.library import Library
from blog.reader import LeftOut
from blog.settings import Settings

HEADER = "---\ntitle: {}\ndate: 2020-01-02\n{}---\nText.\n"


def write(root: Path, files: dict[str, str]) -> None:
    """Write files below a folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def site(root: Path, files: dict[str, str]) -> tuple[Settings, dict[str, Document | str]]:
    """Write a site and read it: for each file the document, or why it is none."""
    write(root, files)
    loaded = engines.load(root, {})
    return loaded, {found.path: read(found, loaded) for found in sources.scan(loaded) if found.is_text}


def read(found: sources.Found, loaded: Settings) -> Document | str:
    """Read a file of a site."""
    if found.left_out:
        return found.left_out
    try:
        return engines.reading_of(loaded)(sources.read(found), loaded).document()
    except LeftOut as rule:
        return "asset" if rule.asset else str(rule)


def urls(root: Path, files: dict[str, str]) -> dict[str, str]:
    """Return the addresses of a site's documents by file, below the folder of content."""
    documents = site(root, {"hugo.toml": 'title = "S"\n'} | files)[1]
    return {name: one.url for name, one in documents.items() if isinstance(one, Document)}


def url_of(root: Path, config: str, name: str = "posts/my-post.md", more: str = "", title: str = "My Title") -> str:
    """Return the address of one file."""
    return urls(root, {"hugo.toml": config, f"content/{name}": HEADER.format(title, more)})[f"content/{name}"]


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


def test_addresses_of_another_language_begin_with_it(tmp_path: Path) -> None:
    config = "[languages.en]\nweight = 1\n[languages.fa]\nweight = 2\n[languages.zh-CN]\nweight = 3\n"
    header = HEADER.format("T", "")
    files = {
        "hugo.toml": config,
        "content/about.md": header,
        "content/about.fa.md": header,
        "content/about.zh-CN.md": header,
        "content/posts/b/index.fa.md": header,
        "content/rel.fa.md": HEADER.format("T", "url: rel/x.html\n"),
        "content/abs.fa.md": HEADER.format("T", "url: /abs\n"),
        "content/_index.fa.md": header,
    }
    loaded, documents = site(tmp_path, files)
    found = {name: one.url for name, one in documents.items() if isinstance(one, Document)}
    assert found == {
        "content/about.md": "/about/",
        "content/about.fa.md": "/fa/about/",
        "content/about.zh-CN.md": "/zh-cn/about/",
        "content/posts/b/index.fa.md": "/fa/posts/b/",
        "content/rel.fa.md": "/fa/rel/x.html",
        "content/abs.fa.md": "/abs/",
        "content/_index.fa.md": "/fa/",
    }
    assert loaded.languages == ("fa", "zh-cn")
    one = documents["content/about.fa.md"]
    assert isinstance(one, Document)
    assert one.language == "fa"


def test_each_language_may_have_its_folder_and_its_time_zone(tmp_path: Path) -> None:
    config = """
defaultContentLanguageInSubdir = true
[languages.en]
contentDir = "content/english"
timeZone = "America/New_York"
[languages.fa]
contentDir = "content/farsi"
[languages.de]
contentDir = "content/deutsch"
disabled = true
"""
    names = ["english/posts/a.md", "farsi/posts/a.md", "deutsch/posts/a.md"]
    files = {f"content/{name}": HEADER.format("T", "") for name in names}
    _, documents = site(tmp_path, {"hugo.toml": config} | files)
    assert list(documents) == ["content/english/posts/a.md", "content/farsi/posts/a.md"]
    english, farsi = (one for one in documents.values() if isinstance(one, Document))
    assert (english.url, farsi.url, farsi.language) == ("/en/posts/a/", "/fa/posts/a/", "fa")
    assert english.date == datetime.fromisoformat("2020-01-02T00:00:00-05:00")
    assert farsi.date == datetime.fromisoformat("2020-01-02T00:00:00+00:00")


def test_mounts_say_where_content_lies(tmp_path: Path) -> None:
    config = """
[[module.mounts]]
source = "content/en"
target = "content"
lang = "en"
[[module.mounts]]
source = "external/spec"
target = "content/docs/spec"
[module.mounts.sites.matrix]
languages = ["en"]
[[module.mounts]]
source = "other"
target = "static"
"""
    files = {"hugo.toml": config, "content/en/a.md": "---\ntitle: A\n---\n", "content/xx/b.md": "no"}
    files |= {"external/spec/1.0/s.md": "---\ntitle: S\n---\n", "index.html": "no", "other/robots.txt": ""}
    assert urls(tmp_path, files) == {"content/en/a.md": "/a/", "external/spec/1.0/s.md": "/docs/spec/1.0/s/"}


def test_languages_are_guessed_where_there_is_no_configuration(tmp_path: Path) -> None:
    header = HEADER.format("T", "")
    names = ["en/docs/a.md", "zh-cn/docs/a.md"]
    write(tmp_path, {f"content/{name}": header for name in names})
    facts = hugo.configure(tmp_path, "")
    assert [(folder.path, folder.language) for folder in facts.folders] == [
        ("content/en", ""),
        ("content/zh-cn", "zh-cn"),
    ]
    assert facts.values["languages"] == {"en": "", "zh-cn": "zh-cn"}
    write(tmp_path / "other", {"content/a.md": header, "content/a.fr.md": header, "content/node.js.md": header})
    assert hugo.configure(tmp_path / "other", "").values["languages"] == {"en": "", "fr": "fr"}
    write(tmp_path / "third", {"content/b/index.md": header, "content/b/index.en.md": header})
    facts = hugo.configure(tmp_path / "third", "")
    assert (facts.values["languages"], "language" in facts.settings) == ({"und": "", "en": "en"}, False)


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


def test_what_lies_in_a_leaf_bundle_is_no_page(tmp_path: Path) -> None:
    header = HEADER.format("T", "")
    names = ["b/index.md", "b/part.md", "b/inner/index.md", "b/inner/z.md", "c/index.fr.md", "c/d.md", "e/_index.md"]
    files = {f"content/{name}": header for name in [*names, "e/f.md"]}
    _, documents = site(tmp_path, files | {"hugo.toml": "[languages.en]\n[languages.fr]\n"})
    pages = [name for name, one in documents.items() if isinstance(one, Document)]
    assert pages == ["content/b/index.md", "content/c/index.fr.md", "content/e/_index.md", "content/e/f.md"]
    assert documents["content/b/part.md"] == "it is a resource of the bundle b/"


def test_what_is_no_page_says_why(tmp_path: Path) -> None:
    config = """
disableKinds = ["Section"]
ignoreFiles = ["\\\\.knit\\\\.md$", "_cache$", "README[-]+[a-z]*\\\\.md"]
"""
    files = {
        "hugo.toml": config,
        "content/a.txt": "x",
        "content/posts/_index.md": HEADER.format("T", ""),
        "content/x.knit.md": "x",
        "content/y_cache/z.md": "x",
        "content/README-de.md": "x",
        "content/never.md": HEADER.format("T", "build: {render: never}\n"),
        "content/link.md": HEADER.format("T", "_build:\n  render: link\n"),
        "content/head/index.md": HEADER.format("T", "headless: true\n"),
        "content/unlisted.md": HEADER.format("T", "build: {list: never}\n"),
        "content/local.md": HEADER.format("T", "build: {list: local}\n"),
    }
    _, documents = site(tmp_path, files)
    assert {name.removeprefix("content/"): one for name, one in documents.items() if isinstance(one, str)} == {
        "a.txt": "asset",
        "posts/_index.md": "disableKinds of the configuration: section",
        "x.knit.md": "hugo leaves out *.knit.md",
        "y_cache/z.md": "hugo leaves out *_cache",
        "README-de.md": "ignoreFiles of the configuration",
        "never.md": "build options: it is not rendered",
        "link.md": "build options: it is not rendered",
        "head/index.md": "build options: it is not rendered",
    }
    unlisted = {name: one.unlisted for name, one in documents.items() if isinstance(one, Document)}
    assert unlisted == {"content/local.md": False, "content/unlisted.md": True}


def one_of(root: Path, header: str, config: str = "", name: str = "posts/x.md") -> Document:
    """Return the document of one file."""
    _, documents = site(root, {"hugo.toml": config, f"content/{name}": header})
    found = documents[f"content/{name}"]
    assert isinstance(found, Document), found
    return found


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("date: 2014-09-28\npublishdate: 2014-10-01", "2014-09-28T00:00:00+00:00"),
        ("publishDate: 2014-10-01", "2014-10-01T00:00:00+00:00"),
        ("published: 2014-10-02", "2014-10-02T00:00:00+00:00"),
        ("published: true\nlastmod: 2014-10-03T10:00:00+02:00", "2014-10-03T10:00:00+02:00"),
        ("modified: 2014-10-04 10:00:00", "2014-10-04T10:00:00+00:00"),
        ("date:\npubdate: 2014-10-05", "2014-10-05T00:00:00+00:00"),
        ('date: "Sun, 28 Sep 2014 10:00:00 +0200"', "2014-09-28T10:00:00+02:00"),
        ("date: 2014-09-28 10:00:00.000000000 -07:00", "2014-09-28T10:00:00-07:00"),
        ("date: 1411862400", "2014-09-28T00:00:00+00:00"),
        ("created: 2014-10-05", None),
    ],
)
def test_dates_are_looked_for_as_hugo_does(tmp_path: Path, said: str, date: str | None) -> None:
    found = one_of(tmp_path, f"---\ntitle: X\n{said}\n---\n", name="posts/2012-09-05-x.md").date
    assert (found and found.isoformat()) == date


def test_the_name_of_a_file_is_a_date_where_the_configuration_says_so(tmp_path: Path) -> None:
    config = '[frontmatter]\ndate = [":filename", ":default"]\n[permalinks]\nposts = "/:year/:slug/"\n'
    found = one_of(tmp_path, "---\ntitle: Title\n---\n", config, "posts/2012-09-05-a-name.md")
    assert (str(found.date), found.url) == ("2012-09-05 00:00:00+00:00", "/2012/a-name/")
    found = one_of(tmp_path, "---\ntitle: Title\nslug: s\n---\n", config, "posts/2012-09-05-10-11-12-a-name/index.md")
    assert (str(found.date), found.url) == ("2012-09-05 10:11:12+00:00", "/2012/s/")


@pytest.mark.parametrize(
    ("header", "title"),
    [
        ("---\ntitle: 2017\n---\n", "2017"),
        ("---\nTitle: Caps\n---\n", "Caps"),
        ('+++\r\ntitle = """Triple"""\r\n+++\r\nText', "Triple"),
        ('{"title": "JSON"}\n', "JSON"),
    ],
)
def test_the_title_is_that_of_the_header(tmp_path: Path, header: str, title: str) -> None:
    assert one_of(tmp_path, header).title == title


def test_a_page_without_a_title_shows_one_but_has_none_to_hugo(tmp_path: Path) -> None:
    found = one_of(tmp_path, "no header\n", name="my-page.md")
    assert found.title
    assert found.origins["title"].startswith("nothing")


@pytest.mark.parametrize(
    ("said", "draft"),
    [
        ("draft: true", True),
        ('draft: "true"', True),
        ("draft: false\npublished: false", False),
        ("published: false", True),
        ("published: true", False),
        ("status: draft", False),
        ("draft:", False),
    ],
)
def test_drafts_are_what_hugo_takes_for_such(tmp_path: Path, said: str, draft: bool) -> None:
    assert one_of(tmp_path, f"---\ntitle: X\n{said}\n---\n").draft is draft


def test_a_text_under_tags_is_one_tag_and_taxonomies_may_have_other_names(tmp_path: Path) -> None:
    found = one_of(tmp_path, '---\ntags: "a, b"\ncategories: [c, 2017]\n---\n')
    assert (found.tags, found.categories) == (("a, b",), ("c", "2017"))
    config = '[taxonomies]\ntag = "labels"\n'
    assert one_of(tmp_path, "---\nlabels: [x]\n---\n", config).tags == ("x",)


def test_old_addresses_are_seen_from_the_page_or_the_root(tmp_path: Path) -> None:
    header = '---\naliases: [old, /abs/Old Name/, "x.html", "../up", "http://example.org/abs2/"]\n---\n'
    assert one_of(tmp_path, header).aliases == ("/posts/old/", "/abs/Old Name/", "/posts/x.html", "/up/", "/abs2/")
    config = "[languages.en]\nweight = 1\n[languages.fa]\n"
    assert one_of(tmp_path, "---\naliases: [old, /abs/]\n---\n", config, "x.fa.md").aliases == ("/fa/old/", "/fa/abs/")


def test_a_section_hands_header_values_down(tmp_path: Path) -> None:
    config = """
[[cascade]]
draft = true
[cascade.target]
path = "/docs/**"
kind = "page"
"""
    cascade = "cascade:\n  - _target: {kind: page}\n    slug: z\n    draft: false\n  - params: {tags: [handed]}\n"
    files = {
        "hugo.toml": config,
        "content/docs/_index.md": HEADER.format("D", ""),
        "content/docs/a.md": HEADER.format("D", ""),
        "content/docs/sub/_index.md": HEADER.format("D", cascade),
        "content/docs/sub/c.md": HEADER.format("D", ""),
        "content/docs/sub/d.md": HEADER.format("D", "slug: own\n"),
        "content/notes/a.md": HEADER.format("D", ""),
    }
    _, documents = site(tmp_path, files)
    found = {n[8:]: (one.url, one.draft, one.tags) for n, one in documents.items() if isinstance(one, Document)}
    assert found == {
        "docs/_index.md": ("/docs/", False, ()),
        "docs/a.md": ("/docs/a/", True, ()),
        "docs/sub/_index.md": ("/docs/sub/", False, ("handed",)),
        "docs/sub/c.md": ("/docs/sub/z/", False, ("handed",)),
        "docs/sub/d.md": ("/docs/sub/own/", False, ("handed",)),
        "notes/a.md": ("/notes/a/", False, ()),
    }


def test_dated_pages_of_the_main_sections_are_posts(tmp_path: Path) -> None:
    dated, undated = HEADER.format("T", ""), "---\ntitle: T\n---\n"
    files = {"content/blog/a.md": dated, "content/blog/b.md": undated, "content/docs/c.md": dated}
    _, documents = site(tmp_path, {"hugo.toml": "", **files})
    assert [one.kind for one in documents.values() if isinstance(one, Document)] == ["post", "page", "page"]
    _, documents = site(tmp_path, {"hugo.toml": '[params]\nmainSections = ["docs"]\n'})
    assert [one.kind for one in documents.values() if isinstance(one, Document)] == ["page", "page", "post"]


def test_the_configuration_is_read_from_all_its_files(tmp_path: Path) -> None:
    files = {
        "hugo.yaml": "TITLE: main\nbaseURL: https://example.org/blog/\npaginate: 7\nlanguageCode: fr-FR\n",
        "config.toml": 'title = "not read"\n',
        "config/_default/hugo.toml": 'copyright = "C"\ntimeZone = "Europe/Berlin"\n',
        "config/_default/params.toml": 'description = "About"\n[author]\nname = "A. Writer"\n',
        "config/_default/menus.en.toml": '[[main]]\nname = "About"\npageRef = "/about"\nweight = 3\n',
        "config/production/config.toml": "buildFuture = true\n",
        "config/staging/config.toml": 'title = "staging"\n',
        "content/posts/x.md": HEADER.format("T", ""),
    }
    loaded, _ = site(tmp_path, files)
    assert (loaded.title, loaded.url, loaded.posts_per_page) == ("main", "https://example.org/blog/", 7)
    assert (loaded.language, loaded.timezone, loaded.future) == ("fr-FR", "Europe/Berlin", True)
    assert (loaded.description, loaded.author) == ("About", "A. Writer")
    assert loaded.menu == ({"name": "About", "url": "/about/", "weight": 3},)
    told = {one.key: (one.file, one.meaning) for one in loaded.facts.understood}
    assert told["title"] == ("hugo.yaml", "the setting title")
    assert told["copyright"] == ("config/_default/hugo.toml", "")


@pytest.mark.parametrize("name", ["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.json"])
def test_a_configuration_that_can_not_be_read_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("[[[ : {")
    facts = hugo.configure(tmp_path, "")
    assert [(one.file, one.key) for one in facts.understood] == [(name, "all of it")]


def test_goldmark_says_what_of_markdown_is_on(tmp_path: Path) -> None:
    config = """
[markup.goldmark.extensions]
typographer = false
footnote = true
[markup.goldmark.extensions.extras.mark]
enable = true
[markup.goldmark.extensions.passthrough]
enable = true
[markup.goldmark.parser.attribute]
block = true
"""
    write(tmp_path, {"hugo.toml": config})
    switches = set(hugo.configure(tmp_path, "").settings["markdown"])
    assert {"shortcodes", "-typography", "footnotes", "marks", "math", "attributes", "heading_attributes"} <= switches
    assert not {"typography", "insertions", "-math"} & switches


def test_a_glob_is_hugos() -> None:
    assert hugo.matches("{/articles,/articles/**}", "/articles/a/b")
    assert not hugo.matches("{/articles,/articles/**}", "/articles2")
    assert hugo.matches("/a/*", "/a/b")
    assert not hugo.matches("/a/*", "/a/b/c")
    assert hugo.matches("", "/anything")
    assert hugo.matches("/**/a?b/{c,{d,e}}", "/x/y/axb/e")
    assert not hugo.matches("/a?b", "/a/b")
    assert not hugo.matches("*a" * 50 + "**b" * 50, "a" * 5000)


def test_addresses_may_be_told_by_somebody_else(tmp_path: Path) -> None:
    loaded, _ = site(
        tmp_path, {"hugo.toml": "", "content/posts/x.md": HEADER.format("My Title", ""), "content/docs/_index.md": ""}
    )
    permalinks = (("posts/*", "/p/:year/:title/"), ("*", "/:lang/:path/"))
    loaded = replace(loaded, facts=replace(hugo.configure(tmp_path, ""), permalinks=permalinks))
    documents = [read(found, loaded) for found in sources.scan(loaded)]
    assert [one.url for one in documents if isinstance(one, Document)] == ["/en/docs/", "/p/2020/my-title/"]


@pytest.mark.parametrize(
    ("cut", "parts"),
    [("[1:]", "b c"), ("[:1]", "a"), ("[last]", "c"), ("[0]", "a"), ("[1:last]", "b"), ("[9]", ""), ("[9:]", "")],
)
def test_sections_can_be_cut(cut: str, parts: str) -> None:
    assert hugo.sliced(["a", "b", "c"], cut) == parts.split()


VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(
    "title baseURL languages permalinks taxonomies module cascade frontmatter markup menu menus params uglyURLs"
    " contentDir staticDir ignoreFiles disableKinds pagination timeZone author defaultContentLanguage".split()
)


@given(said=st.dictionaries(KEYS, VALUE, max_size=5))
@settings(max_examples=60, deadline=None)
def test_no_configuration_makes_it_fail(tmp_path_factory: pytest.TempPathFactory, said: dict[str, object]) -> None:
    root = tmp_path_factory.mktemp("site")
    files = {
        "hugo.json": json.dumps(said),
        "content/posts/x.md": HEADER.format("T", "slug: s\n"),
        "content/_index.md": "",
    }
    _, documents = site(root, files)
    assert all(one.url.startswith("/") for one in documents.values() if isinstance(one, Document))


@given(data=st.binary(max_size=200), ending=st.sampled_from(["toml", "yaml", "json"]))
@settings(max_examples=60, deadline=None)
def test_no_bytes_make_the_configuration_fail(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, ending: str
) -> None:
    root = tmp_path_factory.mktemp("site")
    (root / f"hugo.{ending}").write_bytes(data)
    assert hugo.configure(root, "").engine == "hugo"


@given(pattern=st.text(alphabet="/:abcdefghijklmnopqrstuvwxyz0126[]{}*\\-. ", max_size=40))
@settings(max_examples=100, deadline=None)
def test_no_pattern_makes_it_fail(pattern: str) -> None:
    hugo.matches(pattern, "/posts/x")
    hugo.sliced(["a", "b"], pattern)
    hugo_site.globbed(pattern)
    list(hugo_site.permalinks_of({"posts": pattern}))


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


def test_what_is_handed_down_and_what_is_in_a_bundle_is_seen_at_once(tmp_path: Path) -> None:
    files = {"content/posts/a.md": HEADER.format("A", ""), "content/posts/b/c.md": HEADER.format("C", "")}
    write(tmp_path, {"hugo.toml": "", "content/d.md": HEADER.format("D", ""), **files})
    library = Library(engines.load(tmp_path, {}))
    shown = {path: document.url for path, document, _ in library.files() if document} if library.refresh() else {}
    assert shown == {"content/d.md": "/d/", "content/posts/a.md": "/posts/a/", "content/posts/b/c.md": "/posts/b/c/"}
    write(tmp_path, {"content/posts/_index.md": HEADER.format("P", "slug: articles\n")})
    assert library.refresh()
    shown = {path: document.url for path, document, _ in library.files() if document}
    assert (shown["content/posts/a.md"], shown["content/d.md"]) == ("/articles/a/", "/d/")
    write(tmp_path, {"content/posts/b/index.md": HEADER.format("B", "")})
    assert library.refresh()
    assert "content/posts/b/c.md" in dict(library.left_out())
    (tmp_path / "content/posts/_index.md").unlink()
    (tmp_path / "content/posts/b/index.md").unlink()
    assert library.refresh()
    shown = {path: document.url for path, document, _ in library.files() if document}
    assert shown == {"content/d.md": "/d/", "content/posts/a.md": "/posts/a/", "content/posts/b/c.md": "/posts/b/c/"}
