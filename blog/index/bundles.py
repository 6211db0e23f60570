"""Whose an asset is: the folders that belong to one document, and the addresses of what lies in them."""

from __future__ import annotations

import posixpath
import sqlite3
from pathlib import PurePosixPath

from ..documents import POST
from ..sources import POST_FOLDERS, is_text
from ..urls import asset_url, home


def settle_assets(db: sqlite3.Connection, by_name: bool = False) -> None:
    """Give every asset its address: beside the page of the bundle that it lies in, else at its own path.

    With ``by_name`` the folder of a post's name beside it is its bundle, too.
    """
    bundles = (folders_beside(db) if by_name else {}) | bundle_folders(db)
    moved = []
    for path, address, url, owner in db.execute("SELECT path, address, url, owner FROM files WHERE url != ''"):
        folder = next((str(parent) for parent in PurePosixPath(path).parents if str(parent) in bundles), "")
        bundle, url_of_bundle = bundles.get(folder, ("", ""))
        beside = asset_url(url_of_bundle + path[len(folder) + 1 :]) if url_of_bundle else asset_url(address)
        if (beside, bundle) != (url, owner):
            moved.append((beside, bundle, path))
    db.executemany("UPDATE files SET url = ?, owner = ? WHERE path = ?", moved)


def folders_beside(db: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Return the folders of the names of posts, with the post's path and the address of what lies in it.

    https://hexo.io/docs/asset-folders
    """
    found = unusable(db) | dict(db.execute("SELECT path, url FROM documents WHERE kind = ?", (POST,)))
    return {posixpath.splitext(path)[0]: (path, url and in_folder(url)) for path, url in found.items()}


def unusable(db: sqlite3.Connection, there: str = "TRUE") -> dict[str, str]:
    """Return the texts that can't be used, each with no address."""
    broken = "SELECT DISTINCT path FROM problems JOIN files USING (path) WHERE fatal = 1 AND url = '' AND"
    return {path: "" for (path,) in db.execute(f"{broken} {there}") if is_text(path)}


def in_folder(url: str) -> str:
    """Return the folder of an address: ``/a/`` for ``/a.html``."""
    return home(url) or f"{posixpath.splitext(url)[0]}/"


def bundle_folders(db: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Return the folders that belong to one document, with its path and address.

    A folder with an ``index`` file is one, but not a whole content folder, nor one of posts. If that file can't be
    used, nobody knows whether what lies beside it is for the public: its bundle has no address.
    """
    there = " AND ".join(["address GLOB '*/index.*'", *(f"address NOT GLOB '{top}/index.*'" for top in POST_FOLDERS)])
    good = "SELECT documents.path, documents.url FROM documents JOIN files USING (path) WHERE"
    found = unusable(db, there) | dict(db.execute(f"{good} {there}"))
    return {str(PurePosixPath(path).parent): (path, url and home(url)) for path, url in found.items()}
