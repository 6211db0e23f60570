"""``ls``: one record for each content file."""

from __future__ import annotations

import json

SITE = {
    "posts/a.md": "---\ntitle: Größe\ndate: 2020-01-02T03:04:05+09:00\ntags: [x, y]\ncategories: [z]\n"
    "aliases: [/old]\n---\n",
    "posts/bad.md": "---\ntitle: [\n---\n",
    "posts/draft.md": "---\ntitle: Draft\ndate: 2020-01-03\ndraft: true\naliases: [/soon/]\n---\n",
    "posts/later.md": "---\ntitle: Later\ndate: 2027-01-01\n---\n",
    "posts/twin.md": "---\ntitle: Twin\nslug: a\ndate: 2020-01-01\n---\n",
    "posts/cat.png": b"png",
    "pages/about.md": "# About\n",
}


def records(made) -> dict[str, dict]:
    result = made.run("ls", "--json")
    assert result.exit_code == 0
    return {record.pop("file"): record for record in json.loads(result.stdout)}


def test_every_file_has_a_record(made):
    made.write(SITE)
    found = records(made)
    assert list(found) == sorted(name for name in SITE if name.endswith(".md"))
    assert found["posts/a.md"] == {
        "title": "Größe",
        "date": "2020-01-02T03:04:05+09:00",
        "tags": ["x", "y"],
        "categories": ["z"],
        "draft": False,
        "published": True,
        "url": "/posts/a/",
        "aliases": ["/old/"],
    }


def test_what_is_not_published_has_no_address(made):
    made.write(SITE)
    assert {name: (r["published"], r["url"], r["draft"]) for name, r in records(made).items()} == {
        "pages/about.md": (True, "/about/", False),
        "posts/a.md": (True, "/posts/a/", False),
        "posts/bad.md": (False, None, False),
        "posts/draft.md": (False, None, True),
        "posts/later.md": (False, None, False),
        "posts/twin.md": (False, None, False),
    }


def test_a_broken_file_has_a_record_of_nothing(made):
    made.write(SITE)
    assert records(made)["posts/bad.md"] == {
        "title": None,
        "date": None,
        "tags": [],
        "categories": [],
        "draft": False,
        "published": False,
        "url": None,
        "aliases": [],
    }


def test_a_page_without_a_date_has_none(made):
    made.write(SITE)
    assert records(made)["pages/about.md"]["date"] is None


def test_the_list_for_people_has_one_line_a_file(made):
    made.write(SITE)
    assert made.run("ls").stdout.splitlines() == [
        "            pages/about.md  /about/",
        "2020-01-02  posts/a.md  /posts/a/",
        "            posts/bad.md  not published",
        "2020-01-03  posts/draft.md  draft",
        "2027-01-01  posts/later.md  not published",
        "2020-01-01  posts/twin.md  not published",
    ]


def test_an_asset_is_not_listed_even_where_it_has_a_problem(made):
    made.write({"posts/what\\.png": b"png", "posts/a.md": "# A\n"})
    assert list(records(made)) == ["posts/a.md"]


def test_a_bad_file_that_is_published_stays_published(made):
    made.write({"posts/a.md": "---\ntitle: A\ndate: never\n---\n"})
    assert records(made)["posts/a.md"]["published"] is True
