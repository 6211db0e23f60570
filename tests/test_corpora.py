"""Real sites of other engines, as they are: what their own engine makes of every file, and no file lost."""

from __future__ import annotations

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
