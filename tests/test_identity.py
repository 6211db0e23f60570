"""The id of an entry is fixed when it is first published, and then never moves, whatever else does."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from blog import create_app, identity
from blog.development import Development
from blog.settings import load
from blog.site import library, of

from .conftest import MadeSite

POST = "---\ntitle: {}\ndate: {}\n---\n\nText.\n"
URL = "https://example.org/"
FILES = {"posts/a.md": POST.format("A", "2026-01-01"), "posts/b.md": POST.format("B", "2026-01-02")}
LINES = [
    "https://example.org/posts/a/\tposts/a.md\t2026-01-01\tA\t/posts/a/",
    "https://example.org/posts/b/\tposts/b.md\t2026-01-02\tB\t/posts/b/",
]


@pytest.fixture
def online(made: MadeSite) -> MadeSite:
    """Return a site of two posts with a public address."""
    made.write(FILES)
    made.settings(url=URL)
    return made


def ids(made: MadeSite) -> dict[str, str]:
    """Return the ids of all visible documents with a date, by file."""
    with made.app().app_context():
        paths = tuple(library().catalogue.by_path)
        return dict(zip(paths, library().ids(paths), strict=True))


def recorded(made: MadeSite) -> list[str]:
    """Return the lines of the ledger without what it says of itself."""
    return (made.root / "published.tsv").read_text(encoding="utf-8").splitlines()[1:]


def in_feed(made: MadeSite) -> list[str]:
    """Return the ids of the frozen feed."""
    return [item["id"] for item in json.loads((made.root / "build/feed.json").read_bytes())["items"]]


# What a freeze writes down


def test_a_freeze_writes_down_what_it_has_published(online: MadeSite) -> None:
    online.freeze()
    assert recorded(online) == LINES
    assert in_feed(online) == [LINES[1].split("\t")[0], LINES[0].split("\t")[0]]


def test_a_clean_freeze_writes_the_same_lines(online: MadeSite) -> None:
    assert online.run("freeze", "--clean").exit_code == 0
    assert recorded(online) == LINES


def test_what_nobody_may_read_is_not_written_down(online: MadeSite) -> None:
    online.write(
        {
            "posts/draft.md": "---\ntitle: D\ndate: 2026-01-03\ndraft: true\n---\n\nText.\n",
            "posts/later.md": POST.format("L", "2027-01-03"),
            "posts/undated.md": POST.format("U", "one fine day"),
            "pages/about.md": "# About\n",
        }
    )
    assert online.run("freeze", "--drafts", "--future").exit_code == 0
    assert recorded(online) == LINES


def test_ids_are_kept_from_when_the_address_is_set(made: MadeSite) -> None:
    made.write(FILES)
    made.freeze()
    assert not (made.root / "published.tsv").exists()
    made.settings(url=URL)
    made.freeze()
    assert recorded(made) == LINES


def test_an_address_of_this_machine_keeps_ids_too_where_it_is_set(
    made: MadeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.write(FILES)
    monkeypatch.setenv("BLOG_URL", "http://127.0.0.1:8000/")
    made.freeze()
    assert recorded(made) == [line.replace("https://example.org/", "http://127.0.0.1:8000/") for line in LINES]


def test_a_setting_names_another_file_or_none(online: MadeSite) -> None:
    online.settings(url=URL, published="data/ids.tsv")
    online.freeze()
    assert (online.root / "data/ids.tsv").read_text().splitlines()[1:] == LINES
    online.settings(url=URL, published="")
    online.freeze()
    assert not (online.root / "published.tsv").exists()


def test_a_freeze_where_nothing_changed_looks_at_no_line_and_makes_no_page(online: MadeSite) -> None:
    online.freeze()
    before = (online.root / "published.tsv").stat()
    assert " 0 written" in online.run("freeze").output
    assert (online.root / "published.tsv").stat().st_mtime_ns == before.st_mtime_ns


def test_writing_the_ledger_changes_no_page(online: MadeSite) -> None:
    first = online.freeze()
    app = online.app()
    result = online.run("freeze", app=app)
    assert (online.tree(), " 0 written" in result.output) == (first, True)


def test_a_ledger_that_was_changed_by_hand_is_heeded(online: MadeSite) -> None:
    online.freeze()
    file = online.root / "published.tsv"
    file.write_text(file.read_text().replace("https://example.org/posts/a/\t", "urn:a\t"))
    online.freeze()
    assert in_feed(online)[1] == "urn:a"
    app = online.app()
    with app.app_context():
        assert library().ids(("posts/a.md",)) == ["urn:a"]
        file.write_text(file.read_text().replace("urn:a\t", "urn:b\t"))
        library().refresh()
        assert library().ids(("posts/a.md",)) == ["urn:b"]


def test_a_line_that_was_deleted_comes_back_with_the_next_freeze(online: MadeSite) -> None:
    online.freeze()
    (online.root / "published.tsv").unlink()
    online.freeze()
    assert recorded(online) == LINES


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named_and_the_freeze_goes_on(online: MadeSite) -> None:
    online.freeze()
    online.write({"posts/c.md": POST.format("C", "2026-01-03")})
    online.root.chmod(0o555)
    try:
        result = online.run("freeze")
    finally:
        online.root.chmod(0o755)
    assert result.exit_code == 0
    assert "published.tsv: can't be written (Permission denied)" in result.output


def test_a_ledger_that_cannot_be_written_is_named_at_each_freeze(online: MadeSite) -> None:
    (online.root / "published.tsv").mkdir()
    for _ in range(2):
        result = online.run("freeze")
        assert result.exit_code == 0
        assert "published.tsv: can't be written (Is a directory)" in result.output


def test_a_ledger_may_be_a_link(online: MadeSite) -> None:
    shared = online.root.parent / "shared.tsv"
    shared.write_text("")
    (online.root / "published.tsv").symlink_to(shared)
    online.freeze()
    assert (online.root / "published.tsv").is_symlink()
    assert recorded(online) == LINES


# What moves, and what doesn't


def moved(made: MadeSite, before: str, after: str) -> None:
    (made.root / before).rename(made.root / after)


def test_nothing_that_moves_moves_the_id(online: MadeSite) -> None:
    online.freeze()
    want = {"A": "https://example.org/posts/a/", "B": "https://example.org/posts/b/"}

    def check() -> None:
        online.freeze()
        lines = [line.split("\t") for line in recorded(online)]
        assert [line[0] for line in lines] == sorted(want.values())
        assert sorted(in_feed(online)) == sorted(want.values())

    online.write({"posts/a.md": POST.format("Another title", "2026-01-01")})
    check()
    online.write({"posts/a.md": "---\ntitle: Another title\ndate: 2026-01-01\nslug: other\n---\n\nText.\n"})
    check()
    online.write(
        {"posts/a.md": "---\ntitle: Another title\ndate: 2026-01-01T10:00:00+02:00\nslug: other\n---\n\nText.\n"}
    )
    check()
    moved(online, "posts/a.md", "posts/new-name.md")  # the slug, and so the address, stays
    check()
    moved(online, "posts/b.md", "posts/words.md")  # date and title stay
    check()
    online.write({"posts/new-name.md": "---\ntitle: C\ndate: 2025-02-02\naliases: [/posts/other/]\n---\n\nText.\n"})
    moved(online, "posts/new-name.md", "posts/c.md")
    check()
    for values in (
        {"url": "http://other.example/blog/"},
        {"url": URL, "permalink": "/:year/:slug/"},
        {"timezone": "Asia/Tokyo"},
    ):
        online.settings(**{"url": URL, **values})
        check()
    assert [line.split("\t")[4] for line in recorded(online)] == [
        "/posts/c/ /2025/c/ /posts/other/ /posts/a/",
        "/posts/words/ /2026/words/ /posts/b/",
    ]


def test_a_post_that_was_deleted_comes_back_as_itself(online: MadeSite) -> None:
    online.settings(url=URL)
    online.freeze()
    online.settings(url="https://other.example/")
    (online.root / "posts/a.md").unlink()
    online.freeze()
    assert recorded(online) == [LINES[0].replace("posts/a.md", ""), LINES[1]]
    online.write({"posts/a.md": POST.format("Once more", "2026-01-01")})
    online.freeze()
    assert in_feed(online)[1] == "https://example.org/posts/a/"


def test_a_new_text_under_the_name_of_one_that_was_deleted_is_a_new_one(online: MadeSite) -> None:
    online.freeze()
    (online.root / "posts/a.md").unlink()
    online.freeze()
    online.write({"posts/a.md": POST.format("Another", "2026-05-05")})
    online.freeze()
    assert in_feed(online) == ["https://example.org/posts/a/#2", "https://example.org/posts/b/"]


def test_a_draft_that_is_deleted_keeps_its_name_for_nobody(online: MadeSite) -> None:
    online.freeze()
    online.write({"posts/a.md": POST.format("A", "2026-01-01").replace("date:", "draft: true\ndate:")})
    online.freeze()
    assert recorded(online) == LINES
    (online.root / "posts/a.md").unlink()
    online.freeze()
    assert recorded(online)[0] == LINES[0].replace("posts/a.md", "")


def test_a_new_text_under_the_name_of_one_that_was_renamed_is_a_new_one(online: MadeSite) -> None:
    online.freeze()
    moved(online, "posts/a.md", "posts/a-2025.md")
    online.write({"posts/a.md": POST.format("Another", "2026-05-05")})
    before = ids(online)
    online.freeze()
    assert before == ids(online)
    assert before["posts/a-2025.md"] == "https://example.org/posts/a/"
    assert before["posts/a.md"] == "https://example.org/posts/a/#2"


def test_two_lines_of_one_id_stay_and_the_first_counts(online: MadeSite) -> None:
    """As a merge of two branches leaves them."""
    rows = ["urn:x\tposts/b.md\t2026-01-02\tB\t/posts/b/", "urn:x\tposts/a.md\t2026-01-01\tA\t/posts/a/"]
    online.write({"published.tsv": "\n".join(["# x", *rows, ""])})
    for _ in range(2):
        online.freeze()
        assert in_feed(online) == ["urn:x", "https://example.org/posts/a/"]
    assert recorded(online) == [LINES[0], f"{rows[0]} /posts/a/", rows[1]]


def test_a_date_that_comes_from_the_file_stays_when_the_file_is_copied(online: MadeSite) -> None:
    online.write({"posts/c.md": "# C\n\nText.\n"})
    os.utime(online.root / "posts/c.md", (1_770_000_000, 1_770_000_000))
    online.freeze()
    assert recorded(online)[2].split("\t")[2] == "2026-02-02"
    for name in ("posts/c.md", "posts/a.md"):
        os.utime(online.root / name, (1_780_000_000, 1_780_000_000))
    shutil.rmtree(online.root / ".flatleaf")  # as in a fresh checkout
    before = recorded(online)
    tree = online.freeze()
    assert recorded(online) == before
    assert json.loads(tree["feed.json"])["items"][0]["date_published"] == "2026-02-02T00:00:00+00:00"
    online.write({"posts/c.md": "# C\n\nOther text.\n"})
    online.freeze()
    assert recorded(online) == before
    (online.root / "published.tsv").unlink()
    os.utime(online.root / "posts/c.md", (1_780_000_000, 1_780_000_000))
    online.freeze()
    assert recorded(online)[2].split("\t")[2] == "2026-05-28"


def test_a_header_gives_the_id_before_and_after_it_is_written_down(online: MadeSite) -> None:
    online.write({"posts/a.md": "---\ntitle: A\ndate: 2026-01-01\nguid: Episode 1\n---\n\nText.\n"})
    before = ids(online)
    online.freeze()
    assert before["posts/a.md"] == "Episode 1"
    assert ids(online) == before
    assert recorded(online)[0].startswith("Episode 1\tposts/a.md\t")


def test_an_id_in_a_header_takes_the_place_of_that_which_was_written_down(online: MadeSite) -> None:
    online.freeze()
    online.write({"posts/a.md": "---\ntitle: A\ndate: 2026-01-01\nid: urn:new\n---\n\nText.\n"})
    online.freeze()
    online.freeze()
    assert [line.split("\t")[:2] for line in recorded(online)] == [
        ["https://example.org/posts/a/", "-"],
        ["https://example.org/posts/b/", "posts/b.md"],
        ["urn:new", "posts/a.md"],
    ]


def test_a_draft_takes_no_id_from_what_is_published(online: MadeSite) -> None:
    online.freeze()
    online.write(
        {"posts/0.md": "---\ntitle: D\ndate: 2026-01-03\ndraft: true\nguid: https://example.org/posts/new/\n---\n"}
    )
    online.write({"posts/new.md": POST.format("N", "2026-03-03")})
    online.settings(url=URL, drafts=True)
    assert ids(online)["posts/new.md"] == "https://example.org/posts/new/"
    assert ids(online)["posts/0.md"] == "https://example.org/posts/0/"


def test_a_post_at_an_address_that_another_had_gets_an_id_of_its_own(online: MadeSite) -> None:
    online.freeze()
    online.write({"posts/a2.md": "---\ntitle: A\ndate: 2026-01-01\naliases: [/posts/a/]\n---\n\nText.\n"})
    (online.root / "posts/a.md").unlink()
    online.freeze()
    online.write({"posts/a.md": POST.format("New", "2026-06-06")})
    before = ids(online)
    online.freeze()
    assert before["posts/a.md"] == "https://example.org/posts/a/#2"
    assert ids(online) == before
    assert len(recorded(online)) == 3


# What is wrong


def test_check_names_what_is_wrong_with_ledger_and_ids(online: MadeSite) -> None:
    online.write(
        {
            "posts/b.md": "---\ntitle: B\ndate: 2026-01-02\nguid: x\n---\n",
            "posts/c.md": "---\ntitle: C\ndate: 2026-01-03\nguid: x\n---\n",
            "published.tsv": "broken\nurn:a\tposts/a.md\nurn:a\tposts/z.md\n<<<<<<< HEAD\n=======\n>>>>>>> x\n",
        }
    )
    result = online.run("check")
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "posts/c.md: the id x belongs to posts/b.md",
        "published.tsv:1: there is no tab between id and file here",
        "published.tsv:3: line 2 has this id too, and counts: urn:a",
        "published.tsv:4: git couldn't merge this: keep one line of each id, without the marks",
        "2 published texts are not in published.tsv; the next freeze records them",
    ]


def test_check_says_what_a_freeze_would_record_and_finds_no_fault_in_it(online: MadeSite) -> None:
    result = online.run("check")
    assert "2 published texts are not in published.tsv; the next freeze records them" in result.output
    assert result.exit_code == 0
    online.freeze()
    assert "published" not in online.run("check").output


def test_check_says_why_nothing_is_recorded(made: MadeSite) -> None:
    made.settings(title="T")
    assert made.run("check").output == "0 files, no problem\n"
    made.write(FILES)
    result = made.run("check")
    assert result.exit_code == 0
    assert "the setting url is not set: no ids are kept in published.tsv\n" in result.output
    made.settings(published="", url=URL)
    assert "the setting published is empty: no ids are kept\n" in made.run("check").output


def test_a_broken_ledger_stops_nothing_and_keeps_its_lines(online: MadeSite) -> None:
    online.write({"published.tsv": b"\xff\xfe\x00broken\n\n" + LINES[0].replace("https:", "urn:").encode() + b"\n"})
    online.freeze()
    data = (online.root / "published.tsv").read_bytes()
    assert data.startswith(b"\xff\xfe\x00broken\n\n")
    assert in_feed(online)[1] == "urn://example.org/posts/a/"


# While it is served


def wait_for(condition: object) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + 20
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_site_that_is_served_writes_down_what_it_publishes(online: MadeSite) -> None:
    app = create_app(online.root, live=True)
    live = of(app).live
    assert live
    try:
        assert app.test_client().get("/feed.json").status_code == 200
        wait_for(lambda: (online.root / "published.tsv").exists())
        assert recorded(online) == LINES
        online.write({"posts/c.md": POST.format("C", "2026-01-03")})
        wait_for(lambda: len(recorded(online)) == 3)
        moved(online, "posts/c.md", "posts/d.md")
        wait_for(lambda: "posts/d.md" in recorded(online)[2])
        assert recorded(online)[2].startswith("https://example.org/posts/c/\t")
        feed = json.loads(app.test_client().get("/feed.json").data)
        assert feed["items"][0]["id"] == "https://example.org/posts/c/"
        file = online.root / "published.tsv"
        file.write_text(file.read_text().replace("https://example.org/posts/c/\t", "urn:c\t"))
        wait_for(lambda: json.loads(app.test_client().get("/feed.json").data)["items"][0]["id"] == "urn:c")
    finally:
        live.end()


def test_what_is_shown_to_its_writer_alone_is_not_written_down(online: MadeSite) -> None:
    before = set(threading.enumerate())
    served = Development(partial(load, online.root), partial(create_app, live=True), True)
    try:
        assert [thread.name for thread in set(threading.enumerate()) - before] == ["watch"]
    finally:
        served.end()


def test_several_that_write_at_once_write_each_line_once(online: MadeSite) -> None:
    apps = [online.app() for _ in range(4)]
    threads = [threading.Thread(target=identity.record, args=(of(app).library,)) for app in apps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert recorded(online) == LINES


def test_a_recorder_says_once_that_it_cannot_write(online: MadeSite, caplog: pytest.LogCaptureFixture) -> None:
    (online.root / "published.tsv").mkdir()
    app = create_app(online.root, live=True)
    live = of(app).live
    assert live
    of(app).library.refresh()
    recorder = identity.Recorder(of(app).library, live)
    for _ in range(3):
        recorder.record()
    assert len([one for one in caplog.records if "published.tsv" in one.getMessage()]) == 1


# Any series of changes


class Releases(RuleBasedStateMachine):
    """Change a site as people do, with a release after each change; remember who has which id."""

    def __init__(self) -> None:
        super().__init__()
        self.made = MadeSite(Path(tempfile.mkdtemp()))
        self.values: dict[str, object] = {"url": URL}
        self.posts: dict[str, dict[str, object]] = {}  # by file
        self.published: dict[int, str] = {}  # ids by number of post
        self.count = 0
        self.made.settings(**self.values)

    def teardown(self) -> None:
        shutil.rmtree(self.made.root)

    def write(self, file: str) -> None:
        said = self.posts[file]
        head = "\n".join(f"{name}: {json.dumps(value)}" for name, value in said.items() if name != "number")
        self.made.write({file: f"---\n{head}\n---\n\nText {said['number']}.\n"})

    def chosen(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.posts)))

    @rule(name=st.sampled_from("abcdef"), title=st.sampled_from("ABC"), day=st.integers(1, 28))
    def new(self, name: str, title: str, day: int) -> None:
        if f"posts/{name}.md" in self.posts:
            return
        self.count += 1
        self.posts[f"posts/{name}.md"] = {
            "title": f"{title} {self.count}",
            "date": f"2026-01-{day:02}",
            "number": self.count,
        }
        self.write(f"posts/{name}.md")
        self.release()

    @precondition(lambda self: self.posts)
    @rule(data=st.data(), title=st.sampled_from("XYZ"))
    def retitle(self, data: st.DataObject, title: str) -> None:
        file = self.chosen(data)
        self.posts[file]["title"] = f"{title} {self.posts[file]['number']}"
        self.write(file)
        self.release()

    @precondition(lambda self: self.posts)
    @rule(data=st.data(), slug=st.sampled_from(["one", "two", "three"]))
    def reslug(self, data: st.DataObject, slug: str) -> None:
        file = self.chosen(data)
        self.posts[file]["slug"] = f"{slug}-{self.posts[file]['number']}"
        self.write(file)
        self.release()

    @precondition(lambda self: self.posts)
    @rule(data=st.data(), alias=st.booleans())
    def rename(self, data: st.DataObject, alias: bool) -> None:
        file = self.chosen(data)
        said = self.posts.pop(file)
        self.count += 1
        to = f"posts/moved-{said['number']}-{self.count}.md"
        if alias:
            with self.made.app().app_context():
                said["aliases"] = [library().catalogue.by_path[file].url]
            said["title"] = f"W {said['number']}"
        (self.made.root / file).unlink()
        self.posts[to] = said
        self.write(to)
        self.release()

    def put(self, file: str, said: dict[str, object]) -> None:
        self.posts[file] = said
        self.write(file)

    def fresh(self, title: str, day: int) -> dict[str, object]:
        self.count += 1
        return {"title": f"{title} {self.count}", "date": f"{1980 + self.count}-02-{day:02}", "number": self.count}

    @precondition(lambda self: len(self.posts) > 1)
    @rule(data=st.data())
    def swap(self, data: st.DataObject) -> None:
        one, two = data.draw(st.lists(st.sampled_from(sorted(self.posts)), min_size=2, max_size=2, unique=True))
        first, second = self.posts[one], self.posts[two]
        self.put(one, second)
        self.put(two, first)
        self.release()

    @precondition(lambda self: self.posts)
    @rule(data=st.data(), title=st.sampled_from("ABC"), day=st.integers(1, 28))
    def rename_and_reuse(self, data: st.DataObject, title: str, day: int) -> None:
        file = self.chosen(data)
        said = self.posts[file]
        self.put(f"posts/kept-{said['number']}-{self.count}.md", said)
        self.put(file, self.fresh(title, day))
        self.release()

    @precondition(lambda self: self.posts)
    @rule(data=st.data(), title=st.sampled_from("ABC"), day=st.integers(1, 28), back=st.booleans())
    def delete_and_reuse(self, data: st.DataObject, title: str, day: int, back: bool) -> None:
        file = self.chosen(data)
        said = self.posts.pop(file)
        (self.made.root / file).unlink()
        gone = self.published.pop(int(str(said["number"])))
        self.release()
        self.put(file, self.fresh(title, day))
        self.release()
        assert gone not in self.published.values()
        if back:
            self.published[int(str(said["number"]))] = gone
            self.put(f"posts/back-{said['number']}-{self.count}.md", said)
            self.release()

    @rule(url=st.sampled_from([URL, "http://example.org/", "https://other.example/blog/"]))
    def move(self, url: str) -> None:
        self.values["url"] = url
        self.made.settings(**self.values)
        self.release()

    @rule(permalink=st.sampled_from(["/posts/:slug/", "/:year/:month/:slug/", "/:filename.html"]))
    def repattern(self, permalink: str) -> None:
        self.values["permalink"] = permalink
        self.made.settings(**self.values)
        self.release()

    def release(self) -> None:
        """Publish as a freeze does, without making the pages."""
        app = self.made.app()
        with app.app_context():
            now = {int(str(self.posts[path]["number"])): one for path, one in self.of_library().items()}
            assert not identity.record(of(app).library).error
        assert {number: now[number] for number in self.published} == self.published
        with self.made.app().app_context():
            again = {int(str(self.posts[path]["number"])): one for path, one in self.of_library().items()}
        assert again == now  # written down or not
        self.published = now

    @staticmethod
    def of_library() -> dict[str, str]:
        paths = tuple(library().catalogue.by_path)
        return dict(zip(paths, library().ids(paths), strict=True))

    @invariant()
    def no_two_share_an_id(self) -> None:
        assert len(set(self.published.values())) == len(self.published)


def test_no_series_of_changes_moves_an_id() -> None:
    run_state_machine_as_test(
        Releases, settings=hypothesis_settings(max_examples=15, stateful_step_count=12, deadline=None)
    )  # type: ignore[no-untyped-call]


def test_ledgers_of_two_branches_merge(online: MadeSite) -> None:
    """With git's own merge, as two writers have it who each publish something new."""
    git = shutil.which("git")
    if not git:
        pytest.skip("needs git")

    def run(*arguments: str) -> str:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
        done = subprocess.run([git, *who, *arguments], cwd=online.root, capture_output=True, text=True, check=True)
        return done.stdout

    online.write({".gitignore": "build\n.flatleaf\n"})
    online.freeze()
    for words in ("init", "add .", "commit -m one", "checkout -b other"):
        run(*words.split())
    online.write({"posts/0.md": POST.format("0", "2026-02-01")})
    online.freeze()
    for words in ("add .", "commit -m two", "checkout main"):
        run(*words.split())
    online.write({"posts/c.md": POST.format("C", "2026-02-02")})
    online.freeze()
    for words in ("add .", "commit -m three", "merge other"):
        run(*words.split())
    found = [line.split("\t")[1] for line in recorded(online)]
    assert found == ["posts/0.md", "posts/a.md", "posts/b.md", "posts/c.md"]


