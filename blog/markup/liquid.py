"""Liquid as Jekyll and Octopress have it: tags and values, read before Markdown and in code as well.

The language is that of python-liquid; here are the tags that Jekyll and its usual plugins add, and bounds: a text that
does too much, or isn't well formed, is shown without what is wrong, which is reported.
https://jekyllrb.com/docs/liquid/tags/ https://shopify.github.io/liquid/ https://github.com/jg-rp/liquid
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from .. import dates
from . import drawn
from .around import Around
from .options import Options
from .shortcodes import SITES, address
from .tags import Tag, arguments, replaced

if TYPE_CHECKING:
    from liquid import Environment

MOST = 2000  # tags and values in a text
LONGEST = 5000  # signs of one
DEEPEST = 6  # files in files
LOOPS = 20_000
OUTPUT = 2_000_000  # signs
OPENS = re.compile(r"\{\{|\{%")
TAG = re.compile(r"\{%-?\s*(\w+|#)\s*(.*?)\s*-?%\}", re.DOTALL)
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
        self.around, self.values, self.depth, self.left = around, values, 0, MOST
        self.signs: dict[str, str] = {}

    def written(self, text: str, **values: Any) -> str:
        """Return a text with what its Liquid writes."""
        parts = [part if part[:2] in ("{%", "{{") and part[-1:] == "}" else self.shown(part) for part in pieces(text)]
        self.left -= sum(part[:2] in ("{%", "{{") for part in parts)
        if self.left < 0:
            self.around.tell(f"there are more than {MOST} tags of Liquid; they are left out")
            return "".join(part for part in parts if part[:2] not in ("{%", "{{"))
        text = replaced(*self.tagged(parts))
        return self.run(text, values) if OPENS.search(text) else text

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
            found = TAG.fullmatch(part) if part[:2] == "{%" else None
            name, said = (found[1], found[2]) if found else ("", "")
            if not found or (verbatim and name != f"end{verbatim}"):
                continue
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

    def include(self, said: str, _inner: str | None) -> str:
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


def relative(value: object) -> str:
    """Return an address within the site: where the site lies is put before it later."""
    text = str(value)
    return text if text.startswith(("/", "#", "http:", "https:")) else f"/{text}"


def dated(value: object, *_style: object) -> str:
    """Return a day as people read it."""
    when = dates.read(str(value), ZoneInfo("UTC"))
    return f"{when.moment.day:02d} {when.moment:%b %Y}" if when else str(value)


def slugged(value: object, *_mode: object) -> str:
    """Return words as they stand in an address."""
    return re.sub(r"[^\w]+", "-", str(value).lower()).strip("-")


FILTERS: dict[str, Callable[..., Any]] = {
    "relative_url": relative,
    "absolute_url": relative,
    "slugify": slugged,
    "date_to_string": dated,
    "date_to_long_string": dated,
    "date_to_xmlschema": lambda value: str(value),
    "xml_escape": lambda value: escape(str(value)),
    "cgi_escape": lambda value: escape(str(value)),
    "uri_escape": lambda value: str(value).replace(" ", "%20"),
    "number_of_words": lambda value, *_mode: len(str(value).split()),
    "markdownify": lambda value: str(value),
    "smartify": lambda value: str(value),
    "jsonify": lambda value: __import__("json").dumps(value, ensure_ascii=False, default=str),
    "strip_index": lambda value: str(value).removesuffix("index.html"),
    "normalize_whitespace": lambda value: " ".join(str(value).split()),
    "array_to_sentence_string": lambda value, *_word: ", ".join(map(str, value)),
    "inspect": lambda value: str(value),
}


# What Jekyll's own tags, and those of its usual plugins, write or draw.

Draw = Callable[[Reading, str, "str | None"], str]


def raw(reading: Reading, _said: str, inner: str | None) -> str:
    """Return text in which Liquid isn't read."""
    return reading.kept(inner or "")


def highlight(reading: Reading, said: str, inner: str | None) -> str:
    """Draw code: ``{% highlight ruby linenos hl_lines="1 2" %}``."""
    language, _, rest = said.strip().partition(" ")
    return reading.around.block(drawn.listing(inner or "", language, rest))


def codeblock(reading: Reading, said: str, inner: str | None) -> str:
    """Draw code as Octopress and Hexo do: ``{% codeblock title lang:ruby url text mark:1,3 %}``."""
    return reading.around.block(code_of(said, inner or ""))


