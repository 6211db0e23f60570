"""What is wrong with files, as far as the index knows: broken ones, and addresses that belong to others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import urls
from .documents import Problem
from .facts import ALL, Facts
from .index import Ask

LINE = re.compile(r"\bline (\d+)")
WHERE = re.compile(r"\s*\((?:<unknown>, |at )?line \d+(?:, column \d+)?\)|:? (?:at )?line \d+(?: column .*)?$")


def of_configuration(facts: Facts) -> Iterator[Problem]:
    """Yield the files of an engine's configuration that can't be read: nothing that they say holds."""
    for one in facts.understood:
        if one.key == ALL and not one.meaning:
            found = LINE.search(one.value)
            said = WHERE.sub("", one.value)
            yield Problem(
                one.file, int(found[1]) if found else 0, f"nothing of this is taken, it can't be read: {said}"
            )


def found(rows_of: Ask) -> list[Problem]:
    """Return all problems by path and line."""
    told = [*of_files(rows_of), *between_files(rows_of)]
    return sorted(told, key=lambda problem: (problem.path, problem.line, problem.message))


def of_files(rows_of: Ask) -> Iterator[Problem]:
    """Yield what is wrong with files by themselves."""
    for path, line, message, fatal in rows_of("SELECT path, line, message, fatal FROM problems"):
        yield Problem(path, line, message, bool(fatal))


def between_files(rows_of: Ask) -> Iterator[Problem]:
    """Yield what is wrong with files beside each other."""
    yield from lost_addresses(rows_of)
    yield from near_addresses(rows_of)
    yield from lost_aliases(rows_of)
    yield from differing_in_case(rows_of)


def lost_addresses(rows_of: Ask) -> Iterator[Problem]:
    """Yield the documents and assets whose address belongs to another one, which comes first by path."""
    rows = rows_of(
        "SELECT later.path, later.url, min(first.path) FROM documents AS later JOIN documents AS first"
        " ON first.url = later.url AND first.path < later.path AND first.draft <= later.draft GROUP BY later.path"
        " UNION SELECT files.path, files.url, documents.path FROM files JOIN documents ON documents.url = files.url"
        " UNION SELECT later.path, later.url, min(first.path) FROM files AS later JOIN files AS first"
        " ON first.url = later.url AND first.path < later.path WHERE later.url != '' GROUP BY later.path"
    )
    for path, url, owner in rows:
        yield Problem(path, 0, f"the address {url} belongs to {owner}", True)


def near_addresses(rows_of: Ask) -> Iterator[Problem]:
    """Yield what is so near to another's address that hosts of plain files can't tell them apart."""
    documents = rows_of("SELECT path, url FROM documents ORDER BY draft, path")
    if not any(urls.bare(url) for _, url in documents):
        return
    owners: dict[str, tuple[str, str]] = {}
    for path, url in documents:
        places = urls.places(url)
        taken = [owners[place] for place in places if place in owners]
        if not taken:
            owners |= dict.fromkeys(places, (path, url))
        elif taken[0][1] != url:
            yield Problem(path, 0, f"the address {url} belongs to {taken[0][0]}, as {taken[0][1]}", True)
    for path, url in rows_of("SELECT path, url FROM files WHERE url LIKE '%.html'"):
        owner, other = owners.get(url[1:], ("", url))
        if other != url:
            yield Problem(path, 0, f"the file {url} can't be frozen: it belongs to {owner}, as {other}")


def differing_in_case(rows_of: Ask) -> Iterator[Problem]:
    """Yield what is one file with another where capitals don't count, as on most disks of macOS and Windows."""
    owners: dict[str, tuple[str, str]] = {}
    rows = rows_of("SELECT path, url FROM documents UNION SELECT path, url FROM files WHERE url != '' ORDER BY path")
    for path, url in rows:
        owner, other = owners.setdefault(url.casefold(), (path, url))
        if other != url:
            yield Problem(path, 0, f"on disks that don't tell small letters from capitals, {url} is {other} of {owner}")


def lost_aliases(rows_of: Ask) -> Iterator[Problem]:
    """Yield the aliases that can't lead to their document."""
    rows = rows_of(
        "SELECT aliases.path, aliases.url, taken.path FROM aliases JOIN documents AS taken"
        " ON taken.url IN (aliases.url, aliases.url || '/') WHERE taken.path != aliases.path"
        " UNION SELECT later.path, later.url, first.path FROM aliases AS later JOIN aliases AS first"
        " ON first.url = later.url AND first.path < later.path"
    )
    for path, url, taken in rows:
        yield Problem(path, 0, f"the alias {url or '/'} belongs to {taken}")
