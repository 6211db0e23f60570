"""Compressed copies beside the files of a build, for hosts that can send them: gzip, and brotli with its package.

https://www.rfc-editor.org/rfc/rfc1952, https://www.rfc-editor.org/rfc/rfc7932
"""

from __future__ import annotations

import re
import zlib
from importlib.util import find_spec

from .manifest import Manifest

LEAST = 1024  # bytes; below that a copy saves no packet
TEXT = re.compile(r"text/|application/(json|xml|javascript|manifest\+json)\b|[a-z]+/[\w.-]+\+(xml|json)\b")
GZIP = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"  # deflate, no name, no time, best, no system: the same on every machine
ENDINGS = (".gz", ".br") if find_spec("brotli") else (".gz",)


def copies(record: Manifest) -> dict[str, tuple[str, str]]:
    """Return the names of the copies that belong to a build, each with its file and that file's state."""
    texts = {
        number for number, head in enumerate(record.heads) if TEXT.match(dict(head.headers).get("Content-Type", ""))
    }
    return {
        page.file + ending: (page.file, f"{page.size} {page.mtime_ns}")
        for page in record.pages.values()
        if page.head in texts and page.size > LEAST
        for ending in ENDINGS
    }


def packed(body: bytes, name: str, best: bool = True) -> bytes:
    """Return the compressed form that a name asks for, the smallest or one that is soon made."""
    if name.endswith(".br"):
        import brotli

        window = min(max(len(body).bit_length(), 16), 22)  # no larger than it has to be, which takes time
        return bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=11 if best else 5, lgwin=window))
    made = zlib.compressobj(9 if best else 6, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    ends = zlib.crc32(body).to_bytes(4, "little") + (len(body) & 0xFFFFFFFF).to_bytes(4, "little")
    return GZIP + made.compress(body) + made.flush() + ends
