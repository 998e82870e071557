"""Makes each call that writes fail in turn while a site is built, and counts what goes wrong.

`python -m tests.ordeal.faults COUNT [SEED]` prints the figures; all but `faults` should be 0. A
shim before the C library fails the calls (`faults.c`), SQLite's too; it needs `cc`, and Linux.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from tests.ordeal.small_site import (
    CACHE,
    SITE,
    VARIANTS,
    Ended,
    build,
    differences,
    edit,
    expected,
    make_site,
)
from tests.support import contents

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS)
NEVER = -1
_SOURCE = Path(__file__).with_suffix(".c")


class Fault(NamedTuple):
    """Which call fails, and how."""

    call: int
    error: int
    lasts: bool
    """Whether all calls after it fail as well, as on a disk that stays full."""
    is_first_build: bool
    """Whether the build begins from nothing but the last site."""


def run(count: int, seed: int, folder: Path) -> dict[str, int]:
    """Build a site below `folder` with so many faults; return how often what went wrong.

    `torn` are builds that fail and leave neither the old site nor the new one whole, `wrong_bytes`
    those that end well and leave anything but the new one, `unclear` those that end without their
    work and without one line, `wedges` those that the next build does not mend.
    """
    return run_with_shim("tests.ordeal.faults", count, seed, folder)


def run_with_shim(module: str, count: int, seed: int, folder: Path) -> dict[str, int]:
    """Return the figures that a module prints in a process that has the shim."""
    shim = folder / "faults.so"
    command = ["cc", "-shared", "-fPIC", "-O1", "-w", "-o", str(shim), str(_SOURCE), "-ldl"]
    subprocess.run(command, check=True)
    child = subprocess.run(
        [sys.executable, "-m", module, "--inside", str(count), str(seed), str(folder)],
        env={**os.environ, "LD_PRELOAD": str(shim)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    figures: dict[str, int] = json.loads(child.stdout)
    return figures


def available() -> bool:
    """Return whether faults can be made here."""
    return sys.platform == "linux" and shutil.which("cc") is not None


def _run_inside(count: int, seed: int, folder: Path) -> dict[str, int]:
    """Do the same in a process that has the shim."""
    rng = random.Random(seed)
    rights = expected(folder)
    site = make_site(folder / "site")
    build(site)
    figures = Counter(faults=0, tracebacks=0, unclear=0, torn=0, wrong_bytes=0, wedges=0)
    variant = 0
    calls = {}
    for is_first_build in (True, False):
        variant = change(site, variant, is_first_build)
        _, calls[is_first_build] = build_apart(site, Fault(NEVER, 0, False, is_first_build))
    for number in range(count):
        is_first_build = rng.random() < 0.4
        call = rng.randint(1, calls[is_first_build])
        fault = Fault(call, rng.choice(ERRORS), rng.random() < 0.5, is_first_build)
        old = contents(site / SITE)
        variant = change(site, variant, is_first_build)
        ended, _ = build_apart(site, fault)
        right = rights[variant]
        new = {path.removeprefix(f"{SITE}/"): data for path, data in right.items() if SITE in path}
        wrong_paths = list[str]()
        wrong = {
            "tracebacks": ended.has_traceback,
            "unclear": not ended.is_fine_or_one_line,
            "torn": ended.code != 0 and contents(site / SITE) not in (old, new),
            "wrong_bytes": ended.code == 0 and bool(wrong_paths := differences(site, right)),
            "wedges": build(site).code != 0 or bool(differences(site, right)),
        }
        figures.update(wrong)
        figures["faults"] += 1
        if any(wrong.values()):
            print(number, fault, ended, wrong, wrong_paths[:9], file=sys.stderr)
        if wrong["wedges"]:
            shutil.rmtree(site)
            build(make_site(site, variant))
    return {name: int(value) for name, value in figures.items()}


def change(site: Path, variant: int, is_first_build: bool) -> int:
    """Edit an article, and maybe remove what the last build left for this one."""
    variant = (variant + 1) % VARIANTS
    edit(site, variant)
    if is_first_build:
        shutil.rmtree(site / CACHE)
    return variant


def build_apart(site: Path, fault: Fault) -> tuple[Ended, int]:
    """Build in a process of its own; return how that ended, and how many calls wrote.

    One that was killed has the code of that, and no calls.
    """
    shim = ctypes.CDLL(None)
    result = site.with_name("result.json")
    child = os.fork()
    if not child:
        try:
            shim.faults_begin(
                os.fsencode(site), ctypes.c_long(fault.call), fault.error, fault.lasts
            )
            ended = build(site)
            calls: Any = shim.faults_end()
            result.write_text(json.dumps([ended, calls]), "utf-8")
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return Ended(-os.WTERMSIG(status), ""), 0
    ended, calls = json.loads(result.read_text("utf-8"))
    return Ended(*ended), calls


if __name__ == "__main__":
    if sys.argv[1] == "--inside":
        print(json.dumps(_run_inside(int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))))
    else:
        with tempfile.TemporaryDirectory() as scratch:
            seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
            print(run(int(sys.argv[1]), seed, Path(scratch)))
