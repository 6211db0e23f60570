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
        (
            "pages/x.md",
            "---\ntitle: x\nmenu:\n  main:\n    params:\n      color: mauve\n---\n",
            "pages/x.md:6: the theme has no",
        ),
        ("pages/x.md", "---\ntitle: x\nlayout: none\n---\n", "pages/x.md:3: there is no templates/layouts/none.html"),
        ("posts/what?.png", b"png", "posts/what?.png: a name with any of ? # % \\ can't be an address"),
    ],
)
def test_each_kind_of_problem_is_told_with_its_place(made, name, content, said):
    made.write({name: content, "posts/good.md": "# Good\n\nText.\n"})
    result = made.run("check")
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert line.startswith(said)
    assert "Good" in made.body("/"), "the rest of the site stands"


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
