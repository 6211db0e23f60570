"""Make tiny sites of Hugo, and read them."""

from __future__ import annotations

from pathlib import Path

from blog.documents import Document

from ..conftest import site

HEADER = "---\ntitle: {}\ndate: 2020-01-02\n{}---\nText.\n"


def urls(root: Path, files: dict[str, str]) -> dict[str, str]:
    """Return the addresses of a site's documents by file, below the folder of content."""
    documents = site(root, {"hugo.toml": 'title = "S"\n'} | files)[1]
    return {name: one.url for name, one in documents.items() if isinstance(one, Document)}


def url_of(root: Path, config: str, name: str = "posts/my-post.md", more: str = "", title: str = "My Title") -> str:
    """Return the address of one file."""
    return urls(root, {"hugo.toml": config, f"content/{name}": HEADER.format(title, more)})[f"content/{name}"]


def one_of(root: Path, header: str, config: str = "", name: str = "posts/x.md") -> Document:
    """Return the document of one file."""
    _, documents = site(root, {"hugo.toml": config, f"content/{name}": header})
    found = documents[f"content/{name}"]
    assert isinstance(found, Document), found
    return found
