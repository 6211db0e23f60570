"""Pandoc and a Makefile: every text becomes a page of HTML beside it.

https://pandoc.org/MANUAL.html
"""

from __future__ import annotations

from pathlib import Path

from ..facts import Facts
from ..urls import closed, safe
from . import plain

SWITCHES = ("attributes", "deflists", "footnotes", "subsup", "math", "typography")


def configure(_root: Path, why: str) -> Facts:
    """Return what pandoc's Markdown has switched on."""
    return Facts("pandoc", why, settings={"markdown": SWITCHES})


class Rules(plain.Rules):
    """Take addresses from paths, with another ending."""

    def page_url(self) -> str:
        """Return the path with ``.html`` for its ending."""
        parts = [*self.path.parent.parts, "" if self.is_index else f"{self.name}.html"]
        return closed(safe("/".join(parts)), slash=False)
