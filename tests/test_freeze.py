"""The freezer: the build is what the app answers, byte for byte, and nothing else is touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import html as parser

from blog.errors import SettingsError
from blog.site import of

SITE = {
    "posts/2020-01-02-hello.md": "---\ntitle: Hello\ntags: [New York, größe]\naliases: [/old/, /older.html]\n---\n"
    "\nHi.\n",
    "posts/größe.md": "---\ntitle: Größe\ndate: 2020-02-03 10:00:00 +0900\ntags: [größe]\nlang: de\n---\n"
    "\nText[^1].\n\n[^1]: Ja.\n",
    "posts/trip/index.md": "---\ntitle: Trip\ndate: 2020-03-04\ncategories: [far]\n---\n"
    "\n![Map](the map.png) [hi](../2020-01-02-hello.md)\n",
    "posts/trip/the map.png": b"\x89PNG\r\n\x1a\n map",
    "posts/code.md": "---\ntitle: Code\ndate: 2021-01-01\n---\n"
    "\n```python\nprint('hi')\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "posts/draft.md": "---\ntitle: Draft\ndraft: true\n---\n\nNot yet.\n",
    "posts/later.md": "---\ntitle: Later\ndate: 2999-01-01\n---\n\nNot yet.\n",
    "posts/bad.md": "---\ntitle: [\n---\n\nBroken.\n",
    "pages/about.md": "# About\n\nWho.\n",
    "pages/whole.html": "<!doctype html>\n<title>Whole</title>\n<p>As it is.\n",
    "pages/part.html": "<h1>Part</h1>\n<p>Inside the theme.</p>\n",
    "static/own.css": "body { color: black }\n",
    "pyproject.toml": '[tool.blog]\ntitle = "Made"\nurl = "https://made.example/"\nposts_per_page = 2\n',
}


def compare(made, tree: dict[str, bytes], base: str = "") -> None:
    """Hold every frozen file against what a new app answers to its address."""
    client = made.app().test_client()
    for name, body in tree.items():
        url = "/" + quote(name.removesuffix("index.html") if f"/{name}".endswith("/index.html") else name)
        response = client.get(base + url, buffered=True)
        assert response.status_code in (200, 301), f"{name}: {response.status}"
        assert response.data == body, name


def copied(made, files: Path) -> None:
    """Copy the repository's own site, times included: they may be dates."""
    for name in ("posts", "pages", "static", "templates"):
        shutil.copytree(files / name, made.root / name)
    shutil.copy2(files / "pyproject.toml", made.root)


@pytest.fixture(scope="session")
def repository():
    return Path(__file__).parent.parent


# Frozen = served


def test_the_repository_s_own_site_is_frozen_as_it_is_served(made, repository):
    copied(made, repository)
    tree = made.freeze()
    assert len(tree) > 30
    compare(made, tree)


def test_a_made_site_is_frozen_as_it_is_served(made):
    made.write(SITE)
    tree = made.freeze()
    compare(made, tree)
    named = """404.html about/index.html archive/index.html categories/far/index.html categories/index.html
        favicon.svg feeds.opml index.html manifest.json old/index.html
        older.html page/2/index.html part/index.html posts/code/index.html posts/größe/index.html
        posts/hello/index.html posts/index.html posts/trip/index.html robots.txt sitemap.xml
        static/code.css static/copy.js static/feed.css static/formulas.css static/lists.css static/own.css
        static/pieces.css static/theme.css static/theme.js subscribe/index.html
        tags/größe/index.html tags/index.html
        tags/new-york/index.html whole.html""".split()
    fed = ("", "languages/de/", "languages/en/", "tags/größe/", "tags/new-york/")
    named += [f"{folder}{name}" for folder in fed for name in ("feed.xml", "atom.xml", "feed.json")]
    assert made.names(tree) == sorted([*named, "posts/trip/the map.png"])


def test_the_seeds_are_frozen_as_they_are_served(made, seeds):
    made.write(seeds)
    tree = made.freeze()
    assert {"index.html", "work/index.html", "pages/work/index.html", "posts/moving-on/index.html"} <= tree.keys()
    compare(made, tree)


@pytest.mark.parametrize("base", ["", "/blog", "/a/b"])
def test_below_any_base_path_the_build_is_what_is_served(made, base):
    made.write(SITE)
    made.settings(url=f"https://made.example{base}/", posts_per_page=2)
    compare(made, made.freeze(), base)


