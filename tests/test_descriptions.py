"""What a text is about in one line: whole sentences, in any script, within bounds."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.descriptions import ABBREVIATION, LIMIT, described

LONG = "Word " + " ".join(["word"] * 60)


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("", ""),
        ("<p>One. Two.</p>", "One. Two."),
        (f"<p>First one. Second one! A third, and {LONG}.</p>", "First one. Second one!"),
        (f"<p>“So?” she asked. Then {LONG}.</p>", "“So?” she asked."),
        (f"<p>Dr. Smith met J. R. Doe on 3. May. Then {LONG}.</p>", "Dr. Smith met J. R. Doe on 3. May."),
        (f"<p>It costs 3.50 in all, e.g. here. Then {LONG}.</p>", "It costs 3.50 in all, e.g. here."),
        (f"<p>Er kam am 3. Mai. Dann {LONG}.</p>", "Er kam am 3. Mai."),
        (f"<p>¿Qué? Nada. {LONG}</p>", "¿Qué? Nada."),
        (f"<p>هل تعرف؟ نعم، أعرف. {LONG}</p>", "هل تعرف؟ نعم، أعرف."),
        (f"<p>यह पहला है। {LONG}</p>", "यह पहला है।"),
        ("<p>吾輩は猫である。「名前は？」まだ無い。" + "と" * 80 + "</p>", "吾輩は猫である。「名前は？」まだ無い。"),
        ("<p>A title</p><p>The text.</p>", "A title The text."),
        (f"<p>A line</p><p>{LONG}</p>", "A line"),
        ("<p>One<br>two</p>", "One two"),
        ("<ul><li>One</li><li>Two</li></ul>", "One Two"),
        ("<h2>Heading</h2><p>Text &amp; <em>more</em><sup><a href='#fn:1'>1</a></sup>.</p>", "Text & more."),
        ('<p>Text<sup id="r"><a href="#fn:1">1</a></sup>.</p>', "Text."),
        ("<pre>x = 1</pre><table><tr><td>1</td></tr></table><p>Text.</p>", "Text."),
        ("<pre>x = 1</pre>", "x = 1"),
        ('<div><p class="callout-title">Note</p>\n<p>Read this.</p></div>', "Note: Read this."),
        ("<!-- a note --><p>Text.</p>", "Text."),
        (f'<p><img src="data:{"A" * 30_000}"></p><p>Text.</p>', ""),
    ],
)
def test_a_text_is_described_by_its_first_whole_sentences(html, said):
    assert described(html) == said


def test_a_first_sentence_that_is_too_long_is_cut_between_words():
    said = described(f"<p>{LONG}.</p>")
    assert said == "Word " + " ".join(["word"] * 31) + "…"
    assert columns(said) <= LIMIT


def test_a_script_without_spaces_is_cut_between_signs():
    said = described(f"<p>{'猫である' * 40}</p>")
    assert columns(said) in (LIMIT - 1, LIMIT)
    assert said.endswith("…")


def test_a_letter_keeps_its_accents():
    letters = "e\u0301\u0323" * 200
    said = described(f"<p>{letters}</p>")
    assert len(said.removesuffix("…")) % 3 == 0


@given(st.text(), st.integers(2, 200))
def test_a_description_is_one_line_within_its_columns_and_the_beginning_of_the_text(text, limit):
    html = text.replace("<", "&lt;").replace("&", "&amp;")
    said = described(f"<p>{html}</p>", limit)
    assert columns(said) <= limit
    assert "\n" not in said
    whole = described(f"<p>{html}</p>", 10**6)
    assert said == whole or whole.startswith(said.removesuffix("…"))


@given(st.text(alphabet="<>/hp16 a.&;\"'"))
def test_no_html_breaks_it(html):
    assert columns(described(html)) <= LIMIT


def test_what_is_described_takes_time_in_line_with_its_length(grows_linearly):
    grows_linearly(described, lambda size: "<h1><pre><p>x. " * size, 2_000)


@pytest.mark.parametrize("short", sorted(set(re.findall(r"[a-zà-ú]{2,}", ABBREVIATION.pattern))))
def test_after_an_abbreviation_a_sentence_goes_on_however_long_it_is(short):
    assert described(f"<p>One. A {short}. B two. Then {LONG}.</p>") == f"One. A {short}. B two."
    assert described(f"<p>One. An x{short}. Two. Then {LONG}.</p>") == f"One. An x{short}. Two."
    assert described(f"<p>One {short}. Then {LONG}.</p>").startswith(f"One {short}. Then Word")
