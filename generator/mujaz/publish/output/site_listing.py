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
        lines = file.read_text("utf-8", "surrogateescape").split("\n")
    except OSError:
        return {}
    listing = {}
    for line in lines[:-1]:
        if line.startswith("\\"):
            line = re.sub(r"\\([\\n])", lambda match: _UNESCAPED[match[1]], line[1:])
        listing[line[_PATH_START:]] = line[:_DIGEST_LETTERS]
    is_sound = not lines[-1] and all(map(_is_inside, listing))
    return listing if is_sound else {}


def take_listing(folder: Path) -> dict[str, str]:
    """Return the digests by path of all files below a folder."""
    return {
        file.relative_to(folder).as_posix(): content_digest(file.read_bytes())
        for file in folder.rglob("*")
        if file.is_file()
    }


def _is_inside(path: str) -> bool:
    return path[:1] not in ("", "/") and (".." not in path or ".." not in path.split("/"))


def listing_text(listing: Mapping[str, str]) -> bytes:
    """Return the text of a listing, from digests by path."""
    lines = []
    for path, digest in sorted(listing.items()):
        line = f"{digest}  {path}\n"
        if "\n" in path or "\\" in path:
            escaped = path.replace("\\", "\\\\").replace("\n", "\\n")
            line = f"\\{digest}  {escaped}\n"
        lines.append(line)
    return "".join(lines).encode("utf-8", "surrogateescape")
