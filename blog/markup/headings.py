"""Headings, each with an id: ``{#given}``, or made of its words by the rule of GitHub, kramdown or Hugo.

https://github.com/gjtorikian/html-pipeline https://kramdown.gettalong.org/converter/html.html#auto-ids
https://gohugo.io/configuration/markup/#parserautoheadingidtype
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, cast

from mistune import BlockState, Markdown
from mistune.util import escape, unescape

from .nested import levels
from .options import Options

if TYPE_CHECKING:
    from .renderer import Renderer

Token = dict[str, Any]

FIRST_LEVEL = re.compile(r"<h1(?=[\s>])", re.IGNORECASE)
TAG = re.compile(r"(</?h)([1-6])(?=[\s>])", re.IGNORECASE)
GIVEN = re.compile(r"\{:?[ \t]*((?:[#.][^\s#.{}]+[ \t]*)+)\}")
BELOW = re.compile(r"\{:(?!toc\})[^{}\n]*\}(?:\n|\Z)")
RAW_ID = re.compile(r"<[a-zA-Z][^<>]*\sid\s*=\s*[\"']?([^\"'\s<>]+)", re.IGNORECASE)
NOT_THEIRS = ("fn:", "fnref:", "theme:")  # what the ids of footnotes and of the theme begin with
NEITHER_WORD_NOR_SPACE = re.compile(r"[^\w\- ]", re.ASCII)


def add_to(markdown: Markdown, options: Options) -> None:
    """Read headings our way, and give them ids."""
    markdown.block.register("atx_heading", markdown.block.SPECIFICATION["atx_heading"], atx_heading)
    if options.heading_attributes:
        markdown.before_render_hooks.append(read_attributes)
    if options.heading_ids:
        markdown.before_render_hooks.append(mind_raw_ids)
    cast("Renderer", markdown.renderer).pieces["heading"] = heading


def atx_heading(_parser: Any, found: re.Match[str], state: BlockState) -> int:
    """Parse ``# Heading #``; mistune's own way to drop the last signs takes the square of the line's length."""
    token = {"type": "heading", "text": closed(found["atx_2"]), "attrs": {"level": len(found["atx_1"])}, "style": "atx"}
    state.append_token(token)
    return found.end() + 1


def closed(text: str) -> str:
    """Return the text of a heading without the signs that may close it."""
    text = text.strip()
    without = text.rstrip("#")
    return without.rstrip() if not without or without[-1] in " \t" else text


def read_attributes(_markdown: Markdown, state: BlockState) -> None:
    """Take ``{#id .class}`` from the ends of headings, and from the line below as kramdown has it."""
    if "{#" not in state.src and "{:" not in state.src and "{." not in state.src:
        return
    taken = state.env.setdefault("ids", {})
    for tokens in levels(state.tokens):
        for token, following in zip(tokens, [*tokens[1:], {}], strict=False):
            if token["type"] != "heading":
                continue
            given = at_the_end(token)
            if following.get("type") == "paragraph" and (below := BELOW.match(following["text"])):
                given = given or GIVEN.fullmatch(below[0].rstrip())
                following["text"] = following["text"][below.end() :]
                if not following["text"].strip():
                    following.clear()
                    following["type"] = "blank_line"
            if given:
                give(token["attrs"], given[1], taken)


def at_the_end(token: Token) -> re.Match[str] | None:
    """Cut attributes from the end of a heading, and return them."""
    text = token["text"].rstrip()
    start = text.rfind("{")
    given = GIVEN.fullmatch(text, start) if start >= 0 and text[:start][-1:].strip() == "" else None
    if given:
        token["text"] = closed(text[:start]) if token["style"] == "atx" else text[:start].rstrip()
    return given


def give(attrs: dict[str, Any], written: str, taken: dict[str, int]) -> None:
    """Note what was given to a heading: an id that no other has, classes."""
    for sign, name in re.findall(r"([#.])([^\s#.]+)", written):
        if sign == ".":
            attrs["class"] = f"{attrs.get('class', '')} {name}".strip()
        elif "id" not in attrs and name not in taken and not name.startswith(NOT_THEIRS):
            taken[name] = 0
            attrs["id"] = name


