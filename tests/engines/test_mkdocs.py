"""Sites of MkDocs 1.6, and of the blog plugin of Material, as they have them."""

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

from blog import engines
from blog.documents import Document
from blog.engines import config, mkdocs

from .conftest import ANYTHING, SAID, compare, read_anything, told

Read = Callable[[dict[str, str | bytes]], dict[str, Any]]

KEYS = "site_name site_url docs_dir nav plugins exclude_docs draft_docs use_directory_urls theme".split()

HOOK = """
import json

FOUND = {}


def on_page_content(html, page, config, files):
    FOUND["docs/" + page.file.src_uri] = (page, html)


def on_post_build(config):
    shown = {
        name: {"url": "/" + page.url.removeprefix("./"), "title": str(page.title)} for name, (page, _) in FOUND.items()
    }
    with open("truth.json", "w") as file:
        json.dump(shown, file)
"""


def one(read_site: Read, name: str, text: str = "# T\n", said: str = "") -> Any:
    """Read one file of a site, by its path below the folder of content."""
    return read_site({"mkdocs.yml": f"site_name: S\n{said}", f"docs/{name}": text})[f"docs/{name}"]


@pytest.mark.parametrize(
    ("name", "folders", "files"),
    [
        ("index.md", "/", "/"),
        ("a/index.md", "/a/", "/a/"),
        ("a/README.md", "/a/", "/a/"),
        ("a/Readme.md", "/a/Readme/", "/a/Readme.html"),
        ("über/Größe x.md", "/über/Größe x/", "/über/Größe x.html"),
        ("v1.2.mkd", "/v1.2/", "/v1.2.html"),
    ],
)
def test_pages_have_addresses_by_their_path(read_site: Read, name: str, folders: str, files: str) -> None:
    assert one(read_site, name).url == folders
    assert one(read_site, name, said="use_directory_urls: false\n").url == files


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("x.md", "---\ntitle: Said\n---\n# Heading\n", "Said"),
        ("x.md", "Title: Said\n\n# Heading\n", "Said"),
        ("x.md", "---\nTitle: Said\n---\n# Heading\n", "Heading"),
        ("x.md", "\n# The *first* `heading` #\n", "The first heading"),
        ("x.md", "Set ext\n=======\n", "Set ext"),
        ("some-file_name.md", "## Second\n", "Some file name"),
        ("Some-File.md", "Text.\n\n# Later\n", "Some File"),
        ("some.md", "![a](b.png)\n\n# After a picture\n", "Some"),
        ("index.md", "Text.\n", "Home"),
        ("a/README.md", "Text.\n", "Index"),
        ("nav.md", "# Heading\n", "Given"),
        ("deep/nav.md", "# Heading\n", "Inner"),
    ],
)
def test_titles_are_where_mkdocs_looks_for_them(read_site: Read, name: str, text: str, title: str) -> None:
    said = "nav:\n- Given: nav.md\n- Part:\n  - Inner: ./deep/nav.md\n  - x.md\n- Elsewhere: https://site.example\n"
    assert one(read_site, name, text, said).title == title


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("x.html", "asset"),
        ("x.txt", "asset"),
        ("templates/x.md", "the configuration leaves it out"),
        ("a/templates/x.md", ""),
        ("skip/x.md", "the configuration leaves it out"),
        ("a/skip/x.md", "the configuration leaves it out"),
        ("a/x.tmp.md", "the configuration leaves it out"),
        ("b/x.tmp.md", ""),
        ("top.md", "the configuration leaves it out"),
        ("a/top.md", ""),
        ("drafts/x.md", "the configuration leaves it out"),
    ],
)
def test_what_is_left_out(read_site: Read, name: str, reason: str) -> None:
    said = "exclude_docs: |\n  # skipped\n  skip/\n  *.tmp.md\n  !b/*.tmp.md\n  /top.md\ndraft_docs: |\n  drafts/\n"
    found = one(read_site, name, said=said)
    assert ("" if isinstance(found, Document) else found) == reason


def test_a_readme_gives_way_to_an_index(read_site: Read) -> None:
    found = read_site({"mkdocs.yml": "docs_dir: doc\n", "doc/README.md": "# R\n", "doc/a/README.md": "# R\n"})
    assert {name: of.url for name, of in found.items()} == {"doc/README.md": "/", "doc/a/README.md": "/a/"}
    found = read_site({"doc/index.md": "# I\n"})
    assert found["doc/README.md"] == "there is an index.md beside it"


