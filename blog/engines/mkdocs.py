"""MkDocs: a tree of pages that is its own table of contents; posts of Material's blog plugin.

https://www.mkdocs.org/user-guide/ https://squidfunk.github.io/mkdocs-material/plugins/blog/
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .. import dates, permalinks, slugs, titles, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder
from ..reader import KEYS, LeftOut, Reading
from .config import ignored, table_of, understood

TAKEN = {"site_name": "title", "site_description": "description", "site_url": "url", "site_author": "author"}
RULED = {
    "docs_dir": "the folder of content",
    "exclude_docs": "what is left out",
    "draft_docs": "what is left out",
    "use_directory_urls": "addresses",
    "nav": "titles of pages",
}
UNMET = ("theme", "plugins", "hooks", "extra_css", "extra_javascript", "markdown_extensions", "INHERIT")
MARKDOWN = {".markdown", ".mdown", ".mkdn", ".mkd", ".md"}
DEEPEST = 20


def configure(root: Path, why: str) -> Facts:
    """Return what ``mkdocs.yml`` tells."""
    file, config, lost = table_of(root, "mkdocs.yml", "mkdocs.yaml")
    docs = values.text(config.get("docs_dir")).removeprefix("./").strip("/") or "docs"
    theme = config.get("theme")
    language = values.text(theme.get("language")) if isinstance(theme, dict) else ""
    flag = config.get("use_directory_urls")
    blog = blog_of(config.get("plugins"))
    left_out = [str(config.get(key) or "") for key in ("exclude_docs", "draft_docs")]
    return Facts(
        "mkdocs",
        why,
        folders=(Folder("" if docs == "." else docs),),
        values={
            "folders": flag is None or values.flag(flag) is not False,
            "left_out": "\n".join([".*", "/templates/", *left_out]),
            "titles": dict(named(config.get("nav"))),
            "blog": blog,
        },
        settings={
            "markdown": ("admonitions", "deflists", "footnotes"),
            "future": not (blog and values.flag(blog.get("draft_if_future_date")) is True),
            **({"language": language} if language else {}),
            **{name: values.text(config[key]) for key, name in TAKEN.items() if values.text(config.get(key))},
        },
        understood=(*lost, *understood(file, config, TAKEN, RULED, UNMET)),
    )


def named(nav: Any, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the files that the navigation names with the titles that it gives them."""
    for entry in nav if isinstance(nav, list) and depth < DEEPEST else ():
        for title, of in entry.items() if isinstance(entry, dict) else ():
            if isinstance(of, str):
                yield posixpath.normpath(of), values.text(title)
            else:
                yield from named(of, depth + 1)


def blog_of(plugins: Any) -> Mapping[str, Any] | None:
    """Return what is said of the blog plugin, ``None`` if there is none."""
    for plugin in plugins if isinstance(plugins, list) else (plugins,) if isinstance(plugins, dict) else ():
        found = plugin if isinstance(plugin, dict) else {values.text(plugin): None}
        for name in ("blog", "material/blog"):
            if name in found:
                return found[name] if isinstance(found[name], dict) else {}
    return None


