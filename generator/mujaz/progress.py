"""How far a stage has come: shown by whoever has a screen, and by nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    """Shows how far a stage has come."""

    def __call__(self, stage: str, items: Iterable[T], count: int) -> Iterable[T]:
        """Return `items`, of which there are `count`, showing which of them is at hand."""


def silent(stage: str, items: Iterable[T], count: int) -> Iterable[T]:
    """Show nothing."""
    return items
