"""Imports go one way: the layers of blog/, held by reading every import with ``ast``."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from blog.indexer import READING

BLOG = Path(__file__).parent.parent / "blog"

# A module may import from the layers below its own, and from its own package where that is one thing.
LAYERS = (
    ("cli", "wsgi"),
    ("__init__",),
    ("features",),
    ("audit",),
    ("feeds",),
    ("development", "freeze"),
    ("failure", "identity"),
    ("site",),
    ("live",),
    ("library",),
    ("digests",),
    ("catalogue", "indexer", "problems"),
    ("index",),
    ("engines", "ledger", "likeness"),
    ("reader",),
    ("descriptions", "urls", "markup", "headers", "media", "sources", "titles"),
    ("templates",),
    ("furniture",),
    ("dates", "documents", "phrases", "security", "values", "words"),
    ("settings",),
    (
        *"colors conditions errors facts files history languages".split(),
        *"months names permalinks processes sheets".split(),
        *"shelf slugs watch".split(),
    ),
)
RANK = {part: rank for rank, layer in enumerate(LAYERS) for part in layer}
MANY = {"features"}  # packages whose modules know nothing of each other


def imports(source: str, package: str) -> Iterator[tuple[int, str]]:
    """Yield line and full name of all that a module of a package imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            base = ".".join(parts[: len(parts) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, [base, node.module]))
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in ("import_module", "__import__") and node.args and isinstance(node.args[0], ast.Constant):
                yield node.lineno, str(node.args[0].value)


def wrong(path: str, source: str) -> list[str]:
    """Return the imports of ``blog/path`` that go against the order."""
    parts = path.removesuffix(".py").split("/")
    own, package = parts[0], ".".join(["blog", *parts[:-1]])
    found = []
    for line, name in imports(source, package):
        root, _, rest = name.partition(".")
        if root != "blog" or rest == "__version__":  # the version is a plain constant of the distribution
            continue
        target = rest.split(".")
        part = target[0] if target[0] in RANK or (BLOG / f"{target[0]}.py").exists() else "__init__"
        if part == own:
            inside = target[1] if len(target) > 1 else "__init__"
            fine = own not in MANY or inside in ("__init__", parts[-1])
        else:
            fine = part in RANK and own in RANK and RANK[own] < RANK[part]
        if not fine:
            found.append(f"{path}:{line}: imports {name}")
    return found


def modules() -> dict[str, str]:
    return {file.relative_to(BLOG).as_posix(): file.read_text(encoding="utf-8") for file in sorted(BLOG.rglob("*.py"))}


def test_every_part_has_its_layer() -> None:
    assert {name.removesuffix(".py").split("/")[0] for name in modules()} <= RANK.keys()


def test_imports_go_one_way() -> None:
    assert [line for path, source in modules().items() for line in wrong(path, source)] == []


def test_modules_import_each_other_in_no_circle() -> None:
    """What is imported as a module is read; what a function imports later may lead back."""
    graph = {}
    for path, source in modules().items():
        parts = ("blog", *path.removesuffix(".py").split("/"))
        top = [node for node in ast.parse(source).body if isinstance(node, (ast.Import, ast.ImportFrom))]
        found = [name for _, name in imports(ast.unparse(ast.Module(top, [])), ".".join(parts[:-1]))]
        graph[".".join(parts).removesuffix(".__init__")] = found
    known = {name: {one if one in graph else one.rpartition(".")[0] for one in found} for name, found in graph.items()}
    TopologicalSorter(known).prepare()


def test_the_index_is_of_another_version_when_a_package_changes_that_fills_it() -> None:
    found, left = set[str](), ["indexer"]
    while left:
        part = left.pop()
        sources = {path: source for path, source in modules().items() if path.split("/")[0] in (part, f"{part}.py")}
        for path, source in sources.items():
            names = (name.split(".") for _, name in imports(source, ".".join(["blog", *path.split("/")[:-1]])))
            left += {name[1] for name in names if name[0] == "blog" and name[1] in RANK} - found - {*left}
        found.add(part)
    assert {part for part in found if (BLOG / part).is_dir()} <= {*READING}


def test_features_are_named_in_one_place() -> None:
    """Only ``blog/__init__.py`` says which features there are."""
    names = {file.stem for file in (BLOG / "features").glob("*.py")} - {"__init__"}
    source = (BLOG / "__init__.py").read_text(encoding="utf-8")
    tuples = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Tuple)]
    named = [{e.value for e in node.elts if isinstance(e, ast.Constant)} for node in tuples]
    assert names in named


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("errors.py", "from . import settings"),
        ("errors.py", "from .settings import Settings"),
        ("errors.py", "import blog.settings"),
        ("errors.py", "from blog.settings import load"),
        ("errors.py", "from blog import settings"),
        ("errors.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .settings import Settings"),
        ("errors.py", "def f():\n    from . import library"),
        ("errors.py", "import importlib\nimportlib.import_module('blog.library')"),
        ("documents.py", "from . import dates"),
        ("markup/renderer.py", "from ..urls import href"),
        ("markup/renderer.py", "from .. import library"),
        ("headers/yaml.py", "from ..reader import read"),
        ("library.py", "from . import create_app"),
        ("library.py", "from .features import posts"),
        ("features/posts.py", "from . import tags"),
        ("features/posts.py", "from .tags import tag"),
        ("features/posts.py", "from ..features.tags import tag"),
        ("features/posts.py", "from blog import create_app"),
        ("features/posts.py", "from .. import cli"),
        ("freeze.py", "from .features.feeds import urls"),
        ("surprise.py", "from .errors import BlogError"),
    ],
)
def test_the_check_finds_an_import_that_goes_up(path: str, source: str) -> None:
    assert len(wrong(path, source)) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("settings/loading.py", "from ..errors import SettingsError\nfrom .table import TABLE"),
        ("markup/renderer.py", "from . import code\nfrom .headings import heading_id\nfrom ..errors import BlogError"),
        ("features/posts.py", "from .. import urls\nfrom ..site import current\nfrom ..errors import BlogError"),
        ("features/__init__.py", "import flask"),
        ("library.py", "from . import __version__, index\nimport json\nfrom flask import Flask"),
        ("__init__.py", "from . import freeze\nfrom .features import posts"),
        ("cli.py", "from . import __version__, create_app"),
        ("errors.py", "import blogger\nfrom blogging import settings"),
    ],
)
def test_the_check_lets_an_import_pass_that_goes_down(path: str, source: str) -> None:
    assert wrong(path, source) == []
