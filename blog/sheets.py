"""The style sheets of the theme that only some pages need: found by the classes in what a page shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

CLASSES = re.compile(r"""class\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
ANY_CASE = re.compile(CLASSES.pattern, re.IGNORECASE)  # takes five times as long
PIECES = "button card cards flex gallery timeline timeline-item wide work work-items"
DRAWN = {
    "pieces": frozenset(PIECES.split()),
    "formulas": frozenset({"formula", "math"}),
    "code": frozenset({"highlight"}),
}
LISTED = {"entries", "years", "tags", "categories", "groups"}  # what templates get that list something
WORDS = {"formulas": "<math"}  # what has no class of ours


def needed(document: bool, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the sheets that a page needs, in their order; what is no ``document`` lists some."""
    texts = [values.get("html"), values.get("intro"), *(entry.excerpt for entry in values.get("entries", ()))]
    found = {name for text in texts if text for name in drawn(str(text))}
    listing = not document or bool(LISTED & values.keys())
    return ("lists",) * listing + tuple(name for name in DRAWN if name in found)


def drawn(html: str) -> set[str]:
    """Return the names of the sheets that draw something in a text."""
    pattern = ANY_CASE if "CLASS" in html or "Class" in html else CLASSES
    classes = {name for found in set(pattern.findall(html)) for name in "".join(found).split()}
    return {name for name, own in DRAWN.items() if own & classes or WORDS.get(name, "\0") in html}
