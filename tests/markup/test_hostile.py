"""Text that is written to be slow takes work in proportion to its length, and memory too."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import pytest

from blog import markup
from blog.markup.options import Options

SHAPES: list[Callable[[int], str]] = [
    # lines that only go on with a paragraph, in containers that have to be looked into to know
    lambda n: "> a\nb\n" * n,
    lambda n: "> - a\nb\n" * n,
    lambda n: "- > a\nb\n" * n,
    lambda n: "> ```\n> a\nb\n" * n,
    lambda n: "> <pre>\n> a\nb\n" * n,
    lambda n: "> " * 20 + "a\n" + "> a\nb\n" * n,
    # containers in containers, and with tabs
    lambda n: "".join(" " * (2 * (i % 18)) + "- a\n" for i in range(n)),
    lambda n: "> - " * n,
    lambda n: "- - - - a\n" * n,
    lambda n: "- a\n\n" * n,
    lambda n: "- \n" * n,
    lambda n: "- a\n\tb\n" * n,
    lambda n: ">\ta\n" * n,
    lambda n: "1. a\n2) b\n" * n,
    # references
    lambda n: "- [a]: /x\n[b]: /y\n" * n,
    lambda n: "[a]: b 'c\n" * n,
    lambda n: "[a]: b (c\n" * n,
    lambda n: "[a]: <\n" * n,
    lambda n: "[a]:\n" * n,
    lambda n: "".join(f"[a{i}]: /x\n" for i in range(n)) + "\n" + "".join(f"[a{i}] " for i in range(n)),
    lambda n: "[a]: x\n\n" + "[" * n + "a" + "]" * n,
    # raw HTML, code
    lambda n: "<x a\n" * n,
    lambda n: "<![CDATA[" * n,
    lambda n: "<div>\n\n<!-- a\n" * n,
    lambda n: "    a\n\n" * n,
    lambda n: "a\n===\n" * n,
    # emphasis, strikethrough
    lambda n: "*b _c " * n + "c_ b* " * n,
    lambda n: "~~a *b _c " * n + "c_ b* a~~ " * n,
    lambda n: "**a" * n + "b**" * n,
    lambda n: "***a" * n,
    lambda n: "~~a ~b " * n + "b~ a~~ " * n,
    lambda n: "~a~~b" * n,
    # tables, addresses
    lambda n: "|a|b|\n|-|-|\n" + "|c|d|\n" * n,
    lambda n: "|a|\n|-|\n" * n,
    lambda n: "http://a_b*c" * n,
    lambda n: "http://a/" + "(" * n,
    # attribute lists
    lambda n: "[a](b){" + ".a" * n,
    lambda n: "[a](b){.a " * n,
    lambda n: "[a](b){#" * n + "}",
    lambda n: "{: .a}\n" * n,
    lambda n: "a\n{: #a" + " .a" * n + "\n",
    lambda n: "[a](b){a='" * n,
    lambda n: "{: a=b" + "=c" * n + "}\n",
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: repr(shape(1))[:30])
def test_it_takes_work_in_proportion(grows_linearly: Callable[..., None], shape: Callable[[int], str]) -> None:
    grows_linearly(markup.render, shape, 1000)


@pytest.mark.parametrize(
    "language", ["java", "csharp", "groovy", "makefile", "c", "cpp", "js", "html", "python", "css"]
)
@pytest.mark.parametrize("piece", ["a b ", "a\n", "a b\n", "\n", " ", "a", "1", "<", "/", "$a "])
def test_code_takes_work_in_proportion(grows_linearly: Callable[..., None], language: str, piece: str) -> None:
    grows_linearly(markup.render, lambda n: f"```{language}\n{(piece * n)[:n]}\n```\n", 4500)


@pytest.mark.parametrize("language", ["go", "java", "jsx"])
def test_a_long_block_of_code_takes_work_in_proportion(grows_linearly: Callable[..., None], language: str) -> None:
    grows_linearly(markup.render, lambda n: f"```{language}\n" + "/*\n" * n + "```\n", 15_000)


@pytest.mark.parametrize("language", ["go", "less", "protobuf", "css", "java"])
@pytest.mark.parametrize("piece", ["/*\n", "*/\n/*/\n"])
def test_comments_without_an_end_take_work_in_proportion(
    grows_linearly: Callable[..., None], language: str, piece: str
) -> None:
    grows_linearly(markup.render, lambda n: f"```{language}\n" + piece * (n // len(piece)) + "```\n", 4500)


@pytest.mark.parametrize("shape", [SHAPES[0], SHAPES[1], SHAPES[6], SHAPES[7], SHAPES[26]])
def test_it_takes_memory_in_proportion(shape: Callable[[int], str]) -> None:
    def most(text: str) -> int:
        tracemalloc.start()
        try:
            markup.render(text)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    markup.render(shape(1))
    assert most(shape(2000)) < 6 * most(shape(500)) + 100_000


def test_a_long_text_renders_with_everything_on() -> None:
    everything = Options(
        typography=True, marks=True, subsup=True, math=True, insertions=True, permalinks=True, toc="on"
    )
    text = "".join(shape(20) + "\n\n" for shape in SHAPES)
    assert markup.render(text, options=everything).html
