"""``check feeds``: what is wrong with feeds is named with its place, and nobody is bothered without being told."""

from __future__ import annotations

import json
import re

import pytest
from flask import Response

from blog.feeds.readers import READERS

POST = "---\ntitle: {title}\ndate: 2026-01-{day:02}\ntags: [go]\n---\n{text}\n"
URL = "https://a.example/"


def post(number: int, title: str = "", text: str = "") -> str:
    return POST.format(title=title or f"Post {number}", day=number, text=text or f"Text of post {number}.")


@pytest.fixture
def site(made):
    """Return a site of twelve posts, frozen."""
    made.write({f"posts/p{number}.md": post(number) for number in range(1, 13)})
    made.settings(url=URL, feed_size=10)
    made.freeze()
    return made


def check(made, *arguments: str, app=None) -> tuple[int, list[str]]:
    result = made.run("check", "feeds", *arguments, app=app)
    assert not result.exception or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output.splitlines()


def counts(lines: list[str]) -> str:
    """Return what every reader makes of it."""
    found = {re.sub(r"^[^:]+: ", "", line) for line in lines[: len(READERS)]}
    assert len(found) == 1, lines
    return found.pop()


NOTHING = "0 new, 0 updated, 0 re-sent, 0 lost, 0 gone"


def test_a_site_as_it_was_released_bothers_nobody(site):
    code, lines = check(site)
    assert [line.split(":")[0] for line in lines[:5]] == ["Miniflux", "FreshRSS", "newsboat", "NetNewsWire", "Feedly"]
    assert counts(lines) == NOTHING
    assert (code, lines[5:-1]) == (0, [])
    assert re.fullmatch(r"\d+ feeds with 12 entries, \d+ compared, no problem", lines[-1])


def test_check_alone_is_what_it_was(site):
    result = site.run("check")
    assert (result.exit_code, result.output) == (0, "12 files, no problem\n")


def test_without_an_earlier_release_the_rest_is_checked(site):
    site.settings(url=URL, build="elsewhere")
    code, lines = check(site)
    assert code == 0
    assert lines[0] == "there is no earlier release to compare with: --against names one"


def test_a_new_and_an_edited_post_are_told_and_fine(site):
    site.write({"posts/p13.md": post(13), "posts/p9.md": post(9, title="Another", text="Other text.")})
    code, lines = check(site)
    assert (code, counts(lines)) == (0, "1 new, 1 updated, 0 re-sent, 0 lost, 0 gone")


def test_a_deleted_post_is_gone_and_nothing_is_sent_again(site):
    (site.root / "posts/p9.md").unlink()
    code, lines = check(site)
    assert code == 0, lines
    assert "0 re-sent, 0 lost, 1 gone" in counts(lines)


def renamed(made) -> None:
    (made.root / "published.tsv").unlink(missing_ok=True)  # nobody has kept who is who
    (made.root / "posts/p9.md").rename(made.root / "posts/other.md")


def test_a_post_that_lost_its_identity_is_sent_again_and_named_once(site):
    renamed(site)
    code, lines = check(site)
    assert (code, counts(lines)) == (1, "0 new, 0 updated, 1 re-sent, 0 lost, 0 gone")
    (problem,) = [line for line in lines if "re-sent to" in line]
    assert re.fullmatch(
        r"/\S+: re-sent to every reader: https://a.example/posts/other/, its id was https://a.example/posts/p9/"
        r" \(and \d+ more feeds\)",
        problem,
    )


@pytest.mark.parametrize("name", [f"{URL}posts/p9/", f"{URL}posts/other/", "/posts/other/"])
def test_what_is_allowed_by_name_is_no_problem(site, name):
    renamed(site)
    code, lines = check(site, "--allow", name)
    assert (code, counts(lines)) == (0, "0 new, 0 updated, 1 re-sent, 0 lost, 0 gone")


def test_another_domain_sends_everything_again_unless_ids_stay(site):
    (site.root / "published.tsv").unlink(missing_ok=True)
    site.settings(url="https://b.example/", feed_size=10)
    code, lines = check(site)
    assert (code, counts(lines)) == (1, "0 new, 0 updated, 12 re-sent, 0 lost, 0 gone")