def test_an_empty_site_freezes(made):
    tree = made.freeze()
    assert {"index.html", "404.html", "feed.xml", "sitemap.xml"} <= tree.keys()
    compare(made, tree)


def test_every_link_within_the_build_leads_to_a_file_of_it(made, repository):
    copied(made, repository)
    dead = dead_links(made.freeze())
    assert dead == set()


def dead_links(tree: dict[str, bytes]) -> set[tuple[str, str]]:
    from urllib.parse import unquote, urljoin, urlsplit

    dead = set()
    for name, body in tree.items():
        if not name.endswith(".html"):
            continue
        for _, _, link, _ in parser.document_fromstring(body).iterlinks():
            parts = urlsplit(urljoin(f"http://here/{quote(name)}", link))
            path = unquote(parts.path).lstrip("/")
            if parts.netloc == "here" and path not in tree and f"{path}index.html" not in tree:
                dead.add((name, link))
    return dead


def test_the_build_s_404_page_is_what_the_app_answers_to_any_lost_address(made):
    made.write(SITE)
    tree = made.freeze()
    assert made.app().test_client().get("/no/such/address/").data == tree["404.html"]


def test_what_is_not_published_is_nowhere_in_the_build(made):
    made.write(SITE)
    for name, body in made.freeze().items():
        assert b"Not yet." not in body, name
        assert b"Draft" not in body, name
        assert "later" not in name


# Redirects


def test_every_frozen_redirect_leads_on_by_itself(made):
    made.write(SITE)
    client, tree = made.app().test_client(), made.freeze()
    redirects = {}
    for name, body in tree.items():
        response = client.get("/" + quote(name.removesuffix("index.html")), buffered=True)
        if response.status_code == 301:
            redirects[name] = response.headers["Location"]
            page = parser.document_fromstring(body)
            (refresh,) = page.xpath("//meta[@http-equiv='refresh']/@content")
            assert refresh == f"0; url={response.headers['Location']}", name
            assert page.xpath("//link[@rel='canonical']/@href") == [f"https://made.example{redirects[name]}"]
            assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
            assert redirects[name] in page.xpath("//a/@href")
    assert redirects == {"old/index.html": "/posts/hello/", "older.html": "/posts/hello/", "posts/index.html": "/"}


# Writing


