"""Reads files, and tells their contents apart."""

from __future__ import annotations

from hashlib import sha256


def content_digest(data: bytes) -> bytes:
    """Return the SHA-256 of a content."""
    return sha256(data).digest()


def read_content(path: str) -> bytes:
    """Return a file's content."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - there are many files
        return file.readall()