class Rules(Reading):
    """Read a file as MkDocs does."""

    keys = KEYS | {"url": (), "aliases": (), "date": ("date", "created")}
    ladder = page_ladder = ("header",)
    slash = False
    index_names = ("index", "README")
    governs = re.compile(r"index\.\w+\Z")

    @property
    def any_case(self) -> bool:  # type: ignore[override]
        """Tell whether Title is title: in YAML it is another key."""
        return self.dialect != "yaml"

    @property
    def blog(self) -> Mapping[str, Any]:
        """Return what the configuration says of the blog."""
        return self.facts.values.get("blog") or {}

    @property
    def blog_folder(self) -> str:
        """Return the folder of the blog, ``""`` where that is all there is."""
        return (values.text(self.blog.get("blog_dir")) or "blog").strip("./")

    def kind_of(self) -> str:
        """Tell a post of the blog's plugin from a page."""
        if self.facts.values.get("blog") is None:
            return POST if "posts" in self.path.parts[:-1] and self.meta.get("date") else PAGE
        folder = (values.text(self.blog.get("post_dir")) or "{blog}/posts").replace("{blog}", self.blog_folder)
        return POST if str(self.path).startswith(f"{folder.strip('./')}/") else PAGE

    def left_out(self) -> str:
        """Return why MkDocs makes no page of this file; what is no Markdown it copies."""
        if ignored(self.facts.values.get("left_out", ""), str(self.path)):
            return "the configuration leaves it out"
        if self.path.suffix not in MARKDOWN:
            raise LeftOut("it is no Markdown", asset=True)
        if self.path.stem == "README" and self.has_index():
            return "there is an index.md beside it"
        return ""

    def has_index(self) -> bool:
        """Tell whether the folder has another file that is its page."""
        folder = (self.settings.root / self.source.path).parent
        return any((folder / f"index{ending}").is_file() for ending in MARKDOWN)

    def header_date(self) -> dates.When | None:
        """Return the date; that of the blog's plugin may be a table."""
        given = self.meta.get("date")
        if isinstance(given, dict):
            return dates.read(given.get("created"), self.zone)
        return super().header_date()

    def draft(self) -> bool:
        """Tell whether the file is held back: only posts are."""
        return self.kind == POST and super().draft()

    def title_and_date(self) -> tuple[str, dates.When | None]:
        """Take the title from the navigation, the header, the heading that the text begins with, or the file's name."""
        given = self.facts.values.get("titles", {}).get(str(self.path), "")
        if given or self.header_title():
            self.origins["title"] = "the navigation" if given else "title"
            self.body = titles.without_repeat(self.body, given or self.header_title())
            return given or self.header_title(), None
        found = titles.top(self.body)
        if (
            found
            and found.level == 1
            and not self.body[: found.start].strip()
            and self.body[found.start] != "<"
            and "title" not in self.meta
        ):
            self.origins["title"] = "its first heading"
            self.body = titles.without(self.body, found, self.body[found.end :])
            return found.title, None
        self.origins["title"] = f"{'nothing; ' if 'title' in self.meta else ''}the file's name"
        if self.is_index and len(self.path.parts) == 1:
            return "Home", None
        name = re.sub("[-_]", " ", "index" if self.is_index else self.path.stem)
        return name.capitalize() if name.lower() == name else name, None

    def usual_url(self) -> str:
        """Return the address: the path as it is, each page a folder unless the configuration says otherwise."""
        if self.kind == POST and self.facts.values.get("blog") is not None:
            return self.post_url()
        self.origins["url"] = "its path"
        above = "/".join(self.path.parts[:-1])
        return self.place(f"{above}/" if self.is_index else f"{above}/{self.path.stem}/")

    def place(self, path: str) -> str:
        """Return the address of a path that ends with a slash; a page that is no folder is a file."""
        if self.is_index or self.facts.values.get("folders", True):
            return urls.closed(urls.safe(path))
        return urls.closed(f"{urls.safe(path).rstrip('/')}.html", slash=False)

    def post_url(self) -> str:
        """Return the address of a post."""
        said = {"format": "{date}/{slug}", "date_format": "yyyy/MM/dd", "max_categories": "1"}
        said |= {key: values.text(self.blog[f"post_url_{key}"]) for key in said if self.blog.get(f"post_url_{key}")}
        self.origins["url"] = f"the permalink {said['format']}"
        pattern = said["format"].replace("{date}", f"{{date:{said['date_format']}}}").replace("{file}", "{filename}")
        most = values.number(said["max_categories"])
        tokens: dict[str, permalinks.Value] = {
            "slug": values.text(self.meta.get("slug")) or slugs.material(self.title),
            "categories": [slugs.material(one) for one in self.categories()][:most],
            "filename": self.path.stem,
        }
        path = permalinks.fill(pattern, tokens, self.when.moment if self.when else None)
        return self.place(f"{self.blog_folder}/{path}/")
