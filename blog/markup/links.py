"""Change the links of finished HTML, the owner's raw tags included."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from urllib.parse import urlsplit

# Tags that can hold a link, and what is to be passed over as a whole.
START = re.compile(
    r"<(?:!--|(?:script|style)(?=[\s>])"
    r"|(?:a|area|img|source|video|audio|track|iframe|embed|object|link|form|input|blockquote|q|ins|del|image|use)\s)",
    re.IGNORECASE,
)
ANY = re.compile(r"<(?:!--|(?:script|style)(?=[\s>])|/?[a-zA-Z])", re.IGNORECASE)
INSIDE = re.compile(r"[^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*")
CLOSING = {"script": re.compile("</script", re.IGNORECASE), "style": re.compile("</style", re.IGNORECASE)}
ATTRIBUTE = re.compile(r"(\s[^\s=<>\"'/]+)(\s*=\s*)(\"[^\"]*\"|'[^']*'|[^\s\"'<>]+)")
# Tags that hold more than a link to another site, as Markdown makes one.
LOCAL = re.compile(START.pattern + r"(?!href=\"https?:[^\"]*\"(?: title=\"[^\"]*\")?>)", re.IGNORECASE)
A_START = re.compile(r"<(?:!--|(?:script|style)(?=[\s>])|(?:a|area)\s)", re.IGNORECASE)
ELSEWHERE = re.compile("(?:https?:)?//", re.IGNORECASE)
WEB = re.compile("https?:", re.IGNORECASE)
SITE = re.compile("/(?!/)")
FILE = re.compile(r"/(?!/)[^?#]*\.(?:md|markdown|mdx|rst)(?=[?#]|\Z)", re.IGNORECASE)  # a source, from the top
OWN = re.compile(r"<use\s[^>]*?href\s*=\s*[\"']?#", re.IGNORECASE)  # a part of the same drawing
ID = re.compile(r"\sid\s*=", re.IGNORECASE)
IDS = set("id for form headers list popovertarget".split())  # ids, and what names them
DRAWING = re.compile(r"<(/?)svg(?=[\s>/])", re.IGNORECASE)
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # tags without an end
HOLDS_LINK = {"href", "src", "poster", "data", "cite", "action", "xlink:href"}

Change = Callable[[str], str]


def tags(html: str, start: re.Pattern[str] = ANY) -> Iterator[tuple[int, int]]:
    """Yield where tags begin and end; comments, scripts and styles hold none.

    A tag, comment or script that is never closed swallows the rest, as it does in a browser.
    """
    at = 0
    while found := start.search(html, at):
        begin = found.start()
        name = found[0][1:].strip().lower()
        if name == "!--":
            end = html.find("-->", begin + 4)
            at = end + 3
            if end < 0:
                return
            continue
        inside = INSIDE.match(html, found.end())
        end = inside.end() if inside else found.end()
        if html[end : end + 1] == ">":
            yield begin, end + 1
        elif end == len(html) or html[end] in "\"'":
            return
        at = end + (html[end] == ">")
        if name in CLOSING:
            closed = CLOSING[name].search(html, at)
            if not closed:
                return
            at = closed.start()


def change(html: str, new: Change, elsewhere: bool = False) -> str:
    """Return HTML with every link replaced by ``new(link)``, but for those that name a scheme of the web.

    Links are passed decoded of entities. HTML that goes elsewhere takes along the drawings in it, and what those name.
    """
    if not LOCAL.search(html):
        return html
    parts, at = [], 0
    for begin, end in tags(html, START):
        tag = html[begin:end]
        own = elsewhere and OWN.match(tag)
        parts += [html[at:begin], tag if own else ATTRIBUTE.sub(lambda found: change_attribute(found, new), tag)]
        at = end
    return "".join([*parts, html[at:]])


def found(html: str) -> list[str]:
    """Return the links that ``change`` would change, each once."""
    seen: dict[str, None] = {}

    def see(link: str) -> str:
        seen[link] = None
        return link

    change(html, see)
    return list(seen)


def change_attribute(found: re.Match[str], new: Change) -> str:
    """Replace the links of one attribute; what isn't changed stays as written, quotes included."""
    name = found[1].strip().lower()
    if name not in HOLDS_LINK and name != "srcset":
        return found[0]
    given = unescape(found[3].strip("\"'"))
    changed = srcset(given, new) if name == "srcset" else given if WEB.match(given) else new(given)
    return found[0] if changed == given else f'{found[1]}{found[2]}"{escape(changed)}"'


