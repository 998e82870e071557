"""Moves generated pages to where all tools read the links in them alike.

`articles/x.md` and `articles/x/index.md` have one address on the site. In HTML among Markdown,
MkDocs takes links from that address, Zensical from the file: the same for `index.md` alone.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

_LINK = re.compile(r"\]\((?![a-z]+:|[/#])([^)#\s]+)")
"""The beginning of a link in Markdown to a file; in texts of articles all brackets are escaped."""
_INDEX = "index.md"


def move_pages(folder: Path, generated: Iterable[str]) -> None:
    """Move the `generated` pages below `folder`, and have every link there follow.

    Pages written by hand stay where they are.
    """
    moves = {
        path: f"{path.removesuffix('.md')}/{_INDEX}"
        for path in generated
        if path.endswith(".md") and posixpath.basename(path) != _INDEX
    }
    for path in sorted(folder.rglob("*.md")):
        if path.is_symlink() or not path.is_file():
            continue
        former = path.relative_to(folder).as_posix()
        text = path.read_text("utf-8", "surrogateescape")
        relinked = relink(text, former, moves)
        target = folder / moves.get(former, former)
        if target != path:
            target.parent.mkdir(exist_ok=True)
            path.unlink()
        if target != path or relinked != text:
            target.write_text(relinked, "utf-8", "surrogateescape")


def relink(text: str, former: str, moves: Mapping[str, str]) -> str:
    """Return the text of the page that was at the path `former`, with links to where pages are."""
    here, there = posixpath.dirname(former), posixpath.dirname(moves.get(former, former))

    def link(match: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(here, match[1]))
        if here == there and path not in moves:
            return match[0]
        return f"]({posixpath.relpath(moves.get(path, path), there or '.')}"

    return _LINK.sub(link, text)
