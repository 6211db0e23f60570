"""The header dialects: a table of small objects, found by looking at the file.

A dialect is a python-frontmatter handler: ``detect`` looks at the first lines, ``split`` returns header
and body, ``load`` returns a mapping. To add one, write its module and name it in ``DIALECTS``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import frontmatter

from ..errors import ContentError
from .base import Dialect, HeaderError
from .json import JSON
from .toml import TOML
from .yaml import YAML

DIALECTS: tuple[Dialect, ...] = (YAML(), TOML(), JSON())


@dataclass(frozen=True, slots=True)
class Header:
    """Hold what a header says: keys as written; ``body_line`` is the line on which the body begins."""

    dialect: str = "none"
    meta: Mapping[str, Any] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1


def read(text: str, path: str) -> Header:
    """Split a file's text into header and body; raise ``ContentError`` if the header can't be read."""
    for dialect in DIALECTS:
        if not dialect.detect(text):
            continue
        try:
            _, body = dialect.split(text)
            # parse() would strip a code block's indent from the body: it sees the header only.
            meta, _ = frontmatter.parse(text[: len(text) - len(body)], handler=dialect)
        except HeaderError as error:
            raise ContentError(str(error), path, error.line) from None
        except RecursionError:
            raise ContentError("the header is nested too deeply", path, 1) from None
        before = text[: len(text) - len(body)].count("\n")
        return Header(dialect.name, meta, body, before + 1)
    return Header(body=text)
