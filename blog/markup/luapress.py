"""Luapress' own signs: ``--MORE--``, ``[=posts/Name]``, ``$=url``, ``$raw$ ... $/raw$`` and ``$! plugin !$``.

https://github.com/Fizzadar/Luapress
"""

from __future__ import annotations

import re
from html import escape

from . import drawn
from .around import Around
from .options import Options

NAMED = re.compile(r"\[=([^\[\]\n]{1,300})\]")
PLUGIN = re.compile(r"(?<=\n)\$![ \t]*(\w*)")
URL = re.compile(r"\$=url(?=(/)|)")


def expand(text: str, around: Around, _options: Options) -> str:
    """Return a text with its signs read."""
    if not any(sign in text for sign in ("--MORE--", "[=", "$=url", "$raw$", "$!")):
        return text
    parts, at = [], 0
    while (start := text.find("\n$raw$\n", at)) >= 0 and (end := text.find("\n$/raw$\n", start + 6)) >= 0:
        parts += [read(text[at : start + 1], around), text[start + 7 : end], "\n"]
        at = end + len("\n$/raw$\n")
    made = "".join([*parts, read(text[at:], around)])
    before, sign, after = made.partition("--MORE--")
    return f"{before}<!--more-->{after.replace('--MORE--', '')}" if sign else made


def read(text: str, around: Around) -> str:
    """Return a part of a text with its signs read, but for that of the excerpt."""
    text = URL.sub(lambda found: "" if found[1] else "/", text)
    return NAMED.sub(lambda found: linked(around, found[1]), without_plugins(text, around))


def without_plugins(text: str, around: Around) -> str:
    """Return text without what would have been drawn by a program."""
    parts, at = [], 0
    while (start := text.find("\n$!", at)) >= 0 and (end := text.find("!$", start + 3)) >= 0:
        named = PLUGIN.match(text, start + 1)
        name = named[1] if named else ""
        around.tell(f"the plugin {name} isn't known; it is left out", f"$! {name}".strip())
        parts.append(text[at : start + 1])
        at = end + 2
    return "".join([*parts, text[at:]])


def linked(around: Around, name: str) -> str:
    """Return a link to a post or page by its file, in the words of its title or those that are given."""
    words = ""
    url = around.ask("named", f"/{name}")
    if not url:
        file, _, words = name.partition(" ")
        url = around.ask("named", f"/{file}") if words else ""
        name = file if url else name
    if not url:
        around.tell(f"there is no text {name} to lead to", f"[={name}")
        return around.inline(escape(words or name.rpartition("/")[2], quote=False))
    title = words or around.ask("titled", f"/{name}") or name
    return around.inline(drawn.link(url, escape(title, quote=False)))
