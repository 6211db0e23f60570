"""nginx, Caddy and Varnish with the configurations of deploy/, really run in front of the application."""

from __future__ import annotations

import http.client
import json
import os
import signal
from collections.abc import Callable

import pytest

KEYS = {"s_maxage": 3600, "surrogate_header": "Surrogate-Key"}


def nginx(bench, app):
    """Start nginx with our file, but for TLS, in front of the application."""
    port, place = bench.free_port(), bench.folder / "nginx"
    place.mkdir()
    conf = bench.changed(
        (bench.deploy / "nginx.conf").read_text(),
        ("/var/cache/nginx-flatleaf", f"{place}/cache"),
        ("127.0.0.1:8000", f"127.0.0.1:{app.port}"),
        ("    listen 443 ssl http2;", f"    listen 127.0.0.1:{port};"),
        ("    listen [::]:443 ssl http2;\n", ""),
        ("    listen 80;", f"    listen 127.0.0.1:{bench.free_port()};"),
        ("    listen [::]:80;\n", ""),
        ("    ssl_", "    # ssl_"),
    )
    temporary = "".join(f"{kind}_temp_path {place}/{kind};" for kind in "client_body proxy fastcgi uwsgi scgi".split())
    user = "user root;" if os.getuid() == 0 else ""
    (place / "nginx.conf").write_text(
        f"daemon off; {user} worker_processes 1; pid {place}/pid; error_log {place}/errors;\nevents {{ }}\n"
        f"http {{ access_log off; {temporary}\n{conf}\n}}\n"
    )
    return bench.start([bench.program("nginx"), "-c", f"{place}/nginx.conf", "-p", str(place)], port, "nginx")


