"""MkDocs: a tree of pages that is its own table of contents.

https://www.mkdocs.org/user-guide/
"""

from __future__ import annotations

import re
from pathlib import Path

from .. import dates, titles, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder, Understood
from ..reader import KEYS, Reading
from .config import table_of

TAKEN = {"site_name": "title", "site_description": "description", "site_url": "url", "site_author": "author"}
UNMET = ("nav", "theme", "plugins", "extra_css", "extra_javascript")


def configure(root: Path, why: str) -> Facts:
    """Return what ``mkdocs.yml`` tells."""
    file, config, lost = table_of(root, "mkdocs.yml", "mkdocs.yaml")
    docs = values.text(config.get("docs_dir")).strip("/") or "docs"
    lines = (line.strip() for line in str(config.get("exclude_docs") or "").splitlines())
    theme = config.get("theme")
    language = values.text(theme.get("language")) if isinstance(theme, dict) else ""
    flag = config.get("use_directory_urls")
    return Facts(
        "mkdocs",
        why,
        folders=(Folder(docs),),
        left_out=tuple(f"{docs}/{line.strip('/')}" for line in lines if line and line[0] not in "#!"),
        values={"folders": flag is None or values.flag(flag) is not False},
        settings={
            "markdown": ("admonitions", "deflists", "footnotes"),
            **({"language": language} if language else {}),
            **{name: values.text(config[key]) for key, name in TAKEN.items() if values.text(config.get(key))},
        },
        understood=(
            *lost,
            *(
                Understood(file, key, values.text(config[key]), f"the setting {TAKEN[key]}")
                for key in config
                if key in TAKEN
            ),
            *(Understood(file, key, "") for key in config if key in UNMET),
        ),
    )


class Rules(Reading):
    """Read a file as MkDocs does."""

    keys = KEYS | {"url": (), "aliases": (), "date": ("date", "created")}
    ladder = page_ladder = ("header",)
    slash = False
    index_names = ("index", "README")

    def kind_of(self) -> str:
        """Tell a post of the blog's plugin from a page."""
        return POST if "posts" in self.path.parts[:-1] and self.meta.get("date") else PAGE

    def header_date(self) -> dates.When | None:
        """Return the date; that of the blog's plugin may be a table."""
        given = self.meta.get("date")
        if isinstance(given, dict):
            return dates.read(given.get("created"), self.zone)
        return super().header_date()

    def title_and_date(self) -> tuple[str, dates.When | None]:
        """Take the title from the header, else the first heading, else the file's name."""
        if self.header_title():
            return super().title_and_date()
        if found := titles.top(self.body):
            self.origins["title"] = "its first heading"
            self.body = titles.without(self.body, found, self.body[found.end :])
            return found.title, None
        self.origins["title"] = "the file's name"
        if self.is_index and len(self.path.parts) == 1:
            return "Home", None
        name = re.sub("[-_]", " ", self.path.stem)
        return name.capitalize() if name.lower() == name else name, None

    def usual_url(self) -> str:
        """Return the address: the path as it is, each page a folder unless the configuration says otherwise."""
        self.origins["url"] = "its path"
        folders = list(self.path.parts[:-1])
        if self.is_index:
            return urls.closed(urls.safe("/".join([*folders, ""])))
        last = f"{self.path.stem}/" if self.facts.values.get("folders", True) else f"{self.path.stem}.html"
        return urls.closed(urls.safe("/".join([*folders, last])), slash=False)
