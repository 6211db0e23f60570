"""The library's questions, each on a small site."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from blog.errors import BlogError
from blog.site import of


def text(title: str, *lines: str, body: str = "Words.") -> str:
    return "\n".join(["---", f"title: {title}", *lines, "---", "", body, ""])


def library(made):
    return of(made.app()).library


def titles(summaries):
    return [summary.title for summary in summaries]


@pytest.fixture
def four(made):
    """Make a site of four dated posts and one without a date."""
    made.write(
        {
            "posts/spring.md": text("Spring", "date: 2020-03-20", "tags: [season, Flowers]"),
            "posts/summer.md": text("Summer", "date: 2020-06-21", "tags: [season]"),
            "posts/winter.md": text("Winter", "date: 2021-12-21", "tags: [season, snow]"),
            "posts/autumn.md": text("Autumn", "date: 2021-09-22 08:00:00 +0200"),
            "posts/always.md": text("Always", "date: whenever"),
        }
    )
    return made


# Lists


def test_posts_come_newest_first_and_those_without_a_date_last(four):
    assert titles(library(four).posts()) == ["Winter", "Autumn", "Summer", "Spring", "Always"]
    assert library(four).count() == 5


def test_recent_takes_a_limit_and_an_offset(four):
    assert titles(library(four).recent(2)) == ["Winter", "Autumn"]
    assert titles(library(four).recent(2, 1)) == ["Autumn", "Summer"]
    assert titles(library(four).recent(2, 4)) == ["Always"]
    assert library(four).recent(2, 5) == []


def test_the_order_is_that_of_moments_across_time_zones(made):
    made.write(
        {
            "posts/tokyo.md": text("Tokyo", "date: 2020-01-02T08:00:00+09:00"),
            "posts/london.md": text("London", "date: 2020-01-02T00:00:00+00:00"),
            "posts/denver.md": text("Denver", "date: 2020-01-01T18:00:00-07:00"),
        }
    )
    assert titles(library(made).posts()) == ["Denver", "London", "Tokyo"]


def test_posts_of_one_moment_have_one_order(made):
    made.write({f"posts/{name}.md": text(name, "date: 2020-01-02") for name in "cab"})
    assert titles(library(made).posts()) == ["c", "b", "a"]


def test_pages_come_by_address(made):
    made.write({"pages/b.md": "# B\n", "pages/a/z.md": "# Z\n", "pages/index.md": "# Home\n", "posts/p.md": "# P\n"})
    assert [page.url for page in library(made).pages()] == ["/", "/a/z/", "/b/"]


def test_neighbours_are_the_next_newer_and_older(four):
    asked = library(four)
    around = {
        post.title: tuple(other and other.title for other in asked.neighbours(post.path)) for post in asked.posts()
    }
    assert around == {
        "Winter": (None, "Autumn"),
        "Autumn": ("Winter", "Summer"),
        "Summer": ("Autumn", "Spring"),
        "Spring": ("Summer", "Always"),
        "Always": ("Spring", None),
    }


def test_neighbours_of_one_moment_form_one_chain(made):
    made.write({f"posts/{n}.md": text(f"P{n}", "date: 2020-01-02") for n in range(5)})
    asked = library(made)
    post, chain = asked.posts()[0], []
    while post:
        chain.append(post)
        newer, older = asked.neighbours(post.path)
        assert newer == (chain[-2] if len(chain) > 1 else None)
        post = older
    assert chain == asked.posts()


def test_neighbours_pass_over_drafts_and_what_is_still_to_come(four):
    four.write(
        {
            "posts/draft.md": text("Draft", "date: 2020-05-01", "draft: true"),
            "posts/coming.md": text("Coming", "date: 2030-01-01"),
        }
    )
    asked = library(four)
    by_title = {post.title: post for post in asked.posts()}
    assert asked.neighbours(by_title["Summer"].path)[1].title == "Spring"
    assert asked.neighbours(by_title["Winter"].path)[0] is None


# Drafts and posts to come


HIDDEN = {
    "posts/shown.md": text("Shown", "date: 2020-01-01", "tags: [both]"),
    "posts/kept/index.md": text(
        "Kept back", "date: 2020-01-02", "tags: [both, secret]", "draft: true", "aliases: [/kept-alias/]", "menu: main"
    ),
    "posts/kept/cat.png": b"png",
    "posts/later/index.md": text(
        "Later", "date: 2026-11-20T13:00:00Z", "tags: [both, soon]", "aliases: [/later-alias/]", "menu: main"
    ),
    "posts/later/dog.png": b"png",
}
KEPT = ["/posts/kept/", "/posts/kept/cat.png", "/kept-alias/", "/kept-alias", "/posts/kept", "/tags/secret/"]
LATER = ["/posts/later/", "/posts/later/dog.png", "/later-alias/", "/later-alias", "/posts/later", "/tags/soon/"]


def test_nothing_of_a_draft_or_of_what_is_to_come_can_be_seen(made):
    made.write(HIDDEN)
    app = made.app()
    client, asked = app.test_client(), of(app).library
    for url in KEPT + LATER:
        assert client.get(url, buffered=True).status_code == 404, url
    assert titles(asked.posts()) == ["Shown"]
    assert [(tag.name, tag.count) for tag in asked.tags()] == [("both", 1)]
    assert (asked.menu("main"), asked.alias_urls(), asked.asset_urls()) == ([], [], [])
    assert titles(asked.tagged("both")) == ["Shown"]
    assert (asked.tag("secret"), asked.tag("soon")) == (None, None)
    assert asked.find("/posts/kept/") is None


def test_a_post_appears_when_its_time_comes_in_the_app_that_runs(made):
    made.write(HIDDEN)
    app = made.app()
    client = app.test_client()
    assert "Later" not in client.get("/").get_data(as_text=True)
    made.now = datetime(2026, 11, 20, 12, 59, 59, tzinfo=UTC)
    assert client.get("/posts/later/").status_code == 404
    made.now += timedelta(seconds=1)
    assert [client.get(url, buffered=True).status_code for url in LATER] == [200, 200, 301, 301, 301, 200]
    for url in ("/", "/feed.xml", "/atom.xml", "/feed.json", "/archive/", "/sitemap.xml", "/tags/both/", "/tags/"):
        assert "/later/" in client.get(url).get_data(as_text=True) or url == "/tags/", url
    assert "/tags/soon/" in client.get("/tags/").get_data(as_text=True)
    assert [entry.name for entry in of(app).library.menu("main")] == ["Later"]
    assert 'rel="next"' in client.get("/posts/shown/").get_data(as_text=True)


def test_the_setting_future_shows_what_is_to_come(made):
    made.write(HIDDEN)
    made.settings(future=True)
    assert titles(library(made).posts()) == ["Later", "Shown"]


def test_the_setting_drafts_shows_drafts_marked_and_hidden_from_search_engines(made):
    made.write(HIDDEN)
    made.settings(drafts=True)
    assert titles(library(made).posts()) == ["Kept back", "Shown"]
    page = made.body("/posts/kept/")
    assert '<meta name="robots" content="noindex">' in page
    assert '<span class="draft">Draft</span>' in page
    assert "/posts/kept/" not in made.body("/sitemap.xml")


def test_a_draft_page_is_not_shown_either(made):
    made.write({"pages/plan.md": text("Plan", "draft: true"), "pages/about.md": text("About")})
    assert titles(library(made).pages()) == ["About"]
    assert made.body("/plan/", 404)


def test_held_keeps_the_clock_still(made):
    made.write(HIDDEN)
    asked = of(made.app()).library
    with asked.held() as moment:
        made.now += timedelta(days=1)
        assert asked.now() == moment
        assert titles(asked.posts()) == ["Shown"]
    assert titles(asked.posts()) == ["Later", "Shown"]


# Tags


def test_a_tag_has_the_spelling_that_most_use(made):
    spellings = ["Web Design", "web design", "web design", "WEB-DESIGN", "web-design"]
    made.write({f"posts/{n}.md": text(f"P{n}", f"tags: [{tag}]") for n, tag in enumerate(spellings)})
    (tag,) = library(made).tags()
    assert (tag.slug, tag.name, tag.count, tag.path) == ("web-design", "web design", 5, "/tags/web-design/")


def test_of_equally_common_spellings_the_choice_is_always_the_same(made):
    for names in (["go", "Go"], ["Go", "go"]):
        made.write({f"posts/{n}.md": text(f"P{n}", f"tags: [{tag}]") for n, tag in enumerate(names)})
        assert [tag.name for tag in library(made).tags()] == ["Go"]


def test_one_post_counts_once_however_often_it_spells_a_tag(made):
    made.write({"posts/a.md": text("A", "tags: [Web, web, WEB]")})
    (tag,) = library(made).tags()
    assert tag.count == 1
    assert titles(library(made).tagged("web")) == ["A"]


def test_different_tags_stay_apart(made):
    made.write({"posts/a.md": text("A", "tags: [C, 'C#', C++, .NET, größe]")})
    assert {tag.name: tag.path for tag in library(made).tags()} == {
        "C": "/tags/c/",
        "C#": "/tags/c-sharp/",
        "C++": "/tags/c++/",
        ".NET": "/tags/net/",
        "größe": "/tags/größe/",
    }


def test_tags_without_a_letter_stay_apart(made):
    made.write({"posts/a.md": text("A", "tags: ['🎉']"), "posts/b.md": text("B", "tags: ['☂']")})
    assert len(library(made).tags()) == 2


def test_tags_come_by_name_whatever_their_case(made):
    made.write({"posts/a.md": text("A", "tags: [zebra, Yak, ant]")})
    assert [tag.name for tag in library(made).tags()] == ["ant", "Yak", "zebra"]


def test_tagged_comes_newest_first_with_a_limit(four):
    assert titles(library(four).tagged("season")) == ["Winter", "Summer", "Spring"]
    assert titles(library(four).tagged("season", 2)) == ["Winter", "Summer"]
    assert library(four).tagged("unheard-of") == []


# Menus


def test_a_menu_is_in_order_of_weight_then_name_and_what_has_none_comes_last(made):
    made.write(
        {
            "pages/a.md": text("Zero", "menu: main"),
            "pages/b.md": text("Heavy", "menu: {main: {weight: 20}}"),
            "pages/c.md": text("Light", "menu: {main: {weight: -1, params: {color: teal}}}"),
            "pages/d.md": text("Footer", "menu: footer"),
            "pages/e.md": text("Alpha", "menu: [main, footer]"),
            "pyproject.toml": '[tool.blog]\nmenu = [{ name = "Code", url = "https://code.example/", weight = 10 }]\n',
        }
    )
    asked = library(made)
    assert [(entry.name, entry.url) for entry in asked.menu("main")] == [
        ("Light", "/c/"),
        ("Code", "https://code.example/"),
        ("Heavy", "/b/"),
        ("Alpha", "/e/"),
        ("Zero", "/a/"),
    ]
    assert [entry.name for entry in asked.menu("footer")] == ["Alpha", "Footer"]
    assert asked.menu("main")[0].color == "teal"
    assert asked.menu("none") == []


# Addresses


def test_find_tells_what_an_address_holds(made):
    made.write(
        {
            "posts/a/index.md": text("A", "aliases: [/old, /older.html]"),
            "posts/a/cat.png": b"png",
            "pages/about.md": "# About\n",
        }
    )
    asked = library(made)
    found = {
        url: asked.find(url)
        for url in "/posts/a/ /about/ /posts/a/cat.png /old /old/ /older.html /about /nothing/ / /posts/a".split()
    }
    assert {url: address and address.kind for url, address in found.items()} == {
        "/posts/a/": "post",
        "/about/": "page",
        "/posts/a/cat.png": "asset",
        "/old": "alias",
        "/old/": "alias",
        "/older.html": "alias",
        "/about": "slash",
        "/nothing/": None,
        "/": None,
        "/posts/a": "slash",
    }
    assert found["/posts/a/"].summary.title == "A"
    assert found["/old"].target == "/posts/a/"
    assert found["/about"].target == "/about/"
    assert made.root / found["/posts/a/cat.png"].target == made.root / "posts/a/cat.png"


def test_of_two_files_with_one_address_the_first_by_path_has_it_and_the_other_is_reported(made):
    files = {"posts/a.md": text("A", "slug: same"), "posts/b.md": text("B", "slug: same")}
    for order in (files, dict(reversed(files.items()))):
        for name, content in order.items():
            (made.root / name).unlink(missing_ok=True)
            made.write({name: content})
        asked = library(made)
        assert titles(asked.posts()) == ["A"]
        (problem,) = asked.problems()
        assert (problem.path, problem.fatal) == ("posts/b.md", True)
        assert "/posts/same/" in problem.message
        assert "posts/a.md" in problem.message


def test_the_loser_takes_an_address_when_its_winner_goes(made):
    made.write({"posts/a.md": text("A", "slug: same"), "posts/b.md": text("B", "slug: same")})
    asked = of(made.app()).library
    (made.root / "posts/a.md").unlink()
    asked.refresh()
    assert titles(asked.posts()) == ["B"]
    assert asked.problems() == []


def test_a_published_file_wins_over_a_draft(made):
    made.write({"posts/a.md": text("A", "slug: same", "draft: true"), "posts/b.md": text("B", "slug: same")})
    assert titles(library(made).posts()) == ["B"]


def test_a_post_to_come_does_not_take_the_address_of_a_published_one(made):
    made.write({"posts/a.md": text("A", "slug: same", "date: 2030-01-01"), "posts/b.md": text("B", "slug: same")})
    assert titles(library(made).posts()) == ["B"]
    assert "B" in made.body("/posts/same/")


def test_a_post_and_a_page_never_share_an_address(made):
    made.write({"pages/about.md": "# The page\n", "posts/x.md": text("The post", "url: /about/")})
    asked = library(made)
    assert asked.find("/about/").summary.title == "The page"
    assert [problem.path for problem in asked.problems()] == ["posts/x.md"]
    assert asked.posts() == []


def test_an_alias_that_another_page_holds_is_reported_and_changes_nothing(made):
    made.write({"pages/about.md": "# About\n", "posts/x.md": text("X", "aliases: [/about/, /fine/]")})
    asked = library(made)
    assert asked.find("/about/").summary.title == "About"
    assert asked.alias_urls() == ["/fine/"]
    (problem,) = asked.problems()
    assert (problem.path, problem.fatal) == ("posts/x.md", False)
    assert "/about" in problem.message
    assert "pages/about.md" in problem.message


def test_an_alias_of_two_files_leads_to_the_first_and_is_reported(made):
    made.write({"posts/a.md": text("A", "aliases: [/old/]"), "posts/b.md": text("B", "aliases: [/old]")})
    asked = library(made)
    assert asked.find("/old/").target == "/posts/a/"
    (problem,) = asked.problems()
    assert problem.path == "posts/b.md"
    assert "posts/a.md" in problem.message


def test_an_alias_with_no_two_forms_of_itself(made):
    made.write({"posts/a.md": text("A", "aliases: [/old, /old/, 'https://example.org/old/', /posts/a/]")})
    asked = library(made)
    assert asked.alias_urls() == ["/old/"]
    assert asked.problems() == []


def test_an_alias_that_the_engine_answers_itself_is_reported(made):
    """It could never lead anywhere: the engine's own page stands there."""
    made.write({"posts/a.md": text("A", "aliases: [/archive/]")})
    assert "posts/a.md:3: the alias /archive/ belongs to the engine's page there" in made.run("check").output


