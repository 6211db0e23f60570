"""What stands out of the text: notes, tips, warnings. However it is written, it becomes the same HTML.

Five kinds have a colour of their own; the others that writers of Obsidian, Docusaurus or MkDocs know are one of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from mistune import BlockState, Markdown
from mistune.util import escape

from .options import Options
from .wording import word

if TYPE_CHECKING:
    from .renderer import Renderer

Token = dict[str, Any]

FAMILIES = {
    "note": "info abstract summary tldr todo seealso question help faq example quote cite",
    "tip": "hint success check done",
    "important": "",
    "warning": "attention",
    "caution": "danger error bug failure fail missing",
}
FAMILY = {kind: family for family, kinds in FAMILIES.items() for kind in (family, *kinds.split())}


def add_to(markdown: Markdown, _options: Options) -> None:
    """Write callouts."""
    cast("Renderer", markdown.renderer).pieces |= {"callout": callout, "callout_title": title}


def made(kind: str, said: str | None, children: list[Token], fold: str = "", classes: str = "") -> Token:
    """Return a callout as a token.

    ``said`` is its title, ``None`` for the name of its kind, ``""`` for none; ``fold`` says whether it can be folded:
    ``open``, ``closed`` or not at all.
    """
    heads = (
        [] if said == "" and not fold else [{"type": "callout_title", "text": said or "", "kind": kind, "fold": fold}]
    )
    attrs = {"kind": kind.lower(), "fold": fold, "classes": classes}
    return {"type": "callout", "attrs": attrs, "children": [*heads, *children]}


def callout(renderer: Renderer, token: Token, state: BlockState) -> str:
    """Render a callout."""
    attrs = token["attrs"]
    name = escape(f"callout callout-{FAMILY.get(attrs['kind'], 'note')} {attrs['classes']}".strip())
    inner = renderer.render_tokens(token["children"], state)
    if attrs["fold"]:
        return f'<details class="{name}"{" open" if attrs["fold"] == "open" else ""}>\n{inner}</details>\n'
    return f'<div class="{name}" role="note">\n{inner}</div>\n'


def title(renderer: Renderer, token: Token, state: BlockState) -> str:
    """Render the title of a callout: its own, or the name of its kind in the language of the text.

    Before its own the name is there for those who don't see the colour. https://www.w3.org/TR/WCAG22/#use-of-color
    """
    kind, language = token["kind"], state.env["options"].language
    inner = renderer.render_tokens(token["children"], state)
    if inner:
        family = FAMILY.get(kind.lower(), "")
        name = word(kind.lower() if family else "", language) or word(family, language)
        said = not name or inner.casefold().startswith(name.casefold())
        inner = inner if said else f'<span class="hidden">{name}: </span>{inner}'
    else:
        inner = escape(word(kind.lower(), language) or kind[:1].upper() + kind[1:])
    tag = "summary" if token["fold"] else "p"
    return f'<{tag} class="callout-title">{inner}</{tag}>\n'
