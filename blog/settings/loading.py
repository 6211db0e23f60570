"""Read the settings of a site, from its file and the environment, and refuse those that are wrong."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import SettingsError
from .table import TABLE, Settings

ENVIRONMENT_PREFIX = "BLOG_"
NOT_SETTINGS = {"BLOG_SITE"}  # read by the command line, see cli.py
CONTENT = ("posts", "pages", "content", "static", "templates")


def load(root: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings of the site in ``root``; raise ``SettingsError`` naming file, line and key."""
    environment = os.environ if environment is None else environment
    if not root.is_dir():
        raise SettingsError("there is no such folder", str(root))
    values = from_file(root / "pyproject.toml")
    values |= from_environment(environment)
    settings = Settings(root=Path(os.path.abspath(root)), given=frozenset(values), **values)
    for key in ("cache", "build"):
        check_place(settings, key, environment)
    return settings


def unfit(place: Path, root: Path) -> str:
    """Return why a folder can't be one for what is made from the site in ``root``, ``""`` if it can."""
    place, root = place.resolve(), root.resolve()
    if place == root or place in root.parents:
        return "can't hold the site itself"
    return next((f"can't lie in {name}/" for name in CONTENT if root / name in (place, *place.parents)), "")


def check_place(settings: Settings, key: str, environment: Mapping[str, str]) -> None:
    """Refuse a folder for what is made that holds the site, or lies where its content is read from."""
    place, root = settings.path(getattr(settings, key)), settings.root
    other = settings.path(settings.cache if key == "build" else settings.build)
    reason = unfit(place, root)
    if not reason and key == "build" and (place == other or other in place.parents or place in other.parents):
        reason = "and cache can't lie in each other"
    if not reason:
        return
    name = f"{ENVIRONMENT_PREFIX}{key.upper()}"
    if name in environment:
        raise SettingsError(f"{name} {reason}", "environment")
    file = root / "pyproject.toml"
    source = file.read_text(encoding="utf-8-sig") if file.is_file() else ""
    raise SettingsError(f"{key} {reason}", file.name, line_of(source, key))


def from_file(path: Path) -> dict[str, Any]:
    """Return the checked values of ``[tool.blog]``; nothing where the file or table is missing."""
    try:
        source = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"can't be read: {error}", path.name) from None
    try:
        tables = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise SettingsError(str(error), path.name, int(found[1]) if found else 0) from None
    tool = tables.get("tool", {})
    given = tool.get("blog", {}) if isinstance(tool, dict) else tool
    if not isinstance(given, dict):
        raise SettingsError("[tool.blog] must be a table", path.name, line_of(source, "blog", "tool"))
    return {key: checked(key, given[key], path.name, line_of(source, key)) for key in given}


def from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return the checked values of ``BLOG_*``; lists are written as in TOML."""
    values = {}
    for name in sorted(environment):
        if not name.startswith(ENVIRONMENT_PREFIX) or name in NOT_SETTINGS:
            continue
        key, given = name.removeprefix(ENVIRONMENT_PREFIX).lower(), environment[name]
        is_list = key in TABLE and isinstance(TABLE[key].default, tuple)
        values[key] = checked(key, as_toml(given) if is_list else given, "environment", 0, name)
    return values


def as_toml(given: str) -> Any:
    """Read one TOML value; the text itself where it is none."""
    try:
        return tomllib.loads(f"value = {given}")["value"]
    except tomllib.TOMLDecodeError:
        return given


def checked(key: str, given: Any, path: str, line: int, name: str = "") -> Any:
    """Return a value as its row of the table wants it."""
    name = name or key
    if key not in TABLE:
        near = difflib.get_close_matches(key.lower(), TABLE, 1)
        hint = (
            f"did you mean {near[0] if name == key else ENVIRONMENT_PREFIX + near[0].upper()}?"
            if near
            else f"there are {', '.join(TABLE)}"
        )
        raise SettingsError(f"{name} is not a setting; {hint}", path, line)
    try:
        return TABLE[key].metadata["check"](given)
    except ValueError as error:
        raise SettingsError(f"{name} {error}", path, line) from None


def line_of(source: str, key: str, table: str = "tool.blog") -> int:
    """Find the line on which ``key`` is set in a table, however it is written; 0 if it can't be told."""
    wanted = [*table.split("."), key]
    inside: list[str] = []
    for number, line in enumerate(source.split("\n"), 1):
        header = re.match(r"\s*\[+([^\]]+)\]", line)
        names = header[1] if header else line.split("=", 1)[0] if "=" in line else ""
        path = [name.strip().strip("\"'") for name in names.split(".")] if names else []
        inside = path if header else inside
        if path and (path if header else inside + path)[: len(wanted)] == wanted:
            return number
    return 0
