r"""Mathematics as MathML, which browsers draw without a script: ``$x$``, ``\(x\)``, ``$$x$$``, ``\[x\]`` on its own.

Only where site or post ask for it, and even there ``$HOME and $PATH``, ``$5 or $10`` and ``US$5`` are text.
https://pandoc.org/MANUAL.html#math https://w3c.github.io/mathml-core/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from math_core import LatexError, LatexToMathML
from mistune import BlockParser, BlockState, InlineParser, Markdown
from mistune.core import InlineState
from mistune.util import escape, unescape

from .gathering import LAZY
from .nested import everywhere
from .options import Options
from .wording import scrolling

if TYPE_CHECKING:
    from .renderer import Renderer

Token = dict[str, Any]

INLINE = (
    r"(?<![A-Za-z0-9_À-ɏ$\\])\$(?:`(?P<formula_code>[^`$]+)`\$"
    r"|\$(?!\s)(?P<formula_display>(?:[^$\\]|\\[\s\S])+)(?<!\s)\$\$"
    r"|(?![\s$`]|\.[A-Za-z])(?P<formula_text>(?:[^$\\`]|\\[\s\S])+)(?<!\s)\$(?![A-Za-z0-9({$@#]))"
)
# What begins with a digit may be a price: unless it is in one piece, of single letters, or has a sign of a formula.
PRICE = re.compile(r"[\d.,]*\d(?:[kKMB]|[.,;:!?]+)")
ONE_PIECE = re.compile(r"[!-~°]+")
LETTERS = re.compile(r"(?:[\d\s.,()/*!|'-]|(?<![A-Za-z])[A-Za-z])+")
RELATION = re.compile(r"[\^_=+<>{]")
WORD = re.compile(r"(?:^|\s)[A-Za-z]{2,}(?=\s|\Z)")
BRACKETS = r"\\\((?P<formula_inside>(?:[^\\]|\\(?![()])[\s\S])+)\\\)"
BLOCK = r"^ {0,3}(?P<formula_sign>\$\$|\\\[)"
CLOSES = {"$$": "$$", "\\[": "\\]"}
BLANK = re.compile(r"\n[ \t]*\n")
REST = re.compile(r"[ \t]*(?:\n|\Z)")
PIECE = re.compile(
    r"\\(?P<pair>begin|end|left|right)(?![a-zA-Z])|(?P<command>\\(?:[a-zA-Z]+|[\s\S]))|[{}]|[\s^_\[]+|%[^\n]*|."
)
LONGEST = 10_000  # characters of a formula
BRACKET = re.compile(r"\\(?:[a-zA-Z]+|[\s\S])|%[^\n]*|(?P<sign>[(){}\[\]])")
MOST_OPEN = 8  # brackets that nothing closes: each doubles the time that the library takes
DEEPEST = 60  # parts of a formula in one another: the library goes as deep as the stack, and further
TAG = re.compile(r"<(?:[a-z]+ |/?a\b)[^<>]*>")
ATTRIBUTE = re.compile(r' style="([^"]*)"| id="[^"]*"')
ANY_TAG = re.compile(r"<[^<>]*>")
NARROW = 20  # signs of a formula that fits into any window
DEFINES = re.compile(r"\\(?:(?:re)?newcommand|providecommand|[gex]?def|let)(?![a-zA-Z])")
# The theme takes the place of styles, which no careful site allows in its pages.
CLASSES = {
    "text-align: right": "align-right",
    "text-align: left": "align-left",
    "padding-right: 0": "near-end",
    "padding-left: 0": "near-start",
    "padding-left:1em": "far-start",
    "width: 100%": "wide",
    "width: 50%": "half",
    "border-top: 0.05em solid currentcolor": "line-above",
    "border-right: 0.05em solid currentcolor": "line-after",
}


def add_to(markdown: Markdown, options: Options) -> None:
    """Read and write formulas, if they are on."""
    if options.math:
        markdown.inline.register("formula", INLINE, formula, before="escape", start_chars="$")
        markdown.inline.register("formula_in_brackets", BRACKETS, formula, before="escape", start_chars="\\")
        markdown.block.register("formula_block", BLOCK, block_formula, before="setex_heading")
        everywhere(markdown, "formula_block")
        cast("Renderer", markdown.renderer).pieces |= {"formula": inline, "formula_block": display}


def formula(_inline: InlineParser, found: re.Match[str], state: InlineState) -> int | None:
    """Parse a formula in running text."""
    named = found.groupdict()
    if is_price(named.get("formula_text") or ""):
        return None
    shown = named.get("formula_display")
    raw = shown or next(filter(None, (named.get(f"formula_{kind}") for kind in ("code", "text", "inside"))))
    state.append_token({"type": "formula", "raw": raw, "display": bool(shown)})
    return found.end()


def is_price(text: str) -> bool:
    """Tell whether what stands between two dollars is rather what follows a price."""
    if not text[:1].isdigit() or "\\" in text:
        return False
    if ONE_PIECE.fullmatch(text):
        return bool(PRICE.fullmatch(text))
    return not LETTERS.fullmatch(text) and not (RELATION.search(text) and not WORD.search(text))


def block_formula(_block: BlockParser, found: re.Match[str], state: BlockState) -> int | None:
    """Parse a formula on lines of its own, none of which is blank."""
    closes, start = CLOSES[found["formula_sign"]], found.end()
    end = closing(state, closes, start)
    after = REST.match(state.src, end + 2) if start < end < start + LONGEST else None
    raw = state.src[start:end].replace(LAZY, "").strip() if after else ""
    if not after or not raw or BLANK.search(raw):
        return None
    state.append_token({"type": "formula_block", "raw": raw})
    return after.end()


def closing(state: BlockState, sign: str, start: int) -> int:
    """Return where a sign comes next, -1 for nowhere; each stretch of the text is looked through once."""
    known: dict[str, tuple[int, int]] = state.__dict__.setdefault("formula_signs", {})
    since, at = known.get(sign, (start + 1, -1))
    if not since <= start or -1 < at < start:
        at = state.src.find(sign, start)
        known[sign] = (start, at)
    return at


def inline(_renderer: Renderer, token: Token, state: BlockState) -> str:
    """Render a formula in running text; one that may be wider than a narrow window in a box that scrolls."""
    html = mathml(token["raw"], state, token["display"])
    if not html.startswith("<math") or len(unescape(ANY_TAG.sub("", html))) <= NARROW:
        return html
    box = "" if state.env.get("in_link") else f" {scrolling('formula', state.env['options'].language)}"
    return f'<span class="math long"{box}>{html}</span>'


def display(_renderer: Renderer, token: Token, state: BlockState) -> str:
    """Render a formula of its own in a box that scrolls, and can be reached by keyboard."""
    box = scrolling("formula", state.env["options"].language)
    return f'<div class="math" {box}>{mathml(token["raw"], state, True)}</div>\n'


def mathml(raw: str, state: BlockState, shown: bool) -> str:
    """Return a formula as MathML; one that can't be read as it was written, with what is wrong with it."""
    env = state.env
    if env.get("in_image"):
        return escape(raw)
    try:
        if len(raw) > LONGEST or depth(raw) > DEEPEST or left_open(raw) > MOST_OPEN or DEFINES.search(raw):
            raise LatexError("Too long, too much in one another, or commands of its own")
        converter = env.setdefault("math", LatexToMathML(fancy_error=False))
        html = converter.convert_with_global_state(raw, displaystyle=shown)
    except LatexError as error:
        return (
            f'<code class="formula" title="{escape(str(error).partition(": ")[2] or str(error))}">{escape(raw)}</code>'
        )
    return TAG.sub(without_styles, str(html))


