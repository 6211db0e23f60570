"""What the theme's classes say reaches readers that know no class."""

from __future__ import annotations

import re

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import markup
from blog.feeds.body import TAGS, body
from blog.feeds.dressing import uncoloured, undressed
from blog.markup.options import Options

PIECES = st.sampled_from(
    [
        *'<p~class="callout-title"> </p> <span~class="hll"> </span> <mtable> </mtable> <mtr> <mtd> </mtd>'.split(),
        *'</mtr> <mtd~class="line-after~align-left"> <mtd~class="line-above">'.split(),
        *'<td~class="align-right"> </td> a b'.split(),
        "\n",
    ]
).map(lambda piece: piece.replace("~", " "))


CODED = st.sampled_from(
    [
        *'<pre~tabindex="0"><code~class="language-py"> <code> </code></pre> </code> <span~class="k"> </span>'.split(),
        *'<span~class="ln"~data-n="1"></span> <span~id="a"> <mark> </mark> <b> </b> <p> </p> a &lt; < >'.split(),
        "\n",
    ]
).map(lambda piece: piece.replace("~", " "))


def fed(text: str, **options: bool) -> str:
    return body(markup.render(text, options=Options(**options)).html, "https://example.org/a/", "k")


def test_a_heading_has_no_empty_link():
    assert fed("## A\n", permalinks=True) == '<h2 id="k-a">A</h2>\n'


def test_a_table_of_contents_leads_nowhere_in_a_feed():
    assert fed("Text.\n\n[TOC]\n\n## A\n\n## B\n") == '<p>Text.</p>\n<h2 id="k-a">A</h2>\n<h2 id="k-b">B</h2>\n'


def test_columns_stay_aligned():
    html = fed("|a|b|c|d|\n|:-|-:|:-:|-|\n|1|2|3|4|\n")
    for tag in ("th", "td"):
        found = [side for side in ("left", "right", "center") if f'<{tag} align="{side}">' in html]
        assert found == ["left", "right", "center"]
    assert "<th>d</th>" in html


def test_a_title_of_a_callout_is_bold():
    assert "<p><strong>Note</strong></p>\n<p>text</p>" in fed("> [!NOTE]\n> text\n")


def test_marked_lines_stay_marked():
    assert "<mark>x=1\n</mark>y=2\n" in fed("```python {1}\nx=1\ny=2\n```\n")
    assert "<mark>a\n</mark><mark>b\n</mark>c\n" in fed("```text {1-2}\na\nb\nc\n```\n")


@pytest.mark.parametrize(
    ("formula", "kept"),
    [
        (r"\color{red} b", 'mathcolor="#FF0000"'),
        (r"\begin{array}{l|r} a & b \\ c & d \end{array}", 'columnalign="left right" columnlines="solid"'),
        (r"\begin{array}{c} a \\ \hline b \\ c \end{array}", 'rowlines="solid none"'),
    ],
)
def test_a_formula_keeps_its_colours_and_the_shape_of_its_tables(formula, kept):
    assert kept in fed(f"$${formula}$$\n", math=True)


def test_a_formula_without_lines_says_nothing_of_them():
    assert "lines" not in fed(r"$$\begin{pmatrix} a & b \\ c & d \end{pmatrix}$$", math=True)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_no_text_is_lost(html):
    assert re.sub("<[^>]*>", "", undressed(html)) == re.sub("<[^>]*>", "", html)


@given(st.lists(CODED, max_size=20).map("".join))
def test_code_without_its_colours_is_what_a_reader_would_get_of_it_with_them(html):
    clean = nh3.Cleaner(tags=TAGS).clean
    assert clean(uncoloured(html)) == clean(html)


def test_code_is_without_its_colours_before_it_is_parsed():
    html = markup.render("```python {1}\nx = 1\ny = 2\n```\n").html
    assert "<span" in html
    assert "<span" not in uncoloured(undressed(html))


@pytest.mark.parametrize("piece", ["<code>", '<code>a<span class="k">', "<code><mark>", "<code>" + 20 * "a "])
def test_code_takes_time_in_proportion(grows_linearly, piece):
    grows_linearly(uncoloured, lambda size: piece * size, 5_000)


@pytest.mark.parametrize("piece", ['<p class="callout-title">', '<span class="hll">', "<mtable>", "<mtable><mtr><mtd>"])
def test_it_takes_time_in_proportion(grows_linearly, piece):
    grows_linearly(undressed, lambda size: 'class="' + piece * size, 5_000)
