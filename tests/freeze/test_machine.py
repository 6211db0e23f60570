"""After any series of changes an incremental freeze gives what Frozen-Flask gives from nothing, byte for byte.

Hypothesis makes up the series and cuts one that fails down to a few steps. Every step is followed by a freeze in
one process, now and then by one in two processes and by one of an app that has been there since the start. There
are 2,000 steps unless FLATLEAF_STEPS asks for more: FLATLEAF_STEPS=50000 pytest -n 2 tests/freeze/test_machine.py.
Cutting down takes minutes, so it is done only where FLATLEAF_SHRINK is set; --hypothesis-seed repeats a series.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jinja2
import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from blog import create_app
from blog.errors import FreezeError
from blog.freeze import build, oracle, workers
from blog.settings import load

STEPS = int(os.environ.get("FLATLEAF_STEPS", "2000"))
PARTS = 4  # tests that share the steps, for several processes of pytest
LENGTH = 40  # steps of one series
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")

DOCUMENTS = """posts/a.md posts/b.md posts/größe.md posts/2020-01-05-c.md posts/c/index.md posts/d/index.md
    posts/sub/e.md posts/index.md pages/about.md pages/index.md pages/404.md pages/a/b.md pages/part.html""".split()
ASSETS = """posts/pic.png posts/c/pic.png posts/d/sub/pic.png posts/sub/pic.png pages/pic.png pages/a/index.html
    pages/feed.xml static/own.css static/theme.css static/sub/x.txt""".split()
ADDRESSES = """/old/ /older.html /posts/a/ /posts/ /tags/ /tags/one/ /archive/ /page/2/ /feed.xml /404.html / /about/
    /größe/ /a/b/ /old/x/ /older.html/x/ /static/own.css /posts/c/pic.png /old/index.html""".split()
BODIES = [
    "",
    "Words.",
    "Other words, as many as it takes.\n\nAnd more of them.",
    "First.\n\n<!--more-->\n\nRest with `code`.",
    "Note[^1].\n\n[^1]: The note.",
    "# A\n\n```python\nprint(1)\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    "[a](a.md) [b](b.md) [g](größe.md)\n\n[c](c/index.md)",
    "Text.\n\n[a](../posts/a.md) [about](../pages/about.md) [none](nowhere.md) ![p](pic.png)",
    "![p](pic.png) ![q](sub/pic.png) [up](../a.md#x) [out](https://example.org/) [root](/about/)",
]
FIELDS: dict[str, list[str]] = {
    "title": ["A", "B", "Größe", "A & <b>", "A longer title: this one"],
    "date": """2020-01-02 2020-01-03T10:00:00+09:00 2026-11-20T12:30:00Z 2026-11-20T13:00:00Z 2026-11-21
        2999-01-01 never""".split(),
    "tags": ["[one]", "[One, two]", "[größe]", "[ONE]", "[]", "[new york, one]"],
    "categories": ["[far]", "[one]"],
    "aliases": [f"[{one}, {two}]" for one, two in zip(ADDRESSES, ADDRESSES[3:] + ADDRESSES[:3], strict=True)],
    "url": ADDRESSES,
    "slug": ["a", "b", "moved"],
    "draft": ["true", "false"],
    "layout": ["x", "home", "none"],
    "menu": ["main", "{main: {weight: 2, name: Here}}"],
    "lang": ["de", "he"],
    "summary": ["In short.", "In other words."],
    "updated": ["2026-11-19", "2020-01-04"],
    "author": ["Me", "You"],
}
TEMPLATES = {
    "templates/post.html": [
        "{{ post.title }} {{ html }} {{ newer.title if newer }} {{ older.title if older }}",
        '{% extends "base.html" %}{% block main %}{{ html }}{% endblock %}',
        "{{ no_such_thing }}",
    ],
    "templates/page.html": ["{{ page.title }}{% for post in recent() %} {{ post.title }}{% endfor %}", "{{ html }}"],
    "templates/home.html": ['{% extends "base.html" %}{% block main %}{{ entries | length }}{% endblock %}'],
    "templates/layouts/x.html": ["x {{ page.title }} {{ page.tags | join }}", "y {{ site.title }} {{ html }}"],
    "templates/404.html": ["lost", "{{ no_such_thing }}"],
    "templates/redirect.html": ["{{ target }}"],
}
SETTINGS = {
    "title": ["'Made'", "'Other'"],
    "url": ["'https://made.example/'", "'https://made.example/blog/'", "'https://other.example/'"],
    "permalink": ["'/:year/:month/:slug/'", "'/:slug/'", "'/posts/:title.html'"],
    "posts_per_page": ["1", "2", "3"],
    "feed_size": ["1", "2"],
    "language": ["'de'"],
    "timezone": ["'Pacific/Kiritimati'", "'America/Anchorage'"],
    "author": ["'Me'"],
    "menu": ["[{ name = 'Out', url = 'https://example.org/' }]", "[{ name = 'A', url = '/posts/a/', weight = 1 }]"],
    "drafts": ["true"],
    "future": ["true"],
}
pick = st.integers(0, 30)
STEPS_DONE = {"steps": 0}


class Compiled(jinja2.BytecodeCache):
    """Spare every new app of this process the compiler; Jinja holds each entry against its template's source."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def tree(top: Path) -> dict[str, bytes]:
    """Return the files of a folder, and its folders that hold nothing."""
    found = {}
    for path in top.rglob("*"):
        if path.is_file():
            found[path.relative_to(top).as_posix()] = path.read_bytes()
        elif not any(path.iterdir()):
            found[f"{path.relative_to(top).as_posix()}/"] = b""
    return found


