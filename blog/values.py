"""The one place where what an author wrote in a header becomes text, a list, a flag or a number.

Header dialects hand scalars over as written wherever they can (``title: 2017`` is the text ``2017``),
so these functions see strings, or what TOML and JSON type themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

YES = {"true", "yes", "on", "y", "1"}
NO = {"false", "no", "off", "n", "0", ""}
MOST = 10_000  # parts of a list
SHOWN = 80  # characters of a value in a message
BRACKETS = re.compile(r"\[[^\[\]]*\]")
QUOTED = re.compile(r""" ?(?:"([^"]*+)"|'([^']*+)'|([^,"'][^,]*+))""")


def text(value: Any) -> str:
    """Return one line of text, white space collapsed; ``""`` for nothing, a list or a table."""
    if isinstance(value, str):
        return " ".join(value.split())
    if value is None or isinstance(value, (list, tuple, dict)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return " ".join(str(value).split())


def short(value: Any) -> str:
    """Return the beginning of a line of text, as much as a message needs to show."""
    said = text(value)
    return said if len(said) <= SHOWN else f"{said[:SHOWN]}…"


def listed(value: Any, split: str = ",") -> tuple[str, ...]:
    """Return a list of texts without doubles, the first spelling of each: from a list, however deep, or from a text.

    ``split`` says what a text means in its dialect: with ``","`` it is split at semicolons if it has any, else at
    commas; with ``" "`` at spaces; with ``", "`` at both; with ``""`` it is one. Of a table the keys are the list.
    """
    if value is None:
        return ()
    found: dict[str, str] = {}
    for part in filter(None, parts_of(value, split)):
        found.setdefault(part.casefold(), part)
    return tuple(found.values())


def parts_of(value: Any, split: str) -> Iterator[str]:
    """Yield the texts of a value."""
    if isinstance(value, dict):
        yield from map(text, value)
    elif isinstance(value, str):
        written = text(value)
        yield from map(text, bracketed(written) if BRACKETS.fullmatch(written) else divided(written, split))
    elif isinstance(value, (list, tuple)):
        for part in flat(value):
            # In YAML a tag such as "C: the language" is a table.
            said = ", ".join(f"{key}: {text(of)}" for key, of in part.items()) if isinstance(part, dict) else part
            yield text(said)
    else:
        yield text(value)


def flat(value: Iterable[Any]) -> Iterator[Any]:
    """Yield what lists within lists hold, in order; a list may hold itself, so there is an end to it."""
    rest = [iter(value)]
    for _ in range(MOST):
        part = next(rest[-1], rest)
        if part is rest:
            rest.pop()
        elif isinstance(part, (list, tuple)):
            rest.append(iter(part))
        else:
            yield part
        if not rest:
            return


def divided(written: str, split: str) -> list[str]:
    """Split a text as its dialect does; a comma may be a wide one."""
    if not split:
        return [written]
    if split == ",":
        return re.split("[;；]" if ";" in written or "；" in written else "[,，、]", written)
    return written.split() if split == " " else re.split(r"[,，、\s]", written)


def bracketed(written: str) -> list[str]:
    """Return the parts of ``['a', "b, c"]``, which some write where no list is read."""
    return ["".join(found) for found in QUOTED.findall(written[1:-1])]


def paths(value: Any) -> tuple[tuple[str, ...], ...]:
    """Return nested categories as Hexo has them: a flat list is one path, a list of lists holds one in each.

    https://hexo.io/docs/front-matter#Categories-Tags
    """
    if isinstance(value, (list, tuple)) and any(isinstance(part, (list, tuple)) for part in value):
        found = [listed(part, "") for part in value]
    else:
        found = [listed(value, "")]
    return tuple(dict.fromkeys(filter(None, found)))


def unhashed(tags: Iterable[str]) -> tuple[str, ...]:
    """Return tags without the sign that some dialects write before them."""
    return listed([tag.lstrip("#＃") for tag in tags])


def flag(value: Any) -> bool | None:
    """Return the truth of a switch, ``None`` if it is neither a yes nor a no."""
    word = text(value).lower()
    return True if word in YES else False if word in NO else None


def number(value: Any) -> int:
    """Return a whole number, 0 if it is none."""
    try:
        return int(float(text(value)))
    except (ValueError, OverflowError):
        return 0


def plural(count: int, what: str) -> str:
    """Return a count with its noun."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"
