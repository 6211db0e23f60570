"""When files were first committed, as the site's git repository has it: https://git-scm.com/docs/git-log

A site without a repository never starts git, nor does one whose files all say their dates themselves. Where git says
nothing, or not in time, neither does this: a date must not depend on how fast a machine is.
"""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path

LOG = logging.getLogger(__name__)
PATIENCE = 30.0  # seconds
# Nothing of the owner's configuration may change the answer, run a program or reach for the network.
GIT = (
    "git --no-pager -c log.showSignature=false -c log.showRoot=true -c diff.relative=false -c core.fsmonitor=false"
    " -c protocol.allow=never"
).split()
ALONE = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "LC_ALL": "C",
}
ADDED = (
    "log -z --topo-order --format=%x01%aI --name-status --find-renames -l400 --diff-filter=AR --no-ext-diff"
    " --no-textconv --no-color"
).split()


class History:
    """Answer when the files below a folder were first committed: asks git once, when it is first asked.

    It can be pickled. Processes that read files side by side each ask git, once the first of their files has no date.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.known: dict[str, datetime] | None = None

    def first(self, path: str) -> datetime | None:
        """Return the author's date of the first commit of a file, by its path below the folder, with its offset."""
        return self.load().get(path)

    def load(self) -> dict[str, datetime]:
        """Return all dates by path; none where there is no repository, no git, or not the whole history."""
        if self.known is None:
            self.known = asked(self.root) if has_repository(self.root) else {}
        return self.known


def has_repository(folder: Path) -> bool:
    """Tell whether a folder lies in a git repository."""
    folder = folder.absolute()
    return any(os.path.lexists(above / ".git") for above in (folder, *folder.parents))


def asked(folder: Path) -> dict[str, datetime]:
    """Ask git for the dates of all files below a folder."""
    try:
        shallow, head, prefix = said(folder, "rev-parse", "--is-shallow-repository", "HEAD", "--show-prefix").split(
            "\n", 2
        )
        return logged(folder, head, prefix.removesuffix("\n")) if shallow == "false" else {}
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        LOG.debug("git says nothing: %s", error)
    return {}


@lru_cache(maxsize=1)
def logged(folder: Path, _head: str, prefix: str) -> dict[str, datetime]:
    """Return the dates of all files below a folder; kept for those who ask again before the next commit."""
    try:
        log = said(folder, *ADDED, *(["--", "."] if prefix else []))  # without a folder to keep to it is twice as fast
    except subprocess.TimeoutExpired:
        LOG.warning("git took more than %.0f seconds: dates of first commits are left out", PATIENCE)
        return {}
    dates = dates_of(log)
    return {path.removeprefix(prefix): moment for path, moment in dates.items() if path.startswith(prefix)}


def said(folder: Path, *arguments: str) -> str:
    """Return what git prints; raises ``OSError`` or ``subprocess.SubprocessError``."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    answer = subprocess.run(  # noqa: S603
        [*GIT, *arguments],
        cwd=folder,
        env=environment | ALONE,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    return answer.stdout.decode(errors="replace")


def dates_of(log: str) -> dict[str, datetime]:
    """Return the date of the first commit of each path, from a log that begins with the last one.

    A file that was renamed goes on under the name that it had before.
    """
    found: dict[str, datetime] = {}
    later: dict[str, str] = {}  # what a file of old times is called now
    for moment, old, new in changes(log.split("\0")):
        now = later.pop(new, new)
        later[old or new] = now
        if moment:
            found[now] = moment
    return found


def changes(parts: Iterable[str]) -> Iterator[tuple[datetime | None, str, str]]:
    """Yield date, old and new name of each file that a log adds or renames; of an added one the old name is empty."""
    parts = iter(parts)
    moment = None
    for part in parts:
        if part.startswith("\x01"):
            moment = when(part[1:])
        elif part.strip() == "A":
            yield moment, "", next(parts, "")
        elif part.strip():
            yield moment, next(parts, ""), next(parts, "")


def when(written: str) -> datetime | None:
    """Return a commit's date as git writes it, ``None`` for one that no calendar has."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.utcoffset() is not None and 1 < moment.year < 9999 else None
