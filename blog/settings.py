"""The site's settings: one table, read once, refused at the start when wrong.

They come from ``[tool.blog]`` in the site's ``pyproject.toml``; an environment variable
``BLOG_NAME`` wins over the file. The table is the ``Settings`` class: name, type, default and
meaning of each setting stand in one line, and ``docs/settings.md`` is tested against it.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from . import colors, permalinks
from .errors import SettingsError
from .facts import Facts

ENVIRONMENT_PREFIX = "BLOG_"
NOT_SETTINGS = {"BLOG_SITE"}  # read by the command line, see cli.py
HOSTS = ("apache", "caddy", "cloudflare", "github", "netlify", "nginx", "s3")
ENGINES = (  # whose feeds may be subscribed to, see feeds/old.py
    "blogger eleventy gatsby ghost hexo hugo jekyll luapress medium movabletype nikola octopress pelican substack"
    " tumblr wordpress zola"
).split()
SITES = (  # whose folders are read by their rules, see engines/
    "docusaurus eleventy flatleaf gatsby hexo hugo jekyll kirby lektor luapress mkdocs nikola obsidian pandoc pelican"
    " plain pyblosxom vuepress zola".split()
)
CONTENT = ("posts", "pages", "content", "static", "templates")
HEADING_IDS = ("github", "kramdown", "hugo")
MARKDOWN = frozenset(  # what can be switched on and off
    "abbreviations admonitions alerts attributes autolinks comments containers deflists figures footnotes"
    " heading_attributes hexo highlight inline_notes insertions kramdown line_numbers liquid luapress marks math mdx"
    " nikola pelican permalinks shortcodes strikethrough subsup tables task_lists typography wikilinks zola".split()
)
FURNITURE = frozenset(  # of a post, each of which can be switched off
    "author categories date edit licence neighbours permalink reading_time related series source tags toc"
    " updated".split()
)
COLORS = frozenset(colors.COLORS)  # of the theme
FONTS = ("system", "serif")


def text(value: Any) -> str:
    """Accept a string without control characters."""
    if not isinstance(value, str):
        raise ValueError("must be a string")
    if not value.isprintable() and any(ord(sign) < 32 or 0xD800 <= ord(sign) < 0xE000 for sign in value):
        raise ValueError("must not hold control characters")
    return value


def name(value: Any) -> str:
    """Accept a string that isn't empty."""
    if not text(value).strip():
        raise ValueError("must not be empty")
    return str(value)


def whole(value: Any) -> int:
    """Accept a whole number above zero."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("must be a whole number above zero")
    return value


def switch(value: Any) -> bool:
    """Accept true or false."""
    words = {"true": True, "1": True, "false": False, "0": False}
    if isinstance(value, str) and value.lower() in words:
        return words[value.lower()]
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def address(value: Any) -> str:
    """Accept an http(s) address; return it without query and with a slash at the end."""
    wrong = ValueError('must be an address such as "https://example.org/"')
    try:
        parts = urlsplit(text(value))
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0 or re.search(r"\s", value):
            raise wrong
    except ValueError:
        raise wrong from None
    if parts.query or parts.fragment:
        raise ValueError("must have neither ? nor #")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"


def hub(value: Any) -> str:
    """Accept an http(s) address as it stands, or nothing."""
    wrong = ValueError('must be an address such as "https://hub.example.org/"')
    if not text(value):
        return ""
    try:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
            raise wrong
    except ValueError:
        raise wrong from None
    if parts.fragment or re.search(r'[\s<>"]', value):  # it stands in a header
        raise wrong
    return str(value)


def place(value: Any) -> str:
    """Accept an address of a file, within the site or elsewhere, or none."""
    if text(value) and not re.fullmatch(r"(/(?!/)|https?://[^/\s])[^\s\"<>?#]*", value):
        raise ValueError('must be an address such as "/static/card.png"')
    return str(value)


def zone(value: Any) -> str:
    """Accept the name of a time zone of the IANA database."""
    try:
        ZoneInfo(text(value))
    except (KeyError, ValueError, OSError):
        raise ValueError('must be a time zone such as "Europe/Berlin"') from None
    return str(value)


def language(value: Any) -> str:
    """Accept a language tag (RFC 5646) such as ``en`` or ``pt-BR``."""
    if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", text(value)):
        raise ValueError('must be a language tag such as "en"')
    return str(value)


def languages(value: Any) -> tuple[str, ...]:
    """Accept a list of language tags."""
    return tuple(map(language, names(value, '"fa", "pt-BR"')))


def ledger(value: Any) -> str:
    """Accept the path of a file, absolute or relative to the site's folder, or none."""
    if text(value).endswith("/") or Path(value).name in (".", "..") or value != value.strip():
        raise ValueError("must be a file such as published.tsv, or empty")
    return str(value)


