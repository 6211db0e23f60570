"""What caches in front of the site are told, and that a change makes them forget just what it touches."""

from __future__ import annotations

import sys
import time

import pytest

from blog.site import of

POST = "---\ntitle: {}\ndate: 2026-01-0{}\n---\n{}\n"
FILES = {f"posts/{name}.md": POST.format(name.upper(), day, "Words.") for day, name in enumerate("abcde", 1)}
RECORD = """import os, pathlib, sys
path = pathlib.Path(sys.argv[1])
path.with_suffix(".new").write_text(sys.stdin.read())
os.replace(path.with_suffix(".new"), path)
"""


def keys(client, url: str) -> set[str]:
    return set(client.get(url).headers["Surrogate-Key"].split(" "))


def test_by_itself_every_cache_has_to_ask(made):
    made.write(FILES)
    answer = made.app().test_client().get("/posts/a/")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Surrogate-Key" not in answer.headers


def test_shared_caches_may_keep_what_browsers_may_not(made):
    made.write(FILES)
    made.settings(s_maxage=60, stale_while_revalidate=600)
    client = made.app().test_client()
    shared = "s-maxage=60, stale-while-revalidate=600"
    assert client.get("/posts/a/").headers["Cache-Control"] == f"public, max-age=0, {shared}"
    assert client.get("/feed.xml").headers["Cache-Control"] == f"public, max-age=300, {shared}"
    assert client.get("/-/health").headers["Cache-Control"] == "no-store"
    assert "s-maxage" not in client.get("/nowhere/").headers.get("Cache-Control", "")


def test_without_a_time_for_stale_answers_none_is_named(made):
    made.write(FILES)
    made.settings(s_maxage=60)
    assert made.app().test_client().get("/").headers["Cache-Control"] == "public, max-age=0, s-maxage=60"


@pytest.mark.parametrize("memory", [0, 16])
def test_an_answer_names_what_it_rests_on_with_and_without_the_cache(made, memory):
    made.write(FILES)
    made.settings(surrogate_header="Surrogate-Key", memory=memory)
    client = made.app().test_client()
    first, second = keys(client, "/posts/a/"), keys(client, "/posts/b/")
    assert first != second
    assert first & second  # the menu, for one
    assert keys(made.app().test_client(), "/posts/a/") == first


def test_cloudflares_header_has_commas(made):
    made.write(FILES)
    made.settings(surrogate_header="Cache-Tag")
    assert "," in made.app().test_client().get("/posts/a/").headers["Cache-Tag"]


def test_a_build_names_nothing(made):
    made.write(FILES)
    made.settings(surrogate_header="Surrogate-Key", hosts=["netlify"])
    assert "Surrogate-Key" not in made.freeze()["_headers"].decode()


def purged(made, change, told: bool = True, watch: str = "auto") -> set[str]:
    """Return the addresses whose keys the command gets after a change, ``change`` being a function."""
    script, log = made.root / "record.py", made.root / "purged"
    script.write_text(RECORD)
    made.settings(surrogate_header="Surrogate-Key", purge=f"{sys.executable} {script} {log}", watch=watch)
    app = made.app(live=True)
    live, client = of(app).live, app.test_client()
    live.begin()
    try:
        before = {url: keys(client, url) for url in ("/", "/posts/a/", "/posts/b/", "/posts/e/", "/archive/")}
        change()
        if told:
            live.changed({str(made.root / "posts/a.md")})
        deadline = time.monotonic() + 30
        while not log.exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        told = set(log.read_text().split())
        return {url for url, said in before.items() if said & told}
    finally:
        live.end()


def test_a_change_of_a_text_is_a_matter_of_that_post_alone(made):
    made.write(FILES)
    with_summary = "---\ntitle: {}\ndate: 2026-01-0{}\nsummary: S\n---\nFirst.\n\n{}\n"
    made.write({"posts/a.md": with_summary.format("A", 1, "Rest.")})
    change = lambda: made.write({"posts/a.md": with_summary.format("A", 1, "Another rest.")})  # noqa: E731
    assert purged(made, change) == {"/posts/a/"}


def test_a_change_of_a_title_reaches_neighbours_and_lists(made):
    made.write(FILES)
    change = lambda: made.write({"posts/a.md": POST.format("New", 1, "Words.")})  # noqa: E731
    assert purged(made, change) == {"/", "/posts/a/", "/posts/b/", "/archive/"}


