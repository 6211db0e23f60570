"""Images: width and height of the file, which keep the page from jumping, and figures with a caption.

The first image of a text is likely seen at once, so it isn't held back; those after it are.
https://web.dev/articles/browser-level-image-lazy-loading
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mistune.util import escape, striptags

if TYPE_CHECKING:
    from mistune import BlockState, Markdown

    from .options import Options
    from .renderer import Renderer


def add_to(markdown: Markdown, options: Options) -> None:
    """Write images as they are written here, and figures where they are on."""
    pieces = markdown.renderer.pieces  # type: ignore[union-attr]
    pieces["image"] = image
    if options.figures and options.dressed:
        pieces["paragraph"] = paragraph


def image(renderer: Renderer, token: dict[str, Any], state: BlockState) -> str:
    """Render an image; its description is the text without markup, also that of images in it."""
    env = state.env
    inside = env.get("in_image"), env.get("in_link")
    env["in_image"] = env["in_link"] = True
    text = striptags(renderer.render_tokens(token["children"], state))
    env["in_image"], env["in_link"] = inside
    if inside[0]:
        return text
    if not renderer.options.dressed:
        return renderer.image(text, **token["attrs"])
    return dressed(renderer, text, state, **token["attrs"])


def dressed(renderer: Renderer, text: str, state: BlockState, url: str, title: str | None = None) -> str:
    """Render an image with all that a browser wants to know before it has it."""
    size = state.env.get("size")
    width, _, height = (size(url) if size else "").partition("x")
    said = f'<img src="{renderer.safe_url(url)}" alt="{renderer.escape_attribute(text)}"'
    if title:
        said += f' title="{renderer.escape_attribute(title)}"'
    if height:
        said += f' width="{width}" height="{height}"'
    if state.env.setdefault("images", 0):
        said += ' loading="lazy"'
    state.env["images"] += 1
    return f'{said} decoding="async">'


def paragraph(renderer: Renderer, token: dict[str, Any], state: BlockState) -> str:
    """Render a paragraph; one that holds but an image with a title, which may be a link, is a figure."""
    children = token["children"]
    found = titled(children)
    if not found:
        return f"<p>{renderer.render_tokens(children, state)}</p>\n"
    title = found["attrs"]["title"]
    found["attrs"] = found["attrs"] | {"title": None}  # it is said once; a definition of links is shared
    html = renderer.render_tokens(children, state)
    return f"<figure>\n{html}\n<figcaption>{escape(title)}</figcaption>\n</figure>\n"


def titled(children: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the image with a title that is all there is, if that is so."""
    if len(children) != 1:
        return None
    (only,) = children
    if only["type"] == "link":
        return titled(only["children"])
    return only if only["type"] == "image" and only["attrs"].get("title") else None
