"""What the configuration of a Hugo site says, in all its files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.documents import Document
from blog.engines import hugo

from ..conftest import site, write
from .conftest import HEADER

VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(
    "title baseURL languages permalinks taxonomies module cascade frontmatter markup menu menus params uglyURLs"
    " contentDir staticDir ignoreFiles disableKinds pagination timeZone author defaultContentLanguage".split()
)


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
