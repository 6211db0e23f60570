"""What a configuration written in Python assigns, read without running it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from copy import copy
from itertools import chain, islice
from pathlib import Path
from typing import Any

from ..facts import ALL, Understood

LONGEST = 200_000  # characters that are read, or that a value may have
MOST = 10_000  # parts of a value, however deep
DEEPEST = 50  # lists within lists
WORK = 300_000  # parts, or thousands of characters, that are looked at or put together in all
WIDE = re.compile(r"%[^%a-zA-Z]*(?:\d{4}|\*)")  # what makes much of little


class Unknown(Exception):
    """Say that a value can't be told without running the code."""


class Names(dict[str, Any]):
    """Hold what names stand for, and how much may still be done to learn of others: few lines may make a huge value."""

    left = WORK

    def weighed(self, value: Any) -> Any:
        """Return a value that is neither too large nor too deep; raises ``Unknown``."""
        self.allowed(value, 1)
        parts, signs, level = 0, 0, [value]
        for _ in range(DEEPEST):
            parts += len(level)
            signs += sum(size(one) for one in level)
            if parts > MOST or signs > LONGEST:
                break
            level = list(islice(chain.from_iterable(map(inside, level)), MOST + 1))
            if not level:
                return self.allowed(value, parts + signs // 1000)
        self.left -= parts
        raise Unknown

    def allowed(self, value: Any, work: int) -> Any:
        """Return a value for which some work is done; raises ``Unknown`` if that is too much."""
        self.left -= work
        if self.left < 0:
            raise Unknown
        return value


def size(value: Any) -> int:
    """Return how many characters a value has by itself; too many for a number that nobody writes."""
    if isinstance(value, (str, bytes)):
        return len(value)
    return LONGEST + 1 if isinstance(value, int) and value.bit_length() > 64 else 0


def inside(value: Any) -> Iterable[Any]:
    """Return what a value holds, as much as tells that it is too much."""
    if isinstance(value, (list, tuple)):
        return value[: MOST + 1]
    return [*islice(value, MOST + 1), *islice(value.values(), MOST + 1)] if isinstance(value, dict) else ()


def assigned(file: Path, known: dict[str, Any] | None = None) -> tuple[dict[str, Any], list[Understood]]:
    """Return by name what a file assigns at its top level, the last value of each, and what can't be told.

    ``known`` are names that it may use. A file that isn't there, or is no Python, assigns nothing.
    """
    names = Names(known or {})
    try:
        tree = ast.parse(file.read_text(encoding="utf-8-sig", errors="replace")[:LONGEST])
    except FileNotFoundError:
        return names, []
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return names, [Understood(file.name, ALL, str(error))]
    lost: dict[str, Understood] = {}
    for node in tree.body:
        try:
            take(node, names)
        except (Unknown, RecursionError, TypeError, ValueError, KeyError, IndexError, MemoryError):
            lost |= {name: Understood(file.name, name, "", "") for name in targets(node)}
    return names, list(lost.values())


def take(node: ast.stmt, names: Names) -> None:
    """Note what a statement assigns."""
    if isinstance(node, ast.Assign):
        value = names.weighed(told(node.value, names))
        for target in node.targets:
            if isinstance(target, ast.Name):
                names[target.id] = value
            elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
                table = copy(names.get(target.value.id, {}))  # a table that held itself would have no end
                table[told(target.slice, names)] = value
                names[target.value.id] = names.weighed(table)
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
        names[node.target.id] = names.weighed(told(node.value, names))
    elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name) and isinstance(node.op, ast.Add):
        names[node.target.id] = names.weighed(added(names[node.target.id], told(node.value, names), names))


def targets(node: ast.stmt) -> list[str]:
    """Return the names in capitals that a statement assigns: those are settings."""
    one = [node.target] if isinstance(node, (ast.AnnAssign, ast.AugAssign)) else []
    found = node.targets if isinstance(node, ast.Assign) else one
    return [target.id for target in found if isinstance(target, ast.Name) and target.id.isupper()]


def added(left: Any, right: Any, names: Names) -> Any:
    """Return the sum of two values, or one after the other; raises ``Unknown``."""
    sizes = [len(one) if isinstance(one, (str, bytes, list, tuple)) else 0 for one in (left, right)]
    is_text = isinstance(left, (str, bytes))
    if sum(sizes) > (LONGEST if is_text else MOST):
        raise Unknown
    return names.allowed(left, sum(sizes) // (1000 if is_text else 1)) + right


def filled(pattern: str, given: Any, names: Names) -> str:
    """Return a text with values put in its places; raises ``Unknown``."""
    signs = len(repr(names.weighed(given)))
    if WIDE.search(pattern) or pattern.count("%") * signs > LONGEST:
        raise Unknown
    return str(names.allowed(pattern, pattern.count("%") * signs // 1000) % given)


def joined(parts: Iterable[Any], names: Names, between: str = "") -> str:
    """Return the texts of values one after the other; raises ``Unknown``."""
    found, size = [], 0
    for part in parts:
        found.append(str(names.weighed(part)))
        size += len(found[-1])
        if size > LONGEST:
            raise Unknown
    return between.join(filter(None, found))


def told(node: ast.expr, names: Names) -> Any:
    """Return the value of an expression that holds nothing to be run; raises ``Unknown``."""
    match node:
        case ast.Constant():
            return node.value
        case ast.Name():
            if node.id in names:
                return names[node.id]
        case ast.Tuple() | ast.List():
            values = [told(part, names) for part in node.elts]
            return tuple(values) if isinstance(node, ast.Tuple) else values
        case ast.Set():
            return [told(part, names) for part in node.elts]
        case ast.Dict():
            pairs = zip(node.keys, node.values, strict=True)
            return {told(key, names): told(value, names) for key, value in pairs if key is not None}
        case ast.BinOp(op=ast.Add()):
            return added(told(node.left, names), told(node.right, names), names)
        case ast.BinOp(op=ast.Mod()):
            left = told(node.left, names)
            if isinstance(left, str):
                return filled(left, told(node.right, names), names)
        case ast.UnaryOp(op=ast.USub()):
            return -told(node.operand, names)
        case ast.UnaryOp(op=ast.Not()):
            return not told(node.operand, names)
        case ast.JoinedStr():
            return joined((told(part, names) for part in node.values), names)
        case ast.FormattedValue(format_spec=None):
            return told(node.value, names)
        case ast.Subscript():
            return told(node.value, names)[told(node.slice, names)]
        case ast.Call():
            return called(node, names)
    raise Unknown


def called(node: ast.Call, names: Names) -> Any:
    """Return what a call gives that only puts paths, texts or tables together."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    given = [told(part, names) for part in node.args]
    if name == "join" and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Attribute):
        return joined(given, names, "/")  # os.path.join
    if name == "dirname" and given:
        return str(names.weighed(given[0])).rpartition("/")[0]
    if name in ("abspath", "realpath", "normpath") and given:
        return given[0]
    if name == "dict" and not given:
        return {keyword.arg: told(keyword.value, names) for keyword in node.keywords if keyword.arg}
    if name in ("gettext", "_") and given:
        return given[0]
    if name in ("getenv", "get") and len(given) == 2:  # what it is where nothing else is said
        return given[1]
    raise Unknown