def code_of(said: str, text: str) -> str:
    """Return code with what is said of it: a title, ``lang:``, ``mark:``, ``start:``, an address and its words."""
    options = dict(found for found in re.findall(r"\b(lang|mark|start|linenos|line_number):\s*(\S+)", said[:1000]))
    title = " ".join(re.sub(r"\b\w+:\s*[^/\s]\S*", "", said[:1000]).split())
    url = re.search(r"https?://\S+|(?<=\s)/\S+", title)
    words = title.replace(url[0], "").split() if url else title.split()
    info = [f'title="{" ".join(words).replace(chr(34), "")}"'] if words else []
    info += [f'hl_lines="{options["mark"]}"'] if "mark" in options else []
    info += [f"linenostart={options['start']}"] if "start" in options else []
    return drawn.listing(text, options.get("lang", ""), " ".join(info))


def blockquote(reading: Reading, said: str, inner: str | None) -> str:
    """Draw a quotation: ``{% blockquote Author, Source https://example.org/ Title %}``."""
    return quoted(reading.around, said, inner or "")


def quoted(around: Around, said: str, inner: str) -> str:
    """Return a quotation with who said it, where."""
    found = re.search(r"(https?://\S+)(?:\s+(.*))?", said[:1000])
    before = said[: found.start()] if found else said
    author, _, source = before.strip().strip("\"'").partition(",")
    source, title = (found[1], found[2] or source.strip() or found[1]) if found else (source.strip(), "")
    return drawn.quoted(around, inner, author.strip(), source, title)


def img(reading: Reading, said: str, _inner: str | None) -> str:
    """Draw a picture: ``{% img left /images/a.png 300 200 "Title" "What it shows" %}``."""
    return reading.around.inline(picture(reading.around, said))


def picture(around: Around, said: str) -> str:
    """Return a picture: classes, address, width and height, title, description."""
    words = list(arguments(said).values())
    at = next((n for n, word in enumerate(words) if re.match(r"(?:https?:/)?/|\S+\.\w{3,4}\Z", word)), 0)
    rest = words[at + 1 :]
    sizes = [word for word in rest[:2] if word.isdigit()]
    said_of = rest[len(sizes) :] if set(said) & set("\"'") else [" ".join(rest[len(sizes) :])]
    title, alt, *_ = [*said_of, "", ""]
    given = {"src": words[at] if words else "", "class": " ".join(words[:at]), "title": title, "alt": alt or title}
    return drawn.image(around, given | dict(zip(("width", "height"), sizes, strict=False)))


def post_url(reading: Reading, said: str, _inner: str | None) -> str:
    """Return the address of a post by its file's name."""
    return address(reading.around, said.strip().strip("\"'"))


def link(reading: Reading, said: str, _inner: str | None) -> str:
    """Return the address of a file of the site, named from its top."""
    return address(reading.around, f"/{said.strip().strip(chr(34))}")


def site(name: str) -> Draw:
    """Return what draws a link to a thing of another site."""

    def to(reading: Reading, said: str, _inner: str | None) -> str:
        given = arguments(said)
        wanted = given.get("id") or given.get("url") or given.get("0", "")
        return reading.around.block(drawn.elsewhere(name, wanted)) if wanted else ""

    return to


def include_code(reading: Reading, said: str, _inner: str | None) -> str:
    """Draw a file of the folder ``downloads/code`` as code."""
    words = [word for word in said.split() if "/" in word or "." in word] or [""]
    text = reading.around.ask("included", f"downloads/code/{words[-1]}")
    if not text:
        reading.around.tell(f"there is no downloads/code/{words[-1]}", said[:60])
        return ""
    language = re.search(r"lang:(\S+)", said)
    ending = words[-1].rpartition(".")[2]
    return reading.around.block(drawn.listing(text, language[1] if language else ending, f'title="{words[-1]}"'))


def pullquote(_reading: Reading, _said: str, inner: str | None) -> str:
    """Return the text from which a part would be pulled out."""
    return (inner or "").replace('{"', "").replace('"}', "")


def video(reading: Reading, said: str, _inner: str | None) -> str:
    """Draw a film of the site's own."""
    return reading.around.block(drawn.video({"src": arguments(said).get("0", "")}))


def no(_reading: Reading, _said: str, _inner: str | None) -> str:
    """Draw nothing."""
    return ""


TAGS: dict[str, Draw] = {
    "raw": raw,
    "comment": no,
    "highlight": highlight,
    "codeblock": codeblock,
    "blockquote": blockquote,
    "img": img,
    "post_url": post_url,
    "link": link,
    "include": Reading.include,
    "include_relative": no,
    "include_code": include_code,
    "pullquote": pullquote,
    "video": video,
    "audio": lambda reading, said, _inner: reading.around.block(drawn.audio({"src": arguments(said).get("0", "")})),
    "seo": no,
    "feed_meta": no,
    "toc": lambda _reading, _said, _inner: "[TOC]",
    **{name: site(name) for name in SITES},
    "twitter": site("tweet"),
}
