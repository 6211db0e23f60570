"""Addresses of Jekyll's sites, as Jekyll makes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.engines.jekyll import addresses, rules

from .conftest import Read, header, one


@pytest.mark.parametrize(
    ("permalink", "post", "page"),
    [
        ("date", "/a/2014/03/09/my-post.html", "/sub/about.html"),
        ("pretty", "/a/2014/03/09/my-post/", "/sub/about/"),
        ("ordinal", "/a/2014/068/my-post.html", "/sub/about.html"),
        ("weekdate", "/a/2014/W10/Sun/my-post.html", "/sub/about"),
        ("none", "/a/my-post.html", "/sub/about.html"),
        ("/:title", "/my-post", "/sub/about"),
        ("/blog/:year/:title/", "/blog/2014/my-post/", "/sub/about/"),
        ("/:year/:i_month/:i_day/:short_year/:title.html", "/2014/3/9/14/my-post.html", "/sub/about"),
        ("/:short_month/:long_month/:short_day/:title:output_ext", "/Mar/March/Sun/my-post.html", "/sub/about.html"),
        ("/:collection/:path/:name", "/posts/a/2014-03-09-my-post/2014-03-09-my-post", "/sub/about"),
        ("':year/:month_:day-:title'", "/2014/03_09-my-post", "/sub/about"),
    ],
)
def test_every_style_makes_addresses(read_site: Read, permalink: str, post: str, page: str) -> None:
    files: dict[str, str | bytes] = {
        "_config.yml": f"permalink: {permalink}\n",
        "a/_posts/2014-03-09-my-post.md": header(),
    }
    found = read_site(files | {"sub/about.md": header(), "sub/index.md": header()})
    urls = {name: document.url for name, document in found.items()}
    assert urls == {"a/_posts/2014-03-09-my-post.md": post, "sub/about.md": page, "sub/index.md": "/sub/"}


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("old.htm", "/old.htm"),
        ("notes.txt", "/notes.txt"),
        ("x.mkdown", "/x.html"),
        ("x.mdown", "/x.mdown"),
        ("Über/Größe x.md", "/Über/Größe x.html"),
        ("v1..2.md", "/v1/2.html"),
        ("2020-01-01-page.md", "/2020-01-01-page.html"),
        ("_posts/2014-03-09-Über Größe.md", "/2014/03/09/Über-Größe.html"),
        ("_posts/2014-03-09-c++ & (x).md", "/2014/03/09/c++-&-(x).html"),
        ("_posts/14-3-9-x.md", "/2014/03/09/x.html"),
        ("_posts/2014-03-09-ends..md", "/2014/03/09/ends.html"),
        ("_posts/sub/2014-03-09-x.aspx.md", "/2014/03/09/x.aspx.html"),
        ("_posts/2014-03-09-x.html", "/2014/03/09/x.html"),
        ("Cat A/b/_posts/2014-03-09-x.md", "/cat a/b/2014/03/09/x.html"),
    ],
)
def test_names_make_addresses(read_site: Read, name: str, url: str) -> None:
    assert one(read_site, name).url == url


@pytest.mark.parametrize(
    ("said", "post", "page"),
    [
        ("/x/", "/x/", "/x/"),
        ("/x", "/x", "/x"),
        ("x.html", "/x.html", "/x.html"),
        ("pretty", "/pretty", "/pretty"),
        ("/:categories/:title/", "/c/p/", "/:categories/:title/"),
        ("/a/../b/", "/a/b/", "/a/b/"),
        ("/a%20b/", "/a b/", "/a b/"),
        ("/:path/z:output_ext", "/2014-01-02-p/z.html", "/sub/z.html"),
    ],
)
def test_a_permalink_in_the_header_may_have_tokens(read_site: Read, said: str, post: str, page: str) -> None:
    text = header(f"permalink: {said}\ncategories: c\n")
    found = read_site({"_config.yml": "title: S\n", "_posts/2014-01-02-p.md": text})
    other = read_site({"sub/p.md": text})
    assert (found["_posts/2014-01-02-p.md"].url, other["sub/p.md"].url) == (post, page)


@given(st.text(max_size=200), st.text(alphabet="*/[]!a.", max_size=40))
def test_no_path_breaks_a_pattern(path: str, pattern: str) -> None:
    assert addresses.clean(path).startswith("/")
    assert rules.within(pattern, pattern.replace("*", "")) in (True, False)
    assert rules.within(path, pattern) in (True, False)