def permalink(value: Any) -> str:
    """Accept an address pattern such as ``/:year/:month/:slug/``."""
    pattern = text(value)
    if unknown := permalinks.unknown(pattern):
        raise ValueError(f"has no :{min(unknown)}; there are :" + " :".join(sorted(permalinks.TOKENS)))
    if not permalinks.names(pattern) & set(permalinks.NAMING):
        raise ValueError("must hold :slug, :title or :filename, else all posts share one address")
    literal = "".join(part for part in permalinks.parse(pattern) if isinstance(part, str))
    if not pattern.startswith("/") or set(literal) & set("?#%\\") or {".", ".."} & set(pattern.split("/")):
        raise ValueError("must begin with / and hold none of ? # % \\ and no ..")
    return pattern


def folder(value: Any) -> str:
    """Accept a path, absolute or relative to the site's folder."""
    if not text(value).strip() or Path(value) == Path("."):
        raise ValueError("must name a folder")
    return str(value)


def names(value: Any, example: str = '"CNAME", ".git"') -> tuple[str, ...]:
    """Accept a list of names."""
    if not isinstance(value, list) or not all(isinstance(one, str) and one and "/" not in one for one in value):
        raise ValueError(f"must be a list of names such as [{example}]")
    return tuple(value)


def hosts(value: Any) -> tuple[str, ...]:
    """Accept a list of hosts."""
    if unknown := [one for one in names(value, f'"{HOSTS[0]}"') if one not in HOSTS]:
        raise ValueError(f"has no {unknown[0]}; there are {', '.join(HOSTS)}")
    if {"cloudflare", "netlify"} <= set(value):
        raise ValueError("can't be both cloudflare and netlify, which read the same files in two ways")
    return tuple(value)


def engines(value: Any) -> tuple[str, ...]:
    """Accept a list of engines."""
    if unknown := [one for one in names(value, f'"{ENGINES[0]}"') if one not in ENGINES]:
        raise ValueError(f"has no {unknown[0]}; there are {', '.join(ENGINES)}")
    return tuple(value)


def menu(value: Any) -> tuple[dict[str, Any], ...]:
    """Accept a list of tables with ``name``, ``url`` and, if wanted, ``weight`` and ``color``."""
    allowed = {"name": str, "url": str, "weight": int, "color": str}
    if not isinstance(value, list):
        raise ValueError('must be a list such as [{ name = "Code", url = "https://example.org/" }]')
    for entry in value:
        if not isinstance(entry, dict) or not {"name", "url"} <= entry.keys():
            raise ValueError("must be a list of tables that hold name and url")
        for key, given in entry.items():
            if key not in allowed or not isinstance(given, allowed[key]):
                raise ValueError(f"can't use {key} = {given!r} in an entry")
        if entry.get("color", "gray") not in COLORS | {"grey"}:
            raise ValueError(f"has no color {entry['color']}; there are {', '.join(sorted(COLORS))}")
        if urlsplit(entry["url"]).scheme not in ("", "http", "https", "mailto"):
            raise ValueError(f"can't lead to {entry['url']}")
    return tuple({**entry, **({"color": "gray"} if entry.get("color") == "grey" else {})} for entry in value)