def test_two_addresses_that_can_not_both_be_files_do_not_stop_a_freeze(made):
    made.write(
        {
            "pages/a.md": text("A", "url: /guide.html"),
            "pages/b.md": text("B", "url: /guide.html/more/"),
            "pages/c.md": text("C"),
        }
    )
    result = made.run("freeze")
    assert result.exit_code == 0, result.output
    assert {"guide.html", "c/index.html"} <= made.tree().keys()
    checked = made.run("check")
    assert checked.exit_code == 1
    assert "/guide.html/more/" in checked.output


# Assets


def test_assets_of_a_bundle_lie_beside_its_page_wherever_that_is(made):
    made.write(
        {
            "posts/trip/index.md": text("Trip", "url: /2020/the-trip/"),
            "posts/trip/map.png": b"map",
            "posts/trip/more/deep.pdf": b"deep",
            "posts/loose.svg": b"<svg/>",
            "pages/about/index.md": "# About\n",
            "pages/about/me.jpg": b"me",
            "pages/humans.txt": b"we",
        }
    )
    assert library(made).asset_urls() == [
        "/2020/the-trip/map.png",
        "/2020/the-trip/more/deep.pdf",
        "/about/me.jpg",
        "/humans.txt",
        "/posts/loose.svg",
    ]


