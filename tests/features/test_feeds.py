"""Feeds: RSS, Atom and JSON Feed tell the same of the same posts."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from lxml import etree
from lxml import html as parser

from blog.errors import SettingsError

NS = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
HOME = "https://example.org/blog/"
SITE = {
    "posts/one.md": "---\ntitle: One & <only>\ndate: 2020-01-01\ntags: [New York, x]\nsummary: In short\n---\n\n"
    "Words, [a link](/about/), ![cat](cat.png), [two](two.md), <a href='?q=1&amp;r=2'>q</a> and [here](#here).\n",
    "posts/two.md": "---\ntitle: Two\ndate: 2020-01-02T10:00:00+09:00\nlastmod: 2020-03-04T05:06:07Z\nauthor: Ann\n"
    "---\n\nTwo.\n",
    "posts/three.md": "---\ntitle: Three\ndate: 2020-01-03\ntags: [new york]\nlastmod: 2019-01-01\n---\n\nThree.\n",
    "posts/undated.md": "---\ntitle: Undated\ndate: whenever\ntags: [New York]\n---\n\nNever.\n",
    "posts/draft.md": "---\ntitle: Draft\ndate: 2020-01-04\ndraft: true\n---\n\nDraft.\n",
    "posts/later.md": "---\ntitle: Later\ndate: 2027-01-04\n---\n\nLater.\n",
    "pages/about.md": "# About\n",
}


@pytest.fixture
def feeds(made):
    made.write(SITE)
    made.settings(url=HOME, title="T & t", description="All <things>", author="Me", language="en-GB")
    return made


def get(made, path: str) -> bytes:
    response = made.app().test_client().get(f"/blog{path}")
    assert response.status_code == 200
    return response.data


def entries(made) -> dict[str, list[dict]]:
    """Return the entries of the three feeds in one form."""
    rss, atom = etree.fromstring(get(made, "/feed.xml")), etree.fromstring(get(made, "/atom.xml"))
    said = json.loads(get(made, "/feed.json"))
    return {
        "rss": [
            {
                "id": item.findtext("guid"),
                "url": item.findtext("link"),
                "title": item.findtext("title"),
                "date": parsedate_to_datetime(item.findtext("pubDate")),
                "tags": [category.text for category in item.findall("category")],
                "html": item.findtext("content:encoded", namespaces=NS) or item.findtext("description"),
            }
            for item in rss.iter("item")
        ],
        "atom": [
            {
                "id": entry.findtext("a:id", namespaces=NS),
                "url": entry.find("a:link", NS).get("href"),
                "title": entry.findtext("a:title", namespaces=NS),
                "date": datetime.fromisoformat(entry.findtext("a:published", namespaces=NS)),
                "tags": [category.get("term") for category in entry.findall("a:category", NS)],
                "html": entry.findtext("a:content", namespaces=NS),
            }
            for entry in atom.findall("a:entry", NS)
        ],
        "json": [
            {
                "id": item["id"],
                "url": item["url"],
                "title": item["title"],
                "date": datetime.fromisoformat(item["date_published"]),
                "tags": item.get("tags", []),
                "html": item["content_html"],
            }
            for item in said["items"]
        ],
    }


def test_the_three_say_the_same_newest_first(feeds):
    found = entries(feeds)
    assert found["rss"] == found["atom"] == found["json"]
    assert [(entry["title"], entry["date"].isoformat()) for entry in found["atom"]] == [
        ("Three", "2020-01-03T00:00:00+00:00"),
        ("Two", "2020-01-02T10:00:00+09:00"),
        ("One & <only>", "2020-01-01T00:00:00+00:00"),
    ]
    assert [entry["tags"] for entry in found["json"]] == [["new york"], [], ["New York", "x"]]


def test_ids_are_addresses_and_stay_when_a_post_is_edited(feeds):
    before = entries(feeds)["atom"]
    feeds.write({"posts/one.md": SITE["posts/one.md"].replace("One & <only>", "Renamed").replace("Words", "Others")})
    after = entries(feeds)["atom"]
    assert [entry["id"] for entry in before] == [entry["id"] for entry in after]
    assert [entry["id"] for entry in after] == [f"{HOME}posts/{name}/" for name in ("three", "two", "one")]


def test_every_link_in_a_text_is_absolute(feeds):
    html = entries(feeds)["json"][-1]["html"]
    links = [link for _, attribute, link, _ in parser.fragment_fromstring(html, "div").iterlinks() if attribute]
    assert links == [
        f"{HOME}about/",
        f"{HOME}posts/one/cat.png",
        f"{HOME}posts/two/",
        f"{HOME}posts/one/?q=1&r=2",
        f"{HOME}posts/one/#here",
    ]


def test_updates_are_told_but_never_before_the_post_itself(feeds):
    atom = etree.fromstring(get(feeds, "/atom.xml"))
    assert [entry.findtext("a:updated", namespaces=NS) for entry in atom.findall("a:entry", NS)] == [
        "2020-01-03T00:00:00+00:00",
        "2020-03-04T05:06:07+00:00",
        "2020-01-01T00:00:00+00:00",
    ]
    assert atom.findtext("a:updated", namespaces=NS) == "2020-03-04T05:06:07+00:00"
    items = json.loads(get(feeds, "/feed.json"))["items"]
    assert items[1]["date_modified"] == "2020-03-04T05:06:07+00:00"


def test_the_feeds_describe_the_site(feeds):
    channel = etree.fromstring(get(feeds, "/feed.xml")).find("channel")
    assert channel.findtext("title") == "T & t"
    assert channel.findtext("description") == "All <things>"
    assert channel.findtext("link") == HOME
    assert channel.findtext("language") == "en-GB"
    assert channel.find("a:link[@rel='self']", NS).get("href") == f"{HOME}feed.xml"
    atom = etree.fromstring(get(feeds, "/atom.xml"))
    assert {link.get("rel"): link.get("href") for link in atom.findall("a:link", NS)} == {
        "self": f"{HOME}atom.xml",
        "alternate": HOME,
    }
    assert atom.findtext("a:author/a:name", namespaces=NS) == "Me"
    said = json.loads(get(feeds, "/feed.json"))
    assert said["version"] == "https://jsonfeed.org/version/1.1"
    assert (said["title"], said["home_page_url"], said["feed_url"]) == ("T & t", HOME, f"{HOME}feed.json")
    assert (said["language"], said["authors"]) == ("en-GB", [{"name": "Me"}])


def test_authors_of_posts_are_told(feeds):
    items = json.loads(get(feeds, "/feed.json"))["items"]
    assert [item["authors"] for item in items] == [[{"name": "Me"}], [{"name": "Ann"}], [{"name": "Me"}]]
    atom = etree.fromstring(get(feeds, "/atom.xml"))
    assert atom.xpath("//a:entry/a:author/a:name/text()", namespaces=NS) == ["Me", "Ann", "Me"]


def test_summaries_are_told(feeds):
    items = json.loads(get(feeds, "/feed.json"))["items"]
    assert [item.get("summary") for item in items] == [None, None, "In short"]
    atom = etree.fromstring(get(feeds, "/atom.xml"))
    assert atom.xpath("//a:entry/a:summary/text()", namespaces=NS) == ["In short"]
    rss = etree.fromstring(get(feeds, "/feed.xml"))
    assert [item.findtext("description") for item in rss.iter("item")][-1] == "In short"


def test_a_feed_holds_as_many_posts_as_the_setting_says(made):
    made.write({f"posts/{n:02}.md": f"---\ntitle: P{n}\ndate: 2020-01-{n:02}\n---\n\nText.\n" for n in range(1, 8)})
    made.settings(url=HOME, feed_size=3)
    assert [entry["title"] for entry in entries(made)["rss"]] == ["P7", "P6", "P5"]


def test_the_feed_of_a_tag_holds_its_posts(feeds):
    body = get(feeds, "/tags/new-york/feed.xml")
    channel = etree.fromstring(body).find("channel")
    assert [item.findtext("title") for item in channel.findall("item")] == ["Three", "One & <only>"]
    assert channel.findtext("link") == f"{HOME}tags/new-york/"
    assert channel.find("a:link[@rel='self']", NS).get("href") == f"{HOME}tags/new-york/feed.xml"
    assert "New York" in channel.findtext("title") or "new york" in channel.findtext("title")
    client = feeds.app().test_client()
    assert client.get("/blog/tags/none/feed.xml").status_code == 404
    assert client.get("/blog/tags/New%20York/feed.xml").status_code in (301, 404)


def test_pages_name_the_feeds_for_readers_to_find(feeds):
    for url in ("/", "/posts/one/", "/about/", "/archive/", "/tags/"):
        page = parser.document_fromstring(get(feeds, url))
        assert [(link.get("type"), link.get("href")) for link in page.xpath("//link[@rel='alternate']")] == [
            ("application/rss+xml", f"{HOME}feed.xml"),
            ("application/atom+xml", f"{HOME}atom.xml"),
            ("application/feed+json", f"{HOME}feed.json"),
        ], url


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/feed.xml", "application/rss+xml"),
        ("/atom.xml", "application/atom+xml"),
        ("/feed.json", "application/feed+json"),
    ],
)
def test_feeds_have_their_types(feeds, path, kind):
    response = feeds.app().test_client().get(f"/blog{path}")
    assert response.content_type == f"{kind}; charset=utf-8"


CONTROLS = "bell\\a null\\0 escape\\e vertical\\v form\\f next\\x85 del\\x7f last\\uffff lone"


def test_control_characters_do_not_kill_a_feed(made):
    made.write(
        {
            "posts/a.md": f'---\ntitle: "{CONTROLS}"\ndate: 2020-01-01\nsummary: "{CONTROLS}"\nauthor: "{CONTROLS}"\n'
            f'tags: ["{CONTROLS}"]\n---\n\nText &#7; &#x1b; &#0; \x07 \x1b\x00 \x0b.\n',
            "posts/b.md": b"# Raw \x07 bell\n\n2020-01-02\n\nText \x01.\n",
        }
    )
    made.settings(url=HOME, title="Bell", description="d")
    found = entries(made)
    assert len(found["rss"]) == len(found["atom"]) == len(found["json"]) == 2
    tree = made.freeze()
    for name, body in tree.items():
        if name.endswith(".xml"):
            etree.fromstring(body)


def test_half_a_character_in_a_json_header_costs_only_itself(made):
    made.write({"posts/a.md": '{"title": "Lone \\ud800 half", "date": "2020-01-03"}\n\nText.\n', "posts/b.md": "# B\n"})
    made.settings(url=HOME)
    assert "B" in [entry["title"] for entry in entries(made)["atom"]]
    made.freeze()


@pytest.mark.parametrize("key", ["title", "description", "author"])
def test_control_characters_in_settings_are_refused(made, key):
    """XML has no way to write them: they would kill every feed."""
    made.write({"pyproject.toml": f'[tool.blog]\n{key} = "a\\u0007b"\n'})
    with pytest.raises(SettingsError, match=f"pyproject.toml:2: {key} must not hold control characters"):
        made.app()


def test_an_empty_feed_does_not_depend_on_the_clock(made):
    made.settings(url=HOME)
    before = {path: get(made, path) for path in ("/feed.xml", "/atom.xml", "/feed.json")}
    made.now += timedelta(days=400)
    assert {path: get(made, path) for path in before} == before
    atom = etree.fromstring(before["/atom.xml"])
    assert datetime.fromisoformat(atom.findtext("a:updated", namespaces=NS)) == datetime(1970, 1, 1, tzinfo=UTC)


def test_markup_in_a_title_stays_text(made):
    made.write({"posts/a.md": "---\ntitle: 'a < b ]]> &amp; <b>'\ndate: 2020-01-01\n---\n\nText ]]> here.\n"})
    made.settings(url=HOME)
    for entry in (found[0] for found in entries(made).values()):
        assert entry["title"] == "a < b ]]> &amp; <b>"
        assert "here" in entry["html"]


def test_old_dates_are_told_right(made):
    made.write({"posts/a.md": "---\ntitle: A\ndate: 1066-10-14\n---\n\nText.\n"})
    made.settings(url=HOME)
    for entry in (found[0] for found in entries(made).values()):
        assert entry["date"] == datetime(1066, 10, 14, tzinfo=UTC)
