"""What a configuration written in Python assigns, read without running it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

from ..facts import ALL, Understood

LONGEST = 200_000  # characters that are read


class Unknown(Exception):
    """Say that a value can't be told without running the code."""


def assigned(file: Path, known: dict[str, Any] | None = None) -> tuple[dict[str, Any], list[Understood]]:
    """Return by name what a file assigns at its top level, the last value of each, and what can't be told.

    ``known`` are names that it may use. A file that isn't there, or is no Python, assigns nothing.
    """
    names = dict(known or {})
    try:
        tree = ast.parse(file.read_text(encoding="utf-8-sig", errors="replace")[:LONGEST])
    except FileNotFoundError:
        return names, []
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return names, [Understood(file.name, ALL, str(error))]
    lost = []
    for node in tree.body:
        try:
            take(node, names)
        except (Unknown, RecursionError, TypeError, ValueError, KeyError, IndexError, MemoryError):
            lost += [Understood(file.name, name, "", "") for name in targets(node)]
    return names, lost


def take(node: ast.stmt, names: dict[str, Any]) -> None:
    """Note what a statement assigns."""
    if isinstance(node, ast.Assign):
        value = told(node.value, names)
        for target in node.targets:
            if isinstance(target, ast.Name):
                names[target.id] = value
            elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
                names.setdefault(target.value.id, {})[told(target.slice, names)] = value
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
        names[node.target.id] = told(node.value, names)
    elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name) and isinstance(node.op, ast.Add):
        names[node.target.id] = names[node.target.id] + told(node.value, names)


def targets(node: ast.stmt) -> list[str]:
    """Return the names in capitals that a statement assigns: those are settings."""
    found = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [target.id for target in found if isinstance(target, ast.Name) and target.id.isupper()]


def told(node: ast.expr, names: dict[str, Any]) -> Any:
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
            return told(node.left, names) + told(node.right, names)
        case ast.BinOp(op=ast.Mod()):
            left = told(node.left, names)
            if isinstance(left, str):
                return left % told(node.right, names)
        case ast.UnaryOp(op=ast.USub()):
            return -told(node.operand, names)
        case ast.UnaryOp(op=ast.Not()):
            return not told(node.operand, names)
        case ast.JoinedStr():
            return "".join(str(told(part, names)) for part in node.values)
        case ast.FormattedValue(format_spec=None):
            return told(node.value, names)
        case ast.Subscript():
            return told(node.value, names)[told(node.slice, names)]
        case ast.Call():
            return called(node, names)
    raise Unknown


def called(node: ast.Call, names: dict[str, Any]) -> Any:
    """Return what a call gives that only puts paths, texts or tables together."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    given = [told(part, names) for part in node.args]
    if name == "join" and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Attribute):
        return "/".join(filter(None, map(str, given)))  # os.path.join
    if name == "dirname" and given:
        return str(given[0]).rpartition("/")[0]
    if name in ("abspath", "realpath", "normpath") and given:
        return given[0]
    if name == "dict" and not given:
        return {keyword.arg: told(keyword.value, names) for keyword in node.keywords if keyword.arg}
    if name in ("gettext", "_") and given:
        return given[0]
    if name in ("getenv", "get") and len(given) == 2:  # what it is where nothing else is said
        return given[1]
    raise Unknown
