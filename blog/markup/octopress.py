"""What the tags of Octopress and Hexo say of code, quotations and pictures, written in the same way in both.

http://octopress.org/docs/plugins/ https://hexo.io/docs/tag-plugins
"""

from __future__ import annotations

import re

from . import drawn
from .around import Around
from .tags import arguments


def code_of(around: Around, said: str, text: str) -> str:
    """Return code with what is said of it: a title, ``lang:``, ``mark:``, ``start:``, an address and its words."""
    options = dict(found for found in re.findall(r"\b(lang|mark|start|linenos|line_number):\s*(\S+)", said[:1000]))
    title = " ".join(re.sub(r"\b\w+:\s*[^/\s]\S*", "", said[:1000]).split())
    url = re.search(r"https?://\S+|(?<=\s)/\S+", title)
    words = title.replace(url[0], "").split() if url else title.split()
    info = [f'title="{" ".join(words).replace(chr(34), "")}"'] if words else []
    info += [f'hl_lines="{options["mark"]}"'] if "mark" in options else []
    info += [f"linenostart={options['start']}"] if "start" in options else []
    return drawn.listing(around, text, options.get("lang", ""), " ".join(info))


def quoted(around: Around, said: str, inner: str) -> str:
    """Return a quotation with who said it, where."""
    found = re.search(r"(https?://\S+)(?:\s+(.*))?", said[:1000])
    before = said[: found.start()] if found else said
    author, _, source = before.strip().strip("\"'").partition(",")
    source, title = (found[1], found[2] or source.strip() or found[1]) if found else (source.strip(), "")
    return drawn.quoted(around, inner, author.strip(), source, title)


def picture(around: Around, said: str) -> str:
    """Return a picture: classes, address, width and height, title, description."""
    words = list(arguments(said).values())
    at = next((n for n, word in enumerate(words) if re.match(r"(?:https?:/)?/|\S+\.\w{3,4}\Z", word)), 0)
    rest = words[at + 1 :]
    sizes = [word for word in rest[:2] if word.isdigit()]
    said_of = rest[len(sizes) :] if set(said) & set("\"'") else [" ".join(rest[len(sizes) :])]
    title, alt, *_ = [*said_of, "", ""]
    given = {"src": words[at] if words else "", "class": " ".join(words[:at]), "title": title, "alt": alt or title}
    return drawn.image(around, given | dict(zip(("width", "height"), sizes, strict=False)))
