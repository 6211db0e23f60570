"""Which way a language is written, and whether in Latin letters."""

from __future__ import annotations

# By language, unless the tag names its script. https://www.w3.org/International/questions/qa-scripts
LEFTWARD = frozenset("ar arc ckb dv fa he khw ks ps sd syr ug ur yi".split())
LEFTWARD_SCRIPTS = frozenset("adlm arab hebr mand nkoo rohg samr syrc thaa".split())

# Those written in Latin letters by nobody, or by few.
OTHERWISE = LEFTWARD | frozenset(
    "am be bg bn bo dz el gu hi hy ja ka kk km kn ko ky lo mk ml mn mr my ne or pa ru sa si sr ta te tg th ti uk"
    " zh".split()
)


def latin(tag: str) -> bool:
    """Tell whether a language is written in Latin letters."""
    language, script = parts(tag)
    return script == "latn" if script else language not in OTHERWISE


def direction(tag: str) -> str:
    """Return ``rtl`` or ``ltr`` for a language tag such as ``ar``, ``pa-Arab`` or ``en-GB`` (RFC 5646)."""
    language, script = parts(tag)
    leftward = script in LEFTWARD_SCRIPTS if script else language in LEFTWARD
    return "rtl" if leftward else "ltr"


def parts(tag: str) -> tuple[str, str]:
    """Return the language of a tag, and the script if it names one, both in lower case."""
    language, *rest = tag.lower().split("-")
    return language, next((part for part in rest if len(part) == 4 and part.isalpha()), "")
