"""The body of an entry: what a post says, as HTML that may stand in any reader, with every address absolute.

Whatever a reader would have to take out is out: scripts, styles, forms, comments, control characters. What it
couldn't show becomes something that it can: an embedded page a link, a check box a sign. The ids of footnotes stay as
they are on the page, and hold its name there: a reader that looks for the fragment of a link in what it shows finds the
note, any other leads to the page. All other ids are set apart by the entry.
https://www.rfc-editor.org/rfc/rfc4287#section-8.1
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from html import escape, unescape
from posixpath import basename
from threading import Lock
from urllib.parse import quote, unquote, urljoin, urlsplit

import nh3

from ..index.digests import digest_of_text
from .dressing import uncoloured, undressed

TAGS = set(
    "a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup data dd del details dfn"
    " div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main mark nav ol p"
    " picture pre q rb rp rt rtc ruby s samp section small source strike strong sub summary sup table tbody td tfoot th"
    " thead time tr track u ul var video wbr".split()
)
MATH = set(
    "annotation math menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow"
    " ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics".split()
)
EMBEDS = set("embed frame iframe input object".split())  # stand for something that a reader can show
WITH_CONTENT = set(
    "applet button canvas datalist math-field meter noembed noframes optgroup option output progress script select"
    " style svg template textarea title".split()
)
ATTRIBUTES = {
    "*": set("dir id lang title".split()),
    "a": set("href hreflang".split()),
    "audio": set("controls src".split()),
    "blockquote": {"cite"},
    "code": {"class"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": set("cite datetime".split()),
    "details": {"open"},
    "embed": {"src"},
    "frame": {"src"},
    "iframe": {"src"},
    "img": set("alt height sizes src srcset width".split()),
    "input": set("checked type".split()),
    "ins": set("cite datetime".split()),
    "li": {"value"},
    "object": {"data"},
    "ol": set("reversed start type".split()),
    "q": {"cite"},
    "source": set("height media sizes src srcset type width".split()),
    "td": set("align colspan rowspan".split()),
    "th": set("align colspan rowspan scope".split()),
    "time": {"datetime"},
    "track": set("kind label src srclang".split()),
    "video": set("controls height poster src width".split()),
}
OF_MATH = set(
    "accent accentunder align close columnalign columnlines columnspacing columnspan dir display displaystyle encoding"
    " fence form frame height linethickness lspace mathcolor mathsize mathvariant maxsize minsize movablelimits"
    " notation open rowalign rowlines rowspacing rowspan rspace scriptlevel separator separators stretchy symmetric"
    " voffset width".split()
)
ATTRIBUTES |= dict.fromkeys(MATH, OF_MATH)
SCHEMES = set("http https mailto tel sms xmpp irc ircs matrix magnet geo ftp ftps sftp gemini gopher feed data".split())
ADDRESSES = frozenset("cite data href poster src".split())

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
SPANS = re.compile(r"<span\s(?:[^<>]*\s)?(?:lang|dir)\s*=", re.IGNORECASE)  # else they say nothing without a style
EMBED = re.compile(r"<(iframe)([^>]*)>.*?</iframe>|</?(embed|frame|input|object)([^>]*)>", re.DOTALL)
ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
IMAGE_DATA = re.compile(r"data:image/[a-z0-9.+-]+[;,]", re.IGNORECASE)
UNSAFE = re.compile(r"[\s\"'<>\\^`{|}]")
SET_ADDRESS, SET_SIZE = re.compile(r"[\s,]*(\S+)"), re.compile(r"\s*([^,]*),?")
PRE = re.compile(r"(<pre[^>]*>)\n")
NOSCRIPT = re.compile(r"</?noscript\b[^<>]*>", re.IGNORECASE)  # what is in it is for readers
NO_IMAGE = re.compile(r"<img(?![^>]*\ssrc(?:set)?=)[^>]*>")
TAG = re.compile(r"<[^<>]*>")
PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
NOTE_ID = re.compile(r"fn(?:ref)?:[^\s:]+:\d+(?:-\d+)?\Z")  # no other post has it
NOTES = re.compile(r'<li id="(?:[^"]*-)?fn:')  # what is under the text
BOLD = re.compile(r"<strong>(?:(?!</?strong).)*</strong>", re.DOTALL)
FOOTNOTE = re.compile(r'<sup[^>]*><a [^>]*href="[^"]*#[^"]*"[^>]*>\d+</a></sup>')
DEEP = 20_000  # tags that may be open: the time that a parser takes grows with their square
ENOUGH = 80  # characters of a first paragraph that says something
PLACE: ContextVar[tuple[str, str]] = ContextVar("PLACE")  # the address of a text, and what its ids begin with
IDS: ContextVar[set[str]] = ContextVar("IDS")  # that were found in it
MOST = 8_000_000  # characters of bodies that are remembered: more than most feeds hold, and pages of their archive


class Memory:
    """Keep what was made last, up to a number of characters; thread-safe."""

    def __init__(self, most: int) -> None:
        self.most, self.size, self.lock = most, 0, Lock()
        self.made: dict[str, str] = {}

    def get(self, name: str, make: Callable[[], str]) -> str:
        """Return what has a name, made now unless it is kept."""
        with self.lock:
            found = self.made.pop(name, None)
            self.size -= len(found or "")
        found = make() if found is None else found
        with self.lock:
            self.size += len(found) - len(self.made.get(name, ""))
            self.made[name] = found
            while self.size > self.most:
                self.size -= len(self.made.pop(next(iter(self.made))))
        return found


MEMORY = Memory(MOST)


def body(html: str, url: str, key: str) -> str:
    """Return the body of an entry from the HTML of its page at ``url``; ``key`` sets its ids apart from others.

    It never raises, and changes nothing of what it returned before. All formats ask for it: it is made once.
    """
    return MEMORY.get(digest_of_text(f"{url}\n{key}\n{html}"), lambda: clean(html, url, key))


def clean(html: str, url: str, key: str) -> str:
    """Return HTML with what a reader may show, and nothing else."""
    html = NOSCRIPT.sub("", undressed(CONTROL.sub("", html)))
    if html.count("<") - 2 * html.count("</") > DEEP:  # it would take hours
        return escape(without_tags(html), quote=False)
    spans = bool(SPANS.search(html))
    html = html if spans else uncoloured(html)  # the spans go anyhow, which takes a parser far longer
    token, found = PLACE.set((url, f"{key}-")), IDS.set(set())
    try:
        cleaned = cleaner(spans, True).clean(html)
        if EMBED.search(cleaned):
            IDS.set(set())
            cleaned = cleaner(spans, False).clean(replaced(cleaned))
    finally:
        PLACE.reset(token)
        IDS.reset(found)
    cleaned = NO_IMAGE.sub("", CONTROL.sub("", cleaned))
    return PRE.sub("\\1\n\n", cleaned)  # the first line end after <pre> counts for nothing


@cache
def cleaner(spans: bool, embeds: bool) -> nh3.Cleaner:
    """Return what keeps of HTML only what a reader may show; making one takes longer than using it."""
    return nh3.Cleaner(
        tags=TAGS | MATH | ({"span"} if spans else set()) | (EMBEDS if embeds else set()),
        clean_content_tags=WITH_CONTENT,
        attributes=ATTRIBUTES,
        attribute_filter=kept,
        link_rel=None,
        url_schemes=SCHEMES,
    )


def kept(tag: str, name: str, value: str) -> str | None:
    """Return the value of an attribute of the text that is being cleaned, ``None`` to leave it out."""
    url, prefix = PLACE.get()
    if name in ADDRESSES:
        return absolute(url, value, tag)
    if name == "id" and NOTE_ID.match(value):
        return own_id(value)
    if name == "srcset":
        return srcset(url, value) or None
    if name == "id":
        return own_id(value if value.startswith(prefix) else prefix + value)
    if name == "class":
        return next((word for word in value.split() if word.startswith("language-")), None)
    return value


def own_id(value: str) -> str | None:
    """Return an id of the text that is being cleaned, ``None`` if it is there already: the first one has it."""
    known = IDS.get()
    if value in known:
        return None
    known.add(value)
    return value


def absolute(url: str, value: str, tag: str = "a") -> str | None:
    """Return an address as it is seen from anywhere, ``None`` for one that leads nowhere or isn't to be followed."""
    value = CONTROL.sub("", value).strip()
    if not value and tag != "a":
        return None
    try:
        found = urljoin(url, re.sub(r"[\t\r\n]", "", value))
    except ValueError:
        return None
    scheme = SCHEME.match(found)
    if not scheme or scheme[1].lower() not in SCHEMES:
        return None
    if scheme[1].lower() == "data" and not (tag in ("img", "source") and IMAGE_DATA.match(found)):
        return None
    return UNSAFE.sub(lambda sign: quote(sign[0], safe=""), found)


