"""Footnotes: every mark leads to its note and back, whatever is written."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import markup
from blog.markup.options import Options

PIECES = [*"[^a] [^b] [^1] [^a]: [^b]: [^1]: ^[ ] [ ![ ](/u) ` \\ * # - > x \n \n\n".split(" "), "    ", " ", "\t"]
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(texts)
def test_any_text_has_its_notes_well_formed(well_formed: Callable[[str], None], text: str) -> None:
    well_formed(markup.render(text, options=Options(footnote_prefix="post")).html)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_every_mark_leads_to_its_note_and_back(notes: list[int]) -> None:
    body = " ".join(f"[^{n}]" for n in notes) + "\n\n" + "".join(f"[^{n}]: note {n}\n" for n in range(6))
    html = markup.render(body).html
    met = list(dict.fromkeys(notes))
    assert re.findall(r"<p>note (\d)", html) == [str(n) for n in met]
    assert re.findall(r'href="#fn:(\d)"', html) == [str(met.index(n) + 1) for n in notes]
    assert sorted(re.findall(r'href="#(fnref[^"]*)"', html)) == sorted(re.findall(r'id="(fnref[^"]*)"', html))
    assert html.count("fnref:") == 2 * len(notes)


def test_several_posts_share_a_page_without_sharing_an_id() -> None:
    body = "one[^1] again[^1]\n\n[^1]: note\n"
    pages = [markup.render(body, options=Options(footnote_prefix=name)).html for name in ("", "1", "a", "a-2")]
    ids = [name for html in pages for name in re.findall(r'id="([^"]*)"', html)]
    assert len(ids) == len(set(ids)) == 12


def test_the_excerpt_has_no_marks() -> None:
    made = markup.render("one[^1] [two[^1]](/a)^[three]\n\nmore\n\n[^1]: note\n")
    assert made.excerpt == '<p>one <a href="/a">two</a></p>\n'


def test_the_definitions_of_links_reach_the_notes_and_those_in_notes_reach_the_text() -> None:
    html = markup.render("[a][] x[^1]\n\n[b]: /b\n\n[^1]: [b][]\n\n    [a]: /a\n").html
    assert '<a href="/a">a</a>' in html
    assert '<a href="/b">b</a>' in html


EXPRESSIONS = [
    "The regex /^[a-z]*$/ matches",
    "a ^[a-z]+$ b, ^[A-Z] or ^[^abc], ^[0-9a-f_-]? ^[\\w.]",
    "a^[1] and x^[2], ^[12]",
    "grep '^[abc]*' and (^[a word here]), foo|^[a b], ^[abc]{2} ^[abc]/",
]


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_a_regular_expression_is_no_note(text: str) -> None:
    assert "footnote" not in markup.render(f"{text}\n").html


@pytest.mark.parametrize(
    "text", ["so^[a note]", "so. ^[one]", "*so^[a note]*", "Is it^[it is so]?", "文^[文]", "a ^[ISO 5-7]"]
)
def test_a_note_on_the_spot_is_one_unless_it_is_off(text: str) -> None:
    assert markup.render(f"{text}\n").html.count("footnote-ref") == 1
    assert "footnote" not in markup.render(f"{text}\n", options=Options(inline_notes=False)).html


@pytest.mark.parametrize("shape", ["[^a]\n\n{}", "> [^a]\n>\n> {}", "[^a]\n\n- {}"])
def test_of_two_notes_with_one_label_the_first_counts(shape: str) -> None:
    indent = {">": "> ", "-": "  "}.get(shape.split("\n")[-1][:1], "")
    html = markup.render(shape.format(f"[^a]: x\n{indent}[^a]: x and more\n")).html
    assert "<p>x <a" in html
    assert "more" not in html


@pytest.mark.parametrize(
    ("note", "joins"),
    [
        ("note", True),
        ("> note", True),
        ("# note", False),
        ("", False),
        ("x\n\n    ---", False),
        ("~~~\n    x\n    ~~~", False),
    ],
)
def test_a_line_right_under_a_note_joins_it_where_a_paragraph_may_go_on(note: str, joins: bool) -> None:
    html = markup.render(f"a[^1]\n\n[^1]: {note}\nunder it\n").html
    assert ("<p>under it</p>" not in html.partition('<div class="footnotes"')[0]) is joins


SHAPES: list[Callable[[int], str]] = [
    lambda n: "^[" * n,
    lambda n: "^[a" * n + "]" * n,
    lambda n: "^[a]" * n,
    lambda n: "^[a-z" * n + "]" * n,
    lambda n: "a[^a]\n\n[^a]: x\n" + "- -" * n + "\nx\n" * n,
    lambda n: "[^a" * n,
    lambda n: "[^a]: " * n,
    lambda n: "a[^a]\n\n" + "[^a]: x\n" * n,
    lambda n: "a[^0]\n\n" + "".join(f"[^{i}]: [^{i + 1}]\n" for i in range(n)),
    lambda n: "[^a]:" + "\n" * n + "x",
    lambda n: "[^a]: x\n" + "y\n" * n,
    lambda n: "[^a]: x\n" + "\n    y\n" * n + "\n[^a]",
    lambda n: "".join("    " * i + f"[^{i}]: x\n\n" for i in range(min(n, 30))) + "[^1]" * n,
    lambda n: "^[`" * n,
    lambda n: "[^" + "a" * n,
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: repr(shape(2))[:30])
def test_hostile_notes_take_work_in_proportion(
    grows_linearly: Callable[..., None], shape: Callable[[int], str]
) -> None:
    grows_linearly(markup.render, shape, 1500)


def test_notes_in_notes_in_notes_are_no_reason_to_fall() -> None:
    assert markup.render("[^a]: " * 10_000 + "x\n\n[^a]").html
    assert markup.render("^[a" * 10_000 + "]" * 10_000).html
