"""Pelican's links to what a site holds: ``{filename}tea.md``, ``{static}/images/cup.jpg``, ``{tag}tea``, ``{index}``.

https://docs.getpelican.com/en/latest/content.html#linking-to-internal-content
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from .around import Around

LINK = re.compile(r"(?:\{|\|)(filename|attach|static|tag|category|author|index)(?:\}|\|)(.*)", re.DOTALL)
MAY_BE = ("{", "|", "%7B", "%7C", "%7b", "%7c")


def lead(around: Around, link: str) -> str:
    """Return where a link leads; one that leads to nothing there is leads nowhere."""
    found = LINK.fullmatch(unquote(link)) if link.startswith(MAY_BE) else None
    if not found:
        return link
    kind, name = found.groups()
    if kind == "index":
        return "/"
    if kind in ("tag", "category", "author"):
        return around.ask("tag_url", name)
    name, sign, fragment = name.partition("#")
    url = around.ask("named", name) if name.startswith("/") else around.ask("beside", name)
    if not url:
        around.tell(f"there is no file {name} to lead to", name)
        return "#"
    return f"{url}{sign}{fragment}"
