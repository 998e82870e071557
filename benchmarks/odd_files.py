"""Throws odd and hostile files at `mujaz parse`, one a process: `python -m benchmarks.odd_files`.

Prints for each file its size, the CPU time and the peak memory of the whole process (start of
Python included), how many articles and problems it gave, and the last problem; at the end, which
was slowest and which largest. Exits 1 if one is beyond the bounds that every file has to stay in,
or gives nothing. Arguments are the names of files to be tried alone.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.odd_inputs import odd_inputs

MAX_CPU_SECONDS, MAX_MEGABYTES = 1.0, 300
"""Of each file, in a process of its own."""
_TIMEOUT_CPU_SECONDS = 20


def main() -> None:
    """Make the files one by one, read them, and print the table."""
    wanted = sys.argv[1:]
    print(f"{'file':<24}{'bytes':>12}{'CPU s':>7}{'MB':>6}{'fine':>7}{'bad':>6}  problem")
    measured: dict[str, tuple[float, float]] = {}
    silent: list[str] = []
    for name, make in odd_inputs():
        if wanted and name not in wanted:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(os.fsdecode(os.fsencode(folder) + b"/" + os.fsencode(name)))
            make(path)
            del make  # what it holds would count as memory of the process that is measured
            size = path.lstat().st_size
            cpu, memory, problems = _measure(path)
        shown = os.fsencode(name).decode("utf-8", "backslashreplace")[:22]
        bad = [each for each in problems if each]
        measured[shown] = cpu, memory
        if not problems:
            silent.append(shown)
        print(
            f"{shown:<24}{size:>12,}{cpu:>7.2f}{memory:>6.0f}"
            f"{len(problems) - len(bad):>7}{len(bad):>6}  {(bad or [''])[-1][:60]}",
            flush=True,
        )
    slowest = max(measured, key=lambda name: measured[name][0])
    largest = max(measured, key=lambda name: measured[name][1])
    print(f"{len(measured)} files; slowest {slowest}, {measured[slowest][0]:.2f} s", end="; ")
    print(f"most memory {largest}, {measured[largest][1]:.0f} MB")
    beyond = [n for n, (s, mb) in measured.items() if s > MAX_CPU_SECONDS or mb > MAX_MEGABYTES]
    if beyond or silent:
        sys.exit(f"beyond the bounds: {', '.join(beyond) or 'none'}; silent: {silent or 'none'}")


def _measure(path: Path) -> tuple[float, float, list[str | None]]:
    """Return CPU seconds and peak memory in MB of reading a file, and the problem of each input."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "mujaz", "parse", str(path), "--json"],
            stdout=out,
            stderr=subprocess.DEVNULL,
            preexec_fn=_limit,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        out.seek(0)
        problems = [json.loads(line)["problem"] for line in out] if status == 0 else []
    reasons = [problem and problem["reason"] for problem in problems]
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, reasons


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_TIMEOUT_CPU_SECONDS, _TIMEOUT_CPU_SECONDS))


if __name__ == "__main__":
    main()
