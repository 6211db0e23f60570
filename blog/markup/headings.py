"""Ids of headings, by GitHub's rule: lower case, punctuation dropped, spaces to dashes, doubles numbered."""

from __future__ import annotations

import re
from html import unescape


def heading_id(html: str, taken: dict[str, int]) -> str:
    """Return an id for a heading that isn't in ``taken`` yet, which counts the ids of the same text, and is changed."""
    words = unescape(re.sub(r"<[^<>]*>", "", html)).strip().lower()
    name = first = re.sub(r"[^\w\- ]", "", words).replace(" ", "-") or "section"
    while name in taken:
        taken[first] += 1
        name = f"{first}-{taken[first]}"
    taken[name] = 0
    return name
