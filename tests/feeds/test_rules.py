"""Each rule of the feed formats, kept and broken."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.feeds.rules import TYPES, check, is_rfc_822, is_rfc_3339

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
<channel>
<title>Site</title>
<link>https://a.example/</link>
<description>About</description>
<language>en</language>
<lastBuildDate>Fri, 02 Jan 2026 10:00:00 +0000</lastBuildDate>
<atom:link href="https://a.example/feed" rel="self" type="application/rss+xml"/>
<item>
<title>One</title>
<link>https://a.example/1/</link>
<guid isPermaLink="false">tag:1</guid>
<pubDate>Fri, 02 Jan 2026 10:00:00 +0000</pubDate>
<atom:updated>2026-01-03T10:00:00+00:00</atom:updated>
<dc:creator>Ann</dc:creator>
<category>x</category>
<description>&lt;p&gt;Text.&lt;/p&gt;</description>
<enclosure url="https://a.example/1.mp3" length="12" type="audio/mpeg"/>
</item>
</channel>
</rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>https://a.example/</id>
<title>Site</title>
<updated>2026-01-03T10:00:00+00:00</updated>
<author><name>Ann</name></author>
<link href="https://a.example/feed" rel="self"/>
<link href="https://a.example/"/>
<entry>
<id>tag:a.example,2026:1</id>
<title>One</title>
<updated>2026-01-03T10:00:00+00:00</updated>
<published>2026-01-02T10:00:00+00:00</published>
<link href="https://a.example/1/"/>
<content type="html">&lt;p&gt;Text.&lt;/p&gt;</content>
</entry>
</feed>"""
ITEM = {
    "id": "tag:1",
    "url": "https://a.example/1/",
    "title": "One",
    "content_html": "<p>Text.</p>",
    "date_published": "2026-01-02T10:00:00+00:00",
    "authors": [{"name": "Ann"}],
    "tags": ["x"],
}
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Site",
    "home_page_url": "https://a.example/",
    "feed_url": "https://a.example/feed",
    "language": "en",
    "items": [ITEM],
}


def faults(text: str, kind: str = "rss", content_type: str = "") -> list[str]:
    content_type = content_type or f"{TYPES[kind]}; charset=utf-8"
    return [f"{line}: {fault}" for line, fault in check(text.encode(), "https://a.example/feed", content_type)[1]]


