"""What ``_config.yml`` tells of a Jekyll site.

https://jekyllrb.com/docs/configuration/"""

from __future__ import annotations

from collections.abc import Iterator
from glob import escape
from pathlib import Path
from typing import Any

from ... import values
from ...facts import Facts, Folder, Understood
from ..config import Table, table_of, understood
from .addresses import STYLES

FILES = ("_config.yml", "_config.yaml", "_config.toml")
EXCLUDED = ("Gemfile", "gemfiles", "node_modules", "vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/")
MARKDOWN = "markdown,mkdown,mkdn,mkd,md"
TAKEN = {
    "title": "title",
    "description": "description",
    "lang": "language",
    "timezone": "timezone",
    "paginate": "posts_per_page",
    "future": "future",
    "show_drafts": "drafts",
}
RULED = {
    "url": "the setting url",
    "baseurl": "the path of the setting url",
    "author": "the setting author",
    "locale": "the setting language",
    "permalink": "the addresses of posts",
    "collections": "what is published beside posts and pages, and where",
    "collections_dir": "where posts and collections lie",
    "defaults": "what headers say that don't say it themselves",
    "exclude": "what is left out",
    "include": "what is published though its name begins with a dot or _",
    "source": "where content lies",
    "destination": "what is left out",
    "plugins": "which texts need no header",
    "gems": "which texts need no header",
    "unpublished": "whether published: false is shown",
    "markdown_ext": "which files are Markdown",
}
PLUGINS = frozenset(  # that do what we do
    "jekyll-redirect-from jekyll-feed jekyll-sitemap jekyll-seo-tag jekyll-gist jekyll-paginate".split()
)
UNMET = {"paginate_path", "excerpt_separator", "limit_posts", "data_dir", "layouts_dir", "theme", "remote_theme"}


def configure(root: Path, why: str) -> Facts:
    """Return what ``_config.yml`` tells."""
    file, config, broken = table_of(root, *FILES)
    source = values.text(config.get("source")).strip("./")
    endings = tuple(f".{one.lstrip('.').lower()}" for one in values.listed(config.get("markdown_ext") or MARKDOWN))
    return Facts(
        "jekyll",
        why,
        folders=(Folder(source, plain=True, open=True, also=endings),),
        left_out=tuple(left_out(config, source)),
        values=asked(config) | {"markdown": endings},
        settings=dict(settings_of(config)) | {"feed_addresses": [kind_of(root, source)]},
        new_post=f"{source}/_posts/:year-:month-:day-:slug.md",
        held=("published", False),
        understood=(
            *broken,
            *understood(file, config, TAKEN, RULED, UNMET),
            *unknown_plugins(file, config),
        ),
    )


def kind_of(root: Path, source: str) -> str:
    """Tell Octopress from Jekyll."""
    return "octopress" if (root / "Rakefile").is_file() and source == "source" else "jekyll"


def asked(config: Table) -> dict[str, Any]:
    """Return what the rules ask for besides."""
    style = values.text(config.get("permalink")) or "date"
    return {
        "permalink": STYLES.get(style, style),
        "style": style,
        "collections": dict(collections_of(config)),
        "collections_dir": values.text(config.get("collections_dir")).strip("/"),
        "defaults": tuple(defaults_of(config)),
        "include": values.listed(config.get("include"), ""),
        "show_drafts": values.flag(config.get("show_drafts")) is True,
        "unpublished": values.flag(config.get("unpublished")) is True,
        "plugins": tuple(plugins(config)),
    }


def collections_of(config: Table) -> Iterator[tuple[str, Table]]:
    """Yield the collections with what is said of each."""
    said = config.get("collections")
    if isinstance(said, list):
        yield from ((values.text(name), {}) for name in said)
    elif isinstance(said, dict):
        yield from ((name, about if isinstance(about, dict) else {}) for name, about in said.items())


def defaults_of(config: Table) -> Iterator[tuple[str, str | None, dict[str, Any]]]:
    """Yield path and type (``None`` for any) for which header values are given."""
    given = config.get("defaults")
    for one in given if isinstance(given, list) else ():
        scope, said = (one.get("scope") or {}, one.get("values")) if isinstance(one, dict) else (None, None)
        if isinstance(scope, dict) and isinstance(said, dict):
            kind = values.text(scope["type"]) if "type" in scope else None
            kind = f"{kind}s" if kind in ("page", "post", "draft") else kind
            yield values.text(scope.get("path")), kind, dict(said)


def left_out(config: Table, source: str) -> Iterator[str]:
    """Yield the patterns of paths that are no content: what begins with a name that is excluded is so, too."""
    before = f"{source}/" if source else ""
    kept = set(values.listed(config.get("include"), ""))
    made = values.text(config.get("destination")).removeprefix("./").strip("/")
    if made and not made.startswith(".."):
        yield f"{made}/*"
    for one in (*EXCLUDED, *values.listed(config.get("exclude"), "")):
        if one not in kept and (name := one.lstrip("/")):
            yield from (before + pattern for pattern in dict.fromkeys((name, f"{escape(name)}*")))


def plugins(config: Table) -> Iterator[str]:
    """Yield the names of the plugins that are switched on."""
    for key in ("plugins", "gems"):
        yield from values.listed(config.get(key))


def settings_of(config: Table) -> Iterator[tuple[str, Any]]:
    """Yield settings of ours that follow from the configuration."""
    yield "markdown", ("liquid", "kramdown", "typography")
    yield "heading_ids", "kramdown"
    for key, name in TAKEN.items():
        if values.text(config.get(key)):
            yield name, " ".join(values.text(config[key]).split())
    if home := values.text(config.get("url")):
        yield "url", home.rstrip("/") + "/" + values.text(config.get("baseurl")).strip("/")
    author = config.get("author")
    if name := values.text(author.get("name") if isinstance(author, dict) else author):
        yield "author", name
    if "lang" not in config and (locale := values.text(config.get("locale"))):
        yield "language", locale.replace("_", "-")


def unknown_plugins(file: str, config: Table) -> Iterator[Understood]:
    """Yield the plugins that do what we don't."""
    for name in sorted(set(plugins(config)) - PLUGINS):
        yield Understood(file, "plugins", name)
