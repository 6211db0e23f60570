"""A shelf: bytes by name in a file without a name, for what is too much for memory and can be made again.

Each process has its own, and it is gone with the process. It has a limit: what was put there first makes room.
"""

from __future__ import annotations

import os
import tempfile
import threading
import weakref
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path
from typing import IO

BITS = 40  # of a place say where it begins; those above, how long it is


class Shelf:
    """Keep bytes in a file in ``folder`` of at most ``limit`` bytes; keep nothing where that can't be."""

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder, self.limit = folder, limit
        self.lock = threading.Lock()
        self.places: OrderedDict[str, int] = OrderedDict()  # as they lie in the file, from the oldest on
        self.file: IO[bytes] | None = None
        self.end, self.pid = 0, -1

    def clear(self) -> None:
        """Forget everything."""
        with self.lock:
            self.places, self.end = OrderedDict(), 0

    def opened(self) -> IO[bytes] | None:
        """Return the file, made in each process anew; ``None`` where it can't be."""
        if self.pid != os.getpid():
            self.places, self.file, self.end, self.pid = OrderedDict(), None, 0, os.getpid()
            with suppress(OSError):
                self.folder.mkdir(parents=True, exist_ok=True)
                self.file = tempfile.TemporaryFile(dir=self.folder, buffering=0)  # noqa: SIM115 (it stays open)
                weakref.finalize(self, self.file.close)
        return self.file

    def put(self, name: str, data: bytes) -> None:
        """Put bytes on the shelf, over the oldest ones once it is full."""
        with self.lock:
            self.places.pop(name, None)
            file = self.opened() if len(data) <= self.limit else None
            if file is None:
                return
            if self.end + len(data) > self.limit:
                self.make_room(self.end, self.limit)
                self.end = 0
            self.make_room(self.end, self.end + len(data))
            with suppress(OSError):  # a full disk
                if os.pwrite(file.fileno(), data, self.end) == len(data):
                    self.places[name] = len(data) << BITS | self.end
                    self.end += len(data)

    def make_room(self, start: int, stop: int) -> None:
        """Forget what lies between two places: the oldest of all."""
        while self.places:
            begin, end = extent(next(iter(self.places.values())))
            if end <= start or begin >= stop:
                break
            self.places.popitem(last=False)

    def get(self, name: str) -> bytes | None:
        """Return the bytes of a name, if they are there still."""
        file, place = self.file, self.places.get(name)
        if file is None or place is None or self.pid != os.getpid():
            return None
        begin, end = extent(place)
        try:
            data = os.pread(file.fileno(), end - begin, begin)
        except OSError:
            return None
        still = self.places.get(name) is place  # else something else was written there meanwhile
        return data if still and len(data) == end - begin else None

    def forget(self, name: str) -> None:
        """Forget a name."""
        with self.lock:
            self.places.pop(name, None)


def extent(place: int) -> tuple[int, int]:
    """Return where something begins and ends."""
    begin = place & (1 << BITS) - 1
    return begin, begin + (place >> BITS)
