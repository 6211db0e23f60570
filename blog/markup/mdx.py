"""MDX: Markdown with JavaScript in it, of which nothing is run.

``import`` and ``export`` are left out, so are components, whose content stays; some are drawn. ``{/* ... */}`` is a
remark, ``className`` is ``class``. https://mdxjs.com/docs/what-is-mdx/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import outside, shortcodes
from .around import Around
from .links import VOID
from .options import Options
from .tags import Tag, replaced

MODULE = re.compile(
    r"(?:import\s+[\w{*\"'$]|export\s+(?:const|default|let|var|function|async|class|type|interface|[{*]))"
)
TAG = re.compile(r"<(/?)([A-Za-z][\w.:-]*)(?=[\s/>])|<(/?)>")
REMARK = "{/*"
TEXT = re.compile(r"\{\s*(?:\"([^\"{}\n]*)\"|'([^'{}\n]*)'|`([^`{}$\n]*)`)\s*\}")
VALUE = re.compile(r"\{(?!#)\s*[A-Za-z_$][\w$.]*(?:\([^(){}\n]*\))?\s*\}")
LONGEST = 5000
BRACKETS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
ATTRIBUTES = {"classname": "class", "htmlfor": "for"}


def expand(text: str, around: Around, _options: Options) -> str:
    """Return a text with nothing in it but Markdown and HTML."""
    return outside.changed(text, lambda part: plain(without_modules(without_remarks(part)), around))


def without_remarks(text: str) -> str:
    """Return text without ``{/* ... */}``."""
    parts, at = [], 0
    while (start := text.find(REMARK, at)) >= 0 and (end := text.find("*/}", start + 3)) >= 0:
        parts.append(text[at:start])
        at = end + 3
    return "".join([*parts, text[at:]])


def without_modules(text: str) -> str:
    """Return text without its ``import`` and ``export``: from the beginning of a block to where all brackets close."""
    if "import" not in text and "export" not in text:
        return text
    kept: list[str] = []
    depth, inside, fresh = 0, False, True
    for line in text.splitlines(keepends=True):
        if not inside and fresh and MODULE.match(line):
            inside, depth = True, 0
        if not inside:
            kept.append(line)
            fresh = line.isspace()
            continue
        depth += sum(BRACKETS.get(sign, 0) for sign in line)
        if (depth <= 0 and line.rstrip().endswith((";", "'", '"', "}", ")"))) or (line.isspace() and depth <= 0):
            inside, fresh = False, True
    return "".join(kept)


def plain(text: str, around: Around) -> str:
    """Return text without components and values; what is written in braces as text is text."""
    if "<" in text:
        text = replaced(text, tags(text), lambda tag, inner: draw(around, tag, inner))
    if "{" in text:
        text = TEXT.sub(lambda found: next(part for part in found.groups() if part is not None), text)
    if "{" in text and VALUE.search(text):
        around.tell("a value of JavaScript is left out", VALUE.search(text)[0])  # type: ignore[index]
        text = VALUE.sub("", text)
    return text


def tags(text: str) -> Iterator[Tag]:
    """Yield the components of a text, and the elements with attributes that only JavaScript has."""
    at = 0
    for found in TAG.finditer(text):
        start = found.start()
        if start < at:
            continue
        end = ended(text, found.end())
        if end < 0:
            continue
        name, closing = found[2] or "", found[1] or found[3]
        said = text[found.end() : end - 1].strip()
        alone = said.endswith("/")
        if not name or name[0].isupper() or "." in name:
            kind = "close" if closing else "alone" if alone else "open"
            yield Tag(start, end, kind, name, said.removesuffix("/"))
            at = end
        elif not closing and (("{" in said) or "className" in said or (alone and name.lower() not in VOID)):
            inside = f"<{name}{html_attributes(said.removesuffix('/'))}>"
            yield Tag(start, end, "text", text=f"{inside}</{name}>" if alone and name.lower() not in VOID else inside)
            at = end


def ended(text: str, start: int) -> int:
    """Return where a tag ends: braces and quotes in it may hold any sign; -1 if it doesn't."""
    depth, quote = 0, ""
    for at in range(start, min(len(text), start + LONGEST)):
        sign = text[at]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'" and not depth:
            quote = sign
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif depth <= 0 and sign == ">":
            return at + 1
        elif depth <= 0 and sign == "<":
            return -1
    return -1


OBJECT = re.compile(r"[\w:.-]+=\{[^{}]*\{[^{}]*\}[^{}]*\}")
GIVEN = re.compile(r"([A-Za-z_:][\w:.-]*)(?:=(?:\"([^\"]*)\"|'([^']*)'|\{([^{}]*)\}|(\{)))?")


def given(said: str) -> dict[str, str]:
    """Return the attributes of a tag that are plain text or numbers; those without a value are true."""
    found: dict[str, str] = {}
    for one in GIVEN.finditer(OBJECT.sub("", said)):
        value = next((part for part in one.groups()[1:3] if part is not None), None)
        if value is None and one[4] is not None:
            inner = one[4].strip()
            value = inner.strip("\"'`") if inner[:1] in "\"'`" or inner.replace(".", "").isdigit() else None
        if value is not None:
            found.setdefault(one[1].lower(), value)
        elif one[4] is None and one[5] is None:
            found.setdefault(one[1].lower(), "true")
    return found


def html_attributes(said: str) -> str:
    """Return attributes as HTML has them."""
    values = given(said)
    return "".join(
        f' {ATTRIBUTES.get(name, name)}="{value.replace(chr(34), "&quot;")}"' for name, value in values.items()
    )


def draw(around: Around, tag: Tag, inner: str | None) -> str:
    """Return what stands in place of a component: its content, if nothing is known of it."""
    if not tag.name or tag.kind == "close":
        return inner or ""
    known = shortcodes.KNOWN.get(tag.name.lower())
    if known:
        return known(around, given(tag.said), inner)
    around.tell(f"the component {tag.name} isn't known; what is in it stays", f"<{tag.name}")
    return inner or ""
