"""What is wrong with a file or its header, and keeps it from nothing."""

from __future__ import annotations

import re

from .. import furniture
from ..documents import Problem
from ..markup import choices
from ..markup.options import LONGEST_TEXT, is_too_long
from .header import Headed
from .keys import ONE_LINE

CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")  # form feeds and vertical tabs stand in old texts on purpose


class Checked(Headed):
    """Report what a file has that it can't mean."""

    def check_encoding(self) -> None:
        """Report text that isn't UTF-8, and control characters."""
        if self.has_controls and (found := CONTROL.search(self.source.data)):
            self.report_at(found.start(), "there is a control character, which is left out")
        if "\ufffd" not in self.text:
            return
        try:
            self.source.data.decode("utf-8")
        except UnicodeDecodeError as error:
            self.report_at(error.start, "this is not UTF-8; what can't be read is shown as �")

    def check_length(self) -> None:
        """Report a text that can't be read as Markdown."""
        if is_too_long(self.body, self.markup()):
            self.report(f"this text has more than {LONGEST_TEXT:,} characters, and is shown as it is written")

    def report_at(self, place: int, message: str) -> None:
        """Note a problem on the line of a byte of the file."""
        line = self.source.data.count(b"\n", 0, place) + 1
        self.problems.append(Problem(self.source.path, line, message))

    def check_types(self) -> None:
        """Report lists and tables where a line of text belongs: they say nothing."""
        wrong = [key for key, value in self.meta.items() if value and isinstance(value, (list, tuple, dict))]
        for key in (key for name in ONE_LINE for key in self.keys[name] if key in wrong) if wrong else ():
            self.report(f"{key} is no line of text", key)

    def check_switches(self) -> None:
        """Report what the header wants of Markdown, or around the text, that there isn't."""
        for key, message in (*choices.wrong(self.meta), *furniture.wrong(self.meta)):
            self.report(message, key)
