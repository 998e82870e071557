"""Runs Pagefind, and trims what it leaves."""

from __future__ import annotations

import gzip
import os
import re
import zlib
from contextlib import suppress
from pathlib import Path

from mujaz.errors import MujazError

ENTRY = "pagefind-entry.json"
"""The file of a shard that names all others."""
CHUNK = "4000"
"""Places of words in one file of an index: smaller files than Pagefind's own make a first query on
a bad line faster. The name says unstable; an unknown one would do no harm."""
_UNUSED = ("pagefind-*.js", "pagefind-*.css")
"""Pagefind's own search boxes, which the search page does without."""
_LARGE = 1_000
"""Articles of a shard from which a fifth of a second of packing pays."""
_BEGINNING = 256
"""Bytes of a fragment that hold the name of its page."""
_PAGE = re.compile(rb'^pagefind_dcd\{"url":"/(?:\w+/)?(\d+)\.html"')


def program() -> Path:
    """Return Pagefind's program. Raises `MujazError` if it is missing."""
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

    command = [program(), "--site", source, "--output-path", out, "--force-language", "unknown"]
    done = subprocess.run(
        [*map(str, command), "--silent"],
        env={**os.environ, "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": CHUNK},
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode or not out.is_dir():
        raise _failed(" ".join(done.stderr.split())[:300])
    for pattern in _UNUSED:
        for path in out.glob(pattern):
            path.unlink()
    fragments = _fragments(out)
    if len(fragments) >= _LARGE:
        _pack_tighter(out)
    return fragments


def fragment_file(shard: Path, fragment: str) -> Path:
    """Return where what is shown of an article lies."""
    return shard / "fragment" / f"{fragment}.pf_fragment"


def fragments_in(shard: Path) -> set[str]:
    """Return the names of the fragments that are there."""
    with suppress(OSError):
        return {path.stem for path in (shard / "fragment").iterdir()}
    return set()


def _fragments(shard: Path) -> dict[int, str]:
    found = {}
    for path in (shard / "fragment").iterdir():
        beginning = zlib.decompressobj(wbits=31).decompress(path.read_bytes(), _BEGINNING)
        page = _PAGE.match(beginning)
        if not page:
            raise _failed(f"{path.name} names no page")
        found[int(page[1])] = path.stem
    return found


def _failed(told: str) -> MujazError:
    return MujazError(
        f"pagefind: the search index could not be made ({told}); report it, "
        "or set `search: false` under `extra: mujaz:`"
    )


def _pack_tighter(shard: Path) -> None:
    """Make smaller, by an eighth, what every first query loads of a large shard."""
    from zopfli.gzip import compress

    for path in shard.glob("*.pf_meta"):
        path.write_bytes(compress(gzip.decompress(path.read_bytes()), numiterations=5))
