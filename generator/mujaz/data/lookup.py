"""Tables in files of which a look-up reads only the lines that it needs.

A run that reads one article meets a few hundred of the 100,000 words that are known. To read the
whole table costs more than all that is done with them, however fast the format; so the file is
mapped into memory, and its lines are grouped by a checksum of their names: a look-up goes to one
group of a few lines, and finds its own there. Nothing is parsed before it is asked for, processes
share one copy of the file, and the same entries always give the same bytes.
"""

from __future__ import annotations

import mmap
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from struct import Struct
from zlib import crc32

_LINES = 6
"""Lines of a group, on average."""
_MAX_REMEMBERED = 10_000
"""Names of which a mapping remembers the texts, as the words of a language recur."""
_NUMBER, _ENDS = Struct("<I"), Struct("<II")


class Lookup(Mapping[str, str]):
    """Texts by name: a mapping that reads its entries from a file when they are asked for.

    Names and texts hold neither tabs nor line breaks, and those of other names are not there.
    """

    def __init__(self, content: bytes | mmap.mmap, prefix: str = "") -> None:
        """Take what `laid_out` made; the mapping is of the entries whose names have `prefix`."""
        self._content = content
        self._prefix = prefix
        self._remembered: dict[str, str | None] = {}
        (self._groups,) = _NUMBER.unpack_from(content)

    def part(self, prefix: str) -> Lookup:
        """Return the entries whose names begin with `prefix`, by the rest of their names."""
        return Lookup(self._content, self._prefix + prefix)

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
        """Return the text of `name`, or else `default`."""
        try:
            text = self._remembered[name]
        except KeyError:
            if len(self._remembered) >= _MAX_REMEMBERED:
                self._remembered.clear()
            text = self._remembered[name] = self._read(name)
        return default if text is None else text

    def _read(self, name: str) -> str | None:
        content = self._content
        line = f"\n{self._prefix}{name}\t".encode("utf-8", "surrogatepass")
        group = crc32(line) % self._groups
        start, end = _ENDS.unpack_from(content, 4 + 4 * group)
        start_of_text = content.find(line, start, end)
        if start_of_text < 0:
            return None
        start_of_text += len(line)
        return content[start_of_text : content.find(b"\n", start_of_text, end)].decode()

    def __getitem__(self, name: str) -> str:
        """Return the text of `name`."""
        text = self.get(name)
        if text is None:
            raise KeyError(name)
        return text

    def __contains__(self, name: object) -> bool:
        """Whether there is a text of `name`."""
        return isinstance(name, str) and self.get(name) is not None

    def __iter__(self) -> Iterator[str]:
        """Yield all names, in the order of the file."""
        for line in self._content[4 + 4 * (self._groups + 1) :].decode().split("\n"):
            if line.startswith(self._prefix) and line:
                yield line.partition("\t")[0][len(self._prefix) :]

    def __len__(self) -> int:
        """Return the number of entries, which are counted."""
        return sum(1 for _ in self)


def opened(path: Path) -> Lookup:
    """Return the entries in a file, which may be read only."""
    return Lookup(mapped(path))


def mapped(path: Path) -> mmap.mmap:
    """Return the bytes of a file, of which only those are read that are looked at."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def laid_out(entries: Mapping[str, str]) -> bytes:
    """Return the entries as the bytes of a file, the same whatever their order."""
    count = max(1, len(entries) // _LINES)
    groups: dict[int, list[bytes]] = defaultdict(list)
    for name, text in sorted(entries.items()):
        if {"\t", "\n"} & {*name, *text}:
            raise ValueError(f"{name!r} holds a tab or a line break, or its text does")
        line = f"\n{name}\t".encode()
        groups[crc32(line) % count].append(line + text.encode())
    # Each group begins with a line break and ends with one.
    written = [b"".join(groups[number]) + b"\n" for number in range(count)]
    starts = [4 + 4 * (count + 1)]
    for group in written:
        starts.append(starts[-1] + len(group))
    return b"".join([*map(_NUMBER.pack, (count, *starts)), *written])
