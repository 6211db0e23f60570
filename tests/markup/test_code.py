"""Code: highlighted where the language is known, and never a character lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.markup import code

THEME = Path(__file__).parents[2] / "static" / "theme.css"


def inside(html: str) -> str:
    found = re.fullmatch(
        r'<(?:div|figure) class="highlight"(?: data-language="[^"]*")?>(?:<figcaption>[^<]*</figcaption>)?'
        r'<pre tabindex="0">'
        r'<code(?: class="[^"]*")?>(.*)</code></pre></(?:div|figure)>\n',
        html,
        re.S,
    )
    assert found
    return unescape(re.sub(r"<[^>]*>", "", found[1]))


@pytest.mark.parametrize(
    ("info", "language"),
    [
        ("python", "python"),
        ("Python", "python"),
        ("python title=x.py", "python"),
        ("{.python .numberLines}", "python"),
        ("{python, echo=FALSE}", "python"),
        ("c++", "c++"),
        ("no-such-language", "no-such-language"),
    ],
)
def test_the_language_is_the_first_word(info: str, language: str) -> None:
    assert f'<code class="language-{language}">' in code.block("x\n", info)


def test_without_a_language_code_is_plain() -> None:
    assert code.block("a < b\n", "") == '<div class="highlight"><pre tabindex="0"><code>a &lt; b\n</code></pre></div>\n'


def test_a_language_can_not_leave_its_attribute() -> None:
    assert '"><script' not in code.block("x", '"><script>')


@pytest.mark.parametrize(
    "language", ["python", "html", "js", "css", "bash", "json", "yaml", "rust", "diff", "console", "nope"]
)
@pytest.mark.parametrize(
    "text", ["\n\n  x = 1\n\n", "\ta\tb\n", "a\n" * 3, "<b>&amp;</b>\n", "größe 🍃\n", "'\n", " \n"]
)
def test_highlighting_loses_and_adds_nothing(language: str, text: str) -> None:
    assert inside(code.block(text, language)) == text


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\r\ufeff"), max_size=60),
    st.sampled_from(["python", "html", "nope"]),
)
def test_any_code_comes_out_as_it_went_in(text: str, language: str) -> None:
    assert inside(code.block(text + "\n", language)) == text + "\n"


PIECES = st.sampled_from(
    "python { } . # = , 2-4 9-1 99999 [ ] \" ' hl_lines linenos title= linenostart=5 false .numberLines \t - é".split(
        " "
    )
)


@given(st.text("ab <&\n", max_size=30), st.text(max_size=30) | st.lists(PIECES, max_size=12).map(" ".join))
def test_whatever_follows_a_fence_the_code_is_all_there(text: str, info: str) -> None:
    assert inside(code.block(text, info)) == text


@pytest.mark.parametrize(
    ("info", "title", "start", "marked"),
    [
        ("python", "", 0, []),
        ("{.python .numberLines}", "", 1, []),
        ('{#one .python .numberLines startFrom="10" title="a b.py"}', "a b.py", 10, []),
        ('python hl_lines="2 4"', "", 0, [(2, 2), (4, 4)]),
        ("python {2,4-5}", "", 0, [(2, 2), (4, 5)]),
        ('python {linenos=true,hl_lines=[2,"4-5"],linenostart=7}', "", 7, [(2, 2), (4, 5)]),
        ("python,linenos,hl_lines=3-4 8-9,name=x.py", "x.py", 1, [(3, 4), (8, 9)]),
        ("python linenums='5' filename=x.py", "x.py", 5, []),
        ("python linenos=false", "", 0, []),
        ("python showLineNumbers {1}", "", 1, [(1, 1)]),
        ("python:title=x.py", "x.py", 0, []),
        ("python:x.py {2}", "x.py", 0, [(2, 2)]),
        ("python?line=2", "", 0, [(2, 2)]),
        ("python=3", "", 3, []),
        ("python= hl_lines=2", "", 1, [(2, 2)]),
    ],
)
def test_what_other_engines_write_after_a_fence_is_understood(
    info: str, title: str, start: int, marked: list[tuple[int, int]]
) -> None:
    said = code.read(info)
    assert (said.language, said.title, said.start) == ("python", title, start)
    assert list(code.ranges(said.marked)) == marked


def test_attributes_need_no_language() -> None:
    assert [code.read(info).language for info in ("{2,4}", "title=x.py", "{.numberLines}", "{}", "")] == [""] * 5
    assert code.read("{2,4}").marked == " 2 4"


def test_a_site_may_number_the_lines_of_all_code_and_a_block_may_not_want_that() -> None:
    assert code.block("a\nb\n", "", numbers=True).count('class="ln"') == 2
    assert 'class="ln"' not in code.block("a\nb\n", "python linenos=false", numbers=True)


def test_colours_can_be_left_out() -> None:
    assert "<span" not in code.block("x = 1\n", "python", colours=False)


@pytest.mark.parametrize(
    ("language", "same"),
    [("yml", "yaml"), ("rs", "rust"), ("golang", "go"), ("node", "js"), ("shell-session", "console"), ("C++", "cpp")],
)
def test_a_language_has_many_names(language: str, same: str) -> None:
    assert code.lexer(language.lower()) is not None
    assert type(code.lexer(language.lower())) is type(code.lexer(same))


@pytest.mark.parametrize(
    ("piece", "most"), [("x = 1\n", 20_000), ("x=1;", 1000), ("word ", 500), ("word\n", 500), ("\n", 500)]
)
def test_code_that_would_take_long_to_highlight_is_plain(piece: str, most: int) -> None:
    text = piece * (most // len(piece)) + piece[: most % len(piece)]
    assert code.structured(text)
    assert not code.structured(text + piece)
    assert inside(code.block(text + piece + "\nx = 1\n", "python")) == text + piece + "\nx = 1\n"
    assert "<span" not in code.block(text + piece + "\nx = 1\n", "python")


@pytest.mark.parametrize("language", ["no-such-language", "mermaid", "text", "", "."])
def test_an_unknown_language_is_plain_text(language: str) -> None:
    assert code.lexer(language) is None
    assert inside(code.block("<b>\n", language)) == "<b>\n"


def test_a_lexer_is_made_once() -> None:
    assert code.lexer("python") is code.lexer("python")


def test_many_languages_take_work_in_proportion(grows_linearly: Callable[..., None]) -> None:
    def blocks(text: str) -> None:
        for language in text.split():
            code.block("x\n", language)

    grows_linearly(blocks, lambda n: " ".join(f"language{number}" for number in range(n)), 500)


@pytest.mark.parametrize(
    "shape",
    [
        lambda n: "a" * n + "=",
        lambda n: 'a="' * n,
        lambda n: "a=[" * n,
        lambda n: "#" * n,
        lambda n: "{" * n,
        lambda n: "1-" * n,
    ],
    ids=lambda shape: repr(shape(2)),
)
def test_what_follows_a_fence_takes_work_in_proportion(
    grows_linearly: Callable[..., None], shape: Callable[[int], str]
) -> None:
    grows_linearly(lambda info: code.block("x\n", info), shape, 5000)


def luminance(colour: str) -> float:
    """Return how bright a colour is. https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("behind", ["shade", "mark", "plus", "minus"])
def test_every_colour_of_code_can_be_read(scheme: str, behind: str) -> None:
    css = THEME.read_text(encoding="utf-8") + THEME.with_name("code.css").read_text(encoding="utf-8")
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", css)
    palette = {name: dark if scheme == "dark" else light for name, light, dark in found}
    rules = re.findall(r"^\.highlight[^{]*\{([^}]*)\}", css, re.MULTILINE)
    used = {name for rule in rules for name in re.findall(r"(?<![\w-])color: var\(--(\w+)\)", rule)}
    assert len(used) > 5
    assert {name: ratio for name in used | {"ink"} if (ratio := contrast(palette[name], palette[behind])) < 4.5} == {}
