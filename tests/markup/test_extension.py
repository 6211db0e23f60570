"""A site's own extension gets the parser, before anything is rendered, and is refused at the start if it can't."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from blog.errors import SettingsError
from blog.markup import extension
from blog.site import of

KEYS = r'''
"""Keys as [[Ctrl]]."""

from __future__ import annotations

import html
from dataclasses import dataclass

import mistune


@dataclass
class Tag:
    name: str


def parse(inline, found, state):
    state.append_token({"type": "key", "raw": found["my_key"]})
    return found.end()


def render(renderer, text):
    return f"<{Tag('kbd').name}>{html.escape(text)}</kbd>"


def extend(markdown):
    assert isinstance(markdown, mistune.Markdown)
    markdown.inline.register("key", r"\[\[(?P<my_key>[A-Z][\w+]*)\]\]", parse, before="link")
    markdown.renderer.register("key", render)


nothing = 3
'''


@pytest.fixture
def keys(site: Callable[..., Any]) -> Any:
    """Return a site with an extension."""
    made = site({"my_keys.py": KEYS, "posts/a.md": "# A\n\nPress [[Ctrl]] **now**.\n"})
    made.settings(markdown_extension="my_keys:extend")
    return made


def test_a_function_of_the_site_adds_to_markdown(keys: Any) -> None:
    assert "<p>Press <kbd>Ctrl</kbd> <strong>now</strong>.</p>" in keys.body("/posts/a/")


def test_without_the_setting_nothing_is_added(keys: Any) -> None:
    keys.settings()
    assert "<p>Press [[Ctrl]] <strong>now</strong>.</p>" in keys.body("/posts/a/")


def test_a_changed_extension_renders_all_texts_again(keys: Any) -> None:
    before = of(keys.app()).library.index.version
    keys.write({"my_keys.py": KEYS.replace("'kbd'", "'samp'").replace("</kbd>", "</samp>")})
    assert of(keys.app()).library.index.version != before
    assert "<samp>Ctrl</samp>" in keys.body("/posts/a/")


def test_a_frozen_site_has_it_too_and_follows_its_changes(keys: Any) -> None:
    assert b"<kbd>Ctrl</kbd>" in keys.freeze()["posts/a/index.html"]
    keys.write({"my_keys.py": KEYS.replace("'kbd'", "'samp'").replace("</kbd>", "</samp>")})
    assert b"<samp>Ctrl</samp>" in keys.freeze()["posts/a/index.html"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("my_keys:nothing", "there is no function nothing"),
        ("my_keys:missing", "there is no function missing"),
        ("no_such_module:extend", "there is no no_such_module.py in the site's folder, and no such module"),
        ("no.such.module:extend", "and no such module"),
        ("failing:extend", "extend failed: ValueError: not this way"),
        ("broken:extend", "can't be loaded: ZeroDivisionError: division by zero"),
    ],
)
def test_an_extension_that_can_not_be_used_is_refused_at_the_start(keys: Any, name: str, message: str) -> None:
    keys.write({"broken.py": "1 / 0\n", "failing.py": "def extend(_):\n    raise ValueError('not\\nthis way')\n"})
    keys.settings(markdown_extension=name)
    with pytest.raises(SettingsError, match="markdown_extension") as caught:
        keys.app()
    assert message in caught.value.message
    assert "\n" not in caught.value.message


def test_an_installed_module_will_do(tmp_path: Path) -> None:
    found = extension.find(tmp_path, "mistune.plugins.speedup:speedup")
    assert found
    assert extension.load(found).__name__ == "speedup"
    assert os.path.isabs(found.file)
    assert extension.find(tmp_path, "") is None
