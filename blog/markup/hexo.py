"""Hexo's tag plugins: ``{% post_link tea "A title" %}``, ``{% asset_img cup.jpg %}``, ``{% codeblock %}``, ...

In code they are text, as Hexo holds code back from them. https://hexo.io/docs/tag-plugins
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape

from . import drawn, outside, shortcodes
from .around import Around
from .octopress import code_of, picture, quoted
from .options import Options
from .tags import Tag, arguments, replaced

# Those with an end; an end that is left over is nothing.
VERBATIM = frozenset(("raw", "codeblock", "code"))


def expand(text: str, around: Around, _options: Options) -> str:
    """Return a text with what its tags draw in their places."""
    if "{%" not in text:
        return text
    return outside.changed(text, lambda part: replaced(part, tags(part), lambda tag, inner: draw(around, tag, inner)))


def tags(text: str) -> Iterator[Tag]:
    """Yield the tags of a text in order; what has no end is text, and so is what stands in code."""
    at, verbatim = 0, ""
    while (start := text.find("{%", at)) >= 0:
        end = text.find("%}", start + 2)
        if end < 0:
            return
        at = end + 2
        inside = text[start + 2 : end].strip().strip("-").strip()
        name, _, said = inside.partition(" ")
        if verbatim and name != f"end{verbatim}":
            continue
        verbatim = name if name in VERBATIM else ""
        if re.fullmatch(r"\w+", name):
            kind = "close" if name.startswith("end") and name != "end" else "open"
            yield Tag(start, at, kind, name.removeprefix("end"), said.strip())


Draw = Callable[[Around, str, str], str]


def draw(around: Around, tag: Tag, inner: str | None) -> str:
    """Return what a tag draws; of one that isn't known its inside stays."""
    if tag.kind == "close":
        around.tell(f"there is no tag {tag.name} to be ended here", f"end{tag.name}")
        return ""
    if tag.name in KNOWN:
        return KNOWN[tag.name](around, tag.said, inner or "")
    if tag.name in shortcodes.KNOWN:
        return shortcodes.KNOWN[tag.name](around, tag.given, inner)
    around.tell(f"the tag {tag.name} isn't known; what is in it stays", f"{{% {tag.name}")
    return inner or ""


def post_link(around: Around, said: str, _inner: str) -> str:
    """Return a link to a post by its file's name: its title, or the one that is given."""
    words = list(arguments(said).values())
    words = words[:-1] if words[-1:] in (["true"], ["false"]) else words
    name = words[0] if words else ""
    url = shortcodes.address(around, name)
    title = " ".join(words[1:]) or around.ask("titled", name.partition("#")[0]) or name
    return around.inline(escape(title, quote=False) if url == "#" else drawn.link(url, escape(title, quote=False)))


def asset_link(around: Around, said: str, _inner: str) -> str:
    """Return a link to a file beside a post."""
    words = list(arguments(said).values()) or [""]
    title = " ".join(words[1:]) or words[0]
    return around.inline(drawn.link(asset(around, words[0]), escape(title, quote=False)))


def asset(around: Around, name: str) -> str:
    """Return the address of a file that lies in the folder of a post; tell if it only is elsewhere in the site."""
    own = around.ask("resolve", name)
    if own != name:
        return own
    elsewhere = around.ask("named", name)
    if elsewhere:
        around.tell(f"{name} isn't in the folder of the post; {elsewhere} is taken", name)
    return elsewhere or name


def asset_img(around: Around, said: str, _inner: str) -> str:
    """Draw a picture that lies in the folder of a post: ``{% asset_img left cup.jpg 300 200 "Title 'Alt'" %}``."""
    words = arguments(said)
    place = next((key for key, word in words.items() if re.search(r"\.\w{3,4}\Z", word)), "0")
    name = words.get(place, "")
    return around.inline(picture(around, said.replace(name, asset(around, name), 1) if name else said))


def link(around: Around, said: str, _inner: str) -> str:
    """Return a link: ``{% link text https://example.org/ title %}``."""
    found = re.search(r"https?://\S+|/\S*", said)
    words = said[: found.start()].strip() if found else said
    return around.inline(drawn.link(found[0] if found else "#", escape(words or (found[0] if found else ""))))


def note(around: Around, said: str, inner: str) -> str:
    """Draw a callout: ``{% note warning Title %}``."""
    kind, _, title = said.partition(" ")
    return shortcodes.notice()(around, {"0": kind or "note"} | ({"1": title} if title else {}), inner)


def include_code(around: Around, said: str, _inner: str) -> str:
    """Draw a file of the folder ``downloads/code`` as code."""
    words = [word for word in said.split() if "." in word and ":" not in word] or [""]
    text = around.ask("included", f"downloads/code/{words[-1]}")
    if not text:
        around.tell(f"there is no downloads/code/{words[-1]}", said[:60])
    return around.block(code_of(around, f"{said} lang:{words[-1].rpartition('.')[2]}", text)) if text else ""


def iframe(around: Around, said: str, _inner: str) -> str:
    """Return a link to a page that would be shown in this one."""
    url = said.split()[0] if said.split() else "#"
    return around.block(f'<p class="embed">{drawn.link(url, escape(url))}</p>')


KNOWN: dict[str, Draw] = {
    "post_link": post_link,
    "post_path": lambda around, said, _inner: shortcodes.address(around, said.strip()),
    "asset_img": asset_img,
    "asset_link": asset_link,
    "asset_path": lambda around, said, _inner: asset(around, said.strip().strip("\"'")),
    "img": lambda around, said, _inner: around.inline(picture(around, said)),
    "link": link,
    "url": link,
    "codeblock": lambda around, said, inner: around.block(code_of(around, said, inner)),
    "code": lambda around, said, inner: around.block(code_of(around, said, inner)),
    "blockquote": lambda around, said, inner: quoted(around, said, inner),
    "quote": lambda around, said, inner: quoted(around, said, inner),
    "centerquote": lambda around, said, inner: quoted(around, said, inner),
    "cq": lambda around, said, inner: quoted(around, said, inner),
    "pullquote": lambda around, _said, inner: quoted(around, "", inner),
    "raw": lambda around, _said, inner: around.block(inner.strip()) if "\n" in inner else around.inline(inner),
    "note": note,
    "include_code": include_code,
    "iframe": iframe,
}