def test_of_two_assets_with_one_address_the_other_is_reported(made):
    made.write({"posts/cat.png": b"first", "pages/posts/cat.png": b"second"})
    asked = library(made)
    assert asked.asset_urls() == ["/posts/cat.png"]
    assert len(asked.problems()) == 1


@pytest.mark.parametrize("name", ["bell\a.png", "back\\slash.png"])
def test_an_asset_whose_name_can_not_be_an_address_is_reported(made, name):
    made.write({f"posts/{name}": b"png", "posts/fine.png": b"png"})
    asked = library(made)
    assert asked.asset_urls() == ["/posts/fine.png"]
    (problem,) = asked.problems()
    assert (problem.path, problem.fatal) == (f"posts/{name}", True)


def test_hidden_files_and_backups_are_no_assets(made):
    names = ".secret .git/config x.md~ #x.md# .x.md.swp .DS_Store sub/.htpasswd".split()
    made.write({f"posts/{name}": "secret" for name in names})
    made.write({"pages/.well-known/security.txt": "Contact: mailto:me@example.org\n"})
    asked = library(made)
    assert asked.asset_urls() == ["/.well-known/security.txt"]
    assert asked.files() == []


# Links between files


LINKED = {
    "posts/a.md": text(
        "A",
        "date: 2020-01-01",
        body="[one](b.md) [two](./deep/c.md#part) [three](../pages/about.md?x=1) ![cat](deep/cat.png) [gone](gone.md)"
        " [mail](mailto:x@example.org) [here](#here) [far](https://example.org/b.md) [rooted](/b.md)",
    ),
    "posts/b.md": text("B", "slug: bee", "date: 2020-01-02"),
    "posts/deep/c.md": text("C", "date: 2020-01-03"),
    "posts/deep/cat.png": b"png",
    "pages/about.md": '# About\n\n<a href="../posts/b.md">B</a>\n',
}