class Podcast(NamedTuple):
    """Hold what directories of podcasts ask for: "Arts > Books" is a category with its part."""

    image: str = ""
    category: str = ""
    explicit: bool = False
    guid: str = ""


def podcast(value: Any) -> Podcast:
    """Accept a table with some of image, category, explicit and guid."""
    if not isinstance(value, dict):
        raise ValueError('must be a table such as { image = "/static/cover.png", category = "Arts" }')
    for key, given in value.items():
        known = Podcast._field_defaults.get(key)
        if known is None or type(given) is not type(known) or (isinstance(given, str) and not given.isprintable()):
            raise ValueError(f"can't use {key} = {given!r}")
    try:
        made = Podcast(**value)
        return made._replace(guid=str(UUID(made.guid)) if made.guid else "")
    except ValueError:
        raise ValueError("has no UUID as its guid") from None


def engine(value: Any) -> str:
    """Accept the name of an engine, or none."""
    if value and value not in SITES:
        raise ValueError(f"must be one of {', '.join(SITES)}")
    return text(value)


class Patterns(tuple[tuple[str, str], ...]):
    """Hold patterns of paths, each with one of addresses, in the order of a table."""

    def _asdict(self) -> dict[str, str]:
        """Return the table, as a named tuple does."""
        return dict(self)


def patterns(value: Any) -> Patterns:
    """Accept a table of paths and of address patterns."""
    if not isinstance(value, dict):
        raise ValueError('must be a table such as { "notes/*" = "/notes/:slug/" }')
    return Patterns((text(places), permalink(pattern)) for places, pattern in value.items())


def accent(value: Any) -> str:
    """Accept one of the theme's colours, or one of one's own such as ``#7a3b12``."""
    if text(value) not in COLORS | {"grey"} and not colors.HEX.fullmatch(value):
        raise ValueError(f"must be one of {', '.join(sorted(COLORS))}, or a colour such as #7a3b12")
    return "gray" if value == "grey" else str(value).lower()


def font(value: Any) -> str:
    """Accept one of the theme's fonts."""
    if value not in FONTS:
        raise ValueError(f"must be one of {', '.join(FONTS)}")
    return str(value)


def watch(value: Any) -> str:
    """Accept a way to notice changes."""
    if value not in ("auto", "poll"):
        raise ValueError("must be auto or poll")
    return str(value)


def header(value: Any) -> str:
    """Accept the name of a header, or none."""
    if not re.fullmatch("[A-Za-z][A-Za-z0-9-]*|", text(value)):
        raise ValueError("must be the name of a header such as Surrogate-Key")
    return str(value)


def policy(value: Any) -> str:
    """Accept directives of a Content-Security-Policy, or none; no sign that a server's configuration would read."""
    parts = [part.split()[:1] for part in text(value).split(";")]
    if not re.fullmatch(r"[ -~]*", value) or set(value) & set('"$<>\\^`{}'):
        raise ValueError('must hold none of " $ < > \\ ^ ` { } and no letters but ASCII')
    if any(part and not re.fullmatch("[A-Za-z-]+", part[0]) for part in parts):
        raise ValueError("must be directives such as \"default-src 'self'; img-src *\"")
    return str(value).strip()


def switches(value: Any) -> tuple[str, ...]:
    """Accept a list of parts of Markdown, with a dash before those that are off."""
    if unknown := [one for one in names(value, '"math", "-figures"') if one.removeprefix("-") not in MARKDOWN]:
        raise ValueError(f"has no {unknown[0].removeprefix('-')}; there are {', '.join(sorted(MARKDOWN))}")
    return tuple(value)


def furniture(value: Any) -> tuple[str, ...]:
    """Accept a list of parts of a post's page, with a dash before those that are off."""
    if unknown := [one for one in names(value, '"-related"') if one.removeprefix("-") not in FURNITURE]:
        raise ValueError(f"has no {unknown[0].removeprefix('-')}; there are {', '.join(sorted(FURNITURE))}")
    return tuple(value)


