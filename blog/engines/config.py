"""Read the configuration of other engines: what can't be read says nothing, and that is told."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from .. import values
from ..facts import ALL, Folder, Understood
from ..headers.base import HeaderError
from ..headers.loader import load

BRACES = re.compile(r"\{([^{}]*)\}")

Table = Mapping[str, Any]


def text_of(file: Path) -> str:
    """Return the text of a file, ``""`` if there is none."""
    try:
        return file.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ""


def seen(root: Path, names: Iterable[str], pattern: re.Pattern[str]) -> tuple[str, str, dict[str, str]]:
    """Return name and text of the first of some files that is there, and the keys and values that are seen in it.

    Of a key that stands there often the first counts.
    """
    file = next((name for name in names if (root / name).is_file()), "")
    text = text_of(root / file) if file else ""
    said: dict[str, str] = {}
    for key, value in pattern.findall(text):
        said.setdefault(key, value)
    return file, text, said


def served(root: Path, name: str, prefix: str = "") -> list[Folder]:
    """Return a folder whose files are served as they are, nothing where it isn't there."""
    return [Folder(name, prefix, texts=False)] if (root / name).is_dir() else []


def table_of(root: Path, *names: str) -> tuple[str, Mapping[str, Any], list[Understood]]:
    """Return the name and the table of the first of some files that is there, in YAML or TOML by its ending."""
    for name in names:
        if not (root / name).is_file():
            continue
        text = text_of(root / name)
        try:
            return name, tomllib.loads(text) if name.endswith(".toml") else load(text), []
        except HeaderError as error:
            return name, {}, [Understood(name, ALL, f"{error} at line {error.line}")]
        except tomllib.TOMLDecodeError as error:
            return name, {}, [Understood(name, ALL, str(error))]
    return "", {}, []


def table(said: Any, key: str) -> Table:
    """Return the table under a key, an empty one if it is none."""
    found = said.get(key) if isinstance(said, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def understood(
    file: str, config: Table, taken: Mapping[str, str], ruled: Mapping[str, str], unmet: Collection[str] = ()
) -> Iterator[Understood]:
    """Yield what was taken of a configuration, for a setting or a rule, and what matters but can't be honoured."""
    for key, value in config.items():
        shown = values.text(value) or ("..." if value else "")
        meaning = f"the setting {taken[key]}" if key in taken else ruled.get(key, "")
        if (meaning and shown) or key in unmet:
            yield Understood(file, key, shown, meaning)


def told(said: Table, files: Mapping[str, str], taken: Mapping[str, str]) -> Iterator[Understood]:
    """Yield all that a configuration says, with the file where it stands and what it was taken for."""
    for key, value in said.items():
        shown = values.text(value) or (values.plural(len(value), "value") if isinstance(value, (list, dict)) else "")
        if value not in ({}, [], "", None):
            yield Understood(files.get(key, ""), key, shown, taken.get(key, ""))


def spelt(pattern: str) -> list[str]:
    """Return the patterns that one with ``{md,txt}`` stands for; of very many only the first."""
    found: list[str] = []
    left = [pattern]
    while left and len(found) < 100:
        one = left.pop(0)
        braces = BRACES.search(one) if len(left) < 100 else None
        if braces:
            before, after = one[: braces.start()], one[braces.end() :]
            left = [*(f"{before}{part}{after}" for part in braces[1].split(",")), *left]
        else:
            found.append(one)
    return list(dict.fromkeys(found))


def reach(pattern: str, path: str) -> set[int]:
    """Return how many names of a path, from the first on, a pattern may take; ``**`` takes any number of them."""
    names, places = path.split("/"), {0}
    for part in pattern.split("/"):
        if part == "**":
            places = set(range(min(places, default=len(names) + 1), len(names) + 1))
        else:
            places = {at + 1 for at in places if at < len(names) and fnmatchcase(names[at], part)}
    return places


def globbed(pattern: str, path: str) -> bool:
    """Tell whether a pattern, of which parts in braces are alternatives, names a path."""
    return any(len(path.split("/")) in reach(one, path) for one in spelt(pattern))


def ignored(lines: str, path: str) -> bool:
    """Tell whether a path is one of those that lines as in ``.gitignore`` name; the last that fits counts.

    https://git-scm.com/docs/gitignore#_pattern_format
    """
    found, whole = False, len(path.split("/"))
    for line in map(str.rstrip, lines.splitlines()):
        name = line.removeprefix("!")
        if not name.strip("/") or line.startswith("#"):
            continue
        pattern = name.strip("/") if "/" in name[:-1] else f"**/{name.strip('/')}"
        if reach(pattern, path) - ({whole} if name.endswith("/") else set()):
            found = not line.startswith("!")
    return found
