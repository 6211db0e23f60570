"""nginx: a file to be included where servers are, in ``http``.

A ``map`` ignores case, so what it finds holds the address too, and a second one compares. The page of a redirect is
given with its status by way of ``error_page``, below an address that no site has.
https://nginx.org/en/docs/http/ngx_http_map_module.html, https://nginx.org/en/docs/http/ngx_http_core_module.html
"""

from __future__ import annotations

from collections import Counter
from ipaddress import ip_address
from urllib.parse import urlsplit

from ...index.digests import digest
from .made import LINE, NOT_ON_ERRORS, TYPE, Export, Made, Redirect, Rule, Says, escaped, media_type, pattern

HIDDEN = "/.moved"  # names with a dot are never published
CHARSET = "; charset=utf-8"
BUCKET, SIZE = 46, 500  # bytes of a key, and keys, that fit with nginx's defaults
HTML = 'types { } default_type "text/html; charset=utf-8";'


def export(made: Made) -> Export:
    """Return the file."""
    name = f"flatleaf_{digest([made.settings.url, str(made.destination)])[:8]}"
    lines = [f"# {LINE}", *maps(made, name), "server {", *indented(server(made, name)), "}"]
    return Export(outside={"nginx.conf": "".join(f"{line}\n" for line in lines).encode()})


def maps(made: Made, name: str) -> list[str]:
    """Return the maps from an address to where it leads."""
    found = list(made.redirects())
    folded = Counter((made.base + one.source).lower() for one in found)
    alone = {one.source for one in found if folded[(made.base + one.source).lower()] == 1}
    longest = max((len((made.base + one.source).encode()) for one in found), default=0)
    large = longest > BUCKET or len(found) > SIZE
    sizes = (
        [f"map_hash_bucket_size {power(4 * longest)};", f"map_hash_max_size {power(2 * len(found))};"] if large else []
    )
    dollar = ['geo $flatleaf_dollar { default "$"; }'] if any("$" in one.source + one.target for one in found) else []
    return [
        *dollar,
        *sizes,
        f"map $uri ${name}_found {{",
        *indented([entry(made, one, one.source in alone) for one in found]),
        "}",
        f'map "$uri?${name}_found" ${name}_moved {{',
        rf'    "~^(?<{name}_from>.+)\?\k<{name}_from>\?(?<{name}_to>.+)$" ${name}_to;',
        "}",
        *(maps_of_bare_pages(made, name) if made.bare() else []),
    ]


def maps_of_bare_pages(made: Made, name: str) -> list[str]:
    """Return the maps from an address to what is in it without its last slash, and to that; ``if`` would escape it."""
    return [
        f'map $uri ${name}_page {{ default "{HIDDEN}"; "~^{escaped(made.base)}(?<{name}_in>/.*[^/])/?$" ${name}_in; }}',
        f'map $uri ${name}_slash {{ default ""; "~/$" "/"; }}',
    ]


def power(least: int) -> int:
    """Return a power of two that is large enough."""
    return 1 << (least - 1).bit_length()


def entry(made: Made, redirect: Redirect, alone: bool) -> str:
    """Return a line of the map: by a regular expression if another address differs from it only in case."""
    path = made.base + redirect.source
    key = quoted(path) if alone else f'"~^{escaped(path)}$"'
    return f"{key} {quoted(f'{path}?{redirect.target}').replace('$', '${flatleaf_dollar}')};"