def links(value: Any) -> tuple[dict[str, str], ...]:
    """Accept a list of tables with ``name`` and ``url``."""
    if not isinstance(value, list):
        raise ValueError('must be a list such as [{ name = "Code", url = "https://example.org/me" }]')
    for entry in value:
        if not isinstance(entry, dict) or entry.keys() != {"name", "url"}:
            raise ValueError("must be a list of tables that hold name and url")
        if not (name(entry["name"]) and leads(entry["url"], ("http", "https", "mailto", ""))):
            raise ValueError(f"can't lead to {entry['url']}")
    return tuple({key: str(entry[key]) for key in ("name", "url")} for entry in value)


def leads(value: Any, schemes: tuple[str, ...]) -> bool:
    """Tell whether a text is an address of one of some schemes; without one it is within the site."""
    try:
        parts = urlsplit(text(value))
    except ValueError:
        return False
    inside = not parts.scheme and not parts.netloc and value.startswith("/")
    return not re.search(r'[\s<>"]', value) and parts.scheme in schemes and (bool(parts.scheme) or inside)


def pattern(value: Any) -> str:
    """Accept an address with ``{path}`` in it, or none."""
    if text(value) and (not leads(value, ("http", "https")) or value.count("{path}") != 1):
        raise ValueError('must be an address such as "https://example.org/blob/main/{path}"')
    return str(value)


def ids(value: Any) -> str:
    """Accept a rule for the ids of headings."""
    if value not in HEADING_IDS:
        raise ValueError(f"must be one of {', '.join(HEADING_IDS)}")
    return str(value)


def tokens(value: Any) -> str:
    """Accept words such as ``noopener nofollow``, or none."""
    if not re.fullmatch("[a-z-]+( [a-z-]+)*|", text(value)):
        raise ValueError('must be words such as "noopener nofollow"')
    return str(value)


def function(value: Any) -> str:
    """Accept the name of a function in a module, or none."""
    if not re.fullmatch(r"([A-Za-z_]\w*\.)*[A-Za-z_]\w*:[A-Za-z_]\w*|", text(value), re.ASCII):
        raise ValueError('must be a module and a function such as "my_markdown:extend"')
    return str(value)


def secret(value: Any) -> str:
    """Accept what nobody guesses, or nothing."""
    if text(value) and len(value) < 16:
        raise ValueError("must have at least 16 characters")
    return str(value)


def folders(value: Any) -> tuple[str, ...]:
    """Accept a list of paths."""
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise ValueError('must be a list of folders such as ["/srv/photos"]')
    return tuple(map(folder, value))


def content(value: Any) -> tuple[str, ...]:
    """Accept a list of paths within the site."""
    found = folders(value)
    if any(".." in Path(one).parts or Path(one).is_absolute() for one in found):
        raise ValueError("must lie in the site's folder")
    return found


def amount(value: Any) -> int:
    """Accept a whole number, also none."""
    return 0 if str(value) == "0" else whole(value)


