"""How long work is carried out: whether anybody is shown how far it is, and by how many processes.

Both are passed in from the command line; no result depends on either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor

T = TypeVar("T")


class Progress(Protocol):
    """Shows how far a stage is."""

    def __call__(self, stage: str, items: Iterable[T], count: int) -> Iterable[T]:
        """Return `items`, of which there are `count`, showing which of them is being worked on."""


Clock = Callable[[], float]
"""Gives seconds that only ever grow; used to say how long a run took, and for nothing else."""
OpenExecutor = Callable[[int], "AbstractContextManager[Executor | None]"]
"""Given the number of new articles, opens an executor for them; None if that is not worth it."""


def silent(stage: str, items: Iterable[T], count: int) -> Iterable[T]:
    """Show nothing."""
    return items


def in_this_process(count: int) -> AbstractContextManager[None]:
    """Open no executor."""
    return nullcontext()
