"""Lektor: a folder for each page, its fields in ``contents.lr``, their meaning in ``models/``.

https://www.getlektor.com/docs/
"""

from __future__ import annotations

import configparser
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .. import dates, headers, slugs, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder, Understood
from ..reader import KEYS, LeftOut, Reading

FILE = "contents"
ENVIRONMENT = ImmutableSandboxedEnvironment()
DATES = ("pub_date", "date", "published")
DATE_TYPES = ("date", "datetime")


def configure(root: Path, why: str) -> Facts:
    """Return what the project file and the models tell."""
    project = next(iter(sorted(root.glob("*.lektorproject"))), root / "none.lektorproject")
    config = ini(project)
    about = config.get("project", {})
    languages = {name.partition(".")[2]: said for name, said in config.items() if name.startswith("alternatives.")}
    primary = next((name for name, said in languages.items() if values.flag(said.get("primary", "")) is True), "")
    settings: dict[str, Any] = {
        "title": about.get("name", ""),
        "url": about.get("url", ""),
        "language": about.get("locale", "").replace("_", "-") or primary,
    }
    known = {"name": "title", "url": "url", "locale": "language"}
    return Facts(
        "lektor",
        why,
        folders=(Folder("content"), *([Folder("assets", texts=False)] if (root / "assets").is_dir() else [])),
        values={
            "models": {file.stem: ini(file) for file in sorted((root / "models").glob("*.ini"))},
            "languages": tuple(languages),
            "primary": primary,
        },
        settings={key: value for key, value in settings.items() if value},
        understood=tuple(
            Understood(project.name, key, value, f"the setting {known[key]}" if key in known else "")
            for key, value in about.items()
            if key in known or key in ("theme", "url_style", "excluded_assets")
        ),
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
def model_named_in(file: Path, _stamp: int) -> str:
    """Return the model that a record names itself."""
    try:
        text = file.read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n")
    except OSError:
        return ""
    return values.text(headers.read(text, file.name).meta.get("_model"))


class Rules(Reading):
    """Read a record as Lektor does."""

    ladder = page_ladder = ("header",)
    slash = False
    index_names = (FILE,)
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

    def model_of(self, folders: tuple[str, ...]) -> str:
        """Return the model of a record: the one it names, that of its parent's children, or that of its own name."""
        file = self.settings.root / "content" / Path(*folders) / f"{FILE}.lr"
        stamp = file.stat().st_mtime_ns if file.exists() else 0
        if own := model_named_in(file, stamp):
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
        hidden = self.meta.get("_hidden")
        return "_hidden: yes" if hidden is not None and values.flag(hidden) is True else ""

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
        said = {key: self.typed(key) for key in self.meta}
        this = {**said, "_id": self.record_path[-1] if self.record_path else ""}
        try:
            return ENVIRONMENT.from_string(template).render(this=this)
        except (TemplateError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError):
            return ""

    def typed(self, key: str) -> Any:
        """Return a field as templates see it: a date as one."""
        kind = self.part_of(self.model_of(self.record_path), f"fields.{key}").get("type", "")
        if kind in DATE_TYPES or key in DATES:
            found = dates.read(self.meta[key], self.zone)
            return found.moment if found else None
        return self.meta[key]

    def language(self) -> str:
        """Return the language of an alternative."""
        return self.path.stem.partition("+")[2] or super().language()

    def usual_url(self) -> str:
        """Return the address: the folders, each as its record's slug says."""
        self.origins["url"] = "its folders"
        parts = [self.slug_in(self.record_path[: count + 1]) for count in range(len(self.record_path))]
        alternative = self.path.stem.partition("+")[2]
        prefix = [alternative] if alternative and alternative != self.facts.values.get("primary") else []
        path = "/".join([*prefix, *filter(None, parts)])
        last = parts[-1].rpartition("/")[2] if parts else ""
        return urls.closed(urls.safe(path if "." in last.lstrip("_.") else f"{path}/"), slash=False)

    def slug_in(self, folders: tuple[str, ...]) -> str:
        """Return the slug of a record on the way: of this one by its field, or its parent's pattern for children."""
        if folders != self.record_path:
            return folders[-1]
        if own := values.text(self.meta.get("_slug")):
            return own.strip("/")
        pattern = self.part_of(self.model_of(folders[:-1]), "children").get("slug_format", "")
        made = self.evaluated(pattern).strip() if pattern else ""
        return slugs.lektor(made) if made else folders[-1]
