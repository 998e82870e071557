"""Which files are passed over in silence: what systems, browsers and editors leave behind."""

from __future__ import annotations

import re
from pathlib import Path

_LEFT_BEHIND = re.compile(
    r"\.ds_store|\._.*|\.git(?:keep|ignore|attributes)"
    r"|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r"
    r"|~\$.*|.*~"  # while an editor has the file open, or before it was saved
    r"|__macosx|\$recycle\.bin|system volume information"
    r"|readme|readme\.(?:md|txt|rst)",
    re.IGNORECASE | re.DOTALL,
)
"""Whole names of files and folders."""
_WITH_PAGE = re.compile(
    r"(.+?)(?:\.html?|\.xhtml)?(?:_files|\.files|_ملفات|[-_](?:fichiers|archivos|dateien))"
)
"""Names of the folders that browsers make beside `page.html`, after the name of the page."""
_PAGE_SUFFIXES = (".html", ".htm", ".xhtml", ".HTML", ".HTM")


def is_passed_over(name: str, folder: Path, *, named: bool = False) -> bool:
    """Whether the file at the path `name` below `folder` is no input and nobody need be told.

    Hidden files are none, unless somebody `named` just this one.
    """
    parts = name.split("/")
    for part in parts:
        is_hidden = part.startswith(".") and part not in (".", "..") and not named
        if is_hidden or _LEFT_BEHIND.fullmatch(part):
            return True
        if _page_name(part) and _has_page(folder, part):
            return True
        folder = folder / part
    return False


def page_stem(name: str) -> str | None:
    """Return the path of the page that the file `name` was saved with, without its suffix.

    None if it lies in no folder such as browsers make.
    """
    parts = name.split("/")
    for number, part in enumerate(parts[:-1]):
        page = _page_name(part)
        if page:
            return "/".join((*parts[:number], page))
    return None


def _page_name(folder_name: str) -> str | None:
    """Return the name of the page that a folder belongs to by its name, or None."""
    match = _WITH_PAGE.fullmatch(folder_name)
    return match[1] if match else None


def _has_page(folder: Path, folder_name: str) -> bool:
    """Whether the page lies beside the folder with this name, which is one."""
    page = _page_name(folder_name)
    if page is None or not (folder / folder_name).is_dir():
        return False
    return any((folder / f"{page}{suffix}").is_file() for suffix in _PAGE_SUFFIXES)