@pytest.mark.parametrize(("kind", "text"), [("rss", RSS), ("atom", ATOM), ("json", json.dumps(JSON))])
def test_a_feed_in_order_has_no_fault(kind, text):
    assert faults(text, kind) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<title>Site</title>", "", "0: there is no title"),
        ("<link>https://a.example/</link>", "<link>/</link>", "0: the address of its page isn't absolute: /"),
        ("<description>About</description>", "", "3: there is no description"),
        ('version="2.0"', 'version="0.91"', "2: the version of RSS isn't 2.0"),
        ("<language>en", "<language>English please", "0: this is no language tag: English please"),
        ("example/feed", "example/other", "0: its own address is https://a.example/other, not https://a.example/feed"),
        ('rel="self"', 'rel="hub"', "0: its own address is missing, not https://a.example/feed"),
        ("<title>One</title>", "<title>One</title><title>1</title>", "11: <title> is there 2 times"),
        ('isPermaLink="false"', "", "13: the guid isn't an address, but says so: tag:1"),
        ("tag:1", "", "10: https://a.example/1/: there is no id"),
        ("https://a.example/1/", "/1/", "10: /1/: its address isn't absolute: /1/"),
        ("<pubDate>Fri", "<pubDate>Thu", "14: <pubDate> isn't a date as it has to be: Thu, 02 Jan 2026"),
        ("<pubDate>Fri, 02 Jan", "<pubDate>Fri, 2 Jan", "14: <pubDate> isn't a date"),
        ("2026-01-03T10:00:00+00:00", "2026-01-03", "15: <updated> isn't a date as it has to be: 2026-01-03"),
        ("<dc:creator>Ann</dc:creator>", "<author>Ann</author>", "16: the author has no e-mail address: Ann"),
        ('length="12"', 'length="a dozen"', "10: https://a.example/1/: the length of an enclosure isn't a number: a"),
        ('length="12"', "", "10: https://a.example/1/: the length of an enclosure isn't a number: there is none"),
        ('type="audio/mpeg"', 'type="sound"', "10: https://a.example/1/: the type of an enclosure isn't a media type"),
        ('url="https://a.example/1.mp3"', 'url="1.mp3"', "10: https://a.example/1/: the address of an enclosure isn't"),
        ("</channel>", "</chan>", "21: not well-formed: "),
        ("Text", "Te\x01xt", "18: not well-formed: "),
        ("<item>", '<item xml:lang="">', "10: this is no language tag: nothing"),
    ],
)
def test_rss_breaks_a_rule(old, new, said):
    assert old in RSS
    assert faults(RSS.replace(old, new))[0].startswith(said)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<id>https://a.example/</id>", "", "1: <feed> has no id"),
        ("<id>tag:a.example,2026:1</id>", "<id>1</id>", "8: the id isn't an IRI: 1"),
        ("<author><name>Ann</name></author>", "", "1: <feed> has no author"),
        ("<name>Ann</name>", "<name/>", "1: an author has no name"),
        ("2026-01-02T10:00:00+00:00", "2026-01-02", "12: <published> isn't a date as it has to be: 2026-01-02"),
        ("2026-01-02T10:00:00+00:00", "2026-13-02T10:00:00Z", "12: <published> isn't a date"),
        ('<link href="https://a.example/1/"/>', "", "8: <entry> has no address"),
        ('type="html"', 'type="text/html"', "14: the type of the content is text/html"),
        ("<title>Site</title>\n<updated>2026-01-03", "<title>Site</title>\n<updated>2026-01-04", "1: the feed's date"),
        ("</entry>", "</entry><link href='/x' rel='related'/>", "15: a link isn't absolute: /x"),
        ('xml:lang="en"', 'xml:lang="e"', "0: this is no language tag: e"),
    ],
)
def test_atom_breaks_a_rule(old, new, said):
    assert old in ATOM
    found = faults(ATOM.replace(old, new), "atom")
    assert any(fault.startswith(said) for fault in found), found


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"version": "https://jsonfeed.org/version/1"}, "the version isn't 1.1"),
        ({"items": {}}, "items isn't a list"),
        ({"items": ["x"]}, "items[0] isn't an object"),
        ({"items": [ITEM | {"id": 1}]}, "items[0]: the id isn't a string"),
        (
            {"items": [{k: v for k, v in ITEM.items() if k != "content_html"}]},
            "items[0]: there is neither content_html",
        ),
        ({"items": [ITEM | {"date_published": "2026-01-02"}]}, "items[0]: date_published isn't a date"),
        ({"items": [ITEM | {"tags": "x"}]}, "items[0]: tags isn't a list"),
        ({"items": [ITEM, ITEM]}, "the id is there 2 times: tag:1"),
        (
            {"items": [ITEM, ITEM | {"id": "2", "date_published": "2027-01-01T00:00:00Z"}]},
            "https://a.example/1/: it is",
        ),
        ({"feed_url": "https://a.example/other"}, "its own address is https://a.example/other"),
        ({"home_page_url": "/"}, "the address of its page isn't absolute: /"),
    ],
)
def test_json_feed_breaks_a_rule(changes, said):
    found = faults(json.dumps(JSON | changes), "json")
    assert any(fault.startswith(f"0: {said}") for fault in found), found


@pytest.mark.parametrize(
    ("content_type", "said"),
    [
        ("text/xml; charset=utf-8", ["0: the content type is text/xml, not application/rss+xml"]),
        ("application/rss+xml", ["0: the content type doesn't say charset=utf-8"]),
        ("application/rss+xml;charset=UTF-8", []),
    ],
)
def test_the_content_type_is_that_of_the_format(content_type, said):
    assert faults(RSS, content_type=content_type) == said


def test_what_is_no_feed_is_the_only_fault():
    assert faults("<html/>") == ["0: this is neither RSS nor Atom nor JSON Feed: <html>"]


MOMENTS = st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC))


@given(MOMENTS)
def test_dates_as_python_writes_them_are_in_order(moment):
    moment = moment.replace(microsecond=0)
    assert is_rfc_822(format_datetime(moment))
    assert is_rfc_822(format_datetime(moment, usegmt=True))
    assert is_rfc_3339(moment.isoformat())
    assert not is_rfc_822(moment.isoformat())
    assert not is_rfc_3339(format_datetime(moment))


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_none(written):
    assert is_rfc_822(written) in (True, False)
    assert is_rfc_3339(written) in (True, False)
