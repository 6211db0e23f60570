"""Another process, which makes all feeds too: in another place, time zone and locale, and with other hashes."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from ..errors import BlogError
from ..feeds.parsed import NotAFeed, parse
from ..feeds.release import Found, Release, kept
from ..freeze.pages import Pages
from ..site import Site, of

ENVIRONMENT = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}


class Elsewhere:
    """Have another process make all feeds of one moment; it ends with this."""

    def __init__(self, here: Site, moment: datetime) -> None:
        given = pickle.dumps((here.again, here.settings, moment))
        command = [sys.executable, "-c", "from blog.audit.elsewhere import main; main()"]
        self.process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | ENVIRONMENT,
            cwd=Path(__file__).parent.parent.parent,
        )
        assert self.process.stdin
        with suppress(BrokenPipeError), self.process.stdin as stdin:
            stdin.write(given)

    def __enter__(self) -> Elsewhere:
        """Return itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()

    def digests(self) -> dict[str, str]:
        """Wait for it; return the digests of all feeds by path."""
        assert self.process.stdout
        said = self.process.stdout.read()
        try:
            return dict(json.loads(said))
        except ValueError:
            raise BlogError("another process couldn't make the feeds") from None


def main() -> None:
    """Print the digests of the feeds of the site that is named on standard input."""
    again, settings, moment = pickle.load(sys.stdin.buffer)  # noqa: S301 (this program has written it)
    made = again(settings=settings)
    with made.app_context(), of(made).library.held(moment):
        pages = Pages(made)

        def read(path: str) -> Found | None:
            answer = pages.ask(path)
            try:
                return kept(answer.body, parse(answer.body))
            except NotAFeed:
                return None

        print(json.dumps(crawl(of(made), Release(read, settings.base_path))))


def crawl(here: Site, release: Release) -> dict[str, str]:
    """Return the digests of all feeds with their archives by path."""
    chains = (release.chain(path) for _, _, path in here.all_feeds())
    return {path: found.digest for chain in chains for path, found in chain}
