"""What pages say to programs: OpenGraph, cards, linked data, microformats."""

from __future__ import annotations

import json
import re
from typing import Any

import mf2py
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as parser

SITE = {
    "posts/a.md": "---\ntitle: A & B\ndate: 2020-01-02T03:04:05+02:00\nupdated: 2021-02-03\ntags: [tea, cups]\n---\n\n"
    "Text.\n",
    "posts/b.md": "# B\n",
    "pages/about/index.md": "---\ntitle: About\nlang: pt-BR\n---\n\nWho we are. And why.\n",
    "pages/about/us.md": "# Us\n",
}
VALUES = {"url": "https://example.org/blog/", "title": "Notes", "author": "Ann", "description": "On tea."}


def head(made, url: str) -> dict[str, list[str]]:
    """Return the values of each ``<meta>`` of a page."""
    found: dict[str, list[str]] = {}
    for meta in parser.document_fromstring(made.body(url)).xpath("//head/meta[@content]"):
        found.setdefault(meta.get("property") or meta.get("name"), []).append(meta.get("content"))
    return found


def linked(made, url: str) -> dict[str, dict[str, Any]]:
    """Return the things that a page tells of as linked data, by their types."""
    (script,) = parser.document_fromstring(made.body(url)).xpath("//script[@type='application/ld+json']/text()")
    data = json.loads(script)
    assert data["@context"] == "https://schema.org"
    return {node["@type"]: node for node in data["@graph"]}


@pytest.fixture
def notes(made):
    made.write(SITE)
    made.settings(**VALUES)
    return made


def test_a_post_says_in_opengraph_what_it_is(notes):
    said = head(notes, "/blog/posts/a/")
    assert {name: value for name, value in said.items() if ":" in name} == {
        "og:title": ["A & B"],
        "og:type": ["article"],
        "og:url": ["https://example.org/blog/posts/a/"],
        "og:site_name": ["Notes"],
        "og:description": ["Text."],
        "article:published_time": ["2020-01-02T03:04:05+02:00"],
        "article:modified_time": ["2021-02-03T00:00:00+00:00"],
        "article:tag": ["tea", "cups"],
        "twitter:card": ["summary"],
    }


def test_a_page_says_where_its_language_is_spoken_if_that_is_known(notes):
    said = head(notes, "/blog/about/")
    assert (said["og:type"], said["og:locale"]) == (["website"], ["pt_BR"])
    assert said["description"] == said["og:description"] == ["Who we are. And why."]


def test_a_post_is_a_posting_in_linked_data(notes):
    said = linked(notes, "/blog/posts/a/")["BlogPosting"]
    assert said == {
        "@type": "BlogPosting",
        "@id": "https://example.org/blog/posts/a/#post",
        "headline": "A & B",
        "description": "Text.",
        "url": "https://example.org/blog/posts/a/",
        "mainEntityOfPage": "https://example.org/blog/posts/a/",
        "inLanguage": "en",
        "datePublished": "2020-01-02T03:04:05+02:00",
        "dateModified": "2021-02-03T00:00:00+00:00",
        "author": [
            {
                "@type": "Person",
                "@id": "https://example.org/blog/#author",
                "name": "Ann",
                "url": "https://example.org/blog/",
            }
        ],
        "keywords": ["tea", "cups"],
        "isPartOf": {"@id": "https://example.org/blog/#website"},
    }


def test_what_a_post_does_not_tell_is_left_out(made):
    made.write({"posts/a.md": "# A\n\nText.\n"})
    said = linked(made, "/posts/a/")["BlogPosting"]
    assert {"dateModified", "keywords", "image"}.isdisjoint(said)
    assert said["author"] == [{"@type": "Organization", "name": "Blog", "url": "http://127.0.0.1:8000/"}]
    assert "article:modified_time" not in head(made, "/posts/a/")


def test_other_authors_than_the_site_s_are_named_alone(notes):
    notes.write({"posts/c.md": "---\ntitle: C\nauthors: [Bea, Ann]\n---\n"})
    authors = linked(notes, "/blog/posts/c/")["BlogPosting"]["author"]
    assert authors[0] == {"@type": "Person", "name": "Bea"}
    assert authors[1]["url"] == "https://example.org/blog/"


