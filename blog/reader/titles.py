"""The title of a file: of its header, its first lines, its name."""

from __future__ import annotations

from .. import dates, titles, values
from .checks import Checked

LONGEST = 1000  # characters of a title


class Titled(Checked):
    """Find the title."""

    def title_and_date(self) -> tuple[str, dates.When | None]:
        """Take the title from the header, else with a date line from the text, else from the file name."""
        title = self.header_title()
        if title:
            self.origins["title"] = self.key("title")
            self.body = titles.without_repeat(self.body, title)
            return title, None
        if self.markup() == "html":
            title, self.body = titles.html_opening(self.body)
            self.origins["title"] = "its first heading" if title else "the file's name"
            return title or self.name_as_title(), None
        found = titles.opening(self.body, self.zone)
        if found.title:
            self.body, self.untitled = found.body, found.stays
        self.origins["title"] = "the text's beginning" if found.title else "the file's name"
        return found.title or self.name_as_title(), found.when

    def header_title(self) -> str:
        """Return the title that the header gives."""
        return values.text(self.first("title"))

    def name_as_title(self) -> str:
        """Make a title of the file's name; that of a front page is the site's."""
        if self.is_index and len(self.path.parts) == 1:
            self.origins["title"] = "the site's title"
            return self.settings.title
        return titles.of_name(self.rest or self.stem) or "Untitled"

    def check_title(self) -> None:
        """Cut a title that nobody can mean as one."""
        if len(self.title) > LONGEST:
            self.report(f"this title is too long: {values.short(self.title)}", self.key("title"))
            self.title = f"{self.title[:LONGEST]}…"
