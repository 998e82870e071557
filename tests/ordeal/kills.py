"""Kills builds at each kind of moment at which they write, while a reader fetches the site.

`python -m tests.ordeal.kills COUNT [SEED]` prints the figures; all but `kills` and `reads` should
be 0. The moments are calls of the system, counted by the shim of `faults`.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.ordeal.faults import NEVER, Fault, build_apart, change, run_with_shim
from tests.ordeal.small_site import SITE, build, expected, make_site, published
from tests.support import contents

_KILLED = -1
"""Stands for an error that ends the process."""
_PAUSE_SECONDS = 0.0005


def run(count: int, seed: int, folder: Path) -> dict[str, int]:
    """Kill so many builds of a site below `folder`; return how often what went wrong.

    `torn` are kills that leave neither the old site nor the new one, `missing` reads of a page that
    both sites have and that was not there, `wrong_bytes` builds after a kill that do not end with
    the site of a build from nothing.
    """
    return run_with_shim("tests.ordeal.kills", count, seed, folder)


def _run_inside(count: int, seed: int, folder: Path) -> dict[str, int]:
    rng = random.Random(seed)
    rights = expected(folder)
    site = make_site(folder / "site")
    build(site)
    figures = Counter(kills=0, reads=0, torn=0, missing=0, wrong_bytes=0)
    pages = [path for path in contents(site / SITE) if _is_in_all(path, rights)]
    variant, calls = 0, {}
    for is_first_build in (True, False):
        variant = change(site, variant, is_first_build)
        _, calls[is_first_build] = build_apart(site, Fault(NEVER, 0, False, is_first_build))
    with _reader(site / SITE, pages, folder / "reads.json"):
        for number in range(count):
            is_first_build = number % 3 == 0
            old = contents(site / SITE)
            variant = change(site, variant, is_first_build)
            call = rng.randint(1, calls[is_first_build])
            ended, _ = build_apart(site, Fault(call, _KILLED, False, is_first_build))
            new = {
                path.removeprefix(f"{SITE}/"): data
                for path, data in rights[variant].items()
                if path.startswith(f"{SITE}/")
            }
            figures["kills"] += ended.code == -signal.SIGKILL
            is_torn = contents(site / SITE) not in (old, new)
            is_wrong = build(site).code != 0 or published(site) != rights[variant]
            figures["torn"] += is_torn
            figures["wrong_bytes"] += is_wrong
            if is_torn or is_wrong:
                print(number, call, is_first_build, ended, is_torn, is_wrong, file=sys.stderr)
    reads, missing = json.loads((folder / "reads.json").read_text("utf-8"))
    return {**figures, "reads": reads, "missing": missing}


def _is_in_all(path: str, rights: Sequence[dict[str, bytes]]) -> bool:
    return all(f"{SITE}/{path}" in right for right in rights)


@contextmanager
def _reader(site: Path, pages: Sequence[str], result: Path) -> Iterator[None]:
    """Have another process read pages over and over; it leaves its counts in the file `result`."""
    stop = result.with_suffix(".stop")
    reader = os.fork()
    if not reader:
        reads = missing = 0
        while not stop.exists():
            for page in pages:
                reads += 1
                missing += not _is_readable(site / page)
            time.sleep(_PAUSE_SECONDS)
        result.write_text(json.dumps([reads, missing]), "utf-8")
        os._exit(0)
    try:
        yield
    finally:
        stop.touch()
        os.waitpid(reader, 0)


def _is_readable(page: Path) -> bool:
    try:
        return bool(page.read_bytes())
    except OSError:
        return False


if __name__ == "__main__":
    if sys.argv[1] == "--inside":
        print(json.dumps(_run_inside(int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))))
    else:
        with tempfile.TemporaryDirectory() as scratch:
            seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
            print(run(int(sys.argv[1]), seed, Path(scratch)))
