"""Serve a site live and compare it, in one run, with a bare callable under the same server and with nginx.

    python benchmarks/serve.py SITE [--seconds 10] [--rounds 3] [--workers 2] [--only post,304,mix,...]

``SITE`` is a folder of posts, which is copied first. Needs wrk, nginx and the package granian. Everything runs
on loopback, for a bounded time. What is compared is alternated round by round, and medians are printed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CONNECTIONS = 32

BARE = """
import json, os
body = open(os.environ["BARE_BODY"], "rb").read()
headers = [tuple(pair) for pair in json.loads(os.environ["BARE_HEADERS"])]
status = os.environ["BARE_STATUS"]
def app(environ, start_response):
    start_response(status, headers)
    return [body]
"""
NGINX = """daemon off; worker_processes {workers}; error_log stderr error; pid {top}/nginx.pid; {user}
events {{ worker_connections 1024; }}
http {{
    access_log off; keepalive_requests 1000000; etag on; open_file_cache max=10000;
    types {{ text/html html; application/rss+xml xml; text/css css; }}
    client_body_temp_path {top}/b; proxy_temp_path {top}/p; fastcgi_temp_path {top}/f; uwsgi_temp_path {top}/u;
    scgi_temp_path {top}/s;
    server {{ listen 127.0.0.1:{port}; root {root}; }}
}}
"""
# wrk: one request after another of a list of addresses, each as often as Zipf's law says.
MIX = """
local urls, place = {}, 0
for line in io.lines(os.getenv("MIX_URLS")) do urls[#urls + 1] = line end
function init() math.randomseed(os.time()) place = math.random(#urls) end
function request() place = place % #urls + 1 return wrk.format("GET", urls[place]) end
function done(summary, latency)
    io.write(string.format("p99 %.3f ms\\n", latency:percentile(99) / 1000))
end
"""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of an answer."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, {name.lower(): value for name, value in error.headers.items()}, error.read()


@contextmanager
def running(command: list[str], port: int, path: str, **environment: str) -> Iterator[tuple[int, float]]:
    """Run a server; yield its process id and the seconds until its first answer."""
    began = time.perf_counter()
    said = os.environ | {"MALLOC_ARENA_MAX": "1"} | environment  # as docs/hosting.md has it
    process = subprocess.Popen(command, env=said, start_new_session=True, cwd=REPOSITORY)
    try:
        while True:
            with suppress(OSError):
                get(port, path)
                break
            if process.poll() is not None or time.perf_counter() - began > 60:
                raise SystemExit(f"{command[0]} did not start")
            time.sleep(0.005)
        yield process.pid, time.perf_counter() - began
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def granian(port: int, workers: int, app: str) -> list[str]:
    """Return the command of the server, with the options of docs/hosting.md."""
    options = f"--interface wsgi --http 1 --no-ws --host 127.0.0.1 --port {port} --workers {workers}".split()
    options += "--blocking-threads 4 --backlog 2048 --backpressure 2048 --log-level error".split()
    return [str(BIN / "granian"), *options, app]


def wrk(port: int, path: str, seconds: float, *headers: str, script: str = "", **environment: str) -> dict[str, float]:
    """Load an address; return requests a second, errors and the 99th percentile in milliseconds."""
    options = ["-c", str(CONNECTIONS), "-t", "2", "-d", f"{max(1, round(seconds))}s", "--latency"]
    options += [part for header in headers for part in ("-H", header)] + (["-s", script] if script else [])
    command = ["wrk", *options, f"http://127.0.0.1:{port}{path}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | environment).stdout
    bad = re.findall(r"(?:connect|read|write|timeout) (\d+)|Non-2xx or 3xx responses: (\d+)", said)
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)\b", said)
    unit = {"us": 0.001, "ms": 1.0, "s": 1000.0}
    return {
        "rate": float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]),  # type: ignore[index]
        "bad": sum(int(a or b) for a, b in bad),
        "p99": float(p99[1]) * unit[p99[2]] if p99 else 0.0,
    }


def memory(pid: int) -> dict[str, float]:
    """Return the megabytes of the largest process of a group: resident ones, and its share of them.

    What several processes have in common counts in part in each of their shares.
    """
    found = [(0.0, 0.0)]
    for said in Path("/proc").glob("[0-9]*/smaps_rollup"):
        with suppress(OSError, ValueError):
            if os.getpgid(int(said.parent.name)) == pid:
                rss, pss = (re.search(rf"{name}:\s+(\d+)", said.read_text())[1] for name in ("Rss", "Pss"))  # type: ignore[index]
                found.append((int(rss) / 1024, int(pss) / 1024))
    return dict(zip(("rss", "pss"), (round(megabytes, 1) for megabytes in max(found)), strict=True))


class Bench:
    """Hold a copy of a site with its build, and what the measurements share."""

    def __init__(self, site: Path, options: argparse.Namespace, top: Path) -> None:
        self.options, self.top, self.site = options, top, top / "site"
        shutil.copytree(site, self.site, ignore=shutil.ignore_patterns("build", ".flatleaf"))
        subprocess.run([BIN / "blog", "--site", self.site, "freeze"], check=True, stdout=subprocess.DEVNULL)
        files = sorted((self.site / "build" / "posts").glob("*/index.html"))
        self.posts = [f"/posts/{file.parent.name}/" for file in files]
        self.results: dict[str, object] = {"posts": len(self.posts), "workers": options.workers}

    def app(self, port: int) -> list[str]:
        """Return the command that serves the site."""
        return granian(port, self.options.workers, "blog.wsgi:app")

    @contextmanager
    def served(self, path: str = "/") -> Iterator[tuple[int, int, float]]:
        """Serve the site; yield port, process id and the seconds until the first answer."""
        port = free_port()
        with running(self.app(port), port, path, BLOG_SITE=str(self.site)) as (pid, seconds):
            yield port, pid, seconds

    @contextmanager
    def bare(self, status: str, headers: dict[str, str], body: bytes) -> Iterator[int]:
        """Serve one answer by a bare callable under the same server."""
        (self.top / "bare.py").write_text(BARE)
        (self.top / "body").write_bytes(body)
        port, left_out = free_port(), ("server", "connection", "transfer-encoding")
        pairs = [(name, value) for name, value in headers.items() if name not in left_out]
        said = {"BARE_BODY": str(self.top / "body"), "BARE_HEADERS": json.dumps(pairs), "BARE_STATUS": status}
        with running(granian(port, self.options.workers, "bare:app"), port, "/", PYTHONPATH=str(self.top), **said):
            yield port

    @contextmanager
    def nginx(self) -> Iterator[int]:
        """Serve the build by nginx."""
        port = free_port()
        user = "user root;" if os.getuid() == 0 else ""
        values = {"workers": self.options.workers, "top": self.top, "port": port, "user": user}
        (self.top / "nginx.conf").write_text(NGINX.format(root=self.site / "build", **values))
        with running(["nginx", "-c", str(self.top / "nginx.conf"), "-p", str(self.top)], port, "/"):
            yield port

    def compare(self, name: str, path: str, file: str, *condition: str) -> None:
        """Compare an address with a bare callable that gives the same bytes, and with nginx and the frozen file."""
        seconds, rates = self.options.seconds, {"ours": [], "bare": [], "nginx": []}  # type: ignore[var-annotated]
        with self.served(path) as (port, _, _):
            for _ in range(20):  # every worker has made it
                status, headers, body = get(port, path)
            send: tuple[str, ...] = ()
            if condition:
                send = (f"If-None-Match: {headers['etag']}",)
                status, headers, body = get(port, path, **{"If-None-Match": headers["etag"]})
            line = {200: "200 OK", 304: "304 NOT MODIFIED"}[status]
            with self.bare(line, headers, body) as bare, self.nginx() as nginx:
                wrk(port, path, 1, *send)
                wrk(bare, path, 1, *send)
                for _ in range(self.options.rounds):
                    rates["bare"].append(wrk(bare, path, seconds, *send)["rate"])
                    rates["ours"].append(wrk(port, path, seconds, *send)["rate"])
                    if not condition:
                        rates["nginx"].append(wrk(nginx, f"/{file}", seconds)["rate"])
        found = {who: round(statistics.median(those)) for who, those in rates.items() if those}
        ratios = {f"of_{who}": round(found["ours"] / found[who], 3) for who in ("bare", "nginx") if who in found}
        self.tell(name, found | ratios | {"bytes": len(body)})

    def tell(self, name: str, found: object) -> None:
        """Print a result as soon as it is known."""
        self.results[name] = found
        print(f"{name:8} {json.dumps(found)}", flush=True)

    def post(self) -> None:
        """Compare a post."""
        path = self.posts[len(self.posts) // 2]
        self.compare("post", path, f"{path[1:]}index.html")

    def home(self) -> None:
        """Compare the front page."""
        self.compare("home", "/", "index.html")

    def feed(self) -> None:
        """Compare a feed."""
        self.compare("feed", "/feed.xml", "feed.xml")

    def unchanged(self) -> None:
        """Compare a request to which the answer is 304."""
        self.compare("304", self.posts[len(self.posts) // 2], "", "conditional")

    def first(self) -> None:
        """Measure the first request of pages that nobody has asked for."""
        shutil.rmtree(self.site / ".flatleaf", ignore_errors=True)
        took = []
        with self.served() as (port, _, _):
            for path in random.Random(1).sample(self.posts, min(200, len(self.posts))):
                began = time.perf_counter()
                get(port, path)
                took.append((time.perf_counter() - began) * 1000)
        took.sort()
        found = {"median_ms": took[len(took) // 2], "p90_ms": took[int(len(took) * 0.9)], "worst_ms": took[-1]}
        self.tell("first", {name: round(value, 2) for name, value in found.items()})

    def start(self) -> None:
        """Measure the time from the start to the first answer, without an index and with it."""
        found: dict[str, float] = {}
        shutil.rmtree(self.site / ".flatleaf", ignore_errors=True)
        with self.served(self.posts[0]) as (_, _, seconds):
            found["without_s"] = round(seconds, 2)
        with_index = []
        for _ in range(self.options.rounds):
            with self.served(self.posts[0]) as (_, _, seconds):
                with_index.append(seconds)
        self.tell("start", found | {"with_s": round(statistics.median(with_index), 2)})

    def mix(self) -> None:
        """Load many addresses by Zipf's law while a post is edited every second; look for errors and stale pages."""
        chosen = random.Random(1)
        weights = [1 / (rank + 1) for rank in range(len(self.posts))]
        urls = chosen.choices(chosen.sample(self.posts, len(self.posts)), weights, k=200_000)
        (self.top / "urls").write_text("\n".join(urls) + "\n")
        (self.top / "mix.lua").write_text(MIX)
        minutes = self.options.seconds * self.options.rounds
        with self.served() as (port, pid, _):
            wrk(port, "/", 2 + len(self.posts) / 300, script=str(self.top / "mix.lua"), MIX_URLS=str(self.top / "urls"))
            before, ended, late = memory(pid), threading.Event(), []
            editor = threading.Thread(target=self.edit, args=(port, urls[0], ended, late))
            editor.start()
            found = wrk(port, "/", minutes, script=str(self.top / "mix.lua"), MIX_URLS=str(self.top / "urls"))
            ended.set()
            editor.join()
            after = memory(pid)
        found = {name: round(value, 2) for name, value in found.items()}
        late.sort()
        waits = {"edits": len(late), "seen_median_s": late[len(late) // 2], "seen_worst_s": late[-1]} if late else {}
        self.tell("mix", found | waits | {"mb_before": before, "mb_after": after})

    def edit(self, port: int, url: str, ended: threading.Event, late: list[float]) -> None:
        """Edit a post every second; note after how long four requests in a row, by any worker, show it."""
        file = next(self.site.glob(f"posts/*{url.split('/')[-2]}.md"))
        text, number = file.read_text(), 0
        while not ended.is_set():
            number += 1
            file.write_text(f"{text}\n\nEdit number {number} of this text.\n")
            began, seen = time.perf_counter(), 0
            while seen < 4 and time.perf_counter() - began < 10:
                seen = seen + 1 if f"Edit number {number} " in get(port, url)[2].decode() else 0
                time.sleep(0.01)
            late.append(round(time.perf_counter() - began, 3))
            ended.wait(max(0.0, 1 - (time.perf_counter() - began)))


ALL = {"post": Bench.post, "home": Bench.home, "feed": Bench.feed, "304": Bench.unchanged}
ALL |= {"first": Bench.first, "start": Bench.start, "mix": Bench.mix}


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", default=",".join(ALL))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        bench = Bench(options.site, options, Path(folder))
        for name in options.only.split(","):
            ALL[name](bench)
    print(json.dumps(bench.results))


if __name__ == "__main__":
    main()
