"""What is where: documents, aliases, assets; what goes with a document, and what lies in its folder."""

from __future__ import annotations

import json
import posixpath
from functools import cached_property

from ..documents import Attachment, Picture
from ..index.digests import digest
from .ids import Identified
from .visible import Entry


class Addressed(Identified):
    """Find what an address holds, and files."""

    @cached_property
    def by_url(self) -> dict[str, Entry]:
        """Return the visible documents by address."""
        return {entry.url: entry for entry in self.entries}

    @cached_property
    def aliases(self) -> dict[str, Entry]:
        """Return where addresses without their last slash redirect to; the first file by path has them."""
        found: dict[str, Entry] = {}
        for url, path in self.rows_of("SELECT url, path FROM aliases ORDER BY path"):
            if path in self.by_path:
                found.setdefault(url, self.by_path[path])
        return found

    @cached_property
    def assets(self) -> dict[str, tuple[str, str]]:
        """Return by address the files that are published as they are, each with a digest of its stamp."""
        found: dict[str, tuple[str, str]] = {}
        rows = self.rows_of(
            "SELECT url, path, owner, mtime_ns, size, ctime_ns FROM files WHERE url != '' ORDER BY path"
        )
        for url, path, owner, *stamp in rows:
            if not owner or owner in self.by_path:
                found.setdefault(url, (path, digest(stamp)))
        return found

    @cached_property
    def asset_urls(self) -> dict[str, str]:
        """Return the addresses of assets by file."""
        return {path: url for url, (path, _) in self.assets.items()}

    def own_file(self, path: str, name: str) -> str:
        """Return the file that a post names in the folder of its own name, ``""`` if there is none.

        The name may begin with that of the folder, which is where editors see it.
        """
        if not self.settings.facts.bundles or name.startswith("/"):
            return ""
        folder = posixpath.splitext(path)[0]
        found = (posixpath.normpath(posixpath.join(top, name)) for top in (folder, posixpath.dirname(path)))
        return next((one for one in found if one.startswith(f"{folder}/") and one in self.asset_urls), "")

    @cached_property
    def extents(self) -> dict[str, str]:
        """Return width and height of images by file."""
        return dict(self.rows_of("SELECT path, extent FROM files WHERE extent != ''"))

    @cached_property
    def media(self) -> dict[str, tuple[tuple[Attachment, ...], Picture | None]]:
        """Return by file what goes with documents, of those that have any of it."""
        found = {}
        for path, attachments, picture in self.rows_of("SELECT path, attachments, picture FROM media"):
            said = json.loads(picture)
            files = tuple(Attachment(**one) for one in json.loads(attachments))
            found[path] = files, Picture(**said) if said else None
        return found
