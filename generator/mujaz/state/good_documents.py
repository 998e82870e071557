"""The last good version of each input: a fault in a file takes nothing offline.

What is here was read, and is not derived from anything. It is the one part of the state that
cannot be made again from the raw articles as they are now, so it outlives changes of settings. If
it is lost, an input with a fault is rejected until the fault is mended.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from mujaz.model import Document, Held, Problem
from mujaz.state import serialisation

_TABLE = "good_documents"
Row = tuple[str, str, bytes]
"""Of the table: input, path of its file, packed document."""
_LEVEL = 1
"""Of compression: the fastest one."""


class GoodDocuments:
    """Documents as they were when they were last read without a fault."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Use the table in `base`."""
        self._base = base
        self.faults: dict[str, Problem] = {}
        """Why last good versions stand in the place of inputs, by file."""

    def in_place_of_faults(
        self, path: str, inputs: Iterable[Document | Problem]
    ) -> Iterator[Document | Problem]:
        """Yield what was read of the file at `path`, in the place of faults the last good versions.

        Where the file as a whole has a fault, all that it held and does not yield now stays. What
        an editor holds back does not.
        """
        yielded, has_fault = set[str](), False
        for each in inputs:
            good: Document | None = None
            if isinstance(each, Document):
                self._put(path, good := each)
            elif not isinstance(each, Held):
                has_fault |= each.file == path
                if good := self.document(each.file):
                    self.faults[each.file] = each
            if good:
                yielded.add(good.file)
            yield good or each
        if has_fault:
            for file in self._files(path):
                if file not in yielded and (good := self.document(file)):
                    yielded.add(file)
                    yield good
        self.remove_others(path, yielded)

    def of_path(self, path: str) -> dict[str, Document]:
        """Return the last good versions of the inputs in the file at `path`, by input."""
        rows = ((file, self.document(file)) for file in self._files(path))
        return {file: document for file, document in rows if document}

    def paths(self) -> set[str]:
        """Return the files that inputs with a good version were read from."""
        return {path for (path,) in self._base.execute(f"select distinct path from {_TABLE}")}

    def remove_others(self, path: str, files: Collection[str]) -> None:
        """Remove the inputs that were read from the file at `path`, but for those in `files`."""
        others = ((file,) for file in self._files(path) if file not in files)
        self._base.executemany(f"delete from {_TABLE} where file = ?", others)

    def _put(self, path: str, document: Document) -> None:
        packed = zlib.compress(serialisation.packed(document).encode(), _LEVEL)
        row = (document.file, path, packed)
        self._base.execute(f"insert or replace into {_TABLE} values (?, ?, ?)", row)

    def document(self, file: str) -> Document | None:
        """Return the last good version of an input, if there is one."""
        query = f"select document from {_TABLE} where file = ?"
        row = self._base.execute(query, (file,)).fetchone()
        return _unpacked(row[0]) if row else None

    def _files(self, path: str) -> list[str]:
        query = f"select file from {_TABLE} where path = ? order by file"
        return [file for (file,) in self._base.execute(query, (path,))]


def _unpacked(packed: bytes) -> Document | None:
    """Return a document, or None if an earlier version of this program packed another kind."""
    try:
        return serialisation.document(zlib.decompress(packed).decode())
    except (zlib.error, ValueError, TypeError, KeyError):
        return None


def rescue_documents(path: Path) -> list[Row]:
    """Return the rows of a database that was damaged in which all is sound, to be stored anew.

    Compressed documents have a checksum, and say which inputs they are.
    """
    rows = list[Row]()
    with suppress(sqlite3.Error, OSError, ValueError), closing(_opened_to_read(path)) as base:
        for file, of, packed in base.execute(f"select file, path, document from {_TABLE}"):
            document = _unpacked(packed) if isinstance(packed, bytes) else None
            if document and document.file == file and of in (file, file.rpartition("#")[0]):
                rows.append((file, of, packed))
    return rows


def store_documents(base: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Store rows of another database."""
    base.executemany(f"insert or replace into {_TABLE} values (?, ?, ?)", rows)


def _opened_to_read(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def clear_derived(base: sqlite3.Connection) -> None:
    """Remove everything but the last good versions, which nothing can be derived from again."""
    query = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
    for (table,) in base.execute(query).fetchall():
        if table != _TABLE:
            base.execute(f'delete from "{table}"')