@pytest.mark.parametrize("watch", ["auto", "poll"])
def test_a_post_that_comes_or_goes_at_its_time_is_a_change_that_nobody_has_to_make(made, watch):
    made.write(FILES)
    made.write({"posts/e.md": POST.format("E", 5, "E.").replace("---\nE", "expiryDate: 2026-12-01\n---\nE")})
    made.write({"posts/f.md": "---\ntitle: F\ndate: 2026-12-01\n---\nF.\n"})

    def change() -> None:
        made.now = made.now.replace(month=12, day=1)

    assert purged(made, change, told=False, watch=watch) == {"/", "/posts/e/", "/archive/"}


def test_a_command_that_fails_is_logged_and_costs_nothing(made, caplog):
    from blog.features import edge

    edge.purge("false", ["x"])
    edge.purge("/no/such/command", ["x"])
    edge.purge("'unclosed", ["x"])
    assert len(caplog.records) == 3


def test_what_is_logged_of_a_command_is_one_line_without_its_passwords(made, caplog, monkeypatch):
    from blog.features import edge

    made.app()
    monkeypatch.setattr(edge, "PATIENCE", 0.2)
    edge.purge("sh -c 'sleep 30' hush-token", ["x"])
    edge.purge("sh -c 'echo one; echo two >&2; echo three >&2; exit 3' hush-token", ["x"])
    edge.purge("/no/such/hush hush-token", ["x"])
    assert len(caplog.messages) == 3
    assert not [message for message in caplog.messages if "hush-token" in message or "\n" in message]


def test_a_header_must_have_the_name_of_one(made):
    made.write(FILES)
    made.settings(surrogate_header="a b")
    with pytest.raises(Exception, match=r"pyproject\.toml:2: surrogate_header must be the name of a header"):
        made.app()


def test_a_slow_command_holds_nobody_up(made):
    made.write(FILES)
    made.settings(surrogate_header="Surrogate-Key", purge="sleep 30")
    app = made.app(live=True)
    live, client = of(app).live, app.test_client()
    live.begin()
    try:
        client.get("/posts/a/")
        began = time.monotonic()
        for number in range(2):
            made.write({"posts/a.md": POST.format("A", 1, f"Other words {number}.")})
            live.changed({str(made.root / "posts/a.md")})
            assert f"Other words {number}" in client.get("/posts/a/").text
        assert time.monotonic() - began < 15
    finally:
        live.end()


def test_an_answer_of_a_state_that_has_passed_is_kept_by_nobody(made):
    made.write(FILES)
    made.settings(surrogate_header="Surrogate-Key", s_maxage=600, memory=0, purge="true")
    app = made.app()

    @app.after_request
    def meanwhile(response):
        made.write({"posts/a.md": POST.format("A", 1, "Other words.")})
        of(app).library.refresh()
        return response

    answer = app.test_client().get("/posts/a/")
    assert "Other words" not in answer.text
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Surrogate-Key" not in answer.headers


def test_of_a_very_long_address_nothing_is_remembered(made):
    made.write({"posts/a.md": "---\ntitle: A\ndate: 2026-01-01\ntags: [sea]\n---\n\nWords.\n"})
    made.settings(surrogate_header="Surrogate-Key", purge="true", s_maxage=600)
    client = made.app().test_client()
    for length, kept in ((100, True), (2000, False)):
        answer = client.get(f"/tags/Sea{'!' * length}/")
        assert (answer.status_code, answer.headers["Location"]) == (301, "/tags/sea/")
        assert ("s-maxage=600" in answer.headers["Cache-Control"]) == ("Surrogate-Key" in answer.headers) == kept


def test_what_is_remembered_is_bounded(made, monkeypatch):
    from blog.features import edge

    monkeypatch.setattr(edge, "REMEMBERED", 20)
    made.write({f"posts/{n}.md": POST.format(f"P{n}", 1, "Words.") for n in range(30)})
    made.settings(surrogate_header="Surrogate-Key", purge="true", memory=0)
    app = made.app()
    keys = next(function.__self__ for function in app.after_request_funcs[None] if hasattr(function, "__self__"))
    for n in range(30):
        app.test_client().get(f"/posts/{n}/")
    assert len(keys.answers) <= 20
