"""What the constructs of other engines draw, as HTML: the same for all that mean the same.

Nothing is loaded from elsewhere: a film or a post of another site is a link to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from . import code
from .around import Around
from .safe import safe
from .tags import wrapped

# Where the things of other sites are, by the names that writers use for them.
SITES = {
    "youtube": ("YouTube", "https://www.youtube.com/watch?v={}"),
    "youtubepl": ("YouTube", "https://www.youtube.com/playlist?list={}"),
    "vimeo": ("Vimeo", "https://vimeo.com/{}"),
    "bilibili": ("Bilibili", "https://www.bilibili.com/video/{}"),
    "dailymotion": ("Dailymotion", "https://www.dailymotion.com/video/{}"),
    "gist": ("Gist", "https://gist.github.com/{}"),
    "tweet": ("X", "https://x.com/i/status/{}"),
    "instagram": ("Instagram", "https://www.instagram.com/p/{}/"),
    "codepen": ("CodePen", "https://codepen.io/{}"),
    "jsfiddle": ("JSFiddle", "https://jsfiddle.net/{}"),
    "soundcloud": ("SoundCloud", "https://soundcloud.com/{}"),
    "spotify": ("Spotify", "https://open.spotify.com/{}"),
    "speakerdeck": ("Speaker Deck", "https://speakerdeck.com/{}"),
    "asciinema": ("asciinema", "https://asciinema.org/a/{}"),
    "mastodon": ("Mastodon", "{}"),
}
ADDRESS = re.compile("https?://", re.IGNORECASE)
NUMBERS = re.compile(r"\d{1,5}%?")
ID = re.compile(r"[^\s<>\"']+")


def elsewhere(site: str, wanted: str, title: str = "") -> str:
    """Return a link to what another site has; ``wanted`` is its id there, or a whole address."""
    name, pattern = SITES[site]
    url = wanted if ADDRESS.match(wanted) else pattern.format(wanted)
    said = f"{name}: {title or wanted}" if not ADDRESS.match(wanted) or title else wanted
    return f'<p class="embed"><a href="{escape(safe(url))}">{escape(said)}</a></p>'


def image(around: Around, given: Mapping[str, str]) -> str:
    """Return an image: ``src``, ``alt``, ``title``, ``width``, ``height``, ``class``, ``id``, ``loading``."""
    has = {"src": safe(given.get("src", "")), "alt": given.get("alt", "")}
    width, height = (given.get(side, "").removesuffix("px") for side in ("width", "height"))
    known = around.ask("extent", has["src"]).partition("x")
    if NUMBERS.fullmatch(width):
        has["width"] = width
        if width.isdigit() and known[0].isdigit() and not height and int(known[0]):
            height = str(round(int(known[2]) * int(width) / int(known[0])))
    elif known[2]:
        has["width"], height = known[0], height or known[2]
    if height.isdigit():
        has["height"] = height
    has |= {name: given[name] for name in ("title", "class", "id", "loading") if given.get(name)}
    said = "".join(f' {name}="{escape(value)}"' for name, value in has.items())
    return f'<img{said} decoding="async">'


def figure(around: Around, given: Mapping[str, str], inner: str = "") -> str:
    """Return an image with what is said of it; ``given`` has the names of Hugo.

    https://gohugo.io/shortcodes/figure/
    """
    shown = image(around, {k: v for k, v in given.items() if k not in ("class", "id", "title")})
    if given.get("link"):
        rel = "".join(f' {name}="{escape(given[name])}"' for name in ("target", "rel") if given.get(name))
        shown = f'<a href="{escape(safe(given["link"]))}"{rel}>{shown}</a>'
    caption = around.markdown(given.get("caption", "")) if given.get("caption") else inner
    if given.get("attr"):
        by = around.markdown(given["attr"])
        caption = f"{caption} {link(given['attrlink'], by)}" if given.get("attrlink") else f"{caption} {by}"
    title = f"<strong>{escape(given['title'])}</strong>" if given.get("title") else ""
    said = " ".join(part.strip() for part in (title, caption) if part.strip())
    attrs = "".join(f' {name}="{escape(given[name])}"' for name in ("class", "id") if given.get(name))
    said = f"\n<figcaption>{said}</figcaption>" if said else ""
    return f"<figure{attrs}>\n{shown}{said}\n</figure>"


def link(url: str, html: str, title: str = "") -> str:
    """Return a link."""
    said = f' title="{escape(title)}"' if title else ""
    return f'<a href="{escape(safe(url))}"{said}>{html}</a>'


def listing(around: Around, text: str, language: str = "", info: str = "") -> str:
    """Return code in its colours; ``info`` is what may follow the language of a fence."""
    html = code.block(text.strip("\n") + "\n", f"{language or 'text'} {info}" if info else language).rstrip("\n")
    return code.named(html, around.language)


def video(given: Mapping[str, str]) -> str:
    """Return a film of the site's own: ``src``, ``poster``, ``type``."""
    poster = f' poster="{escape(safe(given["poster"]))}"' if given.get("poster") else ""
    return f'<video controls src="{escape(safe(given.get("src", "")))}"{poster}></video>'


def audio(given: Mapping[str, str]) -> str:
    """Return something to hear of the site's own."""
    return f'<audio controls src="{escape(safe(given.get("src", "")))}"></audio>'


def quoted(around: Around, inner: str, author: str = "", source: str = "", title: str = "") -> str:
    """Return Markdown as a quotation, with who has said it, and where."""
    said = credited(around, author, source, title)
    end = f"{said}\n</blockquote>" if said else "</blockquote>"
    return wrapped(around.block("<blockquote>"), inner, around.block(end))


def credited(around: Around, author: str = "", source: str = "", title: str = "") -> str:
    """Return who has said what is quoted, and where."""
    said = []
    if author:
        said.append(f"<strong>{around.markdown(author)}</strong>")
    if source or title:
        inner = escape(title or source)
        said.append(f"<cite>{link(source, inner) if ADDRESS.match(source) else inner}</cite>")
    return f"<footer>{' '.join(said)}</footer>" if said else ""