def mind_raw_ids(_markdown: Markdown, state: BlockState) -> None:
    """Note the ids in the owner's tags, so that no heading gets one of them."""
    if "id=" in state.src:
        taken = state.env.setdefault("ids", {})
        for tokens in levels(state.tokens):
            for token in tokens:
                if token["type"] != "block_code":
                    found = RAW_ID.findall(token.get("raw") or token.get("text") or "")
                    taken |= {name: 0 for name in found if name not in taken}


def heading(renderer: Renderer, token: Token, state: BlockState) -> str:
    """Render a heading with its id, and a link to it that is nothing to those who listen or go by keyboard."""
    inner = renderer.render_tokens(token["children"], state)
    attrs, rule = token["attrs"], renderer.options.heading_ids
    name = attrs.get("id", "")
    if rule and not name:
        name = attrs["id"] = heading_id(plain(token["children"]), state.env.setdefault("ids", {}), rule)
    given = f' id="{escape(name)}"' if name else ""
    if "class" in attrs:
        given += f' class="{escape(attrs["class"])}"'
    link = ""
    if name and renderer.options.permalinks:
        link = f'<a class="permalink" href="#{escape(name)}" aria-hidden="true" tabindex="-1"></a>'
    return f"<h{attrs['level']}{given}>{inner}{link}</h{attrs['level']}>\n"


def plain(tokens: Iterable[Token]) -> str:
    """Return the words of a heading: what code says too, no marks of notes, no tags."""
    parts = []
    for token in tokens:
        if "children" in token:
            parts.append(plain(token["children"]))
        elif token["type"] in ("softbreak", "linebreak"):
            parts.append(" ")
        elif token["type"] != "inline_html":
            raw = token.get("raw", "")
            parts.append(unescape(raw) if token["type"] == "text" else raw)
    return "".join(parts)


def heading_id(words: str, taken: dict[str, int], rule: str = "github") -> str:
    """Return an id for a heading that isn't in ``taken`` yet, which counts the ids of the same text, and is changed."""
    make, otherwise = RULES[rule]
    name = first = make(words.strip()) or otherwise
    while name in taken:
        taken[first] += 1
        name = f"{first}-{taken[first]}"
    taken[name] = 0
    return name


def github(words: str) -> str:
    """Return an id by GitHub's rule: lower case, no punctuation, dashes for spaces; marks stay with their letters."""
    return dashed(words.lower(), "LM", ("Nd", "Pc"))


def hugo(words: str) -> str:
    """Return an id by Hugo's rule: GitHub's, without what isn't a letter, a digit or a line below."""
    return dashed(words, "L", ("Nd",)).lower()


def dashed(words: str, classes: str, categories: tuple[str, ...]) -> str:
    """Return words with dashes for spaces, and nothing else but the signs of some Unicode categories."""
    if words.isascii():
        return NEITHER_WORD_NOR_SPACE.sub("", words).replace(" ", "-")

    def stays(sign: str) -> bool:
        kind = unicodedata.category(sign)
        return kind[0] in classes or kind in categories or sign in "-_ "

    return "".join(sign for sign in words if stays(sign)).replace(" ", "-")


def kramdown(words: str) -> str:
    """Return an id by kramdown's own rule: from the first plain letter on, and only plain letters and digits."""
    words = re.sub(r"^[^a-zA-Z]+", "", words)
    return re.sub(r"[^a-zA-Z0-9 -]", "", words).replace(" ", "-").lower()


RULES: dict[str, tuple[Callable[[str], str], str]] = {
    "github": (github, "section"),
    "hugo": (hugo, "heading"),
    "kramdown": (kramdown, "section"),
}


def steps(html: str) -> int:
    """Return how far headings go down so that they begin at ``<h2>``: the page's title is its only ``<h1>``."""
    return 1 if FIRST_LEVEL.search(html) else 0


def lowered(html: str, by: int) -> str:
    """Return HTML whose headings are some levels lower."""
    return TAG.sub(lambda tag: f"{tag[1]}{min(int(tag[2]) + by, 6)}", html) if by else html
