"""YAML between ``---`` and ``---`` or ``...`` (Jekyll, Hugo, pandoc, Obsidian).

Scalars stay as written, so that a title ``2017``, ``12:30`` or ``No`` is that text. Merge keys are left
to ``base``: the library's way lets a small header fill any memory.
https://yaml.org/spec/1.2.2/
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

import yaml

from .base import Dialect, HeaderError, sensible

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 1000
NO_BREAKS = {0x85: " ", 0x2028: " ", 0x2029: " "}  # line ends to YAML 1.1, to nobody else
DEEP = re.compile(r"(?:[-?:][ \t]+){100}")
NULL = "tag:yaml.org,2002:null"


class AsWritten(Loader):  # type: ignore[misc]
    """Load every plain scalar but an empty one as text."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {
        "~": [(NULL, re.compile("~$"))],
        "": [(NULL, re.compile("$"))],
        "n": [(NULL, re.compile("null$"))],
        "N": [(NULL, re.compile("(?:Null|NULL)$"))],
    }


def construct_any(loader: Any, _suffix: str, node: yaml.Node) -> Any:
    """Read a value with a tag that nobody knows as if it had none."""
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node)


AsWritten.add_multi_constructor("", construct_any)
for _tag in ("int", "float", "bool", "timestamp", "binary"):
    AsWritten.add_constructor(f"tag:yaml.org,2002:{_tag}", lambda loader, node: node.value)


AsWritten.add_constructor("tag:yaml.org,2002:set", lambda loader, node: list(loader.construct_mapping(node)))


class YAML(Dialect):
    """Read a YAML header; a first ``---`` with prose under it is a rule, not a header."""

    name = "yaml"
    opening = re.compile(
        r"---[ \t]*\n(?:[ \t]*(?:#.*)?\n)*(?:[^\s:#>*-][^\n:]*:(?:\s|\Z)|\{|---[ \t]*(?:\n|\Z)|\.\.\.[ \t]*(?:\n|\Z))"
    )
    fenced = re.compile(r"---[ \t]*\n(.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)

    def load(self, fm: str, **_kwargs: object) -> dict[str, Any]:
        """Return the keys and values of a header's inside."""
        if DEEP.search(fm) or fm.count("[") + fm.count("{") > DEEPEST:
            raise HeaderError("YAML: nested too deeply", 1)  # libyaml would run out of stack
        try:
            return sensible(yaml.load(fm.translate(NO_BREAKS), AsWritten))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            said = f"{error.problem or error.context}"
            raise HeaderError(f"YAML: {said}", mark.line + 2 if mark else 1) from None
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise HeaderError(f"YAML: {str(error).splitlines()[0]}", 1) from None
