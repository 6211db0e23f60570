"""The sitemap and robots.txt."""

from __future__ import annotations

from lxml import etree

NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
SITE = {
    "posts/a.md": "---\ntitle: A\ndate: 2020-01-01\naliases: [/old/]\n---\n",
    "posts/größe.md": "---\ntitle: B\ndate: 2020-01-02\nlastmod: 2021-02-03\n---\n",
    "posts/draft.md": "---\ntitle: D\ndraft: true\n---\n",
    "posts/later.md": "---\ntitle: L\ndate: 2027-01-01\n---\n",
    "pages/about.md": "# About\n",
    "pages/a&b.md": "---\ntitle: Both\nurl: /a&b/\n---\n",
}


def listed(body: str) -> list[tuple[str, str | None]]:
    root = etree.fromstring(body.encode())
    return [(u.findtext("s:loc", namespaces=NS), u.findtext("s:lastmod", namespaces=NS)) for u in root]


def test_the_sitemap_lists_posts_and_pages_with_their_days(made):
    made.write(SITE)
    made.settings(url="https://example.org/blog/")
    assert listed(made.body("/blog/sitemap.xml")) == [
        ("https://example.org/blog/", "2021-02-03"),
        ("https://example.org/blog/a&b/", None),
        ("https://example.org/blog/about/", None),
        ("https://example.org/blog/posts/gr%C3%B6%C3%9Fe/", "2021-02-03"),
        ("https://example.org/blog/posts/a/", "2020-01-01"),
    ]


def test_a_hand_written_front_page_is_listed_once(made):
    made.write(SITE | {"pages/index.md": "# Home\n"})
    urls = [url for url, _ in listed(made.body("/sitemap.xml"))]
    assert urls.count("http://127.0.0.1:8000/") == 1


def test_every_address_of_the_sitemap_is_a_page_that_may_be_indexed(made):
    made.write(SITE)
    client = made.app().test_client()
    for url, _ in listed(made.body("/sitemap.xml")):
        response = client.get(url.removeprefix("http://127.0.0.1:8000"))
        assert response.status_code == 200, url
        assert b"noindex" not in response.data


def test_drafts_that_are_shown_are_not_in_the_sitemap(made):
    made.write(SITE)
    made.settings(drafts=True)
    assert "draft" not in made.body("/sitemap.xml")


def test_the_sitemap_has_its_type(made):
    assert made.app().test_client().get("/sitemap.xml").mimetype in ("application/xml", "text/xml")


def test_robots_lets_everybody_in_and_names_the_sitemap(made):
    made.settings(url="https://example.org/")
    response = made.app().test_client().get("/robots.txt")
    assert response.mimetype == "text/plain"
    assert response.get_data(as_text=True) == "User-agent: *\nAllow: /\n\nSitemap: https://example.org/sitemap.xml\n"


def test_a_list_on_the_front_page_changed_with_the_last_post_that_it_shows(made):
    made.write(SITE | {"pages/new.md": "---\ntitle: New\ndate: 2026-01-01\n---\n"})
    made.settings(posts_per_page=1)
    days = dict(listed(made.body("/sitemap.xml")))
    assert days["http://127.0.0.1:8000/"] == "2021-02-03", "the page isn't on it"
    made.write({"posts/a.md": "---\ntitle: A\ndate: 2019-01-01\nupdated: 2025-01-01\n---\n"})
    assert dict(listed(made.body("/sitemap.xml")))["http://127.0.0.1:8000/"] == "2021-02-03", "nor is the older post"


def test_of_a_front_page_with_a_layout_nobody_knows_when_it_changed(made):
    front = "---\ntitle: Home\ndate: 2020-01-01\n{}---\n"
    made.write(SITE | {"pages/index.md": front.format("")})
    assert listed(made.body("/sitemap.xml"))[0] == ("http://127.0.0.1:8000/", "2020-01-01")
    made.write({"pages/index.md": front.format("layout: home\n")})
    assert listed(made.body("/sitemap.xml"))[0] == ("http://127.0.0.1:8000/", None)


def test_a_change_before_the_post_came_is_none(made):
    made.write({"posts/a.md": "---\ntitle: A\ndate: 2020-05-05\nupdated: 2020-01-01\n---\n"})
    assert dict(listed(made.body("/sitemap.xml")))["http://127.0.0.1:8000/posts/a/"] == "2020-05-05"


def test_a_day_to_come_is_told_when_it_has_come(made):
    made.write({"posts/a.md": "---\ntitle: A\ndate: 2020-01-01\nupdated: 2026-12-24\n---\n"})
    client = made.app().test_client()

    def day() -> str | None:
        return dict(listed(client.get("/sitemap.xml").get_data(as_text=True)))["http://127.0.0.1:8000/posts/a/"]

    assert day() is None
    made.now = made.now.replace(month=12, day=22, hour=23, minute=59, second=59)
    assert day() is None
    made.now = made.now.replace(month=12, day=23, hour=0, minute=0, second=0)
    assert day() == "2026-12-24"
