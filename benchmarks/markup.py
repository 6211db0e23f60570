"""What our Markdown takes of the processor, with everything on, beside bare mistune with Pygments.

    python benchmarks/markup.py FOLDER [--rounds 5] [--most 1.25]

Bare mistune is what its documentation shows: ``create_markdown`` without plugins, code blocks through Pygments'
``highlight``. The two take turns, the best round of each counts; ends with 1 if ours takes more than ``--most`` times.
"""

from __future__ import annotations

import argparse
import gc
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import mistune
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from blog import markup
from blog.markup.options import Options

HEADER = re.compile(r"\A(---|\+\+\+)\n.*?\n\1\n", re.DOTALL)
EVERYTHING = Options(
    typography=True, marks=True, subsup=True, math=True, insertions=True, permalinks=True, toc="on", rel="nofollow"
)


class Highlighting(mistune.HTMLRenderer):
    """Render code blocks as mistune's documentation shows."""

    def block_code(self, code: str, info: str | None = None) -> str:
        """Render a code block."""
        try:
            return highlight(code, get_lexer_by_name(info.split()[0]), HtmlFormatter()) if info else self.plain(code)
        except ClassNotFound:
            return self.plain(code)

    def plain(self, code: str) -> str:
        """Render a code block without highlighting."""
        return str(super().block_code(code))


def took(render: Callable[[str], object], texts: list[str]) -> float:
    """Return the seconds of processor time that the texts take."""
    gc.collect()
    begun = time.process_time()
    for text in texts:
        render(text)
    return time.process_time() - begun


def main() -> int:
    """Compare, and say what came of it."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--most", type=float, default=1.25)
    given = arguments.parse_args()
    files = sorted(given.folder.rglob("*.md"))
    texts = [HEADER.sub("", file.read_text(encoding="utf-8")) for file in files]
    ways: dict[str, Callable[[str], object]] = {
        "mistune and Pygments": mistune.create_markdown(renderer=Highlighting(escape=False)),
        "ours, CommonMark alone": markup.commonmark,
        "ours, as it comes": markup.render,
        "ours, everything on": lambda text: markup.render(text, options=EVERYTHING),
    }
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(given.rounds):
        for name, render in ways.items():
            best[name] = min(best[name], took(render, texts))
    bare = best["mistune and Pygments"]
    print(f"{len(texts)} texts, {sum(map(len, texts)) / 1e6:.1f} million signs")
    for name, seconds in best.items():
        print(f"{name:24} {seconds:7.3f} s  {seconds / bare:5.2f}")
    return best["ours, everything on"] > given.most * bare


if __name__ == "__main__":
    sys.exit(main())
