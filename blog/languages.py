"""Which way a language is written."""

from __future__ import annotations

# By language, unless the tag names its script. https://www.w3.org/International/questions/qa-scripts
LEFTWARD = frozenset("ar arc ckb dv fa he khw ks ps sd syr ug ur yi".split())
LEFTWARD_SCRIPTS = frozenset("adlm arab hebr mand nkoo rohg samr syrc thaa".split())


def direction(tag: str) -> str:
    """Return ``rtl`` or ``ltr`` for a language tag such as ``ar``, ``pa-Arab`` or ``en-GB`` (RFC 5646)."""
    language, *parts = tag.lower().split("-")
    script = next((part for part in parts if len(part) == 4 and part.isalpha()), "")
    leftward = script in LEFTWARD_SCRIPTS if script else language in LEFTWARD
    return "rtl" if leftward else "ltr"
