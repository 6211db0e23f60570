"""Notes of the questions that are asked while an answer is made: what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

Asked = TypeVar("Asked")
P = ParamSpec("P")
R = TypeVar("R")
Question = tuple[Any, ...]  # the name of a method of the library and its arguments
NOTES: ContextVar[dict[Question, str | None] | None] = ContextVar("NOTES", default=None)


def question(method: Callable[Concatenate[Asked, P], R]) -> Callable[Concatenate[Asked, P], R]:
    """Note that a question is asked, where notes are taken."""

    @wraps(method)
    def asked(self: Asked, *args: P.args, **kwargs: P.kwargs) -> R:
        notes = NOTES.get()
        if notes is not None:
            notes.setdefault((method.__name__, *args, *kwargs.values()), None)
        return method(self, *args, **kwargs)

    return cast("Callable[Concatenate[Asked, P], R]", asked)


@contextmanager
def noted() -> Iterator[dict[Question, str | None]]:
    """Take notes of the questions asked inside, in order; with a digest where the answer may change at any time."""
    notes: dict[Question, str | None] = {}
    token = NOTES.set(notes)
    try:
        yield notes
    finally:
        NOTES.reset(token)
