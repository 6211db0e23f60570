"""``new``: a file to begin with."""

from __future__ import annotations

import json

import pytest

from blog.site import of


@pytest.fixture
def made(made):
    """Make a site that has a folder for posts and one for pages."""
    made.write({"posts/first.md": "---\ntitle: First\ndate: 2020-01-01\n---\n\nText.\n", "pages/index.md": "# Home\n"})
    return made


def test_new_makes_a_draft_and_prints_its_path_and_address(made):
    result = made.run("new", "Hello, World!")
    assert (result.exit_code, result.stdout) == (0, "posts/hello-world.md\nhttp://127.0.0.1:8000/posts/hello-world/\n")
    document = of(made.app()).library.document("posts/hello-world.md")
    assert (document.title, document.draft, document.header, document.body.strip()) == (
        "Hello, World!",
        True,
        "yaml",
        "",
    )


def test_its_date_is_the_present_moment(made):
    made.run("new", "Now")
    assert of(made.app()).library.document("posts/now.md").date == made.now


def test_its_date_has_the_site_s_time_zone(made):
    made.settings(timezone="Asia/Tokyo")
    made.run("new", "Now")
    assert of(made.app()).library.document("posts/now.md").date.isoformat() == "2026-11-20T21:00:00+09:00"


def test_a_page_has_no_date(made):
    result = made.run("new", "--page", "About Me")
    assert result.stdout == "pages/about-me.md\nhttp://127.0.0.1:8000/about-me/\n"
    assert of(made.app()).library.document("pages/about-me.md").date is None


@pytest.mark.parametrize(
    "title",
    [
        "2017",
        "No",
        "12:30",
        "a: b",
        "# not a heading",
        "'quoted' \"twice\"",
        "Größe 🎉",
        "- x",
        "{a}",
        "[b]",
        "null",
        "~",
        "%x",
        "@y",
        "x #y",
    ],
)
def test_any_title_comes_back_as_it_was_given(made, title):
    result = made.run("new", "--", title)
    assert result.exit_code == 0, result.output
    path = result.output.splitlines()[0]
    assert of(made.app()).library.document(path).title == title
    assert made.run("check").exit_code == 0


@pytest.mark.parametrize("title", ["???", "🎉", "..", "/", "../../etc/passwd"])
def test_a_title_without_letters_or_with_slashes_stays_in_the_folder(made, title):
    result = made.run("new", "--", title)
    assert result.exit_code == 0
    path = result.output.splitlines()[0]
    assert path.startswith("posts/")
    assert path.count("/") == 1
    assert (made.root / path).is_file()


def test_new_never_replaces_a_file(made):
    made.write({"posts/hello.md": "mine"})
    result = made.run("new", "Hello")
    assert (result.exit_code, result.output) == (1, "Error: posts/hello.md: this file exists already\n")
    assert (made.root / "posts/hello.md").read_text() == "mine"


def test_in_an_empty_folder_new_begins_with_a_post(site):
    """A page would be on no list and in no feed."""
    made = site({})
    assert made.run("new", "Hello").output.splitlines()[0] == "posts/hello.md"
    assert made.run("new", "--page", "About").output.splitlines()[0] == "pages/about.md"


def test_new_finds_its_way_in_a_content_folder(site):
    """Where content lies in ``content/``, a folder ``posts/`` beside it would hide it all."""
    made = site({"content/posts/old.md": "# Old\n", "content/about.md": "# About\n"})
    result = made.run("new", "Fresh")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[0] == "content/posts/fresh.md"
    assert len(json.loads(made.run("ls", "--json").stdout)) == 3


def test_new_in_a_plain_folder_hides_nothing(site):
    made = site({"about.md": "# About\n"})
    made.run("new", "Fresh")
    assert len(json.loads(made.run("ls", "--json").stdout)) == 2


def test_the_address_follows_the_permalink_pattern(made):
    made.settings(permalink="/:year/:slug/")
    assert made.run("new", "Hello").output.splitlines()[1] == "http://127.0.0.1:8000/2026/hello/"
