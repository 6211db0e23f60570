"""Frozen-Flask: which addresses there are, which file each becomes, and the plain way to build them all.

Whatever the rest of this package does, its tree must equal the one made here, byte for byte.
https://frozen-flask.readthedocs.io/
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unicodedata import normalize
from urllib.parse import quote, unquote

from flask import Flask
from flask_frozen import Freezer, MissingURLGeneratorWarning, RedirectWarning

from .. import site
from ..errors import FreezeError
from . import relative


class ByFile(Freezer):  # type: ignore[misc]
    """Freeze each address to the file that its site has for it.

    Frozen-Flask takes the escapes of an address off before it looks for a query in it. So the signs that would make
    one are escaped twice, and its addresses are ours with these three signs escaped.
    """

    def listed(self) -> list[str]:
        """Return every address as Frozen-Flask wants it."""
        self.files = site.of(self.app).files()
        return [quote(escaped(url)) for url in self.files]

    def urlpath_to_filepath(self, path: str) -> str:
        """Return the file of an address."""
        return self.files[unescaped(path)]


def escaped(url: str) -> str:
    """Return an address with an escape for each sign that would end a path, and for that of escapes."""
    return url.replace("%", "%25").replace("?", "%3F").replace("#", "%23")


def unescaped(path: str) -> str:
    """Return the address within the site for one of Frozen-Flask's."""
    return unquote(path)


def freezer(app: Flask, destination: Path) -> ByFile:
    """Return Frozen-Flask, set up for a site."""
    settings = site.of(app).settings
    relative.prepare(app)
    app.config.update(
        FREEZER_DESTINATION=str(destination),
        FREEZER_BASE_URL=settings.url,
        FREEZER_DESTINATION_IGNORE=list(settings.keep),
        FREEZER_REDIRECT_POLICY="ignore",  # the body of our redirects is a page that points on
        FREEZER_IGNORE_MIMETYPE_WARNINGS=True,  # feeds have types that no host guesses
    )
    made = ByFile(app, with_static_files=False, with_no_argument_rules=False, log_url_for=False)
    made.register_generator(made.listed)
    return made


def files(app: Flask, destination: Path) -> dict[str, str]:
    """Return the file of each address, relative to the build; raises ``ValueError`` for what can't be one."""
    made = freezer(app, destination)
    return {unescaped(path): normalize("NFC", made.urlpath_to_filepath(path)) for path in made.all_urls()}


def build(app: Flask, destination: Path) -> Iterator[str]:
    """Build every page, one after the other; yield each address when its file is written."""
    with site.of(app).library.held(), quiet():
        try:
            for page in freezer(app, destination).freeze_yield():
                yield unescaped(page.url)
        except ValueError as error:  # Frozen-Flask's word for an answer that isn't 200
            raise FreezeError(str(error)) from None
        except OSError as error:
            raise FreezeError(f"can't write: {error.strerror}", str(error.filename or destination)) from None


@contextmanager
def quiet() -> Iterator[None]:
    """Silence what Frozen-Flask warns of and we mean: redirects as pages, one list for all routes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RedirectWarning)
        warnings.simplefilter("ignore", MissingURLGeneratorWarning)
        yield
