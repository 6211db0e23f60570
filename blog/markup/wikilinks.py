"""Links as wikis have them: ``[[name]]``, ``[[name#Heading|text]]``, ``![[picture.png|300]]``, ``![[note]]``.

A name is that of a file, whichever folder it is in. A text that is shown in another one is shown once: what it shows
itself are links there. https://help.obsidian.md/links https://help.obsidian.md/embeds
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, cast

from mistune import BlockParser, BlockState, InlineParser, Markdown
from mistune.core import InlineState

from . import drawn
from .around import Around
from .headings import RULES
from .nested import levels
from .options import Options

if TYPE_CHECKING:
    from .renderer import Renderer

LINK = r"(?P<wikilink_shown>!?)\[\[(?P<wikilink_to>[^\[\]\n|]{0,500})(?:\|(?P<wikilink_text>[^\[\]\n]{0,1000}))?\]\]"
ALONE = r"^ {0,3}!\[\[(?P<embedded>[^\[\]\n|]{1,500})(?:\|(?P<embedded_text>[^\[\]\n]{0,1000}))?\]\][ \t]*$"
BLOCK_ID = re.compile(r"(?:[ \t]+|\n|\A)\^[A-Za-z0-9-]+\s*\Z")
SIZE = re.compile(r"(\d{1,5})(?:x(\d{1,5}))?")
IMAGE = re.compile(r"\.(?:avif|bmp|gif|jpe?g|png|svg|webp)\Z", re.IGNORECASE)
AUDIO = re.compile(r"\.(?:mp3|m4a|ogg|opus|flac|wav|3gp)\Z", re.IGNORECASE)
VIDEO = re.compile(r"\.(?:mp4|webm|ogv|mov|mkv)\Z", re.IGNORECASE)


def add_to(markdown: Markdown, options: Options) -> None:
    """Read links of wikis, and what is shown on a line of its own; block ids are left out."""
    if not options.wikilinks:
        return
    markdown.inline.register("wikilink", LINK, parse, before="link", start_chars=("!", "["))
    markdown.block.register("embed", ALONE, embed, before="setex_heading")
    for rules in (markdown.block.block_quote_rules, markdown.block.list_rules):  # it ends no paragraph
        markdown.block.insert_rule(rules, "embed", before="setex_heading")
    renderer = cast("Renderer", markdown.renderer)
    renderer.register("wikilink", lambda _renderer, text: text)
    renderer.register("embed", lambda _renderer, text: text + "\n")
    markdown.before_render_hooks.append(without_block_ids)


def parse(_inline: InlineParser, found: re.Match[str], state: InlineState) -> int | None:
    """Parse a link or something shown in a line."""
    around: Around = state.env["around"]
    name = found["wikilink_to"].rstrip("\\").strip()  # in a table the bar has a backslash
    if not name or (state.in_link and not found["wikilink_shown"]):
        return None
    rule = state.env["options"].heading_ids
    text = (found["wikilink_text"] or "").strip()
    made = shown(around, name, text) if found["wikilink_shown"] else ""
    state.append_token({"type": "wikilink", "raw": made or linked(around, name, text, rule)})
    return found.end()


def linked(around: Around, name: str, text: str, rule: str) -> str:
    """Return a link to a file by its name; the words alone, if there is none."""
    file, _, heading = name.partition("#")
    file, words = file.strip(), escape(text or said(name), quote=False)
    url = around.ask("named", file) if file else ""
    if file and not url:
        around.tell(f"there is no file {file} to lead to", name)
        return words
    to = f"{url}{fragment(heading, rule)}"
    return drawn.link(to, words) if to else words


def said(name: str) -> str:
    """Return what is shown of a link without words of its own."""
    return name.replace("#", " > ").strip(" >")


def fragment(heading: str, rule: str) -> str:
    """Return where on a page a heading is; the last of several, one below the other; nothing for parts of the text."""
    last = heading.rpartition("#")[2].strip()
    if not last or last.startswith("^"):
        return ""
    make, _ = RULES[rule or "github"]
    return f"#{make(last)}"


def shown(around: Around, name: str, text: str) -> str:
    """Return a picture, a film or something to hear, as HTML; nothing for anything else."""
    file = name.partition("#")[0].strip()
    known = next((kind for kind in (IMAGE, AUDIO, VIDEO) if kind.search(file)), None)
    if not known:
        return ""
    url = around.ask("named", file)
    if not url:
        around.tell(f"there is no file {file} to show", name)
        return escape(file if SIZE.fullmatch(text) else text or file, quote=False)
    if known is not IMAGE:
        return drawn.video({"src": url}) if known is VIDEO else drawn.audio({"src": url})
    *words, last = text.split("|")
    size = SIZE.fullmatch(last.strip())
    given = {"width": size[1], "height": size[2] or ""} if size else {}
    alt = "|".join(words if size else [*words, last]).strip()
    return drawn.image(around, {"src": url, "alt": alt or file.rpartition("/")[2].rpartition(".")[0], **given})


def embed(_block: BlockParser, found: re.Match[str], state: BlockState) -> int | None:
    """Parse what is shown on a line of its own: another text, or a part of it; where that can't be, it is a link."""
    around: Around = state.env["around"]
    name, text = found["embedded"].strip(), (found["embedded_text"] or "").strip()
    if not name or IMAGE.search(name) or AUDIO.search(name) or VIDEO.search(name):
        return None
    html = around.embed(name)
    if not html:
        return None
    source = drawn.link(around.ask("named", name.partition("#")[0]), escape(text or said(name), quote=False))
    made = f'<blockquote class="embed">\n{html.strip()}\n<footer>{source}</footer>\n</blockquote>'
    state.append_token({"type": "embed", "raw": around.block(made)})
    return found.end() + 1


def without_block_ids(_markdown: Markdown, state: BlockState) -> None:
    """Take the names of blocks, `` ^name``, from their ends."""
    if " ^" in state.src or "\n^" in state.src:
        for tokens in levels(state.tokens):
            for token in tokens:
                if token["type"] in ("paragraph", "block_text", "heading") and "text" in token:
                    token["text"] = BLOCK_ID.sub("", token["text"])
