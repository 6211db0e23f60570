"""The languages of Hugo's sites."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from blog.documents import Document
from blog.engines import hugo

from ..conftest import site, write
from .conftest import HEADER


def test_addresses_of_another_language_begin_with_it(tmp_path: Path) -> None:
    config = "[languages.en]\nweight = 1\n[languages.fa]\nweight = 2\n[languages.zh-CN]\nweight = 3\n"
    header = HEADER.format("T", "")
    files = {
        "hugo.toml": config,
        "content/about.md": header,
        "content/about.fa.md": header,
        "content/about.zh-CN.md": header,
        "content/posts/b/index.fa.md": header,
        "content/rel.fa.md": HEADER.format("T", "url: rel/x.html\n"),
        "content/abs.fa.md": HEADER.format("T", "url: /abs\n"),
        "content/_index.fa.md": header,
    }
    loaded, documents = site(tmp_path, files)
    found = {name: one.url for name, one in documents.items() if isinstance(one, Document)}
    assert found == {
        "content/about.md": "/about/",
        "content/about.fa.md": "/fa/about/",
        "content/about.zh-CN.md": "/zh-cn/about/",
        "content/posts/b/index.fa.md": "/fa/posts/b/",
        "content/rel.fa.md": "/fa/rel/x.html",
        "content/abs.fa.md": "/abs/",
        "content/_index.fa.md": "/fa/",
    }
    assert loaded.languages == ("fa", "zh-cn")
    one = documents["content/about.fa.md"]
    assert isinstance(one, Document)
    assert one.language == "fa"


def test_each_language_may_have_its_folder_and_its_time_zone(tmp_path: Path) -> None:
    config = """
defaultContentLanguageInSubdir = true
[languages.en]
contentDir = "content/english"
timeZone = "America/New_York"
[languages.fa]
contentDir = "content/farsi"
[languages.de]
contentDir = "content/deutsch"
disabled = true
"""
    names = ["english/posts/a.md", "farsi/posts/a.md", "deutsch/posts/a.md"]
    files = {f"content/{name}": HEADER.format("T", "") for name in names}
    _, documents = site(tmp_path, {"hugo.toml": config} | files)
    assert list(documents) == ["content/english/posts/a.md", "content/farsi/posts/a.md"]
    english, farsi = (one for one in documents.values() if isinstance(one, Document))
    assert (english.url, farsi.url, farsi.language) == ("/en/posts/a/", "/fa/posts/a/", "fa")
    assert english.date == datetime.fromisoformat("2020-01-02T00:00:00-05:00")
    assert farsi.date == datetime.fromisoformat("2020-01-02T00:00:00+00:00")


def test_languages_are_guessed_where_there_is_no_configuration(tmp_path: Path) -> None:
    header = HEADER.format("T", "")
    names = ["en/docs/a.md", "zh-cn/docs/a.md"]
    write(tmp_path, {f"content/{name}": header for name in names})
    facts = hugo.configure(tmp_path, "")
    assert [(folder.path, folder.language) for folder in facts.folders] == [
        ("content/en", ""),
        ("content/zh-cn", "zh-cn"),
    ]
    assert facts.values["languages"] == {"en": "", "zh-cn": "zh-cn"}
    write(tmp_path / "other", {"content/a.md": header, "content/a.fr.md": header, "content/node.js.md": header})
    assert hugo.configure(tmp_path / "other", "").values["languages"] == {"en": "", "fr": "fr"}
    write(tmp_path / "third", {"content/b/index.md": header, "content/b/index.en.md": header})
    facts = hugo.configure(tmp_path / "third", "")
    assert (facts.values["languages"], "language" in facts.settings) == ({"und": "", "en": "en"}, False)
