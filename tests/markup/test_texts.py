"""Every text in ``texts/`` renders to the HTML of its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from blog import markup

TEXTS = sorted((Path(__file__).parent / "texts").glob("*.md"))


def test_there_are_texts() -> None:
    assert len(TEXTS) >= 9


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.stem)
def test_a_text_renders_as_expected(text: Path) -> None:
    expected = text.with_suffix(".html").read_text(encoding="utf-8")
    assert markup.render(text.read_text(encoding="utf-8")).html == expected
