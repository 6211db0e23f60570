"""Change the links of finished HTML, the owner's raw tags included."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

# Tags that can hold a link. Comments, scripts and styles are matched to be passed over.
TAG = re.compile(
    r"<!--.*?-->|<(script|style)\b[^>]*>.*?</\1\s*>"
    r"|<(?:a|area|img|source|video|audio|track|iframe|embed|object|link|form|input|blockquote|q|ins|del|image|use)"
    r"\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>",
    re.IGNORECASE | re.DOTALL,
)
LINK = re.compile(r"(\s(?:href|src|poster|data|cite|action)\s*=\s*)(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)", re.IGNORECASE)
SRCSET = re.compile(r"(\ssrcset\s*=\s*)(\"[^\"]*\"|'[^']*')", re.IGNORECASE)

Change = Callable[[str], str]


def change(html: str, new: Change) -> str:
    """Return HTML with every link replaced by ``new(link)``; links are passed decoded of entities."""
    return TAG.sub(lambda tag: tag[0] if tag[0][1] == "!" or tag[1] else change_tag(tag[0], new), html)


def change_tag(tag: str, new: Change) -> str:
    """Replace the links of one tag; what isn't changed stays as written, quotes included."""
    if "=" not in tag:
        return tag

    def link(found: re.Match[str]) -> str:
        given = found[2].strip("\"'")
        changed = new(unescape(given))
        return found[0] if changed == unescape(given) else f'{found[1]}"{escape(changed)}"'

    def srcset(found: re.Match[str]) -> str:
        candidates = [part.split() for part in unescape(found[2][1:-1]).split(",") if part.strip()]
        changed = ", ".join(" ".join([new(first), *rest]) for first, *rest in candidates)
        return f'{found[1]}"{escape(changed)}"'

    return SRCSET.sub(srcset, LINK.sub(link, tag))


def is_relative(link: str) -> bool:
    """Tell whether a link depends on the page it stands on: not absolute, not rooted, not a mere fragment."""
    return bool(link) and not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/|#|\?", link)
