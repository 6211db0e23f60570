"""Bare addresses in running text become links: ``https://...``, ``www...``, ``mailto:``, ``xmpp:`` and e-mail.

https://github.github.com/gfm/#autolinks-extension-
"""

from __future__ import annotations

import re
from typing import Any

from mistune import InlineParser, InlineState, Markdown
from mistune.util import escape_url, safe_entity

from .options import Options

FOUND = re.compile(
    r"(?P<url>(?<![A-Za-z0-9])(?:https?|ftp)://|(?<![^ \t\n\f\v*_~(])www\.)(?P<rest>[^\s<]{1,2000})"
    r"|(?P<mail>(?P<scheme>(?<![A-Za-z0-9])(?:mailto:|(?P<xmpp>xmpp:)))?"
    r"(?<![\w.+-])[A-Za-z0-9._+-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+(?(xmpp)(?:/[A-Za-z0-9@._-]+)?))",
    re.IGNORECASE,
)
SCHEME = re.compile(r"(?<![A-Za-z0-9])(?:https?|ftp)\Z", re.IGNORECASE)  # after any other sign, as GitHub does it
LONGEST_SCHEME = 5
REST = re.compile(r"[^\s<]{1,2000}")
DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*")
ENTITY = re.compile(r"&[a-z0-9]+;\Z", re.IGNORECASE)


def add_to(markdown: Markdown, options: Options) -> None:
    """Find addresses with a scheme before emphasis does: they may hold its signs. The others are found when written."""
    if options.autolinks:
        markdown.inline.register("bare_address", "://", bare_address, before="escape", start_chars=":")


def bare_address(_inline: InlineParser, found: re.Match[str], state: InlineState) -> int | None:
    """Parse an address whose scheme has just been read as text; inside of brackets a link is still to be found."""
    src, at = state.src, found.start()
    scheme = SCHEME.search(src, max(0, at - LONGEST_SCHEME - 1), at)
    rest = REST.match(src, found.end())
    last: dict[str, Any] = state.tokens[-1] if state.tokens else {}
    if not scheme or not rest or state.brackets or state.in_link or not last.get("raw", "").endswith(scheme[0]):
        return None
    written = web(f"{scheme[0]}://", rest[0])
    if not written or last["type"] != "text":
        return None
    last["raw"] = last["raw"].removesuffix(scheme[0])
    link = {"type": "link", "children": [{"type": "text", "raw": written}], "attrs": {"url": escape_url(written)}}
    state.append_token(link | {"_autolink": written})
    return at + len(written) - len(scheme[0])


def may_hold_one(text: str) -> bool:
    """Tell quickly whether a text is worth a closer look."""
    return "://" in text or "www." in text or "@" in text


def linked(text: str) -> str:
    """Return plain text as HTML with its bare addresses as links."""
    parts, at = [], 0
    for found in FOUND.finditer(text):
        written = mail(found["mail"]) if found["mail"] else web(found["url"], found["rest"])
        if not written:
            continue
        bare = found["mail"] and not found["scheme"]
        scheme = "mailto:" if bare else "http://" if written.lower().startswith("www.") else ""
        link = f'<a href="{safe_entity(escape_url(scheme + written))}">{safe_entity(written)}</a>'
        parts += [safe_entity(text[at : found.start()]), link]
        at = found.start() + len(written)
    return "".join([*parts, safe_entity(text[at:])])


def mail(written: str) -> str:
    """Return an address without what ends the sentence; ``""`` if it can't be one."""
    written = written.rstrip(".")
    return "" if written.endswith(("-", "_")) else written


def web(start: str, rest: str) -> str:
    """Return an address without the punctuation that follows it; ``""`` if there is no domain in it."""
    domain = DOMAIN.match(rest)
    if not domain or any("_" in part for part in domain[0].split(".")[-2:]):
        return ""
    before = None
    while before != rest:
        before = rest
        rest = ENTITY.sub("", rest.rstrip("?!.,:*_~'\"”’“‘„‚«»‹›…"))
        for opens, closes in ("()", "[]"):
            if rest.endswith(closes) and rest.count(closes) > rest.count(opens):
                rest = rest[:-1]
        rest = rest.removesuffix(";") if not ENTITY.search(rest) else rest
    return start + rest if len(rest) >= len(domain[0].rstrip(".-_")) else ""
