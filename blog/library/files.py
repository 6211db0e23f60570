"""Questions about files: those beside a text, and those of the theme."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from pathlib import Path
from stat import S_ISREG
from urllib.parse import unquote, urlsplit

from .. import digests
from ..index.digests import digest
from ..sources import walk
from .addresses import Addresses
from .notes import NOTES, question


class Files(Addresses):
    """Answer what is known of files without reading them."""

    @question
    def size(self, url: str) -> int:
        """Return the size of the file at an address in bytes, -1 if there is none."""
        asset = self.catalogue.assets.get(url)
        rows = self.rows("SELECT size FROM files WHERE path = ?", asset[:1]) if asset else []
        return int(rows[0][0]) if rows else -1

    @question
    def extent(self, path: str, link: str) -> str:
        """Return width and height of the image that a link of a file names, within the site: ``640x480``, or ``""``."""
        contents, name = self.catalogue, unquote(urlsplit(link).path)
        if name.startswith("/"):
            return contents.extents.get(contents.assets.get(name, ("",))[0], "")
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        return contents.extents.get(contents.own_file(path, name) or beside, "")

    @question
    def bundle(self, path: str) -> list[tuple[str, str, str]]:
        """Return what lies in the bundle of a document: the name there, the file, and a digest of its stamp."""
        sql = "SELECT path, mtime_ns, size, ctime_ns FROM files WHERE owner = ? AND url != '' ORDER BY path"
        start = len(posixpath.dirname(path)) + 1
        return [(file[start:], file, digest(stamp)) for file, *stamp in self.rows(sql, (path,))]

    @question
    def stamp(self, path: str) -> str:
        """Return what tells one state of a file of the theme or of ``static/`` from another."""
        found, notes = self.stamps.get(path) or digests.stamp(path), NOTES.get()
        if self.pinned:
            self.stamps[path] = found
        if notes is not None and notes.get(("stamp", path)) is None:
            notes["stamp", path] = found  # the library doesn't hold these files still
        return found

    def note_stamps(self, stamps: Mapping[str, str]) -> None:
        """Note what was read of files once, for an answer that rests on it again."""
        notes = NOTES.get()
        if notes is not None:
            for path, stamp in stamps.items():
                if notes.get(("stamp", path)) is None:
                    notes["stamp", path] = stamp

    @question
    def listing(self, folder: str) -> list[str]:
        """Return the names of all files below a folder of the theme; links are followed once, loops are left."""
        files = walk(folder, self.bounds, set(), ())
        return sorted(Path(file).relative_to(folder).as_posix() for file, status in files if S_ISREG(status.st_mode))
