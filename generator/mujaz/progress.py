"""What a run tells: how far it is while it works, and what became of every input at its end.

Who is shown that and how many processes work is passed in from the command line; no result depends
on either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from mujaz.model import Problem

if TYPE_CHECKING:
    from concurrent.futures import Executor

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every input."""

    inputs: int
    published: int
    duplicates: int
    held: int
    """Drafts: they wait until their editors publish them."""
    rejected: int
    problems: Sequence[Problem]
    """Why inputs were rejected."""
    doubts: Sequence[Problem]
    """Faults of inputs of which the last good version stays published."""
    pages_written: int
    seconds: float
    """Wall time of the whole run, in seconds."""


class Progress(Protocol):
    """Shows how far a stage is."""

    def __call__(self, stage: str, items: Iterable[T], count: int) -> Iterable[T]:
        """Return `items`, of which there are `count`, showing which of them is being worked on."""

    def phase(self, stage: str) -> AbstractContextManager[None]:
        """Show that a stage is worked on whose items nobody can count, until it is left."""


Clock = Callable[[], float]
"""Gives seconds that only ever grow; used to say how long a run took, and for nothing else."""
OpenExecutor = Callable[[int], "AbstractContextManager[Executor | None]"]
"""Given the number of new articles, opens an executor for them; None if that is not worth it."""


class _Silence:
    """Shows nothing."""

    def __call__(self, stage: str, items: Iterable[T], count: int) -> Iterable[T]:
        return items

    def phase(self, stage: str) -> AbstractContextManager[None]:
        return nullcontext()


silent: Progress = _Silence()
"""Shows nothing."""


def in_this_process(count: int) -> AbstractContextManager[None]:
    """Open no executor."""
    return nullcontext()