def test_the_front_page_tells_of_the_site_and_who_writes_it(notes):
    said = linked(notes, "/blog/")
    assert said["WebSite"] | {"@type": ""} == {
        "@type": "",
        "@id": "https://example.org/blog/#website",
        "name": "Notes",
        "url": "https://example.org/blog/",
        "description": "On tea.",
        "inLanguage": "en",
        "publisher": {"@id": said["Person"]["@id"]},
    }
    assert said["Person"] == {
        "@type": "Person",
        "@id": "https://example.org/blog/#author",
        "name": "Ann",
        "url": "https://example.org/blog/",
    }
    assert "BreadcrumbList" not in said


def test_what_the_settings_tell_of_the_author_is_told_on(made):
    (made.root / "pyproject.toml").write_text(
        """[tool.blog]
url = "https://example.org/blog/"
author = "Ann"
author_bio = "Writes."
author_photo = "/static/ann.jpg"
author_links = [{ name = "Code", url = "https://code.example/ann" }, { name = "Mail", url = "mailto:a@example.org" }]
"""
    )
    assert linked(made, "/blog/")["Person"] | {"@type": "", "@id": ""} == {
        "@type": "",
        "@id": "",
        "name": "Ann",
        "url": "https://example.org/blog/",
        "description": "Writes.",
        "image": "https://example.org/blog/static/ann.jpg",
        "sameAs": ["https://code.example/ann"],
    }


@pytest.mark.parametrize(
    ("url", "way"),
    [
        ("/posts/a/", [("Notes", "/"), ("A & B", "/posts/a/")]),
        ("/about/us/", [("Notes", "/"), ("About", "/about/"), ("Us", "/about/us/")]),
        ("/about/", [("Notes", "/"), ("About", "/about/")]),
        ("/tags/tea/", [("Notes", "/"), ("Tags", "/tags/"), ("Tag: tea", "/tags/tea/")]),
        ("/archive/", [("Notes", "/"), ("Archive", "/archive/")]),
    ],
)
def test_a_page_tells_the_way_to_it(notes, url, way):
    items = linked(notes, f"/blog{url}")["BreadcrumbList"]["itemListElement"]
    assert [item["position"] for item in items] == list(range(1, len(way) + 1))
    assert [(item["name"], item["item"]) for item in items] == [
        (name, f"https://example.org/blog{path}") for name, path in way
    ]


def test_posts_lie_below_their_list_where_the_site_has_a_front_page_of_its_own(notes):
    notes.write({"pages/index.md": "# Home\n"})
    items = linked(notes, "/blog/posts/a/")["BreadcrumbList"]["itemListElement"]
    assert [item["name"] for item in items] == ["Notes", "Posts", "A & B"]


@pytest.mark.parametrize("url", ["/404.html", "/posts/d/"])
def test_what_is_not_to_be_found_says_nothing_of_itself(made, url):
    made.write({"posts/d.md": "---\ntitle: D\ndraft: true\n---\n"})
    made.settings(drafts=True)
    page = made.body(url)
    assert "noindex" in page
    assert "og:" not in page
    assert "ld+json" not in page


# The picture


PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000004b0000002760802000000")  # 1200 x 630, as far as its header


