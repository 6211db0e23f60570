"""Questions that the links of a text ask: where what they name is, and what it says."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote, urlsplit

from .. import urls
from .files import Files
from .notes import question


class Links(Files):
    """Answer where links lead."""

    @question
    def resolve(self, path: str, link: str) -> str:
        """Return where a relative link of a file leads: to the page or asset of the file it names, else as written."""
        try:
            parts = urlsplit(link)
        except ValueError:  # it leads nowhere
            return link
        target = self.catalogue.led(path, unquote(parts.path)) if parts.path else ""
        entry = self.catalogue.by_path.get(target)
        url = entry.url if entry else self.catalogue.asset_urls.get(target)
        return parts._replace(path=urls.href("", url)).geturl() if url else link

    @question
    def named(self, path: str, name: str) -> str:
        """Return the address of what a text names, whichever folder it is in; ``""`` if there is no such file."""
        target = self.catalogue.named(path, name)
        entry = self.catalogue.by_path.get(target)
        url = entry.url if entry else self.catalogue.asset_urls.get(target)
        return urls.href("", url) if url else ""

    @question
    def titled(self, path: str, name: str) -> str:
        """Return the title of what a text names, ``""`` if there is no such document."""
        entry = self.catalogue.by_path.get(self.catalogue.named(path, name))
        return self.summary(entry).title if entry else ""

    @question
    def state_of(self, path: str, name: str) -> str:
        """Return the file of what a text names, and a digest of its text; ``""`` if there is no such document."""
        target = self.catalogue.named(path, name)
        return f"{target} {self.catalogue.texts[target]}" if target in self.catalogue.by_path else ""

    @question
    def beside(self, path: str, name: str) -> str:
        """Return the address of a file that a text names from where it lies itself; ``""`` if there is none."""
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        entry = self.catalogue.by_path.get(target)
        url = entry.url if entry else self.catalogue.asset_urls.get(target)
        return urls.href("", url) if url else ""

    def tag_url(self, _path: str, name: str) -> str:
        """Return the address of the page of a tag."""
        return urls.href("", urls.tag_path(name))
