"""Real sites of other engines, as they are: what their own engine makes of every file, and no file lost."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

HERE = Path(__file__).parent.parent
CORPORA = HERE.parent / "shared" / "corpora"
NAMES = (
    "exyr fizzadar fizzadar-luapress gold-miner haacked jackyzha0 kentcdodds kirby lctt lektor nikola pyblosxom"
    " rust-blog simonw-til tef twir yulingtianxia".split()
)
CONFIGURED = {"fizzadar": "hugo", "rust-blog": "zola", "haacked": "jekyll", "yulingtianxia": "hexo", "lektor": "lektor"}
TEXTS = {".md", ".markdown", ".txt", ".html", ".mdx", ".rst", ".lr"}


@pytest.fixture(scope="module")
def measure():
    """Return benchmarks/corpora.py as a module."""
    found = importlib.util.spec_from_file_location("corpora", HERE / "benchmarks/corpora.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.fixture
def corpora():
    if not CORPORA.is_dir():
        pytest.skip("the corpora lie beside the checkout only where the project is developed")
    return CORPORA


@pytest.fixture(params=NAMES)
def corpus(request, made, corpora):
    shutil.copytree(corpora / request.param, made.root, dirs_exist_ok=True)
    return made


def test_files_are_read_as_their_own_engines_read_them(corpora):
    """The figures to be reached: see benchmarks/corpora.py."""
    command = [sys.executable, str(HERE / "benchmarks/corpora.py"), str(corpora)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=HERE, env=None)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(("name", "engine"), CONFIGURED.items())
def test_the_engine_is_recognised_by_its_configuration(corpora, made, name, engine):
    shutil.copytree(corpora / name, made.root, dirs_exist_ok=True)
    report = json.loads(made.run("inspect", "--json").stdout)
    assert report["engine"] == engine
    assert report["taken"]


def test_every_file_is_published_or_named_with_a_reason(corpus):
    files = {path.relative_to(corpus.root).as_posix() for path in corpus.root.rglob("*") if path.is_file()}
    written = {name for name in files if Path(name).suffix.lower() in TEXTS and not name.startswith((".", "build/"))}
    records = {record["file"]: record for record in json.loads(corpus.run("ls", "--json").stdout)}
    reasons = corpus.run("check").output
    assert written
    for name in written:
        record = records.get(name, {"published": False, "draft": False})
        assert record["published"] or record["draft"] or f"{name}:" in reasons or is_explained(corpus, name), name


def is_explained(corpus, name: str) -> bool:
    """Tell whether a file is served as it is, or lies where no content is looked for, and ``why`` says so."""
    said = corpus.run("why", name).output
    return "published as it is" in said or "in none of the folders of content" in said


def test_every_page_is_served_and_frozen_alike(corpus):
    tree = corpus.freeze()
    assert corpus.run("verify", "--all").exit_code == 0
    client = corpus.app().test_client()
    records = [record for record in json.loads(corpus.run("ls", "--json").stdout) if record["published"]]
    assert records
    bodies = set(tree.values())
    for record in records:
        response = client.get(quote(record["url"]), buffered=True)
        assert response.status_code == 200, record["url"]
        assert response.data in bodies, record["url"]


def test_a_second_freeze_gives_the_same(corpus):
    assert corpus.freeze() == corpus.freeze()


@pytest.mark.parametrize(
    ("said", "pattern"),
    [
        ("/{path}/", "/:path/"),
        ("/{year}/{month}/{slug}/", "/:year/:month/:slug/"),
        ("/{lang}/{path}/", "/:lang/:path/"),
        ("/{path without extension}.html", "/:path.html"),
        ("/blog/{year}/{month, not padded}/{stem without date}", "/blog/:year/:i_month/:name"),
        ("/{YYYY}/{MM}/{DD}/{file name without date and extension}.html", "/:year/:month/:day/:name.html"),
        ("/posts/{date:%Y-%m-%d}-{slug}", "/posts/:year-:month-:day-:slug"),
        ("/{date.year}/{date.month}/{slug}", "/:year/:i_month/:slug"),
        ("/{date:%b}/{slug}", "/{date:%b}/:slug"),
        ("/:year/:title/", "/:year/:title/"),
        ("/%year%/%postname%/", "/%year%/%postname%/"),
        ("/<year>/<slug>/", "/:year/:slug/"),
        ("permalink key, else /{path}/", "/:path/"),
        ("/{path key}/ (front matter path), else /{path}/", "/:path/"),
        ("/{slug key}/, else /{stem}/", "/:slug/"),
        ("/blog/{slug} (slug header, else folder name)", "/blog/:slug"),
        ("/{slug or stem}/", "/:slug/"),
        ("{stem without date}", "/:name"),
        ("https://example.org/{slug}/", "/:slug/"),
        ("/{section}/{slug}/; drafts not published", "/:section/:slug/"),
        ("path of the url header, if any", ""),
        ("/{something nobody knows}/", ""),
    ],
)
def test_patterns_of_addresses_in_words_are_understood(measure, said, pattern):
    assert measure.pattern_in(said) == pattern


def test_folders_in_capitals_are_those_of_the_path(measure):
    assert measure.pattern_in("/til/TOPIC/{stem}", "TOPIC/*.md") == "/til/:sections[0]/:filename"
    assert measure.pattern_in("/{lang}/{slug}", "LANG/posts/*.md") == "/:sections[0]/:slug"
    assert measure.pattern_in("/YEAR/MONTH/{stem}", "YEAR/MONTH/*.md") == "/:sections[0]/:sections[1]/:filename"


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("**", ["*"]),
        ("posts/**/*.md", ["posts/**.md*"]),
        ("blog/*.{md,mdx}", ["blog/*.md*", "blog/*.mdx"]),
        ("YEAR/*.md", ["*/*.md*"]),
        ("{lang}/blog/*", ["*/blog/*"]),
        ("posts/*.md (dated), posts/*/index.md", ["posts/*.md*", "posts/*/index.md*"]),
    ],
)
def test_patterns_of_paths_in_words_are_understood(measure, said, places):
    assert [measure.globbed(place) for place in measure.places_in(said)] == places


@pytest.mark.parametrize(
    ("said", "engine"),
    [
        ("Next.js 12", "gatsby"),
        ("own (Gatsby before 2020)", "plain"),
        ("Material for MkDocs", "mkdocs"),
        ("11ty", "eleventy"),
    ],
)
def test_engines_in_words_are_understood(measure, said, engine):
    assert measure.engine_of(said) == engine


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("UTC+8", "Etc/GMT-8"),
        ("Asia/Shanghai (machine)", "Asia/Shanghai"),
        ("server local", "UTC"),
        ("-05:00", "Etc/GMT+5"),
    ],
)
def test_time_zones_in_words_are_understood(measure, said, zone):
    assert measure.zone_of(said) == zone
