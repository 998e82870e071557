"""Compares a finished site with the listing of what was published, and follows its links."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from mujaz.errors import ConfigError
from mujaz.model import Problem
from mujaz.publish.output.site_listing import content_digest, read_listing
from mujaz.publish.verify.links import broken_links
from mujaz.state.site_record import MARK

_HINT = "build again, and it is made anew"


class Verification(NamedTuple):
    """What came of verifying a site."""

    files: int
    """The number of files that were published."""
    foreign: int
    """The number of files that others put there."""
    faults: list[Problem]


def verify_site(
    site: Path,
    site_url: str = "",
    progress: Callable[[Sequence[str]], Iterable[str]] = iter,
) -> Verification:
    """Return what is wrong with the site in the folder `site`; nothing is written.

    Raises `ConfigError` if it has no sound listing of what was published.
    """
    listing = read_listing(site / MARK)
    if not listing:
        raise ConfigError(
            f"{site}: is no site that mujaz made, or its listing is lost; build it, or name "
            "another one with --site-dir"
        )
    faults = [
        Problem(path, fault, _HINT)
        for path in progress(sorted(listing))
        if (fault := _fault_of(site / path, listing[path]))
    ]
    pages = [path for path in listing if (site / path).is_file()]
    faults += broken_links(site, pages, lambda path: (site / path).is_file(), site_url)
    files = (
        os.path.relpath(f"{folder}/{name}", site)
        for folder, _, names in os.walk(site)
        for name in names
        if "/.git/" not in f"{folder}/"
    )
    foreign = sum(path not in listing and path != MARK for path in files)
    return Verification(len(listing), foreign, faults)


def _fault_of(file: Path, digest: str) -> str:
    """Return what is wrong with a file; empty if it is as it was published."""
    if not file.is_file():
        return "is missing"
    try:
        return "" if content_digest(file.read_bytes()) == digest else "was changed"
    except OSError as error:
        return f"cannot be read ({(error.strerror or '').lower()})"
