"""Runs commands as whole processes, and reads what the kernel says they cost."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from ast import literal_eval
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run cost, its child processes included."""

    cpu: float
    """User and system time, in seconds."""
    wall: float
    """Seconds from start to end."""
    peak: int
    """Bytes that the largest of its processes held."""


# A process begins with the memory of the one that starts it, and its peak remembers that: so a
# small one starts it.
_STARTER = """
import os, sys, time
started = time.perf_counter()
pid = os.fork()
if not pid:
    os.execvp(sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(pid, 0)
wall = time.perf_counter() - started
figures = usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss
os.write(9, repr((os.waitstatus_to_exitcode(status), *figures)).encode())
"""


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Cost:
    """Run `command` in `folder` to its end; raises `RuntimeError` if it fails."""
    log = folder / "log.txt"
    figures = folder / "figures.txt"
    starter = [sys.executable, "-I", "-S", "-c", _STARTER, *command]
    with log.open("wb") as output, figures.open("wb") as figures_file:
        os.dup2(figures_file.fileno(), 9)
        try:
            subprocess.run(
                starter,
                cwd=folder,
                stdout=output,
                stderr=output,
                env={**os.environ, **environment},
                pass_fds=(9,),
                check=True,
            )
        finally:
            os.close(9)
    code, cpu, wall, peak = literal_eval(figures.read_text())
    if code:
        raise RuntimeError(f"{command} failed:\n{log.read_text('utf-8', 'replace')[-2000:]}")
    return Cost(cpu, wall, peak * 1024)


def median(costs: Sequence[Cost]) -> Cost:
    """Return the median of each figure."""
    return Cost(
        statistics.median(cost.cpu for cost in costs),
        statistics.median(cost.wall for cost in costs),
        int(statistics.median(cost.peak for cost in costs)),
    )


def size(folder: Path) -> tuple[int, int]:
    """Return the number of HTML files below `folder`, and their size in bytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*.html")]
    return len(sizes), sum(sizes)
