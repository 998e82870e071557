"""Measures what an archive costs as it grows: `python -m benchmarks.archives [--most N]`.

Makes archives of up to N articles (10,000) of words drawn as often as news uses them, and times
`mujaz build` on each, from raw articles to finished site, as a whole process and without search:
the first time, without a change, after an edit in the middle of the archive, and after an article
of a new day. Prints a table in Markdown; what is past the largest archive is drawn on in a straight
line from the last two sizes, and marked with `≈`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from mujaz.data import rows, trained

_SIZES = (100, 300, 1_000, 3_000, 10_000, 30_000, 100_000)
_A_DAY = 25
_WORDS, _PARAGRAPHS = 25, 8
_PROJECT = Path(__file__).parent.parent
_SEEDS = "    seeds: seeds"
_FIRST = dt.date(2020, 1, 1)


class Cost(NamedTuple):
    """What one run took."""

    seconds: float
    """Of CPU, in this process and those that it started."""
    memory: float
    """Peak of the largest process, in MB."""


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--most", type=int, default=10_000, help="articles in the largest archive")
    most = options.parse_args().most
    measured = {size: _measured(size) for size in _SIZES if size <= most}
    print("| articles | first run, each | no change | one edit | one more | memory |")
    print("|---|---|---|---|---|---|")
    for size in _SIZES:
        costs, mark = measured.get(size), ""
        if costs is None:
            costs, mark = _drawn_on(measured, size), "≈ "
        first, none, edit, more = costs
        cells = [
            f"{size:,}",
            f"{1000 * first.seconds / size:.1f} ms",
            *(f"{mark}{cost.seconds:.2f} s" for cost in (none, edit, more)),
            f"{mark}{max(cost.memory for cost in costs):.0f} MB",
        ]
        cells[1] = mark + cells[1]
        print(f"| {' | '.join(cells)} |", flush=True)


def _measured(size: int) -> list[Cost]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = _prepare(folder)
        seeds = folder / "seeds"
        for number in range(size):
            _write(seeds, number)
        costs = [_run(config), _run(config)]
        edited = _path(seeds, size // 2)
        edited.write_text(edited.read_text("utf-8") + "\n" + _prose(size, _WORDS) + "\n", "utf-8")
        costs.append(_run(config))
        _write(seeds, size)
        return [*costs, _run(config)]


def _prepare(folder: Path) -> Path:
    """Fill a folder with what a site is made of but its articles; return its configuration."""
    shutil.copytree(_PROJECT / "theme_overrides", folder / "theme_overrides")
    (folder / "site_src").mkdir()
    shutil.copy(_PROJECT / "site_src" / "about.md", folder / "site_src")
    config = folder / "mkdocs.yml"
    settings = (_PROJECT / "mkdocs.yml").read_text("utf-8")
    config.write_text(settings.replace(_SEEDS, f"    search: false\n{_SEEDS}"), "utf-8")
    return config


def _run(config: Path) -> Cost:
    """Run the program, and return what it took."""
    command = [sys.executable, "-m", "mujaz", "build", "--config", str(config)]
    process = subprocess.Popen([*command, "--executor", "none"], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"it ended with {process.returncode}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _drawn_on(measured: dict[int, list[Cost]], size: int) -> list[Cost]:
    """Return the costs of a larger archive if they go on as from the last but one to the last."""
    (less, few), (more, many) = list(measured.items())[-2:]
    steps = (size - more) / (more - less)
    return [
        Cost(*(b + (b - a) * steps for a, b in zip(before, after, strict=True)))
        for before, after in zip(few, many, strict=True)
    ]


def _path(seeds: Path, number: int) -> Path:
    day = _FIRST + dt.timedelta(number // _A_DAY)
    return seeds / f"{day:%Y-%m}" / f"{day}-{number:06}.txt"


def _write(seeds: Path, number: int) -> None:
    path = _path(seeds, number)
    path.parent.mkdir(parents=True, exist_ok=True)
    body = (_prose(number * 100 + part, _WORDS) for part in range(_PARAGRAPHS))
    title = _prose(-number - 1, 8).rstrip(".")
    path.write_text("\n\n".join([title, "السنديانة:", *body]) + "\n", "utf-8")


def _prose(seed: int, length: int) -> str:
    """Return a sentence of `length` words, the same for the same `seed`."""
    dice = random.Random(seed)
    words, weights = _vocabulary()
    found = dice.choices(words, cum_weights=weights, k=length)
    found[length // 2] = "في " + dice.choice(_places())
    return " ".join(found) + "."


@cache
def _vocabulary() -> tuple[Sequence[str], Sequence[float]]:
    """Return words, and how often each occurs, summed up: by Zipf's law, the shortest first."""
    words = sorted(set(_common()), key=lambda word: (len(word), word))
    return words, list(accumulate(1 / rank for rank in range(1, len(words) + 1)))


def _common() -> Iterator[str]:
    for word, facts in trained("words").items():
        if facts[:1] in ("2", "3", "4") and word.isalpha():
            yield word


@cache
def _places() -> Sequence[str]:
    return [row["name"] for row in rows("places")]


if __name__ == "__main__":
    main()
