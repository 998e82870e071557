"""Entries that left their feed file: a feed is a window on a newsroom's latest, and no list of all.

What has left is nowhere else, so it stands in a file beside the raw articles, which outlives the
state and belongs under version control. It grows, and is read when a feed file changes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from mujaz.model import Document, Held, Problem, Stated
from mujaz.state import serialisation
from mujaz.state.files import write_atomically

_MARK = "#left-"
"""Stands in the names of entries that left, where those that are there have a number."""
_FORMAT_RULE = "feed"
"""The rule by which a feed states what an entry is called for good."""
_ARCHIVES = (".warc", ".warc.gz")


class LeftEntries:
    """The entries that left the feed files of one folder."""

    def __init__(self, file: Path) -> None:
        """Take the file that they stand in; it need not be there."""
        self._file = file
        self._by_path: dict[str, dict[str, Document]] | None = None
        self._new: list[tuple[str, Document]] = []

    def added_to(
        self,
        path: str,
        inputs: Iterable[Document | Problem],
        last_read: Callable[[str], Mapping[str, Document]],
    ) -> Iterator[Document | Problem]:
        """Yield the inputs in the file at `path`, then the entries that left it.

        `last_read` returns what a file held when it was read last, by input. A file that cannot be
        read, or that an editor holds back, lets nothing leave.
        """
        before: Mapping[str, Document] | None = None
        keys, corrections = set[str](), list[Mapping[str, Stated]]()
        for each in inputs:
            is_entry = isinstance(each, Document) and bool(_key(each))
            if before is None and (is_entry or isinstance(each, Problem)):
                before = last_read(path)  # before anything takes its place
            yield each
            if isinstance(each, Document):
                keys.add(_key(each))
                corrections = corrections or [each.corrected]
            elif each.file == path and isinstance(each, Held):
                return
            elif each.file == path:
                keys |= {_key(document) for document in (before or {}).values()}
            elif before and each.file in before:
                keys.add(_key(before[each.file]))  # which stands for it, or was withdrawn
        if before is None or path.lower().endswith(_ARCHIVES):
            return
        left = self._left(path, before, keys)
        for key in sorted(left.keys() - keys):
            yield replace(left[key], corrected=corrections[0]) if corrections else left[key]

    def _left(
        self, path: str, before: Mapping[str, Document], keys: Collection[str]
    ) -> dict[str, Document]:
        """Return all entries that ever left a file, by key, those of this run among them."""
        left = dict(self._stored().get(path, {}))
        for document in before.values():
            key = _key(document)
            if key and key not in keys and _MARK not in document.file:
                renamed = replace(document, file=f"{path}{_MARK}{_short(key)}")
                if left.get(key) != renamed:
                    self._new.append((path, renamed))
                    left[key] = renamed
        return left

    def save(self) -> None:
        """Add what has left in this run to the file. Raises `OSError`."""
        if not self._new:
            return
        before = self._file.read_bytes() if self._file.exists() else b""
        gap = b"\n" if before and not before.endswith(b"\n") else b""
        lines = (_line(path, document) for path, document in self._new)
        write_atomically(self._file, before + gap + "".join(lines).encode())
        self._new = []

    def _stored(self) -> Mapping[str, dict[str, Document]]:
        """Return the entries in the file by path and key: of each the last version that left."""
        if self._by_path is None:
            self._by_path = {}
            try:
                lines = self._file.read_bytes().splitlines()
            except OSError:
                lines = []
            for line in lines:
                if (row := _parsed_line(line)) and (key := _key(row[1])):
                    self._by_path.setdefault(row[0], {})[key] = row[1]
        return self._by_path


def _key(document: Document) -> str:
    """Return what a feed calls an entry for good; empty if the document is none."""
    for name in ("guid", "address"):
        stated = document.stated.get(name)
        if stated and stated.rule == _FORMAT_RULE:
            return str(stated.value)
    return ""


def _short(key: str) -> str:
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _line(path: str, document: Document) -> str:
    entry = serialisation.named_fields(document)
    return json.dumps({"path": path, "entry": entry}, ensure_ascii=True) + "\n"


def _parsed_line(line: bytes) -> tuple[str, Document] | None:
    """Return path and entry of a line, or None if it is damaged."""
    try:
        row = json.loads(line)
        return str(row["path"]), serialisation.document_of_fields(row["entry"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
