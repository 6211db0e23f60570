"""Whose folder it is, and what each folder's configuration that can't be read leaves."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping

import pytest

from blog import engines
from blog.documents import Document

ReadSite = Callable[[Mapping[str, str | bytes]], dict[str, Document | str]]
OURS = '[tool.blog]\ntitle = "Mine"\n'


@pytest.mark.parametrize(
    ("files", "engine"),
    [
        ({"conf.py": 'BLOG_TITLE = "N"\nPOSTS = (("posts/*.md", "posts", "post.tmpl"),)\n'}, "nikola"),
        ({"config.lua": "config.title = 'L'\n"}, "luapress"),
        ({"pelicanconf.py": 'SITENAME = "P"\n'}, "pelican"),
        ({"hugo.toml": 'title = "H"\n'}, "hugo"),
        ({}, "flatleaf"),
        ({"tests/hugo.toml": "", "tests/_config.yml": ""}, "flatleaf"),
    ],
)
def test_settings_of_ours_do_not_make_a_folder_ours(site, files: dict[str, str], engine: str) -> None:
    with_ours = site({**files, "posts/a.md": "# A\n", "pages/b.md": "# B\n", "pyproject.toml": OURS})
    settings = engines.load(with_ours.root, {})
    assert settings.facts.engine == engine
    assert settings.title == "Mine"


@pytest.mark.parametrize(
    ("files", "engine"),
    [
        ({"_config.yml": "root: /\ntheme: x\nper_page: 9\npermalink: :title/\n", "source/_posts/a.md": "x"}, "hexo"),
        ({"_config.yml": "title: x\n", "source/_posts/a.md": "x"}, "hexo"),
        ({"_config.yml": "category_map:\n  a: b\n", "source/about/index.md": "x"}, "hexo"),
        ({"_config.yml": "root: /\nsource: source\ndestination: public\n", "source/_posts/a.md": "x"}, "jekyll"),
        ({"_config.yml": "deploy: x\ncollections:\n  a: {}\n", "source/a.md": "x"}, "jekyll"),
        ({"_config.yml": "title: x\nper_page: 3\n"}, "jekyll"),
    ],
)
def test_hexo_is_told_from_jekyll_by_its_folders_and_keys(site, files: dict[str, str], engine: str) -> None:
    assert engines.recognised(site(files).root)[0] == engine


def test_a_file_that_is_a_mark_by_itself_is_told_as_one(site) -> None:
    assert engines.recognised(site({"_config.yml": "title: x\n"}).root) == ("jekyll", "_config.yml is there")


BROKEN = [
    ("hugo.toml", "title = 'x'\n[[[\n", 2),
    ("_config.yml", "title: x\nb: 1\na: [b\n", 4),
    ("config.yaml", "baseURL: x\nb: {\n", 3),
    ("pelicanconf.py", "A = 1\nB = (\n", 2),
    ("conf.py", "POSTS = 1\nB = (\n", 2),
    ("hugo.json", '{"a":\n1,', 2),
]


@pytest.mark.parametrize(("name", "text", "line"), BROKEN)
def test_a_configuration_that_can_not_be_read_is_a_problem_with_its_line(made, name, text, line) -> None:
    made.write({name: text})
    result = made.run("check")
    assert result.exit_code == 1
    assert f"{name}:{line}: nothing of this is taken, it can't be read: " in result.output


def test_a_freeze_tells_of_a_configuration_that_can_not_be_read(made) -> None:
    made.write({"hugo.toml": "[[[\n", "content/posts/a.md": "---\ntitle: A\n---\nText.\n"})
    assert "hugo.toml:1: nothing of this is taken" in made.run("freeze").output


def test_who_serves_is_told_of_a_configuration_that_can_not_be_read(made, caplog) -> None:
    made.write({"hugo.toml": "[[[\n", "content/posts/a.md": "---\ntitle: A\n---\nText.\n"})
    app = made.app(live=True)
    live = app.extensions["blog"].live
    live.begin()
    live.changed(set())  # by the thread that watches, a moment later
    live.end()
    assert "hugo.toml:1: nothing of this is taken" in caplog.text


def test_what_is_taken_has_a_meaning_of_its_own(made) -> None:
    made.write(
        {"_config.yml": "title: R\npermalink: pretty\nsource: src\ndefaults: []\n", "src/_posts/2020-01-02-a.md": ""}
    )
    taken = {one["key"]: one["meaning"] for one in json.loads(made.run("inspect", "--json").stdout)["taken"]}
    assert taken == {
        "title": "the setting title",
        "permalink": "the addresses of posts",
        "source": "where content lies",
    }


def test_what_is_empty_is_not_taken(made) -> None:
    made.write(
        {"pelicanconf.py": 'SITEURL = ""\nSITENAME = "P"\nARTICLE_URL = "{slug}/"\n', "content/a.md": "Title: A\n"}
    )
    taken = {one["key"]: one["meaning"] for one in json.loads(made.run("inspect", "--json").stdout)["taken"]}
    assert taken == {"SITENAME": "the setting title", "ARTICLE_URL": "addresses"}


def dated(read_site: ReadSite, files: dict[str, str]) -> dict[str, tuple[str, str, str]]:
    found = read_site(files)
    return {
        path: (one.kind, f"{one.date:%Y-%m-%d}" if one.date else "", one.url)
        for path, one in found.items()
        if isinstance(one, Document)
    }


def test_in_a_folder_of_nobodys_what_is_dated_is_a_post_at_its_path(read_site: ReadSite) -> None:
    assert dated(
        read_site,
        {
            "2014-05-01-dated.md": "Text of it.\n",
            "notes/p1.md": "---\ndate: 2014-05-02\n---\nText.\n",
            "line.md": "A walk\n\n3 May 2014\n\nText.\n",
            "2014/05/04/walk.md": "Text.\n",
            "notes/2014-05-05-bundle/index.md": "Text.\n",
            "cv.md": "# Life\n\nText.\n",
            "index.md": "---\ndate: 2014-05-06\n---\nText.\n",
            "about.md": "---\ndate: 2014-05-07\ntype: page\n---\nText.\n",
            "lost.md": "---\ndate: soon\n---\nText.\n",
        },
    ) == {
        "2014-05-01-dated.md": ("post", "2014-05-01", "/2014-05-01-dated/"),
        "notes/p1.md": ("post", "2014-05-02", "/notes/p1/"),
        "line.md": ("post", "2014-05-03", "/line/"),
        "2014/05/04/walk.md": ("post", "2014-05-04", "/2014/05/04/walk/"),
        "notes/2014-05-05-bundle/index.md": ("post", "2014-05-05", "/notes/2014-05-05-bundle/"),
        "cv.md": ("page", "", "/cv/"),
        "index.md": ("page", "2014-05-06", "/"),
        "about.md": ("page", "2014-05-07", "/about/"),
        "lost.md": ("page", "", "/lost/"),
    }


def test_where_a_permalink_is_set_dated_texts_of_a_plain_folder_follow_it(read_site: ReadSite) -> None:
    ours = '[tool.blog]\npermalink = "/:year/:slug/"\n'
    found = dated(read_site, {"pyproject.toml": ours, "2014-05-01-walk.md": "Text.\n", "about.md": "Text.\n"})
    assert {url for _, _, url in found.values()} == {"/2014/walk/", "/about/"}


def test_a_dated_note_of_a_vault_is_a_post_at_its_path(read_site: ReadSite) -> None:
    files = {
        ".obsidian/app.json": "{}",
        "notes/Tea.md": "---\ncreated: 2014-05-02\n---\nText.\n",
        "2014-05-03.md": "Text.\n",
        "Cups.md": "Text.\n",
        "Templates/Daily.md": "Text.\n",
        "Drawing.excalidraw.md": "---\nexcalidraw-plugin: parsed\n---\nText.\n",
    }
    found = read_site(files)
    assert (found["Templates/Daily.md"], found["Drawing.excalidraw.md"]) == (
        "Templates/ holds templates",
        "it is a drawing of Excalidraw",
    )
    assert dated(read_site, files) == {
        "notes/Tea.md": ("post", "2014-05-02", "/notes/Tea"),
        "2014-05-03.md": ("post", "2014-05-03", "/2014-05-03"),
        "Cups.md": ("page", "", "/Cups"),
    }


MIXED = {
    "posts/a.md": "$title=A\n$date=4/8/2015\n\nText.\n",
    "posts/b.md": '+++\ntitle = "B"\npath = "over/there"\n[taxonomies]\ntags = ["x"]\ncategories = ["y"]\n+++\nText.\n',
}


def test_a_header_brings_its_meaning_into_a_folder_of_all_kinds(read_site: ReadSite) -> None:
    found = read_site(MIXED)
    first, second = found["posts/a.md"], found["posts/b.md"]
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert f"{first.date:%Y-%m-%d}" == "2015-08-04"
    assert (second.url, second.tags, second.categories) == ("/over/there/", ("x",), ("y",))


@pytest.mark.parametrize("line", ["isDraft: true", "is_draft: yes", "publish: false", "visibility: private"])
def test_every_word_for_a_draft_holds_back(read_site: ReadSite, line: str) -> None:
    found = read_site({"posts/a.md": f"---\ntitle: A\n{line}\n---\nText.\n"})["posts/a.md"]
    assert isinstance(found, Document)
    assert found.draft


@pytest.mark.parametrize("name", ["_posts/2010-13-45-bad.md", "posts/2010-13-45-bad.md"])
def test_an_impossible_date_in_a_name_is_reported(read_site: ReadSite, name: str) -> None:
    found = read_site({name: "Text.\n"})[name]
    assert isinstance(found, Document)
    assert found.date is None
    assert [one.message for one in found.problems] == ["this is not a date: 2010-13-45, with which the name begins"]


def test_whoever_only_serves_a_site_of_ours_waits_for_no_parser(site) -> None:
    made = site({"pyproject.toml": OURS})
    code = "import sys; from pathlib import Path; from blog import engines; engines.load(Path(sys.argv[1])); "
    code += "print([name for name in ('blog.reader', 'blog.headers', 'mistune', 'yaml') if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code, str(made.root)], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
