"""Who writes here."""

from __future__ import annotations

from lxml import html as parser

SETTINGS = """[tool.blog]
url = "https://a.example/blog/"
author = "Ann & Co"
author_bio = "Writes <often>."
author_photo = "/me.jpg"
author_links = [{ name = "Code", url = "https://code.example/ann" }, { name = "About", url = "/about/" }]
"""


def cards(made, url: str = "/blog/posts/a/") -> list:
    return parser.document_fromstring(made.body(url)).xpath(
        "//*[contains(@class, 'h-card') and not(contains(@class, 'p-author'))]"
    )


def test_a_post_has_the_card_of_its_author(made):
    made.write({"posts/a.md": "# A\n\nText.\n"})
    made.write({"pyproject.toml": SETTINGS})
    (card,) = cards(made)
    assert card.xpath(".//img[@class='u-photo']/@src") == ["/blog/me.jpg"]
    assert card.xpath(".//*[contains(@class, 'p-name')]/text()") == ["Ann & Co"]
    assert card.xpath(".//*[@class='p-note']/text()") == ["Writes <often>."]
    assert card.xpath(".//a[@rel='me']/@href") == ["https://code.example/ann", "/blog/about/"]


def test_what_another_has_written_has_no_card_of_this_one(made):
    made.write({"posts/a.md": "---\ntitle: A\nauthor: Bob\n---\n\nText.\n"})
    made.write({"pyproject.toml": SETTINGS})
    assert cards(made) == []
    made.write({"posts/a.md": "---\ntitle: A\nauthors: [Bob, Ann & Co]\n---\n\nText.\n"})
    assert len(cards(made)) == 1


def test_a_name_alone_is_no_card_on_a_post(made):
    made.write({"posts/a.md": "# A\n\nText.\n"})
    made.settings(url="https://a.example/blog/", author="Ann")
    assert cards(made) == []


def test_the_front_page_is_the_author_s(made):
    made.write({"posts/a.md": "# A\n\nText.\n"})
    made.write({"pyproject.toml": SETTINGS})
    for _ in ("a list of posts", "a page"):
        (name,) = parser.document_fromstring(made.body("/blog/")).xpath("//*[contains(@class, 'u-uid')]")
        assert (name.get("href"), name.text) == ("/blog/", "Ann & Co")
        made.write({"pages/index.md": "---\ntitle: Home\nlayout: home\n---\n\nText.\n"})
