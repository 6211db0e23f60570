"""What the tags of Jekyll, of Octopress and of usual plugins write or draw.

https://jekyllrb.com/docs/liquid/tags/
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from . import drawn
from .octopress import code_of, picture, quoted
from .shortcodes import SITES, address
from .tags import arguments

if TYPE_CHECKING:
    from .liquid import Reading

Draw = Callable[["Reading", str, "str | None"], str]


def raw(reading: Reading, _said: str, inner: str | None) -> str:
    """Return text in which Liquid isn't read."""
    return reading.kept(inner or "")


def highlight(reading: Reading, said: str, inner: str | None) -> str:
    """Draw code: ``{% highlight ruby linenos hl_lines="1 2" %}``."""
    language, _, rest = said.strip().partition(" ")
    return reading.around.block(drawn.listing(reading.around, inner or "", language, rest))


def codeblock(reading: Reading, said: str, inner: str | None) -> str:
    """Draw code as Octopress and Hexo do: ``{% codeblock title lang:ruby url text mark:1,3 %}``."""
    return reading.around.block(code_of(reading.around, said, inner or ""))


def blockquote(reading: Reading, said: str, inner: str | None) -> str:
    """Draw a quotation: ``{% blockquote Author, Source https://example.org/ Title %}``."""
    return quoted(reading.around, said, inner or "")


def img(reading: Reading, said: str, _inner: str | None) -> str:
    """Draw a picture: ``{% img left /images/a.png 300 200 "Title" "What it shows" %}``."""
    return reading.around.inline(picture(reading.around, said))


def post_url(reading: Reading, said: str, _inner: str | None) -> str:
    """Return the address of a post by its file's name."""
    return address(reading.around, said.strip().strip("\"'"))


def link(reading: Reading, said: str, _inner: str | None) -> str:
    """Return the address of a file of the site, named from its top."""
    return address(reading.around, f"/{said.strip().strip(chr(34))}")


def site(name: str) -> Draw:
    """Return what draws a link to a thing of another site."""

    def to(reading: Reading, said: str, _inner: str | None) -> str:
        given = arguments(said)
        wanted = given.get("id") or given.get("url") or given.get("0", "")
        return reading.around.block(drawn.elsewhere(name, wanted)) if wanted else ""

    return to


def include_code(reading: Reading, said: str, _inner: str | None) -> str:
    """Draw a file of the folder ``downloads/code`` as code."""
    words = [word for word in said.split() if "/" in word or "." in word] or [""]
    text = reading.around.ask("included", f"downloads/code/{words[-1]}")
    if not text:
        reading.around.tell(f"there is no downloads/code/{words[-1]}", said[:60])
        return ""
    language = re.search(r"lang:(\S+)", said)
    known = language[1] if language else words[-1].rpartition(".")[2]
    return reading.around.block(drawn.listing(reading.around, text, known, f'title="{words[-1]}"'))


def pullquote(_reading: Reading, _said: str, inner: str | None) -> str:
    """Return the text from which a part would be pulled out."""
    return (inner or "").replace('{"', "").replace('"}', "")


def video(reading: Reading, said: str, _inner: str | None) -> str:
    """Draw a film of the site's own."""
    return reading.around.block(drawn.video({"src": arguments(said).get("0", "")}))


def no(_reading: Reading, _said: str, _inner: str | None) -> str:
    """Draw nothing."""
    return ""


TAGS: dict[str, Draw] = {
    "raw": raw,
    "comment": no,
    "highlight": highlight,
    "codeblock": codeblock,
    "blockquote": blockquote,
    "img": img,
    "post_url": post_url,
    "link": link,
    "include": lambda reading, said, _inner: reading.include(said),
    "include_relative": no,
    "include_code": include_code,
    "pullquote": pullquote,
    "video": video,
    "audio": lambda reading, said, _inner: reading.around.block(drawn.audio({"src": arguments(said).get("0", "")})),
    "seo": no,
    "feed_meta": no,
    "toc": lambda _reading, _said, _inner: "[TOC]",
    **{name: site(name) for name in SITES},
    "twitter": site("tweet"),
}
