"""Which posts are like which: those that share tags and words of their titles and summaries, rare ones above all.

It rests on nothing that only the text of a post says, so that an edit of a text reaches no other page. It is worked out
when the index is written, for all posts that what has changed can make a difference to, and for no other: the worth of
what two posts share depends on how many have it, not on how many posts there are.
"""

from __future__ import annotations

import sqlite3
import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import accumulate, combinations
from operator import or_
from typing import NamedTuple

from . import processes
from .documents import POST, Document
from .urls import tag_slug
from .words import words

KEPT = 12  # like posts of each, of which some may not be visible
COMMON_TAG, COMMON_WORD = 511, 127  # what more posts have than this says nothing
RARITIES = 10  # one for each time that twice as many posts have it
TAG = 40  # what a tag is worth at least, and what makes posts alike
LONGEST = 8  # letters of a word: longer ones mean more, in every language, up to this
MOST_WORDS = 100
FEW_SETS = 4  # of which each is compared with each other one
FEW = 500

OF_TAG, OF_SERIES = "#", "~"  # what terms begin with that are no words
BETWEEN = "\n"  # between the terms of a post, and between the paths of those like it


class Known(NamedTuple):
    """Hold a post: its moment, what it can share with others, and the paths of those that are like it."""

    moment: float
    terms: str
    like: str


def terms(document: Document) -> str:
    """Return what a post can share with others; only within a language are tags the same."""
    if document.kind != POST:
        return ""
    tags = {f"{OF_TAG}{document.language}:{tag_slug(tag)}" for tag in (*document.tags, *document.categories)}
    series = {f"{OF_SERIES}{tag_slug(name)}" for name in document.series}
    return BETWEEN.join([*sorted(tags), *sorted(series), *words(f"{document.title} {document.summary}")[:MOST_WORDS]])


def known(db: sqlite3.Connection, paths: Collection[str] | None = None) -> dict[str, Known]:
    """Return what is known of some posts, or of all."""
    few = paths if paths is not None and len(paths) <= FEW else None
    some = "" if few is None else f" WHERE path IN ({','.join('?' * len(few))})"
    rows = db.execute(f"SELECT path, moment, terms, found FROM likeness{some}", tuple(few or ()))
    return {path: Known(*row) for path, *row in rows if paths is None or path in paths}


def settle(db: sqlite3.Connection, before: Mapping[str, Known], paths: Collection[str]) -> None:
    """Find out again which posts are like which, after those at some paths were written."""
    now = known(db, paths)
    same = {path for path in paths if path in now and path in before and now[path][:2] == before[path][:2]}
    db.executemany("UPDATE likeness SET found = ? WHERE path = ?", [(before[path].like, path) for path in same])
    changed = set(paths) - same
    if not changed & (before.keys() | now.keys()):
        return
    posts = Posts(known(db))
    touched = posts.touched({path: before.get(path) for path in changed})
    found = zip(processes.each(posts.like, touched), touched, strict=True)
    db.executemany("UPDATE likeness SET found = ? WHERE path = ?", found)


class Posts:
    """Hold all posts, the oldest first, by what they can share."""

    def __init__(self, now: Mapping[str, Known]) -> None:
        self.paths = sorted(now, key=lambda path: (now[path].moment, path))
        self.places = {path: place for place, path in enumerate(self.paths)}
        self.moments = [now[path].moment for path in self.paths]
        self.terms = [listed(now[path]) for path in self.paths]
        self.having: dict[str, list[int]] = defaultdict(list)
        for place, found in enumerate(self.terms):
            for term in found:
                self.having[term].append(place)
        shared = {term: having for term, having in self.having.items() if 1 < len(having) <= most(term)}
        self.worth = {term: worth_of(term, len(having)) for term, having in shared.items()}
        self.sets: dict[str, set[int]] = {}  # of these, those that were asked for

    def touched(self, before: Mapping[str, Known | None]) -> list[str]:
        """Return the posts that may be like others now than before, ``None`` where there was no post."""
        were = Counter(term for known in before.values() for term in listed(known))
        here = [self.places[path] for path in before if path in self.places]
        are = Counter(term for place in here for term in self.terms[place])
        found = set(here)
        for term in were.keys() | are.keys():
            having = self.having.get(term, [])
            if min(len(having), len(having) + were[term] - are[term]) <= most(term):
                found.update(having)
        return [self.paths[place] for place in sorted(found)]

    def like(self, path: str) -> str:
        """Return the paths of the posts that are most like one, best first.

        Of equals the nearest in time come first, later ones before earlier ones, and of those by path.
        """
        me = self.places[path]
        scores, moment = self.scores(me), self.moments[me]
        least = max(TAG, nth(scores.values()))
        best = [
            (-score, abs(self.moments[at] - moment), at < me, abs(at - me), at)
            for at, score in scores.items()
            if score >= least
        ]
        return BETWEEN.join([self.paths[at] for *_, at in sorted(best)[:KEPT]])

    def scores(self, me: int) -> dict[int, int]:
        """Return by place what other posts share with one; the parts of a series lead to each other by themselves.

        Of many that share nothing but the same term only the nearest in time can be among the best.
        """
        left_out = {me, *(place for term in self.terms[me] if term[0] == OF_SERIES for place in self.having[term])}
        shared = [term for term in self.terms[me] if term in self.worth]
        several = in_several([self.with_term(term) for term in shared]) - left_out
        scores = dict.fromkeys(several, 0)
        for term in shared:
            worth = self.worth[term]
            for place in self.sets[term] & several:
                scores[place] += worth
        if nth(scores.values()) <= max((self.worth[term] for term in shared), default=0):
            for term in shared:
                for place in self.near(me, term, KEPT + len(left_out)) - left_out:
                    scores.setdefault(place, self.worth[term])
        return scores

    def near(self, me: int, term: str, count: int) -> set[int]:
        """Return so many posts that have a term before one of them, and as many after it."""
        having = self.having[term]
        at = bisect_left(having, me)
        return set(having[max(0, at - count) : at + count + 1])

    def with_term(self, term: str) -> set[int]:
        """Return the posts that have a term."""
        if term not in self.sets:
            self.sets[term] = set(self.having[term])
        return self.sets[term]


def in_several(sets: list[set[int]]) -> set[int]:
    """Return what is in more than one set."""
    if len(sets) <= FEW_SETS:
        return set().union(*(one & other for one, other in combinations(sets, 2)))
    smallest_first = sorted(sets, key=len)
    together = accumulate(smallest_first[:-1], or_)
    return set().union(*(before & one for before, one in zip(together, smallest_first[1:], strict=True)))


def listed(known: Known | None) -> list[str]:
    """Return the terms of a post."""
    return known.terms.split(BETWEEN) if known and known.terms else []


def nth(scores: Iterable[int]) -> int:
    """Return the score below which nothing is among the best."""
    best = sorted(scores, reverse=True)[:KEPT]
    return best[-1] if len(best) == KEPT else 0


def most(term: str) -> int:
    """Return how many posts may have a term that says something."""
    return {OF_TAG: COMMON_TAG, OF_SERIES: sys.maxsize}.get(term[0], COMMON_WORD)


def worth_of(term: str, count: int) -> int:
    """Return what it is worth to share what so many posts have."""
    rarity = RARITIES - count.bit_length()
    if term[0] == OF_SERIES:
        return 0
    return TAG + 16 * rarity if term[0] == OF_TAG else rarity * min(len(term), LONGEST)