def srcset(given: str, new: Change) -> str:
    """Replace the links of a list of images; as written if none changes."""
    images = [image.split() for image in given.split(",") if image.strip()]
    if all(WEB.match(link) or new(link) == link for link, *_ in images):
        return given
    return ", ".join(" ".join([link if WEB.match(link) else new(link), *size]) for link, *size in images)


def is_relative(link: str) -> bool:
    """Tell whether a link depends on the page it stands on: not absolute, not rooted, not a mere fragment."""
    return bool(link) and not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/|#|\?", link)


def without_ids(html: str) -> str:
    """Return HTML that may stand on a page with others: without ids and what names them, but for those in drawings."""
    if not ID.search(html):
        return html
    parts, at, drawings = [], 0, 0
    for begin, end in tags(html):
        tag = html[begin:end]
        if drawing := DRAWING.match(tag):
            drawings += 0 if tag.endswith("/>") else -1 if drawing[1] else 1
        parts += [html[at:begin], tag if drawings > 0 else ATTRIBUTE.sub(without_id, tag)]
        at = end
    return "".join([*parts, html[at:]])


def without_id(found: re.Match[str]) -> str:
    """Return an attribute unless it is an id or names one."""
    name = found[1].strip().lower()
    names_one = name in IDS or (name.startswith("aria-") and name.endswith(("by", "controls", "owns", "details")))
    return "" if names_one else found[0]


def with_rel(html: str, rel: str, home: str) -> str:
    """Return HTML whose links to other sites say what they are; those that say it themselves are left alone."""
    parts, at, host = [], 0, urlsplit(home).netloc.lower()
    for begin, end in tags(html, A_START):
        said = {
            found[1].strip().lower(): unescape(found[3].strip("\"'")) for found in ATTRIBUTE.finditer(html[begin:end])
        }
        if "rel" not in said and leads_elsewhere(said.get("href", ""), host):
            close = end - 2 if html[end - 2] == "/" else end - 1
            parts += [html[at:close].rstrip(), f' rel="{escape(rel)}"']
            at = close
    return "".join([*parts, html[at:]])


def leads_elsewhere(link: str, host: str) -> bool:
    """Tell whether a link leads to another host."""
    if not ELSEWHERE.match(link):
        return False
    try:
        return urlsplit(link).netloc.lower() != host
    except ValueError:  # it leads nowhere
        return True


class Leads:
    """Lead the links of one text to where they lead, and keep what was asked for that, with the answers.

    ``library`` answers its questions about this text; ``base`` is the site's path, ``page`` that of the text.
    """

    def __init__(self, library: Callable[[str, str], str], base: str, page: str) -> None:
        self.library, self.base, self.page = library, base, page
        self.asked: dict[str, dict[str, str]] = {}  # by question and name

    def ask(self, question: str, name: str) -> str:
        """Ask the library, once."""
        known = self.asked.setdefault(question, {})
        if name not in known:
            known[name] = self.library(question, name)
        return known[name]

    def of(self, path: str) -> Leads:
        """Return what leads the links of another text that this one shows; what it asks is kept here too."""
        inner = Leads(lambda question, name: self.ask(f"{question} {path}", name), self.base, self.page)
        return inner

    def here(self, link: str) -> str:
        """Return a link as it stands on the page of the text."""
        if is_relative(link) or FILE.match(link):
            link = self.ask("resolve", link)
        return self.base + link if SITE.match(link) else link

    def anywhere(self, link: str) -> str:
        """Return a link of that page as it stands on any other."""
        if link.startswith(("#", "?")):
            return self.page + link
        return posixpath.join(self.page, link) if is_relative(link) else link

    def size(self, link: str) -> str:
        """Return width and height of the image that a link leads to, if it is one of the site's."""
        if is_relative(link) or SITE.match(link):
            return self.ask("extent", link)
        return ""
