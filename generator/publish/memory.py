"""Keeps between builds what takes long to make and depends on its name alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

_KEPT = 8
"""Files: with every new article a new one is made, and the oldest goes."""
_DIGEST = 32
"""Bytes of the digest that each file begins with."""


class Memory:
    """A folder of contents by name; what cannot be read or written is made anew each time."""

    def __init__(self, folder: Path, *, keeps: bool = True) -> None:
        """Take the folder, which is made when there is something to keep, if this `keeps` any."""
        self._folder = folder
        self._keeps = keeps

    def __call__(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return the content kept under `name`, or make it and keep it."""
        path = self._folder / name
        try:
            kept = path.read_bytes()
        except OSError:
            kept = b""
        if len(kept) > _DIGEST and sha256(kept[_DIGEST:]).digest() == kept[:_DIGEST]:
            return kept[_DIGEST:]
        content = make()
        if not self._keeps:
            return content
        with suppress(OSError):  # a folder that cannot be written to costs time, and nothing else
            self._keep(path, sha256(content).digest() + content)
        return content

    def _keep(self, path: Path, content: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.{os.getpid()}.new")
        beside.write_bytes(content)
        beside.replace(path)
        files = [each for each in self._folder.iterdir() if each.is_file()]
        for old in sorted(files, key=lambda each: each.stat().st_mtime)[:-_KEPT]:
            old.unlink(missing_ok=True)
