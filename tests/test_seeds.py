"""The three seeds, byte for byte as they are: what each must become, served and frozen."""

from __future__ import annotations

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime

import pytest
from lxml import etree
from lxml import html as parser

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(params=["served", "frozen"])
def answers(request, made, seeds):
    """Return a function from an address to its bytes, live and from the build."""
    made.write(seeds)
    if request.param == "frozen":
        tree = made.freeze()
        return lambda url: tree[f"{url[1:]}index.html" if url.endswith("/") else url[1:]]
    client = made.app().test_client()
    return lambda url: client.get(url, buffered=True).data


def inside(seed: bytes, tag: str) -> list[str]:
    """Return what stands between the tags of a name in a seed, as written."""
    return re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", seed.decode().split("<!--")[0])


def text_of(element) -> str:
    return " ".join(element.text_content().split())


# The first: pages/work.md


def test_work_is_a_page_with_its_title(answers):
    page = parser.document_fromstring(answers("/work/"))
    assert [text_of(heading) for heading in page.xpath("//h1")] == ["Work"]
    assert page.findtext(".//title") == "Work · Blog"


def test_work_stands_in_the_menu_with_its_colour_on_every_page(answers):
    for url, current in (("/work/", "page"), ("/", None), ("/posts/moving-on/", None), ("/archive/", None)):
        (link,) = parser.document_fromstring(answers(url)).xpath("//nav[@class='menu']//a")
        assert (link.text, link.get("href"), link.get("class")) == ("Work", "/work/", "color-green")
        assert link.get("aria-current") == current, url


def test_work_stands_at_its_weight(made, seeds):
    made.write(
        seeds
        | {
            f"pages/{name}.md": f"---\ntitle: {name}\nmenu: {{main: {{weight: {weight}}}}}\n---\n\nText.\n"
            for name, weight in (("Second", 2), ("Fourth", 4), ("Tenth", 10))
        }
    )
    page = parser.document_fromstring(made.body("/work/"))
    assert page.xpath("//nav[@class='menu']//a/text()") == ["Second", "Work", "Fourth", "Tenth"]


def test_work_has_its_cards_in_a_row(answers, seeds):
    page = parser.document_fromstring(answers("/work/"))
    (row,) = page.xpath("//div[@class='flex work-items']")
    cards = row.xpath("./div[@class='work third']")
    assert [card.findtext("h3") for card in cards] == inside(seeds["pages/work.md"], "h3")
    assert len(cards) == 3
    assert [len(card.xpath(".//a[@class='button']")) for card in cards] == [1, 3, 1]
    assert all(card.xpath("./p[@class='meta']/span") for card in cards)
    assert row.xpath(".//pre | .//code") == [], "indented lines of raw HTML are no code"


def test_work_has_its_timeline(answers, seeds):
    page = parser.document_fromstring(answers("/work/"))
    (line,) = page.xpath("//div[@class='flex timeline']")
    items = line.xpath("./div[@class='timeline-item']")
    assert len(items) == 10
    for item in items:
        assert [child.tag for child in item] == ["h5", "h4", "p"]
    for tag in ("h5", "h4"):
        assert [item.findtext(tag) for item in items] == inside(seeds["pages/work.md"], tag)
    assert line.xpath(".//pre | .//code") == []


def test_the_theme_draws_cards_and_timeline(answers):
    style = answers("/static/pieces.css").decode()
    for name in (".work-items", ".work", ".button", ".timeline", ".timeline-item", ".meta"):
        assert re.search(rf"{re.escape(name)}\b[^}}]*{{", style), name


def test_nothing_of_work_s_comment_can_be_seen(answers, seeds):
    """The comment itself may stay in the source: browsers don't show it."""
    text = text_of(parser.document_fromstring(answers("/work/")).body)
    comment = seeds["pages/work.md"].decode().split("<!--")[1].split("-->")[0]
    lines = [line.lstrip("- ").strip() for line in comment.splitlines() if line.strip()]
    assert len(lines) == 13
    assert [line for line in [*lines, "<!--", "-->"] if line in text] == []


def test_work_s_links_are_as_written(answers, seeds):
    links = parser.document_fromstring(answers("/work/")).xpath("//main//a/@href")
    text = seeds["pages/work.md"].decode().split("<!--")[0]
    written = re.findall(r'\]\((https?://[^)]+)\)|href="([^"]+)"', text)
    assert links == [markdown or raw for markdown, raw in written]
    assert len(links) == 18


def test_the_old_address_of_work_leads_there_permanently(made, seeds):
    made.write(seeds)
    client = made.app().test_client()
    for url in ("/pages/work", "/pages/work/"):
        response = client.get(url)
        assert (response.status_code, response.headers["Location"]) == (301, "/work/")
    body = made.freeze()["pages/work/index.html"]
    assert body == client.get("/pages/work/").data
    assert parser.document_fromstring(body).xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=/work/"]
    assert len(body) < 1000


