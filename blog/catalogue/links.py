"""Where the links of texts lead: to the file at a path, or to the one that has a name."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from urllib.parse import urljoin

from .. import names
from .addresses import Addressed

MARKDOWN = (".md", ".markdown", ".mdx", ".rst")  # endings of texts that links may name


class Linked(Addressed):
    """Find the file that a text means."""

    named_files: dict[str, list[tuple[str, str, bool]]] | None = None

    def led(self, path: str, link: str) -> str:
        """Return the file that the path of a link in a file names, ``""`` if it names none.

        It may name a text by what it becomes: ``tea.html`` and ``tea`` for ``tea.md``, if there is nothing else there.
        """
        if mine := self.own_file(path, link):
            return mine
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), link))
        if target in self.by_path or target in self.asset_urls:
            return target
        stem, ending = posixpath.splitext(target)
        if ending.lower() in MARKDOWN:  # from the top of the content, or of the site
            taken = link in self.by_url or link in self.assets
            return "" if taken else self.named(path, link, alone="/" not in link.lstrip("/"))
        own = self.by_path.get(path)
        there = urljoin(own.url, link) if own else ""
        if link.endswith("/") or there in self.by_url or f"{there}/" in self.by_url or there in self.assets:
            return ""
        stem = stem if ending.lower() in (".html", ".htm") else target
        found = (stem + one for one in (*MARKDOWN, "/index.md", "/_index.md"))
        return next((file for file in found if file in self.by_path), "")

    def named(self, path: str, name: str, alone: bool = False) -> str:
        """Return the file that a text names without its folder, or with the last folders; ``""`` if there is none.

        Of several the one beside the text wins, then the one with the shortest path, then the first; where it has to be
        ``alone``, none.
        """
        wanted = names.plain(name)
        if not wanted:
            return ""
        beside = names.plain(posixpath.normpath(posixpath.join(posixpath.dirname(path), wanted)))
        top = name.startswith("/")
        fits = [
            (not exact, top or form != beside, form.count("/"), len(form), file)
            for form, file, exact in self.known_as.get(wanted.rpartition("/")[2], ())
            if form == beside or f"/{form}".endswith(f"/{wanted}")
        ]
        return min(fits)[-1] if fits and not (alone and len(fits) > 1) else ""

    @property
    def known_as(self) -> dict[str, list[tuple[str, str, bool]]]:
        """Return by their own name, in its plain form, the files that texts may name; only put together if one does."""
        if self.named_files is None:
            found: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
            for file in (*self.by_path, *self.asset_urls):
                for number, form in enumerate(names.forms(file)):
                    found[form.rpartition("/")[2]].append((form, file, not number))
            self.named_files = dict(found)
        return self.named_files
