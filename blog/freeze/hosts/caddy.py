"""Caddy: a site block, as a file that is a whole Caddyfile or is imported by one.

https://caddyserver.com/docs/caddyfile
"""

from __future__ import annotations

from .made import LINE, NOT_ON_ERRORS, TYPE, Export, Made, Redirect, Rule, Says, escaped, media_type, pattern

HTML = f'header {TYPE} "text/html; charset=utf-8"'


def export(made: Made) -> Export:
    """Return the file."""
    address = made.settings.url.removesuffix("/").removesuffix(made.base)
    outside = [f"redir {path} {made.base}/ 301" for path in ("/", made.base)] if made.base else []
    inside = (
        [f"handle_path {made.base}/* {{", *indented(site(made)), "}", 'respond "Not found\n" 404']
        if made.base
        else site(made)
    )
    lines = [
        f"# {LINE}",
        f"{address} {{",
        *indented([f"root * {quoted(str(made.destination))}", *moved(made), *outside]),
        *indented(["route {", *indented(inside), "}", *errors(made)]),
        "}",
    ]
    return Export(outside={"Caddyfile": "".join(f"{line}\n" for line in lines).encode()})


def moved(made: Made) -> list[str]:
    """Return the map from an address to where it leads."""
    pairs = [f"{source(made, one)} {quoted(one.target)}" for one in made.redirects()]
    return ["map {path} {flatleaf_moved} {", *indented([*pairs, 'default ""']), "}"]


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
        *(f"header {name} {quoted(value)}" for name, value in common if name in NOT_ON_ERRORS),
    ]
    for number, rule in enumerate(made.rules_of_urls()):
        lines += [f"@rule{number} path_regexp {quoted(pattern(rule))}", *said(number, common, rule)]
    serve = ["file_server {", "\tprecompressed br gzip", "}"] if made.precompressed else ["file_server"]
    return [*lines, *serve]


def said(number: int, common: Says, rule: Rule) -> list[str]:
    """Return the headers of a rule where they differ from the common ones."""
    lines = [f"header @rule{number} {TYPE} {quoted(media_type(rule.says))}"]
    names = {name for name, _ in rule.says}
    lines += [f"header @rule{number} -{name}" for name, _ in common if name not in names]
    return lines + [
        f"header @rule{number} {name} {quoted(value)}"
        for name, value in rule.says
        if name != TYPE and (name, value) not in common
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
