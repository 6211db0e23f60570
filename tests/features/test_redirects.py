"""Redirects: every alias leads to its document, live and frozen."""

from __future__ import annotations

import pytest
from lxml import html as parser

POST = "---\ntitle: New\nslug: größe\naliases:\n{}---\n\nText.\n"


def aliased(*aliases: str) -> str:
    return POST.format("".join(f"- {alias}\n" for alias in aliases))


@pytest.mark.parametrize(
    ("alias", "asked", "file"),
    [
        ("/old/", "/old/", "old/index.html"),
        ("/old", "/old", "old/index.html"),
        ("old/deep", "/old/deep/", "old/deep/index.html"),
        ("/old.html", "/old.html", "old.html"),
        ("/2012/09/old.php", "/2012/09/old.php", "2012/09/old.php"),
        ("https://example.org/old/", "/old/", "old/index.html"),
        ("/gr%C3%B6%C3%9Fe/", "/gr%C3%B6%C3%9Fe/", "größe/index.html"),
        ("/größe/", "/gr%C3%B6%C3%9Fe/", "größe/index.html"),
        ("/With Space/", "/With%20Space/", "With Space/index.html"),
    ],
)
def test_an_alias_leads_to_its_post_permanently(made, alias, asked, file):
    made.write({"posts/a.md": aliased(alias)})
    response = made.app().test_client().get(asked)
    assert (response.status_code, response.headers["Location"]) == (301, "/posts/gr%C3%B6%C3%9Fe/")
    assert made.freeze()[file] == response.data
    assert made.run("check").exit_code == 0


def test_the_page_of_a_redirect_points_on(made):
    made.write({"posts/a.md": aliased("/old/")})
    made.settings(url="https://example.org/blog/")
    page = parser.document_fromstring(made.freeze()["old/index.html"])
    target = "/blog/posts/gr%C3%B6%C3%9Fe/"
    assert page.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={target}"]
    assert page.xpath("//link[@rel='canonical']/@href") == [f"https://example.org{target}"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//a/@href") == [target]


def test_an_alias_with_and_without_its_slash_leads_there(made):
    made.write({"posts/a.md": aliased("/old")})
    client = made.app().test_client()
    for url in ("/old", "/old/"):
        assert client.get(url).status_code == 301


@pytest.mark.parametrize("alias", ["/a?b=c", "/a#b", "/../a", "/a/../b"])
def test_an_alias_that_can_not_be_an_address_is_reported_with_its_line(made, alias):
    made.write({"posts/a.md": aliased(f'"{alias}"')})
    result = made.run("check")
    assert result.exit_code == 1
    assert result.output.startswith("posts/a.md:4: ")
    assert made.body("/posts/gr%C3%B6%C3%9Fe/")


def test_the_front_page_may_have_no_alias_taken_from_it(made):
    made.write({"pages/index.md": "# Home\n", "posts/a.md": aliased("/")})
    assert "<h1>Home</h1>" in made.body("/")
    assert made.run("check").exit_code == 1


def test_a_page_may_have_aliases_too(made):
    made.write({"pages/about.md": "---\ntitle: About\nredirect_from: /me\n---\n\nText.\n"})
    assert made.app().test_client().get("/me").headers["Location"] == "/about/"


def test_aliases_form_no_chain(made):
    made.write(
        {
            "posts/a.md": "---\ntitle: A\naliases: [/b/]\n---\nT\n",
            "posts/b.md": "---\ntitle: B\nslug: c\naliases: [/posts/b/]\n---\nT\n",
        }
    )
    client = made.app().test_client()
    assert client.get("/b/").headers["Location"] == "/posts/a/"
    assert client.get("/posts/b/").headers["Location"] == "/posts/c/"