class Changes(RuleBasedStateMachine):
    """A site, and three builds of it that are kept up to date in different ways."""

    def __init__(self) -> None:
        super().__init__()
        self.top = Path(tempfile.mkdtemp(prefix="flatleaf-machine-"))
        self.root = self.top / "site"
        self.now = self.tick = NOON
        self.fields: dict[str, dict[str, str]] = {}
        self.given: dict[str, str] = {}
        self.clean: dict[str, bytes] | None = None  # what a clean build gives, known until something changes

    def teardown(self) -> None:
        shutil.rmtree(self.top)

    @initialize(body=st.sampled_from(BODIES), more=pick)
    def begin(self, body: str, more: int) -> None:
        self.settings_changed()
        self.add("posts/a.md", "A", "2020-01-02", "[one]", body)
        for name in DOCUMENTS[1 : more % 6]:
            self.add(name, "B", "2020-01-04", "[one, two]", "[a](a.md) [b](b.md) Hi.\n\nMore.")
        self.there_since_the_start()
        self.in_two_processes()

    # What changes

    def write(self, name: str, content: str | bytes) -> None:
        """Write a file at a time of its own: what is written twice at once with one size looks the same."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        self.stamp(path)

    def stamp(self, path: Path) -> None:
        self.tick += timedelta(minutes=7)
        os.utime(path, ns=(int(self.tick.timestamp()) * 10**9,) * 2)
        self.clean = None

    def put(self, name: str) -> None:
        fields = self.fields[name]
        head = "".join(f"{key}: {value}\n" for key, value in fields.items() if key != "body")
        self.write(name, f"---\n{head}---\n\n{fields['body']}\n")

    def document(self, number: int) -> str:
        return sorted(self.fields)[number % len(self.fields)]

    @rule(
        name=st.sampled_from(DOCUMENTS),
        title=st.sampled_from(FIELDS["title"]),
        date=st.sampled_from(FIELDS["date"]),
        tags=st.sampled_from(FIELDS["tags"]),
        body=st.sampled_from(BODIES),
    )
    def add(self, name: str, title: str, date: str, tags: str, body: str) -> None:
        self.fields[name] = {"title": title, "date": date, "tags": tags, "body": body}
        self.put(name)

    @precondition(lambda self: self.fields)
    @rule(of=pick, body=st.sampled_from(BODIES))
    def edit(self, of: int, body: str) -> None:
        name = self.document(of)
        self.fields[name]["body"] = body
        self.put(name)

    @precondition(lambda self: self.fields)
    @rule(of=pick, field=st.sampled_from(sorted(FIELDS)), value=pick)
    def say(self, of: int, field: str, value: int) -> None:
        """Change what the header says: title, date, tags, aliases, draft, ..."""
        name = self.document(of)
        values = [*FIELDS[field], None]
        said = values[value % len(values)]
        if said is None:
            self.fields[name].pop(field, None)
        else:
            self.fields[name][field] = said
        self.put(name)

    @precondition(lambda self: self.fields)
    @rule(of=pick, to=st.sampled_from(DOCUMENTS))
    def rename(self, of: int, to: str) -> None:
        """Move a document, also into a folder of its own and out of it, over another one or from posts to pages."""
        name = self.document(of)
        self.fields[to] = self.fields.pop(name)
        (self.root / to).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).rename(self.root / to)
        self.clean = None

    @precondition(lambda self: len(self.fields) > 1)
    @rule(of=pick, other=pick)
    def exchange(self, of: int, other: int) -> None:
        """Give two documents each other's name; their times go with them."""
        one, two = self.document(of), self.document(other)
        if one != two:
            self.fields[one], self.fields[two] = self.fields[two], self.fields[one]
            (self.root / one).rename(self.root / "aside")
            (self.root / two).rename(self.root / one)
            (self.root / "aside").rename(self.root / two)
            self.clean = None

    @precondition(lambda self: self.fields)
    @rule(of=pick)
    def delete(self, of: int) -> None:
        name = self.document(of)
        del self.fields[name]
        self.remove(name)

    def remove(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)
        self.clean = None

    @rule(name=st.sampled_from(ASSETS), content=st.sampled_from([b"one", b"two", b"three"]))
    def put_asset(self, name: str, content: bytes) -> None:
        self.write(name, content)

    @rule(name=st.sampled_from(ASSETS))
    def delete_asset(self, name: str) -> None:
        self.remove(name)

    @rule(name=st.sampled_from(sorted(TEMPLATES)), which=pick)
    def put_template(self, name: str, which: int) -> None:
        texts = [*TEMPLATES[name], None]
        text = texts[which % len(texts)]
        if text is None:
            self.remove(name)
        else:
            self.write(name, text)
        self.old = self.app()

    @rule(key=st.sampled_from(sorted(SETTINGS)), which=pick)
    def set(self, key: str, which: int) -> None:
        values = [*SETTINGS[key], ""]
        self.given[key] = values[which % len(values)]
        self.settings_changed()

    def settings_changed(self) -> None:
        said = "".join(f"{key} = {value}\n" for key, value in self.given.items() if value)
        self.write("pyproject.toml", f"[tool.blog]\n{said}")
        self.old = self.app()

    @rule(minutes=st.sampled_from([1, 30, 61, 24 * 60]))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.clean = None

    @rule(
        name=st.sampled_from(["one", "two", "old"]), of=pick, how=st.sampled_from(["gone", "other", "longer", "empty"])
    )
    def tamper(self, name: str, of: int, how: str) -> None:
        """Let somebody spoil a file of a build."""
        files = sorted(path for path in (self.top / name).rglob("*") if path.is_file())
        path = files[of % len(files)]
        body, known = path.read_bytes(), self.clean
        if how == "gone":
            path.unlink()
        else:
            path.write_bytes({"other": body[::-1], "longer": body + b"!", "empty": b""}[how])
            self.stamp(path)
        self.clean = known

    @rule()
    def delete_the_cache(self) -> None:
        shutil.rmtree(self.root / ".flatleaf", ignore_errors=True)
        self.old = self.app()

    @rule(of=pick)
    def serve(self, of: int) -> None:
        """Let a server of the same site look at the files, and render some."""
        app = self.app()
        app.testing = False
        client = app.test_client()
        of_site = list(self.clean or ["index.html"])
        base = app.extensions["blog"].settings.base_path
        for name in ("index.html", of_site[of % len(of_site)], of_site[-1 - of % len(of_site)]):
            client.get(f"{base}/{name.removesuffix('index.html')}", buffered=True)

    # What must hold

    def app(self, cache: Path | None = None) -> Flask:
        found = load(self.root, {})
        app = create_app(settings=replace(found, cache=str(cache)) if cache else found, clock=lambda: self.now)
        app.testing = True
        app.jinja_env.bytecode_cache = COMPILED
        return app

    def expected(self) -> dict[str, bytes] | None:
        """Return what Frozen-Flask builds from nothing; ``None`` if there is a template that fails."""
        with tempfile.TemporaryDirectory(dir=self.top) as folder:
            app = self.app(Path(folder) / "cache")
            try:
                for _ in oracle.build(app, Path(folder) / "build"):
                    pass
            except jinja2.UndefinedError:
                return None
            return tree(Path(folder) / "build")

    def check(self, name: str, app: Flask, jobs: int) -> None:
        """Freeze, and compare; a freeze that fails leaves the build as it was."""
        if self.clean is None:
            self.clean = self.expected()
        before = tree(self.top / name)
        if self.clean is None:
            with pytest.raises(FreezeError, match="no_such_thing"):
                build.freeze(app, self.top / name, jobs)
            assert tree(self.top / name) == before
            return
        report = build.freeze(app, self.top / name, jobs)
        after = tree(self.top / name)
        assert sorted(after) == sorted(self.clean)
        assert [file for file in after if after[file] != self.clean[file]] == []
        changed = sum(before.get(file) != body for file, body in after.items())
        gone = [file for file in before.keys() - after.keys() if not file.endswith("/")]
        assert (report.files, report.written, report.removed) == (len(after), changed, len(gone))

    @rule()
    def in_two_processes(self) -> None:
        self.check("two", self.app(), 2)

    @rule()
    def there_since_the_start(self) -> None:
        self.check("old", self.old, 1)

    @invariant()
    def holds_in_one_process(self) -> None:
        STEPS_DONE["steps"] += 1
        self.check("one", self.app(), 1)


