"""Quotes, dashes and ellipses as the language of a text has them, in running text and nowhere else.

``"`` and ``'`` become what opens or closes a quotation by what stands beside them, ``--`` and ``---`` become dashes,
``...`` an ellipsis. Code, raw HTML, formulas and addresses stay as written, and so does whatever is escaped.
For quotation marks see CLDR: https://cldr.unicode.org/translation/characters-emoji-symbols/characters
"""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping
from typing import TYPE_CHECKING, Any, cast

from mistune import InlineParser
from mistune.core import InlineState

if TYPE_CHECKING:
    from mistune import Markdown

    from .options import Options
    from .renderer import Renderer

MARKS = re.compile("[\"']|--|\\.\\.\\.")
FOUND = re.compile(
    "(?P<address>(?:(?:https?|ftp)://|www\\.)[^\\s<\x0e]*[^\\s<\x0e?!.,:*_~'\")]|[\\w.+-]{1,64}@[\\w.-]+)"
    "|[\"']|(?<!-)---?(?!-)|(?<!\\.)\\.\\.\\.(?!\\.)",
    re.IGNORECASE,
)
DEEPEST = 20  # quotations in each other
SEAM = "\x0e"  # between two tokens; no text holds it, as control characters are dropped on reading
THING = "\ufffc"  # in place of code, a formula, an image
HIDDEN = {ord('"'): "\x0f", ord("'"): "\x10", ord("-"): "\x11", ord("."): "\x12"}  # what is escaped, until written
SHOWN = {ord(hidden): chr(sign) for sign, hidden in HIDDEN.items()}
OPENERS = frozenset("([{<¿¡«„“‚‘‹/=–—-")
APOSTROPHE = "’"
LEFT_OUT = re.compile(r"(?:\d\ds?|tis|twas|twere|em|til|cause|bout|n(?='))\b", re.IGNORECASE)  # what '90s left out
VERBATIM = re.compile(r"<(/?)(?:code|kbd|math|pre|samp|script|style|textarea|tt|var)[\s/>]", re.IGNORECASE)

# The marks of a quotation, and of one inside it.
QUOTES = {
    "en": "“”‘’",
    "bg cs de hr is lb lt sk sl": "„“‚‘",
    "bs sr": "„”‘’",
    "ca el es eu gl it pt": "«»“”",
    "da fi sv": "””’’",
    "de-ch de-li fr-ch it-ch rm": "«»‹›",
    "et": "„“«»",
    "fr": ("«\u00a0", "\u00a0»", "“", "”"),
    "hu": "„”»«",
    "mk": "„“’‘",
    "nb nn no": "«»‘’",
    "pl ro": "„”«»",
    "pt-br": "“”‘’",
    "be ru uk": "«»„“",
}
BY_LANGUAGE = {name: tuple(marks) for names, marks in QUOTES.items() for name in names.split()}


class Inline(InlineParser):
    """Parse the inside of a block, then set its marks."""

    def __call__(self, s: str, env: MutableMapping[str, Any]) -> list[dict[str, Any]]:
        """Return the tokens of a block's text."""
        tokens = super().__call__(s, env)
        if SEAM not in s and MARKS.search(s):
            set_marks(tokens, env["options"].language if "options" in env else "en")
        return tokens

    def parse_escape(self, m: re.Match[str], state: InlineState) -> int:
        """Take escaped signs as they are written."""
        end = super().parse_escape(m, state)
        state.tokens[-1]["raw"] = state.tokens[-1]["raw"].translate(HIDDEN)
        return end


def add_to(markdown: Markdown, options: Options) -> None:
    """Have what was escaped written as it was, if marks are set."""
    if options.typography:
        pieces = cast("Renderer", markdown.renderer).pieces
        text = pieces["text"]
        pieces["text"] = lambda renderer, token, state: text(renderer, shown(token), state)


def shown(token: dict[str, Any]) -> dict[str, Any]:
    """Return a token of text with what was escaped as it was."""
    return token | {"raw": token["raw"].translate(SHOWN)}


def quotes_of(language: str) -> tuple[str, ...]:
    """Return the marks of a language: double and single, opening and closing."""
    tag = language.lower()
    return BY_LANGUAGE.get(tag) or BY_LANGUAGE.get(tag.partition("-")[0]) or BY_LANGUAGE["en"]


