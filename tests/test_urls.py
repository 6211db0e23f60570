"""Addresses: slugs, patterns, and what an author may write."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from blog import urls

WHEN = datetime(2012, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Moving On", "moving-on"),
        ("  Moving   On!  ", "moving-on"),
        ("Don't panic", "dont-panic"),
        ("Don’t panic", "dont-panic"),
        ("Größe", "größe"),
        ("Gro\u0308ße", "größe"),
        ("日本語 の 題", "日本語-の-題"),
        ("हिन्दी", "हिन्दी"),
        ("C++ and v3.2", "c++-and-v3.2"),
        ("snake_case", "snake_case"),
        ("a/b?c#d%e", "a-b-c-d-e"),
        ("../../etc", "etc"),
        ("🍃", ""),
        ("...", ""),
        ("", ""),
        ("a\x00b", "a-b"),
    ],
)
def test_a_slug_keeps_letters_of_any_script(words: str, slug: str) -> None:
    assert urls.slugify(words) == slug


def test_a_slug_fits_a_file_system() -> None:
    assert len(urls.slugify("ж" * 500).encode()) <= urls.LONGEST
    assert urls.slugify("a" * 199 + "ж" * 5) == "a" * 199
    assert urls.slugify("a" * 199 + " b") == "a" * 199


@given(st.text(max_size=60) | st.text("ǅİıſẞΣςK.+-_' /", max_size=20))
@example("İ")
@example("ΑΣ")
@example("ͅ")
def test_a_slug_is_its_own_slug_and_safe(words: str) -> None:
    slug = urls.slugify(words)
    assert urls.slugify(slug) == slug
    assert unicodedata.is_normalized("NFC", slug)
    assert not set(slug) & set("/?#%\\ ")
    assert slug not in (".", "..")


@pytest.mark.parametrize(
    ("tag", "path"),
    [
        ("Go", "/tags/go/"),
        ("C", "/tags/c/"),
        ("C#", "/tags/c-sharp/"),
        ("C++", "/tags/c++/"),
        ("web dev", "/tags/web-dev/"),
        ("🍃", "/tags/1f343/"),
    ],
)
def test_a_tag_has_an_address(tag: str, path: str) -> None:
    assert urls.tag_path(tag) == path


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        ("/posts/:slug/", "/posts/moving-on/"),
        ("/:slug", "/moving-on/"),
        ("/:year/:month/:day/:slug/", "/2012/09/05/moving-on/"),
        ("/:section/:slug/", "/travel/montreal/moving-on/"),
        ("/:year-:month/:title.html", "/2012-09/moving-on-again.html"),
        ("/:filename/", "/2012-09-05-moving-on/"),
    ],
)
def test_a_pattern_is_filled(pattern: str, url: str) -> None:
    filled = urls.post_url(
        pattern,
        slug="moving-on",
        title="Moving On, Again",
        stem="2012-09-05-moving-on",
        section="Travel/Montreal",
        date=WHEN,
    )
    assert filled == url


def test_parts_without_a_value_are_left_out() -> None:
    pattern = "/:section/:year/:month/:day/:title/"
    assert urls.post_url(pattern, slug="x", title="🍃", stem="x", section="", date=None) == "/x/"


def test_an_early_year_has_four_digits() -> None:
    early = datetime(987, 1, 2, tzinfo=UTC)
    assert urls.post_url("/:year/:slug/", slug="x", title="X", stem="x", section="", date=early) == "/0987/x/"


@pytest.mark.parametrize(
    ("address", "slug", "url"),
    [
        ("about.md", "", "/about/"),
        ("index.md", "", "/"),
        ("docs/index.md", "", "/docs/"),
        ("docs/_index.md", "", "/docs/"),
        ("docs/Getting Started.md", "", "/docs/getting-started/"),
        ("docs/about.md", "me", "/docs/me/"),
        ("docs/index.md", "help", "/help/"),
        ("index.md", "x", "/"),
        ("404.html", "", "/404/"),
        ("🍃.md", "", "/untitled/"),
        ("Größe.md", "", "/größe/"),
    ],
)
def test_a_page_is_where_its_file_lies(address: str, slug: str, url: str) -> None:
    assert urls.page_url(address, slug) == url


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("/pages/work", "/pages/work/"),
        ("pages/work/", "/pages/work/"),
        ("//example.org/a/", "/a/"),
        ("https://example.org/a/b.html", "/a/b.html"),
        ("/gr%C3%B6%C3%9Fe/", "/größe/"),
        ("/gro\u0308ße", "/größe/"),
        ("/a//b", "/a/b/"),
        ("/feed.xml", "/feed.xml"),
        ("/v1.2", "/v1.2/"),
        (" /a b/ ", "/a b/"),
        ("/", "/"),
        ("/2012/old.PHP", "/2012/old.PHP"),
        ("/a%3Fb", "/a?b/"),
        ("/c%23/", "/c#/"),
        ("/100%25/", "/100%/"),
        ("/a%2541", "/a%41/"),
    ],
)
def test_a_written_address_is_one_within_the_site(written: str, url: str) -> None:
    assert urls.written(written) == url


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "?p=1",
        "/?p=1",
        "/a#b",
        "/../etc",
        "/a/../b",
        "/a/%2e%2e/b",
        "/./a",
        "/a\\b",
        "/a%00b",
        "/a%0Ab",
        "http://[",
        "https://example.org",
        "javascript:alert(1)",
        "mailto:me@example.org",
        "/" + "x" * 256 + "/",
        "/" + "ж" * 128,
    ],
)
def test_what_can_not_be_an_address_is_refused(written: str) -> None:
    """A part of more than 255 bytes can't be frozen: no file system takes it."""
    with pytest.raises(ValueError, match=r"address|Invalid"):
        urls.written(written)


