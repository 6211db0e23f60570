"""Whatever happens to a freeze, every file of the build is whole, and the next freeze sets all right.

FLATLEAF_KILLS and FLATLEAF_CHANGES ask for more than the few that a run of all tests has time for.
"""

from __future__ import annotations

import fcntl
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from lxml import html as parser

from blog import create_app
from blog.errors import FreezeError
from blog.freeze import build, oracle, workers
from blog.settings import load
from blog.site import of

KILLS = int(os.environ.get("FLATLEAF_KILLS", "16"))
CHANGES = int(os.environ.get("FLATLEAF_CHANGES", "300"))
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")

# The command, with everything loaded before it says so, and processes worth it for small sites.
PROGRAM = """
import os, sys, resource
import blog.cli, blog.markup, blog.reader, blog.freeze.commands, blog.freeze.build, flask_frozen, feedgen.feed
from blog.freeze import workers
workers.WORTH_A_PROCESS, workers.CHUNK = 10, 5
if "LARGEST" in os.environ:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(os.environ["LARGEST"]),) * 2)
print("ready", flush=True)
blog.cli.main()
"""


def start(root: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Start a freeze as a process; it is about to begin when this returns."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("BLOG_")}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "--site", str(root), "freeze", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=kept | environment,
        cwd=Path(build.__file__).parents[2],
        start_new_session=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def ended(process: subprocess.Popen[str], seconds: float = 30) -> tuple[int, str]:
    """Return how a freeze ended, and what it said last."""
    try:
        _, said = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    return process.returncode, said


def kill(process: subprocess.Popen[str]) -> None:
    """Kill a freeze, but not the processes that it has started."""
    process.kill()
    process.wait()
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    process.stderr.close()


def tree(top: Path) -> dict[str, bytes]:
    """Return the files of a folder, and its folders that hold nothing."""
    found = {}
    for path in top.rglob("*"):
        name = path.relative_to(top).as_posix()
        if path.is_file():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[f"{name}/"] = b""
    return found


def clean(root: Path, folder: Path) -> dict[str, bytes]:
    """Return what Frozen-Flask builds of a site from nothing."""
    shutil.rmtree(folder, ignore_errors=True)
    app = create_app(settings=replace(load(root, {}), cache=str(folder / "cache")))
    assert list(oracle.build(app, folder / "build"))
    return tree(folder / "build")


def post(number: int, title: str = "", body: str = "Words.", tag: str = "") -> str:
    day = f"20{number // 300:02}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    tags = f"[{tag or f't{number % 3}'}]"
    return (
        f"---\ntitle: {title or f'Post {number}'}\ndate: {day}\ntags: {tags}\n---\n\n{body}\n\n[n](p{number + 1}.md)\n"
    )


def posts(count: int) -> dict[str, str]:
    return {f"posts/p{number}.md": post(number) for number in range(count)}


# Without a ledger, a build depends on nothing but the content.
SETTINGS = '[tool.blog]\nurl = "https://made.example/"\nposts_per_page = 5\npublished = ""\n'
BEFORE = posts(40) | {"pages/about.md": "# About\n\nWho.\n", "pyproject.toml": SETTINGS, "posts/pic.png": "pic"}
# New posts with new tags, other titles and words, a post that goes, one with another address, another asset.
AFTER = {f"posts/p{number}.md": post(number, tag="fresh") for number in range(40, 46)}
AFTER |= {"posts/p3.md": post(3, "Renamed"), "posts/p4.md": post(4, body="Other words."), "posts/pic.png": "other"}
AFTER |= {"posts/p7.md": post(7).replace("tags", "slug: moved\naliases: [/posts/p7/]\ntags")}
GONE = ("posts/p10.md", "posts/p11.md", "pages/about.md")


def change(made) -> None:
    made.write(AFTER)
    for name in GONE:
        (made.root / name).unlink()


# Kills


def dead_ends(found: dict[str, bytes], known: set[str]) -> list[tuple[str, str]]:
    """Return the links that lead to nothing, on all pages that a visitor can come to.

    He begins at a page that he knows, or at the front page. A new page that nothing leads to yet may have links to
    other new ones: which of two that link to each other should come first?
    """
    begin = known | {"index.html"}
    queue, seen, dead = sorted(begin & found.keys()), set(begin), []
    while queue:
        name = queue.pop()
        body = found[name]
        if name.endswith(".html"):
            links = [link for _, _, link, _ in parser.document_fromstring(body).iterlinks()] if body.strip() else []
        else:
            links = re.findall(r"https://made\.example/[^\s\"<&\\]*", body.decode(errors="replace"))
        for link in links:
            parts = urlsplit(urljoin(f"https://made.example/{quote(name)}", link))
            if parts.netloc != "made.example":
                continue
            path = unquote(parts.path).lstrip("/")
            target = next((one for one in (path, f"{path}index.html") if one in found), "")
            if not target:
                dead.append((name, link))
            elif target not in seen:
                seen.add(target)
                queue.append(target)
    return dead


def check_after_a_kill(root: Path, old: dict[str, bytes], new: dict[str, bytes]) -> None:
    found = {name: body for name, body in tree(root / "build").items() if not name.startswith(".freezing/")}
    files = {name: body for name, body in found.items() if not name.endswith("/")}
    assert {name for name, body in files.items() if body not in (old.get(name), new.get(name))} == set()
    known = {link for tree in (old, new) for _, link in dead_ends(tree, set(tree))}
    assert [end for end in dead_ends(files, old.keys() & new.keys()) if end[1] not in known] == []


def check_the_next(root: Path, new: dict[str, bytes], *arguments: str) -> None:
    assert ended(start(root, *arguments)) == (0, "")
    assert sorted(tree(root / "build")) == sorted(new)
    assert tree(root / "build") == new
    usual = {"index.sqlite", "freeze.lock", "published.lock", "templates"}
    litter = {path.name for path in (root / ".flatleaf").iterdir()} - usual
    meant = re.compile(r"index\.sqlite-(wal|shm)|build-\w+\.(manifest|pending)")
    assert {name for name in litter if not meant.fullmatch(name)} == set()


@pytest.fixture(scope="module")
def trees(tmp_path_factory) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return the site before and after the change, each as a clean build."""
    top = tmp_path_factory.mktemp("trees")
    for name, content in (BEFORE | {}).items():
        (top / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (top / "site" / name).write_text(content)
    old = clean(top / "site", top / "clean")
    for name, content in AFTER.items():
        (top / "site" / name).write_text(content)
    for name in GONE:
        (top / "site" / name).unlink()
    return old, clean(top / "site", top / "clean")


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("first", [True, False], ids=["the first build", "a later build"])
def test_a_kill_at_any_instant_leaves_whole_files_and_the_next_freeze_completes(site, trees, tmp_path, jobs, first):
    old, new = trees
    made = site(BEFORE)
    if not first:
        assert ended(start(made.root)) == (0, "")
    change(made)
    shutil.copytree(made.root, tmp_path / "kept", symlinks=True)
    chance, took, killed = random.Random(f"{jobs} {first}"), 1.0, 0
    for attempt in range(-(-KILLS // 4) + 1):
        shutil.rmtree(made.root)
        shutil.copytree(tmp_path / "kept", made.root, symlinks=True)
        clock = os.times().elapsed
        process = start(made.root, "--jobs", str(jobs))
        clock = os.times().elapsed - clock if attempt else clock
        before = os.times().elapsed
        try:
            process.communicate(timeout=chance.random() * took if attempt else 60)
            took = os.times().elapsed - before if not attempt else took
        except subprocess.TimeoutExpired:
            killed += 1
            kill(process)
        try:
            check_after_a_kill(made.root, {} if first else old, new)
            check_the_next(made.root, new, "--jobs", str(jobs))
        finally:
            if alive(process.pid):
                os.killpg(process.pid, signal.SIGKILL)
    assert killed


# Runs one freeze after the other in forks of itself; each is killed at the n-th thing it does to the disk.
KILLER = """
import json, os, signal, sys
import blog.cli, blog.markup, blog.reader, blog.freeze.commands, blog.freeze.build, flask_frozen, feedgen.feed
CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "tempfile.mkstemp", "sqlite3.connect"}
for line in sys.stdin:
    root, at = json.loads(line)
    child = os.fork()
    if not child:
        seen = 0
        def hook(event, args):
            global seen
            writes = event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+")
            if event in CHANGES or writes:
                seen += 1
                if seen == at:
                    os.kill(os.getpid(), signal.SIGKILL)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.addaudithook(hook)
        blog.cli.main(["--site", root, "freeze", "--jobs", "1"])
    _, status = os.waitpid(child, 0)
    print(os.WTERMSIG(status) if os.WIFSIGNALED(status) else -os.WEXITSTATUS(status), flush=True)
