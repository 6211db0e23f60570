"""The files of the default theme, and those of a site that stand in for them.

A site's template comes before the theme's of the same name. As ``theme:NAME`` the theme's own can be had all the same,
so that a template may extend the one that it stands in for. A copied file says in its first line what it is a copy of.
"""

from __future__ import annotations

import difflib
import hashlib
import logging
import re
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import flask.templating
import jinja2
from jinja2 import meta
from jinja2.bccache import Bucket

from . import __version__
from .documents import Problem
from .errors import where

LOG = logging.getLogger("blog")
THEME = Path(__file__).parent / "theme"  # in an installed wheel
if not THEME.is_dir():
    THEME = Path(__file__).parent.parent  # in a checkout
FOLDERS = ("templates", "static")
OF_SERVE = "templates/dev/"  # what `blog serve` puts into pages is no part of the theme
PREFIX = "theme"
NOTE = re.compile(r"theme: (?P<name>\S+) \S+ sha256:(?P<digest>[0-9a-f]{64})")
COMMENTS = {".html": "{# %s #}", ".xml": "{# %s #}", ".css": "/* %s */", ".js": "/* %s */", ".svg": "<!-- %s -->"}


class Environment(flask.templating.Environment):
    """Give every template the same globals as one table; Jinja chains two, which each page would go through anew.

    So no template can be given globals of its own: they would be everybody's.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template."""
        return self.globals if d is None else super().make_globals(d)


