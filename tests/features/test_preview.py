"""A preview is seen by whoever has its link, by nobody else, and no longer than it says."""

from __future__ import annotations

import json
import re
import shutil
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as parser

from blog.features import preview
from blog.index.digests import digest_of_text

DRAFT = (
    "---\ntitle: Secret trip\ndate: 2026-02-02\ndraft: true\ntags: [sea]\naliases: [/older/]\nmenu: main\n---\n\n"
    "Secret words, ![map](map.png), [a](../a.md), [b](sub/b.pdf).\n\n" + "Many words. " * 200 + "\n\nThe last words.\n"
)
SITE: dict[str, str | bytes] = {
    "posts/a.md": "---\ntitle: A\ndate: 2026-01-01\ntags: [sea]\n---\n\nWords.\n",
    "posts/later.md": "---\ntitle: Secret plan\ndate: 2027-01-01\n---\n\nSecret words.\n",
    "posts/trip/index.md": DRAFT,
    "posts/trip/map.png": b"secret map",
    "posts/trip/sub/b.pdf": b"secret b",
    "posts/trip/.own.png": b"secret own",
    "pages/about.md": "# About\n",
    "pages/plan.md": "---\ntitle: Secret page\ndraft: true\n---\n\nSecret words.\n",
    "pages/notes.md": "---\ntitle: [\n---\n",
}
HOME = "http://127.0.0.1:8000"
SECRET = "a secret of many characters"


@pytest.fixture
def site(made):
    made.write(SITE)
    made.settings(secret=SECRET)
    return made


def link(made: Any, file: str = "posts/trip/index.md", *options: str) -> str:
    """Return the address of a preview within the site."""
    result = made.run("preview", file, *options)
    assert result.exit_code == 0, result.output
    (line,) = result.stdout.splitlines()
    assert line.startswith(HOME)
    return line.removeprefix(HOME)


def nothing(app: Flask) -> bytes:
    return app.test_client().get("/404.html").data


def lost(app: Flask, url: str) -> bool:
    """Tell whether an address finds what any address finds that holds nothing."""
    response = app.test_client().get(url, buffered=True)
    return response.status_code == 404 and response.data == nothing(app) and "no-store" not in response.headers


# The page


@pytest.mark.parametrize("without", [[], ["cache"]])
@pytest.mark.parametrize(
    ("file", "title"),
    [("posts/trip/index.md", "Secret trip"), ("pages/plan.md", "Secret page"), ("posts/later.md", "Secret plan")],
)
def test_a_link_shows_what_nobody_sees_yet_marked_as_a_draft_with_its_end(site, file, title, without):
    url = link(site, file)
    client = site.app(without=without).test_client()
    for _ in range(2):
        response = client.get(url)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Robots-Tag"] == "noindex"
        page = parser.document_fromstring(response.data)
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert page.xpath("//link[@rel='canonical'] | //meta[@property='og:url']") == []
        assert title in page.xpath("string(//h1)")
        assert "Secret words" in page.xpath("string(//main)")
        assert page.xpath("string(//*[@class='draft'])") == "Draft"
        assert page.xpath("string(//*[@class='preview'])").endswith("until 27 November 2026, 12:00 UTC.")


def test_the_end_is_told_in_the_time_zone_of_the_site(site):
    site.settings(secret=SECRET, timezone="Europe/Berlin")
    result = site.run("preview", "pages/plan.md", "--days", "1")
    assert "works until 21 November 2026, 13:00 CET" in result.stderr
    assert "21 November 2026, 13:00 CET" in site.body(result.stdout.strip().removeprefix(HOME))


def test_its_assets_work_there_and_nowhere_else(site):
    url = link(site)
    app = site.app()
    client = app.test_client()
    for name, body in (("map.png", b"secret map"), ("sub/b.pdf", b"secret b")):
        response = client.get(url + name, buffered=True)
        assert (response.status_code, response.data) == (200, body)
        assert (response.headers["Cache-Control"], response.headers["X-Robots-Tag"]) == ("no-store", "noindex")
        assert lost(app, f"/posts/trip/{name}")
    page = parser.document_fromstring(client.get(url).data)
    assert page.xpath("//main//img/@src") == ["map.png"]
    assert page.xpath("//main//div//a/@href") == ["/posts/a/", "sub/b.pdf"]


