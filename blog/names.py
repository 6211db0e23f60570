"""The names by which texts call files, whichever folder they are in: ``[[Tea]]``, ``{{< ref "tea" >}}``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

TEXT = re.compile(r"\.(?:md|markdown|mdx|rst|txt|html)\Z")
DATED = re.compile(r"(?<![^/])\d{4}-\d{1,2}-\d{1,2}-(?=[^/]+\Z)")
INDEX = re.compile(r"(?:(?<![^/])_?index)\Z")


def plain(name: str) -> str:
    """Return a name in the form in which names are compared: case, spaces and the ending of a text don't count."""
    name = unicodedata.normalize("NFC", name.strip()).casefold().replace(" ", "-")
    name = INDEX.sub("", TEXT.sub("", name.removeprefix("./").strip("/"))).strip("/")
    return name if name != "." else ""


def forms(file: str) -> Iterator[str]:
    """Yield the names of a file, with all its folders: its own, and without the day that it begins with."""
    own = plain(file)
    yield own
    undated = DATED.sub("", own)
    if undated != own:
        yield undated