def test_ids_of_ones_own_stay_whatever_changes(made):
    def text(number: int, **changes: str) -> str:
        return post(number, **changes).replace("tags:", f"guid: tag:a.example,2026:{number}\ntags:")

    made.write({f"posts/p{number}.md": text(number) for number in range(1, 13)})
    made.settings(url=URL)
    made.freeze()
    for number in range(1, 13):
        (made.root / f"posts/p{number}.md").unlink()
    made.write({f"posts/q{number}.md": text(number, title="New title") for number in range(1, 13)})
    made.settings(url="https://b.example/blog/", permalink="/:year/:slug/")
    code, lines = check(made)
    assert (code, counts(lines)) == (0, "0 new, 12 updated, 0 re-sent, 0 lost, 0 gone"), lines


def test_a_feed_that_went_away_is_lost_unless_that_is_allowed(site):
    for number in range(1, 13):
        site.write({f"posts/p{number}.md": post(number).replace("[go]", "[py]")})
    code, lines = check(site)
    assert code == 1
    lost = [line.split(": lost: ")[0] for line in lines if ": lost: this feed" in line]
    assert "/tags/go/feed.xml" in lost
    assert check(site, *(f"--allow={path}" for path in lost))[0] == 0


def test_an_old_post_may_get_a_tag(site):
    site.write({"posts/p8.md": post(8).replace("[go]", "[py]")})
    site.freeze()
    site.write({"posts/p1.md": post(1).replace("[go]", "[go, py]")})
    code, lines = check(site)
    assert (code, counts(lines)) == (0, "1 new, 0 updated, 0 re-sent, 0 lost, 0 gone")


def test_a_longer_feed_sends_old_posts_as_if_they_were_new(made):
    made.write({f"posts/p{number}.md": post(number) for number in range(1, 9)})
    made.settings(url=URL, feed_size=3)
    made.freeze()
    for file in (made.root / "build/feed/archive").iterdir():
        file.unlink()  # as if there had never been archives
    made.settings(url=URL, feed_size=8)
    code, lines = check(made)
    assert code == 1
    assert "5 re-sent, 0 lost, 0 gone" in counts(lines)


def test_a_feed_of_another_engine_is_compared_with_the_sites_own(site, tmp_path):
    old = tmp_path / "old.xml"
    items = "".join(
        f"<item><title>Post {n}</title><link>http://old.example/{n}.html</link><guid>http://old.example/{n}.html</guid>"
        f"<pubDate>2026-01-{n:02}T00:00:00Z</pubDate><description>x</description></item>"
        for n in range(12, 2, -1)
    )
    old.write_text(f"<rss version='2.0'><channel><title>Old</title>{items}</channel></rss>")
    code, lines = check(site, "--against", str(old))
    assert (code, counts(lines)) == (1, "0 new, 0 updated, 10 re-sent, 0 lost, 0 gone")
    assert any(
        line == "old.xml: re-sent to every reader: https://a.example/posts/p12/, its id was http://old.example/12.html"
        for line in lines
    )


def test_what_is_no_feed_cant_be_compared_with(site):
    assert check(site, "--against", str(site.root / "posts/p1.md")) == (
        1,
        [f"Error: {site.root}/posts/p1.md: this is no feed"],
    )


def test_all_is_told_as_json_too(site):
    renamed(site)
    code, lines = check(site, "--json")
    found = json.loads("\n".join(lines))
    assert code == 1
    assert (found["entries"], found["notes"]) == (12, [])
    assert found["readers"]["newsboat"]["re-sent"] == ["https://a.example/posts/other/"]
    assert len(found["problems"]) == 1