"""


@pytest.fixture
def killer() -> Iterator[subprocess.Popen[str]]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("BLOG_")}
    with subprocess.Popen(
        [sys.executable, "-c", KILLER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=Path(build.__file__).parents[2],
    ) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def freeze_until(killer: subprocess.Popen[str], root: Path, at: int) -> int:
    """Freeze up to the ``at``-th change of the disk; return the signal that ended it, 0 if it came to its end."""
    assert killer.stdin
    assert killer.stdout
    killer.stdin.write(json.dumps([str(root), at]) + "\n")
    killer.stdin.flush()
    return int(killer.stdout.readline())


@pytest.mark.parametrize("first", [True, False], ids=["the first build", "a later build"])
def test_a_kill_before_any_change_of_the_disk_does_no_harm(site, trees, tmp_path, killer, first):
    """All of them one after the other where many kills are asked for, else some."""
    old, new = trees
    made = site(BEFORE)
    if not first:
        assert freeze_until(killer, made.root, -1) == 0
    change(made)
    shutil.copytree(made.root, tmp_path / "kept", symlinks=True)
    step, at, killed = (1 if KILLS >= 200 else 29), 1, signal.SIGKILL
    while killed == signal.SIGKILL:
        shutil.rmtree(made.root)
        shutil.copytree(tmp_path / "kept", made.root, symlinks=True)
        killed = freeze_until(killer, made.root, at)
        check_after_a_kill(made.root, {} if first else old, new)
        assert freeze_until(killer, made.root, -1) == 0
        assert tree(made.root / "build") == new, at
        litter = {path.name for path in (made.root / ".flatleaf").iterdir() if path.name.startswith(".")}
        assert litter == set(), at
        at += step if at > 9 else 1  # the cache is written first
    assert (killed, at > 50) == (0, True)


def test_processes_end_with_the_one_that_started_them(site):
    """Else they would hold the lock, and the next freeze would wait for ever."""
    made = site(posts(200) | {"pyproject.toml": SETTINGS})
    process = start(made.root, "--jobs", "2")
    try:
        while not list((made.root / "build").glob("posts/*/index.html")):
            assert process.poll() is None
        kill(process)
        assert ended(start(made.root), 20) == (0, "")
    finally:
        if alive(process.pid):
            os.killpg(process.pid, signal.SIGKILL)


# Disks


@pytest.fixture
def disk(tmp_path) -> Iterator[Path]:
    """Return a small disk of its own: 400 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = shutil.which("mount") and os.geteuid() == 0
    command = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)]
    if not mounted or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk, and not in every container")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def remount(folder: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], check=True)


