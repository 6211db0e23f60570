"""What stands in a quote or in a list is what it would be by itself."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from blog import markup

LINES = [
    "a",
    "b c",
    "# d",
    "---",
    "===",
    "- e",
    "  f",
    "1. g",
    "   h",
    "    i",
    "> j",
    "```",
    "~~~",
    "<div>",
    "<!--",
    "-->",
]
LINES += ["</div>", "*k", "l*", "`m", "[n]: /o", "[n]", "|p|", "<q>", "", "", ""]
texts = st.lists(st.sampled_from(LINES), min_size=1, max_size=12).map(lambda lines: "\n".join([*lines, "end"]) + "\n")


@given(texts)
def test_a_quote_holds_what_its_text_is(text: str) -> None:
    quoted = "".join(f"> {line}\n" for line in text.splitlines())
    assert markup.commonmark(quoted) == f"<blockquote>\n{markup.commonmark(text)}</blockquote>\n"


@given(texts)
def test_an_item_holds_what_its_text_is(text: str) -> None:
    assume(not text.startswith((" ", "\n", "---")))
    item = "".join(f"   {line}\n" if line else "\n" for line in text.splitlines())
    wide = f"1. {item[3:]}\n2. a\n"  # with paragraphs, as an empty line stands between the items
    assert markup.commonmark(wide) == f"<ol>\n<li>{markup.commonmark(text)}</li>\n<li><p>a</p>\n</li>\n</ol>\n"


@given(texts, texts)
def test_a_line_without_its_sign_goes_on_with_a_paragraph_and_with_nothing_else(before: str, after: str) -> None:
    """Whatever the text before it, a plain line after a quote is in it, or stands behind it: it is never lost."""
    quoted = "".join(f"> {line}\n" for line in before.splitlines())
    html = markup.commonmark(f"{quoted}lazy line\n\n{after}")
    assert html.count("lazy line") == 1
    assert "\0" not in html
