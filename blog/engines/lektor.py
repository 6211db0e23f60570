"""Lektor: a folder for each page, its fields in ``contents.lr``, their meaning in ``models/``.

https://www.getlektor.com/docs/
"""

from __future__ import annotations

import configparser
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .. import dates, headers, permalinks, slugs, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder
from ..reader import KEYS, LeftOut, Reading
from .config import served, text_of, understood

FILE = "contents"
ENVIRONMENT = ImmutableSandboxedEnvironment()
ENVIRONMENT.filters["slugify"] = lambda text: slugs.lektor(str(text))
for _name in ("dateformat", "datetimeformat", "timeformat"):
    ENVIRONMENT.filters[_name] = lambda moment, how="yyyy-MM-dd": permalinks.formatted(how, permalinks.of_date(moment))
DATES = ("pub_date", "date", "published")
TAKEN = {"name": "title", "url": "url", "locale": "language"}
UNMET = ("theme", "url_style", "excluded_assets")
DATE_TYPES = ("date", "datetime")


def configure(root: Path, why: str) -> Facts:
    """Return what the project file and the models tell."""
    project = next(iter(sorted(root.glob("*.lektorproject"))), root / "none.lektorproject")
    config = ini(project)
    about = config.get("project", {})
    languages = {name.partition(".")[2]: said for name, said in config.items() if name.startswith("alternatives.")}
    primary = next((name for name, said in languages.items() if values.flag(said.get("primary", "")) is True), "")
    settings = {
        "title": about.get("name", ""),
        "url": about.get("url", ""),
        "language": about.get("locale", "").replace("_", "-") or primary,
    }
    return Facts(
        "lektor",
        why,
        folders=(Folder("content"), *served(root, "assets")),
        values={
            "models": {file.stem: ini(file) for file in sorted((root / "models").glob("*.ini"))},
            "languages": tuple(languages),
            "primary": primary,
            "around": {
                name: (said.get("url_prefix", ""), said.get("url_suffix", "")) for name, said in languages.items()
            },
        },
        settings={key: value for key, value in settings.items() if value},
        understood=tuple(understood(project.name, about, TAKEN, {}, UNMET)),
    )


def ini(file: Path) -> dict[str, dict[str, str]]:
    """Return a file of sections with keys and values; what can't be read says nothing."""
    parser = configparser.RawConfigParser(strict=False, delimiters=("=",), allow_no_value=True)
    try:
        parser.read_string(file.read_text(encoding="utf-8-sig", errors="replace"))
    except (OSError, configparser.Error):
        return {}
    return {name: {key: value or "" for key, value in parser[name].items()} for name in parser.sections()}


@lru_cache(maxsize=10_000)
def said_in(file: Path, _stamp: int) -> Mapping[str, Any]:
    """Return the fields of a record's file."""
    return headers.read(text_of(file).replace("\r\n", "\n"), file.name).meta