SMALL = posts(4) | {"pyproject.toml": SETTINGS}


def check_refusal(result: tuple[int, str], words: str) -> None:
    code, said = result
    assert (code, len(said.splitlines())) == (1, 1), said
    assert words in said


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("more", ["a large file", "many posts"])
def test_a_full_disk_is_told_in_one_line_and_the_old_build_stays(site, disk, more, jobs):
    made = site(SMALL)
    assert ended(start(made.root, "--out", str(disk))) == (0, "")
    before = tree(disk)
    larger = {"static/film.mp4": b"f" * 500_000} if more == "a large file" else posts(100)
    made.write(larger)
    check_refusal(ended(start(made.root, "--out", str(disk), "--jobs", jobs)), "No space left on device")
    assert tree(disk) == before
    for name in larger:
        (made.root / name).unlink()
    made.write(SMALL)
    assert ended(start(made.root, "--out", str(disk))) == (0, "")
    assert tree(disk) == before


def test_a_file_larger_than_may_be_is_told_in_one_line_and_the_old_build_stays(site):
    made = site(SMALL)
    assert ended(start(made.root)) == (0, "")
    before = tree(made.root / "build")
    made.write({"static/film.mp4": b"f" * 3_000_000, "posts/p1.md": post(1, "Other")})
    check_refusal(ended(start(made.root, LARGEST="2000000")), "File too large")
    assert tree(made.root / "build") == before


