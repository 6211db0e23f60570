"""What is like an address that holds nothing: the documents that share words with it.

A frozen site has one page for all such addresses, so that it can't name any.
"""

from __future__ import annotations

from flask import Flask

from ..documents import Summary
from ..site import library, of
from ..words import of_address

SHOWN = 5


def init_app(app: Flask) -> None:
    """Let the page for what isn't there name what may be meant."""
    of(app).resembling = resembling


def resembling(url: str) -> list[Summary]:
    """Return the documents that share words with an address."""
    words = tuple(of_address(url))
    return library().resembling(words, SHOWN) if words else []
