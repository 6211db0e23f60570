"""Tables: each row has the cells of its head, whatever is written; none takes more time or room than its text."""

from __future__ import annotations

from collections.abc import Callable

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import markup

PIECES = [*"| |- :-: -: a \\| ` * [ ^[x] > # - 1. : Table: \n \n\n".split(" "), " ", "    ", "|-|-|\n", "|a|b|\n", "\\"]
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
words = st.text(st.sampled_from("ab|\\ `"), max_size=6)


def rows(html: str) -> list[list[str]]:
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return [["".join(cell.itertext()) for cell in row] for row in tree.iter("tr")]


@given(texts)
def test_any_text_has_its_tables_well_formed(well_formed: Callable[[str], None], text: str) -> None:
    html = markup.render(text).html
    well_formed(html)
    assert len({len(row) for row in rows(html)}) <= html.count("<table>")


@given(st.lists(st.lists(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1), max_size=5)))
def test_rows_too_short_are_filled_and_those_too_long_cut(body: list[list[str]]) -> None:
    text = "|a|b|c|\n|-|-|-|\n" + "".join("|" + "".join(f"{cell}|" for cell in row) + "\n" for row in body)
    expected = [[*row, "", "", ""][:3] for row in body]
    assert rows(markup.render(text).html) == [["a", "b", "c"], *expected]


@given(words)
def test_a_bar_that_is_escaped_is_no_border(cell: str) -> None:
    written = cell.replace("\\", "").replace("`", "").replace("|", "\\|")
    html = markup.render(f"| a | b |\n|---|---|\n| x | .{written}. |\n").html
    assert rows(html)[1] == ["x", f".{written}.".replace("\\|", "|")]


def test_a_thousand_columns_do_not_make_a_million_cells() -> None:
    text = "|a" * 2000 + "|\n" + "|-" * 2000 + "|\n" + "|x|\n" * 2000
    assert markup.render(text).html.count("<td>") <= 100_000 + 2000


SHAPES: list[Callable[[int], str]] = [
    lambda n: "|a" * n + "|\n" + "|-" * n + "|\n",
    lambda n: "|a|\n|-|\n" + "|x" * n,
    lambda n: "|a|\n|-|\n" + "|x|\n" * n,
    lambda n: "|a|\n|-|\n" * n,
    lambda n: "|a|\n|-|\n\n: x\n\n" * n,
    lambda n: "|a|\n|-|\n" + "\n" * n + "x",
    lambda n: "a\n|-|-|\n" * n,
    lambda n: "|" * n + "\n" + "|-" * n,
    lambda n: "a\n-|-" + " " * n + "x",
    lambda n: "a\n-|" + "-" * n + "x",
    lambda n: "a\n|" + " " * n + "x",
    lambda n: "a\n" + ":-|" * n + "x",
    lambda n: "a|b\n" * n,
    lambda n: "|a|\n|-|\n|" + "\\" * n,
    lambda n: "a\n" * n + "b|c\n-|-\n",
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: repr(shape(2))[:30])
def test_hostile_tables_take_work_in_proportion(
    grows_linearly: Callable[..., None], shape: Callable[[int], str]
) -> None:
    grows_linearly(markup.render, shape, 1500)