def test_a_build_that_may_not_be_written_is_told_in_one_line_and_stays(site, disk):
    made = site(SMALL)
    assert ended(start(made.root, "--out", str(disk))) == (0, "")
    before = tree(disk)
    remount(disk, "ro")
    made.write({"posts/p1.md": post(1, "Other")})
    check_refusal(ended(start(made.root, "--out", str(disk))), "Read-only file system")
    assert tree(disk) == before


def test_nothing_to_do_needs_no_writing(site, disk):
    made = site(SMALL)
    assert ended(start(made.root, "--out", str(disk))) == (0, "")
    remount(disk, "ro")
    assert ended(start(made.root, "--out", str(disk))) == (0, "")


def warned_only(result: tuple[int, str]) -> bool:
    """Tell whether a freeze ended well, perhaps with a word on the index."""
    code, said = result
    return code == 0 and all("index" in line for line in said.splitlines())


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("used", [True, False], ids=["with a cache in it", "empty"])
@pytest.mark.parametrize("how", ["read-only", "full"])
def test_a_cache_that_can_not_be_written_only_costs_time(site, disk, tmp_path, how, used, jobs):
    made = site(SMALL | {"pyproject.toml": f'{SETTINGS}cache = "{disk}"\n'})
    if used:
        assert ended(start(made.root)) == (0, "")
    if how == "full":
        with suppress(OSError), open(disk / "filler", "wb", buffering=0) as filler:
            while filler.write(b"f" * 4096):
                pass
    else:
        remount(disk, "ro")
    made.write(posts(20) | {"posts/p1.md": post(1, "Other")})
    assert warned_only(ended(start(made.root, "--jobs", jobs)))
    assert tree(made.root / "build") == clean(made.root, tmp_path / "clean")
    made.write({"posts/p2.md": post(2, "Another")})
    assert warned_only(ended(start(made.root, "--jobs", jobs)))
    assert tree(made.root / "build") == clean(made.root, tmp_path / "clean")


# Two at once


def test_two_freezes_at_once_both_end_well(site, tmp_path):
    made = site(BEFORE)
    running = [start(made.root, "--jobs", jobs) for jobs in "1212"]
    waits = "another freeze of this site is running: waiting for its end\n"
    assert {ended(process) for process in running} <= {(0, ""), (0, waits)}
    assert tree(made.root / "build") == clean(made.root, tmp_path / "clean")