def hrefs(html: str) -> list[str]:
    from lxml import html as parser

    return [link for _, attribute, link, _ in parser.fragment_fromstring(html, "div").iterlinks() if attribute]


def test_relative_links_to_files_lead_to_their_addresses(made):
    made.write(LINKED)
    asked = library(made)
    assert hrefs(asked.text("posts/a.md")) == [
        "/posts/bee/",
        "/posts/c/#part",
        "/about/?x=1",
        "/posts/deep/cat.png",
        "gone.md",
        "mailto:x@example.org",
        "#here",
        "https://example.org/b.md",
        "/posts/bee/",
    ]
    assert hrefs(asked.text("pages/about.md")) == ["/posts/bee/"]


def test_a_link_follows_a_file_whose_address_changes(made):
    made.write(LINKED)
    asked = of(made.app()).library

    def first_link():
        return hrefs(asked.text("posts/a.md"))[0]

    assert first_link() == "/posts/bee/"
    made.write({"posts/b.md": text("B", "slug: wasp", "date: 2020-01-02")})
    asked.refresh()
    assert first_link() == "/posts/wasp/"
    (made.root / "posts/b.md").unlink()
    asked.refresh()
    assert first_link() == "b.md"


def test_a_link_to_what_is_not_shown_stays_as_written_until_it_is(made):
    made.write(LINKED | {"posts/b.md": text("B", "slug: bee", "date: 2026-11-21")})
    asked = of(made.app()).library
    assert hrefs(asked.text("posts/a.md"))[0] == "b.md"
    made.now += timedelta(days=1)
    assert hrefs(asked.text("posts/a.md"))[0] == "/posts/bee/"


