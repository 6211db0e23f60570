"""The languages of a Hugo site: which there are, and which one files have that name none.

https://gohugo.io/configuration/languages/
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from ... import values
from ..config import Table, table
from .configuration import listed
from .folders import folders_in, names_in

UNKNOWN = "und"  # https://www.rfc-editor.org/rfc/rfc5646#section-4.1
LANGUAGE = re.compile(
    "(?:af|ar|az|be|bg|bn|bs|ca|cs|cy|da|de|el|en|eo|es|et|eu|fa|fi|fr|ga|gl|gu|he|hi|hr|hu|hy|id|is|it|ja|ka|kk|km|kn"
    "|ko|lo|lt|lv|mk|ml|mn|mr|ms|my|nb|ne|nl|nn|no|pa|pl|ps|pt|ro|ru|si|sk|sl|sq|sr|sv|sw|ta|te|th|tl|tr|uk|ur|uz|vi|zh"
    "|zu)(?:[-_][a-z]{2,4})?",
    re.IGNORECASE,
)


def languages_of(said: Table) -> dict[str, Table]:
    """Return the languages that aren't switched off, by name, the weightiest first."""
    off = set(listed(said, "disablelanguages"))
    kept = {
        name: about
        for name, about in table(said, "languages").items()
        if isinstance(about, dict) and name not in off and values.flag(about.get("disabled")) is not True
    }
    order = sorted(kept, key=lambda name: values.number(kept[name].get("weight")) or 1 << 30)
    return {name: kept[name] for name in order} or {default_of(said, {}): {}}


def default_of(said: Table, languages: Table) -> str:
    """Return the language of files that name none."""
    named = values.text(said.get("defaultcontentlanguage")).lower() or "en"
    return named if named in languages or not languages else next(iter(languages))


def prefix_of(said: Table, language: str, default: str) -> str:
    """Return with which folder the addresses of a language begin."""
    below = values.flag(said.get("defaultcontentlanguageinsubdir")) is True
    return language if below or language != default else ""


def code_of(said: Table) -> str:
    """Return the language tag that a table names."""
    return values.text(said.get("languagecode") or said.get("locale")).replace("_", "-")


def guessed(root: Path) -> Table:
    """Return which languages a site has whose configuration isn't there, by the names of folders and files."""
    content = root / "content"
    folders = folders_in(content)
    texts = [name for name in names_in(content) if name not in folders and not name.startswith(".")]
    if folders and not texts and all(map(LANGUAGE.fullmatch, folders)):
        parted = {name.lower(): {"contentdir": f"content/{name}"} for name in folders}
        return {"languages": parted, "defaultcontentlanguage": min(parted, key=lambda one: one != "en")}
    ends = suffixes(content)
    default = UNKNOWN if "en" in ends else "en"  # of the files that name none
    languages: dict[str, Table] = {name: {} for name in (default, *sorted(ends))} if ends else {}
    return {"languages": languages, "defaultcontentlanguage": default}


def suffixes(content: Path) -> set[str]:
    """Return the languages that names of files end in: ``about.fr.md`` beside ``about.md``."""
    found = set()
    for _, _, names in os.walk(content):
        here = {name.rpartition(".")[0] for name in names if name.endswith((".md", ".html"))}
        stems = {stem.partition(".")[0] for stem in here if "." not in stem}
        ends = (stem.rpartition(".") for stem in here)
        found |= {end.lower() for stem, _, end in ends if stem in stems and LANGUAGE.fullmatch(end)}
    return found
