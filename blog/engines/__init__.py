"""The engines whose folders are read as they are: recognised by what lies in them, each with its rules.

A module, or a package, has ``configure(root, why)``, which returns the ``Facts`` that the engine's configuration tells,
and ``Rules``, a subclass of ``reader.Reading`` that answers some questions of a file as that engine does. To add one,
write it and name it in ``MARKS`` and ``settings.choices.SITES``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import settings as table
from ..facts import Facts
from ..settings import Settings

if TYPE_CHECKING:
    from ..reader import Reading

OWN = "flatleaf"
PLAIN = "plain"


def load(root: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings of the site in ``root``, and what its engine's configuration says of what they leave open.

    Raises ``SettingsError``.
    """
    settings = table.load(root, environment)
    return settings_with(settings, facts_of(settings))


def facts_of(settings: Settings) -> Facts:
    """Return what is known of the site: of the engine that the settings name, else of the one that is recognised."""
    root = settings.root
    name, why = (settings.engine, "the setting engine") if settings.engine else recognised(root)
    if name in (OWN, PLAIN):
        return Facts(name, why)
    facts: Facts = module(name).configure(root, why)
    return facts


def settings_with(settings: Settings, facts: Facts) -> Settings:
    """Return settings with those of the facts that their owner hasn't set, each as the table wants it."""
    found: dict[str, Any] = {}
    for key, value in facts.settings.items():
        if key in settings.given:
            continue
        with suppress(ValueError):  # what another engine takes needn't be what we take
            found[key] = table.TABLE[key].metadata["check"](value)
    switches = tuple(dict.fromkeys((*facts.settings.get("markdown", ()), *settings.markdown)))
    found["markdown"] = switches
    given = settings.given | ({"url"} if "url" in found else set())
    return replace(settings, **found, given=frozenset(given), facts=facts)


@lru_cache(maxsize=32)
def module(name: str) -> Any:
    """Return the module of an engine."""
    return import_module(f"{__name__}.{name}")


def reading_of(settings: Settings) -> type[Reading]:
    """Return how the files of a site are read."""
    from ..reader import Reading  # here: it brings the parsers, which whoever only serves may never need

    name = settings.facts.engine
    rules: type[Reading] = Reading if name == OWN else module(name).Rules
    return rules


def recognised(root: Path) -> tuple[str, str]:
    """Return whose site a folder is, and why; our own, or a plain folder, where nothing tells."""
    for name, marks in MARKS:
        for why in filter(None, (mark(root) for mark in marks)):
            return name, why
    return OWN, "nothing tells of another engine"


def file(*names: str) -> Callable[[Path], str]:
    """Return a mark: that one of some files is there."""
    return lambda root: next((name for name in names if (root / name).is_file()), "")


def folder(*names: str) -> Callable[[Path], str]:
    """Return a mark: that one of some folders is there."""
    return lambda root: next((f"{name}/" for name in names if (root / name).is_dir()), "")


def matches(pattern: str) -> Callable[[Path], str]:
    """Return a mark: that a file of some name is there."""
    return lambda root: next((path.name for path in sorted(root.glob(pattern))), "")


def says(name: str, pattern: str, *, beside: str = "", but: str = "") -> Callable[[Path], str]:
    """Return a mark: that a file says something, and not ``but``; and that a folder is beside it, if one is named."""

    def mark(root: Path) -> str:
        if beside and not (root / beside).is_dir():
            return ""
        try:
            text = (root / name).read_text(encoding="utf-8-sig", errors="replace")
        except OSError:
            return ""
        found = re.search(pattern, text, re.MULTILINE)
        if not found or (but and re.search(but, text, re.MULTILINE)):
            return ""
        said = " ".join(found[0].split())
        return f"{name} says {said}" if said else f"{name} is there"

    return mark


def needs(*packages: str) -> Callable[[Path], str]:
    """Return a mark: that package.json names a package."""

    def mark(root: Path) -> str:
        try:
            said = json.loads((root / "package.json").read_text(encoding="utf-8-sig"))
        except (OSError, ValueError, RecursionError):
            return ""
        parts = [said.get(key) for key in ("dependencies", "devDependencies")] if isinstance(said, dict) else []
        named = {name for part in parts if isinstance(part, dict) for name in part}
        found = next((name for name in packages if name in named), "")
        return f"package.json needs {found}" if found else ""

    return mark


# Keys of a _config.yml that Hexo hasn't.
OF_JEKYLL = r"^(source|collections|plugins|gems|paginate|kramdown|rdiscount|highlighter|pygments)\s*:"
# In this order: what tells most surely comes first, our own last: another engine's site may have settings of ours.
# Each mark returns what it has seen, "" for nothing.
MARKS: tuple[tuple[str, tuple[Callable[[Path], str], ...]], ...] = (
    ("zola", (says("config.toml", r"^[ \t]*+base_url[ \t]*+="), says("zola.toml", r"^[ \t]*+base_url[ \t]*+="))),
    (
        "hugo",
        (
            file("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"),
            folder("config/_default"),
            says("config.toml", r"(?i)^[ \t]*+(baseurl|languagecode|theme|contentdir|publishdir|\[permalinks\])"),
            says("config.yaml", r"(?i)^(baseurl|languagecode)\s*:"),
            says("config.yml", r"(?i)^(baseurl|languagecode)\s*:"),
            says("config.json", r'(?i)"(baseurl|languagecode)"\s*:'),
        ),
    ),
    (
        "hexo",
        (
            says("_config.yml", r"^(source_dir|new_post_name|post_asset_folder|default_layout)\s*:"),
            needs("hexo"),
            says("_config.yml", "", beside="source/_posts", but=r"^source\s*:"),
            says("_config.yml", r"^(root|per_page|category_map|deploy)\s*:", beside="source", but=OF_JEKYLL),
        ),
    ),
    ("jekyll", (says("_config.yml", ""), says("_config.yaml", ""), says("_config.toml", ""), folder("_posts"))),
    ("pelican", (file("pelicanconf.py"),)),
    ("nikola", (says("conf.py", r"^(POSTS|PAGES|BLOG_TITLE)\s*="),)),
    ("lektor", (matches("*.lektorproject"), file("content/contents.lr"))),
    ("pyblosxom", (says("config.py", r"^py\["),)),
    ("luapress", (says("config.lua", ""),)),
    ("kirby", (folder("kirby", "site/blueprints"), file("content/site.txt"))),
    (
        "eleventy",
        (
            file(".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs"),
            needs("@11ty/eleventy"),
        ),
    ),
    ("docusaurus", (file("docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs"),)),
    (
        "vuepress",
        (
            folder(
                *(f"{place}{home}" for home in (".vuepress", ".vitepress") for place in ("", "docs/", "src/", "blog/"))
            ),
            needs("vuepress", "vitepress"),
        ),
    ),
    (
        "gatsby",
        (
            file("gatsby-config.js", "gatsby-config.ts", "gatsby-config.mjs", "astro.config.mjs", "astro.config.ts"),
            needs("gatsby", "astro", "next", "@remix-run/react"),
        ),
    ),
    ("mkdocs", (file("mkdocs.yml", "mkdocs.yaml"),)),
    ("obsidian", (folder(".obsidian", "content/.obsidian"), file("quartz.config.ts"))),
    (OWN, (says("pyproject.toml", r"^\[tool\.blog\]"),)),
)
