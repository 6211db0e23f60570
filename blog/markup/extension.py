"""A site's own extension: a function named in its settings gets the mistune instance, as mistune's plugins do.

https://mistune.lepture.com/en/latest/advanced.html#create-plugins
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from ..errors import SettingsError

if TYPE_CHECKING:
    import mistune

Function = Callable[["mistune.Markdown"], object]


@dataclass(frozen=True, slots=True)
class Extension:
    """Name a function, the file that it is in, and what tells one state of that file from another."""

    module: str
    function: str
    file: str
    stamp: tuple[int, int]


def find(root: Path, name: str) -> Extension | None:
    """Find and load ``module:function``, in the folder of the site before any that is installed.

    Raises ``SettingsError`` if there is no such function.
    """
    if not name:
        return None
    module, _, function = name.partition(":")
    file = root.joinpath(*module.split(".")).with_suffix(".py")
    if not file.is_file():
        file = installed(module)
    status = file.stat()
    found = Extension(module, function, str(file), (status.st_mtime_ns, status.st_size))
    load(found)
    return found


def installed(module: str) -> Path:
    """Return the file of an installed module."""
    try:
        found = importlib.util.find_spec(module)
    except ImportError:
        found = None
    if not found or not found.origin or not found.has_location:
        raise SettingsError(f"markdown_extension: there is no {module}.py in the site's folder, and no such module")
    return Path(found.origin)


@lru_cache(maxsize=8)
def load(wanted: Extension) -> Function:
    """Return the function; raises ``SettingsError`` if there is none."""
    spec = importlib.util.spec_from_file_location(wanted.module, wanted.file)
    assert spec
    assert spec.loader
    module = sys.modules[wanted.module] = importlib.util.module_from_spec(spec)  # classes look for their module there
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        reason = f"can't be loaded: {type(error).__name__}: {one_line(error)}"
        raise SettingsError(f"markdown_extension {reason}", wanted.file) from error
    function = getattr(module, wanted.function, None)
    if not callable(function):
        raise SettingsError(f"markdown_extension: there is no function {wanted.function}", wanted.file)
    return cast("Function", function)


def add_to(markdown: mistune.Markdown, wanted: Extension | None) -> None:
    """Let a site's extension add to the parser; last, so that it can change all that is there.

    Raises ``SettingsError`` if it fails.
    """
    if not wanted:
        return
    function = load(wanted)
    try:
        function(markdown)
    except Exception as error:
        reason = f"{wanted.function} failed: {type(error).__name__}: {one_line(error)}"
        raise SettingsError(f"markdown_extension: {reason}", wanted.file) from error


def one_line(error: Exception) -> str:
    """Return what an error says, on one line."""
    return " ".join(str(error).split())