@pytest.mark.parametrize("part", range(PARTS))
def test_an_incremental_freeze_equals_a_clean_one(part, monkeypatch):
    monkeypatch.setattr(workers, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(workers, "CHUNK", 3)
    STEPS_DONE["steps"] = 0
    while (missing := STEPS // PARTS - STEPS_DONE["steps"]) > 0:  # some series end early
        run_state_machine_as_test(
            Changes,
            settings=settings(
                max_examples=-(-missing // LENGTH),
                stateful_step_count=LENGTH,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
                report_multiple_bugs=False,
                phases=[Phase.generate, *([Phase.shrink] if "FLATLEAF_SHRINK" in os.environ else [])],
            ),
        )
    print(f"{STEPS_DONE['steps']} steps")


# What the machine has found, cut down


def frozen(made) -> dict[str, bytes]:
    """Freeze, and hold the build against a clean one of the same files."""
    tree = made.freeze()
    clean = made.root.parent / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    app = create_app(settings=replace(load(made.root, {}), cache=str(clean / "cache")), clock=lambda: made.now)
    assert list(oracle.build(app, clean / "build"))
    expected = {p.relative_to(clean / "build").as_posix(): p.read_bytes() for p in (clean / "build").rglob("*.*")}
    assert sorted(tree) == sorted(expected)
    assert [name for name in tree if tree[name] != expected[name]] == []
    return tree


@pytest.fixture
def in_a_folder(site):
    """Return a site with a folder around it for other builds."""
    return site({"posts/a.md": "---\ntitle: A\ndate: 2020-01-02\n---\n\nHi.\n", "pages/b.md": "# B\n\nText.\n"})


def test_a_page_edited_once_still_notices_that_its_link_leads_elsewhere(in_a_folder):
    made = in_a_folder
    frozen(made)
    made.write({"posts/a.md": "---\ntitle: A\ndate: 2020-01-02\n---\n\nFirst.\n\n[b](../pages/b.md)\n"})
    frozen(made)
    made.write({"pages/b.md": "---\ntitle: B\nslug: moved\n---\n"})
    assert b'<a href="/moved/">b</a>' in frozen(made)["posts/a/index.html"]


@pytest.mark.parametrize("said", ["url: /static/x/", "aliases: [/static/x/]"])
def test_an_address_below_static_stops_no_freeze(in_a_folder, said):
    in_a_folder.write({"posts/c.md": f"---\ntitle: C\ndate: 2020-01-02\n{said}\n---\n"})
    assert "posts/a/index.html" in frozen(in_a_folder)


@pytest.mark.parametrize("alias", ["/page/2/", "/page/3/", "/tags/none/", "/tags/one/feed.xml", "/archive/", "/posts/"])
def test_an_alias_where_the_engine_has_a_page_stops_no_freeze(in_a_folder, alias):
    """Even if there are too few posts today for the page to be there."""
    in_a_folder.write({"posts/c.md": f"---\ntitle: C\ndate: 2020-01-02\naliases: [{alias}]\n---\n"})
    assert "posts/a/index.html" in frozen(in_a_folder)
