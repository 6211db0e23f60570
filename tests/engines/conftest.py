"""Make tiny sites of other engines, and read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import strategies as st

from blog import engines, sources
from blog.documents import Document
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

    def read(files: Mapping[str, str | bytes]) -> dict[str, Document | str]:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        settings = engines.load(tmp_path, {})
        return {found.path: document(found, settings) for found in sources.scan(settings) if found.is_text}

    return read


def document(found: sources.Found, settings: Settings) -> Document | str:
    """Read a file of a site: its document, ``"asset"``, or the rule by which it is nothing."""
    if found.left_out:
        return found.left_out
    try:
        return engines.reading_of(settings)(sources.read(found), settings).document()
    except LeftOut as rule:
        return "asset" if rule.asset else str(rule)