def test_a_link_does_not_lead_into_the_bundle_of_a_draft(made):
    made.write(
        {
            "posts/a.md": text("A", body="![cat](kept/cat.png)"),
            "posts/kept/index.md": text("Kept", "draft: true"),
            "posts/kept/cat.png": b"png",
        }
    )
    asked = library(made)
    assert hrefs(asked.text("posts/a.md")) == ["kept/cat.png"]


def test_a_link_may_be_escaped_or_hold_spaces(made):
    made.write(
        {
            "posts/a.md": text("A", "date: 2020-01-01", body="[x](two%20words.md) ![y](<my cat.png>) [z](größe.md)"),
            "posts/two words.md": text("Two", "date: 2020-01-02"),
            "posts/größe.md": text("Size", "date: 2020-01-03"),
            "posts/my cat.png": b"png",
        }
    )
    asked = library(made)
    assert hrefs(asked.text("posts/a.md")) == ["/posts/two-words/", "/posts/my%20cat.png", "/posts/gr%C3%B6%C3%9Fe/"]


def test_relative_links_in_an_excerpt_work_from_any_page(made):
    made.write({"posts/a/index.md": text("A", body="![cat](cat.png) and [more](elsewhere/)"), "posts/a/cat.png": b""})
    asked = library(made)
    assert hrefs(asked.excerpt("posts/a/index.md").html) == ["/posts/a/cat.png", "/posts/a/elsewhere/"]


