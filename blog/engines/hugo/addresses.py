"""Where a file of a Hugo site is published: by its header, a permalink, or its path.

https://gohugo.io/content-management/urls/ and https://gohugo.io/configuration/permalinks/
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote

from ... import urls, values
from ...facts import Facts
from ..config import Table, table
from .dates import Dated

KINDS = ("page", "section", "taxonomy", "term")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
TOKEN = re.compile(r":(\w+)(\[[^\]]+\])?")
SLICE = re.compile(r"\[(\d*|last)(?:(:)(\d*|last))?\]\Z")
LAYOUT = re.compile("(2006|January|Jan|Monday|Mon|01|02|06|002|1|2)")  # https://pkg.go.dev/time#Layout
FORMATS = {
    "2006": "{0.year:04}",
    "06": "{0:%y}",
    "January": "{0:%B}",
    "Jan": "{0:%b}",
    "01": "{0.month:02}",
    "1": "{0.month}",
    "02": "{0.day:02}",
    "2": "{0.day}",
    "002": "{0:%j}",
    "Monday": "{0:%A}",
    "Mon": "{0:%a}",
}
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NEVER = datetime(1, 1, 1)  # what Hugo has where there is no date


def permalinks_of(given: Any) -> Iterator[tuple[Table, str]]:
    """Yield targets and patterns of addresses, what is more particular first."""
    if isinstance(given, list):
        for rule in given:
            if isinstance(rule, dict) and (pattern := values.text(rule.get("pattern"))):
                yield table(rule, "target"), pattern
        return
    flat = []
    for key, value in given.items() if isinstance(given, dict) else ():
        if isinstance(value, dict) and key in KINDS:
            flat += [(key, section, values.text(pattern)) for section, pattern in value.items()]
        elif isinstance(value, str):
            flat.append(("{page,term}", key, value))
    for kind, section, pattern in sorted(flat, key=lambda rule: -len(rule[1])):
        name = section.strip(" /")
        yield {"kind": kind, "path": f"{{/{name},/{name}/**}}" if name else "/*"}, pattern


class Addressed(Dated):
    """Tell under which addresses a file is published."""

    def url(self) -> str:
        """Return the address: as written, by a permalink pattern, or by the path."""
        kind, below = self.page_kind, f"/{self.prefix}/" if self.prefix else "/"
        if kind != "home" and (given := self.written_url()):
            return given
        owner = Facts(permalinks=self.settings.permalinks).permalink(self.source.address) if kind != "home" else ""
        pattern = owner or self.pattern_for(kind)
        path = self.urlized(self.expanded(pattern)) if pattern else "/".join(self.usual_parts(kind))
        self.origins["url"] = f"the permalink {pattern}" if pattern else "its path"
        below = "/" if ":lang" in pattern else below
        joined = cleaned(f"{below}{path}/")
        ugly = kind == "page" and joined != below and self.is_ugly(pattern)
        return f"{joined.rstrip('/')}.html" if ugly else joined

    def is_ugly(self, pattern: str) -> bool:
        """Tell whether its address ends in .html."""
        said = self.fact("ugly", False)
        given = said.get(self.parts[0] if self.parts else "/") if isinstance(said, Mapping) else said
        return values.flag(given) is True and not pattern.endswith((".html", ".htm"))

    def pattern_for(self, kind: str) -> str:
        """Return the pattern of addresses for a kind of page; what holds a whole path is for all kinds."""
        for target, pattern in self.fact("permalinks", ()):
            if kind != "home" and self.is_target(target):
                return str(pattern)
        found = self.facts.permalink(self.source.address)
        return found if kind == "page" or ":path" in found else ""

    def usual_parts(self, kind: str) -> list[str]:
        """Return the parts of the address that it has by its path; sections may have slugs."""
        named = {number: one for number, (_, said) in enumerate(self.sections) if (one := slug_in(said))}
        parts = [self.urlized(named[at]) if at in named else part for at, part in enumerate(self.parts)]
        slug = self.slug()
        if kind != "page":
            return [*parts[:-1], self.urlized(slug)] if slug else parts
        return [*parts, self.urlized(slug) if slug else self.normal(self.stem)]

    def slug(self) -> str:
        """Return the last part of the address that the header gives, or the name behind its date."""
        return values.text(self.meta.get("slug")).strip("-") or self.slug_of_name

    def written_url(self) -> str:
        """Return the address that the header gives: one without a slash in front is below that of the language."""
        given = values.text(self.meta.get("url"))
        if not given:
            return ""
        if re.match(r"https?://", given) or set(given) & set("?#\\") or CONTROL.search(unquote(given)):
            self.report(f"this can't be an address: {given}", "url")
            return ""
        self.origins["url"] = "url"
        given = self.expanded(given) if ":" in given else given
        below = f"/{self.prefix}/" if self.prefix and not given.startswith("/") else "/"
        path = cleaned(below + unquote(given))
        return path if path.endswith("/") or "." in given else f"{path}/"

    def expanded(self, pattern: str) -> str:
        """Fill a pattern of addresses; a value goes the way of a query: a plus is a space, and a last # goes."""
        made = TOKEN.sub(self.token, pattern.replace("\\:", "\0"))
        return re.sub(r"\s+/?\Z", "", made.replace("\0", ":"))

    def token(self, found: re.Match[str]) -> str:
        """Return what a token of a pattern stands for."""
        name, cut = found[1], found[2] or ""
        if name in ("sections", "sectionslugs"):
            shown = [self.name_of(*one) if name == "sectionslugs" else one[0] for one in self.sections]
            return "/".join(sliced(shown, cut) if cut else shown)
        value = TOKENS[name](self) if name in TOKENS else formatted(name, self.moment_or_never)
        return value.removesuffix("#").replace("+", " ") + cut

    def name_of(self, name: str, said: Table) -> str:
        """Return the slug of a section, or its title."""
        return self.urlized(slug_in(said) or values.text(said.get("title")) or name)

    @property
    def moment_or_never(self) -> datetime:
        """Return its date, or what Hugo has where there is none."""
        return self.when.moment if self.when else NEVER

    @property
    def slug_or_title(self) -> str:
        """Return what ``:slug`` stands for."""
        return self.urlized(self.slug()) if self.slug() else self.title_as_slug

    @property
    def title_as_slug(self) -> str:
        """Return what ``:title`` stands for."""
        return self.urlized(re.sub(r"[/\\]", "-", self.header_title() or self.stem))

    @property
    def file_name(self) -> str:
        """Return what ``:filename`` stands for."""
        return "" if self.page_kind != "page" else self.urlized(self.stem)

    def aliases(self, url: str) -> tuple[str, ...]:
        """Return the old addresses: one without a slash in front is beside the page."""
        found = []
        for given in whole(self.first("aliases")):
            try:
                found.append(self.old(given, url))
            except ValueError as error:
                self.report(str(error), self.key("aliases"))
        return tuple(alias for alias in dict.fromkeys(found) if alias not in (url, "/"))

    def old(self, given: str, url: str) -> str:
        """Return an old address as one within the site; raises ``ValueError``."""
        if given.startswith("/"):
            below = f"/{self.prefix}" if self.prefix and not given.startswith(f"/{self.prefix}/") else ""
            return urls.written(below + given)
        if re.match(r"[a-z]+:", given):
            return urls.written(given)
        above = posixpath.dirname(url.rstrip("/"))
        return urls.written(posixpath.normpath(posixpath.join("/", above, given)) + "/" * given.endswith("/"))


