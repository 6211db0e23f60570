"""The index: derived from the files, and never in anyone's way."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest

from blog.library import Library
from blog.settings import load
from blog.site import of

POST = "---\ntitle: {}\ndate: 2020-01-02\n---\n\nWords of a post.\n"


def titles(app):
    return [post.title for post in of(app).library.posts()]


def refreshed(app):
    of(app).library.refresh()
    return titles(app)


def index_file(made) -> Path:
    return next((made.root / ".flatleaf").glob("*.sqlite"))


def rewrite(path: Path, text: str, *, mtime_ns: int) -> None:
    path.write_text(text)
    os.utime(path, ns=(mtime_ns, mtime_ns))


def test_a_file_with_the_same_stamp_is_not_read_again(made):
    made.write({"posts/a.md": POST.format("A")})
    app = made.app()
    known = of(app).library.index.stamps()
    assert refreshed(app) == ["A"]
    assert of(made.app()).library.index.stamps() == known
    assert of(made.app()).library.refresh() is False


def test_an_edit_that_keeps_size_and_time_is_seen(made):
    made.write({"posts/a.md": POST.format("Before")})
    app, path = made.app(), made.root / "posts/a.md"
    rewrite(path, POST.format("Behind"), mtime_ns=path.stat().st_mtime_ns)
    assert refreshed(app) == ["Behind"]


def test_another_size_with_the_same_time_is_seen(made):
    made.write({"posts/a.md": POST.format("Before")})
    app, path = made.app(), made.root / "posts/a.md"
    rewrite(path, POST.format("Afterwards"), mtime_ns=path.stat().st_mtime_ns)
    assert refreshed(app) == ["Afterwards"]


@pytest.mark.parametrize("later", [1, -1, -(10**9), 10**9])
def test_any_other_time_with_the_same_size_is_seen(made, later):
    made.write({"posts/a.md": POST.format("Before")})
    app, path = made.app(), made.root / "posts/a.md"
    rewrite(path, POST.format("Behind"), mtime_ns=path.stat().st_mtime_ns + later)
    assert refreshed(app) == ["Behind"]


def test_refresh_tells_whether_anything_had_changed(made):
    made.write({"posts/a.md": POST.format("A")})
    library = of(made.app()).library
    assert library.refresh() is False
    made.write({"posts/b.md": POST.format("B")})
    assert library.refresh() is True
    assert library.refresh() is False
    (made.root / "posts/b.md").unlink()
    assert library.refresh() is True


def test_a_vanished_file_leaves_nothing_behind(made):
    header = "---\ntitle: Gone\ntags: [lost]\naliases: [/old/]\nmenu: main\ndate: nonsense\n---\n\nText.\n"
    made.write({"posts/gone/index.md": header, "posts/gone/cat.png": b"png", "posts/stays.md": POST.format("Stays")})
    app = made.app()
    library = of(app).library
    assert library.problems()
    (made.root / "posts/gone/index.md").unlink()
    (made.root / "posts/gone/cat.png").unlink()
    library.refresh()
    assert titles(app) == ["Stays"]
    assert (library.tags(), library.menu("main"), library.problems()) == ([], [], [])
    assert (library.alias_urls(), library.asset_urls()) == ([], [])
    assert app.test_client().get("/posts/gone/").status_code == 404
    assert app.test_client().get("/old/").status_code == 404


def test_a_vanished_content_folder_leaves_an_empty_site(made):
    made.write({"posts/a.md": POST.format("A"), "pages/about.md": "# About\n"})
    app = made.app()
    for name in ("posts/a.md", "pages/about.md"):
        (made.root / name).unlink()
    for name in ("posts", "pages"):
        (made.root / name).rmdir()
    assert refreshed(app) == []
    assert app.test_client().get("/").status_code == 200


def test_deleting_the_index_loses_nothing(made):
    made.write({"posts/a.md": POST.format("A"), "posts/b.md": POST.format("B")})
    before = made.freeze()
    shutil.rmtree(made.root / ".flatleaf")
    assert made.freeze() == before


def garbage(path: Path) -> None:
    path.write_bytes(b"this is no database, " * 500)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def cut_in_the_header(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def scrambled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:] = bytes(byte ^ 0x5A for byte in data[100:])
    path.write_bytes(data)


def of_another_program(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE documents (id INTEGER PRIMARY KEY, words TEXT)")
        database.execute("CREATE TABLE about (something TEXT)")
    database.close()


def of_another_version(path: Path) -> None:
    database = sqlite3.connect(path)
    with database:
        database.execute("UPDATE about SET value = 'of another age' WHERE key = 'version'")
        database.execute("UPDATE documents SET record = 'unreadable'")
    database.close()


DAMAGE = [garbage, truncated, cut_in_the_header, emptied, scrambled, of_another_program]


def close(app) -> None:
    """Let go of an index as the end of a process would."""
    of(app).library.index.connection.close()


@pytest.mark.parametrize("damage", [*DAMAGE, of_another_version])
def test_a_broken_index_is_made_anew_at_the_start(made, damage):
    made.write({f"posts/{n}.md": POST.format(f"Post {n}") for n in range(30)})
    app = made.app()
    expected = titles(app)
    close(app)
    damage(index_file(made))
    again = made.app()
    assert titles(again) == expected
    assert again.test_client().get("/posts/7/").status_code == 200
    close(again)
    third = made.app()
    assert titles(third) == expected
    assert sqlite3.connect(index_file(made)).execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_request_survives_an_index_that_breaks_while_it_is_open(made, damage):
    made.write({f"posts/{n}.md": POST.format(f"Post {n}") for n in range(30)})
    app = made.app()
    for side in (made.root / ".flatleaf").iterdir():
        if side != index_file(made):
            side.unlink()
    damage(index_file(made))
    client = app.test_client()
    made.write({"posts/new.md": POST.format("New")})
    assert client.get("/posts/7/").status_code == 200
    of(app).library.refresh()
    assert client.get("/posts/new/").status_code == 200
    assert client.get("/archive/").get_data(as_text=True).count("<time") == 31


def test_an_index_that_is_deleted_while_open_disturbs_nobody(made):
    made.write({"posts/a.md": POST.format("A")})
    app = made.app()
    for file in (made.root / ".flatleaf").iterdir():
        file.unlink()
    (made.root / ".flatleaf").rmdir()
    assert app.test_client().get("/posts/a/").status_code == 200
    made.write({"posts/b.md": POST.format("B")})
    assert sorted(refreshed(app)) == ["A", "B"]
    assert app.test_client().get("/posts/b/").status_code == 200
    assert sorted(titles(made.app())) == ["A", "B"]


@pytest.mark.parametrize("cache", ["a-file", "a-file/below"])
def test_where_the_folder_can_not_be_written_the_index_lives_in_memory(made, cache):
    made.write({"a-file": "in the way", "posts/a.md": POST.format("A")})
    made.settings(cache=cache)
    app = made.app()
    assert titles(app) == ["A"]
    made.write({"posts/b.md": POST.format("B")})
    assert sorted(refreshed(app)) == ["A", "B"]
    assert app.test_client().get("/posts/b/").status_code == 200
    assert (made.root / "a-file").read_text() == "in the way"
    assert sorted(titles(made.app())) == ["A", "B"]


def test_a_folder_in_the_place_of_the_index_is_left_alone(made):
    made.write({"posts/a.md": POST.format("A")})
    close(app := made.app())
    name = index_file(made).name
    for file in (made.root / ".flatleaf").iterdir():
        file.unlink()
    made.write({f".flatleaf/{name}/precious.txt": "mine"})
    app = made.app()
    assert titles(app) == ["A"]
    assert (made.root / ".flatleaf" / name / "precious.txt").read_text() == "mine"


@pytest.mark.parametrize(("setting", "value"), [("permalink", "/:year/:slug/"), ("timezone", "Asia/Tokyo")])
def test_a_setting_that_the_index_depends_on_makes_it_anew(made, setting, value):
    made.write({"posts/a.md": POST.format("A")})
    first = of(made.app()).library.posts()[0]
    made.settings(**{setting: value})
    second = of(made.app()).library.posts()[0]
    assert (first.url, str(first.date)) == ("/posts/a/", "2020-01-02 00:00:00+00:00")
    expected = {
        "permalink": ("/2020/a/", "2020-01-02 00:00:00+00:00"),
        "timezone": ("/posts/a/", "2020-01-02 00:00:00+09:00"),
    }
    assert (second.url, str(second.date)) == expected[setting]


def test_the_base_path_in_links_follows_the_setting(made):
    made.write({"posts/a.md": POST.format("A") + "\n[home](/)\n"})
    assert 'href="/"' in made.body("/posts/a/")
    made.settings(url="https://example.org/blog/")
    assert '<a href="/blog/">home</a>' in made.body("/blog/posts/a/")


def test_two_apps_share_one_index(made):
    made.write({"posts/a.md": POST.format("A")})
    one, two = made.app(), made.app()
    made.write({"posts/b.md": POST.format("B")})
    (made.root / "posts/a.md").unlink()
    assert refreshed(one) == ["B"]
    assert refreshed(two) == ["B"]
    made.write({"posts/c.md": POST.format("C")})
    assert sorted(refreshed(two)) == ["B", "C"]
    assert sorted(refreshed(one)) == ["B", "C"]
    for app in (one, two):
        assert app.test_client().get("/posts/c/").status_code == 200


def test_many_libraries_may_build_one_index_at_once(made):
    made.write({f"posts/{n}.md": POST.format(f"Post {n}") for n in range(40)})
    start, found = threading.Barrier(4), []

    def build():  # no whole app: Python 3.11 can't compile in several threads at once, as Werkzeug does for routes
        start.wait()
        library = Library(load(made.root, {}))
        library.refresh()
        found.append(sorted(post.title for post in library.posts()))

    threads = [threading.Thread(target=build) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [sorted(f"Post {n}" for n in range(40))] * 4


def test_requests_in_many_threads_see_every_refresh_whole(made, monkeypatch):
    monkeypatch.setattr("blog.library.kept.REFRESH_EVERY", float("inf"))  # none while the files are being written
    made.write({f"posts/{n}.md": POST.format("Old") for n in range(20)})
    app = made.app()
    seen, stop = set(), threading.Event()

    def look():
        while not stop.wait(0.001):  # the others are to get a turn, too
            seen.add(tuple(titles(app)))

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    made.write({f"posts/{n}.md": POST.format("Newer") for n in range(20)})
    of(app).library.refresh()
    stop.set()
    for thread in threads:
        thread.join()
    seen.add(tuple(titles(app)))
    assert ("Newer",) * 20 in seen
    assert seen <= {("Old",) * 20, ("Newer",) * 20}


def test_a_broken_file_costs_only_itself(made):
    made.write({"posts/bad.md": "---\ntitle: [\n---\n\nText.\n", "posts/good.md": POST.format("Good")})
    app = made.app()
    assert titles(app) == ["Good"]
    assert [problem.path for problem in of(app).library.problems()] == ["posts/bad.md"]
    made.write({"posts/bad.md": POST.format("Mended")})
    assert sorted(refreshed(app)) == ["Good", "Mended"]
    assert of(app).library.problems() == []
