"""Runs Pagefind, and trims what it leaves."""

from __future__ import annotations

import gzip
import os
import re
import zlib
from contextlib import suppress
from pathlib import Path

from mujaz.errors import MujazError

ENTRY_FILE = "pagefind-entry.json"
"""The file of a shard that names all its other files."""
CHUNK_POSITIONS = "4000"
"""Positions of words in one file of an index: smaller files than Pagefind's own make a first query
on a bad line faster. The name says unstable; an unknown one would do no harm."""
_UNUSED_FILES = ("pagefind-*.js", "pagefind-*.css")
"""Pagefind's own search boxes, which the search page does without."""
_MIN_LARGE_SHARD_ARTICLES = 1_000
"""Articles of a shard from which a fifth of a second of packing pays."""
_HEADER_BYTES = 256
"""The first bytes of a fragment, which hold the name of its page."""
_PAGE = re.compile(rb'^pagefind_dcd\{"url":"/(?:\w+/)?(\d+)\.html"')


def program_path() -> Path:
    """Return the path of Pagefind's program. Raises `MujazError` if it is missing."""
    try:
        from pagefind_bin import get_executable

        return Path(get_executable())
    except (ImportError, FileNotFoundError):
        raise MujazError(
            "pagefind: its program is missing; install `pagefind[bin]`, "
            "or set `search: false` under `extra: mujaz:`"
        ) from None


def run_pagefind(source: Path, out: Path) -> dict[int, str]:
    """Index the pages of `source` into `out`, and return the name of the fragment of each.

    They are read in the order of their names, which are numbers.
    """
    import subprocess  # takes longer to load than a run with nothing to index

    command = [program_path(), "--site", source, "--output-path", out]
    process = subprocess.run(
        [*map(str, command), "--force-language", "unknown", "--silent"],
        env={**os.environ, "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": CHUNK_POSITIONS},
        capture_output=True,
        text=True,
        errors="replace",
    )
    if process.returncode or not out.is_dir():
        raise _failed(" ".join(process.stderr.split())[:300])
    for pattern in _UNUSED_FILES:
        for path in out.glob(pattern):
            path.unlink()
    fragments = _fragments(out)
    if len(fragments) >= _MIN_LARGE_SHARD_ARTICLES:
        _recompress(out)
    return fragments


def fragment_file(shard: Path, fragment: str) -> Path:
    """Return the path of what is shown of an article."""
    return shard / "fragment" / f"{fragment}.pf_fragment"


def fragments_in(shard: Path) -> set[str]:
    """Return the names of the fragments that a shard's folder holds."""
    with suppress(OSError):
        return {path.stem for path in (shard / "fragment").iterdir()}
    return set()


def _fragments(shard: Path) -> dict[int, str]:
    fragments = {}
    for path in (shard / "fragment").iterdir():
        header = zlib.decompressobj(wbits=31).decompress(path.read_bytes(), _HEADER_BYTES)
        page = _PAGE.match(header)
        if not page:
            raise _failed(f"{path.name} names no page")
        fragments[int(page[1])] = path.stem
    return fragments


def _failed(reason: str) -> MujazError:
    return MujazError(
        f"pagefind: the search index could not be made ({reason}); report it, "
        "or set `search: false` under `extra: mujaz:`"
    )


def _recompress(shard: Path) -> None:
    """Make smaller, by an eighth, what every first query loads of a large shard."""
    from zopfli.gzip import compress

    for path in shard.glob("*.pf_meta"):
        path.write_bytes(compress(gzip.decompress(path.read_bytes()), numiterations=5))
