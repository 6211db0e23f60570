"""The folders of a Hugo site: those of content, those of files that are served as they are, and sections.

https://gohugo.io/configuration/module/#mounts
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from ... import values
from ...facts import Folder
from ..config import Table, table
from .configuration import listed

ALSO = (".org", ".adoc", ".asciidoc", ".ad", ".pandoc", ".pdc")  # texts besides those that are such anywhere
SECTIONS = frozenset("article articles blog blogs diary entries journal log news note notes post posts weblog".split())
LITERAL = re.compile(r"(?:[\w /-]|\\[.\\/_ -])+\Z")


def folders_of(root: Path, said: Table, languages: Mapping[str, Table], default: str) -> Iterator[Folder]:
    """Yield the folders of content, and those of files that are served as they are."""
    mounts = list(mounts_of(said))
    if not any(folder.texts for folder in mounts):
        yield from contents_of(root, said, languages, default)
    yield from mounts
    if all(folder.texts for folder in mounts):
        found = [one for about in (said, *languages.values()) for one in listed(about, "staticdir")]
        for path in dict.fromkeys(one.strip("./") for one in found or ["static"]):
            if (root / path).is_dir() and path:
                yield Folder(path, texts=False)


def contents_of(root: Path, said: Table, languages: Mapping[str, Table], default: str) -> Iterator[Folder]:
    """Yield the folders of content: one, or one for each language."""
    usual = values.text(said.get("contentdir")).strip("./") or "content"
    owners: dict[str, list[str]] = {}
    for name, about in languages.items():
        path = values.text(about.get("contentdir")).strip("./") or usual
        owners.setdefault(path, []).append(name)
    for path, names in owners.items():
        alone = len(owners) > 1 and len(names) == 1 and names != [default]
        if (root / path).is_dir():
            yield Folder(path, language=names[0] if alone else "", also=ALSO)


def mounts_of(said: Table) -> Iterator[Folder]:
    """Yield the folders that are mounted as content or static files."""
    mounts = table(said, "module").get("mounts")
    for mount in mounts if isinstance(mounts, list) else ():
        target = values.text(mount.get("target")).strip("/") if isinstance(mount, dict) else ""
        source = values.text(mount.get("source")).strip("/").removeprefix("./") if target else ""
        kind, _, below = target.partition("/")
        if kind not in ("content", "static") or not source or source.startswith(".."):
            continue
        matrix = table(table(mount, "sites"), "matrix")
        language = values.text(mount.get("lang")) or "".join(listed(matrix, "languages")[:1])
        before, texts = f"{below}/" if below else "", kind == "content"
        yield Folder(source, before, language=language.lower(), texts=texts, also=ALSO if texts else ())


def sections_of(root: Path, said: Table) -> tuple[str, ...]:
    """Return the sections whose dated pages are posts; none where all are."""
    named = listed(table(said, "params"), "mainsections") or listed(said, "mainsections")
    if named:
        return tuple(name.lower() for name in named)
    usual = root / (values.text(said.get("contentdir")) or "content")
    found = {name.lower() for folder in (usual, *usual.glob("*")) for name in folders_in(folder)}
    return tuple(sorted(found & SECTIONS))


def folders_in(folder: Path) -> list[str]:
    """Return the names of the folders in a folder."""
    with suppress(OSError), os.scandir(folder) as entries:
        return sorted(entry.name for entry in entries if entry.is_dir())
    return []


def names_in(folder: Path) -> list[str]:
    """Return the names of what is in a folder."""
    with suppress(OSError):
        return sorted(os.listdir(folder))
    return []


def globbed(pattern: str) -> str:
    """Return a regular expression that names an ending, or a part, as a pattern of paths; nothing for others."""
    literal = pattern.removesuffix("$").removeprefix("^")
    if not LITERAL.match(literal):
        return ""
    said = re.sub(r"\\(.)", r"\1", literal)
    return ("" if pattern.startswith("^") else "*") + said + ("" if pattern.endswith("$") else "*")
