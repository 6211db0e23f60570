"""How many minutes a post takes to read."""

from __future__ import annotations

import pytest
from lxml import html as parser


def minutes(made) -> list[str]:
    return parser.document_fromstring(made.body("/posts/a/")).xpath("//*[@class='reading-time']/text()")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("word " * 3, ["1 min read"]),
        ("word " * 220, ["1 min read"]),
        ("word " * 221, ["2 min read"]),
        ("字" * 550, ["1 min read"]),
        ("字" * 1650, ["3 min read"]),
    ],
)
def test_it_is_rounded_up(made, text, expected):
    made.write({"posts/a.md": f"---\ntitle: A\n---\n\n{text}\n"})
    assert minutes(made) == expected


def test_the_site_knows_how_fast_its_readers_are(made):
    made.write({"posts/a.md": "---\ntitle: A\n---\n\n" + "word " * 300})
    made.settings(words_per_minute=100)
    assert minutes(made) == ["3 min read"]


def test_a_longer_text_shows_it_at_once(made):
    made.write({"posts/a.md": "---\ntitle: A\n---\n\nShort.\n"})
    assert b"1 min read" in made.freeze()["posts/a/index.html"]
    made.write({"posts/a.md": "---\ntitle: A\n---\n\n" + "word " * 300})
    assert b"2 min read" in made.freeze()["posts/a/index.html"]
