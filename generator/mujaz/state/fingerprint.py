"""Fingerprints of what decides a result beside its inputs: code, tables, models, settings.

There is one way to take one: the contents of files. What the system says of the files (a snapshot)
only saves reading them again, so a fingerprint is remembered in the cache folder with the snapshot
that it was taken at.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from mujaz.config import Config
from mujaz.state.files import read_checked, write_checked
from mujaz.state.snapshot import from_bytes, take_snapshot

_PACKAGE = Path(__file__).parents[1]
_DERIVING = ("arabic", "data", "enrich")
"""The packages that decide what is derived from an article's text."""


class Fingerprints(NamedTuple):
    """Fingerprints of all that a run depends on but for the articles."""

    understanding: str
    """Of all that decides how articles are understood."""
    pages: str
    """Of all that decides what pages say; where the finished site goes is no part of it."""
    permalinks: str = ""
    """Of the permalinks file, which a run may write itself."""
    corrections: str = ""
    """Of what editors say of single articles and stories: only these are understood anew."""


def fingerprint(*parts: str) -> str:
    """Return a text that stands for some others: 32 hexadecimal digits."""
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def take_fingerprints(config: Config, cache_folder: Path | None) -> Fingerprints:
    """Return the fingerprints of this code under these settings."""
    code = program_fingerprint(cache_folder)
    understanding = (
        config.sources,
        config.agencies,
        config.languages,
        sorted(config.tags.items()),
        config.images,
        [(each.name, each.also) for each in config.editorial.sections],
        config.editorial.sources,
    )
    # Of the theme, only its styles and scripts stand among the pages; templates are the renderer's.
    theme = folders_fingerprint([each / "assets" for each in config.theme], cache_folder)
    # What editors say of single articles and stories makes no page anew but those that show it.
    editorial = config.editorial
    others = replace(editorial, corrections=(), pins={}, off_front={}, stories=())
    settings = repr(replace(config, site_dir=Path(), pins=(), editorial=others))
    of_articles = (editorial.corrections, config.pins, editorial.off_front, editorial.stories)
    return Fingerprints(
        fingerprint(code, repr(understanding)),
        fingerprint(code, settings, theme),
        fingerprint(_text_of(config.permalinks).removeprefix("\ufeff")),
        fingerprint(repr(of_articles)),
    )


def program_fingerprint(cache_folder: Path | None) -> str:
    """Return the fingerprint of this program, of Python, and of all that is installed."""
    return fingerprint(
        folders_fingerprint([_PACKAGE], cache_folder), sys.version, _installed_libraries()
    )


@cache
def derivation_fingerprint(cache_folder: Path | None = None) -> str:
    """Return the fingerprint of the code, tables and models that derive something from a text."""
    return folders_fingerprint([_PACKAGE / name for name in _DERIVING], cache_folder)


def folders_fingerprint(folders: Iterable[Path], cache_folder: Path | None) -> str:
    """Return a fingerprint of the contents of all files below some folders.

    They are read only if the system says that one has changed since `cache_folder` was told of it.
    """
    return fingerprint(*(_folder_fingerprint(folder, cache_folder) for folder in folders))


def _folder_fingerprint(folder: Path, cache_folder: Path | None) -> str:
    files = take_snapshot(folder, excluded=frozenset({"__pycache__"}))
    record = cache_folder and cache_folder / f"fingerprint-{fingerprint(str(folder))[:8]}"
    if record:
        with suppress(OSError, ValueError):
            remembered, _, snapshot = read_checked(record).partition(b"\n")
            if files == from_bytes(snapshot):
                return remembered.decode()
    parts = []
    for path in sorted(files.paths):
        with suppress(OSError):
            content = blake2b((folder / path).read_bytes(), digest_size=16)
            parts += [path, content.hexdigest()]
    taken = fingerprint(*parts)
    if record and record.parent.is_dir():  # who only looks leaves nothing behind
        with suppress(OSError):
            write_checked(record, f"{taken}\n".encode() + files.to_bytes())
    return taken


def _text_of(file: Path) -> str:
    """Return a file's content, which may be damaged; nothing if there is none."""
    try:
        return file.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def _installed_libraries() -> str:
    """Return a fingerprint that changes with anything that is installed, updated or removed."""
    folders = [path for path in sys.path if path.endswith("-packages")]
    names = (each.name for path in folders for each in Path(path).glob("*-info"))
    return fingerprint(*sorted(names))