def test_a_freeze_waits_for_the_one_before_it(site, tmp_path):
    made = site(SMALL)
    (made.root / ".flatleaf").mkdir()
    with open(made.root / ".flatleaf/freeze.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = start(made.root)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=1)
        assert not (made.root / "build").exists()
    assert ended(process)[0] == 0
    assert tree(made.root / "build") == clean(made.root, tmp_path / "clean")


# Changes while a freeze is under way


@pytest.fixture
def small_chunks(monkeypatch) -> None:
    monkeypatch.setattr(workers, "WORTH_A_PROCESS", 10)
    monkeypatch.setattr(workers, "CHUNK", 10)


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("beside", [False, True], ids=["alone", "beside a server"])
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("first", [True, False], ids=["the first build", "a later build"])
def test_many_files_may_change_during_a_freeze(site, tmp_path, jobs, first, beside):
    """Each page that is done changes some posts: words, title, tags; new ones come, assets and static files change."""
    count = CHANGES // 4
    made = site(posts(count) | {"pyproject.toml": SETTINGS, "posts/pic.png": "pic", "static/own.css": "own"})
    destination = tmp_path / "out"
    if not first:
        build.freeze(made.app(), destination, jobs)
        made.write({f"posts/p{number}.md": post(number, "Changed") for number in range(count)})
    server, chance = made.app(), random.Random(count)

    def watch(done: int, of_all: int) -> None:
        numbers = chance.sample(range(count), 4)
        kinds = ({"title": f"T{done}"}, {"body": f"Words {done}."}, {"tag": f"tag{done}"}, {"body": "Gone to print."})
        changed = {f"posts/p{number}.md": post(number, **kind) for number, kind in zip(numbers, kinds, strict=True)}
        changed |= {f"posts/new{done % 7}.md": post(count + done), "posts/pic.png": f"pic {done}"}
        made.write(changed | {"static/own.css": f"own {done}"})
        if beside and done % 20 == 0:
            of(server).library.refresh()
            server.test_client().get(f"/posts/p{numbers[0]}/")
            server.test_client().get("/")

    build.freeze(made.app(), destination, jobs, watch=watch)
    build.freeze(made.app(), destination, jobs)
    assert tree(destination) == clean(made.root, tmp_path / "clean")


def described(number: int, tag: str = "t", body: str = "Words.") -> str:
    return f"---\ntitle: P{number}\ndate: 2001-01-{number + 1:02}\ndescription: Said.\ntags: [{tag}]\n---\n\n{body}\n"


@pytest.mark.parametrize("change", [{"tag": "other"}, {"body": "Other."}], ids=["a tag", "a text"])
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("at", [0, 0.5, 1])
@pytest.mark.usefixtures("small_chunks")
def test_what_a_server_reads_during_a_freeze_is_not_taken_for_what_was_rendered(site, tmp_path, change, jobs, at):
    made = site({f"posts/p{number}.md": described(number) for number in range(20)} | {"pyproject.toml": SETTINGS})
    destination, server = tmp_path / "out", made.app()

    def watch(done: int, of_all: int) -> None:
        if done == max(1, int(of_all * at)):
            made.write({"posts/p8.md": described(8, **change)})
            of(server).library.refresh()
            for address in ("/", "/page/3/", "/posts/p8/", "/posts/p7/"):
                server.test_client().get(address)

    build.freeze(made.app(), destination, jobs, watch=watch)
    build.freeze(made.app(), destination, jobs)
    assert tree(destination) == clean(made.root, tmp_path / "clean")


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("what", ["posts/p3.md", "posts/late.png", "static/late.css"])
def test_a_file_may_go_during_a_freeze(site, tmp_path, what, jobs):
    made = site(posts(40) | {"pyproject.toml": SETTINGS, "posts/late.png": "pic", "static/late.css": "own"})
    destination = tmp_path / "out"
    build.freeze(made.app(), destination, jobs, watch=lambda _done, _all: (made.root / what).unlink(missing_ok=True))
    build.freeze(made.app(), destination, jobs)
    assert tree(destination) == clean(made.root, tmp_path / "clean")


@pytest.mark.parametrize("what", ["static/own.css", "posts/pic.png", "templates/page.html", "posts/p1.md"])
@pytest.mark.parametrize("first", [True, False], ids=["the first build", "a later build"])
def test_what_changes_after_it_was_rendered_is_rendered_again_next_time(site, tmp_path, what, first):
    made = site(SMALL | {"posts/pic.png": "pic", "static/own.css": "own", "pages/about.md": "# About\n\nWho.\n"})
    made.write({"templates/page.html": "one {{ html }}"})
    destination = tmp_path / "out"
    if not first:
        build.freeze(made.app(), destination, 1)
        made.settings(url="https://other.example/")  # all is rendered anew

    def watch(done: int, of_all: int) -> None:
        if done == of_all:
            made.write({what: post(1, "Changed at the end") if what.endswith(".md") else "changed at the end"})

    build.freeze(made.app(), destination, 1, watch=watch)
    build.freeze(made.app(), destination, 1)
    assert tree(destination) == clean(made.root, tmp_path / "clean")


@pytest.mark.parametrize("what", ["static/own.css", "posts/pic.png", "posts/p1.md", "templates/page.html"])
def test_an_edit_that_keeps_size_and_time_is_noticed(site, tmp_path, what):
    """As archives with times of their own leave it (``SOURCE_DATE_EPOCH``), or files that change places."""
    files = {"posts/pic.png": "pic", "static/own.css": "own", "templates/page.html": "one", "pages/about.md": "# A\n"}
    made = site(SMALL | files)
    (before := made.root / what).write_text(files.get(what) or post(1, "One"))
    os.utime(before, ns=(10**18, 10**18))
    build.freeze(made.app(), tmp_path / "out", 1)
    made.write({what: post(1, "Two") if what.endswith(".md") else files[what][::-1]})
    os.utime(before, ns=(10**18, 10**18))
    build.freeze(made.app(), tmp_path / "out", 1)
    assert tree(tmp_path / "out") == clean(made.root, tmp_path / "clean")


# Folders that aren't a build


@pytest.mark.parametrize("how", [[], ["--clean"], ["--jobs", "2"]])
def test_a_folder_of_other_files_is_refused(site, tmp_path, how):
    made = site(SMALL)
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "letter.txt").write_text("Dear all")
    result = made.run("freeze", "--out", str(letters), *how)
    assert result.exit_code == 1
    assert tree(letters) == {"letter.txt": b"Dear all"}


