"""What a header says of the sound, the film or the picture that goes with a text, in the forms that people use.

Jekyll, Hugo, WordPress and their podcast themes each have their own keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from . import values
from .documents import Attachment, Picture

FILES = ("enclosure", "enclosures", "podcast", "audio", "video", "audio_url", "audio_file", "podcast_file", "mp3")
PICTURES = (
    "image images cover cover_image coverimage featured_image featuredimage feature_image featureimage featured"
    " feature hero thumbnail thumb teaser banner og_image header"
).split()
URL = ("url", "file", "src", "path", "href", "link", "audio", "mp3", "image", "feature", "teaser", "thumbnail")
LENGTH = ("length", "bytes", "size", "filesize", "file_size", "size_in_bytes")
DURATION = ("duration", "duration_in_seconds", "itunes_duration")
TYPE = ("type", "mime", "mime_type", "mimetype", "content_type")
ALT = ("alt", "alttext", "alt_text", "image_alt", "description", "caption")
SOUND = ".mp3 mpeg .m4a mp4 .m4b mp4 .aac aac .ogg ogg .oga ogg .opus ogg .flac flac .wav wav".split()
FILM = ".mp4 mp4 .m4v mp4 .mov quicktime .webm webm .ogv ogg".split()
PAPER = ".pdf pdf .epub epub+zip .zip zip".split()
IMAGE = ".jpg jpeg .jpeg jpeg .png png .gif gif .webp webp .avif avif .svg svg+xml".split()


def table(kind: str, pairs: list[str]) -> dict[str, str]:
    """Return media types by the endings of files."""
    return {ending: f"{kind}/{name}" for ending, name in zip(pairs[::2], pairs[1::2], strict=True)}


TYPES = table("audio", SOUND) | table("video", FILM) | table("application", PAPER)
IMAGES = table("image", IMAGE)
WEB = re.compile(r"(?:https?:)?//[^\s/]", re.IGNORECASE)
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+", re.IGNORECASE)
CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:\.\d+)?")
WORDS = re.compile(
    r"(?:PT)?\s*(?:(\d{1,3})\s*h[a-z]*)?\s*(?:(\d{1,4})\s*m[a-z]*)?\s*(?:(\d{1,6})(?:\.\d+)?\s*s[a-z]*)?",
    re.IGNORECASE,
)
MOST = 2**53  # what any reader of a number can hold


def attachments(meta: Mapping[str, Any]) -> tuple[Attachment, ...]:
    """Return the files that go with a text, each once; ``length`` and ``duration`` are 0 where they aren't told."""
    found: dict[str, Attachment] = {}
    for key in FILES:
        for given in several(meta.get(key)):
            one = attachment(given, key, meta)
            if one:
                found.setdefault(one.url, one)
    return tuple(found.values())


def attachment(given: Any, key: str, meta: Mapping[str, Any]) -> Attachment | None:
    """Read one file; what its own table doesn't tell may stand beside it in the header."""
    inside = given if isinstance(given, Mapping) else {}
    words = values.text(first(inside, URL) if inside else given).split()
    if not words or not address(words[0], TYPES):
        return None
    length = values.text(first(inside, LENGTH)) or (words[1] if len(words) > 1 else "") or beside(meta, LENGTH)
    kind = values.text(first(inside, TYPE)) or next((word for word in words[2:] if MEDIA_TYPE.fullmatch(word)), "")
    kind = kind if MEDIA_TYPE.fullmatch(kind) else type_of(words[0], TYPES) or guess(key)
    duration = values.text(first(inside, DURATION)) or beside(meta, DURATION)
    return Attachment(words[0], kind.lower(), whole(length), seconds(duration))


def beside(meta: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """Return what a header says of its one file under keys of their own."""
    return values.text(first(meta, tuple(f"{before}{name}" for name in names for before in ("podcast_", "audio_", ""))))


def guess(key: str) -> str:
    """Return the type of a file whose name tells none."""
    return "video/mp4" if key == "video" else "audio/mpeg"


def picture(meta: Mapping[str, Any]) -> Picture | None:
    """Return the picture that stands for a text, ``None`` if the header names none."""
    for key in PICTURES:
        for given in several(meta.get(key)):
            inside = given if isinstance(given, Mapping) else {}
            url = values.text(first(inside, URL) if inside else given)
            if address(url, IMAGES):
                alt = values.text(first(inside, ALT)) or values.text(first(meta, (f"{key}_alt", f"{key}alt")))
                sizes = (whole(values.text(inside.get(name))) for name in ("width", "height"))
                return Picture(url, type_of(url, IMAGES), alt, *sizes)
    return None


def several(given: Any) -> Iterator[Any]:
    """Yield the values of a list, or the one value that there is."""
    yield from given if isinstance(given, (list, tuple)) else () if given is None else (given,)


def first(table: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    """Return the first value of some keys that says something."""
    return next((table[name] for name in names if values.text(table.get(name))), None)


def address(url: str, types: dict[str, str]) -> bool:
    """Tell whether a value is the address of a file, not a word or a switch."""
    return bool(url) and (bool(WEB.match(url)) or bool(type_of(url, types))) and not re.search(r'[\s<>"]', url)


def type_of(url: str, types: dict[str, str]) -> str:
    """Return the media type that the name of a file tells, ``""`` for another one."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    return types.get(f".{path.rpartition('.')[2].lower()}", "")


def whole(given: str) -> int:
    """Return a whole number as people write it, 0 if it is none."""
    digits = re.sub(r"[,_\s]", "", given)
    return min(int(digits), MOST) if re.fullmatch(r"[0-9]{1,20}", digits) else 0


def seconds(given: str) -> int:
    """Return a duration in seconds: written so, as a clock shows it, or in hours and minutes; 0 if it is none."""
    given = given.strip()
    if re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]*)?", given):
        return int(float(given))
    found = CLOCK.fullmatch(given) or (WORDS.fullmatch(given) if given else None)
    hours, minutes, rest = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return 3600 * hours + 60 * minutes + rest
