"""What a text's Markdown may hold, and how it is written as HTML."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from .extension import Extension

LONGEST_TEXT = 2_000_000  # characters: a book has fewer, and each takes some sixty bytes of memory while it is read


def is_too_long(body: str, markup: str) -> bool:
    """Tell whether a text is shown as it is written: to read it would take memory that a server hasn't."""
    return markup != "html" and len(body) > LONGEST_TEXT


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """Hold every switch of the rendering; as it comes, it is what a site gets.

    The first group changes how text is read, the second how it is written, the third belongs to one text.
    """

    tables: bool = True
    strikethrough: bool = True
    task_lists: bool = True
    autolinks: bool = True  # bare addresses, https://github.github.com/gfm/#autolinks-extension-
    footnotes: bool = True
    inline_notes: bool = True  # ^[note], where there are footnotes
    heading_attributes: bool = True  # {#id}
    attributes: bool = True  # the same after images, links and blocks
    deflists: bool = True
    abbreviations: bool = True
    alerts: bool = True  # > [!NOTE], and Obsidian's callouts
    admonitions: bool = True  # !!! note
    containers: bool = True  # ::: note
    insertions: bool = False  # ++a++
    marks: bool = False  # ==a==
    subsup: bool = False  # H~2~O, x^2^
    math: bool = False  # $x$, $$x$$, \(x\), \[x\]
    # What other engines read before Markdown, or beside it
    comments: bool = False  # %%a%%
    hexo: bool = False  # {% tag %}
    kramdown: bool = False  # {:.a}, {::comment}
    liquid: bool = False  # {% tag %}, {{ value }}
    luapress: bool = False  # --MORE--, [=posts/name]
    mdx: bool = False  # import and export, <Component>
    nikola: bool = False  # {{% name %}}
    pelican: bool = False  # {filename}a.md
    shortcodes: bool = False  # {{< name >}}, {{% name %}} of Hugo
    wikilinks: bool = False  # [[a]], ![[a]]
    zola: bool = False  # {{ name() }}, {% name() %}, @/a.md
    extension: Extension | None = None  # a function of the site's, which gets the mistune instance

    dressed: bool = True  # False: the HTML of the specification, nothing of ours around or in it
    highlight: bool = True
    line_numbers: bool = False
    heading_ids: str = "github"  # or "kramdown", "hugo", "" for none
    permalinks: bool = False
    typography: bool = False  # quotes and dashes as the language has them
    figures: bool = True  # an image with a title, alone in its paragraph
    rel: str = ""  # of links that lead elsewhere
    home: str = ""  # the site's own address, if there is a rel
    facts: tuple[tuple[str, str], ...] = ()  # of the site, by Liquid's names

    footnote_prefix: str = ""
    language: str = "en"
    toc: str = ""  # "" where the text asks for it, "on", "off", or how many headings are enough

    @property
    def foreign(self) -> bool:
        """Tell whether there may be syntax that is read before Markdown."""
        return any(getattr(self, name) for name in FOREIGN)


FOREIGN = "comments hexo kramdown liquid luapress mdx nikola pelican shortcodes wikilinks zola".split()
OF_ONE_TEXT: dict[str, Any] = {"footnote_prefix": "", "language": "en", "toc": "", "facts": ()}

# https://spec.commonmark.org/0.31.2/ and nothing else.
PLAIN = Options(
    tables=False,
    strikethrough=False,
    task_lists=False,
    autolinks=False,
    footnotes=False,
    inline_notes=False,
    heading_attributes=False,
    attributes=False,
    deflists=False,
    abbreviations=False,
    alerts=False,
    admonitions=False,
    containers=False,
    dressed=False,
    highlight=False,
    heading_ids="",
    figures=False,
)
# https://github.github.com/gfm/, the tag filter left out: the owner's HTML passes.
GFM = replace(PLAIN, tables=True, strikethrough=True, task_lists=True, autolinks=True)


def dialect(options: Options) -> Options:
    """Return options as a parser needs to know them: without what belongs to one text."""
    return replace(options, **OF_ONE_TEXT)
