"""Keep up with the disk while serving: a thread that waits for changes and puts each new state in place.

Requests never wait for it: until a new state is ready the last good one answers. Changes are told by the
system, through watchfiles; on network file systems, which don't tell, they are looked for.
https://watchfiles.helpmanual.io/
"""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

LOG = logging.getLogger("blog")
STEP_MS = 20  # a burst of changes ends when nothing has changed for so long
BURST_MS = 200  # or after so long
CHECK_MS = 500  # between looks at whether the watched folders are still the same ones
LOOK_S = 0.8  # between looks at all files where changes aren't told
SURE_S = 60.0  # between looks at all files where changes are told: it may have been forgotten
REMOTE = ("nfs", "cifs", "smb", "9p", "fuse", "virtiofs", "vboxsf", "afs", "ceph", "gluster")


class Watcher:
    """Call ``changed`` with the paths that have changed, from a thread of its own; without any to look at all.

    ``folders`` are asked for again and again, as some may come later. With ``poll`` the system isn't asked. ``due``
    tells, about twice a second, whether something has changed without a file.
    """

    def __init__(
        self,
        folders: Callable[[], Collection[Path]],
        changed: Callable[[set[str]], None],
        ignored: Collection[Path] = (),
        poll: bool = False,
        due: Callable[[], bool] = bool,
    ) -> None:
        self.folders, self.changed, self.poll, self.due = folders, changed, poll, due
        self.ignored = tuple(f"{path}/" for path in ignored)
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.run, name="watch", daemon=True)

    def start(self) -> None:
        """Begin to watch; it ends with the process."""
        self.thread.start()
        atexit.register(self.stop)

    def stop(self) -> None:
        """End, and wait for it, unless this is asked by what was told of a change."""
        atexit.unregister(self.stop)
        self.ended.set()
        if self.thread is not threading.current_thread():
            self.thread.join(timeout=2)

    def run(self) -> None:
        """Watch until the end; whatever goes wrong is logged, and looking goes on."""
        while not self.ended.is_set():
            try:
                for paths in self.told() if self.tells() else self.looking():
                    self.changed(paths)
            except Exception:
                LOG.exception("while keeping up with changes")
                self.ended.wait(LOOK_S)

    def tells(self) -> bool:
        """Tell whether the system says what changes in the folders."""
        return not self.poll and not any(kind_of(path).startswith(REMOTE) for path in self.folders())

    def looking(self) -> Iterator[set[str]]:
        """Yield, now and then, that it may be time to look."""
        while not self.ended.wait(LOOK_S):
            yield set()

    def told(self) -> Iterator[set[str]]:
        """Yield what the system says has changed, until a folder is another one than it was."""
        places = self.places()
        sure = float("-inf")  # what changed before this began was told to nobody
        try:
            for changes in self.watched(places):
                if changes or self.due() or time.monotonic() - sure > SURE_S:
                    sure = sure if changes else time.monotonic()
                    yield {path for _, path in changes}
                if self.places() != places:
                    yield set()
                    return
        except FileNotFoundError:  # a folder has just gone
            self.ended.wait(STEP_MS / 1000)
        except (ImportError, OSError, RuntimeError) as error:
            LOG.warning("the system can't tell of changes (%s), looking for them", error)
            yield from self.looking()

    def watched(self, places: Collection[str]) -> Iterator[set[tuple[Any, str]]]:
        """Yield sets of changes as the system tells of them, and now and then an empty one."""
        import watchfiles  # here: only who serves needs it

        return watchfiles.watch(
            *places,
            watch_filter=lambda _change, path: not f"{path}/".startswith(self.ignored),
            debounce=BURST_MS,
            step=STEP_MS,
            rust_timeout=CHECK_MS,
            yield_on_timeout=True,
            stop_event=self.ended,
            raise_interrupt=False,
            ignore_permission_denied=True,
        )

    def places(self) -> dict[str, tuple[int, int]]:
        """Return the folders that are there, each with what tells it from another one of the same name."""
        found = {}
        for folder in self.folders():
            with suppress(OSError):
                status = folder.stat()
                found[str(folder)] = (status.st_dev, status.st_ino)
        return found


def kind_of(folder: Path) -> str:
    """Return the type of the file system that a folder lies in, ``""`` where that can't be told."""
    best, kind, folder = "", "", folder.resolve()
    with suppress(OSError):
        for line in Path("/proc/self/mounts").read_text(errors="replace").splitlines():
            _, place, name, *_ = line.split()
            if len(place) >= len(best) and (folder == Path(place) or Path(place) in folder.parents):
                best, kind = place, name
    return kind
