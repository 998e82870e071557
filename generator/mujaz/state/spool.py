"""Values that wait their turn: in memory, or in a file that nobody else sees if they are many."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator
from typing import Generic, Self, TypeVar

T = TypeVar("T")
_IN_MEMORY = 4 * 1024 * 1024
"""Bytes that wait in memory."""


class Spool(Generic[T]):
    """Values that can be gone through again and again, in their order."""

    def __init__(self) -> None:
        """Begin without any."""
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - see __exit__
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def passing(self, values: Iterable[T]) -> Iterator[T]:
        """Yield values, keeping each before it is yielded; nothing else may be read meanwhile."""
        for value in values:
            pickle.dump(value, self._file, pickle.HIGHEST_PROTOCOL)
            self._end = self._file.tell()
            yield value

    def __iter__(self) -> Iterator[T]:
        position = 0
        while position < self._end:
            self._file.seek(position)
            value: T = pickle.load(self._file)  # it is our own, and has no name
            position = self._file.tell()
            yield value
