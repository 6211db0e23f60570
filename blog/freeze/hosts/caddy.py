"""Caddy: a site block, as a file that is a whole Caddyfile or is imported by one.

https://caddyserver.com/docs/caddyfile
"""

from __future__ import annotations

from .made import (
    FEED,
    LINE,
    NOT_ON_ERRORS,
    TYPE,
    Export,
    Made,
    Redirect,
    Rule,
    Says,
    changes,
    escaped,
    is_feed,
    media_type,
    pattern,
)

HTML = f'header {TYPE} "text/html; charset=utf-8"'


def export(made: Made) -> Export:
    """Return the file."""
    address = made.settings.url.removesuffix("/").removesuffix(made.base)
    inside = [f"root * {quoted(str(made.destination))}", *moved(made), *(below(made) if made.base else site(made))]
    lines = [f"# {LINE}", f"{address} {{", *indented([*inside, *errors(made)]), "}"]
    return Export(outside={"Caddyfile": "".join(f"{line}\n" for line in lines).encode()})


def below(made: Made) -> list[str]:
    """Return what is done for a site below a path; nothing is above it."""
    return [
        *(f"redir {path} {made.base}/ 301" for path in ("/", made.base)),
        f"handle_path {made.base}/* {{",
        *indented(site(made)),
        "}",
        "handle {",
        '\trespond "Not found\n" 404',
        "}",
    ]


def moved(made: Made) -> list[str]:
    """Return the map from an address to where it leads."""
    pairs = [f"{source(made, one)} {quoted(one.target)}" for one in made.redirects()]
    return ["map {http.request.orig_uri.path} {flatleaf_moved} {", *indented([*pairs, 'default ""']), "}"]


def source(made: Made, redirect: Redirect) -> str:
    """Return an address as the map matches it: by a regular expression where it would read a placeholder."""
    path = made.base + redirect.source
    return quoted(f"~^{escaped(path)}$" if {"{", "}"} & set(path) else path)


def site(made: Made) -> list[str]:
    """Return what is done with a request for the site."""
    common = made.common()
    lines = [
        *(f"header {name} {quoted(value)}" for name, value in common if name not in NOT_ON_ERRORS),
        '@moved expression `{flatleaf_moved} != ""`',
        "handle @moved {",
        *indented([HTML, "header Location {flatleaf_moved}", "try_files {path} {path}/index.html"]),
        *indented(["file_server {", "\tstatus 301", "\tdisable_canonical_uris", "}"]),
        "}",
        "@folder {",
        *indented(["not path */", "file {path}/index.html", "vars_regexp asked {http.request.orig_uri} ^([^?]+)"]),
        "}",
        "redir @folder {re.asked.1}/ 301",
        *(bare_pages() if made.bare() else []),
        *(f"header {name} {quoted(value)}" for name, value in common if name in NOT_ON_ERRORS),
    ]
    for number, (rule, says) in enumerate(changes(made.rules_of_urls(), common)):
        lines += [f"@rule{number} path_regexp {quoted(pattern(rule))}", *said(number, common, rule, says)]
    if any(map(is_feed, made.pages.values())):
        lines += [
            "@opened header Sec-Fetch-Dest document",
            f'header @opened {TYPE} "^{FEED.pattern}" "application/xml"',
        ]
    serve = ["file_server {", "\tprecompressed br gzip", "}"] if made.precompressed else ["file_server"]
    return ["route {", *indented([*lines, *serve]), "}"]


def bare_pages() -> list[str]:
    """Return what finds ``books.html`` for ``/books``, where no folder has a page, and leads there from ``/books/``."""
    escaped = "vars_regexp asked {http.request.orig_uri} ^([^?]+?)/?(?:[?]|$)"
    return [
        "@slashed {",
        *indented(["path */", "not path /", "not file {path}index.html"]),
        "}",
        "route @slashed {",
        *indented(["uri strip_suffix /", "@page {", *indented(["file {path}.html", escaped]), "}"]),
        *indented(["redir @page {re.asked.1} 301", "rewrite * {path}/"]),
        "}",
        "@bare {",
        *indented(["not path */", "file {path}.html"]),
        "}",
        "rewrite @bare {path}.html",
    ]


def said(number: int, common: Says, rule: Rule, says: Says) -> list[str]:
    """Return the headers of a rule that have to be said, and those that it takes back."""
    lines = [f"header @rule{number} {TYPE} {quoted(media_type(rule.says))}"]
    names = {name for name, _ in rule.says}
    lines += [f"header @rule{number} +Vary Sec-Fetch-Dest"] * is_feed(rule.says)
    lines += [f"header @rule{number} -{name}" for name, _ in common if name not in names]
    return lines + [
        f"header @rule{number} {name} {quoted(value)}" if value else f"header @rule{number} -{name}"
        for name, value in says
    ]


def errors(made: Made) -> list[str]:
    """Return what is answered for an address that holds nothing."""
    gone = [f"header -{name}" for name in NOT_ON_ERRORS]
    page = ["rewrite * /404.html", HTML, *gone, "file_server {", "\tstatus 404", "}"]
    return ["handle_errors 404 {", *indented(page), "}"]


def quoted(text: str) -> str:
    """Quote a token."""
    return '"' + text.replace('"', '\\"') + '"'


def indented(lines: list[str]) -> list[str]:
    """Return lines a step further in."""
    return [f"\t{line}" for line in lines]
