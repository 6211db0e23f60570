"""What stands around a post's text: all of it can be switched off, by the site and by the post."""

from __future__ import annotations

import pytest
from lxml import html as parser

from blog.settings.choices import FURNITURE
from blog.site import of

SETTINGS = {
    "url": "https://a.example/",
    "author": "Ann",
    "author_bio": "Writes.",
    "licence": "CC BY 4.0",
    "source_url": "https://code.example/see/{path}",
    "edit_url": "https://code.example/edit/{path}",
}
HEADER = "title: A\ndate: 2020-01-02\nlastmod: 2020-03-04\ntags: [x]\ncategories: [y]\nseries: S\n"
TEXT = "Text.\n\n" + "".join(f"## Part {n}\n\nMore.\n\n" for n in range(6))
# Where each is to be found on the page of a post.
FOUND = {
    "author": "//aside[contains(@class, 'author')]",
    "categories": "//a[@href='/categories/y/']",
    "date": "//h1/..//time[@class='dt-published']",
    "edit": "//a[starts-with(@href, 'https://code.example/edit/')]",
    "licence": "//a[@rel='license']",
    "neighbours": "//nav[contains(@class, 'neighbours')]",
    "permalink": "//a[@rel='bookmark']",
    "reading_time": "//*[@class='reading-time']",
    "related": "//section[contains(@class, 'related')]",
    "series": "//nav[contains(@class, 'series')]",
    "source": "//a[starts-with(@href, 'https://code.example/see/')]",
    "tags": "//a[@rel='tag']",
    "toc": "//nav[contains(@class, 'toc')]",
    "updated": "//time[@class='dt-updated']",
}


def shown(made, header: str = "", **settings: object) -> set[str]:
    made.write({"posts/a.md": f"---\n{HEADER}{header}---\n\n{TEXT}"})
    made.write({"posts/b.md": "---\ntitle: B\ndate: 2020-01-01\nseries: S\n---\n\nB.\n"})  # the one beside it
    made.write({"posts/c.md": "---\ntitle: C\ndate: 2019-01-01\ntags: x\n---\n\nC.\n"})
    made.settings(**(SETTINGS | settings))
    page = parser.document_fromstring(made.body("/posts/a/"))
    return {name for name, path in FOUND.items() if page.xpath(path)}


def test_every_part_is_looked_at_here():
    assert FOUND.keys() == FURNITURE


def test_a_post_shows_all_there_is(made):
    assert shown(made) == FURNITURE


@pytest.mark.parametrize("name", sorted(FURNITURE))
def test_each_part_can_be_switched_off_by_the_site_and_by_the_post(made, name):
    assert shown(made, furniture=[f"-{name}"]) == FURNITURE - {name}
    assert shown(made, header=f"furniture: -{name}\n") == FURNITURE - {name}
    assert shown(made, header=f"furniture: [{name}]\n", furniture=[f"-{name}"]) == FURNITURE


def test_with_all_of_it_off_the_text_remains(made):
    assert shown(made, furniture=[f"-{name}" for name in sorted(FURNITURE)]) == set()
    page = parser.document_fromstring(made.body("/posts/a/"))
    (article,) = page.xpath("//article")
    assert article.xpath(".//h1/text()") == ["A"]
    assert "Text." in article.text_content()
    assert not [one for one in article.xpath(".//footer | .//aside | .//nav") if not one.text_content().strip()]


def test_a_page_has_none_of_it(made):
    made.write({"pages/a.md": f"---\n{HEADER}---\n\n{TEXT}", "posts/b.md": "---\ntitle: B\ntags: x\n---\n\nB.\n"})
    made.settings(**SETTINGS)
    page = parser.document_fromstring(made.body("/a/"))
    assert [name for name, path in FOUND.items() if page.xpath(path)] == []


def test_what_there_is_not_is_reported_with_its_line(made):
    made.write({"posts/a.md": "---\ntitle: A\nfurniture: [-related, chairs]\n---\n\nText.\n"})
    (problem,) = of(made.app()).library.problems()
    assert problem.line_of_text().startswith("posts/a.md:3: furniture has no chairs; there are author, categories, ")


def test_a_change_of_it_alone_shows(made):
    made.write({"posts/a.md": "---\ntitle: A\n---\n\nText.\n"})
    assert b"reading-time" in made.freeze()["posts/a/index.html"]
    made.write({"posts/a.md": "---\ntitle: A\nfurniture: -reading_time\n---\n\nText.\n"})
    assert b"reading-time" not in made.freeze()["posts/a/index.html"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('furniture = ["chairs"]', "furniture has no chairs; there are author, "),
        ('furniture = "related"', "furniture must be a list of names such as "),
        ('source_url = "https://code.example/"', "source_url must be an address such as "),
        ('edit_url = "javascript:{path}"', "edit_url must be an address such as "),
        ('author_links = ["https://a.example/"]', "author_links must be a list of tables that hold name and url"),
        ('author_links = [{ name = "x", url = "javascript:1" }]', "author_links can't lead to javascript:1"),
        ('author_links = [{ name = "", url = "https://a.example/" }]', "author_links must not be empty"),
        ("words_per_minute = 0", "words_per_minute must be a whole number above zero"),
    ],
)
def test_wrong_settings_are_refused(made, line, message):
    made.write({"pyproject.toml": f"[tool.blog]\n{line}\n"})
    with pytest.raises(Exception, match=r"pyproject\.toml:2: ") as caught:
        made.app()
    assert str(caught.value.message).startswith(f"pyproject.toml:2: {message}")
