"""Every feed is on one page for people and in one file for readers."""

from __future__ import annotations

from lxml import etree, html

from blog.site import of

FILES = {
    "posts/a.md": "---\ntitle: A\ndate: 2026-01-01\ntags: [C++, Größe]\n---\nWords.\n",
    "posts/b.md": "---\ntitle: B\ndate: 2026-01-02\ntags: [C++]\n---\nWords.\n",
}


def test_the_page_shows_every_feed_with_its_address(made):
    made.write(FILES)
    made.settings(title="Me & <you>", url="https://a.example/blog/")
    app = made.app()
    page = html.document_fromstring(app.test_client().get("/blog/subscribe/").data)
    with app.app_context():
        paths = [path for _, _, path in of(app).all_feeds()]
    hrefs = [link.get("href") for link in page.xpath("//main//a")]
    for path in paths:
        assert app.test_client().get(f"/blog{path}").status_code == 200
    assert len([href for href in hrefs if not href.endswith(".opml")]) == len(set(paths))
    assert "https://a.example/blog/feed.xml" in [code.text for code in page.xpath("//main//code")]
    assert "Me & <you>" in page.xpath("//main//ul")[0].text_content()


def test_the_file_lists_every_feed_once_in_one_format(made):
    made.write(FILES)
    made.settings(title="Me & <you>", url="https://a.example/")
    app = made.app()
    answer = app.test_client().get("/feeds.opml")
    assert answer.content_type == "text/x-opml; charset=utf-8"
    root = etree.fromstring(answer.data)
    assert (root.tag, root.get("version"), [child.tag for child in root]) == ("opml", "2.0", ["head", "body"])
    assert root.findtext("head/title") == "Me & <you>"
    feeds = [one for one in root.iter("outline") if one.get("type")]
    assert all(one.get("type") == "rss" and one.get("text") for one in feeds)
    addresses = [one.get("xmlUrl") for one in feeds]
    assert addresses[0] == "https://a.example/feed.xml"
    assert len(set(addresses)) == len(addresses)
    assert "https://a.example/atom.xml" not in addresses
    for address in addresses:
        answer = app.test_client().get(address.removeprefix("https://a.example"))
        assert answer.mimetype == "application/rss+xml"


def test_both_are_frozen(made):
    made.write(FILES)
    assert {"subscribe/index.html", "feeds.opml"} <= made.freeze().keys()


def test_the_footer_leads_there(made):
    made.write(FILES)
    links = html.document_fromstring(made.body("/posts/a/")).xpath("//footer//a/@href")
    assert "/subscribe/" in links


def test_without_feeds_there_is_nothing_to_subscribe_to(made):
    made.write(FILES)
    client = made.app(without={"feeds"}).test_client()
    assert client.get("/subscribe/").status_code == client.get("/feeds.opml").status_code == 404
    assert "/subscribe/" not in client.get("/posts/a/").text


def test_a_page_of_ones_own_takes_its_place(made):
    made.write(FILES | {"pages/subscribe.md": "# My own\n"})
    assert "My own" in made.body("/subscribe/")


def test_a_new_tag_makes_the_page_anew(made):
    made.write(FILES)
    made.freeze()
    made.write({"posts/c.md": "---\ntitle: C\ndate: 2026-01-03\ntags: [new]\n---\nWords.\n"})
    tree = made.freeze()
    assert b"/tags/new/feed.xml" in tree["feeds.opml"]
    assert b"/tags/new/feed.xml" in tree["subscribe/index.html"]
