"""Text from other hands (webmentions, posts by others): what it says, and nothing that acts.

The owner's own HTML passes as written; what anybody can send is made anew by nh3, which parses as browsers do.
https://nh3.readthedocs.io/
"""

from __future__ import annotations

import re
from functools import cache, partial
from html import escape
from urllib.parse import urljoin, urlsplit

import nh3

from .headings import lowered, steps

LONGEST = 100_000  # characters
MOST_TAGS = 4000  # parsers take the square of the depth
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
TAGS = set(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del dfn dl dt em figcaption figure hr i img ins"
    " kbd li mark ol p pre q rp rt ruby s samp small span strong sub sup table tbody td tfoot th thead time tr u ul"
    " var wbr".split()
)
HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
BLOCKS = frozenset(
    "address article aside center details dialog div fieldset footer form h1 h2 h3 h4 h5 h6 header hgroup legend main"
    " nav option search section summary".split()
)
ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href"},
    "abbr": {"title"},
    "img": {"src", "alt"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "time": {"datetime"},
}
DROPPED = set("script style template noscript noembed noframes textarea title select iframe svg math object".split())
BOXES = {"input": {"type", "checked"}}
INPUT, IMAGE = re.compile("<input([^<>]*)>"), re.compile(r"<img(?![^<>]*\ssrc=)[^<>]*>")
DIRECTED = re.compile("[\u202a-\u202e\u2066-\u2069]")
CLOSES = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
SCHEMES = {"http", "https", "mailto"}
REL = "nofollow ugc noopener"


def clean(html: str, base: str = "", headings: bool = False) -> str:
    """Return HTML of others without scripts, styles, classes, ids and forms; every element is closed.

    Relative links lead from ``base``, and nowhere without one. Headings become text unless ``headings``, which begin
    at ``<h2>``. Blocks that are left out leave a space, check boxes a sign, images without an address nothing.
    """
    html = UNSEEN.sub("", html[:LONGEST])
    if html.count("<") > MOST_TAGS:
        return escape(html)
    made = nh3.clean(
        html,
        tags=TAGS | BLOCKS | {"input"},
        attributes=ATTRIBUTES | BOXES,
        set_tag_attribute_values={"img": {"loading": "lazy"}},  # of two, the order would change from run to run
        clean_content_tags=DROPPED,
        attribute_filter=partial(led, base),
        url_schemes=SCHEMES,
        link_rel=REL,
    )
    made = unwrapped(BLOCKS - {"h1"} - HEADINGS if headings else BLOCKS).sub(" ", made)
    return directed(IMAGE.sub("", INPUT.sub(sign, lowered(made, steps(made)))))


@cache
def unwrapped(names: frozenset[str]) -> re.Pattern[str]:
    """Return what finds the tags of elements that leave a space, several at once."""
    return re.compile(rf"(?:</?(?:{'|'.join(sorted(names))})(?:\s[^<>]*)?>)+")


def sign(box: re.Match[str]) -> str:
    """Return what a check box says."""
    if 'type="checkbox"' not in box[1]:
        return ""
    return "\u2611" if "checked=" in box[1] else "\u2610"


def directed(html: str) -> str:
    """Return HTML without signs that turn the direction of writing, unless each is ended: they would turn the rest too.

    https://www.unicode.org/reports/tr9/#Explicit_Directional_Embeddings
    """
    waiting: list[str] = []
    for found in DIRECTED.findall(html):
        if found in CLOSES:
            waiting.append(CLOSES[found])
        elif not waiting or waiting.pop() != found:
            return DIRECTED.sub("", html)
    return DIRECTED.sub("", html) if waiting else html


def led(base: str, _tag: str, name: str, value: str) -> str | None:
    """Return the value of an attribute: a link leads from where it stood, and without that nowhere."""
    if name not in ("href", "src"):
        return value
    try:
        link = urljoin(base, value)
        return link if urlsplit(link).scheme in SCHEMES else None
    except ValueError:
        return None


def rendered(text: str, base: str = "") -> str:
    """Return Markdown of others as HTML, raw HTML in it as harmless as the rest."""
    from . import gfm

    return clean(gfm(text[:LONGEST]), base, headings=True)
