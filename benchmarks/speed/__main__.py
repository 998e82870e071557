"""Measures all programs in turn, and prints a table and a chart: `python -m benchmarks.speed`.

On a file system in memory, each program in a process of its own, one after the other in each round,
so that a machine that slows down slows all of them. Medians are quoted, and ratios of medians.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

from benchmarks import corpus
from benchmarks.speed.chart import chart
from benchmarks.speed.measure import Cost, median, run, size
from benchmarks.speed.peers import (
    MKDOCS_BUILD,
    PEERS,
    PROJECT,
    TOOLS,
    Peer,
    layout_of,
    prepare_layout,
    settings_of,
)

_PAGE = PROJECT / "docs" / "speed.md"
_CHART = PROJECT / "docs" / "speed.svg"
_BEGIN, _END = "<!-- speed -->", "<!-- /speed -->"
_BASELINE = "Hugo"
"""What others are compared with."""


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", default=[], help="names of programs")
    parser.add_argument("--document", action="store_true", help="put the table into docs/speed.md")
    args = parser.parse_args()
    lines, figures = [], {}
    for number in args.sizes:
        peers = [peer for peer in PEERS if number <= peer.max_articles]
        peers = [peer for peer in peers if not args.only or peer.name in args.only]
        with tempfile.TemporaryDirectory(dir="/dev/shm", prefix="mujaz-") as folder:
            pages, costs, sizes = measure(Path(folder), number, peers, args.rounds)
        figures[number] = {name: median(each) for name, each in costs.items()}
        lines += table(number, pages, figures[number], sizes)
    lines += ["", about(args.rounds)]
    print("\n".join(lines))
    if args.document:
        _CHART.write_text(chart(figures), "utf-8")
        head, rest = _PAGE.read_text("utf-8").split(_BEGIN)
        text = "\n".join([_BEGIN, *lines, "", _END])
        _PAGE.write_text(head + text + rest.split(_END)[1], "utf-8")


def measure(
    folder: Path, number: int, peers: Sequence[Peer], rounds: int
) -> tuple[int, Mapping[str, list[Cost]], Mapping[str, tuple[int, int]]]:
    """Return the number of pages, what each run cost, and what it made."""
    layout_folder = folder / "layout"
    layout_folder.mkdir()
    prepare_layout(layout_folder)
    run(MKDOCS_BUILD, layout_folder, {})
    layout = layout_of(layout_folder)
    pages = list(corpus.pages(number, settings_of(folder / "settings")))
    for peer in peers:
        (folder / peer.name).mkdir()
        peer.prepare(folder / peer.name, pages, layout)
    costs: dict[str, list[Cost]] = defaultdict(list)
    sizes: dict[str, tuple[int, int]] = {}
    for round_number in range(rounds + 1):  # the first is not counted
        for peer in peers:
            peer_folder = folder / peer.name
            peer.before(peer_folder)
            cost = run(peer.command, peer_folder, peer.environment)
            print(f"{number} {round_number} {peer.name}: {cost.cpu:.2f} s", flush=True)
            if round_number:
                costs[peer.name].append(cost)
            else:
                sizes[peer.name] = size(peer_folder / peer.output)
    return len(pages), costs, sizes


def table(
    number: int,
    pages: int,
    figures: Mapping[str, Cost],
    sizes: Mapping[str, tuple[int, int]],
) -> list[str]:
    """Return a table in Markdown."""
    baseline = figures.get(_BASELINE)
    lines = [
        "",
        f"{number:,} articles, {pages:,} pages:",
        "",
        "| | CPU s | wall s | peak MB | pages | HTML MB | CPU, Hugo = 1 | wall, Hugo = 1 |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name, cost in figures.items():
        ratios = (
            f"{cost.cpu / baseline.cpu:.2f} | {cost.wall / baseline.wall:.2f}"
            if baseline
            else "– | –"
        )
        made, weight = sizes[name]
        lines.append(
            f"| {name} | {cost.cpu:.2f} | {cost.wall:.2f} | {cost.peak / 1e6:.0f} | {made:,} | "
            f"{weight / 1e6:.0f} | {ratios} |"
        )
    return lines


def about(rounds: int) -> str:
    """Return the machine and the versions, in a sentence."""
    here = {each.name: each.version for each in metadata.distributions()}
    peers = metadata.distributions(
        path=[str(each) for each in TOOLS.glob("venv/lib/*/site-packages")]
    )
    installed = here | {each.name: each.version for each in peers}
    wanted = ("hugo", "mkdocs", "mkdocs-material", "pelican", "zensical")
    versions = [f"{name} {installed[name]}" for name in wanted if name in installed]
    model = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return (
        f"Medians of {rounds} interleaved runs of whole processes, files in memory; {model}, "
        f"{os.cpu_count()} cores; Python {platform.python_version()}, {', '.join(versions)}, "
        f"Eleventy {_eleventy()}."
    )


def _eleventy() -> str:
    path = TOOLS / "node_modules" / "@11ty" / "eleventy" / "package.json"
    return str(json.loads(path.read_text())["version"]) if path.exists() else "–"


if __name__ == "__main__":
    if not shutil.which("node"):
        raise SystemExit("node is not installed; Eleventy needs it")
    main()
