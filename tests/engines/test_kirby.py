"""Kirby's sites as Kirby 5 has them."""

from __future__ import annotations

import pytest

BLUEPRINTS = {"site/blueprints/site.yml": "", "content/site.txt": "Title: S\n"}
TEXT = "Title: A Title\n----\nText: Some text.\n"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("home/home.txt", "/"),
        ("1_notes/notes.txt", "/notes"),
        ("1_notes/20240921_some-note/note.txt", "/notes/some-note"),
        ("2_a/3_b/c/page.txt", "/a/b/c"),
        ("_drafts/x/page.txt", "/x"),
        ("error/error.txt", "/error"),
        ("about/about.de.txt", "/de/about"),
        ("home/home.de.txt", "/de"),
        ("about/about.en.txt", "/about"),
    ],
)
def test_addresses_are_the_folders_without_their_numbers(read_site, name, expected):
    assert read_site(BLUEPRINTS | {f"content/{name}": TEXT})[f"content/{name}"].url == expected


def test_the_default_language_is_that_of_the_site(read_site):
    languages = {
        "site/languages/de.php": "<?php return ['code' => 'de', 'default' => true];",
        "site/languages/en.php": "<?php return ['code' => 'en', 'default' => false];",
    }
    read = read_site(BLUEPRINTS | languages | {"content/a/a.de.txt": TEXT, "content/a/a.en.txt": TEXT})
    assert (read["content/a/a.de.txt"].url, read["content/a/a.en.txt"].url) == ("/a", "/en/a")
    assert (read["content/a/a.de.txt"].language, read["content/a/a.en.txt"].language) == ("de", "en")


def test_drafts_and_unlisted_pages_are_told_by_their_folders(read_site):
    files = {"content/blog/_drafts/a/note.txt": TEXT, "content/blog/20240921_b/note.txt": TEXT}
    read = read_site(BLUEPRINTS | files)
    assert [one.draft for one in read.values() if not isinstance(one, str)] == [False, True]


def test_what_describes_a_file_or_the_site_is_no_page(read_site):
    read = read_site(BLUEPRINTS | {"content/a/pic.jpg.txt": "Alt: x\n", "content/a/pic.jpg.de.txt": "Alt: x\n"})
    assert read["content/site.txt"] == "it holds what all pages share"
    assert read["content/a/pic.jpg.txt"] == read["content/a/pic.jpg.de.txt"] == "it describes the file beside it"


def test_a_page_without_a_title_has_its_slug(read_site):
    read = read_site(
        BLUEPRINTS | {"content/1_some-page/page.txt": "Date: 2014-03-02 10:11\n----\nTags: a, b\n----\nUuid: x\n"}
    )
    page = read["content/1_some-page/page.txt"]
    assert (page.title, page.tags, page.date.isoformat()) == ("some-page", ("a", "b"), "2014-03-02T10:11:00+00:00")
