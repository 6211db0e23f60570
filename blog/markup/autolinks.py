"""Bare addresses in running text become links: ``https://...``, ``www...`` and e-mail.

https://github.github.com/gfm/#autolinks-extension-
"""

from __future__ import annotations

import re

from mistune.util import safe_entity

FOUND = re.compile(
    r"(?<![^\s*_~(])(?P<url>(?:https?|ftp)://|www\.)(?P<rest>[^\s<]{1,2000})"
    r"|(?P<mail>(?<![\w.+-])[A-Za-z0-9._+-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+)",
    re.IGNORECASE,
)
DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*", re.ASCII | re.IGNORECASE)
ENTITY = re.compile(r"&[a-z0-9]+;\Z", re.IGNORECASE)


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
        scheme = "mailto:" if found["mail"] else "http://" if written.lower().startswith("www.") else ""
        link = f'<a href="{safe_entity(scheme + written)}">{safe_entity(written)}</a>'
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
        rest = ENTITY.sub("", rest.rstrip("?!.,:*_~'\""))
        if rest.endswith(")") and rest.count(")") > rest.count("("):
            rest = rest[:-1]
        rest = rest.removesuffix(";") if not ENTITY.search(rest) else rest
    return start + rest if len(rest) >= len(domain[0].rstrip(".-_")) else ""