@pytest.mark.parametrize(
    "name",
    """index.md .own.png none.png ../a.md ..%2fa.md ../../pyproject.toml map.png/ sub/ sub /map.png MAP.png map.png%00
    later.md""".split(),
)
def test_nothing_else_is_sent_by_its_link(site, name):
    assert lost(site.app(), link(site) + name)


def test_another_preview_does_not_send_them(site):
    assert lost(site.app(), link(site, "pages/plan.md") + "map.png")


def test_nothing_public_knows_of_it(site):
    url = link(site)
    app = site.app()
    client = app.test_client()
    for public in "/ /posts/a/ /archive/ /tags/ /tags/sea/ /feed.xml /atom.xml /feed.json /sitemap.xml".split():
        body = client.get(public).text
        assert "ecret" not in body, public
        assert url not in body
    assert lost(app, "/posts/trip/")
    assert lost(app, "/older/")


@pytest.mark.parametrize("s_maxage", [0, 60])
def test_without_its_last_slash_it_leads_to_itself_and_nobody_keeps_that(site, s_maxage):
    site.settings(secret=SECRET, s_maxage=s_maxage)
    url = link(site)
    app = site.app()
    response = app.test_client().get(url[:-1])
    assert (response.status_code, response.headers["Location"]) == (301, url)
    assert (response.headers["Cache-Control"], response.headers["X-Robots-Tag"]) == ("no-store", "noindex")
    assert lost(app, "/-/preview/none")


def test_no_link_on_it_tells_another_site_or_a_log_where_it_was_clicked(site):
    url = link(site)
    client = site.app().test_client()
    for one in (url, url[:-1], f"{url}map.png"):
        assert client.get(one, buffered=True).headers.getlist("Referrer-Policy") == ["no-referrer"]


def test_head_says_the_same(site):
    url = link(site)
    client = site.app().test_client()
    head, get = client.head(url), client.get(url)
    assert (head.status_code, head.data) == (200, b"")
    assert [pair for pair in head.headers if pair[0] != "Date"] == [pair for pair in get.headers if pair[0] != "Date"]


def test_below_a_path_the_link_has_it(made):
    made.write(SITE)
    made.settings(url="https://example.org/blog/", secret=SECRET)
    result = made.run("preview", "posts/trip/index.md")
    assert result.stdout.startswith("https://example.org/blog/-/preview/")
    url = result.stdout.strip().removeprefix("https://example.org")
    assert "Secret words" in made.body(url)
    assert made.app().test_client().get(f"{url}map.png", buffered=True).data == b"secret map"


def test_an_edit_shows_at_once(site):
    url = link(site)
    app = site.app()
    assert "Secret words" in app.test_client().get(url).text
    site.write({"posts/trip/index.md": DRAFT.replace("Secret words", "Other words")})
    app = site.app()
    assert "Other words" in app.test_client().get(url).text


# Who sees it, and how long


def test_it_ends_at_its_second(site):
    url = link(site, "posts/trip/index.md", "--days", "2")
    app = site.app()
    site.now = datetime(2026, 11, 22, 11, 59, 59, tzinfo=UTC)
    assert app.test_client().get(url).status_code == 200
    site.now += timedelta(seconds=1)
    assert lost(app, url)
    assert lost(app, f"{url}map.png")


def test_a_published_one_leads_to_where_it_is(site):
    url = link(site)
    site.write({"posts/trip/index.md": DRAFT.replace("draft: true\n", "")})
    app = site.app()
    response = app.test_client().get(url)
    assert (response.status_code, response.headers["Location"]) == (301, "/posts/trip/")
    assert response.headers["Cache-Control"] == "no-store"
    assert lost(app, f"{url}map.png")


def test_a_moved_or_removed_file_is_lost(site):
    url = link(site)
    (site.root / "posts/trip").rename(site.root / "posts/tour")
    assert lost(site.app(), url)
    shutil.rmtree(site.root / "posts/tour")
    assert lost(site.app(), url)
    assert lost(site.app(), f"{url}map.png")


def test_another_secret_revokes_all(site):
    url = link(site)
    site.settings(secret=SECRET + "!")
    assert lost(site.app(), url)
    site.settings()
    assert lost(site.app(), url)
    own = link(site)
    assert site.app().test_client().get(own).status_code == 200
    (site.root / ".flatleaf/preview.secret").unlink()
    assert lost(site.app(), own)


def test_a_link_of_another_site_is_none_of_this_one(site):
    url = link(site)
    site.settings(secret=SECRET, url="https://other.example/")
    assert lost(site.app(), url)


