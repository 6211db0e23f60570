"""``check``: all that is wrong, at once, each with its place."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("posts/x.md", "---\ntitle: [\n---\n", "posts/x.md:3: YAML: "),
        ("posts/x.md", "---\ntitle: x\n\tb: c\n---\n", "posts/x.md:3: YAML: "),
        ("posts/x.md", "---\ntitle: x\n", "posts/x.md:1: the yaml header is never closed"),
        ("posts/x.md", "+++\ntitle = \n+++\n", "posts/x.md:2: TOML: "),
        ("posts/x.md", "+++\ntitle = 'x'\n", "posts/x.md:1: the toml header is never closed"),
        ("posts/x.md", '{"title": }\n', "posts/x.md:1: JSON: "),
        ("posts/x.md", "---\ntitle: x\ndate: 2020-02-31\n---\n", "posts/x.md:3: this is not a date: 2020-02-31"),
        ("posts/x.md", "---\ntitle: x\nlastmod: soon\n---\n", "posts/x.md:3: this is not a date: soon"),
        ("posts/x.md", "---\ntitle: x\ndraft: maybe\n---\n", "posts/x.md:3: draft is neither true nor false: maybe"),
        ("posts/x.md", "---\ntitle: x\nurl: /a?b\n---\n", "posts/x.md:3: an address can't hold ? or #: /a?b"),
        ("posts/x.md", b"---\ntitle: x\n---\n\nCaf\xe9\n", "posts/x.md:5: this is not UTF-8"),
        ("posts/x.md", "---\ntitle: x\ntoc: maybe\n---\n", "posts/x.md:3: toc is neither true nor false: maybe"),
        ("posts/x.md", "---\nkatex: sometimes\n---\n", "posts/x.md:2: katex is neither true nor false: sometimes"),
        ("posts/x.md", "---\nmarkdown: [-maths]\n---\n", "posts/x.md:2: markdown has no maths; there are abbrev"),
        ("posts/x.md", "# X\n\na[^lost] `[^b]` \\[^c]\n", "posts/x.md:3: there is no such note: [^lost]"),
        ("posts/x.md", "---\nmath: true\ntitle: x\n---\n\n$a<\\frac{$\n", "posts/x.md:6: this is no formula: "),
        (
            "pages/x.md",
            "---\ntitle: x\nmenu:\n  main:\n    params:\n      color: mauve\n---\n",
            "pages/x.md:6: the theme has no",
        ),
        ("pages/x.md", "---\ntitle: x\nlayout: none\n---\n", "pages/x.md:3: there is no templates/layouts/none.html"),
        ("posts/what\\.png", b"png", "posts/what\\.png: a name with \\ or a control character can't be an address"),
    ],
)
def test_each_kind_of_problem_is_told_with_its_place(made, name, content, said):
    made.write({name: content, "posts/good.md": "# Good\n\nText.\n"})
    result = made.run("check")
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert line.startswith(said)
    assert "Good" in made.body("/"), "the rest of the site stands"


def test_a_sign_in_brackets_is_no_lost_note_where_footnotes_are_off(made):
    made.write({"posts/x.md": "---\nmarkdown: [-footnotes]\n---\n\na[^1]\n"})
    assert made.run("check").exit_code == 0


def test_all_problems_are_told_at_once_in_order(made):
    made.write({f"posts/{name}.md": "---\ntitle: x\ndate: never\nlastmod: never\n---\n" for name in "ba"})
    result = made.run("check")
    assert result.exit_code == 1
    assert [line.split(" ")[0] for line in result.output.splitlines()] == [
        "posts/a.md:3:",
        "posts/a.md:4:",
        "posts/b.md:3:",
        "posts/b.md:4:",
    ]


def test_a_site_in_order_passes(made):
    made.write({"posts/a.md": "# A\n\nText.\n"})
    result = made.run("check")
    assert (result.exit_code, result.stdout) == (0, "1 file, no problem\n")


def test_an_empty_site_passes(made):
    assert made.run("check").exit_code == 0


def test_check_sees_what_was_mended(made):
    made.write({"posts/a.md": "---\ntitle: [\n---\n"})
    assert made.run("check").exit_code == 1
    made.write({"posts/a.md": "---\ntitle: mended\n---\n"})
    assert made.run("check").exit_code == 0


LINKS = """---
title: Links
---

## A heading

[file](b.md) [heading](b.md#two) [page](../pages/c.md) [own](#a-heading) [top](#top) [image](cup.png) ![](cup.png)
[address](/posts/b/) [engine](/archive/) [feed](/feed.xml) [static](/static/theme.css) [alias](/old/) [relative](../b/)
[elsewhere](https://elsewhere.example/none) [mail](mailto:me@example.org) [itself](https://example.org/posts/b/)
[search](?q=1) <a href="#mine" id="mine">x</a> [spaces](<a b.png>) [file](b.md#:~:text=two) `[code](none.md)`
"""


@pytest.fixture
def linked(made):
    made.settings(url="https://example.org/")
    made.write(
        {
            "posts/a.md": LINKS,
            "posts/b.md": "---\ntitle: B\naliases: /old/\n---\n\n## Two\n\nText.\n",
            "pages/c.md": "# C\n",
            "posts/cup.png": b"",
            "posts/a b.png": b"",
        }
    )
    return made


def test_links_that_lead_somewhere_are_no_problem(linked):
    result = linked.run("check")
    assert result.stdout == "3 files, no problem\n"


def test_links_that_lead_somewhere_are_no_problem_below_a_path(linked):
    linked.settings(url="https://example.org/blog/")
    linked.write({"posts/a.md": LINKS.replace("org/posts/b/", "org/blog/posts/b/")})
    assert linked.run("check").stdout == "3 files, no problem\n"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[a](none.md)", "this leads nowhere: none.md"),
        ("![a](none.png)", "this leads nowhere: none.png"),
        ("[a](/posts/none/)", "this leads nowhere: /posts/none/"),
        ("[a](/tags/none/)", "this leads nowhere: /tags/none/"),
        ("[a](b.md#three)", "there is no #three there: /posts/b/#three"),
        ("[a](#nothing)", "there is no #nothing there: #nothing"),
        ("<img src='none.png'>", "this leads nowhere: none.png"),
        ("[a](<no file.md>)", "this leads nowhere: no%20file.md"),
        ("[a](draft.md)", "this leads nowhere: draft.md"),
        ("[a](../../outside.md)", "this leads nowhere: ../../outside.md"),
        ("[a](/static/none.css)", "this leads nowhere: /static/none.css"),
        ("[a](/static/../pyproject.toml)", "this leads nowhere: /static/../pyproject.toml"),
    ],
)
def test_a_link_that_leads_nowhere_is_told_with_its_place(linked, written, said):
    linked.write(
        {"posts/d.md": f"---\ntitle: D\n---\n\nText\n{written}\n", "posts/draft.md": "---\ndraft: true\n---\n"}
    )
    result = linked.run("check")
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert line.startswith("posts/d.md:6: ")
    assert line.endswith(said)