def caddy(bench, app):
    """Start Caddy with our file in front of the application."""
    port, place = bench.free_port(), bench.folder / "caddy"
    place.mkdir()
    file = place / "Caddyfile"
    file.write_text(
        bench.changed((bench.deploy / "Caddyfile").read_text(), ("{\n\tservers", "{\n\tadmin off\n\tservers"))
    )
    return bench.start(
        [bench.program("caddy"), "run", "--config", str(file), "--adapter", "caddyfile"],
        port,
        "caddy",
        SITE_ADDRESS=f"http://127.0.0.1:{port}",
        UPSTREAM=f"127.0.0.1:{app.port}",
        **{name: str(place) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")},
    )


def varnish(bench, app, port: int = 0):
    """Start Varnish with our file in front of the application."""
    port, place = port or bench.free_port(), bench.folder / "varnish"
    place.mkdir()
    (place / "flatleaf.vcl").write_text(
        bench.changed((bench.deploy / "flatleaf.vcl").read_text(), ('.port = "8000"', f'.port = "{app.port}"'))
    )
    program = bench.program("varnishd")
    command = f"{program} -F -j none -n {place}/run -f {place}/flatleaf.vcl -a 127.0.0.1:{port} -s default,16m"
    return bench.start([*command.split(), "-p", "http_gzip_support=off"], port, "varnish")


def stale(answer) -> bool:
    """Tell whether an answer that may be kept for a second is older than that."""
    return answer.headers.get("x-cache") in ("STALE", "UPDATING") or int(answer.headers.get("age", 0)) > 2


@pytest.mark.parametrize("base", ["/", "/notes/"])
@pytest.mark.parametrize("proxy", [nginx, caddy, varnish])
def test_a_proxy_answers_as_the_application_does(small, bench, proxy: Callable, base):
    small.settings(url=f"https://example.org{base}")
    app = bench.granian(small.root)
    front, under = proxy(bench, app), base.rstrip("/")
    tags = {}
    for path in bench.asked:
        for coding in ("", "gzip", "br", "gzip, deflate, br", "br;q=0, gzip"):
            headers = {"Accept_Encoding": coding} if coding else {}
            answer = front.answers_as(app, f"{under}{path}", **headers)
            tags[path, coding] = answer.headers.get("etag", "")
    codings = {coding: tags["/about/", coding] for coding in ("", "gzip", "br")}
    assert len(set(codings.values())) == 3, "each coding has its tag"
    for coding, tag in codings.items():
        unchanged = front.ask(f"{under}/about/", If_None_Match=tag, Accept_Encoding=coding)
        assert (unchanged.status, unchanged.body, unchanged.headers["etag"]) == (304, b"", tag)
    assert front.answers_as(app, f"{under}/about/", "HEAD").body == b""
    part = front.answers_as(app, f"{under}/static/large.bin", Range="bytes=300-309")
    assert (part.status, part.body) == (206, bytes(range(44, 54)))
    assert front.ask(f"{under}/posts/one").headers["location"] == f"{under}/posts/one/"
    if under:
        assert front.answers_as(app, "/").headers["location"] == "/notes/"
        assert front.answers_as(app, "/about/").status == 404


@pytest.mark.parametrize("proxy", [nginx, caddy, varnish])
def test_a_proxy_gives_nothing_away(small, bench, proxy: Callable):
    small.settings(metrics=False, surrogate_header="Surrogate-Key")
    app = bench.granian(small.root)
    front = proxy(bench, app)
    assert "surrogate-key" in app.ask("/about/").headers
    for path in bench.refused:
        answer = front.ask(path)
        assert answer.status in (400, 404), path
        assert b"tool.blog" not in answer.body, path
    for path in ("/-/health", "/-/metrics", "/-/health?x=1", "/-/%68ealth", "/%2d/health", "/-%2Fmetrics"):
        assert front.ask(path).status == 404, path
    for method in ("PUT", "DELETE", "TRACE", "BREW"):
        assert front.ask("/", method).status in (405, 501), method
    assert front.ask("/about/").status == 200
    assert not {"x-varnish", "via", "surrogate-key", "x-powered-by"} & front.ask("/about/").headers.keys()


@pytest.mark.parametrize("proxy", [nginx, varnish])
def test_a_cache_keeps_nothing_unless_the_site_says_so(small, bench, proxy: Callable):
    app = bench.granian(small.root)
    front = proxy(bench, app)
    assert b"The second post." in front.ask("/posts/two/").body
    small.write({"posts/two.md": "---\ndate: 2026-11-02\n---\n# Two\n\nAnother text.\n"})
    bench.until(lambda: all(b"Another text." in app.ask("/posts/two/").body for _ in range(8)))
    assert b"Another text." in front.ask("/posts/two/").body


@pytest.mark.parametrize("proxy", [nginx, varnish])
def test_a_cache_keeps_whole_answers_whoever_asks_first(small, bench, proxy: Callable):
    small.settings(s_maxage=1)
    app = bench.granian(small.root)
    front, tag = proxy(bench, app), app.ask("/about/").headers["etag"]
    assert front.ask("/about/", If_None_Match=tag).status == 304
    assert front.ask("/about/").status == 200
    assert front.ask("/about/", If_None_Match=tag).status == 304
    small.write({"pages/about.md": "# About\n\nAnother text.\n"})
    bench.until(lambda: b"Another text." in front.ask("/about/", If_None_Match=tag).body)
    new = front.ask("/about/", If_None_Match=tag)
    assert (new.status, new.headers["etag"]) == (200, app.ask("/about/").headers["etag"])
    app.stop()
    assert b"Another text." in front.ask("/about/").body
    assert front.ask("/about/", If_None_Match=new.headers["etag"]).status == 304


@pytest.mark.parametrize("proxy", [nginx, varnish])
def test_a_cache_gives_no_answer_for_another_address_coding_or_reader(small, bench, proxy: Callable):
    small.settings(s_maxage=3600)
    small.write({"pages/br.md": "# Breizh\n", "pages/gzip.md": "# Zip\n"})
    app = bench.granian(small.root)
    front = proxy(bench, app)
    for path in ("/br", "/gzip", "/?br", "/?gzip"):
        front.answers_as(app, path)
        for coding in ("br", "gzip"):
            front.answers_as(app, path.removesuffix(coding), Accept_Encoding=coding)
    front.answers_as(app, "/about/?", Accept_Encoding="br")
    assert "content-encoding" not in front.ask("/about/?br").headers
    for reader in ({"Sec_Fetch_Dest": "document"}, {}, {"Sec_Fetch_Dest": "document"}, {"Sec_Fetch_Dest": "empty"}):
        for path in ("/feed.xml", "/atom.xml"):
            kind = app.ask(path, **reader).headers["content-type"]
            assert front.ask(path, **reader).headers["content-type"] == kind
            assert kind.startswith("application/xml") == (reader == {"Sec_Fetch_Dest": "document"})


@pytest.mark.parametrize("proxy", [nginx, varnish])
def test_a_cache_keeps_nothing_of_what_is_not_there_yet(small, bench, proxy: Callable):
    small.settings(s_maxage=3600)
    app = bench.granian(small.root)
    front = proxy(bench, app)
    for headers in ({}, {"Range": "bytes=9999999-"}, {"If_Match": '"other"'}):
        assert front.ask("/posts/new/", **headers).status == 404
        assert front.ask("/posts/two/", **headers).status in (200, 412, 416)
    small.write({"posts/new.md": "---\ndate: 2026-11-02\n---\n# New\n\nA new text.\n"})
    bench.until(lambda: all(app.ask("/posts/new/").status == 200 for _ in range(8)))
    assert front.ask("/posts/new/").status == front.ask("/posts/two/").status == 200


@pytest.mark.parametrize("proxy", [nginx, caddy, varnish])
def test_what_a_proxy_answers_by_itself_is_safe_too(small, bench, proxy: Callable):
    app = bench.granian(small.root)
    front = proxy(bench, app)
    assert front.ask("/about/").headers["x-content-type-options"] == "nosniff"
    answers = [front.ask("/-/health"), front.ask("/about/", "BREW")]
    app.stop()
    answers.append(front.ask("/about/"))
    assert [answer.status for answer in answers] in ([404, 405, 502], [404, 405, 503])
    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("proxy", [nginx, caddy, varnish])
def test_nobody_passes_for_somebody_else_through_a_proxy(small, bench, proxy: Callable):
    log = bench.folder / "access.jsonl"
    small.settings(proxies=1, access_log=str(log))
    front = proxy(bench, bench.granian(small.root))
    for name in ("X-Forwarded-For", "X_Forwarded_For", "x_forwarded-for", "X-FORWARDED_FOR", "Forwarded"):
        for _ in range(2):
            connection = http.client.HTTPConnection("127.0.0.1", front.port, timeout=30)
            connection.request("GET", f"/about/?{name}", headers={name: "192.0.2.1"})
            assert connection.getresponse().read()
            connection.close()
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert {line["client"] for line in lines if line["query"]} == {"127.0.0.1"}


@pytest.mark.parametrize("proxy", [nginx, caddy, varnish])
def test_a_proxy_adds_nothing_to_what_the_application_says(small, bench, proxy: Callable):
    small.settings(s_maxage=3600, csp="")
    app = bench.granian(small.root)
    front = proxy(bench, app)
    for _ in range(2):
        connection = http.client.HTTPConnection("127.0.0.1", front.port, timeout=30)
        connection.request("GET", "/about/")
        answer = connection.getresponse()
        assert answer.headers.get_all("X-Content-Type-Options") == ["nosniff"]
        assert "Content-Security-Policy" not in answer.headers
        connection.close()


@pytest.mark.parametrize("proxy", [nginx, varnish])
def test_a_cache_goes_on_while_the_application_is_away(small, bench, proxy: Callable):
    small.settings(s_maxage=1)
    app = bench.granian(small.root)
    front = proxy(bench, app)
    before = {coding: front.ask("/about/", Accept_Encoding=coding) for coding in ("", "br")}
    app.stop()
    assert front.ask("/posts/one/").status in (502, 503), "nothing of this one is there"
    bench.until(lambda: stale(front.ask("/about/")))
    for coding, known in before.items():
        after = front.ask("/about/", Accept_Encoding=coding)
        assert (after.status, after.body, after.headers["etag"]) == (200, known.body, known.headers["etag"])
    small.write({"pages/about.md": "# About\n\nBack again.\n"})
    bench.granian(small.root, port=app.port)
    bench.until(lambda: b"Back again." in front.ask("/about/").body)


@pytest.mark.parametrize("proxy", [nginx, varnish])
def test_a_cache_sends_a_stale_answer_while_it_fetches_the_new_one(small, bench, proxy: Callable):
    small.settings(s_maxage=1, stale_while_revalidate=3600)
    app = bench.granian(small.root)
    front = proxy(bench, app)
    assert b"The second post." in front.ask("/posts/two/").body
    small.write({"posts/two.md": "---\ndate: 2026-11-02\n---\n# Two\n\nAnother text.\n"})
    bench.until(lambda: all(b"Another text." in app.ask("/posts/two/").body for _ in range(8)))
    for process in (app.process.pid, *app.workers):
        os.kill(process, signal.SIGSTOP)
    try:
        bench.until(lambda: stale(front.ask("/posts/two/")))
        assert b"The second post." in front.ask("/posts/two/").body, "nobody waits"
    finally:
        for process in (*app.workers, app.process.pid):
            os.kill(process, signal.SIGCONT)
    bench.until(lambda: b"Another text." in front.ask("/posts/two/").body)


def test_caddy_holds_requests_while_the_application_is_started_again(small, bench):
    app = bench.granian(small.root)
    front = caddy(bench, app)
    assert front.ask("/").status == 200
    app.stop()
    connection = http.client.HTTPConnection("127.0.0.1", front.port, timeout=30)
    connection.request("GET", "/about/")
    bench.granian(small.root, port=app.port)
    assert connection.getresponse().status == 200
    connection.close()


def test_varnish_forgets_what_rests_on_a_key(small, bench):
    small.settings(**KEYS)
    app = bench.granian(small.root)
    front = varnish(bench, app)
    for path in ("/posts/one/", "/posts/two/"):
        front.ask(path)
    key = set(app.ask("/posts/two/").headers["surrogate-key"].split()) - set(
        app.ask("/posts/one/").headers["surrogate-key"].split()
    )
    app.stop()
    purge = [str(bench.deploy / "purge"), f"127.0.0.1:{front.port}"]
    bench.say(purge, input="\n".join(key))
    assert (front.ask("/posts/one/").status, front.ask("/posts/two/").status) == (200, 503)
    bench.say([*purge, "--all"])
    assert front.ask("/posts/one/").status == 503


def test_varnish_forgets_one_address_and_only_when_asked_from_within(small, bench):
    small.settings(**KEYS)
    app = bench.granian(small.root)
    front = varnish(bench, app)
    front.ask("/posts/one/")
    app.stop()
    assert front.ask("/posts/one/", "PURGE", X_Forwarded_For="192.0.2.1").status == 405, "passed on by a proxy"
    for bad in ("a|b", "a)(", '"', "a, b"):
        assert front.ask("/posts/one/", "PURGE", Surrogate_Key=bad).status == 400
    assert front.ask("/posts/one/", Cookie="theme=dark").status == 200
    assert front.ask("/posts/one/", "PURGE").status == 200
    assert front.ask("/posts/one/").status == 503


def test_a_change_reaches_varnish_through_the_purge_hook(small, bench):
    port = bench.free_port()
    small.settings(**KEYS, purge=f"{bench.deploy / 'purge'} 127.0.0.1:{port}")
    app = bench.granian(small.root)
    front = varnish(bench, app, port)
    assert b"The second post." in front.ask("/posts/two/").body
    assert int(front.ask("/posts/one/").headers["age"]) >= 0
    small.write({"posts/two.md": "---\ndate: 2026-11-02\n---\n# Two\n\nAnother text.\n"})
    bench.until(lambda: b"Another text." in front.ask("/posts/two/").body, app.log.read_text)
