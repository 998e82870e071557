"""Throws odd and hostile files at `mujaz parse`, one a process: `python -m benchmarks.odd_files`.

Prints for each file its size, the CPU time, the wall time and the peak memory of the whole process
(start of Python included), how many articles and problems it gave, and the last problem. Needs
nothing but some 400 MB in the folder for temporary files.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_WORD = "كلمة "
_TEXT = "عنوان الخبر هنا\n\n"
_PAGE = "<html><body><h1>عنوان الخبر هذا</h1>"
_FEED = '<rss version="2.0"><channel><title>ت</title>'
_MIB = 1024 * 1024
_TIMEOUT = 120


def main() -> None:
    """Make the files, read them, and print the table."""
    titles = f"{'file':<24}{'bytes':>12}{'CPU s':>7}{'wall s':>7}{'MB':>6}{'fine':>7}{'bad':>6}"
    print(f"{titles}  problem")
    slowest = largest = 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _make(folder)
        for path in sorted(folder.iterdir(), key=lambda each: os.fsencode(each.name)):
            if path.suffix == ".yml":  # a sidecar, read with its article
                continue
            cpu, wall, memory = _measure(path, folder)
            slowest, largest = max(slowest, wall), max(largest, memory)
            size = path.lstat().st_size
            found = [json.loads(line)["problem"] for line in _out(folder).open(encoding="utf-8")]
            bad = [problem["reason"] for problem in found if problem]
            shown = os.fsencode(path.name).decode("utf-8", "replace")[:22]
            print(
                f"{shown:<24}{size:>12,}{cpu:>7.2f}{wall:>7.2f}{memory:>6.0f}"
                f"{len(found) - len(bad):>7}{len(bad):>6}  {(bad or [''])[-1][:60]}"
            )
            path.unlink()
    print(f"slowest {slowest:.2f} s, most memory {largest:.0f} MB")


def _out(folder: Path) -> Path:
    return folder.with_name(folder.name + ".out")


def _measure(path: Path, folder: Path) -> tuple[float, float, float]:
    """Return CPU and wall seconds and peak memory in MB of reading one file."""
    started = time.monotonic()
    with _out(folder).open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "mujaz", "parse", str(path), "--json"],
            stdout=out,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{path.name}: ended with status {status}")
    wall = time.monotonic() - started
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024


def _make(folder: Path) -> None:
    for name, data in _files():
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    for name in ("large.txt", "large.html", "large.warc"):
        with (folder / name).open("wb") as file:
            file.truncate(100 * _MIB)
    bombs = {"bomb.txt.gz": b"\0", "bomb.jsonl.gz": b"[]\n", "bomb.warc.gz": b"W"}
    for name, part in bombs.items():
        with gzip.open(folder / name, "wb") as bomb:
            for _ in range(200):
                bomb.write(part * (_MIB // len(part)))
    os.mkfifo(folder / "fifo.txt")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "out.txt").symlink_to("/etc/hostname")
    article = _TEXT + _WORD * 30
    (folder / ("x" * 251 + ".txt")).write_text(article)
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text(article)


def _files() -> Iterator[tuple[str, str | bytes]]:
    """Yield names and contents, most of them just below what is refused."""
    yield "empty.txt", ""
    yield "blank.txt", " \n\t\r\n"
    yield "headline.txt", "عنوان وحده في الملف"
    yield "binary.txt", os.urandom(8 * _MIB)
    yield "CON.txt", _TEXT + _WORD
    yield "case.txt", _TEXT + _WORD
    yield "CASE.txt", _TEXT + _WORD
    yield "long-line.txt", _TEXT + _WORD * 299_000
    yield "long-word.txt", _TEXT + "ك" * 1_000_000
    yield "long-headline.txt", "ك" * 1_000_000
    yield "many-lines.txt", _TEXT + "كلمة\n" * 100_000
    yield "many-markers.txt", _TEXT + "آخر الأخبار\n" * 60_000
    yield "many-paragraphs.txt", _TEXT + (_WORD * 50 + ".\n") * 5_900
    yield "arrays.json", b"[" + b"[]," * (2 * _MIB) + b"[]]"
    yield "deep.json", b"[" * (4 * _MIB)
    yield "number.json", '{"title":"ت","text":"ن","id":' + "9" * (5 * _MIB) + "}"
    yield "values.jsonl", b"7\n" * (30 * _MIB)
    yield "tags.html", _PAGE + "<p>نص طويل <b>هنا</b></p>" * 2_950
    yield "breaks.html", _PAGE + "<p>" + (_WORD * 5 + "<br>") * 11_900
    yield "links.html", _PAGE + "<a href=x>رابط خبر آخر</a> " * 5_900
    yield "cells.html", _PAGE + "<table>" + "<tr><td>كلمة</td><td>2</td></tr>" * 1_950
    yield "nested.html", _PAGE + "<div>" * 11_900 + "نص"
    yield "attributes.html", _PAGE + ("<p " + "a=1 " * 1_990 + ">نص</p>") * 49
    yield "long-tag.html", _PAGE + "<p " + "a" * (4 * _MIB) + ">نص</p>"
    yield "text.html", _PAGE + "<p>" + _WORD * 139_000
    yield "references.html", _PAGE + "<p>" + "&#1575;" * 690_000
    nested = "[" * 400_000
    yield "json-ld.html", f'<script type="application/ld+json">{nested}</script>{_PAGE}'
    yield "items.xml", _FEED + "<item><title>عنوان خبر</title><link>x</link></item>" * 4_900
    yield "nested.xml", _FEED + "<a>" * 34_000
    yield "categories.xml", _FEED + "<item>" + "<category>x</category>" * 17_000
    yield "links.xml", _FEED + "<item>" + "<link>http://x.example/</link>" * 17_000
    entities = "".join(f"<!ENTITY l{i} '{f'&l{i - 1};' * 10}'>" for i in range(1, 10))
    yield "laughs.xml", f"<!DOCTYPE l [<!ENTITY l0 'l'>{entities}]>{_FEED}<item><title>&l9;"
    yield "outside.xml", f"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>{_FEED}&x;"
    yield "brackets.md", "[" * 19_900
    yield "emphasis.md", "*a_ " * 9_900
    yield "quotes.md", "> " * 19_900 + "x"
    yield "section.md", "عنوان\n\n<![ x"
    yield "list.md", "- x\n" * 6_600
    yield "words.md", "# عنوان الخبر هنا\n\n" + _WORD * 115_000
    yield "aliases.txt", _TEXT + _WORD
    rows = (f"{chr(98 + i)}: &{chr(98 + i)} [{f'*{chr(97 + i)}, ' * 9}]" for i in range(12))
    yield "aliases.yml", "a: &a [x]\n" + "\n".join(rows)
    yield "brackets-in-yaml.txt", _TEXT + _WORD
    yield "brackets-in-yaml.yml", "title: " + "[" * 60_000
    yield "keys.txt", _TEXT + _WORD
    yield "keys.yml", "a: x\n" * 12_000


if __name__ == "__main__":
    main()