@pytest.mark.parametrize(
    ("header", "text", "address"),
    [
        ("image: cup.png\n", "", "https://example.org/posts/a/cup.png"),
        ("image: /static/cup.png\n", "", "https://example.org/static/cup.png"),
        ("image: https://elsewhere.example/cup.png\n", "", "https://elsewhere.example/cup.png"),
        ("", "![A cup](cup.png)", "https://example.org/posts/a/cup.png"),
        ("image: cup.svg\n", "![A cup](cup.png)", "https://example.org/posts/a/cup.png"),
        ("", '<img src="dot.gif" width="1" height="1">', "https://example.org/static/card.png"),
        ("", "![](data:image/png;base64,AAAA)", "https://example.org/static/card.png"),
        ("", "", "https://example.org/static/card.png"),
    ],
)
def test_the_picture_is_the_header_s_or_the_text_s_or_the_site_s(made, header, text, address):
    made.write({"posts/a/index.md": f"---\ntitle: A\n{header}---\n\nWords.\n\n{text}\n", "posts/a/cup.png": PNG})
    made.write({"posts/a/cup.svg": "<svg/>", "posts/a/dot.gif": b"GIF"})
    made.settings(url="https://example.org/", image="/static/card.png")
    assert head(made, "/posts/a/")["og:image"] == [address]
    site = address.endswith("/card.png")
    assert linked(made, "/posts/a/")["BlogPosting"].get("image") == (None if site else address), (
        "the site's isn't its own"
    )


def test_a_picture_tells_its_size_and_what_is_on_it(made):
    made.write({"posts/a/index.md": "# A\n\n![A cup](cup.png)\n", "posts/a/cup.png": PNG})
    said = head(made, "/posts/a/")
    assert (said["og:image:width"], said["og:image:height"]) == (["1200"], ["630"])
    assert said["og:image:alt"] == ["A cup"]
    assert said["twitter:card"] == ["summary_large_image"]


def test_without_any_picture_none_is_named(made):
    made.write({"posts/a.md": "# A\n"})
    assert "og:image" not in head(made, "/posts/a/")


# Text that nobody can use


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
@pytest.mark.parametrize("_once", [0])
def test_no_text_can_end_the_element_that_it_stands_in(made, _once, words):
    made.write({"posts/a.md": json.dumps({"title": f"{words}</script><!--<script>", "slug": "a"}) + "\n\nText.\n"})
    page = made.body("/posts/a/")
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert not set("<>&") & set(script)
    assert "</script><!--<script>" in json.loads(script)["@graph"][0]["headline"]


def test_the_same_is_said_live_and_frozen(notes):
    live = notes.body("/blog/posts/a/")
    assert notes.freeze()["posts/a/index.html"].decode() == live


# Microformats


def items(made, url: str) -> list[dict[str, Any]]:
    """Return what a parser of microformats finds on a page."""
    address = f"http://127.0.0.1:8000{url}"
    return mf2py.parse(doc=made.body(url), url=address, html_parser="html5lib")["items"]


def values_of(item: dict[str, Any], *names: str) -> list[list[Any]]:
    return [item["properties"].get(name, []) for name in names]


FULL = """---
title: On tea
date: 2020-01-02T03:04:05+02:00
updated: 2021-02-03T04:05:06+02:00
tags: [tea, cups]
categories: [drinks]
image: cup.png
---

Text.

More.
"""


def test_a_post_is_an_entry(made):
    made.write({"posts/a/index.md": FULL, "posts/a/cup.png": PNG, "posts/b.md": POST_B})
    made.settings(author="Ann")
    (entry,) = (item for item in items(made, "/posts/a/") if item["type"] == ["h-entry"])
    name, url, published, updated, category, photo = values_of(
        entry, "name", "url", "published", "updated", "category", "photo"
    )
    assert name == ["On tea"]
    assert set(url) == {"http://127.0.0.1:8000/posts/a/"}
    assert (published, updated) == (["2020-01-02T03:04:05+0200"], ["2021-02-03T04:05:06+0200"])
    assert category == ["tea", "cups", "drinks"]
    assert photo == ["http://127.0.0.1:8000/posts/a/cup.png"]
    (content,), (author, *_) = values_of(entry, "content", "author")
    assert content["value"].split() == ["Text.", "More."]
    assert author["type"] == ["h-card"]
    assert values_of(author, "name", "url") == [["Ann"], ["http://127.0.0.1:8000/"]]


POST_B = "---\ntitle: B\ndate: 2020-01-01\ntags: [tea]\ncategories: [drinks]\n---\n\nText of b.\n"


