"""What the tests of the markup share: a real HTML5 parser that takes nothing amiss, and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import html5lib
import pytest


@pytest.fixture(scope="session")
def well_formed() -> Callable[[str], None]:
    """Return a check that HTML parses without a single error, has every id once, and no link to a missing one."""

    def check(html: str) -> None:
        html5lib.HTMLParser(strict=True).parseFragment(html)
        ids = re.findall(r'<[^<>]*\sid="([^"]*)"', html)
        assert len(ids) == len(set(ids)), html
        assert not [name for name in re.findall(r'<a href="#(fn[^"]*)"', html) if name not in ids], html

    return check


class Written(HTMLParser):
    """Note the tags and the text of HTML in the order they are written."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[Any] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, sorted((name, value or "") for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.seen.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.seen.append(("", data))


def understood(html: str) -> list[Any]:
    """Return the tags and the text of HTML as a browser takes it; fail where that isn't valid."""
    tree = html5lib.HTMLParser(strict=True).parseFragment(html)
    seen: list[Any] = []
    for token in html5lib.getTreeWalker("etree")(tree):
        kind = token["type"]
        if kind in ("StartTag", "EmptyTag"):
            seen.append((token["name"], sorted((name, value) for (_, name), value in token["data"].items())))
        elif kind == "EndTag":
            seen.append(f"/{token['name']}")
        else:
            seen.append(("", token["data"]))
    return joined(seen)


def joined(seen: list[Any]) -> list[Any]:
    """Return tags and text, each run of text as one."""
    made: list[Any] = []
    for item in seen:
        if item[0] == "" and made and made[-1][0] == "":
            made[-1] = ("", made[-1][1] + item[1])
        else:
            made.append(item)
    return made


def changed_by_a_browser(html: str) -> str:
    """Return the first thing that a real parser takes otherwise than it is written, ``""`` if there is none."""
    written = Written()
    written.feed(html)
    written.close()
    pairs = zip([*joined(written.seen), "end"], [*understood(html), "end"], strict=False)
    return next((f"{ours} became {theirs}" for ours, theirs in pairs if ours != theirs), "")


@pytest.fixture(scope="session")
def unchanged() -> Callable[[str], None]:
    """Return a check that a browser takes HTML as it is written."""

    def check(html: str) -> None:
        assert changed_by_a_browser(html) == "", html

    return check
