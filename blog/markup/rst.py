"""reStructuredText, by docutils: what it makes of a text, with headings that begin below the title.

Problems are reported, not printed. No file of the machine is read; raw HTML passes, as the owner's does.
https://docutils.sourceforge.io/docs/user/config.html
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path
from threading import Lock
from typing import Any, ClassVar

from docutils import languages, nodes
from docutils.core import publish_doctree, publish_from_doctree
from docutils.parsers.rst import Directive, directives, roles

from . import drawn
from .around import Around
from .callouts import FAMILY
from .options import Options
from .shortcodes import SITES, address
from .wording import scrolling

LONGEST, MOST_LINES = 150_000, 2000  # signs, and lines with any: docutils takes its time
SETTINGS: dict[str, Any] = {
    "file_insertion_enabled": False,
    "raw_enabled": True,
    "embed_stylesheet": False,
    "math_output": "MathML",
    "syntax_highlight": "none",
    "doctitle_xform": False,
    "docinfo_xform": False,
    "initial_header_level": 2,
    "footnote_references": "superscript",
    "report_level": 2,
    "halt_level": 5,
    "warning_stream": False,
    "traceback": True,  # else an error would end the program
    "_disable_config": True,
    "cloak_email_addresses": False,
    "id_prefix": "",
}
ADMONITION = re.compile(r'<aside class="admonition(?: admonition-[^"]*)?(?: (\w+))?">')
LOCK = Lock()  # docutils keeps roles and languages for all texts together


def html(text: str, options: Options, around: Around) -> str:
    """Return a text as HTML; one that is too long or too deep as it is written."""
    register()
    try:
        if len(text) > LONGEST or sum(not line.isspace() for line in text.splitlines()) > MOST_LINES:
            raise ValueError("this text is too long")
        with LOCK:
            made = published(text, options, around)
    except (RecursionError, Exception) as error:  # whatever it stumbles over, the text is there
        around.tell(
            f"reStructuredText: {' '.join(str(error).split()) or type(error).__name__}; shown as written", "", 1
        )
        return f"<pre {scrolling('code', options.language)}>{escape(text, quote=False)}</pre>\n"
    made = ADMONITION.sub(lambda found: f'<aside class="callout callout-{FAMILY.get(found[1] or "", "note")}">', made)
    return made.replace('class="admonition-title"', 'class="callout-title"')


def published(text: str, options: Options, around: Around) -> str:
    """Return what docutils makes of a text."""
    given = SETTINGS | {"around": around, "language_code": language(options.language)}
    document = publish_doctree(text, settings_overrides=given)
    for node in [*document.findall(nodes.system_message), *document.transform_messages]:
        if node["level"] >= SETTINGS["report_level"]:
            around.tell(f"reStructuredText: {node.children[0].astext()}", "", node.get("line", 0))
        if node.parent:
            node.parent.remove(node)
    for lost in list(document.findall(nodes.problematic)):
        lost.parent.replace(lost, nodes.Text(lost.astext()))
    document.transform_messages.clear()  # they would get a section of their own
    for word in list(document.findall(nodes.literal)):
        said = f"<code>{escape(word.astext(), quote=False)}</code>"
        word.parent.replace(word, nodes.raw("", said, format="html"))
    for block in list(document.findall(nodes.literal_block)):
        block.parent.replace(block, nodes.raw("", drawn.listing(around, block.astext()), format="html"))
    made = publish_from_doctree(document, writer="html5", settings_overrides=given | {"output_encoding": "unicode"})
    return body(str(made))


def body(page: str) -> str:
    """Return what is in the main part of a page."""
    start = page.find(">", page.find("<main")) + 1 if "<main" in page else page.find(">", page.find("<body")) + 1
    end = page.rfind("</main>") if "<main" in page else page.rfind("</body>")
    return page[start:end].strip() + "\n"


@cache
def language(tag: str) -> str:
    """Return the language in which docutils names its notes: that of the text, if it knows it."""
    known = {file.stem for file in Path(languages.__path__[0]).glob("??*.py")}
    return next((name for name in (tag.replace("-", "_").lower(), tag.partition("-")[0]) if name in known), "en")


class Code(Directive):
    """Show code: ``.. code-block:: python``."""

    has_content, optional_arguments, final_argument_whitespace = True, 1, True
    option_spec: ClassVar[dict[str, Any]] = dict.fromkeys(
        (
            "linenos number-lines class name caption emphasize-lines hl_lines lineno-start start linenostart"
            " linenothreshold dedent force tab-width number_lines startinline nowrap anchorlinenos"
        ).split(),
        directives.unchanged,
    )

    def run(self) -> list[Any]:
        """Return the code in its colours."""
        given = {name: str(value or "") for name, value in self.options.items()}
        info = ["linenos" for name in ("linenos", "number-lines") if name in given][:1]
        info += [f'hl_lines="{given[name]}"' for name in ("emphasize-lines", "hl_lines") if given.get(name)]
        info += [f"linenostart={given[name]}" for name in ("lineno-start", "linenostart") if given.get(name)]
        info += [f'title="{given["caption"]}"'] if given.get("caption") else []
        text = "\n".join(self.content)
        around: Around = self.state.document.settings.around
        html = drawn.listing(around, text, (self.arguments or [""])[0], " ".join(info))
        return [nodes.raw("", html, format="html")]


class Elsewhere(Directive):
    """Show a thing of another site: ``.. youtube:: id``."""

    has_content, required_arguments, final_argument_whitespace = True, 1, True
    option_spec: ClassVar[dict[str, Any]] = dict.fromkeys(
        "width height align title preload_image class private start".split(), directives.unchanged
    )

    def run(self) -> list[Any]:
        """Return a link to it."""
        wanted = self.arguments[0].split()[0]
        return [nodes.raw("", drawn.elsewhere(self.name, wanted, self.options.get("title", "")), format="html")]


class Thumbnail(Directive):
    """Show a picture: ``.. thumbnail:: /images/a.jpg``."""

    has_content, required_arguments, final_argument_whitespace = True, 1, True
    option_spec: ClassVar[dict[str, Any]] = dict.fromkeys(
        "alt title width height align class scale target linktitle name".split(), directives.unchanged
    )

    def run(self) -> list[Any]:
        """Return the picture, with what is said of it below."""
        given = {name: str(value) for name, value in self.options.items()} | {"src": self.arguments[0]}
        around: Around = self.state.document.settings.around
        caption = " ".join(" ".join(self.content).split())
        return [
            nodes.raw("", drawn.figure(around, given | {"caption": caption, "link": self.arguments[0]}), format="html")
        ]


def document(
    _name: str, rawtext: str, text: str, _line: int, inliner: Any, _options: Any = None, _content: Any = None
) -> tuple[list[Any], list[Any]]:
    """Lead to another text: ``:doc:`title <name>```."""
    around: Around = inliner.document.settings.around
    found = re.fullmatch(r"(.*?)\s*<([^<>]+)>", text, re.DOTALL)
    title, name = (found[1], found[2]) if found else ("", text)
    url = address(around, name)
    if url == "#":
        return [nodes.Text(title or name)], []
    return [nodes.reference(rawtext, title or around.ask("titled", name) or name, refuri=url)], []


def plain(
    _name: str, _rawtext: str, text: str, _line: int, _inliner: Any, _options: Any = None, _content: Any = None
) -> tuple[list[Any], list[Any]]:
    """Show what Sphinx would link, in its own words."""
    said = re.sub(r"\s*<[^<>]*>\Z", "", text).lstrip("~!")
    return [nodes.literal("", said)], []


@cache
def register() -> None:
    """Tell docutils of the directives and roles that engines add."""
    for name in ("code", "code-block", "sourcecode", "highlight"):
        directives.register_directive(name, Code)
    for name in SITES:
        directives.register_directive(name, Elsewhere)
    directives.register_directive("thumbnail", Thumbnail)
    roles.register_local_role("doc", document)
    for name in "ref term func meth class mod attr data exc obj file command option envvar kbd guilabel pep8".split():
        roles.register_local_role(name, plain)
    for domain in ("py", "c"):
        for name in "func meth class mod attr data exc obj".split():
            roles.register_local_role(f"{domain}:{name}", plain)
