"""What the tags of other engines have in common: a name, what is given to it, and often an inside and an end.

Each engine's module says how its tags are written, and what is drawn in their place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

LONGEST = 10_000  # signs of a tag that are looked at
DEEPEST = 30  # tags in tags
ARGUMENT = re.compile(
    r"(?:(?P<key>[A-Za-z_][\w.:-]*)\s*=\s*)?"
    r"(?:\"(?P<double>(?:[^\"\\]|\\.)*+)\"|'(?P<single>(?:[^'\\]|\\.)*+)'|`(?P<raw>[^`]*+)`|(?P<bare>[^\s\"'`=]+))",
    re.DOTALL,
)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Tag(NamedTuple):
    """Hold a tag as it stands in a text. ``kind`` is ``open``, ``close``, ``alone`` or ``text``, which it then is."""

    start: int
    end: int
    kind: str
    name: str = ""
    said: str = ""  # all that is given to it, as written
    text: str = ""

    @property
    def given(self) -> dict[str, str]:
        """Return what is given to it by name, or by place: ``"0"``, ``"1"``."""
        return arguments(self.said)


Draw = Callable[[Tag, str | None], str]


def arguments(said: str) -> dict[str, str]:
    """Return what is given to a tag by name, or by place."""
    found: dict[str, str] = {}
    place = 0
    for one in ARGUMENT.finditer(said[:LONGEST]):
        value = next(value for value in one.group("double", "single", "raw", "bare") if value is not None)
        if one["double"] or one["single"]:
            value = ESCAPED.sub(r"\1", value)
        if one["key"]:
            found.setdefault(one["key"].lower(), value.rstrip(",") if one["bare"] else value)
        else:
            found[str(place)] = value.rstrip(",") if one["bare"] else value
            place += 1
    return found


def pairs(tags: list[Tag]) -> dict[int, int]:
    """Return the place of the end of each tag that has one; those that stand across each other have none."""
    found: dict[int, int] = {}
    opened: list[int] = []
    named: defaultdict[str, int] = defaultdict(int)
    for place, tag in enumerate(tags):
        if tag.kind == "open":
            opened.append(place)
            named[tag.name] += 1
        elif tag.kind == "close" and named[tag.name]:
            while tags[last := opened.pop()].name != tag.name:
                named[tags[last].name] -= 1
            named[tag.name] -= 1
            found[last] = place
    return found


def replaced(text: str, tags: Iterable[Tag], draw: Draw) -> str:
    """Return a text with what is drawn in place of its tags; ``draw`` gets the inside of those that have an end."""
    tags = list(tags)
    ends = pairs(tags)
    frames: list[list[str]] = [[]]
    waiting: list[tuple[int, Tag]] = []  # the end of each tag that is open, and the tag
    at = 0
    for place, tag in enumerate(tags):
        frames[-1].append(text[at : tag.start])
        at = tag.end
        if waiting and waiting[-1][0] == place:
            inner = "".join(frames.pop())
            frames[-1].append(draw(waiting.pop()[1], inner))
        elif tag.kind == "text":
            frames[-1].append(tag.text)
        elif place in ends and len(waiting) < DEEPEST:
            waiting.append((ends[place], tag))
            frames.append([])
        else:
            frames[-1].append(draw(tag, None))
    frames[-1].append(text[at:])
    return "".join("".join(frame) for frame in frames)


def wrapped(begin: str, inner: str, end: str) -> str:
    """Return Markdown between two pieces, each on a line of its own, as far in as what it ends with was."""
    last = inner.rpartition("\n")[2]
    indent = last if not last.strip() else ""
    return f"{begin}\n\n{inner.strip(chr(10)).rstrip()}\n\n{indent}{end}"
