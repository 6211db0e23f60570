"""Feeds: RSS, Atom and JSON Feed tell the same of the same posts."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import feedparser
import pytest
from lxml import etree
from lxml import html as parser

from blog.errors import SettingsError
from blog.ledger import iri
from blog.site import current, of

NS = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "fh": "http://purl.org/syndication/history/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
}
FILES = ("feed.xml", "atom.xml", "feed.json")
HOME = "https://example.org/blog/"
GUID = "podcast:guid"
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


def test_summaries_are_told_the_first_words_where_there_is_none(feeds):
    expected = ["Three.", "Two.", "In short"]
    items = json.loads(get(feeds, "/feed.json"))["items"]
    assert [item["summary"] for item in items] == expected
    atom = etree.fromstring(get(feeds, "/atom.xml"))
    assert atom.xpath("//a:entry/a:summary/text()", namespaces=NS) == expected
    rss = etree.fromstring(get(feeds, "/feed.xml"))
    assert [item.findtext("description") for item in rss.iter("item")] == expected


def test_summaries_can_be_all_that_is_told(feeds):
    feeds.settings(url=HOME, feed_summaries=True)
    rss, atom = (etree.fromstring(get(feeds, path)) for path in ("/feed.xml", "/atom.xml"))
    assert not rss.xpath("//content:encoded", namespaces=NS)
    assert not atom.xpath("//a:content", namespaces=NS)
    assert [item.findtext("description") for item in rss.iter("item")] == ["Three.", "Two.", "In short"]
    items = json.loads(get(feeds, "/feed.json"))["items"]
    assert [item["content_text"] for item in items] == ["Three.", "Two.", "In short"]
    assert not any("content_html" in item for item in items)


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


# The feeds of parts of the site

PARTS = {
    "posts/trips/far/one.md": "---\ntitle: One\ndate: 2020-01-01\nauthors: Ann, Bo\n---\n\nOne.\n",
    "posts/trips/two.md": "---\ntitle: Two\ndate: 2020-01-02\nlang: de\n---\n\nZwei.\n",
    "posts/2020/01/three.md": "---\ntitle: Three\ndate: 2020-01-03\nauthor: [ann]\nlang: pt-BR\n---\n\nTrês.\n",
    "posts/four.md": "---\ntitle: Four\ndate: 2020-01-04\nauthor: Ann\n---\n\nFour.\n",
    "posts/draft.md": "---\ntitle: Draft\ndate: 2020-01-05\nauthor: Nobody\ndraft: true\n---\n\nDraft.\n",
}
GROUPS = {
    "/sections/trips/": ["Two", "One"],
    "/sections/trips/far/": ["One"],
    "/authors/ann/": ["Four", "Three", "One"],
    "/authors/bo/": ["One"],
    "/authors/me/": ["Two"],
    "/languages/en/": ["Four", "One"],
    "/languages/de/": ["Two"],
    "/languages/pt-br/": ["Three"],
}


def titles(body: bytes) -> list[str]:
    """Return the titles of the entries of a feed."""
    if body.startswith(b"{"):
        return [item["title"] for item in json.loads(body)["items"]]
    return [entry.title for entry in feedparser.parse(body).entries]


@pytest.mark.parametrize("name", FILES)
def test_sections_authors_and_languages_have_feeds(made, name):
    made.write(PARTS)
    made.settings(url=HOME, author="Me", title="Site")
    for folder, expected in GROUPS.items():
        assert titles(get(made, folder + name)) == expected, folder
    client = made.app().test_client()
    for folder in ("/sections/2020/", "/sections/2020/01/", "/authors/nobody/", "/languages/fr/", "/sections/none/"):
        assert client.get(f"/blog{folder}{name}").status_code == 404, folder


def test_they_are_frozen_and_may_be_subscribed_to(made):
    made.write(PARTS)
    made.settings(url=HOME, author="Me", title="Site")
    tree = made.freeze()
    assert {f"{folder[1:]}{name}" for folder in GROUPS for name in FILES} <= tree.keys()
    with made.app().app_context():
        found = current().all_feeds()
    assert ("Site: Ann (Atom)", "application/atom+xml", "/authors/ann/atom.xml") in found
    assert {path for _, _, path in found} >= {f"{folder}{name}" for folder in GROUPS for name in FILES}


def test_a_comma_may_stand_in_the_name_of_an_author(made):
    made.write(
        {
            "posts/a.md": '---\ntitle: A\ndate: 2020-01-01\nauthor: "Acme, Inc."\n---\n',
            "posts/b.md": '---\ntitle: B\ndate: 2020-01-02\nauthors: ["Smith, John", "Doe, Jane"]\n---\n',
            "posts/c.md": "---\ntitle: C\ndate: 2020-01-03\n---\n",
        }
    )
    made.settings(url=HOME, author="Black, White & Co.")
    items = json.loads(get(made, "/feed.json"))["items"]
    assert [[one["name"] for one in item["authors"]] for item in items] == [
        ["Black, White & Co."],
        ["Smith, John", "Doe, Jane"],
        ["Acme, Inc."],
    ]
    with made.app().app_context():
        names = [group.name for group in current().library.groups("author")]
    assert names == ["Acme, Inc.", "Black, White & Co.", "Doe, Jane", "Smith, John"]


def test_one_author_or_one_language_alone_has_no_feed_of_its_own(made):
    made.write({"posts/a.md": "---\ntitle: A\ndate: 2020-01-01\nauthor: Ann\nlang: en\n---\n"})
    made.settings(url=HOME)
    client = made.app().test_client()
    for folder in ("/authors/ann/", "/languages/en/"):
        assert client.get(f"/blog{folder}feed.xml").status_code == 404


def test_a_part_says_what_it_is(made):
    made.write(PARTS)
    made.settings(url=HOME, author="Me", title="Site")
    said = json.loads(get(made, "/languages/pt-br/feed.json"))
    assert (said["title"], said["language"]) == ("Site: pt-BR", "pt-BR")
    assert "language" not in said["items"][0]
    said = json.loads(get(made, "/authors/ann/feed.json"))
    assert (said["title"], said["authors"], said["feed_url"]) == (
        "Site: Ann",
        [{"name": "Ann"}],
        f"{HOME}authors/ann/feed.json",
    )
    assert said["items"][2]["authors"] == [{"name": "Ann"}, {"name": "Bo"}]


def test_an_entry_in_another_language_says_so(made):
    made.write(PARTS)
    made.settings(url=HOME)
    atom = etree.fromstring(get(made, "/atom.xml"))
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert atom.get(lang) == "en"
    assert [entry.get(lang) for entry in atom.findall("a:entry", NS)] == [None, "pt-BR", "de", None]
    rss = etree.fromstring(get(made, "/feed.xml"))
    assert [item.findtext("dc:language", namespaces=NS) for item in rss.iter("item")] == [None, "pt-BR", "de", None]
    assert [item.get("language") for item in json.loads(get(made, "/feed.json"))["items"]] == [
        None,
        "pt-BR",
        "de",
        None,
    ]


# What comes with an entry

EPISODE = (
    "---\ntitle: Episode\ndate: 2020-01-02\nenclosure: episode.mp3\nlength: 5\nduration: '1:02'\n"
    "cover: { image: cover.png, alt: A harbour }\n---\n\nListen.\n"
)


def test_a_file_tells_its_true_length_in_every_format(made):
    made.write({"posts/ep/index.md": EPISODE, "posts/ep/episode.mp3": b"x" * 1234, "posts/ep/cover.png": b"png"})
    made.settings(url=HOME, author="Me", title="Cast", description="On air")
    url = f"{HOME}posts/ep/episode.mp3"
    rss = etree.fromstring(get(made, "/feed.xml"))
    assert dict(rss.find("channel/item/enclosure").attrib) == {"url": url, "length": "1234", "type": "audio/mpeg"}
    assert rss.findtext("channel/item/itunes:duration", namespaces=NS) == "62"
    assert rss.findtext("channel/itunes:author", namespaces=NS) == "Me"
    assert rss.find("channel/item/itunes:image", NS).get("href") == f"{HOME}posts/ep/cover.png"
    assert re.fullmatch(
        "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", rss.findtext("channel/podcast:guid", namespaces=NS)
    )
    link = etree.fromstring(get(made, "/atom.xml")).find("a:entry/a:link[@rel='enclosure']", NS)
    assert (link.get("href"), link.get("length"), link.get("type")) == (url, "1234", "audio/mpeg")
    assert json.loads(get(made, "/feed.json"))["items"][0]["attachments"] == [
        {"url": url, "mime_type": "audio/mpeg", "size_in_bytes": 1234, "duration_in_seconds": 62}
    ]


def test_another_length_of_the_file_is_told_at_once_and_after_a_freeze(made):
    made.write({"posts/ep/index.md": EPISODE, "posts/ep/episode.mp3": b"x" * 1234})
    made.settings(url=HOME)
    app = made.app()
    made.freeze(app)
    made.write({"posts/ep/episode.mp3": b"x" * 99})
    of(app).library.refresh()
    assert b'length="99"' in app.test_client().get("/blog/feed.xml").data
    assert b'length="99"' in made.freeze(app)["feed.xml"]


def test_a_file_of_static_or_of_another_site_is_told_as_well(made):
    made.write(
        {
            "posts/a.md": "---\ntitle: A\ndate: 2020-01-01\naudio: /static/a.mp3\n---\n",
            "posts/b.md": "---\ntitle: B\ndate: 2020-01-02\nenclosure: https://cdn.example/b.ogg 77 audio/ogg\n---\n",
            "posts/c.md": "---\ntitle: C\ndate: 2020-01-03\naudio: /static/../pyproject.mp3\n---\n",
            "static/a.mp3": b"x" * 44,
        }
    )
    made.settings(url=HOME)
    found = [item.find("enclosure") for item in etree.fromstring(get(made, "/feed.xml")).iter("item")]
    assert [(one.get("url"), one.get("length"), one.get("type")) for one in found] == [
        (f"{HOME}pyproject.mp3", "0", "audio/mpeg"),
        ("https://cdn.example/b.ogg", "77", "audio/ogg"),
        (f"{HOME}static/a.mp3", "44", "audio/mpeg"),
    ]


def test_a_length_that_nobody_knows_is_left_out_where_it_may_be_and_named(made):
    made.write({"posts/a.md": "---\ntitle: A\ndate: 2020-01-01\naudio: https://cdn.example/a.mp3\n---\n\nA.\n"})
    made.settings(url=HOME)
    assert etree.fromstring(get(made, "/feed.xml")).find("channel/item/enclosure").get("length") == "0"
    assert etree.fromstring(get(made, "/atom.xml")).find("a:entry/a:link[@rel='enclosure']", NS).get("length") is None
    said = json.loads(get(made, "/feed.json"))["items"][0]["attachments"]
    assert said == [{"url": "https://cdn.example/a.mp3", "mime_type": "audio/mpeg"}]
    assert made.run("check", "feeds").exit_code == 0
    found = made.run("check")
    told = "posts/a.md: nobody is told how long https://cdn.example/a.mp3 is: length says it, in bytes\n"
    assert (found.exit_code, found.stdout) == (1, told)


def test_a_podcast_stays_one_when_its_last_episode_is_old(made):
    made.write({"posts/ep/index.md": EPISODE, "posts/ep/episode.mp3": b"x"})
    made.write({f"posts/p{day}.md": f"---\ntitle: P\ndate: 2020-02-0{day}\ntags: [a]\n---\n" for day in (1, 2, 3)})
    made.settings(url=HOME, feed_size=2)
    rss = etree.fromstring(get(made, "/feed.xml"))
    assert rss.find("channel/podcast:guid", NS) is not None
    assert rss.findtext("channel/itunes:explicit", namespaces=NS) == "false"
    assert b"itunes" not in get(made, "/tags/a/feed.xml")


def test_what_a_podcast_says_of_itself_is_a_setting_and_stays_when_the_domain_changes(made):
    guid = "9b024349-ccf0-5f69-a609-6b82873eab3c"
    made.write({"posts/ep/index.md": EPISODE.replace("duration", "tags: [a]\nduration"), "posts/ep/episode.mp3": b"x"})
    podcast = "{ image = '/static/my cover.png', category = 'Arts > Books', explicit = true, guid = '" + guid + "' }"

    def said(url: str, feed: str) -> list[object]:
        made.write({"pyproject.toml": f"[tool.blog]\nurl = {url!r}\npodcast = {podcast}\n"})
        channel = etree.fromstring(made.app().test_client().get(feed).data)[0]
        image, category = (channel.find(f"itunes:{name}", NS) for name in ("image", "category"))
        names = [one.get("text") for one in category.iter("{*}category")]
        return [image.get("href"), names, *(channel.findtext(n, namespaces=NS) for n in ("itunes:explicit", GUID))]

    assert said(HOME, "/blog/feed.xml") == [f"{HOME}static/my%20cover.png", ["Arts", "Books"], "true", guid]
    assert said("https://example.net/", "/feed.xml")[-1] == guid
    of_tag = said(HOME, "/blog/tags/a/feed.xml")[-1]
    assert said("https://example.net/", "/tags/a/feed.xml")[-1] == of_tag != guid


@pytest.mark.parametrize("value", ["'x'", "{ title = 'x' }", "{ explicit = 'no' }", "{ guid = 'x' }", "{ image = 3 }"])
def test_a_podcast_is_described_by_what_there_is(made, value):
    made.write({"pyproject.toml": f"[tool.blog]\npodcast = {value}\n"})
    with pytest.raises(SettingsError, match="podcast "):
        made.app()


def test_every_format_tells_when_an_entry_has_changed(feeds):
    rss, atom = etree.fromstring(get(feeds, "/feed.xml")), etree.fromstring(get(feeds, "/atom.xml"))
    assert [item.findtext("a:updated", namespaces=NS) for item in rss.iter("item")] == [
        None,
        "2020-03-04T05:06:07+00:00",
        None,
    ]
    told = [entry.findtext("a:updated", namespaces=NS) for entry in atom.findall("a:entry", NS)]
    assert told[1] == "2020-03-04T05:06:07+00:00"


def test_a_very_long_post_is_fed_as_its_summary_and_named(made):
    made.write({"posts/a.md": "---\ntitle: A\ndate: 2020-01-01\n---\n\nIn short.\n\n" + "So many words.\n\n" * 70_000})
    made.write({"posts/b.md": "---\ntitle: B\ndate: 2020-01-02\n---\n\nShort.\n"})
    made.settings(url=HOME)
    for name in FILES:
        assert len(get(made, f"/{name}")) < 5_000
    long = json.loads(get(made, "/feed.json"))["items"][1]
    assert long["content_text"] == long["summary"]
    assert long["summary"] == "In short."
    found = etree.fromstring(get(made, "/atom.xml")).findall("a:entry", NS)[1]
    assert found.find("a:content", NS) is None
    assert found.find("a:link", NS).get("href") == f"{HOME}posts/a/"
    told = made.run("check")
    assert told.stdout == "posts/a.md: this is too long for a feed, which holds its summary and a link\n"
    made.settings(url=HOME, feed_summaries=True)
    assert made.run("check").exit_code == 0


def test_an_id_that_is_no_iri_is_one_in_atom(made):
    made.write({"posts/a.md": "---\ntitle: A\ndate: 2020-01-01\nguid: post 17\n---\n\nA.\n"})
    made.settings(url=HOME)
    assert etree.fromstring(get(made, "/feed.xml")).findtext("channel/item/guid") == "post 17"
    assert json.loads(get(made, "/feed.json"))["items"][0]["id"] == "post 17"
    assert etree.fromstring(get(made, "/atom.xml")).findtext("a:entry/a:id", namespaces=NS) == iri("post 17")
    found = made.run("check", "feeds")
    assert found.exit_code == 0, found.output
    assert "feeds with 1 entry," in found.output


def test_a_post_of_a_picture_only_is_described_by_its_words(made):
    made.write({"posts/a.md": "---\ntitle: A\ndate: 2020-01-01\n---\n\n![A harbour](https://a.example/b.png)\n"})
    made.settings(url=HOME)
    assert etree.fromstring(get(made, "/feed.xml")).findtext("channel/item/description") == "A harbour"


def test_a_site_without_sound_is_no_podcast(feeds):
    assert b"itunes" not in get(feeds, "/feed.xml")
    assert b"podcast" not in get(feeds, "/feed.xml")


def test_the_lead_image_is_that_of_the_header_else_the_first_of_the_text(made):
    pixel = '<img src="https://count.example/x.gif" width="1" height="1">'
    made.write(
        {
            "posts/a.md": "---\ntitle: A\ndate: 2020-01-02\nimage: /static/a.png\nimage_alt: A & B\n---\n\n"
            "![Other](o.png)\n",
            "posts/b.md": f"---\ntitle: B\ndate: 2020-01-01\n---\n\n{pixel}\n\n"
            '<img src="b.jpg" alt="First" width="40" height="30">\n',
        }
    )
    made.settings(url=HOME)
    for path in ("/feed.xml", "/atom.xml"):
        found = etree.fromstring(get(made, path)).findall(".//media:content", NS)
        assert [dict(one.attrib) for one in found] == [
            {"url": f"{HOME}static/a.png", "medium": "image", "type": "image/png"},
            {"url": f"{HOME}posts/b/b.jpg", "medium": "image", "type": "image/jpeg", "width": "40", "height": "30"},
        ]
        assert [one.findtext("media:description", namespaces=NS) for one in found] == ["A & B", "First"]
    items = json.loads(get(made, "/feed.json"))["items"]
    assert [item["image"] for item in items] == [f"{HOME}static/a.png", f"{HOME}posts/b/b.jpg"]


def test_authors_of_rss_entries_are_creators(feeds):
    rss = etree.fromstring(get(feeds, "/feed.xml"))
    assert rss.xpath("//item/dc:creator/text()", namespaces=NS) == ["Me", "Ann", "Me"]


# The archive


def posts(count: int, start: int = 1) -> dict[str, str]:
    """Return the files of posts, one a day."""
    first = datetime(2020, 1, 1, tzinfo=UTC)
    return {
        f"posts/p{number:03}.md": f"---\ntitle: P{number}\ndate: {first + timedelta(number):%Y-%m-%d}\n---\n\n"
        f"Text {number}.\n"
        for number in range(start, start + count)
    }


def previous(body: bytes) -> str:
    """Return the address of the archive before a feed, ``""`` for none."""
    if body.startswith(b"{"):
        return json.loads(body).get("next_url", "")
    links = {link.rel: link.href for link in feedparser.parse(body).feed.links}
    return links.get("prev-archive", "")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("count", [0, 4, 5, 9, 10, 23])
def test_feed_and_archive_hold_every_post(made, name, count):
    made.write(posts(count))
    made.settings(url=HOME, feed_size=5)
    client = made.app().test_client()
    seen, at = [], f"{HOME}{name}"
    while at:
        body = client.get(at.removeprefix("https://example.org")).data
        seen += [title for title in titles(body) if title not in seen]
        at = previous(body)
    assert seen == [f"P{number}" for number in range(count, 0, -1)]


def test_a_new_post_changes_the_feed_and_no_page_of_the_archive(made):
    made.write(posts(13))
    made.settings(url=HOME, feed_size=5)
    before = made.freeze()
    made.write(posts(1, 14))
    after = made.freeze()
    archive = {name for name in after if name.startswith("feed/archive/")}
    assert archive == {f"feed/archive/{page}{ending}" for page in (1, 2) for ending in (".xml", ".atom", ".json")}
    assert all(before[name] == after[name] for name in archive)
    assert before["feed.xml"] != after["feed.xml"]


def test_an_edit_changes_one_page_of_the_archive(made):
    made.write(posts(13))
    made.settings(url=HOME, feed_size=5)
    before = made.freeze()
    made.write({"posts/p003.md": posts(1, 3)["posts/p003.md"] + "More.\n"})
    after = made.freeze()
    changed = {name for name in after if before[name] != after[name] and name.startswith("feed")}
    assert changed == {"feed/archive/1.xml", "feed/archive/1.atom", "feed/archive/1.json"}


def test_a_page_of_the_archive_says_where_it_belongs(made):
    made.write(posts(13))
    made.settings(url=HOME, feed_size=4)
    for name, ending in (("feed.xml", "xml"), ("atom.xml", "atom")):
        middle = etree.fromstring(get(made, f"/feed/archive/2.{ending}"))
        links = {link.get("rel"): link.get("href") for link in middle.xpath("/*/a:link|/*/*/a:link", namespaces=NS)}
        assert links["self"] == f"{HOME}feed/archive/2.{ending}"
        assert links["current"] == f"{HOME}{name}"
        assert links["prev-archive"] == f"{HOME}feed/archive/1.{ending}"
        assert links["next-archive"] == f"{HOME}feed/archive/3.{ending}"
        assert middle.xpath("//fh:archive", namespaces=NS)
        now = etree.fromstring(get(made, f"/{name}"))
        assert not now.xpath("//fh:archive", namespaces=NS)
        assert now.xpath("//a:link[@rel='prev-archive']/@href", namespaces=NS) == [f"{HOME}feed/archive/3.{ending}"]
    client = made.app().test_client()
    for path in (
        "/feed/archive/0.xml",
        "/feed/archive/4.xml",
        "/feed/archive/x.xml",
        "/feed/archive/99999999999999.xml",
    ):
        assert client.get(f"/blog{path}").status_code == 404


# Old addresses

OLD = {
    "/feed/": "feed.xml",
    "/rss/": "feed.xml",
    "/index.xml": "feed.xml",
    "/feeds/posts/default/": "atom.xml",
    "/feeds/all.atom.xml": "atom.xml",
    "/tag/new-york/feed/": "tags/new-york/feed.xml",
    "/tags/new-york/index.xml": "tags/new-york/feed.xml",
    "/feeds/posts/default/-/New York/": "tags/new-york/atom.xml",
}


def test_old_addresses_hold_the_same_bytes_live_and_frozen(feeds):
    engines = ["wordpress", "blogger", "hugo", "pelican"]
    feeds.write({"posts/one.md": SITE["posts/one.md"], "posts/three.md": SITE["posts/three.md"].replace("new", "New")})
    feeds.write({"posts/three.md": SITE["posts/three.md"].replace("new york", "New York")})
    feeds.settings(url=HOME, feed_addresses=engines)
    client, tree = feeds.app().test_client(), feeds.freeze()
    for path, name in OLD.items():
        own = client.get(f"/blog/{name}")
        for asked in {path, path.rstrip("/")}:
            old = client.get(f"/blog{asked}")
            assert (old.status_code, old.data, old.content_type) == (200, own.data, own.content_type), asked
        frozen = f"{path[1:]}index.html" if path.endswith("/") else path[1:]
        assert tree[frozen] == tree[name] == own.data


def test_no_old_address_answers_unless_it_is_wanted(feeds):
    client = feeds.app().test_client()
    for path in OLD:
        assert client.get(f"/blog{path}").status_code == 404, path


def test_a_page_at_an_old_address_wins(feeds):
    feeds.write({"pages/rss.md": "# About RSS\n"})
    feeds.settings(url=HOME, feed_addresses=["wordpress"])
    assert "About RSS" in feeds.app().test_client().get("/blog/rss/").text


# What readers ask by HTTP


@pytest.fixture(params=[(), ("cache",)], ids=["cached", "not cached"])
def client(feeds, request):
    return feeds.app(without=request.param).test_client()


@pytest.mark.parametrize("name", FILES)
def test_a_feed_says_how_to_ask_again(client, name):
    answer = client.get(f"/blog/{name}")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert not answer.headers["ETag"].startswith("W/")
    assert parsedate_to_datetime(answer.headers["Last-Modified"]) <= datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert "Set-Cookie" not in answer.headers
    head = client.head(f"/blog/{name}")
    assert (head.status_code, head.data) == (200, b"")
    assert {**head.headers} == {**answer.headers}
    for junk in ("?utm_source=x", "?a&b=%FF&&", "?" + "x" * 500):
        again = client.get(f"/blog/{name}{junk}")
        assert (again.data, again.headers["ETag"]) == (answer.data, answer.headers["ETag"])


@pytest.mark.parametrize("name", FILES)
def test_an_unchanged_feed_is_not_sent_again(client, name):
    answer = client.get(f"/blog/{name}")
    etag, modified = answer.headers["ETag"], answer.headers["Last-Modified"]
    later = "Fri, 20 Nov 2026 13:00:00 GMT"
    known = [etag, f"W/{etag}", f'"other", {etag}', f'{etag[:-1]}-gzip"', f'{etag[:-1]};gzip"', "*"]
    conditions = [{"If-None-Match": one} for one in known]
    conditions += [{"If-None-Match": etag, "If-Modified-Since": modified}]
    conditions += [{"If-Modified-Since": one} for one in (modified, later)]
    for condition in conditions:
        for method in (client.get, client.head):
            same = method(f"/blog/{name}", headers=condition)
            assert (same.status_code, same.data) == (304, b""), condition
            for header in ("ETag", "Cache-Control", "Vary"):
                assert same.headers.get(header) == answer.headers.get(header), (condition, header)
    for condition in (
        {"If-None-Match": '"other"', "If-Modified-Since": later},
        {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
        {"If-Modified-Since": "Fri, 20 Nov 99999999999 13:00:00 GMT"},
    ):
        assert client.get(f"/blog/{name}", headers=condition).status_code == 200, condition


def test_a_date_moves_with_the_bytes(feeds):
    app = feeds.app()
    client = app.test_client()

    def said() -> tuple[str, datetime]:
        of(app).library.refresh()
        answer = client.get("/blog/feed.xml")
        return answer.headers["ETag"], parsedate_to_datetime(answer.headers["Last-Modified"])

    before = said()
    feeds.write({"posts/two.md": SITE["posts/two.md"]})  # the same again
    assert said() == before
    (feeds.root / "posts/three.md").unlink()
    after = said()
    assert after[0] != before[0]
    assert after[1] > before[1]


@pytest.mark.parametrize("name", FILES)
def test_a_date_of_other_bytes_counts_for_nothing_also_where_nobody_remembers_them(feeds, name):
    before = feeds.app().test_client().get(f"/blog/{name}").headers
    shutil.rmtree(feeds.root / ".flatleaf")
    feeds.settings(url=HOME, title="Another", author="Me")
    client = feeds.app().test_client()
    after = client.get(f"/blog/{name}").headers
    assert after["ETag"] != before["ETag"]
    assert after["Last-Modified"] != before["Last-Modified"]
    asked = {"If-Modified-Since": before["Last-Modified"]}
    assert client.get(f"/blog/{name}", headers=asked).status_code == 200
    assert client.get(f"/blog/{name}", headers={"If-Modified-Since": after["Last-Modified"]}).status_code == 304


def test_the_age_of_feeds_is_a_setting(feeds):
    feeds.settings(url=HOME, feed_max_age=3600)
    answer = feeds.app().test_client().get("/blog/feed.xml")
    assert answer.headers["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize("path", ["/feed.xml", "/tags/x/atom.xml", "/feed/"])
def test_the_scripts_of_any_page_may_ask_with_conditions(feeds, path):
    feeds.settings(url=HOME, feed_addresses=["wordpress"])
    client = feeds.app().test_client()
    asked = {"Origin": "https://b.example", "Access-Control-Request-Method": "GET"}
    told = client.options(f"/blog{path}", headers=asked)
    assert told.status_code in (200, 204)
    allowed = {name: told.headers[f"Access-Control-{name}"] for name in ("Allow-Origin", "Allow-Methods", "Max-Age")}
    assert allowed == {"Allow-Origin": "*", "Allow-Methods": "GET, HEAD", "Max-Age": "86400"}
    assert told.headers["Access-Control-Allow-Headers"] == "If-None-Match, If-Modified-Since"
    answer = client.get(f"/blog{path}")
    assert answer.headers["Access-Control-Expose-Headers"] == "ETag, Last-Modified"
    assert "Access-Control-Allow-Origin" not in client.options("/blog/about/").headers


@pytest.mark.parametrize(
    ("query", "path"), [("feed=rss2", "/feed.xml"), ("feed=rss", "/feed.xml"), ("feed=atom", "/atom.xml")]
)
def test_wordpress_has_its_feeds_behind_queries_too(feeds, query, path):
    feeds.settings(url=HOME, feed_addresses=["wordpress"], feed_polls=1)
    client = feeds.app().test_client()
    answer, own = client.get(f"/blog/?{query}"), client.get(f"/blog{path}")
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (200, own.data, own.headers["ETag"])
    page = client.get("/blog/").data
    for _ in range(3):  # the page itself is none that one may poll too often
        assert client.get("/blog/").data == client.get("/blog/?feed=x").data == page
    feeds.settings(url=HOME)
    assert feeds.app().test_client().get(f"/blog/?{query}").data[:9].lower() == b"<!doctype"


def test_a_coded_feed_is_the_same_feed(feeds):
    client = feeds.app().test_client()
    coded = client.get("/blog/feed.xml", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(coded.data) == client.get("/blog/feed.xml").data
    assert "Accept-Encoding" in coded.headers["Vary"]
    again = client.get("/blog/feed.xml", headers={"Accept-Encoding": "gzip", "If-None-Match": coded.headers["ETag"]})
    assert again.status_code == 304


# Opened in a browser


def test_a_browser_is_told_where_the_style_is(client):
    for name in ("feed.xml", "atom.xml"):
        page = client.get(f"/blog/{name}", headers={"Sec-Fetch-Dest": "document"})
        assert page.content_type == "application/xml; charset=utf-8"
        assert "Sec-Fetch-Dest" in page.headers["Vary"]
        style = etree.fromstring(page.data).getprevious()
        assert (style.target, style.get("type")) == ("xml-stylesheet", "text/css")
        assert client.get(style.get("href")).mimetype == "text/css"
        assert client.get(f"/blog/{name}").data == page.data
        assert client.get(f"/blog/{name}", headers={"Sec-Fetch-Dest": "empty"}).content_type == (
            f"application/{'rss' if name == 'feed.xml' else 'atom'}+xml; charset=utf-8"
        )


def test_without_the_files_of_the_theme_there_is_no_style(feeds):
    assert b"xml-stylesheet" not in feeds.app(without=["assets"]).test_client().get("/blog/feed.xml").data


# Posts as they are

BAD = [
    '---\ntitle: "bell \\a and {0}"\ndate: 2019-01-01\n---\n\nText \x07 \x00 &#7;.\n',
    "---\ntitle: Bad {0}\ndate: 2019-13-45\n---\n\nText.\n",
    "---\ntitle: Bad {0}\ndate: 0001-01-01\n---\n\nText.\n",
    "---\ntitle: Bad {0}\ndate: 9999-12-31\n---\n\nText.\n",
    "---\ntitle: [a, {{b: c}}]\ndate: [2019]\ntags: {{x: y}}\nauthor: {{name: [1]}}\n---\n\nText.\n",
    "---\ntitle: Bad {0}\ndate: 2019-01-01\nimage: [[{{}}]]\nenclosure: {{url: [], length: x}}\nduration: {{}}\n"
    "---\n\nText.\n",
    "---\ntitle: [unclosed {0}\n---\n\nText.\n",
    b"---\ntitle: Bad \xff {0}\ndate: 2019-01-01\n---\n\nText \xfe.\n",
    "---\ntitle: Bad {0}\ndate: 2019-01-01\nupdated: soon\nsummary: {{a: b}}\n---\n\n"
    '<script><p a="<!-- </p><iframe src=x>\n',
    "---\ntitle: Bad {0}\ndate: 1066-10-14T00:00:00+00:53\n---\n\n" + "<div>" * 2000 + "word " * 50_000 + "\n",
]


def test_a_bad_post_in_every_hundred_breaks_no_feed_and_is_named(made):
    files = {
        f"posts/p{number:04}.md": f"---\ntitle: P{number}\ndate: {2020 + number % 5}-01-{number % 28 + 1:02}\n"
        f"---\n\nText *{number}*.\n"
        for number in range(990)
    }
    bad = {f"posts/bad{number}.md": text for number, text in enumerate(BAD)}
    files |= {
        name: text.replace(b"{0}", name.encode())
        if isinstance(text, bytes)
        else text.replace("{0}", name).replace("{{", "{").replace("}}", "}")
        for name, text in bad.items()
    }
    made.write(files)
    made.settings(url=HOME, feed_size=1000)
    app = made.app()
    with app.test_request_context():
        paths = [path for path in of(app).urls() if re.search(r"/(?:atom|feed)\b.*\.(?:xml|atom|json)$", path)]
    assert len(paths) == 3 + 19 * 3 + 3  # the last three: of the tag `x`, the key of a table
    found = {path: app.test_client().get(f"/blog{path}").data for path in paths}
    for path, body in found.items():
        if path.endswith("json"):
            items = json.loads(body)["items"]
            assert all(item["id"] and datetime.fromisoformat(item["date_published"]) for item in items)
            continue
        etree.fromstring(body, etree.XMLParser(huge_tree=True))
        parsed = feedparser.parse(body) if len(path) == len("/feed/archive/1.xml") else None
        assert parsed is None or not parsed.bozo, (path, parsed.bozo_exception)
        assert parsed is None or all(entry.published_parsed for entry in parsed.entries)
    assert len(titles(found["/feed.json"])) > 990
    problems = made.run("check").output
    for number in (0, 1, 2, 3, 4, 6, 7, 8):
        assert re.search(rf"^posts/bad{number}\.md:\d+: ", problems, re.MULTILINE), problems


def test_frozen_feeds_are_the_live_ones(made):
    made.write(PARTS | posts(12, 5) | {"posts/ep/index.md": EPISODE, "posts/ep/episode.mp3": b"x" * 1234})
    made.settings(url=HOME, feed_size=4, feed_addresses=["hugo"])
    tree, client = made.freeze(), made.app().test_client()
    names = [name for name in tree if name.endswith((".xml", ".atom", "feed.json"))]
    assert len(names) > 40
    for name in names:
        assert client.get(f"/blog/{name}").data == tree[name], name


def test_a_feed_of_posts_from_everywhere_has_dates_that_all_formats_can_tell(made):
    made.write({"posts/a.md": "---\ntitle: A\ndate: 1850-01-01 10:00:00.123456\n---\n\nText.\n"})
    made.settings(url=HOME, timezone="Europe/Amsterdam")  # where clocks were 17.5 minutes off
    dates = {entry["date"] for found in entries(made).values() for entry in found}
    assert len(dates) == 1
    assert dates.pop().utcoffset().seconds % 60 == 0
