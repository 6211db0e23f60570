"""Posts: each on its page, and the list in parts."""

from __future__ import annotations

import pytest
from lxml import html as parser

POST = "---\ntitle: {}\ndate: {}\n{}---\n\nFirst words.\n\nSecond paragraph.\n"


def numbered(count: int) -> dict[str, str]:
    return {f"posts/{n:02}.md": POST.format(f"Post {n:02}", f"2020-01-{n:02}", "") for n in range(1, count + 1)}


def titles(page: str) -> list[str]:
    return [link.text for link in parser.document_fromstring(page).xpath("//article//h2/a")]


def test_a_post_shows_title_date_text_tags_and_neighbours(made):
    made.write(numbered(3) | {"posts/02.md": POST.format("The & One", "2020-01-02", "tags: [New York]\n")})
    page = parser.document_fromstring(made.body("/posts/02/"))
    assert page.findtext(".//title") == "The & One · Blog"
    assert page.xpath("//h1/text()") == ["The & One"]
    assert page.xpath("//time[@class='dt-published']/@datetime") == ["2020-01-02"]
    assert page.xpath("//*[contains(@class, 'e-content')]/p/text()") == ["First words.", "Second paragraph."]
    assert page.xpath("//a[@rel='tag']/@href") == ["/tags/new-york/"]
    assert page.xpath("//a[@rel='prev']/@href") == ["/posts/01/"]
    assert page.xpath("//a[@rel='next']/@href") == ["/posts/03/"]


def test_a_post_describes_itself_by_its_summary_or_its_first_words(made):
    made.write(
        {
            "posts/a.md": POST.format("A", "2020-01-01", "summary: A Vec<String> & more\n"),
            "posts/b.md": POST.format("B", "2020-01-02", ""),
            "posts/c.md": "# C\n\n" + "word " * 100,
        }
    )

    def description(url):
        return parser.document_fromstring(made.body(url)).xpath("//meta[@name='description']/@content")

    assert description("/posts/a/") == ["A Vec<String> & more"]
    assert description("/posts/b/") == ["First words."]
    (cut,) = description("/posts/c/")
    assert len(cut) <= 161
    assert cut.endswith("word…")


def test_a_post_s_canonical_address_is_whole(made):
    made.write({"posts/größe.md": "# Größe\n"})
    made.settings(url="https://example.org/blog/")
    page = parser.document_fromstring(made.body("/blog/posts/gr%C3%B6%C3%9Fe/"))
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://example.org/blog/posts/gr%C3%B6%C3%9Fe/"]


def test_a_post_has_its_own_language(made):
    made.write({"posts/a.md": POST.format("A", "2020-01-01", "lang: de\n"), "posts/b.md": "# B\n"})
    assert '<html lang="de">' in made.body("/posts/a/")
    assert '<html lang="en">' in made.body("/posts/b/")


def test_a_post_s_clock_time_and_offset_stay_as_written(made):
    made.write({"posts/a.md": POST.format("A", "2020-01-01 23:30:00 -0800", "lastmod: 2020-02-03\n")})
    page = parser.document_fromstring(made.body("/posts/a/"))
    assert page.xpath("//time[@class='dt-published']/@datetime") == ["2020-01-01T23:30:00-08:00"]
    assert page.xpath("//time[@class='dt-published']/text()") == ["1 January 2020"]
    assert page.xpath("//time[@class='dt-updated']/text()") == ["3 February 2020"]


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (10, 1), (11, 2), (20, 2), (21, 3)])
def test_the_list_has_as_many_parts_as_it_needs(made, count, pages):
    made.write(numbered(count))
    client = made.app().test_client()
    for number in range(2, pages + 1):
        assert client.get(f"/page/{number}/").status_code == 200
    assert client.get(f"/page/{pages + 1}/").status_code == 404
    assert client.get("/page/1/").status_code in (301, 404), "it has but one address"


def test_the_parts_hold_every_post_once_newest_first(made):
    made.write(numbered(7))
    made.settings(posts_per_page=3)
    found = [titles(made.body(url)) for url in ("/", "/page/2/", "/page/3/")]
    assert found == [["Post 07", "Post 06", "Post 05"], ["Post 04", "Post 03", "Post 02"], ["Post 01"]]


@pytest.mark.parametrize(("home", "start"), [(False, "/"), (True, "/posts/")])
def test_the_pager_leads_from_part_to_part(made, home, start):
    made.write(numbered(7) | ({"pages/index.md": "# Home\n"} if home else {}))
    made.settings(posts_per_page=3)

    def around(url):
        page = parser.document_fromstring(made.body(url))
        return page.xpath("//a[@rel='prev']/@href"), page.xpath("//a[@rel='next']/@href")

    assert around(start) == ([], ["/page/2/"])
    assert around("/page/2/") == ([start], ["/page/3/"])
    assert around("/page/3/") == (["/page/2/"], [])
    assert titles(made.body(start)) == ["Post 07", "Post 06", "Post 05"]


def test_every_part_has_a_title_and_address_of_its_own(made):
    made.write(numbered(7) | {"pages/index.md": "# Home\n"})
    made.settings(posts_per_page=3)
    heads = set()
    for url in ("/posts/", "/page/2/", "/page/3/"):
        page = parser.document_fromstring(made.body(url))
        assert page.xpath("//link[@rel='canonical']/@href") == [f"http://127.0.0.1:8000{url}"]
        assert len(page.xpath("//h1")) == 1
        heads.add(page.findtext(".//title"))
    assert len(heads) == 3


