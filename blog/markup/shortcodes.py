"""Hugo's shortcodes: ``{{< figure src="tea.jpg" >}}``, and ``{{% name %}}``, whose inside is Markdown.

They are read everywhere, also in code, as Hugo does; ``{{</* name */>}}`` is how to write one that isn't.
https://gohugo.io/content-management/shortcodes/
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from . import drawn
from .around import Around
from .callouts import FAMILY
from .options import Options
from .tags import Tag, replaced, wrapped

CLOSES = {"<": ">}}", "%": "%}}"}

Shortcode = Callable[[Around, dict[str, str], str | None], str]


def expand(text: str, around: Around, _options: Options) -> str:
    """Return a text with what its shortcodes draw in their places."""
    if "{{<" not in text and "{{%" not in text:
        return text
    return replaced(text, tags(text, around), lambda tag, inner: draw(around, tag, inner))


def tags(text: str, around: Around) -> Iterator[Tag]:
    """Yield the shortcodes of a text in order; one that has no end is text."""
    at = 0
    ends = dict.fromkeys(CLOSES, 0)
    while (start := text.find("{{", at)) >= 0:
        at = start + 2
        sign = text[at : at + 1]
        if sign not in CLOSES or ends[sign] < 0:
            continue
        ends[sign] = end = text.find(CLOSES[sign], at + 1)
        if end < 0:
            around.tell("this shortcode has no end", text[start : start + 60].partition("\n")[0])
            continue
        inside, at = text[at + 1 : end], end + 3
        if inside.strip().startswith("/*") and inside.strip().endswith("*/") and len(inside) > 3:
            yield Tag(
                start, at, "text", text=f"{{{{{sign}{text[start + 3 : end].replace('/*', '', 1)[:-2]}{text[end:at]}"
            )
            continue
        yield tag(inside, start, at)


def tag(inside: str, start: int, end: int) -> Tag:
    """Return what is written between the braces as a tag."""
    kind = "close" if inside.lstrip().startswith("/") else "alone" if inside.endswith("/") else "open"
    inside = inside.strip().removeprefix("/") if kind == "close" else inside.removesuffix("/")
    name, *said = inside.split(maxsplit=1)[:2] or [""]
    return Tag(start, end, kind, name, "".join(said).strip())


def draw(around: Around, tag: Tag, inner: str | None) -> str:
    """Return what a shortcode draws; of one that isn't known its inside stays."""
    known = KNOWN.get(tag.name.lower())
    if tag.kind == "close":
        around.tell(f"there is no shortcode {tag.name} to be closed here", f"/{tag.name}")
        return ""
    if known:
        return known(around, tag.given, inner)
    around.tell(f"the shortcode {tag.name} isn't known; what is in it stays", tag.name)
    return inner or ""


def figure(around: Around, given: dict[str, str], inner: str | None) -> str:
    """Draw an image with its caption."""
    if "0" in given:
        given.setdefault("src", given["0"])
    return around.block(drawn.figure(around, given, around.markdown(inner) if inner and inner.strip() else ""))


def highlight(around: Around, given: dict[str, str], inner: str | None) -> str:
    """Draw code: ``{{< highlight go "linenos=table,hl_lines=2 4-5" >}}``."""
    said = [part.partition("=") for part in given.get("1", given.get("options", "")).split(",") if part.strip()]
    info = " ".join(f'{key.strip()}="{value.strip()}"' if value else key.strip() for key, _, value in said)
    return around.block(drawn.listing(around, inner or "", given.get("0", given.get("lang", "")), info))


def ref(around: Around, given: dict[str, str], _inner: str | None) -> str:
    """Return the address of the text that is named."""
    return address(around, given.get("0", given.get("path", "")))


def address(around: Around, name: str) -> str:
    """Return the address of a text by its name, with the fragment that may follow; ``#`` if there is none."""
    wanted, sign, fragment = name.partition("#")
    found = around.ask("named", wanted) if wanted else ""
    if wanted and not found:
        around.tell(f"there is no text {wanted} to lead to", name)
        return "#"
    return f"{found}{sign}{fragment}" or "#"


