"""Style sheets that only some pages have: each is linked where something of it is drawn, and nowhere else."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import sheets, templates

SHEET = re.compile(r'<link rel="stylesheet" href="/static/(\w+)\.')
STATIC = templates.THEME / "static"
CLASS = re.compile(r"\.([a-z][\w-]*)")


def linked(made, url):
    return SHEET.findall(made.body(url))


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("Words, `code` and a\n\n    block of it\n\n| a |\n|---|\n| b |", ["code"]),
        ("Words and `code`\n\n> [!NOTE]\n> a note", []),
        ("```python\nx\n```", ["code"]),
        ("::: cards\n::: card\na\n:::\n:::", ["pieces"]),
        ("[Go](/){.button}\n\n```\nx\n```", ["pieces", "code"]),
        ("<p class='first BUTTON button'>a</p>", ["pieces"]),
        ("<div class=timeline>a</div>", ["pieces"]),
        ('It has `class="gallery"` and &lt;p class="card"&gt;', []),
    ],
)
def test_a_post_has_the_sheets_of_what_is_in_it(made, text, more):
    made.write({"posts/a.md": f"# A\n\n{text}\n"})
    assert linked(made, "/posts/a/") == ["theme", *more]


def test_a_post_with_a_formula_has_the_sheet_of_formulas(made):
    made.write(
        {"posts/a.md": "---\ntitle: A\nmath: true\n---\n\n$$x^2$$\n", "posts/b.md": "# B\n\n<math><mi>x</mi></math>\n"}
    )
    assert linked(made, "/posts/a/") == linked(made, "/posts/b/") == ["theme", "formulas"]


@pytest.mark.parametrize("url", ["/", "/archive/", "/tags/", "/subscribe/", "/404.html"])
def test_pages_that_list_things_have_the_sheet_of_lists(made, url):
    made.write({"posts/a.md": "---\ntitle: A\ndate: 2026-01-01\ntags: [one]\n---\n\nWords.\n"})
    assert linked(made, url) == ["theme", "lists"]


def test_a_list_has_the_sheets_of_the_beginnings_that_it_shows(made):
    made.write({"posts/a.md": "---\ntitle: A\ndate: 2026-01-01\n---\n\nSo:\n\n```\nx\n```\n\n<!--more-->\n\nOn.\n"})
    assert linked(made, "/") == ["theme", "lists", "code"]


def drawn_by(name):
    """Return the classes in the selectors of a sheet."""
    css = (STATIC / f"{name}.css").read_text(encoding="utf-8")
    return set(CLASS.findall(re.sub(r"/\*.*?\*/|\{[^{}]*\}", "", css, flags=re.DOTALL)))


@pytest.mark.parametrize("name", sheets.DRAWN)
def test_what_a_sheet_draws_makes_pages_have_it(name):
    assert sheets.DRAWN[name] <= drawn_by(name)


def test_what_all_pages_have_draws_nothing_of_the_others():
    others = (sheets.DRAWN["pieces"] - {"button"}) | sheets.DRAWN["formulas"] | {"copy", "hll", "cloud", "feeds"}
    assert drawn_by("theme") & others == set()


@given(st.text())
def test_any_text_is_read(html):
    assert sheets.drawn(html) <= sheets.DRAWN.keys()


@pytest.mark.parametrize("shape", ['class="', "class='", "class=", "class   ", "class = ", '<p class="math'])
def test_any_text_is_read_in_linear_time(shape):
    started = time.perf_counter()
    sheets.drawn(shape * (1_000_000 // len(shape)))
    sheets.drawn("class" + " " * 1_000_000)
    assert time.perf_counter() - started < 1
