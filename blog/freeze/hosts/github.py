"""GitHub Pages: no Jekyll, and the site's own domain.

A ``CNAME`` is written because a site that is published from a branch loses its domain with the first push
without one; published by a workflow, it is not needed and ignored. There is none for an address with a path:
that is a project below the domain of another repository, which must keep it.
https://docs.github.com/en/pages/configuring-a-custom-domain-for-your-github-pages-site/troubleshooting-custom-domains-and-github-pages
"""

from __future__ import annotations

from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import urlsplit

from .made import Export, Made


def export(made: Made) -> Export:
    """Return the files of which GitHub takes notice."""
    found = Export({".nojekyll": b""})
    name = domain(made.settings.url)
    if name and not made.base:
        found.inside["CNAME"] = f"{name}\n".encode()
    return found


def domain(url: str) -> str:
    """Return the domain of an address if it can be one's own at GitHub."""
    parts = urlsplit(url)
    name = parts.hostname or ""
    with suppress(ValueError):
        ip_address(name)
        return ""
    if parts.port or "." not in name or name.endswith((".github.io", ".localhost")):
        return ""
    return name.encode("idna").decode() if not name.isascii() else name
