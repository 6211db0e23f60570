"""Footnotes: ``[^label]`` with ``[^label]: text`` anywhere, and ``^[a note on the spot]``, but not ``/^[a-z]+/``.

Their ids carry the name of the post, so that several posts may share a page. Notes are numbered as they are met; one
that is met only in other notes comes after those. https://pandoc.org/MANUAL.html#footnotes
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from mistune import BlockParser, BlockState, InlineParser, Markdown
from mistune.core import InlineState
from mistune.util import escape, unikey

from .nested import INDENT, blocks, everywhere, hanging
from .options import Options
from .wording import word

if TYPE_CHECKING:
    from .renderer import Renderer

LABEL = r"(?:[^\\\[\]\n]|\\.){1,500}"
DEFINITION = rf"^ {{0,3}}\[\^(?P<footnote_label>{LABEL})\]:[ \t]*(?P<footnote_text>[^\n]*)\n?"
REFERENCE = rf"\[\^(?P<footnote_label>{LABEL})\]"
ON_THE_SPOT = r"\^\["
# Before and in what is the beginning of a regular expression, or a power, rather than a note.
NO_NOTE = re.compile(r"[/(\[^|\\]")
CLASS = re.compile(r"\^\S*|\d+|(?:[A-Za-z]-[A-Za-z]|\d-\d|\\[A-Za-z]|[^\w\s]|[_ ])*")
LONGEST_CLASS = 60
REPEATED = re.compile(r"[+*?$/{]")
BRACKET = re.compile(r"\\[\s\S]|`+|[\[\]]")
LINK = re.compile(r"\[")

# A line that no paragraph goes on after.
NO_PARAGRAPH = re.compile(r"[ \t]*(?:#{1,6}(?:[ \t]|$)|`{3}|~{3}|[-*_][ \t]*([-*_])(?:[ \t]*\1)+[ \t]*$|$)")

STARTS = ["footnote_definition", "fenced_code", "atx_heading", "thematic_break", "block_quote", "list", "block_html"]


def add_to(markdown: Markdown, options: Options) -> None:
    """Read footnotes, and write them under the text."""
    if not options.footnotes:
        return
    markdown.block.register("footnote_definition", DEFINITION, definition, before="ref_link")
    everywhere(markdown, "footnote_definition", before="ref_link")
    markdown.inline.register("footnote", REFERENCE, reference, before="link", start_chars="[")
    if options.inline_notes:
        markdown.inline.register("footnote_on_the_spot", ON_THE_SPOT, on_the_spot, before="link", start_chars="^")
    markdown.after_render_hooks.append(notes_under)  # type: ignore[arg-type]
    cast("Renderer", markdown.renderer).pieces["footnote"] = mark


def definition(block: BlockParser, found: re.Match[str], state: BlockState) -> int:
    """Keep a note until the text is written; of two with the same label the first counts."""
    starts = block.compile_sc(STARTS)
    first, begin = found["footnote_text"], found.end()

    def ends(at: int) -> bool:
        before = first if at == begin else state.src[state.src.rfind("\n", 0, at - 1) + 1 : at - 1]
        return bool(NO_PARAGRAPH.match(before) or starts.match(state.src, at))

    text, end = hanging(state, begin, INDENT, ends)
    text = f"{first}\n{text}".strip("\n")
    notes = state.env.setdefault("notes", {})
    label = unikey(found["footnote_label"])
    if label not in notes and not state.env.get("looking"):  # a container that is only looked at is read again
        notes[label] = []  # a note inside of this one can't have the same label
        notes[label] = blocks(block, text + "\n", state)
    return end


def reference(inline: InlineParser, found: re.Match[str], state: InlineState) -> int | None:
    """Parse ``[^label]``; where there is no such note it may be a link."""
    label = unikey(found["footnote_label"])
    if label in state.env.get("notes", ()):
        state.append_token({"type": "footnote", "label": label})
        return found.end()
    bracket = LINK.match(state.src, found.start())
    return inline.parse_link(bracket, state) if bracket else None


def on_the_spot(inline: InlineParser, found: re.Match[str], state: InlineState) -> int | None:
    """Parse ``^[text]``, but not where it is part of a regular expression."""
    end = closing_brackets(state).get(found.end() - 1)
    if end is None or state.depth >= inline.max_nested_level or is_expression(state.src, found.start(), end):
        return None
    inside = state.copy()
    inside.src = state.src[found.end() : end]
    inside.in_link = False
    state.append_token({"type": "footnote", "note": inline.render(inside)})
    return end + 1


def is_expression(text: str, start: int, end: int) -> bool:
    """Tell whether a caret and the brackets behind it, whose end is given, begin a regular expression or a power."""
    if NO_NOTE.match(text[max(0, start - 1) : start]):
        return True
    if end - start > LONGEST_CLASS:
        return False
    inside = text[start + 2 : end]
    return bool(CLASS.fullmatch(inside) or (" " not in inside and REPEATED.match(text, end + 1)))


def closing_brackets(state: InlineState) -> dict[int, int]:
    """Return where each bracket of a text is closed, code and what is escaped set aside; found out once."""
    known: tuple[str, dict[int, int]] | None = getattr(state, "closing_brackets", None)
    if known is None or known[0] is not state.src:
        known = (state.src, pairs(state))
        state.closing_brackets = known  # type: ignore[attr-defined]
    return known[1]


def pairs(state: InlineState) -> dict[int, int]:
    """Return where each bracket is closed."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    at = 0
    while found := BRACKET.search(state.src, at):
        at = found.end()
        if found[0] == "[":
            opened.append(found.start())
        elif found[0] == "]" and opened:
            ends[opened.pop()] = found.start()
        elif found[0][0] == "`" and (end := state.delimiters.code_end(found[0], at)) is not None:
            at = end + len(found[0])
    return ends


