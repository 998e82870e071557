"""Plain text: one article a file, its first line the headline."""

from __future__ import annotations

from generator.model import Document, Problem
from generator.read.decode import UndecodableError, decode


def read(data: bytes, name: str) -> Document | Problem:
    """Return the article in `data`, or why there is none."""
    try:
        text = decode(data)
    except UndecodableError as error:
        return Problem(name, str(error), "save the file as UTF-8 text")
    if not text.strip():
        return Problem(name, "is empty", "put the article's text in it, or remove it")
    folder = name.split("/")[:-1]
    return Document(name, text, section=folder[-1] if folder else None)
