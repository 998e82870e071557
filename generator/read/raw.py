"""What a format's reader is given: the bytes of one file, and what is known of them outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from generator.model import Document, Problem

MOST_BYTES = 8 * 1024 * 1024
"""Of a file that holds one article."""
MOST_ARCHIVE_BYTES = 64 * 1024 * 1024
"""Of a file that holds many articles and is read one after the other."""


@dataclass(frozen=True, slots=True)
class Raw:
    """One file, or one record of an archive."""

    name: str
    """See `Document.file`."""
    data: bytes
    section: str | None = None
    """See `Document.section`."""
    charset: str | None = None
    """The charset that its carrier, such as HTTP, declares."""
    address: str | None = None
    """Where its carrier says that it was published."""


class Format(Protocol):
    """A way of writing articles down: a module of this package that has these three names."""

    @property
    def SUFFIXES(self) -> tuple[str, ...]:  # noqa: N802
        """How names of its files end, in lower case."""

    @property
    def MOST(self) -> int:  # noqa: N802
        """The largest size, in bytes, of its files."""

    def read(self, raw: Raw) -> Iterator[Document | Problem]:
        """Yield the articles in `raw`, and what is wrong with it."""
