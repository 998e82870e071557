"""The one noun for change: what left a set of things, and what is new or other than it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
In = TypeVar("In", contravariant=True)
Out = TypeVar("Out", covariant=True)


@dataclass(frozen=True, slots=True)
class Delta(Generic[T]):
    """A change of a set of things, each known by a key of its own.

    A thing that changed is in `upserted` alone, which holds keys, or the things themselves.
    """

    removed: Set[str] = frozenset()
    """Keys of the things that are no more."""
    upserted: Iterable[T] = ()
    """The things that are new or other than they were; may be a stream, to be gone through once."""

    def __iter__(self) -> Iterator[Set[str] | Iterable[T]]:
        """Yield both, so that a step can take a delta apart in one line."""
        yield self.removed
        yield self.upserted


class Component(Protocol[In, Out]):
    """A step that keeps what it derives up to date.

    Whatever the order and the split of the same changes, what it has derived in the end is the
    same: a property test holds that for each component (`tests/scenarios/test_components.py`).
    """

    def apply(self, delta: In) -> Out:
        """Take a delta in; return the delta of what is derived from it."""