@given(st.text(max_size=40) | st.text("/.:%20af?#ö\u0308\\ @[]", max_size=30))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        url = urls.written(text)
    except ValueError:
        return
    assert url.startswith("/")
    assert "//" not in url
    assert not urls.UNFIT.search(url)
    assert urls.written(urls.href("", url)) == url
    assert unquote(urls.href("", url)) == url


@given(st.text(max_size=40))
def test_an_href_holds_nothing_but_plain_ascii(path: str) -> None:
    href = urls.href("/blog", "/" + path)
    assert href.startswith("/blog/")
    assert re.fullmatch(r"[A-Za-z0-9\-._~!$&'()*+,;=:@/%]*", href)
    assert unquote(href) == "/blog/" + path


@pytest.mark.parametrize(("path", "href"), [("/größe/", "/gr%C3%B6%C3%9Fe/"), ("/c++/", "/c++/"), ("/a b/", "/a%20b/")])
def test_an_href_is_escaped_no_more_than_needed(path: str, href: str) -> None:
    assert urls.href("", path) == href


@given(st.text("ab/.-", max_size=20))
def test_a_closed_path_stays_closed(path: str) -> None:
    closed = urls.closed(path)
    assert urls.closed(closed) == closed
    assert closed.startswith("/")


@given(
    st.sampled_from(["/posts/:slug/", "/:year/:month/:day/:title", "/:section/:filename/", "/:slug"]),
    st.text(max_size=30),
    st.text(max_size=30),
    st.text(max_size=30),
    st.none() | st.datetimes(timezones=st.just(UTC)),
)
def test_every_post_has_an_address_that_can_be_written(
    pattern: str, title: str, stem: str, section: str, date: datetime | None
) -> None:
    slug = urls.slugify(title) or "untitled"
    url = urls.post_url(pattern, slug=slug, title=title, stem=stem, section=section, date=date)
    assert urls.written(urls.href("", url)) == url


@pytest.mark.parametrize(
    ("written", "url"),
    [("/books", "/books"), ("books/", "/books/"), ("/v1.0", "/v1.0"), ("/a.html", "/a.html"), ("//a//b", "/b")],
)
def test_an_address_stays_without_a_slash_where_its_engine_has_none(written: str, url: str) -> None:
    assert urls.written(written, slash=False) == url


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("/", "index.html"),
        ("/books/", "books/index.html"),
        ("/books", "books.html"),
        ("/books.html", "books.html"),
        ("/v1.0", "v1.0.html"),
        ("/old.php", "old.php"),
        ("/c#", "c#.html"),
    ],
)
def test_the_file_of_a_document(url: str, file: str) -> None:
    assert urls.file_of(url, document=True) == file


def test_an_address_is_no_longer_than_the_name_of_its_file() -> None:
    assert urls.written("/" + "x" * 250, slash=False)
    with pytest.raises(ValueError, match="too long"):
        urls.written("/" + "x" * 251, slash=False)


def test_a_file_that_is_no_document_has_its_own_name() -> None:
    assert urls.file_of("/LICENSE") == "LICENSE"


def test_what_lies_beside_a_document_is_in_its_folder() -> None:
    assert [urls.home(url) for url in ("/books", "/books/", "/books.html")] == ["/books/", "/books/", ""]


@given(st.text(max_size=40) | st.text("/.\\\x00ж", max_size=400))
def test_what_an_engine_makes_is_made_fit_for_an_address(path: str) -> None:
    url = urls.closed(urls.safe(path), slash=False)
    assert not urls.UNFIT.search(url)
    assert not {"..", "."} & set(url.split("/"))
    assert all(len(f"{name}.html".encode()) <= 255 for name in url.split("/"))
    assert urls.written(urls.href("", url), slash=False) == url


def test_a_pattern_is_filled_with_values_as_they_are() -> None:
    filled = urls.filled("/{category}/{date:%Y}/{slug}.html", {"slug": "Größe", "category": "A b"}, WHEN)
    assert filled == "/A b/2012/Größe.html"
    assert urls.filled("/:slug", {"slug": "x"}, slash=False) == "/x"
    assert urls.filled("/:slug", {"slug": "x"}) == "/x/"
