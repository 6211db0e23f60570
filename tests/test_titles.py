"""Titles: what a text opens with when no header says it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from blog import titles


def opened(body: str) -> tuple[str, date | None, str]:
    found = titles.opening(body, UTC)
    return found.title, found.when.moment.date() if found.when else None, found.body


@pytest.mark.parametrize(
    ("body", "title", "rest"),
    [
        ("# Moving On\n\nText.\n", "Moving On", "\nText.\n"),
        ("\n\n# Moving On #\nText.\n", "Moving On", "Text.\n"),
        ("### Moving *On*\n", "Moving On", ""),
        ("# C#\n", "C#", ""),
        ("# Moving On", "Moving On", ""),
        ("Moving On\n=========\nText.\n", "Moving On", "Text.\n"),
        ("Moving On\n---\n\nText.\n", "Moving On", "\nText.\n"),
        ("Moving On\n\nText.\n", "Moving On", "\nText.\n"),
        ("Moving On\n\n\n\nText.\n", "Moving On", "\n\n\nText.\n"),
        ("Moving On", "Moving On", ""),
        ("# [Moving](https://example.org) `on` **and** on\n", "Moving on and on", ""),
        ("# Salt &amp; <em>pepper</em>\n", "Salt & pepper", ""),
        ("# snake_case and _so_ on\n", "snake_case and so on", ""),
        ("# 1 \\* 2\n", "1 * 2", ""),
        ("## Größe 🍃\n\nText", "Größe 🍃", "\nText"),
        ("# 标题\n", "标题", ""),
        ("标题\n==\n", "标题", ""),
        ("#标题\nText.", "标题", "Text."),
        ("##标题!##\n\nText.", "标题!", "\nText."),
        ("# Moving On {#moving .big}\nText", "Moving On", "Text"),
        ("# Moving On {: #moving }\nText", "Moving On", "Text"),
        ("Moving On {.big}\n===\nText", "Moving On", "Text"),
        ("# Moving On\n{: .no_toc}\nText", "Moving On", "Text"),
        ("# {braces} in {a} title {}\n", "{braces} in {a} title {}", ""),
        ("# `**kwargs` and *args*\n", "**kwargs and args", ""),
        ("# Using `<div>` and 2 * 3\n", "Using <div> and 2 * 3", ""),
        ("<h1 align='center'>\n  <img src='x.png'> Moving On\n</h1>\nText", "Moving On", "Text"),
    ],
)
def test_a_heading_or_a_line_alone_is_the_title(body: str, title: str, rest: str) -> None:
    assert opened(body) == (title, None, rest)


@pytest.mark.parametrize(
    "body",
    [
        "Moving On\n\n\nSep 05, 2012\n\nText.\n",
        "Moving On\n\n5 September 2012\n\nText.\n",
        "Moving On\n5 September 2012\n\nText.\n",
        "# Moving On\n2012-09-05\n\nText.\n",
        "# Moving On\n\nDate: 2012-09-05\n\nText.\n",
        "Moving On\n=========\n\nSeptember 5, 2012\n\nText.\n",
    ],
)
def test_a_date_line_under_the_title_is_its_date(body: str) -> None:
    title, day, rest = opened(body)
    assert (title, day, rest.strip()) == ("Moving On", date(2012, 9, 5), "Text.")


def test_the_line_on_which_the_rest_begins_is_known() -> None:
    found = titles.opening("Moving On\n\n\nSep 05, 2012\n\nText.\n", UTC)
    assert found.line == 5
    assert found.body == "Text.\n"


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("We moved today, and it was fine.\n\nMore.\n", "We moved today, and it was fine"),
        ("Is this a title?\n\nNo.\n", "Is this a title?"),
        ("We moved on\nand on until the evening.\n\nMore.\n", "We moved on"),
        ("word " * 40 + "\n\nMore.\n", "word " * 11 + "word…"),
    ],
)
def test_a_paragraph_lends_its_first_words_and_keeps_them(body: str, title: str) -> None:
    assert opened(body) == (title, None, body)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "\n \n",
        "- a list\n- of things\n",
        "1. one\n",
        "> a quote\n",
        "    code\n",
        "```\ncode\n```\n",
        "<div>\n\nhtml\n",
        "| a | b |\n",
        "![a picture](x.png)\n\nText.\n",
        "---\n\nText.\n",
        "****\n",
    ],
)
def test_what_opens_with_no_words_has_no_title_and_loses_nothing(body: str) -> None:
    assert opened(body) == ("", None, body)


@pytest.mark.parametrize(
    "above",
    [
        "![a picture](x.png)\n\n",
        "[![a badge](x.svg)](https://example.org) ![another](y.svg)\n\n",
        "[![a badge][b]][c]\n",
        "<!-- a comment\n\n# of two -- lines -->\n",
        "<p align='center'>\n  <img src='x.png'>\n</p>\n",
        "[b]: x.svg\n[#]: author: (somebody)\n\n",
        "> * From: [there](https://example.org)\n> * By: somebody\n\n",
        "import Thing from '../thing'\n\n",
        "{% include nav.html %}\n{{< toc >}}\n{:toc}\n[TOC]\n",
    ],
)
def test_what_is_no_text_may_stand_above_the_title_and_stays_on_its_lines(above: str) -> None:
    lines = above.count("\n")
    for heading in ("# Moving On\n", "Moving On\n===\n", "<h1>Moving\nOn</h1>\n"):
        title, _, rest = opened(f"{above}{heading}Text.\n")
        assert title == "Moving On"
        assert rest.startswith(above)
        assert rest.split("\n")[lines + heading.count("\n")] == "Text."
        assert titles.without_repeat(f"{above}{heading}Text.\n", "moving on") == rest
    assert titles.opening(f"{above}# Moving On\n\n5 September 2012\n\nText.\n", UTC).when is not None


def test_a_small_heading_under_a_picture_is_that_of_a_section() -> None:
    body = "![a picture](x.png)\n\n## Section\n\nText.\n"
    assert opened(body) == ("", None, body)


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("This is what it is about.\n\n### Small\n\n# Great\n\nText.\n", "Great"),
        ("This is what it is about.\n\nGreat\n=\n\nText.\n", "Great"),
        ("A line\n\n# Great\n", "Great"),
        ("This is it.\n\n```sh\n# no\n```\n\n~~~\n```\n# no\n~~~\n\n# Great\n", "Great"),
        ("This is it.\n\n<!--\n# no\n-->\n# Great\n", "Great"),
        ("This is it.\n\n#\n# \n# Great\n", "Great"),
        ("This is it.\n\n```\n# no\n", "This is it"),
        ("This is it.\n\n#no\n## No\n\nNo\n---\n", "This is it"),
        ("#one #two\nText.", "#one #two"),
        ("#!/bin/sh\nText.", "#!/bin/sh"),
        ("- this\n===\n\nText.", ""),
    ],
)
def test_a_great_heading_further_down_is_the_title_and_stays(body: str, title: str) -> None:
    assert opened(body) == (title, None, body)


def test_a_line_with_a_date_under_it_comes_before_a_great_heading() -> None:
    body = "Moving On\n\nSep 05, 2012\n\nText.\n\n# Chapter\n"
    assert opened(body) == ("Moving On", date(2012, 9, 5), "Text.\n\n# Chapter\n")


@pytest.mark.parametrize(
    ("stem", "title"),
    [
        ("moving-on", "Moving on"),
        ("moving_on  now", "Moving on now"),
        ("iPhone", "IPhone"),
        ("übung", "Übung"),
        ("初识-Core-Data", "初识 Core Data"),
        ("--", ""),
        ("", ""),
    ],
)
def test_a_name_makes_a_title(stem: str, title: str) -> None:
    assert titles.of_name(stem) == title


def test_a_date_in_the_first_paragraph_is_no_date_line() -> None:
    assert opened("# Title\n\nIn May 2012, on the 5th, we moved.\n")[1] is None


@pytest.mark.parametrize(
    ("body", "title", "rest"),
    [
        ("<h1>Moving <b>On</b></h1>\n<p>Text.</p>", "Moving On", "<p>Text.</p>"),
        ('\n<H1 class="a">Moving\nOn</H1>', "Moving On", ""),
        ("<p>Text.</p><h1>Later</h1>", "", "<p>Text.</p><h1>Later</h1>"),
        ("<h1>Never closed", "", "<h1>Never closed"),
    ],
)
def test_html_has_its_title_in_its_first_h1(body: str, title: str, rest: str) -> None:
    assert titles.html_opening(body) == (title, rest)


@pytest.mark.parametrize(
    ("body", "rest"),
    [
        ("# Moving On\n\nText.", "\nText."),
        ("\nMoving on\n===\nText.", "Text."),
        ("# Something else\nText.", "# Something else\nText."),
        ("Moving On\n\nText.", "Moving On\n\nText."),
        ("## **Moving** [On](x)…\nText.", "Text."),
        ("# Moving&nbsp;On. {#x}\nText.", "Text."),
        ("# Moving On now\nText.", "# Moving On now\nText."),
        ("Intro.\n\n# Moving On\nText.", "Intro.\n\n# Moving On\nText."),
    ],
)
def test_a_heading_that_only_repeats_the_title_goes(body: str, rest: str) -> None:
    assert titles.without_repeat(body, "Moving On") == rest


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("“It’s” – fine", '"It\'s" - fine'),
        ("A &quot;word&quot;", '# A "word"'),
        ("Größe", "Gro\u0308ße"),
        ("GRÖSSE", "Größe"),
        ("*It* is `so`", "It is so"),
        ("Is it?", "Is it"),
        ("…", "..."),
    ],
)
def test_a_title_is_repeated_whatever_its_signs(title: str, heading: str) -> None:
    assert titles.without_repeat(f"# {heading.removeprefix('# ')}\nText.", title) == "Text."


def test_names_of_languages_differ() -> None:
    for one, other in (("C", "C#"), ("C", "C++"), ("C#", "C++"), ("?", "!")):
        assert titles.without_repeat(f"# {one}\nText.", other) == f"# {one}\nText."


@pytest.mark.parametrize(
    ("inline", "plain"),
    [
        ("![alt](x.png) text", "alt text"),
        ("a < b & c", "a < b & c"),
        ("`a_b` and __c__", "a_b and c"),
        ("AT&amp;T", "AT&T"),
        ("<a href='x'>link</a>", "link"),
        ("[a](b) [c](d)", "a c"),
        ("[not a link]", "[not a link]"),
        ("two\n lines ", "two lines"),
        ("**a *b* c** ~~d~~ ***e***", "a b c d e"),
        ("f*ck snake_case_name 2 * 3 __init__", "f*ck snake_case_name 2 * 3 init"),
        ("`` a`b `` and `*c*`", "a`b and *c*"),
        ("[a][b] ![c][d]", "a c"),
        ("<https://example.org/a_b_c> x", "https://example.org/a_b_c x"),
        ("a <b c", "a <b c"),
        ("&lt;b&gt; \\<i\\> 1 < 2 > 1", "<b> <i> 1 < 2 > 1"),
        ("\\*not\\* \\_this\\_", "*not* _this_"),
        ("&copy; &unknown; &#x41;", "© &unknown; A"),
    ],
)
def test_inline_markdown_becomes_plain_text(inline: str, plain: str) -> None:
    assert titles.plain(inline) == plain


lines = st.text("ab #=-*_`<>[]()!\\&;.\t\n12345 :,", max_size=80) | st.text(max_size=80)


@given(lines)
@example("#")
@example("# \n")
@example("# #")
@example("a\n--")
def test_any_text_opens_somehow_and_the_rest_is_its_end(body: str) -> None:
    found = titles.opening(body, UTC)
    assert body.endswith(found.body) or (found.line == 0 and body.count("\n") == found.body.count("\n"))
    assert found.title == " ".join(found.title.split())
    assert len(found.body) == len(body) or found.title or found.when
    again, rest = titles.html_opening(body)
    assert body.endswith(rest)
    assert again or rest == body
    less = titles.without_repeat(body, found.title)
    assert body.endswith(less) or body.count("\n") == less.count("\n")


@given(st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=30))
def test_plain_words_are_the_title_that_their_heading_gives(words: str) -> None:
    assert titles.opening(f"# {words}\n\nText", UTC).title == words
    assert titles.plain(words) == words


@pytest.mark.parametrize(
    "shape",
    [
        lambda n: "# a" + " " * n + "b\n",
        lambda n: "# " + "[" * n,
        lambda n: "# " + "[](" * n,
        lambda n: "# a" + "_" * n + "a",
        lambda n: "# " + "<" * n,
        lambda n: "# " + "&" * n,
        lambda n: "# " + "\\" * n,
        lambda n: "# a" + " #" * n + "b",
        lambda n: "\n" * n + "a",
        lambda n: " \n" * n + "# a",
        lambda n: "a" * n + "\n" + "=" * n + "b",
        lambda n: "[" * n,
        lambda n: "<h1" * n,
        lambda n: "<!--" * n,
        lambda n: "<!-- -->" * n + "\n# a",
        lambda n: "<!-- -->\n" * n + "# a",
        lambda n: "![](a)" * n + "\n",
        lambda n: "[![](a)](b) " * n + "x\n",
        lambda n: "<a>" * n + "x",
        lambda n: "<a" * n + "\n# a",
        lambda n: "[a]: b\n" * n,
        lambda n: "> a\n" * n + "# a",
        lambda n: "{:" * n,
        lambda n: "a\n" * n + "# b",
        lambda n: "a.\n\n" + "# \n" * n,
        lambda n: "a.\n\n" + "=\n" * n,
        lambda n: "a.\n\n" + "```\n" * n + "# a",
        lambda n: "a.\n\n# " + "#" * n,
        lambda n: "# a" + " {#" * n,
        lambda n: "# " + "*a" * n,
        lambda n: "# " + "`" * n + "a" + "`" * n,
        lambda n: "# a\n" + "{:" * n,
        lambda n: "<h1>" * n,
    ],
    ids=lambda shape: repr(shape(2)),
)
def test_hostile_openings_take_work_in_proportion(
    grows_linearly: Callable[..., None], shape: Callable[[int], str]
) -> None:
    def all_of_it(text: str) -> None:
        titles.opening(text, UTC)
        titles.html_opening(text)
        titles.without_repeat(text, "a")

    grows_linearly(all_of_it, shape, 1500)
