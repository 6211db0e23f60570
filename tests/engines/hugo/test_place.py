"""What the place of a file makes of it in Hugo's sites."""

from __future__ import annotations

from pathlib import Path

from blog import engines
from blog.documents import Document
from blog.library import Library

from ..conftest import site, write
from .conftest import HEADER, urls


def test_mounts_say_where_content_lies(tmp_path: Path) -> None:
    config = """
[[module.mounts]]
source = "content/en"
target = "content"
lang = "en"
[[module.mounts]]
source = "external/spec"
target = "content/docs/spec"
[module.mounts.sites.matrix]
languages = ["en"]
[[module.mounts]]
source = "other"
target = "static"
"""
    files = {"hugo.toml": config, "content/en/a.md": "---\ntitle: A\n---\n", "content/xx/b.md": "no"}
    files |= {"external/spec/1.0/s.md": "---\ntitle: S\n---\n", "index.html": "no", "other/robots.txt": ""}
    assert urls(tmp_path, files) == {"content/en/a.md": "/a/", "external/spec/1.0/s.md": "/docs/spec/1.0/s/"}


def test_what_lies_in_a_leaf_bundle_is_no_page(tmp_path: Path) -> None:
    header = HEADER.format("T", "")
    names = ["b/index.md", "b/part.md", "b/inner/index.md", "b/inner/z.md", "c/index.fr.md", "c/d.md", "e/_index.md"]
    files = {f"content/{name}": header for name in [*names, "e/f.md"]}
    _, documents = site(tmp_path, files | {"hugo.toml": "[languages.en]\n[languages.fr]\n"})
    pages = [name for name, one in documents.items() if isinstance(one, Document)]
    assert pages == ["content/b/index.md", "content/c/index.fr.md", "content/e/_index.md", "content/e/f.md"]
    assert documents["content/b/part.md"] == "it is a resource of the bundle b/"


def test_dated_pages_of_the_main_sections_are_posts(tmp_path: Path) -> None:
    dated, undated = HEADER.format("T", ""), "---\ntitle: T\n---\n"
    files = {"content/blog/a.md": dated, "content/blog/b.md": undated, "content/docs/c.md": dated}
    _, documents = site(tmp_path, {"hugo.toml": "", **files})
    assert [one.kind for one in documents.values() if isinstance(one, Document)] == ["post", "page", "page"]
    _, documents = site(tmp_path, {"hugo.toml": '[params]\nmainSections = ["docs"]\n'})
    assert [one.kind for one in documents.values() if isinstance(one, Document)] == ["page", "page", "post"]


def test_what_is_handed_down_and_what_is_in_a_bundle_is_seen_at_once(tmp_path: Path) -> None:
    files = {"content/posts/a.md": HEADER.format("A", ""), "content/posts/b/c.md": HEADER.format("C", "")}
    write(tmp_path, {"hugo.toml": "", "content/d.md": HEADER.format("D", ""), **files})
    library = Library(engines.load(tmp_path, {}))
    shown = {path: document.url for path, document, _ in library.files() if document} if library.refresh() else {}
    assert shown == {"content/d.md": "/d/", "content/posts/a.md": "/posts/a/", "content/posts/b/c.md": "/posts/b/c/"}
    write(tmp_path, {"content/posts/_index.md": HEADER.format("P", "slug: articles\n")})
    assert library.refresh()
    shown = {path: document.url for path, document, _ in library.files() if document}
    assert (shown["content/posts/a.md"], shown["content/d.md"]) == ("/articles/a/", "/d/")
    write(tmp_path, {"content/posts/b/index.md": HEADER.format("B", "")})
    assert library.refresh()
    assert "content/posts/b/c.md" in dict(library.left_out())
    (tmp_path / "content/posts/_index.md").unlink()
    (tmp_path / "content/posts/b/index.md").unlink()
    assert library.refresh()
    shown = {path: document.url for path, document, _ in library.files() if document}
    assert shown == {"content/d.md": "/d/", "content/posts/a.md": "/posts/a/", "content/posts/b/c.md": "/posts/b/c/"}
