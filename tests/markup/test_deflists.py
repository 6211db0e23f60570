"""Definition lists: well formed whatever is written, in time that grows with the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import markup

PIECES = [*": :: - # > ``` * [^1] [a] [a]: a b | |-|-| \n \n\n".split(" "), " ", "  ", "    ", "a\n: b\n", "\n\n: b\n"]
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(texts)
def test_any_text_has_its_definitions_well_formed(well_formed: Callable[[str], None], text: str) -> None:
    well_formed(markup.render(text).html)


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3), st.booleans()), min_size=1, max_size=5))
def test_every_term_has_its_definitions_in_one_list(entries: list[tuple[int, int, bool]]) -> None:
    text = "\n".join("term\n" * t + "\n" * (loose or t > 1) + ": body\n" * d for t, d, loose in entries)
    html = markup.render(text).html
    assert html.count("<dl>") == 1
    assert html.count("<dt>term</dt>") == sum(t for t, _, _ in entries)
    assert html.count("<dd>") == sum(d for _, d, _ in entries)


def test_links_and_notes_reach_into_definitions_and_out_of_them() -> None:
    html = markup.render("a[^1]\n\nterm\n: [b] [c]\n\n  [^1]: note\n\n  [b]: /b\n\n[c]: /c\n\n[b]\n").html
    assert html.count('<a href="/b">b</a>') == 2
    assert html.count('<a href="/c">c</a>') == 1
    assert 'id="fn:1"' in html


SHAPES: list[Callable[[int], str]] = [
    lambda n: "a\n: b\n" * n,
    lambda n: "a\n\n: b\n\n" * n,
    lambda n: "a\n" + ": b\n" * n,
    lambda n: "a\n" * n + ": b\n",
    lambda n: ": b\n" * n,
    lambda n: "a\n" + ": " * n + "b",
    lambda n: "a\n: b" + "\n" * n + "c",
    lambda n: "a\n: b\n" + "c\n" * n,
    lambda n: "a\n: b\n\n" + "  c\n\n" * n,
    lambda n: "a\n:" + " " * n,
    lambda n: "".join("  " * i + ": a\n" + "  " * i + "  b\n" for i in range(min(n, 60))) + "x\n" * n,
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: repr(shape(2))[:30])
def test_hostile_definitions_take_work_in_proportion(
    grows_linearly: Callable[..., None], shape: Callable[[int], str]
) -> None:
    grows_linearly(markup.render, shape, 1500)