def test_a_fragment_in_an_excerpt_leads_to_the_post(made):
    made.write({"posts/a.md": text("A", body="[below](#tables) [asked](?q=1)\n\n## Tables\n")})
    made.settings(url="https://example.org/blog/")
    asked = library(made)
    assert hrefs(asked.text("posts/a.md"))[0] == "#tables"
    assert hrefs(asked.excerpt("posts/a.md").html) == ["/blog/posts/a/#tables", "/blog/posts/a/?q=1"]


def test_a_drawing_in_an_excerpt_takes_its_parts_from_itself(made):
    drawing = 'One <svg><g id="x"></g><use href="#x"/></svg>'
    made.write({"posts/a.md": text("A", body=drawing)})
    assert library(made).excerpt("posts/a.md").html.strip() == f"<p>{drawing}</p>"


@pytest.mark.parametrize(("body", "page", "excerpt"), [("# B\n\n## C", "23", "34"), ("## B\n\n###### C", "26", "36")])
def test_headings_of_an_excerpt_stand_below_the_title_in_a_list(made, body, page, excerpt):
    made.write({"posts/a.md": f"---\ntitle: A\n---\n\nOne.\n\n{body}\n\n<!--more-->\n\nTwo.\n"})
    asked = library(made)
    levels = [re.findall("<h([1-6])", html) for html in (asked.text("posts/a.md"), asked.excerpt("posts/a.md").html)]
    assert levels == [list(page), list(excerpt)]


# Texts


def test_a_changed_body_is_rendered_anew_and_its_summary_stays_the_same(made):
    made.write({"posts/a.md": text("A", "date: 2020-01-01", body="Before.")})
    asked = of(made.app()).library
    (first,) = asked.posts()
    assert asked.text(first.path) == "<p>Before.</p>\n"
    made.write({"posts/a.md": text("A", "date: 2020-01-01", body="After it all.")})
    asked.refresh()
    (second,) = asked.posts()
    assert asked.text(second.path) == "<p>After it all.</p>\n"
    assert first == second


def test_a_document_is_all_that_a_file_says(made):
    made.write({"posts/a.md": text("A", "mood: calm", "layout: wide", "tags: [x, y]", body="Text.")})
    asked = library(made)
    document = asked.document("posts/a.md")
    assert (document.title, document.body.strip(), document.meta, document.layout, document.tags) == (
        "A",
        "Text.",
        {"mood": "calm"},
        "wide",
        ("x", "y"),
    )
    with pytest.raises(LookupError):
        asked.document("posts/none.md")


