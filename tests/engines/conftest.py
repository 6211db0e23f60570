"""Make tiny sites of other engines, and read them."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote, unquote

import pytest
from hypothesis import strategies as st

from blog import engines, sources
from blog.documents import Document
from blog.errors import ContentError
from blog.reader import LeftOut
from blog.settings import Settings

ReadSite = Callable[[Mapping[str, str | bytes]], dict[str, Document | str]]

# What a configuration or a header may hold: keys of headers, and values of any kind.
SAID = "title date tags tag categories category permalink published slug layout redirect_from lang".split()
WORDS = [
    "",
    ".",
    "/",
    "*",
    "**/x",
    "date",
    "pretty",
    "/:year/:title/",
    ":category",
    "posts",
    "x",
    "a b",
    "2014-01-02",
    "no",
]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(WORDS) | st.text(max_size=5),
    lambda of: (
        st.lists(of, max_size=3) | st.dictionaries(st.sampled_from([*WORDS, "scope", "values", "type"]), of, max_size=3)
    ),
    max_leaves=6,
)


@pytest.fixture
def read_site(tmp_path: Path) -> ReadSite:
    """Return a function that writes a site's files, and reads each: its document, or why it is none."""
    return lambda files: site(tmp_path, files)[1]


def write(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files below a folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)


def site(root: Path, files: Mapping[str, str | bytes]) -> tuple[Settings, dict[str, Document | str]]:
    """Write a site and read it: for each text the document, or why it is none."""
    write(root, files)
    settings = engines.load(root, {})
    return settings, {found.path: document(found, settings) for found in sources.scan(settings) if found.is_text}


def document(found: sources.Found, settings: Settings) -> Document | str:
    """Read a file of a site: its document, ``"asset"``, or the rule by which it is nothing."""
    if found.left_out:
        return found.left_out
    try:
        return engines.reading_of(settings)(sources.read(found), settings).document()
    except LeftOut as rule:
        return "asset" if rule.asset else str(rule)


def read_anything(files: Mapping[str, str], header: object, names: Iterable[str]) -> None:
    """Read texts of a site whose configuration and headers hold anything: no more than expected errors may come."""
    text = f"---\n{json.dumps(header)}\n---\nText.\n"
    with TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, {**files, **dict.fromkeys(names, text)})
        settings = engines.load(root, {})
        for found in sources.scan(settings):
            if found.is_text:
                with suppress(ContentError):
                    document(found, settings)


def told(root: Path, *command: str, **environment: str) -> dict[str, dict[str, Any]]:
    """Let an engine itself read the site in a folder; return what it has written of each text to ``truth.json``."""
    run = subprocess.run(command, cwd=root, env={**os.environ, **environment}, capture_output=True, timeout=120)
    truth = root / "truth.json"
    assert truth.exists(), run.stdout + run.stderr
    found: dict[str, dict[str, Any]] = json.loads(truth.read_text())
    return found


def compare(ours: Mapping[str, Document | str], theirs: Mapping[str, Mapping[str, Any]]) -> None:
    """See that a site has the same texts as its engine has, each with what that says of it: ``None`` for nothing."""
    shown = {name: of for name, of in ours.items() if isinstance(of, Document) and not of.draft}
    assert shown.keys() == theirs.keys()
    for name, of in shown.items():
        said = {field: value for field, value in theirs[name].items() if value is not None}
        known = {
            "url": quote(of.url),
            "title": of.title,
            "date": of.date.timestamp() if of.date else False,
            "tags": list(of.tags),
            "categories": list(of.categories),
        }
        assert {**known, **said, "url": quote(unquote(said["url"]))} == known, name
