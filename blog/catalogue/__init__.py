"""What is visible at one moment, in order: the library's table of contents.

It is made from the index at once and kept until a file changes or the time of a scheduled document
comes. It holds no texts, only where they are and digests that tell whether they have changed.
Each module is a class over the one before it.
"""

from __future__ import annotations

from functools import cached_property

from .feeds import Group
from .links import Linked
from .taxonomies import Shelf, Tag
from .visible import Entry, Gone

__all__ = ["Catalogue", "Entry", "Gone", "Group", "Shelf", "Tag"]


class Catalogue(Linked):
    """List the documents that may be shown at a moment."""

    def prepare(self) -> None:
        """Put everything together now, that nobody has to wait for it later."""
        for part in reversed(Catalogue.__mro__):  # what others are made of first
            for name, value in vars(part).items():
                if isinstance(value, cached_property):
                    getattr(self, name)
