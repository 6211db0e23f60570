"""Cloudflare Pages: ``_redirects`` and ``_headers`` within its limits.

It leads from ``/a.html`` to ``/a``; a rule with status 200 keeps such a page at its address. A header that several
rules name is joined with commas, so a rule takes back with ``!`` what a more general one has said.
https://developers.cloudflare.com/pages/configuration/redirects/
https://developers.cloudflare.com/pages/configuration/headers/
"""

from __future__ import annotations

import re

from .made import LINE, Export, Made, Says
from .netlify import headers, text

REDIRECTS = 2000  # rules that it takes
HEADERS = 100
LONGEST = 1000  # characters in a rule of a redirect
GUESSES = {"/": "text/html; charset=utf-8", ".html": "text/html; charset=utf-8"}
GIVES: Says = (("X-Content-Type-Options", "nosniff"),)
WILD = re.compile(r"\*|:[A-Za-z]")


def export(made: Made) -> Export:
    """Return the two files."""
    wanted = redirects(made)
    lines = [line for source, line in wanted if not WILD.search(source) and len(line) <= LONGEST]
    said = headers(made, GIVES, GUESSES)
    blocks = [one for paths, names in said for one in taken_back(paths, names, said)]
    notes = []
    if (left := len(wanted) - len(lines[:REDIRECTS])) > 0:
        notes.append(f"{left} redirects are beyond its {REDIRECTS:,} rules or can't be said: pages point on instead")
    if len(blocks) > HEADERS:
        notes.append(f"{len(blocks) - HEADERS} rules for headers are beyond its {HEADERS} and left out")
    inside = {
        "_redirects": text([f"# {LINE}", *lines[:REDIRECTS]]),
        "_headers": text([f"# {LINE}", *blocks[:HEADERS]]),
    }
    return Export(inside, notes=notes)


def redirects(made: Made) -> list[tuple[str, str]]:
    """Return each source with its rule, what can be missed least first."""
    moved = [(source, f"{made.href(source)} {target} 301") for source, target, _, _ in made.redirects()]
    stay = [(url, f"{made.href(url)} {made.href(url)[:-5]} 200") for url in made.pages if url.endswith(".html")]
    listed = [one for one in moved if one[0] in made.aliases]
    return [*listed, *stay, *(one for one in moved if one[0] not in made.aliases)]


def taken_back(paths: list[str], names: dict[str, str], said: list[tuple[list[str], dict[str, str]]]) -> list[str]:
    """Return one block for each path; what an earlier rule may have said of it is taken back first."""
    earlier = {name for others, theirs in said[: [one for one, _ in said].index(paths)] for name in theirs}
    lines = []
    for name, value in names.items():
        lines += [f"  ! {name}"] * (name in earlier) + [f"  {name}: {value}"] * bool(value)
    return ["\n".join([path, *lines]) for path in paths]
