"""Runs Pagefind within a time limit, and trims what it leaves."""

from __future__ import annotations

import gzip
import os
import re
import signal
import tempfile
import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mujaz.errors import MujazError

if TYPE_CHECKING:
    from subprocess import Popen

ENTRY_FILE = "pagefind-entry.json"
"""The file of a shard that names all its other files."""
CHUNK_POSITIONS = "4000"
"""Positions of words in one file of an index: smaller files than Pagefind's own make a first query
on a bad line faster. The name says unstable; an unknown one would do no harm."""
MIN_TIME_LIMIT = 120.0
"""Seconds that Pagefind may take however few pages there are."""
TIME_LIMIT_PER_PAGE = 0.1
"""Further seconds for each page: some thirty times what it takes."""
_MAX_REASON = 300
"""Characters of what Pagefind says that are passed on."""
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

    They are read in the order of their names, which are numbers. Raises `MujazError` if Pagefind
    is missing, fails, or has not ended within its time limit; then it is killed.
    """
    command = [*map(str, (program_path(), "--site", source, "--output-path", out))]
    pages = sum(1 for _ in source.rglob("*.html"))
    _run(
        [*command, "--force-language", "unknown", "--silent"],
        MIN_TIME_LIMIT + TIME_LIMIT_PER_PAGE * pages,
    )
    try:
        for pattern in _UNUSED_FILES:
            for path in out.glob(pattern):
                path.unlink()
        fragments = _fragments(out)
        if len(fragments) >= _MIN_LARGE_SHARD_ARTICLES:
            _recompress(out)
    except (OSError, zlib.error) as error:
        raise _failed(f"what it left cannot be read: {error}") from None
    return fragments


def _run(command: Sequence[str], time_limit: float) -> None:
    """Run a program for at most `time_limit` seconds. Raises `MujazError` unless it succeeds."""
    import subprocess  # takes longer to load than a run with nothing to index

    # Into a file, since a pipe stays open as long as any child of the program lives.
    with tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(
                command,
                env={**os.environ, "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": CHUNK_POSITIONS},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,  # so that its children can be killed with it
            )
        except OSError as error:
            raise _failed(f"its program cannot be started: {error.strerror}") from None
        try:
            code = process.wait(time_limit)
        except subprocess.TimeoutExpired:
            _kill(process)
            raise _failed(f"it had not ended after {time_limit:.0f} seconds") from None
        except BaseException:  # whoever stops Mujaz stops Pagefind
            _kill(process)
            raise
        errors.seek(0)
        words = errors.read(4 * _MAX_REASON).decode("utf-8", "replace").split()
    if code < 0:
        raise _failed(f"it was killed by signal {-code}, as happens where memory is short")
    if code:
        raise _failed(" ".join(words)[:_MAX_REASON] or f"it ended with the exit code {code}")


def _kill(process: Popen[bytes]) -> None:
    """Kill a program that leads a session, with its children."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


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
        f"pagefind: the search index could not be made ({reason}); build again, "
        "or set `search: false` under `extra: mujaz:`"
    )


def _recompress(shard: Path) -> None:
    """Make smaller, by an eighth, what every first query loads of a large shard."""
    from zopfli.gzip import compress

    for path in shard.glob("*.pf_meta"):
        path.write_bytes(compress(gzip.decompress(path.read_bytes()), numiterations=5))
