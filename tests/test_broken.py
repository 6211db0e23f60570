"""One bad file never takes the site down: whatever lies in the folder, the other pages are served and frozen."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from blog.site import of

GOOD = "---\ntitle: A good post\ndate: 2012-09-05\ntags: [good]\n---\nAll is well.\n"
DEEP = 600

BROKEN: dict[str, bytes] = {
    "bad yaml": b"---\ntitle: a: b\n---\n",
    "bad toml": b"+++\ntitle = \n+++\n",
    "bad json": b'{"title": }\n',
    "never closed": b"---\ntitle: Open\n",
    "no mapping": b"---\n[a: b]\n---\n",
    "latin-1": "---\ntitle: Café\n---\nà la carte\n".encode("latin-1"),
    "utf-16": "---\ntitle: Wide\n---\n".encode("utf-16"),
    "nul": b"\x00" * 100,
    "control": b"---\ntitle: a\x01b\n---\n\x02\n",
    "escaped nul": b'{"title": "a\\u0000b", "description": "c\\u0000d"}\ntext\n',
    "half a character": b'{"title": "a\\ud800b"}\ntext\n',
    "half a tag": b'{"title": "t", "tags": ["a\\udfffb"]}\ntext\n',
    "half a value": b'{"title": "t", "mood": {"a": ["\\ud800"]}}\ntext\n',
    "pictures": bytes(range(256)) * 20,
    "deep json": b'{"a": ' + b"[" * DEEP + b"]" * DEEP + b"}\n",
    "deeper json": b'{"a": ' + b"[" * 10_000 + b"]" * 10_000 + b"}\n",
    "deep yaml": b"---\na: " + b"[" * DEEP + b"]" * DEEP + b"\n---\n",
    "deeper yaml": b"---\na: " + b"[" * 10_000 + b"]" * 10_000 + b"\n---\n",
    "deep toml": b"+++\na = " + b"[" * 10_000 + b"]" * 10_000 + b"\n+++\n",
    "anchors": b"---\na: &a [x]\n" + b"".join(b"a: &a [*a, *a, *a, *a, *a]\n" for _ in range(20)) + b"---\n",
    "holds itself": b"---\na: &a {b: *a}\n---\n",
    "holds itself with a tag": b"---\na: &a !!int [*a]\n---\n",
    "impossible offset": b"---\ntitle: t\ndate: 2012-09-05T10:00:00+99:99\n---\n",
    "first year": b"+++\ntitle = 't'\ndate = 0001-01-01\n+++\n",
    "last year": b"+++\ntitle = 't'\ndate = 9999-12-31T23:59:59-12:00\n+++\n",
    "unknown zone": b"---\ntitle: t\ndate: 5 Sep 2012 10:00 AEST\n---\n",
    "odd url": b"---\ntitle: t\nurl: 'http://['\n---\n",
    "long url": b"---\ntitle: t\nurl: /" + b"x" * 300 + b"/\n---\ntext\n",
    "long alias": b"---\ntitle: t\naliases: [/" + b"x" * 300 + b"/]\n---\ntext\n",
    "alias of the home page": b"---\ntitle: t\naliases: [/, /posts/good/, /static/theme.css, /feed.xml]\n---\ntext\n",
    "alias under a file": b"---\ntitle: t\naliases: [/feed.xml/x/, /old.html, /old.html/x/]\n---\ntext\n",
    "odd layout": b"---\ntitle: t\nlayout: ../../etc/passwd\n---\ntext\n",
    "odd language": b"---\ntitle: t\nlang: '\"><script>'\n---\ntext\n",
    "odd menu": b"---\ntitle: t\nmenu: {main: {weight: [1], params: {color: [x]}, name: {a: b}}}\n---\ntext\n",
    "templates": b"---\ntitle: '{{ 7 * 7 }}{% raw %}'\n---\n{{ 7 * 7 }}{% raw %}\n",
    "nothing": b"",
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_bad_file_harms_no_other(site: Callable[..., Any], name: str) -> None:
    made = site({"posts/good.md": GOOD, "posts/bad.md": BROKEN[name], "pages/bad-page.md": BROKEN[name]})
    app = made.app()
    client = app.test_client()
    for url in (
        "/",
        "/posts/good/",
        "/archive/",
        "/tags/",
        "/tags/good/",
        "/feed.xml",
        "/atom.xml",
        "/feed.json",
        "/sitemap.xml",
    ):
        answer = client.get(url)
        assert answer.status_code == 200, url
    assert "All is well." in client.get("/posts/good/").get_data(as_text=True)
    assert "A good post" in client.get("/feed.xml").get_data(as_text=True)
    library = of(app).library
    with app.test_request_context():
        for path, document, shown in library.files():
            if not shown:
                reasons = [problem for problem in library.problems() if problem.path == path]
                assert reasons or (document is not None and document.draft), f"{path} is missing without a reason"
            elif document is not None:
                assert client.get(document.url).status_code == 200, document.url


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_bad_file_stops_no_freeze(site: Callable[..., Any], name: str) -> None:
    made = site({"posts/good.md": GOOD, "posts/bad.md": BROKEN[name]})
    result = made.run("freeze")
    assert result.exit_code == 0, result.output
    assert "All is well." in (made.root / "build/posts/good/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    [
        b"caf\xe9.md",
        b"caf\xe9.png",
        b"a\nb.md",
        b"a?b#c%d.md",
        b"a?b.png",
        b"a\\b.md",
        b"\xf0\x9f\x8d\x83.md",
        b" .md",
        b"-.md",
    ],
)
def test_a_bad_name_harms_no_other(site: Callable[..., Any], name: bytes) -> None:
    made = site({"posts/good.md": GOOD})
    (Path(os.fsdecode(os.fsencode(made.root / "posts") + b"/" + name))).write_text("Some text.\n", encoding="utf-8")
    app = made.app()
    assert app.test_client().get("/posts/good/").status_code == 200
    assert made.run("freeze").exit_code == 0
    assert made.run("ls", "--json").exit_code == 0
    assert made.run("check").exception is None or isinstance(made.run("check").exception, SystemExit)


def test_every_bad_file_is_named_at_once_with_its_line(site: Callable[..., Any]) -> None:
    made = site(
        {
            "posts/good.md": GOOD,
            "posts/yaml.md": BROKEN["bad yaml"],
            "posts/toml.md": b"+++\na = 1\ntitle = \n+++\n",
            "posts/json.md": b'{\n"a": 1,\n"b" 2}\n',
            "posts/open.md": BROKEN["never closed"],
            "posts/latin.md": BROKEN["latin-1"],
            "posts/date.md": b"---\ntitle: t\ndate: soon\n---\n",
        }
    )
    result = made.run("check")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert [line.split(": ")[0] for line in lines] == [
        "posts/date.md:3",
        "posts/json.md:3",
        "posts/latin.md:2",
        "posts/open.md:1",
        "posts/toml.md:3",
        "posts/yaml.md:2",
    ]
