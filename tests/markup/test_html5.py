"""Whatever is written without raw HTML becomes HTML that a browser takes as it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import markup
from blog.markup.options import GFM, PLAIN, Options

SIGNS = """
# ## - * + 1. 2) > >> ``` ~~~ ```python ** * _ __ ~~ ~ ` `` [ ] ( ) ![ ](a) [a](b) [a][b] [b]: ![a](b) [^1] [^1]:
^[ ] --- === *** | |a|b| |-|-| |:-:| : :: ::: !!! ??? [!NOTE] [!warning]- note {#a} {.b} {:toc} [TOC] [[a]] == ++
^ $ $$ \\( \\) \\[ \\] \\ & &amp; &#0; &#x110000; <http://a.b> <a@b.c> http://a.b www.a.b a@b.c "a" 'b' -- ... -
[ ] [x] *[HTML]: HTML Table: a b ä 中
""".split()
texts = st.lists(
    st.sampled_from(SIGNS) | st.sampled_from(["\n", "\n\n", "    ", "  ", "\t", " "]) | st.text(max_size=3), max_size=40
).map(lambda parts: "".join(parts))
EVERYTHING = Options(marks=True, subsup=True, math=True, typography=True, insertions=True, permalinks=True, toc="on")


def without_html(text: str) -> str:
    """Return a text without raw HTML and without what no HTML may hold, but with links in angle brackets."""
    text = "".join(sign if sign in "\n\t" or (sign.isprintable() or sign == " ") else "?" for sign in text)
    text = text.replace("<http://a.b>", "\0").replace("<a@b.c>", "\1").replace("<", "(")
    return text.replace("\0", "<http://a.b>").replace("\1", "<a@b.c>")


@pytest.mark.parametrize(
    "options", [PLAIN, GFM, Options(), EVERYTHING], ids=["plain", "gfm", "as it comes", "everything"]
)
@given(text=texts)
def test_a_browser_takes_it_as_it_is_written(unchanged: Callable[[str], None], options: Options, text: str) -> None:
    rendered = markup.render(without_html(text), options=options)
    unchanged(rendered.html)
    unchanged(rendered.excerpt)


@pytest.mark.parametrize(
    "html", ["<p>a<p>b</p>", "<p><div>a</div></p>", "<b><i>a</b></i>", "<table>a</table>", "<a>b<a>c</a></a>", "a<b"]
)
def test_the_check_finds_what_a_browser_would_change(unchanged: Callable[[str], None], html: str) -> None:
    with pytest.raises(Exception):  # noqa: B017, PT011 - a parse error or an assertion
        unchanged(html)