# The second: pages/index.md


def test_the_second_is_the_home_page_with_its_title(answers):
    page = parser.document_fromstring(answers("/"))
    assert page.findtext(".//title") == "tef.computer"
    assert next(map(text_of, page.xpath("//h1"))) == "tef.computer"


def test_no_trace_of_the_header_is_in_its_text(answers, seeds):
    page = parser.document_fromstring(answers("/"))
    main = text_of(page.xpath("//main")[0])
    for trace in ("pagetitle", "title:", "---", "..."):
        assert trace not in main
    first = seeds["pages/index.md"].decode().split("...\n\n")[1].split("\n")[0]
    assert main.startswith(f"tef.computer {first}")
    assert "pagetitle" not in answers("/").decode()


def test_its_raw_links_work(answers, seeds):
    links = parser.document_fromstring(answers("/")).xpath("//main//a")
    found = {link.get("href"): link.text for link in links}
    written = dict(re.findall(r'<a href="([^"]+)">(.*?)</a>', seeds["pages/index.md"].decode()))
    assert len(written) == 3
    assert {href: found.get(href) for href in written} == written


# The third: posts/moving-on.txt, and the same as .md


@pytest.mark.parametrize("ending", ["txt", "md"])
def test_the_third_has_its_title_date_and_address(made, seeds, ending):
    files = {name.replace("moving-on.txt", f"moving-on.{ending}"): data for name, data in seeds.items()}
    made.write(files)
    (record,) = (r for r in json.loads(made.run("ls", "--json").output) if r["file"].startswith("posts/"))
    assert record == {
        "file": f"posts/moving-on.{ending}",
        "title": "Moving On",
        "date": "2012-09-05T00:00:00+00:00",
        "tags": [],
        "categories": [],
        "draft": False,
        "published": True,
        "url": "/posts/moving-on/",
        "aliases": [],
    }
    assert "moving-on" not in made.run("check").stdout


def test_the_third_shows_title_and_date_once(answers, seeds):
    page = parser.document_fromstring(answers("/posts/moving-on/"))
    assert [text_of(heading) for heading in page.xpath("//h1")] == ["Moving On"]
    assert page.xpath("//time[contains(@class, 'dt-published')]/@datetime") == ["2012-09-05"]
    assert page.xpath("//time[contains(@class, 'dt-published')]/text()") == ["5 September 2012"]
    (body,) = page.xpath("//*[contains(@class, 'e-content')]")
    third = seeds["posts/moving-on.txt"].decode().split("2012\n\n")[1]
    assert text_of(body)[:60] == third[:60]
    assert "Sep 05, 2012" not in text_of(page)
    assert text_of(page.xpath("//main")[0]).count("Moving On") == 1


def test_the_third_keeps_every_paragraph(answers, seeds):
    (body,) = parser.document_fromstring(answers("/posts/moving-on/")).xpath("//*[contains(@class, 'e-content')]")
    paragraphs = [" ".join(part.split()) for part in seeds["posts/moving-on.txt"].decode().split("\n\n")]
    written = [paragraph for paragraph in paragraphs if paragraph][2:]
    assert len(written) == 10
    assert [text_of(paragraph) for paragraph in body.xpath("./p")] == written


def test_the_third_is_listed(answers):
    for url in ("/posts/", "/archive/", "/sitemap.xml"):
        assert "/posts/moving-on/" in answers(url).decode(), url


def test_the_third_is_in_the_feeds_with_its_date(answers):
    rss, atom = etree.fromstring(answers("/feed.xml")), etree.fromstring(answers("/atom.xml"))
    said = json.loads(answers("/feed.json"))
    (item,) = rss.iter("item")
    assert item.findtext("title") == "Moving On"
    assert parsedate_to_datetime(item.findtext("pubDate")) == datetime.fromisoformat("2012-09-05T00:00:00+00:00")
    assert item.findtext("link") == "http://127.0.0.1:8000/posts/moving-on/"
    (entry,) = atom.findall("a:entry", ATOM)
    assert entry.findtext("a:published", namespaces=ATOM) == "2012-09-05T00:00:00+00:00"
    (record,) = said["items"]
    assert (record["title"], record["date_published"]) == ("Moving On", "2012-09-05T00:00:00+00:00")
    assert "Sep 05, 2012" not in record["content_html"]


def test_the_seeds_give_no_problem_but_links_to_posts_that_are_not_among_them(made, seeds):
    made.write(seeds)
    told = made.run("check").stdout.splitlines()
    assert [line.split(": ", 1)[1] for line in told] == [
        "this leads nowhere: /posts/starting-a-business-for-250/",
        "this leads nowhere: /posts/why-you-should-try-pyinfra/",
    ]
    made.write(
        {f"posts/{name}.md": "Words.\n" for name in ("starting-a-business-for-250", "why-you-should-try-pyinfra")}
    )
    assert made.run("check").stdout == "5 files, no problem\n"
