"""What the theme's classes say on a page, said in a feed by elements and attributes, which readers keep.

https://www.w3.org/TR/MathML3/chapter3.html#presm.mtable.attrs
"""

from __future__ import annotations

import re
from collections.abc import Iterable

PERMALINK = re.compile(r'<a class="permalink"[^<>]*></a>')
CONTENTS = re.compile(r'<nav class="toc"[^<>]*>(?:(?!</?nav[\s>]).)*</nav>\n?', re.DOTALL)
TITLE = re.compile(r'<p class="callout-title">((?:(?!</?p[\s>]).)*)</p>', re.DOTALL)
MARKED = re.compile(r'<span class="hll">((?:(?!<span class="hll">)[^\n])*\n)</span>')
CELL = re.compile(r'<(td|th) class="align-(left|center|right)">')
ARRAY = re.compile(r"<mtable([^<>]*)>((?:(?!</?mtable).)*)</mtable>", re.DOTALL)
ROW, MATH_CELL = re.compile(r"<mtr(?=[\s>])"), re.compile(r"<mtd([^<>]*)>")
CODE = re.compile(
    r'(<code[^<>]*>)((?:(?>[^<]+)|</span>|<span class="[^"<>]*"(?: data-n="\d+")?>|</?mark>)*)(?=</code></pre>)'
)
SPAN = re.compile(r"</?span[^<>]*>")
SIDE = re.compile(r"align-(left|center|right)")


def undressed(html: str) -> str:
    """Return HTML of a page in which what only its classes say is said without them.

    Links to headings and tables of contents go; titles of callouts are bold, marked lines marked, cells and columns of
    formulas aligned.
    """
    if 'class="' not in html:
        return html
    html = TITLE.sub(r"<p><strong>\1</strong></p>", CONTENTS.sub("", PERMALINK.sub("", html)))
    html = CELL.sub(r'<\1 align="\2">', MARKED.sub(r"<mark>\1</mark>", html))
    return ARRAY.sub(array, html)


def uncoloured(html: str) -> str:
    """Return HTML of a page in which code is without the spans of its colours."""
    return CODE.sub(lambda found: found[1] + SPAN.sub("", found[2]), html)


def array(found: re.Match[str]) -> str:
    """Return a table of a formula that says itself how its columns are aligned and which lines are drawn."""
    rows = [MATH_CELL.findall(row) for row in ROW.split(found[2])[1:]]
    first = rows[0] if rows else []
    sides = [side[1] if (side := SIDE.search(cell)) else "center" for cell in first]
    said = {
        "columnalign": sides if set(sides) - {"center"} else [],
        "columnlines": drawn("line-after" in cell for cell in first[:-1]),
        "rowlines": drawn("line-above" in "".join(row[:1]) for row in rows[1:]),
    }
    given = "".join(f' {name}="{" ".join(values)}"' for name, values in said.items() if values)
    return f"<mtable{found[1]}{given}>{found[2]}</mtable>"


def drawn(lines: Iterable[bool]) -> list[str]:
    """Return lines as MathML names them, nothing where none is drawn."""
    names = ["solid" if line else "none" for line in lines]
    return names if "solid" in names else []
