"""What is known of the site that a folder holds: whose it is, where its content lies, how it names its pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, NamedTuple


class Folder(NamedTuple):
    """Name a folder of content below the site's: ``prefix`` comes before the addresses of its files.

    ``kind`` is what its texts are, ``"post"`` or ``"page"``, ``""`` where each one's place tells. A ``plain`` folder
    holds more than what is for the public: of all that isn't a text only pictures and the like are assets; in an
    ``open`` one all but what is plainly for those who work on the site, and what begins with ``_``.
    """

    path: str
    prefix: str = ""
    kind: str = ""
    language: str = ""
    plain: bool = False
    texts: bool = True  # False: all in it is served as it is
    open: bool = False
    also: tuple[str, ...] = ()  # endings of names that are texts in it beside the usual ones, such as .org


ALL = "all of it"  # what can't be read of a file that can't be read


class Understood(NamedTuple):
    """Say what a line of another engine's configuration was taken for; nothing if it can't be honoured."""

    file: str
    key: str
    value: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Hold what the configuration of a site's engine says, as far as its files are read by it.

    ``permalinks`` are pairs of a pattern of paths below the content folder (``posts/*``) and one of addresses; the
    first that fits counts. ``defaults`` are pairs of such a pattern and header values for what doesn't say otherwise,
    the last that fits counts. ``left_out`` are patterns of paths below the site's folder. ``values`` is what the rules
    of the engine ask for besides, by its own names. ``settings`` are settings of ours that follow from it.
    ``new_post`` is where a new post lies, below the site's folder, a pattern with ``:slug`` and tokens of its date;
    ``held`` is the key of its header that holds it back, with the value that does. ``lists`` is the name of the texts
    (without ending and language) under which the engine lists what lies in their folder. With ``bundles`` a post owns
    the folder of its name beside it.
    """

    engine: str = "flatleaf"
    why: str = ""
    folders: tuple[Folder, ...] = ()
    permalinks: tuple[tuple[str, str], ...] = ()
    defaults: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    left_out: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    new_post: str = ""
    held: tuple[str, Any] = ("draft", True)
    lists: str = ""
    bundles: bool = False
    understood: tuple[Understood, ...] = ()

    def permalink(self, address: str, post: bool = True) -> str:
        """Return the pattern of addresses for a path below the content folder, ``""`` if there is none."""
        return permalink(self.permalinks, address, post)


def permalink(patterns: Iterable[tuple[str, str]], address: str, post: bool = True) -> str:
    """Return the first pattern of addresses for a path, ``""`` if none is. What is for all places is for posts."""
    fit = (pattern for places, pattern in patterns if fits(address, places) and (post or places != "*"))
    return next(fit, "")


def fits(path: str, places: str) -> bool:
    """Tell whether a path is one of those that a pattern names; ``*`` stands for anything, slashes too."""
    return places in ("*", "") or fnmatchcase(path, places)
