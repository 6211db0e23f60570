"""The faster search for delimiters finds what looking sign by sign finds, and the faster pairing what theirs pairs."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mistune._inline import emphasis as theirs

from blog import markup
from blog.markup import emphasis


@given(st.text("*_a \n\\é", max_size=30), st.integers(0, 30))
def test_it_finds_the_next_delimiter(text: str, pos: int) -> None:
    pos = min(pos, len(text))
    found = pos
    while found < len(text) and text[found] not in "*_":
        found += 1
    assert emphasis.next_delimiter_run(text, pos) == found


def test_mistune_uses_it() -> None:
    assert "<em>b</em>" in markup.render("a *b* c").html
    assert theirs._next_delimiter_run is emphasis.next_delimiter_run


def full(tokens: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return tokens without those that hold no text."""
    return [
        token | {"children": full(token["children"])} if "children" in token else token
        for token in tokens
        if token.get("raw") != ""
    ]


def test_it_pairs_what_mistune_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    markup.parser_for(markup.PLAIN)
    assert theirs._process_emphasis_delimiters is emphasis.process
    kept = vars(theirs).copy()
    slow = vars(importlib.reload(theirs)).copy()["_process_emphasis_delimiters"]
    vars(theirs).update(kept)

    @given(st.text("**__a .", max_size=24))
    def pairs(text: str) -> None:
        found = []
        for way in (slow, emphasis.process):
            monkeypatch.setattr(theirs, "_process_emphasis_delimiters", way)
            found.append(full(theirs.finalize_emphasis_tokens([{"type": "text", "raw": text}], True, 20)))
        assert found[0] == found[1]

    pairs()


def test_emphasis_is_as_deep_as_it_may_be() -> None:
    html = markup.commonmark("*a " * 40 + "b" + "*" * 40)
    assert 15 <= html.count("<em>") + html.count("<strong>") <= 20
