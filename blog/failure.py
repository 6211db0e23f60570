"""What an exception says to whoever writes a site: the file and the line it comes from, and the lines around it."""

from __future__ import annotations

import sysconfig
import traceback
from pathlib import Path

import jinja2

from .errors import BlogError, where
from .site import Site

AROUND = 5  # lines shown before and after the one with an error
PACKAGES = Path(sysconfig.get_path("purelib"))
WAY = 30  # steps shown of the way to it

Step = tuple[Path, int, str]  # file, line, what stands there


class Failure:
    """Say what an exception is and where it comes from: a template if there is one on the way, else the code."""

    def __init__(self, error: Exception, site: Site) -> None:
        self.kind, self.message = type(error).__name__, said(error)
        frames = traceback.extract_tb(error.__traceback__)
        steps = [(Path(frame.filename), frame.lineno or 0, frame.line or "") for frame in frames]
        self.way = [(f"{shortened(path, site)}:{line}", text) for path, line, text in steps[-WAY:]]
        path, self.line, _ = chosen(steps, site)
        if isinstance(error, BlogError) and error.path:
            path, self.line = site.settings.root / error.path, error.line
        self.where = where(shortened(path, site), self.line).rstrip(": ")
        folders = [*site.live.folders(), *site.live.theme_folders()] if site.live else []
        self.followed = any(path.is_relative_to(folder) for folder in folders)
        self.lines = lines_around(path, self.line)


def said(error: Exception) -> str:
    """Return the message of an exception as a person would say it."""
    if isinstance(error, jinja2.TemplateNotFound):
        return f"There is no template {error.message or error.name}"
    if isinstance(error, jinja2.TemplateSyntaxError):
        return str(error.message)
    return error.reason if isinstance(error, BlogError) else str(error) or type(error).__name__


def chosen(steps: list[Step], site: Site) -> Step:
    """Return the step that tells most: the innermost in a template, else in the site's folder or in the engine."""
    folders = [tuple(theme / "templates" for theme in site.themes), (site.settings.root,), (Path(__file__).parent,)]
    for wanted in folders:
        inside = [step for step in steps if any(step[0].is_relative_to(folder) for folder in wanted)]
        if inside:
            return inside[-1]
    return steps[-1]


def lines_around(path: Path, line: int) -> list[tuple[int, str]]:
    """Return the lines of a file around one of them, with their numbers; none where they can't be read."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").removesuffix("\n").split("\n")
    except OSError:
        return []
    first = max(1, line - AROUND)
    return list(enumerate(lines[first - 1 : line + AROUND], first)) if 0 < line <= len(lines) else []


def shortened(path: Path, site: Site) -> str:
    """Return a path as people write it: below the folder of the site, the theme, the engine or the packages."""
    for folder in (site.settings.root, *site.themes, PACKAGES, Path(__file__).parent.parent):
        if path.is_relative_to(folder):
            return path.relative_to(folder).as_posix()
    return str(path)
