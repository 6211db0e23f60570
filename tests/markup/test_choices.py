"""What a site's settings and a text's header choose reaches the rendering, and the digest of the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from blog.documents import Document
from blog.index.rows import rows_of
from blog.markup import choices
from blog.markup.options import Options
from blog.settings import Settings, load
from blog.settings.choices import MARKDOWN
from blog.site import of


def test_every_switch_of_the_settings_is_one_of_the_rendering() -> None:
    switches = {f.name for f in fields(Options) if isinstance(f.default, bool)}
    assert switches >= MARKDOWN
    assert switches - MARKDOWN == {"dressed"}


def test_without_a_choice_a_site_has_what_is_usual() -> None:
    assert choices.of_site(Settings()) == Options(toc="5")
    assert choices.of_text(Options(), {"title": "x"}, "", "") == Options()


def test_settings_reach_the_rendering(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.blog]\nurl = "https://example.org/"\nlanguage = "de"\nmarkdown = ["math", "-figures"]\n'
        'heading_ids = "hugo"\ntoc = 5\nexternal_rel = "noopener"\n',
        encoding="utf-8",
    )
    found = choices.of_site(load(tmp_path, {}))
    assert (found.math, found.figures, found.tables) == (True, False, True)
    assert (found.heading_ids, found.toc, found.rel, found.home) == ("hugo", "5", "noopener", "https://example.org/")
    assert found.language == "de"


@pytest.mark.parametrize(
    ("meta", "name", "value"),
    [
        ({"toc": True}, "toc", "on"),
        ({"toc": "false"}, "toc", "off"),
        ({"toc": {"depth": 3}}, "toc", ""),
        ({"math": "yes"}, "math", True),
        ({"mathjax": True}, "math", True),
        ({"math": False, "katex": True}, "math", False),
        ({"markdown": ["typography", "-tables"]}, "typography", True),
        ({"markdown": "typography, -tables"}, "tables", False),
        ({"markdown": "kramdown"}, "tables", True),
        ({"markdown": ["dressed", "-dressed", 3, {}]}, "dressed", True),
    ],
)
def test_a_header_chooses_for_its_text(meta: dict[str, Any], name: str, value: object) -> None:
    assert getattr(choices.of_text(Options(), meta, "", ""), name) == value


def test_a_text_in_another_language_is_rendered_in_it() -> None:
    site = Options(language="de")
    assert choices.of_text(site, {}, "fr", "").language == "fr"
    assert choices.of_text(site, {}, "", "").language == "de"


BASE: dict[str, Any] = {"path": "x.md", "kind": "post", "url": "/x/", "title": "X", "body": "text"}


def digest(**values: Any) -> str:
    """Return the digest of the text of a document."""
    (document,) = rows_of(Document(**(BASE | values))).documents
    return str(document[-3])


@pytest.mark.parametrize(
    "values",
    [{"meta": {"toc": True}}, {"meta": {"math": True}}, {"meta": {"markdown": ["marks"]}}, {"language": "de"}],
    ids=str,
)
def test_what_a_header_chooses_is_part_of_its_text(values: dict[str, Any]) -> None:
    assert digest(**values) != digest()


def test_what_a_header_says_beside_is_none() -> None:
    assert digest(meta={"color": "red"}, title="Y", summary="z") == digest()


def test_a_changed_header_renders_the_text_again(site: Callable[..., Any]) -> None:
    made = site({"posts/a.md": "---\ntitle: A\n---\n\nhttps://example.org/a\n"})
    app = made.app()
    assert '<p><a href="https://example.org/a">' in app.test_client().get("/posts/a/").text
    made.write({"posts/a.md": "---\ntitle: A\nmarkdown: [-autolinks]\n---\n\nhttps://example.org/a\n"})
    of(app).library.refresh()
    assert "<p>https://example.org/a</p>" in app.test_client().get("/posts/a/").text


@pytest.mark.parametrize("values", [{"markdown": ["math"]}, {"heading_ids": "hugo"}, {"language": "de"}, {"toc": 3}])
def test_another_choice_of_the_site_renders_all_texts_again(site: Callable[..., Any], values: dict[str, Any]) -> None:
    made = site({"posts/a.md": "# A\n\ntext\n"})
    before = of(made.app()).library.index.version
    made.settings(**values)
    assert of(made.app()).library.index.version != before


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('markdown = ["maths"]', "markdown has no maths; there are abbreviations, "),
        ("markdown = true", 'markdown must be a list of names such as ["math", "-figures"]'),
        ('markdown = "math"', 'markdown must be a list of names such as ["math", "-figures"]'),
        ('heading_ids = "pandoc"', "heading_ids must be one of github, kramdown, hugo"),
        ('external_rel = "NoOpener!"', 'external_rel must be words such as "noopener nofollow"'),
        ('markdown_extension = "x.py"', "markdown_extension must be a module and a function"),
        ("toc = -1", "toc must be a whole number"),
    ],
)
def test_a_wrong_choice_is_refused(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "pyproject.toml").write_text(f"[tool.blog]\n{line}\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"pyproject\.toml:2: ") as caught:
        load(tmp_path, {})
    assert str(caught.value.message).startswith(f"pyproject.toml:2: {message}")  # type: ignore[attr-defined]
