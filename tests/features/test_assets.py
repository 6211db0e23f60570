"""Assets: static files and what lies beside posts and pages; nothing else can be reached."""

from __future__ import annotations

import pytest

SITE = {
    "posts/trip/index.md": "---\ntitle: Trip\n---\n\nText.\n",
    "posts/trip/map.png": b"\x89PNG\r\n\x1a\n",
    "posts/trip/.hidden.png": b"hidden",
    "posts/trip/notes.md~": b"backup",
    "static/a.css": b"a {}",
    "static/sub/b.js": b"b()",
    "static/.secret": b"secret",
    "static/.git/config": b"secret",
    "static/x.swp": b"secret",
    "secret.txt": b"secret",
    "templates/secret.html": b"secret",
    "pyproject.toml": "[tool.blog]\n",
}


@pytest.fixture
def client(made):
    made.write(SITE)
    return made.app().test_client()


@pytest.mark.parametrize(
    ("url", "kind", "body"),
    [
        ("/static/a.css", "text/css; charset=utf-8", b"a {}"),
        ("/static/sub/b.js", "text/javascript; charset=utf-8", b"b()"),
        ("/posts/trip/map.png", "image/png", b"\x89PNG\r\n\x1a\n"),
    ],
)
def test_a_file_is_sent_as_it_is_with_its_type(client, url, kind, body):
    response = client.get(url, buffered=True)
    assert (response.status_code, response.content_type, response.data) == (200, kind, body)
    assert response.headers["Content-Length"] == str(len(body))
    assert "Content-Disposition" not in response.headers


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.svg", "image/svg+xml"),
        ("a.webp", "image/webp"),
        ("a.avif", "image/avif"),
        ("a.woff2", "font/woff2"),
        ("a.pdf", "application/pdf"),
        ("a.mp4", "video/mp4"),
        ("a.ico", "image/x-icon"),
        ("a.webmanifest", "application/manifest+json"),
        ("a.JPG", "image/jpeg"),
        ("a.tar.gz", "application/gzip"),
        ("a.xyz", "application/octet-stream"),
        ("none", "application/octet-stream"),
    ],
)
def test_types_are_the_same_on_every_machine(made, name, kind):
    made.write({f"static/{name}": b"x", f"posts/p/{name}": b"x", "posts/p/index.md": "# P\n"})
    client = made.app().test_client()
    assert client.get(f"/static/{name}", buffered=True).mimetype == kind
    assert client.get(f"/posts/p/{name}", buffered=True).mimetype == kind


@pytest.mark.parametrize(
    "url",
    """/static/../secret.txt /static/..%2fsecret.txt /static/%2e%2e/secret.txt /static/....//secret.txt
    /static/sub/../../secret.txt /static//etc/passwd /static/%2fetc/passwd /static/C:/x /static/..\\secret.txt
    /static/.secret /static/.git/config /static/x.swp /static/sub/ /static/ /static /static/%00 /static/a.css/
    /posts/trip/.hidden.png /posts/trip/notes.md~ /posts/trip/../../secret.txt /posts/trip/index.md /secret.txt
    /templates/secret.html /pyproject.toml /posts/trip/%2e%2e/%2e%2e/pyproject.toml
    /static/../templates/secret.html""".split(),
)
def test_nothing_else_can_be_reached(client, url):
    response = client.get(url, buffered=True)
    assert response.status_code == 404
    assert b"secret" not in response.data
    raw = client.get("/", environ_overrides={"PATH_INFO": url.replace("%2e", ".").replace("%2f", "/")}, buffered=True)
    assert raw.status_code == 404
    assert b"secret" not in raw.data


def test_hidden_files_are_not_frozen(made):
    made.write(SITE)
    assert [name for name in made.names(made.freeze()) if "static" in name or "trip" in name] == [
        "posts/trip/index.html",
        "posts/trip/map.png",
        "static/a.css",
        "static/code.css",
        "static/copy.js",
        "static/feed.css",
        "static/formulas.css",
        "static/lists.css",
        "static/pieces.css",
        "static/sub/b.js",
        "static/theme.css",
        "static/theme.js",
    ]


def test_the_links_of_static_files_with_odd_names_work(made):
    names = ["with space.css", "größe.css", "a+b&c.css", "per%cent.css", "has#hash.css", "what?.css"]
    made.write({f"static/{name}": name for name in names})
    from urllib.parse import quote

    client, tree = made.app().test_client(), made.freeze()
    for name in names:
        assert client.get(f"/static/{quote(name)}", buffered=True).data == name.encode()
        assert tree[f"static/{name}"] == name.encode()


def test_a_file_that_vanishes_is_gone_at_once(made):
    made.write(SITE)
    client = made.app().test_client()
    (made.root / "posts/trip/map.png").unlink()
    assert client.get("/posts/trip/map.png", buffered=True).status_code == 404


def test_a_changed_file_is_sent_as_it_is_now(made):
    made.write(SITE)
    client = made.app().test_client()
    first = client.get("/static/a.css", buffered=True)
    made.write({"static/a.css": b"changed {}"})
    again = client.get("/static/a.css", headers={"If-None-Match": first.headers["ETag"]}, buffered=True)
    assert (again.status_code, again.data) == (200, b"changed {}")


def test_an_empty_file_is_sent_and_frozen(made):
    made.write({"static/empty.css": b"", "pages/.nojekyll": b""})
    assert made.app().test_client().get("/static/empty.css", buffered=True).status_code == 200
    assert made.freeze()["static/empty.css"] == b""
