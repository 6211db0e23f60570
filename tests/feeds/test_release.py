"""The feeds of a build: which there are, and what belongs to each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.feeds.parsed import parse
from blog.feeds.release import Release, file_of, kept, of_file, of_folder, path_of


def feed(*ids: str, older: str = "", archive: bool = False) -> bytes:
    link = f'<atom:link rel="prev-archive" href="https://a.example/blog{older}"/>' if older else ""
    items = "".join(f'<item><title>{one}</title><guid isPermaLink="false">{one}</guid></item>' for one in ids)
    mark = "<fh:archive/>" if archive else ""
    spaces = 'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"'
    return f"<rss version='2.0' {spaces}><channel><title>t</title>{link}{mark}{items}</channel></rss>".encode()


@pytest.fixture
def build(tmp_path):
    files = {
        "feed.xml": feed("c", "d", older="/feed/2.xml"),
        "feed/2.xml": feed("b", "c", older="/feed/1.xml", archive=True),
        "feed/1.xml": feed("a", archive=True),
        "tags/x/index.xml": feed("a"),
        "rss/index.html": feed("a"),
        "index.html": b"<html><rss></html>",
        "sitemap.xml": b"<urlset/>",
        "data.json": b"{}",
        "broken.xml": b"<rss version='2.0'><channel><title>t</title><item><guid>z</guid></item></channel>",
    }
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_feeds_are_found_by_what_they_hold_and_archives_arent_subscribed_to(build):
    _, paths = of_folder(build, "/blog", {})
    assert paths == ["/broken.xml", "/feed.xml", "/rss/", "/tags/x/index.xml"]


def test_bytes_that_are_known_are_not_read_again(build):
    data = (build / "tags/x/index.xml").read_bytes()
    known = kept(data, parse(data))
    release, _ = of_folder(build, "/blog", {known.digest: known})
    assert release.find("/tags/x/index.xml") is known
    assert release.find("/feed.xml") is not known


def test_a_feed_has_the_entries_of_its_archives_each_once(build):
    release, _ = of_folder(build, "/blog", {})
    state, digests = release.state("/feed.xml")
    assert [entry.id for entry in state.feed.entries] == ["c", "d"]
    assert [entry.id for entry in state.archived] == ["b", "a"]
    assert len(set(digests)) == 3
    assert release.state("/nowhere.xml") is None


def test_archives_that_go_round_in_a_circle_come_to_an_end():
    pages = {f"/{n}.xml": feed(str(n), older=f"/{(n + 1) % 3}.xml") for n in range(3)}
    release = Release(lambda path: kept(pages[path], parse(pages[path])), "/blog")
    assert [path for path, _ in release.chain("/1.xml")] == ["/1.xml", "/2.xml", "/0.xml"]


def test_texts_are_kept_as_digests(build):
    data = feed("a").replace(b"</item>", b"<description>Long text</description></item>")
    (entry,) = kept(data, parse(data)).feed.entries
    assert entry.content == entry.summary != "Long text"
    assert len(entry.content) == 32


@pytest.mark.parametrize("name", ["sitemap.xml", "data.json", "nowhere.xml", "index.html"])
def test_a_file_that_is_no_feed_is_none(build, name):
    assert of_file(build / name) is None


@pytest.mark.parametrize(
    ("address", "base_path", "path"),
    [
        ("https://a.example/blog/x/", "/blog", "/x/"),
        ("https://a.example/blog", "/blog", "/"),
        ("https://a.example/blogs/", "/blog", "/blogs/"),
        ("http://b.example/gr%C3%B6%C3%9Fe/", "", "/größe/"),
        ("/x/", "", "/x/"),
        ("https://[", "", ""),
    ],
)
def test_a_path_is_that_within_the_site_whatever_the_domain(address, base_path, path):
    assert path_of(address, base_path) == path


@given(st.text(max_size=30))
def test_any_address_has_a_path(address):
    assert isinstance(path_of(address, "/blog"), str)


def test_a_folder_has_its_own_page():
    assert (file_of("/x/"), file_of("/feed.xml"), file_of("/")) == ("x/index.html", "feed.xml", "index.html")