def test_a_token_of_one_file_is_none_of_another(site):
    one, other = link(site).split("/")[-2], link(site, "pages/plan.md").split("/")[-2]
    mixed = other.partition(".")[0] + "." + one.partition(".")[2]
    assert lost(site.app(), f"/-/preview/{mixed}/")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_altered_token_is_lost(site, data):
    token = link(site).split("/")[-2]
    app = site.app()
    at = data.draw(st.integers(0, len(token)))
    cut = data.draw(st.integers(0, 3))
    put = data.draw(st.text(st.characters(exclude_characters="/?#%\\", exclude_categories=["Cs", "Cc"]), max_size=3))
    altered = token[:at] + put + token[at + cut :]
    assert altered == token or lost(app, f"/-/preview/{altered}/"), altered


@pytest.mark.parametrize("last", range(64))
def test_of_one_signature_only_one_spelling_holds(site, last):
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    token = link(site).split("/")[-2]
    other = token[:-1] + letters[last]
    assert other == token or lost(site.app(), f"/-/preview/{other}/")


@pytest.mark.parametrize("later", [1, 60, 10**6])
def test_a_later_end_needs_another_signature(site, later):
    token = link(site).split("/")[-2]
    key, until, signature = re.fullmatch(r"(\w+)-(\d+)\.(.+)", token).groups()  # type: ignore[union-attr]
    app = site.app()
    for end in (str(int(until) + later), f"0{until}", f"+{until}", f"{until} ", "٣" * 10, "-1", "", "9" * 400):
        assert lost(app, f"/-/preview/{key}-{end}.{signature}/")


def test_without_a_secret_no_token_holds(made):
    made.write(SITE)
    app = made.app()
    with app.test_request_context():
        token = preview.made("", digest_of_text("posts/trip/index.md"), 1800000000)
    assert lost(app, f"/-/preview/{token}/")
    assert not (made.root / ".flatleaf/preview.secret").exists(), "a request makes none"


# The secret


def test_where_none_is_set_one_is_made_once_for_its_owner_only(made):
    made.write(SITE)
    url = link(made)
    file = made.root / ".flatleaf/preview.secret"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    assert len(before) >= 40
    assert link(made) == url
    assert file.read_bytes() == before
    assert made.app().test_client().get(url).status_code == 200


MAKERS = """
import sys
from dataclasses import replace
from pathlib import Path
from blog.features.preview import make_secret
from blog.settings import load

settings = load(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
print([make_secret(replace(settings, cache=f"cache/{n}")) for n in range(200)])
"""


def test_processes_that_make_it_at_once_make_one(made):
    made.write(SITE)
    command = [sys.executable, "-c", MAKERS, str(made.root)]
    started = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    for process in started:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = {process.communicate(timeout=60)[0] for process in started}
    assert said == {f"{[(made.root / f'cache/{n}/preview.secret').read_text() for n in range(200)]}\n"}


def test_an_empty_file_of_one_that_was_killed_is_filled(made):
    made.write(SITE | {".flatleaf/preview.secret": ""})
    (made.root / ".flatleaf/preview.secret").chmod(0o644)
    assert made.app().test_client().get(link(made)).status_code == 200
    assert stat.S_IMODE((made.root / ".flatleaf/preview.secret").stat().st_mode) == 0o600


def test_the_secret_is_in_no_answer_no_build_and_no_record(site):
    link(site)
    site.settings(secret=SECRET, hosts=["netlify", "nginx"])
    files = site.freeze() | site.tree(".flatleaf")
    assert not [name for name, body in files.items() if SECRET.encode() in body]


@pytest.mark.parametrize("short", ["x", "fifteen letters"])
def test_a_secret_that_can_be_guessed_is_refused(made, short):
    made.write(SITE)
    made.settings(secret=short)
    with pytest.raises(Exception, match=r"pyproject\.toml:2: secret must have at least 16 characters") as error:
        made.app()
    assert short not in str(error.value)


# In a build


def frozen(tree: dict[str, bytes]) -> dict[str, bytes]:
    return {name: body for name, body in tree.items() if name.startswith("-")}