def set_marks(tokens: list[dict[str, Any]], language: str) -> None:
    """Set the marks of the text of tokens, which stands on both sides of what is between them."""
    pieces = list(texts(tokens)) or [(None, "")]
    changed = marked(SEAM.join(text for _, text in pieces), quotes_of(language)).split(SEAM)
    for (token, _), text in zip(pieces, changed, strict=True):
        if token is not None:
            token["raw"] = text


def texts(tokens: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any] | None, str]]:
    """Yield the tokens of running text with it, and for what is none something that stands for it."""
    verbatim = 0
    for token in tokens:
        kind = token["type"]
        if kind == "text" and not verbatim:
            yield token, token["raw"]
        elif kind in ("softbreak", "linebreak"):
            yield None, " "
        elif kind == "inline_html":
            tag = VERBATIM.match(token["raw"])
            verbatim = max(0, verbatim + (-1 if tag[1] else 1)) if tag else verbatim
        elif kind in ("image", "codespan") or "children" not in token or is_address(token):
            yield None, THING
        else:
            yield from texts(token["children"])


def is_address(token: dict[str, Any]) -> bool:
    """Tell whether a token is a link that shows nothing but where it leads."""
    url, children = token.get("attrs", {}).get("url", ""), token["children"]
    return bool(url and len(children) == 1 and children[0].get("raw", "-") in url)


def marked(text: str, quotes: tuple[str, ...]) -> str:
    """Return text with its marks set; ``quotes`` are those of its language."""
    parts: list[str] = []
    opened: list[tuple[str, int]] = []  # quotations that are open: the sign, and which part it is
    at = 0
    for found in FOUND.finditer(text):
        if found["address"]:
            continue
        before, after = beside(text, found.start() - 1, -1), beside(text, found.end(), 1)
        parts.append(text[at : found.start()])
        at, sign = found.end(), found[0]
        if sign == "...":
            parts.append("…")
        elif sign[0] == "-":
            parts.append(dash(sign, before, after))
        elif sign == "'" and is_apostrophe(text, at, before, after):
            parts.append(APOSTROPHE)
        else:
            quote(sign, before, after, parts, opened, quotes)
    for sign, place in opened:  # what is never closed: a paragraph of a longer quotation, or what was left out
        parts[place] = APOSTROPHE if sign == "'" else parts[place]
    return "".join([*parts, text[at:]])


def beside(text: str, at: int, step: int) -> str:
    """Return the sign beside a place, seams passed over; a space at either end."""
    while 0 <= at < len(text) and text[at] == SEAM:
        at += step
    return text[at] if 0 <= at < len(text) else " "


def dash(signs: str, before: str, after: str) -> str:
    """Return a dash; what looks like an option of a command, a decrement or an arrow stays."""
    if before in "<>!" or after in "<>" or (len(signs) == 2 and after in ",;)"):
        return signs
    if len(signs) == 3:
        return "—"
    return "–" if before.isspace() == after.isspace() else signs


def is_apostrophe(text: str, at: int, before: str, after: str) -> bool:
    """Tell whether a sign stands for letters: inside a word, or before one whose beginning is left out."""
    if before.isalpha() and after.isalnum():
        return True
    return not before.isalnum() and after.isalnum() and bool(LEFT_OUT.match(text, at))


def quote(
    sign: str, before: str, after: str, parts: list[str], opened: list[tuple[str, int]], quotes: tuple[str, ...]
) -> None:
    """Open or close a quotation; feet and inches stay as they are."""
    first = 0 if sign == '"' else 2
    closes = not before.isspace() and before not in OPENERS
    opens = not after.isspace() and (before.isspace() or not before.isalnum())
    is_open = any(one == sign for one, _ in opened[-DEEPEST:])
    if is_open and not before.isspace() and (closes or not opens):
        while (inner := opened.pop())[0] != sign:
            parts[inner[1]] = APOSTROPHE if inner[0] == "'" else parts[inner[1]]
        parts.append(quotes[first + 1])
    elif opens and not (closes and after in ".,;:!?)]}"):
        opened.append((sign, len(parts)))
        parts.append(quotes[first])
    elif closes and not before.isdigit():
        parts.append(APOSTROPHE if first else quotes[1])
    else:
        parts.append(sign)