def server(made: Made, name: str) -> list[str]:
    """Return the inside of the server."""
    charsets = sorted(
        {bare(says) for says in made.pages.values() if media_type(says).endswith(CHARSET)} - {"text/html"}
    )
    root = f"root {quoted(str(made.destination))};"
    lines = [
        *listen(made),
        root,
        "index index.html;",
        "absolute_redirect off;",
        f"error_page 404 {quoted(f'{made.base}/404.html')};",
        "charset utf-8;",
        f"charset_types {' '.join(charsets)};" if charsets else "charset_types text/html;",
        *types(made),
        *(["gzip_static on;", "gzip_vary on;"] if made.precompressed else []),
        *headers(made.common()),
        f"if (${name}_moved) {{ rewrite ^ {HIDDEN}$uri last; }}",
        *(bare_pages(made, name) if made.bare() else []),
        f"location ^~ {HIDDEN}/ {{ internal; error_page 301 @moved; return 301 ${name}_moved; }}",
        "location @moved {",
        *indented([HTML, *headers(tuple(one for one in made.common() if one[0] not in NOT_ON_ERRORS))]),
        rf'    rewrite "^{escaped(HIDDEN + made.base)}(.*?)/?$" $1 break;',
        "    try_files $uri $uri/index.html =404;",
        "}",
    ]
    inside = [line for rule in ordered(made) for line in location(made, rule)]
    if not made.base:
        return lines + inside
    return [
        *lines,
        *(f"location = {path} {{ return 301 {made.base}/; }}" for path in ("/", made.base)),
        "location / { return 404; }",
        f"location {made.base}/ {{",
        *indented([f"alias {quoted(f'{made.destination}/')};", *inside]),
        "}",
    ]


def bare_pages(made: Made, name: str) -> list[str]:
    """Return what finds ``books.html`` for ``/books``, where no folder has a page, and leads there from ``/books/``."""
    page, way = f"${name}_page", f"${name}_way"
    return [
        f'set {way} "";',
        f'if (-f "$document_root{page}.html") {{ set {way} "page${name}_slash"; }}',
        f'if (-f "$document_root{page}/index.html") {{ set {way} ""; }}',
        f'if ({way} = "page/") {{ rewrite "^(.+)/$" $1 permanent; }}',
        f'if ({way} = "page") {{ rewrite ^ {quoted(made.base)[1:-1]}{page}.html last; }}',
    ]


def listen(made: Made) -> list[str]:
    """Return where the server is asked."""
    parts = urlsplit(made.settings.url)
    host, port = parts.hostname or "", parts.port or 80
    try:
        ip_address(host)
    except ValueError:
        lines = [f"listen {port};", f"server_name {host};"]
    else:
        host = f"[{host}]" if ":" in host else host
        lines = [f"listen {host}:{port};", f"server_name {host};"]
    return lines + (
        ["# listen 443 ssl; with ssl_certificate and ssl_certificate_key"] if parts.scheme == "https" else []
    )


def bare(says: Says) -> str:
    """Return the media type without its charset, which nginx adds to some types."""
    return media_type(says).removesuffix(CHARSET)


def types(made: Made) -> list[str]:
    """Return the media type of each ending."""
    by_ending = {rule.text[1:].lower(): rule.says for rule in made.rules_of_files() if rule.kind == "ending"}
    lines = [f"{quoted(bare(says))} {quoted(text)};" for text, says in sorted(by_ending.items())]
    return ["types {", *indented(lines), "}", "default_type application/octet-stream;"]


def ordered(made: Made) -> list[Rule]:
    """Return the rules that need a place of their own, the particular ones first: the first that fits holds."""
    common = set(made.common())
    rules = [
        rule
        for rule in made.rules_of_files()
        if rule.kind != "ending" or {p for p in rule.says if p[0] != TYPE} != common
    ]
    return sorted(rules, key=lambda rule: ["path", "folder", "name", "version", "ending"].index(rule.kind))


def location(made: Made, rule: Rule) -> list[str]:
    """Return the place of a rule."""
    where = f"= {quoted(f'{made.base}/{rule.text}')}" if rule.kind == "path" else f'~ "{pattern(rule)}"'
    kind = [] if rule.kind == "ending" else [f"types {{ }} default_type {quoted(bare(rule.says))};"]
    return [f"location {where} {{", *indented([*kind, *headers(rule.says)]), "}"]


def headers(says: Says) -> list[str]:
    """Return the headers of a place; one that pages only have isn't given with errors."""
    return [
        f"add_header {name} {quoted(value)}{'' if name in NOT_ON_ERRORS else ' always'};"
        for name, value in says
        if name != TYPE
    ]


def quoted(text: str) -> str:
    """Quote a word."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def indented(lines: list[str]) -> list[str]:
    """Return lines a step further in."""
    return [f"    {line}" for line in lines]