def test_a_freeze_makes_it_as_a_page_that_is_in_no_list(site):
    plain = site.freeze()
    url = link(site)
    tree = site.freeze()
    home = url.removeprefix("/")
    client = site.app().test_client()
    for name in ("index.html", "map.png", "sub/b.pdf"):
        live = client.get(f"/{home}{name}".removesuffix("index.html"), buffered=True).data
        assert tree[home + name] == live, name
    assert tree.keys() - plain.keys() == {f"{home}{name}" for name in ("index.html", "map.png", "sub/b.pdf")}
    assert {name: tree[name] for name in plain} == plain
    assert site.run("verify", "--all").exit_code == 0
    assert b"noindex" in tree[f"{home}index.html"]


def test_hosts_are_told_that_nobody_is_to_keep_or_list_it(site):
    url = link(site)
    site.settings(secret=SECRET, hosts=["netlify", "nginx"])
    said = site.freeze()["_headers"].decode()
    block = re.search(rf"^{re.escape(url)}\n((?:  .*\n)+)", said, re.MULTILINE)
    assert block
    assert {"  Cache-Control: no-store", "  X-Robots-Tag: noindex"} <= set(block[1].splitlines())
    assert said.count("X-Robots-Tag") == 3, "the page and its assets"


@pytest.mark.parametrize("between", ["nothing", "an edit of another post", "an edit of the draft", "a new process"])
def test_it_goes_with_the_first_freeze_after_its_end(site, between):
    plain = site.freeze()
    link(site)
    site.freeze()
    site.now += timedelta(days=6)
    if between == "an edit of another post":
        site.write({"pages/about.md": "# About\n\nMore.\n"})
        plain = plain | {"about/index.html": site.freeze()["about/index.html"]}
    elif between == "an edit of the draft":
        site.write({"posts/trip/index.md": DRAFT.replace("The last words", "Other words")})
        tree = site.freeze()
        assert [b"Other words" in body for name, body in frozen(tree).items() if name.endswith("index.html")] == [True]
    elif between == "a new process":
        shutil.rmtree(site.root / ".flatleaf/metrics", ignore_errors=True)
        site.freeze()
    assert len(frozen(site.freeze())) == 3
    assert site.run("verify").exit_code == 0
    site.now += timedelta(days=1)
    assert site.freeze() == plain
    assert site.run("verify").exit_code == 0


def test_a_freeze_with_nothing_to_do_does_nothing(site):
    link(site)
    site.freeze()
    assert ": 0 written" in site.run("freeze").stdout


@pytest.mark.parametrize(
    "change", ["removed", "published", "another secret", "a lost secret", "an asset", "no cache folder"]
)
def test_an_incremental_freeze_makes_what_a_clean_one_does_after_a_change(site, change):
    if change == "a lost secret":
        site.settings()
    url = link(site)
    assert len(frozen(site.freeze())) == 3
    if change == "removed":
        (site.root / "posts/trip/index.md").unlink()
    elif change == "published":
        site.write({"posts/trip/index.md": DRAFT.replace("draft: true\n", "")})
    elif change == "another secret":
        site.settings(secret=SECRET + "!")
    elif change == "a lost secret":
        (site.root / ".flatleaf/preview.secret").unlink()
    elif change == "an asset":
        site.write({"posts/trip/map.png": b"another map"})
    else:
        shutil.rmtree(site.root / ".flatleaf")
    tree = site.freeze()
    assert site.run("verify", "--all").exit_code == 0
    assert site.run("freeze", "--clean").exit_code == 0
    assert site.tree() == tree
    here = {name.removeprefix(url[1:]) for name in frozen(tree)}
    whole = {"index.html", "map.png", "sub/b.pdf"}
    expected = {"removed": set(), "published": {"index.html"}, "an asset": whole}
    if change == "another secret":
        assert len(here) == 3
        assert not whole & here
    else:
        assert here == expected.get(change, set())
    if change == "an asset":
        assert tree[f"{url[1:]}map.png"] == b"another map"


def test_several_hold_side_by_side(site):
    links = [link(site), link(site, "pages/plan.md"), link(site, "posts/later.md", "--days", "1")]
    pages = [f"{url[1:]}index.html" for url in links]
    assert sorted(pages) == [name for name in sorted(frozen(site.freeze())) if name.endswith(".html")]
    site.now += timedelta(days=1)
    assert sorted(pages[:2]) == [name for name in sorted(frozen(site.freeze())) if name.endswith(".html")]


def test_one_for_the_live_site_only_is_in_no_build(site):
    plain = site.freeze()
    result = site.run("preview", "posts/trip/index.md", "--no-freeze")
    assert "freeze" not in result.stderr
    assert site.freeze() == plain
    assert site.app().test_client().get(result.stdout.strip().removeprefix(HOME)).status_code == 200


