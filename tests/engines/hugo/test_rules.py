"""What the header of a file says to Hugo, and what is no page to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from blog.documents import Document

from ..conftest import site
from .conftest import HEADER, one_of


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