def stamps(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_second_freeze_rewrites_nothing(made):
    made.write(SITE)
    made.freeze()
    for path in (made.root / "build").rglob("*"):
        os.utime(path, ns=(10**18, 10**18))
    before = stamps(made.root / "build")
    made.freeze()
    assert stamps(made.root / "build") == before


def test_one_changed_word_rewrites_only_the_pages_that_show_it(made):
    files = SITE | {"pages/about.md": "# About\n\nWho.\n"}
    made.write(files)
    made.freeze()
    for path in (made.root / "build").rglob("*"):
        os.utime(path, ns=(10**18, 10**18))
    made.write({"pages/about.md": "# About\n\nWhom?\n"})
    made.freeze()
    changed = [name for name, time in stamps(made.root / "build").items() if time != 10**18]
    assert changed == [str(made.root / "build/about/index.html")]


def test_what_is_removed_from_the_site_is_removed_from_the_build(made):
    made.write(SITE)
    made.freeze()
    shutil.rmtree(made.root / "posts/trip")
    tree = made.freeze()
    assert not any("trip" in name for name in tree)
    assert not (made.root / "build/posts/trip").exists(), "nor is an empty folder left"


def test_a_page_may_become_a_folder_and_a_folder_a_page(made):
    made.write({"pages/a.md": "---\nurl: /x.html\n---\n# A\n"})
    made.freeze()
    made.write({"pages/a.md": "---\nurl: /x.html/y/\n---\n# A\n"})
    assert "x.html/y/index.html" in made.freeze()
    made.write({"pages/a.md": "---\nurl: /x.html\n---\n# A\n"})
    assert "x.html" in made.freeze()


def test_what_belongs_to_the_host_is_kept(made):
    made.write(SITE)
    made.freeze()
    kept = {
        "build/.git/HEAD": "ref: refs/heads/main\n",
        "build/.git/objects/ab/cdef": "object",
        "build/CNAME": "made.example\n",
        "build/.nojekyll": "",
    }
    made.write(kept)
    (made.root / "pages/about.md").unlink()
    tree = made.freeze()
    for name, content in kept.items():
        assert tree[name.removeprefix("build/")] == content.encode()
    assert "about/index.html" not in tree


def test_a_file_that_somebody_put_into_the_build_is_not_removed_without_a_word(made):
    made.write(SITE)
    made.freeze()
    made.write({"build/posts/mine/index.html": "mine"})
    result = made.run("freeze")
    assert result.exit_code == 1
    assert "posts/mine/index.html" in result.output
    assert made.tree()["posts/mine/index.html"] == b"mine"


@pytest.mark.parametrize("own", [{}, {"templates/404.html": "lost"}, {"pages/404.html": "<!doctype html><p>lost"}])
def test_without_its_cache_a_freeze_still_knows_its_build(made, own):
    """The cache can be deleted at any time, and isn't there in a fresh checkout."""
    made.write(SITE | own)
    before = made.freeze()
    shutil.rmtree(made.root / ".flatleaf")
    assert made.freeze() == before


def test_a_fresh_checkout_for_the_host_may_be_frozen_into(made):
    """As ``git worktree add build gh-pages`` leaves it: nothing in there but what is kept anyway."""
    made.write(SITE | {"build/.git": "gitdir: ../.git/worktrees/build\n", "build/CNAME": "made.example\n"})
    tree = made.freeze()
    assert tree["CNAME"] == b"made.example\n"
    assert tree[".git"] == b"gitdir: ../.git/worktrees/build\n"
    assert "index.html" in tree


def test_an_empty_folder_may_be_frozen_into(made):
    made.write(SITE)
    (made.root / "build").mkdir()
    assert "index.html" in made.freeze()


@pytest.mark.parametrize("name", ["letter.txt", "index.html", "sub/photo.jpg", ".profile"])
def test_a_folder_with_other_files_is_refused_and_left_as_it_is(made, name):
    made.write(SITE | {f"build/{name}": "precious"})
    result = made.run("freeze")
    assert result.exit_code == 1
    (line,) = result.output.splitlines()
    assert "build" in line
    assert made.tree() == {name: b"precious"}


@pytest.mark.parametrize(
    "build",
    ["./", "posts", "pages", "static", "templates", "posts/sub", "..", "../..", "/", "posts/../posts", ".flatleaf/.."],
)
def test_the_site_s_own_folders_are_refused_and_left_as_they_are(site, build):
    made = site(SITE | {"templates/mine.html": "mine"})
    (made.root / "pyproject.toml").unlink()
    made.settings(build=build)
    before = {name: body for name, body in made.tree(".").items() if not name.startswith(".flatleaf")}
    with suppress(SettingsError):
        result = made.run("freeze")
        assert result.exit_code == 1
        assert len(result.output.splitlines()) == 1
    after = {name: body for name, body in made.tree(".").items() if not name.startswith(".flatleaf")}
    assert after == before


@pytest.mark.parametrize("build", [".flatleaf", ".git"])
def test_folders_that_hold_what_is_not_a_build_are_refused(site, build):
    made = site(SITE | {".git/HEAD": "ref: refs/heads/main\n"})
    (made.root / "pyproject.toml").unlink()
    made.settings(build=build)
    with suppress(SettingsError):  # the folder of another setting is refused at the start
        assert made.run("freeze").exit_code == 1
    assert (made.root / ".git/HEAD").read_text() == "ref: refs/heads/main\n"


def test_a_file_in_the_place_of_the_build_is_refused(made):
    made.write(SITE | {"build": "a file"})
    result = made.run("freeze")
    assert (result.exit_code, len(result.output.splitlines())) == (1, 1)
    assert (made.root / "build").read_text() == "a file"


def test_a_build_that_can_not_be_written_is_told_in_one_line(made):
    made.write(SITE | {"taken": "a file"})
    (made.root / "pyproject.toml").unlink()
    made.settings(build="taken/build")
    result = made.run("freeze")
    assert (result.exit_code, len(result.output.splitlines())) == (1, 1)
    assert "taken" in result.output


def test_a_build_elsewhere_is_written_there(site, tmp_path):
    made = site(SITE)
    (made.root / "pyproject.toml").unlink()
    made.settings(build=str(tmp_path / "public"))
    assert made.run("freeze").exit_code == 0
    assert (tmp_path / "public/index.html").is_file()
    assert not (made.root / "build").exists()


def test_a_build_in_a_plain_folder_is_not_content(made):
    made.write({"note.md": "# Note\n\nText.\n", "cat.png": b"png"})
    first = made.freeze()
    assert {"note/index.html", "cat.png"} <= first.keys()
    assert made.freeze() == first


EDITS = {
    "a word": {"posts/code.md": "---\ntitle: Code\ndate: 2021-01-01\n---\n\nOther words.\n"},
    "a title": {"posts/code.md": "---\ntitle: Decode\ndate: 2021-01-01\n---\n\nText.\n"},
    "a date": {"posts/code.md": "---\ntitle: Code\ndate: 2019-01-01\n---\n\nText.\n"},
    "a tag": {"posts/code.md": "---\ntitle: Code\ndate: 2021-01-01\ntags: [new york]\n---\n\nText.\n"},
    "a slug": {"posts/2020-01-02-hello.md": "---\ntitle: Hello\nslug: moved\n---\n\nHi.\n"},
    "an alias less": {"posts/2020-01-02-hello.md": "---\ntitle: Hello\naliases: [/old/]\n---\n\nHi.\n"},
    "a draft": {"posts/2020-01-02-hello.md": "---\ntitle: Hello\ndraft: true\n---\n\nHi.\n"},
    "a new post": {"posts/new.md": "---\ntitle: New\ndate: 2022-01-01\ntags: [fresh]\n---\n\n[c](code.md)\n"},
    "a menu": {"pages/about.md": "---\ntitle: About\nmenu: main\n---\n\nWho.\n"},
    "a front page": {"pages/index.md": "---\ntitle: Home\nlayout: home\n---\n\nHere.\n"},
    "a template": {"templates/page.html": "mine {{ page.title }}"},
    "a layout": {
        "pages/about.md": "---\ntitle: About\nlayout: x\n---\n",
        "templates/layouts/x.html": "{{ page.title }}",
    },
    "a static file": {"static/own.css": "body { color: white }\n"},
    "an asset": {"posts/trip/the map.png": b"another map"},
    "a mended file": {"posts/bad.md": "---\ntitle: Mended\ndate: 2022-01-01\n---\n\nText.\n"},
    "the settings": {"pyproject.toml": '[tool.blog]\ntitle = "Other"\nurl = "https://other.example/x/"\n'},
}


@pytest.mark.parametrize("edit", [*EDITS, "a file gone", "a bundle gone", "a file of the build gone", "time"])
def test_after_any_edit_a_freeze_gives_what_a_clean_one_gives(made, edit):
    made.write(SITE | {"posts/soon.md": "---\ntitle: Soon\ndate: 2026-11-20T13:00:00Z\ntags: [soon]\n---\n\nText.\n"})
    made.freeze()
    made.write(EDITS.get(edit, {}))
    if edit == "a file gone":
        (made.root / "posts/größe.md").unlink()
    elif edit == "a bundle gone":
        shutil.rmtree(made.root / "posts/trip")
    elif edit == "a file of the build gone":
        (made.root / "build/tags/index.html").unlink()
    elif edit == "time":
        made.now += timedelta(hours=2)
    tree = made.freeze()
    shutil.rmtree(made.root / "build")
    shutil.rmtree(made.root / ".flatleaf")
    assert made.freeze() == tree


# What it says


def test_broken_files_are_named_and_the_rest_is_frozen(made):
    made.write(SITE)
    result = made.run("freeze")
    assert result.exit_code == 0
    assert "posts/bad.md:3: YAML" in result.stderr or "posts/bad.md:2: YAML" in result.stderr
    assert (made.root / "build/posts/hello/index.html").is_file()


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that no one can read, root neither")
def test_a_text_that_can_not_be_read_is_named_and_the_rest_is_frozen(made):
    made.write(SITE)
    made.settings(follow=["/proc"])
    (made.root / "posts/locked.md").symlink_to("/proc/self/mem")
    result = made.run("freeze")
    assert result.exit_code == 0
    assert "posts/locked.md: can't be read" in result.stderr
    assert (made.root / "build/posts/hello/index.html").is_file()


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that no one can read, root neither")
def test_an_asset_that_can_not_be_read_is_named_in_one_line(made):
    made.write(SITE)
    made.settings(follow=["/proc"])
    (made.root / "posts/locked.png").symlink_to("/proc/self/mem")
    result = made.run("freeze")
    assert result.exit_code == 1
    line = result.stderr.splitlines()[-1]
    assert "posts/locked.png" in line
    assert "write" not in line, "it is not the build that is at fault"


def test_a_template_that_fails_is_named_in_one_line_and_the_old_build_is_kept(made):
    made.write(SITE)
    before = made.freeze()
    made.write({"templates/page.html": "{{ no_such_thing }}", "pages/about.md": "# About\n\nChanged.\n"})
    app = made.app()
    app.testing = False
    result = made.run("freeze", app=app)
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert made.tree().keys() == before.keys()


def test_the_last_line_sums_up(made):
    made.write(SITE)
    result = made.run("freeze")
    files = len(made.tree())
    last = result.stdout.splitlines()[-1]
    assert last.startswith(f"4 posts, {files} files: {files} written, 0 unchanged, 0 removed, ")
    (made.root / "posts/größe.md").unlink()
    last = made.run("freeze").stdout.splitlines()[-1]
    assert last.startswith("3 posts, ")
    assert ", 7 removed, " in last  # with it the only post in German, and the feeds of the two languages


def test_one_post_is_not_posts(made):
    made.write({"posts/a.md": "# A\n"})
    assert made.run("freeze").stdout.startswith("1 post, ")


def test_flask_s_own_test_runner_freezes(made):
    made.write(SITE)
    app = made.app()
    result = app.test_cli_runner().invoke(args=["freeze"])
    assert result.exit_code == 0, result.output


def test_freezing_leaves_the_app_as_it_was(made):
    made.write(SITE)
    app = made.app()
    before = {url: app.test_client().get(url).data for url in ("/", "/posts/hello/", "/feed.xml", "/nope")}
    made.freeze(app)
    assert {url: app.test_client().get(url).data for url in before} == before
    made.write({"pages/new.md": "# New\n"})
    of(app).library.refresh()
    assert app.test_client().get("/new/").status_code == 200


# Determinism


def lay(root: Path, files: dict[str, str | bytes], names: list[str]) -> None:
    for name in names:
        path, content = root / name, files[name]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        os.utime(path, ns=(1_600_000_000 * 10**9,) * 2)


def test_the_build_depends_on_nothing_but_files_and_settings(tmp_path):
    """Two machines: other zone, locale, hash seed, umask, working folder and order of writing."""
    files = SITE | {f"posts/{n}.md": f"# Post {n}\n\nSeptember 5, 2012\n\nWords.\n" for n in range(15)}
    files |= {"posts/undated.md": "# Undated\n\nText.\n"}
    machines = {
        "one": (sorted(files), {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}),
        "two": (sorted(files, reverse=True), {"TZ": "America/Anchorage", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "77"}),
    }
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("BLOG_", "LC_", "LANG"))}
    running = []
    for name, (order, settings) in machines.items():
        root = tmp_path / name
        lay(root, files, order)
        command = [sys.executable, "-m", "blog.cli", "--site", str(root), "freeze"]
        command[1:3] = ["-c", "from blog.cli import main; main()"]
        running.append(
            subprocess.Popen(
                command, env=environment | settings, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
        )
    for process in running:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
    one, two = (
        {p.relative_to(top).as_posix(): p.read_bytes() for p in sorted(top.rglob("*")) if p.is_file()}
        for top in (tmp_path / "one/build", tmp_path / "two/build")
    )
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
    assert len(one) > 40


def test_a_freeze_from_an_old_index_is_the_same_as_one_without(made):
    made.write(SITE)
    made.freeze()
    made.write({"posts/code.md": "---\ntitle: Code, changed\ndate: 2021-01-01\n---\n\nWords.\n"})
    (made.root / "posts/größe.md").unlink()
    warm = made.freeze()
    shutil.rmtree(made.root / ".flatleaf")
    shutil.rmtree(made.root / "build")
    assert made.freeze() == warm


def test_a_mistake_that_costs_every_page_is_told_a_few_times(made):
    made.write({f"posts/{number}.md": f"# Post {number}\n" for number in range(20)})
    made.write({"templates/post.html": "{{ nothing.at.all }}"})
    lines = made.run("freeze").output.splitlines()
    told = [line for line in lines if "nothing" in line]
    assert len(told) == 4
    assert "and 17 more pages: " in told[-1]