def test_an_address_at_which_there_is_nothing_is_told_with_its_file(made):
    text = (
        "[a](/nowhere/) [b](#none) [c](/posts/p2/) [d](/archive/) [e](https://b.example/x/) [f](/old/) [g](/tags/go/)"
    )
    made.write({"posts/p1.md": post(1, text=text), "posts/p2.md": post(2).replace("tags", "aliases: [/old/]\ntags")})
    made.settings(url=URL)
    code, lines = check(made)
    assert code == 1
    assert lines[1:-1] == [
        "posts/p1.md: there is nothing at https://a.example/nowhere/",
        "posts/p1.md: there is nothing at https://a.example/posts/p1/#none",
    ]


def test_a_heading_and_a_footnote_are_there(made):
    text = "[a](#a-heading) [b](/posts/p2/#a-heading) [c](/archive/#y2026) Note[^1].\n\n## A heading\n\n[^1]: Text."
    made.write({f"posts/p{number}.md": post(number, text=text) for number in (1, 2)})
    made.settings(url=URL)
    assert check(made)[0] == 0


def spoilt(made, change):
    """Return an app whose answers for feeds are changed."""
    app = made.app()

    def spoil(response: Response) -> Response:
        from flask import request

        change(request.path, response)
        return response

    app.after_request_funcs[None].insert(0, spoil)  # the last to be called
    return app


def replaced(path: str, old: bytes, new: bytes):
    def change(asked: str, response: Response) -> None:
        if asked == path:
            body = response.get_data()
            assert old in body, body
            response.set_data(body.replace(old, new))

    return change


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("/feed.xml", b"Post 12", b"Post twelve", "its title is another one than in /feed.xml"),
        ("/atom.xml", b"Text of post 12.", b"Other.", "/atom.xml"),
        ("/feed.json", b"Text of post 12.", b"Other.", "its text is another one than in /feed.xml"),
        ("/feed.xml", b"</channel>", b"</chan>", "/feed.xml:"),
        ("/feed.xml", b"Text of post 12.", b"&lt;form&gt;", "posts/p12.md: there is <form>"),
        ("/feed.xml", b"Text of post 12.", b'&lt;a href="x"&gt;', "posts/p12.md: an address isn't absolute: x"),
        ("/", b"https://a.example/atom.xml", b"https://a.example/a.xml", "/: this page names https://a.example/a.xml"),
    ],
)
def test_what_breaks_a_rule_is_told(site, path, old, new, said):
    code, lines = check(site, app=spoilt(site, replaced(path, old, new)))
    assert code == 1
    assert any(said in line for line in lines), lines


def test_other_bytes_in_another_process_are_told(site):
    def change(asked: str, response: Response) -> None:
        if asked == "/feed.xml":
            response.set_data(response.get_data() + b"\n<!-- here -->")

    code, lines = check(site, app=spoilt(site, change))
    assert code == 1
    assert "/feed.xml: another process makes other bytes" in lines


def test_a_tags_page_names_the_tags_feeds(site):
    change = replaced("/tags/go/", b"https://a.example/tags/go/atom.xml", b"https://a.example/atom.xml")
    code, lines = check(site, app=spoilt(site, change))
    assert code == 1
    assert "/tags/go/: this page doesn't name its feed https://a.example/tags/go/atom.xml" in lines


def test_a_page_of_ones_own_need_not_name_them(site):
    site.write({"pages/tags/go.html": "<!doctype html>\n<title>Go</title>\n<p>By hand.\n"})
    assert "By hand." in site.body("/tags/go/") or "By hand." in site.body("/tags/go.html")
    code, lines = check(site)
    assert code == 0, lines


def test_a_site_without_feeds_has_none_to_check(made):
    made.write({"posts/p1.md": post(1)})
    code, lines = check(made, app=made.app(without={"feeds"}))
    assert (code, lines[-1]) == (0, "0 feeds with 0 entries, 0 compared, no problem")


def test_without_this_feature_the_command_has_no_subcommand(made):
    made.write({"posts/p1.md": post(1)})
    assert made.run("check", "feeds", app=made.app(without={"check_feeds"})).exit_code == 2
    assert made.run("check", "feeds", "--help", app=made.app()).exit_code == 0
    assert made.run("check", app=made.app(without={"check_feeds"})).exit_code == 0
