"""Measures whether texts survive their encodings: `MUJAZ_DATA=… python -m benchmarks.encodings`.

Writes every article of `ant.jsonl.gz` (`title` and `text` a line) in each encoding that has all of
its characters, without saying which one it is, and counts those that are read back identically.
"""

from __future__ import annotations

import codecs
import gzip
import json
from collections.abc import Iterator

from mujaz.read.decoding import UndecodableError, decode

from benchmarks.data import folder

_ENCODINGS = "utf-8 utf-8-sig windows-1256 iso-8859-6 utf-16 utf-16-le utf-16-be".split()
_MISREADINGS = ("windows-1252", "windows-1256")


def main() -> None:
    """Print a line an encoding."""
    texts = list(_texts())
    for encoding in _ENCODINGS:
        tried = same = 0
        for text in texts:
            try:
                data = text.encode(encoding)
            except UnicodeEncodeError:
                continue
            tried += 1
            same += _read(data) == text
        share = same / tried
        print(
            f"{encoding:<14}{tried:>6} fit, {same:>6} come back identical ({share:.2%}; all should)"
        )
    for encoding in _MISREADINGS:
        broken = [(text, _misread(text, encoding)) for text in texts]
        same = sum(_read(wrong.encode()) == text for text, wrong in broken)
        print(
            f"UTF-8 read as {encoding}: {same} of {len(broken)} mended ({same / len(broken):.2%})"
        )


def _texts() -> Iterator[str]:
    with gzip.open(folder() / "ant.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            yield f"{record['title']}\n\n{record['text']}\n"


def _read(data: bytes) -> str | None:
    try:
        return decode(data)
    except UndecodableError:
        return None


def _misread(text: str, encoding: str) -> str:
    """Return UTF-8 as a program that believes in `encoding` shows it, unused bytes as controls."""
    codecs.register_error("as-control", lambda e: (chr(e.object[e.start]), e.start + 1))  # type: ignore[attr-defined]
    return text.encode().decode(encoding, "as-control")


if __name__ == "__main__":
    main()
