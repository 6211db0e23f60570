"""Luapress: ``posts/`` and ``pages/``, named as their files.

https://github.com/Fizzadar/Luapress
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from .. import dates, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder
from ..reader import KEYS, Reading
from .config import text_of, understood

ASSIGNED = re.compile(
    r"^[ \t]*+(?:config\.)?(\w++)[ \t]*+=[ \t]*+(?:'([^'\n]*)'|\"([^\"\n]*)\"|(true|false|\d+))", re.MULTILINE
)
TAKEN = {"title": "title", "url": "url", "description": "description", "posts_per_page": "posts_per_page"}
UNMET = ("cache", "index_page", "template")


def configure(root: Path, why: str) -> Facts:
    """Return what ``config.lua`` assigns plainly."""
    found = ASSIGNED.findall(text_of(root / "config.lua"))
    said = {name: one or other or word for name, one, other, word in found}
    return Facts(
        "luapress",
        why,
        folders=(Folder("posts", "posts/", POST), Folder("pages", "pages/", PAGE), Folder("inc", texts=False)),
        values={"link_dirs": said.get("link_dirs", "true") != "false"},
        settings={
            "markdown": ("luapress",),
            "feed_addresses": ["luapress"],
            **{name: said[key] for key, name in TAKEN.items() if said.get(key)},
        },
        understood=tuple(understood("config.lua", said, TAKEN, {}, UNMET)),
    )


class Rules(Reading):
    """Read a file as Luapress does: dates are days, months, years, at noon."""

    keys = KEYS | {"date": ("date",), "url": (), "aliases": ("aliases",)}
    ladder = page_ladder = ("header", "file")
    dayfirst = True
    slash = False
    index_names = ()

    def kind_of(self) -> str:
        """Tell a post from a page, by the folder."""
        return self.source.kind

    def read_date(self, given: Any) -> dates.When | None:
        """Read a day; the moment is its noon, by which the engine sorts."""
        found = dates.read(given, self.zone, dayfirst=True)
        return dates.When(found.moment + timedelta(hours=12), True) if found and found.date_only else found

    def title_and_date(self) -> tuple[str, dates.When | None]:
        """Take the title from the header, else the file's name as it is."""
        title = self.header_title()
        self.origins["title"] = "title" if title else "the file's name"
        return title or self.path.stem, None

    def unlisted(self) -> bool:
        """Tell whether no list shows it: a hidden page only stands in no menu, and pages stand in no list."""
        return False

    def usual_url(self) -> str:
        """Return the address: the file's name with ``_`` for a space, in its folder."""
        self.origins["url"] = "its path"
        name = "/".join((*self.path.parts[:-1], self.path.stem)).replace(" ", "_")
        if values.text(self.path.stem) == "index":
            return "/"
        return urls.closed(urls.safe(f"{name}/" if self.facts.values.get("link_dirs", True) else f"{name}.html"))

    def filled(self, pattern: str) -> str:
        """Fill a pattern of addresses."""
        name = self.path.stem.replace(" ", "_")
        tokens = {"filename": name, "slug": name, "title": name, "path": name}
        return urls.filled(pattern, tokens, self.when.moment if self.when else None, slash=False)
