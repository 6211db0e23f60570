"""A folder that no engine was at home in: what lies in it is named as its files are, letter by letter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..facts import Facts
from ..reader import Reading
from ..urls import closed


def configure(_root: Path, why: str) -> Facts:
    """Return that there is nothing to be known."""
    return Facts("plain", why)


class Rules(Reading):
    """Take addresses from paths as they are written."""

    def page_url(self) -> str:
        """Return the path without its ending."""
        parts = [*self.path.parent.parts, *([] if self.is_index else [self.name])]
        return closed("/".join(parts))

    def tokens(self) -> dict[str, Any]:
        """Return what the tokens of a pattern stand for: names as they are."""
        return super().tokens()
