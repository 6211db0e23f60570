"""Load YAML with its scalars as written, so that a title ``2017``, ``12:30`` or ``No`` is that text.

Merge keys are left to ``base``: the library's way lets a small header fill any memory.
https://yaml.org/spec/1.2.2/
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

import yaml

from .base import LARGEST, HeaderError, sensible

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 1000
NO_BREAKS = {0x85: " ", 0x2028: " ", 0x2029: " "}  # line ends to YAML 1.1, to nobody else
DEEP = re.compile(r"(?:[-?:][ \t]+){100}")
TABS = re.compile(r"^[ ]*+\t[ \t]*+", re.MULTILINE)
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


def load(text: str) -> dict[str, Any]:
    """Return the table that a text in YAML holds; raise ``HeaderError`` if it holds none that makes sense."""
    if DEEP.search(text) or text.count("[") + text.count("{") > DEEPEST:
        raise HeaderError("YAML: nested too deeply", 1)  # libyaml would run out of stack
    if text.count("\n") + text.count(",") > LARGEST:
        raise HeaderError(f"the header holds more than {LARGEST} values", 1)
    try:
        return sensible(yaml.load(text.translate(NO_BREAKS), AsWritten))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise HeaderError(f"YAML: {error.problem or error.context}", mark.line + 1 if mark else 1) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise HeaderError(f"YAML: {str(error).splitlines()[0]}", 1) from None


def load_with_tabs(text: str) -> dict[str, Any]:
    """Load a text whose lines may be indented with tabs, as Hexo does."""
    try:
        return load(text)
    except HeaderError:
        if "\t" not in text:
            raise
        return load(TABS.sub(lambda found: found[0].expandtabs(2), text))