def test_a_list_shows_the_beginning_and_leads_on(made):
    made.write(
        {
            "posts/a.md": "# A\n\nOne.\n\nTwo.\n\n<!--more-->\n\nThree.\n",
            "posts/b.md": "# B\n\nOne[^1].\n\n[^1]: A note.\n",
            "posts/c.md": "# C\n\nAll of it.\n",
        }
    )
    page = parser.document_fromstring(made.body("/"))
    shown = {
        article.findtext(".//h2/a"): (
            article.xpath(".//div[contains(@class, 'prose')]/p/text()"),
            len(article.xpath(".//p[@class='more']")),
        )
        for article in page.xpath("//article")
    }
    assert shown["A"] == (["One.", "Two."], 1)
    assert shown["B"] == (["One."], 1)
    assert shown["C"] == (["All of it."], 0)
    assert "footnote" not in made.body("/"), "a footnote's mark would lead nowhere"


def test_a_site_without_posts_says_so(made):
    made.write({"pages/about.md": "# About\n"})
    assert "There are no posts yet." in made.body("/")


def test_two_posts_with_footnotes_share_no_id_in_a_list(made):
    body = "# {}\n\nWords[^1].\n\n<!--more-->\n\n[^1]: A note.\n"
    made.write({"posts/a.md": body.format("A"), "posts/b.md": body.format("B")})
    ids = parser.document_fromstring(made.body("/")).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_html_posts_take_their_title_from_the_heading(made):
    made.write({"posts/2020-01-02-plain.html": "<h1>By <em>hand</em></h1>\n<p>One.</p>\n<p>Two.</p>\n"})
    page = parser.document_fromstring(made.body("/posts/plain/"))
    assert page.xpath("//h1/text()") == ["By hand"]
    assert page.xpath("//*[contains(@class, 'e-content')]/p/text()") == ["One.", "Two."]


def test_permalinks_follow_their_pattern_and_its_links(made):
    made.write(
        {
            "posts/deep/2020-03-04-hello.md": "---\ntitle: Hello there\n---\n\nText.\n",
            "posts/b.md": "# B\n\n[a](deep/2020-03-04-hello.md)\n",
        }
    )
    made.settings(permalink="/:section/:year/:month/:day/:title.html")
    assert "Hello there" in made.body("/deep/2020/03/04/hello-there.html")
    tree = made.freeze()
    assert "deep/2020/03/04/hello-there.html" in tree
    assert b"/deep/2020/03/04/hello-there.html" in tree["feed.xml"]


def test_a_description_tells_the_title_of_a_callout_from_its_text(made):
    made.write({"posts/a.md": "# A\n\n> [!warning] Hot\n> Take care.\n\n<!--more-->\n\nMore.\n"})
    page = parser.document_fromstring(made.body("/posts/a/"))
    assert page.xpath("//meta[@name='description']/@content") == ["Warning: Hot: Take care."]


def test_excerpts_of_several_posts_share_a_page(made):
    body = "# Intro\n\n<span id='x'>One</span> [below](#end)\n\n<!--more-->\n\n## End\n"
    made.write({f"posts/{name}.md": f"---\ntitle: {name}\n---\n\n{body}" for name in "ab"})
    page = parser.document_fromstring(made.body("/"))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert sorted(page.xpath("//article//*[self::h1 or self::h2]//text()")) == ["a", "b"]
    assert page.xpath("//article//h3/text()") == ["Intro", "Intro"]
    assert sorted(page.xpath("//a[text()='below']/@href")) == ["/posts/a/#end", "/posts/b/#end"]


def test_a_post_without_a_title_says_its_sentence_once(made):
    made.write({"posts/a.md": "---\ndate: 2020-01-02\n---\nRain all day, and the river is up. Tea.\n\nAnd then?\n"})
    for url in ("/posts/a/", "/"):
        page = parser.document_fromstring(made.body(url))
        shown = page.xpath("//article//text()[not(ancestor::*[contains(@class, 'hidden') or @hidden])]")
        assert "".join(shown).count("Rain all day") == 1
        assert page.xpath("//article//a[contains(@class, 'u-url')]/time/text()") == ["2 January 2020"]
    heading = parser.document_fromstring(made.body("/posts/a/")).xpath("//h1")
    assert [(one.get("class"), one.text[:12]) for one in heading] == [("hidden", "Rain all day")]
    assert "Rain all day" in made.body("/archive/")


def test_older_posts_are_on_the_left_of_a_post_and_of_a_list(made):
    made.write({f"posts/p{n}.md": POST.format(n, f"2020-01-{n:02}", "") for n in range(1, 8)})
    made.settings(posts_per_page=2)
    sides = "//nav[contains(@class, '{}')]//li/@class"
    assert parser.document_fromstring(made.body("/posts/p3/")).xpath(sides.format("neighbours")) == ["older", "newer"]
    assert parser.document_fromstring(made.body("/page/2/")).xpath(sides.format("pager")) == ["older", "where", "newer"]


def test_a_post_of_no_list_is_frozen_too(made):
    made.write({"posts/a.md": "---\ntitle: Quiet\nunlisted: true\n---\nText.\n", "posts/b.md": "# B\n"})
    tree = made.freeze()
    assert b"Quiet" in tree["posts/a/index.html"]
    assert not any(b"Quiet" in data for name, data in tree.items() if name != "posts/a/index.html")
