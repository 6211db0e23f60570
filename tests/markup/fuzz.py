"""Throw texts at the markup that a fuzzer thinks up: none may fail, and a browser takes the HTML as it is written.

pip install atheris
python tests/markup/fuzz.py -max_total_time=600 [-max_len=400] [FOLDER OF TEXTS TO BEGIN WITH]
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["blog.markup", "mistune"]):
    from blog import markup
    from blog.markup.options import GFM, PLAIN, Options

    markup.parser_for(Options(math=True))  # what is imported only now is to be watched too

sys.path.insert(0, str(Path(__file__).parent))
from conftest import changed_by_a_browser
from test_html5 import EVERYTHING, without_html

SETS = (PLAIN, GFM, Options(), EVERYTHING)


def one(data: bytes) -> None:
    """Render what the fuzzer gives: once as it is, once without raw HTML. The first byte chooses the options."""
    options = SETS[data[0] % len(SETS)] if data else PLAIN
    text = data[1:].decode("utf-8", "replace")
    markup.render(text, options=options)
    rendered = markup.render(without_html(text), options=options)
    for html in (rendered.html, rendered.excerpt):
        wrong = changed_by_a_browser(html)
        assert not wrong, wrong


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