# https://gohugo.io/configuration/permalinks/#tokens, and what those of other engines would be here
TOKENS: dict[str, Callable[[Addressed], str]] = {
    "year": lambda page: str(page.moment_or_never.year),
    "month": lambda page: f"{page.moment_or_never.month:02}",
    "i_month": lambda page: str(page.moment_or_never.month),
    "monthname": lambda page: MONTHS[page.moment_or_never.month - 1],
    "day": lambda page: f"{page.moment_or_never.day:02}",
    "i_day": lambda page: str(page.moment_or_never.day),
    "weekday": lambda page: str(page.moment_or_never.isoweekday() % 7),
    "weekdayname": lambda page: DAYS[page.moment_or_never.weekday()],
    "yearday": lambda page: str(page.moment_or_never.timetuple().tm_yday),
    "section": lambda page: page.sections[0][0] if page.sections else "",
    "sectionslug": lambda page: page.name_of(*page.sections[0]) if page.sections else "",
    "title": lambda page: page.title_as_slug,
    "slug": lambda page: page.slug_or_title,
    "filename": lambda page: page.file_name,
    "slugorfilename": lambda page: page.urlized(page.slug()) if page.slug() else page.file_name,
    "contentbasename": lambda page: page.urlized(page.stem),
    "slugorcontentbasename": lambda page: page.urlized(page.slug() or page.stem),
    "path": lambda page: "/".join(page.usual_parts(page.page_kind)),
    "lang": lambda page: page.tongue,
    "categories": lambda page: "/".join(map(page.urlized, page.categories())),
}


def sliced(parts: list[str], cut: str) -> list[str]:
    """Return some of the parts: ``[1:]``, ``[0]`` or ``[last]``; what lies beyond them is nothing."""
    found = SLICE.match(cut)
    if not found or not parts:
        return []
    first, last = (len(parts) - 1 if one == "last" else int(one) if one else None for one in (found[1], found[3] or ""))
    if not found[2]:
        return parts[first : first + 1] if first is not None else []
    return parts[first:last] if first is None or first < len(parts) else []


def cleaned(path: str) -> str:
    """Return a path from the root with no empty part and no dots that lead elsewhere; a slash at its end stays."""
    found = posixpath.normpath("/" + path.lstrip("/"))
    return f"{found}/" if path.endswith("/") and found != "/" else found


def formatted(layout: str, when: date) -> str:
    """Return a date in a layout of Go's."""
    return LAYOUT.sub(lambda found: FORMATS[found[0]].format(when), layout)


def slug_in(said: Table) -> str:
    """Return the slug of a header."""
    return values.text(said.get("slug")).strip("-")


def whole(given: Any) -> tuple[str, ...]:
    """Return a list of texts; a text is one of them."""
    if isinstance(given, (list, tuple)):
        return tuple(dict.fromkeys(filter(None, map(values.text, given))))
    return (text,) if (text := values.text(given)) else ()
