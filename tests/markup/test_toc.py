"""Tables of contents: every entry leads to its heading, in lists that are well formed whatever the levels are."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import markup
from blog.markup.options import Options

ON = Options(toc="on")


@given(
    st.lists(st.tuples(st.integers(1, 6), st.sampled_from(["a", "*b*", "`c`", "[d](/d)", "![e](/e)", ""])), max_size=9)
)
def test_entries_lead_to_headings_in_order(well_formed: Callable[[str], None], headings: list[tuple[int, str]]) -> None:
    html = markup.render("".join(f"{'#' * level} {text}\n\n" for level, text in headings), options=ON).html
    well_formed(html)
    ids = [name for level, name in re.findall(r'<h(\d) id="([^"]*)"', html) if int(level) < 3 + min(headings)[0]]
    assert re.findall(r'<li><a href="#([^"]*)">', html) == ids


@given(
    st.lists(st.sampled_from(["[TOC]", "# a", "[^1]", "{:toc}", "* x", "<!-- toc -->", "\n", "\n\n", "> "])).map(
        "".join
    )
)
def test_any_text_has_its_contents_well_formed(well_formed: Callable[[str], None], text: str) -> None:
    well_formed(markup.render(text + "\n\n[^1]: note\n", options=ON).html)


def test_only_the_headings_of_the_text_itself_are_listed() -> None:
    html = markup.render("# A\n\n> # B\n\n- # C\n\ntext[^1]\n\n[^1]:\n    # D\n", options=ON).html
    assert re.findall(r'<li><a href="#([^"]*)">', html) == ["a"]


def test_the_contents_leave_the_excerpt() -> None:
    made = markup.render("[TOC]\n\n# A\n\ntext\n\n<!--more-->\n\nmore\n")
    assert '<nav class="toc"' in made.html
    assert made.excerpt == "<h1>A</h1>\n<p>text</p>\n"


def test_an_address_in_a_heading_is_no_link_in_a_link() -> None:
    html = markup.render("[TOC]\n\n# https://example.org/\n\nhttps://example.org/\n").html
    assert html.count('<a href="https://example.org/">') == 2


@pytest.mark.parametrize(
    "shape",
    [
        lambda n: "[TOC]\n\n" + "# a\n" * n,
        lambda n: "# a\n\n[TOC]\n\n" * n,
        lambda n: "[TOC]\n\n" + "# a\n\n## b\n\n### c\n\n" * n,
        lambda n: "* " + "a" * n + "\n{:toc}",
        lambda n: "<!--" + " " * n + "toc",
        lambda n: "\n " * n + "[TOC",
    ],
    ids=lambda shape: repr(shape(2))[:30],
)
def test_hostile_contents_take_work_in_proportion(
    grows_linearly: Callable[..., None], shape: Callable[[int], str]
) -> None:
    grows_linearly(markup.render, shape, 1500)
