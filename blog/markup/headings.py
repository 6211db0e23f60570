"""Ids of headings, by GitHub's rule: lower case, punctuation dropped, spaces to dashes, doubles numbered."""

from __future__ import annotations

import re
from html import unescape


def heading_id(html: str, taken: set[str]) -> str:
    """Return an id for a heading that isn't in ``taken`` yet, and add it there."""
    words = unescape(re.sub(r"<[^>]*>", "", html)).strip().lower()
    name = first = re.sub(r"[^\w\- ]", "", words).replace(" ", "-") or "section"
    count = 0
    while name in taken:
        count += 1
        name = f"{first}-{count}"
    taken.add(name)
    return name