def setting(default: Any, meaning: str, check: Callable[[Any], Any]) -> Any:
    """Declare one row of the table."""
    return field(default=default, metadata={"meaning": meaning, "check": check})


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold the settings of one site, each checked."""

    title: str = setting("Blog", "The site's name.", name)
    description: str = setting("", "One sentence on what the site is about.", text)
    image: str = setting(
        "", "The picture of links to pages that have none of their own, such as /static/card.png.", place
    )
    icon: str = setting("", "The site's icon, such as /static/icon.svg; empty for its first letter.", place)
    url: str = setting(
        "http://127.0.0.1:8000/",
        "The public address; every absolute link is made from it. It may have a path.",
        address,
    )
    language: str = setting("en", "The language of posts that don't name their own.", language)
    languages: tuple[str, ...] = setting(
        (), "Its other languages: index.fa.md is the page in one of them, if fa is named here.", languages
    )
    timezone: str = setting("UTC", "The time zone of dates that don't name their own.", zone)
    author: str = setting("", "Who writes here.", text)
    author_bio: str = setting("", "One or two sentences about the author, which stand under every post.", text)
    author_photo: str = setting("", "The author's picture: a path of the site or an address.", place)
    author_links: tuple[dict[str, str], ...] = setting(
        (), "Where else the author is to be found: tables with name and url.", links
    )
    licence: str = setting("", "What others may do with the posts: CC BY-SA 4.0, say, an address, or words.", text)
    copyright: str = setting(
        "", "The line at the end of every page; {years} stands for those of the first and the last post.", text
    )
    menu: tuple[dict[str, Any], ...] = setting(
        (), "Entries of the main menu beside those that pages bring themselves.", menu
    )
    accent: str = setting("green", "The colour of links: one of the theme's by name, or one's own as #7a3b12.", accent)
    font: str = setting("system", "The font of texts: the reader's own (system), or the theme's (serif).", font)
    posts_per_page: int = setting(10, "Posts on the front page and on /page/2/ and on.", whole)
    permalink: str = setting(
        "/posts/:slug/",
        "The address of a post, a pattern with tokens such as :year and :slug.",
        permalink,
    )
    engine: str = setting(
        "",
        "Whose site this is, if it isn't to be guessed: " + ", ".join(SITES) + ".",
        engine,
    )
    content: tuple[str, ...] = setting((), "The folders of content, if they aren't those of the engine.", content)
    permalinks: Patterns = setting(  # noqa: RUF009 (it can't be changed)
        Patterns(), "Addresses of what lies at some places, by pattern of paths; they come before permalink.", patterns
    )
    furniture: tuple[str, ...] = setting((), "What of a post's page is off, with a dash before it.", furniture)
    words_per_minute: int = setting(
        220, "How fast people read; five signs of Chinese, Japanese or Thai are two words.", whole
    )
    source_url: str = setting("", "Where a post's file can be seen, with {path} for its path.", pattern)
    edit_url: str = setting("", "Where a post's file can be edited, with {path} for its path.", pattern)
    markdown: tuple[str, ...] = setting(
        (), "What of Markdown is on beside the usual, or off, with a dash before it.", switches
    )
    heading_ids: str = setting("github", "Whose rule makes the ids of headings: github, kramdown or hugo.", ids)
    toc: int = setting(5, "Headings from which on a post gets a table of contents unasked; 0 means never.", amount)
    external_rel: str = setting("", "The rel of links that lead to other sites, such as noopener nofollow.", tokens)
    markdown_extension: str = setting(
        "", "A function that gets the Markdown parser, to add to it: module:function, in the site's folder.", function
    )
    feed_size: int = setting(30, "Posts in a feed.", whole)
    feed_summaries: bool = setting(False, "Feed summaries in place of whole texts.", switch)
    feed_max_age: int = setting(300, "Seconds for which readers may keep a feed without asking.", amount)
    feed_addresses: tuple[str, ...] = setting(
        (),
        "Engines at whose addresses the feeds are to be found as well. There are " + ", ".join(ENGINES) + ".",
        engines,
    )
    podcast: Podcast = setting(  # noqa: RUF009 (it can't be changed)
        Podcast(),
        "What directories of podcasts ask for: an image, a category, whether it is explicit, its guid.",
        podcast,
    )
    hub: str = setting("", "The WebSub hub that is told of changed feeds; empty for none.", hub)
    published: str = setting(
        "published.tsv", "The file that keeps the ids of what was published; empty for none.", ledger
    )
    future: bool = setting(False, "Show posts before their date has come.", switch)
    drafts: bool = setting(False, "Show drafts.", switch)
    keep: tuple[str, ...] = setting(
        (".git", ".gitignore", "CNAME", ".nojekyll"),
        "Names at the top of the build folder, with * and ?, that no freeze removes.",
        names,
    )
    hosts: tuple[str, ...] = setting((), "Hosts for which a freeze writes redirects and headers.", hosts)
    precompress: bool = setting(False, "Put a compressed copy beside each file of text in the build.", switch)
    relative: bool = setting(False, "Freeze links as relative ones, for a tree that is opened from a disk.", switch)
    watch: str = setting(
        "auto",
        "How changes of files are noticed while serving: auto, or poll where the file system doesn't tell of them.",
        watch,
    )
    memory: int = setting(6, "Megabytes of finished answers that a serving process keeps; 0 keeps none.", amount)
    shelf: int = setting(200, "Megabytes of them that it keeps on the disk, in the folder of cache.", amount)
    s_maxage: int = setting(0, "Seconds for which shared caches may keep answers without asking; 0 means not.", amount)
    stale_while_revalidate: int = setting(
        0, "Seconds more for which they may send a stale answer while they fetch the new one.", amount
    )
    surrogate_header: str = setting(
        "", "The header that names what an answer rests on, such as Surrogate-Key or Cache-Tag.", header
    )
    purge: str = setting("", "The command that is given the names of what has changed, one a line.", text)
    metrics: bool = setting(False, "Answer /-/metrics for Prometheus.", switch)
    access_log: str = setting("", "The file for a line of JSON for each request; - is standard error.", text)
    proxies: int = setting(
        0,
        "How many proxies in front may say whom they ask for; the access log and feed_polls heed them.",
        amount,
    )
    feed_polls: int = setting(
        0,
        "Requests for a feed an hour from one client without If-None-Match or If-Modified-Since before it gets 429;"
        " 0 means never.",
        amount,
    )
    csp: str = setting(
        "default-src 'self'; img-src 'self' https: data:; media-src 'self' https:; object-src 'none';"
        " base-uri 'self'; form-action 'self' https:; frame-ancestors 'self'",
        "The Content-Security-Policy of every answer; empty for none.",
        policy,
    )
    hsts: int = setting(
        0,
        "Seconds for which browsers ask for the domain by HTTPS only, if url begins with https; 0 says nothing.",
        amount,
    )
    secret: str = setting("", "What links to previews are signed with; empty for one in the folder of cache.", secret)
    follow: tuple[str, ...] = setting((), "Folders outside the site's into which symbolic links may lead.", folders)
    cache: str = setting(".flatleaf", "The folder for what can be made again.", folder)
    build: str = setting("build", "The folder that `flask freeze` writes.", folder)

    # Not settings: the site's folder, from which every path is read, which settings the owner has set, and what is
    # known of the site that the folder held before.
    root: Path = field(default=Path("."), metadata={})
    given: frozenset[str] = field(default=frozenset(), metadata={})
    facts: Facts = field(default=Facts(), metadata={})

    @property
    def url_given(self) -> bool:
        """Tell whether the public address is known, and not only the one on this machine."""
        return "url" in self.given

    @property
    def base_path(self) -> str:
        """Return the path of the public address without its last slash: ``""`` or ``/blog``."""
        return urlsplit(self.url).path.rstrip("/")

    @property
    def ledger(self) -> Path | None:
        """Return the file of the setting ``published``, if there is one."""
        return self.path(self.published) if self.published else None

    @property
    def log(self) -> Path | None:
        """Return the file of the setting ``access_log``, if there is one."""
        return self.path(self.access_log) if self.access_log not in ("", "-") else None

    def path(self, name: str) -> Path:
        """Return a path of the site as an absolute path; the site's folder may be a link that is switched."""
        return Path(os.path.abspath(self.root / name))