def test_pages_are_never_drafts(read_site: Read) -> None:
    assert one(read_site, "x.md", "---\ndraft: true\npublished: false\n---\n").draft is False


@pytest.mark.parametrize(
    ("options", "url"),
    [
        ("", "/blog/2024/01/31/über-größe--co/"),
        ("post_url_format: '{slug}'", "/blog/über-größe--co/"),
        ("post_url_format: '{categories}/{date}/{file}', post_url_date_format: yyyy/M", "/blog/some-cat/2024/1/x/"),
        ("post_url_format: '{categories}/{slug}', post_url_max_categories: 2", "/blog/some-cat/b/über-größe--co/"),
    ],
)
def test_posts_of_the_blog_plugin_have_addresses_by_date_and_title(read_site: Read, options: str, url: str) -> None:
    text = "---\ndate:\n  created: 2024-01-31\ncategories: [Some Cat, b]\n---\n# Über Größe & Co.\n"
    document = one(read_site, "blog/posts/sub/x.md", text, f"plugins:\n- search\n- blog: {{{options}}}\n")
    assert (document.kind, document.url) == ("post", url)


def test_a_blog_may_be_all_there_is(read_site: Read, tmp_path: Path) -> None:
    text = "---\ndate: 2044-01-31\nslug: own\ndraft: true\n---\n"
    document = one(read_site, "posts/x.md", text, "plugins: {material/blog: {blog_dir: .}}\n")
    assert (document.url, document.draft, engines.load(tmp_path, {}).future) == ("/2044/01/31/own/", True, True)


@given(
    st.recursive(st.none() | st.text(max_size=9), lambda of: st.lists(of) | st.dictionaries(st.text(max_size=9), of))
)
def test_any_navigation_and_plugins_can_be_read(said: Any) -> None:
    assert all(isinstance(part, str) for pair in mkdocs.named(said) for part in pair)
    assert mkdocs.blog_of(said) is None or isinstance(said, (list, dict))


@pytest.mark.parametrize(
    ("lines", "path", "left_out"),
    [
        ("a", "a", True),
        ("a", "b/a/c", True),
        ("a/", "a", False),
        ("a/", "b/a/c", True),
        ("/a", "b/a", False),
        ("a/b", "a/b/c", True),
        ("a/b", "x/a/b", False),
        ("*.md\n!k.md", "x/k.md", False),
        ("a/**/c", "a/b/x/c", True),
        ("#a\n\n!\n/\n", "a", False),
    ],
)
def test_lines_are_as_in_gitignore(lines: str, path: str, left_out: bool) -> None:
    assert config.ignored(lines, path) is left_out


@given(st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=5), st.dictionaries(st.sampled_from(SAID), ANYTHING))
@hypothesis.settings(max_examples=60, deadline=None)
def test_any_configuration_and_header_can_be_read(said: Any, header: Any) -> None:
    read_anything({"mkdocs.yml": json.dumps(said)}, header, ("docs/x.md", "docs/blog/posts/y.md", "docs/index.md"))


@pytest.mark.skipif(not shutil.which("mkdocs"), reason="MkDocs isn't installed")
def test_mkdocs_itself_has_the_same(read_site: Read, tmp_path: Path) -> None:
    said = (
        "site_name: S\nhooks: [hook.py]\nnav: [{Given: nav.md}]\nexclude_docs: |\n  skip/\n  !skip/not.md\n  *.tmp.md\n"
    )
    files: dict[str, str | bytes] = {
        "docs/index.md": "Text.\n",
        "docs/nav.md": "# Not this\n",
        "docs/some-file.md": "## Second\n",
        "docs/über/Größe x.md": "Title: Keyed\n\n# H\n",
        "docs/a/README.md": "# *R*\n",
        "docs/skip/x.md": "# no\n",
        "docs/skip/not.md": "# yes\n",
        "docs/x.tmp.md": "# no\n",
        "docs/templates/x.md": "# no\n",
    }
    ours = read_site({"mkdocs.yml": said, "hook.py": HOOK} | files)
    compare(ours, told(tmp_path, "mkdocs", "build", "-q"))
