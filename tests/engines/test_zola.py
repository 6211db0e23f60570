"""Zola's sites as Zola has them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.documents import Document
from blog.engines import zola
from blog.engines.config import spelt
from blog.settings import Settings

from .conftest import site

CONFIG = 'base_url = "https://example.org"\n'


def zola_site(root: Path, files: dict[str, str], config: str = "") -> tuple[Settings, dict[str, Document | str]]:
    """Write a site with a configuration and read it."""
    return site(root, {"config.toml": CONFIG + config, **files})


def one_of(root: Path, name: str, header: str = 'title = "T"', config: str = "") -> Document:
    """Return the document of one file."""
    _, documents = zola_site(root, {f"content/{name}": f"+++\n{header}\n+++\nText.\n"}, config)
    found = documents[f"content/{name}"]
    assert isinstance(found, Document), found
    return found


@pytest.mark.parametrize(
    ("name", "header", "url"),
    [
        ("about.md", "", "/about/"),
        ("_index.md", "", "/"),
        ("blog/_index.md", "", "/blog/"),
        ("My Blog/Some Post (1).md", "", "/My Blog/some-post-1/"),
        ("blog/2020-01-02-a-post.md", "", "/blog/a-post/"),
        ("blog/2020-01-02_a_post.md", "", "/blog/a-post/"),
        ("blog/2020-01-02T10:11:12Z-a-post.md", "", "/blog/a-post/"),
        ("blog/2020-01-02.md", "", "/blog/2020-01-02/"),
        ("blog/2020-13-02-x.md", "", "/blog/2020-13-02-x/"),
        ("blog/2020-01-02-bundle/index.md", "", "/blog/bundle/"),
        ("index.md", "", "/"),
        ("v1.2.md", "", "/v1-2/"),
        ("日本.md", "", "/ri-ben/"),
        ("blog/x.md", 'slug = "My Slug"', "/blog/my-slug/"),
        ("blog/x.md", 'path = "2014/12/12/1.0-Time"', "/2014/12/12/1.0-Time/"),
        ("blog/x.md", 'path = "/a/b.html"', "/a/b.html/"),
    ],
)
def test_addresses_are_zolas(tmp_path: Path, name: str, header: str, url: str) -> None:
    assert one_of(tmp_path, name, header).url == url


@pytest.mark.parametrize(
    ("paths", "url"), [("on", "/ri-ben-test/"), ("safe", "/日本 & Test/"), ("off", "/日本 & Test/")]
)
def test_the_configuration_says_how_names_become_addresses(tmp_path: Path, paths: str, url: str) -> None:
    assert one_of(tmp_path, "日本 & Test.md", config=f'[slugify]\npaths = "{paths}"\n').url == url


def test_a_date_may_stay_in_the_address(tmp_path: Path) -> None:
    found = one_of(tmp_path, "2020-01-02-a.md", config="[slugify]\npaths_keep_dates = true\n")
    assert (found.url, str(found.date)) == ("/2020-01-02-a/", "2020-01-02 00:00:00+00:00")


@pytest.mark.parametrize(
    ("name", "header", "date"),
    [
        ("x.md", "date = 2020-01-02", "2020-01-02T00:00:00+00:00"),
        ("x.md", 'date = "2020-01-02"', "2020-01-02T00:00:00+00:00"),
        ("x.md", "date = 2020-01-02T10:00:00", "2020-01-02T10:00:00+00:00"),
        ("x.md", "date = 2020-01-02T10:00:00+02:00", "2020-01-02T10:00:00+02:00"),
        ("2021-03-04-x.md", "date = 2020-01-02", "2020-01-02T00:00:00+00:00"),
        ("2021-03-04-x.md", "", "2021-03-04T00:00:00+00:00"),
        ("2021-03-04T10:11:12Z-x.md", "", "2021-03-04T10:11:12+00:00"),
        ("2021-03-04-x/index.md", "", "2021-03-04T00:00:00+00:00"),
        ("x.md", 'path = "2014/12/12/x"', "2014-12-12T00:00:00+00:00"),
        ("x.md", "", None),
        ("blog/_index.md", "date = 2020-01-02", None),
    ],
)
def test_dates_are_found_in_header_name_and_address(tmp_path: Path, name: str, header: str, date: str | None) -> None:
    found = one_of(tmp_path, name, header).date
    assert (found and found.isoformat()) == date


def test_a_page_with_a_date_is_a_post(tmp_path: Path) -> None:
    assert one_of(tmp_path, "x.md", "date = 2020-01-02").kind == "post"
    assert one_of(tmp_path, "y.md").kind == "page"
    assert one_of(tmp_path, "2020-01-02-z/_index.md").kind == "page"


def test_tags_stand_below_taxonomies(tmp_path: Path) -> None:
    found = one_of(tmp_path, "x.md", '[taxonomies]\ntags = ["a", "b, c"]\ncategories = ["d"]')
    assert (found.tags, found.categories) == (("a", "b, c"), ("d",))


def test_a_yaml_header_says_the_same(tmp_path: Path) -> None:
    text = "---\ntitle: 2017\ndate: 2002-10-02 15:00:00+02:00\ntaxonomies:\n  tags: [x]\ndraft: true\n---\nText\n"
    _, documents = zola_site(tmp_path, {"content/x.md": text})
    found = documents["content/x.md"]
    assert isinstance(found, Document)
    assert (found.title, found.tags, found.draft) == ("2017", ("x",), True)
    assert str(found.date) == "2002-10-02 15:00:00+02:00"


def test_languages_are_suffixes(tmp_path: Path) -> None:
    config = 'default_language = "en"\n[languages.fr]\n[languages.pt_BR]\n'
    names = ["blog/x.fr.md", "_index.fr.md", "b/index.pt_BR.md", "blog/y.en.md", "blog/z.de.md"]
    loaded, documents = zola_site(tmp_path, {f"content/{name}": "+++\n+++\nText\n" for name in names}, config)
    found = {n[8:]: (one.url, one.language) for n, one in documents.items() if isinstance(one, Document)}
    assert found == {
        "_index.fr.md": ("/fr/", "fr"),
        "b/index.pt_BR.md": ("/pt_BR/b/", "pt-BR"),
        "blog/x.fr.md": ("/fr/blog/x/", "fr"),
        "blog/y.en.md": ("/blog/y-en/", ""),
        "blog/z.de.md": ("/blog/z-de/", ""),
    }
    assert (loaded.language, loaded.languages) == ("en", ("fr", "pt-BR"))


def test_what_is_no_page_says_why(tmp_path: Path) -> None:
    files = {
        "content/a.txt": "x",
        "content/b.html": "x",
        "content/no.md": "+++\nrender = false\n+++\n",
        "content/temp.bak.md": "x",
        "content/drafts/c.md": "x",
        "content/yes.md": "+++\nrender = true\n+++\n",
    }
    _, documents = zola_site(tmp_path, files, 'ignored_content = ["*.{bak,old}.md", "**/drafts/*"]\n')
    assert {n[8:]: one for n, one in documents.items() if isinstance(one, str)} == {
        "a.txt": "asset",
        "b.html": "asset",
        "no.md": "it says render = false",
        "temp.bak.md": "zola leaves out content/*.bak.md",
        "drafts/c.md": "zola leaves out */drafts/*",
    }


def test_old_addresses_are_seen_from_the_front_page(tmp_path: Path) -> None:
    found = one_of(tmp_path, "blog/x.md", 'aliases = ["old/one", "/2014/x.html"]')
    assert found.aliases == ("/old/one/", "/2014/x.html")


def test_a_page_without_a_title_has_none_to_zola(tmp_path: Path) -> None:
    found = one_of(tmp_path, "my-page.md", "")
    assert found.title
    assert found.origins["title"].startswith("nothing")


def test_the_configuration_gives_settings(tmp_path: Path) -> None:
    config = """