def test_a_build_without_assets_has_none_of_it_either(site):
    link(site)
    names = frozen(site.freeze(site.app(without=["assets"])))
    assert [name.rpartition("/")[2] for name in names] == ["index.html"]


@pytest.mark.parametrize("content", ["", "{", "[1]", '[["a"]]', '{"a": 1}', "\xff", '[["a", "b"]]', "null"])
def test_a_record_that_is_broken_costs_only_the_previews(site, content):
    plain = site.freeze()
    site.write({".flatleaf/previews.json": content.encode("latin-1")})
    assert site.freeze() == plain
    link(site)
    assert len(frozen(site.freeze())) == 3


def test_what_has_passed_is_forgotten(site):
    link(site)
    site.now += timedelta(days=30)
    link(site, "pages/plan.md")
    assert len(json.loads((site.root / ".flatleaf/previews.json").read_bytes())) == 1


# The command


def test_it_prints_the_link_alone_and_says_the_rest_beside_it(site):
    result = site.run("preview", "posts/trip/index.md")
    assert re.fullmatch(rf"{HOME}/-/preview/[\w.-]+/\n", result.stdout)
    assert result.stderr == (
        "works until 27 November 2026, 12:00 UTC; the next freezes make the page too,"
        " and the first one after that removes it\n"
    )


def test_a_file_is_named_as_in_the_site_or_from_here(site, monkeypatch):
    url = link(site)
    monkeypatch.chdir(site.root / "posts/trip")
    assert link(site, "index.md") == link(site, str(site.root / "posts/trip/index.md")) == url
    monkeypatch.chdir(site.root)
    assert link(site, "./posts/trip/index.md") == url


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (["posts/none.md"], "Error: posts/none.md: there is no such document", 1),
        (["/etc/passwd"], "Error: /etc/passwd: there is no such document", 1),
        (["../x.md"], "Error: ../x.md: there is no such document", 1),
        ([""], "Error: there is no such document", 1),
        (["posts"], "Error: posts: there is no such document", 1),
        (["posts/trip/map.png"], "Error: posts/trip/map.png: there is no such document", 1),
        (["posts/a.md"], f"Error: posts/a.md: this is published: {HOME}/posts/a/", 1),
        (["pages/notes.md"], "Error: pages/notes.md:3: YAML: did not find expected node content", 1),
        (["posts/trip/index.md", "--days", "0"], "Error: Invalid value for '--days': 0 is not in the range", 2),
        (["posts/trip/index.md", "--days", "-1"], "Error: Invalid value for '--days': -1 is not in the range", 2),
        (["posts/trip/index.md", "--days", "999"], "Error: Invalid value for '--days': 999 is not in the range", 2),
        (["posts/trip/index.md", "--days", "x"], "Error: Invalid value for '--days': 'x' is not a valid", 2),
    ],
)
def test_what_can_not_be_previewed_is_told_in_one_line(site, arguments, said, code):
    result = site.run("preview", *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.splitlines()[-1].startswith(said)
    assert code == 2 or len(result.stderr.splitlines()) == 1
    assert not (site.root / ".flatleaf/previews.json").exists()


@pytest.mark.parametrize("name", ["preview.secret", "previews.json"])
def test_a_cache_folder_that_can_not_be_written_is_told_in_one_line(made, name):
    made.write(SITE)
    (made.root / ".flatleaf" / name).mkdir(parents=True)
    (made.root / ".flatleaf" / name / "x").touch()
    result = made.run("preview", "posts/trip/index.md")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert name in result.stderr
    assert "can do without" in result.stderr


def test_a_secret_that_is_none_is_told_in_one_line(made):
    made.write(SITE | {".flatleaf/preview.secret": b"\xff\xfe"})
    result = made.run("preview", "posts/trip/index.md")
    expected = (
        f"Error: {made.root / '.flatleaf/preview.secret'}: this isn't a secret; remove it, and another one is made\n"
    )
    assert (result.exit_code, result.stderr) == (1, expected)
    assert lost(made.app(), "/-/preview/x-1.y/")


def test_a_secret_of_the_environment_needs_no_folder(made, monkeypatch):
    made.write(SITE)
    monkeypatch.setenv("BLOG_SECRET", SECRET)
    url = link(made, "posts/trip/index.md", "--no-freeze")
    assert not (Path(made.root) / ".flatleaf/preview.secret").exists()
    assert made.app().test_client().get(url).status_code == 200