@pytest.mark.parametrize("url", ["/", "/tags/tea/", "/categories/drinks/", "/archive/", "/posts/", "/home/"])
def test_a_list_of_posts_is_a_feed_of_entries_with_an_author(made, url):
    made.write({"posts/a/index.md": FULL, "posts/a/cup.png": PNG, "posts/b.md": POST_B})
    if url in ("/posts/", "/home/"):
        made.write({"pages/index.md": "---\ntitle: Home\nlayout: home\n---\n"})
    (feed,) = (item for item in items(made, url.replace("home/", "")) if item["type"] == ["h-feed"])
    (name,), (author,) = values_of(feed, "name", "author")
    assert name
    assert values_of(author, "name") == [["Blog"]]
    entries = [child for child in feed["children"] if child["type"] == ["h-entry"]]
    assert [values_of(entry, "name", "url") for entry in entries] == [
        [["On tea"], ["http://127.0.0.1:8000/posts/a/"]],
        [["B"], ["http://127.0.0.1:8000/posts/b/"]],
    ]
    assert [entry["properties"]["published"] for entry in entries] == [["2020-01-02T03:04:05+0200"], ["2020-01-01"]]


def test_a_series_is_a_feed_of_its_parts_in_order(made):
    made.write({f"posts/{n}.md": f"---\ntitle: Part {n}\ndate: 2020-01-0{n}\nseries: Tea\n---\n" for n in (1, 2)})
    (feed,) = (item for item in items(made, "/series/tea/") if item["type"] == ["h-feed"])
    assert [child["properties"]["name"] for child in feed["children"]] == [["Part 1"], ["Part 2"]]


@pytest.mark.parametrize("files", [{}, {"pages/index.md": "---\ntitle: Home\nlayout: home\n---\n"}])
def test_the_front_page_has_the_card_of_who_writes_here(made, files):
    """https://microformats.org/wiki/representative-h-card-parsing"""
    made.write(files)
    made.settings(author="Ann")
    cards = [item for item in items(made, "/") if item["type"] == ["h-card"]]
    home = "http://127.0.0.1:8000/"
    (card,) = (card for card in cards if home in card["properties"].get("uid", []))
    assert home in card["properties"]["url"]
    assert card["properties"]["name"] == ["Ann"]


# Who has written it


@pytest.mark.parametrize(
    ("header", "values", "names"),
    [
        ("", {"author": "Ann"}, ["Ann"]),
        ("author: Eve\n", {"author": "Ann"}, ["Eve"]),
        ("author: Eve\n", {}, ["Eve"]),
        ("authors: [Eve, Ann]\n", {"author": "Ann"}, ["Eve", "Ann"]),
    ],
)
def test_everybody_is_told_the_same_of_who_has_written_a_post(made, header, values, names):
    made.write({"posts/e.md": f"---\ntitle: E\ndate: 2020-01-02\n{header}---\n\nText.\n"})
    made.settings(url="https://example.org/", title="Notes", **values)
    page = made.body("/posts/e/")
    assert (
        parser.document_fromstring(page).xpath("//*[@class='byline']/*[contains(@class, 'p-author')]/text()") == names
    )
    assert [one["name"] for one in linked(made, "/posts/e/")["BlogPosting"]["author"]] == names
    (entry,) = mf2py.parse(page, url="https://example.org/posts/e/")["items"]
    assert [one["properties"]["name"][0] for one in entry["properties"]["author"]] == names
    for url in ("/", "/archive/"):
        (feed,) = [one for one in mf2py.parse(made.body(url), url=url)["items"] if one["type"] == ["h-feed"]]
        properties = feed["children"][0]["properties"]
        told = properties.get("author") or feed["properties"]["author"]
        assert [one["properties"]["name"][0] for one in told] == names


def test_no_page_is_named_twice_on_the_way_to_another(notes):
    notes.write({"pages/index.md": "# Home\n", "pages/posts.md": "# All\n"})
    for url in ("/posts/a/", "/about/us/", "/tags/tea/", "/tags/", "/archive/", "/posts/", "/page/1/"):
        if notes.app().test_client().get(f"/blog{url}").status_code == 200:
            items = linked(notes, f"/blog{url}")["BreadcrumbList"]["itemListElement"]
            assert len({item["item"] for item in items}) == len(items)
