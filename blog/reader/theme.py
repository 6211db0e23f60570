"""What a file asks of the theme: its template, its colour, its places in menus."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import values
from ..documents import MenuEntry
from ..settings.choices import COLORS
from .visibility import Visible


class Themed(Visible):
    """Find how and where the theme shows it."""

    def layout(self) -> str:
        """Return the template that the header asks for."""
        return values.text(self.meta.get("layout"))

    def color(self, given: Any, key: str) -> str:
        """Return the name of one of the theme's colours; report any other."""
        color = values.text(given).lower()
        color = "gray" if color == "grey" else color
        if color and color not in COLORS:
            self.report(f"the theme has no colour {color}; it has {', '.join(sorted(COLORS))}", key)
            return ""
        return color

    def menus(self, title: str, url: str) -> tuple[MenuEntry, ...]:
        """Return the menu entries, written as Hugo has them: a name, a list of names, or tables.

        https://gohugo.io/content-management/menus/#define-in-front-matter
        """
        given = self.first("menu")
        if isinstance(given, Mapping):
            return tuple(self.menu_entry(str(name), value, title, url) for name, value in given.items())
        return tuple(self.menu_entry(name, None, title, url) for name in values.listed(given))

    def menu_entry(self, menu: str, value: Any, title: str, url: str) -> MenuEntry:
        """Read one table of a menu."""
        table = value if isinstance(value, Mapping) else {}
        params = table.get("params")
        color = self.color(params.get("color") if isinstance(params, Mapping) else None, "color")
        weight = values.number(table.get("weight")) or values.number(self.meta.get("weight"))
        return MenuEntry(menu, values.text(table.get("name")) or title, url, weight, color)
