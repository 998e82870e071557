"""Stands for all the code and data that decide what is derived from an article."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

_PACKAGES = ("arabic", "data", "enrich")
_SUFFIXES = (".py", ".yml", ".tsv", ".gz", ".zip", ".bin")


@cache
def recipe() -> str:
    """Return a digest that changes with any table, model or line of code that derives."""
    found = sha256()
    for package in _PACKAGES:
        folder = files(f"generator.{package}")
        for file in sorted(folder.iterdir(), key=lambda each: each.name):
            if file.name.endswith(_SUFFIXES):
                found.update(f"{package}/{file.name}\n".encode())
                found.update(sha256(file.read_bytes()).digest())
    return found.hexdigest()