def srcset(url: str, value: str) -> str:
    """Return a list of images with their sizes, each address absolute.

    https://html.spec.whatwg.org/multipage/images.html#srcset-attributes
    """
    found, at = [], 0
    while one := SET_ADDRESS.match(value, at):
        at, image, size = one.end(), one[1], None
        if not image.endswith(","):
            size = SET_SIZE.match(value, at)
            at = size.end() if size else at
        if address := absolute(url, image.rstrip(","), "img"):
            found.append(f"{address} {size[1].strip()}".strip() if size else address)
    return ", ".join(found)


def replaced(html: str) -> str:
    """Return clean HTML with links in place of embedded pages, and signs in place of check boxes."""
    shown: set[str] = set()  # one thing may be embedded in two ways, for two kinds of browsers

    def instead(found: re.Match[str]) -> str:
        said = {name: unescape(value) for name, value in ATTRIBUTE.findall(found[2] or found[4] or "")}
        if found[3] == "input":
            return ("\u2611" if "checked" in said else "\u2610") if said.get("type") == "checkbox" else ""
        address = said.get("src") or said.get("data") or ""
        if not SCHEME.match(address) or address in shown:
            return ""
        shown.add(address)
        return f'<a href="{escape(address)}">{escape(name_of(address, said.get("title", "")))}</a>'

    return EMBED.sub(instead, html)


def name_of(address: str, title: str) -> str:
    """Return what a link to something embedded says: its title, else host and path."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return title.strip() or address
    return title.strip() or f"{parts.netloc}{unquote(parts.path)}".rstrip("/") or basename(address)


def first_words(html: str, limit: int = 300) -> str:
    """Return the first words of clean HTML: of its first paragraphs, where it has any."""
    words, titled, html = "", False, NOTES.split(html[: 50 * limit], maxsplit=1)[0]
    for paragraph in PARAGRAPH.finditer(html):
        said = without_tags(paragraph[1])
        words = f"{words}{':' * titled} {said}".strip()
        titled = said[-1:].isalnum() and bool(BOLD.fullmatch(paragraph[1]))
        if len(words) >= ENOUGH:
            break
    words = words or without_tags(html)
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def without_tags(html: str) -> str:
    """Return the text of clean HTML as one line, words kept together."""
    return " ".join(CONTROL.sub("", unescape(TAG.sub("", FOOTNOTE.sub("", html)))).split())
