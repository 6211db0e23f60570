"""Netlify: ``_redirects`` and ``_headers``.

One line covers an address with and without its last slash; ``!`` redirects although the page that points on is there.
https://docs.netlify.com/manage/routing/redirects/overview/, https://docs.netlify.com/manage/routing/headers/
"""

from __future__ import annotations

import re
from posixpath import basename
from urllib.parse import quote

from .made import LINE, TYPE, Export, Made, Rule, Says, changes, media_type, versioned

GUESSES = {"/": "text/html; charset=utf-8", ".html": "text/html; charset=utf-8"}  # what it says unasked, for certain
GIVES: Says = ()  # headers that it gives to everything
WILD = re.compile(r"\*|/:")  # what it reads as a pattern


def export(made: Made) -> Export:
    """Return the two files."""
    lines, left = [f"# {LINE}"], 0
    for url, (target, _) in made.aliases.items():
        if WILD.search(url):
            left += 1
        else:
            lines.append(f"{made.href(url)} {target} 301!")
    notes = [f"{left} aliases with * or : stay pages that point on"] if left else []
    if odd := [file for file in made.files.values() if {"#", "?"} & set(file)]:
        notes.append(f"it takes no file with # or ? in its name: {', '.join(sorted(odd)[:3])}")
    blocks = [block(paths, said) for paths, said in headers(made, GIVES, GUESSES)]
    inside = {"_redirects": text(lines), "_headers": text([f"# {LINE}", *blocks])}
    return Export(inside, notes=notes)


def headers(made: Made, gives: Says, guesses: dict[str, str]) -> list[tuple[list[str], dict[str, str]]]:
    """Return patterns of paths with the headers that have to be said of them, from general to particular."""
    common = made.common()
    found = [([f"{made.base}/*"], {name: value for name, value in common if (name, value) not in gives})]
    for rule, says in changes(made.rules_of_urls(), common):
        said = dict(says)
        guess = guesses.get(rule.text, "") if rule.kind == "ending" else ""
        if media_type(rule.says).lower() != guess:
            said[TYPE] = media_type(rule.says)
        if said:
            found.append((patterns(made, rule), dict(sorted(said.items()))))
    return [(paths, said) for paths, said in found if said]


def patterns(made: Made, rule: Rule) -> list[str]:
    """Return the paths of a rule; ``*`` stands for anything, slashes included."""
    if rule.kind == "ending":
        return [f"{made.base}/*{quote(rule.text)}"]
    if rule.kind == "version":
        return sorted(map(made.href, (url for url in made.pages if versioned(url) == rule.text)))
    if rule.kind == "folder":
        paths = [f"{made.base}/{quote(rule.text)}"] * (f"/{rule.text}" in made.pages)
        return [*paths, f"{made.base}/*/{quote(rule.text)}"]
    if rule.kind == "name":
        found = [url for url in made.pages if basename(url) == rule.text]
        deep = [url for url in found if url != f"/{rule.text}"]
        if len(deep) > 1:
            return [
                *([f"{made.base}/{quote(rule.text)}"] if len(found) > len(deep) else []),
                f"{made.base}/*/{quote(rule.text)}",
            ]
        return sorted(map(made.href, found))
    return [made.href(rule.text)]


def block(paths: list[str], said: dict[str, str]) -> str:
    """Return the lines for some paths."""
    return "\n".join(
        line for path in paths for line in (path, *(f"  {name}: {said[name]}" for name in said if said[name]))
    )


def text(lines: list[str]) -> bytes:
    """Return lines as the bytes of a file."""
    return "".join(f"{line}\n" for line in lines).encode()