def site(name: str) -> Shortcode:
    """Return what draws a link to a thing of another site."""

    def to(around: Around, given: dict[str, str], _inner: str | None) -> str:
        places = [given[place] for place in ("0", "1", "2") if place in given]
        wanted = (
            given.get("id")
            or given.get("url")
            or ("/".join(places[:2]) if name == "gist" else places[0] if places else "")
        )
        if name == "tweet":
            user = given.get("user") or (places[0] if len(places) > 1 else "")
            wanted = f"https://x.com/{user}/status/{given.get('id') or places[1]}" if user else wanted
        return around.block(drawn.elsewhere(name, wanted, given.get("title", ""))) if wanted else ""

    return to


def quote(around: Around, given: dict[str, str], inner: str | None) -> str:
    """Draw a quotation."""
    author, source = given.get("author") or given.get("0", ""), given.get("source") or given.get("link", "")
    return drawn.quoted(around, inner or "", author, source, given.get("title", ""))


def details(around: Around, given: dict[str, str], inner: str | None) -> str:
    """Draw what can be folded."""
    opened = " open" if given.get("open", "false").lower() == "true" else ""
    name = f' class="{escape(given["class"])}"' if given.get("class") else ""
    summary = around.markdown(given.get("summary", given.get("0", ""))) or "Details"
    begin = around.block(f"<details{name}{opened}>\n<summary>{summary}</summary>")
    return wrapped(begin, inner or "", around.block("</details>"))


def notice(kind: str = "") -> Shortcode:
    """Return what draws a callout: of one kind, or of that which is given."""

    def shown(around: Around, given: dict[str, str], inner: str | None) -> str:
        named = kind or given.get("type") or given.get("style") or given.get("context") or given.get("0") or "note"
        family = FAMILY.get(named.lower(), "note")
        title = given.get("title") or given.get("0" if kind else "1") or named.capitalize()
        begin = around.block(
            f'<div class="callout callout-{family}" role="note">\n<p class="callout-title">{around.markdown(title)}</p>'
        )
        return wrapped(begin, inner or given.get("text", ""), around.block("</div>"))

    return shown


def raw(around: Around, _given: dict[str, str], inner: str | None) -> str:
    """Return HTML as it stands."""
    return around.block((inner or "").strip())


def param(around: Around, given: dict[str, str], _inner: str | None) -> str:
    """Return what the header says under a key."""
    key = given.get("0", "").lower()
    if key not in around.page:
        around.tell(f"the header has no {key}", key)
    return escape(around.page.get(key, ""), quote=False)


def media(shown: Callable[[dict[str, str]], str]) -> Shortcode:
    """Return what draws a film, or something to hear."""

    def played(around: Around, given: dict[str, str], _inner: str | None) -> str:
        return around.block(shown({"src": given.get("src") or given.get("0", ""), "poster": given.get("poster", "")}))

    return played


def nothing(_around: Around, _given: dict[str, str], inner: str | None) -> str:
    """Draw nothing: it is for the eye alone, or a remark."""
    return inner or ""


SITES = ("youtube", "vimeo", "gist", "tweet", "instagram", "bilibili", "codepen", "jsfiddle", "asciinema", "soundcloud")
KNOWN: dict[str, Shortcode] = {
    "figure": figure,
    "img": figure,
    "image": figure,
    "highlight": highlight,
    "ref": ref,
    "relref": ref,
    "details": details,
    "expand": details,
    "quote": quote,
    "blockquote": quote,
    "param": param,
    "qr": nothing,
    "comment": lambda _around, _given, _inner: "",
    "rawhtml": raw,
    "video": media(drawn.video),
    "audio": media(drawn.audio),
    **{name: site(name) for name in SITES},
    **dict.fromkeys(("x", "twitter", "tweet_simple", "twitter_simple", "x_simple"), site("tweet")),
    **dict.fromkeys(("notice", "admonition", "callout", "alert", "hint"), notice()),
    **{kind: notice(kind) for kind in ("note", "tip", "info", "warning", "caution", "danger", "important")},
}