class LastGood(jinja2.ChoiceLoader):
    """Find templates; while a site is ``public``, one that is broken stays what it was before."""

    def __init__(self, loaders: Sequence[jinja2.BaseLoader], public: Callable[[], bool]) -> None:
        super().__init__(loaders)
        self.public = public
        self.good: dict[str, jinja2.Template] = {}

    def load(
        self, environment: jinja2.Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> jinja2.Template:
        """Return a template by its name."""
        try:
            template = super().load(environment, name, globals)
        except (jinja2.TemplateSyntaxError, UnicodeDecodeError, OSError) as error:
            if name not in self.good or not self.public():
                raise
            line = error.lineno if isinstance(error, jinja2.TemplateSyntaxError) else 0
            LOG.error("%s%s; the last good version stays", where(f"templates/{name}", line), error)
            return self.good[name]
        self.good[name] = template
        return template


class Compiled(jinja2.FileSystemBytecodeCache):
    """Keep what templates were compiled to, so that the next process starts faster; where that can't be, it isn't.

    https://jinja.palletsprojects.com/en/stable/api/#bytecode-cache
    """

    def __init__(self, folder: Path) -> None:
        self.prefix = f"{__version__}-"
        super().__init__(str(folder), f"{self.prefix}%s")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read what a template was compiled to."""
        with suppress(Exception):  # whatever a damaged file makes it raise: what can't be read is compiled
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write what a template was compiled to, whole or not at all."""
        with suppress(OSError):
            Path(self.directory).mkdir(exist_ok=True)  # but not a site's folder that is away just now
            super().dump_bytecode(bucket)
            for other in Path(self.directory).iterdir():  # of another version
                if not other.name.startswith(self.prefix):
                    other.unlink()


def loader(themes: Iterable[Path], public: Callable[[], bool]) -> LastGood:
    """Return what finds templates: the first theme that has one, or the default theme by a prefix."""
    chosen = jinja2.FileSystemLoader([theme / "templates" for theme in themes])
    default = jinja2.FileSystemLoader(THEME / "templates")
    return LastGood([chosen, jinja2.PrefixLoader({PREFIX: default}, ":")], public)


def problems(environment: jinja2.Environment, root: Path) -> Iterator[Problem]:
    """Yield templates of a site that can't be read, that ask for what isn't there, or fill what is no block."""
    own, names = jinja2.FileSystemLoader(root / "templates"), environment.list_templates()
    for name in own.list_templates():
        try:
            source, _, _ = own.get_source(environment, name)
            tree = environment.parse(source, name)
            environment.compile(tree, name, raw=True)
        except jinja2.TemplateSyntaxError as error:
            yield Problem(f"templates/{name}", error.lineno, str(error.message), True)
        except (UnicodeDecodeError, OSError) as error:
            yield Problem(f"templates/{name}", 0, str(error), True)
        else:
            yield from unfound(name, tree, source, names)
            yield from lost_blocks(environment, name, tree)


def unfound(name: str, tree: jinja2.nodes.Template, source: str, names: list[str]) -> Iterator[Problem]:
    """Yield the templates that one asks for in vain."""
    for wanted in meta.find_referenced_templates(tree):
        if wanted is None or (wanted in names and wanted != name):
            continue
        line = source.count("\n", 0, max(source.find(f'"{wanted}"'), source.find(f"'{wanted}'"), 0)) + 1
        if wanted == name:
            yield Problem(f"templates/{name}", line, f'this asks for itself: the theme\'s is "{PREFIX}:{name}"', True)
        else:
            yield Problem(f"templates/{name}", line, f"there is no template {wanted}", True)


def lost_blocks(environment: jinja2.Environment, name: str, tree: jinja2.nodes.Template) -> Iterator[Problem]:
    """Yield the blocks that a template fills and none of those that it extends has: nobody ever sees them."""
    known = blocks_above(environment, tree)
    for block in tree.body if known else ():
        if isinstance(block, jinja2.nodes.Block) and block.name not in known:
            near = difflib.get_close_matches(block.name, known, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            message = f"no template that this extends has a block {block.name}, so it isn't shown{hint}"
            yield Problem(f"templates/{name}", block.lineno, message)


def blocks_above(environment: jinja2.Environment, tree: jinja2.nodes.Template) -> set[str]:
    """Return the names of all blocks of the templates that one extends; none if it can't be told which these are."""
    found: set[str] = set()
    seen: set[str] = set()
    while extends := tree.find(jinja2.nodes.Extends):
        above = extends.template.value if isinstance(extends.template, jinja2.nodes.Const) else ""
        if not above or above in seen or not environment.loader:
            return set()
        seen.add(above)
        try:
            tree = environment.parse(environment.loader.get_source(environment, above)[0], above)
        except (jinja2.TemplateError, UnicodeDecodeError, OSError):
            return set()
        found |= {block.name for block in tree.find_all(jinja2.nodes.Block)}
    return found


def files(folder: Path = THEME) -> list[str]:
    """Return the names of all files of a theme, such as ``templates/post.html``."""
    found = (path for top in FOLDERS for path in (folder / top).rglob("*") if path.is_file())
    names = (path.relative_to(folder).as_posix() for path in found)
    return sorted(name for name in names if not name.startswith(OF_SERVE) and "/." not in name)


def digest(name: str) -> str:
    """Return the SHA-256 of a file of the default theme as it is now, ``""`` if there is none."""
    path = THEME / name
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def copy_of(name: str) -> bytes:
    """Return a file of the default theme, with a first line that says what it is a copy of where it can hold one."""
    data = (THEME / name).read_bytes()
    comment = COMMENTS.get(Path(name).suffix)
    note = f"theme: {name} {__version__} sha256:{digest(name)}"
    return (comment % note + "\n").encode() + data if comment else data


def original(path: Path) -> tuple[str, str]:
    """Return name and digest of what a file says it is a copy of, both empty if it says nothing."""
    with path.open("rb") as file:
        found = NOTE.search(file.read(500).decode(errors="replace"))
    return (found["name"], found["digest"]) if found else ("", "")


def outdated(root: Path) -> Iterator[Problem]:
    """Yield the copies in a site whose originals have changed since, or are gone."""
    for name in files(root) if root.resolve() != THEME.resolve() else ():
        copied, then = original(root / name)
        now = digest(copied) if copied in files() else ""
        if copied and not now:
            yield Problem(name, 1, f"the theme has no {copied} any more, of which this is a copy")
        elif copied and now != then:
            message = f"the theme's {copied} has changed since this was copied: see flask theme diff {copied}"
            yield Problem(name, 1, f"{message}, and say here when that is done: sha256:{now}")
