"""The configuration of a Hugo site, put together from all its files.

https://gohugo.io/configuration/introduction/
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ... import values
from ...facts import ALL, Understood
from ...headers.base import HeaderError
from ...headers.loader import load
from ..config import Table

NAMES = ("hugo", "config")
ENDINGS = ("toml", "yaml", "yml", "json")


def configuration(root: Path) -> tuple[Table, Table, list[Understood]]:
    """Return the configuration, from which file each key is, and what can't be read; keys are in lower case."""
    said: dict[str, Any] = {}
    files: dict[str, str] = {}
    broken: list[Understood] = []
    for file in config_files(root):
        name = file.relative_to(root).as_posix()
        try:
            found = placed(file, lowered(parsed(file)), file.parent == root)
        except (OSError, ValueError, RecursionError, HeaderError) as error:
            line = f" at line {error.line}" if isinstance(error, HeaderError) else ""
            broken.append(Understood(name, ALL, " ".join(str(error).split()) + line))
            continue
        merge(said, found)
        files |= dict.fromkeys(found, name)
    return said, files, broken


def config_files(root: Path) -> Iterator[Path]:
    """Yield the files of the configuration; the later ones say more."""
    main = (root / f"{name}.{ending}" for name in NAMES for ending in ENDINGS)
    yield from [file for file in main if file.is_file()][:1]
    for folder in (root / "config" / "_default", root / "config" / "production"):
        found = (file for ending in ENDINGS for file in folder.rglob(f"*.{ending}"))
        yield from sorted(file for file in found if file.is_file())


def parsed(file: Path) -> Table:
    """Read a file of the configuration; raises ``OSError``, ``ValueError`` or ``HeaderError``."""
    text = file.read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n")
    if file.suffix == ".toml":
        return tomllib.loads(text)
    found = json.loads(text) if file.suffix == ".json" else load(text)
    return found if isinstance(found, dict) else {}


def placed(file: Path, found: dict[str, Any], is_main: bool) -> dict[str, Any]:
    """Return what a file says below the key that its name is: ``params.toml``, ``menus.fr.toml``."""
    name, _, language = file.stem.lower().partition(".")
    if is_main or name in NAMES:
        return {"languages": {language: found}} if language else found
    said = found[name] if list(found) == [name] and isinstance(found[name], dict) else found
    return {"languages": {language: {name: said}}} if language else {name: said}


def lowered(value: Any) -> Any:
    """Return a value with all keys of its tables in lower case."""
    if isinstance(value, dict):
        return {str(key).lower(): lowered(inner) for key, inner in value.items()}
    return [lowered(one) for one in value] if isinstance(value, list) else value


def merge(into: dict[str, Any], other: Table) -> None:
    """Put a table into another, the tables within them likewise."""
    for key, value in other.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            merge(into[key], value)
        else:
            into[key] = value


def listed(said: Table, key: str) -> tuple[str, ...]:
    """Return the texts of a list, or the one that is given in its place."""
    given = said.get(key)
    return values.listed(given) if isinstance(given, list) else tuple(filter(None, [values.text(given)]))
