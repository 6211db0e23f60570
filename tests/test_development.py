"""A site as it is served to whoever writes it: marks, banner, errors, changes; and nothing of it anywhere else."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parser
from werkzeug.test import Client

from blog import create_app
from blog.development import LOOPBACK, Development, allowing, scheduled
from blog.errors import SettingsError
from blog.features.serve import settings_of
from blog.site import of

POST = "---\ntitle: {}\ndate: 2026-05-01\n---\n\nWords of {}.\n"
BROKEN = "---\ntitle: [\n---\n"
SITE = {
    "posts/a.md": POST.format("A", "a"),
    "posts/draft.md": "---\ntitle: Being written\ndraft: true\ndate: 2026-05-02\n---\n\nWords.\n",
    "posts/later.md": "---\ntitle: To come\ndate: 2026-12-24T18:30:00+01:00\n---\n\nWords.\n",
    "posts/day.md": "---\ntitle: Some day\ndate: 2027-01-02\n---\n\nWords.\n",
    "pages/about.md": "# About\n",
    "pages/picture.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "static/own.css": "main { color: red }\n",
}
OURS = (b"/-/dev", b'theme:banner"', b"EventSource", b"Scheduled")


class Desk:
    """A site with the server of its writer; ``told`` counts the changes that were told of."""

    def __init__(self, made, alone: bool = True) -> None:
        self.made = made
        make = partial(create_app, clock=lambda: made.now, live=True)
        self.development = Development(partial(settings_of, made.root, True, 8000), make, alone)
        self.client = Client(self.development)

    def get(self, url: str, **options):
        return self.client.get(url, base_url="http://127.0.0.1:8000", **options)

    def text(self, url: str) -> str:
        return self.get(url).get_data(as_text=True)

    def write(self, files) -> None:
        """Change files, and return when that has been told of."""
        development, turns = self.development, self.development.turns
        self.made.write(files)
        self.wait(lambda: development.turns > turns)

    def wait(self, happened: Callable[[], bool]) -> None:
        with self.development.turned:
            assert self.development.turned.wait_for(happened, 20)


@pytest.fixture
def desk(made) -> Iterator[Desk]:
    """Return the desk of a small site."""
    made.write(SITE)
    desk = Desk(made)
    yield desk
    desk.development.end()


def banner(html: str) -> str:
    """Return the text of the banner, ``""`` if there is none."""
    return " ".join(" ".join(parser.document_fromstring(html).xpath("//*[@id='theme:banner']//text()")).split())


# Nothing of it anywhere else


@pytest.mark.parametrize("live", [False, True])
def test_no_answer_in_production_holds_any_of_it(made, live):
    made.write(SITE | {"posts/broken.md": BROKEN})
    made.settings(drafts=True, future=True)
    app = made.app(live=live)
    client = app.test_client()
    with app.app_context():
        urls = of(app).urls()
    for url in [*urls, "/nothing/"]:
        answer = client.get(url, buffered=True)
        assert not any(mark in answer.data for mark in OURS), url
    for url in ("/-/dev/events", "/-/dev/live.js", "/-/dev/dev.css", "/static/live.js", "/templates/dev/live.js"):
        assert client.get(url, buffered=True).status_code == 404, url
    assert not [rule for rule in app.url_map.iter_rules() if "dev" in rule.rule]
    if live:
        of(app).live.end()


def test_no_frozen_file_holds_any_of_it(made):
    made.write(SITE)
    made.settings(drafts=True, future=True)
    tree = made.freeze()
    assert not [name for name in tree if "dev" in name.split("/") or "live" in name]
    assert not [name for name, data in tree.items() if any(mark in data for mark in OURS)]


def test_an_error_in_production_tells_a_visitor_nothing(made):
    made.write(SITE | {"templates/page.html": "{{ page.titel }}"})
    app = made.app()
    app.testing = False
    answer = app.test_client().get("/about/")
    assert answer.status_code == 500
    assert b"titel" not in answer.data


# Pages


def test_a_page_is_that_of_production_and_one_piece_more(desk):
    made = desk.made
    made.settings(drafts=True, future=True)
    plain = made.app().test_client().get("/posts/a/").get_data(as_text=True)
    html = desk.text("/posts/a/")
    start = html.index("<body>") + len("<body>")
    end = html.index("</script>", start) + len("</script>")
    assert html[:start] + html[end:] == plain
    assert desk.get("/posts/a/").headers["Cache-Control"] == "no-store"
    assert "ETag" not in desk.get("/posts/a/").headers


def test_what_is_no_page_is_as_in_production(desk):
    desk.made.settings(drafts=True, future=True)
    client = desk.made.app().test_client()
    for url in ("/picture.svg", "/static/own.css", "/feed.xml", "/robots.txt", "/posts/a"):
        ours, plain = desk.get(url), client.get(url, buffered=True)
        assert (ours.status_code, ours.data, ours.mimetype) == (plain.status_code, plain.data, plain.mimetype), url


def test_a_page_asked_for_with_a_condition_is_sent_whole(desk):
    etag = desk.made.app().test_client().get("/posts/a/").headers["ETag"]
    answer = desk.get("/posts/a/", headers={"If-None-Match": etag, "Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert b"/-/dev/live.js" in answer.data


def test_head_says_what_get_says(desk):
    got, head = desk.get("/posts/a/"), desk.client.head("/posts/a/", base_url="http://localhost:8000")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == got.headers["Content-Length"]


@pytest.mark.parametrize(
    "html",
    [
        "<!doctype html><title>x</title><BODY\n class='a' data-b=\"c\"><p>Words.</p></BODY>",
        "<!doctype html><title>No body</title><p>Words.",
        "<!doctype html><title>Latin</title><p>caf\xe9",
    ],
)
def test_a_hand_written_page_follows_too_and_keeps_its_bytes(desk, html):
    data = html.encode("latin-1")
    desk.write({"pages/own.html": data})
    found = desk.get("/own.html").data
    script = parser.document_fromstring(found).xpath("//script[@src='/-/dev/live.js']")
    assert len(script) == 1
    begin = found.index(b'<link rel="stylesheet" href="/-/dev/dev.css">')
    assert found[:begin] + found[found.index(b"</script>") + len("</script>") :] == data


def test_the_page_for_nothing_follows_too(desk):
    answer = desk.get("/nowhere/")
    assert answer.status_code == 404
    assert b"/-/dev/live.js" in answer.data


def test_drafts_and_posts_to_come_are_shown_and_marked(desk):
    listed = parser.document_fromstring(desk.text("/archive/")).xpath("//*[@class='rows']/li")
    assert [" ".join(row.xpath("string(*[@class='title'])").split()) for row in listed] == [
        "Some day Scheduled for 2 Jan 2027",
        "To come Scheduled for 24 Dec 2026, 18:30",
        "Being written Draft",
        "A",
    ]
    for url, mark in (("/posts/draft/", "Draft"), ("/posts/later/", "Scheduled for 24 Dec 2026, 18:30")):
        page = parser.document_fromstring(desk.text(url))
        assert page.xpath("//*[@class='byline']//*[contains(@class, 'draft')]/text()") == [mark]


def test_the_mark_goes_when_the_moment_has_come(desk):
    assert "Scheduled" in desk.text("/posts/later/")
    desk.made.now = datetime(2026, 12, 24, 17, 29, 59, tzinfo=UTC)
    assert "Scheduled" in desk.text("/posts/later/")
    desk.made.now += timedelta(seconds=1)
    assert "Scheduled" not in desk.text("/posts/later/")


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1000, 1, 1)))
def test_a_mark_names_day_and_time_of_what_is_to_come(moment):
    class Now:
        def now(self) -> datetime:
            return datetime(2020, 1, 1, tzinfo=UTC)

    class Post:
        date, date_only = moment, False

    mark = scheduled(Now(), Post())  # type: ignore[arg-type]
    assert (mark == "") == (moment <= datetime(2020, 1, 1, tzinfo=UTC))
    if mark:
        assert datetime.strptime(mark, "%d %b %Y, %H:%M").replace(tzinfo=UTC) == moment.replace(second=0, microsecond=0)


# The banner


def test_where_nothing_is_wrong_there_is_no_banner(desk):
    assert banner(desk.text("/posts/a/")) == ""


def test_the_banner_names_what_is_wrong_with_path_and_line(desk):
    desk.write({"posts/broken.md": BROKEN})
    desk.write({"posts/odd.md": "---\ntitle: Odd\ndate: someday\n---\n"})
    for url in ("/", "/posts/a/", "/nowhere/"):
        assert banner(desk.text(url)) == (
            "posts/broken.md:3 : YAML: did not find expected node content"
            " 1 more problem posts/odd.md:3 : this is not a date: someday"
        )
    assert banner(desk.text("/posts/odd/")).startswith("posts/odd.md:3 : this is not a date: someday posts/broken.md")


def test_it_says_when_the_last_good_version_is_shown_on_that_page_alone(desk):
    desk.write({"posts/a.md": BROKEN})
    page = desk.text("/posts/a/")
    assert "Words of a." in page
    assert banner(page).startswith("This is the last good version of this page. posts/a.md:3 : YAML")
    assert "last good version" not in desk.text("/posts/draft/")
    desk.write({"posts/a.md": POST.format("A", "a new one")})
    assert "Words of a new one." in desk.text("/posts/a/")
    assert banner(desk.text("/posts/a/")) == ""


def test_many_broken_files_do_not_fill_the_page(desk):
    desk.write({f"posts/x{n}.md": BROKEN for n in range(40)})
    desk.wait(lambda: len(desk.development.site.library.problems()) == 40)
    found = parser.document_fromstring(desk.text("/"))
    assert len(found.xpath("//*[@id='theme:banner']/ul/li")) == 5
    assert found.xpath("string(//*[@id='theme:banner']//summary)") == "35 more problems"


def test_a_message_is_text_and_not_markup(desk):
    desk.write({"posts/odd.md": "---\ntitle: Odd\ndate: '<script>alert(1)</script>'\n---\n"})
    assert "<script>alert" not in desk.text("/")
    assert "this is not a date: <script>alert(1)</script>" in banner(desk.text("/"))


# Errors


def test_an_error_gives_a_page_with_file_line_and_what_stands_there(desk, capsys):
    desk.write({"templates/page.html": "<h1>\n{{ page.titel }}<b>\n</h1>\n"})
    answer = desk.get("/about/")
    page = parser.document_fromstring(answer.data)
    assert answer.status_code == 500
    assert page.xpath("string(//*[@class='where']/code)") == "templates/page.html:2"
    assert page.xpath("string(//*[@class='here'])").strip() == "2{{ page.titel }}<b>"
    assert "has no attribute 'titel'" in page.xpath("string(//h1)")
    assert page.xpath("//script/@src") == ["/-/dev/live.js"]
    assert "templates/page.html:2: UndefinedError: " in capsys.readouterr().err
    assert desk.get("/posts/a/").status_code == 200
    desk.write({"templates/page.html": "right"})
    assert desk.get("/about/").status_code == 200


def test_a_broken_template_is_told_on_every_other_page(desk):
    desk.write({"templates/tag.html": '\n{% extends "theme:tag.html" %}{% include "gone.html" %}{% if %}'})
    assert banner(desk.text("/posts/a/")).startswith("templates/tag.html:2 : Expected an expression")
    desk.write({"templates/tag.html": '\n\n{% include "gone.html" %}'})
    assert banner(desk.text("/posts/a/")) == "templates/tag.html:3 : there is no template gone.html"
    desk.write({"templates/tag.html": '{% extends "theme:tag.html" %}'})
    assert banner(desk.text("/posts/a/")) == ""


def test_an_error_in_the_site_s_own_frame_gives_a_page_too(desk):
    desk.write({"templates/base.html": "{% broken %}"})
    for url in ("/", "/posts/a/", "/nowhere/"):
        answer = desk.get(url)
        assert answer.status_code == 500
        assert b"templates/base.html:1" in answer.data


def test_what_is_wrong_is_text_and_not_markup(desk):
    desk.write({"templates/page.html": "{{ '</pre><script>alert(1)</script>'.x }}"})
    assert "<script>alert" not in desk.text("/about/")


# Changes


def events(desk: Desk, since: str) -> tuple[list[dict[str, str]], threading.Thread]:
    """Listen like a browser; return what will be heard."""
    heard: list[dict[str, str]] = []

    def listen() -> None:
        for data in desk.development.events(since):
            fields = dict(line.split(": ", 1) for line in data.decode().splitlines() if ": " in line)
            if "event" in fields:
                with desk.development.turned:
                    heard.append(fields)
                    desk.development.turned.notify_all()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    return heard, thread


def state(desk: Desk, url: str = "/") -> str:
    """Return the state of the files that a page names."""
    return str(parser.document_fromstring(desk.text(url)).xpath("string(//script/@data-state)"))


def test_who_shows_what_is_there_hears_nothing_until_it_changes(desk):
    heard, _ = events(desk, state(desk))
    desk.write({"posts/a.md": POST.format("A", "another")})
    desk.wait(lambda: bool(heard))
    assert heard == [{"event": "page", "id": state(desk), "data": "[]"}]


@pytest.mark.parametrize("since", ["", "from-before-0", "x" * 5000])
def test_who_shows_something_else_hears_so_at_once(desk, since):
    heard, _ = events(desk, since)
    desk.wait(lambda: bool(heard))
    assert heard[0]["event"] == "page"


def test_what_came_while_nobody_listened_is_told(desk):
    before = state(desk)
    desk.write({"posts/a.md": POST.format("A", "another")})
    heard, _ = events(desk, before)
    desk.wait(lambda: bool(heard))
    assert heard[0]["event"] == "page"


def test_a_style_sheet_alone_is_told_by_its_name(desk):
    before = state(desk)
    heard, _ = events(desk, before)
    desk.write({"static/own.css": "main { color: blue }\n"})
    desk.wait(lambda: bool(heard))
    assert (heard[0]["event"], json.loads(heard[0]["data"])) == ("style", ["static/own.css"])
    desk.write({"static/own.css": "main { color: green }\n"})
    late, _ = events(desk, before)  # two changes behind: what the first one was isn't known any more
    desk.wait(lambda: bool(late))
    assert late[0]["event"] == "page"


def test_at_the_end_all_are_let_go(made):
    made.write(SITE)
    desk = Desk(made)
    threads = [events(desk, state(desk))[1] for _ in range(5)]
    desk.development.end()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


def test_editors_side_files_are_no_change(desk, capsys):
    before = state(desk)
    desk.made.write(
        {"posts/.a.md.swp": "x", "posts/a.md~": "x", "templates/.page.html.swp": "x", "static/#own.css#": "x"}
    )
    desk.write({"posts/b.md": POST.format("B", "b")})
    assert (before[:-2], state(desk)[-2:]) == (state(desk)[:-2], "-1")
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == ["posts/b.md is new"]


@pytest.mark.parametrize("watch", ["auto", "poll"])
def test_every_change_has_its_line(made, watch, capsys):
    made.write(SITE | {"templates/page.html": "x", "pyproject.toml": f"[tool.blog]\nwatch = '{watch}'\n"})
    desk = Desk(made)
    capsys.readouterr()
    try:
        desk.write({"posts/a.md": POST.format("A", "another")})
        desk.write({"posts/b.md": POST.format("B", "b")})
        desk.write({"static/own.css": "main {}"})
        desk.write({"templates/page.html": "y"})
        desk.write({"posts/a.md": BROKEN})
        desk.write({"pyproject.toml": f"[tool.blog]\nwatch = '{watch}'\ntitle = 'New'\n"})
        desk.write({"pyproject.toml": f"[tool.blog]\nwatch = '{watch}'\ntitle = 7\n"})
        desk.write({"pyproject.toml": f"[tool.blog]\nwatch = '{watch}'\ntitle = 'New'\n"})
        turns = desk.development.turns
        (made.root / "posts/b.md").unlink()
        desk.wait(lambda: desk.development.turns > turns)
    finally:
        desk.development.end()
    lines = capsys.readouterr().out.splitlines()
    assert [line.rsplit(", ", 1)[0] for line in lines] == [
        "posts/a.md changed: 1 page made anew",
        "posts/b.md is new: 1 page made anew",
        "static/own.css changed",
        "templates/page.html changed: every page is made anew",
        "posts/a.md changed: the last good version stays",
        "pyproject.toml changed: the settings hold, every page is made anew",
        "pyproject.toml changed: the last good settings stay",
        "pyproject.toml changed: no setting has another value",
        "posts/b.md is gone",
    ]
    assert all(line.endswith(" ms") for line in lines[:-1])


# Settings


def test_new_settings_hold_without_a_new_start(desk):
    desk.write({"pyproject.toml": "[tool.blog]\ntitle = 'Another'\npermalink = '/:year/:slug/'\n"})
    assert "<title>A · Another</title>" in desk.text("/2026/a/")
    assert desk.get("/posts/a/").status_code == 404
    desk.write({"posts/b.md": POST.format("B", "b")})
    assert "Words of b." in desk.text("/2026/b/")


def test_below_another_path_the_site_follows_still(desk):
    desk.write({"pyproject.toml": "[tool.blog]\nurl = 'https://example.org/notes/'\n"})
    assert b"/-/dev/live.js" in desk.get("/notes/posts/a/").data
    assert desk.get("/-/dev/live.js").status_code == 200
    desk.write({"posts/a.md": BROKEN})
    assert "last good version" in desk.text("/notes/posts/a/")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("[tool.blog]\ntitle = 7\n", "pyproject.toml:2 : title must be a string"),
        ("[tool.blog\n", "pyproject.toml:1 : "),
        ("[tool.blog]\naccess_log = '/dev/null/x'\n", ""),  # nothing is logged here
    ],
)
def test_a_wrong_setting_is_told_and_the_last_good_ones_hold(desk, written, told):
    desk.write({"pyproject.toml": "[tool.blog]\ntitle = 'Good'\n"})
    desk.write({"pyproject.toml": written})
    page = desk.text("/posts/a/")
    assert ("The last good settings hold. " + told in banner(page)) == bool(told)
    assert ("<title>A · Good</title>" in page) == bool(told)
    desk.write({"pyproject.toml": "[tool.blog]\ntitle = 'Good again'\n"})
    assert "<title>A · Good again</title>" in desk.text("/posts/a/")
    assert banner(desk.text("/posts/a/")) == ""


def test_settings_that_are_wrong_at_the_start_are_refused(made):
    made.settings(title=7)
    with pytest.raises(SettingsError):
        Desk(made)


# Whom it answers


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]:65535", "127.1.2.3:80"]
)
def test_this_machine_s_own_names_are_answered(desk, host):
    assert desk.client.get("/", base_url="http://x/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        *[
            "evil.example",
            "evil.example:8000",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "127.0.0.1:8000,evil",
        ],
        *["evil@127.0.0.1", "127.0.0.1 ", "0.0.0.0", "192.168.0.1", "[::2]", "::1", "", "127.0.0.1:x", "localhost\n"],
    ],
)
def test_foreign_names_are_refused_everywhere(desk, host):
    for path in ("/", "/posts/draft/", "/-/dev/events", "/-/dev/live.js", "/static/own.css"):
        answer = desk.client.get("/", environ_overrides={"HTTP_HOST": host, "PATH_INFO": path})
        assert answer.status_code == 403
        assert b"Words" not in answer.data


def test_a_request_without_a_host_is_refused(desk):
    environ = desk.client.get("/", base_url="http://127.0.0.1/").request.environ
    del environ["HTTP_HOST"]
    assert Client(desk.development).run_wsgi_app(environ)[1].startswith("403")


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_no_other_text_passes_for_this_machine(host):
    if LOOPBACK.fullmatch(host):
        name = host.lower().rsplit(":", 1)[0] if not host.endswith("]") else host.lower()
        assert name in ("localhost", "[::1]") or name.startswith("127.")


def test_who_opens_the_server_to_others_is_answered_by_any_name(made):
    made.write(SITE)
    desk = Desk(made, alone=False)
    assert desk.client.get("/", base_url="http://laptop.home:8000/").status_code == 200
    desk.development.end()


@pytest.mark.parametrize("path", ["/", "/posts/a/", "/-/dev/events", "/-/dev/live.js"])
def test_nothing_but_questions_is_answered(desk, path):
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert desk.client.open(path, method=method, base_url="http://localhost/").status_code == 405


EVERYTHING = ["/", "/posts/draft/", "/feed.xml", "/-/dev/live.js", "/static/own.css", "/nope", "/old-none/"]


@pytest.mark.parametrize("path", EVERYTHING)
def test_no_page_of_another_site_may_read_an_answer(desk, path):
    for origin in ({}, {"Origin": "https://evil.example"}):
        for method in ("GET", "OPTIONS"):
            answer = desk.client.open(path, method=method, base_url="http://127.0.0.1:8000", headers=origin)
            assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize("path", [*EVERYTHING, "/-/dev/events"])
def test_another_site_may_lead_here_and_embed_nothing(desk, path):
    for kind in ("image", "script", "iframe", "empty", "style", "video", ""):
        told = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": kind}
        answer = desk.get(path, headers=told)
        assert (answer.status_code, b"Words" in answer.data) == (403, False)
    if path != "/-/dev/events":
        answer = desk.get(path, headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"})
        assert answer.status_code in (200, 404)
        assert desk.get(path, headers={"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "image"}).status_code != 403


def test_every_answer_here_says_what_is_safe_too(desk):
    desk.write({"templates/page.html": "{{ nothing_of_this_name }}"})
    answers = [desk.get(path) for path in (*EVERYTHING, "/about/")]
    answers.append(desk.client.get("/", base_url="http://evil.example/"))
    answers.append(desk.get("/-/dev/events?state=old", buffered=False))
    assert [answer.status_code for answer in answers[-3:]] == [500, 403, 200]
    for answer in answers:
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
        answer.close()


# The policy


@pytest.mark.parametrize(
    ("policy", "allowed"),
    [
        ("default-src 'self'", "default-src 'self'"),
        ("default-src 'none'", None),
        ("script-src 'none'; style-src https://example.org", None),
        ("script-src-elem 'none'", None),
        ("img-src *", "img-src *"),
        ("", ""),
    ],
)
def test_the_policy_lets_in_what_is_put_into_pages(policy, allowed):
    found = allowing(policy)
    if allowed is not None:
        assert found == allowed
    rules = dict(rule.strip().split(" ", 1) for rule in found.split(";") if rule)
    scripts = rules.get("script-src-elem", rules.get("script-src"))
    for said in (scripts, rules.get("style-src"), rules.get("connect-src")):
        sources = said or rules.get("default-src", "'self'")
        assert "'self'" in sources.split()
        assert "'none'" not in sources.split()


SOURCES = st.lists(st.sampled_from(["'self'", "https:", "*.example.org", "'none'", "data:"]), min_size=1)
NAMES = st.sampled_from(["default-src", "script-src", "style-src", "connect-src", "img-src", "script-src-elem"])


@given(st.dictionaries(NAMES, SOURCES.map(" ".join)))
def test_a_policy_that_lets_it_in_stays_as_it_is_and_nothing_is_lost(rules):
    policy = "; ".join(f"{name} {sources}" for name, sources in rules.items())
    found = allowing(policy)
    assert allowing(found) == found
    after = dict(rule.strip().split(" ", 1) for rule in found.split(";") if rule)
    for name, sources in rules.items():
        assert set(sources.split()) - {"'none'"} <= set(after[name].split())


def test_nor_does_it_stop_the_page_of_an_error(desk):
    desk.write({"pyproject.toml": "[tool.blog]\ncsp = \"default-src 'none'\"\n", "templates/page.html": "{{ no }}"})
    answer = desk.get("/about/")
    assert answer.status_code == 500
    policy = answer.headers["Content-Security-Policy"]
    assert all(f"{name}-src 'self'" in policy for name in ("script", "style", "connect"))


def test_a_strict_policy_of_the_site_does_not_stop_it(desk):
    desk.write({"pyproject.toml": "[tool.blog]\ncsp = \"default-src 'none'; style-src 'self'\"\n"})
    policy = desk.get("/posts/a/").headers["Content-Security-Policy"]
    assert policy == "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'"
