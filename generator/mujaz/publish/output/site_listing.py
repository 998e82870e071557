"""The listing of our files in the folder of a site: by it, the folder and each file count as ours.

It is written as `sha256sum` writes its lines, so that `sha256sum -c .mujaz-site` checks a site
wherever it was copied to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

_DIGEST_LETTERS = 64
_PATH_START = _DIGEST_LETTERS + 2
_UNESCAPED = {"n": "\n", "\\": "\\"}


def content_digest(data: bytes) -> str:
    """Return the SHA-256 of a content, as hexadecimal digits."""
    return sha256(data).hexdigest()


def read_listing(file: Path) -> dict[str, str]:
    """Return the digests of our files by path, from the file of a listing; empty if damaged."""
    try:
        text = file.read_text("utf-8", "surrogateescape")
    except OSError:
        return {}
    lines = text.split("\n")
    is_whole = not lines.pop()
    if "\\" in text:
        lines = [_unescaped(line) if line.startswith("\\") else line for line in lines]
    listing = {line[_PATH_START:]: line[:_DIGEST_LETTERS] for line in lines}
    may_lead_out = ".." in text or "  /" in text or "" in listing  # most need no closer look
    is_sound = is_whole and (not may_lead_out or all(map(_is_inside, listing)))
    return listing if is_sound else {}


def _unescaped(line: str) -> str:
    return re.sub(r"\\([\\n])", lambda match: _UNESCAPED[match[1]], line[1:])


def _is_inside(path: str) -> bool:
    return path[:1] not in ("", "/") and ".." not in path.split("/")


def take_listing(folder: Path) -> dict[str, str]:
    """Return the digests by path of all files below a folder."""
    return {
        file.relative_to(folder).as_posix(): content_digest(file.read_bytes())
        for file in folder.rglob("*")
        if file.is_file()
    }


def listing_text(listing: Mapping[str, str]) -> bytes:
    """Return the text of a listing, from digests by path."""
    lines = [f"{listing[path]}  {path}" for path in sorted(listing)]
    text = "".join([f"{line}\n" for line in lines])
    if "\\" in text or text.count("\n") > len(lines):
        text = "".join([f"{_escaped(line)}\n" for line in lines])
    return text.encode("utf-8", "surrogateescape")


def _escaped(line: str) -> str:
    escaped = line.replace("\\", "\\\\").replace("\n", "\\n")
    return line if escaped == line else f"\\{escaped}"
