"""Code blocks: highlighted by Pygments with its short class names; the colours are the theme's.

What may follow the language is what the writers of other engines know: ``{.python .numberLines}`` of pandoc,
``python hl_lines="2 4"`` of Python-Markdown, ``python {2,4}``, ``go {linenos=true}`` of Hugo, ``rust,linenos`` of Zola.
Pygments' own HTML formatter takes as long as its lexers: this one does the little that is needed here.
https://pygments.org/docs/tokens/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from mistune.util import escape
from pygments.lexer import Lexer
from pygments.lexers import get_all_lexers, get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound

from .wording import scrolling

ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
LANGUAGE = re.compile(r"[{\s]*(?:#\S+\s+)?\.?(?!(?<=\{)\d)([^\s{},=]+)(?![^\s{},]*=)")
ATTRIBUTE = re.compile(
    r"(?P<key>[\w-]+)[ \t]*=[ \t]*(?P<value>\"[^\"]*\"|'[^']*'|\[[^\]]*\]|[^\s,{}\"'\[]+)|(?P<word>[^\s,{}=\"'\[\]]+)"
)
GLUED = re.compile(r"\s*([\w+#.-]+)([:?=])((?<!=)[^\s{}:?]+|(?<==)\d*)(?=[\s{]|\Z)")
RANGE = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
RANGES = re.compile(rf"{RANGE.pattern}\Z")
NUMBER = re.compile(r"\d{1,6}\Z")
LONGEST_INFO = 1000  # signs after a fence that are looked at
# Many lexers take the square of what they find no structure in, so that such code stays as it is. It shows in signs.
LONGEST_CODE = 20_000
LONGEST_LINE = 1000
LONGEST_RUN = 500  # of words with nothing between them, over lines: a declaration that never comes to an end
MOST_OPEN = 50  # comments that nothing closes
LONE_WORDS = re.compile(r"[\w\s.*&$@<>?\[\]]++")
LINES = frozenset("hl_lines highlight mark emphasize-lines line".split())
NUMBERED = frozenset("linenos linenums lineno numberlines number-lines line-numbers showlinenumbers".split())
START = frozenset("linenostart startfrom start-from lineno-start".split())
TITLE = frozenset("title filename file name caption".split())
OFF = frozenset("false no 0 off".split())

BOX = '<pre tabindex="0">'
UNNAMED = frozenset(["", "plain", "plaintext", "text", "txt"])  # languages that nobody needs to be told
# What Pygments has no name for, as others call it.
ALIASES = {
    "cjs": "js",
    "docker-compose": "yaml",
    "env": "bash",
    "gitattributes": "text",
    "gitignore": "text",
    "jsonc": "json5",
    "mermaid": "text",
    "mjs": "js",
    "node": "js",
    "plain": "text",
    "plaintext": "text",
    "pseudocode": "text",
    "shell-script": "bash",
    "svelte": "html",
    "terminal": "console",
    "vue": "html",
}


@dataclass(slots=True)
class Info:
    """Hold what is written after a fence; ``start`` is the number of the first line, 0 for none."""

    language: str = ""
    title: str = ""
    start: int = 0
    marked: str = ""  # lines, as written


def read(info: str, start: int = 0) -> Info:
    """Read what is written after a fence; ``start`` is the number of the first line where that isn't said."""
    info = parted(info[:LONGEST_INFO])
    named = LANGUAGE.match(info)
    found = Info(named[1].lower() if named else "", start=start)
    if not named or len(named[0]) < len(info):
        for key, value in attributes(info[named.end() if named else 0 :]):
            note(found, key, value)
    if found.language in NUMBERED:  # {.numberLines}
        found.language, found.start = "", found.start or 1
    return found


def parted(info: str) -> str:
    """Return what is written after a fence with a space after the language, where another sign stands for it.

    ``js:title=a.js`` and ``js:a.js`` name the file, ``ruby?line=2`` marks a line, ``python=3`` begins with that number.
    """
    found = GLUED.match(info)
    if not found or found[1].lower() in LINES | NUMBERED | START | TITLE:
        return info
    language, sign, rest = found.groups()
    if sign == "=":
        return f"{language} linenos={rest}{info[found.end() :]}" if rest else f"{language} linenos{info[found.end() :]}"
    rest = rest.replace("&", " ") if sign == "?" else rest if "=" in rest else f"title={rest}"
    return f"{language} {rest}{info[found.end() :]}"


def attributes(text: str) -> Iterator[tuple[str, str]]:
    """Yield names and values; a word alone has none, and line numbers alone are lines to mark."""
    for found in ATTRIBUTE.finditer(text):
        word = found["word"]
        if not word:
            yield found["key"].lower(), found["value"].strip("\"'[]")
        elif RANGES.match(word):
            yield "hl_lines", word
        else:
            yield word.removeprefix(".").lower(), ""


