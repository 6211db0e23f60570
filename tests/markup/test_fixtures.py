"""Every example in ``fixtures/`` renders to the HTML beside it.

The files are written as the specification of CommonMark is: thirty-two back quotes, ``example``, the Markdown, a
line with a point alone, the HTML; an arrow is a tab. Words after ``example`` are options: ``math`` on, ``-alerts``
off, ``language=de``, and first ``plain`` or ``gfm`` for another set than a site's own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from blog import markup
from blog.markup.options import GFM, PLAIN, Options

FOLDER = Path(__file__).parent / "fixtures"
FENCE = "`" * 32
EXAMPLE = re.compile(rf"^{FENCE} example(.*)\n((?s:.*?))^\.\n((?s:.*?))^{FENCE}$", re.MULTILINE)
SETS = {"plain": PLAIN, "gfm": GFM}


def examples() -> list[Any]:
    found = []
    for file in sorted(FOLDER.glob("*.md")):
        text = file.read_text(encoding="utf-8")
        for example in EXAMPLE.finditer(text):
            line = text.count("\n", 0, example.start()) + 1
            words, body, html = example.groups()
            given = (words, body.replace("→", "\t"), html.replace("→", "\t"))
            found.append(pytest.param(*given, id=f"{file.stem}:{line}"))
    return found


def options(words: str) -> Options:
    """Return the options named by words."""
    chosen = Options()
    for word in words.split():
        name, _, value = word.lstrip("-").partition("=")
        chosen = SETS[word] if word in SETS else replace(chosen, **{name: value or not word.startswith("-")})
    return chosen


@pytest.mark.parametrize(("words", "body", "html"), examples())
def test_an_example_renders_as_written_beside_it(words: str, body: str, html: str) -> None:
    assert markup.render(body, options=options(words)).html == html


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.md")), ids=lambda file: file.stem)
def test_no_example_is_overlooked(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(EXAMPLE.findall(text)) == text.count(f"{FENCE} example") > 0