def mark(_renderer: Renderer, token: dict[str, Any], state: BlockState) -> str:
    """Render the mark of a note; inside of a link it leads nowhere, as links can't hold links."""
    env = state.env
    if env.get("in_image"):
        return ""
    met: dict[str, list[Any]] = env.setdefault("notes_met", {})
    label = token.get("label", f"\n{len(met)}")
    if label not in met:  # its number, its blocks, how many marks it has
        met[label] = [len(met) + 1, env["notes"][label] if "label" in token else [spot(token)], 0]
        env.setdefault("notes_in_order", []).append(met[label])
    met[label][2] += 1
    number, _, times = met[label]
    name = name_of(number, state)
    inner = str(number) if env.get("in_link") else f'<a href="#fn:{name}" role="doc-noteref">{number}</a>'
    return f'<sup class="footnote-ref" id="fnref:{name}{nth(times)}">{inner}</sup>'


def spot(token: dict[str, Any]) -> dict[str, Any]:
    """Return a note on the spot as a paragraph."""
    return {"type": "paragraph", "children": token["note"]}


def nth(times: int) -> str:
    """Return what tells the second mark of a note from the first."""
    return f"-{times}" if times > 1 else ""


def name_of(number: int, state: BlockState) -> str:
    """Return the name of a note in ids: no heading has one with a colon in it."""
    prefix = state.env["options"].footnote_prefix
    return escape(f"{prefix}:{number}" if prefix else str(number))


def notes_under(markdown: Markdown, html: str, state: BlockState) -> str:
    """Return a text with its notes under it."""
    order: list[list[Any]] = state.env.get("notes_in_order", [])
    if not order:
        return html
    renderer = cast("Renderer", markdown.renderer)
    state.env["in_link"] = False
    # Notes may hold marks of further notes, which come to the end of the list while it is gone through.
    texts = [renderer.render_tokens(markdown._iter_render(tokens, state), state) for _, tokens, _ in order]
    items = [item(text, number, times, state) for text, (number, _, times) in zip(texts, order, strict=True)]
    return f'{html}<div class="footnotes" role="doc-endnotes">\n<ol>\n{"".join(items)}</ol>\n</div>\n'


def item(text: str, number: int, times: int, state: BlockState) -> str:
    """Render a note with the ways back to its marks."""
    name, said = name_of(number, state), escape(word("back", state.env["options"].language))
    back = " ".join(
        f'<a href="#fnref:{name}{nth(n)}" class="footnote" role="doc-backlink" '
        f'aria-label="{said}{f", {n}" if n > 1 else ""}">&#8617;&#65038;{f"<sup>{n}</sup>" if n > 1 else ""}</a>'
        for n in range(1, times + 1)
    )
    text = text.rstrip()
    text = f"{text[:-4]} {back}</p>" if text.endswith("</p>") else f"{text}\n<p>{back}</p>".lstrip()
    return f'<li id="fn:{name}">{text}</li>\n'
