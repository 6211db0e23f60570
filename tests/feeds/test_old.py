"""The feed addresses of other engines: a table, and the paths that it makes."""

from __future__ import annotations

import pytest

from blog.feeds.channels import ATOM, RSS, Channel
from blog.feeds.old import TABLE, addresses, patterns
from blog.settings.choices import ENGINES


def channel(kind: str = "", slug: str = "", name: str = "") -> Channel:
    return Channel(kind, slug, name or slug, "T", "D", "/", "/")


SITE, TAG = channel(), channel("tag", "go", "Go")
SECTION, AUTHOR = channel("section", "trips"), channel("author", "ann")


def test_every_engine_of_the_setting_is_known():
    assert TABLE.keys() == set(ENGINES)


@pytest.mark.parametrize("engine", TABLE)
def test_every_address_begins_at_the_root_and_is_there_once(engine):
    found = [one.pattern for one in patterns([engine])]
    assert found
    assert len(found) == len(set(found))
    assert all(pattern.startswith("/") for pattern in found)


@pytest.mark.parametrize(
    ("engine", "channels", "path"),
    [
        ("wordpress", [SITE], "/feed/"),
        ("wordpress", [TAG], "/tag/go/feed/"),
        ("wordpress", [SECTION], "/category/trips/feed/"),
        ("wordpress", [AUTHOR], "/author/ann/feed/"),
        ("blogger", [SITE], "/feeds/posts/default/"),
        ("blogger", [TAG], "/feeds/posts/default/-/Go/"),
        ("hugo", [SITE], "/index.xml"),
        ("hugo", [TAG], "/tags/go/index.xml"),
        ("hugo", [SECTION], "/trips/index.xml"),
        ("pelican", [SITE], "/feeds/all.atom.xml"),
        ("ghost", [SITE], "/rss/"),
        ("tumblr", [TAG], "/tagged/Go/rss/"),
    ],
)
def test_engines_have_their_feeds_where_they_had_them(engine, channels, path):
    assert path in list(addresses([engine], channels))


def test_of_two_engines_the_first_has_an_address():
    assert {one.pattern: one.format for one in patterns(["octopress", "hexo"])}["/rss.xml"] is RSS
    assert {one.pattern: one.format for one in patterns(["pelican"])}["/feeds/*.atom.xml"] is ATOM
    kinds = {one.pattern: one.kinds for one in patterns(["pelican"])}["/feeds/*.atom.xml"]
    assert kinds == ("tag", "section", "author")


@pytest.mark.parametrize("name", ["a/b", "what?", "100%", "a\\b", "c#"])
def test_a_name_that_no_address_can_hold_has_none(name):
    assert list(addresses(["tumblr"], [channel("tag", "slug", name)])) == []
