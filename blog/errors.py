"""Every error that Flatleaf expects, as one tree.

    click.ClickException
    └── BlogError            prints as one line and ends a command with exit code 1
        ├── SettingsError    a setting is unknown or wrong: the start is refused
        ├── ContentError     a content file can't be used: it is reported, nothing else is touched
        └── FreezeError      the build can't be written: the old build is kept

Messages say where: ``posts/x.md:3: what is wrong``.
"""

from __future__ import annotations

import click


class BlogError(click.ClickException):
    """Carry one line that tells a person what is wrong and where."""

    def __init__(self, message: str, path: str = "", line: int = 0) -> None:
        self.reason, self.path, self.line = message, path, line
        super().__init__(where(path, line) + message)


class SettingsError(BlogError):
    """Refuse to start: a setting is unknown or has a wrong value."""


class ContentError(BlogError):
    """Report a content file that can't be read or parsed."""


class FreezeError(BlogError):
    """Stop a freeze: the build can't be written as asked."""


def where(path: str, line: int = 0) -> str:
    """Return ``path:line: `` with the parts that are known."""
    if not path:
        return ""
    return f"{path}:{line}: " if line else f"{path}: "