TABLE = {f.name: f for f in fields(Settings) if f.metadata}


def load(root: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings of the site in ``root``; raise ``SettingsError`` naming file, line and key."""
    environment = os.environ if environment is None else environment
    if not root.is_dir():
        raise SettingsError("there is no such folder", str(root))
    values = from_file(root / "pyproject.toml")
    values |= from_environment(environment)
    settings = Settings(root=Path(os.path.abspath(root)), given=frozenset(values), **values)
    for key in ("cache", "build"):
        check_place(settings, key, environment)
    return settings


def unfit(place: Path, root: Path) -> str:
    """Return why a folder can't be one for what is made from the site in ``root``, ``""`` if it can."""
    place, root = place.resolve(), root.resolve()
    if place == root or place in root.parents:
        return "can't hold the site itself"
    return next((f"can't lie in {name}/" for name in CONTENT if root / name in (place, *place.parents)), "")


def check_place(settings: Settings, key: str, environment: Mapping[str, str]) -> None:
    """Refuse a folder for what is made that holds the site, or lies where its content is read from."""
    place, root = settings.path(getattr(settings, key)), settings.root
    other = settings.path(settings.cache if key == "build" else settings.build)
    reason = unfit(place, root)
    if not reason and key == "build" and (place == other or other in place.parents or place in other.parents):
        reason = "and cache can't lie in each other"
    if not reason:
        return
    name = f"{ENVIRONMENT_PREFIX}{key.upper()}"
    if name in environment:
        raise SettingsError(f"{name} {reason}", "environment")
    file = root / "pyproject.toml"
    source = file.read_text(encoding="utf-8-sig") if file.is_file() else ""
    raise SettingsError(f"{key} {reason}", file.name, line_of(source, key))


def from_file(path: Path) -> dict[str, Any]:
    """Return the checked values of ``[tool.blog]``; nothing where the file or table is missing."""
    try:
        source = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"can't be read: {error}", path.name) from None
    try:
        tables = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise SettingsError(str(error), path.name, int(found[1]) if found else 0) from None
    tool = tables.get("tool", {})
    given = tool.get("blog", {}) if isinstance(tool, dict) else tool
    if not isinstance(given, dict):
        raise SettingsError("[tool.blog] must be a table", path.name, line_of(source, "blog", "tool"))
    return {key: checked(key, given[key], path.name, line_of(source, key)) for key in given}


