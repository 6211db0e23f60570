"""The faster search for delimiters finds what looking sign by sign finds."""

from __future__ import annotations

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