def test_ids_are_kept_for_the_next_process_until_anything_they_rest_on_changes(online: MadeSite) -> None:
    """The next one reads them from the index: a lie put there shows that it does."""
    online.settings(url="https://made.example/", published="")  # else the first one writes another ledger
    online.write({"posts/x.md": "---\ntitle: X\ndate: 2026-01-01\nid: urn:x\n---\n"})

    def ids() -> dict[str, str]:
        app = create_app(online.root, clock=lambda: online.now, live=True)
        of(app).keep_up()
        assert of(app).live
        of(app).live.end()  # type: ignore[union-attr]
        return {path: made for path, made in of(app).library.catalogue.ids.items() if path == "posts/x.md"}

    assert ids() == {"posts/x.md": "urn:x"}
    with sqlite3.connect(next((online.root / ".flatleaf").glob("live-*.sqlite"))) as db:
        db.execute("UPDATE about SET value = replace(value, 'urn:x', 'urn:lie') WHERE key = 'ids'")
    assert ids() == {"posts/x.md": "urn:lie"}
    online.write({"posts/x.md": "---\ntitle: X\ndate: 2026-01-01\nid: urn:x\n---\nMore.\n"})
    assert ids() == {"posts/x.md": "urn:x"}


def test_a_server_loads_no_command() -> None:
    code = "import blog.wsgi, sys; print([name for name in blog.COMMANDS if 'blog.features.' + name in sys.modules])"
    command = [sys.executable, "-c", code]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "BLOG_SITE": "."})
    assert said.stdout.strip() == "[]"
