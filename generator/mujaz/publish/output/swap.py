"""Puts a finished site in the place of the last one, or leaves the last one alone."""

from __future__ import annotations

from pathlib import Path


def fresh_folder(site: Path) -> Path:
    """Return an empty folder beside `site` to build into, after mending an interrupted swap."""
    old, new = _sibling(site, "old"), _sibling(site, "new")
    if old.exists() and not site.exists():
        old.rename(site)
    for leftover in (old, new):
        _remove(leftover)
    site.parent.mkdir(parents=True, exist_ok=True)
    return new


def put_in_place(site: Path) -> None:
    """Make what was built beside `site` the site; the last one goes once its heir is there."""
    old, new = _sibling(site, "old"), _sibling(site, "new")
    if site.exists():
        site.rename(old)
    new.rename(site)
    _remove(old)


def discard(site: Path) -> None:
    """Remove what was built beside `site`, after a failure."""
    _remove(_sibling(site, "new"))


def _sibling(site: Path, name: str) -> Path:
    return site.with_name(f".{site.name}-{name}")


def _remove(folder: Path) -> None:
    if folder.exists():
        import shutil  # most builds have nothing to remove

        shutil.rmtree(folder, ignore_errors=True)
