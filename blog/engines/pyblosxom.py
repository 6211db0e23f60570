"""Pyblosxom: an entry in each file, whose folders are its category.

https://github.com/pyblosxom/pyblosxom
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .. import dates, urls, values
from ..documents import POST
from ..facts import Facts, Folder, Understood
from ..reader import KEYS, Reading
from .literal import assigned

TAKEN = {
    "blog_title": "title",
    "blog_description": "description",
    "blog_author": "author",
    "blog_language": "language",
    "base_url": "url",
    "num_entries": "posts_per_page",
}


def configure(root: Path, why: str) -> Facts:
    """Return what ``config.py`` tells, which isn't run."""
    names, lost = assigned(root / "config.py", {"py": {}})
    py = names["py"] if isinstance(names["py"], dict) else {}
    said = {str(key): value for key, value in py.items() if isinstance(value, (str, int))}
    folder = Path(str(said.get("datadir", ""))).name
    folder = folder if folder and (root / folder).is_dir() else "entries" if (root / "entries").is_dir() else ""
    return Facts(
        "pyblosxom",
        why,
        folders=(Folder(folder, "", POST, plain=not folder),),
        settings={name: said[key] for key, name in TAKEN.items() if said.get(key)},
        understood=(
            *lost,
            *(
                Understood("config.py", f'py["{key}"]', str(value), f"the setting {TAKEN[key]}" if key in TAKEN else "")
                for key, value in said.items()
                if key in TAKEN or key in ("plugin_dirs", "default_flavour")
            ),
        ),
    )


class Rules(Reading):
    """Read a file as Pyblosxom does: its path with ``.html`` is its address."""

    keys = KEYS | {"date": ("published", "pubdate", "date"), "url": ()}
    ladder = page_ladder = ("header", "name", "folder", "file")
    slash = False
    index_names = ()

    def kind_of(self) -> str:
        """Return that all are entries."""
        return POST

    def date_key(self) -> str:
        """Return the key of the header's date."""
        return next((key for key in self.keys["date"] if values.text(self.meta.get(key))), "")

    def read_date(self, given: Any) -> dates.When | None:
        """Read a date."""
        return dates.read(given, self.zone)

    def draft(self) -> bool:
        """Return that nothing is held back: what isn't to be seen has another ending."""
        return False

    def categories(self) -> tuple[str, ...]:
        """Return the folders as one category."""
        folders = "/".join(self.path.parts[:-1])
        return (folders,) if folders else ()

    def usual_url(self) -> str:
        """Return the path with ``.html`` for its ending."""
        self.origins["url"] = "its path"
        return urls.closed(urls.safe("/".join((*self.path.parts[:-1], f"{self.path.stem}.html"))), slash=False)

    def tokens(self) -> dict[str, Any]:
        """Return what the tokens of a pattern stand for."""
        path = "/".join((*self.path.parts[:-1], self.path.stem))
        return {"path": path, "filename": self.path.stem, "slug": self.path.stem, "title": self.path.stem}

    def filled(self, pattern: str) -> str:
        """Fill a pattern of addresses."""
        return urls.filled(pattern, self.tokens(), self.when.moment if self.when else None, slash=False)
