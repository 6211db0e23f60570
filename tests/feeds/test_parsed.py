"""Any feed is read into one form, whoever has written it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.feeds.parsed import NotAFeed, moment, parse

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Site</title><link>https://a.example/</link><description>d</description><language>en</language>
<atom:link rel="self" href="https://a.example/feed.xml"/>
<item><title>One</title><link>https://a.example/1/</link><guid isPermaLink="false">tag:1</guid>
<pubDate>Fri, 02 Jan 2026 10:00:00 +0100</pubDate><description>Short.</description>
<content:encoded>&lt;p>Long.&lt;/p></content:encoded><dc:creator>Ann</dc:creator><category>x</category>
<enclosure url="https://a.example/1.mp3" length="12" type="audio/mpeg"/></item>
<item><guid>https://a.example/2/</guid><description>Only this.</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Site</title><id>tag:site</id>
<updated>2026-01-02T10:00:00Z</updated><link rel="self" href="https://a.example/atom.xml"/>
<link href="https://a.example/"/>
<entry><id>tag:1</id><title>One</title><updated>2026-01-03T10:00:00Z</updated><published>2026-01-02T10:00:00Z</published>
<link href="https://a.example/1/"/><link rel="enclosure" href="https://a.example/1.mp3" type="audio/mpeg" length="12"/>
<author><name>Ann</name></author><category term="x"/><summary>Short.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Long.</p></div></content></entry></feed>"""
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Site",
    "home_page_url": "https://a.example/",
    "feed_url": "https://a.example/feed.json",
    "items": [
        {
            "id": "tag:1",
            "url": "https://a.example/1/",
            "title": "One",
            "content_html": "<p>Long.</p>",
            "summary": "Short.",
            "date_published": "2026-01-02T10:00:00Z",
            "authors": [{"name": "Ann"}],
            "tags": ["x"],
            "attachments": [{"url": "https://a.example/1.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12}],
        }
    ],
}


@pytest.mark.parametrize("data", [RSS, ATOM, json.dumps(JSON)], ids=["rss", "atom", "json"])
def test_every_format_says_the_same(data):
    feed = parse(data.encode())
    assert (feed.title, feed.home) == ("Site", "https://a.example/")
    assert feed.links["self"].startswith("https://a.example/")
    entry = feed.entries[0]
    assert (entry.id, entry.link, entry.title) == ("tag:1", "https://a.example/1/", "One")
    assert "<p>Long.</p>" in entry.content.replace(' xmlns="http://www.w3.org/1999/xhtml"', "")
    assert (entry.summary, entry.authors, entry.tags) == ("Short.", ("Ann",), ("x",))
    (file,) = entry.enclosures
    assert (file.url, file.type, file.length) == ("https://a.example/1.mp3", "audio/mpeg", "12")
    assert entry.date
    assert entry.date.date().isoformat() == "2026-01-02"


def test_a_guid_is_an_address_unless_it_says_otherwise():
    one, two = parse(RSS.encode()).entries
    assert not one.is_link
    assert (two.is_link, two.link, two.content) == (True, "https://a.example/2/", "Only this.")


def test_rss_1_has_its_items_beside_the_channel():
    data = """<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<channel><title>Old</title><link>http://a.example/</link></channel>
<item rdf:about="http://a.example/1"><title>One</title><link>http://a.example/1</link></item></rdf:RDF>"""
    (entry,) = parse(data.encode()).entries
    assert (entry.id, entry.title) == ("http://a.example/1", "One")


@pytest.mark.parametrize(
    "data", [b"", b"text", b"<html></html>", b"<rss/>", b"{}", b"[1]", b'{"version": 1}', b"<rss>"]
)
def test_what_is_no_feed_is_refused(data):
    with pytest.raises(NotAFeed):
        parse(data)


def test_a_broken_feed_names_its_line_and_a_lenient_reader_goes_on():
    data = RSS.replace("Only this.", "Only\nthis\x01.").encode()
    with pytest.raises(NotAFeed) as error:
        parse(data)
    assert (error.value.line, error.value.message) == (11, "not well-formed: PCDATA invalid Char value 1")
    assert len(parse(data, lenient=True).entries) == 2


def test_no_entity_is_expanded_and_nothing_is_fetched(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    data = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>' + RSS.split("?>", 1)[1].replace("One", "&x;")
    assert "secret" not in repr(parse(data.encode(), lenient=True))


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("Fri, 02 Jan 2026 10:00:00 +0100", "2026-01-02T09:00:00+00:00"),
        ("2 Jan 2026 10:00 GMT", "2026-01-02T10:00:00+00:00"),
        ("2026-01-02T10:00:00Z", "2026-01-02T10:00:00+00:00"),
        ("2026-01-02", "2026-01-02T00:00:00+00:00"),
    ],
)
def test_dates_are_taken_as_readers_take_them(written, utc):
    found = moment(written)
    assert found
    assert found.astimezone(UTC).isoformat() == utc


@given(st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2200, 1, 1)), st.integers(-14, 14))
def test_a_date_is_the_same_in_both_forms(naive, hours):
    from email.utils import format_datetime

    date = naive.replace(microsecond=0, tzinfo=timezone(timedelta(hours=hours)))
    assert moment(format_datetime(date)) == moment(date.isoformat()) == date


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode(errors="ignore")))
def test_nothing_but_not_a_feed_is_raised(data):
    for lenient in (False, True):
        try:
            parse(data, lenient)
        except NotAFeed:
            continue


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(JSON["items"][0])), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from([*JSON, "hubs", "next_url"]), VALUES))
def test_values_of_the_wrong_type_are_none(said):
    data = json.dumps(said | {"version": JSON["version"]}).encode()
    for entry in parse(data).entries:
        assert isinstance(entry.id + entry.link + entry.title + entry.content, str)
        assert entry.date is None or entry.date.tzinfo


@given(st.text(max_size=40))
def test_a_moment_is_never_naive(written):
    found = moment(written)
    assert found is None or found.tzinfo
