"""Real sites of other engines, as they are: nothing crashes, and no file is lost without a word."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest

CORPORA = Path(__file__).parent.parent.parent / "shared" / "corpora"
TEXTS = {".md", ".markdown", ".txt", ".html"}


@pytest.fixture(params=["fizzadar", "tef", "exyr"])
def corpus(request, made):
    folder = CORPORA / request.param
    if not folder.is_dir():
        pytest.skip("the corpora lie beside the checkout only where the project is developed")
    shutil.copytree(folder, made.root, dirs_exist_ok=True)
    return made


def texts(made) -> set[str]:
    files = {path.relative_to(made.root).as_posix() for path in made.root.rglob("*") if path.is_file()}
    return {name for name in files if Path(name).suffix.lower() in TEXTS and not name.startswith((".", "build/"))}


def test_every_file_is_published_or_named_with_a_reason(corpus):
    written = texts(corpus)
    assert written
    records = {record["file"]: record for record in json.loads(corpus.run("ls", "--json").stdout)}
    assert records.keys() == written
    reasons = corpus.run("check").output
    for name, record in records.items():
        assert record["published"] or record["draft"] or f"{name}:" in reasons, name


def test_every_page_is_served_and_frozen_alike(corpus):
    tree = corpus.freeze()
    client = corpus.app().test_client()
    for name, body in tree.items():
        url = "/" + quote(name.removesuffix("index.html") if f"/{name}".endswith("/index.html") else name)
        response = client.get(url, buffered=True)
        assert (response.status_code in (200, 301), response.data) == (True, body), name
    records = [record for record in json.loads(corpus.run("ls", "--json").stdout) if record["published"]]
    assert records
    for record in records:
        name = record["url"][1:]
        assert (f"{name}index.html" if record["url"].endswith("/") else name) in tree


def test_a_second_freeze_gives_the_same(corpus):
    assert corpus.freeze() == corpus.freeze()
