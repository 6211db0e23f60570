"""``why``: of a file where it is or why not, of an address what makes it."""

from __future__ import annotations

import pytest

SITE = {
    "posts/2020-01-02-walk.md": "---\ntitle: A walk\naliases: [/old-walk/]\n---\nText.\n",
    "posts/draft.md": "---\ntitle: Draft\ndate: 2020-01-02\ndraft: true\n---\n",
    "posts/private.md": "---\ntitle: Private\ndate: 2020-01-02\nstatus: private\n---\n",
    "posts/later.md": "---\ntitle: Later\ndate: 2099-01-01\n---\n",
    "posts/over.md": "---\ntitle: Over\ndate: 2020-01-01\nexpirydate: 2020-02-01\n---\n",
    "posts/twin.md": "---\ntitle: Twin\nslug: walk\ndate: 2020-01-01\n---\n",
    "posts/cat.png": b"png",
    "posts/.hidden.md": "# Hidden\n",
    "pages/about.md": "# About\n",
    "notes/x.md": "# Note\n",
    "static/x.css": "a {}",
}


@pytest.fixture
def why(made):
    made.write(SITE)

    def run(given: str) -> str:
        result = made.run("why", given)
        assert result.exit_code == 0, result.output
        return result.output

    return run


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("posts/2020-01-02-walk.md", "published: http://127.0.0.1:8000/posts/walk/"),
        ("posts/2020-01-02-walk.md", "date: 2020-01-02 (from name)"),
        ("posts/2020-01-02-walk.md", "title: A walk (from title)"),
        ("posts/2020-01-02-walk.md", "(from the permalink /posts/:slug/)"),
        ("posts/2020-01-02-walk.md", "redirected from: /old-walk/"),
        ("posts/draft.md", "a draft, by draft: true"),
        ("posts/private.md", "a draft, by status: private"),
        ("posts/later.md", "not published before 2099-01-01"),
        ("posts/over.md", "not published since 2020-02-01"),
        ("posts/twin.md", "another file has its address /posts/walk/"),
        ("posts/cat.png", "published as it is: http://127.0.0.1:8000/posts/cat.png"),
        ("posts/.hidden.md", ".hidden.md is hidden"),
        ("pages/about.md", "title: About (from the text's beginning)"),
        ("notes/x.md", "in none of the folders of content: posts/, pages/"),
        ("static/x.css", "a file of the theme"),
    ],
)
def test_a_file_says_where_it_is_or_why_not(why, file, said):
    assert said in why(file)


def test_a_file_that_no_rule_of_its_engine_lets_through_names_the_rule(made):
    made.write({"_config.yml": "exclude: [notes]\n", "notes/x.md": "---\ntitle: X\n---\n", "a.md": "---\n---\n"})
    assert "leaves out notes" in made.run("why", "notes/x.md").output


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (
            "/posts/walk/",
            ["/posts/walk/: 200", "made from posts/2020-01-02-walk.md", "template post.html", "asks text("],
        ),
        ("http://127.0.0.1:8000/posts/walk/", ["/posts/walk/: 200"]),
        ("/posts/walk", ["301", "redirects to /posts/walk/, by its slash"]),
        ("/old-walk/", ["301", "redirects to /posts/walk/, an alias in posts/2020-01-02-walk.md"]),
        ("/archive/", ["/archive/: 200", "made by the engine", "template archive.html"]),
        ("/posts/cat.png", ["made from posts/cat.png"]),
        ("/2012/some-walk.html", ["404", "near: /posts/walk/"]),
    ],
)
def test_an_address_says_what_makes_it(why, url, said):
    output = why(url)
    assert [part for part in said if part not in output] == []


def test_what_is_neither_is_a_clear_error(made):
    made.write(SITE)
    result = made.run("why", "nothing.md")
    assert result.exit_code == 1
    assert "there is no such file" in result.output


def test_the_sites_own_path_is_no_part_of_its_addresses(made):
    made.write(SITE)
    made.settings(url="https://example.org/blog/")
    assert "made from posts/2020-01-02-walk.md" in made.run("why", "https://example.org/blog/posts/walk/").output