def depth(raw: str) -> int:
    """Return how many parts of a formula stand in one another at most, commands that wait for their arguments too."""
    deepest = total = run = 0
    waiting: list[int] = []
    for piece in PIECE.finditer(raw):
        sign = piece["pair"] or piece[0]
        if piece["command"]:
            run += 1
        elif sign in ("{", "begin", "left"):
            waiting.append(run + 1)
            total, run = total + run + 1, 0
        elif sign in ("}", "end", "right"):
            total, run = total - (waiting.pop() if waiting else 0), 0
        elif sign[0] not in " \t\n^_[":
            run = 0
        deepest = max(deepest, total + run)
    return deepest


def left_open(raw: str) -> int:
    """Return how many brackets nothing closes within the same braces."""
    open_here, left = [0], 0
    for found in BRACKET.finditer(raw):
        sign = found["sign"] or ""
        if sign == "{":
            open_here.append(0)
        elif sign == "}" and len(open_here) > 1:
            left += open_here.pop()
        elif sign in ("(", "["):
            open_here[-1] += 1
        elif sign in (")", "]"):
            open_here[-1] = max(0, open_here[-1] - 1)
    return left + sum(open_here)


def without_styles(found: re.Match[str]) -> str:
    """Return a tag as it may stand in a page, with classes for styles; a formula is one thing, so holds no links."""
    tag = found[0]
    if tag.startswith(("<a", "</a")):
        return ""
    if tag.startswith("<mtable"):  # where that is the rule
        tag = tag.replace(' scriptlevel="0"', "")
    return ATTRIBUTE.sub(lambda attribute: classes(attribute[1] or ""), tag)


def classes(style: str) -> str:
    """Return classes, and a colour, that say what a style says."""
    parts = [part.strip() for part in style.split(";")]
    colour = next((part.removeprefix("color:") for part in parts if part.startswith("color:")), "")
    names = " ".join(CLASSES[part] for part in parts if part in CLASSES)
    return (f' mathcolor="{colour}"' if colour else "") + (f' class="{names}"' if names else "")