@pytest.mark.parametrize("how", [[], ["--clean"]])
def test_a_foreign_file_in_the_build_is_refused_unless_forced(site, tmp_path, how):
    made = site(SMALL)
    made.freeze()
    made.write({"build/letter.txt": "Dear all"})
    assert made.run("freeze", *how).exit_code == 1
    assert made.tree()["letter.txt"] == b"Dear all"
    assert made.run("freeze", "--force", *how).exit_code == 0
    assert made.tree() == clean(made.root, tmp_path / "clean")


def test_after_a_plain_build_an_incremental_one_goes_on(site, tmp_path):
    made = site(SMALL)
    made.freeze()
    made.write(posts(12))
    assert made.run("freeze", "--clean").exit_code == 0
    (made.root / "posts/p5.md").unlink()
    assert made.freeze() == clean(made.root, tmp_path / "clean")


# Errors


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("jobs", [1, 2])
def test_all_pages_that_fail_are_named_at_once_and_the_old_build_stays(site, tmp_path, jobs):
    made = site(posts(30) | {"pyproject.toml": SETTINGS, "pages/about.md": "# About\n"})
    build.freeze(made.app(), tmp_path / "out", jobs)
    before = tree(tmp_path / "out")
    failing = '{% extends "base.html" %}{% block main %}{{ no_such_name }}{% endblock %}'
    made.write({"templates/tag.html": failing, "templates/archive.html": f"\n{failing}", "posts/p1.md": post(1, "Two")})
    with pytest.raises(FreezeError) as error:
        build.freeze(made.app(), tmp_path / "out", jobs)
    lines = str(error.value).splitlines()
    assert sorted(line.split(": ")[0] for line in lines) == ["/archive/", "/tags/t0/", "/tags/t1/", "/tags/t2/"]
    assert all("no_such_name" in line for line in lines)
    assert ["archive.html:2" in line for line in lines].count(True) == 1
    assert tree(tmp_path / "out") == before
    (made.root / "templates/tag.html").unlink()
    (made.root / "templates/archive.html").unlink()
    build.freeze(made.app(), tmp_path / "out", jobs)
    assert tree(tmp_path / "out") == clean(made.root, tmp_path / "clean")


