"""What each host needs to answer as the live app does: redirects, media types and headers in its own words.

A host's module has ``export(made)``, which returns the files for it: those inside the build by their
names, those for a server's own configuration, and what the host can't do in words for a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ...errors import FreezeError
from ...settings.checks import hosts as checked
from . import apache, caddy, cloudflare, github, netlify, nginx, s3
from .made import Export, Made

HOSTS: dict[str, Callable[[Made], Export]] = {
    "apache": apache.export,
    "caddy": caddy.export,
    "cloudflare": cloudflare.export,
    "github": github.export,
    "netlify": netlify.export,
    "nginx": nginx.export,
    "s3": s3.export,
}


def chosen(setting: Iterable[str], options: Iterable[str]) -> tuple[str, ...]:
    """Return the hosts of the setting and of the command line; raise ``FreezeError`` for two that can't be together."""
    names = sorted({*setting, *options})
    try:
        return checked(names)
    except ValueError as error:
        raise FreezeError(f"hosts {error}") from None


def export(names: Iterable[str], made: Made) -> Export:
    """Return the files for several hosts."""
    found = Export()
    for name in names:
        one = HOSTS[name](made)
        found.inside |= one.inside
        found.outside |= one.outside
        found.notes += [f"{name}: {note}" for note in one.notes]
    return found
