"""What may not stand in the body of an entry, and the addresses in it. A reader shows it on a page of its own.

https://validator.w3.org/feed/docs/warning/SecurityRisk.html,
https://validator.w3.org/feed/docs/warning/ContainsRelRef.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree, html

REFUSED = frozenset(
    "applet base button embed form frame frameset iframe input link meta noscript object param script select style"
    " textarea title".split()
)
ADDRESSES = frozenset("action background cite data formaction href longdesc poster src".split())
ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:[^\s]", re.IGNORECASE)
DANGEROUS = re.compile(r"(?:javascript|vbscript|data:(?!image/))", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
CANDIDATE = re.compile(r"\s*(\S*[^\s,])(?:\s+[\d.]+[wxh])?\s*(?:,|$)")  # of a srcset


@dataclass(frozen=True, slots=True)
class Body:
    """Hold what was found in a body: faults in words, its addresses, and its own fragments."""

    faults: tuple[str, ...]
    links: tuple[str, ...]
    ids: frozenset[str]


def look(text: str) -> Body:
    """Look through the HTML of a body."""
    faults: dict[str, None] = dict.fromkeys(["there is a control character"] * bool(CONTROL.search(text)))
    links: list[str] = []
    ids: set[str] = set()
    for element in elements(CONTROL.sub("", text)):
        if element.tag in REFUSED:
            faults[f"there is <{element.tag}>"] = None
        for name, value in element.attrib.items():
            if name.startswith("on") or name == "style":
                faults[f"there is an attribute {name}"] = None
            elif name == "id":
                if value in ids:
                    faults[f"the id {value} is there twice"] = None
                ids.add(value)
            for link in addresses(name, value):
                links.append(link)
                if not ABSOLUTE.match(link):
                    faults[f"an address isn't absolute: {link}"] = None
                elif DANGEROUS.match(link):
                    faults[f"an address isn't safe: {link[:80]}"] = None
    return Body(tuple(faults), tuple(dict.fromkeys(links)), frozenset(ids))


def elements(text: str) -> list[Any]:
    """Return the elements of a piece of HTML in order."""
    if "<" not in text:
        return []
    try:
        root = html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, ValueError):
        return []
    return [element for element in root.iterdescendants() if isinstance(element.tag, str)]


def addresses(name: str, value: str) -> list[str]:
    """Return the addresses in an attribute."""
    if name == "srcset":
        return CANDIDATE.findall(value)
    return [value.strip()] if name in ADDRESSES else []
