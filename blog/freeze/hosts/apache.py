"""Apache: ``.htaccess`` in the build, for 2.4 with ``AllowOverride FileInfo Indexes``.

https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html, https://httpd.apache.org/docs/2.4/mod/core.html#files
"""

from __future__ import annotations

from .made import FEED, LINE, NOT_ON_ERRORS, Export, Made, Rule, Says, changes, escaped, is_feed, media_type, pattern

PAGES = "expr=%{REQUEST_STATUS} in {'200', '206', '304'}"


def export(made: Made) -> Export:
    """Return the file."""
    lines = [
        f"# {LINE}",
        "DirectoryIndex index.html",
        f"ErrorDocument 404 {made.base}/404.html",
        "RewriteEngine On",
        *(redirect(url, target) for url, (target, _) in made.aliases.items()),
        *(bare_pages(made) if made.bare() else []),
        "<IfModule mod_headers.c>",
        *said(made.common()),
        "</IfModule>",
    ]
    for rule, says in changes(made.rules_of_files(), made.common()):
        lines += section(made, rule, says)
    if any(map(is_feed, made.pages.values())):
        lines += opened()
    return Export({".htaccess": "".join(f"{line}\n" for line in lines).encode()})


def opened() -> list[str]:
    """Return what calls feeds XML where a person opens them."""
    feed = f"%{{CONTENT_TYPE}} =~ m#^{FEED.pattern}#"
    who = "%{HTTP:Sec-Fetch-Dest} == 'document'"
    xml = f'Header set Content-Type "application/xml; charset=utf-8" "expr={feed} && {who}"'
    return ["<IfModule mod_headers.c>", f'Header merge Vary Sec-Fetch-Dest "expr={feed}"', xml, "</IfModule>"]


def redirect(url: str, target: str) -> str:
    """Return the rule for an alias with and without its last slash; what it matches is decoded, without the first."""
    path = escaped(url.strip("/"))
    return f'RewriteRule "^{path}/?$" "{quoted(target)}" [R=301,L,NE]'


def bare_pages(made: Made) -> list[str]:
    """Return what finds ``books.html`` for ``/books``, where no folder has a page, and leads there from ``/books/``."""
    base = quoted(made.href("/"))
    return [
        "DirectorySlash Off",
        "RewriteOptions AllowNoSlash",
        'RewriteCond "%{REQUEST_FILENAME}/index.html" -f',
        f'RewriteRule "^(.*[^/])$" "{base}$1/" [R=301,L]',
        'RewriteCond "%{REQUEST_FILENAME}.html" -f',
        'RewriteRule "^(.*[^/])$" "$1.html" "[B=%?#,L]"',
        'RewriteCond "%{REQUEST_FILENAME}" "^(.*?)/?$"',
        'RewriteCond "%1.html" -f',
        'RewriteCond "%{REQUEST_FILENAME}" "^(.*?)/?$"',
        'RewriteCond "%1/index.html" !-f',
        f'RewriteRule "^(.+)/$" "{base}$1" [R=301,L]',
    ]


def quoted(text: str) -> str:
    """Escape a target: ``$1`` and ``%1`` would stand for what was matched."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$").replace("%", "\\%")


def section(made: Made, rule: Rule, says: Says) -> list[str]:
    """Return the section for the files of a rule."""
    inside = [f'ForceType "{media_type(rule.says)}"']
    if other := said(says):
        inside += ["<IfModule mod_headers.c>", *other, "</IfModule>"]
    if rule.kind == "path":
        path = f"{made.base}/{rule.text}".replace("\\", "\\\\").replace("'", "\\'")
        return [f"""<If "%{{REQUEST_URI}} == '{path}'">""", *inside, "</If>"]
    if rule.kind == "folder":
        return [f"""<If "%{{REQUEST_URI}} =~ m#{pattern(rule)}#">""", *inside, "</If>"]
    name = f"^{escaped(rule.text)}$" if rule.kind == "name" else pattern(rule)
    return [f'<FilesMatch "{name}">', *inside, "</FilesMatch>"]


def said(says: Says) -> list[str]:
    """Return the lines for some headers; those that belong to pages only aren't given with errors."""
    lines = []
    for name, written in says:
        value = written.replace("%", "%%")
        if not value:
            lines += [f"Header unset {name}", f"Header always unset {name}"]
        elif name in NOT_ON_ERRORS:
            lines.append(f'Header set {name} "{value}" "{PAGES}"')
        else:
            lines.append(f'Header always set {name} "{value}"')
    return lines
