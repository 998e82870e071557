"""The archives: what was fetched, word for word, in a new WARC file for each run that brings any.

A file gets its name once it is whole, and is never touched again: who reads the folder reads what
is new, and nothing else. While it grows it has another name; a run that was killed leaves it so,
and the next one cuts off the record that was not whole, and names it.
"""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from mujaz.fetching.client import FetchedAnswer
from mujaz.read.records.fetched import FetchNotes, headers_of

FOLDER = "fetched"
"""Below the folder of raw articles."""
_SUFFIX, _OPEN_PREFIX, _OPEN_SUFFIX = ".warc.gz", ".", ".open"
_MAX_UNPACKED_BYTES, _MAX_RECORDS = 32 * 1024 * 1024, 4_000
"""Of one file; readers take twice as much."""
_CHUNK_BYTES = 1 << 20
_LEFT_OUT = frozenset({"transfer-encoding", "content-length", "set-cookie", "connection"})
"""Headers that say nothing of what is stored, or should not be."""


class Archive:
    """The archive of one run. Nothing is written as long as nothing is added."""

    def __init__(self, folder: Path, now: float, software: str, shard: str = "") -> None:
        """Take the folder, the time in seconds since 1970, who writes, and what to add to names."""
        self._folder, self._software, self._shard = folder, software, shard
        self._moment = datetime.fromtimestamp(now, UTC)
        self._file: IO[bytes] | None = None
        self._writer: Any = None
        self._open_path = Path()
        self._bytes = self._records = 0
        self.paths: list[Path] = []
        """The files that were written, whole."""

    def add(self, answer: FetchedAnswer, notes: FetchNotes) -> None:
        """Add what a site answered."""
        if self._file is not None and (
            self._bytes > _MAX_UNPACKED_BYTES or self._records >= _MAX_RECORDS
        ):
            self.close()
        if self._file is None:
            self._open()
        from warcio.statusandheaders import StatusAndHeaders

        headers = [pair for pair in answer.headers if pair[0].lower() not in _LEFT_OUT]
        headers.append(("Content-Length", str(len(answer.body))))
        record = self._writer.create_warc_record(
            answer.address,
            "response",
            payload=io.BytesIO(answer.body),
            http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
            warc_headers_dict=headers_of(notes),
        )
        self._writer.write_record(record)
        self._bytes += len(answer.body)
        self._records += 1

    def sync(self) -> None:
        """Have what was added outlive a loss of power."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Give the file its name, if there is one."""
        if self._file is None:
            return
        self.sync()
        self._file.close()
        self._file = None
        self.paths.append(_named(self._open_path))

    def _open(self) -> None:
        from warcio.warcwriter import WARCWriter

        month = self._folder / f"{self._moment:%Y-%m}"
        month.mkdir(parents=True, exist_ok=True)
        stem, number = f"{self._moment:%d-%H%M%S}{self._shard}", 1
        while True:
            name = f"{stem}-{number}" if number > 1 else stem
            self._open_path = month / f"{_OPEN_PREFIX}{name}{_SUFFIX}{_OPEN_SUFFIX}"
            if not _final(self._open_path).exists() and not self._open_path.exists():
                break
            number += 1
        self._file = self._open_path.open("xb")
        self._writer = WARCWriter(self._file, gzip=True)
        info = {"software": self._software, "format": "WARC File Format 1.0"}
        self._writer.write_record(self._writer.create_warcinfo_record(self._open_path.name, info))
        self._bytes = self._records = 0


def finish_interrupted(folder: Path) -> list[Path]:
    """Make files that killed runs left whole, and name them; return those."""
    paths = sorted(folder.glob(f"*/{_OPEN_PREFIX}*{_SUFFIX}{_OPEN_SUFFIX}"))
    return [named for path in paths if (named := _finished(path))]


def _finished(path: Path) -> Path | None:
    length = _whole_length(path)
    if not length:
        path.unlink()
        return None
    os.truncate(path, length)
    return _named(path)


def _whole_length(path: Path) -> int:
    """Return the length of a file up to the end of its last whole record."""
    length = position = 0
    unpacker = zlib.decompressobj(wbits=31)
    with path.open("rb") as file:
        while data := file.read(_CHUNK_BYTES):
            while data:
                try:
                    unpacker.decompress(data)
                except zlib.error:
                    return length
                position += len(data) - len(unpacker.unused_data)
                data = unpacker.unused_data
                if unpacker.eof:
                    length = position
                    unpacker = zlib.decompressobj(wbits=31)
    return length


def _final(open_path: Path) -> Path:
    name = open_path.name.removeprefix(_OPEN_PREFIX).removesuffix(_OPEN_SUFFIX)
    return open_path.with_name(name)


def _named(open_path: Path) -> Path:
    path = _final(open_path)
    open_path.replace(path)
    return path


def stored(folder: Path) -> Iterator[tuple[FetchedAnswer, Mapping[str, str]]]:
    """Yield all answers in the archives, with their records' headers by lower-case names."""
    from warcio.archiveiterator import ArchiveIterator

    for path in sorted(folder.glob(f"*/*{_SUFFIX}")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type == "response" and record.http_headers is not None:
                    headers: Sequence[tuple[str, str]] = record.http_headers.headers
                    address = record.rec_headers.get_header("WARC-Target-URI") or ""
                    body = record.raw_stream.read()
                    named = {name.lower(): value for name, value in record.rec_headers.headers}
                    yield FetchedAnswer(address, 200, tuple(headers), body, b""), named
