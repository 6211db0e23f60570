"""The filters that Jekyll adds to those of Liquid. https://jekyllrb.com/docs/liquid/filters/"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from .. import dates


def relative(value: object) -> str:
    """Return an address within the site: where the site lies is put before it later."""
    text = str(value)
    return text if text.startswith(("/", "#", "http:", "https:")) else f"/{text}"


def dated(value: object, *_style: object) -> str:
    """Return a day as people read it."""
    when = dates.read(str(value), ZoneInfo("UTC"))
    return f"{when.moment.day:02d} {when.moment:%b %Y}" if when else str(value)


def slugged(value: object, *_mode: object) -> str:
    """Return words as they stand in an address."""
    return re.sub(r"[^\w]+", "-", str(value).lower()).strip("-")


FILTERS: dict[str, Callable[..., Any]] = {
    "relative_url": relative,
    "absolute_url": relative,
    "slugify": slugged,
    "date_to_string": dated,
    "date_to_long_string": dated,
    "date_to_xmlschema": lambda value: str(value),
    "xml_escape": lambda value: escape(str(value)),
    "cgi_escape": lambda value: escape(str(value)),
    "uri_escape": lambda value: str(value).replace(" ", "%20"),
    "number_of_words": lambda value, *_mode: len(str(value).split()),
    "markdownify": lambda value: str(value),
    "smartify": lambda value: str(value),
    "jsonify": lambda value: json.dumps(value, ensure_ascii=False, default=str),
    "strip_index": lambda value: str(value).removesuffix("index.html"),
    "normalize_whitespace": lambda value: " ".join(str(value).split()),
    "array_to_sentence_string": lambda value, *_word: ", ".join(map(str, value)),
    "inspect": lambda value: str(value),
}