def from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return the checked values of ``BLOG_*``; lists are written as in TOML."""
    values = {}
    for name in sorted(environment):
        if not name.startswith(ENVIRONMENT_PREFIX) or name in NOT_SETTINGS:
            continue
        key, given = name.removeprefix(ENVIRONMENT_PREFIX).lower(), environment[name]
        is_list = key in TABLE and isinstance(TABLE[key].default, tuple)
        values[key] = checked(key, as_toml(given) if is_list else given, "environment", 0, name)
    return values


def as_toml(given: str) -> Any:
    """Read one TOML value; the text itself where it is none."""
    try:
        return tomllib.loads(f"value = {given}")["value"]
    except tomllib.TOMLDecodeError:
        return given


def checked(key: str, given: Any, path: str, line: int, name: str = "") -> Any:
    """Return a value as its row of the table wants it."""
    name = name or key
    if key not in TABLE:
        near = difflib.get_close_matches(key.lower(), TABLE, 1)
        hint = (
            f"did you mean {near[0] if name == key else ENVIRONMENT_PREFIX + near[0].upper()}?"
            if near
            else f"there are {', '.join(TABLE)}"
        )
        raise SettingsError(f"{name} is not a setting; {hint}", path, line)
    try:
        return TABLE[key].metadata["check"](given)
    except ValueError as error:
        raise SettingsError(f"{name} {error}", path, line) from None


def line_of(source: str, key: str, table: str = "tool.blog") -> int:
    """Find the line on which ``key`` is set in a table, however it is written; 0 if it can't be told."""
    wanted = [*table.split("."), key]
    inside: list[str] = []
    for number, line in enumerate(source.split("\n"), 1):
        header = re.match(r"\s*\[+([^\]]+)\]", line)
        names = header[1] if header else line.split("=", 1)[0] if "=" in line else ""
        path = [name.strip().strip("\"'") for name in names.split(".")] if names else []
        inside = path if header else inside
        if path and (path if header else inside + path)[: len(wanted)] == wanted:
            return number
    return 0
