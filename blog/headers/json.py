"""A JSON object on top of the file (Hugo).

https://www.rfc-editor.org/rfc/rfc8259
"""

from __future__ import annotations

import json
import re
from typing import Any

from .base import Dialect, HeaderError, sensible

DECODER = json.JSONDecoder(parse_float=str, parse_int=str, strict=False)


class JSON(Dialect):
    """Read a JSON header; the body begins after the brace that closes it."""

    name = "json"
    opening = re.compile(r'\{\s*(?:"[^"\n]*"\s*:|\}[ \t]*(?:\n|\Z))')

    def split(self, text: str) -> tuple[str, str]:
        """Return the object's text and the body after it."""
        try:
            _, end = DECODER.raw_decode(text)
        except json.JSONDecodeError as error:
            raise HeaderError(f"JSON: {error.msg}", error.lineno) from None
        except RecursionError:
            raise HeaderError("JSON: nested too deeply", 1) from None
        rest = re.compile(r"[ \t]*(?:\n|\Z)").match(text, end)
        return text[:end], text[rest.end() if rest else end :]

    def load(self, fm: str, **_kwargs: object) -> dict[str, Any]:
        """Return the keys and values of the object."""
        return sensible(DECODER.decode(fm))