title = "Site"
description = "About"
author = "A. Writer"
build_search_index = true
[markdown]
smart_punctuation = true
"""
    files = {"content/_index.md": "+++\npaginate_by = 5\n+++\n", "static/a.css": ""}
    loaded, _ = zola_site(tmp_path, files, config)
    assert (loaded.title, loaded.description, loaded.author) == ("Site", "About", "A. Writer")
    assert (loaded.url, loaded.posts_per_page, loaded.future) == ("https://example.org/", 5, True)
    assert {"zola", "typography", "-deflists"} <= set(loaded.markdown)
    assert [(folder.path, folder.texts) for folder in loaded.facts.folders] == [("content", True), ("static", False)]
    told = {one.key: one.meaning for one in loaded.facts.understood}
    assert told["title"] == "the setting title"
    assert told["build_search_index"] == ""


def test_a_configuration_that_can_not_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "zola.toml").write_text("= = =")
    assert [one.key for one in zola.configure(tmp_path, "").understood] == ["all of it"]


@given(data=st.binary(max_size=200))
@settings(max_examples=50, deadline=None)
def test_no_bytes_make_the_configuration_fail(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    root = tmp_path_factory.mktemp("site")
    (root / "zola.toml").write_bytes(data)
    assert zola.configure(root, "").engine == "zola"


VALUES = "1", "true", '"x"', "[1, [2]]", '{ a = "b" }', "2020-01-02"
NAMES = "title base_url languages taxonomies ignored_content slugify markdown default_language".split()


@given(said=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES)))
@settings(max_examples=50, deadline=None)
def test_no_configuration_makes_it_fail(tmp_path_factory: pytest.TempPathFactory, said: dict[str, str]) -> None:
    root = tmp_path_factory.mktemp("site")
    (root / "zola.toml").write_text("".join(f"{key} = {value}\n" for key, value in said.items()))
    _, documents = zola_site(root, {"content/2020-01-02-x.md": "+++\n+++\n", "content/_index.md": ""})
    assert len(documents) == 2


@given(pattern=st.text(alphabet="{},*a/.", max_size=60))
@settings(max_examples=50, deadline=None)
def test_braces_are_spelt_out_and_never_too_many(pattern: str) -> None:
    assert 1 <= len(spelt(pattern)) <= 4000
