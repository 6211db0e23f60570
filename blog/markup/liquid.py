"""Liquid as Jekyll and Octopress have it: tags and values, read before Markdown and in code as well.

The language is that of python-liquid; here are the tags that Jekyll and its usual plugins add, and bounds: a text that
does too much, or isn't well formed, is shown without what is wrong, which is reported.
https://jekyllrb.com/docs/liquid/tags/ https://shopify.github.io/liquid/ https://github.com/jg-rp/liquid
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from . import liquid_site
from .around import Around
from .liquid_filters import FILTERS
from .liquid_tags import TAGS
from .options import Options
from .tags import Tag, arguments, replaced

if TYPE_CHECKING:
    from liquid import Environment

MOST = 2000  # tags and values in a text
LONGEST = 5000  # signs of one
DEEPEST = 6  # files in files
LOOPS = 20_000
OUTPUT = 2_000_000  # signs
OPENS = re.compile(r"\{\{|\{%")
NAME = re.compile(r"\w+|#")
# Tags whose inside is text, whatever is written in it.
VERBATIM = frozenset("raw comment highlight codeblock pullquote math".split())
LANGUAGE = frozenset(
    "assign break capture case comment continue cycle decrement doc echo for if ifchanged include include_relative"
    " increment liquid raw render tablerow unless else elsif when endcase endfor endif endunless endcapture endtablerow"
    " endifchanged endcomment endraw".split()
)
FILTER = re.compile(r"\|\s*([a-z_]+)")
INCLUDE = re.compile(r"\{\{.*?\}\}|\S+")


def expand(text: str, around: Around, options: Options) -> str:
    """Return a text with what its Liquid writes; signs stand for what it draws."""
    if "{%" not in text and "{{" not in text:
        return text
    values = {
        "site": dict(options.facts),
        "page": dict(around.page),
        "jekyll": {"environment": "production"},
        "layout": {},
    }
    return Reading(around, values).written(text)


class Reading:
    """Read one text, with the files that it includes."""

    def __init__(self, around: Around, values: Mapping[str, Any]) -> None:
        self.around: Around = around
        self.values, self.depth, self.left = values, 0, MOST
        self.signs: dict[str, str] = {}

    def written(self, text: str, **values: Any) -> str:
        """Return a text with what its Liquid writes."""
        parts = [part if part[:2] in ("{%", "{{") and part[-1:] == "}" else self.shown(part) for part in pieces(text)]
        self.learn(text)
        self.left -= sum(part[:2] in ("{%", "{{") for part in parts)
        if self.left < 0:
            self.around.tell(f"there are more than {MOST} tags of Liquid; they are left out")
            return "".join(part for part in parts if part[:2] not in ("{%", "{{"))
        text = replaced(*self.tagged(parts))
        return self.run(text, values) if OPENS.search(text) else text

    def learn(self, text: str) -> None:
        """Ask for what a text names of the site's posts and pages, once."""
        site = self.values["site"]
        found = liquid_site.values_for(text, self.around, site)
        self.values = {**self.values, **found, "site": {**site, **found["site"]}}

    def shown(self, text: str) -> str:
        """Return text in which nothing is Liquid; what looks like it was never closed."""
        if found := OPENS.search(text):
            self.around.tell("this has no end", text[found.start() : found.start() + 60].partition("\n")[0])
            text = self.kept(text)
        return text

    def kept(self, text: str) -> str:
        """Return text with signs for the braces of Liquid."""
        for opening in ("{{", "{%"):
            if opening in text:
                sign = self.signs.get(opening) or self.around.inline(opening)
                self.signs[opening] = sign
                text = text.replace(opening, sign)
        return text

    def tagged(self, parts: list[str]) -> tuple[str, Iterator[Tag], Callable[[Tag, str | None], str]]:
        """Return a text with the tags in it that are none of the language's own, and what draws them."""
        tags, at, verbatim = [], 0, ""
        for part in parts:
            start, at = at, at + len(part)
            inside = part[2:-2].strip("-").strip() if part[:2] == "{%" else ""
            named = NAME.match(inside)
            if not named or (verbatim and named[0] != f"end{verbatim}"):
                continue
            name, said = named[0], inside[named.end() :].strip()
            verbatim = name if name in VERBATIM else "" if name == f"end{verbatim}" else verbatim
            if name not in LANGUAGE or name in ("raw", "endraw", "comment", "endcomment"):
                closing = name.startswith("end")
                tags.append(Tag(start, at, "close" if closing else "open", name.removeprefix("end"), said))
            elif name in ("include", "include_relative"):
                tags.append(Tag(start, at, "alone", name, said))
        return "".join(parts), iter(tags), self.draw

    def draw(self, tag: Tag, inner: str | None) -> str:
        """Return what stands in the text in place of a tag."""
        if tag.kind == "close":
            self.around.tell(f"there is no tag {tag.name} to be ended here", f"end{tag.name}")
            return ""
        if tag.name in TAGS:
            return TAGS[tag.name](self, tag.said, inner)
        self.around.tell(f"the tag {tag.name} isn't known; what is in it stays", f"{{% {tag.name}")
        return inner or ""

    def run(self, text: str, values: Mapping[str, Any]) -> str:
        """Return what a text of the language itself writes."""
        from liquid.exceptions import LiquidError

        for name in dict.fromkeys(FILTER.findall(" ".join(part for part in pieces(text) if part[:2] in ("{%", "{{")))):
            if name not in environment().filters:
                self.around.tell(f"the filter {name} isn't known", f"| {name}")
        try:
            return environment().from_string(text, globals={**self.values, **values, "around": self}).render()
        except (LiquidError, RecursionError, ValueError, TypeError, ArithmeticError, LookupError) as error:
            said = " ".join(str(error).split()).partition(", on line")[0]
            self.around.tell(f"Liquid: {said or type(error).__name__}; all of it is left out")
            return "".join(part for part in pieces(text) if part[:2] not in ("{%", "{{"))

    def include(self, said: str) -> str:
        """Return what a file of the site's includes writes: ``{% include note.html text="..." %}``."""
        found = INCLUDE.match(said)
        name = found[0].strip("\"'") if found else ""
        if "{" in name:
            self.around.tell("which file this includes isn't known", said[:60])
            return ""
        text = self.around.ask("included", f"_includes/{name}") if name else ""
        if not text or self.depth >= DEEPEST:
            self.around.tell(
                f"there is no _includes/{name}" if not text else "files include each other", f"include {name}"
            )
            return ""
        self.depth += 1
        given = {key: self.value(value) for key, value in arguments(said[len(name) :]).items() if not key.isdigit()}
        made = self.written(text, include=given)
        self.depth -= 1
        return self.around.block(made.strip()) if name.endswith((".html", ".svg")) and "\n" in made.strip() else made

    def value(self, given: str) -> str:
        """Return what is given to a file: a text, or what a name such as ``page.title`` stands for."""
        place: Any = self.values
        for part in given.split("."):
            place = place.get(part) if isinstance(place, Mapping) else None
        return place if isinstance(place, str) else given


def pieces(text: str) -> Iterator[str]:
    """Yield the parts of a text in order: tags, values, and what is between them; what has no end is text."""
    at = 0
    ends = {"%}": 0, "}}": 0}  # the next of each from where it was looked for last
    for found in OPENS.finditer(text):
        start = found.start()
        closing = "%}" if found[0] == "{%" else "}}"
        if start < at:
            continue
        if 0 <= ends[closing] < start + 2:
            ends[closing] = text.find(closing, start + 2)
        end = ends[closing]
        if not start < end < start + LONGEST:
            continue
        if start > at:
            yield text[at:start]
        yield text[start : end + 2]
        at = end + 2
    if at < len(text):
        yield text[at:]


@cache
def environment() -> Environment:
    """Return the language, with bounds, and the filters that Jekyll adds."""
    from liquid import Environment, Mode, Undefined

    class Bounded(Environment):
        """Stop what does too much."""

        loop_iteration_limit = LOOPS
        output_stream_limit = OUTPUT
        local_namespace_limit = OUTPUT
        context_depth_limit = 30

    made = Bounded(tolerance=Mode.LAX, undefined=Undefined, strict_filters=False)
    same: Callable[..., Any]
    for name, same in FILTERS.items():
        made.add_filter(name, same)
    return made
