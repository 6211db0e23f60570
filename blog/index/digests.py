"""Digests of values and texts: short, and different where those differ."""

from __future__ import annotations

import hashlib
import json
from typing import Any

ENCODER = json.JSONEncoder(ensure_ascii=False, default=str, separators=(",", ":"))


def as_json(value: Any) -> str:
    """Return a value as JSON; what JSON doesn't know becomes text."""
    return ENCODER.encode(value)


def digest(value: Any) -> str:
    """Return 16 characters that differ where values differ."""
    return digest_of_text(as_json(value))


def digest_of_text(text: str) -> str:
    """Return 16 characters that differ where texts differ."""
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=8).hexdigest()
