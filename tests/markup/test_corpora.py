"""Real texts, where they lie: each renders, and one author's pages as pandoc rendered them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from blog import markup
from blog.markup.options import Options

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
TEXTS = {".md", ".markdown", ".txt"}
HEADER = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)
EVERYTHING = Options(marks=True, subsup=True, math=True, typography=True, insertions=True, permalinks=True, toc="on")


def files(folder: str, suffixes: set[str]) -> list[Path]:
    if not CORPORA.is_dir():
        pytest.skip("the corpora lie beside the checkout only where the project is developed")
    return sorted(p for p in (CORPORA / folder).rglob("*") if p.suffix.lower() in suffixes and p.is_file())


@pytest.mark.parametrize("options", [Options(), EVERYTHING], ids=["as it comes", "everything on"])
def test_every_text_renders(options: Options) -> None:
    texts = files("", TEXTS)
    assert len(texts) > 400
    for text in texts:
        body = HEADER.sub("", text.read_bytes().decode("utf-8", "replace"))
        assert markup.render(body, options=options).html or not body.strip(), text


def alike(html: str) -> str:
    """Return HTML without space, the ids of headings, and how a tag without content is closed."""
    html = re.sub(r'(<h[1-6]) id="[^"]*"', r"\1", html).replace(" />", ">")
    return re.sub(r"\s+", "", html)


def test_an_author_gets_what_pandoc_made_of_his_pages() -> None:
    pages = files("tef-pandoc", {".md"})
    assert len(pages) == 26
    for page in pages:
        made = page.with_suffix(".html").read_text(encoding="utf-8")
        body = re.sub(r"\A.*?<body>\s*(?:<header>.*?</header>)?|</body>.*", "", made, flags=re.DOTALL)
        ours = markup.render(HEADER.sub("", page.read_text(encoding="utf-8"))).html
        assert alike(ours) == alike(body), page.name
