"""Blocks as CommonMark has them, where mistune reads them otherwise: quotes, tabs, code, raw HTML, references.

https://spec.commonmark.org/0.31.2/#container-blocks-and-leaf-blocks
"""

from __future__ import annotations

import re
from typing import Any, cast

from mistune import BlockParser, BlockState
from mistune.helpers import (
    BLOCK_TAGS,
    HTML_ATTRIBUTES,
    HTML_TAGNAME,
    PRE_TAGS,
    parse_link_href,
    parse_link_title,
    unescape_char,
)
from mistune.util import escape_url, unikey

from .gathering import INTERRUPTS, LAZY, Container, cut, indentation, is_blank
from .lists import LIST, parse_list
from .nested import HOLDERS

CODE = re.compile(r"(?:(?: {4}| {0,3}\t)[^\n]*(?:\n|\Z)|[ \t]+\n|\n)+")
CODE_INDENT = re.compile(r"^(?: {4}| {0,3}\t| {1,3}$)", re.MULTILINE)
REST_OF_LINE = re.compile(r"[ \t]*(?:\n|\Z)")
BLANK_LINE = re.compile(r"^[ \t]*\n", re.MULTILINE)
PRE = "|".join(PRE_TAGS)
# How raw HTML begins after its "<", and what it ends with. https://spec.commonmark.org/0.31.2/#html-blocks
HTML_ENDS = (
    (re.compile(rf"(?:{PRE})(?=[\s>])", re.IGNORECASE), re.compile(rf"</(?:{PRE})>", re.IGNORECASE)),
    (re.compile("!--"), re.compile("-->")),
    (re.compile(r"\?"), re.compile(r"\?>")),
    (re.compile("![A-Za-z]"), re.compile(">")),
    (re.compile(r"!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(rf"/?(?:{'|'.join(BLOCK_TAGS)})(?=\s|/?>)", re.IGNORECASE), BLANK_LINE),
)
ONE_TAG = re.compile(
    rf"(?!(?:{PRE})[\s/>])(?:{HTML_TAGNAME}{HTML_ATTRIBUTES}\s*/?|/{HTML_TAGNAME}[ \t]*)>[ \t]*(?:\n|\Z)",
    re.IGNORECASE,
)


class State(BlockState):
    """Hold where a text is being read; the lines of a paragraph are put together once, when it ends."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.column = 0  # where the text stands in its lines, for tabs
        self.paragraph: dict[str, Any] | None = None  # the open one
        self.looked_at: dict[str, Any] | None = None  # one that may still go on
        self.opened = 0  # where it begins
        self.held = False  # the line just read is the paragraph's

    def append_token(self, token: dict[str, Any]) -> None:
        """Take a block; what it holds as written may have been taken for the lines of a paragraph before."""
        if "raw" in token and LAZY in token["raw"]:
            token["raw"] = token["raw"].replace(LAZY, "")
        super().append_token(token)

    def add_paragraph(self, text: str) -> None:
        """Take the line at the cursor for a paragraph's."""
        if not self.in_paragraph():
            self.paragraph = {"type": "paragraph", "text": text}
            self.opened = self.cursor
            self.tokens.append(self.paragraph)
        self.held = True

    def append_paragraph(self) -> int | None:
        """Take the line at the cursor for the open paragraph's, if there is one; return where the line ends."""
        if not self.in_paragraph():
            return None
        self.held = True
        return self.find_line_end()

    def in_paragraph(self) -> bool:
        """Tell whether the line at the cursor follows a paragraph."""
        if self.looked_at is not None:
            if self.tokens and self.tokens[-1] is self.looked_at:
                self.paragraph = self.looked_at
            self.looked_at = None
        return self.paragraph is not None

    def end_paragraph(self, at: int) -> None:
        """Put the open paragraph together, which ends before ``at``."""
        if self.paragraph is not None:
            self.paragraph["text"] = self.src[self.opened : at].replace(LAZY, "")
        self.paragraph = self.looked_at = None

    def last_token(self) -> Any:
        """Return the last token, with all of its text."""
        if self.paragraph is not None:
            paragraph = self.paragraph
            self.end_paragraph(self.cursor)
            self.looked_at = paragraph
        return super().last_token()


class Blocks(BlockParser):
    """Read blocks line by line."""

    state_cls = State
    SPECIFICATION = BlockParser.SPECIFICATION | {
        "blank_line": r"^[ \t\v\f]*\n(?:[ \t\v\f]*\n)*+",  # mistune's takes a gigabyte for a million of them
        "setex_heading": r"^ {0,3}(?P<setext_1>=+|-+)[ \t]*$",
        "indent_code": r"^(?: {4}| {0,3}\t)(?=[ \t]*[^ \t\n])",
        "block_quote": r"^ {0,3}>",
        "list": LIST,
        "raw_html": r"^ {0,3}<(?=[A-Za-z/!?])",
        "block_html": r"^ {0,3}<(?i:" + "|".join(start.pattern for start, _ in HTML_ENDS) + ")",
    }

    def __init__(self) -> None:
        super().__init__()
        self.interrupts = list(INTERRUPTS)

    def parse(self, state: BlockState, rules: list[str] | None = None) -> None:
        """Read a text; a line that no rule takes is a paragraph's."""
        state, rules = cast("State", state), self.rules if rules is None else rules
        match = self.compile_sc(rules).match
        while (at := state.cursor) < state.cursor_max:
            state.held = False
            found = match(state.src, at)
            end = self.taken(found, state, rules) if found else None
            if not end:
                state.cursor = at
                state.add_paragraph("")
                end = state.find_line_end()
            elif not state.held:
                state.end_paragraph(at)
            state.cursor = end
        state.end_paragraph(state.cursor_max)

    def taken(self, found: re.Match[str] | None, state: State, rules: list[str]) -> int | None:
        """Return where the block ends that a line begins by one of the rules that match it, the first that takes it."""
        at = state.cursor
        while found:
            if end := self.parse_method(found, state):
                return end
            state.cursor = at
            rules = rules[rules.index(str(found.lastgroup)) + 1 :]
            found = self.compile_sc(rules).match(state.src, at) if rules else None
        return None

    def parse_setex_heading(self, m: re.Match[str], state: BlockState) -> int | None:
        """Read the line under a heading; where there is nothing above, it is a rule or a list."""
        state = cast("State", state)
        if not state.in_paragraph():
            found = self.compile_sc(["thematic_break", "list"]).match(state.src, state.cursor)
            return self.parse_method(found, state) if found else None
        heading = state.last_token()
        heading["type"], heading["style"] = "heading", "setext"
        heading["attrs"] = {"level": 1 if m["setext_1"][0] == "=" else 2}
        return m.end() + 1

    def parse_indent_code(self, m: re.Match[str], state: BlockState) -> int | None:  # type: ignore[override]
        """Read code that is set in by four columns."""
        state = cast("State", state)
        if end := state.append_paragraph():
            return end
        if state.column and "\t" in m[0]:
            return self.code_after_tabs(state)
        found = CODE.match(state.src, state.cursor)
        code = found[0].rstrip(" \t\n") if found else ""
        end = state.find_line_end_at(state.cursor + len(code))
        code = CODE_INDENT.sub("", state.src[state.cursor : end])
        state.append_token({"type": "block_code", "raw": code, "style": "indent"})
        return end

    def code_after_tabs(self, state: State) -> int | None:
        """Read code set in by tabs in a container, where a tab is less wide than it would be at a line's beginning."""
        lines, end, at = [], state.cursor, state.cursor
        blank: list[str] = []
        while at < state.cursor_max:
            line = state.get_line(at)
            at += len(line)
            if is_blank(line):
                blank.append(cut(line, 4, state.column))
            elif indentation(line, state.column)[0] >= 4:
                lines += [*blank, cut(line, 4, state.column)]
                blank, end = [], at
            else:
                break
        if not lines:
            return None
        state.append_token({"type": "block_code", "raw": "".join(lines), "style": "indent"})
        return end

    def parse_block_quote(self, m: re.Match[str], state: BlockState) -> int:
        """Read the lines of a quote, then what they say."""
        state = cast("State", state)
        inside = Container(self, state, self.inner_rules(state, self.block_quote_rules))
        inside.column = quoted(state.get_line(m.start()), m.end() - m.start(), state.column)[1]
        at = m.start()
        while at < state.cursor_max:
            line = state.get_line(at)
            if found := QUOTE.match(line):
                text, column = quoted(line, found.end(), state.column)
                inside.add(text if column == inside.column else levelled(text, column))
            elif not inside.takes(line, at):
                break
            at += len(line)
        state.append_token({"type": "block_quote", "children": inside.parse()})
        return at

    def inner_rules(self, state: BlockState, rules: list[str]) -> list[str]:
        """Return the rules for the inside of a container; at the deepest level there are no more containers."""
        if state.depth() < self.max_nested_level - 1:
            return rules
        return [rule for rule in rules if rule not in HOLDERS]

    def parse_list(self, m: re.Match[str], state: BlockState) -> int | None:  # type: ignore[override]
        """Read a list."""
        return parse_list(self, m, cast("State", state))

    def parse_raw_html(self, m: re.Match[str], state: BlockState) -> int | None:
        """Read a block of raw HTML."""
        for start, end in HTML_ENDS:
            if start.match(state.src, m.end()):
                found = end.search(state.src, m.end())
                if found and end is not BLANK_LINE:
                    return self.html_up_to(state.find_line_end_at(found.end()), state)
                return self.html_up_to(found.start() if found else state.cursor_max, state)
        if held := state.append_paragraph():
            return held
        if not ONE_TAG.match(state.src, m.end(), state.find_line_end()):
            return None
        found = BLANK_LINE.search(state.src, m.end())
        return self.html_up_to(found.start() if found else state.cursor_max, state)

    def html_up_to(self, end: int, state: BlockState) -> int:
        """Take the lines up to ``end`` as they are."""
        state.append_token({"type": "block_html", "raw": state.get_text(end).rstrip("\n")})
        return end

    def parse_ref_link(self, m: re.Match[str], state: BlockState) -> int | None:
        """Read where a link's label leads; the first of two counts."""
        if held := state.append_paragraph():
            return held
        key, src = unikey(m["reflink_1"]), state.src
        href, at = parse_link_href(src, m.end(), block=True, max_nested_level=self.max_nested_level)
        if not key or href is None or at is None:
            return None
        after = REST_OF_LINE.match(src, at)
        title, end = self.title_of_reference(src, at)
        if end is None:
            if not after:
                return None
            title, end = None, after.end()
        data = {"url": escape_url(unescape_char(href)), "label": m["reflink_1"]}
        state.env["ref_links"].setdefault(key, data | ({"title": title} if title else {}))
        return end

    def title_of_reference(self, src: str, at: int) -> tuple[str | None, int | None]:
        """Return the title that follows on the same line or the next, and where its line ends."""
        if BLANK_LINE.match(src, src.find("\n", at) + 1):
            title, end = parse_link_title(src, at, src.find("\n", at))
        else:
            title, end = parse_link_title(src, at, len(src))
        after = REST_OF_LINE.match(src, end) if end else None
        return (title, after.end()) if after else (None, None)


QUOTE = re.compile(r" {0,3}>")


def quoted(line: str, at: int, column: int) -> tuple[str, int]:
    """Return what a line says after the sign of a quote, and the column where that begins."""
    column += at
    if line[at : at + 1] == " ":
        return line[at + 1 :], (column + 1) % 4
    if line[at : at + 1] == "\t":
        return cut(line[at:], 1, column), (column + 1) % 4
    return line[at:], (column + (line[at : at + 1] == "\n")) % 4  # an empty line is like those after it


def levelled(text: str, column: int) -> str:
    """Return a line that begins in another column than its neighbours, its first tabs as blanks."""
    width, at = indentation(text, column)
    return " " * width + text[at:] if "\t" in text[:at] else text