# Files and problems


def test_files_lists_each_text_file_with_what_became_of_it(made):
    made.write(HIDDEN | {"posts/bad.md": "---\ntitle: [\n---\n", "pages/whole.html": "<!doctype html><title>x</title>"})
    assert [(path, document and document.title, shown) for path, document, shown in library(made).files()] == [
        ("posts/bad.md", None, False),
        ("posts/kept/index.md", "Kept back", False),
        ("posts/later/index.md", "Later", False),
        ("posts/shown.md", "Shown", True),
    ]


def test_problems_come_by_path_and_line_each_with_its_place(made):
    made.write(
        {
            "posts/z.md": "---\ntitle: Z\ndate: someday\nlastmod: never\n---\n\nText.\n",
            "posts/a.md": "---\ntitle: A\ntags: [\n---\n\nText.\n",
            "posts/m.md": b"# Caf\xe9\n\nText.\n",
        }
    )
    found = [(problem.path, problem.line, problem.fatal) for problem in library(made).problems()]
    assert found == [
        ("posts/a.md", 4, False),
        ("posts/m.md", 1, False),
        ("posts/z.md", 3, False),
        ("posts/z.md", 4, False),
    ]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that no one can read, root neither")
def test_a_file_that_can_not_be_read_is_reported_and_costs_only_itself(made):
    made.write({"posts/good.md": text("Good")})
    made.settings(follow=["/proc"])
    (made.root / "posts/locked.md").symlink_to("/proc/self/mem")
    asked = library(made)
    assert titles(asked.posts()) == ["Good"]
    (problem,) = asked.problems()
    assert (problem.path, problem.fatal) == ("posts/locked.md", True)


def test_a_link_that_leads_nowhere_is_reported(made):
    made.write({"posts/good.md": text("Good")})
    (made.root / "posts/lost.md").symlink_to("no-such-file.md")
    asked = library(made)
    assert titles(asked.posts()) == ["Good"]
    assert [problem.path for problem in asked.problems()] == ["posts/lost.md"]


def test_a_file_name_that_is_not_utf8_costs_only_itself(made):
    made.write({"posts/good.md": text("Good")})
    name = os.fsencode(made.root / "posts") + b"/caf\xe9"
    try:
        with open(name + b".md", "wb") as file:
            file.write(b"# Coffee\n\nText.\n")
        with open(name + b".png", "wb") as file:
            file.write(b"png")
    except OSError:
        pytest.skip("this file system takes no such names")
    assert "Good" in titles(library(made).posts())
    assert made.body("/posts/good/")
    assert made.run("check").exit_code == 1
    made.freeze()


def test_a_loop_of_links_ends(made):
    made.write({"posts/a.md": text("A")})
    (made.root / "posts/loop").symlink_to(made.root / "posts", target_is_directory=True)
    assert titles(library(made).posts()) == ["A"]


# Saving


def test_save_writes_a_file_that_is_there_at_once(made):
    asked = library(made)
    target = asked.save("posts/new/today.md", text("Today", body="Größe."))
    assert target == made.root / "posts/new/today.md"
    assert target.read_bytes() == text("Today", body="Größe.").encode()
    assert titles(asked.posts()) == ["Today"]
    assert [path.name for path in target.parent.iterdir()] == ["today.md"]


def test_save_never_replaces_a_file(made):
    made.write({"posts/a.md": text("Mine")})
    asked = library(made)
    with pytest.raises(BlogError, match=r"posts/a\.md: this file exists already"):
        asked.save("posts/a.md", text("Other"))
    assert titles(asked.posts()) == ["Mine"]


def test_save_stays_in_the_site(made):
    (made.root / "site").mkdir()
    made.root = made.root / "site"
    with pytest.raises(BlogError):
        library(made).save("../outside.md", text("Outside"))
    assert not (made.root.parent / "outside.md").exists()