class Rules(Reading):
    """Read a record as Lektor does."""

    ladder = page_ladder = ("header",)
    slash = False
    index_names = (FILE,)
    governs = re.compile(r"contents(?:\+[\w-]+)?\.lr\Z")  # slugs, models and _hidden hold for what lies below
    keys = KEYS | {
        "title": ("title",),
        "date": DATES,
        "url": (),
        "slug": ("_slug",),
        "aliases": (),
        "summary": ("summary", "description"),
    }

    @property
    def models(self) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
        """Return the models of the site."""
        known: Mapping[str, Mapping[str, Mapping[str, str]]] = self.facts.values.get("models", {})
        return known

    @property
    def record_path(self) -> tuple[str, ...]:
        """Return the folders of the record."""
        return self.path.parts[:-1]

    def kind_of(self) -> str:
        """Tell a dated record from a page."""
        return POST if self.date_key() else PAGE

    @property
    def alternative(self) -> str:
        """Return the alternative that the file is written in, ``""`` for the one that all others stand on."""
        found = self.path.stem.partition("+")[2]
        return "" if found == self.facts.values.get("primary") else found

    def record(self, folders: tuple[str, ...]) -> Mapping[str, Any]:
        """Return the fields of a record on the way to this one, of its alternative over the primary one."""
        primary = self.facts.values.get("primary") or "\0"
        found: dict[str, Any] = {}
        for name in dict.fromkeys((FILE, f"{FILE}+{primary}", f"{FILE}+{self.alternative}")):
            file = self.settings.root / "content" / Path(*folders) / f"{name}.lr"
            if "\0" not in name and file.is_file():
                found |= said_in(file, file.stat().st_mtime_ns)
        return found

    def defaults(self) -> dict[str, Any]:
        """Return what an alternative takes from the primary one: all fields that it doesn't have."""
        return {key.lower(): value for key, value in self.record(self.record_path).items()} if self.alternative else {}

    def model_of(self, folders: tuple[str, ...]) -> str:
        """Return the model of a record: the one it names, that of its parent's children, or that of its own name."""
        if own := values.text(self.record(folders).get("_model")):
            return own
        if folders and (child := self.part_of(self.model_of(folders[:-1]), "children").get("model")):
            return child
        own = folders[-1].split(".")[0] if folders else ""
        return own if own in self.models else "page"

    def part_of(self, model: str, name: str) -> Mapping[str, str]:
        """Return a section of a model, those that it inherits from below it."""
        found: dict[str, str] = {}
        for _ in range(10):
            about = self.models.get(model, {})
            found = {**about.get(name, {}), **found}
            model = about.get("model", {}).get("inherits", "")
            if not model:
                break
        return found

    def left_out(self) -> str:
        """Return why a file is no page."""
        if self.path.suffix != ".lr":
            raise LeftOut("it is an attachment", asset=True)
        stem, _, language = self.path.stem.partition("+")
        if stem != FILE:
            return "it describes the file beside it"
        if language and language not in (self.facts.values.get("primary"), *self.facts.values.get("languages", ())):
            return f"the site has no language {language}"
        hidden = self.hidden_by()
        return f"_hidden: yes in {'/'.join(hidden) or 'the home page'}" if hidden is not None else ""

    def hidden_by(self) -> tuple[str, ...] | None:
        """Return the record by which this one is hidden: itself, or the nearest above that says so or the contrary."""
        for count in range(len(self.record_path), -1, -1):
            folders = self.record_path[:count]
            said = values.text((self.meta if count == len(self.record_path) else self.record(folders)).get("_hidden"))
            if said and values.flag(said) is not None:
                return folders if values.flag(said) else None
        return None

    def date_key(self) -> str:
        """Return the key of the date: of the fields whose type is one the usual name comes first."""
        named = [key for key in DATES if values.text(self.meta.get(key)) and values.flag(self.meta[key]) is None]
        return named[0] if named else ""

    def title_and_date(self) -> tuple[str, dates.When | None]:
        """Take the title from the record, else what its model labels it, else from the folder's name."""
        title = self.header_title()
        if title:
            self.origins["title"] = self.key("title")
            return title, None
        self.origins["title"] = "the label of its model"
        label = self.part_of(self.model_of(self.record_path), "model").get("label", "")
        name = self.record_path[-1] if self.record_path else ""
        named = values.text(self.meta.get("name"))  # what models without a label are mostly shown as
        made = self.evaluated(label).strip() or (named if named != name else "")
        return made or name.replace("-", " ").replace("_", " ").title() or "Untitled", None

    def tags(self) -> tuple[str, ...]:
        """Return the tags: one in each line."""
        given = self.first("tags")
        return values.listed(given.splitlines() if isinstance(given, str) and "\n" in given.strip() else given)

    def evaluated(self, template: str) -> str:
        """Return a template of the model for this record, ``""`` if it can't be told."""
        return self.rendered(template, self.record_path, self.meta) or ""

    def rendered(self, template: str, folders: tuple[str, ...], fields: Mapping[str, Any]) -> str | None:
        """Return a template of a model for a record, ``None`` if it fails."""
        model = self.model_of(folders)
        said = {key: self.typed(key, fields[key], model) for key in fields}
        said |= {key.lower(): value for key, value in said.items()}
        this = {**said, "_id": folders[-1] if folders else "", "_path": "/" + "/".join(folders), "_model": model}
        try:
            return ENVIRONMENT.from_string(template).render(this=this)
        except (TemplateError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError, LookupError):
            return None

    def typed(self, key: str, value: Any, model: str) -> Any:
        """Return a field as templates see it: a date as one."""
        kind = self.part_of(model, f"fields.{key}").get("type", "")
        if kind in DATE_TYPES or key in DATES:
            found = dates.read(value, self.zone)
            return found.moment if found else ENVIRONMENT.undefined(name=key)
        return value

    def language(self) -> str:
        """Return the language of an alternative."""
        return self.alternative or super().language()

    def usual_url(self) -> str:
        """Return the address: the folders, each as its record's slug says."""
        self.origins["url"] = "its folders"
        parts = [self.slug_in(self.record_path[: count + 1]) for count in range(len(self.record_path))]
        path = "/".join(part for part in parts if part)
        before, after = self.facts.values.get("around", {}).get(self.path.stem.partition("+")[2], ("", ""))
        if self.alternative and not (before or after):
            before = self.alternative
        path = f"{before.strip('/')}/{path}{after}" if before.strip("/") else path + after
        last = path.rpartition("/")[2]
        return urls.closed(urls.safe(path if "." in last.lstrip("_.") else f"{path}/"), slash=False)

    def slug_in(self, folders: tuple[str, ...]) -> str:
        """Return the slug of a record on the way: by its own field, else by its parent's pattern for children."""
        fields = self.meta if folders == self.record_path else self.record(folders)
        if own := values.text(fields.get("_slug")):
            return own.strip("/")
        pattern = self.part_of(self.model_of(folders[:-1]), "children").get("slug_format", "")
        if not pattern:
            return folders[-1]
        made = self.rendered(pattern, folders, fields)
        return "_".join(made.split()).strip("/") if made is not None else f"temp-{folders[-1]}"
