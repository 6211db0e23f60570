"""Series: a page for each, and on each part its place."""

from __future__ import annotations

import pytest
from lxml import html as parser


def part(title: str, day: int, more: str = "series: Long walk\n") -> str:
    return f"---\ntitle: {title}\ndate: 2020-01-{day:02}\n{more}---\n\nText.\n"


def titles(made, url: str) -> list[str]:
    return parser.document_fromstring(made.body(url)).xpath("//main//ol//li//a/text()")


def test_the_parts_stand_in_order_of_their_dates(made):
    made.write({"posts/b.md": part("B", 2), "posts/a.md": part("A", 3), "posts/c.md": part("C", 1)})
    made.write({"posts/d.md": part("D", 4, ""), "posts/e.md": part("E", 5, "series: Long walk\ndraft: true\n")})
    assert titles(made, "/series/long-walk/") == ["C", "B", "A"]


def test_numbered_parts_come_first_and_in_order(made):
    for key in ("part", "series_weight", "series_order"):
        made.write({"posts/a.md": part("A", 1), "posts/b.md": part("B", 2, f"series: Long walk\n{key}: 2\n")})
        made.write({"posts/c.md": part("C", 3, f"series: Long walk\n{key}: 1\n")})
        assert titles(made, "/series/long-walk/") == ["C", "B", "A"]


@pytest.mark.parametrize(
    "header",
    ["series: Long walk, home\n", 'series: ["Long walk, home"]\n', 'taxonomies:\n  series: ["Long walk, home"]\n'],
)
def test_a_series_is_named_in_any_of_the_usual_ways(made, header):
    made.write({"posts/a.md": part("A", 1, header), "posts/b.md": part("B", 2, header)})
    page = parser.document_fromstring(made.body("/posts/a/"))
    assert page.xpath("//nav[contains(@class, 'series')]/p/a/@href") == ["/series/long-walk-home/"]
    assert titles(made, "/series/long-walk-home/") == ["A", "B"]


def test_the_only_part_of_a_series_says_nothing_of_it_yet(made):
    made.write({"posts/a.md": part("A", 1)})
    assert "Part 1" not in made.body("/posts/a/")
    made.write({"posts/b.md": part("B", 2)})
    assert "Part 1 of 2" in made.body("/posts/a/")


def test_a_part_tells_its_place_and_leads_to_the_others(made):
    made.write({f"posts/p{n}.md": part(f"P{n}", n) for n in (1, 2, 3)})
    (box,) = parser.document_fromstring(made.body("/posts/p2/")).xpath("//nav[contains(@class, 'series')]")
    assert box.findtext("p").startswith("Part 2 of 3")
    assert box.xpath(".//ol/li/a/@href") == ["/posts/p1/", "/posts/p3/"]
    assert box.xpath(".//ol//*[@aria-current]/text()") == ["P2"]
    assert box.xpath(".//li[contains(@class, 'before')]/a/@href") == ["/posts/p1/"]
    assert box.xpath(".//li[contains(@class, 'after')]/a/@href") == ["/posts/p3/"]
    (box,) = parser.document_fromstring(made.body("/posts/p1/")).xpath("//nav[contains(@class, 'series')]")
    assert box.xpath(".//li[contains(@class, 'before')]") == []


def test_a_very_long_series_is_listed_on_its_own_page_only(made):
    made.write({f"posts/p{n:02}.md": part(f"P{n:02}", n) for n in range(1, 26)})
    (box,) = parser.document_fromstring(made.body("/posts/p12/")).xpath("//nav[contains(@class, 'series')]")
    assert box.xpath(".//a/@href") == ["/series/long-walk/", "/posts/p11/", "/posts/p13/"]
    assert len(titles(made, "/series/long-walk/")) == 25


def test_a_post_may_be_in_several_series(made):
    made.write({"posts/a.md": part("A", 1, "series: [One, Two]\n"), "posts/b.md": part("B", 2, "series: two\n")})
    made.write({"posts/c.md": part("C", 3, "series: One\n")})
    page = parser.document_fromstring(made.body("/posts/a/"))
    assert page.xpath("//nav[contains(@class, 'series')]/p/a/@href") == ["/series/one/", "/series/two/"]
    assert page.xpath("//nav[contains(@class, 'series')]/p/a/text()")[1] in ("Two", "two")


def test_all_series_are_listed_with_counts(made):
    made.write({"posts/a.md": part("A", 1, "series: Zen\n"), "posts/b.md": part("B", 2, "series: Art\n")})
    links = parser.document_fromstring(made.body("/series/")).xpath("//main//li/a")
    assert [" ".join(link.text_content().split()) for link in links] == ["Art 1 part", "Zen 1 part"]


def test_without_any_series_there_is_no_page_of_them(made):
    made.write({"posts/a.md": part("A", 1, "")})
    client = made.app().test_client()
    assert [client.get(url).status_code for url in ("/series/", "/series/x/")] == [404, 404]
    assert not [name for name in made.freeze() if name.startswith("series")]


def test_another_spelling_leads_to_the_series(made):
    made.write({"posts/a.md": part("A", 1)})
    assert made.app().test_client().get("/series/Long%20Walk/").headers["Location"] == "/series/long-walk/"


def test_a_new_part_reaches_the_others_and_an_edit_of_a_text_does_not(made):
    made.write({f"posts/p{n}.md": part(f"P{n}", n) for n in (1, 2)})
    made.freeze()
    made.write({"posts/p3.md": part("P3", 3)})
    assert b"Part 1 of 3" in made.freeze()["posts/p1/index.html"]
    before = (made.root / "build/posts/p1/index.html").stat().st_mtime_ns
    made.write({"posts/p3.md": part("P3", 3) + "More.\n"})
    made.freeze()
    assert (made.root / "build/posts/p1/index.html").stat().st_mtime_ns == before