def test_save_says_in_one_line_that_a_folder_can_not_be_written(made):
    made.write({"posts": "a file where the folder should be"})
    with pytest.raises(BlogError):
        library(made).save("posts/a.md", text("A"))


EXPIRING = "---\ntitle: {}\ndate: 2026-01-01\nexpirydate: {}\n---\nWords.\n"


def test_what_has_expired_is_nowhere_from_that_second_on(made):
    made.write(
        {
            "posts/a.md": EXPIRING.format("A", "2026-11-20T12:30:00Z"),
            "posts/b.md": EXPIRING.format("B", "2026-11-20T11:59:59Z"),
            "posts/c/index.md": EXPIRING.format("C", "2026-11-20T12:30:00Z"),
            "posts/c/map.png": b"png",
        }
    )
    app = made.app()
    library, client = of(app).library, app.test_client()
    assert sorted(post.title for post in library.posts()) == ["A", "C"]
    assert client.get("/posts/b/").status_code == 404
    made.now += timedelta(minutes=29, seconds=59)
    for url in ("/posts/a/", "/posts/c/map.png"):
        assert client.get(url).status_code == 200
    assert "A" in client.get("/feed.xml").text
    made.now += timedelta(seconds=1)
    for url in ("/posts/a/", "/posts/a", "/posts/c/", "/posts/c/map.png"):
        assert client.get(url).status_code == 404, url
    for url in ("/feed.xml", "/sitemap.xml", "/", "/archive/"):
        assert "/posts/a/" not in client.get(url).text, url


def test_a_freeze_removes_what_has_expired_since(made):
    made.write({"posts/a.md": EXPIRING.format("A", "2026-11-21"), "posts/b.md": EXPIRING.format("B", "2999-01-01")})
    assert "posts/a/index.html" in made.freeze()
    made.now += timedelta(hours=12)
    assert "posts/a/index.html" not in made.freeze()
    assert "posts/b/index.html" in made.freeze()


def test_an_expiry_that_cannot_be_read_is_reported_and_hides_nothing(made):
    made.write({"posts/a.md": EXPIRING.format("A", "whenever")})
    library = of(made.app()).library
    assert [post.title for post in library.posts()] == ["A"]
    assert [problem.line_of_text() for problem in library.problems()] == ["posts/a.md:4: this is not a date: whenever"]


# What lies below a text, and what a text may loop over


def test_what_lies_below_a_text_is_its_posts_newest_first(four):
    four.write(
        {"posts/_index.md": "# All\n", "pages/a/_index.md": "# A\n", "pages/a/b.md": "# B\n", "pages/c.md": "# C\n"}
    )
    found = library(four)
    assert titles(found.below("posts/_index.md", 2)) == ["Winter", "Autumn"]
    assert titles(found.below("pages/a/_index.md", 2)) == ["B"]


def test_what_lies_below_has_another_digest_only_when_that_has_changed(four):
    four.write({"posts/_index.md": "# All\n", "pages/a/_index.md": "# A\n"})
    found = library(four)
    asked = [("below", path, 2) for path in ("posts/_index.md", "pages/a/_index.md")]
    first = [found.digests().of(*one) for one in asked]
    four.write({"pages/a/b.md": "# B\n", "posts/spring.md": text("Another spring", "date: 2020-03-20")})
    found.refresh()
    second = [found.digests().of(*one) for one in asked]
    assert (first[0] == second[0], first[1] == second[1]) == (True, False)
    four.write({"posts/winter.md": text("Another winter", "date: 2021-12-21")})
    found.refresh()
    assert found.digests().of(*asked[0]) != first[0]


def test_a_text_s_list_of_posts_is_bounded_and_says_how_many_there_are(four, monkeypatch):
    monkeypatch.setattr("blog.library.loops.MOST_LISTED", 2)
    said = json.loads(library(four).site_posts("pages/a.md", ""))
    assert [post["title"] for post in said["posts"]] == ["Winter", "Autumn"]
    assert (said["count"], said["posts"][0]["url"], said["posts"][0]["tags"]) == (
        5,
        "/posts/winter/",
        ["season", "snow"],
    )
