"""Struck text: ``~~so~~`` or ``~so~``, found as emphasis is found, so that code and links in it stay whole.

https://github.github.com/gfm/#strikethrough-extension-
"""

from __future__ import annotations

import re
from itertools import chain
from typing import Any

from mistune import InlineParser, InlineState, Markdown
from mistune.core import token_depth

from .options import Options

Token = dict[str, Any]


def add_to(markdown: Markdown, options: Options) -> None:
    """Read and write struck text."""
    if not options.strikethrough:
        return
    inline = markdown.inline
    inline.register("strikethrough", "~+", tildes, before="link", start_chars="~")
    finalize = inline.finalize_tokens
    deepest = inline.max_nested_level

    def struck(tokens: list[Token], depth: int) -> list[Token]:
        found = any("tildes" in token for token in tokens)
        return finalize(paired(tokens, depth, deepest, finalize) if found else tokens, depth)

    setattr(inline, "finalize_tokens", struck)  # noqa: B010 - mistune has no place for it
    assert markdown.renderer
    markdown.renderer.register("strikethrough", lambda _renderer, text: f"<del>{text}</del>")


def tildes(_inline: InlineParser, found: re.Match[str], state: InlineState) -> int:
    """Note whether one or two tildes can open or close."""
    token: Token = {"type": "text", "raw": found[0]}
    if len(found[0]) <= 2:
        before = state.src[found.start() - 1 : found.start()] or " "
        after = state.src[found.end() : found.end() + 1] or " "
        opens = not after.isspace() and (is_word(after) or not is_word(before))
        closes = not before.isspace() and (is_word(before) or not is_word(after))
        token |= {"tildes": (len(found[0]), opens, closes), "_emphasis": False}
    state.append_token(token)
    return found.end()


def is_word(sign: str) -> bool:
    """Tell whether a sign is neither space nor punctuation."""
    return sign.isalnum()


def paired(tokens: list[Token], depth: int, deepest: int, finalize: Any) -> list[Token]:
    """Return tokens with what stands between two of the same tildes struck."""
    levels: list[list[Token]] = [[]]  # what follows each opener that isn't closed yet, itself first
    openers: dict[int, list[int]] = {1: [], 2: []}  # their levels
    for token in tokens:
        size, opens, closes = token.pop("tildes", (0, False, False))
        if closes and openers[size]:
            level = openers[size].pop()
            if len(levels) - level <= deepest and (made := strike(levels[level:], depth, deepest, finalize)):
                del levels[level:]
                for others in openers.values():
                    while others and others[-1] >= level:
                        others.pop()
                levels[-1].append(made)
                continue
        if opens:
            openers[size].append(len(levels))
            levels.append([])
        levels[-1].append(token)
    return list(chain.from_iterable(levels))


def strike(levels: list[list[Token]], depth: int, deepest: int, finalize: Any) -> Token | None:
    """Return what follows an opener as struck text; ``None`` if that would be too deep."""
    inside = list(chain.from_iterable(levels))[1:]
    below: int = max((child.get("depth") or token_depth([child]) for child in inside), default=0)
    if not inside or depth + below + 1 >= deepest:
        return None
    return {"type": "strikethrough", "children": finalize(inside, depth + 1), "depth": below + 1}
