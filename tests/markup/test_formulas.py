"""Mathematics: MathML that stands in any page, of formulas; no other text is one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import markup
from blog.markup.formulas import DEEPEST, depth
from blog.markup.options import Options

ON = Options(math=True, footnote_prefix="post")
SIGNS = "$ $$ \\( \\) \\[ \\] { } ^ _ & \\\\ \\frac \\text{ \\left( \\right) \\begin{align} \\end{align}".split(" ")
PIECES = [*SIGNS, *'\\newcommand{\\b} \\textcolor{red} x 1 ` * # - > | % < " [ ](/u) ![ \n \n\n'.split(" "), " "]
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
inner = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)
ORDINARY = [
    "$HOME and $PATH",
    "$PATH:$HOME and ${A}/${B}, $(a) and $(b)",
    "$5 or $10, $5/$10, US$5-US$6, A$AP",
    "5$ or 6$, 5$/6$",
    "it costs $5. Or $ 6, $",
    "pay $5 now and 5$ later",
    "US$5 and $6; 5$ und 6$",
    "$5 and x$, $5k$, $5元和6$",
    "it is $5 + tax and 5$ more",
    "$$ is the pid and $$ again",
    "$.ajax and $.get$, a_$x$, é$x$",
    "'$1' and '$2', \"$@\" $# $? $$ $!",
]


@given(texts)
def test_any_text_has_its_formulas_well_formed(well_formed: Callable[[str], None], text: str) -> None:
    html = markup.render(text, options=ON).html
    well_formed(html)
    assert " style=" not in html


@given(inner)
def test_any_formula_is_well_formed(well_formed: Callable[[str], None], text: str) -> None:
    html = markup.render(f"$$\n{text}\n$$\n", options=ON).html
    well_formed(html)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_is_no_formula(text: str) -> None:
    assert "<math" not in markup.render(f"x {text} y\n", options=ON).html


FORMULAS = [
    *"5 2n 2xy 3/4 3:4 0.5 .5 5' 90° 10^6 2(n-1)! 2x+1".split(),
    "2x + 3",
    "3 - 2k",
    "5 = 5",
    "1, 2, x",
    "3 \\text{ if } x",
    "1{,}000",
    "x and y",
]


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("around", ["${}$", "($${}$$)", "中${}$文"])
def test_a_formula_may_begin_with_a_digit(text: str, around: str) -> None:
    assert markup.render(around.format(text) + "\n", options=ON).html.count("<math") == 1


@given(st.text(st.characters(codec="ascii", categories=["L", "Nd"], exclude_characters="kKMB"), min_size=1, max_size=9))
def test_however_a_formula_is_written_it_is_the_same(text: str) -> None:
    ways = [f"${text}$", f"\\({text}\\)", f"$`{text}`$"]
    assert len({markup.render(way + "\n", options=ON).html for way in ways}) == 1
    blocks = [f"$${text}$$", f"$$\n{text}\n$$", f"\\[{text}\\]"]
    assert len({markup.render(block + "\n", options=ON).html for block in blocks}) == 1


def test_a_formula_stands_in_headings_and_contents_but_not_in_descriptions() -> None:
    html = markup.render("[TOC]\n\n# A $x$\n\n![a $y$](/b)\n", options=ON).html
    assert html.count("<math><mi>x</mi></math>") == 2
    assert 'id="a-x"' in html
    assert 'alt="a y"' in html


def test_a_formula_in_a_quote_may_go_on_without_the_sign_of_the_quote() -> None:
    html = markup.render("> text\n> $$\nx\n$$\n", options=ON).html
    assert "\0" not in html


def test_a_long_formula_in_a_line_scrolls_in_a_box_and_in_a_link_holds_nothing_to_be_reached() -> None:
    long = "$" + "x+" * 20 + "x$"
    html = markup.render(f"a {long} b $x$ [{long}](/c)\n", options=ON).html
    assert html.count('<span class="math long"') == 2
    assert html.count("tabindex") == 1
    assert "tabindex" not in html.partition("<a ")[2]


NESTED: list[Callable[[int], str]] = [
    lambda n: "{" * n + "x" + "}" * n,
    lambda n: "\\frac{" * n + "x" + "}{y}" * n,
    lambda n: "\\hat" * n + " x",
    lambda n: "x^{" * n + "x" + "}" * n,
    lambda n: "\\left(" * n + "\\right)" * n,
    lambda n: "\\begin{matrix}" * n + "\\end{matrix}" * n,
    lambda n: "\\sqrt[" * n + "x" + "]{y}" * n,
    lambda n: "{%}\n" * n + "x" + "}" * n,
]


@pytest.mark.parametrize("shape", NESTED, ids=lambda shape: repr(shape(2))[:30])
def test_what_is_nested_too_deep_is_left_as_it_was(shape: Callable[[int], str]) -> None:
    assert depth(shape(DEEPEST + 1)) > DEEPEST
    assert '<code class="formula"' in markup.render(f"\\[{shape(300)}\\]\n", options=ON).html


def test_what_is_as_deep_as_may_be_fits_on_a_small_stack() -> None:
    formulas = [shape(DEEPEST - 1) for shape in NESTED]
    program = (
        "import threading; from blog import markup; from blog.markup.options import Options\n"
        f"texts = {formulas!r}\n"
        "markup.render('$x$', options=Options(math=True)); threading.stack_size(512 * 1024)\n"
        "work = lambda: [markup.render('$$' + text + '$$', options=Options(math=True)) for text in texts]\n"
        "thread = threading.Thread(target=work); thread.start(); thread.join(); print('done')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stderr


@pytest.mark.parametrize(
    "shape",
    [
        lambda n: "$a " * n,
        lambda n: "$a$ " * n,
        lambda n: "$" * n,
        lambda n: "$$a " * n,
        lambda n: "$$\n" * n,
        lambda n: "\\[\n" * n,
        lambda n: "\\[\n\n" * n,
        lambda n: "\\(a" * n,
        lambda n: "$a" + "\\" * n,
        lambda n: "$`a" * n,
        lambda n: "$a" + " " * n + "$",
        lambda n: "$" + "{" * n + "$",
        lambda n: "$" + "x+" * n + "x$",
        lambda n: "$5" + " x" * n + "$",
        lambda n: "$5, b c" * n,
        lambda n: "$5 " + "1." * n + "$",
    ],
    ids=lambda shape: repr(shape(2))[:30],
)
def test_hostile_formulas_take_work_in_proportion(
    grows_linearly: Callable[..., None], shape: Callable[[int], str]
) -> None:
    grows_linearly(lambda text: markup.render(text, options=ON), shape, 1500)


@pytest.mark.parametrize("raw", ["[" * 40, "(x+" * 40, "{[}" * 40, "[" * 40 + "{" + "]" * 40 + "}", "[" * 40 + "%]"])
def test_brackets_that_nothing_closes_are_few(raw: str) -> None:
    """Each would double the time that the library takes."""
    assert "<math" not in markup.render(f"${raw}$\n", options=Options(math=True)).html


@pytest.mark.parametrize("raw", ["[" * 40 + "]" * 40, "[0,1)", "]a,b[", r"\left[0,1\right)", "f(x", "(" * 8 + "x"])
def test_other_brackets_stand_as_they_are_written(raw: str) -> None:
    assert "<math" in markup.render(f"${raw}$\n", options=Options(math=True)).html
