"""Tables: found by the line under their head, as GitHub finds them; a row may be too short or too long.

A paragraph ``Table: text`` or ``: text`` right under a table is its caption, as pandoc has it.
https://github.github.com/gfm/#tables-extension- https://pandoc.org/MANUAL.html#tables
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from mistune import BlockParser, BlockState, Markdown

from .gathering import LAZY
from .nested import within
from .options import Options
from .wording import scrolling

if TYPE_CHECKING:
    from .blocks import State
    from .renderer import Renderer

COLUMN = r"[ \t]*:?-+:?[ \t]*"
RULE = rf"^ {{0,3}}(?=[-:|])(?=[^\n|]*\|)\|?{COLUMN}(?:\|{COLUMN})*(?:\|[ \t]*)?$"
PIPE = re.compile(r"\\.|\|")
INDENTED = re.compile(r" {4}| {0,3}\t")
STARTS = ["fenced_code", "atx_heading", "thematic_break", "block_quote", "list", "block_html"]
CAPTION = re.compile(r"\n* {0,3}(?:[Tt]able:|:)[ \t]+(?P<text>\S[^\n]*(?:\n[^\n]*\S[^\n]*)*)(?:\n|\Z)")
SIDES = {(True, True): "center", (True, False): "left", (False, True): "right", (False, False): ""}
MOST_FILLED = 100_000  # cells that may be made up in one text, for rows that are too short


def add_to(markdown: Markdown, options: Options) -> None:
    """Read tables wherever paragraphs may stand."""
    if not options.tables:
        return
    markdown.block.register("table", RULE, table, before="setex_heading")
    within(markdown, "table")
    pieces = cast("Renderer", markdown.renderer).pieces
    pieces["table"] = dressed if options.dressed else plain
    pieces |= {"table_caption": caption, "table_row": row, "table_cell": cell}


def table(block: BlockParser, found: re.Match[str], state: BlockState) -> int | None:
    """Parse a table, whose head is the last line before its rule."""
    head = header(cast("State", state), found.start())
    sides = [side(column) for column in cells(found[0])]
    if head is None or len(head) != len(sides):
        return None
    paragraph = state.last_token()
    before = paragraph["text"].rstrip("\n").rpartition("\n")[0]
    if before.strip():
        paragraph["text"] = before + "\n"
    else:
        state.tokens.pop()
    rows, end = body(block, found.end() + 1, state, len(sides))
    parts = [made_row(head, sides, True), *(made_row(row, sides) for row in rows)]
    said = CAPTION.match(state.src, end)
    if said and state.env["options"].dressed:
        parts.insert(0, {"type": "table_caption", "text": said["text"].replace(LAZY, "")})
        end = said.end()
    state.append_token({"type": "table", "children": parts})
    return end


def header(state: State, start: int) -> list[str] | None:
    """Return the cells of the line before the rule; ``None`` if that is no line of a paragraph."""
    if not state.in_paragraph():
        return None
    return cells(state.src[state.src.rfind("\n", 0, start - 1) + 1 : start])


def body(block: BlockParser, at: int, state: BlockState, columns: int) -> tuple[list[list[str]], int]:
    """Return the rows up to a blank line or another block, each of as many cells as the head, and where they end."""
    rows: list[list[str]] = []
    starts = block.compile_sc([*STARTS, *(rule for rule in block.rules if rule == "attributes")])
    left: int = state.env.get("cells_left", MOST_FILLED)
    while at < state.cursor_max:
        line = state.get_line(at)
        if (
            line.isspace()
            or line[0] == LAZY
            or (line[0] != "|" and (INDENTED.match(line) or starts.match(state.src, at)))
        ):
            break
        found = cells(line)[:columns]
        missing = min(columns - len(found), left)
        left -= missing
        rows.append([*found, *[""] * missing])
        at += len(line)
    state.env["cells_left"] = left
    return rows, min(at, state.cursor_max)


def cells(line: str) -> list[str]:
    """Return the cells of a line; an escaped bar belongs to its cell, in code too, and needs no sign there."""
    line = line.strip().removeprefix(LAZY).removeprefix("|")
    found, at = [], 0
    for pipe in PIPE.finditer(line):
        if pipe[0] == "|":
            found.append(line[at : pipe.start()])
            at = pipe.end()
    if line[at:].strip():
        found.append(line[at:])
    return [cell.strip().replace("\\|", "|") for cell in found]


def side(rule: str) -> str:
    """Return to which side a column is aligned."""
    return SIDES[rule.startswith(":"), rule.endswith(":")]


def made_row(texts: list[str], sides: list[str], head: bool = False) -> dict[str, Any]:
    """Return a row as a token."""
    pairs = zip(texts, sides, strict=False)
    row = [{"type": "table_cell", "text": text, "side": side, "head": head} for text, side in pairs]
    return {"type": "table_row", "children": row}


def dressed(renderer: Renderer, token: dict[str, Any], state: BlockState) -> str:
    """Render a table in a box that scrolls on its own and can be reached by keyboard."""
    box = scrolling("table", state.env["options"].language)
    return f'<div class="table" {box}>{plain(renderer, token, state).rstrip()}</div>\n'


def plain(renderer: Renderer, token: dict[str, Any], state: BlockState) -> str:
    """Render a table."""
    parts = [renderer.render_token(part, state) for part in token["children"]]
    caption = parts.pop(0) if token["children"][0]["type"] == "table_caption" else ""
    rows = f"<tbody>\n{''.join(parts[1:])}</tbody>\n" if parts[1:] else ""
    return f"<table>\n{caption}<thead>\n{parts[0]}</thead>\n{rows}</table>\n"


def caption(renderer: Renderer, token: dict[str, Any], state: BlockState) -> str:
    """Render what is said of a table."""
    return f"<caption>{renderer.render_tokens(token['children'], state)}</caption>\n"


def row(renderer: Renderer, token: dict[str, Any], state: BlockState) -> str:
    """Render a row."""
    return f"<tr>\n{renderer.render_tokens(token['children'], state)}</tr>\n"


def cell(renderer: Renderer, token: dict[str, Any], state: BlockState) -> str:
    """Render a cell; its alignment is a class, as nobody can override its own style. An empty one heads nothing."""
    inner = renderer.render_tokens(token["children"], state)
    dress = renderer.options.dressed
    tag = "th" if token["head"] and (inner or not dress) else "td"
    side = token["side"] and (f' class="align-{token["side"]}"' if dress else f' align="{token["side"]}"')
    return f"<{tag}{side}>{inner}</{tag}>\n"
