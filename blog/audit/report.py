"""What an audit has found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..documents import Problem
from ..values import plural

KINDS = ("new", "updated", "re-sent", "lost", "gone")


@dataclass(slots=True)
class Report:
    """Say what was found: for each reader the names of entries by kind, notes and problems."""

    feeds: int = 0
    entries: int = 0
    compared: int = 0
    readers: dict[str, dict[str, dict[str, None]]] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    problems: dict[str, None] = field(default_factory=dict)

    def add(self, path: str, message: str, line: int = 0) -> None:
        """Add a problem, once."""
        self.problems[Problem(path, line, message).line_of_text()] = None

    def text(self) -> str:
        """Return what is printed: a line for each reader, the problems, a sum."""
        readers = (
            f"{name}: " + ", ".join(f"{len(kinds[kind]):,} {kind}" for kind in KINDS)
            for name, kinds in self.readers.items()
        )
        entries = f"{self.entries:,} {'entry' if self.entries == 1 else 'entries'}"
        problems = plural(len(self.problems), "problem") if self.problems else "no problem"
        last = f"{plural(self.feeds, 'feed')} with {entries}, {self.compared:,} compared, {problems}"
        return "\n".join([*readers, *self.notes, *self.problems, last])

    def record(self) -> dict[str, Any]:
        """Return it as JSON types."""
        readers = {name: {kind: sorted(kinds[kind]) for kind in KINDS} for name, kinds in self.readers.items()}
        counts = {"feeds": self.feeds, "entries": self.entries, "compared": self.compared}
        return {**counts, "readers": readers, "notes": list(self.notes), "problems": list(self.problems)}