def test_the_command_that_fails_says_no_more_than_the_errors_and_exits_with_1(site):
    made = site(SMALL)
    made.freeze()
    made.write({"templates/archive.html": "{{ no_such_name }}", "templates/tags.html": "{% nonsense %}"})
    code, said = ended(start(made.root))
    assert (code, len(said.splitlines())) == (1, 2), said
    assert "Traceback" not in said


def test_a_first_freeze_that_fails_leaves_no_half_of_a_build(site, tmp_path):
    made = site(SMALL | {"templates/archive.html": "{{ no_such_name }}"})
    with pytest.raises(FreezeError):
        build.freeze(made.app(), tmp_path / "out", 1)
    assert not (tmp_path / "out").exists() or tree(tmp_path / "out") == {}


# Folders


def test_a_folder_that_was_left_empty_is_removed(site, tmp_path):
    """As a kill between two deletions leaves it."""
    made = site(SMALL)
    made.freeze()
    (made.root / "build/posts/was/here").mkdir(parents=True)
    made.write({"posts/p1.md": post(1, "Other")})
    made.freeze()
    assert tree(made.root / "build") == clean(made.root, tmp_path / "clean")


def test_no_folder_is_left_empty_by_deletions(site, tmp_path):
    made = site(SMALL | {"posts/trip/index.md": post(9), "posts/trip/a/b/pic.png": "pic"})
    made.freeze()
    shutil.rmtree(made.root / "posts/trip")
    made.freeze()
    assert tree(made.root / "build") == clean(made.root, tmp_path / "clean")


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.usefixtures("small_chunks")
def test_a_page_becomes_a_folder_and_back(site, tmp_path, jobs):
    made, out = site(posts(20) | {"pyproject.toml": SETTINGS}), tmp_path / "out"
    for url in ("/x.html", "/x.html/y/", "/x.html/y/z/", "/x.html", "/x.html/y/", "/x/", "/x.html"):
        made.write({"pages/a.md": f"---\nurl: {url}\n---\n# A\n", "pages/b.md": f"---\naliases: [/o{url}]\n---\n# B\n"})
        build.freeze(made.app(), out, jobs)
        assert tree(out) == clean(made.root, tmp_path / "clean"), url


# Determinism


def test_the_build_does_not_depend_on_where_and_how_it_is_made(tmp_path):
    """Machines with other zones, locales, hash seeds, orders of folders and numbers of processes."""
    machines = [
        ("1", "Pacific/Kiritimati", "C", "1"),
        ("2", "America/Anchorage", "C.UTF-8", "77"),
        ("3", "UTC", "POSIX", "random"),
    ]
    files = BEFORE | {"posts/größe.md": "# Größe\n\nText.\n", "posts/undated.md": "# Undated\n\nText.\n"}
    running = []
    for jobs, zone, locale, seed in machines:
        root = tmp_path / jobs
        for name in sorted(files, key=lambda name: hash((name, seed))):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(files[name], encoding="utf-8")
            os.utime(root / name, ns=(16 * 10**17, 16 * 10**17))
        running.append(start(root, "--jobs", jobs, TZ=zone, LC_ALL=locale, PYTHONHASHSEED=seed))
    assert [ended(process) for process in running] == [(0, "")] * 3
    one, two, three = (tree(tmp_path / jobs / "build") for jobs, *_ in machines)
    assert len(one) > 60
    assert one == two
    assert one == three
    assert one == clean(tmp_path / "1", tmp_path / "clean")
