"""Callouts: four ways to write them, one HTML; whatever is written, it is well formed and takes its time."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import markup
from blog.markup import excerpt
from blog.markup.callouts import FAMILIES
from blog.markup.options import Options
from blog.markup.wording import WORDS, word

PIECES = [
    *'> [!NOTE] [!x]- [!tip]+ !!! ??? ???+ note ::: :::: {.a} [T] "t" ``` # - * 1. x \n \n\n'.split(" "),
    *["    ", " ", "> [!NOTE]\n", "!!! note\n    ", "::: note\n", "\n:::\n", "|-|\n"],
]
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
kinds = st.sampled_from([*FAMILIES, "faq", "danger", "quote"])


@given(texts)
def test_any_text_has_its_callouts_well_formed(well_formed: Callable[[str], None], text: str) -> None:
    well_formed(markup.render(text).html)


@given(kinds, st.sampled_from(["", "A *title*"]), st.sampled_from(sorted(WORDS)))
def test_however_a_callout_is_written_it_is_the_same(kind: str, title: str, language: str) -> None:
    quoted = f' "{title}"' if title else ""
    ways = [f"> [!{kind}] {title}\n> text\n", f"::: {kind} {title}\ntext\n:::\n", f"!!! {kind}{quoted}\n    text\n"]
    made = {markup.render(way, options=Options(language=language)).html for way in ways}
    assert len(made) == 1
    assert re.fullmatch(
        r'<div class="callout callout-\w+" role="note">\n<p class="callout-title">.+</p>\n<p>text</p>\n</div>\n', *made
    )


def test_a_kind_is_told_by_more_than_its_colour() -> None:
    def first(text: str, language: str = "en") -> str:
        html = markup.render(text, options=Options(language=language)).html
        return excerpt.words(html).strip().splitlines()[0]

    assert '<span class="hidden">Warning: </span>Hot' in markup.render("> [!warning] Hot\n> text\n").html
    assert first("> [!warning] Hot\n> text\n") == "Warning: Hot"
    assert first("> [!warning] Hot\n> text\n", "de") == "Warnung: Hot"
    assert first("> [!bug] It bites\n> text\n") == "Caution: It bites"
    assert first("> [!tip] Tips and tricks\n> text\n") == "Tips and tricks"
    assert first("> [!recipe] Soup\n> text\n") == "Soup"
    assert first("::: details More\ntext\n:::\n") == "More"


def test_every_language_has_every_word() -> None:
    assert {len(words) for words in WORDS.values()} == {len(WORDS["en"])}
    assert word("note", "pt-BR") == "Nota"
    assert word("note", "tlh") == "Note"
    assert word("faq", "de") == ""


def test_definitions_of_links_reach_into_callouts_and_out_of_them() -> None:
    for text in (
        "> [!NOTE]\n> [a] [b]\n>\n> [b]: /b\n",
        "::: note\n[a] [b]\n\n[b]: /b\n:::\n",
        "!!! note\n    [a] [b]\n\n    [b]: /b\n",
    ):
        html = markup.render(f"{text}\n[b]\n\n[a]: /a\n").html
        assert html.count('<a href="/b">b</a>') == 2, text
        assert html.count('<a href="/a">a</a>') == 1, text


SHAPES: list[Callable[[int], str]] = [
    lambda n: "> [!NOTE]\n\n" * n,
    lambda n: "> " * min(n, 3000) + "[!NOTE]",
    lambda n: "> [!" + "a" * n,
    lambda n: "> [!a|" * n,
    lambda n: "> [!a]" + " " * n + "b",
    lambda n: "::: a\n" * n,
    lambda n: "::: a\n" * n + ":::\n" * n,
    lambda n: "::: a\n:::\n" * n,
    lambda n: ":::\n" * n,
    lambda n: ":" * n + " a",
    lambda n: "::: a" + " " * n + "b",
    lambda n: "::: {" * n,
    lambda n: "::: a[" * n,
    lambda n: "::: a\n```\n" * n,
    lambda n: "!!! a\n" * n,
    lambda n: "!!! a\n    b\n" * n,
    lambda n: "!!! a\n" + "\n" * n,
    lambda n: "!!! a" + " " * n + "!",
    lambda n: "!!! " + "a " * n + "!",
    lambda n: "".join("    " * i + "!!! a\n" for i in range(min(n, 60))) + "    x\n" * n,
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: repr(shape(2))[:30])
def test_hostile_callouts_take_work_in_proportion(
    grows_linearly: Callable[..., None], shape: Callable[[int], str]
) -> None:
    grows_linearly(markup.render, shape, 1500)