def note(found: Info, key: str, value: str) -> None:
    """Note one attribute, by any of the names that it has."""
    if key in LINES:
        found.marked += f" {value}"
    elif key in START:
        found.start = int(value) if NUMBER.match(value) else 1
    elif key in NUMBERED:
        found.start = 0 if value.lower() in OFF else int(value) if NUMBER.match(value) else found.start or 1
    elif key in TITLE:
        found.title = value


def block(text: str, info: str, colours: bool = True, numbers: bool = False) -> str:
    """Render a code block that can be scrolled by keyboard; an unknown language is plain text."""
    said = read(info, int(numbers))
    found = lexer(said.language) if colours and structured(text) else None
    inner = highlighted(text, found) if found else text.translate(ESCAPES)
    if said.start or said.marked:
        inner = by_line(inner, said)
    name = f' class="language-{escape(said.language)}"' if said.language else ""
    label = f' data-language="{escape(said.language)}"' if said.language not in UNNAMED else ""
    shown = f"{BOX}<code{name}>{inner}</code></pre>"
    if said.title:
        return f'<figure class="highlight"{label}><figcaption>{escape(said.title)}</figcaption>{shown}</figure>\n'
    return f'<div class="highlight"{label}>{shown}</div>\n'


def named(html: str, language: str) -> str:
    """Return a code block whose box says that it is one, in the language of the text around it."""
    return html.replace(BOX, f"<pre {scrolling('code', language)}>", 1)


def structured(text: str) -> bool:
    """Tell whether a lexer will be done with code in time; what that takes doesn't depend on the machine."""
    return (
        len(text) <= LONGEST_CODE
        and text.count("/*", text.rfind("*/") + 1) <= MOST_OPEN
        and all(len(line) <= LONGEST_LINE for line in text.split("\n"))
        and all(run.end() - run.start() <= LONGEST_RUN for run in LONE_WORDS.finditer(text))
    )


def by_line(html: str, said: Info) -> str:
    """Return code with its lines numbered and marked; numbers are no text, so that nobody copies them."""
    lines = html.split("\n")
    last = lines.pop()
    marked = {line for first, end in ranges(said.marked) for line in range(first, min(end, len(lines) + 1) + 1)}
    parts = []
    for place, line in enumerate([f"{line}\n" for line in lines] + ([last] if last else [])):
        number = f'<span class="ln" data-n="{said.start + place}"></span>' if said.start else ""
        parts.append(f'<span class="hll">{number}{line}</span>' if place + 1 in marked else number + line)
    return "".join(parts)


def ranges(written: str) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each range of lines: ``2 4-5``, ``2,4-5``, ``[2,"4-5"]``."""
    for found in RANGE.finditer(written):
        yield int(found[1]), int(found[2] or found[1])


@cache
def names() -> dict[str, str]:
    """Return the lexers by all their names, and by the endings of files where no lexer has that name."""
    found: dict[str, str] = {}
    endings: dict[str, str] = {}
    for _, aliases, patterns, _ in get_all_lexers(plugins=False):
        found |= {alias.lower(): aliases[0] for alias in aliases}
        endings |= {p[2:].lower(): aliases[0] for p in patterns if aliases and re.fullmatch(r"\*\.\w+", p)}
    return endings | ALIASES | found


@lru_cache(maxsize=64)
def lexer(language: str) -> Lexer | None:
    """Return the lexer of a language, made once."""
    name = names().get(language)
    try:
        return get_lexer_by_name(name, stripnl=False, ensurenl=False) if name and name != "text" else None
    except ClassNotFound:
        return None


def highlighted(text: str, lexer: Lexer) -> str:
    """Return code as HTML: a span for each run of tokens of one class, none across lines."""
    parts: list[str] = []
    current, run = "", ""
    for kind, value in lexer.get_tokens(text):
        name = class_of(kind)
        if name == current:
            run += value
            continue
        parts.append(span(current, run))
        current, run = name, value
    parts.append(span(current, run))
    return "".join(parts)


def span(name: str, text: str) -> str:
    """Return a run of code in its class, line by line; white space needs none."""
    text = text.translate(ESCAPES)
    if not name or not text or text.isspace():
        return text
    if "\n" not in text:
        return f'<span class="{name}">{text}</span>'
    return "\n".join(f'<span class="{name}">{line}</span>' if line else "" for line in text.split("\n"))


@cache
def class_of(kind: _TokenType) -> str:
    """Return the short class name of a token; that of the type above it where it has none of its own."""
    token: _TokenType | None = kind
    while token is not None and token not in STANDARD_TYPES:
        token = token.parent
    return STANDARD_TYPES[token] if token is not None else ""
