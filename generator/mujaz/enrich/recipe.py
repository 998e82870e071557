"""Stands for all the code and data that decide what is derived from an article."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

_HERE = Path(__file__).parent.parent
_PACKAGES = ("arabic", "data", "enrich")
_SUFFIXES = (".py", ".yml", ".tsv", ".json", ".zip", ".bin", ".crfsuite")


_believed: dict[str, str] = {}
"""Digests by the signatures that they were made at."""


def believe(signature: str, digest: str) -> None:
    """Take the word of an earlier run for a digest, as long as the files have that signature.

    To read them all takes as long as to read an article.
    """
    _believed[signature] = digest


@cache
def recipe() -> str:
    """Return a digest that changes with any table, model or line of code that derives."""
    return _believed.get(signature()) or _digest()


def _digest() -> str:
    found = blake2b(digest_size=32)
    for file in _files():
        content = Path(file.path).read_bytes()
        found.update(f"{file.path[len(str(_HERE)) :]}\n{len(content)}\n".encode())
        found.update(content)
    return found.hexdigest()


@cache
def signature() -> str:
    """Return a digest of where the same files lie, how long they are, and when they changed."""
    found = blake2b(digest_size=16)
    for file in _files():
        said = file.stat()
        found.update(f"{file.path}\n{said.st_size} {said.st_mtime_ns} {said.st_ino}\n".encode())
    return found.hexdigest()


def _files() -> Iterator[os.DirEntry[str]]:
    folders = [str(_HERE / package) for package in _PACKAGES]
    for folder in folders:
        with os.scandir(folder) as entries:
            for each in sorted(entries, key=lambda each: each.name):
                if each.is_dir():
                    folders.append(each.path)
                elif each.name.endswith(_SUFFIXES):
                    yield each
